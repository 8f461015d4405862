"""Rows that come from files: what is new is added, what differs is changed, what is equal stays.

So bringing the same file twice changes nothing. Of lasting rows a difference becomes a
correction; rows that the file does not name stay as they are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from tugiplaan.audit.recorder import Act
from tugiplaan.audit.rows import Correctable, Lasting

_BATCH = 500
_MOST_TOLD = 20


@dataclass(slots=True)
class Changes:
    """What bringing one table changed, or would.

    Attributes:
        table: Its name for people.
        added: How many rows are new.
        changed: How many differ from what was there.
        same: How many were there as they are.
        told: The first changes in words: key, column, old and new value.
    """

    table: str
    added: int = 0
    changed: int = 0
    same: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.changed)

    def tell(self, key: object, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Note a change in words."""
        self.changed += 1
        if len(self.told) < _MOST_TOLD:
            differing = ", ".join(
                f"{name}: {before[name]} → {after[name]}"
                for name in after
                if before[name] != after[name]
            )
            self.told.append(f"{key}: {differing}")


@dataclass(frozen=True, slots=True)
class Shelf[M: Model]:
    """A table into which rows are brought.

    Attributes:
        model: The table.
        key: The columns by which a file names a row.
        derived: Columns that follow from others and are not compared.
    """

    model: type[M]
    key: tuple[str, ...]
    derived: tuple[str, ...] = ()


def bring[M: Model](
    act: Act, shelf: Shelf[M], provider_id: UUID, rows: Sequence[Mapping[str, Any]], why: str
) -> Changes:
    """Bring rows into a table of a provider.

    Args:
        act: The act within which it happens.
        shelf: The table.
        provider_id: Whose rows.
        rows: Column values by attribute name, the provider left out; every row has the same
            columns, each key once.
        why: Why lasting rows are corrected.

    Returns:
        What changed.
    """
    changes = Changes(str(shelf.model._meta.verbose_name_plural))
    if not rows:
        return changes
    known = {key: row for row in _known(shelf, provider_id, rows) for key in [_key_of(shelf, row)]}
    new: list[M] = []
    for values in rows:
        key = tuple(values[name] for name in shelf.key)
        there = known.get(key)
        if there is None:
            changes.added += 1
            new.append(shelf.model(provider_id=provider_id, **values))
            continue
        compared = {name: value for name, value in values.items() if name not in shelf.derived}
        before = {name: getattr(there, name) for name in compared}
        if before == compared and not getattr(there, "is_cancellation", False):
            changes.same += 1
            continue
        changes.tell("/".join(str(part) for part in key), before, compared)
        if isinstance(there, Correctable):
            row = shelf.model(provider_id=provider_id, corrects_id=there.pk, why=why, **values)
            new.append(row)
        else:
            _change(there, values)
    _add(act, new)
    return changes


def _key_of(shelf: Shelf[Any], row: Model) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in shelf.key)


def _known[M: Model](
    shelf: Shelf[M], provider_id: UUID, rows: Sequence[Mapping[str, Any]]
) -> Iterator[M]:
    """Give the rows that are there under the first columns of the keys; of corrections the last."""
    first = shelf.key[0]
    found: QuerySet[M] = shelf.model._default_manager.filter(provider_id=provider_id)
    if issubclass(shelf.model, Correctable):
        corrected = shelf.model._default_manager.filter(corrects__isnull=False).values("corrects")
        found = found.exclude(pk__in=corrected)
    wanted = {values[first] for values in rows}
    for some in batched(sorted(wanted, key=str), _BATCH):
        yield from found.filter(Q(**{f"{first}__in": some}))


def _change(row: Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def _add(act: Act, rows: list[Any]) -> None:
    if not rows:
        return
    if isinstance(rows[0], Lasting):
        # Corrections after the rows themselves; ids rise in the order of making.
        act.store(rows)
    else:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=_BATCH)


type Bring = Callable[[Act, UUID, Sequence[Mapping[str, Any]], str], Changes]
"""How an app brings rows of one of its tables: act, provider, rows, why."""


def bringer(shelf: Shelf[Any]) -> Bring:
    """Give the function that brings rows into a table."""

    def bring_rows(
        act: Act, provider_id: UUID, rows: Sequence[Mapping[str, Any]], why: str
    ) -> Changes:
        return bring(act, shelf, provider_id, rows, why)

    return bring_rows


def all_same(changes: Iterable[Changes]) -> bool:
    """Tell whether nothing changed at all."""
    return all(one.is_nothing for one in changes)
