"""Gather every text for people from code and pages; make the catalogues that translate them.

    python tools/words.py [--check]

Writes `src/tugiplaan/web/locale/<language>/LC_MESSAGES/django.po` (new texts empty, texts that
are gone left out) and compiles `django.mo` beside it. With `--check` nothing is written; what is
missing or wrong is told, and the program fails. Estonian is the language of the sources; what the
Estonian catalogue holds are texts of libraries that our pages say in our own words, and it alone
says which: a text that is added there by hand is asked for in the other languages too.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from django.utils.translation.template import templatize

SOURCES = Path(__file__).parents[1] / "src" / "tugiplaan"
LOCALE = SOURCES / "web" / "locale"
LANGUAGES = ("et", "en", "ru")
OWN = "et"
"""The language of the sources: its catalogue has only texts of libraries."""

_PLURALS = {
    "et": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);",
}
_PYTHON: dict[str, Any] = {
    **dict.fromkeys(("_", "_t", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
_PAGES = {".html", ".txt"}
_REMARKS = re.compile(r"\{#.*?#\}|\{%\s*comment\b[^%]*%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
_NAMED = re.compile(r"%\(\w+\)[sd]")
_WIDTH = 100

type Text = tuple[str, str, str]
"""Context, text and plural; empty where there is none."""


class Words(Catalog):
    """A catalogue whose header says nothing that changes by itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        language = str(self.locale_identifier)
        return [
            ("Language", language),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", _PLURALS[language]),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """What a file says of itself is not kept."""


def texts_of_python(source: str, method: str = "python") -> Iterator[Text]:
    """Give the texts that a Python source (or by its method a JavaScript one) shows to people."""
    found = extract(method, BytesIO(source.encode()), keywords=_PYTHON)
    for _line, message, _remarks, context in found:
        parts = (message,) if isinstance(message, str) else message
        if all(isinstance(part, str) for part in parts) and parts[0]:
            yield (context or "", parts[0], parts[1] if len(parts) > 1 else "")


def texts_of_page(source: str) -> Iterator[Text]:
    """Give the texts that a template shows to people."""
    # Django writes a template as Python that no parser takes: one line of it is enough here.
    flat = templatize(_REMARKS.sub("", source), origin="").replace("\n", " ")
    yield from texts_of_python(flat)


def texts(sources: Path = SOURCES) -> set[Text]:
    """Give the texts of all sources and templates below a folder."""
    found: set[Text] = set()
    for path in sources.rglob("*"):
        if path.suffix == ".py":
            found.update(texts_of_python(path.read_text("utf-8")))
        elif path.suffix == ".js":
            found.update(texts_of_python(path.read_text("utf-8"), "javascript"))
        elif path.suffix in _PAGES and "templates" in path.parts:
            found.update(texts_of_page(path.read_text("utf-8")))
    return found


def wanted_of(language: str, own: Iterable[Text]) -> set[Text]:
    """Give the texts that a language's catalogue must have.

    Args:
        language: One of LANGUAGES.
        own: The texts of the sources.

    Returns:
        The texts of libraries that we say in our own words; for every language but that of the
        sources also the texts of the sources.
    """
    of_libraries = {key(message) for message in catalogue(OWN) if message.id}
    return of_libraries if language == OWN else of_libraries | set(own)


def catalogue(language: str, locale: Path = LOCALE) -> Words:
    """Read the catalogue of a language; empty where there is none yet."""
    words = Words(locale=language, header_comment="", fuzzy=False)
    path = _path(language, locale)
    if path.exists():
        for message in pofile.read_po(BytesIO(path.read_bytes()), locale=language):
            if message.id:
                words[message.id] = message
    return words


def _path(language: str, locale: Path) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def key(message: Message) -> Text:
    """Give the context, text and plural of a message of a catalogue."""
    ids = message.id if isinstance(message.id, (list, tuple)) else (message.id, "")
    return (message.context or "", ids[0], ids[1])


def renewed(words: Words, wanted: Iterable[Text]) -> Words:
    """Give a catalogue of exactly the wanted texts, with the translations that are known."""
    known = {key(message): message for message in words if message.id}
    fresh = Words(locale=words.locale, header_comment="", fuzzy=False)
    for text in sorted(wanted, key=lambda one: (one[1], one[0])):
        context, single, plural = text
        before = known.get(text)
        fresh.add(
            (single, plural) if plural else single,
            before.string if before and not before.fuzzy else "",
            context=context or None,
        )
    return fresh


def written(words: Words) -> bytes:
    """Give a catalogue as the text of a .po file, by text and without the lines of the sources."""
    file = BytesIO()
    pofile.write_po(file, words, width=_WIDTH, no_location=True, sort_output=True)
    return file.getvalue().lstrip()


def compiled(words: Words) -> bytes:
    """Give a catalogue as the .mo file that runs."""
    file = BytesIO()
    mofile.write_mo(file, words)
    return file.getvalue()


def faults(words: Words, wanted: Iterable[Text]) -> list[str]:
    """Say what is wrong with a catalogue.

    Args:
        words: The catalogue.
        wanted: The texts of the sources.

    Returns:
        A sentence for each text that is missing, not translated, unsure or no longer used, and
        for each translation whose {names} are not those of its text.
    """
    there = {key(message): message for message in words if message.id}
    found = [f"not in the catalogue: {text[1]}" for text in wanted if text not in there]
    found += [f"no longer used: {text[1]}" for text in there if text not in set(wanted)]
    for (_, single, plural), message in there.items():
        told = message.string
        strings = [told] if isinstance(told, str) else list(told or [""])
        allowed = [names(text) for text in (single, plural) if text]
        if message.fuzzy or not all(strings):
            found.append(f"not translated: {single}")
        elif any(names(one) not in allowed for one in strings):
            found.append(f"other names than in the text: {single}")
        elif any(_edges(one) != _edges(single) for one in strings):
            found.append(f"other spaces around it than the text: {single}")
    return sorted(found)


def names(text: str) -> set[str]:
    """Give the {names} and %(names)s that a text has filled in, as they are written."""
    named = set(_NAMED.findall(text))
    try:
        found = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        return named | {f"{{{name}}}" for name in found}
    except ValueError:  # a brace that is only a sign
        return named


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def main() -> None:
    """Renew the catalogues, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing, fail where wrong")
    is_check = parser.parse_args().check
    own = texts()
    wrong = 0
    for language in LANGUAGES:
        words, wanted = catalogue(language), wanted_of(language, own)
        if not is_check:
            words = renewed(words, wanted)
            path = _path(language, LOCALE)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(words))
            path.with_suffix(".mo").write_bytes(compiled(words))
        told = faults(words, wanted)
        wrong += len(told)
        print(f"{language}: {len(wanted)} texts, {len(told)} to mend", *told, sep=os.linesep + "  ")
    sys.exit(1 if wrong and is_check else 0)


if __name__ == "__main__":
    main()
