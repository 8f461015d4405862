"""Knows how visits of the hourly services look and writes them, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tugiplaan.sample.referrals import Referral
from tugiplaan.sample.scene import Scene
from tugiplaan.sample.workers import Diary, Slot, Worker, clock

# Whom a visit was for, and what was done.
_DONE: dict[str, tuple[tuple[str, str], ...]] = {
    "IET": (
        ("person", "igapäevatoimingud"), ("person", "rahaasjad"), ("person", "suhtlemine"),
        ("person", "tervis"), ("person", "vaba aeg"), ("person", "asjaajamine"),
        ("family", "nõustamine"),
    ),
    "TTT": (
        ("person", "töövõtted"), ("person", "töökoht"), ("person", "tööharjumus"),
        ("person", "töötee"), ("employer", "tööandja"), ("coworkers", "töökaaslased"),
    ),
    "TE": (
        ("person", "majapidamine"), ("person", "söögitegemine"), ("person", "rahaasjad"),
        ("person", "suhtlemine"), ("person", "asjaajamine"),
    ),
}  # fmt: skip
# Work that is written down but does not count: whom for, what, and whether it was direct service.
_BESIDES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "IET": (("person", "dokumendid", "no"), ("family", "telefonikõne", "no")),
    "TTT": (("person", "job_finding", "yes"), ("employer", "job_finding", "yes")),
    "TE": (("person", "dokumendid", "no"), ("family", "telefonikõne", "no")),
}
_BESIDES_SHARE = 0.1
_UNTIMED_SHARE = 0.06
# Comfortably above what a month needs, so that only planted months fall short.
_MONTH_MINUTES = {"IET": 270, "TTT": 270, "TE": 510, "IET_AUT": 7350}
_NATURAL_VISITS = {"IET": (5, 8), "TTT": (4, 7), "TE": (8, 11)}
_PERSONS_OF_A_WORKER = 9
_THIN_VISITS = 2
_THIN_MINUTES = 45


@dataclass
class Care:
    """Who visits whom, under which referral and when.

    Attributes:
        referral: The referral the visits belong to.
        worker: Who goes.
        diary: The person's diary, shared by all services of the person.
        until: The last day with visits, or `None` for the last day of the stay.
        thin: The months (by their place in the span) with far too few visits.
    """

    referral: Referral
    worker: Worker
    diary: Diary = field(default_factory=dict)
    until: date | None = None
    thin: frozenset[int] = frozenset()


def care_under(scene: Scene, referral: Referral) -> Care:
    """Give a referral a worker.

    Args:
        scene: What is shared.
        referral: A referral to an hourly service.

    Returns:
        Ordinary care under it.
    """
    if referral.variant == "AUT":
        # Whole days together: such a worker has nobody else.
        return Care(referral, scene.staff.assign("IET_AUT", persons=1))
    return Care(referral, scene.staff.assign(referral.service, persons=_PERSONS_OF_A_WORKER))


def write_hours(scene: Scene, care: Care, *, share: float = 1.0) -> None:
    """Write the visits of the settled month and its history.

    Args:
        scene: What is shared.
        care: Whose visits.
        share: The part of the person's records that belongs to this service.
    """
    first, last = care.referral.first_day, care.until or care.referral.last_day
    low, high = _NATURAL_VISITS[care.referral.service]
    natural = sum(scene.rng.randint(low, high) for _ in scene.span.months)
    visits = max(len(scene.span.months), round(scene.pace.rows(natural) * share))
    for index, month in enumerate(scene.span.months):
        days = [day for day in month.workdays if first <= day <= last]
        if not days:
            continue
        if index in care.thin:
            _write_thin_month(scene, care, days)
            continue
        of_month = (index + 1) * visits // 3 - index * visits // 3
        if care.referral.variant == "AUT":
            of_month = len(month.workdays)
        part = len(days) / len(month.workdays)
        _write_month(scene, care, days, (of_month, round(of_month * part) or 1))


def _write_thin_month(scene: Scene, care: Care, days: Sequence[date]) -> None:
    rng, what = scene.rng, _DONE[care.referral.service]
    for day in sorted(rng.sample(days, min(_THIN_VISITS, len(days)))):
        audience, activity = rng.choice(what)
        write_visit(scene, care, day, (_THIN_MINUTES, audience, activity, "yes"), is_timed=True)


def _write_month(scene: Scene, care: Care, days: Sequence[date], counts: tuple[int, int]) -> None:
    """Write the visits of a month, given their number in a full month and on these days."""
    full, visits = counts
    rng, service = scene.rng, care.referral.service
    is_autism = care.referral.variant == "AUT"
    done, besides = _DONE[service], _BESIDES[service]
    are_besides = [not is_autism and rng.random() < _BESIDES_SHARE for _ in range(visits)]
    are_besides[0] = False
    goal = _MONTH_MINUTES["IET_AUT" if is_autism else service]
    counted = max(1, full - sum(are_besides))
    base = max(30, -(-goal // (15 * counted)) * 15)
    spread = 1 if is_autism else 4
    for day, is_beside in zip(_visit_days(scene, days, visits), are_besides, strict=True):
        if is_beside:
            audience, activity, direct = besides[int(rng.random() * len(besides))]
            write_visit(scene, care, day, (30, audience, activity, direct))
        else:
            minutes = base + 15 * int(rng.random() * spread)
            audience, activity = done[int(rng.random() * len(done))]
            write_visit(scene, care, day, (minutes, audience, activity, "yes"))


def _visit_days(scene: Scene, days: Sequence[date], visits: int) -> list[date]:
    rounds, rest = divmod(visits, len(days))
    return sorted([*days] * rounds + scene.rng.sample(days, rest))


def write_visit(
    scene: Scene,
    care: Care,
    day: date,
    what: tuple[int, str, str, str],
    *,
    is_timed: bool = False,
) -> None:
    """Write one visit at the next time that suits worker and person.

    Args:
        scene: What is shared.
        care: Whose visit.
        day: On which day.
        what: Minutes, whom it was for, what was done, whether it was direct service.
        is_timed: Whether the start is noted for certain; else the worker forgets it now and then.
    """
    start = scene.staff.book(care.worker, care.diary, day, what[0])
    if not is_timed and scene.rng.random() < _UNTIMED_SHARE:
        start = None
    if start is not None and day >= scene.span.settled.first:
        care.worker.slots.append(Slot(care.referral.person, day, start))
    _write_row(scene, care, (day, start), what)


def write_double_booking(scene: Scene, care: Care) -> str | None:
    """Write a visit at a time when the worker is already with somebody.

    Args:
        scene: What is shared.
        care: Whose visit.

    Returns:
        The person the worker was with: another one if there is such a visit, else the same;
        `None` when the worker has no timed visit in the settled month and nothing was written.
    """
    person = care.referral.person
    mine = {slot.day for slot in care.worker.slots if slot.person == person}
    others = [s for s in care.worker.slots if s.person != person and s.day not in mine]
    if not care.worker.slots:
        return None
    slot = scene.rng.choice(others or care.worker.slots)
    _write_row(scene, care, (slot.day, slot.start), (30, "person", "asjaajamine", "yes"))
    return slot.person


def _write_row(
    scene: Scene,
    care: Care,
    when: tuple[date, int | None],
    what: tuple[int, str, str, str],
) -> None:
    minutes, audience, activity, direct = what
    day, start = when
    scene.folder.add_plain(
        "hours",
        f"R{scene.folder.rows['hours'] + 1:06d},{care.referral.code},{day.isoformat()},"
        f"{clock(start)},{minutes},{care.worker.code},{audience},{activity},{direct}",
    )
