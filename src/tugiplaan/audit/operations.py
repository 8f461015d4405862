"""Migration operations for what only one of the databases can do."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class ExcludeOverlap(Operation):
    """On PostgreSQL: periods of rows that agree in some columns may not overlap.

    On top of the action's own check under a lock, which is all that SQLite has.
    """

    reversible = True

    def __init__(self, table: str, name: str, same: tuple[str, ...], period: str) -> None:
        """Name the rule.

        Args:
            table: The table.
            name: Of the constraint.
            same: The columns in which two rows must agree to be in one another's way.
            period: The period as an SQL expression of a range.
        """
        self.table, self.name, self.same, self.period = table, name, same, period

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        given = {"table": self.table, "name": self.name, "same": self.same, "period": self.period}
        return (self.__class__.__name__, [], given)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: the models do not know of it."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        columns = ", ".join(f"{column} WITH =" for column in self.same)
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        schema_editor.execute(
            f"ALTER TABLE {self.table} ADD CONSTRAINT {self.name} "
            f"EXCLUDE USING gist ({columns}, {self.period} WITH &&)"
        )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {self.table} DROP CONSTRAINT {self.name}")

    def describe(self) -> str:
        return f"Refuse overlapping periods in {self.table} on PostgreSQL"
