"""The list of people, the search, and who was looked at last."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Coalesce

from tugiplaan.deadlines.queries.plans import plan_tasks, summary_tasks
from tugiplaan.deadlines.queries.stays import stay_tasks
from tugiplaan.deadlines.tasks import Look, Task, urgency_of
from tugiplaan.documents.queries import papers_settled
from tugiplaan.people.queries import Person, search
from tugiplaan.plans.histories import histories
from tugiplaan.referrals.queries import Watched, watched
from tugiplaan.referrals.queries import visible_to as visible_referrals
from tugiplaan.web.desk import Desk
from tugiplaan.web.lists import PER_PAGE
from tugiplaan.web.people.reach import reached
from tugiplaan.web.people.recent import recently_opened
from tugiplaan.web.people.stays import rows_of
from tugiplaan.web.shared import Page
from tugiplaan.web.work.sentences import told


class People(Page):
    """Whom one may see, by name; a search looks in names, codes, phones and referrals."""

    permission = "people.read"
    template = "web/people/list.html"
    parts = frozenset({"found"})

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        text = self.request.GET.get("q", "").strip()
        page = _paged(self._found(text), self.request.GET.get("page", ""))
        return {"section": "people", "q": text, "page": page, "lines": _lines(self.desk, page)}

    def _found(self, text: str) -> QuerySet[Person]:
        everybody = reached(self.desk)
        if not text:
            return everybody
        named = search(self.desk.user, text, self.desk.day).order_by().values("pk")
        decided = visible_referrals(self.desk.user, self.desk.day).filter(code__iexact=text)
        stands = Coalesce("person__merged_into_id", F("person_id"))
        return everybody.filter(Q(pk__in=named) | Q(pk__in=decided.order_by().values_list(stands)))


def _paged(found: QuerySet[Person], asked: str) -> PageOfList[Person]:
    """Give a page with the number of all in one question; past the end there is the first."""
    number = int(asked) if asked.isdecimal() and int(asked) else 1
    counted = found.annotate(of_all=Window(Count("pk")))
    rows = list(counted[(number - 1) * PER_PAGE : number * PER_PAGE])
    if not rows and number > 1:
        return _paged(found, "1")
    total: int = getattr(rows[0], "of_all", 0) if rows else 0
    paginator: Paginator[Person] = Paginator(_Known(total), PER_PAGE)
    return PageOfList(rows, number, paginator)


class _Known(Sequence[Any]):
    """A list of which only the length is known."""

    def __init__(self, length: int) -> None:
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, at: Any) -> Any:
        raise IndexError(at)


def _lines(desk: Desk, page: PageOfList[Person]) -> list[tuple[Person, Any, Any]]:
    """Give each person with what stands beside their name. Five queries."""
    persons = [one.pk for one in page.object_list]
    if not persons or not desk.may("referrals.read"):
        return [(person, None, None) for person in page.object_list]
    look = Look.on(desk.day, desk.law)
    known = watched(desk.provider_id, look.since, persons)
    beside = rows_of(known, _duties(desk, known, look), desk.day)
    found = []
    for person in page.object_list:
        row = beside.get(person.pk)
        task = told(row.next, desk.provider_id, desk.day) if row and row.next else None
        found.append((person, row, task))
    return found


def _duties(desk: Desk, known: list[Watched], look: Look) -> list[Task]:
    settled = papers_settled(desk.provider_id, {one.person_id for one in known})
    found = list(stay_tasks(known, settled, look))
    if desk.may("plans.read"):
        plans = histories(desk.provider_id, desk.day, {one.person_id for one in known})
        found += [*plan_tasks(known, plans, look), *summary_tasks(known, plans, look)]
    return [replace(task, urgency=urgency_of(task.due_on, desk.day)) for task in found]


class Recent(Page):
    """Whose pages one opened last."""

    permission = "people.read"
    template = "web/people/recent.html"
    parts = frozenset({"recent"})

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"section": "people", "recent": recently_opened(self.desk)}
