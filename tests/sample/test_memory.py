import tracemalloc
from pathlib import Path

from tugiplaan.sample import generate


def peak(persons: int, out: Path) -> int:
    tracemalloc.start()
    try:
        generate(persons=persons, seed=1, month=(2026, 5), out=out, records_per_person=30)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_rows_are_not_held_in_memory(tmp_path: Path) -> None:
    small, large = peak(200, tmp_path / "small"), peak(2000, tmp_path / "large")
    # 1800 persons more and 54,000 rows more: a code for each person, but no row, may stay.
    assert large - small < 1_500_000
