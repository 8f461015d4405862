"""Isolation of a person in a safe room: how long, on what conditions, with what protocol."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from tugiplaan.rules.explanation import Shown, Step
from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Service


class IsolationIssue(StrEnum):
    """What is wrong with an isolation, the gravest first."""

    OTHER_SERVICE = "other_service"
    DOCTOR_EXCLUDED = "doctor_excluded"
    NO_DIRECT_DANGER = "no_direct_danger"
    NOT_CALMED_FIRST = "not_calmed_first"
    TOO_LONG = "too_long"
    SOON_TOO_LONG = "soon_too_long"
    NOT_SUPERVISED = "not_supervised"
    NOBODY_CALLED = "nobody_called"
    NO_DECISION = "no_decision"
    REPRESENTATIVE_NOT_TOLD = "representative_not_told"
    PROTOCOL_INCOMPLETE = "protocol_incomplete"
    NOT_EXPLAINED = "not_explained"


@dataclass(frozen=True, slots=True)
class Protocol:
    """The written protocol; where there was nothing to say, that is written.

    Attributes:
        first_name: First name of the isolated person.
        last_name: Last name of the isolated person.
        started: Start as written.
        ended: End as written.
        prior_situation: What happened before, in detail.
        calming_means: What was tried to calm the person.
        reasons: Why the person was isolated.
        decided_by: Who decided.
        injuries: Injuries of the person or of workers.
        damage: Damage to rooms or furnishing.
    """

    first_name: str = ""
    last_name: str = ""
    started: str = ""
    ended: str = ""
    prior_situation: str = ""
    calming_means: str = ""
    reasons: str = ""
    decided_by: str = ""
    injuries: str = ""
    damage: str = ""


@dataclass(frozen=True, slots=True)
class Isolation:
    """One isolation and what was done around it.

    Attributes:
        service: The service that the person receives.
        started_at: Start, with its time zone.
        ended_at: End, with its time zone; None while it lasts.
        supervised_by: Who watched the person all the time.
        is_direct_danger: There was direct danger to life, body or freedom from the person.
        was_calmed_first: Words, or means that a doctor named, were tried and not enough.
        is_excluded_by_doctor: A doctor is known to have excluded isolation for the person.
        called: Ambulance or police were called.
        has_decision: A written decision with reasons exists.
        has_representative: The person has a legal representative.
        representative_told: The representative was told.
        was_explained: Its purpose and reason were explained to the person afterwards.
        protocol: The protocol.
    """

    service: Service
    started_at: datetime
    ended_at: datetime | None
    supervised_by: str = ""
    is_direct_danger: bool = False
    was_calmed_first: bool = False
    is_excluded_by_doctor: bool = False
    called: bool = False
    has_decision: bool = False
    has_representative: bool = False
    representative_told: bool = False
    was_explained: bool = False
    protocol: Protocol = Protocol()


@dataclass(frozen=True, slots=True)
class IsolationReview:
    """What a look at an isolation found.

    Attributes:
        minutes: How long it lasted, or has lasted so far.
        minutes_left: Minutes to the limit; negative above it.
        issues: What is wrong, each with its step; empty: nothing was found.
        missing_fields: Fields of the protocol that are empty.
    """

    minutes: Fraction
    minutes_left: Fraction
    issues: tuple[tuple[IsolationIssue, Step], ...]
    missing_fields: tuple[str, ...]

    @property
    def codes(self) -> tuple[IsolationIssue, ...]:
        return tuple(issue for issue, _ in self.issues)


def minutes_between(started_at: datetime, ended_at: datetime) -> Fraction:
    """Count the minutes that passed, also over a change of the clocks.

    Args:
        started_at: Start, with its time zone.
        ended_at: End, with its time zone.

    Raises:
        ValueError: A time has no time zone, or the end lies before the start.
    """
    if started_at.tzinfo is None or ended_at.tzinfo is None:
        raise ValueError("an isolation needs times with a time zone")
    # Times of one zone are subtracted as the wall shows them; in UTC an hour stays an hour.
    passed = ended_at.astimezone(UTC) - started_at.astimezone(UTC)
    if passed < timedelta(0):
        raise ValueError(f"an isolation cannot end before it starts: {started_at}, {ended_at}")
    tick = timedelta.resolution
    return Fraction(passed // tick, timedelta(minutes=1) // tick)


def missing_fields(protocol: Protocol, *, is_over: bool) -> tuple[str, ...]:
    """Name the fields of a protocol that are empty.

    Args:
        protocol: The protocol.
        is_over: The isolation has ended; before that its end may be empty.

    Law: SHS § 107(8).

    >>> missing_fields(Protocol(first_name="Mari", ended=" "), is_over=True)[:3]
    ('last_name', 'started', 'ended')
    """
    return tuple(
        field.name
        for field in fields(protocol)
        if not getattr(protocol, field.name).strip() and (is_over or field.name != "ended")
    )


def review(isolation: Isolation, now: datetime, law: Law) -> IsolationReview:
    """Say what is wrong with an isolation, while it lasts or afterwards.

    Args:
        isolation: The isolation.
        now: The moment from which one looks, with its time zone.
        law: The dated law.

    Returns:
        What was found, the gravest first. Exactly the longest time is still allowed; the
        warning comes half an hour ahead, while it lasts only. Papers are asked for when
        it is over.

    Raises:
        NotInForceError: A term was not in force on the day of the start.
        ValueError: A time has no time zone, or the end lies before the start.

    Law: rule R-21; SHS §§ 106–107.
    """
    day = isolation.started_at.date()
    limit = law.term("isolation_minutes", day)
    alert = law.term("isolation_alert_minutes", day)
    is_over = isolation.ended_at is not None
    minutes = minutes_between(isolation.started_at, isolation.ended_at or now)
    found = [
        *_grounds(isolation),
        *_time(minutes, limit, alert, is_over=is_over),
        *_care(isolation),
        *(_papers(isolation) if is_over else []),
    ]
    empty = missing_fields(isolation.protocol, is_over=is_over)
    if empty and is_over:
        numbers = (("count", len(empty)),)
        found.append(_issue(IsolationIssue.PROTOCOL_INCOMPLETE, "SHS § 107(8)", numbers))
    order = list(IsolationIssue)
    found.sort(key=lambda issue: order.index(issue[0]))
    return IsolationReview(minutes, Fraction(limit.value) - minutes, tuple(found), empty)


type _Found = tuple[IsolationIssue, Step]


def _issue(
    issue: IsolationIssue,
    section: str,
    numbers: tuple[tuple[str, Shown], ...] = (),
    values: tuple[DatedValue, ...] = (),
) -> _Found:
    return issue, Step(f"isolation_{issue}", numbers, values, section)


def _grounds(isolation: Isolation) -> list[_Found]:
    """Look at the grounds: the service, the danger, milder means, a doctor's word."""
    checks = (
        (isolation.service is not Service.OEH, IsolationIssue.OTHER_SERVICE, "SHS §§ 106–107(1)"),
        (isolation.is_excluded_by_doctor, IsolationIssue.DOCTOR_EXCLUDED, "SHS § 107(4) p 3"),
        (not isolation.is_direct_danger, IsolationIssue.NO_DIRECT_DANGER, "SHS § 107(4) p 1"),
        (not isolation.was_calmed_first, IsolationIssue.NOT_CALMED_FIRST, "SHS § 107(4) p 2"),
    )
    return [_issue(issue, section) for is_wrong, issue, section in checks if is_wrong]


