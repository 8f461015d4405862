"""When a person is in a service under a referral, and which of those days another rule blocks."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from tugiplaan.rules.facts import Person, Referral
from tugiplaan.rules.period import (
    FAR_FUTURE,
    Span,
    add_months,
    clip,
    intersect,
    merged,
    without,
)
from tugiplaan.rules.services import may_run_together
from tugiplaan.rules.stays.turn_up import turn_up_days
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import FindingCode, Variant


class Block(NamedTuple):
    """Days of a stay that may not be paid, and why.

    Attributes:
        span: The days.
        code: The reason.
        other: The referral that stands in the way, where there is one.
    """

    span: Span
    code: FindingCode
    other: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """One referral's stay.

    Attributes:
        referral: The referral.
        stay: The days of the stay; None: the person never came, or no day is left.
        blocks: The blocked days with their reason.
        open: The days of the stay that nothing blocks, in order.
    """

    referral: Referral
    stay: Span | None
    blocks: tuple[Block, ...] = ()
    open: tuple[Span, ...] = ()

    def covers(self, days: Span) -> bool:
        """Tell whether every one of these days is in the stay and not blocked."""
        return any(first <= days[0] and days[1] <= end for first, end in self.open)


def stay_of(referral: Referral) -> Span | None:
    """Give the days of a stay, before anything is taken from it.

    Args:
        referral: A referral.

    Returns:
        From the latest of arrival, agreed start and start of the term to the earliest of end
        and end of the term, both days of service; None if the person never came or no day is
        left.

    Law: SHS §§ 78(2), 79(1); reading 1 (open point A-02, A-21).
    """
    if referral.arrived_on is None:
        return None
    first = max(
        referral.arrived_on, referral.agreed_start or referral.arrived_on, referral.valid_from
    )
    last = min(referral.ended_on or FAR_FUTURE, referral.valid_to)
    return (first.toordinal(), last.toordinal() + 1) if first <= last else None


def presences(person: Person, referrals: tuple[Referral, ...], law: Law) -> list[Presence]:
    """Lay the stays of one person beside each other.

    Args:
        person: The person.
        referrals: All referrals of the person, in any order.
        law: The dated law.

    Returns:
        One presence for each referral, in the order in which they are taken: first day, day of
        issue, code. Those without a stay come last.

    Law: SHS §§ 71(6)–(7), 72(3), 79(1); reading 1 (the last day belongs to the new referral)
    and reading 10 (age, late arrival, older kinds of referral, overlap).
    """
    stays = [(stay_of(referral), referral) for referral in referrals]
    stays.sort(key=_order)
    if len(stays) > 1:
        stays = _hand_over(stays)
    found: list[Presence] = []
    for stay, referral in stays:
        presence = Presence(referral, stay, open=(stay,) if stay else ())
        if stay:
            presence = _with_blocks(presence, stay, person, found, law)
        found.append(presence)
    return found


def _order(item: tuple[Span | None, Referral]) -> tuple[int, date, str]:
    stay, referral = item
    return (stay[0] if stay else FAR_FUTURE.toordinal(), referral.issued_on, referral.referral)


def _hand_over(stays: list[tuple[Span | None, Referral]]) -> list[tuple[Span | None, Referral]]:
    """Give the last day of a stay to the referral that begins on it."""
    begun: set[int] = set()
    handed: list[tuple[Span | None, Referral]] = []
    # From the latest back: a stay of one day yields to a later one that begins the same day.
    for stay, referral in reversed(stays):
        mine = stay
        if stay and stay[1] - 1 in begun:
            mine = (stay[0], stay[1] - 1) if stay[1] - 1 > stay[0] else None
        if stay:
            begun.add(stay[0])
        handed.append((mine, referral))
    return handed[::-1]


def _with_blocks(
    presence: Presence, stay: Span, person: Person, earlier: list[Presence], law: Law
) -> Presence:
    referral = presence.referral
    whole = _whole_block(person, referral, date.fromordinal(stay[0]), law)
    if whole:
        return replace(presence, blocks=(Block(stay, whole),), open=())
    blocks: list[Block] = []
    taken: list[Span] = []
    for other in earlier:
        if may_run_together(referral.service, other.referral.service):
            continue
        for days in other.open:
            for free in without(stay, merged(taken)):
                if shared := intersect(free, days):
                    blocks.append(Block(shared, FindingCode.OVERLAP, other.referral.referral))
                    taken.append(shared)
    if not blocks:
        return presence
    return replace(presence, blocks=tuple(sorted(blocks)), open=tuple(without(stay, merged(taken))))


def barred_days(
    referral: Referral, first: int, found: list[Presence], days: list[Span]
) -> list[Block]:
    """Find days that an earlier stay bars for a referral under which the person never came.

    Args:
        referral: The referral without a stay.
        first: Its agreed start, as an ordinal: its place in the order of referrals.
        found: All presences of the person.
        days: The days to look at.

    Law: SHS §§ 88, 92, 95, 98, 99², 101; reading 10, read for the days of a no-show too.
    """
    mine = (first, referral.issued_on, referral.referral)
    blocks: list[Block] = []
    left = days
    for other in found:
        if other.stay is None or _order((other.stay, other.referral)) > mine:
            continue
        if may_run_together(referral.service, other.referral.service):
            continue
        for span in other.open:
            barred = clip(left, span)
            blocks += [Block(one, FindingCode.OVERLAP, other.referral.referral) for one in barred]
            left = [part for one in left for part in without(one, [span])]
    return blocks


def is_under_age(person: Person, day: date, law: Law) -> bool:
    """Tell whether a person is too young for a service on a day.

    Law: SHS §§ 88, 92, 95, 98, 99², 101; rule R-22.
    """
    return day < add_months(person.birth_date, 12 * law.number("adult_age", day))


def _whole_block(person: Person, referral: Referral, first: date, law: Law) -> FindingCode | None:
    """Tell what blocks a referral from its first day on, if anything does."""
    if is_under_age(person, first, law):
        return FindingCode.UNDER_AGE
    if _is_late(referral, law):
        return FindingCode.LATE_ARRIVAL
    return FindingCode.LEGACY_REFERRAL if is_too_new(referral, law) else None


def is_too_new(referral: Referral, law: Law) -> bool:
    """Tell whether an old kind of service was referred to after it ended for new referrals.

    Law: R65 § 4⁵; SHS § 160(47)–(49); reading 5.
    """
    if referral.variant not in (Variant.INT, Variant.INTM):
        return False
    issued_on = max(referral.issued_on, law.terms_since)
    return not any(value.covers(issued_on) for value in law.terms.rows("int_referral"))


def _is_late(referral: Referral, law: Law) -> bool:
    if referral.arrived_on is None or referral.agreed_start is None:
        return False
    if referral.arrived_on <= referral.agreed_start:
        return False
    window = turn_up_days(referral, law)
    return (referral.arrived_on - referral.agreed_start).days >= int(window.value)


def out_of_term(referral: Referral, month: Span) -> list[Span]:
    """Find days of a month on which the person was served outside the term of the referral.

    Args:
        referral: A referral.
        month: The month's days.

    Returns:
        Days between arrival (not before the agreed start) and the recorded end that lie before
        or after the term. An end that was not recorded is taken as the end of the term.

    Law: SHS §§ 72(3), 79(1) p 4.
    """
    if referral.arrived_on is None:
        return []
    first = max(referral.arrived_on, referral.agreed_start or referral.arrived_on)
    last = referral.ended_on or referral.valid_to
    term = (referral.valid_from.toordinal(), referral.valid_to.toordinal() + 1)
    shared = intersect((first.toordinal(), last.toordinal() + 1), month)
    return without(shared, [term]) if shared else []
