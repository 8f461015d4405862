"""The growing result of one referral's month: drafts, findings, what must be told."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from tugiplaan.rules.deadlines import DeadlineCode, NoticeCase, authority_notice, notices_for
from tugiplaan.rules.explanation import Shown
from tugiplaan.rules.facts import Facts, Finding, Line, Referral
from tugiplaan.rules.period import Month, Span
from tugiplaan.rules.services import HOURS, UNITS
from tugiplaan.rules.settlement.drafts import Books, Draft, denominator, draft_days, merge
from tugiplaan.rules.settlement.lines import problem_findings, readings_of, referral_lines
from tugiplaan.rules.stays import Portion, Presence, hours
from tugiplaan.rules.vocabulary import FindingCode, Kind, Unit


class ReferralMonth(NamedTuple):
    """Lines and findings of one referral."""

    lines: list[Line]
    findings: list[Finding]


@dataclass(slots=True)
class Case:
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
        self.findings.append(finding_of(code, self.referral, self.person, span, numbers))

    def close(self) -> ReferralMonth:
        """Block a month with a day without a rate, then round, explain and say what is left."""
        end_notices(self)
        drafts = _block_without_rate(self.drafts)
        payable = merge([draft for draft in drafts if draft.problem is None])
        lines = referral_lines(self.referral, self.person, payable, self.books)
        unpaid = [draft for draft in drafts if draft.problem is not None]
        findings = problem_findings(self.referral, self.person, unpaid) if unpaid else []
        findings += self.findings
        for line in lines:
            if reading := readings_of(line):
                span = (line.first_day.toordinal(), line.last_day.toordinal() + 1)
                finding = finding_of(
                    FindingCode.READING_USED,
                    self.referral,
                    self.person,
                    span,
                    (("reading", reading),),
                )
                findings.append(replace(finding, line=line.line))
        findings += outside_stay(self.presence, self.facts, self.books)
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


def finding_of(
    code: FindingCode,
    referral: Referral,
    person: str,
    span: Span,
    numbers: tuple[tuple[str, Shown], ...] = (),
) -> Finding:
    """Make a finding about some days of a referral."""
    first, last = date.fromordinal(span[0]), date.fromordinal(span[1] - 1)
    return Finding(code, referral.referral, person, first, last, numbers=numbers)


def notice(case: Case, event: date, code: DeadlineCode, since: date) -> None:
    """Say by when the authority must be told of an event.

    Law: SHS § 80(7); rule R-12.
    """
    due = authority_notice(code, event, case.books.law).due_on
    span = (event.toordinal(), event.toordinal() + 1)
    case.note(FindingCode.NOTICE_DUE, span, ("due", due), ("why", str(code)), ("since", since))


def end_notices(case: Case) -> None:
    """A wish to end early and a death must be told to the authority."""
    ended, month = case.referral.ended_on, case.books.month
    if ended is None or Month.of(ended) != month:
        return
    for told in notices_for(NoticeCase(case.referral, month.last), case.books.law):
        if told.code in (DeadlineCode.WISH_TO_END, DeadlineCode.DEATH):
            notice(case, told.counted_from, told.code, ended)


def outside_stay(presence: Presence, facts: Facts, books: Books) -> list[Finding]:
    """Name records outside the stay: in the term they only never count, beyond it they block."""
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
        days = [(row.day, row.minutes * row.times, row.record) for row in referral.hours]
    elif family == UNITS:
        days = [(row.day, 1, "") for row in referral.days]
    beyond = sorted(
        row for row in days if first <= row[0] <= last and not from_day <= row[0] <= to_day
    )
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
