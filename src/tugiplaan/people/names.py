"""Names: their Estonian order, the same in every database, and how they are found."""

import re
from functools import cache

import icu

# How Russian letters are written in Estonian, where the general transcription differs.
_RUSSIAN = str.maketrans(
    {"я": "ja", "ю": "ju", "ё": "jo", "ж": "z", "ч": "ts", "ш": "s", "щ": "sts", "ц": "ts"}
    | {"х": "h", "ы": "o", "э": "e", "й": "i", "ь": "", "ъ": ""}
)
_SOFT_E = re.compile(r"(?<![бвгджзйклмнпрстфхцчшщ])е")


@cache
def _collator() -> icu.Collator:
    return icu.Collator.createInstance(icu.Locale("et_EE"))


def sort_key(last_name: str, first_name: str) -> bytes:
    """Give the key by which a person's name is put in order, last name first.

    >>> sorted(["Žukov", "Zeta", "Saar", "Šmidt", "Tamm"], key=lambda name: sort_key(name, ""))
    ['Saar', 'Šmidt', 'Zeta', 'Žukov', 'Tamm']
    """
    collator = _collator()
    key: bytes = collator.getSortKey(last_name) + b"\x00" + collator.getSortKey(first_name)
    return key


@cache
def _folder() -> icu.Transliterator:
    rules = "Any-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower"
    return icu.Transliterator.createInstance(rules)


def fold(text: str) -> str:
    """Write a text in plain small Latin letters and digits, whatever its letters are.

    Args:
        text: Any text.

    Returns:
        Its words, one space between them; marks on letters, hyphens and the like left out.

    >>> fold("Õunapuu, Mari-Liis"), fold("ELENA"), fold("Елена Щербакова")
    ('ounapuu mari liis', 'elena', 'jelena stserbakova')
    """
    lower = _SOFT_E.sub("je", text.lower()).translate(_RUSSIAN)
    return " ".join(re.findall(r"[a-z0-9]+", _folder().transliterate(lower)))


def search_key(first_name: str, last_name: str) -> str:
    """Give the text in which the words of a search are looked for, each after a space.

    >>> search_key("Mari-Liis", "Õunapuu")
    ' mari liis ounapuu'
    """
    return f" {fold(first_name)} {fold(last_name)}"
