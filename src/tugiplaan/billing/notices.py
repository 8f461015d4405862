"""What settlement found that the authority must be told: services not used for too long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from tugiplaan.billing.models import Statement, StatementFinding
from tugiplaan.billing.review import finding_of
from tugiplaan.rules.deadlines import DeadlineCode
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import FindingCode

_NON_USE = (DeadlineCode.NON_USE, DeadlineCode.NON_USE_IN_YEAR)


@dataclass(frozen=True, slots=True)
class NonUse:
    """A service was not used for longer than the law lets it be.

    Attributes:
        code: In a row, or within a year.
        event_on: The day on which it became too long.
        person_id: The entry that stands for the person, as far as one merge tells.
    """

    code: DeadlineCode
    event_on: date
    referral_id: UUID
    referral: str
    person_id: UUID
    person_name: str


def non_use_found(
    provider_id: UUID, since: date, persons: Iterable[UUID] | None = None
) -> list[NonUse]:
    """Give the non-use that the latest statements of months name. One query.

    Args:
        provider_id: At which provider.
        since: Months before that of this day are not looked at.
        persons: Only of these persons, under whichever entry; None: of all.

    Returns:
        By day, then by name; each event once, however many months name it.

    Law: SHS § 80(7) p 2, 2¹.
    """
    later = Statement.objects.filter(provider_id=provider_id, period=OuterRef("statement__period"))
    rows = StatementFinding.objects.filter(
        statement__provider_id=provider_id,
        statement__period__gte=Month.of(since).period,
        statement_id=Subquery(later.order_by("-version").values("pk")[:1]),
        code=FindingCode.NOTICE_DUE,
    )
    if persons is not None:
        chosen = list(persons)
        rows = rows.filter(Q(person_id__in=chosen) | Q(person__merged_into__in=chosen))
    found: dict[tuple[UUID, DeadlineCode, date], NonUse] = {}
    for row in rows.select_related("person", "referral", "statement").order_by("id"):
        told = finding_of(row)
        code = str(dict(told.numbers).get("why", ""))
        person, referral = row.person, row.referral
        if code not in set(_NON_USE) or person is None or referral is None:
            continue
        one = NonUse(
            code=DeadlineCode(code),
            event_on=told.first_day,
            referral_id=referral.pk,
            referral=referral.code,
            person_id=person.merged_into_id or person.pk,
            person_name=f"{person.first_name} {person.last_name}",
        )
        found[one.referral_id, one.code, one.event_on] = one
    return sorted(found.values(), key=lambda one: (one.event_on, one.person_name))
