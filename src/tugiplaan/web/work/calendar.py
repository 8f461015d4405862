"""The work list in one's own calendar: its secret address, and what stands behind it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tugiplaan.deadlines.actions import drop_calendar_key, make_calendar_key
from tugiplaan.deadlines.queries.calendar import DueOnDay, by_day, has_calendar, whose_calendar
from tugiplaan.interoperability.calendar_feed import Entry, as_calendar
from tugiplaan.rules.tables import builtin
from tugiplaan.web.desk import today
from tugiplaan.web.shared import FormPage, only_reading
from tugiplaan.web.work.gathering import all_work
from tugiplaan.web.work.sentences import name_outside


class CalendarPage(FormPage):
    """The address of one's own calendar: made, made anew, taken back."""

    permission = "plans.read"
    template = "web/work/calendar.html"
    form_class = forms.Form

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        return {"section": "work", "has": has_calendar(desk.provider_id, desk.user), "address": ""}

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        desk = self.desk
        who: dict[str, Any] = {"provider_id": desk.provider_id, "by": desk.user, "on": desk.day}
        if "drop" in self.request.POST:
            drop_calendar_key(**who)
            self.say(_("Kalendri aadress enam ei kehti."))
            return self.url("work_calendar")
        secret = make_calendar_key(**who)
        address = self.request.build_absolute_uri(reverse("calendar", args=(secret,)))
        # Shown in the answer and not on a next page: the secret is kept nowhere.
        return self.show(self.read(**ids) | {"address": address})


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001
    """Give the calendar that a secret opens; it has days and counts, no names."""
    day = today()
    with only_reading():
        found = whose_calendar(secret)
        if found is None:
            raise Http404
        work = all_work(user=found.user, provider_id=found.provider_id, day=day, law=builtin())
        due = by_day(work.tasks)
    with translation.override(found.user.language):
        entries = [_entry(one) for one in due]
        content = as_calendar(_("Tugiplaan: tähtajad"), entries, day)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _entry(one: DueOnDay) -> Entry:
    title = name_outside(one.kind)
    title = title if one.count == 1 else f"{title} ({one.count})"
    return Entry(f"{one.day.isoformat()}-{one.kind or 'other'}", one.day, title, one.section)
