"""Closed lists of codes, and what people see in their place in every language."""

from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def labels() -> dict[str, Any]:
    """Read the labels of codes: by the name of the list, the code and the language."""
    path = resources.files("tugiplaan.rules").joinpath("data", "labels.yaml")
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def label(code: StrEnum, language: str) -> str:
    """Give what people see in the place of a code.

    Args:
        code: A member of one of the lists of `rules`.
        language: One of `rules.explanation.LANGUAGES`.

    Raises:
        KeyError: The list has no labels.

    >>> label(Service.OEH, "et")
    'ööpäevaringne erihooldusteenus'
    """
    return str(labels()[type(code).__name__][code.value][language])


def short_label(service: "Service", language: str) -> str:
    """Give the abbreviation by which people know a service.

    >>> short_label(Service.OEH, "et")
    'ÖEH'
    """
    return str(labels()["short"][service.value][language])


class Service(StrEnum):
    """The six statutory services, SHS § 151 p 5–9."""

    IET = "IET"
    TTT = "TTT"
    TE = "TE"
    KE = "KE"
    PNH = "PNH"
    OEH = "OEH"


class Variant(StrEnum):
    """Price variants of a service, R65 § 2."""

    PLAIN = ""
    AUT = "AUT"
    ER = "ER"
    AA = "AA"
    KM = "KM"
    INT = "INT"
    INTM = "INTM"


class SizeClass(StrEnum):
    """How many are served at once in a building or group, R65 § 2(5)–(6¹)."""

    GT12 = "GT12"
    LE12 = "LE12"
    G10 = "G10"
    G6 = "G6"


class AbsenceKind(StrEnum):
    """Why a person is away for full days, SHS § 79(3)."""

    ABSENT = "absent"
    HOSPITAL = "hospital"
    TUBERCULOSIS = "tuberculosis"


class DayKind(StrEnum):
    """A unit of day and week care: only the day, or day and night."""

    DAY = "day"
    OOP = "oop"


class Audience(StrEnum):
    """With whom the worker was."""

    PERSON = "person"
    FAMILY = "family"
    EMPLOYER = "employer"
    COWORKERS = "coworkers"
    PROVIDER = "provider"


class Mode(StrEnum):
    """Alone or in a group."""

    INDIVIDUAL = "individual"
    GROUP = "group"


class Tier(StrEnum):
    """Base components plan and coordinate; additional ones hold the content work."""

    BASE = "base"
    ADDITIONAL = "additional"


class GroupPrice(StrEnum):
    """Who pays the hour of a group."""

    PER_PARTICIPANT = "per_participant"
    SPLIT = "split"
    ONCE = "once"


class IncrementRounding(StrEnum):
    """How minutes become increments."""

    NEAREST = "nearest"
    UP = "up"
    DOWN = "down"


class CeilingPeriod(StrEnum):
    """The period over which a component's ceiling counts."""

    CALENDAR_YEAR = "calendar_year"
    MONTH = "month"


class PartMonthDenominator(StrEnum):
    """What the days of a part month are divided by."""

    CALENDAR_DAYS = "calendar_days"
    THIRTY = "thirty"


class AbsenceYear(StrEnum):
    """What "within one year" of SHS § 79(3) means."""

    ROLLING = "rolling_12_months"
    CALENDAR = "calendar_year"


class TeMinimum(StrEnum):
    """How the two hours a week of supported living are tested."""

    MONTH_TOTAL = "month_total"
    WEEK_BY_WEEK = "week_by_week"


class VolumeUnit(StrEnum):
    """What the volume of a referral counts."""

    H_MONTH = "h_month"
    H_WEEK = "h_week"
    DAY_MONTH = "day_month"
    OOP_MONTH = "oop_month"


class EndReason(StrEnum):
    """Why a service ended under a referral."""

    TERM = "term"
    PERSON_WISH = "person_wish"
    NON_USE = "non_use"
    MOVED = "moved"
    DEATH = "death"
    CONTRACT_END = "contract_end"
    DECISION_ANNULLED = "decision_annulled"
    COURT_ENDED = "court_ended"


