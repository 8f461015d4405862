"""A month folder through the database: the same lines, the same files, nothing twice."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tugiplaan.accounts.actions import operator
from tugiplaan.audit.queries import events_of, faults
from tugiplaan.billing.facts import read_month
from tugiplaan.billing.settling import Settled, gather, settle_provider
from tugiplaan.interoperability.month_export import UnableToExportError, export_folder
from tugiplaan.interoperability.month_import import Imported, UnableToImportError, import_folder
from tugiplaan.month_folder import BadInputError, MonthFolder, read_folder
from tugiplaan.month_folder.schema import TABLES
from tugiplaan.month_folder.tables import read_contract_file, read_rows
from tugiplaan.rules.packs import lay_over
from tugiplaan.rules.period import Month
from tugiplaan.rules.settlement import settle_month
from tugiplaan.rules.tables import builtin
from tugiplaan.sample import generate

pytestmark = pytest.mark.django_db

MAY = Month(2026, 5)
TODAY = date(2026, 11, 22)


def sample(path: Path, seed: int, persons: int = 60) -> Path:
    generate(persons=persons, seed=seed, month=(2026, 5), out=path)
    return path


def settled_from(found: MonthFolder) -> Settled:
    law = builtin() if found.rates is None else lay_over(builtin(), found.rates)
    return gather(settle_month(found.facts, found.house, law, found.contract))


def bring_in(folder: Path, *, is_dry: bool = False) -> Imported:
    return import_folder(folder=folder, month=MAY, by=operator(), on=TODAY, is_dry=is_dry)


def cells(folder: Path) -> dict[str, Any]:
    """Everything that a folder says, rows in the order of their keys."""
    tables: dict[str, Any] = {
        table.file: sorted(read_rows(folder, table), key=lambda row: str(list(row.values())))
        for table in TABLES
    }
    contract = read_contract_file(folder)
    tables["contract"] = (contract.provider, contract.component_contracts)
    names = contract.own_prices.names()
    tables["own"] = {name: contract.own_prices.rows(name) for name in names}
    return tables


def check_through_the_database(folder: Path, out: Path) -> None:
    found = read_folder(folder, month=MAY, as_of=MAY.last)
    straight = settled_from(found)
    brought = bring_in(folder)
    assert brought.provider_id is not None
    stored = settle_provider(read_month(brought.provider_id, MAY, MAY.last))
    assert stored.lines == straight.lines
    assert stored.findings == straight.findings
    export_folder(provider_id=brought.provider_id, month=MAY, folder=out, by=operator(), on=TODAY)
    assert cells(out) == cells(folder)


@pytest.mark.parametrize("seed", range(30))
def test_a_folder_settles_the_same_through_the_database(seed: int, tmp_path: Path) -> None:
    check_through_the_database(sample(tmp_path / "in", seed, 42), tmp_path / "out")


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(30, 1030))
def test_a_thousand_folders_settle_the_same(seed: int, tmp_path: Path) -> None:
    check_through_the_database(sample(tmp_path / "in", seed, 42), tmp_path / "out")


def test_the_same_folder_twice_changes_nothing_and_leaves_no_event(tmp_path: Path) -> None:
    folder = sample(tmp_path / "in", 7)
    first = bring_in(folder)
    assert first.is_kept
    assert first.provider_id is not None
    events = events_of(first.provider_id).count()
    again = bring_in(folder)
    assert not again.is_kept
    assert all(change.is_nothing for change in again.changes)
    assert events_of(first.provider_id).count() == events
    assert list(faults()) == []


def test_a_dry_run_tells_what_would_change_and_changes_nothing(tmp_path: Path) -> None:
    folder = sample(tmp_path / "in", 7)
    dry = bring_in(folder, is_dry=True)
    assert (dry.is_kept, dry.provider_id) == (False, None)
    real = bring_in(folder)
    assert dry.changes == real.changes
    assert sum(change.added for change in real.changes) > 100


def test_a_changed_record_becomes_a_correction_that_names_the_old_one(tmp_path: Path) -> None:
    folder = sample(tmp_path / "in", 7)
    before = bring_in(folder)
    hours = folder / "hours.csv"
    lines = hours.read_text("utf-8").splitlines()
    cell = lines[1].split(",")
    cell[4] = str(int(cell[4]) + 15)
    hours.write_text("\n".join([lines[0], ",".join(cell), *lines[2:]]) + "\n", "utf-8")
    after = bring_in(folder)
    changed = [change for change in after.changes if not change.is_nothing]
    assert [(one.added, one.changed) for one in changed] == [(0, 1)]
    assert "minutes" in changed[0].told[0]
    assert after.provider_id == before.provider_id
    export_folder(
        provider_id=after.provider_id or before.provider_id,  # type: ignore[arg-type]
        month=MAY,
        folder=tmp_path / "out",
        by=operator(),
        on=TODAY,
    )
    assert cells(tmp_path / "out") == cells(folder)
    assert list(faults()) == []


def test_a_bad_row_is_named_and_nothing_is_brought_in(tmp_path: Path) -> None:
    folder = sample(tmp_path / "in", 7)
    persons = folder / "persons.csv"
    persons.write_text(persons.read_text("utf-8") + "P9999,,Jaan,,1980-01-01,\n", "utf-8")
    with pytest.raises(BadInputError, match=r"persons\.csv"):
        bring_in(folder)
    assert bring_in(sample(tmp_path / "good", 8), is_dry=True).provider_id is None


def test_a_folder_without_a_provider_is_refused(tmp_path: Path) -> None:
    folder = sample(tmp_path / "in", 7)
    (folder / "contract.toml").write_text("", "utf-8")
    with pytest.raises(UnableToImportError, match="registry_code"):
        bring_in(folder)


def test_a_folder_that_is_not_empty_is_not_written_to(tmp_path: Path) -> None:
    brought = bring_in(sample(tmp_path / "in", 7))
    assert brought.provider_id is not None
    with pytest.raises(UnableToExportError, match="ei ole tühi"):
        export_folder(
            provider_id=brought.provider_id,
            month=MAY,
            folder=tmp_path / "in",
            by=operator(),
            on=TODAY,
        )
