"""What pages cost, at the size of a demo and of a country, beside a bare page of Django.

    python -m bench.web [--persons N] [--records N] [--rounds N] [--times N]

Lays the demo and a country of made-up people into fresh SQLite databases. Each round asks every
page of a provider of about 20 persons in both, one database after the other, so that what else
the machine does falls on both alike; the processor's own time is counted, in this process,
through the whole of Django. The bare page stands behind the same middleware and draws 20 persons
of one query with a plain template. Prints for each page the median over the rounds of its p50
and p95, the ratio of the country to the demo, and the ratio to the bare page of the same round.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_DAY = "2026-10-20"
_MONTH = "2026-10"
_COUNTRY_MONTHS = "2026-09..2026-10"
_PAGES = {
    "today": ("today/", "delivery.record"),
    "people": ("people/", "people.read"),
    "person": ("people/{person}/", "people.read"),
    "work list": ("work/", "plans.read"),
    "months": ("months/", "billing.read"),
    "month board": (f"months/{_MONTH}/", "billing.read"),
    "overview": ("overview/", "billing.read"),
}
_LISTS = {"people"}
_USUAL_SIZE = 20
"""Persons of the provider whose pages are asked, as near as there is one."""


def main() -> None:
    """Lay both databases, measure in rounds, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=10_000)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--times", type=int, default=20, help="requests of a page in a round")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        print(json.dumps(measure(given)))
        return
    with tempfile.TemporaryDirectory() as folder:
        sizes = {"demo": Path(folder) / "demo", "country": Path(folder) / "country"}
        for size, data in sizes.items():
            data.mkdir()
            lay(size, data, given)
        found: dict[str, list[dict[str, Any]]] = {size: [] for size in sizes}
        for _ in range(given.rounds):
            for size, data in sizes.items():
                found[size].append(ask(size, data, given))
    tell(found, given)


def _environment(data: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return kept | {
        "TUGIPLAAN_DATA": str(data),
        "TUGIPLAAN_TODAY": _DAY,
        "TUGIPLAAN_SECOND_STEP": "0",
        "DJANGO_SETTINGS_MODULE": "tugiplaan.config.settings",
    }


def lay(size: str, data: Path, given: argparse.Namespace) -> None:
    """Lay the demo or the country."""
    tool = str(Path(sys.executable).with_name("tugiplaan"))
    commands = {
        "demo": [[tool, "demo", "--today", _DAY]],
        "country": [
            [tool, "migrate", "--quiet"],
            [tool, "sample", "--country", "--persons", str(given.persons), "--records",
             str(given.records), "--months", _COUNTRY_MONTHS],
        ],
    }  # fmt: skip
    for command in commands[size]:
        subprocess.run(command, env=_environment(data), check=True, stdout=subprocess.DEVNULL)


def ask(size: str, data: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Measure one round in a process of its own."""
    command = [sys.executable, "-m", "bench.web", "--inside", size, "--times", str(given.times)]
    done = subprocess.run(
        command, env=_environment(data), check=True, stdout=subprocess.PIPE, text=True
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """Ask every page of one database; give p50, p95, queries and bytes of each."""
    import django

    django.setup()
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.bare"
    client, paths = _visitor()
    found = {"bare": _measured(client, "/bare/", given.times)}
    for name, path in paths.items():
        found[name] = _measured(client, path, given.times)
    return found


def _visitor() -> tuple[Any, dict[str, str]]:
    """Log a director of a provider of usual size in; give the pages to ask."""
    from datetime import date

    from django.test import Client

    from tugiplaan.accounts.actions import GrantTerms, NewUser, add_user, grant, operator
    from tugiplaan.accounts.queries import users_who_may_log_in
    from tugiplaan.people.queries import persons_of
    from tugiplaan.providers.queries import provider_ids

    # A provider of the same size in both databases: what differs is all that lies around it.
    sizes = {pk: persons_of(pk).count() for pk in provider_ids()}
    provider_id = min(sizes, key=lambda pk: (abs(sizes[pk] - _USUAL_SIZE), str(pk)))
    email = "bench@example.ee"
    day = date.fromisoformat(_DAY)
    user = next((one for one in users_who_may_log_in() if one.email == email), None)
    if user is None:
        by = operator()
        user = add_user(provider_id=provider_id, newcomer=NewUser(email, "Bench"), by=by, on=day)
        terms = GrantTerms("director", provider_id, date(2024, 1, 1), reason="bench")
        grant(user=user, terms=terms, by=by, on=day)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    person = persons_of(provider_id)[0].pk
    paths = {
        name: f"/{provider_id}/{path.format(person=person)}" for name, (path, _) in _PAGES.items()
    }
    return client, paths


def _measured(client: Any, path: str, times: int) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
    queries = len(asked)  # now: the next request empties the log
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")
    spent = sorted(_spent(lambda: client.get(path)) for _ in range(times))
    return {
        "p50": statistics.median(spent),
        "p95": spent[min(len(spent) - 1, round(len(spent) * 0.95))],
        "queries": queries,
        "bytes": len(answer.content),
    }


def _spent(do: Callable[[], object]) -> float:
    begun = time.process_time()
    do()
    spent: float = (time.process_time() - begun) * 1000
    return spent


def tell(found: dict[str, list[dict[str, Any]]], given: argparse.Namespace) -> None:
    """Print the medians over the rounds, and the ratios."""

    def median(size: str, name: str, what: str) -> float:
        return float(statistics.median(one[name][what] for one in found[size]))

    print(f"{given.rounds} rounds of {given.times} requests; country: {given.persons} persons, ")
    print(f"{given.records} records. CPU milliseconds: p50 / p95; queries; kB of HTML")
    print(f"{'page':<13}{'demo':>18}{'country':>18}{'ratio':>8}{'to bare':>9}  queries    kB")
    for name in ["bare", *_PAGES]:
        demo, country = median("demo", name, "p50"), median("country", name, "p50")
        bare = statistics.median(
            one[name]["p50"] / one["bare"]["p50"] for size in found for one in found[size]
        )
        print(
            f"{name:<13}{demo:>8.1f} /{median('demo', name, 'p95'):>7.1f}"
            f"{country:>9.1f} /{median('country', name, 'p95'):>7.1f}"
            f"{country / demo:>8.2f}{bare:>9.2f}"
            f"{median('demo', name, 'queries'):>5.0f} {median('country', name, 'queries'):>3.0f}"
            f"{median('country', name, 'bytes') / 1000:>7.0f}"
            f"{'  (list)' if name in _LISTS else ''}"
        )


if __name__ == "__main__":
    main()
