"""What days away would pay: the months of a stay settled with them and without them."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from tugiplaan.accounts.access import NotAllowedError, User
from tugiplaan.billing.few import FewMonths, Wanted, read_few
from tugiplaan.billing.supposing import told
from tugiplaan.billing.verdict import closed_sentence, rate_sentence, reach, reason_of
from tugiplaan.people.queries import standing_for
from tugiplaan.providers.books import closed_periods
from tugiplaan.referrals.queries import persons_by_referral
from tugiplaan.rules.facts import Absence, Facts, Finding, Line
from tugiplaan.rules.legal import NotInForceError
from tugiplaan.rules.period import Month
from tugiplaan.rules.settlement import Left, left_of
from tugiplaan.rules.vocabulary import FindingCode, Kind

_NOTHING = Decimal("0.00")
_MOST_MONTHS = 12
_AWAY = frozenset({Kind.ABSENCE, Kind.HOSPITAL})


@dataclass(frozen=True, slots=True)
class AbsenceMonth:
    """What days away do to one month.

    Attributes:
        before: What the month pays without them, euros.
        after: What it pays with them.
        findings: What is found because of them.
    """

    month: Month
    before: Decimal
    after: Decimal
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class AbsenceVerdict:
    """What days away would pay.

    Attributes:
        months: The months from the first day away to the last, at most twelve.
        lines: Those of the days away under the referral.
        left: What is left under the limits of its year at the end of the last month.
        refusal: As `Verdict.refusal`.
    """

    months: tuple[AbsenceMonth, ...] = ()
    lines: tuple[Line, ...] = ()
    left: tuple[Left, ...] = ()
    refusal: str = ""

    @property
    def change(self) -> Decimal:
        """By how much the months change, euros."""
        return sum((one.after - one.before for one in self.months), _NOTHING)


@dataclass(frozen=True, slots=True)
class AwayDays:
    """Days away under a referral that nobody has recorded yet.

    Attributes:
        absence: The days, both ends included, and the kind.
        replacing: Code of the recorded absence that they take the place of; empty: none.
    """

    referral_id: UUID
    absence: Absence
    replacing: str = ""


def verdict_of_absence(*, provider_id: UUID, away: AwayDays, by: User, on: date) -> AbsenceVerdict:
    """Say what days away would pay if they were recorded. Nothing is stored.

    Args:
        provider_id: At which provider.
        away: The days.
        by: Who asks.
        on: Today.

    Returns:
        The months as they are and as they would be, with what is left under the limits of the
        year. A closed month and one without a rate are told as a refusal.

    Raises:
        NotAllowedError: `by` may not see the referral there.

    Law: as `rules.settlement.settle`; SHS §§ 79(3)–(4), 80(1) p 1.
    """
    scope = reach(by, "referrals.read", on)
    person = persons_by_referral(provider_id, [away.referral_id]).get(away.referral_id)
    standing = standing_for(provider_id)
    months = _months(away.absence)
    if person is None:
        raise NotAllowedError(by, "referrals.read")
    person = standing.get(person, person)
    closed = closed_periods(provider_id, months[0].period)
    if closed:
        return AbsenceVerdict(refusal=closed_sentence(Month.of_period(closed[0])))
    wanted = Wanted(frozenset({person}), standing, scope, has_components=False)
    read = read_few(provider_id, wanted, months[-1])
    if person not in read.persons:
        raise NotAllowedError(by, "referrals.read")
    try:
        return _settled(read, read.persons[person], away, months)
    except NotInForceError:
        return AbsenceVerdict(refusal=rate_sentence(months[0]))


def _months(absence: Absence) -> list[Month]:
    found = [Month.of(absence.first_day)]
    last = Month.of(absence.last_day)
    while found[-1] < last and len(found) < _MOST_MONTHS:
        found.append(found[-1].plus(1))
    return found


def _settled(read: FewMonths, stored: Facts, away: AwayDays, months: list[Month]) -> AbsenceVerdict:
    supposed = _with(stored, away, read.referrals[away.referral_id])
    found: list[AbsenceMonth] = []
    lines: list[Line] = []
    refusal = ""
    for month in months:
        before = told(_in(stored, month), read)
        after = told(_in(supposed, month), read)
        there = {reason_of(finding) for finding in before.findings}
        new = tuple(one for one in after.findings if reason_of(one) not in there)
        found.append(AbsenceMonth(month, before.amount, after.amount, new))
        lines += [line for line in after.lines if line.kind in _AWAY]
        if not refusal and any(one.code is FindingCode.RATE_MISSING for one in new):
            refusal = rate_sentence(month)
    code = read.referrals[away.referral_id]
    left = left_of(_in(supposed, months[-1]), read.law, read.contract)
    mine = tuple(one for one in left if one.subject == code)
    return AbsenceVerdict(
        tuple(found), tuple(one for one in lines if one.referral == code), mine, refusal
    )


def _in(facts: Facts, month: Month) -> Facts:
    return replace(facts, month=month, as_of=month.last)


def _with(facts: Facts, away: AwayDays, code: str) -> Facts:
    referrals = tuple(
        replace(
            one,
            absences=(
                *(row for row in one.absences if row.absence != (away.replacing or None)),
                away.absence,
            ),
        )
        if one.referral == code
        else one
        for one in facts.referrals
    )
    return replace(facts, referrals=referrals)
