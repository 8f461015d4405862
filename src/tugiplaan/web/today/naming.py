"""How services, components and kinds of help are called on these pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.pricelists.queries import component_prices_of
from tugiplaan.rules.explanation import messages
from tugiplaan.rules.services import kind_of
from tugiplaan.rules.vocabulary import AbsenceKind, Audience, DayKind, Mode, Service, Variant


def service_name(service: str, variant: str = "") -> str:
    """Name a service by its legal name."""
    kind = kind_of(Service(service), Variant(variant))
    name = kind.name_en if language() == "en" else kind.name_et
    return name[:1].upper() + name[1:]


def audience_name(audience: str) -> str:
    """Say with whom one was."""
    return {
        Audience.PERSON: _("inimesega"),
        Audience.FAMILY: _("perega"),
        Audience.EMPLOYER: _("tööandjaga"),
        Audience.COWORKERS: _("töökaaslastega"),
        Audience.PROVIDER: _("teenuseosutajaga"),
    }[Audience(audience)]


def mode_name(mode: str) -> str:
    """Say whether alone or in a group."""
    word: Mapping[str, str] = messages()["words"][Mode(mode)]
    return word[language()]


def day_kind_name(kind: str) -> str:
    """Name a unit of day and week care."""
    return {DayKind.DAY: _("Päev"), DayKind.OOP: _("Ööpäev")}[DayKind(kind)]


def away_name(kind: AbsenceKind) -> str:
    """Say why somebody is away."""
    return {
        AbsenceKind.ABSENT: _("Ära"),
        AbsenceKind.HOSPITAL: _("Haiglas"),
        AbsenceKind.TUBERCULOSIS: _("Ravil"),
    }[kind]


@dataclass(frozen=True, slots=True)
class Names:
    """Names of components by their code, as the price lists call them."""

    components: Mapping[str, str]

    def component(self, code: str) -> str:
        """Name a component; its code where no price list names it."""
        return self.components.get(code) or code

    def of_record(self, row: Any) -> str:
        """Name what a line of `Done` or a key was about."""
        return self.component(row.what)


def names_at(provider_id: Any) -> Names:
    """Read the names of a provider's components. One query."""
    rows = component_prices_of(provider_id).values_list("component", "name")
    return Names({code: name for code, name in rows if name})
