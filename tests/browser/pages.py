"""The pages that somebody of the demo sees, with an address of each."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from tests.web.examples import EXAMPLES
from tests.web.world import addresses, log_in, users_by_role
from tugiplaan.accounts.access import User, roles
from tugiplaan.providers.queries import provider_ids
from tugiplaan.web.shared import Act, Page

OK = 200
SEATS = (
    "Mirjam Tuulemägi",  # activity supervisor of a day centre
    "Kaie Vainumäe",  # activity supervisor of a round-the-clock home
    "Kristel Õunamäe",  # service manager
    "Liina Sõstramäe",  # base support
    "Sirje Arukask",  # accountant
    "Leho Kruusamäe",  # director
    "Kadri Karjamaa",  # municipality
    "Salme Sööbikmäe",  # the person
    "Enn Eenpalu",  # auditor
    "Hannes Haldur",  # operator
)
"""One of the demo for each role, and both kinds of homes."""

MAIN = {
    "Mirjam Tuulemägi": ("today", "record", "records", "group"),
    "Kaie Vainumäe": ("today", "house", "day_grid", "whereabouts", "diary"),
    "Kristel Õunamäe": ("work", "work_rooms", "people", "person", "person_plan", "person_timeline"),
    "Sirje Arukask": ("months", "month", "month_lines", "month_line", "invoices", "contributions"),
    "Leho Kruusamäe": ("overview", "overview_occupancy", "overview_income", "setup", "setup_users"),
    "Kadri Karjamaa": ("funder", "funder_months"),
    "Salme Sööbikmäe": ("my_plan", "my_month", "my_readers"),
    "Enn Eenpalu": ("setup_events",),
    "Hannes Haldur": ("operator_providers",),
}
"""What each of them opens most, by the names of addresses."""

FOR_ALL = ("account", "help")
_OF_THE_OPERATOR = ("operator_providers", "operator_register")


@dataclass(frozen=True, slots=True)
class Address:
    """One page: its name in `urls` and where it is."""

    name: str
    path: str


def aside[T](work: Callable[[], T]) -> T:
    """Do work with the database in a thread: the browser's own runs an event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def main_pages() -> dict[str, list[Address]]:
    """Give the main pages of each who sits in `MAIN`, in its order."""
    found = {}
    for name, names in MAIN.items():
        by_name = {one.name: one for one in _of(*_seat(name))}
        found[name] = [by_name[one] for one in names if one in by_name]
    return found


def all_pages(name: str) -> list[Address]:
    """Give every page that somebody gets whole; parts and files are left out."""
    user, role, home = _seat(name)
    client = log_in(user)

    def _is_whole(path: str) -> bool:
        answer = client.get(path)
        return answer.status_code == OK and b"<html" in getattr(answer, "content", b"")

    return [one for one in _of(user, role, home) if _is_whole(one.path)]


def _seat(name: str) -> tuple[User, str, UUID]:
    """Give a user of the demo with the role and the provider where they sit."""
    by_role = users_by_role()
    for (home, role), user in by_role.items():
        if user.name == name:
            with_director = (pk for pk in provider_ids() if (pk, "director") in by_role)
            return user, role, home or next(with_director)
    raise LookupError(name)


def _of(user: User, role: str, home: UUID) -> Iterator[Address]:
    yield from (Address(name, reverse(name)) for name in FOR_ALL)
    if role == "operator":
        yield from (Address(name, reverse(name)) for name in _OF_THE_OPERATOR)
    for name, _, view, names in addresses():
        wanted = set(names) - {"provider_id"}
        if "provider_id" in names and wanted <= EXAMPLES.keys() and _may(view, role):
            given = {key: EXAMPLES[key](home, user) for key in wanted}
            yield Address(name, reverse(name, kwargs={"provider_id": home, **given}))


def _may(view: type[Any] | None, role: str) -> bool:
    if view is None or not issubclass(view, Page) or issubclass(view, Act):
        return False
    if not hasattr(view, "get"):
        return False
    return roles()[role].allows(view.permission) and (not view.roles or role in view.roles)
