"""A statement as people look it through: its lines and findings, person by person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from tugiplaan.audit.queries import events_of
from tugiplaan.billing.frozen import Codes, Keys, thaw_finding, thaw_line, thaw_steps
from tugiplaan.billing.models import Closing, Invoice, Statement, StatementFinding, StatementLine
from tugiplaan.people.queries import Person
from tugiplaan.rules.explanation import Step
from tugiplaan.rules.facts import Finding, Line
from tugiplaan.rules.vocabulary import FindingCode, Service

# Rows are given on to pages, so that they need not reach for this app's tables.
__all__ = [
    "MOST_CHANGES",
    "Finding",
    "Line",
    "PersonStatement",
    "Statement",
    "StatementFinding",
    "StatementLine",
    "Wanted",
    "changes_since",
    "choices_of",
    "finding_of",
    "findings_of",
    "invoiced_amounts",
    "latest_statements",
    "line_at",
    "line_of",
    "lines_told",
    "period_before",
    "persons_in",
    "service_of",
    "statement_and_before",
    "statement_at",
    "statements_closed",
    "steps_of",
    "told_of",
]

_NOTHING = Decimal("0.00")
_NO_FACTS = ("accounts", "assessments", "billing", "documents", "plans", "web")
MOST_CHANGES = 200
"""So many later events are looked at when changes are counted; more are not counted."""


def service_of(code: str) -> str:
    """Give the service of a rate code; the code itself where it is of a component.

    >>> service_of("OEH_ER_G6"), service_of("social_transport")
    ('OEH', 'social_transport')
    """
    stem = code.split("_")[0]
    return stem if stem in set(Service) else code


def latest_statements(provider_id: UUID, periods: Iterable[int]) -> dict[int, Statement]:
    """Give the latest statement of each month that has one. One query."""
    rows = Statement.objects.filter(provider_id=provider_id, period__in=set(periods))
    return {row.period: row for row in rows.order_by("period", "version")}


def statement_at(provider_id: UUID, period: int, *, is_open: bool) -> Statement | None:
    """Give the statement that a month shows.

    Args:
        provider_id: Whose.
        period: The month, YYYYMM.
        is_open: The latest one; else the one that the month was last closed with.

    Returns:
        None: there is none.
    """
    if is_open:
        rows = Statement.objects.filter(provider_id=provider_id, period=period)
        return rows.order_by("-version").first()
    closings = Closing.objects.filter(provider_id=provider_id, period=period)
    latest = closings.order_by("-id").select_related("statement").first()
    return latest.statement if latest else None


def statements_closed(provider_id: UUID, periods: Iterable[int]) -> dict[int, Statement]:
    """Give the statement that each month was last closed or corrected with. One query."""
    rows = Closing.objects.filter(provider_id=provider_id, period__in=set(periods))
    return {row.period: row.statement for row in rows.order_by("id").select_related("statement")}


def invoiced_amounts(provider_id: UUID, periods: Iterable[int]) -> dict[int, Decimal]:
    """Give what stands on the invoices of each month, credit notes deducted. One query."""
    found: dict[int, Decimal] = {}
    rows = Invoice.objects.filter(provider_id=provider_id, period__in=set(periods))
    for period, amount in rows.order_by("id").values_list("period", "amount"):
        found[period] = found.get(period, _NOTHING) + amount
    return found


def changes_since(statement: Statement) -> int:
    """Count what was written at the provider after a month was prepared, up to `MOST_CHANGES`.

    What billing itself writes, plans and documents are no facts of a month and not counted.
    """
    later = events_of(statement.provider_id).filter(number__gt=statement.after_event)
    for app in _NO_FACTS:
        later = later.exclude(name__startswith=f"{app}.")
    details = later.values_list("details", flat=True)[:MOST_CHANGES]
    return sum("added" in one or "changed" in one for one in details)


def findings_of(statement: Statement) -> QuerySet[StatementFinding]:
    """Give the findings of a statement with person and referral, in their order."""
    found = StatementFinding.objects.filter(statement=statement)
    return found.select_related("person", "referral", "statement").order_by("number")


def finding_of(row: StatementFinding) -> Finding:
    """Read a finding back, with the codes of its own person and referral."""
    persons = {row.person.code: row.person.pk} if row.person else {}
    referrals = {row.referral.code: row.referral.pk} if row.referral else {}
    return thaw_finding(row, Codes(Keys(persons, referrals, {})))


def line_of(row: StatementLine) -> Line:
    """Read a line back, with the codes of its own person, referral and place."""
    persons = {row.person.code: row.person.pk} if row.person else {}
    referrals = {row.referral.code: row.referral.pk} if row.referral else {}
    places = {row.place.code: row.place.pk} if row.place else {}
    return thaw_line(row, Codes(Keys(persons, referrals, places)))


def steps_of(row: StatementLine) -> tuple[Step, ...]:
    """Give the steps that led to the amount of a line."""
    return thaw_steps(row.explanation)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines and findings of a statement are looked at; empty: all.

    Attributes:
        text: Part of a person's name or code.
        service: Code of the service, or of the component.
        place: Id of the place.
        finding: Code of a finding that the person has.
    """

    text: str = ""
    service: str = ""
    place: UUID | None = None
    finding: str = ""
    person: UUID | None = None

    @property
    def is_all(self) -> bool:
        return not (self.text or self.service or self.place or self.finding or self.person)


def _lines(statement: Statement, wanted: Wanted) -> Q:
    of = Q(statement=statement)
    if wanted.service:
        of &= Q(rate_code=wanted.service) | Q(rate_code__startswith=f"{wanted.service}_")
    if wanted.place:
        of &= Q(place_id=wanted.place)
    return of


