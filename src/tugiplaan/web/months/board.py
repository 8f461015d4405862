"""The list of months, the board of one, and what is done with it: prepare, close, open again."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.accounts.queries import users_of
from tugiplaan.audit.queries import events_of
from tugiplaan.billing.actions.closing import UnableToCloseError, close, reopen
from tugiplaan.billing.bills import parts_of
from tugiplaan.billing.queries import unbilled
from tugiplaan.billing.review import (
    Statement,
    changes_since,
    invoiced_amounts,
    latest_statements,
    statement_and_before,
    statement_at,
)
from tugiplaan.billing.summing import Overview, Total, overview
from tugiplaan.providers.books import State, month_text, period_of
from tugiplaan.providers.queries import book_state, months_of, places_of
from tugiplaan.rules.vocabulary import Severity
from tugiplaan.web import telling
from tugiplaan.web.lists import paged
from tugiplaan.web.months.forms import ReasonForm, StatementForm
from tugiplaan.web.months.mending import GroupShown, show_group
from tugiplaan.web.months.names import component_names, finding_title, service_name
from tugiplaan.web.months.room import MoneyAct, MoneyForm, MoneyPage
from tugiplaan.web.months.standing import Situation, Standing, next_step, standing_of
from tugiplaan.web.months.tasks import prepare_month

_EVENTS = ("billing.prepare", "billing.close", "billing.reopen", "billing.issue", "billing.correct")


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month in the list.

    Attributes:
        invoiced: What stands on its invoices, credit notes deducted; None: no invoice.
    """

    period: int
    standing: Standing
    statement: Statement | None
    invoiced: Decimal | None


class Months(MoneyPage):
    """All months with where they stand and their sums, the latest first."""

    template = "web/months/list.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        here = self.desk.provider_id
        states = dict(months_of(here).values_list("period", "state"))
        this = period_of(self.desk.day)
        last = period_of(self.desk.day.replace(day=1) - timedelta(days=1))
        page = paged(self.request, sorted({this, last, *states}, reverse=True))
        periods = list(page.object_list)
        statements = latest_statements(here, periods)
        invoiced = invoiced_amounts(here, periods)
        rows = [
            MonthRow(
                period,
                standing_of(states.get(period, State.OPEN), statements.get(period)),
                statements.get(period),
                invoiced.get(period),
            )
            for period in periods
        ]
        waiting = [one for one in rows if one.standing.is_open and one.period < this]
        return {"section": "months", "page": page, "rows": rows, "waiting": waiting, "this": this}


@dataclass(frozen=True, slots=True)
class TotalShown:
    """Sums of a service at a place, as the board shows them."""

    total: Total
    place: str
    service: str
    reasons: list[tuple[str, int]]


class Board(MoneyPage):
    """Where a month stands: the next step, the sums, what would mend what is not paid."""

    template = "web/months/board.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        period, here = ids["period"], self.desk.provider_id
        state = book_state(here, period)
        is_open = state == State.OPEN
        statement, before = statement_and_before(here, period, is_open=is_open)
        found = overview(statement) if statement else None
        situation = self._situation(period, state, statement, found)
        shown: dict[str, Any] = {
            "section": "months",
            "period": period,
            "statement": statement,
            "standing": situation.standing,
            "situation": situation,
            "next": next_step(situation, self.desk.day),
        }
        if statement is not None and found is not None:
            shown |= self._sums(found)
            shown["difference"] = statement.amount - before.amount if before else None
        return shown

    def _situation(
        self, period: int, state: str, statement: Statement | None, found: Overview | None
    ) -> Situation:
        standing = standing_of(state, statement)
        if standing.is_open:
            changes = changes_since(statement) if statement else 0
            has_rates = found is None or not found.lacks_rates
            return Situation(period, standing, statement, changes=changes, has_rates=has_rates)
        left = unbilled(self.desk.provider_id, period)
        due, held = len(left.due), len(left.held)
        return Situation(period, standing, statement, due=due, held=held)

    def _sums(self, found: Overview) -> dict[str, Any]:
        places = {one.pk: str(one) for one in places_of(self.desk.provider_id)}
        components = component_names(self.desk.provider_id)
        totals = [
            TotalShown(
                one,
                places.get(one.place_id, "") if one.place_id else "",
                service_name(one.service, components) if one.service else "",
                [(finding_title(code), count) for code, count in one.reasons.items()],
            )
            for one in found.totals
        ]
        groups = [show_group(one) for one in found.groups]
        return {
            "overview": found,
            "totals": sorted(totals, key=lambda one: (one.place, one.service)),
            "to_mend": _of(groups, Severity.BLOCKS, Severity.WARNING),
            "to_know": _of(groups, Severity.INFO),
        }


