"""Isolation: its start, its clock, its end, its protocol (SHS §§ 106–107)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.audit.language import language
from tugiplaan.delivery.actions.care import (
    Finish,
    ProtocolText,
    Start,
    correct_isolation,
    end_isolation,
    start_isolation,
)
from tugiplaan.delivery.queries import written
from tugiplaan.delivery.queries.care import isolations_since, review_of
from tugiplaan.delivery.queries.house import isolations_now
from tugiplaan.referrals.queries import Referral, active_on, visible_to
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.isolation import IsolationReview
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Service
from tugiplaan.web.desk import Desk, now
from tugiplaan.web.house.fields import (
    DeskForm,
    MomentField,
    OfferField,
    ReferralField,
    text_field,
)
from tugiplaan.web.house.incidents import reached
from tugiplaan.web.house.pages import HousePage, RowPage
from tugiplaan.web.shared import Page

_SHOWN = timedelta(days=180)
_PROTOCOL = (
    *("situation", "reasons", "calming", "called", "harm", "representative_told"),
    *("explained", "is_direct_danger", "is_excluded_by_doctor"),
)


@dataclass(frozen=True, slots=True)
class ClockShown:
    """An isolation with its clock and what the rules say of it.

    Attributes:
        alarm_at: From when on the page warns.
        ends_by: The latest allowed end.
        issues: Sentences of what is wrong now.
    """

    row: Any
    now: datetime
    alarm_at: datetime
    ends_by: datetime
    minutes: int
    minutes_left: int
    issues: tuple[str, ...]

    @property
    def is_late(self) -> bool:
        return self.now > self.ends_by

    @property
    def is_alarming(self) -> bool:
        return self.now >= self.alarm_at


def clock_of(row: Any, review: IsolationReview, moment: datetime, law: Law) -> ClockShown:
    """Give an isolation its clock.

    Args:
        row: The isolation.
        review: What the rules say of it at the moment.
        moment: From when one looks, with its time zone.
        law: The dated law, which names the limit and the warning.

    Law: SHS § 107(6).
    """
    day = row.started_at.date()
    limit = law.term("isolation_minutes", day).value
    alarm = law.term("isolation_alert_minutes", day).value
    return ClockShown(
        row=row,
        now=moment,
        alarm_at=row.started_at + timedelta(minutes=float(alarm)),
        ends_by=row.started_at + timedelta(minutes=float(limit)),
        minutes=int(review.minutes),
        minutes_left=int(review.minutes_left),
        issues=tuple(tell_step(step, language()) for _code, step in review.issues),
    )


def clocks_now(desk: Desk) -> list[ClockShown]:
    """Give the isolations that go on, each with its clock."""
    moment = now()
    found = isolations_now(
        provider_id=desk.provider_id, now=moment, by=desk.user, on=desk.day, law=desk.law
    )
    return [clock_of(one.row, one.review, moment, desk.law) for one in found]


class _Protocol(DeskForm):
    """What the protocol asks."""

    @property
    def protocol(self) -> ProtocolText:
        data = self.cleaned_data
        return ProtocolText(**{name: data[name] for name in _PROTOCOL if name in data})


def _direct_danger() -> forms.BooleanField:
    label = gettext_lazy(
        "Inimesest tuleb otsene oht tema enda või teise elule, kehale või vabadusele."
    )
    return forms.BooleanField(label=label, required=False)


class StartForm(_Protocol):
    """Who is put in the safe room, who decides, who watches, and on what grounds."""

    referral = ReferralField()
    started_at = MomentField(label=gettext_lazy("Algus"))
    decided_by = OfferField(
        offers="worker",
        label=gettext_lazy("Kes otsustas?"),
        empty_label=gettext_lazy("Vali töötaja"),
    )
    supervised_by = OfferField(
        offers="worker",
        label=gettext_lazy("Kes on kogu aeg juures?"),
        empty_label=gettext_lazy("Vali töötaja"),
    )
    is_direct_danger = _direct_danger()
    calming = text_field(gettext_lazy("Kuidas püüdsite enne rahustada?"), rows=2, required=False)
    called = text_field(
        gettext_lazy("Kiirabi või politsei: kes ja mis kell kutsuti?"), rows=2, required=False
    )
    is_excluded_by_doctor = forms.BooleanField(
        label=gettext_lazy("Arst on selle inimese eraldamise välistanud."), required=False
    )
    situation = text_field(gettext_lazy("Mis toimus enne?"), rows=2)
    reasons = text_field(gettext_lazy("Miks oli eraldamine vajalik?"), rows=2)


class ProtocolForm(_Protocol):
    """The protocol as it reads now."""

    situation = text_field(gettext_lazy("Mis toimus enne?"))
    is_direct_danger = _direct_danger()
    calming = text_field(gettext_lazy("Kuidas püüdsite enne rahustada?"), required=False)
    reasons = text_field(gettext_lazy("Miks oli eraldamine vajalik?"))
    called = text_field(
        gettext_lazy("Kiirabi või politsei: kes ja mis kell kutsuti?"), required=False
    )
    harm = text_field(
        gettext_lazy("Vigastused ja kahju"),
        required=False,
        help_text=gettext_lazy("Kui neid ei olnud, kirjuta: ei olnud."),
    )
    representative_told = text_field(
        gettext_lazy("Seaduslik esindaja: millal ja kuidas teavitati?"), rows=2, required=False
    )
    explained = text_field(
        gettext_lazy("Inimesele selgitamine: millal ja kuidas?"), rows=2, required=False
    )
    is_excluded_by_doctor = forms.BooleanField(
        label=gettext_lazy("Arst on selle inimese eraldamise välistanud."), required=False
    )


class EndForm(ProtocolForm):
    """When it ended, and the protocol."""

    ended_at = MomentField(label=gettext_lazy("Lõpp"))
    field_order: tuple[str, ...] = ("ended_at", *_PROTOCOL)


class CorrectProtocolForm(ProtocolForm):
    """The protocol, and why it changes."""

    why = text_field(gettext_lazy("Miks muudad?"), rows=2)


class Isolations(Page):
    """Those that go on, each with its clock, and those of the last half-year."""

    permission = "delivery.record"
    template = "web/house/isolations.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        clocks = clocks_now(desk)
        mine = visible_to(desk.user, desk.day, "delivery.read").values_list("person_id", flat=True)
        since = desk.day - _SHOWN
        rows = isolations_since(desk.provider_id, since, set(mine)) if mine else []
        over = [
            clock_of(row, review_of(row, now(), desk.law), now(), desk.law)
            for row in rows
            if row.ended_at is not None
        ]
        return {"section": "house", "clocks": clocks, "over": over[::-1]}


class StartIsolation(HousePage):
    """Somebody is put in a safe room. The clock begins at once."""

    permission = "delivery.record"
    form_class = StartForm
    title = gettext_lazy("Eraldamise algus")
    lead = gettext_lazy(
        "Ainult siis, kui muu ei aita. Kutsu kohe kiirabi või politsei ja ole inimese juures."
    )
    save = gettext_lazy("Alusta ja käivita kell")
    after = "isolations"

    def referrals(self, **ids: Any) -> QuerySet[Referral]:
        desk = self.desk
        served = active_on(desk.provider_id, desk.day).filter(service=Service.OEH)
        mine = visible_to(desk.user, desk.day, "delivery.record")
        found = mine.filter(pk__in=served.values("pk"), provider_id=desk.provider_id)
        if "person_id" in ids:
            found = found.filter(person_id=ids["person_id"])
        return found

    def initial(self, **ids: Any) -> dict[str, Any]:
        first: dict[str, Any] = {"started_at": now()}
        if "person_id" in ids:
            reached(self.desk).get(pk=ids["person_id"])  # somebody out of reach is not there
            first["referral"] = self.referrals(**ids).first()
        return first

    def act(self, form: StartForm, **ids: Any) -> HttpResponse | str:  # type: ignore[override]  # noqa: ARG002
        data = form.cleaned_data
        start = Start(
            referral_id=data["referral"].pk,
            started_at=data["started_at"],
            decided_by_id=data["decided_by"].pk,
            supervised_by_id=data["supervised_by"].pk,
            protocol=form.protocol,
        )
        row = start_isolation(start=start, now=now(), by=self.desk.user, on=self.desk.day)
        self.say(_("Eraldamine on kirjas ja kell käib."))
        return self.url("isolation_of", row.pk)


class IsolationOf(RowPage):
    """One isolation: its clock and its end while it goes on, its protocol afterwards."""

    permission = "delivery.record"
    template = "web/house/isolation.html"
    title = gettext_lazy("Eraldamine")
    after = "isolations"

    @property
    def form_class(self) -> type[forms.Form]:  # type: ignore[override]
        return EndForm if self.row.ended_at is None else CorrectProtocolForm

    def find(self, row_id: UUID) -> Any:
        desk = self.desk
        given = {"provider_id": desk.provider_id, **self.who}
        return written.isolation(isolation_id=row_id, **given)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        row = self.row
        return {name: getattr(row, name) for name in _PROTOCOL} | {"ended_at": now()}

    def read(self, **ids: Any) -> dict[str, Any]:
        row, moment = self.row, now()
        clock = clock_of(row, review_of(row, moment, self.desk.law), moment, self.desk.law)
        goes_on = row.ended_at is None
        save = _("Lõpeta eraldamine") if goes_on else _("Salvesta protokoll")
        return super().read(**ids) | {"clock": clock, "goes_on": goes_on, "save": save}

    def persons_read(self, shown: dict[str, Any]) -> list[UUID]:
        return [shown["clock"].row.person_id]

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:
        row, who = self.row, self.who
        if isinstance(form, EndForm):
            finish = Finish(form.cleaned_data["ended_at"], form.protocol)
            end_isolation(row=row, finish=finish, now=now(), **who)
            self.say(_("Eraldamine on lõppenud. Vaata, kas protokollis on kõik olemas."))
        else:
            why = form.cleaned_data["why"]
            correct_isolation(row=row, protocol=form.protocol, why=why, **who)
            self.say(_("Protokoll on salvestatud."))
        return self.url("isolation_of", ids["row_id"])
