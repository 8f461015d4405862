"""What the pages of settings share: a form that sets one thing, and fields that choose a code."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.language import language
from tugiplaan.rules.vocabulary import label
from tugiplaan.web.shared import FormPage, Page

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

type Text = str | _StrPromise


def word(code: StrEnum) -> str:
    """Give what people call a code, in the language of the page."""
    return label(code, language())


class SettingPage(Page):
    """A page that lists what is set. Seen with `providers.read`."""

    permission = "providers.read"

    def read(self, **ids: Any) -> dict[str, Any]:
        return {"section": "setup", **self.listed(**ids)}

    def listed(self, **ids: Any) -> dict[str, Any]:
        """Ask for what the page lists."""
        raise NotImplementedError


class SettingForm(FormPage):
    """A form that sets one thing and goes back to the page that lists it.

    Attributes:
        title: What is set.
        intro: What one should know before.
        button: What the button says.
        back: Name of the page that lists it, and where one lands afterwards.
    """

    permission = "providers.write"
    template = "web/setup/form.html"
    title: ClassVar[Text]
    intro: ClassVar[Text] = ""
    button: ClassVar[Text] = _("Salvesta")
    done: ClassVar[Text] = _("Salvestatud.")
    back: ClassVar[str] = "setup"

    def read(self, **ids: Any) -> dict[str, Any]:
        return {
            "section": "setup",
            "form": self.form(**ids),
            "title": self.title,
            "intro": self.intro,
            "button": self.button,
            "back": self.back_url(**ids),
        }

    def back_url(self, **ids: Any) -> str:  # noqa: ARG002 - what the address names
        """Give the address of the page that lists what is set."""
        return self.url(self.back)

    def save(self, form: forms.Form, **ids: Any) -> None:
        """Call the one action."""
        raise NotImplementedError

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:
        self.save(form, **ids)
        self.say(str(self.done))
        return self.back_url(**ids)


def offer(
    form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]], *, none: Text = ""
) -> None:
    """Give a field of a form what can be chosen.

    Args:
        form: The form.
        name: The field.
        choices: Value and label of each.
        none: What choosing nothing is called; empty: something must be chosen.
    """
    field = cast("forms.ChoiceField", form.fields[name])
    first: list[tuple[Any, Any]] = [("", none)] if none else []
    field.choices = [*first, *((str(value), label) for value, label in choices)]


class PickField(forms.TypedChoiceField):
    """One row of those that the page offers, by its id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, **kwargs)


def code_choices[C: StrEnum](codes: Iterable[C]) -> list[tuple[str, str]]:
    """Give codes with what people call them."""
    return [(str(code), word(code)) for code in codes]


class CodeField[C: StrEnum](forms.TypedChoiceField):
    """One code of a closed list."""

    def __init__(self, codes: Iterable[C], none: Text = "", **kwargs: Any) -> None:
        known = list(codes)
        kind = type(known[0])

        def choices() -> list[tuple[str, Any]]:
            return ([("", none)] if none else []) + code_choices(known)

        super().__init__(choices=choices, coerce=kind, empty_value=None, **kwargs)


def text(
    label: Text, *, required: bool = True, most: int = 200, hint: Text = ""
) -> forms.CharField:
    """Make a field for a line of text."""
    return forms.CharField(label=label, required=required, max_length=most, help_text=hint)


RADIO = forms.RadioSelect
