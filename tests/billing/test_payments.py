"""Money that comes for invoices, and what is then open."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.billing.home import NOVEMBER, Home, make_home
from tests.cast import make_user
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.billing.actions.closing import close
from tugiplaan.billing.actions.correcting import correct_month
from tugiplaan.billing.actions.issuing import issue
from tugiplaan.billing.actions.payments import (
    Receipt,
    UnableToCorrectPaymentError,
    UnableToRecordPaymentError,
    cancel_payment,
    correct_payment,
    record_payment,
)
from tugiplaan.billing.actions.preparing import prepare
from tugiplaan.billing.charges import Account, accounts_of, open_invoices, payments_of
from tugiplaan.billing.models import Invoice, InvoiceKind, Payment
from tugiplaan.referrals.actions.stays import End, end_stay
from tugiplaan.rules.vocabulary import EndReason

pytestmark = pytest.mark.django_db

MAY = 202605
JUNE_10 = date(2026, 6, 10)


@pytest.fixture
def home() -> Home:
    return make_home()


def invoice_of(home: Home, period: int = MAY) -> Invoice:
    """Issue the month; community living is 676 € a month."""
    whole: dict[str, Any] = {"provider_id": home.provider.pk, "by": home.accountant, "on": NOVEMBER}
    close(statement=prepare(period=period, **whole), by=home.accountant, on=NOVEMBER)
    (invoice,) = issue(period=period, issued_on=date(2026, 6, 5), **whole)
    return invoice


def came(amount: str, day: date = JUNE_10) -> Receipt:
    return Receipt(day, Decimal(amount), "SKA")


def pay(home: Home, invoice: Invoice, amount: str) -> Payment:
    return record_payment(invoice=invoice, receipt=came(amount), by=home.accountant, on=NOVEMBER)


def account(home: Home, day: date = NOVEMBER) -> Account:
    (found,) = accounts_of(home.provider.pk, day)
    return found


def test_a_payment_is_recorded_and_leaves_the_rest_open(home: Home) -> None:
    home.resident("P1")
    invoice = invoice_of(home)
    pay(home, invoice, "600")
    (found,) = open_invoices(home.provider.pk, date(2026, 7, 6))
    assert (found.invoice, found.paid, found.open) == (invoice, Decimal(600), Decimal("76.00"))
    # Due on 26.06: ten days later it is ten days overdue, and on the day itself not at all.
    assert found.days_overdue == 10
    assert account(home, date(2026, 6, 26)).days_overdue == 0
    assert account(home, date(2026, 6, 20)).days_overdue == 0
    event = Event.objects.get(name="billing.record_payment")
    assert event.details["invoice"] == "2026-1"
    pay(home, invoice, "76")
    assert open_invoices(home.provider.pk, NOVEMBER) == []
    assert account(home).days_overdue == 0
    assert list(faults()) == []


def test_too_much_money_is_accepted_and_shown(home: Home) -> None:
    home.resident("P1")
    invoice = invoice_of(home)
    pay(home, invoice, "700")
    (found,) = open_invoices(home.provider.pk, NOVEMBER)
    assert (found.open, found.days_overdue) == (Decimal("-24.00"), 0)
    pay(home, invoice, "-24")
    assert open_invoices(home.provider.pk, NOVEMBER) == []


@pytest.mark.parametrize(
    ("receipt", "says"),
    [
        (came("0"), "null"),
        (came("1.005"), "sentides"),
        (came("NaN"), "sentides"),
        (came("1e30"), "sentides"),
        (came("-0.01"), "rohkem, kui laekus"),
        (came("5", date(2026, 11, 23)), "tulevikus"),
    ],
)
def test_what_cannot_have_come_is_refused(home: Home, receipt: Receipt, says: str) -> None:
    home.resident("P1")
    invoice = invoice_of(home)
    with pytest.raises(UnableToRecordPaymentError, match=says):
        record_payment(invoice=invoice, receipt=receipt, by=home.accountant, on=NOVEMBER)
    assert not Payment.objects.exists()


def test_a_payment_is_corrected_and_cancelled(home: Home) -> None:
    home.resident("P1")
    invoice = invoice_of(home)
    first = pay(home, invoice, "67.60")
    who: dict[str, Any] = {"by": home.accountant, "on": NOVEMBER}
    fixed = correct_payment(payment=first, receipt=came("676"), why="Koma vales kohas", **who)
    assert list(payments_of(invoice)) == [fixed]
    assert account(home).open == 0
    cancel_payment(payment=fixed, why="Teise arve raha", **who)
    assert account(home).open == Decimal("676.00")
    assert Payment.objects.count() == 3
    names = Event.objects.filter(name__endswith="_payment").order_by("number")
    assert [event.name for event in names] == [
        "billing.record_payment",
        "billing.correct_payment",
        "billing.cancel_payment",
    ]
    assert list(faults()) == []


def test_a_correction_needs_a_reason_and_a_payment_that_holds(home: Home) -> None:
    home.resident("P1")
    invoice = invoice_of(home)
    first = pay(home, invoice, "100")
    who: dict[str, Any] = {"by": home.accountant, "on": NOVEMBER}
    refused = pytest.raises(UnableToCorrectPaymentError, match="põhjust")
    with refused:
        correct_payment(payment=first, receipt=came("1"), why=" ", **who)
    with pytest.raises(UnableToCorrectPaymentError, match="tulevikus"):
        correct_payment(payment=first, receipt=came("1", date(2027, 1, 1)), why="x", **who)
    cancel_payment(payment=first, why="Ei laekunud", **who)
    with pytest.raises(UnableToCorrectPaymentError, match="vahepeal"):
        cancel_payment(payment=first, why="Veel kord", **who)
    assert Payment.objects.count() == 2


def test_money_that_was_given_back_in_part_cannot_be_cancelled_away(home: Home) -> None:
    home.resident("P1")
    invoice = invoice_of(home)
    first = pay(home, invoice, "700")
    pay(home, invoice, "-24")
    with pytest.raises(UnableToCorrectPaymentError, match="rohkem, kui laekus"):
        cancel_payment(payment=first, why="Ei laekunud", by=home.accountant, on=NOVEMBER)


def test_a_credit_note_counts_against_its_invoice(home: Home) -> None:
    referral = home.resident("P1")
    invoice = invoice_of(home)
    ending = End(date(2026, 5, 10), EndReason.PERSON_WISH)
    end_stay(referral=referral, end=ending, why="Hilinenud", by=home.director, on=NOVEMBER)
    correct_month(
        provider_id=home.provider.pk, period=MAY, why="Lõpp", by=home.accountant, on=NOVEMBER
    )
    note = Invoice.objects.get(kind=InvoiceKind.CREDIT_NOTE)
    found = {one.invoice: one for one in accounts_of(home.provider.pk, NOVEMBER)}
    assert (found[invoice].credited, found[invoice].open) == (Decimal(676), Decimal(0))
    assert note not in found
    with pytest.raises(UnableToRecordPaymentError, match="kreeditarve"):
        pay(home, note, "1")


def test_another_provider_and_a_worker_may_not(home: Home) -> None:
    home.resident("P1")
    invoice = invoice_of(home)
    payment = pay(home, invoice, "5")
    stranger = make_home("Teine OÜ").accountant
    worker = make_user("Tiina", "activity_supervisor", home.provider)
    for user in (stranger, worker):
        with pytest.raises(NotAllowedError):
            record_payment(invoice=invoice, receipt=came("5"), by=user, on=NOVEMBER)
        with pytest.raises(NotAllowedError):
            correct_payment(payment=payment, receipt=came("6"), why="x", by=user, on=NOVEMBER)
        with pytest.raises(NotAllowedError):
            cancel_payment(payment=payment, why="x", by=user, on=NOVEMBER)
    assert Payment.objects.count() == 1
    assert accounts_of(make_home("Kolmas OÜ").provider.pk, NOVEMBER) == []


def test_two_questions_however_many_invoices(
    home: Home, django_assert_num_queries: Callable[[int], Any]
) -> None:
    home.resident("P1")
    pay(home, invoice_of(home), "5")
    with django_assert_num_queries(2):
        open_invoices(home.provider.pk, NOVEMBER)
    for month in range(1, 5):
        pay(home, invoice_of(home, 202600 + month), "5")
    with django_assert_num_queries(2):
        assert len(open_invoices(home.provider.pk, NOVEMBER)) == 5
