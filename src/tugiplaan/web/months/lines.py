"""The lines of a month looked through, person by person, and why each amount is what it is."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import QueryDict
from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.billing.review import (
    PersonStatement,
    Statement,
    StatementLine,
    Wanted,
    choices_of,
    line_at,
    persons_in,
    statement_and_before,
    statement_at,
    steps_of,
    told_of,
)
from tugiplaan.people.names import fold
from tugiplaan.providers.books import State
from tugiplaan.providers.queries import book_state
from tugiplaan.rules.explanation import tell_source, tell_step
from tugiplaan.web.lists import paged
from tugiplaan.web.months.mending import FindingShown, page_of, show_finding
from tugiplaan.web.months.names import (
    component_names,
    detail,
    finding_choices,
    percent,
    quantity,
    service_name,
)
from tugiplaan.web.months.room import MoneyPage


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line as people read it."""

    row: StatementLine
    service: str
    detail: str
    quantity: str
    share: str

    @property
    def rate(self) -> Decimal:
        """The price of a month, day or hour, euros."""
        return Decimal(self.row.rate)

    @property
    def own_price(self) -> Decimal | None:
        """The provider's own price, euros."""
        return Decimal(self.row.own_price) if self.row.own_price else None

    @property
    def ceiling(self) -> Fraction | None:
        """The most that may be paid for the line, euros."""
        return Fraction(self.row.ceiling) if self.row.ceiling else None


def show_line(row: StatementLine, components: dict[str, str]) -> LineShown:
    """Tell a line as people read it."""
    return LineShown(
        row=row,
        service=service_name(row.rate_code, components),
        detail=detail(row.kind, row.mode, row.audience),
        quantity=quantity(row.quantity, row.unit, row.of_days),
        share=percent(row.share),
    )


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person's part of a month.

    Attributes:
        url: The person's own page; empty: not open.
    """

    told: PersonStatement
    lines: list[LineShown]
    findings: list[FindingShown]
    url: str


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of an explanation: a sentence, and where its values and rule come from."""

    text: str
    sources: list[str]
    section: str


def shown_statement(provider_id: UUID, period: int) -> Statement:
    """Give the statement that a month shows.

    Raises:
        ObjectDoesNotExist: The month was never prepared.
    """
    is_open = book_state(provider_id, period) == State.OPEN
    statement = statement_at(provider_id, period, is_open=is_open)
    if statement is None:
        raise ObjectDoesNotExist
    return statement


def wanted_of(query: QueryDict) -> Wanted:
    """Read from the address which lines are looked at; what cannot be is passed over."""
    return Wanted(
        text=fold(query.get("q", "").strip()),
        service=query.get("service", ""),
        place=_uuid(query.get("place", "")),
        finding=query.get("finding", ""),
        person=_uuid(query.get("person", "")),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class Lines(MoneyPage):
    """The lines of a month by person, with findings and the difference from last month."""

    template = "web/months/lines.html"
    parts = frozenset({"found"})

    def read(self, **ids: Any) -> dict[str, Any]:
        here, period = self.desk.provider_id, ids["period"]
        is_open = book_state(here, period) == State.OPEN
        statement, before = statement_and_before(here, period, is_open=is_open)
        if statement is None:
            raise ObjectDoesNotExist
        wanted, choices = wanted_of(self.request.GET), choices_of(statement)
        page = paged(self.request, persons_in(statement, wanted))
        components = component_names(here)
        services = ((code, service_name(code, components)) for code in choices.services)
        return {
            "section": "months",
            "period": period,
            "statement": statement,
            "before": before,
            "page": page,
            "rows": [self._shown(one, components) for one in told_of(statement, page, before)],
            "wanted": wanted,
            "services": sorted(services, key=lambda one: one[1]),
            "places": choices.places.items(),
            "findings": finding_choices(choices.findings),
        }

    def _shown(self, told: PersonStatement, components: dict[str, str]) -> PersonShown:
        return PersonShown(
            told=told,
            lines=[show_line(row, components) for row in told.lines],
            findings=[show_finding(row) for row in told.findings],
            url=page_of("person", self.desk.provider_id, told.person.pk),
        )


class Why(MoneyPage):
    """Why an amount is what it is: every step, its number, its dated value and section."""

    template = "web/months/why.html"
    parts = frozenset({"why"})

    def read(self, **ids: Any) -> dict[str, Any]:
        statement = shown_statement(self.desk.provider_id, ids["period"])
        row = line_at(statement, ids["number"])
        line = show_line(row, component_names(self.desk.provider_id))
        return {
            "section": "months",
            "period": ids["period"],
            "line": line,
            "steps": show_steps(row),
            "person": row.person or _("tühi koht"),
        }

    def persons_read(self, shown: dict[str, Any]) -> list[UUID]:
        person = shown["line"].row.person_id
        return [person] if person else []


class WhyPart(Why):
    """The steps alone, for the list of lines."""

    template = "web/months/why_part.html"


def show_steps(row: StatementLine) -> list[StepShown]:
    """Tell the steps of a line in the language of the page."""
    spoken = language()
    return [
        StepShown(
            tell_step(step, spoken),
            [tell_source(value, spoken) for value in step.values],
            step.section,
        )
        for step in steps_of(row)
    ]
