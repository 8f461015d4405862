"""Own contribution: what is agreed, what the authority pays, what a month comes to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.billing.home import NOVEMBER, Home, make_home
from tests.cast import make_user
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.audit.recorder import acting
from tugiplaan.billing.actions.contribution import (
    Terms,
    UnableToAgreeError,
    Whose,
    agree_contribution,
    change_agreement,
    end_agreement,
    record_takeover,
)
from tugiplaan.billing.actions.contribution_bills import (
    Billing,
    ByHand,
    bill_contribution_by_hand,
    bill_contributions,
)
from tugiplaan.billing.actions.gaps import Gap, UnableToRecordGapError, cancel_gap, record_gap
from tugiplaan.billing.contribution import (
    NoCeilingError,
    contributions_due,
    gap_of,
    preview_gap,
)
from tugiplaan.billing.models import ContributionAgreement, ContributionBill, GapDecision
from tugiplaan.delivery.models import DayRecord
from tugiplaan.providers.models import Building, Place, SizePeriod
from tugiplaan.referrals.models import Absence, Move, Referral

pytestmark = pytest.mark.django_db

MAY = 202605
APRIL_1 = date(2026, 4, 1)
FULL = Terms(APRIL_1, monthly_fee=Decimal(446))
A_DAY = Terms(APRIL_1, daily_fee="396/23")


@pytest.fixture
def home() -> Home:
    return make_home()


def agree(home: Home, referral: Referral, terms: Terms = FULL, **by: Any) -> ContributionAgreement:
    return agree_contribution(
        provider_id=home.provider.pk,
        whose=Whose(referral.pk, referral.person_id),
        terms=terms,
        **{"by": home.accountant, "on": NOVEMBER, **by},
    )


def use(home: Home, referral: Referral, *days: int) -> None:
    """Record used days of May."""
    with acting(by=home.director, name="test.days", provider_id=home.provider.pk) as act:
        rows = [
            DayRecord(
                provider=home.provider,
                referral=referral,
                period=MAY,
                day=date(2026, 5, day),
                kind="oop",
            )
            for day in days
        ]
        act.store(rows)


def sized(home: Home, size_class: str) -> None:
    with acting(by=home.director, name="test.size", provider_id=home.provider.pk):
        SizePeriod.objects.create(
            provider=home.provider,
            place=home.place,
            first_day=date(2020, 1, 1),
            size_class=size_class,
        )


def test_an_agreement_is_kept_and_ended(home: Home) -> None:
    referral = home.resident("P1")
    agreement = agree(home, referral)
    assert (agreement.monthly_fee, agreement.daily_fee) == (Decimal("446.00"), "")
    event = Event.objects.get(name="billing.agree_contribution")
    assert event.details["persons"] == [str(referral.person_id)]
    end_agreement(
        agreement=agreement,
        last_day=date(2026, 6, 30),
        why="Uus tasu",
        by=home.accountant,
        on=NOVEMBER,
    )
    agree(home, referral, Terms(date(2026, 7, 1), monthly_fee=Decimal(400)))
    assert ContributionAgreement.objects.count() == 2
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        (Terms(APRIL_1, monthly_fee=Decimal("446.01")), "üle ülempiiri 446,00"),
        (Terms(date(2026, 3, 1), monthly_fee=Decimal(446)), "üle ülempiiri 405,00"),
        (Terms(APRIL_1, monthly_fee=Decimal(0)), "üle nulli"),
        (Terms(APRIL_1, monthly_fee=Decimal("1.001")), "sentides"),
        (Terms(APRIL_1, daily_fee="17"), "tasu kuus"),
        (Terms(APRIL_1, monthly_fee=Decimal(500), above_norm=True), "mis see on"),
        (Terms(APRIL_1, date(2026, 3, 1), monthly_fee=Decimal(1)), "lõpeb enne"),
        (Terms(date(2029, 1, 1), monthly_fee=Decimal(1)), "sellest väljas"),
        (Terms(date(2027, 2, 1), monthly_fee=Decimal(1)), "ei ole teada"),
    ],
)
def test_what_may_not_be_agreed_is_refused(home: Home, terms: Terms, says: str) -> None:
    referral = home.resident("P1")
    with pytest.raises(UnableToAgreeError, match=says):
        agree(home, referral, terms)
    assert not ContributionAgreement.objects.exists()


def test_better_conditions_may_cost_more(home: Home) -> None:
    referral = home.resident("P1")
    terms = Terms(APRIL_1, monthly_fee=Decimal(500), above_norm=True, text="Oma tuba, 20 m²")
    agree(home, referral, terms)
    (due,) = contributions_due(home.provider.pk, MAY).due
    assert due.amount == Decimal("500.00")


@pytest.mark.parametrize("service", ["IET", "TTT", "TE"])
def test_in_other_services_none_is_due(home: Home, service: str) -> None:
    referral = home.resident("P1", service)
    with pytest.raises(UnableToAgreeError, match="omaosalust ei ole"):
        agree(home, referral)


def test_agreements_do_not_overlap(home: Home) -> None:
    referral = home.resident("P1")
    agree(home, referral, replace(FULL, valid_to=date(2026, 6, 30)))
    with pytest.raises(UnableToAgreeError, match="juba kokkulepe"):
        agree(home, referral, replace(FULL, valid_from=date(2026, 6, 30)))
    with pytest.raises(UnableToAgreeError, match="juba kokkulepe"):
        agree(home, referral, replace(FULL, valid_from=date(2026, 1, 1)))
    later = agree(home, referral, replace(FULL, valid_from=date(2026, 7, 1)))
    first = ContributionAgreement.objects.exclude(pk=later.pk).get()
    who: dict[str, Any] = {"why": "", "by": home.accountant, "on": NOVEMBER}
    with pytest.raises(UnableToAgreeError, match="juba kokkulepe"):
        end_agreement(agreement=first, last_day=date(2026, 7, 1), **who)
    with pytest.raises(UnableToAgreeError, match="lõpeb enne"):
        end_agreement(agreement=first, last_day=date(2026, 3, 1), **who)
    agree(home, home.resident("P2"))


def test_a_fee_a_day_is_kept_as_agreed(home: Home) -> None:
    referral = home.resident("P1", "PNH")
    with pytest.raises(UnableToAgreeError, match="kasutatud päeva eest"):
        agree(home, referral, FULL)
    for wrong, says in (("palju", "ei ole arv"), ("1/0", "ei ole arv"), ("-1", "üle nulli")):
        with pytest.raises(UnableToAgreeError, match=says):
            agree(home, referral, Terms(APRIL_1, daily_fee=wrong))
    with pytest.raises(UnableToAgreeError, match="üle ülempiiri 396"):
        agree(home, referral, Terms(APRIL_1, daily_fee="396.01"))
    agreement = agree(home, referral, Terms(APRIL_1))
    assert agreement.daily_fee == "396/23"
    who: dict[str, Any] = {"by": home.accountant, "on": NOVEMBER}
    terms = Terms(APRIL_1, daily_fee="17,22")
    changed = change_agreement(agreement=agreement, terms=terms, why="Viga", **who)
    assert changed.daily_fee == "17.22"
    with pytest.raises(UnableToAgreeError, match="põhjust"):
        change_agreement(agreement=agreement, terms=terms, why=" ", **who)
    assert list(faults()) == []


def test_the_ceiling_follows_the_size_of_the_place(home: Home) -> None:
    referral = home.resident("P1", "OEH")
    with pytest.raises(UnableToAgreeError, match="suurusklassist"):
        agree(home, referral, replace(FULL, monthly_fee=Decimal(525)))
    sized(home, "LE12")
    agree(home, referral, replace(FULL, monthly_fee=Decimal(525)))
    (due,) = contributions_due(home.provider.pk, MAY).due
    assert due.amount == Decimal("525.00")
    assert "525" in due.explanation


def test_a_whole_month_is_due_and_a_part_is_left_to_people(home: Home) -> None:
    agree(home, home.resident("P1"))
    agree(home, home.resident("P2", arrived=date(2026, 5, 2)))
    agree(home, home.resident("P3", ended=date(2026, 5, 30)))
    agree(home, home.resident("P4"), replace(FULL, valid_to=date(2026, 5, 30)))
    agree(home, home.resident("P5", ended=date(2026, 4, 30)))
    agree(home, home.resident("P6", ended=date(2026, 5, 31)))
    found = contributions_due(home.provider.pk, MAY)
    assert [due.agreement.referral.person.code for due in found.due] == ["P1", "P6"]
    assert [due.amount for due in found.due] == [Decimal("446.00")] * 2
    assert [left.agreement.referral.person.code for left in found.left] == ["P2", "P3", "P4"]
    assert all("terve kuu" in left.reason for left in found.left)


def test_a_fee_above_a_lower_ceiling_is_left_to_people(home: Home) -> None:
    referral = home.resident("P1")
    agreement = agree(home, referral, FULL)
    with acting(by=home.director, name="test.earlier", provider_id=home.provider.pk):
        agreement.valid_from = date(2026, 3, 1)
        agreement.save()
    (left,) = contributions_due(home.provider.pk, 202603).left
    assert "üle ülempiiri 405,00" in left.reason
    (left,) = contributions_due(home.provider.pk, 202701).left
    assert "ei ole teada" in left.reason


def test_after_a_move_the_lower_ceiling_counts(home: Home) -> None:
    referral = home.resident("P1", "OEH")
    sized(home, "LE12")
    with acting(by=home.director, name="test.move", provider_id=home.provider.pk) as act:
        building = Building.objects.create(provider=home.provider, code="Suur")
        there = Place.objects.create(
            provider=home.provider, code="K2", name="Suur", building=building
        )
        size = {"first_day": date(2020, 1, 1), "size_class": "GT12"}
        SizePeriod.objects.create(provider=home.provider, place=there, **size)
        day = date(2026, 5, 20)
        act.store([Move(provider=home.provider, referral=referral, from_day=day, place=there)])
    agree(home, referral, replace(FULL, monthly_fee=Decimal(525)))
    (left,) = contributions_due(home.provider.pk, MAY).left
    assert "üle ülempiiri 446,00" in left.reason
    assert len(contributions_due(home.provider.pk, 202604).due) == 1


def test_absences_are_told_and_change_nothing(home: Home) -> None:
    referral = home.resident("P1")
    with acting(by=home.director, name="test.away", provider_id=home.provider.pk) as act:
        away = Absence(
            provider=home.provider,
            referral=referral,
            code="E1",
            first_day=date(2026, 5, 5),
            last_day=date(2026, 5, 9),
            kind="hospital",
        )
        act.store([away])
    agree(home, referral)
    (due,) = contributions_due(home.provider.pk, MAY).due
    assert due.amount == Decimal("446.00")
    assert "Eemal 05.05.2026–09.05.2026" in due.explanation


@pytest.mark.parametrize(
    ("fee", "days", "amount"),
    [("396/23", 12, "206.61"), ("17.22", 23, "396.00"), ("17.22", 1, "17.22"), ("5", 31, "155.00")],
)
def test_used_days_are_rounded_once_and_cut(home: Home, fee: str, days: int, amount: str) -> None:
    referral = home.resident("P1", "PNH")
    agree(home, referral, Terms(APRIL_1, daily_fee=fee))
    use(home, referral, *range(1, days + 1))
    (due,) = contributions_due(home.provider.pk, MAY).due
    assert (due.days, due.amount) == (days, Decimal(amount))


def test_better_day_care_is_not_cut(home: Home) -> None:
    referral = home.resident("P1", "PNH")
    agree(home, referral, Terms(APRIL_1, daily_fee="20", above_norm=True, text="Üksik tuba"))
    use(home, referral, *range(1, 31))
    (due,) = contributions_due(home.provider.pk, MAY).due
    assert due.amount == Decimal("600.00")


def test_days_outside_the_agreement_are_left_to_people(home: Home) -> None:
    referral = home.resident("P1", "PNH")
    agree(home, referral, replace(A_DAY, valid_from=date(2026, 5, 10)))
    (left,) = contributions_due(home.provider.pk, MAY).left
    assert "ei ole kasutatud päevi" in left.reason
    use(home, referral, 9, 10)
    (left,) = contributions_due(home.provider.pk, MAY).left
    assert "väljaspool kokkuleppe aega" in left.reason


def test_the_authoritys_part_is_taken_off(home: Home) -> None:
    agreement = agree(home, home.resident("P1"))
    who: dict[str, Any] = {"by": home.accountant, "on": NOVEMBER}
    record_gap(agreement=agreement, gap=Gap(202604, Decimal(38), "SKA 1"), **who)
    (due,) = contributions_due(home.provider.pk, MAY).due
    assert (due.fee, due.state_gap, due.amount) == (Decimal(446), Decimal(38), Decimal(408))
    assert "puudujääva osa 38,00" in due.explanation
    record_gap(agreement=agreement, gap=Gap(202606, Decimal(40), "SKA 2"), **who)
    assert [gap_of(agreement, 202603 + month) for month in range(4)] == [0, 38, 38, 40]
    row = record_gap(agreement=agreement, gap=Gap(MAY, Decimal(500), "SKA 3"), **who)
    (left,) = contributions_due(home.provider.pk, MAY).left
    assert "Kogu tasu" in left.reason
    with pytest.raises(UnableToRecordGapError, match="juba otsus SKA 3"):
        record_gap(agreement=agreement, gap=Gap(MAY, Decimal(0), "SKA 4"), **who)
    row = record_gap(agreement=agreement, gap=Gap(MAY, Decimal(0), "SKA 4"), why="Viga", **who)
    assert gap_of(agreement, MAY) == 0
    cancel_gap(row=row, why="Otsust ei ole", **who)
    assert gap_of(agreement, MAY) == 38
    with pytest.raises(UnableToRecordGapError, match="vahepeal"):
        cancel_gap(row=row, why="Uuesti", **who)
    record_gap(agreement=agreement, gap=Gap(MAY, Decimal(39), "SKA 5"), **who)
    assert gap_of(agreement, MAY) == 39
    assert list(faults()) == []


def test_a_decision_needs_a_name_and_an_amount(home: Home) -> None:
    agreement = agree(home, home.resident("P1"))
    wrong = Gap(MAY, Decimal(-1), "SKA"), Gap(MAY, Decimal(1), " "), Gap(MAY, Decimal("0.001"), "S")
    for gap in wrong:
        with pytest.raises(UnableToRecordGapError):
            record_gap(agreement=agreement, gap=gap, by=home.accountant, on=NOVEMBER)
    assert not GapDecision.objects.exists()


def test_what_a_bill_rests_on_stays(home: Home) -> None:
    agreement = agree(home, home.resident("P1"))
    who: dict[str, Any] = {"by": home.accountant, "on": NOVEMBER}
    billing = Billing(MAY, date(2026, 6, 1), date(2026, 6, 15))
    bill_contributions(provider_id=home.provider.pk, billing=billing, **who)
    with pytest.raises(UnableToAgreeError, match=r"arve koostatud \(05.2026\)"):
        change_agreement(agreement=agreement, terms=FULL, why="Viga", **who)
    with pytest.raises(UnableToAgreeError, match="2026 on juba arvel"):
        end_agreement(agreement=agreement, last_day=date(2026, 5, 30), why="", **who)
    with pytest.raises(UnableToRecordGapError, match="2026 on juba arvel"):
        record_gap(agreement=agreement, gap=Gap(202604, Decimal(5), "SKA"), **who)
    record_gap(agreement=agreement, gap=Gap(202606, Decimal(5), "SKA"), **who)
    end_agreement(agreement=agreement, last_day=date(2026, 5, 31), why="", **who)


def test_the_gap_is_a_preview(home: Home) -> None:
    agreement = agree(home, home.resident("P1"))
    found = preview_gap(agreement, Decimal(480), date(2026, 5, 1))
    assert (found.pays, found.gap) == (Decimal("408.00"), Decimal("38.00"))
    with pytest.raises(NoCeilingError, match="ei ole teada"):
        preview_gap(agreement, Decimal(480), date(2027, 5, 1))
    with pytest.raises(ValueError, match="negative"):
        preview_gap(agreement, Decimal(-1), date(2026, 5, 1))


def test_others_may_not(home: Home) -> None:
    referral = home.resident("P1")
    agreement = agree(home, referral)
    row = record_gap(
        agreement=agreement, gap=Gap(MAY, Decimal(5), "SKA"), by=home.accountant, on=NOVEMBER
    )
    billing = Billing(MAY, date(2026, 6, 1), date(2026, 6, 15))
    worker = make_user("Tiina", "activity_supervisor", home.provider)
    other = make_home("Teine OÜ")
    for user in (worker, other.accountant):
        who: dict[str, Any] = {"by": user, "on": NOVEMBER}
        for ask in (
            lambda who=who: agree(home, referral, **who),
            lambda who=who: change_agreement(agreement=agreement, terms=FULL, why="x", **who),
            lambda who=who: end_agreement(agreement=agreement, last_day=NOVEMBER, why="x", **who),
            lambda who=who: record_takeover(agreement=agreement, payer="x", **who),
            lambda who=who: record_gap(agreement=agreement, gap=Gap(MAY, row.amount, "x"), **who),
            lambda who=who: cancel_gap(row=row, why="x", **who),
            lambda who=who: bill_contributions(
                provider_id=home.provider.pk, billing=billing, **who
            ),
            lambda who=who: bill_contribution_by_hand(
                agreement=agreement, bill=ByHand(billing, Decimal(5), "x"), **who
            ),
        ):
            with pytest.raises(NotAllowedError):
                ask()
    with pytest.raises(UnableToAgreeError, match="Sellist suunamist"):
        agree(other, referral)
    assert (ContributionAgreement.objects.count(), GapDecision.objects.count()) == (1, 1)
    assert not ContributionBill.objects.exists()


def test_the_same_questions_however_many_persons(
    home: Home, django_assert_num_queries: Callable[[int], Any]
) -> None:
    agree(home, home.resident("P1"))
    with django_assert_num_queries(13):
        contributions_due(home.provider.pk, MAY)
    for number in range(2, 21):
        agree(home, home.resident(f"P{number}"))
    with django_assert_num_queries(13):
        assert len(contributions_due(home.provider.pk, MAY).due) == 20
