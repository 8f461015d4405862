"""Every code that a page shows has a label in every language."""

import importlib
import pkgutil
from datetime import date
from enum import StrEnum
from string import Formatter
from typing import Any

import pytest

import tugiplaan.rules
from tugiplaan.rules import vocabulary
from tugiplaan.rules.explanation import (
    LANGUAGES,
    finding_name,
    messages,
    show_date,
    show_money,
    show_number,
    tell_source,
)
from tugiplaan.rules.tables import builtin, load
from tugiplaan.rules.vocabulary import FindingCode, Service, label, labels, short_label


def _lists() -> dict[str, type[StrEnum]]:
    """Find every closed list of the law by its name."""
    found: dict[str, type[StrEnum]] = {}
    for module in pkgutil.walk_packages(tugiplaan.rules.__path__, "tugiplaan.rules."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum:
                assert found.setdefault(name, value) is value, name
    return found


LISTS = _lists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_code_has_a_label(name: str, language: str) -> None:
    told = [label(code, language) for code in LISTS[name]]
    assert all(text and text == text.strip() for text in told)
    assert len(set(told)) == len(told)


def test_no_label_is_of_a_code_that_is_not() -> None:
    assert set(labels()) == set(LISTS) | {"short"}
    for name, listed in LISTS.items():
        assert list(labels()[name]) == [code.value for code in listed]
    assert list(labels()["short"]) == [service.value for service in Service]


def test_a_service_has_a_short_name() -> None:
    assert [short_label(service, "et") for service in Service] == [
        *("IET", "TTT", "TE", "KE", "PNH", "ÖEH")
    ]


def test_a_list_without_labels_is_refused() -> None:
    class Stranger(StrEnum):
        ONE = "one"

    with pytest.raises(KeyError):
        label(Stranger.ONE, "et")


def test_a_finding_is_named_by_its_label() -> None:
    assert finding_name("OVER_CAP", "ru") == label(FindingCode.OVER_CAP, "ru")


def test_labels_are_read_once() -> None:
    assert vocabulary.labels.__wrapped__() == labels()


def _entries(data: Any) -> list[dict[str, Any]]:
    """Find every text of a file of data that is written in languages."""
    if isinstance(data, list):
        return [entry for value in data for entry in _entries(value)]
    if not isinstance(data, dict):
        return []
    below = [entry for value in data.values() for entry in _entries(value)]
    return [data, *below] if set(data) & set(LANGUAGES) else below


@pytest.mark.parametrize(
    "file", ["coverage", "labels", "messages", "messages_duties", "services", "terms"]
)
def test_a_text_of_the_data_is_in_every_language_with_the_same_numbers(file: str) -> None:
    for entry in _entries(load(file)):
        told = {language: entry[language] for language in LANGUAGES}
        wanted = {
            tuple(sorted((name or "").removesuffix(f"_{language}") for name in _names(text)))
            for language, text in told.items()
        }
        assert all(told.values())
        assert len(wanted) == 1, told


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_russian_writes_money_days_and_numbers_as_estonian_does() -> None:
    day = date(2026, 5, 14)
    share = builtin().term("absence_share", day)
    assert show_money(1284, "ru") == "1\xa0284,00\xa0€"
    assert show_date(day, "ru") == "14.05.2026"
    assert show_number(share.value, "ru") == "0,95"
    assert tell_source(share, "ru") == "SHS § 79(4), с 01.01.2025"


def test_every_word_is_in_every_language() -> None:
    for word, told in messages()["words"].items():
        assert set(told) == set(LANGUAGES), word
