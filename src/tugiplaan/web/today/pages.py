"""What the pages of a day show: a day, a form, a group; the same with and without network."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.rows import new_id
from tugiplaan.delivery.actions.together import MissedKind
from tugiplaan.delivery.queries.choices import Choices, GoalChoice, WorkerChoice
from tugiplaan.delivery.queries.lines import missed_in
from tugiplaan.delivery.queries.today import GroupBefore, MyDay, PersonDay, my_day
from tugiplaan.referrals.queries import Referral
from tugiplaan.rules.services import kind_of
from tugiplaan.rules.vocabulary import Service, Variant
from tugiplaan.web.desk import Desk
from tugiplaan.web.today.naming import Names, activity_name
from tugiplaan.web.today.what import What, WhatChoice, of_choices, of_person_day

LENGTHS = (30, 60, 90, 120)
_MOST_LENGTHS = 6
_MOST_ACTIVITIES = 6
_LONGEST = 200
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Way:
    """A page that one often wants on a day."""

    name: str
    label: Promise
    icon: str
    permission: str


WAYS = (
    Way("day_grid", gettext_lazy("Päevade tabel"), "calendar-days", "delivery.record"),
    Way("absences", gettext_lazy("Puudumised"), "door-open", "delivery.record"),
    Way("incidents", gettext_lazy("Juhtumid"), "triangle-alert", "delivery.record"),
    Way("isolations", gettext_lazy("Eraldamine"), "timer", "delivery.record"),
    Way("diary", gettext_lazy("Vahetuse päevik"), "book-open", "narrative.write"),
    Way("whereabouts", gettext_lazy("Kes on majas"), "home", "delivery.record"),
)


def ways_of(desk: Desk) -> list[tuple[Way, str]]:
    """Give the ways that are open to one, with their addresses."""
    found = []
    for way in WAYS:
        if desk.may(way.permission):
            found.append((way, reverse(way.name, args=(desk.provider_id,))))
    return found


def day_of(text: str | None, today: date) -> date:
    """Read the day of an address; today where it names none or one ahead."""
    try:
        return min(date.fromisoformat(text or ""), today)
    except ValueError:
        return today


def my_people(desk: Desk, day: date) -> MyDay:
    """Give one's people of a day; nobody where nobody is in one's care."""
    try:
        return my_day(by=desk.user, provider_id=desk.provider_id, day=day, on=desk.day)
    except NotAllowedError:
        return MyDay(day, (), ())


def days_near(day: date, today: date) -> dict[str, Any]:
    """Give what the switch of days shows."""
    return {
        "day": day,
        "is_today": day == today,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < today else None,
        "yesterday": today - timedelta(days=1),
    }


def form_shown(choices: Choices, person: Any, day: date, names: Names) -> dict[str, Any]:
    """Give what a person's form shows beside its fields."""
    whats = of_choices(choices, names)
    return {
        "person": person,
        "day": day,
        "whats": whats,
        "lengths": lengths_of(choices.minutes),
        "activities": _activities(choices.activities, choices.referrals),
        "goals": choices.goals,
        "workers": choices.workers,
        "me": next((one for one in choices.workers if one.is_me), None),
    }


def _activities(texts: Iterable[str], referrals: Iterable[Referral]) -> list[tuple[str, str]]:
    """Give what may have been done, the usual first, then what the services set apart."""
    kinds = [kind_of(Service(one.service), Variant(one.variant)) for one in referrals]
    apart = sorted(code for kind in kinds for code in kind.not_counted)
    usual = [text[:_LONGEST] for text in texts][:_MOST_ACTIVITIES]
    return [(text, activity_name(text)) for text in dict.fromkeys([*usual, *apart])]


def lengths_of(used: tuple[int, ...]) -> list[int]:
    """Give the lengths to choose from: the usual ones, and those that were used most."""
    return sorted(dict.fromkeys([*LENGTHS, *used[: _MOST_LENGTHS - len(LENGTHS)]]))


def form_begins(shown: dict[str, Any], choices: Choices, asked: Any) -> dict[str, Any]:
    """Give what stands in a person's form at first: as last time, or as the address asks.

    Args:
        shown: What the form shows.
        choices: What it offers.
        asked: The query of the address.
    """
    keys = [one.key for one in shown["whats"]]
    last = choices.last
    usual = last.minutes if last and last.minutes else next(iter(choices.minutes), LENGTHS[1])
    lengths = shown["lengths"]
    me = shown["me"] or next(iter(choices.workers), None)
    return {
        "entry": new_id(),
        "day": shown["day"],
        "what": asked.get("what") if asked.get("what") in keys else next(iter(keys), None),
        "minutes": usual if usual in lengths else None,
        "other_minutes": None if usual in lengths else usual,
        "activity": asked.get("activity", ""),
        "goal": asked.get("goal", ""),
        "worker": shown["me"].worker_id if shown["me"] else me and me.worker_id,
    }


@dataclass(frozen=True, slots=True)
class Member:
    """One face of a group.

    Attributes:
        what: What would be recorded of the person.
        is_expected: In the group at first, so that one who stays away is asked about.
    """

    person: Any
    what: What
    entry_id: UUID
    is_expected: bool
    is_in: bool
    reason: str = ""
    line: str = ""

    @property
    def who(self) -> str:
        return f"{self.person.pk} {self.entry_id} {self.what.key}"


@dataclass(frozen=True, slots=True)
class GroupWhat:
    """What a group may do together: a component or a service.

    Attributes:
        key: `component:<code>` or the name of the service.
        able: How each person who can get it would get it.
    """

    key: str
    label: str
    able: dict[UUID, What]


