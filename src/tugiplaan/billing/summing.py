"""A statement summed up: by place and service, and what is not paid by what would mend it."""

from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from tugiplaan.billing.models import Statement, StatementFinding, StatementLine
from tugiplaan.billing.review import finding_of, findings_of, service_of
from tugiplaan.rules.vocabulary import FindingCode, Severity

_NOTHING = Decimal("0.00")


@dataclass(slots=True)
class Total:
    """What a service at a place comes to in a statement.

    Attributes:
        place_id: The place; None: none is known.
        service: Code of the service, or of the component.
        persons: How many persons have lines of it.
        amount: What goes on bills, euros.
        held: What is held back until something is mended, euros.
        unpaid: What is delivered or reserved and not paid, euros.
        reasons: The findings that `held` and `unpaid` come from, and how many there are of each.
    """

    place_id: UUID | None
    service: str
    persons: set[UUID] = field(default_factory=set)
    amount: Decimal = _NOTHING
    held: Decimal = _NOTHING
    unpaid: Decimal = _NOTHING
    reasons: dict[FindingCode, int] = field(default_factory=dict)


@dataclass(slots=True)
class Group:
    """Findings of one kind: one kind of mending.

    Attributes:
        rows: All of them, in the order of the statement.
        amount: What they hold back, euros.
    """

    code: FindingCode
    rows: list[StatementFinding] = field(default_factory=list)
    amount: Decimal = _NOTHING

    @property
    def severity(self) -> Severity:
        return self.code.severity

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def persons(self) -> int:
        """How many persons they are about."""
        return len({row.person_id for row in self.rows if row.person_id})


@dataclass(frozen=True, slots=True)
class Overview:
    """A statement summed up.

    Attributes:
        totals: By place and service, in the order of the lines.
        groups: Findings by kind, the weightiest first.
    """

    totals: tuple[Total, ...]
    groups: tuple[Group, ...]

    @property
    def amount(self) -> Decimal:
        """What goes on bills, euros."""
        return sum((one.amount for one in self.totals), _NOTHING)

    @property
    def held(self) -> Decimal:
        """What is held back until something is mended, euros."""
        return sum((one.held for one in self.totals), _NOTHING)

    @property
    def unpaid(self) -> Decimal:
        """What is not paid, euros."""
        return sum((one.unpaid for one in self.totals), _NOTHING)

    @property
    def lacks_rates(self) -> bool:
        """Nothing can be billed, and rates are missing."""
        missing = any(group.code is FindingCode.RATE_MISSING for group in self.groups)
        return missing and not self.amount


def overview(statement: Statement) -> Overview:
    """Sum a statement up by place and service, and its findings by kind.

    Args:
        statement: Which.

    Returns:
        Sums that add up to those of the statement. Two queries.
    """
    totals: dict[tuple[UUID | None, str], Total] = {}
    at: dict[UUID, UUID | None] = {}
    columns = ("place_id", "rate_code", "person_id", "referral_id", "amount")
    lines = StatementLine.objects.filter(statement=statement).order_by("number")
    for place, code, person, referral, amount in lines.values_list(*columns):
        total = _total(totals, place, service_of(code))
        total.amount += amount
        if person:
            total.persons.add(person)
        if referral:
            at.setdefault(referral, place)
    groups: dict[FindingCode, Group] = {}
    for row in findings_of(statement):
        code = FindingCode(row.code)
        group = groups.setdefault(code, Group(code))
        group.rows.append(row)
        if row.amount_not_payable:
            group.amount += row.amount_not_payable
            _set_aside(_total(totals, *_where(row, at)), code, row.amount_not_payable)
    ordered = sorted(groups.values(), key=lambda one: one.code.rank)
    return Overview(tuple(totals.values()), tuple(ordered))


def _total(totals: dict[tuple[UUID | None, str], Total], place: UUID | None, service: str) -> Total:
    return totals.setdefault((place, service), Total(place, service))


def _where(row: StatementFinding, at: dict[UUID, UUID | None]) -> tuple[UUID | None, str]:
    """Give the place and service that a finding is about."""
    referral = row.referral
    if referral is not None:
        return at.get(referral.pk, referral.place_id), referral.service
    numbers = dict(finding_of(row).numbers)
    return None, service_of(str(numbers.get("component") or numbers.get("service") or ""))


def _set_aside(total: Total, code: FindingCode, amount: Decimal) -> None:
    if code.severity is Severity.BLOCKS:
        total.held += amount
    else:
        total.unpaid += amount
    total.reasons[code] = total.reasons.get(code, 0) + 1
