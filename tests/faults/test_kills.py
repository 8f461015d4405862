"""Killed at any moment and run again, a work ends in what it would have ended in undisturbed."""

import contextlib
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.databases import Database, finish, names, new_database
from tugiplaan.sample import generate

pytestmark = [pytest.mark.db]

_PERSONS = 42
_TELL = ("snapshot", "+", "faults")
_WORKS = {"import": "empty", "close": "laid", "issue": "closed"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Stage"]:
    found = Stage(tmp_path_factory.mktemp("faults"))
    yield found
    found.clear()


class Stage:
    """The databases before each work, and what each work ends in when nobody disturbs it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folders = [str(self._sample(seed)) for seed in (7, 8)]
        empty, laid = (new_database(name, folder) for name in names("base", (0, 1)))
        empty.work("lay")
        laid.work("lay", *self.folders)
        closed = laid.copy(names("base", (2,))[0], folder)
        closed.work("close")
        self.before = {"empty": empty, "laid": laid, "closed": closed}
        self._after: dict[str, tuple[str, float]] = {}

    def _sample(self, seed: int) -> Path:
        out = self.folder / f"sample-{seed}"
        generate(persons=_PERSONS, seed=seed, month=(2026, 5), out=out)
        contract = out / "contract.toml"
        text = contract.read_text("utf-8").replace("Näidiskodu", f"Näidiskodu {seed}")
        lines = [line for line in text.splitlines() if not line.startswith("registry_code")]
        contract.write_text("\n".join(lines) + "\n", "utf-8")
        return out

    def command(self, kind: str) -> list[str]:
        return [kind, *(self.folders if kind == "import" else [])]

    def undisturbed(self, kind: str) -> tuple[str, float]:
        """Give what a work ends in, and how long it takes."""
        if kind not in self._after:
            database = self.copy(kind, 1000)
            process = database.start(*self.command(kind))
            assert process.stdout is not None
            process.stdout.readline()
            begun = time.monotonic()
            finish(process)
            seconds = time.monotonic() - begun
            self._after[kind] = (database.work(*_TELL), seconds)
            database.drop()
        return self._after[kind]

    def copy(self, kind: str, number: int) -> Database:
        return self.before[_WORKS[kind]].copy(names(kind, (number,))[0], self.folder)

    def clear(self) -> None:
        for database in self.before.values():
            database.drop()


def kill_and_resume(stage: Stage, kind: str, number: int) -> None:
    expected, seconds = stage.undisturbed(kind)
    assert expected.endswith("}\n[]\n")
    moment = random.Random(f"{kind}{number}").uniform(0, seconds)  # noqa: S311 - repeatable
    database = stage.copy(kind, number)
    process = database.start(*stage.command(kind))
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(moment)
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert database.work(*stage.command(kind), "+", *_TELL) == expected
    database.drop()


@pytest.mark.parametrize("kind", _WORKS)
@pytest.mark.parametrize("number", range(5))
def test_five_kills(stage: Stage, kind: str, number: int) -> None:
    kill_and_resume(stage, kind, number)


@pytest.mark.soak
@pytest.mark.parametrize("kind", _WORKS)
@pytest.mark.parametrize("number", range(100, 300))
def test_two_hundred_kills(stage: Stage, kind: str, number: int) -> None:
    kill_and_resume(stage, kind, number)


def test_workers_end_with_the_process_that_was_killed(stage: Stage) -> None:
    expected, _ = stage.undisturbed("close")
    database = stage.copy("close", 900)
    process = database.start("close", "2")
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(1.5)
    process.kill()
    process.communicate(timeout=60)
    assert database.work("close", "2", "+", *_TELL) == expected
    database.drop()


@pytest.mark.parametrize("crowd", [2, 8])
def test_a_crowd_issues_and_records_once(stage: Stage, crowd: int) -> None:
    alone = stage.copy("issue", 500)
    expected = alone.work("issue", "+", "record", "0", "40", "+", *_TELL)
    alone.drop()
    database = stage.copy("issue", 501 + crowd)
    works = [database.start("issue") for _ in range(crowd)]
    # Every entry is sent twice, by different processes.
    step = 40 // (crowd // 2)
    works += [database.start("record", str(step * (n // 2)), str(step)) for n in range(crowd)]
    for process in works:
        finish(process)
    assert database.work(*_TELL) == expected
    database.drop()
