"""A group session: all are in, tap who is out, one line for all, one save."""

from typing import Any, ClassVar

from django import forms

from tugiplaan.providers.queries import staff_of
from tugiplaan.web.shared import FormPage
from tugiplaan.web.today import pages
from tugiplaan.web.today.forms import GroupForm
from tugiplaan.web.today.saving import save_group


class Group(FormPage):
    """Choose a group, mark who is out, save."""

    permission = "delivery.record"
    template = "web/today/group.html"
    form_class: ClassVar[type[forms.Form]] = GroupForm

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk, sent = self.desk, self.request.POST
        asked = sent or self.request.GET
        day = pages.day_of(asked.get("day"), desk.day)
        data = pages.group_page(desk, day, self.request.GET)
        workers = list(staff_of(desk.provider_id, day).prefetch_related(None))
        shown = pages.group_shown(data, workers, desk.user)
        if sent and data.what:
            shown["members"] = pages.members_sent(data.day, data.what, sent)
        form = GroupForm(initial=pages.group_begins(data, shown, day))
        is_chosen = bool({"like", "what"} & set(self.request.GET)) or not shown["groups"]
        return {"section": "today", "day": day, "form": form, "is_chosen": is_chosen, **shown}

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:  # noqa: ARG002
        return GroupForm(data)

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        self.say(save_group(self.desk, form))
        return f"{self.url('today')}?day={form.cleaned_data['day']}"
