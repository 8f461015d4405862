"""`migrate`, and after it the guards: a table that was made anew would have lost its own."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from tugiplaan.audit import triggers


class Command(migrate.Command):
    """Bring the tables up to date, then lay the triggers."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        is_whole = not options.get("app_label") and not options.get("plan")
        if is_whole and not options.get("check_unapplied"):
            triggers.install(connections[options["database"]])
