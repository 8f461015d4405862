"""Writes a whole sample month: sets the scene, plays every person, sums up."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from tugiplaan.sample.cast import Cast
from tugiplaan.sample.components import Cohort
from tugiplaan.sample.contract import contract_text
from tugiplaan.sample.events import Event
from tugiplaan.sample.folder import Folder
from tugiplaan.sample.months import Month, Span
from tugiplaan.sample.people import Register
from tugiplaan.sample.prices import write_prices
from tugiplaan.sample.scene import Scene

_MOST_RECORDS_PER_PERSON = 60
# Day care as a service of its own begins the sample's time; legacy referrals of at most ten years,
# issued before it, end it.
_EARLIEST = (2025, 1)
_LATEST = (2032, 12)


@dataclass(frozen=True)
class SampleSummary:
    """What a sample month holds.

    Attributes:
        persons: How many people.
        unproblematic: How many of them no planted event blocks or warns about.
        rows: The rows of each file, by its name without `.csv`.
        events: How often each kind of event was planted.
    """

    persons: int
    unproblematic: int
    rows: Mapping[str, int]
    events: Mapping[Event, int]


def generate(
    *,
    persons: int,
    seed: int,
    month: tuple[int, int],
    out: Path,
    records_per_person: int | None = None,
) -> SampleSummary:
    """Write a month folder about invented people; the same arguments give the same bytes.

    Rows are written as they are made, so that memory hardly grows with the number of persons.

    Args:
        persons: How many people, at least 1; from 42 up every kind of event is there.
        seed: Any whole number; another seed gives other people.
        month: The year and the number of the month to be settled, from 2025-01 to 2032-12. Months
            without built-in rates can be written too.
        out: The folder to write; made when it is not there.
        records_per_person: The average number of rows in hours, days and components together for
            each person, from 1 to 60, history included; `None` for natural numbers. Persons
            whose service is paid by the month have none, the others so many more.

    Returns:
        What was written.

    Raises:
        ValueError: A number is out of its bounds.
        FolderNotEmptyError: `out` already holds something.
    """
    _check(persons, month, records_per_person)
    # Not secret, but repeatable: a cryptographic source could not give the same folder twice.
    rng = Random(seed)
    span = Span(Month(*month))
    with Folder(out) as folder:
        folder.write_text("contract.toml", contract_text(span))
        write_prices(folder)
        scene = Scene(rng, span, folder, Register(rng, persons))
        scene.pace.records_per_person = records_per_person
        cohort = Cohort(scene)
        cast = Cast(scene, cohort)
        for _ in range(persons):
            cast.play()
        cohort.flush()
        return _summary(scene)


def _check(persons: int, month: tuple[int, int], records_per_person: int | None) -> None:
    if persons < 1:
        raise ValueError(f"persons must be at least 1: {persons}")
    date(month[0], month[1], 1)
    if not _EARLIEST <= month <= _LATEST:
        raise ValueError(
            f"the month must lie from {Month(*_EARLIEST).label} to {Month(*_LATEST).label}: "
            f"{Month(*month).label}"
        )
    if records_per_person is None:
        return
    if not 1 <= records_per_person <= _MOST_RECORDS_PER_PERSON:
        raise ValueError(
            f"records_per_person must be from 1 to {_MOST_RECORDS_PER_PERSON}: {records_per_person}"
        )


def _summary(scene: Scene) -> SampleSummary:
    events = Counter(scene.tally.counts)
    if not scene.places.is_small_place_overfull:
        # With few persons one may have moved in without the other two.
        del events[Event.CAPACITY]
    events[Event.EMPTY_COURT_PLACE] = scene.folder.rows["empty_places"]
    persons = scene.pace.persons
    return SampleSummary(
        persons=persons,
        unproblematic=persons - len(scene.tally.troubled),
        rows=dict(scene.folder.rows),
        events={event: events[event] for event in Event if events[event]},
    )
