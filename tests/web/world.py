"""The demo as a world to test pages in: everybody with a role, all kinds of rows."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from tests.browser.conftest import DAY
from tests.browser.demo import laid_demo
from tugiplaan.accounts.access import User, grants_on
from tugiplaan.accounts.queries import users_who_may_log_in


@contextmanager
def demo_database(folder: Path) -> Iterator[None]:
    """Let Django's connection be one to a copy of the demo."""
    file = folder / "tugiplaan.sqlite3"
    if not file.exists():
        shutil.copy(laid_demo(DAY) / "tugiplaan.sqlite3", file)
    ours = connections["default"]
    # A browser that earlier tests drove leaves its event loop, asleep, in this thread; Django
    # would think that it runs inside of it.
    with patch.dict(os.environ, {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}):
        # A connection to a database in memory does not close, so another takes its place.
        connections["default"] = type(ours)({**ours.settings_dict, "NAME": str(file)}, "default")
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = ours


@contextmanager
def put_back() -> Iterator[None]:
    """Undo what is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def users_by_role() -> dict[tuple[UUID | None, str], User]:
    """Give one user for each role at each provider; None: at all of them."""
    found: dict[tuple[UUID | None, str], User] = {}
    for user in users_who_may_log_in():
        for grant in grants_on(user, DAY):
            found.setdefault((grant.provider_id, grant.role), user)
    return found


def log_in(user: User) -> Client:
    """Give a browser in which a user is logged in, the second step done."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["has_second_step"] = True
    session.save()
    return client


def addresses() -> Iterator[tuple[str, str, type[Any] | None, list[str]]]:
    """Give each address of ours: its name, its route, its view's class and what it names."""
    yield from _walk(get_resolver(), "")


def _walk(
    resolver: URLResolver, before: str
) -> Iterator[tuple[str, str, type[Any] | None, list[str]]]:
    for one in resolver.url_patterns:
        if not isinstance(one.pattern, RoutePattern):
            if isinstance(one, URLResolver):
                yield from _walk(one, before)
            continue
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one, route)
        elif isinstance(one, URLPattern):
            view = getattr(one.callback, "view_class", None)
            module = view.__module__ if view else one.callback.__module__
            if module.startswith("tugiplaan"):
                names = [part.partition(":")[2][:-1] for part in _names(route)]
                yield one.name or "", route, view, names


def _names(route: str) -> list[str]:
    return [part for part in route.split("/") if part.startswith("<")]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def world(demo_folder: Path, django_db_blocker: Any, settings: Any) -> Iterator[None]:
    """Stand in the demo as it looks on its day; what is written is put back."""
    settings.TODAY = DAY
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    with django_db_blocker.unblock(), demo_database(demo_folder), put_back():
        yield


type Example = Callable[[UUID], Any]
