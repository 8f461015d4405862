"""Bills for the own contribution: numbers, bills by hand, money, debts."""

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
    Whose,
    agree_contribution,
    end_agreement,
    record_takeover,
)
from tugiplaan.billing.actions.contribution_bills import (
    Billed,
    Billing,
    ByHand,
    UnableToBillError,
    bill_contribution_by_hand,
    bill_contributions,
    cancel_bill,
)
from tugiplaan.billing.actions.payments import (
    Receipt,
    UnableToCorrectPaymentError,
    UnableToRecordPaymentError,
    cancel_payment,
    correct_payment,
    record_contribution,
)
from tugiplaan.billing.debts import contribution_debts, may_be_refused
from tugiplaan.billing.models import (
    ContributionAgreement,
    ContributionBill,
    ContributionPayment,
)
from tugiplaan.people.models import Person
from tugiplaan.providers.models import SizePeriod
from tugiplaan.referrals.models import Referral

pytestmark = pytest.mark.django_db

MAY = 202605
APRIL_1 = date(2026, 4, 1)
BILLING = Billing(MAY, date(2026, 6, 1), date(2026, 6, 15))
PART = ByHand(BILLING, Decimal("200"), "Kokkulepe: osa kuud päevade järgi")


@pytest.fixture
def home() -> Home:
    return make_home()


def agreed(home: Home, code: str = "P1", service: str = "KE", **days: Any) -> ContributionAgreement:
    """Add a person who agreed on 400 € a month."""
    referral = home.resident(code, service, **days)
    return agree(home, referral)


def agree(home: Home, referral: Referral, **terms: Any) -> ContributionAgreement:
    given = {"valid_from": APRIL_1, "monthly_fee": Decimal(400), **terms}
    return agree_contribution(
        provider_id=home.provider.pk,
        whose=Whose(referral.pk, referral.person_id),
        terms=Terms(**given),
        by=home.accountant,
        on=NOVEMBER,
    )


def bill(home: Home, period: int = MAY) -> Billed:
    """Bill a month, due on the fifteenth of the next."""
    year, month = divmod(period, 100)
    billing = Billing(period, date(year, month + 1, 1), date(year, month + 1, 15))
    return bill_contributions(
        provider_id=home.provider.pk, billing=billing, by=home.accountant, on=NOVEMBER
    )


def by_hand(home: Home, agreement: ContributionAgreement, to: ByHand = PART) -> ContributionBill:
    return bill_contribution_by_hand(agreement=agreement, bill=to, by=home.accountant, on=NOVEMBER)


def cancel(home: Home, of: ContributionBill, why: str = "Vale summa") -> ContributionBill:
    return cancel_bill(
        bill=of, why=why, issued_on=date(2026, 6, 20), by=home.accountant, on=NOVEMBER
    )


def pay(home: Home, of: ContributionBill, amount: str) -> ContributionPayment:
    receipt = Receipt(date(2026, 6, 10), Decimal(amount), "Mari")
    return record_contribution(bill=of, receipt=receipt, by=home.accountant, on=NOVEMBER)


def test_a_month_is_billed_once_with_numbers_of_its_own(home: Home) -> None:
    agreed(home, "P1")
    agreed(home, "P2")
    late = agreed(home, "P3", arrived=date(2026, 5, 11))
    found = bill(home)
    assert [str(one) for one in found.bills] == ["O-2026-1", "O-2026-2"]
    assert [one.amount for one in found.bills] == [Decimal("400.00")] * 2
    assert [one.agreement for one in found.left] == [late]
    assert found.bills[0].due_on == date(2026, 6, 15)
    event = Event.objects.get(name="billing.bill_contributions")
    assert event.details["bills"] == ["O-2026-1", "O-2026-2"]
    with pytest.raises(UnableToBillError, match="2 on juba koostatud, 1 ootab"):
        bill(home)
    agreed(home, "P4")
    assert [str(one) for one in bill(home).bills] == ["O-2026-3"]
    part = by_hand(home, late)
    assert (str(part), part.amount) == ("O-2026-4", Decimal("200.00"))
    assert list(faults()) == []