def persons_in(statement: Statement, wanted: Wanted) -> QuerySet[Person]:
    """Give the persons of a statement with lines or findings that are looked at, by name."""
    lines = StatementLine.objects.filter(_lines(statement, wanted), person__isnull=False)
    notes = StatementFinding.objects.filter(statement=statement, person__isnull=False)
    if wanted.finding:
        chosen = notes.filter(code=wanted.finding)
    elif wanted.service or wanted.place:
        chosen = notes.none()
    else:
        chosen = notes
    in_lines, in_notes = Q(pk__in=lines.values("person_id")), Q(pk__in=chosen.values("person_id"))
    of = in_lines | in_notes
    if wanted.finding:
        of = in_lines & in_notes if wanted.service or wanted.place else in_notes
    if wanted.person:
        of &= Q(pk=wanted.person)
    if wanted.text:
        of &= Q(search_name__icontains=wanted.text) | Q(code__iexact=wanted.text)
    return Person.objects.filter(of).order_by("sort_name", "id")


@dataclass(slots=True)
class PersonStatement:
    """What a statement says of a person.

    Attributes:
        before: What the person came to in the month before; None: nothing to compare with.
    """

    person: Person
    lines: list[StatementLine] = field(default_factory=list)
    findings: list[StatementFinding] = field(default_factory=list)
    before: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """What goes on bills for the person, euros."""
        return sum((line.amount for line in self.lines), _NOTHING)

    @property
    def difference(self) -> Decimal | None:
        """How much more than the month before, euros; None: nothing to compare with."""
        return None if self.before is None else self.amount - self.before


def told_of(
    statement: Statement, persons: Iterable[Person], before: Statement | None
) -> list[PersonStatement]:
    """Give what a statement says of some persons, beside the month before.

    Args:
        statement: Which.
        persons: Of whom, in their order.
        before: The statement of the month before; None: there is none.

    Returns:
        One for each person. Two queries.
    """
    nothing = None if before is None else _NOTHING
    found = {person.pk: PersonStatement(person, before=nothing) for person in persons}
    both = [one for one in (statement, before) if one is not None]
    lines = StatementLine.objects.filter(statement__in=both, person__in=found)
    lines = lines.select_related("person", "referral", "place")
    for line in lines.order_by("statement_id", "number"):
        one = found[line.person_id]  # type: ignore[index]  # only of these persons
        if line.statement_id == statement.pk:
            one.lines.append(line)
        else:
            one.before = (one.before or _NOTHING) + line.amount
    for row in findings_of(statement).filter(person__in=found):
        found[row.person_id].findings.append(row)  # type: ignore[index]
    return list(found.values())


def lines_told(statement: Statement) -> QuerySet[StatementLine]:
    """Give the lines of a statement with person, referral and place, in their order."""
    found = StatementLine.objects.filter(statement=statement)
    return found.select_related("person", "referral", "place").order_by("number")


def line_at(statement: Statement, number: int) -> StatementLine:
    """Give one line of a statement.

    Raises:
        StatementLine.DoesNotExist: It has no such line.
    """
    return lines_told(statement).get(number=number)


def period_before(period: int) -> int:
    """Give the month before one, YYYYMM.

    >>> period_before(202601), period_before(202605)
    (202512, 202604)
    """
    year, month = divmod(period, 100)
    return (year - 1) * 100 + 12 if month == 1 else period - 1


def statement_and_before(
    provider_id: UUID, period: int, *, is_open: bool
) -> tuple[Statement | None, Statement | None]:
    """Give the statement that a month shows, and the latest one of the month before. One query.

    Args:
        provider_id: Whose.
        period: The month, YYYYMM.
        is_open: As `statement_at`.
    """
    earlier = period_before(period)
    closings = Closing.objects.filter(statement=OuterRef("pk")).order_by("-id").values("id")
    rows = Statement.objects.filter(provider_id=provider_id, period__in=[earlier, period])
    found = list(rows.annotate(closed=Subquery(closings[:1])).order_by("version"))
    mine = [one for one in found if one.period == period]
    if not is_open:
        mine = sorted((one for one in mine if one.closed), key=lambda one: one.closed)
    before = [one for one in found if one.period == earlier]
    return (mine[-1] if mine else None, before[-1] if before else None)


class Choices(NamedTuple):
    """What a statement can be filtered by.

    Attributes:
        services: Codes of services and components.
        places: Names of places by id.
        findings: Kinds of findings, the weightiest first.
    """

    services: list[str]
    places: dict[UUID, str]
    findings: list[FindingCode]


def choices_of(statement: Statement) -> Choices:
    """Give what a statement can be filtered by. One query."""
    lines = StatementLine.objects.filter(statement=statement).order_by()
    notes = StatementFinding.objects.filter(statement=statement).order_by()
    place = Cast("place_id", CharField())
    rows = (
        lines.values_list(Value("service"), "rate_code", Value(""))
        .union(
            lines.filter(place__isnull=False).values_list(Value("place"), place, "place__name"),
            notes.values_list(Value("finding"), "code", Value("")),
        )
        .order_by()
    )
    services, places, findings = set(), {}, set()
    for kind, code, name in rows:
        if kind == "service":
            services.add(service_of(code))
        elif kind == "place":
            places[UUID(code)] = name
        else:
            findings.add(FindingCode(code))
    return Choices(
        sorted(services),
        dict(sorted(places.items(), key=lambda one: one[1])),
        sorted(findings, key=lambda one: one.rank),
    )
