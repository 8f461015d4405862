"""The migrations: as the models say, one after another, and safe for rows and guards."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tests.audit.rows import raw
from tests.cast import make_person, make_provider, make_user
from tugiplaan.accounts.models import Caseload
from tugiplaan.audit.operations import ExcludeOverlap
from tugiplaan.audit.queries import faults
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.rows import Derived, Lasting, Row, Working
from tugiplaan.audit.triggers import derived_models, install, lasting_models

pytestmark = pytest.mark.django_db

_APPS = sorted(
    config.label for config in apps.get_app_configs() if config.name.startswith("tugiplaan.")
)


def _loader() -> MigrationLoader:
    return MigrationLoader(connection)


def _triggers() -> set[str]:
    question = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()}


def _guards() -> set[str]:
    names = {
        f"keep_{model._meta.db_table}_{action}"
        for model in lasting_models()
        for action in ("update", "delete")
    }
    names |= {f"keep_{model._meta.db_table}_update" for model in derived_models()}
    tracked = [model for model in apps.get_models() if issubclass(model, Row)]
    return names | {
        f"tr_{model._meta.db_table}_{action}"
        for model in tracked
        for action in ("insert", "update", "delete")
    }


def test_the_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.parametrize("app", _APPS)
def test_the_migrations_of_an_app_stand_in_one_line(app: str) -> None:
    graph = _loader().graph
    of_app = sorted(key for key in graph.nodes if key[0] == app)
    parents = [
        [parent.key for parent in graph.node_map[key].parents if parent.key[0] == app]
        for key in of_app
    ]
    assert parents == [[], *([key] for key in of_app[:-1])] if of_app else parents == []
    assert [int(name[:4]) for _, name in of_app] == list(range(1, len(of_app) + 1))
    assert len(graph.leaf_nodes(app)) == (1 if of_app else 0)


def test_every_table_has_an_app_with_migrations_that_made_it() -> None:
    with connection.cursor() as cursor:
        made = set(connection.introspection.table_names(cursor))
    ours = [m for m in apps.get_models() if issubclass(m, Row | Lasting | Derived | Working)]
    assert {model._meta.db_table for model in ours} <= made
    assert {model._meta.app_label for model in ours} <= _loader().migrated_apps


def test_after_migrating_from_nothing_the_guards_are_there() -> None:
    assert _guards() <= _triggers()


def _reversible() -> Iterator[tuple[str, str, str]]:
    """Give the apps whose newest migration can be taken back, with it and the one before."""
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    for app in _APPS:
        for key in graph.leaf_nodes(app):
            before = [one.key for one in graph.node_map[key].parents if one.key[0] == app]
            operations = graph.nodes[key].operations
            if before and all(isinstance(one, ExcludeOverlap) for one in operations):
                yield app, before[0][1], key[1]


@pytest.mark.parametrize(("app", "older", "newest"), list(_reversible()))
def test_a_step_back_and_forth_keeps_rows_and_guards(
    app: str, older: str, newest: str, tmp_path: Path
) -> None:
    provider, user = make_provider(), make_user("Kasutaja")
    person = make_person(provider)
    with acting(by=user, name="test.do", provider_id=provider.pk):
        Caseload.objects.create(
            provider=provider, user=user, person=person, valid_from=date(2026, 1, 1)
        )
    with _to_migrate(tmp_path):
        counts, triggers = _counts(), _triggers()
        assert counts["accounts.Caseload"] == 1
        for target in (older, newest):
            MigrationExecutor(connection).migrate([(app, target)])
            assert _counts() == counts
        assert _triggers() == triggers
        assert list(faults()) == []


@contextmanager
def _to_migrate(folder: Path) -> Iterator[None]:
    """Let tables be changed; SQLite, which does not inside of a transaction, in a copy."""
    connection.check_constraints()
    if connection.vendor == "postgresql":
        yield
        return
    with closing(sqlite3.connect(folder / "copy.sqlite3")) as file:
        file.executescript("\n".join(connection.connection.iterdump()))
    ours = connections["default"]
    settings = {**ours.settings_dict, "NAME": str(folder / "copy.sqlite3")}
    connections["default"] = type(ours)(settings, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = ours


def _counts() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.app_label in _APPS]
    rows = ((model, model._base_manager) for model in models)
    return {model._meta.label: found.count() for model, found in rows}


def test_guards_that_were_lost_come_back_with_migrate() -> None:
    install(connection)
    triggers = _triggers()
    where = " ON audit_event" if connection.vendor == "postgresql" else ""
    raw(f"DROP TRIGGER keep_audit_event_update{where}")
    assert _triggers() < triggers
    call_command("migrate", verbosity=0)
    assert _triggers() == triggers
