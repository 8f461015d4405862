"""Every address, as every role of two providers: who may see it, what it says and what it costs."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from tests.web.examples import example
from tests.web.world import (  # noqa: F401 - a fixture
    addresses,
    demo_folder,
    log_in,
    users_by_role,
    world,
)
from tugiplaan.accounts.access import User, roles
from tugiplaan.providers.queries import provider_ids
from tugiplaan.web.shared import Act, Page

pytestmark = pytest.mark.usefixtures("world")

WITHOUT_PROVIDER = {
    "home", "account", "language", "keep_session", "help", "manifest", "first", "service_worker",
    "offline_shell", "no_email", "no_confirming",
    "operator_providers", "operator_register", "provider_home", "calendar", "reminders",
    "confirm_address",
}  # fmt: skip
"""Addresses that are no page of a provider; each has tests of its own."""
TELLS_NOTHING_UNFILLED = {"verdict", "own_training"}
"""Asks with a form that is being filled in; what comes back is empty while that is."""
EVERYBODYS = {"setup_instrument_file"}
"""Names what comes with the program; a provider has none of its own."""
PAGES = [one for one in addresses() if "provider_id" in one[3]]
_LIST_BYTES = 60_000
OK, FOUND, NO_RIGHT, NOT_THERE, ONLY_POST, REFUSED = 200, 302, 403, 404, 405, 409


def _address(name: str, names: list[str], provider_id: UUID, user: User) -> str:
    given = {
        key: provider_id if key == "provider_id" else example(name, key, provider_id, user)
        for key in names
    }
    return reverse(name, kwargs=given)


def _people() -> Iterator[tuple[UUID, str, User]]:
    """Give two providers with each of their users by role."""
    by_role = users_by_role()
    first, second = [pk for pk in provider_ids() if (pk, "director") in by_role][:2]
    for home in (first, second):
        for (provider_id, role), user in by_role.items():
            if provider_id in {home, None}:
                yield home, role, user


def _may(view: type[Page], role: str) -> bool:
    held = roles()[role]
    return held.allows(view.permission) and (not view.roles or role in view.roles)


def test_every_address_of_a_provider_is_a_page_of_ours() -> None:
    strangers = {
        name for name, _, view, names in PAGES
        if not (view and issubclass(view, Page)) and name not in WITHOUT_PROVIDER
    }  # fmt: skip
    assert strangers == set()
    others = {name for name, _, _, names in addresses() if "provider_id" not in names}
    assert others <= WITHOUT_PROVIDER | {"demo", "demo_enter"}


def test_whoever_has_no_role_at_a_provider_finds_none_of_its_pages() -> None:
    people = list(_people())
    homes = sorted({home for home, _, _ in people})
    open_doors = []
    for home, role, user in people:
        other = homes[1] if home == homes[0] else homes[0]
        if role in {"operator", "auditor"}:
            continue
        client = log_in(user)
        for name, _, view, names in PAGES:
            if view is None or not issubclass(view, Page):
                continue
            answer = client.get(_address(name, names, other, user))
            sent = client.post(_address(name, names, other, user), {})
            if answer.status_code != NOT_THERE or sent.status_code not in {NOT_THERE, ONLY_POST}:
                open_doors.append((role, name, answer.status_code, sent.status_code))
    assert open_doors == [], open_doors


def test_an_address_of_one_provider_opens_nothing_of_another() -> None:
    """A director asks at home for what belongs to the neighbour."""
    by_role = users_by_role()
    home, other = [pk for pk in provider_ids() if (pk, "director") in by_role][:2]
    user = by_role[home, "director"]
    client = log_in(user)
    opened = []
    for name, _, view, names in PAGES:
        foreign = [key for key in names if key not in {"provider_id", "period", "number"}]
        if view is None or not foreign or name in TELLS_NOTHING_UNFILLED | EVERYBODYS:
            continue
        neighbour = by_role[other, "director"]
        given = {
            key: home
            if key == "provider_id"
            else example(name, key, other if key in foreign else home, neighbour)
            for key in names
        }
        address = reverse(name, kwargs=given)
        answer, sent = client.get(address), client.post(address, {})
        if answer.status_code not in {NOT_THERE, NO_RIGHT, ONLY_POST}:
            opened.append((name, "GET", answer.status_code))
        if sent.status_code not in {NOT_THERE, NO_RIGHT, ONLY_POST}:
            opened.append((name, "POST", sent.status_code))
    assert opened == [], "\n".join(map(str, opened))


def test_every_role_gets_the_right_answer_on_every_page() -> None:
    wrong = []
    for home, role, user in _people():
        client = log_in(user)
        for name, _, view, names in PAGES:
            if view is None or not issubclass(view, Page):
                continue
            answer = client.get(_address(name, names, home, user))
            if not _may(view, role):
                right = {NO_RIGHT}
            elif issubclass(view, Act) or not hasattr(view, "get"):
                right = {ONLY_POST}
            else:
                right = {OK, FOUND, NOT_THERE, REFUSED}
            if answer.status_code not in right and answer.status_code != ONLY_POST:
                wrong.append((role, name, answer.status_code))
    assert wrong == [], wrong


def _pages_of(role: str) -> Iterator[tuple[str, str, Any]]:
    """Draw every page that a role sees: its name, its text, the answer."""
    for (provider_id, held), user in users_by_role().items():
        if held != role or provider_id is None:
            continue
        client = log_in(user)
        for name, _, view, names in PAGES:
            if view is None or not issubclass(view, Page) or not _may(view, role):
                continue
            answer = client.get(_address(name, names, provider_id, user))
            is_page = answer.headers.get("Content-Type", "").startswith("text/html")
            if answer.status_code == OK and is_page:
                yield name, answer.content.decode(), answer
        return


ROLES = [role for role in roles() if role not in {"operator", "auditor"}]


@pytest.mark.parametrize("role", ROLES)
def test_a_page_is_safe_small_and_whole(role: str) -> None:
    wrong = []
    drawn = 0
    for name, text, answer in _pages_of(role):
        drawn += 1
        for what, found in _faults(text):
            wrong.append((name, what, found[:80]))
        if len(text.encode()) > _LIST_BYTES and "grid" not in name:
            wrong.append((name, "bytes", str(len(text.encode()))))
        if "script-src 'self'" not in answer.headers.get("Content-Security-Policy", ""):
            wrong.append((name, "policy", ""))
    assert drawn
    assert wrong == [], wrong


def _faults(text: str) -> Iterator[tuple[str, str]]:
    """Find what must not stand in a page."""
    for found in re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", text):
        yield "inline script", found
    for found in re.findall(r"<style[^>]*>|\sstyle=[\"'][^\"']*|\son[a-z]+=[\"']", text):
        yield "inline style or handler", found
    for found in re.findall(r"<form[^>]*method=\"post\"[^>]*>(?:(?!</form>).)*", text, re.DOTALL):
        if "csrfmiddlewaretoken" not in found:
            yield "form without token", found
    for found in re.findall(r"(?:src|href|action)=\"(?:https?:)?//[^\"]*", text):
        yield "other host", found
    ids = re.findall(r"\sid=\"([^\"]+)\"", text)
    yield from (("id twice", one) for one in {one for one in ids if ids.count(one) > 1})
    if "<html" in text and len(re.findall(r"<h1[\s>]", text)) != 1:
        yield "headings", str(len(re.findall(r"<h1[\s>]", text)))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_is_drawn_in_every_language(language: str) -> None:
    drawn = set()
    for role in ("activity_supervisor", "accountant", "director", "person", "municipality"):
        users = [one for (home, held), one in users_by_role().items() if held == role and home]
        for user in users[:1]:
            client = log_in(user)
            client.post("/language/", {"language": language})
            home = next(h for (h, r), u in users_by_role().items() if u == user and r == role)
            assert home
            for name, _, view, names in PAGES:
                if view is None or not issubclass(view, Page) or not _may(view, role):
                    continue
                answer = client.get(_address(name, names, home, user))
                if answer.status_code == OK and b"<html" in answer.content:
                    assert f'<html lang="{language}"' in answer.content.decode()
                    drawn.add(name)
    assert len(drawn) > 5
