"""What the pages of taking people in share: forms about one thing, and the way back."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.referrals.cautions import Caution
from tugiplaan.referrals.queries import Referral, visible_to
from tugiplaan.web.desk import Desk
from tugiplaan.web.forms import Form
from tugiplaan.web.house.fields import text_field
from tugiplaan.web.shared import FormPage

PERMISSION = "referrals.write"


def referral_at(desk: Desk, referral_id: UUID) -> Referral:
    """Give a referral of this provider to who may take people in.

    Raises:
        Referral.DoesNotExist: There is none, or not within reach.
    """
    mine = visible_to(desk.user, desk.day, PERMISSION).filter(provider_id=desk.provider_id)
    return mine.get(pk=referral_id)


class IntakeForm(FormPage):
    """A form about one thing that is there; it goes back to the page of that.

    Attributes:
        title: The heading.
        lead: A sentence below it.
        save: What the button says.
        found: The thing, once it was looked up.
    """

    permission = PERMISSION
    template = "web/intake/form.html"
    title: ClassVar[Promise]
    lead: ClassVar[Promise | str] = ""
    save: ClassVar[Promise] = gettext_lazy("Salvesta")
    is_danger: ClassVar[bool] = False
    found: Any = None

    def find(self, **ids: Any) -> Any:
        """Look up what the form is about."""
        raise NotImplementedError

    def about(self) -> str:
        """Say what the form is about."""
        return ""

    def back(self) -> str:
        """Give the page to go back to."""
        raise NotImplementedError

    def prepare(self, form: Any) -> None:
        """Give the fields what can be chosen."""

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        if self.found is None:
            self.found = self.find(**ids)
        form = super().form(data, files, **ids)
        self.prepare(form)
        return form

    def read(self, **ids: Any) -> dict[str, Any]:
        return {
            "section": "intake",
            "form": self.form(**ids),
            "title": self.title,
            "lead": self.lead,
            "save": self.save,
            "is_danger": self.is_danger,
            "about": self.about(),
            "back": self.back(),
        }

    @property
    def who(self) -> dict[str, Any]:
        """Who acts, and on which day."""
        return {"by": self.desk.user, "on": self.desk.day}

    def done(self, text: str, cautions: tuple[Caution, ...] = ()) -> str:
        """Say what was done and what is unusual about it; give the page to go to."""
        self.say(text)
        for one in cautions:
            self.warn(one.text)
        return self.back()


class WhyOnlyForm(Form):
    """Asks for nothing but the reason."""

    why = text_field(gettext_lazy("Miks?"), rows=2)


class CancelForm(IntakeForm):
    """Cancels one row, with a reason; the row stays to be seen in the audit."""

    form_class = WhyOnlyForm
    title = gettext_lazy("Tühista kirje")
    lead = gettext_lazy("Tühistatud kirje enam ei kehti, aga jääb ajalukku alles.")
    save = gettext_lazy("Tühista kirje")
    is_danger = True

    def cancel(self, why: str) -> None:
        """Do the action."""
        raise NotImplementedError

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        self.cancel(form.cleaned_data["why"])
        return self.done(_("Kirje on tühistatud."))
