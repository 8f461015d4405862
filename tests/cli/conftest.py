import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tugiplaan.cli.main import main
from tugiplaan.sample import generate

type Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run the command as a person would, without a terminal."""

    def call(*arguments: object, stdin: str | None = None) -> Result:
        return CliRunner().invoke(main, [str(one) for one in arguments], input=stdin)

    return call


@pytest.fixture(scope="session")
def sample_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cli") / "sample"
    generate(persons=42, seed=7, month=(2026, 5), out=out)
    return out


@pytest.fixture
def sample(sample_once: Path, tmp_path: Path) -> Path:
    """A sample folder of its own for each test, so that it may be spoilt."""
    return Path(shutil.copytree(sample_once, tmp_path / "sample"))


@pytest.fixture
def kodu(tmp_path: Path) -> Path:
    """One person in community living, there for all of 2021."""
    folder = tmp_path / "kodu"
    folder.mkdir()
    (folder / "persons.csv").write_text(
        "person,first_name,last_name,birth_date\nP1,Mari,Maasikas,1980-05-05\n", "utf-8"
    )
    (folder / "referrals.csv").write_text(
        "referral,person,service,issued_on,valid_from,valid_to,arrived_on\n"
        "S1,P1,KE,2020-12-01,2021-01-01,2030-12-31,2021-01-01\n",
        "utf-8",
    )
    return folder
