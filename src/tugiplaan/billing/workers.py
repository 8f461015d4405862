"""Worker processes of a run. Imports nothing that needs the tables before these are ready."""

import os
import threading
import time
from datetime import date
from uuid import UUID

import django


def enter(parent: int) -> None:
    """Make a worker process ready, and let it end with its parent.

    Args:
        parent: Id of the process that started it; killed, it could not tell its children.
    """
    django.setup()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def do_part_of(part_id: UUID, user_id: UUID, on: date) -> None:
    """Do a part of a run, as `do_part`, in a worker process."""
    from tugiplaan.accounts.access import user_of
    from tugiplaan.billing.actions.running import do_part

    do_part(part_id, user_of(user_id), on)
