"""One referral's month: what its stay pays, what is not payable, and what should be looked at."""

from dataclasses import dataclass, field
from datetime import date

from tugiplaan.rules.deadlines import DeadlineCode
from tugiplaan.rules.explanation import Shown
from tugiplaan.rules.facts import Facts
from tugiplaan.rules.period import Month, Span, intersect
from tugiplaan.rules.services import HOURS, MONTH, UNITS
from tugiplaan.rules.settlement.case import Case, ReferralMonth, notice
from tugiplaan.rules.settlement.drafts import (
    Books,
    Draft,
    denominator,
    draft_days,
)
from tugiplaan.rules.settlement.unit_drafts import unit_drafts
from tugiplaan.rules.settlement.waiting import add_no_show
from tugiplaan.rules.stays import (
    Away,
    HourMonth,
    Ledger,
    MonthLedger,
    Portion,
    Presence,
    YearCount,
    adaptation_ends,
    away_days,
    blocked_portions,
    day_portions,
    hour_month,
    hours,
    non_use_of,
    out_of_term,
    unit_month,
)
from tugiplaan.rules.vocabulary import FindingCode, Kind, Service


@dataclass(slots=True)
class Ledgers:
    """What one person has used of the yearly limits, service by service."""

    days: dict[Service, Ledger] = field(default_factory=dict)
    months: dict[Service, MonthLedger] = field(default_factory=dict)
    units: dict[Service, YearCount] = field(default_factory=dict)


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
    case = Case(presence, facts, books)
    if presence.stay is None or presence.stay[0] >= books.month.span[1]:
        add_no_show(case, found)
        if family == MONTH:
            case.drafts += _out_of_term_drafts(case)
        return case.close()
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


def _settle_days(case: Case, ledger: Ledger) -> None:
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


def _out_of_term_drafts(case: Case) -> list[Draft]:
    drafts: list[Draft] = []
    for span in out_of_term(case.referral, case.books.month.span):
        portion = Portion(span, Kind.PART, problem=FindingCode.OUT_OF_TERM)
        of_days = denominator(Kind.PART, case.books)
        drafts += draft_days(case.referral, portion, case.books, of_days)
    return drafts


def _day_notices(case: Case, away: Away) -> None:
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
        notice(case, event, DeadlineCode.NON_USE, since)
    limited = [
        day for day, away_day in away.days.items() if away_day.problem is FindingCode.ABSENCE_LIMIT
    ]
    if limited and first <= min(limited) < end:
        day = date.fromordinal(min(limited))
        notice(case, day, DeadlineCode.NON_USE_IN_YEAR, day)


def _settle_hours(case: Case, ledger: MonthLedger) -> None:
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
        notice(case, month.last, DeadlineCode.NON_USE, month.first)
    if decided.verdict.problem is FindingCode.NON_USE_LIMIT:
        notice(case, month.last, DeadlineCode.NON_USE_IN_YEAR, month.first)
    if decided.relies_on:
        history_from = books.contract.state.history_from or month.first
        case.note(FindingCode.HISTORY_ASSUMED, month.span, ("history_from", history_from))


def _volume(decided: HourMonth) -> tuple[tuple[str, Shown], ...]:
    return (("given", hours(decided.minutes)), ("least", hours(int(decided.minimum.value))))


def _shared(presence: Presence, month: Month) -> Span:
    first, end = month.span
    spans = [shared for span in presence.open if (shared := intersect(span, (first, end)))]
    return (spans[0][0], spans[-1][1])


def _settle_units(case: Case, ledgers: Ledgers, found: list[Presence]) -> None:
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
