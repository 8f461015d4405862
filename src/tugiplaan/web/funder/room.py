"""What the pages of a municipality share: which funder it is, and its view of the year."""

from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import NotAllowedError, scope_of
from tugiplaan.insight.queries import FunderView, funder_view
from tugiplaan.pricelists.queries import prices_of_funder
from tugiplaan.web.downloads import SheetPage
from tugiplaan.web.overview.room import Choice, Filter


class FunderPage(SheetPage):
    """A page of what a municipality pays for, at all providers that its grants reach."""

    permission = "billing.read"
    roles: ClassVar[frozenset[str]] = frozenset({"municipality"})
    template = "web/funder/page.html"

    @cached_property
    def funders(self) -> list[str]:
        """Give the funders for whom the user looks, by code."""
        scope = scope_of(self.desk.user, self.permission, self.desk.day)
        return sorted(scope.funders_at(self.desk.provider_id))

    @cached_property
    def view_of_year(self) -> FunderView:
        """Give the view of the funder that the address names, else of the first."""
        if not self.funders:
            raise NotAllowedError(self.desk.user, self.permission)
        asked = self.request.GET.get("funder", "")
        funder = asked if asked in self.funders else self.funders[0]
        return funder_view(funder=funder, by=self.desk.user, on=self.desk.day)

    @cached_property
    def component_names(self) -> dict[str, str]:
        """Give the names of components by code, as the price lists have them. One query."""
        prices = prices_of_funder(self.view_of_year.funder)
        return {one.component: one.name for rows in prices.values() for one in rows if one.name}

    def asked(self, name: str) -> str:
        """Give what the address asks of a filter."""
        return self.request.GET.get(name, "")

    def filter_of(self, name: str, label: str, offered: dict[str, str]) -> Filter:
        """Offer all, or one of some things of which the address may name one."""
        asked = self.asked(name)
        rest = (Choice(value, text, value == asked) for value, text in offered.items())
        return Filter(name, label, (Choice("", _("Kõik"), not asked), *rest))

    def funder_filter(self) -> list[Filter]:
        """Offer the funders, where the user looks for several."""
        if len(self.funders) == 1:
            return []
        chosen = self.view_of_year.funder
        choices = tuple(Choice(one, one, one == chosen) for one in self.funders)
        return [Filter("funder", _("Rahastaja"), choices)]

    def read(self, **ids: Any) -> dict[str, Any]:
        return {"year": self.desk.day.year, **self.look(**ids)}

    def look(self, **ids: Any) -> dict[str, Any]:
        """Ask the query of the page and give what its template shows."""
        raise NotImplementedError
