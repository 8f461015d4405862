"""Decisions from a table: what each row would become, what is wrong, and taking all of them in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.interoperability.decisions_sheet import (
    BY_NAME,
    NEEDED,
    Around,
    ReadDecision,
    names_of,
)
from tugiplaan.interoperability.hours_rows import Wrong
from tugiplaan.interoperability.sheet import Sheet
from tugiplaan.people.names import fold
from tugiplaan.people.queries import persons_of
from tugiplaan.providers.queries import places_of
from tugiplaan.referrals.actions import Intake, Tried, take_in_all, try_out


class UnableToReadDecisionsError(RefusedError):
    """The table of decisions cannot be read or taken in."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One row of a table of decisions.

    Attributes:
        number: Of the row in the file.
        cells: The texts of the columns that are used, by the name of the column.
        intake: What it becomes; None where a cell is wrong.
        wrong: The cells that are wrong.
        tried: What taking it in would do; None where a cell is wrong.
    """

    number: int
    cells: Mapping[str, str]
    intake: Intake | None
    wrong: tuple[Wrong, ...] = ()
    tried: Tried | None = None

    @property
    def is_bad(self) -> bool:
        return bool(self.wrong or (self.tried and self.tried.refusal))

    @property
    def is_known(self) -> bool:
        return bool(self.tried and self.tried.is_known)

    @property
    def is_new(self) -> bool:
        return not self.is_bad and not self.is_known


def look_through_decisions(
    *, provider_id: UUID, sheet: Sheet, by: User, on: date, why: str = ""
) -> tuple[DecisionRow, ...]:
    """Say what each row of a table of decisions would become. Nothing is kept.

    Args:
        provider_id: At which provider.
        sheet: The table; its headings as those of `referrals.csv`, or their names.
        by: Who would take it in.
        on: Today.
        why: The reason; needed where a decision begins in a month that was invoiced.

    Returns:
        Every row in the order of the file, each tried out after those before it.

    Raises:
        NotAllowedError: `by` may not take decisions in.
        UnableToReadDecisionsError: A needed column is not there.
    """
    require(by, "referrals.write", provider_id, on)
    columns = names_of(sheet.header)
    wanting = [str(BY_NAME[name].label) for name in NEEDED if name not in columns]
    if wanting:
        raise UnableToReadDecisionsError(
            _("Tabelist puuduvad veerud: {names}. Midagi ei salvestatud.").format(
                names=", ".join(wanting)
            )
        )
    around = _around(provider_id)
    rows = []
    for number, cells in sheet.rows:
        texts = {name: cell.strip() for name, cell in zip(columns, cells, strict=True) if name}
        read = ReadDecision(texts, around)
        intake = read.read()
        told = replace(intake, why=why) if intake else None
        rows.append(DecisionRow(number, texts, told, tuple(read.wrong)))
    intakes = [one.intake for one in rows if one.intake]
    tried = iter(try_out(provider_id=provider_id, intakes=intakes, by=by, on=on))
    return tuple(
        DecisionRow(one.number, one.cells, one.intake, one.wrong, next(tried))
        if one.intake
        else one
        for one in rows
    )


def take_in_decisions(*, provider_id: UUID, sheet: Sheet, by: User, on: date, why: str = "") -> int:
    """Keep the decisions of a table, all or none; those that are here already add nothing.

    Args:
        provider_id: At which provider.
        sheet: The table.
        by: Who takes it in.
        on: Today.
        why: As there.

    Returns:
        How many decisions were added.

    Raises:
        NotAllowedError: As `look_through_decisions`.
        UnableToReadDecisionsError: As there, or a cell is wrong.
        UnableToTakeInError: A decision is refused, or there is nothing to add.
    """
    rows = look_through_decisions(provider_id=provider_id, sheet=sheet, by=by, on=on, why=why)
    bad = [one for one in rows if one.is_bad]
    if bad:
        raise UnableToReadDecisionsError(
            _("Ridu, milles on viga: {n}. Paranda need failis. Midagi ei salvestatud.").format(
                n=len(bad)
            )
        )
    intakes = [one.intake for one in rows if one.intake]
    return len(take_in_all(provider_id=provider_id, intakes=intakes, by=by, on=on))


def _around(provider_id: UUID) -> Around:
    named: dict[str, dict[UUID, None]] = {}
    for one in persons_of(provider_id).filter(merged_into__isnull=True):
        texts = (f"{one.first_name} {one.last_name}", one.code, one.identifier)
        for key in filter(None, map(fold, texts)):
            named.setdefault(key, {})[one.pk] = None
    places = {
        fold(text): one.pk
        for one in places_of(provider_id)
        for text in (one.name, one.code)
        if text
    }
    return Around({key: tuple(found) for key, found in named.items()}, places)
