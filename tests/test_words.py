"""The catalogues hold every text for people, translated; the tool sees all of them."""

import gettext
import re
from io import BytesIO
from pathlib import Path

import pytest

from tools import words as tool
from tools.words import LANGUAGES, LOCALE, Text, Words, catalogue, compiled, faults, written

WANTED = tool.texts()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_with_its_names_and_none_is_left_over(language: str) -> None:
    assert faults(catalogue(language), tool.wanted_of(language, WANTED)) == []


def test_a_text_of_a_library_is_said_in_every_language() -> None:
    of_libraries = tool.wanted_of("et", WANTED)
    assert ("", "Two-Factor Authentication", "") in of_libraries
    assert not of_libraries & WANTED
    assert tool.wanted_of("ru", WANTED) == of_libraries | WANTED


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_runs_is_what_is_written(language: str) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    words = catalogue(language)
    assert (folder / "django.po").read_bytes() == written(words)
    assert (folder / "django.mo").read_bytes() == compiled(words)


def test_the_texts_of_the_sources_are_found() -> None:
    assert ("", "Märge on tühi: kirjuta see. Midagi ei salvestatud.", "") in WANTED
    assert ("", "Ja veel {more} rida.", "Ja veel {more} rida.") in WANTED
    assert ("", "tunnikirje", "") in WANTED


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("Tere")', {("", "Tere", "")}),
        ('_(\n    "Tere, "\n    "{name}"\n).format(name=1)', {("", "Tere, {name}", "")}),
        ('_(text); _(f"{x}"); _(""); for _ in x: pass', set()),
        ('ngettext("üks", "mitu", n)', {("", "üks", "mitu")}),
        ('pgettext("kuu", "mai")', {("kuu", "mai", "")}),
        ('npgettext("kuu", "päev", "päeva", 2)', {("kuu", "päev", "päeva")}),
        ('gettext_lazy("laisk"); gettext_noop("hiljem")', {("", "laisk", ""), ("", "hiljem", "")}),
    ],
)
def test_texts_of_python(source: str, found: set[Text]) -> None:
    assert set(tool.texts_of_python(source)) == found


def test_no_source_calls_gettext_by_a_name_that_is_not_looked_for() -> None:
    called = {
        found
        for path in tool.SOURCES.rglob("*.py")
        for found in re.findall(r"\b(\w*gettext\w*) as (\w+)", path.read_text("utf-8"))
    }
    unseen = {(name, alias) for name, alias in called if not found_by(f'{alias}("Tere")')}
    assert not unseen


def found_by(call: str) -> set[Text]:
    return set(tool.texts_of_python(call))


def test_texts_of_javascript() -> None:
    found = tool.texts_of_python('const tell = gettext("Salvestamata");', "javascript")
    assert list(found) == [("", "Salvestamata", "")]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("{% load i18n %}<p title='{% translate \"Tere\" %}'>\n  it's\n</p>", {("", "Tere", "")}),
        ("{% translate 'Mai' context 'kuu' %}", {("kuu", "Mai", "")}),
        ('{{ _("Päev")|upper }}\n{% url _("Kuu") %}', {("", "Päev", ""), ("", "Kuu", "")}),
        (
            "{% blocktranslate trimmed with name=person.name %}\n  Tere,\n  {{ name }}\n"
            "{% endblocktranslate %}",
            {("", "Tere, %(name)s", "")},
        ),
        (
            "{% blocktranslate count n=rows|length trimmed %}\n  üks kirje\n{% plural %}\n"
            "  {{ n }} kirjet\n{% endblocktranslate %}",
            {("", "üks kirje", "%(n)s kirjet")},
        ),
        ("{% blocktranslate %}kaks\nrida{% endblocktranslate %}", {("", "kaks\nrida", "")}),
        ('{# _("märkus") #}{% comment "x" %}{% translate "ei" %}{% endcomment %}', set()),
        ("{# Translators: siin #}\n{% translate 'jah' %} # {% translate 'ka' %}", {
            ("", "jah", ""), ("", "ka", ""),
        }),
    ],
)  # fmt: skip
def test_texts_of_a_page(page: str, found: set[Text]) -> None:
    assert set(tool.texts_of_page(page)) == found


def test_texts_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("{% load i18n %}{% translate 'leht' %}")
    (tmp_path / "notes.html").write_text("{% translate 'mitte' %}")
    (tmp_path / "code.py").write_text('_("kood")')
    (tmp_path / "code.js").write_text('gettext("skript")')
    assert {text for _, text, _ in tool.texts(tmp_path)} == {"leht", "kood", "skript"}


def test_renewing_keeps_what_is_known_and_drops_what_is_gone() -> None:
    words = Words(locale="en", header_comment="", fuzzy=False)
    words.add("jääb", "stays")
    words.add("kaob", "goes")
    words.add("kahtlane", "unsure", flags={"fuzzy"})
    fresh = tool.renewed(words, {("", "jääb", ""), ("", "uus", ""), ("", "kahtlane", "")})
    told = {message.id: message.string for message in fresh if message.id}
    assert told == {"jääb": "stays", "uus": "", "kahtlane": ""}
    assert faults(fresh, {("", "jääb", "")}) == [
        *("no longer used: kahtlane", "no longer used: uus"),
        *("not translated: kahtlane", "not translated: uus"),
    ]


@pytest.mark.parametrize(
    ("text", "told", "fault"),
    [
        ("Päev {day}", "Day {date}", "other names"),
        ("Tere, %(name)s", "Hello", "other names"),
        ("Tere, {name}", "Hello, %(name)s", "other names"),
        ("Tere ", "Hello", "other spaces"),
        ("Tere", "", "not translated"),
    ],
)
def test_a_wrong_translation_is_told(text: str, told: str, fault: str) -> None:
    words = Words(locale="en", header_comment="", fuzzy=False)
    words.add(text, told)
    (found,) = faults(words, {("", text, "")})
    assert found.startswith(fault)


def test_a_plural_may_leave_out_the_number_where_the_text_does() -> None:
    words = Words(locale="en", header_comment="", fuzzy=False)
    words.add(("üks kirje", "%(n)s kirjet"), ("one record", "%(n)s records"))
    assert faults(words, {("", "üks kirje", "%(n)s kirjet")}) == []
    assert faults(words, {("", "muu", "")}) == [
        *("no longer used: üks kirje", "not in the catalogue: muu")
    ]


def test_nothing_in_a_file_changes_by_itself() -> None:
    words = Words(locale="ru", header_comment="", fuzzy=False)
    words.add("päev", "день")
    assert written(words).decode().splitlines()[:3] == [
        'msgid ""',
        'msgstr ""',
        '"Language: ru\\n"',
    ]
    assert b"Babel" not in compiled(words)


def test_russian_has_three_plurals() -> None:
    words = Words(locale="ru", header_comment="", fuzzy=False)
    words.add(("{n} päev", "{n} päeva"), ("{n} день", "{n} дня", "{n} дней"))
    told = gettext.GNUTranslations(BytesIO(compiled(words)))
    assert [told.ngettext("{n} päev", "{n} päeva", n) for n in (1, 3, 5, 21, 112)] == [
        *("{n} день", "{n} дня", "{n} дней", "{n} день", "{n} дней")
    ]


def test_a_brace_that_is_only_a_sign_is_no_name() -> None:
    assert tool.names("{ ja %(day)s") == {"%(day)s"}