def test_a_month_that_lasts_and_wrong_dates_are_refused(home: Home) -> None:
    agreement = agreed(home)
    with pytest.raises(UnableToBillError, match="ei ole veel läbi"):
        bill(home, 202611)
    wrong = replace(BILLING, due_on=date(2026, 5, 31))
    whole: dict[str, Any] = {"by": home.accountant, "on": NOVEMBER}
    with pytest.raises(UnableToBillError, match="enne arve kuupäeva"):
        bill_contributions(provider_id=home.provider.pk, billing=wrong, **whole)
    with pytest.raises(UnableToBillError, match="enne arve kuupäeva"):
        by_hand(home, agreement, replace(PART, billing=wrong))
    on: dict[str, Any] = {"by": home.accountant, "on": date(2026, 5, 31)}
    with pytest.raises(UnableToBillError, match="ei ole veel läbi"):
        bill_contributions(provider_id=home.provider.pk, billing=BILLING, **on)
    assert not ContributionBill.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"amount": Decimal(0)}, "üle nulli"),
        ({"amount": Decimal("0.001")}, "sentides"),
        ({"explanation": " "}, "selgitus"),
        ({"amount": Decimal("446.01")}, "üle ülempiiri 446"),
        ({"billing": replace(BILLING, period=202603)}, "ei kehti kuus"),
    ],
)
def test_a_bill_by_hand_is_checked(home: Home, changes: dict[str, Any], says: str) -> None:
    agreement = agreed(home)
    with pytest.raises(UnableToBillError, match=says):
        by_hand(home, agreement, replace(PART, **changes))
    assert not ContributionBill.objects.exists()


def test_bills_of_one_month_together_stay_below_the_ceiling(home: Home) -> None:
    referral = home.resident("P1")
    first = agree(home, referral, valid_to=date(2026, 5, 15))
    second = agree(home, referral, valid_from=date(2026, 5, 16))
    by_hand(home, first)
    with pytest.raises(UnableToBillError, match=r"teiste arvetega \(200,00.€\)"):
        by_hand(home, second, replace(PART, amount=Decimal("246.01")))
    by_hand(home, second, replace(PART, amount=Decimal(246)))
    better = agree(
        home, home.resident("P2"), above_norm=True, text="Oma tuba", monthly_fee=Decimal(500)
    )
    assert by_hand(home, better, replace(PART, amount=Decimal(490))).amount == 490


def test_without_a_known_ceiling_nothing_is_billed_by_hand(home: Home) -> None:
    agreement = agreed(home)
    ahead = Billing(202701, date(2027, 1, 1), date(2027, 1, 15))
    with pytest.raises(UnableToBillError, match="ei ole teada"):
        by_hand(home, agreement, replace(PART, billing=ahead))


def test_a_bill_is_taken_back_by_one_of_its_own_number(home: Home) -> None:
    agreement = agreed(home)
    (first,) = bill(home).bills
    with pytest.raises(UnableToBillError, match="põhjust"):
        cancel(home, first, " ")
    with pytest.raises(UnableToBillError, match="juba arve O-2026-1"):
        by_hand(home, agreement)
    gone = cancel(home, first)
    assert (str(gone), gone.amount) == ("O-2026-2", Decimal("-400.00"))
    with pytest.raises(UnableToBillError, match="vahepeal"):
        cancel(home, first)
    with pytest.raises(UnableToBillError, match="0 on juba koostatud, 1 ootab"):
        bill(home)
    again = by_hand(home, agreement)
    assert list(ContributionBill.objects.current()) == [again]
    assert (again.corrects, str(again)) == (gone, "O-2026-3")
    end_agreement(
        agreement=agreement, last_day=date(2026, 5, 31), why="", by=home.director, on=NOVEMBER
    )
    assert list(faults()) == []


