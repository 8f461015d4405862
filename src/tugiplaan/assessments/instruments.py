"""What an instrument is: items, each with its scale and the views in which it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.assessments.models import View
from tugiplaan.audit.refusal import RefusedError

_LONGEST_VALUE = 20
_LONGEST_CODE = 64


class BadInstrumentError(RefusedError):
    """The data pack of an instrument is not whole."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    Attributes:
        domain: The life domain it belongs to, as the pack names it; empty: none.
        scale: The values that an answer may have, in order.
        views: In whose view it is asked.
    """

    code: str
    text: str
    domain: str
    scale: tuple[str, ...]
    views: tuple[View, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """The content of a version of an instrument: its items by code, in order."""

    items: Mapping[str, Item]


def read_instrument(content: Mapping[str, Any]) -> Instrument:
    """Read the content of a data pack.

    Args:
        content: `scales`: name to a list of values; `items`: a list, each with `code`, `scale`
            (a name), `view` (a list of specialist, person, relative), and if wanted `text` and
            `domain`.

    Raises:
        BadInstrumentError: With the place and what is wrong there.
    """
    scales = _scales(content.get("scales"))
    rows = content.get("items")
    if not isinstance(rows, list) or not rows:
        raise BadInstrumentError(_("Väli items peab olema mittetühi loend."))
    items: dict[str, Item] = {}
    for number, row in enumerate(rows, 1):
        item = _item(number, row, scales)
        if item.code in items:
            raise BadInstrumentError(
                _("Küsimus {code} on kirjas kaks korda.").format(code=item.code)
            )
        items[item.code] = item
    return Instrument(items)


def _scales(found: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(found, dict) or not found:
        raise BadInstrumentError(_("Väli scales peab nimetama vähemalt ühe skaala."))
    scales = {}
    for name, values in found.items():
        is_good = isinstance(values, list) and all(
            isinstance(value, str) and 0 < len(value) <= _LONGEST_VALUE for value in values
        )
        if not is_good or not values or len(set(values)) < len(values):
            raise BadInstrumentError(
                _(
                    "Skaala {name} peab olema loend erinevatest tekstidest, igaüks kuni {most} "
                    "märki (kirjuta arvud jutumärkides)."
                ).format(name=name, most=_LONGEST_VALUE)
            )
        scales[str(name)] = tuple(values)
    return scales


def _item(number: int, row: object, scales: Mapping[str, tuple[str, ...]]) -> Item:
    if not isinstance(row, dict):
        raise BadInstrumentError(
            _("{number}. küsimus ei ole väljadega kirje.").format(number=number)
        )
    code, scale, views = row.get("code"), row.get("scale"), row.get("view")
    if not isinstance(code, str) or not 0 < len(code.strip()) <= _LONGEST_CODE:
        raise BadInstrumentError(
            _("{number}. küsimusel puudub kood (väli code).").format(number=number)
        )
    if not isinstance(scale, str) or scale not in scales:
        raise BadInstrumentError(
            _("Küsimuse {code} skaalat {scale} ei ole. Skaalad: {scales}.").format(
                code=code, scale=scale, scales=", ".join(scales)
            )
        )
    known = [view.value for view in View]
    if not isinstance(views, list) or not views or any(view not in known for view in views):
        raise BadInstrumentError(
            _("Küsimuse {code} väli view peab olema loend; võimalikud: {known}.").format(
                code=code, known=", ".join(known)
            )
        )
    return Item(
        code=code,
        text=str(row.get("text", "")),
        domain=str(row.get("domain", "")),
        scale=scales[scale],
        views=tuple(View(view) for view in dict.fromkeys(views)),
    )
