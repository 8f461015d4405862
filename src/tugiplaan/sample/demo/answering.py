"""How people of the demo answer the instrument of support need, part by part."""

from collections.abc import Iterator, Mapping

from tugiplaan.assessments.actions import Given
from tugiplaan.assessments.queries import View
from tugiplaan.rules.scoring import Instrument, Item, Part, ScaleKind

AROUND = "E"
THEMES = ("1.1", "2.1", "2.2", "3.1", AROUND, "4.1", "5.1", "6.1", "7.1", "7.2")
"""The parts in which people of the demo differ; in the others they manage alone."""
WORST = 4
_NOT_APPLICABLE = "9"
_LIKELY_WORK = {"tv.d845", "tv.d840", "tv.d870"}
_ASKED = {View.SPECIALIST: 6, View.PERSON: 2}
"""How many questions of an open part are answered in a view; the others are not applicable."""
_TOLD = (
    "Vajab meeldetuletust.",
    "Teeb koos töötajaga.",
    "Saab hakkama, kui keegi on lähedal.",
    "Vajab tuge iga kord.",
)
_WANTED = {
    View.SPECIALIST: "Vajab tuge päeva korraldamisel ja rahaasjades.",
    View.PERSON: "Tahan ise poes käia ja rohkem inimestega suhelda.",
}


def answers(instrument: Instrument, need: Mapping[View, Mapping[str, int]]) -> list[Given]:
    """Give answers to all parts of the support need, the main questions first of all.

    Args:
        instrument: The support need.
        need: By view and theme how much need is seen; below 1: none.
    """
    return [
        given
        for view, degrees in need.items()
        for part in instrument.parts
        for given in _part(part, view, degrees)
    ]


def _part(part: Part, view: View, degrees: Mapping[str, int]) -> Iterator[Given]:
    degree = min(WORST, max(0, degrees.get(part.code, degrees.get(part.code[0], 0))))
    is_open = part.gate is None
    if part.gate and view in part.gate.item.views:
        # Of work the question is the other way round: who is engaged in it is asked on.
        is_open = degree > 0 if part.gate.sets else degree < WORST
        closes = "no" if part.gate.opens == "yes" else "yes"
        yield Given(part.gate.item.code, part.gate.opens if is_open else closes, view)
    if is_open:
        for at, item in enumerate(part.asked(view)):
            yield from _item(item, view, degree, at)


def _item(item: Item, view: View, degree: int, at: int) -> Iterator[Given]:
    match item.scale.kind:
        case ScaleKind.NEED:
            is_asked = at < _ASKED[view] and (item.domain != "5" or item.code in _LIKELY_WORK)
            if is_asked:
                value = max(0, degree - at % 2)
                told = _TOLD[value - 1] if value and view == View.SPECIALIST else ""
                yield Given(item.code, str(value), view, told)
            elif view == View.SPECIALIST:
                yield Given(item.code, _NOT_APPLICABLE, view)
        case ScaleKind.ENVIRONMENT:
            value = 2 - degree if at == 0 else 0
            yield Given(item.code, str(value), view, "Helistab iga nädal." if value > 0 else "")
        case ScaleKind.CHOICE:
            yield Given(item.code, "yes", view)
        case ScaleKind.TEXT:
            yield Given(item.code, "", view, _WANTED[view])
        case _:
            pass
