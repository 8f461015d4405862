"""What a plan is made of: life domains, statutory activities, what components hold."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from tugiplaan.rules.tables import load
from tugiplaan.rules.vocabulary import Service, Tier

type Words = dict[str, str]
"""A short label by language."""


@dataclass(frozen=True, slots=True)
class StatutoryActivity:
    """Something that a provider must do in a service, as far as the person needs it.

    Attributes:
        code: The service and the point that names it, for example `TE-1`.
        section: Where it stands in the act.
    """

    code: str
    section: str
    words: Words

    def name(self, language: str) -> str:
        """Give its short label."""
        return said(self.words, language)


@dataclass(frozen=True, slots=True)
class ComponentContent:
    """What a kind of component holds, and what it does not."""

    code: str
    holds: tuple[Words, ...]
    not_holds: tuple[Words, ...]


def said(words: Words, language: str) -> str:
    """Give a label in a language; in Estonian where it has no other.

    >>> said({"et": "kodu", "en": "home"}, "en"), said({"et": "kodu"}, "ru")
    ('home', 'kodu')
    """
    return words.get(language) or words["et"]


def domains(language: str) -> dict[int, str]:
    """Give the names of the seven life domains by number.

    Law: SHS § 85(1); HIND, the guide to assessing the need for support.

    >>> domains("et")[7]
    'igapäevaelu toimingud'
    """
    return {number: said(words, language) for number, words in _data()["domains"].items()}


@cache
def activities_of(service: Service) -> tuple[StatutoryActivity, ...]:
    """Give what a provider must do in a service, by the points of the act.

    Law: SHS §§ 87(2), 91(2), 94(2), 97(3), 99¹(2), 100(2), read in the redaction RT I,
    03.06.2026, 23.

    >>> [one.code for one in activities_of(Service.TE)]
    ['TE-1', 'TE-2', 'TE-3', 'TE-4']
    >>> activities_of(Service.OEH)[0].section
    'SHS § 100 lg 2 p 1, § 87 lg 2 p 1'
    """
    entry = _data()["services"][service.value]
    section = entry["section"]
    own = tuple(
        StatutoryActivity(f"{service}-{point}", f"{section} p {point}", words)
        for point, words in entry["points"].items()
    )
    if "includes" not in entry:
        return own
    taken = activities_of(Service(entry["includes"]))
    return (
        *(
            StatutoryActivity(
                f"{service}-1.{one.code.partition('-')[2]}",
                f"{section} p 1, {one.section.removeprefix('SHS ')}",
                one.words,
            )
            for one in taken
        ),
        *own,
    )


def activity(code: str) -> StatutoryActivity | None:
    """Give the statutory activity with a code; None: there is none.

    >>> activity("KE-3").name("en"), activity("aed"), activity("KE-9")
    ('guidance in planning time and leisure', None, None)
    """
    service = code.partition("-")[0]
    if service not in set(Service):
        return None
    return next((one for one in activities_of(Service(service)) if one.code == code), None)


@cache
def component_content(name: str, tier: Tier) -> ComponentContent:
    """Say what a component holds: found by its name in the price list, else by its tier.

    Law: none; the list of components that the program was founded on (docs/open-points.md).

    >>> component_content("Teenuse planeerimine", Tier.BASE).code
    'planning'
    >>> component_content("Sotsiaalsete suhete komponent", Tier.ADDITIONAL).code
    'additional'
    """
    rows = _data()["components"]
    named = [row for row in rows if name in row["names"]]
    found = (named or [row for row in rows if row["tier"] == tier])[0]
    return ComponentContent(found["code"], tuple(found["holds"]), tuple(found["not_holds"]))


@cache
def _data() -> Any:
    return load("activities")
