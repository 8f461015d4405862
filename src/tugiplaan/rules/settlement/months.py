"""One referral's month: what its stay pays, what is not payable, and what should be looked at."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from tugiplaan.rules.calendar import add_working_days
from tugiplaan.rules.explanation import Shown, Step
from tugiplaan.rules.facts import Facts, Finding, Line, Referral
from tugiplaan.rules.period import Month, Span, clip, intersect, without
from tugiplaan.rules.services import HOURS, UNITS
from tugiplaan.rules.settlement.drafts import (
    Books,
    Draft,
    denominator,
    draft_days,
    merge,
)
from tugiplaan.rules.settlement.lines import (
    problem_findings,
    readings_of,
    referral_lines,
)
from tugiplaan.rules.settlement.unit_drafts import no_show_unit_draft, unit_drafts
from tugiplaan.rules.stays import (
    Away,
    HourMonth,
    Ledger,
    MonthLedger,
    NoShow,
    Portion,
    Presence,
    YearCount,
    adaptation_ends,
    away_days,
    barred_days,
    blocked_portions,
    day_portions,
    hour_month,
    hours,
    is_too_new,
    is_under_age,
    no_show,
    non_use_of,
    out_of_term,
    unit_month,
)
from tugiplaan.rules.vocabulary import EndReason, FindingCode, Kind, Service, Unit


@dataclass(slots=True)
class Ledgers:
    """What one person has used of the yearly limits, service by service."""

    days: dict[Service, Ledger] = field(default_factory=dict)
    months: dict[Service, MonthLedger] = field(default_factory=dict)
    units: dict[Service, YearCount] = field(default_factory=dict)


class ReferralMonth(NamedTuple):
    """Lines and findings of one referral."""

    lines: list[Line]
    findings: list[Finding]


def settle_referral(
    presence: Presence, facts: Facts, books: Books, ledgers: Ledgers, found: list[Presence]
) -> ReferralMonth:
    """Settle one referral's month.

    Args:
        presence: The referral's stay.
        facts: The person's facts.
        books: Law, contract and surroundings.
        ledgers: What the person used of yearly limits under earlier referrals; added to.
        found: All presences of the person, in order.
    """
    family = presence.referral.kind.family
    month = books.month.span
    if presence.stay is None:
        return _never_came(presence.referral, facts, books, found)
    if presence.stay[0] >= month[1]:
        return ReferralMonth([], _outside(presence, facts, books))
    case = _Case(presence, facts, books)
    if family == HOURS:
        ledger = ledgers.months.get(presence.referral.service)
        if ledger is None:
            ledger = MonthLedger.empty(books.contract.state)
            ledgers.months[presence.referral.service] = ledger
        _settle_hours(case, ledger)
    elif family == UNITS:
        _settle_units(case, ledgers, found)
    else:
        day_ledger = ledgers.days.get(presence.referral.service)
        if day_ledger is None:
            day_ledger = Ledger.empty(books.contract.state)
            ledgers.days[presence.referral.service] = day_ledger
        _settle_days(case, day_ledger)
    return case.close()


@dataclass(slots=True)
class _Case:
    """The growing result of one referral's month."""

    presence: Presence
    facts: Facts
    books: Books
    drafts: list[Draft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def referral(self) -> Referral:
        return self.presence.referral

    @property
    def person(self) -> str:
        return self.facts.person.person

    def add_days(self, portions: list[Portion]) -> None:
        for portion in portions:
            of_days = denominator(portion.kind, self.books)
            if portion.kind in (Kind.ABSENCE, Kind.HOSPITAL) and not self.is_full:
                of_days = denominator(Kind.PART, self.books)
            self.drafts += draft_days(self.referral, portion, self.books, of_days)

    @property
    def is_full(self) -> bool:
        return self.presence.covers(self.books.month.span)

    def note(self, code: FindingCode, span: Span, *numbers: tuple[str, Shown]) -> None:
        self.findings.append(_finding(code, self.referral, self.person, span, numbers))

    def close(self) -> ReferralMonth:
        """Block a month with a day without a rate, then round, explain and say what is left."""
        drafts = _block_without_rate(self.drafts)
        payable = merge(draft for draft in drafts if draft.problem is None)
        lines = referral_lines(self.referral, self.person, payable, self.books)
        findings = problem_findings(
            self.referral, self.person, [draft for draft in drafts if draft.problem is not None]
        )
        findings += self.findings
        for line in lines:
            if reading := readings_of(line):
                span = (line.first_day.toordinal(), line.last_day.toordinal() + 1)
                finding = _finding(
                    FindingCode.READING_USED,
                    self.referral,
                    self.person,
                    span,
                    (("reading", reading),),
                )
                findings.append(replace(finding, line=line.line))
        findings += _outside(self.presence, self.facts, self.books)
        findings += _end_notice(self.referral, self.person, self.books)
        return ReferralMonth(lines, findings)


_BEFORE_RATE = frozenset(
    {
        FindingCode.UNDER_AGE,
        FindingCode.LATE_ARRIVAL,
        FindingCode.LEGACY_REFERRAL,
        FindingCode.OVERLAP,
        FindingCode.OUT_OF_TERM,
        FindingCode.SERVICE_OVER,
        FindingCode.NO_SHOW_PENDING,
    }
)


def _block_without_rate(drafts: list[Draft]) -> list[Draft]:
    """A day without a rate blocks the referral's month; what other rules hold back needs none."""
    if all(draft.rate is not None or draft.problem in _BEFORE_RATE for draft in drafts):
        return drafts
    return [
        draft if draft.problem in _BEFORE_RATE else replace(draft, problem=FindingCode.RATE_MISSING)
        for draft in drafts
    ]


def _finding(
    code: FindingCode,
    referral: Referral,
    person: str,
    span: Span,
    numbers: tuple[tuple[str, Shown], ...] = (),
) -> Finding:
    first, last = date.fromordinal(span[0]), date.fromordinal(span[1] - 1)
    return Finding(code, referral.referral, person, first, last, numbers=numbers)


def _settle_days(case: _Case, ledger: Ledger) -> None:
    """Community living and round-the-clock care."""
    presence, books = case.presence, case.books
    month = books.month
    away = away_days(presence, books.contract.state, books.law, ledger, month.span[1])
    case.add_days(blocked_portions(presence, month))
    case.add_days(day_portions(presence, away, month, books.law))
    case.drafts += _out_of_term_drafts(case)
    for day in away.single_days:
        if month.span[0] <= day:
            case.note(FindingCode.SINGLE_DAY_AWAY, (day, day + 1))
    _day_notices(case, away)
    history_from = books.contract.state.history_from or month.first
    stay_first = date.fromordinal(presence.stay[0]) if presence.stay else history_from
    if stay_first < history_from and any(month.span[0] <= day for day in away.days):
        case.note(FindingCode.HISTORY_ASSUMED, month.span, ("history_from", history_from))


def _out_of_term_drafts(case: _Case) -> list[Draft]:
    drafts: list[Draft] = []
    for span in out_of_term(case.referral, case.books.month.span):
        portion = Portion(span, Kind.PART, problem=FindingCode.OUT_OF_TERM)
        of_days = denominator(Kind.PART, case.books)
        drafts += draft_days(case.referral, portion, case.books, of_days)
    return drafts


def _day_notices(case: _Case, away: Away) -> None:
    """What the authority must be told about absence."""
    first, end = case.books.month.span
    if away.over_from is not None and first <= away.over_from < end:
        since = date.fromordinal(away.over_since or away.over_from)
        learned = [
            row.learned_on
            for row in case.referral.absences
            if row.learned_on and row.first_day <= date.fromordinal(away.over_from) <= row.last_day
        ]
        event = max([date.fromordinal(away.over_from), *learned])
        _notice(case, event, "over_two_months", since)
    limited = [
        day for day, away_day in away.days.items() if away_day.problem is FindingCode.ABSENCE_LIMIT
    ]
    if limited and first <= min(limited) < end:
        _notice(
            case, date.fromordinal(min(limited)), "over_four_months", date.fromordinal(min(limited))
        )


def _notice(case: _Case, event: date, why: str, since: date) -> None:
    case.findings.append(_notice_due(case.referral, case.person, case.books, (event, why, since)))


def _notice_due(
    referral: Referral, person: str, books: Books, what: tuple[date, str, date]
) -> Finding:
    """Say by when the authority must be told.

    Law: SHS § 80(7); rule R-12: working days after the day of learning.
    """
    event, why, since = what
    due = add_working_days(event, books.law.number("ska_notice_working_days", event))
    span = (event.toordinal(), event.toordinal() + 1)
    numbers: tuple[tuple[str, Shown], ...] = (("due", due), ("why", why), ("since", since))
    return _finding(FindingCode.NOTICE_DUE, referral, person, span, numbers)


def _end_notice(referral: Referral, person: str, books: Books) -> list[Finding]:
    """A wish to end and a death must be told to the authority."""
    ended = referral.ended_on
    if ended is None or Month.of(ended) != books.month:
        return []
    if referral.end_reason not in (EndReason.PERSON_WISH, EndReason.DEATH):
        return []
    what = (ended, str(referral.end_reason), ended)
    return [_notice_due(referral, person, books, what)]


def _settle_hours(case: _Case, ledger: MonthLedger) -> None:
    """Daily-life support, work support and supported living."""
    presence, books = case.presence, case.books
    month = books.month
    decided = hour_month(presence, month, books.law, books.contract.state, ledger)
    case.add_days(blocked_portions(presence, month))
    case.add_days(decided.portions)
    if not decided.portions:
        return
    if decided.verdict.kind is Kind.PART and decided.verdict.problem is None:
        case.note(FindingCode.PART_MONTH_UNTESTED, _shared(presence, month), *_volume(decided))
    if decided.verdict.kind in (Kind.BELOW_MINIMUM, Kind.HOSPITAL):
        case.note(FindingCode.BELOW_MINIMUM, month.span, *_volume(decided))
    if decided.over_from == month.first:
        _notice(case, month.last, "over_two_months", month.first)
    if decided.verdict.problem is FindingCode.NON_USE_LIMIT:
        _notice(case, month.last, "over_four_months", month.first)
    if decided.relies_on:
        history_from = books.contract.state.history_from or month.first
        case.note(FindingCode.HISTORY_ASSUMED, month.span, ("history_from", history_from))


def _volume(decided: HourMonth) -> tuple[tuple[str, Shown], ...]:
    return (("given", hours(decided.minutes)), ("least", hours(int(decided.minimum.value))))


def _shared(presence: Presence, month: Month) -> Span:
    first, end = month.span
    spans = [shared for span in presence.open if (shared := intersect(span, (first, end)))]
    return (spans[0][0], spans[-1][1])


def _settle_units(case: _Case, ledgers: Ledgers, found: list[Presence]) -> None:
    """Day and week care."""
    presence, books = case.presence, case.books
    month, law, state = books.month, books.law, books.contract.state
    service = presence.referral.service
    is_pnh = service is Service.PNH
    year = ledgers.units.setdefault(service, YearCount(state.absence_year))
    known_from = state.history_from or month.first
    adapted_from = adaptation_ends(case.facts.person, found, law) if is_pnh else date.max
    non_use = non_use_of(presence, month, law, (known_from, adapted_from), year)
    decided = unit_month(presence, month, law, non_use)
    pays_unused = state.pays_unused_pnh_days if is_pnh else state.pays_unused_int_days
    case.drafts += unit_drafts(case.referral, decided, books, pays_unused=pays_unused)
    if decided.is_non_use:
        used = len(decided.payable) + len(decided.over_cap)
        least = law.number("pnh_minimum_units", month.first)
        case.note(FindingCode.BELOW_MINIMUM, month.span, ("given", used), ("least", least))
    if decided.unused_units:
        case.note(FindingCode.UNUSED_DAYS, month.span, ("units", decided.unused_units))


def _never_came(
    referral: Referral, facts: Facts, books: Books, found: list[Presence]
) -> ReferralMonth:
    """Pay the days of the window when nobody turned up."""
    presence = Presence(referral, None)
    waited = no_show(referral, facts.as_of, books.law)
    shared = intersect(waited.days, books.month.span) if waited else None
    if waited is None or shared is None:
        outside = _outside(presence, facts, books)
        return ReferralMonth([], outside + _closed_notice(referral, facts, books, waited))
    case = _Case(presence, facts, books)
    problem = None if waited.is_closed else FindingCode.NO_SHOW_PENDING
    whole: FindingCode | None = None
    if is_under_age(facts.person, date.fromordinal(waited.days[0]), books.law):
        whole = FindingCode.UNDER_AGE
    elif is_too_new(referral, books.law):
        whole = FindingCode.LEGACY_REFERRAL
    if whole:
        case.drafts += _no_show_drafts(referral, shared, waited, whole, books)
    else:
        beyond = without(shared, [waited.in_term] if waited.in_term else [])
        for days in beyond:
            drafts = _no_show_drafts(referral, days, waited, FindingCode.OUT_OF_TERM, books)
            case.drafts += drafts
    free = clip([waited.in_term], shared) if waited.in_term and not whole else []
    for block in barred_days(referral, waited.days[0], found, free):
        drafts = _no_show_drafts(referral, block.span, waited, block.code, books)
        case.drafts += [replace(draft, other=block.other) for draft in drafts]
        free = [part for days in free for part in without(days, [block.span])]
    for days in free:
        case.drafts += _no_show_drafts(referral, days, waited, problem, books)
    result = case.close()
    notice = _closed_notice(referral, facts, books, waited)
    return ReferralMonth(result.lines, result.findings + notice)


def _no_show_drafts(
    referral: Referral, days: Span, waited: NoShow, problem: FindingCode | None, books: Books
) -> list[Draft]:
    if referral.kind.family == UNITS:
        return no_show_unit_draft(referral, days, books, problem)
    numbers: tuple[tuple[str, Shown], ...] = (
        ("window", int(waited.window.value)),
        ("closes_on", waited.closes_on),
    )
    note = Step("no_show", numbers, (waited.window,), "SHS § 79(2), § 79(4)")
    portion = Portion(days, Kind.NO_SHOW, "no_show_share", problem, notes=(note,))
    return draft_days(referral, portion, books, denominator(Kind.NO_SHOW, books))


def _closed_notice(
    referral: Referral, facts: Facts, books: Books, waited: NoShow | None
) -> list[Finding]:
    if waited is None or not waited.is_closed or Month.of(waited.closes_on) != books.month:
        return []
    first = date.fromordinal(waited.days[0])
    what = (waited.closes_on, "no_show", first)
    return [_notice_due(referral, facts.person.person, books, what)]


def _outside(presence: Presence, facts: Facts, books: Books) -> list[Finding]:
    """Name records outside the stay: within the term they only never count, beyond it they block."""
    referral = presence.referral
    family = referral.kind.family
    first, last = books.month.first, books.month.last
    stay = presence.stay
    from_day = date.fromordinal(stay[0]) if stay else date.max
    to_day = date.fromordinal(stay[1] - 1) if stay else date.min
    if from_day <= first and last <= to_day:
        return []
    days: list[tuple[date, int, str]] = []
    if family == HOURS:
        days = [(row.day, row.minutes * row.count, row.record) for row in referral.hours]
    elif family == UNITS:
        days = [(row.day, 1, "") for row in referral.days]
    beyond = [row for row in days if first <= row[0] <= last and not from_day <= row[0] <= to_day]
    is_in_term = {row: referral.valid_from <= row[0] <= referral.valid_to for row in beyond}
    findings: list[Finding] = []
    for code, wanted in ((FindingCode.OUT_OF_TERM, False), (FindingCode.OUTSIDE_STAY, True)):
        rows = [row for row in beyond if is_in_term[row] is wanted]
        if rows:
            findings.append(_outside_finding(code, presence, facts, rows))
    return findings


def _outside_finding(
    code: FindingCode, presence: Presence, facts: Facts, rows: list[tuple[date, int, str]]
) -> Finding:
    referral = presence.referral
    is_hours = referral.kind.family == HOURS
    total = sum(row[1] for row in rows)
    return Finding(
        code=code,
        referral=referral.referral,
        person=facts.person.person,
        first_day=min(row[0] for row in rows),
        last_day=max(row[0] for row in rows),
        quantity=hours(total) if is_hours else total,
        unit=Unit.HOUR if is_hours else Unit.DAY,
        records=tuple(row[2] for row in rows if row[2]),
    )