def _of(groups: list[GroupShown], *severities: Severity) -> list[GroupShown]:
    return [one for one in groups if one.group.severity in severities]


class Prepare(MoneyAct):
    """Prepare a month, or go on with a run that was broken off."""

    permission = "billing.prepare"

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        desk = self.desk
        before = parts_of(desk.provider_id, ids["period"]).count()
        prepare_month.enqueue(
            provider_id=str(desk.provider_id),
            period=ids["period"],
            user_id=str(desk.user.pk),
            on=desk.day.isoformat(),
        )
        part = parts_of(desk.provider_id, ids["period"]).first()
        if part is None or part.statement is None or part.run.ended_at is None:
            return f"{self.url('preparing', ids['period'])}?after={before}"
        self.say(_told(part.statement))
        return self.url("month", ids["period"])


def _told(statement: Statement) -> str:
    return ngettext(
        "Eelvaade on koostatud: {n} rida, {amount}.",
        "Eelvaade on koostatud: {n} rida, {amount}.",
        statement.lines_count,
    ).format(n=statement.lines_count, amount=telling.money(statement.amount))


class Preparing(MoneyPage):
    """How far a preparation is; asks again by itself, and can be left and found again."""

    template = "web/months/preparing.html"
    parts = frozenset({"progress"})

    def read(self, **ids: Any) -> dict[str, Any]:
        parts = list(parts_of(self.desk.provider_id, ids["period"])[:2])
        known = self.request.GET.get("after", "")
        part = parts[0] if parts else None
        count = parts_of(self.desk.provider_id, ids["period"]).count()
        waits = part is None or (
            known.isdigit() and count <= int(known) and bool(part.run.ended_at)
        )
        return {"section": "months", "period": ids["period"], "part": part, "waits": waits}


class Close(MoneyForm):
    """Close a month as it was looked through; what that means is said before."""

    permission = "billing.close"
    template = "web/months/close.html"
    form_class = StatementForm

    def initial(self, **ids: Any) -> dict[str, Any]:
        statement = self._statement(ids["period"])
        return {"statement": statement.pk if statement else None}

    def read(self, **ids: Any) -> dict[str, Any]:
        statement = self._statement(ids["period"])
        shown = super().read(**ids) | {"section": "months", "period": ids["period"]}
        shown["statement"] = statement
        if statement is not None:
            shown["overview"] = overview(statement)
            shown["changes"] = changes_since(statement)
        return shown

    def act(self, form: forms.Form, **ids: Any) -> str:
        statement = self._statement(ids["period"])
        if statement is None or statement.pk != form.cleaned_data["statement"]:
            raise UnableToCloseError(
                _(
                    "Kuu on vahepeal uuesti ette valmistatud. Vaata uus arvestus üle ja sulge "
                    "siis. Midagi ei muudetud."
                )
            )
        close(statement=statement, by=self.desk.user, on=self.desk.day)
        self.say(
            _("Kuu {month} on suletud. Nüüd saab arved väljastada.").format(
                month=month_text(ids["period"])
            )
        )
        return self.url("month", ids["period"])

    def _statement(self, period: int) -> Statement | None:
        return statement_at(self.desk.provider_id, period, is_open=True)


class Reopen(MoneyForm):
    """Open a closed month again, with a reason."""

    permission = "billing.close"
    template = "web/months/reopen.html"
    form_class = ReasonForm

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"section": "months", "period": ids["period"]}

    def act(self, form: forms.Form, **ids: Any) -> str:
        why, period = form.cleaned_data["why"], ids["period"]
        reopen(
            provider_id=self.desk.provider_id,
            period=period,
            why=why,
            by=self.desk.user,
            on=self.desk.day,
        )
        self.say(_("Kuu {month} on jälle avatud.").format(month=month_text(period)))
        return self.url("month", period)


class History(MoneyPage):
    """What was done with a month: preparations, closings, invoices, and by whom."""

    template = "web/months/history.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        here, period = self.desk.provider_id, ids["period"]
        events = events_of(here).filter(name__in=_EVENTS, details__period=period)
        page = paged(self.request, events)
        return {
            "section": "months",
            "period": period,
            "page": page,
            "runs": parts_of(here, period)[:20],
            "names": {user.pk: user.name for user in users_of(here)},
        }
