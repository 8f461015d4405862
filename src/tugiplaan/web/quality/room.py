"""What the pages of quality share: for who reaches the whole provider; forms that do one thing."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest

from tugiplaan.accounts.access import require_whole
from tugiplaan.quality.queries import Round, round_of
from tugiplaan.web.desk import Desk
from tugiplaan.web.setup.shared import SettingForm
from tugiplaan.web.shared import Page

SECTION = "quality"


class _Whole(Page):
    """Only for whom the permission reaches all of the provider."""

    def _seat(self, request: HttpRequest, provider_id: UUID) -> Desk:
        desk = super()._seat(request, provider_id)
        require_whole(desk.user, self.permission, provider_id, desk.day)
        return desk

    def round(self, **ids: Any) -> Round:
        """Give the round of the address."""
        return round_of(self.desk.provider_id, ids["round_id"])

    @property
    def who(self) -> dict[str, Any]:
        """Say who acts on which day, as actions want it."""
        return {"by": self.desk.user, "on": self.desk.day}


class QualityPage(_Whole):
    """A page of quality.

    Attributes:
        tab: Which tab it is.
    """

    permission = "quality.read"
    tab: ClassVar[str] = ""

    def read(self, **ids: Any) -> dict[str, Any]:
        return {"section": SECTION, "tab": self.tab, **self.look(**ids)}

    def look(self, **ids: Any) -> dict[str, Any]:
        """Ask the query of the page and give what its template shows."""
        raise NotImplementedError


class QualityForm(_Whole, SettingForm):
    """A form of quality that does one thing and goes back to where it belongs."""

    permission = "quality.write"
    template = "web/quality/form.html"
    back: ClassVar[str] = "quality"

    def read(self, **ids: Any) -> dict[str, Any]:
        return {**super().read(**ids), "section": SECTION}
