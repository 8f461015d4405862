"""One timeline of a person, the newest first: every kind of record as a line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tugiplaan.assessments.queries import assessments_of
from tugiplaan.delivery.queries.done import Done, done_in
from tugiplaan.delivery.queries.few import periods
from tugiplaan.delivery.queries.network import contacts_of
from tugiplaan.delivery.queries.story import incidents_between, isolations_between, notes_between
from tugiplaan.documents.queries import documents_of
from tugiplaan.people.queries import Person
from tugiplaan.plans.overview import plan_events
from tugiplaan.referrals.queries import Watched, watched
from tugiplaan.rules.period import Month
from tugiplaan.web.carrying.labels import field_name, kind_name
from tugiplaan.web.desk import Desk
from tugiplaan.web.people.labels import (
    absence_name,
    audience_name,
    day_name,
    document_kind_name,
    end_name,
    mode_name,
    service_name,
)
from tugiplaan.web.people.reach import PersonPage, entries_of
from tugiplaan.web.telling import clock, minutes
from tugiplaan.web.telling import day as show_day

_LINES = 40
_WINDOW = 12


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of lines that one may choose.

    Attributes:
        permission: What one must hold to see them.
    """

    code: str
    name: str
    picture: str
    permission: str


def kinds(desk: Desk) -> list[Kind]:
    """Give the kinds that are open to who looks, in order."""
    every = [
        Kind("work", _("Tunnid ja päevad"), "clock", "delivery.read"),
        Kind("contact", _("Võrgustikutöö"), "users", "delivery.read"),
        Kind("stay", _("Suunamised ja saabumised"), "door-open", "referrals.read"),
        Kind("absence", _("Eemalolekud"), "hospital", "referrals.read"),
        Kind("plan", _("Plaan ja hinnangud"), "target", "plans.read"),
        Kind("assessment", _("Hindamised"), "scale", "assessments.read"),
        Kind("incident", _("Juhtumid"), "shield-alert", "delivery.read"),
        Kind("document", _("Dokumendid"), "file-text", "documents.read"),
        Kind("note", _("Päevik"), "message-square-text", "narrative.read"),
    ]
    return [one for one in every if desk.may(one.permission)]


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        kind: The code of its kind.
        start: Minutes after midnight, for the order within a day.
        is_note: Its words are fetched only when it is opened.
    """

    kind: str
    picture: str
    day: date
    title: str
    detail: str = ""
    start: int = 0
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The days looked at, of which person.

    Attributes:
        known: The person's referrals, whatever their days.
    """

    desk: Desk
    person: Person
    entries: list[UUID]
    known: list[Watched]
    first: date
    last: date

    @property
    def days(self) -> tuple[UUID, list[UUID], date, date]:
        """What most queries ask for."""
        return self.desk.provider_id, self.entries, self.first, self.last

    def covers(self, day: date | None) -> bool:
        """Tell whether a day is looked at."""
        return day is not None and self.first <= day <= self.last


class Timeline(PersonPage):
    """Everything of a person by day, kinds chosen in the address."""

    permission = "people.read"
    template = "web/people/timeline.html"
    parts = frozenset({"lines"})

    def tell(self, person: Person) -> dict[str, Any]:
        desk, open_kinds = self.desk, kinds(self.desk)
        asked = set(self.request.GET.getlist("kind"))
        chosen = [one for one in open_kinds if one.code in asked] or open_kinds
        until = _day(self.request.GET.get("until", "")) or desk.day
        known = watched(desk.provider_id, date.min, [person.pk])
        first = Month.of(until).plus(1 - _WINDOW).first
        span = Span(desk, person, entries_of(person), known, first, until)
        days, earlier = _whole_days(
            [line for kind in chosen for line in _SOURCES[kind.code](span)], span
        )
        return {
            "tab": "timeline",
            "kinds": open_kinds,
            "asked": asked & {one.code for one in open_kinds},
            "days": days,
            "earlier": earlier,
            "until": until,
        }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _whole_days(lines: list[Line], span: Span) -> tuple[list[tuple[date, list[Line]]], date | None]:
    """Give the latest days, none of them in part, and from where on the earlier ones are."""
    lines.sort(key=lambda line: (line.day, line.start), reverse=True)
    days: list[tuple[date, list[Line]]] = []
    shown = 0
    for day, found in groupby(lines, key=lambda line: line.day):
        if shown >= _LINES:
            return days, days[-1][0] - timedelta(days=1)
        days.append((day, list(found)))
        shown += len(days[-1][1])
    begun = min((one.facts.issued_on for one in span.known), default=span.person.birth_date)
    return days, span.first - timedelta(days=1) if begun < span.first else None


def _work(span: Span) -> Iterator[Line]:
    months = periods(Month.of(span.first), Month.of(span.last))
    referrals = {one.referral.pk: one for one in span.known}
    for row in done_in(span.desk.provider_id, referrals, span.entries, months):
        if span.covers(row.day):
            yield _done_line(row, referrals)


