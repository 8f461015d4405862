"""Which data packs of instruments are whole."""

from typing import Any

import pytest

from tests.assessments.room import PACK
from tugiplaan.assessments.instruments import BadInstrumentError, read_instrument
from tugiplaan.assessments.models import View

_ITEM = {"code": "a", "scale": "s", "view": ["person"]}
_SCALES = {"s": ["0", "1"]}


def test_an_instrument_has_its_items_in_order() -> None:
    items = read_instrument(PACK).items
    assert list(items) == ["d350", "kodu"]
    assert items["d350"].views == (View.SPECIALIST, View.PERSON)
    assert list(items["kodu"].scale.values) == ["yes", "no"]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ({}, "scales"),
        ({"scales": {"s": []}, "items": [_ITEM]}, "Skaala s"),
        ({"scales": {"s": [0, 1]}, "items": [_ITEM]}, "jutumärkides"),
        ({"scales": {"s": ["1", "1"]}, "items": [_ITEM]}, "Skaala s"),
        ({"scales": {"s": ["x" * 21]}, "items": [_ITEM]}, "20 märki"),
        ({"scales": _SCALES, "items": []}, "items"),
        ({"scales": _SCALES, "items": ["a"]}, "1. küsimus"),
        ({"scales": _SCALES, "items": [{**_ITEM, "code": " "}]}, "puudub kood"),
        ({"scales": _SCALES, "items": [{**_ITEM, "scale": "t"}]}, "skaalat t ei ole"),
        ({"scales": _SCALES, "items": [{**_ITEM, "view": []}]}, "väli view"),
        ({"scales": _SCALES, "items": [{**_ITEM, "view": ["boss"]}]}, "väli view"),
        ({"scales": _SCALES, "items": [_ITEM, _ITEM]}, "kaks korda"),
    ],
)
def test_a_pack_that_is_not_whole_is_refused(content: dict[str, Any], part: str) -> None:
    with pytest.raises(BadInstrumentError, match=part):
        read_instrument(content)
