"""A month of a whole country through the database, against the least that it could cost.

    python -m bench.country [--persons N] [--records N] [--months A..B] [--rounds N]
                            [--database sqlite|postgres]

The last of the months must be October 2026: it is the one that is measured.

Lays a country of made-up people into a fresh database, then in rounds, one after another so
that what else the machine does falls on all alike:

(a) the bare SELECT ... GROUP BY person, service, day over the records of the month;
(b) the bare bulk insert of as many result rows, explanations and findings included;
(c) preparing the month: facts read, settled with all rules, findings and explanations stored;
(d) closing it.

Prints the median of each, the spread, and the ratios.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import psutil

_TODAY = date(2026, 11, 22)
_PERIOD = 202610


@dataclass
class Times:
    """Seconds of each thing in every round."""

    seconds: dict[str, list[float]] = field(default_factory=dict)

    def measure[T](self, name: str, do: Callable[[], T]) -> T:
        """Do something and keep how long it took."""
        begun = time.perf_counter()
        found = do()
        self.seconds.setdefault(name, []).append(time.perf_counter() - begun)
        return found

    def median(self, name: str) -> float:
        return statistics.median(self.seconds[name])

    def told(self, name: str) -> str:
        """Give median and spread."""
        found = self.seconds[name]
        return f"{self.median(name):7.2f} s  ({min(found):.2f}–{max(found):.2f})"


class Memory(threading.Thread):
    """The most memory that this process and its children had at one time."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._stop_now = threading.Event()

    def run(self) -> None:
        me = psutil.Process()
        while not self._stop_now.wait(0.05):
            total = 0
            for process in [me, *me.children(recursive=True)]:
                try:
                    if "postgres" not in process.name():
                        total += process.memory_full_info().pss
                except psutil.Error:
                    continue
            self.peak = max(self.peak, total)

    def stop(self) -> int:
        self._stop_now.set()
        self.join()
        return self.peak


def main() -> None:
    """Measure on each database asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=10_000)
    parser.add_argument("--records", type=int, default=10_000_000)
    parser.add_argument("--months", default="2026-01..2026-10", help="the last one is measured")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        inside(given)
        return
    kinds = ["sqlite", "postgres"] if given.database == "both" else [given.database]
    for kind in kinds:
        with _database(kind) as url:
            command = [sys.executable, "-m", "bench.country", "--inside", "--database", kind]
            for name in ("persons", "records", "months", "rounds", "workers"):
                command += [f"--{name}", str(getattr(given, name))]
            subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=True)


@contextmanager
def _database(kind: str) -> Iterator[str]:
    from tools.postgres import server

    with tempfile.TemporaryDirectory(prefix="tugiplaan-bench-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        if kind == "sqlite":
            yield f"sqlite:///{folder}/country.sqlite3"
            return
        with server(Path(folder) / "data") as url:
            yield url


def inside(given: argparse.Namespace) -> None:
    """Measure on the database of DATABASE_URL."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tugiplaan.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    connections.close_all()  # the sample wants the database to itself
    begun = time.perf_counter()
    lay(given)
    laid = time.perf_counter() - begun
    print(f"\n== {given.database}: {given.persons} persons, {given.records} records")
    print(f"   laid in {laid:.0f} s; earlier months closed; {given.workers} workers")
    rounds(given)


def lay(given: argparse.Namespace) -> None:
    """Lay the country, and keep what was used in all months but the last."""
    subprocess.run(
        [
            *(str(Path(sys.executable).with_name("tugiplaan")), "sample", "--country"),
            *("--persons", str(given.persons), "--records", str(given.records)),
            *("--months", given.months),
        ],
        check=True,
    )
    from tugiplaan.accounts.actions import operator
    from tugiplaan.audit.recorder import acting
    from tugiplaan.delivery.actions.month_use import keep_month_use
    from tugiplaan.providers.queries import provider_ids
    from tugiplaan.referrals.queries import kinds_of_referrals

    by = operator()
    with acting(by=by, name="bench.lay"):
        for provider_id in provider_ids():
            kinds = kinds_of_referrals(provider_id)
            for period in range(202601, _PERIOD):
                keep_month_use(provider_id, period, kinds)


