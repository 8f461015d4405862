"""Data packs of instruments: as a file with its lines, held against the schema, and built in."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, cast

import yaml
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tugiplaan.assessments.instruments import BadInstrumentError, read_instrument

type Path = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_SHOWN = 5
_LONGEST_FILE = 500_000
BUILT_IN = ("support_need", "strengths", "recovery_stage", "satisfaction")
"""The packs that come with the program, in the order in which they are offered."""


@cache
def _schema() -> Draft202012Validator:
    path = resources.files("tugiplaan.rules").joinpath("data", "instruments", "schema.json")
    return Draft202012Validator(json.loads(path.read_text("utf-8")))


def builtin_text(name: str) -> str:
    """Give the file of a built-in pack.

    Args:
        name: One of `BUILT_IN`.
    """
    path = resources.files("tugiplaan.rules").joinpath("data", "instruments", f"{name}.yaml")
    return path.read_text("utf-8")


@cache
def builtin_packs() -> dict[str, dict[str, Any]]:
    """Give the packs that come with the program, by code, in the order of `BUILT_IN`."""
    packs = [yaml.load(builtin_text(name), _LOADER) for name in BUILT_IN]  # noqa: S506 - safe
    return {pack["code"]: pack for pack in packs}


def check_pack(pack: Mapping[str, Any]) -> None:
    """Hold a pack against the schema and its own names.

    Raises:
        BadInstrumentError: With the path of the first place that is wrong, all places told.
    """
    found = sorted(_schema().iter_errors(dict(pack)), key=lambda one: [str(p) for p in one.path])
    if found:
        path = _place(found[0])
        raise BadInstrumentError(" ".join(_sentence(one) for one in found[:_MOST_SHOWN]), path)
    read_instrument(pack)


def read_pack(text: str) -> dict[str, Any]:
    """Read a pack from its file, YAML or JSON.

    Args:
        text: The whole file.

    Returns:
        The pack, held against the schema.

    Raises:
        BadInstrumentError: What is wrong, each with its line.
    """
    if len(text) > _LONGEST_FILE:
        raise BadInstrumentError(_("Fail on liiga pikk: hindamisvahend on kuni 500 kB."))
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, _LOADER)):
            raise BadInstrumentError(_("Viited (* ja &) ei ole failis lubatud."))
        root = yaml.compose(text, _LOADER)
        pack = yaml.load(text, _LOADER)  # noqa: S506 - safe
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInstrumentError(
            _("Rida {line}: faili kuju on katki. Vaata taandeid, kooloneid ja sulge.").format(
                line=line
            )
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadInstrumentError(_("Faili ei saa lugeda: see ei ole YAML ega JSON.")) from error
    if not isinstance(pack, dict):
        raise BadInstrumentError(_("Rida 1: fail peab algama väljadega code, version ja title."))
    _check_with_lines(pack, root)
    return pack


def _check_with_lines(pack: dict[str, Any], root: Any) -> None:
    wrong = sorted(
        (_line(root, _place(one)), _sentence(one)) for one in _schema().iter_errors(pack)
    )
    if not wrong:
        try:
            read_instrument(pack)
        except BadInstrumentError as error:
            wrong = [(_line(root, error.path), str(error))]
    if wrong:
        told = [
            _("Rida {line}: {wrong}").format(line=line, wrong=text)
            for line, text in wrong[:_MOST_SHOWN]
        ]
        raise BadInstrumentError(" ".join(told))


def _place(error: ValidationError) -> Path:
    """Give where an error is; of a field that should not be there, the field itself."""
    path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        return (*path, *list(_strange(error))[:1])
    return path


def _strange(error: ValidationError) -> Iterator[str]:
    known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    given = cast("dict[str, Any]", error.instance)
    return (name for name in given if name not in known)


def _line(node: Any, path: Path) -> int:
    """Give the line of a place; of one that is not there, of what should hold it."""
    line: int = node.start_mark.line
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(step)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            pair = (node.value[step], node.value[step]) if step < len(node.value) else None
        else:
            pair = None
        if pair is None:
            break
        line, node = pair[0].start_mark.line, pair[1]
    return line + 1


def _sentence(error: ValidationError) -> str:
    """Say in a person's words what the schema does not let through."""
    where = ".".join(
        str(step + 1) if isinstance(step, int) else str(step) for step in error.absolute_path
    )
    return _("{where}: {wrong}.").format(where=where or _("fail"), wrong=_wrong(error))


def _wrong(error: ValidationError) -> str:
    kinds = {
        "string": _("tekst (arvud kirjuta jutumärkides)"),
        "array": _("loend"),
        "object": _("väljadega kirje"),
        "boolean": _("true või false"),
    }
    rule, asked = str(error.validator), cast("Any", error.validator_value)
    match rule:
        case "required":
            given = cast("dict[str, Any]", error.instance)
            missing = [name for name in asked if name not in given]
            return _("puudub väli {fields}").format(fields=", ".join(missing))
        case "additionalProperties":
            return _("tundmatu väli {fields}").format(fields=", ".join(_strange(error)))
        case "type":
            return _("peab olema {kind}").format(kind=kinds.get(str(asked), asked))
        case "enum":
            return _("peab olema üks neist: {values}").format(values=", ".join(map(str, asked)))
        case "minLength" | "minItems" | "minProperties":
            return _("ei tohi olla tühi")
        case "maxLength":
            return _("on liiga pikk (kuni {most} märki)").format(most=asked)
        case "uniqueItems":
            return _("sama väärtus on kaks korda")
        case _:
            return _("„{value}“ ei ole lubatud kujul").format(value=error.instance)
