"""How services, components and kinds of help are called on these pages."""

from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

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


def activity_codes() -> dict[str, str]:
    """Give the activities that rules know by a code, with what they are called."""
    return {
        "content": _("sisutöö"),
        "planning": _("planeerimine"),
        "job_finding": _("töö otsimine"),
        "coordination": _("plaani elluviimine"),
        "consultation": _("konsultatsioon"),
    }


def activity_name(text: str) -> str:
    """Give what was done as people read it."""
    return activity_codes().get(text, text)


class Names:
    """Names of a provider's components, as its price lists call them; read where one is wanted."""

    def __init__(self, provider_id: UUID) -> None:
        """Begin without asking anything."""
        self._provider_id = provider_id

    @cached_property
    def _components(self) -> dict[str, str]:
        rows = component_prices_of(self._provider_id).values_list("component", "name")
        return {code: name for code, name in rows if name}

    def component(self, code: str) -> str:
        """Name a component; its code where no price list names it."""
        return self._components.get(code) or code
