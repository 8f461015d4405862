"""What an instrument is: its questions, read from the content of a data pack, old or new."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.assessments.models import View
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.rules.explanation import LANGUAGES
from tugiplaan.rules.scoring import (
    NO,
    YES,
    Domain,
    Gate,
    Instrument,
    Item,
    Labels,
    Part,
    Scale,
    ScaleKind,
)

_LONGEST_VALUE = 20
_LONGEST_CODE = 64
_VIEWS = tuple(view.value for view in View)
_DEGREES = {"0", "1", "2", "3", "4"}
_YES_OR_NO: dict[str, Labels] = {
    YES: {"et": "jah", "en": "yes", "ru": "да"},
    NO: {"et": "ei", "en": "no", "ru": "нет"},
}


class BadInstrumentError(RefusedError):
    """The data pack of an instrument is not whole.

    Attributes:
        path: Where in the pack: keys and places, from the top.
    """

    def __init__(self, text: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(text)
        self.path = path


def read_instrument(content: Mapping[str, Any]) -> Instrument:
    """Read the content of a data pack.

    Args:
        content: `scales` and `domains` as `rules/data/instruments/schema.json` says. Content of
            the first kind is read too: `scales`: name to a list of values; `items`: a list,
            each with `code`, `scale` (a name), `view` (a list of specialist, person, relative),
            and if wanted `text` and `domain`.

    Raises:
        BadInstrumentError: With the place and what is wrong there.
    """
    return _read_domains(content) if "domains" in content else _read_flat(content)


def _read_domains(content: Mapping[str, Any]) -> Instrument:
    scales = {name: _scale(name, row) for name, row in content["scales"].items()}
    known: set[str] = set()
    domains = []
    for at, domain in enumerate(content["domains"]):
        place: tuple[str | int, ...] = ("domains", at, "parts")
        parts = tuple(
            _part(part, domain["code"], scales, (*place, number))
            for number, part in enumerate(domain["parts"])
        )
        domains.append(Domain(domain["code"], _labels(domain["label"]), parts))
        for number, part in enumerate(parts):
            _check_once(part, known, (*place, number))
    return Instrument(tuple(domains), _labels(content.get("title") or {}))


def _scale(name: str, row: Mapping[str, Any]) -> Scale:
    values: dict[str, Labels] = {}
    for at, value in enumerate(row.get("values", ())):
        if value["value"] in values:
            raise BadInstrumentError(
                _("Skaala {name} väärtus {value} on kirjas kaks korda.").format(
                    name=name, value=value["value"]
                ),
                ("scales", name, "values", at, "value"),
            )
        values[value["value"]] = _labels(value)
    return Scale(ScaleKind(row["kind"]), values, bool(row.get("asks_comment")))


def _labels(found: Mapping[str, Any]) -> Labels:
    return {language: str(found[language]) for language in LANGUAGES if language in found}


def _part(
    row: Mapping[str, Any], domain: str, scales: Mapping[str, Scale], path: tuple[str | int, ...]
) -> Part:
    items = tuple(
        _nested_item(item, domain, scales, (*path, "items", at))
        for at, item in enumerate(row["items"])
    )
    return Part(row["code"], _labels(row["label"]), items, _gate(row, domain, items))


def _gate(row: Mapping[str, Any], domain: str, items: tuple[Item, ...]) -> Gate | None:
    gate = row.get("gate")
    if not gate:
        return None
    views = tuple(view for view in _VIEWS if any(view in item.views for item in items))
    choice = Scale(ScaleKind.CHOICE, _YES_OR_NO)
    item = Item(gate["link_id"], _labels(gate["label"]), choice, views, domain)
    return Gate(item, gate["opens"], gate.get("sets", ""))


def _nested_item(
    row: Mapping[str, Any], domain: str, scales: Mapping[str, Scale], path: tuple[str | int, ...]
) -> Item:
    if row["scale"] not in scales:
        raise BadInstrumentError(
            _("Küsimuse {code} skaalat {scale} ei ole. Skaalad: {scales}.").format(
                code=row["link_id"], scale=row["scale"], scales=", ".join(scales)
            ),
            (*path, "scale"),
        )
    return Item(
        code=row["link_id"],
        labels=_labels(row["label"]),
        scale=scales[row["scale"]],
        views=tuple(View(view) for view in dict.fromkeys(row["view"])),
        domain=domain,
        icf=row.get("icf", ""),
        note=_labels(row.get("note", {})),
    )


def _check_once(part: Part, known: set[str], path: tuple[str | int, ...]) -> None:
    """Refuse a link id that stands twice."""
    places: list[tuple[str, tuple[str | int, ...]]] = [
        (item.code, (*path, "items", at, "link_id")) for at, item in enumerate(part.items)
    ]
    if part.gate:
        places.insert(0, (part.gate.item.code, (*path, "gate", "link_id")))
    for code, place in places:
        if code in known:
            raise BadInstrumentError(
                _("Küsimus {code} on kirjas kaks korda.").format(code=code), place
            )
        known.add(code)


def _read_flat(content: Mapping[str, Any]) -> Instrument:
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
    return Instrument(tuple(_flat_domains(items)))


def _flat_domains(items: Mapping[str, Item]) -> list[Domain]:
    """Gather runs of questions of one domain; their order is kept."""
    runs: list[tuple[str, list[Item]]] = []
    for item in items.values():
        if not runs or runs[-1][0] != item.domain:
            runs.append((item.domain, []))
        runs[-1][1].append(item)
    return [
        Domain(code, _same(code), (Part(f"{at}", {}, tuple(held)),))
        for at, (code, held) in enumerate(runs, 1)
    ]


def _same(text: str) -> Labels:
    return dict.fromkeys(LANGUAGES, text)


def _scales(found: object) -> dict[str, Scale]:
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
        words = {value: _YES_OR_NO.get(value, {}) for value in values}
        scales[str(name)] = Scale(_kind(set(values)), words)
    return scales


def _kind(values: set[str]) -> ScaleKind:
    """Say what a scale of old content is, which did not say so itself."""
    if values - {"8", "9"} == _DEGREES:
        return ScaleKind.NEED
    if any(value.startswith("-") for value in values):
        return ScaleKind.ENVIRONMENT
    return ScaleKind.CHOICE if values == {YES, NO} else ScaleKind.STAGE


def _item(number: int, row: object, scales: Mapping[str, Scale]) -> Item:
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
    if not isinstance(views, list) or not views or any(view not in _VIEWS for view in views):
        raise BadInstrumentError(
            _("Küsimuse {code} väli view peab olema loend; võimalikud: {known}.").format(
                code=code, known=", ".join(_VIEWS)
            )
        )
    return Item(
        code=code,
        labels=_same(str(row.get("text", ""))),
        domain=str(row.get("domain", "")),
        scale=scales[scale],
        views=tuple(View(view) for view in dict.fromkeys(views)),
    )
