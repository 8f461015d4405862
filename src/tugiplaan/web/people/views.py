"""The list of people and the search."""

from typing import Any

from tugiplaan.people.queries import search, visible_to
from tugiplaan.web.lists import paged
from tugiplaan.web.shared import Page


class People(Page):
    """Whom one may see, by name; a search looks in names, codes and phones."""

    permission = "people.read"
    template = "web/people/list.html"
    parts = frozenset({"found"})

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        text = self.request.GET.get("q", "").strip()
        user, day = self.desk.user, self.desk.day
        found = search(user, text, day) if text else visible_to(user, day)
        here = found.filter(provider_id=self.desk.provider_id)
        return {"section": "people", "q": text, "page": paged(self.request, here)}