def group_whats(day: MyDay, names: Names) -> list[GroupWhat]:
    """Give what the people of a day can do together, what most can first."""
    able: dict[str, dict[UUID, What]] = {}
    labels: dict[str, str] = {}
    for one in day.people:
        for choice in _of_person(one, names):
            what = choice.what
            key = f"component:{what.component}" if what.kind == "component" else choice.label
            labels.setdefault(
                key, names.component(what.component) if what.component else choice.label
            )
            able.setdefault(key, {}).setdefault(one.person.pk, what)
    found = [GroupWhat(key, labels[key], whats) for key, whats in able.items()]
    return sorted(found, key=lambda one: -len(one.able))


def _of_person(one: PersonDay, names: Names) -> list[WhatChoice]:
    return [] if one.away else of_person_day(one, names)


def members_of(day: MyDay, what: GroupWhat, like: GroupBefore | None) -> list[Member]:
    """Give the faces of a group: those of the group before, or all who can get it."""
    expected = set(like.person_ids) if like else set(what.able)
    return [
        Member(one.person, what.able[one.person.pk], new_id(), is_in, is_in)
        for one in day.people
        if one.person.pk in what.able
        for is_in in [one.person.pk in expected]
    ]


def members_sent(day: MyDay, what: GroupWhat, data: Any) -> list[Member]:
    """Give the faces as they were sent."""
    sent = {text.split(" ")[0]: text for text in data.getlist("who")}
    found = []
    for one in members_of(day, what, None):
        key = str(one.person.pk)
        if key in sent:
            found.append(
                replace(
                    one,
                    entry_id=UUID(sent[key].split(" ")[1]),
                    is_expected=key in data.getlist("expected"),
                    is_in=key in data.getlist("in"),
                    reason=data.get(f"reason-{key}", ""),
                    line=data.get(f"line-{key}", ""),
                )
            )
    return found


def groups_before(provider_id: UUID, day: MyDay) -> tuple[GroupBefore, ...]:
    """Give the groups to repeat, each once, with those who were missing the last time."""
    once: dict[tuple[str, str], GroupBefore] = {}
    for one in day.groups:
        once.setdefault((one.title or one.like.activity, one.like.what), one)
    missed = missed_in(provider_id, [one.session_id for one in once.values()])
    return tuple(
        replace(one, person_ids=(*one.person_ids, *missed.get(one.session_id, ())))
        for one in once.values()
    )


@dataclass(frozen=True, slots=True)
class GroupPageData:
    """What the page of a group shows."""

    day: MyDay
    whats: list[GroupWhat]
    what: GroupWhat | None
    like: GroupBefore | None


def group_page(desk: Desk, day: date, asked: Any) -> GroupPageData:
    """Read what the page of a group needs, as its address asks."""
    mine = my_people(desk, day)
    mine = replace(mine, groups=groups_before(desk.provider_id, mine))
    whats = group_whats(mine, Names(desk.provider_id))
    like = next((one for one in mine.groups if str(one.session_id) == asked.get("like")), None)
    wanted = asked.get("what") or (f"component:{like.like.what}" if like else "")
    what = next((one for one in whats if one.key == wanted), next(iter(whats), None))
    return GroupPageData(mine, whats, what, like)


def group_shown(data: GroupPageData, workers: Any, user: Any) -> dict[str, Any]:
    """Give what the page of a group shows beside its fields."""
    like = data.like
    return {
        "groups": data.day.groups,
        "whats": data.whats,
        "what": data.what,
        "like": like,
        "members": members_of(data.day, data.what, like) if data.what else [],
        "reasons": MissedKind.choices,
        "lengths": lengths_of((like.like.minutes,) if like else ()),
        "workers": workers,
        "me": next((one for one in workers if one.user_id == user.pk), None),
    }


def group_begins(data: GroupPageData, shown: dict[str, Any], day: date) -> dict[str, Any]:
    """Give what stands in the form of a group at first."""
    like = data.like
    me = shown["me"] or next(iter(shown["workers"]), None)
    return {
        "session": new_id(),
        "day": day,
        "title": like.title if like else "",
        "minutes": like.like.minutes if like else LENGTHS[1],
        "worker": me.pk if me else None,
    }


def offline_choices(
    one: PersonDay, names: Names, workers: tuple[WorkerChoice, ...]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give what a person's form shows and begins with, from the day alone."""
    visits = {visit.text[:_LONGEST]: visit for visit in one.visits}
    whats = of_person_day(one, names)
    used = (one.last.minutes,) if one.last and one.last.minutes else ()
    shown = {
        "person": one.person,
        "whats": whats,
        "lengths": lengths_of(used),
        "activities": _activities(visits, one.referrals),
        "goals": [GoalChoice(visit.goal_id, text) for text, visit in visits.items()],
        "workers": workers,
        "me": next((worker for worker in workers if worker.is_me), None),
    }
    last = What.of_done(one.last) if one.last else None
    keys = [choice.key for choice in whats]
    me = next((worker for worker in workers if worker.is_me), next(iter(workers), None))
    begins = {
        "entry": new_id(),
        "what": last.key if last and last.key in keys else next(iter(keys), None),
        "minutes": used[0] if used else LENGTHS[1],
        "worker": me.worker_id if me else None,
    }
    return shown, begins


def clock_of(start: int | None) -> time | None:
    """Give minutes after midnight as a time on the clock."""
    return None if start is None else time(start // _HOUR, start % _HOUR)
