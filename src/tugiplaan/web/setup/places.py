"""Houses and places, how many are served at once, and licences."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tugiplaan.providers.actions import (
    LicenceData,
    PlaceData,
    Size,
    add_building,
    add_licence,
    add_place,
    change_licence,
    set_size_class,
)
from tugiplaan.providers.agreements import SIZED, buildings_of
from tugiplaan.providers.queries import licences_of, places_of, size_periods_of
from tugiplaan.rules.vocabulary import Service, SizeClass, TargetGroup
from tugiplaan.web.forms import DayField, Form, WhyForm
from tugiplaan.web.setup.shared import (
    CodeField,
    PickField,
    SettingForm,
    SettingPage,
    code_choices,
    offer,
    text,
    word,
)


class Places(SettingPage):
    """The houses, each with its places, their sizes over time and their licences."""

    template = "web/setup/places.html"

    def listed(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        provider_id, day = self.desk.provider_id, self.desk.day
        sizes, licences = defaultdict(list), defaultdict(list)
        needing: set[UUID] = set()
        for period in size_periods_of(provider_id):
            sizes[period.place_id].append(
                (
                    word(SizeClass(period.size_class)),
                    period,
                    holds(period, day, "first_day", "last_day"),
                )
            )
        for licence in licences_of(provider_id):
            if licence.service in SIZED:
                needing.add(licence.place_id)
            groups = [word(TargetGroup(code)) for code in licence.target_groups.split()]
            licences[licence.place_id].append(
                (word(Service(licence.service)), ", ".join(groups), licence, holds(licence, day))
            )
        needing -= {place for place, periods in sizes.items() if periods}
        places = [
            (place, sizes[place.pk][::-1], licences[place.pk], place.pk in needing)
            for place in places_of(provider_id)
        ]
        houses = [
            (house, [one for one in places if one[0].building_id == house.pk])
            for house in buildings_of(provider_id)
        ]
        return {"houses": houses, "count": len(places)}


def holds(row: Any, day: date, first: str = "valid_from", last: str = "valid_to") -> str:
    """Say whether a dated row is over, holds or comes later on a day."""
    if getattr(row, first) > day:
        return "later"
    end = getattr(row, last)
    return "over" if end is not None and end < day else "now"


class BuildingForm(Form):
    """What is asked of a house."""

    code = text(_("Hoone nimi"), hint=_("Nii, nagu te seda majas kutsute, näiteks „Pargi 5“."))
    address = text(_("Aadress"), required=False, most=300)


class AddBuilding(SettingForm):
    """Add a house."""

    form_class = BuildingForm
    title = _("Lisa hoone")
    intro = _("Ühe hoone kohad loetakse suurusklassi jaoks kokku (määrus nr 65 § 2 lg 6¹).")
    done = _("Hoone on lisatud. Lisa nüüd hoonesse koht.")
    back = "setup_places"

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        told = form.cleaned_data
        add_building(
            provider_id=self.desk.provider_id,
            code=told["code"],
            address=told["address"],
            by=self.desk.user,
            on=self.desk.day,
        )


class PlaceForm(Form):
    """What is asked of a place."""

    building = PickField(label=_("Hoone"))
    name = text(_("Koha nimi"), hint=_("Kodu, pere või päevakeskus, näiteks „Pargi kodu“."))
    code = text(_("Lühikood"), most=64, hint=_("Failides kasutatav kood, näiteks PARGI."))
    address = text(_("Aadress"), required=False, most=300)
    county = text(_("Maakond"), required=False, most=40)


class AddPlace(SettingForm):
    """Add a home, a group of a home or a day centre."""

    form_class = PlaceForm
    title = _("Lisa koht")
    done = _("Koht on lisatud. Märgi nüüd selle suurusklass.")
    back = "setup_places"

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        form = super().form(data, files, **ids)
        houses = buildings_of(self.desk.provider_id)
        offer(form, "building", ((house.pk, house.code) for house in houses))
        return form

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"building": self.request.GET.get("building", "")}

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        told = dict(form.cleaned_data)
        house = buildings_of(self.desk.provider_id).get(pk=told.pop("building"))
        add_place(building=house, place=PlaceData(**told), by=self.desk.user, on=self.desk.day)


class SizeForm(WhyForm):
    """How many are served at once, and when."""

    size_class = CodeField(SizeClass, label=_("Suurusklass"), widget=forms.RadioSelect)
    first_day = DayField(label=_("Alates"))
    last_day = DayField(label=_("Kuni"), required=False, help_text=_("Tühi: edaspidi."))
    field_order = ("size_class", "first_day", "last_day", "why")


class SetSize(SettingForm):
    """Set how many are served at once at a place from a day on."""

    form_class = SizeForm
    title = _("Koha suurusklass")
    intro = _(
        "Sellest sõltub ööpäevaringse teenuse hind (määrus nr 65 § 2 lg 5–6¹). Uus aeg lõpetab "
        "eelmise ise; vanad jäävad ajalukku."
    )
    done = _("Suurusklass on salvestatud.")
    back = "setup_places"

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        self.place(**ids)  # a place of somebody else has no form either
        return super().form(data, files, **ids)

    def place(self, **ids: Any) -> Any:
        """Give the place of the address."""
        return places_of(self.desk.provider_id).get(pk=ids["place_id"])

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"first_day": self.desk.day.replace(day=1)}

    def save(self, form: forms.Form, **ids: Any) -> None:
        told = form.cleaned_data
        place = self.place(**ids)
        size = Size(told["size_class"], told["first_day"], told["last_day"])
        set_size_class(place=place, size=size, why=told["why"], by=self.desk.user, on=self.desk.day)


class LicenceForm(WhyForm):
    """What a licence says."""

    code = text(_("Tegevusloa number"), most=64, hint=_("Nagu majandustegevuse registris (MTR)."))
    place = PickField(label=_("Koht"))
    service = CodeField(Service, label=_("Teenus"))
    max_persons = forms.IntegerField(label=_("Kohtade arv"), min_value=1, max_value=10_000)
    valid_from = DayField(label=_("Kehtib alates"))
    valid_to = DayField(label=_("Kehtib kuni"), required=False, help_text=_("Tühi: tähtajatu."))
    target_groups = forms.MultipleChoiceField(
        label=_("Sihtrühmad"),
        required=False,
        choices=lambda: code_choices(TargetGroup),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ainult ööpäevaringse erihooldusteenuse loal (SHS § 154)."),
    )
    field_order = (
        "code",
        "place",
        "service",
        "max_persons",
        "valid_from",
        "valid_to",
        "target_groups",
        "why",
    )


class _LicencePage(SettingForm):
    form_class = LicenceForm
    intro = _(
        "Ilma kehtiva loata kohas osutatud teenus jääb kuu kontrollis silma (SHS §§ 151–154)."
    )
    done = _("Tegevusluba on salvestatud.")
    back = "setup_places"

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        form = super().form(data, files, **ids)
        offer(form, "place", ((one.pk, one.name) for one in places_of(self.desk.provider_id)))
        return form

    def told(self, form: forms.Form) -> LicenceData:
        """Give what the form says of the licence."""
        told = form.cleaned_data
        return LicenceData(
            code=told["code"],
            place_id=told["place"],
            service=told["service"],
            max_persons=told["max_persons"],
            valid_from=told["valid_from"],
            valid_to=told["valid_to"],
            target_groups=frozenset(TargetGroup(code) for code in told["target_groups"]),
        )


class AddLicence(_LicencePage):
    """Record a licence."""

    title = _("Lisa tegevusluba")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"place": self.request.GET.get("place", "")}

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        add_licence(
            provider_id=self.desk.provider_id,
            data=self.told(form),
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )


class ChangeLicence(_LicencePage):
    """Change what is recorded of a licence, such as its end."""

    title = _("Muuda tegevusluba")

    def initial(self, **ids: Any) -> dict[str, Any]:
        licence = self._licence(ids["licence_id"])
        names = ("code", "service", "max_persons", "valid_from", "valid_to")
        return {name: getattr(licence, name) for name in names} | {
            "place": str(licence.place_id),
            "target_groups": licence.target_groups.split(),
        }

    def save(self, form: forms.Form, **ids: Any) -> None:
        change_licence(
            licence=self._licence(ids["licence_id"]),
            data=self.told(form),
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )

    def _licence(self, licence_id: UUID) -> Any:
        return licences_of(self.desk.provider_id).get(pk=licence_id)
