"""Services with a minimum volume of hours: was a month used, and what does it pay."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from tugiplaan.rules.explanation import Step
from tugiplaan.rules.facts import HourRecord, StateContract
from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.period import Month, Span, clip
from tugiplaan.rules.services import ServiceKind
from tugiplaan.rules.stays.portions import HOSPITAL_SECTION, Portion
from tugiplaan.rules.stays.presence import Presence
from tugiplaan.rules.stays.year import YearCount
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import AbsenceKind, FindingCode, Kind, TeMinimum

NON_USE_SECTION = "SHS § 79(3) p 1, § 79(4)"


class MonthLedger(NamedTuple):
    """What one person has used of the yearly limits of months of one service."""

    non_use: YearCount
    hospital: YearCount

    @classmethod
    def empty(cls, contract: StateContract) -> "MonthLedger":
        return cls(YearCount(contract.absence_year), YearCount(contract.absence_year))


class Verdict(NamedTuple):
    """What became of one month of a service with a minimum volume.

    Attributes:
        kind: `full` used, `part` not tested, `hospital` or `below_minimum`.
        problem: Why the month is not payable; None: it is.
    """

    kind: Kind
    problem: FindingCode | None = None


@dataclass(frozen=True, slots=True)
class HourMonth:
    """One month of a service with a minimum volume.

    Attributes:
        portions: What its unblocked days pay.
        verdict: What became of the month.
        minutes: Minutes that count toward the minimum.
        minimum: The minimum, minutes.
        over_from: First day of the month that ended the service; None: it goes on.
        relies_on: The last month before the complete facts that was taken as used and on
            which the verdict rests; None: there is none.
    """

    portions: list[Portion]
    verdict: Verdict
    minutes: int
    minimum: DatedValue
    over_from: date | None = None
    relies_on: Month | None = None


def hours(minutes: int) -> Fraction:
    """Write minutes as hours of sixty minutes.

    >>> hours(210)
    Fraction(7, 2)
    """
    return Fraction(minutes, 60)


def counts(record: HourRecord, kind: ServiceKind) -> bool:
    """Tell whether a record counts toward the minimum volume.

    Law: SHS §§ 90(3), 93(6), 96(6); open point A-27; reading 4.
    """
    return (
        record.is_direct
        and record.audience in kind.counted
        and record.activity not in kind.not_counted
    )


def hour_month(
    presence: Presence, month: Month, law: Law, contract: StateContract, ledger: MonthLedger
) -> HourMonth:
    """Decide a month of daily-life support, work support or supported living.

    Args:
        presence: The referral's stay.
        month: The month.
        law: The dated law.
        contract: Settings: since when the facts are complete, the year, the weekly test.
        ledger: What the person used of the yearly limits before; the months of this referral
            are added. Referrals of a service must come in the order of their first day.

    Returns:
        The month. Its portions hold every unblocked day of the stay in it once.

    Law: SHS §§ 79(3)–(4), 80(1) p 1, 90(3), 93(6), 96(6); rules R-03, R-06, R-12; reading 4.
    """
    known_from = contract.history_from or month.first
    first = _first_known(presence, known_from, month)
    minutes = _minutes_by_month(presence, first, month)
    row = _Row(presence, law, ledger)
    verdict = Verdict(Kind.PART)
    past = first
    while past <= month:
        verdict = row.judge(past, minutes.get(past, 0))
        past = past.plus(1)
    relies_on = None
    if verdict.kind is Kind.BELOW_MINIMUM and row.in_a_row == _months_since(first, month):
        before = first.plus(-1)
        if presence.stay and presence.stay[0] < before.span[1]:
            relies_on = before
    given, minimum = minutes.get(month, 0), law.term(presence.referral.kind.minimum, month.first)
    volume = _Volume(given, minimum)
    portions = _portions(presence, month, law, contract, (verdict, volume))
    return HourMonth(portions, verdict, given, minimum, row.over_from, relies_on)


class _Volume(NamedTuple):
    """Minutes given in a month, and the minimum."""

    given: int
    minimum: DatedValue

    def step(self, code: str, section: str, reading: str = "") -> Step:
        least = int(self.minimum.value)
        numbers = (("given", hours(self.given)), ("least", hours(least)))
        return Step(code, numbers, (self.minimum,), section, reading)


def _first_known(presence: Presence, known_from: date, month: Month) -> Month:
    """Find the first month of the stay whose facts are complete; the one settled at the latest."""
    stay = presence.stay
    begun = Month.of(date.fromordinal(stay[0])) if stay else month
    known = Month.of(known_from)
    if known_from != known.first:
        known = known.plus(1)
    return min(max(begun, known), month)


def _months_since(first: Month, month: Month) -> int:
    return (month.year - first.year) * 12 + month.month - first.month + 1


def _minutes_by_month(presence: Presence, first: Month, last: Month) -> dict[Month, int]:
    """Add up the counted minutes of each month; records outside the stay never count."""
    stay, kind = presence.stay, presence.referral.kind
    found: dict[Month, int] = {}
    if stay is None:
        return found
    from_day = max(first.first, date.fromordinal(stay[0]))
    to_day = min(last.last, date.fromordinal(stay[1] - 1))
    counted, not_counted = kind.counted, kind.not_counted
    month, total = first, 0
    start, end = from_day, from_day
    # Unpacked, because this loop sees every hour record of a country's month.
    for _, day, _, minutes, _, audience, activity, is_direct, times in presence.referral.hours:
        if not is_direct or audience not in counted or not from_day <= day <= to_day:
            continue
        if activity in not_counted:
            continue
        if not start <= day < end:
            found[month] = found.get(month, 0) + total
            month, total = Month.of(day), 0
            start, end = month.first, month.plus(1).first
        total += minutes * times
    found[month] = found.get(month, 0) + total
    return found


class _Row:
    """Months of one referral in their order: how many in a row were not used."""

    def __init__(self, presence: Presence, law: Law, ledger: MonthLedger) -> None:
        self.in_a_row = 0
        self.over_from: date | None = None
        self._presence = presence
        self._law = law
        self._ledger = ledger

    def judge(self, month: Month, minutes: int) -> Verdict:
        """Say what became of the next month."""
        over = FindingCode.SERVICE_OVER if self.over_from is not None else None
        if not self._presence.covers(month.span):
            return Verdict(Kind.PART, over)
        kind = self._presence.referral.kind
        if minutes >= self._law.number(kind.minimum, month.first):
            self.in_a_row = 0
            return Verdict(Kind.FULL, over)
        stays = in_patient_days(self._presence, month)
        if stays:
            return Verdict(Kind.HOSPITAL, over or self._hospital_problem(month, stays))
        return Verdict(Kind.BELOW_MINIMUM, over or self._non_use_problem(month))

    def _hospital_problem(
        self, month: Month, stays: dict[AbsenceKind, list[Span]]
    ) -> FindingCode | None:
        if AbsenceKind.HOSPITAL not in stays:
            return None  # tuberculosis treatment is paid to its end, SHS § 79(3) p 3
        limit = self._law.number("hospital_months_in_year", month.first)
        if self._ledger.hospital.before_month(month) + 1 > limit:
            return FindingCode.HOSPITAL_LIMIT
        self._ledger.hospital.add(month.first)
        return None

    def _non_use_problem(self, month: Month) -> FindingCode | None:
        stem = self._presence.referral.kind.stem
        if all(value for _, _, value in self._law.rates.spans(stem, month.span)):
            self.in_a_row += 1
        if self.in_a_row > self._law.number("non_use_months_in_row", month.first):
            self.over_from = month.first
            return FindingCode.SERVICE_OVER
        limit = self._law.number("non_use_months_in_year", month.first)
        if self._ledger.non_use.before_month(month) + 1 > limit:
            return FindingCode.NON_USE_LIMIT
        self._ledger.non_use.add(month.first)
        return None


def in_patient_days(presence: Presence, month: Month) -> dict[AbsenceKind, list[Span]]:
    """Find the days of a month that the person spent in hospital, by kind, within the stay."""
    found: dict[AbsenceKind, list[Span]] = {}
    if presence.stay is None:
        return found
    for row in presence.referral.absences:
        if row.kind is AbsenceKind.ABSENT:
            continue
        days = (row.first_day.toordinal(), row.last_day.toordinal() + 1)
        for span in clip(clip([days], presence.stay), month.span):
            found.setdefault(row.kind, []).append(span)
    return found


def _portions(
    presence: Presence,
    month: Month,
    law: Law,
    contract: StateContract,
    judged: tuple[Verdict, _Volume],
) -> list[Portion]:
    (kind, problem), volume = judged
    if kind is Kind.PART:
        spans = clip(list(presence.open), month.span)
        return [Portion(span, kind, problem=problem) for span in spans]
    if presence.referral.kind.is_weekly and contract.te_minimum is TeMinimum.WEEK_BY_WEEK:
        return _weekly_portions(presence, month, law, Verdict(kind, problem))
    if kind is Kind.FULL:
        note = volume.step("volume_met", presence.referral.kind.section)
        return [Portion(month.span, kind, problem=problem, notes=(note,))]
    if kind is Kind.HOSPITAL:
        note = volume.step("hospital_month", HOSPITAL_SECTION, "A-06")
        return [Portion(month.span, kind, "hospital_share", problem, notes=(note,))]
    note = volume.step("non_use_month", NON_USE_SECTION, "A-28")
    share = "below_minimum_share"
    return [Portion(month.span, Kind.BELOW_MINIMUM, share, problem, notes=(note,))]


def _weekly_portions(presence: Presence, month: Month, law: Law, verdict: Verdict) -> list[Portion]:
    """Test a month of supported living week by week: short weeks pay less, the rest in full."""
    problem = verdict.problem
    short = Kind.HOSPITAL if verdict.kind is Kind.HOSPITAL else Kind.BELOW_MINIMUM
    share = "hospital_share" if short is Kind.HOSPITAL else "below_minimum_share"
    week_days = law.number("te_week_days", month.first)
    weeks = law.number("te_weeks_in_month", month.first)
    least = law.number("minimum_minutes_te_week", month.first)
    minutes = [0] * weeks
    kind = presence.referral.kind
    for record in presence.referral.hours:
        week = (record.day.day - 1) // week_days
        if Month.of(record.day) == month and week < weeks and counts(record, kind):
            minutes[week] += record.minutes * record.times
    first, end = month.span
    portions: list[Portion] = []
    for week, given in enumerate(minutes):
        span = (first + week * week_days, first + (week + 1) * week_days)
        if given >= least:
            portions.append(Portion(span, Kind.FULL, problem=problem))
            continue
        numbers = (("week", week + 1), ("given", hours(given)), ("least", hours(least)))
        note = Step("short_week", numbers, section="SHS § 96(6)", reading="A-04")
        portions.append(Portion(span, short, share, problem, notes=(note,)))
    tail = (first + weeks * week_days, end)
    if tail[0] < tail[1]:
        portions.append(Portion(tail, Kind.FULL, problem=problem))
    return portions
