from collections.abc import Callable
from pathlib import Path

import pytest

from tugiplaan.sample import SampleSummary, generate

Generated = tuple[Path, SampleSummary]


@pytest.fixture(scope="session")
def showcase(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    out = tmp_path_factory.mktemp("sample") / "showcase"
    return out, generate(persons=42, seed=7, month=(2026, 5), out=out)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    out = tmp_path_factory.mktemp("sample") / "town"
    summary = generate(persons=2000, seed=11, month=(2026, 5), out=out, records_per_person=30)
    return out, summary


@pytest.fixture(scope="session", params=["showcase", "town"])
def sample(request: pytest.FixtureRequest, showcase: Generated, town: Generated) -> Generated:
    return {"showcase": showcase, "town": town}[request.param]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a sample into a new folder each time; what is not said is the showcase."""

    def make(
        name: str,
        *,
        persons: int = 42,
        seed: int = 7,
        month: tuple[int, int] = (2026, 5),
        records_per_person: int | None = None,
    ) -> Path:
        out = tmp_path / name
        generate(
            persons=persons,
            seed=seed,
            month=month,
            out=out,
            records_per_person=records_per_person,
        )
        return out

    return make