def test_money_is_recorded_corrected_and_cancelled(home: Home) -> None:
    agreed(home)
    (one,) = bill(home).bills
    payment = pay(home, one, "150")
    (debt,) = contribution_debts(home.provider.pk)
    assert (debt.billed, debt.paid, debt.open) == (Decimal(400), Decimal(150), Decimal(250))
    assert (debt.days_overdue(date(2026, 6, 15)), debt.days_overdue(date(2026, 6, 25))) == (0, 10)
    who: dict[str, Any] = {"by": home.accountant, "on": NOVEMBER}
    receipt = Receipt(date(2026, 6, 11), Decimal(450))
    fixed = correct_payment(payment=payment, receipt=receipt, why="Viga", **who)
    (debt,) = contribution_debts(home.provider.pk)
    assert (debt.open, debt.days_overdue(NOVEMBER)) == (Decimal(-50), 0)
    pay(home, one, "-50")
    assert contribution_debts(home.provider.pk) == []
    with pytest.raises(UnableToCorrectPaymentError, match="rohkem, kui laekus"):
        cancel_payment(payment=fixed, why="Teise arve raha", **who)
    with pytest.raises(UnableToRecordPaymentError, match="rohkem, kui laekus"):
        pay(home, one, "-400.01")
    names = {event.name for event in Event.objects.filter(details__bill="O-2026-1")}
    assert names == {"billing.record_contribution", "billing.correct_payment"}
    assert list(faults()) == []


def test_money_for_a_cancelled_bill_counts_in_its_month(home: Home) -> None:
    agreement = agreed(home)
    (one,) = bill(home).bills
    pay(home, one, "400")
    gone = cancel(home, one)
    (debt,) = contribution_debts(home.provider.pk)
    assert (debt.billed, debt.open, debt.bills) == (Decimal(0), Decimal(-400), (one,))
    for wrong in (one, gone):
        with pytest.raises(UnableToRecordPaymentError, match="tühistatud"):
            pay(home, wrong, "5")
    by_hand(home, agreement)
    assert [month.open for month in contribution_debts(home.provider.pk)] == [Decimal(-200)]
    pay(home, one, "-200")
    assert contribution_debts(home.provider.pk) == []
    assert list(faults()) == []


def test_two_months_in_a_row_unpaid_give_a_right(home: Home) -> None:
    agreed(home, "P1")
    agreed(home, "P2")
    for period in (202604, 202605, 202606):
        bill(home, period)
    mine = ContributionBill.objects.order_by("agreement__referral__code", "period")
    pay(home, mine[1], "400")
    pay(home, mine[4], "399.99")
    # P1 paid May: April and June are not in a row. A month of P2 paid in part is unpaid.
    (found,) = may_be_refused(home.provider.pk, date(2026, 7, 16))
    assert found.person_id == home.persons[1].pk
    assert found.bills == tuple(mine[3:6])
    assert found.right.owed == Decimal("800.01")
    # On its day of payment June is not yet unpaid; on May's only April is.
    assert [len(one.bills) for one in may_be_refused(home.provider.pk, date(2026, 7, 15))] == [2]
    assert may_be_refused(home.provider.pk, date(2026, 6, 15)) == []


def test_nobody_is_refused_whom_a_court_placed_or_somebody_pays_for(home: Home) -> None:
    with acting(by=home.director, name="test.size", provider_id=home.provider.pk):
        size = {"first_day": date(2020, 1, 1), "size_class": "LE12"}
        SizePeriod.objects.create(provider=home.provider, place=home.place, **size)
    agreed(home, "P1", "OEH", variant="KM", court_order="Harju MK 1")
    paid_for = agreed(home, "P2")
    bill(home, 202604)
    bill(home, 202605)
    assert [one.person_id for one in may_be_refused(home.provider.pk, NOVEMBER)] == [
        home.persons[1].pk
    ]
    who: dict[str, Any] = {"by": home.accountant, "on": NOVEMBER}
    record_takeover(agreement=paid_for, payer="Tütar", **who)
    assert may_be_refused(home.provider.pk, NOVEMBER) == []
    record_takeover(agreement=paid_for, payer="", **who)
    assert len(may_be_refused(home.provider.pk, NOVEMBER)) == 1
    assert list(faults()) == []


