"""What is due for own contributions: a month unpaid, and two in a row."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from uuid import UUID

from tugiplaan.billing.debts import ContributionMonth, contribution_months, refusable
from tugiplaan.deadlines.sight import Whom
from tugiplaan.deadlines.tasks import Action, Look, Subject, Task, TaskKind, task_of
from tugiplaan.rules.deadlines import contribution_debt
from tugiplaan.rules.money import euro
from tugiplaan.rules.period import Month

_NOTHING = Decimal("0.00")


def money_tasks(provider_id: UUID, whom: Whom, look: Look) -> Iterator[Task]:
    """Give who has not paid their own contribution.

    Args:
        provider_id: At which provider.
        whom: Whose bills one may see.
        look: From which day, and how far.

    Returns:
        For who owes two months in a row the right to refuse; for who owes less the day on which
        what is unpaid now grows to that, about the bill with which it began. Two queries.

    Raises:
        NotInForceError: A term was not in force.

    Law: SHS §§ 78(1), 83(1) p 10.
    """
    months = [one for one in contribution_months(provider_id) if whom.includes(one.person_id)]
    refused = {one.person_id: one for one in refusable(months, look.day)}
    late: dict[UUID, list[ContributionMonth]] = {}
    for month in months:
        if month.days_overdue(look.day) and month.bills:
            late.setdefault(month.person_id, []).append(month)
    for person_id, unpaid in late.items():
        month = _began(unpaid)
        bill = month.bills[0]
        person = bill.agreement.referral.person
        subject = Subject(bill.pk, f"{person.first_name} {person.last_name}", person_id)
        if right := refused.get(person_id):
            yield Task(
                kind=TaskKind.CONTRIBUTION_REFUSAL,
                due_on=look.day,
                section="SHS § 78(1)",
                action=Action.DECIDE_REFUSAL,
                about=bill.agreement.referral_id,
                person_id=person_id,
                name=subject.name,
                numbers=(("unpaid", len(right.right.unpaid)), ("sum", right.right.owed)),
                explanation=right.right.explanation,
            )
            continue
        grows = contribution_debt(month.due_on, look.law)
        owed = euro(sum((one.open for one in unpaid), _NOTHING))
        yield task_of(grows, Action.RECORD_PAYMENT, subject, ("sum", owed))


def _began(unpaid: Sequence[ContributionMonth]) -> ContributionMonth:
    """Give the first of the unpaid months that follow on one another up to the latest."""
    ordered = sorted(unpaid, key=lambda one: one.period)
    first = ordered[-1]
    for one in reversed(ordered[:-1]):
        if Month.of_period(one.period).plus(1).period != first.period:
            break
        first = one
    return first
