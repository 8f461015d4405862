"""The data packs that come with the program, and files that an organisation brings."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.assessments.room import DEEP
from tugiplaan.assessments import packs
from tugiplaan.assessments.instruments import BadInstrumentError, read_instrument
from tugiplaan.assessments.packs import BUILT_IN, builtin_packs, builtin_text, read_pack
from tugiplaan.rules.explanation import LANGUAGES
from tugiplaan.rules.scoring import Gate, ScaleKind

FILE = """\
code: OMA
version: "1"
title: {et: "Oma"}
licence: CC0-1.0
scales:
  raskus:
    kind: need
    values:
      - {value: "0", et: "ei ole"}
      - {value: "1", et: "on"}
domains:
  - code: "1"
    label: {et: "Suhtlemine"}
    parts:
      - code: "1.1"
        label: {et: "Suhted"}
        gate: {link_id: oma.g, label: {et: "Saab ise"}, opens: "no", sets: "0"}
        items:
          - link_id: oma.a
            label: {et: "vestlus"}
            scale: raskus
            view: [specialist]
"""


def _texts(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        if "et" in found:
            yield found
        for value in found.values():
            yield from _texts(value)
    elif isinstance(found, list):
        for value in found:
            yield from _texts(value)


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_pack_is_whole_in_every_language(name: str) -> None:
    pack = read_pack(builtin_text(name))
    assert pack["licence"] == "EUPL-1.2"
    assert all(set(LANGUAGES) <= set(text) for text in _texts(pack))


def test_every_link_id_is_of_one_question() -> None:
    codes = Counter(
        code for pack in builtin_packs().values() for code in read_instrument(pack).items
    )
    assert not [code for code, times in codes.items() if times > 1]


def test_the_support_need_has_its_items() -> None:
    instrument = read_instrument(builtin_packs()["TV-RFK"])
    assert [domain.code for domain in instrument.domains] == [*"1234567", "E", "V"]
    kinds = Counter(item.scale.kind for item in instrument.items.values())
    gates = [part.gate for part in instrument.parts if part.gate]
    assert kinds == {
        ScaleKind.NEED: 68,
        ScaleKind.ENVIRONMENT: 24,
        ScaleKind.TICK: 7,
        ScaleKind.TEXT: 1,
        ScaleKind.CHOICE: 1 + len(gates),
    }
    icf = [item.icf for item in instrument.items.values() if item.icf]
    assert len(set(icf)) == len(icf) == 92
    need = instrument.items["tv.d350"].scale
    assert list(need.values) == [*"01234", "8", "9"]
    assert list(instrument.items["tv.e310"].scale.values) == [
        *(str(degree) for degree in range(-4, 5)), "8", "9",
    ]  # fmt: skip
    assert instrument.items["tv.b1303"].note["et"]
    assert "person" in instrument.items["tv.important"].views


def test_only_the_gate_of_occupation_is_reversed() -> None:
    instrument = read_instrument(builtin_packs()["TV-RFK"])
    gates: dict[str, Gate] = {part.code: part.gate for part in instrument.parts if part.gate}
    assert [code for code, gate in gates.items() if gate.opens == "yes"] == ["5.1"]
    assert {(gate.opens, gate.sets) for code, gate in gates.items() if code != "5.1"} == {
        ("no", "0")
    }
    assert gates["5.1"].sets == ""


def test_a_file_is_read_as_yaml_or_json() -> None:
    pack = read_pack(FILE)
    assert pack == yaml.safe_load(FILE)
    assert read_pack(json.dumps(pack)) == pack


@pytest.mark.parametrize(
    ("was", "reads", "told"),
    [
        ("scale: raskus", "scale: kergus", "Rida 21: Küsimuse oma.a skaalat kergus ei ole"),
        ("oma.g", "oma.a", "Rida 19: Küsimus oma.a on kirjas kaks korda"),
        ("kind: need", "kind: summa", "Rida 7: scales.raskus.kind: peab olema üks neist: need"),
        ('value: "1"', 'value: "0"', "Rida 10: Skaala raskus väärtus 0 on kirjas kaks korda"),
        ('value: "1"', "value: 1", "Rida 10: .*peab olema tekst .arvud kirjuta jutumärkides"),
        ("licence: CC0-1.0", "", "Rida 1: fail: puudub väli licence"),
        ("licence: CC0-1.0", 'licence: ""', "Rida 4: licence: ei tohi olla tühi"),
        ("view: [specialist]", "view: [boss]", "Rida 22: .*view.1: peab olema üks neist"),
        ("view: [specialist]", "view: [person, person]", "Rida 22: .*kaks korda"),
        ("view: [specialist]", "vaade: [person]", "Rida 22: .*tundmatu väli vaade"),
        ("oma.a", '"oma a"', "Rida 19: .*„oma a“ ei ole lubatud kujul"),
        ('{et: "vestlus"}', '{et: "' + "x" * 301 + '"}', "Rida 20: .*liiga pikk .kuni 300"),
        ("title: {", "title: [", "Rida 3: faili kuju on katki"),
        ("code: OMA", "code: &a OMA\nb: *a", "Viited"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(was: str, reads: str, told: str) -> None:
    with pytest.raises(BadInstrumentError, match=told):
        read_pack(FILE.replace(was, reads, 1))


@pytest.mark.parametrize("text", ["", "- a", "\x00", "x" * 500_001, '{"code": ' * 3000])
def test_what_is_no_pack_is_refused(text: str) -> None:
    with pytest.raises(BadInstrumentError):
        read_pack(text)


def test_a_pack_given_without_a_file_tells_its_place() -> None:
    with pytest.raises(BadInstrumentError, match=r"domains: ei tohi olla tühi") as error:
        packs.check_pack({**DEEP, "domains": []})
    assert error.value.path == ("domains",)
