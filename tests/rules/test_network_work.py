"""The kinds of network work, as data in every language."""

from tugiplaan.rules.network_work import (
    consultation_components,
    group_label,
    network_fields,
    work_kinds,
)

LANGUAGES = ("et", "en", "ru")


def test_every_kind_and_field_is_named_in_every_language() -> None:
    for kind in work_kinds().values():
        for language in LANGUAGES:
            assert kind.labels[language]
            assert kind.hints[language]
            assert group_label(kind.group, language)
    for labels in network_fields().values():
        assert set(labels) == set(LANGUAGES)


def test_the_kinds_are_those_of_the_component() -> None:
    assert list(work_kinds()) == [
        *("coordination", "network", "advice"),
        *("health", "community", "community_services", "money", "guardianship"),
    ]
    assert consultation_components() == {"B2"}
