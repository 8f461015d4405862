"""The kinds of network work, as data in every language."""

from tugiplaan.rules.network_work import (
    consultation_components,
    group_label,
    life_domains,
    network_fields,
    work_kinds,
)

LANGUAGES = ("et", "en", "ru")


def test_every_kind_field_and_domain_is_named_in_every_language() -> None:
    for kind in work_kinds().values():
        for language in LANGUAGES:
            assert kind.labels[language]
            assert kind.hints[language]
            assert group_label(kind.group, language)
    for labels in network_fields().values():
        assert set(labels) == set(LANGUAGES)
    for language in LANGUAGES:
        assert list(life_domains(language)) == [1, 2, 3, 4, 5, 6, 7]
        assert all(life_domains(language).values())


def test_the_kinds_are_those_of_the_component() -> None:
    assert list(work_kinds()) == [
        *("coordination", "network", "advice"),
        *("health", "community", "community_services", "money", "guardianship"),
    ]
    assert consultation_components() == {"B2"}
