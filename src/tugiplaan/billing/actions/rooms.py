"""Room costs of daily-life support: entering them, billing them to the municipality."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import Act, acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.billing.actions.issuing import Desk
from tugiplaan.billing.actions.payments import check_amount
from tugiplaan.billing.charges import room_charges, sum_of_charges, unbilled_charges
from tugiplaan.billing.facts import month_of
from tugiplaan.billing.models import (
    Invoice,
    InvoicedCharge,
    InvoiceKind,
    InvoiceLine,
    RoomCharge,
)
from tugiplaan.people.queries import standing_for
from tugiplaan.providers.books import hold_provider, month_text
from tugiplaan.referrals.corrections import cancellation, check_correction, successor
from tugiplaan.referrals.queries import facts_of, referrals_of
from tugiplaan.rules.money import euro
from tugiplaan.rules.period import intersect
from tugiplaan.rules.services import authority_code
from tugiplaan.rules.stays.presence import stay_of
from tugiplaan.rules.vocabulary import Service

_KIND = "rooms"


class UnableToChargeError(RefusedError):
    """The room costs cannot be entered or changed as given."""


class UnableToIssueChargesError(RefusedError):
    """The room costs cannot be billed."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """What a person's share of the rooms costs in a month.

    Attributes:
        place_id: Where the service is given.
        funder: Registry code of the municipality of the person's registered residence.
        period: The month, YYYYMM.
        text: What it is for; stands on the bill, so it names nobody.
        amount: Euros with at most two decimals, above 0.
    """

    person_id: UUID
    place_id: UUID
    funder: str
    period: int
    text: str
    amount: Decimal


def enter_room_charge(*, provider_id: UUID, rooms: Rooms, by: User, on: date) -> RoomCharge:
    """Enter what a person's share of the rooms cost in a month.

    Args:
        provider_id: At which provider.
        rooms: Whose, where, when, how much and who pays.
        by: Who enters it.
        on: Today.

    Returns:
        The row; it stands on no bill yet.

    Raises:
        NotAllowedError: `by` may not.
        UnableToChargeError: The person is not in daily-life support in the month, the place is
            another's, the amount or the payer cannot be, or the same is entered already.

    Law: SHS §§ 72(1), 89.
    """
    require(by, "billing.prepare", provider_id, on)
    row = RoomCharge(provider_id=provider_id, **_columns(rooms))
    with acting(by=by, name="billing.enter_room_charge", provider_id=provider_id) as act:
        hold_provider(provider_id)
        _check(row)
        act.store([row])
        act.about(row.person_id)
    return row


def correct_room_charge(
    *, charge: RoomCharge, rooms: Rooms, why: str, by: User, on: date
) -> RoomCharge:
    """Put other room costs in the place of those that stand on no bill yet.

    Args:
        charge: The row that holds.
        rooms: What is right.
        why: The reason; not empty.
        by: Who corrects.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToChargeError: As `enter_room_charge`; or no reason, the row no longer holds, or
            it stands on a bill: see `credit_room_charge`.
    """
    return _follow(charge, successor(charge, why=why, **_columns(rooms)), by, on)


def cancel_room_charge(*, charge: RoomCharge, why: str, by: User, on: date) -> RoomCharge:
    """Say that room costs that stand on no bill do not hold.

    Args:
        charge: The row that holds.
        why: The reason; not empty.
        by: Who cancels.
        on: Today.

    Returns:
        The row that cancels it.

    Raises:
        NotAllowedError: `by` may not.
        UnableToChargeError: No reason, the row no longer holds, or it stands on a bill.
    """
    return _follow(charge, cancellation(charge, why=why), by, on)


def _follow(charge: RoomCharge, row: RoomCharge, by: User, on: date) -> RoomCharge:
    provider_id = charge.provider_id
    require(by, "billing.prepare", provider_id, on)
    name = "billing.cancel_room_charge" if row.is_cancellation else "billing.correct_room_charge"
    with acting(by=by, name=name, provider_id=provider_id, why=row.why) as act:
        hold_provider(provider_id)
        check_correction(charge, row.why, UnableToChargeError)
        billed = _billed(charge)
        if billed is not None:
            raise UnableToChargeError(
                _(
                    "See kulu on arvel {invoice}. Võta see kreeditarvega tagasi ja sisesta "
                    "õige. Midagi ei muudetud."
                ).format(invoice=billed.invoice)
            )
        if not row.is_cancellation:
            _check(row)
        act.store([row])
        act.about(charge.person_id, row.person_id)
    return row


def _columns(rooms: Rooms) -> dict[str, Any]:
    check_amount(rooms.amount, UnableToChargeError)
    # With two decimals, as the database gives it back: the audit compares what was written.
    return {**asdict(rooms), "amount": euro(rooms.amount)}


def _billed(charge: RoomCharge) -> InvoicedCharge | None:
    return InvoicedCharge.objects.filter(charge=charge).select_related("invoice").first()


def _check(row: RoomCharge) -> None:
    """Refuse room costs that cannot be; call it with the provider held."""
    if row.amount <= 0:
        raise UnableToChargeError(_("Summa peab olema üle nulli. Midagi ei salvestatud."))
    if not row.text.strip():
        raise UnableToChargeError(
            _("Kirjuta, mille eest: see läheb arvele. Midagi ei salvestatud.")
        )
    if not row.funder.strip() or row.funder == authority_code():
        raise UnableToChargeError(
            _(
                "Ruumide kulu tasub inimese elukoha omavalitsus (SHS § 89): kirjuta selle "
                "registrikood. Midagi ei salvestatud."
            )
        )
    _check_whose(row)
    same = room_charges(row.provider_id, row.period, row.funder).filter(
        person_id=row.person_id, place_id=row.place_id, text=row.text
    )
    if same.exclude(pk__in=[row.corrects_id or row.pk]).exists():
        raise UnableToChargeError(
            _(
                "Sama kulu on kuus {month} sellele inimesele juba kirjas: paranda seda. "
                "Midagi ei salvestatud."
            ).format(month=month_text(row.period))
        )


def _check_whose(row: RoomCharge) -> None:
    try:
        person, place = row.person, row.place
    except ObjectDoesNotExist as error:
        raise UnableToChargeError(
            _("Sellist inimest või kohta ei ole. Midagi ei salvestatud.")
        ) from error
    if {person.provider_id, place.provider_id} != {row.provider_id}:
        raise UnableToChargeError(
            _("See inimene või koht on teise teenuseosutaja juures. Midagi ei salvestatud.")
        )
    if not _is_served(row):
        raise UnableToChargeError(
            _(
                "Inimene ei olnud kuus {month} igapäevaelu toetamise teenusel; ruumide "
                "kulu on ainult sellel (SHS § 89). Midagi ei salvestatud."
            ).format(month=month_text(row.period))
        )


def _is_served(row: RoomCharge) -> bool:
    """Tell whether the person, under whichever entry, is in daily-life support in the month."""
    standing = standing_for(row.provider_id)
    stands = standing.get(row.person_id, row.person_id)
    entries = {stands, *(entry for entry, kept in standing.items() if kept == stands)}
    found = facts_of(referrals_of(row.provider_id, entries).filter(service=Service.IET))
    days = month_of(row.period).span
    stays = (stay_of(one.facts) for one in found)
    return any(stay is not None and intersect(stay, days) for stay in stays)


@dataclass(frozen=True, slots=True)
class RoomBills:
    """Which room costs are billed.

    Attributes:
        funder: Registry code of the municipality.
        period: The month, YYYYMM.
        issued_on: Date of the invoices.
    """

    funder: str
    period: int
    issued_on: date


def issue_room_charges(*, provider_id: UUID, bills: RoomBills, by: User, on: date) -> list[Invoice]:
    """Bill a month's room costs to a municipality: one invoice for each place.

    Args:
        provider_id: Whose month.
        bills: To whom, for which month, with which date.
        by: Who issues.
        on: Today.

    Returns:
        The invoices, by place, numbered in the same series as all others. A charge stands on
        one invoice at most, whatever happens.

    Raises:
        NotAllowedError: `by` may not.
        UnableToIssueChargesError: There is nothing to bill.
        UnableToIssueError: The terms of the municipality are missing.

    Law: SHS § 89.
    """
    require(by, "billing.issue", provider_id, on)
    with acting(by=by, name="billing.issue_room_charges", provider_id=provider_id) as act:
        hold_provider(provider_id)
        charges = unbilled_charges(provider_id, bills.period, bills.funder)
        if not charges:
            raise UnableToIssueChargesError(
                _(
                    "Kuus {month} ei ole omavalitsusele {funder} ruumide kulu, mis arvel ei "
                    "ole. Midagi ei muudetud."
                ).format(month=month_text(bills.period), funder=bills.funder)
            )
        desk = Desk(act, provider_id, bills.period, bills.issued_on)
        invoices = [_bill(desk, found) for found in _by_place(charges)]
        act.about(*(charge.person_id for charge in charges))
        act.details |= {"period": bills.period, "invoices": [str(one) for one in invoices]}
    return invoices


def credit_room_charge(
    *, charge: RoomCharge, why: str, issued_on: date, by: User, on: date
) -> Invoice:
    """Take billed room costs back by a credit note; what is right is entered and billed anew.

    Args:
        charge: The row that holds and stands on an invoice.
        why: The reason; not empty.
        issued_on: Date of the credit note.
        by: Who corrects.
        on: Today.

    Returns:
        The credit note.

    Raises:
        NotAllowedError: `by` may not.
        UnableToChargeError: No reason, the row no longer holds, or it stands on no bill.
        UnableToIssueError: The terms of the municipality are missing.
    """
    provider_id = charge.provider_id
    require(by, "billing.correct", provider_id, on)
    name = "billing.credit_room_charge"
    with acting(by=by, name=name, provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        check_correction(charge, why, UnableToChargeError)
        billed = _billed(charge)
        if billed is None:
            raise UnableToChargeError(
                _("See kulu ei ole veel arvel: paranda või tühista see. Midagi ei muudetud.")
            )
        gone = cancellation(charge, why=why)
        act.store([gone])
        desk = Desk(act, provider_id, charge.period, issued_on)
        note = desk.draft(charge.funder, charge.place_id, -charge.amount)
        note.kind, note.refers_to, note.why = InvoiceKind.CREDIT_NOTE, billed.invoice, why
        _store(act, note, [gone], sign=-1)
        act.about(charge.person_id)
        act.details["invoice"] = str(note)
    return note


def _by_place(charges: Iterable[RoomCharge]) -> list[list[RoomCharge]]:
    found: dict[UUID, list[RoomCharge]] = {}
    for charge in charges:
        found.setdefault(charge.place_id, []).append(charge)
    return list(found.values())


def _bill(desk: Desk, charges: list[RoomCharge]) -> Invoice:
    invoice = desk.draft(charges[0].funder, charges[0].place_id, sum_of_charges(charges))
    _store(desk.act, invoice, charges, sign=1)
    return invoice


def _store(act: Act, invoice: Invoice, charges: list[RoomCharge], sign: int) -> None:
    """Store a bill and its lines: equal texts together, as it names nobody."""
    act.store([invoice])
    by_text: dict[str, list[RoomCharge]] = {}
    for charge in charges:
        by_text.setdefault(charge.text, []).append(charge)
    lines = [
        InvoiceLine(
            provider_id=invoice.provider_id,
            invoice=invoice,
            number=number,
            rate_code=_KIND,
            text=text,
            kind=_KIND,
            persons=len({charge.person_id for charge in found}),
            amount=sign * sum_of_charges(found),
        )
        for number, (text, found) in enumerate(sorted(by_text.items()), 1)
    ]
    act.store(lines)
    act.store(
        [
            InvoicedCharge(provider_id=invoice.provider_id, invoice=invoice, charge=charge)
            for charge in charges
        ]
    )
