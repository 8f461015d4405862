"""What the page of a new decision asks; it gives what the action wants."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.people.actions import Identity
from tugiplaan.providers.queries import places_of
from tugiplaan.referrals.actions import Decision, Intake
from tugiplaan.referrals.cautions import CautionCode
from tugiplaan.rules.services import catalogue
from tugiplaan.rules.vocabulary import Service, Variant, VolumeUnit
from tugiplaan.web.desk import Desk
from tugiplaan.web.forms import DayField, WhyForm
from tugiplaan.web.house.fields import choices_of, text_field
from tugiplaan.web.people.labels import service_name
from tugiplaan.web.people.reach import reached

_NOBODY = UUID(int=0)


class DecisionForm(WhyForm):
    """A decision (SHS § 71(2)), and who it is about."""

    field_order = (
        *("person", "first_name", "last_name", "birth_date", "identifier", "code", "issued_on"),
        *("service", "valid_from", "valid_to", "place_id", "purpose", "planned_volume"),
        *("volume_unit", "is_released", "court_order", "contribution"),
        *("slot", "slot_new_from", "why"),
    )
    person: Any = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("Kes"),
        required=False,
        empty_label=gettext_lazy("Uus inimene: täida nimi ja sünniaeg"),
    )
    first_name = forms.CharField(label=gettext_lazy("Eesnimi"), max_length=200, required=False)
    last_name = forms.CharField(label=gettext_lazy("Perekonnanimi"), max_length=200, required=False)
    birth_date = DayField(label=gettext_lazy("Sünniaeg"), required=False)
    identifier = forms.CharField(label=gettext_lazy("Isikukood"), max_length=40, required=False)
    code = forms.CharField(label=gettext_lazy("Suunamisotsuse number"), max_length=64)
    issued_on = DayField(label=gettext_lazy("Otsuse kuupäev"))
    service = forms.ChoiceField(label=gettext_lazy("Teenus"))
    valid_from = DayField(label=gettext_lazy("Alates"))
    valid_to = DayField(label=gettext_lazy("Kuni"))
    place_id = forms.ChoiceField(label=gettext_lazy("Koht"), required=False)
    purpose = text_field(gettext_lazy("Teenuse eesmärk"), rows=3, required=False)
    planned_volume = forms.DecimalField(
        label=gettext_lazy("Soovituslik maht"),
        required=False,
        localize=True,
        max_digits=12,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "number"}),
    )
    volume_unit = forms.ChoiceField(label=gettext_lazy("Mahu ühik"), required=False)
    is_released = forms.BooleanField(
        label=gettext_lazy("Tuleb sundravilt või tahtest olenematust ravist"), required=False
    )
    court_order = forms.CharField(
        label=gettext_lazy("Kohtumäärus"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Kohus, number ja kuupäev; ainult kohtumäärusega teenusel."),
    )
    contribution = forms.CharField(
        label=gettext_lazy("Omaosaluse tingimus"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Nagu otsuses: mille eest ja mis tingimusel inimene ise maksab."),
    )
    slot = forms.CharField(
        label=gettext_lazy("Uus autismikoht"),
        max_length=64,
        required=False,
        help_text=gettext_lazy("Ainult siis, kui inimene tuleb uuele kohale."),
    )
    slot_new_from = DayField(label=gettext_lazy("Uus koht alates"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["person"].queryset = reached(desk)
        fields["service"].choices = [
            (f"{service}:{variant}", _capital(service_name(service, variant)))
            for service, variant in catalogue()
        ]
        places = [(str(one.pk), one.name or one.code) for one in places_of(desk.provider_id)]
        fields["place_id"].choices = [("", _("Veel ei tea")), *places]
        fields["volume_unit"].choices = [("", "–"), *choices_of(VolumeUnit)]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not told.get("person"):
            for name in ("first_name", "last_name", "birth_date"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Vali inimene nimekirjast või täida see väli."))
        if told.get("planned_volume") is not None and not told.get("volume_unit"):
            self.add_error("volume_unit", _("Vali, mida maht loendab."))
        return told

    def intake(self, accepted: frozenset[CautionCode] | None) -> Intake:
        """Give the decision, with who is new.

        Args:
            accepted: What is unusual and was looked at; None: anything.
        """
        asked = self.cleaned_data
        service, _colon, variant = asked["service"].partition(":")
        decision = Decision(
            person_id=asked["person"].pk if asked["person"] else _NOBODY,
            service=Service(service),
            variant=Variant(variant),
            place_id=UUID(asked["place_id"]) if asked["place_id"] else None,
            volume_unit=VolumeUnit(asked["volume_unit"]) if asked["volume_unit"] else None,
            **{name: asked[name] for name in _AS_THEY_ARE},
        )
        newcomer = None if asked["person"] else self._newcomer()
        return Intake(decision, newcomer, asked["why"], accepted)

    def _newcomer(self) -> Identity:
        asked = self.cleaned_data
        names = ("first_name", "last_name", "birth_date", "identifier")
        return Identity(**{name: asked[name] for name in names})


_AS_THEY_ARE = (
    *("code", "issued_on", "valid_from", "valid_to", "planned_volume", "is_released"),
    *("slot", "slot_new_from", "purpose", "court_order", "contribution"),
)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
