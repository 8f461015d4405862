"""Today, recording one person's visit, the records of a month and mending them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tugiplaan.audit.rows import new_id
from tugiplaan.billing.verdict import month_verdict, verdict_of
from tugiplaan.delivery.actions.records import cancel, correct
from tugiplaan.delivery.entries import ComponentEntry, Entry
from tugiplaan.delivery.queries.choices import Choices, choices_of
from tugiplaan.delivery.queries.lines import month_records, record_by_id, records_by_id
from tugiplaan.delivery.queries.records import entry_of
from tugiplaan.people.queries import visible_to
from tugiplaan.providers.books import period_of
from tugiplaan.rules.period import Month
from tugiplaan.web.lists import paged
from tugiplaan.web.shared import FormPage, Page, only_reading
from tugiplaan.web.today import pages
from tugiplaan.web.today.cards import answer_of, cards_of
from tugiplaan.web.today.chips import chip_of_all, chips_of
from tugiplaan.web.today.forms import CancelForm, GroupForm, MendForm, VisitForm
from tugiplaan.web.today.naming import Names, activity_name, service_name
from tugiplaan.web.today.saving import save_visit, supposed_group
from tugiplaan.web.today.what import What, component_label
from tugiplaan.web.verdicts import chip_of_month


class Today(Page):
    """My people of a day, what is planned, what was done."""

    permission = "delivery.record"
    template = "web/today/today.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        day = pages.day_of(self.request.GET.get("day"), desk.day)
        mine = pages.my_people(desk, day)
        cards = cards_of(mine, Names(desk.provider_id))
        return {
            "section": "today",
            "answer": answer_of(cards, day, desk.day),
            "page": paged(self.request, cards),
            "has_records": any(card.lines for card in cards),
            "ways": pages.ways_of(desk),
            **pages.days_near(day, desk.day),
        }


class Chips(Page):
    """The verdicts of records that are there, each for its place on the page that asks."""

    permission = "delivery.record"
    template = "web/today/chips.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        field = forms.UUIDField()
        asked = [field.clean(text) for text in self.request.GET.getlist("of")[:200]]
        entries = [entry_of(row) for row in records_by_id(self.desk.provider_id, asked)]
        return {"chips": chips_of(_verdict(self, entries)) if entries else []}


def _verdict(page: Page, entries: list[Entry], **more: Any) -> Any:
    desk = page.desk
    return verdict_of(
        provider_id=desk.provider_id, entries=entries, by=desk.user, on=desk.day, **more
    )


class RecordVisit(FormPage):
    """One person's form: what, how long, a line of what was done."""

    permission = "delivery.record"
    template = "web/today/record.html"
    form_class: ClassVar[type[forms.Form]] = VisitForm

    def read(self, **ids: Any) -> dict[str, Any]:
        desk = self.desk
        here = visible_to(desk.user, desk.day, "delivery.record")
        person = here.get(provider_id=desk.provider_id, pk=ids["person_id"])
        asked = self.request.POST or self.request.GET
        day = pages.day_of(asked.get("day"), desk.day)
        given: dict[str, Any] = {"provider_id": desk.provider_id, "by": desk.user, "on": desk.day}
        choices = choices_of(person_id=person.pk, day=day, **given)
        shown = pages.form_shown(choices, person, day, Names(desk.provider_id))
        return {"section": "today", "form": self._filled(shown, choices), **shown}

    def _filled(self, shown: dict[str, Any], choices: Choices) -> VisitForm:
        return VisitForm(initial=pages.form_begins(shown, choices, self.request.GET))

    def persons_read(self, shown: dict[str, Any]) -> Iterable[UUID]:
        return [shown["person"].pk]

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:  # noqa: ARG002
        return self.form_class(data)

    def act(self, form: Any, **ids: Any) -> str:
        self.say(save_visit(self.desk, ids["person_id"], form))
        return f"{self.url('today')}?day={form.cleaned_data['day']}"


class SupposedVerdict(Page):
    """What a form that is being filled in would pay. A POST that only reads."""

    permission = "delivery.record"
    template = "web/today/verdict.html"
    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]

    def post(self, request: HttpRequest, **ids: Any) -> HttpResponse:
        with only_reading():
            return self.show(self.judge(request.POST, ids.get("person_id")))

    def judge(self, data: Any, person_id: UUID | None) -> dict[str, Any]:
        form: Any = VisitForm(data) if person_id else GroupForm(data)
        if not form.is_valid():
            return {"verdict": None}
        entries = [form.entry_of(person_id)] if person_id else supposed_group(form)
        ahead = [entry.day for entry in entries if entry.day > self.desk.day]
        if ahead:
            return {"verdict": None}
        more = {}
        if data.get("record"):
            record_id = forms.UUIDField().clean(data["record"])
            rows = records_by_id(self.desk.provider_id, [record_id])
            more = {"replacing": rows[0]} if rows else {}
        verdict = _verdict(self, entries, **more)
        chips = chips_of(verdict)
        whole = None if person_id and chips and not verdict.refusal else chip_of_all(verdict)
        shown = {"verdict": verdict, "chips": chips, "whole": whole}
        return shown if person_id else shown | {"named": self._named(verdict, chips)}

    def _named(self, verdict: Any, chips: list[Any]) -> list[tuple[Any, Any]]:
        """Give the chips of a group with the names of its persons."""
        whose = [one.person_id for one in verdict.entries]
        found = visible_to(self.desk.user, self.desk.day, self.permission).in_bulk(whose)
        return [(found.get(person), chip) for person, chip in zip(whose, chips, strict=True)]


