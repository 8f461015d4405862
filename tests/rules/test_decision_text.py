"""What the text of a decision must hold, by service."""

import pytest

from tugiplaan.rules.decision_text import DecisionPart, wanting_parts
from tugiplaan.rules.services import catalogue, kind_of
from tugiplaan.rules.vocabulary import Service, Variant

ALWAYS = ["person_contacts", "purpose", "volume"]


@pytest.mark.parametrize(
    ("service", "variant", "more"),
    [
        ("IET", "", []),
        ("TTT", "", []),
        ("TE", "", []),
        ("KE", "", ["contribution"]),
        ("PNH", "", ["contribution"]),
        ("OEH", "", ["contribution"]),
        ("OEH", "KM", ["court_order", "contribution"]),
    ],
)
def test_each_service_asks_for_its_own(service: str, variant: str, more: list[str]) -> None:
    kind = kind_of(Service(service), Variant(variant))
    found = wanting_parts(kind, [], has_representative=False)
    assert [one.part.value for one in found] == [*ALWAYS, *more]


def test_whoever_represents_the_person_must_be_within_reach() -> None:
    kind = kind_of(Service.IET, Variant.PLAIN)
    found = wanting_parts(kind, [], has_representative=True)
    assert [one.part for one in found][:2] == [
        DecisionPart.PERSON_CONTACTS,
        DecisionPart.REPRESENTATIVE_CONTACTS,
    ]


def test_what_is_given_is_not_wanting_and_the_sections_are_named() -> None:
    for service, variant in catalogue():
        kind = kind_of(service, variant)
        assert wanting_parts(kind, list(DecisionPart), has_representative=True) == ()
        for one in wanting_parts(kind, [], has_representative=True):
            is_volume = one.part is DecisionPart.VOLUME
            assert one.section == ("SHS § 71(2) p 7" if is_volume else "SHS § 71(2)–(3)")
