"""What the text of a referral decision must hold, and what of it is wanting."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from tugiplaan.rules.services import ServiceKind


class DecisionPart(StrEnum):
    """The contents that can be wanting; without the others a decision cannot be kept at all."""

    PERSON_CONTACTS = "person_contacts"
    REPRESENTATIVE_CONTACTS = "representative_contacts"
    PURPOSE = "purpose"
    VOLUME = "volume"
    """How long and how often, with what it counts."""
    COURT_ORDER = "court_order"
    CONTRIBUTION = "contribution"
    """On what condition the person pays their own contribution."""


_SECTION = "SHS § 71(2)–(3)"
_SECTIONS = {DecisionPart.VOLUME: "SHS § 71(2) p 7"}


@dataclass(frozen=True, slots=True)
class Wanting:
    """Something that a decision should say and does not.

    Attributes:
        section: Act and section.
    """

    part: DecisionPart
    section: str


def wanting_parts(
    kind: ServiceKind,
    given: Collection[DecisionPart],
    *,
    has_representative: bool,
    pays_contribution: bool,
) -> tuple[Wanting, ...]:
    """Say what is wanting in a decision.

    Args:
        kind: For which service.
        given: What it holds.
        has_representative: Whether somebody represents the person.
        pays_contribution: Whether the service is one with an own contribution.

    Returns:
        Each part that the law names for this service and that is not given, in the order of
        the law. Nothing of it stops the service.

    Law: SHS § 71(2)–(3).

    >>> from tugiplaan.rules.services import kind_of
    >>> from tugiplaan.rules.vocabulary import Service, Variant
    >>> iet = kind_of(Service.IET, Variant.PLAIN)
    >>> given = [DecisionPart.PERSON_CONTACTS, DecisionPart.PURPOSE]
    >>> found = wanting_parts(iet, given, has_representative=False, pays_contribution=False)
    >>> [one.part.value for one in found]
    ['volume']
    """
    needed = {
        DecisionPart.REPRESENTATIVE_CONTACTS: has_representative,
        DecisionPart.COURT_ORDER: kind.is_court_ordered,
        DecisionPart.CONTRIBUTION: pays_contribution,
    }
    return tuple(
        Wanting(part, _SECTIONS.get(part, _SECTION))
        for part in DecisionPart
        if needed.get(part, True) and part not in given
    )
