"""What recording something would pay: a person's month settled with it and without it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import NotAllowedError, Scope, User, scope_of
from tugiplaan.billing.few import FewMonths, Wanted, read_few
from tugiplaan.billing.supposing import (
    Supposed,
    Supposition,
    record_key,
    settled_one_by_one,
    told,
)
from tugiplaan.delivery.actions.records import Record
from tugiplaan.delivery.entries import ComponentEntry, DayEntry, Entry
from tugiplaan.delivery.queries.records import entry_of
from tugiplaan.people.queries import standing_for
from tugiplaan.plans.queries import Planned, packages_on
from tugiplaan.providers.books import State, book_state, month_text
from tugiplaan.referrals.queries import persons_by_referral
from tugiplaan.rules.facts import Facts, Finding, PersonMonth
from tugiplaan.rules.legal import NotInForceError
from tugiplaan.rules.period import Month
from tugiplaan.rules.settlement import Left, LimitKind, LimitUnit, left_of
from tugiplaan.rules.vocabulary import FindingCode, Severity

_NOTHING = Decimal("0.00")
_UNPAID = frozenset({FindingCode.OVER_CAP, FindingCode.OVER_CEILING, FindingCode.OUTSIDE_STAY})


class Outcome(StrEnum):
    """What becomes of an entry."""

    PAID = "paid"
    PARTLY = "partly"
    NOT_PAID = "not_paid"
    STILL_NEEDED = "still_needed"


@dataclass(frozen=True, slots=True)
class EntryVerdict:
    """What would become of one entry.

    Attributes:
        amount: What it adds to the month, euros; may be below 0 where it makes others cheaper.
        findings: What would be found because of it.
        left: What is left under the volumes, caps and ceilings of its service or component,
            with it recorded.
    """

    entry_id: UUID
    person_id: UUID
    outcome: Outcome
    amount: Decimal
    findings: tuple[Finding, ...]
    left: tuple[Left, ...]

    @property
    def needed(self) -> tuple[Left, ...]:
        """What must still be reached for the month to be paid in full."""
        return tuple(one for one in self.left if one.kind.is_needed and one.left)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would become of some entries.

    Attributes:
        entries: One for each entry, in their order; empty where nothing can be said.
        change: By how much the months of their persons change, euros; where a record is
            replaced, less what that pays now.
        refusal: Why nothing can be said or recorded, as a sentence; empty: nothing is in the way.
        is_correction: A month was invoiced: the change will be a correction and needs a reason.
    """

    entries: tuple[EntryVerdict, ...] = ()
    change: Decimal = _NOTHING
    refusal: str = ""
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class MonthVerdict:
    """What a person's month pays as recorded so far.

    Attributes:
        settled: Its lines and findings; None where nothing can be said.
        left: What is left under each volume, cap, ceiling and limit, packages too.
        state: Where the month stands: open, closed, issued.
    """

    settled: PersonMonth | None
    left: tuple[Left, ...]
    state: str
    refusal: str = ""

    @property
    def amount(self) -> Decimal:
        """What it pays, euros."""
        return self.settled.amount if self.settled else _NOTHING

    @property
    def needed(self) -> tuple[Left, ...]:
        """What must still be reached for the month to be paid in full."""
        return tuple(one for one in self.left if one.kind.is_needed and one.left)


def verdict_of(
    *,
    provider_id: UUID,
    entries: Sequence[Entry],
    by: User,
    on: date,
    replacing: Record | None = None,
) -> Verdict:
    """Say what would become of entries if they were recorded. Nothing is stored.

    Args:
        provider_id: At which provider.
        entries: What was done, of one person or of a group; their persons' months are settled
            with and without them. Entries that are recorded already (same id) change nothing.
        by: Who records.
        on: Today.
        replacing: The record that the entries are to take the place of.

    Returns:
        The verdict. A closed month and one without a rate are told as a refusal. What a split
        price means for persons of a session who are not among the entries is not told.

    Raises:
        NotAllowedError: `by` may not record there, or not with one of the persons.

    Law: as `rules.settlement.settle`, which alone decides.
    """
    scope = reach(by, "delivery.record", on)
    old = entry_of(replacing) if replacing is not None else None
    every = [*entries, old] if old is not None else list(entries)
    standing = standing_for(provider_id)
    whose = _whose(provider_id, every, standing)
    if len(whose) < len(every):
        raise NotAllowedError(by, "delivery.record")
    found = Verdict()
    for month in sorted({Month.of(entry.day) for entry in every}):
        some = [entry for entry in entries if Month.of(entry.day) == month]
        gone = old if old is not None and Month.of(old.day) == month else None
        wanted = _wanted([*some, *([gone] if gone else [])], whose, standing, scope)
        part = _verdict_of_month(provider_id, month, wanted, Supposition(some, gone, whose), by)
        found = Verdict(
            entries=(*found.entries, *part.entries),
            change=found.change + part.change,
            refusal=found.refusal or part.refusal,
            is_correction=found.is_correction or part.is_correction,
        )
    order = {entry.id: at for at, entry in enumerate(entries)}
    in_order = tuple(sorted(found.entries, key=lambda one: order[one.entry_id]))
    return Verdict(in_order, found.change, found.refusal, found.is_correction)