def rounds(given: argparse.Namespace) -> None:
    """Measure in interleaved rounds and print what came out."""
    from tugiplaan.accounts.actions import operator
    from tugiplaan.billing.actions.running import RunOrder, run
    from tugiplaan.providers.queries import provider_ids

    by, providers = operator(), provider_ids()
    times, peak = Times(), 0
    order = RunOrder(_PERIOD, providers, date(2026, 10, 31), given.workers)
    rows: tuple[list[Any], list[Any]] = ([], [])
    for number in range(given.rounds + 1):
        memory = Memory()
        memory.start()
        kept = Times() if number == 0 else times  # the first round warms up and is not counted
        kept.measure("c", lambda: run(order=order, by=by, on=_TODAY))
        peak = max(peak, memory.stop())
        if not rows[0]:
            rows = result_rows()
        kept.measure("a", bare_select)
        kept.measure("b", partial(bare_insert, rows))
    times.measure("d", lambda: close_all(providers))
    print_figures(times, peak, rows)
    one_home(providers)


def bare_select() -> int:
    """Group the month's records by person, service and day; nothing else."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.person_id, r.service, h.day, sum(h.minutes), count(*) "
            "FROM delivery_hourrecord h JOIN referrals_referral r ON r.id = h.referral_id "
            "WHERE h.period = %s GROUP BY r.person_id, r.service, h.day",
            [_PERIOD],
        )
        return len(cursor.fetchall())


def result_rows() -> tuple[list[Any], list[Any]]:
    """Give the stored lines and findings as plain rows."""
    from tugiplaan.billing.frozen import FINDING_COLUMNS, LINE_COLUMNS
    from tugiplaan.billing.models import StatementFinding, StatementLine

    lines = list(StatementLine.objects.values_list(*LINE_COLUMNS))
    findings = list(StatementFinding.objects.values_list(*FINDING_COLUMNS))
    return lines, findings


def bare_insert(rows: tuple[list[Any], list[Any]]) -> None:
    """Insert as many rows in bulk, in a transaction that is not kept."""
    from django.db import transaction

    from tugiplaan.billing.bulk import store_rows
    from tugiplaan.billing.frozen import FINDING_COLUMNS, LINE_COLUMNS
    from tugiplaan.billing.models import StatementFinding, StatementLine

    shift = 10_000_000  # numbers that no stored row of the statement has
    with transaction.atomic():
        for model, columns, found in zip(
            (StatementLine, StatementFinding), (LINE_COLUMNS, FINDING_COLUMNS), rows, strict=True
        ):
            store_rows(model, columns, ([r[0], r[1] + shift, *r[2:]] for r in found))
        transaction.set_rollback(True)


def close_all(providers: list[Any]) -> None:
    """Close the month of all providers."""
    from tugiplaan.accounts.actions import operator
    from tugiplaan.billing.actions.closing import close
    from tugiplaan.billing.queries import latest_statement

    by = operator()
    for provider_id in providers:
        statement = latest_statement(provider_id, _PERIOD)
        assert statement is not None
        close(statement=statement, by=by, on=_TODAY)


def print_figures(times: Times, peak: int, rows: tuple[list[Any], list[Any]]) -> None:
    """Print medians, spread and ratios."""
    least = times.median("a") + times.median("b")
    print(f"   lines {len(rows[0])}, findings {len(rows[1])}")
    for name, what in (
        ("a", "(a) bare GROUP BY"),
        ("b", "(b) bare bulk insert"),
        ("c", "(c) prepare the month"),
        ("d", "(d) close it (once)"),
    ):
        print(f"   {what:24}{times.told(name)}")
    ratio = times.median("c") / least
    both = (times.median("c") + times.median("d")) / least
    print(f"   c / (a + b) = {ratio:.2f}   (c + d) / (a + b) = {both:.2f}")
    print(f"   peak memory of all processes {peak / 2**20:.0f} MiB")


def one_home(providers: list[Any]) -> None:
    """Settle one home of about fifty, keeping nothing."""
    from django.db import connection

    from tugiplaan.accounts.actions import operator
    from tugiplaan.billing.actions.preparing import settle_anew
    from tugiplaan.people.queries import person_facts

    sizes = {provider: len(person_facts(provider)) for provider in providers}
    home = min(sizes, key=lambda provider: abs(sizes[provider] - 50))
    times, by = Times(), operator()
    for _ in range(7):
        times.measure("dry", lambda: settle_anew(home, _PERIOD, None, by, _TODAY))
    print(f"   dry run of one home of {sizes[home]}: {times.told('dry')}")
    connection.force_debug_cursor = True
    counts = []
    for provider in (min(sizes, key=sizes.__getitem__), max(sizes, key=sizes.__getitem__)):
        connection.queries_log.clear()
        settle_anew(provider, _PERIOD, None, by, _TODAY)
        counts.append((sizes[provider], len(connection.queries_log)))
    print(f"   questions by persons: {', '.join(f'{n}: {q}' for n, q in counts)}")


if __name__ == "__main__":
    main()
