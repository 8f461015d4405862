"""What the forms of a house are made of: people with their service, moments, codes with names."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.language import language
from tugiplaan.providers.queries import places_of, staff_of
from tugiplaan.referrals.queries import Referral
from tugiplaan.rules.vocabulary import Service, label, short_label
from tugiplaan.web.desk import Desk
from tugiplaan.web.forms import Form

_MINUTE = "%Y-%m-%dT%H:%M"


def named(code: StrEnum) -> str:
    """Give what people see in the place of a code, beginning with a capital letter."""
    text = label(code, language())
    return text[:1].upper() + text[1:]


def choices_of(codes: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Give codes with their names, as a field offers them."""
    return [(code.value, named(code)) for code in codes]


def service_short(service: str) -> str:
    """Give the abbreviation by which people know a service."""
    return short_label(Service(service), language())


def id_of(text: str | None) -> UUID | None:
    """Read an id of an address; None where there is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


class MomentField(forms.DateTimeField):
    """A day and a time on the clock, by the browser's own picker."""

    widget = forms.DateTimeInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", [_MINUTE, "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M"])
        kwargs.setdefault(
            "widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MINUTE)
        )
        super().__init__(**kwargs)


class ReferralField(forms.ModelChoiceField):  # type: ignore[type-arg]  # plain when run
    """Who, and under which referral."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Kes"))
        kwargs.setdefault("empty_label", _("Vali inimene"))
        super().__init__(Referral.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person} · {service_short(obj.service)}"


class DeskForm(Form):
    """A form that knows the desk, because what it offers depends on it.

    Args:
        desk: Whose.
        referrals: Whom one may choose.
    """

    def __init__(
        self,
        *args: Any,
        desk: Desk,
        referrals: QuerySet[Referral] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.desk = desk
        offers: dict[str, Callable[[], Any]] = {
            "place": lambda: places_of(desk.provider_id),
            "worker": lambda: staff_of(desk.provider_id, desk.day).prefetch_related(None),
        }
        for field in self.fields.values():
            if isinstance(field, ReferralField) and referrals is not None:
                field.queryset = referrals
            elif isinstance(field, OfferField):
                field.queryset = offers[field.offers]()


class OfferField(forms.ModelChoiceField):  # type: ignore[type-arg]  # plain when run
    """A place or a worker of the provider.

    Attributes:
        offers: "place" or "worker".
    """

    def __init__(self, *, offers: str, **kwargs: Any) -> None:
        self.offers = offers
        super().__init__(Referral.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name or obj.code)


def text_field(label: Any, *, rows: int = 3, required: bool = True, help_text: Any = "") -> Any:
    """Make a field of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, widget=widget, help_text=help_text)
