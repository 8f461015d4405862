"""How services, components and kinds of help are called on these pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tugiplaan.audit.language import language
from tugiplaan.pricelists.queries import component_prices_of
from tugiplaan.rules.vocabulary import AbsenceKind, Audience, DayKind, Mode, Service, label


def service_name(service: str) -> str:
    """Name a service by its legal name."""
    name = label(Service(service), language())
    return name[:1].upper() + name[1:]


def audience_name(audience: str) -> str:
    """Say with whom one was."""
    return label(Audience(audience), language())


def mode_name(mode: str) -> str:
    """Say whether alone or in a group."""
    return label(Mode(mode), language())


def day_kind_name(kind: str) -> str:
    """Name a unit of day and week care."""
    name = label(DayKind(kind), language())
    return name[:1].upper() + name[1:]


def away_name(kind: AbsenceKind) -> str:
    """Say why somebody is away."""
    name = label(kind, language())
    return name[:1].upper() + name[1:]


@dataclass(frozen=True, slots=True)
class Names:
    """Names of components by their code, as the price lists call them."""

    components: Mapping[str, str]

    def component(self, code: str) -> str:
        """Name a component; its code where no price list names it."""
        return self.components.get(code) or code


def names_at(provider_id: Any) -> Names:
    """Read the names of a provider's components. One query."""
    rows = component_prices_of(provider_id).values_list("component", "name")
    return Names({code: name for code, name in rows if name})