def unpaid(home: Home, court_first: bool) -> None:
    """Let a person owe two months of community living and two by a court's order, by turns."""
    with acting(by=home.director, name="test.size", provider_id=home.provider.pk):
        size = {"first_day": date(2020, 1, 1), "size_class": "LE12"}
        SizePeriod.objects.create(provider=home.provider, place=home.place, **size)
    court: dict[str, Any] = {"service": "OEH", "variant": "KM", "court_order": "Harju MK 1"}
    first, second = (court, {}) if court_first else ({}, court)
    agreed(home, "P1", ended=date(2026, 5, 31), **first)
    agreed(home, "P2", arrived=date(2026, 6, 1), **second)
    with acting(by=home.director, name="test.merge", provider_id=home.provider.pk):
        Person.objects.filter(pk=home.persons[0].pk).update(merged_into=home.persons[1].pk)
    for period in (202604, 202605, 202606):
        bill(home, period)


def test_a_month_by_a_courts_order_does_not_count(home: Home) -> None:
    unpaid(home, court_first=True)
    assert may_be_refused(home.provider.pk, NOVEMBER) == []
    bill(home, 202607)
    assert len(may_be_refused(home.provider.pk, NOVEMBER)) == 1


def test_whom_a_court_placed_owes_from_before_and_is_not_refused(home: Home) -> None:
    unpaid(home, court_first=False)
    assert len(contribution_debts(home.provider.pk)) == 3
    assert may_be_refused(home.provider.pk, NOVEMBER) == []


def test_months_under_two_entries_of_a_person_follow_one_another(home: Home) -> None:
    agreed(home, "P1")
    agreed(home, "P2", valid_from=date(2026, 5, 1), arrived=date(2026, 5, 1))
    bill(home, 202604)
    first = ContributionBill.objects.get(agreement__referral__code="S-P1")
    for one in ContributionBill.objects.exclude(pk=first.pk):
        pay(home, one, "400")
    agreement = ContributionAgreement.objects.get(referral__code="S-P2")
    by_hand(home, agreement)
    assert may_be_refused(home.provider.pk, NOVEMBER) == []
    with acting(by=home.director, name="test.merge", provider_id=home.provider.pk):
        Person.objects.filter(pk=home.persons[0].pk).update(merged_into=home.persons[1].pk)
    (found,) = may_be_refused(home.provider.pk, NOVEMBER)
    assert (found.person_id, len(found.bills)) == (home.persons[1].pk, 2)


def test_others_may_not(home: Home) -> None:
    agreed(home)
    (one,) = bill(home).bills
    payment = pay(home, one, "5")
    receipt = Receipt(date(2026, 6, 10), Decimal(5))
    for user in (
        make_user("Tiina", "activity_supervisor", home.provider),
        make_home("Teine OÜ").accountant,
    ):
        who: dict[str, Any] = {"by": user, "on": NOVEMBER}
        with pytest.raises(NotAllowedError):
            cancel_bill(bill=one, why="x", issued_on=NOVEMBER, **who)
        with pytest.raises(NotAllowedError):
            record_contribution(bill=one, receipt=receipt, **who)
        with pytest.raises(NotAllowedError):
            correct_payment(payment=payment, receipt=receipt, why="x", **who)
    assert (ContributionBill.objects.count(), ContributionPayment.objects.count()) == (1, 1)


def test_two_questions_however_many_bills(
    home: Home, django_assert_num_queries: Callable[[int], Any]
) -> None:
    agreed(home)
    pay(home, bill(home).bills[0], "5")
    with django_assert_num_queries(2):
        contribution_debts(home.provider.pk)
    for number in range(2, 21):
        agreed(home, f"P{number}")
    for one in bill(home).bills:
        pay(home, one, "5")
    with django_assert_num_queries(2):
        assert len(contribution_debts(home.provider.pk)) == 20
    with django_assert_num_queries(2):
        may_be_refused(home.provider.pk, NOVEMBER)
