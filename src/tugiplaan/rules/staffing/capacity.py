"""How many persons, and whom, the licence of a place allows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tugiplaan.rules.explanation import Step
from tugiplaan.rules.facts import Licence
from tugiplaan.rules.services import kind_of
from tugiplaan.rules.vocabulary import Service, TargetGroup, Variant

_NAMED_BY_LICENCE = frozenset(TargetGroup) - {TargetGroup.ORDINARY}
"""What a licence says besides the persons of § 101(1), SHS § 154 p 2; autism is a price line of
R65 § 2(5¹), and the facts of a licence name it too."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a licence allows at a place, and who is there.

    Attributes:
        persons: Persons served at once.
        maximum: The most that the licence allows; None: no licence is valid on the day.
        missing_groups: Target groups that are served and that no valid licence names.
        explanation: The steps.
    """

    persons: int
    maximum: int | None
    missing_groups: frozenset[TargetGroup]
    explanation: tuple[Step, ...]

    @property
    def over(self) -> int:
        """How many more than the licence allows; all of them when there is no licence."""
        return max(0, self.persons - (self.maximum or 0))

    @property
    def is_within(self) -> bool:
        return not self.over and not self.missing_groups


def capacity(
    licences: Iterable[Licence],
    place: str,
    service: Service,
    persons: Mapping[Variant, int],
    day: date,
) -> Capacity:
    """Compare the persons served at a place on a day with its licence.

    Args:
        licences: The provider's licences; those of other places and services do not count.
        place: The place.
        service: The service.
        persons: How many are served there at once, by variant.
        day: The day.

    Returns:
        What is over and which target groups are missing. Of several valid licences the
        largest number counts, and the groups of all. A licence names every target group
        but the ordinary one, which goes with § 101(1).

    Raises:
        KeyError: The service has no such variant.

    Law: rule R-19; SHS § 154.
    """
    valid = [
        licence
        for licence in licences
        if licence.place == place and licence.service is service and licence.covers(day)
    ]
    maximum = max((licence.max_persons for licence in valid), default=None)
    named = {group for licence in valid for group in licence.target_groups}
    served = {kind_of(service, variant).target_group for variant, n in persons.items() if n}
    missing = frozenset(g for g in _NAMED_BY_LICENCE if g in served and g not in named)
    total = sum(persons.values())
    if maximum is None:
        steps = [Step("capacity_no_licence", (("persons", total), ("day", day)), (), "SHS § 151")]
    else:
        numbers = (("persons", total), ("maximum", maximum), ("day", day))
        steps = [Step("capacity", numbers, (), "SHS § 154")]
    for group in sorted(missing):
        steps.append(Step("capacity_group", (("group", str(group)),), (), "SHS § 154"))
    return Capacity(total, maximum, missing, tuple(steps))
