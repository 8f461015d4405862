"""What changes after a month was invoiced: noticed, listed, and billed as a difference."""

from datetime import date
from decimal import Decimal

import pytest

from tests.billing.home import NOVEMBER, Home, make_home
from tests.billing.test_month_close import closed, issued
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.queries import faults
from tugiplaan.audit.recorder import acting
from tugiplaan.billing.actions.correcting import UnableToCorrectError, correct_month
from tugiplaan.billing.models import Invoice
from tugiplaan.billing.queries import billed_lines, corrections_waiting, difference, unbilled
from tugiplaan.delivery.actions.records import correct, record
from tugiplaan.delivery.entries import HourEntry
from tugiplaan.people.actions import merge
from tugiplaan.plans.models import Summary
from tugiplaan.pricelists.models import OwnPrice, Rate
from tugiplaan.providers.books import WhyNeededError
from tugiplaan.providers.queries import issued_periods

pytestmark = pytest.mark.django_db

MAY = 202605


@pytest.fixture
def home() -> Home:
    return make_home()


def waiting(home: Home) -> dict[int, Decimal]:
    provider_id = home.provider.pk
    found = corrections_waiting(provider_id, issued_periods(provider_id))
    return {one.period: one.amount for one in found}


def corrected(home: Home, period: int = MAY, why: str = "andmed muutusid") -> tuple[Invoice, ...]:
    found = correct_month(
        provider_id=home.provider.pk, period=period, why=why, by=home.accountant, on=NOVEMBER
    )
    return (*found.credit_notes, *found.invoices)


def enter_rate(home: Home, amount: str, first: date, last: date) -> None:
    with acting(by=operator(), name="test.rate", provider_id=home.provider.pk):
        Rate.objects.create(
            provider=home.provider,
            code="KE",
            valid_from=first,
            valid_to=last,
            unit="month",
            amount=Decimal(amount),
            source="RT I, 08.10.2021, 1",
        )


def test_the_retroactive_act_of_2021_is_billed_as_a_difference() -> None:
    """KE April–September 2021: 454 € were invoiced, 477 € were due (law dossier R-23)."""
    home = make_home()
    with acting(by=operator(), name="test.terms", provider_id=home.provider.pk):
        from tugiplaan.providers.models import BillingTerms, StateContract

        BillingTerms.objects.update(valid_from=date(2020, 1, 1))
        StateContract.objects.update(valid_from=date(2020, 1, 1), history_from=date(2021, 1, 1))
    home.resident(
        "P1", arrived=date(2021, 1, 1), valid_from=date(2021, 1, 1), valid_to=date(2025, 12, 31)
    )
    enter_rate(home, "454", date(2021, 4, 1), date(2021, 9, 30))
    periods = range(202104, 202110)
    before = [invoice for period in periods for invoice in issued(home, period)]
    assert {invoice.amount for invoice in before} == {Decimal("454.00")}
    assert waiting(home) == {}
    with acting(by=operator(), name="test.rate", provider_id=home.provider.pk):
        Rate.objects.all().delete()
    assert waiting(home) == dict.fromkeys(periods, Decimal("23.00"))
    bills = [bill for period in periods for bill in corrected(home, period, "RT I, 08.10.2021, 1")]
    assert sum(bill.amount for bill in bills) == Decimal("138.00")
    assert [bill.kind for bill in bills] == ["credit_note", "invoice"] * 6
    assert {bill.refers_to_id for bill in bills} == {invoice.pk for invoice in before}
    assert waiting(home) == {}
    stored = {row.pk: row.amount for row in Invoice.objects.filter(refers_to__isnull=True)}
    assert stored == {invoice.pk: Decimal("454.00") for invoice in before}
    assert list(faults()) == []


def test_a_record_after_issue_needs_a_reason_and_waits_as_a_correction(home: Home) -> None:
    referral = home.resident("P1", "IET", arrived=date(2026, 5, 1))
    assert [invoice.amount for invoice in issued(home)] == [Decimal("208.05")]
    entries = [
        HourEntry(
            referral_id=referral.pk, day=date(2026, 5, day), minutes=60, worker_id=home.worker.pk
        )
        for day in (4, 5, 6, 7)
    ]
    provider_id = home.provider.pk
    with pytest.raises(WhyNeededError, match=r"05\.2026"):
        record(provider_id=provider_id, entries=entries, by=home.director, on=NOVEMBER)
    record(
        provider_id=provider_id, entries=entries, by=home.director, on=NOVEMBER, why="hiljem leitud"
    )
    assert waiting(home) == {MAY: Decimal("10.95")}
    note, bill = corrected(home)
    assert (note.amount, bill.amount) == (Decimal("-208.05"), Decimal("219.00"))
    assert [line.amount for line in note.lines.all()] == [Decimal("-208.05")]
    assert [(line.kind, line.amount) for line in billed_lines(provider_id, MAY)] == [
        ("full", Decimal("219.00"))
    ]
    assert list(faults()) == []


