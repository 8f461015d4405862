"""Keys that occur twice, in files of any order."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.month_folder.files import good, problems_of, read, write
from tugiplaan.month_folder import repeats

FIXED = {"referral": "R1", "date": "2026-05-04", "minutes": "30", "worker": "W"}
keys = st.lists(st.integers(0, 30).map(str), min_size=1, max_size=20)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = good()
    wanted = ("persons.csv", "places.csv", "referrals.csv")
    return write(tmp_path_factory.mktemp("base"), {name: files[name] for name in wanted})


def repeated(base: Path, records: list[str]) -> list[tuple[int, str]]:
    """Write hours with these keys and give the lines told, with the words about them."""
    rows = [{"record": key, **FIXED, "audience": "person", "direct": "yes"} for key in records]
    write(base, {"hours.csv": rows})
    if len(set(records)) == len(records):
        read(base)
        return []
    return [(one.line, one.expected.en) for one in problems_of(base)]


def expected(records: list[str]) -> list[tuple[int, str]]:
    lines: dict[str, int] = {}
    told = []
    for line, key in enumerate(records, 2):
        if key in lines:
            words = f"a key that is not in the file yet; line {lines[key]} has this one"
            told.append((line, words))
        lines.setdefault(key, line)
    return told


@given(records=keys)
def test_every_repeat_is_told_with_its_first_line(base: Path, records: list[str]) -> None:
    assert repeated(base, records) == expected(records)


@given(records=keys)
def test_keys_whose_marks_collide_are_told_apart(base: Path, records: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repeats, "_MOST_MARKS", 2)
        assert repeated(base, records) == expected(records)


@pytest.mark.parametrize(
    "records", [["9", "10", "11"], ["01", "02", "10"], ["b", "a"], ["2", "1", "10"]]
)
def test_keys_in_any_order_are_good(base: Path, records: list[str]) -> None:
    assert repeated(base, records) == []


def test_a_repeat_of_a_bad_row_is_told_too(base: Path) -> None:
    rows = [
        {"record": key, **FIXED, "audience": audience, "direct": "yes"}
        for key, audience in [("1", "person"), ("2", "nobody"), ("2", "person"), ("3", "person")]
    ]
    write(base, {"hours.csv": rows})
    assert [(one.line, one.column) for one in problems_of(base)] == [
        (3, "audience"),
        (4, "record"),
    ]


def test_parts_of_a_key_are_kept_apart(base: Path) -> None:
    used = [("R1", "2026-05-05"), ("R2", "2026-05-05"), ("R1", "2026-05-04")]
    days = [{"referral": referral, "date": day, "kind": "day"} for referral, day in used]
    write(base, {"hours.csv": [], "days.csv": days})
    assert [len(one.days) for one in read(base).facts[0].referrals] == [2, 1]
    (base / "days.csv").unlink()
