"""A referral under which nobody came: the days of the window, and what bars them."""

from dataclasses import replace
from datetime import date

from tugiplaan.rules.deadlines import DeadlineCode
from tugiplaan.rules.explanation import Shown, Step
from tugiplaan.rules.facts import Referral
from tugiplaan.rules.period import DAY, Month, Span, clip, intersect, without
from tugiplaan.rules.services import UNITS
from tugiplaan.rules.settlement.case import Case, notice
from tugiplaan.rules.settlement.drafts import Books, Draft, denominator, draft_days
from tugiplaan.rules.settlement.unit_drafts import no_show_unit_draft
from tugiplaan.rules.stays import (
    NoShow,
    Portion,
    Presence,
    barred_days,
    is_too_new,
    is_under_age,
    no_show,
)
from tugiplaan.rules.vocabulary import FindingCode, Kind


def add_no_show(case: Case, found: list[Presence]) -> None:
    """Pay the days of the window when nobody turned up.

    Args:
        case: A referral without a stay; drafts and findings are added to it.
        found: All presences of the person, in order.

    Law: SHS §§ 71(6)–(7), 79(2), (4), 80(7) p 3; rule R-08; readings 2, 10.
    """
    referral, books = case.referral, case.books
    waited = no_show(referral, case.facts.as_of, books.law)
    if waited is None:
        return
    # Nobody knows before the day after the window that nobody will come.
    passed = waited.closes_on + DAY
    if waited.is_closed and Month.of(passed) == books.month:
        notice(case, passed, DeadlineCode.NO_SHOW, date.fromordinal(waited.days[0]))
    shared = intersect(waited.days, books.month.span)
    if shared is None:
        return
    whole = _whole_block(case, waited)
    if whole is not None:
        case.drafts += _drafts(referral, shared, waited, whole, books)
        return
    in_term = [waited.in_term] if waited.in_term else []
    for days in without(shared, in_term):
        case.drafts += _drafts(referral, days, waited, FindingCode.OUT_OF_TERM, books)
    free = clip(in_term, shared)
    for block in barred_days(referral, waited.days[0], found, free):
        drafts = _drafts(referral, block.span, waited, block.code, books)
        case.drafts += [replace(draft, other=block.other) for draft in drafts]
        free = [part for days in free for part in without(days, [block.span])]
    pending = None if waited.is_closed else FindingCode.NO_SHOW_PENDING
    for days in free:
        case.drafts += _drafts(referral, days, waited, pending, books)


def _whole_block(case: Case, waited: NoShow) -> FindingCode | None:
    if is_under_age(case.facts.person, date.fromordinal(waited.days[0]), case.books.law):
        return FindingCode.UNDER_AGE
    return FindingCode.LEGACY_REFERRAL if is_too_new(case.referral, case.books.law) else None


def _drafts(
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
