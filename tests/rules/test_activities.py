"""The catalogue of what plans are made of is whole in three languages and by the act's points."""

import pytest

from tugiplaan.rules.activities import activities_of, activity, component_content, domains, said
from tugiplaan.rules.tables import load
from tugiplaan.rules.vocabulary import Service, Tier

POINTS = {"IET": 8, "TTT": 6, "TE": 4, "KE": 6, "PNH": 9, "OEH": 8 + 5}
"""How many points the act has; § 100(2) p 1 stands for the eight of § 87(2)."""


@pytest.mark.parametrize("service", list(Service))
def test_each_point_of_the_act_is_there_in_three_languages(service: Service) -> None:
    rows = activities_of(service)
    assert len(rows) == POINTS[service]
    assert len({one.code for one in rows}) == len({one.section for one in rows}) == len(rows)
    for one in rows:
        assert activity(one.code) == one
        assert len({one.name(language) for language in ("et", "en", "ru")}) == 3
        assert one.section.startswith("SHS § ")


def test_there_are_seven_domains_with_names_of_their_own() -> None:
    for language in ("et", "en", "ru"):
        assert list(domains(language)) == [1, 2, 3, 4, 5, 6, 7]
        assert len(set(domains(language).values())) == 7


def test_every_component_says_what_it_holds_and_what_not() -> None:
    for row in load("activities")["components"]:
        assert row["holds"]
        assert row["not_holds"]
        for words in [*row["holds"], *row["not_holds"]]:
            assert set(words) == {"et", "en", "ru"}
    for tier in Tier:
        assert component_content("Nimeta komponent", tier).code == tier.value


def test_base_components_hold_no_content_work() -> None:
    for name in ("Teenuse planeerimine", "Tegevusplaani elluviimise tagamine", "Põhiteenus"):
        told = [said(words, "et") for words in component_content(name, Tier.BASE).not_holds]
        assert any("sisutegevus" in text for text in told)


def test_a_code_of_no_service_names_nothing() -> None:
    assert activity("") is None
    assert activity("aed-1") is None
