"""What the text of a decision must hold, by service."""

import pytest

from tugiplaan.rules.contribution import OWN_CONTRIBUTION_SERVICES
from tugiplaan.rules.facts.decision import DecisionPart, wanting_parts
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
    pays = kind.service in OWN_CONTRIBUTION_SERVICES
    found = wanting_parts(kind, [], has_representative=False, pays_contribution=pays)
    assert [one.part.value for one in found] == [*ALWAYS, *more]


def test_whoever_represents_the_person_must_be_within_reach() -> None:
    kind = kind_of(Service.IET, Variant.PLAIN)
    found = wanting_parts(kind, [], has_representative=True, pays_contribution=True)
    assert [one.part for one in found][:2] == [
        DecisionPart.PERSON_CONTACTS,
        DecisionPart.REPRESENTATIVE_CONTACTS,
    ]


def test_what_is_given_is_not_wanting_and_the_sections_are_named() -> None:
    every = {"has_representative": True, "pays_contribution": True}
    for service, variant in catalogue():
        kind = kind_of(service, variant)
        assert wanting_parts(kind, list(DecisionPart), **every) == ()
        for one in wanting_parts(kind, [], has_representative=True, pays_contribution=True):
            is_volume = one.part is DecisionPart.VOLUME
            assert one.section == ("SHS § 71(2) p 7" if is_volume else "SHS § 71(2)–(3)")