class TargetGroup(StrEnum):
    """Whom a licence for round-the-clock care names, SHS § 154."""

    ORDINARY = "ordinary"
    ER = "er"
    AA = "aa"
    KM = "km"
    AUT = "aut"


class Unit(StrEnum):
    """What the quantity of a line counts."""

    DAY = "day"
    OOP = "oop"
    HOUR = "h"


class Kind(StrEnum):
    """What a line pays for, in the order that decides ties of rounding."""

    FULL = "full"
    PART = "part"
    DAY = "day"
    OOP = "oop"
    NEW_PLACE = "new_place"
    ABSENCE = "absence"
    HOSPITAL = "hospital"
    BELOW_MINIMUM = "below_minimum"
    UNUSED_DAY = "unused_day"
    NO_SHOW = "no_show"
    EMPTY_PLACE = "empty_place"
    COMPONENT = "component"

    @property
    def rank(self) -> int:
        return _RANK[self]


_RANK = {kind: rank for rank, kind in enumerate(Kind)}


class Severity(StrEnum):
    """Whether a finding holds money back, wants a look, or only says how it was counted."""

    BLOCKS = "blocks"
    WARNING = "warning"
    INFO = "info"


class FindingCode(StrEnum):
    """Every reason why something is not paid, may not be, or was read in a certain way."""

    RATE_MISSING = "RATE_MISSING"
    SHARE_MISSING = "SHARE_MISSING"
    LATE_ARRIVAL = "LATE_ARRIVAL"
    UNDER_AGE = "UNDER_AGE"
    OUT_OF_TERM = "OUT_OF_TERM"
    OVERLAP = "OVERLAP"
    LEGACY_REFERRAL = "LEGACY_REFERRAL"
    SERVICE_OVER = "SERVICE_OVER"
    HOSPITAL_UNCONFIRMED = "HOSPITAL_UNCONFIRMED"
    PARALLEL_COMPONENT = "PARALLEL_COMPONENT"
    PRICE_MISSING = "PRICE_MISSING"
    PRICE_UNCONFIRMED = "PRICE_UNCONFIRMED"
    BASE_CONTENT_WORK = "BASE_CONTENT_WORK"
    NO_COMPONENT_CONTRACT = "NO_COMPONENT_CONTRACT"
    OVER_CAP = "OVER_CAP"
    OVER_CEILING = "OVER_CEILING"
    ABSENCE_LIMIT = "ABSENCE_LIMIT"
    HOSPITAL_LIMIT = "HOSPITAL_LIMIT"
    BELOW_MINIMUM = "BELOW_MINIMUM"
    NON_USE_LIMIT = "NON_USE_LIMIT"
    UNUSED_DAYS = "UNUSED_DAYS"
    NO_SHOW_PENDING = "NO_SHOW_PENDING"
    NOTICE_DUE = "NOTICE_DUE"
    CAPACITY = "CAPACITY"
    LICENCE = "LICENCE"
    DOUBLE_BOOKING = "DOUBLE_BOOKING"
    PART_MONTH_UNTESTED = "PART_MONTH_UNTESTED"
    SINGLE_DAY_AWAY = "SINGLE_DAY_AWAY"
    HISTORY_ASSUMED = "HISTORY_ASSUMED"
    OUTSIDE_STAY = "OUTSIDE_STAY"
    READING_USED = "READING_USED"

    @property
    def severity(self) -> Severity:
        return _SEVERITY[self]

    @property
    def rank(self) -> int:
        return _FINDING_RANK[self]


_FINDING_RANK = {code: rank for rank, code in enumerate(FindingCode)}
_FIRST_WARNING = _FINDING_RANK[FindingCode.OVER_CAP]
_FIRST_INFO = _FINDING_RANK[FindingCode.PART_MONTH_UNTESTED]
_SEVERITY = {
    code: Severity.BLOCKS
    if rank < _FIRST_WARNING
    else Severity.WARNING
    if rank < _FIRST_INFO
    else Severity.INFO
    for code, rank in _FINDING_RANK.items()
}
