"""What the pages of a house share: forms at a desk, the way back, cancelling with a reason."""

from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.referrals.cautions import Caution
from tugiplaan.referrals.queries import Referral
from tugiplaan.web.forms import Form
from tugiplaan.web.house.fields import DeskForm, text_field
from tugiplaan.web.shared import FormPage


class HousePage(FormPage):
    """A form of a house on one narrow page.

    Attributes:
        title: The heading.
        lead: A sentence below it.
        save: What the button says.
        after: The page to go to where the address names none.
    """

    template = "web/house/form.html"
    title: ClassVar[Promise]
    lead: ClassVar[Promise | str] = ""
    save: ClassVar[Promise] = gettext_lazy("Salvesta")
    after: ClassVar[str] = "house"

    def referrals(self, **ids: Any) -> QuerySet[Referral] | None:  # noqa: ARG002
        """Give whom one may choose."""
        return None

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        given: dict[str, Any] = {"initial": self.initial(**ids)}
        if issubclass(self.form_class, DeskForm):
            given |= {"desk": self.desk, "referrals": self.referrals(**ids)}
        return self.form_class(data, files, **given)

    def read(self, **ids: Any) -> dict[str, Any]:
        return {
            "section": "house",
            "title": self.title,
            "lead": self.lead,
            "save": self.save,
            "back": self.back(),
            "form": self.form(**ids),
        }

    @property
    def who(self) -> dict[str, Any]:
        """Who acts, and on which day."""
        return {"by": self.desk.user, "on": self.desk.day}

    def back(self) -> str:
        """Give the page that one came from, by `next` in the address or form."""
        asked = self.request.POST.get("next") or self.request.GET.get("next", "")
        here = {self.request.get_host()}
        if url_has_allowed_host_and_scheme(asked, here, require_https=self.request.is_secure()):
            return asked
        return self.url(self.after)

    def tell(self, text: str, cautions: tuple[Caution, ...] = ()) -> str:
        """Say what was done and what is unusual about it; give the page to go to."""
        self.say(text)
        for one in cautions:
            self.warn(one.text)
        return self.back()


class WhyOnlyForm(Form):
    """Asks for nothing but the reason."""

    why = text_field(gettext_lazy("Miks?"), rows=2)


class RowPage(HousePage):
    """A form about one row that is there already."""

    def find(self, row_id: UUID) -> Any:
        """Give the row, for who may change it."""
        raise NotImplementedError

    @cached_property
    def row(self) -> Any:
        """The row that the address names."""
        return self.find(self.kwargs["row_id"])

    def about(self) -> str:
        """Say what the row is."""
        return ""

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"about": self.about()}


class CancelPage(RowPage):
    """Cancels one row, with a reason. The row stays to be seen in the audit."""

    form_class = WhyOnlyForm
    title = gettext_lazy("Tühista kirje")
    lead = gettext_lazy("Tühistatud kirje enam ei kehti, aga jääb ajalukku alles.")
    save = gettext_lazy("Tühista kirje")

    def cancel(self, why: str) -> None:
        """Do the action."""
        raise NotImplementedError

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"is_danger": True}

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        self.cancel(form.cleaned_data["why"])
        return self.tell(_("Kirje on tühistatud."))
