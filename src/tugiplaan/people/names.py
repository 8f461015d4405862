"""The order of names: Estonian, the same in every database."""

from functools import cache

import icu


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