def reach(by: User, permission: str, on: date) -> Scope:
    """Give whom a user reaches by a permission.

    Raises:
        NotAllowedError: Nobody.
    """
    scope = scope_of(by, permission, on)
    if scope.is_empty:
        raise NotAllowedError(by, permission)
    return scope


def _whose(
    provider_id: UUID, entries: Iterable[Entry], standing: dict[UUID, UUID]
) -> dict[UUID, UUID]:
    found = list(entries)
    referrals = {one.referral_id for one in found if not isinstance(one, ComponentEntry)}
    by_referral = persons_by_referral(provider_id, referrals) if referrals else {}
    whose: dict[UUID, UUID] = {}
    for one in found:
        person = (
            one.person_id if isinstance(one, ComponentEntry) else by_referral.get(one.referral_id)
        )
        if person is not None:
            whose[one.id] = standing.get(person, person)
    return whose


def _wanted(
    entries: Sequence[Entry], whose: dict[UUID, UUID], standing: dict[UUID, UUID], scope: Scope
) -> Wanted:
    components = [entry for entry in entries if isinstance(entry, ComponentEntry)]
    return Wanted(
        persons=frozenset(whose[entry.id] for entry in entries),
        standing=standing,
        scope=scope,
        has_referrals=len(components) < len(entries),
        has_components=bool(components),
        session_ids=frozenset(entry.session_id for entry in components if entry.session_id),
    )


def _verdict_of_month(
    provider_id: UUID, month: Month, wanted: Wanted, supposition: Supposition, by: User
) -> Verdict:
    state = book_state(provider_id, month.period)
    if state == State.CLOSED:
        return Verdict(refusal=closed_sentence(month))
    read = read_few(provider_id, wanted, month)
    if wanted.persons - read.persons.keys():
        raise NotAllowedError(by, "delivery.record")
    planned = packages_on(provider_id, wanted.entries, month.last) if wanted.has_components else {}
    packages = {wanted.standing.get(key, key): lines for key, lines in planned.items()}
    try:
        supposed = settled_one_by_one(read, supposition)
        entries = tuple(
            _judge(entry, supposed[person], read, packages.get(person, ()))
            for entry in supposition.entries
            for person in [supposition.whose[entry.id]]
        )
    except NotInForceError:
        return Verdict(refusal=rate_sentence(month))
    is_rateless = any(
        finding.code is FindingCode.RATE_MISSING for one in entries for finding in one.findings
    )
    return Verdict(
        entries=entries,
        change=sum((one.change for one in supposed.values()), _NOTHING),
        refusal=rate_sentence(month) if is_rateless else "",
        is_correction=state == State.ISSUED,
    )


def closed_sentence(month: Month) -> str:
    """Say that a month is closed."""
    return _(
        "Kuu {month} on suletud, aga veel arveldamata, seepärast sinna praegu kirjeid panna ei "
        "saa. Palu raamatupidajal kuu põhjusega avada või oota, kuni arved on väljastatud."
    ).format(month=month_text(month.period))


def rate_sentence(month: Month) -> str:
    """Say that a month has no rate."""
    return _(
        "Kuu {month} kohta ei ole kinnitatud allikaga hinda, seepärast ei saa öelda, mida see "
        "maksab. Kirje saab panna; palu juhil lisada määr koos allikaga."
    ).format(month=month_text(month.period))


def _judge(
    entry: Entry, supposed: Supposed, read: FewMonths, planned: Iterable[Planned]
) -> EntryVerdict:
    amount = supposed.amounts[entry.id]
    findings = _because_of(entry, supposed, read)
    if isinstance(entry, ComponentEntry):
        subject = entry.component
        left = [one for one in _left(supposed, read) if one.subject == subject]
        left = [one for one in left if one.funder == entry.funder]
        left += [
            one
            for one in packages_left(supposed.after_facts, planned)
            if (one.funder, one.subject) == (entry.funder, subject)
        ]
    else:
        subject = read.referrals[entry.referral_id]
        left = [one for one in _left(supposed, read) if one.subject == subject]
    outcome = _outcome(entry, supposed, findings, left)
    person = supposed.person_id
    return EntryVerdict(entry.id, person, outcome, amount, tuple(findings), tuple(left))


