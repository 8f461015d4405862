"""What persons owe of their own contribution, month by month, and where two months are unpaid."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from tugiplaan.billing.facts import month_of
from tugiplaan.billing.models import ContributionBill, ContributionPayment
from tugiplaan.people.queries import standing_for
from tugiplaan.rules.contribution import (
    ContributionAccount,
    MonthlyShare,
    RightToRefuse,
    right_to_refuse,
)
from tugiplaan.rules.services import kind_of
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service, Variant

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class ContributionMonth:
    """A person's own contribution of a month.

    Attributes:
        person_id: The entry that stands for the person.
        bills: Its bills that hold, and cancelled ones for which money came.
        billed: What the bills that hold come to, euros.
        paid: What came, less what was given back, euros.
        due_on: When the last of the bills is due.
    """

    person_id: UUID
    period: int
    bills: tuple[ContributionBill, ...]
    billed: Decimal
    paid: Decimal
    due_on: date

    @property
    def open(self) -> Decimal:
        """What is still to come, euros; below 0: paid too much."""
        return self.billed - self.paid

    def days_overdue(self, day: date) -> int:
        """Count the days since it was due; 0: not yet, or nothing is open."""
        return max((day - self.due_on).days, 0) if self.open > 0 else 0


@dataclass(frozen=True, slots=True)
class Refusable:
    """Somebody to whom the law lets the provider refuse the service; people decide.

    Attributes:
        person_id: The entry that stands for the person.
        right: The unpaid months and the condition that is met.
        bills: The unpaid bills that it rests on, by month.
    """

    person_id: UUID
    right: RightToRefuse
    bills: tuple[ContributionBill, ...]


def contribution_months(
    provider_id: UUID, persons: Iterable[UUID] | None = None
) -> list[ContributionMonth]:
    """Give every month of own contribution that was billed, with what was paid.

    Args:
        provider_id: Whose.
        persons: Only of these persons, by each of their entries; None: of all.

    Returns:
        Months by person's name and month; money for a cancelled bill counts in its month.
        Two queries; three where somebody's entries were merged, one where there is no bill.
    """
    rows = ContributionBill.objects.filter(provider_id=provider_id)
    if persons is not None:
        rows = rows.filter(agreement__referral__person_id__in=list(persons))
    bills = rows.select_related("agreement__referral__person").order_by(
        "agreement__referral__person__sort_name", "period", "series", "number"
    )
    found = list(bills)
    gone = {bill.corrects_id for bill in found if bill.corrects_id}
    paid = _paid(provider_id) if found else {}
    is_merged = any(bill.agreement.referral.person.merged_into_id for bill in found)
    standing = standing_for(provider_id) if is_merged else {}
    months: dict[tuple[UUID, int], ContributionMonth] = {}
    for bill in found:
        holds = bill.pk not in gone and not bill.is_cancellation
        if not holds and not paid.get(bill.pk):
            continue
        person = bill.agreement.referral.person_id
        key = (standing.get(person, person), bill.period)
        before = months.get(key) or ContributionMonth(*key, (), _NOTHING, _NOTHING, bill.due_on)
        months[key] = replace(
            before,
            bills=(*before.bills, bill),
            billed=before.billed + (bill.amount if holds else _NOTHING),
            paid=before.paid + paid.get(bill.pk, _NOTHING),
            due_on=max(before.due_on, bill.due_on),
        )
    return list(months.values())


def _paid(provider_id: UUID) -> dict[UUID, Decimal]:
    paid: dict[UUID, Decimal] = {}
    payments = ContributionPayment.objects.filter(provider_id=provider_id).current()
    for bill_id, amount in payments.values_list("bill_id", "amount"):
        paid[bill_id] = paid.get(bill_id, _NOTHING) + amount
    return paid


def contribution_debts(provider_id: UUID) -> list[ContributionMonth]:
    """Give the months of own contribution of which something is open or was paid too much."""
    return [month for month in contribution_months(provider_id) if month.open]


def may_be_refused(provider_id: UUID, day: date) -> list[Refusable]:
    """Give the persons who have not paid for two calendar months in a row.

    Args:
        provider_id: At which provider.
        day: The day from which one looks; bills that are due on it or later are not unpaid.

    Returns:
        Those for whom the law's condition is met, by name: never somebody whom a court placed
        or whose duty somebody took over. As many queries as `contribution_months`.

    Law: SHS § 78(1).
    """
    return refusable(contribution_months(provider_id), day)


def refusable(months: Iterable[ContributionMonth], day: date) -> list[Refusable]:
    """Give of some months of own contribution the persons whom `may_be_refused` names.

    Args:
        months: All months of each person that one asks about.
        day: The day from which one looks.

    Law: SHS § 78(1).
    """
    by_person: dict[UUID, list[ContributionMonth]] = {}
    for month in months:
        by_person.setdefault(month.person_id, []).append(month)
    found = []
    for person_id, known in by_person.items():
        right = right_to_refuse(_account(known), day, builtin())
        if right.is_given:
            unpaid = set(right.unpaid)
            bills = (bill for one in known if month_of(one.period) in unpaid for bill in one.bills)
            found.append(Refusable(person_id, right, tuple(bills)))
    return found


def _account(months: Iterable[ContributionMonth]) -> ContributionAccount:
    """Tell the rule what is known; the latest month says which service it is."""
    known = sorted(months, key=lambda one: one.period)
    owing = [one for one in known if one.open > 0]
    latest = known[-1].bills[-1]
    return ContributionAccount(
        service=Service(latest.agreement.referral.service),
        shares=tuple(
            MonthlyShare(month_of(one.period), one.due_on, one.billed, one.paid)
            for one in owing
            if not _is_court_ordered(one.bills[-1])
        ),
        is_taken_over=any(bill.agreement.taken_over_by for one in owing for bill in one.bills),
        is_court_ordered=_is_court_ordered(latest),
    )


def _is_court_ordered(bill: ContributionBill) -> bool:
    referral = bill.agreement.referral
    return kind_of(Service(referral.service), Variant(referral.variant)).is_court_ordered
