"""The texts of the criteria as an organisation brings them: read and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from tugiplaan.audit.refusal import RefusedError
from tugiplaan.quality.catalogue import standard_of, standards

_NUMBER = re.compile(r"[1-9]\d?(\.[1-9]\d?){2}")
_LONGEST = {"code": 64, "version": 40, "title": 200, "licence": 300}
MOST_BYTES = 1_000_000


class BadPackError(RefusedError):
    """The file of criteria is not whole: where, and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: its number x.y.z and its text as the organisation may use it."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Pack:
    """The criteria of a file.

    Attributes:
        licence: By what right the texts are used; not empty.
        criteria: In the order of their numbers.
    """

    code: str
    version: str
    title: str
    licence: str
    criteria: tuple[Criterion, ...]


def read_pack(data: bytes) -> Pack:
    """Read a file of criteria.

    Args:
        data: YAML in UTF-8, at most `MOST_BYTES`: `code`, `version`, `title`, `licence`, and
            `criteria`, a list of rows with `number` (x.y.z, of a standard that there is) and
            `text`.

    Raises:
        BadPackError: With the place and what is wrong there.
    """
    if len(data) > MOST_BYTES:
        raise BadPackError(_("Fail on liiga suur. Midagi ei salvestatud."))
    try:
        content = yaml.safe_load(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _wrong(_("fail"), _("tekst ei ole UTF-8 kodeeringus")) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = _("rida {line}").format(line=mark.line + 1) if mark else _("fail")
        raise _wrong(place, _("see ei ole korrektne YAML")) from error
    except (RecursionError, ValueError) as error:
        raise _wrong(_("fail"), _("see ei ole korrektne YAML")) from error
    if not isinstance(content, dict):
        raise _wrong(_("fail"), _("failis peavad olema väljad code, version, title, licence"))
    head = {name: _line(content, name, name, most) for name, most in _LONGEST.items()}
    return Pack(**head, criteria=read_criteria(content.get("criteria")))


def read_criteria(rows: Any) -> tuple[Criterion, ...]:
    """Read the list of criteria.

    Raises:
        BadPackError: With the place and what is wrong there.
    """
    if not isinstance(rows, list) or not rows:
        raise _wrong("criteria", _("siin peab olema vähemalt üks kriteerium"))
    found: dict[str, Criterion] = {}
    for at, row in enumerate(rows, 1):
        place = f"criteria[{at}]"
        if not isinstance(row, dict):
            raise _wrong(place, _("siin peavad olema väljad number ja text"))
        number = _number(row.get("number"), f"{place}.number")
        if number in found:
            raise _wrong(f"{place}.number", _("number {n} on juba olemas").format(n=number))
        found[number] = Criterion(number, _line(row, "text", f"{place}.text", 4000))
    return tuple(sorted(found.values(), key=lambda one: order_of(one.number)))


def order_of(number: str) -> tuple[int, ...]:
    """Give the key by which numbers stand in order.

    >>> sorted(["1.10", "1.2", "1"], key=order_of)
    ['1', '1.2', '1.10']
    """
    return tuple(int(part) for part in number.split("."))


def _number(given: Any, place: str) -> str:
    number = str(given or "").strip()
    if not _NUMBER.fullmatch(number):
        raise _wrong(place, _("„{n}“ ei ole kujul x.y.z").format(n=number[:40]))
    if standard_of(number) not in standards():
        raise _wrong(place, _("standardit {n} ei ole").format(n=standard_of(number)))
    return number


def _line(row: Mapping[str, Any], name: str, place: str, most: int) -> str:
    given = row.get(name)
    text = given.strip() if isinstance(given, str) else str(given or "").strip()
    if not text and name == "licence":
        raise _wrong(place, _("kirjuta, millise loaga tekste kasutada tohib"))
    if not text:
        raise _wrong(place, _("väli on tühi"))
    if len(text) > most:
        raise _wrong(place, _("tekst on pikem kui {most} märki").format(most=most))
    return text


def _wrong(place: str, what: str) -> BadPackError:
    return BadPackError(_("{place}: {what}. Midagi ei salvestatud.").format(place=place, what=what))