def _time(
    minutes: Fraction, limit: DatedValue, alert: DatedValue, *, is_over: bool
) -> list[_Found]:
    numbers: tuple[tuple[str, Shown], ...] = (("minutes", minutes), ("limit", limit.value))
    if minutes > limit.value:
        return [_issue(IsolationIssue.TOO_LONG, "SHS § 107(6)", numbers, (limit,))]
    if minutes >= alert.value and not is_over:
        return [_issue(IsolationIssue.SOON_TOO_LONG, "SHS § 107(6)", numbers, (limit, alert))]
    return []


def _care(isolation: Isolation) -> list[_Found]:
    """Look at what must be so from the first minute on."""
    checks = (
        (not isolation.supervised_by.strip(), IsolationIssue.NOT_SUPERVISED, "SHS § 107(2)"),
        (not isolation.called, IsolationIssue.NOBODY_CALLED, "SHS § 107(5)"),
    )
    return [_issue(issue, section) for is_wrong, issue, section in checks if is_wrong]


def _papers(isolation: Isolation) -> list[_Found]:
    """Look at what must be done once it is over."""
    not_told = isolation.has_representative and not isolation.representative_told
    checks = (
        (not isolation.has_decision, IsolationIssue.NO_DECISION, "SHS § 107(7)"),
        (not_told, IsolationIssue.REPRESENTATIVE_NOT_TOLD, "SHS § 107(7)"),
        (not isolation.was_explained, IsolationIssue.NOT_EXPLAINED, "SHS § 107(9)"),
    )
    return [_issue(issue, section) for is_wrong, issue, section in checks if is_wrong]