def _done_line(row: Done, referrals: dict[UUID, Watched]) -> Line:
    if row.kind == "day":
        of_day = _("Kasutatud {unit}").format(unit=day_name(row.what))
        return Line("work", "calendar-check", row.day, of_day)
    of = referrals.get(row.of)
    what = row.activity or row.session or row.what or (of and service_name(of.facts.service)) or ""
    title = _("{what}, {time}").format(what=what[:1].upper() + what[1:], time=minutes(row.minutes))
    parts = [row.worker, clock(row.start), mode_name(row.mode), audience_name(row.audience)]
    detail = " · ".join(part for part in parts if part)
    picture = "users" if row.session_id else "clock"
    return Line("work", picture, row.day, title, detail, row.start or 0)


def _contact(span: Span) -> Iterator[Line]:
    provider_id, entries, first, last = span.days
    for row in contacts_of(provider_id, entries).filter(day__gte=first, day__lte=last):
        name = kind_name(row.kind)
        whom = str(row.member) if row.member else row.with_whom
        detail = " · ".join(part for part in (field_name(row.field), whom) if part)
        yield Line("contact", "users", row.day, name[:1].upper() + name[1:], detail)


def _stay(span: Span) -> Iterator[Line]:
    for one in span.known:
        facts = one.facts
        service = service_name(facts.service)
        told = [
            (facts.issued_on, _("Suunamisotsus {code}").format(code=facts.referral), "file-check"),
            (facts.agreed_start, _("Kokku lepitud algus"), "handshake"),
            (facts.arrived_on, _("Saabus teenusele"), "door-open"),
            (facts.ended_on, _("Teenus lõppes"), "door-closed"),
        ]
        for day, title, picture in told:
            if day is not None and span.covers(day):
                why = end_name(facts.end_reason or "") if picture == "door-closed" else ""
                detail = " · ".join(part for part in (service, why) if part)
                yield Line("stay", picture, day, title, detail)


def _absence(span: Span) -> Iterator[Line]:
    for one in span.known:
        for row in one.facts.absences:
            if span.covers(row.first_day):
                title = _("{why}: {first}–{last}").format(
                    why=absence_name(row.kind),
                    first=show_day(row.first_day),
                    last=show_day(row.last_day),
                )
                yield Line("absence", "hospital", row.first_day, title[:1].upper() + title[1:])


def _plan(span: Span) -> Iterator[Line]:
    for one in plan_events(*span.days):
        title = _("Plaani versioon {n}: {what}").format(n=one.number, what=one.what)
        detail = " · ".join(part for part in (one.party, one.text) if part)
        yield Line("plan", "target", one.day, title, detail)


def _assessment(span: Span) -> Iterator[Line]:
    made = assessments_of(span.desk.provider_id, span.entries)
    for row in made.filter(assessed_on__gte=span.first, assessed_on__lte=span.last):
        yield Line("assessment", "scale", row.assessed_on, row.instrument.title, row.assessor.name)


def _incident(span: Span) -> Iterator[Line]:
    reads = span.desk.may("narrative.read")
    for incident in incidents_between(*span.days):
        detail = incident.text if reads else ""
        yield Line(
            "incident", "shield-alert", localdate(incident.happened_at), incident.kind, detail
        )
    for row in isolations_between(*span.days):
        detail = row.reasons if reads else ""
        yield Line("incident", "shield-alert", localdate(row.started_at), _("Eraldamine"), detail)


def _document(span: Span) -> Iterator[Line]:
    for row in documents_of(span.desk.provider_id, span.person.pk):
        if row.dated_on is not None and span.covers(row.dated_on):
            kind = document_kind_name(row.kind)
            yield Line("document", "file-text", row.dated_on, row.title, kind)


def _note(span: Span) -> Iterator[Line]:
    days = notes_between(*span.days).order_by("-day").values_list("day", flat=True)
    for day in dict.fromkeys(days):
        yield Line("note", "message-square-text", day, _("Päeviku märge"), is_note=True)


_SOURCES: dict[str, Callable[[Span], Iterator[Line]]] = {
    "work": _work,
    "contact": _contact,
    "stay": _stay,
    "absence": _absence,
    "plan": _plan,
    "assessment": _assessment,
    "incident": _incident,
    "document": _document,
    "note": _note,
}


class Notes(PersonPage):
    """The notes of one day; each opening is written down."""

    permission = "narrative.read"
    template = "web/people/notes.html"
    parts = frozenset({"notes"})

    def tell(self, person: Person) -> dict[str, Any]:
        day = _day(self.request.GET.get("day", "")) or self.desk.day
        notes = notes_between(self.desk.provider_id, entries_of(person), day, day)
        return {"day": day, "notes": list(notes), "tab": "timeline"}
