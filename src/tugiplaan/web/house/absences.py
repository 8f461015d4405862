"""Full days away: recorded, corrected, cancelled; what they would pay; papers of the hospital."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.billing.absence_verdict import AwayDays, verdict_of_absence
from tugiplaan.providers.books import period_of
from tugiplaan.referrals.actions import (
    Away,
    Confirmed,
    cancel_absence,
    cancel_confirmation,
    correct_absence,
    record_absence,
    record_confirmation,
)
from tugiplaan.referrals.queries import (
    Absence,
    Referral,
    absence_with_id,
    absences_between,
    changeable,
    confirmation_with_id,
    served_now,
)
from tugiplaan.rules import facts
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import AbsenceKind
from tugiplaan.web.forms import DayField, WhyForm
from tugiplaan.web.house.chips import chip_of_absence
from tugiplaan.web.house.fields import (
    DeskForm,
    ReferralField,
    choices_of,
    named,
    text_field,
)
from tugiplaan.web.house.pages import CancelPage, RowPage
from tugiplaan.web.house.stays import StayForm
from tugiplaan.web.house.telling import missing_papers
from tugiplaan.web.shared import Page
from tugiplaan.web.telling import day as show
from tugiplaan.web.telling import month as month_name
from tugiplaan.web.verdicts import Chip

_AHEAD = timedelta(days=60)
_MONTHS = 12


class AbsenceForm(DeskForm, WhyForm):
    """Who is away, why, and on which full days."""

    field_order: tuple[str, ...] = (
        *("referral", "kind", "first_day", "last_day", "learned_on", "why"),
    )
    referral = ReferralField()
    kind = forms.ChoiceField(label=gettext_lazy("Miks?"))
    first_day = DayField(
        label=gettext_lazy("Esimene päev eemal"),
        help_text=gettext_lazy("Lahkumise ja tagasituleku päev ei ole eemalolek."),
    )
    last_day = DayField(label=gettext_lazy("Viimane päev eemal"))
    learned_on = DayField(label=gettext_lazy("Millal sellest teada saite?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices_of(AbsenceKind)  # type: ignore[attr-defined]

    @property
    def away(self) -> Away:
        data = self.cleaned_data
        kind = AbsenceKind(data["kind"])
        return Away(data["first_day"], data["last_day"], kind, data["learned_on"])


class CorrectAbsenceForm(AbsenceForm):
    """The right days, and why they change."""

    referral = None  # type: ignore[assignment]  # left out
    why = text_field(gettext_lazy("Miks muudad?"), rows=2)


@dataclass(frozen=True, slots=True)
class AwayShown:
    """Somebody who is away now or soon."""

    row: Absence
    person: object
    person_id: UUID
    why: str
    is_now: bool


class Absences(Page):
    """Who is away now or soon, and which papers of the hospital are missing."""

    permission = "referrals.read"
    template = "web/house/absences.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        mine = {one.pk: one for one in served_now(desk.provider_id, desk.user, desk.day)}
        rows = absences_between(desk.provider_id, mine, desk.day, desk.day + _AHEAD)
        away = [
            AwayShown(
                row,
                mine[key].person,
                mine[key].person_id,
                named(AbsenceKind(row.kind)),
                row.first_day <= desk.day,
            )
            for key, found in rows.items()
            for row in found
        ]
        away.sort(key=lambda one: (one.row.first_day, str(one.person)))
        missing = missing_papers(desk.provider_id, mine, desk.day, desk.law)
        return {"section": "house", "away": away, "missing": missing}


class RecordAbsence(StayForm):
    """Full days away; the chip below says at once what they would pay."""

    form_class = AbsenceForm
    template = "web/house/absence.html"
    title = gettext_lazy("Eemalolek")
    lead = gettext_lazy("Täispäevad, mil inimest teenusel ei ole: kodus, haiglas või ravil.")

    def initial(self, **ids: Any) -> dict[str, Any]:
        first = super().initial(**ids)
        return first | {"first_day": self.desk.day, "learned_on": self.desk.day}

    def act(self, form: AbsenceForm, **ids: Any) -> HttpResponse | str:  # type: ignore[override]  # noqa: ARG002
        data, away = form.cleaned_data, form.away
        who = {"why": data["why"], **self.who}
        recorded = record_absence(referral=data["referral"], away=away, **who)
        text = _("{person} on eemal {first}–{last}.").format(
            person=data["referral"].person, first=show(away.first_day), last=show(away.last_day)
        )
        return self.tell(text, recorded.cautions)


class CorrectAbsence(RowPage):
    """Other days or another kind in the place of an absence."""

    permission = "referrals.stay"
    form_class = CorrectAbsenceForm
    template = "web/house/absence.html"
    title = gettext_lazy("Paranda eemalolekut")

    def find(self, row_id: UUID) -> Any:
        desk = self.desk
        return absence_with_id(desk.provider_id, row_id, desk.user, desk.day)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        row = self.row
        names = ("kind", "first_day", "last_day", "learned_on")
        return {name: getattr(row, name) for name in names}

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"replacing": self.row}

    def about(self) -> str:
        return str(self.row.referral.person)

    def act(self, form: AbsenceForm, **ids: Any) -> HttpResponse | str:  # type: ignore[override]  # noqa: ARG002
        who = {"why": form.cleaned_data["why"], **self.who}
        recorded = correct_absence(row=self.row, away=form.away, **who)
        return self.tell(_("Eemalolek on parandatud."), recorded.cautions)


class CancelAbsence(CancelPage):
    """An absence that does not hold: the person was there."""

    permission = "referrals.stay"

    def find(self, row_id: UUID) -> Any:
        desk = self.desk
        return absence_with_id(desk.provider_id, row_id, desk.user, desk.day)

    def about(self) -> str:
        row = self.row
        days = f"{show(row.first_day)}–{show(row.last_day)}"
        return f"{row.referral.person}: {named(AbsenceKind(row.kind)).lower()} {days}"

    def cancel(self, why: str) -> None:
        cancel_absence(row=self.row, why=why, **self.who)


class AbsenceChip(Page):
    """What days away would pay, asked for while they are being typed."""

    permission = "referrals.read"
    template = "web/parts/chip.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"chip": self._chip(), "is_open": True}

    def _chip(self) -> Chip | None:
        desk, asked = self.desk, self.request.GET
        try:
            first, last = (date.fromisoformat(asked[name]) for name in ("first_day", "last_day"))
            referral_id, kind = UUID(asked["referral"]), AbsenceKind(asked["kind"])
        except (KeyError, ValueError):
            return None
        if last < first:
            return None
        absence = facts.Absence(
            absence="?",
            first_day=first,
            last_day=last,
            kind=kind,
        )
        away = AwayDays(referral_id, absence, asked.get("replacing", ""))
        verdict = verdict_of_absence(
            provider_id=desk.provider_id, away=away, by=desk.user, on=desk.day
        )
        return chip_of_absence(verdict)


class ConfirmationForm(DeskForm, WhyForm):
    """Which month the hospital confirmed, and when the paper came."""

    field_order: tuple[str, ...] = ("referral", "period", "received_on", "why")
    referral = ReferralField()
    period = forms.TypedChoiceField(label=gettext_lazy("Kuu"), coerce=int)
    received_on = DayField(label=gettext_lazy("Kinnitus saadi"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = Month.of(self.desk.day)
        months = [period_of(now.plus(-back).first) for back in range(_MONTHS)]
        choices = [(period, month_name(period)) for period in months]
        self.fields["period"].choices = choices  # type: ignore[attr-defined]


class Confirm(StayForm):
    """The confirmation of a month in hospital came."""

    form_class = ConfirmationForm
    title = gettext_lazy("Haigla kinnitus")
    lead = gettext_lazy("Haigla kinnitab kuu, mille inimene oli ravil.")
    after = "absences"

    def initial(self, **ids: Any) -> dict[str, Any]:
        before = period_of(Month.of(self.desk.day).plus(-1).first)
        return super().initial(**ids) | {"received_on": self.desk.day, "period": before}

    def referrals(self, **ids: Any) -> QuerySet[Referral]:
        desk, person_id = self.desk, ids.get("person_id")
        found = changeable(desk.provider_id, desk.user, desk.day, person_id)
        if person_id is not None and not found.exists():
            raise Referral.DoesNotExist
        return found

    def do(self, data: dict[str, Any], **who: Any) -> Any:
        confirmed = Confirmed(Month.of_period(data["period"]), data["received_on"])
        return record_confirmation(referral=data["referral"], confirmed=confirmed, **who)

    def done(self, data: dict[str, Any]) -> str:
        return _("{person}: kuu {month} on haigla kinnitatud.").format(
            person=data["referral"].person, month=month_name(data["period"])
        )


class CancelConfirmation(CancelPage):
    """A confirmation that does not hold."""

    permission = "referrals.stay"

    def find(self, row_id: UUID) -> Any:
        desk = self.desk
        return confirmation_with_id(desk.provider_id, row_id, desk.user, desk.day)

    def about(self) -> str:
        row = self.row
        return f"{row.referral.person}: {month_name(row.period)}"

    def cancel(self, why: str) -> None:
        cancel_confirmation(row=self.row, why=why, **self.who)
