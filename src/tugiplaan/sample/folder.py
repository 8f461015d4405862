"""Knows the files of a month folder and writes their rows as they are made."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS: dict[str, tuple[str, ...]] = {
    "persons": (
        "person", "personal_code", "first_name", "last_name", "birth_date", "first_pnh_start",
    ),
    "places": ("place", "name", "address", "building"),
    "place_periods": ("place", "first_day", "last_day", "size_class"),
    "licences": (
        "licence", "place", "service", "valid_from", "valid_to", "max_persons", "target_groups",
    ),
    "referrals": (
        "referral", "person", "service", "variant", "place", "issued_on", "valid_from", "valid_to",
        "agreed_start", "arrived_on", "ended_on", "end_reason", "planned_volume", "volume_unit",
        "released_from_compulsory_treatment", "slot", "slot_new_from",
    ),
    "moves": ("referral", "from_day", "place"),
    "absences": ("absence", "referral", "first_day", "last_day", "kind", "learned_on"),
    "confirmations": ("referral", "month", "received_on"),
    "hours": (
        "record", "referral", "date", "start", "minutes", "worker", "audience", "activity",
        "direct",
    ),
    "days": ("referral", "date", "kind"),
    "empty_places": ("place", "first_day", "last_day", "count"),
    "components": (
        "record", "session", "person", "date", "start", "funder", "component", "mode", "audience",
        "minutes", "participants", "worker", "activity",
    ),
    "component_prices": (
        "funder", "component", "mode", "audience", "valid_from", "valid_to", "version", "tier",
        "name", "price", "unit", "ceiling", "ceiling_period", "source", "confirmed",
    ),
}  # fmt: skip


class FolderNotEmptyError(FileExistsError):
    """The folder to write into already holds something."""


class Folder:
    """A month folder being written; use it as a context manager.

    Attributes:
        rows: How many rows each file has, without the header.
    """

    def __init__(self, path: Path) -> None:
        """Make the folder.

        Args:
            path: Where; created with its parents when it is not there.

        Raises:
            FolderNotEmptyError: The folder is not empty, or a file stands in its place.
        """
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise FolderNotEmptyError(
                f"{path} is not an empty folder. A sample month is only written into a new or an "
                "empty folder, so that nothing of yours is overwritten: name another one."
            )
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.rows: Counter[str] = Counter()
        self._open_files = ExitStack()
        # The csv module has no public name for its writer, only what it does has a type.
        self._write: dict[str, Callable[[Iterable[object]], object]] = {}
        self._write_line: dict[str, Callable[[str], object]] = {}

    def __enter__(self) -> Self:
        """Open every file and write its header."""
        with ExitStack() as opening:
            for name, columns in COLUMNS.items():
                target = self.path / f"{name}.csv"
                stream = opening.enter_context(target.open("w", encoding="utf-8", newline=""))
                self._write[name] = csv.writer(stream, lineterminator="\n").writerow
                self._write[name](columns)
                self._write_line[name] = stream.write
            self._open_files = opening.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close every file."""
        self._open_files.close()

    def add(self, name: str, values: Iterable[object]) -> None:
        """Write one row.

        Args:
            name: The file's name without `.csv`.
            values: The cells in the order of `COLUMNS`; `None` becomes an empty cell, a date its
                ISO form.
        """
        self._write[name](values)
        self.rows[name] += 1

    def add_plain(self, name: str, line: str) -> None:
        """Write one row whose cells need no quoting; records, being most rows, are written so.

        Args:
            name: The file's name without `.csv`.
            line: The cells in the order of `COLUMNS`, joined by commas.
        """
        self._write_line[name](f"{line}\n")
        self.rows[name] += 1

    def write_text(self, name: str, text: str) -> None:
        """Write a whole text file.

        Args:
            name: The file's name.
            text: What it holds.
        """
        (self.path / name).write_text(text, encoding="utf-8", newline="\n")