def _left(supposed: Supposed, read: FewMonths) -> tuple[Left, ...]:
    return left_of(supposed.after_facts, read.law, read.contract)


def packages_left(facts: Facts, planned: Iterable[Planned]) -> list[Left]:
    """Give what is left of the planned time of each component of a package in a month.

    Args:
        facts: The person's facts with the month's component records.
        planned: The package, minutes a month.
    """
    found = []
    for line in planned:
        key = (line.funder, line.component, line.mode, line.audience)
        used = sum(
            row.minutes
            for row in facts.components
            if (row.funder, row.component, row.mode, row.audience) == key
            and Month.of(row.day) == facts.month
        )
        found.append(
            Left(
                *(LimitKind.PLANNED_VOLUME, line.component, LimitUnit.MINUTES),
                *(line.minutes, used, line.funder),
            )
        )
    return found


def _because_of(entry: Entry, supposed: Supposed, read: FewMonths) -> list[Finding]:
    """Give the findings that name an entry, stand in its way, or were not there without it."""
    key = record_key(entry)
    known = {reason_of(finding) for finding in supposed.base.findings}
    subject = "" if isinstance(entry, ComponentEntry) else read.referrals[entry.referral_id]
    found = []
    for finding in supposed.after.findings:
        is_new = reason_of(finding) not in known and finding.referral == subject
        blocks = bool(subject) and finding.referral == subject and _stands_in_way(finding, entry)
        if key in finding.records or blocks or (is_new and not finding.records):
            found.append(finding)
    return found


def reason_of(finding: Finding) -> tuple[object, ...]:
    """Give what two findings of a month are compared by."""
    return (finding.code, finding.referral)


def _stands_in_way(finding: Finding, entry: Entry) -> bool:
    if isinstance(entry, DayEntry):
        covers = finding.first_day <= entry.day <= finding.last_day
        return covers and (finding.severity is Severity.BLOCKS or finding.code in _UNPAID)
    return finding.severity is Severity.BLOCKS and not finding.records


def _outcome(
    entry: Entry, supposed: Supposed, findings: list[Finding], left: Iterable[Left]
) -> Outcome:
    unpaid = [one for one in findings if one.severity is Severity.BLOCKS or one.code in _UNPAID]
    unpaid += [one for one in findings if one.code in _LIMITS and one.first_day <= entry.day]
    if isinstance(entry, ComponentEntry):
        if not unpaid:
            return Outcome.PAID
        return Outcome.PARTLY if supposed.amounts[entry.id] > 0 else Outcome.NOT_PAID
    if isinstance(entry, DayEntry):
        is_paid = not unpaid or supposed.amounts[entry.id] > 0
    else:
        is_paid = not unpaid
    if not is_paid:
        return Outcome.NOT_PAID
    is_short = any(one.kind is LimitKind.MINIMUM_VOLUME and one.left for one in left)
    return Outcome.STILL_NEEDED if is_short else Outcome.PAID


_LIMITS = frozenset({FindingCode.NON_USE_LIMIT, FindingCode.HOSPITAL_LIMIT})


def month_verdict(
    *, provider_id: UUID, person_id: UUID, period: int, by: User, on: date
) -> MonthVerdict:
    """Say what a person's month pays as recorded so far.

    Args:
        provider_id: At which provider.
        person_id: The person.
        period: The month, YYYYMM.
        by: Who asks.
        on: Today.

    Raises:
        NotAllowedError: `by` may not read records there, or not this person's.

    Law: as `rules.settlement.settle`.
    """
    scope = reach(by, "delivery.read", on)
    standing, month = standing_for(provider_id), Month.of_period(period)
    person = standing.get(person_id, person_id)
    wanted = Wanted(frozenset({person}), standing, scope)
    read = read_few(provider_id, wanted, month)
    if person not in read.persons:
        raise NotAllowedError(by, "delivery.read")
    state, facts = book_state(provider_id, period), read.persons[person]
    planned = packages_on(provider_id, wanted.entries, month.last)
    package = [line for lines in planned.values() for line in lines]
    try:
        settled = told(facts, read)
        left = (*left_of(facts, read.law, read.contract), *packages_left(facts, package))
    except NotInForceError:
        return MonthVerdict(None, (), state, rate_sentence(month))
    is_rateless = any(one.code is FindingCode.RATE_MISSING for one in settled.findings)
    return MonthVerdict(settled, left, state, rate_sentence(month) if is_rateless else "")
