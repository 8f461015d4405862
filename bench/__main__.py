"""Measure the engine and the whole of `settle`: `poe bench`.

Medians of seven interleaved runs in CPU time, with the spread (least to most). Peak memory is
that of a process of its own. Folders are made once, in `.cache/bench`.
"""

import argparse
import gc
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.yardsticks import bare_products, read_typed
from tugiplaan.cli.settle import settle_folder
from tugiplaan.month_folder import MonthFolder, read_folder
from tugiplaan.rules.period import Month
from tugiplaan.rules.settlement import settle_month
from tugiplaan.rules.tables import builtin
from tugiplaan.sample import generate

_MONTH = Month(2026, 5)
_ROWS = 30
_CACHE = Path(".cache/bench")
_MIB = 1024


def _folder(persons: int) -> Path:
    made = _CACHE / f"{persons}"
    if not made.exists():
        partial = _CACHE / f"{persons}.partial"
        if partial.exists():
            subprocess.run(["rm", "-r", str(partial)], check=True)
        print(f"making {persons} persons …", file=sys.stderr)
        generate(
            persons=persons,
            seed=7,
            month=(_MONTH.year, _MONTH.month),
            out=partial,
            records_per_person=_ROWS,
        )
        partial.rename(made)
    return made


def _read(persons: int) -> MonthFolder:
    return read_folder(_folder(persons), month=_MONTH, as_of=_MONTH.last)


def _engine(found: MonthFolder) -> Callable[[], object]:
    def run() -> int:
        law = builtin()
        settled = settle_month(found.facts, found.house, law, found.contract)
        return sum(len(line.explanation) for month in settled for line in month.lines)

    return run


def _whole(persons: int) -> Callable[[], object]:
    def run() -> None:
        with tempfile.TemporaryDirectory() as out:
            settle_folder(_read(persons), builtin(), Path(out), (None, None), "et")

    return run


class _Timed:
    """CPU times of one thing, over all rounds."""

    def __init__(self, name: str, run: Callable[[], object], *, repeat: int = 1) -> None:
        self.name = name
        self.run = run
        self.repeat = repeat
        self.times: list[float] = []

    def measure(self) -> None:
        gc.collect()
        gc.freeze()
        start = time.process_time()
        for _ in range(self.repeat):
            self.run()
        self.times.append((time.process_time() - start) / self.repeat)
        gc.unfreeze()

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    def line(self, persons: int) -> str:
        least, most = min(self.times), max(self.times)
        each = 1e6 * self.median / persons
        spread = f"({least:.3f}–{most:.3f})"
        return f"{self.name:34} {self.median:9.3f} s  {spread:16} {each:7.1f} µs a person"


def _peak(persons: int) -> float:
    """Give the peak memory of a whole `settle` in a process of its own, MiB."""
    code = (
        "import resource, sys; from pathlib import Path; from bench.__main__ import _whole; "
        f"_whole({persons})(); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1]) / _MIB


def _start_up() -> float:
    """Give the CPU time of `tugiplaan --help`, seconds, children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [str(Path(sys.executable).with_name("tugiplaan")), "--help"]
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--large", type=int, default=100_000, help="0 leaves the large one out")
    chosen = parser.parse_args()
    small, middle, large = 100, 10_000, chosen.large
    _CACHE.mkdir(parents=True, exist_ok=True)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")

    peaks = {persons: _peak(persons) for persons in (small, middle, large) if persons}
    facts = {persons: _read(persons) for persons in (small, middle)}
    settled = settle_month(
        facts[middle].facts, facts[middle].house, builtin(), facts[middle].contract
    )
    lines = [line for month in settled for line in month.lines]
    folder = _folder(middle)
    engine_small = _Timed(f"engine, {small} persons", _engine(facts[small]), repeat=20)
    engine = _Timed(f"engine, {middle} persons", _engine(facts[middle]))
    whole = _Timed(f"whole settle, {middle} persons", _whole(middle))
    plain = _Timed("(a) csv module, typed cells", lambda: read_typed(folder))
    products = _Timed("(b) bare Decimal products", lambda: bare_products(lines))
    timed = [engine_small, engine, whole, plain, products]
    for _ in range(chosen.rounds):
        for one in timed:
            one.measure()
    start_up = sorted(_start_up() for _ in range(chosen.rounds))
    print(engine_small.line(small))
    for one in timed[1:]:
        print(one.line(middle))
    facts.clear()
    lines.clear()
    each = {small: engine_small.median / small, middle: engine.median / middle}
    if large:
        engine_large = _Timed(f"engine, {large} persons", _engine(_read(large)))
        for _ in range(chosen.rounds):
            engine_large.measure()
        print(engine_large.line(large))
        each[large] = engine_large.median / large
    print(
        f"{'start-up of the command':34} {statistics.median(start_up):9.3f} s  "
        f"({start_up[0]:.3f}–{start_up[-1]:.3f})"
    )
    print()
    print(f"engine: {1 / each[middle]:,.0f} person-months a second on one core (aim 10,000)")
    allowed = 3 * plain.median + engine.median
    print(f"whole settle ÷ (3 × (a) + engine) = {whole.median / allowed:.2f} (aim ≤ 1)")
    beside = (whole.median - engine.median) / plain.median
    print(f"(whole settle − engine) ÷ (a) = {beside:.2f} (aim ≤ 3)")
    print(f"engine ÷ (b) = {engine.median / products.median:.1f}")
    if large:
        print(f"a person at {large} ÷ at {small} = {each[large] / each[small]:.2f} (aim ≤ 1.3)")
    for persons, peak in peaks.items():
        print(f"peak memory of settle, {persons} persons: {peak:.0f} MiB")


if __name__ == "__main__":
    main()
