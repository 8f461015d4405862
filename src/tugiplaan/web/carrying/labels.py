"""What the codes of carrying out are called, and what forms offer."""

from uuid import UUID

from tugiplaan.accounts.queries import in_force
from tugiplaan.audit.language import language
from tugiplaan.delivery.queries.base import base_components
from tugiplaan.people.queries import Person, circle_of
from tugiplaan.plans.queries import day_plans
from tugiplaan.providers.queries import staff_of
from tugiplaan.rules.network_work import group_label, network_fields, work_kinds
from tugiplaan.web.desk import Desk
from tugiplaan.web.people.reach import entries_of
from tugiplaan.web.today.naming import audience_name
from tugiplaan.web.today.what import What

type Offer = tuple[str, str]
"""A value of a field and what it is called."""


def kind_name(code: str) -> str:
    """Name a kind of network work; its code where the list no longer has it."""
    kind = work_kinds().get(code)
    return kind.labels[language()] if kind else code


def kind_hints() -> list[tuple[str, str]]:
    """Give each kind with what belongs to it."""
    return [(kind.labels[language()], kind.hints[language()]) for kind in work_kinds().values()]


def kind_offers() -> list[tuple[str, list[Offer]]]:
    """Give the kinds under the headings of their groups."""
    groups: dict[str, list[Offer]] = {}
    for kind in work_kinds().values():
        groups.setdefault(kind.group, []).append((kind.code, kind.labels[language()]))
    return [(group_label(code, language()), rows) for code, rows in groups.items()]


def field_name(code: str) -> str:
    """Name a field of the network; empty for none."""
    return network_fields()[code][language()] if code in network_fields() else code


def field_offers() -> list[Offer]:
    """Give the fields of the network."""
    return [(code, field_name(code)) for code in network_fields()]


def goal_offers(desk: Desk, person: Person) -> list[Offer]:
    """Give the goals of a person's plans in force, those with activities. Three queries."""
    plans = day_plans(desk.provider_id, entries_of(person), desk.day).values()
    known = {one.goal_id: one.goal.text for plan in plans for one in plan.activities}
    return [(str(key), text) for key, text in known.items()]


def member_offers(desk: Desk, person: Person) -> list[Offer]:
    """Give who is in a person's network today. One query."""
    return [
        (str(one.pk), str(one)) for one in circle_of(person.pk).network.filter(in_force(desk.day))
    ]


def worker_offers(desk: Desk) -> list[Offer]:
    """Give who works here today, the user first. One query."""
    rows = sorted(
        staff_of(desk.provider_id, desk.day).prefetch_related(None),
        key=lambda one: one.user_id != desk.user.pk,
    )
    return [(str(one.pk), one.name or one.code) for one in rows]


def my_worker(desk: Desk) -> UUID | None:
    """Give the worker that the user is; None: they are none."""
    mine = staff_of(desk.provider_id, desk.day).filter(user_id=desk.user.pk)
    return mine.values_list("pk", flat=True).first()


def component_offers(desk: Desk, *, consultation: bool) -> list[Offer]:
    """Give the base components of today's price lists. One query.

    Args:
        desk: Who looks.
        consultation: Those that pay an outside specialist come first; else they are left out.
    """
    found = base_components(desk.provider_id, desk.day)
    rows = [one for one in found if consultation or not one.is_consultation]
    rows.sort(key=lambda one: not one.is_consultation)
    offers = []
    for one in rows:
        what = What("component", None, None, one.funder, one.component, one.mode, one.audience)
        name = one.name or one.component
        more = "" if one.audience == "person" else f" · {audience_name(one.audience)}"
        offers.append((what.key, f"{name}{more}"))
    return offers
