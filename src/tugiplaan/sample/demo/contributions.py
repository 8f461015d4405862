"""Own contributions in the demo: agreed, billed each month, paid by most."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tugiplaan.billing.actions.contribution import Terms, Whose, agree_contribution
from tugiplaan.billing.actions.contribution_bills import Billing, bill_contributions
from tugiplaan.billing.actions.gaps import Gap, record_gap
from tugiplaan.billing.actions.payments import Receipt, record_contribution, record_payment
from tugiplaan.billing.charges import open_invoices
from tugiplaan.billing.contribution import ceiling_of
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Service, Variant
from tugiplaan.sample.demo.stage import FIRST_MONTH, Guest, House, Stage, period_of

_SERVICES = (Service.KE, Service.OEH, Service.PNH)
_CEILINGS_ROSE = date(2026, 4, 1)
_DAYS_TO_PAY, _DAYS_OPEN = 14, 30
_WITH_GAP, _GAP = "K6", Decimal("38.00")
# Who has paid nothing since a day.
_DEBTOR, _OWES_SINCE = "K4", date(2026, 5, 1)


def agree(house: House, guest: Guest) -> None:
    """Agree on the highest own contribution; where the ceiling rose in 2026, once more from then.

    Args:
        house: Where.
        guest: Who; nothing is agreed with who owes none.
    """
    part = guest.part
    if part.service not in _SERVICES or part.variant is Variant.KM or part.is_awaited:
        return
    referral = guest.stays[0].referral
    whose = Whose(referral.pk, guest.person.pk)
    for first, last in _times(max(part.arrives, FIRST_MONTH.first)):
        who: dict[str, Any] = {"by": house.accountant, "on": first}
        ceiling = ceiling_of(house.provider_id, guest.person.pk, referral.pk, first)
        fee = None if part.service is Service.PNH else ceiling.amount
        terms = Terms(first, last, monthly_fee=fee)
        row = agree_contribution(provider_id=house.provider_id, whose=whose, terms=terms, **who)
        if part.key == _WITH_GAP:
            gap = Gap(first.year * 100 + first.month, _GAP, "SKA otsus (näidis)")
            record_gap(agreement=row, gap=gap, **who)


def _times(first: date) -> list[tuple[date, date | None]]:
    if first >= _CEILINGS_ROSE:
        return [(first, None)]
    return [(first, _CEILINGS_ROSE - timedelta(days=1)), (_CEILINGS_ROSE, None)]


def bill(stage: Stage, house: House, month: Month) -> None:
    """Bill the own contributions of a month; all but one pay in time, as far as time has come."""
    on = month.last + timedelta(days=10)
    due_on = on + timedelta(days=_DAYS_TO_PAY)
    by = house.accountant
    billing = Billing(period_of(month), on, due_on)
    billed = bill_contributions(provider_id=house.provider_id, billing=billing, by=by, on=on)
    debtor = house.guests.get(_DEBTOR)
    for row in billed.bills:
        owes = debtor is not None and row.agreement.referral.person_id == debtor.person.pk
        if due_on <= stage.today and not (owes and month.first >= _OWES_SINCE):
            receipt = Receipt(due_on, row.amount, "pangaülekanne (näidis)")
            record_contribution(bill=row, receipt=receipt, by=by, on=due_on)


def pay_invoices(stage: Stage, house: House) -> None:
    """Let the funder pay what was due a month ago; later invoices are still open."""
    for account in open_invoices(house.provider_id, stage.today):
        invoice = account.invoice
        paid_on = invoice.due_on
        if paid_on + timedelta(days=_DAYS_OPEN) < stage.today:
            receipt = Receipt(paid_on, account.open, f"Arve {invoice} (näidis)")
            record_payment(invoice=invoice, receipt=receipt, by=house.accountant, on=stage.today)
