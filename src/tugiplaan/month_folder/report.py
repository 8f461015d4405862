"""The problems of a run, and whom each concerns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tugiplaan.month_folder.problems import Problem
from tugiplaan.month_folder.schema import CONTRACT_FILE, TABLES, Table

type Owner = tuple[str, ...]
"""The columns that say whom a row concerns, or what stands in them."""

_RANK = {file: rank for rank, file in enumerate([CONTRACT_FILE, *(t.file for t in TABLES)], 1)}


@dataclass(slots=True)
class Report:
    """Collects what is wrong while files are read.

    Attributes:
        problems: Everything that is wrong.
        general: Those of them that concern more than the owner of one row.
        touched: Whom the others concern: by columns, what stands in them.
        doubtful: Owners read from rows whose cells may have slipped, with their problems;
            they count only if they exist.
    """

    problems: list[Problem] = field(default_factory=list)
    general: list[Problem] = field(default_factory=list)
    touched: dict[Owner, set[Owner]] = field(default_factory=dict)
    doubtful: list[tuple[Owner, Owner, Problem]] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Take a problem that concerns the whole file or folder."""
        self.problems.append(problem)
        self.general.append(problem)

    def add_row(
        self, problem: Problem, table: Table, row: Mapping[str, str], *, has_slipped: bool = False
    ) -> None:
        """Take a problem of one row.

        Args:
            problem: What is wrong.
            table: The file of the row.
            row: Its cells by column, as they stand.
            has_slipped: The row has too many or too few cells: they may stand in wrong columns.
        """
        owner = tuple(row.get(name, "").strip() for name in table.owner)
        if not owner or not all(owner):
            self.add(problem)
            return
        self.problems.append(problem)
        if has_slipped:
            self.doubtful.append((table.owner, owner, problem))
        else:
            self.touch(table, row)

    def touch(self, table: Table, row: Mapping[str, str]) -> None:
        """Note that whom a row concerns has a problem."""
        owner = tuple(row.get(name, "").strip() for name in table.owner)
        if owner and all(owner):
            self.touched.setdefault(table.owner, set()).add(owner)

    def in_order(self) -> tuple[Problem, ...]:
        """Give the problems in the order of files and lines, each once."""
        return in_order(self.problems)


def in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Sort problems by file and line and drop those said twice."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda one: (_RANK.get(one.file, 0), one.file, one.line)))
