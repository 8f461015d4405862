"""What the forms of carrying out share: lists that are read only where a form is drawn."""

from typing import Any

from django.http import HttpResponse

from tugiplaan.web.carrying.forms import OfferForm
from tugiplaan.web.carrying.labels import Offer
from tugiplaan.web.people.reach import PersonForm


class OfferPage(PersonForm):
    """A form about a person with lists to choose from."""

    template = "web/carrying/form.html"
    back = "person_network_work"

    def offers(self) -> dict[str, list[Offer]]:
        """Read what the fields offer, by their names."""
        return {}

    def show(self, shown: dict[str, Any], status: int = 200) -> HttpResponse:
        form = shown["form"]
        if isinstance(form, OfferForm):
            offers = self.offers()
            form.offer(**offers)
            if not offers.get("component", True):
                # Nobody pays this house by components: nothing to ask about.
                form.without_hours()
        return super().show(shown, status)