def test_correcting_twice_bills_only_what_is_new(home: Home) -> None:
    home.resident("P1")
    issued(home)
    home.resident("P2")
    (bill,) = corrected(home)
    assert (bill.amount, bill.refers_to_id is not None) == (Decimal("676.00"), True)
    with pytest.raises(UnableToCorrectError, match="ei ole midagi"):
        corrected(home)
    home.resident("P3", arrived=date(2026, 5, 22))
    assert [bill.amount for bill in corrected(home)] == [Decimal("218.06")]
    numbers = Invoice.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]


def test_a_correction_and_its_reverse_come_to_nothing(home: Home) -> None:
    home.resident("P1")
    issued(home)
    with acting(by=operator(), name="test.price", provider_id=home.provider.pk):
        price = OwnPrice.objects.create(
            provider=home.provider,
            code="KE",
            amount=Decimal(600),
            valid_from=date(2026, 1, 1),
        )
    down = corrected(home)
    with acting(by=operator(), name="test.price", provider_id=home.provider.pk):
        price.delete()
    up = corrected(home)
    assert sum(bill.amount for bill in (*down, *up)) == Decimal("0.00")
    assert difference(home.provider.pk, MAY).is_nothing


def test_what_was_not_invoiced_is_not_corrected(home: Home) -> None:
    home.resident("P1")
    closed(home)
    with pytest.raises(UnableToCorrectError, match="ei ole arveldatud"):
        corrected(home)
    with pytest.raises(UnableToCorrectError, match="põhjus"):
        corrected(home, why=" ")
    with pytest.raises(NotAllowedError):
        correct_month(
            provider_id=home.provider.pk,
            period=MAY,
            why="x",
            by=make_home("Teine OÜ").accountant,
            on=NOVEMBER,
        )


def test_a_record_of_the_wrong_person_is_moved_and_both_see_it(home: Home) -> None:
    wrong = home.resident("P1", "IET", arrived=date(2026, 5, 1))
    right = home.resident("P2", "IET", arrived=date(2026, 5, 1))
    values = {"day": date(2026, 5, 4), "minutes": 240, "worker_id": home.worker.pk}
    (row,) = record(
        provider_id=home.provider.pk,
        entries=[HourEntry(referral_id=wrong.pk, **values)],  # type: ignore[arg-type]
        by=home.director,
        on=NOVEMBER,
    )
    bills = issued(home)
    assert sum(bill.amount for bill in bills) == Decimal("219.00") + Decimal("208.05")
    moved = correct(
        of=row,
        entry=HourEntry(referral_id=right.pk, **values),  # type: ignore[arg-type]
        why="teise inimese tund",
        by=home.director,
        on=NOVEMBER,
    )
    assert moved.corrects_id == row.pk
    assert waiting(home) == {MAY: Decimal("0.00")}
    assert sum(bill.amount for bill in corrected(home)) == Decimal("0.00")
    lines = billed_lines(home.provider.pk, MAY)
    assert {(line.referral_id, line.amount) for line in lines} == {
        (wrong.pk, Decimal("208.05")),
        (right.pk, Decimal("219.00")),
    }


def test_two_entries_of_one_person_settle_as_one_after_the_merge(home: Home) -> None:
    first = home.resident("P1")
    second = home.resident("P2")
    assert [bill.amount for bill in issued(home)] == [Decimal("1352.00")]
    one, two = home.persons
    merge(kept=one, merged=two, why="sama inimene", by=home.director, on=NOVEMBER)
    # One person cannot live in two community homes: the later referral is blocked.
    assert waiting(home) == {MAY: Decimal("-676.00")}
    corrected(home)
    lines = billed_lines(home.provider.pk, MAY)
    assert {line.referral_id for line in lines} <= {first.pk, second.pk}
    assert {line.person_id for line in lines} == {one.pk}
    assert list(faults()) == []


def test_held_lines_are_issued_once_the_summary_is_approved(home: Home) -> None:
    from tests.billing.test_month_close import issue_again

    home.resident("P1")
    referral = home.resident("P2", ended=date(2026, 5, 10))
    issued(home)
    assert waiting(home) == {}
    with acting(by=operator(), name="test.summary", provider_id=home.provider.pk) as act:
        act.store(
            [
                Summary(
                    provider=home.provider,
                    referral=referral,
                    person=referral.person,
                    written_on=date(2026, 5, 9),
                    written_by=home.director,
                    approved_on=date(2026, 5, 10),
                    approved_by=home.director,
                )
            ]
        )
    (bill,) = issue_again(home)
    assert bill.amount == Decimal("218.06")
    assert unbilled(home.provider.pk, MAY).held == ()
    assert list(faults()) == []
