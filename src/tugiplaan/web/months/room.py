"""What the pages of the month share: who may see a whole provider's money, and months in URLs."""

from typing import ClassVar
from uuid import UUID

from django.http import HttpRequest

from tugiplaan.accounts.access import NotAllowedError, scope_of
from tugiplaan.web.desk import Desk
from tugiplaan.web.shared import Act, FormPage, Page

STAFF = frozenset({"accountant", "director", "service_manager", "auditor", "operator"})


class MonthConverter:
    """A month in an address: 2026-05 there, 202605 here."""

    regex = r"20\d\d-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> int:
        return int(value.replace("-", ""))

    def to_url(self, value: int) -> str:
        return f"{value // 100}-{value % 100:02d}"


class MoneyPage(Page):
    """A page of a provider's money: for those whose role reaches the whole provider."""

    permission = "billing.read"
    roles: ClassVar[frozenset[str]] = STAFF

    def _seat(self, request: HttpRequest, provider_id: UUID) -> Desk:
        desk = super()._seat(request, provider_id)
        scope = scope_of(desk.user, self.permission, desk.day)
        if not scope.everywhere and provider_id not in scope.providers:
            raise NotAllowedError(desk.user, self.permission)
        return desk


class MoneyForm(MoneyPage, FormPage):
    """A page of a provider's money that asks for something."""


class MoneyAct(MoneyPage, Act):
    """A button on such a page."""
