"""Room costs that the municipality of residence pays: entering, billing, taking back."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.billing.actions.rooms import (
    RoomBills,
    Rooms,
    cancel_room_charge,
    correct_room_charge,
    credit_room_charge,
    enter_room_charge,
    issue_room_charges,
)
from tugiplaan.billing.bills import RoomCharge, charge_at
from tugiplaan.billing.charges import room_charges, sum_of_charges
from tugiplaan.people.queries import persons_of
from tugiplaan.providers.queries import places_of
from tugiplaan.web.months.forms import CreditForm, ReasonForm, RoomBillForm, RoomFixForm, RoomForm
from tugiplaan.web.months.room import MoneyAct, MoneyForm


@dataclass(frozen=True, slots=True)
class ForFunder:
    """Room costs of a month that one municipality pays.

    Attributes:
        unbilled: What of them stands on no bill, euros.
    """

    funder: str
    charges: list[RoomCharge]
    amount: Decimal
    unbilled: Decimal


class _RoomForm(MoneyForm):
    """A form with the provider's people and places."""

    permission = "billing.prepare"
    form_class = RoomForm

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        here = self.desk.provider_id
        people = persons_of(here).filter(merged_into__isnull=True)
        choices = {
            "person": [("", ""), *((str(one.pk), str(one)) for one in people)],
            "place": [(str(one.pk), str(one)) for one in places_of(here)],
        }
        made: type[Any] = self.form_class
        found: forms.Form = made(data, files, initial=self.initial(**ids), choices=choices)
        return found

    def rooms(self, form: forms.Form, period: int) -> Rooms:
        """Give what was typed."""
        typed = form.cleaned_data
        people = persons_of(self.desk.provider_id)
        place = places_of(self.desk.provider_id).get(pk=typed["place"])
        return Rooms(
            person_id=people.get(pk=typed["person"]).pk,
            place_id=place.pk,
            funder=typed["funder"].strip(),
            period=period,
            text=typed["text"].strip(),
            amount=typed["amount"],
        )


class RoomCosts(_RoomForm):
    """The room costs of a month by municipality; entering one."""

    template = "web/months/rooms.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        by_funder: dict[str, list[RoomCharge]] = {}
        for charge in room_charges(self.desk.provider_id, ids["period"]):
            by_funder.setdefault(charge.funder, []).append(charge)
        rows = [_sums(funder, charges) for funder, charges in by_funder.items()]
        shown = {"section": "months", "period": ids["period"], "rows": rows}
        return super().read(**ids) | shown | {"today": self.desk.day}

    def act(self, form: forms.Form, **ids: Any) -> str:
        period = ids["period"]
        rooms = self.rooms(form, period)
        enter_room_charge(
            provider_id=self.desk.provider_id, rooms=rooms, by=self.desk.user, on=self.desk.day
        )
        self.say(_("Ruumide kulu on kirjas."))
        return self.url("rooms", period)


def _sums(funder: str, charges: list[RoomCharge]) -> ForFunder:
    left = [one for one in charges if not hasattr(one, "invoiced")]
    return ForFunder(funder, charges, sum_of_charges(charges), sum_of_charges(left))


class FixRoom(_RoomForm):
    """Put a room charge right that stands on no bill."""

    template = "web/months/room_fix.html"
    form_class = RoomFixForm

    def initial(self, **ids: Any) -> dict[str, Any]:
        kept = charge_at(self.desk.provider_id, ids["charge_id"])
        return {
            "person": str(kept.person_id),
            "place": str(kept.place_id),
            "funder": kept.funder,
            "text": kept.text,
            "amount": kept.amount,
        }

    def read(self, **ids: Any) -> dict[str, Any]:
        charge = charge_at(self.desk.provider_id, ids["charge_id"])
        return super().read(**ids) | {"section": "months", "charge": charge}

    def act(self, form: forms.Form, **ids: Any) -> str:
        charge = charge_at(self.desk.provider_id, ids["charge_id"])
        correct_room_charge(
            charge=charge,
            rooms=self.rooms(form, charge.period),
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )
        self.say(_("Ruumide kulu on parandatud."))
        return self.url("rooms", charge.period)


class CancelRoom(MoneyForm):
    """Say that a room charge that stands on no bill does not hold."""

    permission = "billing.prepare"
    template = "web/months/room_fix.html"
    form_class = ReasonForm

    def read(self, **ids: Any) -> dict[str, Any]:
        charge = charge_at(self.desk.provider_id, ids["charge_id"])
        shown = {"section": "months", "charge": charge, "is_cancelling": True}
        return super().read(**ids) | shown

    def act(self, form: forms.Form, **ids: Any) -> str:
        charge = charge_at(self.desk.provider_id, ids["charge_id"])
        why = form.cleaned_data["why"]
        cancel_room_charge(charge=charge, why=why, by=self.desk.user, on=self.desk.day)
        self.say(_("Ruumide kulu on tühistatud."))
        return self.url("rooms", charge.period)


class CreditRoom(MoneyForm):
    """Take a billed room charge back by a credit note."""

    permission = "billing.correct"
    template = "web/months/room_fix.html"
    form_class = CreditForm

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"issued_on": self.desk.day}

    def read(self, **ids: Any) -> dict[str, Any]:
        charge = charge_at(self.desk.provider_id, ids["charge_id"])
        shown = {"section": "months", "charge": charge, "is_cancelling": True}
        return super().read(**ids) | shown

    def act(self, form: forms.Form, **ids: Any) -> str:
        typed, desk = form.cleaned_data, self.desk
        note = credit_room_charge(
            charge=charge_at(desk.provider_id, ids["charge_id"]),
            why=typed["why"],
            issued_on=typed["issued_on"],
            by=desk.user,
            on=desk.day,
        )
        self.say(_("Kreeditarve {note} on tehtud.").format(note=note))
        return self.url("invoice", note.pk)


class IssueRooms(MoneyAct):
    """Bill a month's room costs to a municipality."""

    permission = "billing.issue"
    form_class = RoomBillForm

    def act(self, form: forms.Form, **ids: Any) -> str:
        typed, period = form.cleaned_data, ids["period"]
        made = issue_room_charges(
            provider_id=self.desk.provider_id,
            bills=RoomBills(typed["funder"], period, typed["issued_on"]),
            by=self.desk.user,
            on=self.desk.day,
        )
        self.say(
            ngettext(
                "Väljastatud on arve {numbers}.", "Väljastatud on arved {numbers}.", len(made)
            ).format(numbers=", ".join(map(str, made)))
        )
        return self.url("invoices_of_month", period)
