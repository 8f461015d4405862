import filecmp
from collections.abc import Callable
from pathlib import Path

import pytest

from tugiplaan.sample import Event, FolderNotEmptyError, SampleSummary, generate

Generated = tuple[Path, SampleSummary]
Write = Callable[..., Path]


def same_bytes(one: Path, other: Path) -> bool:
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir())
    _, differing, unreadable = filecmp.cmpfiles(one, other, names, shallow=False)
    return not differing and not unreadable


def test_the_same_arguments_give_the_same_bytes(write: Write) -> None:
    assert same_bytes(write("one"), write("other"))
    assert same_bytes(
        write("one-many", persons=300, records_per_person=12),
        write("other-many", persons=300, records_per_person=12),
    )


def test_another_seed_gives_other_people(write: Write) -> None:
    one, other = write("one"), write("other", seed=8)
    assert (one / "persons.csv").read_bytes() != (other / "persons.csv").read_bytes()


def test_every_file_is_there_even_if_only_its_header(write: Write) -> None:
    names = {path.name for path in write("single", persons=1).iterdir()}
    assert names == {
        "contract.toml", "persons.csv", "places.csv", "place_periods.csv", "licences.csv",
        "referrals.csv", "moves.csv", "absences.csv", "confirmations.csv", "hours.csv", "days.csv",
        "empty_places.csv", "components.csv", "component_prices.csv",
    }  # fmt: skip


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "precious"
    out.mkdir()
    (out / "persons.csv").write_text("mine", encoding="utf-8")

    with pytest.raises(FolderNotEmptyError, match="precious"):
        generate(persons=1, seed=1, month=(2026, 5), out=out)

    assert [path.name for path in out.iterdir()] == ["persons.csv"]
    assert (out / "persons.csv").read_text(encoding="utf-8") == "mine"


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "file"
    out.touch()
    with pytest.raises(FolderNotEmptyError, match="file"):
        generate(persons=1, seed=1, month=(2026, 5), out=out)


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert generate(persons=1, seed=1, month=(2026, 5), out=tmp_path).persons == 1


@pytest.mark.parametrize(
    ("persons", "month", "records", "complaint"),
    [
        (0, (2026, 5), None, "persons"),
        (1, (2026, 13), None, "month"),
        (1, (2024, 12), None, "2024-12"),
        (1, (2033, 1), None, "2033-01"),
        (1, (2026, 5), 0, "records_per_person"),
        (1, (2026, 5), 61, "records_per_person"),
    ],
)
def test_numbers_out_of_bounds_are_refused_before_anything_is_written(
    persons: int, month: tuple[int, int], records: int | None, complaint: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with pytest.raises(ValueError, match=complaint):
        generate(persons=persons, seed=1, month=month, out=out, records_per_person=records)
    assert not out.exists()


def test_the_showcase_has_every_event(showcase: Generated) -> None:
    assert set(showcase[1].events) == set(Event)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("month", [(2026, 1), (2026, 2), (2026, 12)])
def test_every_event_is_there_whatever_the_seed(
    seed: int, month: tuple[int, int], tmp_path: Path
) -> None:
    summary = generate(persons=42, seed=seed, month=month, out=tmp_path / "out")
    assert set(summary.events) == set(Event)


@pytest.mark.parametrize("seed", range(12))
def test_most_of_the_showcase_is_unproblematic(seed: int, tmp_path: Path) -> None:
    summary = generate(persons=42, seed=seed, month=(2026, 5), out=tmp_path / "out")
    assert 0.6 <= summary.unproblematic / summary.persons <= 0.7


@pytest.mark.parametrize("month", [(2025, 1), (2025, 2), (2025, 7), (2028, 2), (2032, 12)])
def test_months_without_built_in_rates_are_written_too(
    month: tuple[int, int], tmp_path: Path
) -> None:
    summary = generate(persons=100, seed=3, month=month, out=tmp_path / "out")
    assert summary.rows["persons"] == 100
    # A new autism place has a price of its own only since 2026.
    expected = set(Event) - ({Event.NEW_AUTISM_PLACE} if month < (2026, 1) else set())
    assert set(summary.events) == expected


@pytest.mark.parametrize("persons", [1, 2, 7, 41])
def test_few_persons_are_possible(persons: int, tmp_path: Path) -> None:
    for seed in range(5):
        summary = generate(persons=persons, seed=seed, month=(2026, 5), out=tmp_path / f"{seed}")
        assert summary.rows["persons"] == persons


@pytest.mark.parametrize("records", [12, 30, 60])
def test_the_average_number_of_records_is_kept(records: int, tmp_path: Path) -> None:
    summary = generate(
        persons=2000,
        seed=5,
        month=(2026, 5),
        out=tmp_path / "out",
        records_per_person=records,
    )
    written = sum(summary.rows[name] for name in ("hours", "days", "components"))
    assert written / 2000 == pytest.approx(records, rel=0.02)


def test_the_summary_counts_what_is_in_the_files(town: Generated) -> None:
    folder, summary = town
    for path in folder.glob("*.csv"):
        lines = path.read_text(encoding="utf-8").count("\n")
        assert summary.rows.get(path.stem, 0) == lines - 1
    assert summary.persons == 2000


def test_rare_events_stay_rare_in_a_large_sample(town: Generated) -> None:
    summary = town[1]
    assert summary.unproblematic / summary.persons > 0.8
    rates = {event: count / summary.persons for event, count in summary.events.items()}
    for event in Event:
        assert 0 < rates[event] < 0.07, event