class MonthRecords(Page):
    """The records of a person's month with what they pay."""

    permission = "delivery.read"
    template = "web/today/records.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        desk = self.desk
        month = _month_of(self.request.GET.get("month"), desk.day)
        given: dict[str, Any] = {"provider_id": desk.provider_id, "person_id": ids["person_id"]}
        given |= {"by": desk.user, "on": desk.day, "period": month.period}
        person, rows = month_records(**given)
        names = Names(desk.provider_id)
        verdict = month_verdict(**given)
        may_mend = desk.may("delivery.correct")
        return {
            "section": "today",
            "person": person,
            "month": month,
            "previous": month.plus(-1).period,
            "next": month.plus(1).period if month.plus(1).first <= desk.day else None,
            "rows": [
                (row, _label(row, names), activity_name(getattr(row, "activity", "")), may_mend)
                for row in rows
            ],
            "chip": chip_of_month(verdict),
            "is_open": verdict.state == "open",
        }

    def persons_read(self, shown: dict[str, Any]) -> Iterable[UUID]:
        return [shown["person"].pk]


def _month_of(text: str | None, today: date) -> Month:
    try:
        return Month.of_period(int(text or ""))
    except ValueError:
        return Month.of_period(period_of(today))


def _label(row: Any, names: Any) -> str:
    what = What.of_record(row)
    if what.kind == "component":
        return component_label(what, names)
    return service_name(row.referral.service)


class MendRecord(FormPage):
    """Put another record in the place of one that was wrong, or say that it does not hold."""

    permission = "delivery.record"
    template = "web/today/mend.html"
    form_class: ClassVar[type[forms.Form]] = MendForm

    def read(self, **ids: Any) -> dict[str, Any]:
        desk = self.desk
        given: dict[str, Any] = {"provider_id": desk.provider_id, "by": desk.user, "on": desk.day}
        person, row = record_by_id(record_id=ids["record_id"], **given)
        choices = choices_of(person_id=person.pk, day=row.day, **given)
        shown = pages.form_shown(choices, person, row.day, Names(desk.provider_id))
        what = What.of_record(row)
        shown["whats"] = [one for one in shown["whats"] if one.what.kind == what.kind]
        form = MendForm(initial=_as_it_is(row, shown["lengths"]))
        cancelling = CancelForm(prefix="cancel")
        return {"section": "today", "record": row, "form": form, "cancelling": cancelling, **shown}

    def persons_read(self, shown: dict[str, Any]) -> Iterable[UUID]:
        return [shown["person"].pk]

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:  # noqa: ARG002
        if data is not None and "cancel" in data:
            return CancelForm(data, prefix="cancel")
        return MendForm(data)

    def act(self, form: Any, **ids: Any) -> str:
        desk = self.desk
        given: dict[str, Any] = {"by": desk.user, "on": desk.day}
        record_id = ids["record_id"]
        person, row = record_by_id(provider_id=desk.provider_id, record_id=record_id, **given)
        why = form.cleaned_data["why"]
        if isinstance(form, CancelForm):
            cancel(of=row, why=why, **given)
            self.say(_("Kirje on tühistatud. See jääb ajalukku alles."))
        else:
            correct(of=row, entry=_kept_together(form.entry_of(person.pk), row), why=why, **given)
            self.say(_("Kirje on parandatud. Endine jääb ajalukku alles."))
        return f"{self.url('records', person.pk)}?month={row.period}"

    def show(self, shown: dict[str, Any], status: int = 200) -> HttpResponse:
        if isinstance(shown["form"], CancelForm):
            shown |= {"cancelling": shown["form"]}
            shown["form"] = MendForm(initial=_as_it_is(shown["record"], shown["lengths"]))
        return super().show(shown, status)


def _as_it_is(row: Any, lengths: list[int]) -> dict[str, Any]:
    """Give what a record says as the fields of its form."""
    entry: Any = entry_of(row)
    found = {"entry": new_id(), "day": row.day, "what": What.of_record(row).key}
    if not hasattr(entry, "minutes"):
        return found
    is_usual = entry.minutes in lengths
    return found | {
        "minutes": entry.minutes if is_usual else None,
        "other_minutes": None if is_usual else entry.minutes,
        "fact": entry.activity,
        "start": pages.clock_of(entry.start),
        "goal": entry.goal_id,
        "worker": entry.worker_id,
        "audience": str(entry.audience),
    }


def _kept_together(entry: Entry, row: Any) -> Entry:
    """Keep a corrected record in the session to which it belongs."""
    if not isinstance(entry, ComponentEntry):
        return entry
    return replace(entry, session_id=row.session_id, participants=row.participants)
