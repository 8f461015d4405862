"""`migrate`, and after it the guards: a table that was made anew would have lost its own."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations import CreateModel, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState

from tugiplaan.audit import triggers


class _Executor(MigrationExecutor):
    """Takes the tables of a migration into the state together.

    Django renders everything that a new table touches, table by table; where a migration only
    makes tables once for all of them is enough, and twice as fast altogether.
    """

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,
        fake_initial: bool = False,
    ) -> ProjectState:
        if all(isinstance(one, CreateModel) for one in migration.operations):
            take_in(state, migration)
            state.__class__ = _Known
        found = super().apply_migration(state, migration, fake, fake_initial)
        found.__class__ = ProjectState
        return found


class _Known(ProjectState):
    """A state that has the tables already."""

    def add_model(self, model_state: ModelState) -> None:
        """Leave a model as it was taken in."""


def take_in(state: ProjectState, migration: Migration) -> None:
    """Add the models of a migration to a state and render them, and what they touch, once.

    Args:
        state: The state before the migration, rendered; it is changed.
        migration: One that only makes tables.
    """
    before, rendered = set(state.models), state.apps
    del state.apps  # without it a state renders nothing
    for operation in migration.operations:
        operation.state_forwards(migration.app_label, state)
    state.apps = rendered
    state.reload_models([key for key in state.models if key not in before], delay=False)


class Command(migrate.Command):
    """Bring the tables up to date, then lay the triggers."""

    def handle(self, *args: Any, **options: Any) -> None:
        # The command of Django takes the executor from its module and offers no other way.
        migrate.MigrationExecutor = _Executor  # type: ignore[attr-defined]
        super().handle(*args, **options)
        is_whole = not options.get("app_label") and not options.get("plan")
        if is_whole and not options.get("check_unapplied"):
            triggers.install(connections[options["database"]])
