"""contract.toml: the provider, the contract with the authority, own prices, component contracts."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from tugiplaan.month_folder.cells import AMOUNT, DATE, in_reach, one_of, read_decimal
from tugiplaan.month_folder.checks import unit_of
from tugiplaan.month_folder.problems import Phrase, Problem
from tugiplaan.month_folder.report import Report
from tugiplaan.month_folder.schema import CONTRACT_FILE
from tugiplaan.rules.facts import ComponentContract, Provider, StateContract
from tugiplaan.rules.legal import Certainty, DatedValue
from tugiplaan.rules.services import rate_codes
from tugiplaan.rules.tables import DatedTable
from tugiplaan.rules.vocabulary import (
    AbsenceYear,
    GroupPrice,
    IncrementRounding,
    PartMonthDenominator,
    TeMinimum,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of a table of contract.toml.

    Attributes:
        read: Makes its value from what TOML gives; ValueError when it cannot be.
        expected: What to write, in words.
    """

    name: str
    read: Callable[[Any], Any]
    expected: Phrase
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One table of contract.toml; `is_list`: written [[name]], as often as wanted."""

    name: str
    settings: tuple[Setting, ...]
    is_list: bool = False
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContractFile:
    """What contract.toml says."""

    provider: Provider
    state: StateContract
    own_prices: DatedTable
    component_contracts: tuple[ComponentContract, ...]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value.strip()


def _filled(value: Any) -> str:
    text = _text(value)
    if not text:
        raise ValueError(value)
    return text


def _day(value: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError(value)
    return in_reach(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _amount(value: Any) -> Decimal:
    """Read an amount; a TOML float is not exact, so it must be quoted."""
    if not isinstance(value, (str, int)):
        raise ValueError(value)
    return read_decimal(str(value).strip())


def _rate_code(value: Any) -> str:
    if value not in rate_codes():
        raise ValueError(value)
    return str(value)


def _whole(name: str, least: int, most: int) -> Setting:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(value)
        return value

    return Setting(
        name,
        read,
        Phrase(
            f"täisarvu {least}–{most}",
            f"a whole number from {least} to {most}",
            f"целое число {least}–{most}",
        ),
    )


def _code(name: str, allowed: type[StrEnum]) -> Setting:
    return Setting(name, lambda value: allowed(_text(value)), one_of(allowed))


def _string(name: str, *, is_required: bool = False) -> Setting:
    wanted = Phrase(
        'teksti jutumärkides, näiteks "75000000"',
        'a quoted text, such as "75000000"',
        'текст в кавычках, например "75000000"',
    )
    return Setting(name, _filled if is_required else _text, wanted, is_required)


def _date(name: str, *, is_required: bool = False) -> Setting:
    et, en, ru = DATE.expected
    return Setting(
        name,
        _day,
        Phrase(f"{et} (jutumärkideta)", f"{en} (no quotes)", f"{ru} (без кавычек)"),
        is_required,
    )


def _switch(name: str) -> Setting:
    return Setting(name, _flag, Phrase("true või false", "true or false", "true или false"))


_QUOTED_AMOUNT = Phrase(
    f'{AMOUNT.expected.et}, jutumärkides: "1240.10"',
    f'{AMOUNT.expected.en}, quoted: "1240.10"',
    f'{AMOUNT.expected.ru}, в кавычках: "1240.10"',
)
_PROVIDER = Section(
    "provider",
    (_string("name"), _string("registry_code"), _string("vat_number"), _string("iban")),
)
_STATE = Section(
    "state_contract",
    (
        _date("valid_from"),
        _date("history_from"),
        _code("part_month_denominator", PartMonthDenominator),
        _code("absence_year", AbsenceYear),
        _whole("absence_year_limit_days", 0, 366),
        _whole("hospital_year_limit_days", 0, 366),
        _code("te_minimum", TeMinimum),
        _switch("pays_unused_pnh_days"),
        _switch("pays_unused_int_days"),
        _switch("pays_empty_court_places"),
    ),
)
_OWN_PRICE = Section(
    "own_price",
    (
        Setting("code", _rate_code, one_of(sorted(rate_codes())), is_required=True),
        Setting("amount", _amount, _QUOTED_AMOUNT, is_required=True),
        _date("valid_from", is_required=True),
        _date("valid_to"),
    ),
    is_list=True,
    key=("code", "valid_from"),
)
_COMPONENT_CONTRACT = Section(
    "component_contract",
    (
        _string("funder", is_required=True),
        _date("valid_from", is_required=True),
        _whole("minutes_per_hour", 1, 1440),
        _whole("increment_minutes", 1, 1440),
        _code("increment_rounding", IncrementRounding),
        _code("group_price", GroupPrice),
    ),
    is_list=True,
    key=("funder", "valid_from"),
)
SECTIONS = (_PROVIDER, _STATE, _OWN_PRICE, _COMPONENT_CONTRACT)


def read_contract(path: Path, report: Report) -> ContractFile:
    """Read contract.toml; a file that is not there leaves all defaults.

    Args:
        path: The file.
        report: Takes what is wrong; where anything is, the values are not to be used.
    """
    source = _Source(path, report)
    tables = {section.name: list(source.values(section)) for section in SECTIONS}
    state = _only(tables["state_contract"])
    return ContractFile(
        provider=Provider(**_only(tables["provider"])),
        state=StateContract(**state),
        own_prices=DatedTable(_own_price(row) for row in tables["own_price"]),
        component_contracts=tuple(ComponentContract(**row) for row in tables["component_contract"]),
    )


def _only(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return rows[0] if rows else {}


def _own_price(row: Mapping[str, Any]) -> DatedValue:
    return DatedValue(
        name=row["code"],
        value=row["amount"],
        unit=unit_of(row["code"]),
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        source=CONTRACT_FILE,
        certainty=Certainty.USER,
    )


class _Source:
    """The text of contract.toml, its values, and where each key stands."""

    def __init__(self, path: Path, report: Report) -> None:
        self._report = report
        self._text = ""
        self._data: dict[str, Any] = {}
        try:
            self._text = path.read_bytes().decode("utf-8-sig")
            self._data = tomllib.loads(self._text)
        except FileNotFoundError:
            return
        except OSError as error:
            wanted = Phrase(
                "loetavat faili", "a file that can be read", "файл, который можно прочитать"
            )
            report.add(Problem(CONTRACT_FILE, 0, "", str(error.strerror), wanted))
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            found = f"0x{error.object[error.start]:02X}"
            report.add(
                Problem(
                    CONTRACT_FILE,
                    line,
                    "",
                    found,
                    Phrase("UTF-8 teksti", "UTF-8 text", "текст в UTF-8"),
                )
            )
        except tomllib.TOMLDecodeError as error:
            report.add(self._syntax_problem(error))
        known = [section.name for section in SECTIONS]
        for name in self._data.keys() - set(known):
            self._add(name, "", 0, name, one_of(known))

    def _syntax_problem(self, error: tomllib.TOMLDecodeError) -> Problem:
        at = re.search(r"line (\d+)", str(error))
        lines = self._text.splitlines()
        line = int(at[1]) if at else len(lines)
        found = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        wanted = Phrase(
            f"kehtivat TOML-i ({error})", f"valid TOML ({error})", f"правильный TOML ({error})"
        )
        return Problem(CONTRACT_FILE, line, "", found, wanted)

    def values(self, section: Section) -> Iterator[dict[str, Any]]:
        """Give the good tables of a section, each with the values that it sets."""
        found = self._data.get(section.name, [] if section.is_list else {})
        tables = found if section.is_list else [found]
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            header = f"[[{section.name}]]" if section.is_list else f"[{section.name}]"
            wanted = Phrase(f"tabelit {header}", f"a table {header}", f"таблица {header}")
            self._add(section.name, "", 0, str(found), wanted)
            return
        keys: dict[tuple[Any, ...], int] = {}
        for at, table in enumerate(tables):
            values = self._table(section, at, table)
            if values is None:
                continue
            key = tuple(values[name] for name in section.key)
            if key and key in keys:
                first = self._line(section.name, "", keys[key])
                self._add(section.name, section.key[0], at, str(key[0]), _unlike(section, first))
            else:
                keys[key] = at
                yield values

    def _table(self, section: Section, at: int, table: Mapping[str, Any]) -> dict[str, Any] | None:
        values: dict[str, Any] = {}
        is_good = True
        by_name = {setting.name: setting for setting in section.settings}
        for name in table.keys() - by_name.keys():
            self._add(section.name, name, at, name, one_of(by_name))
            is_good = False
        for setting in section.settings:
            if setting.name not in table and not setting.is_required:
                continue
            try:
                values[setting.name] = setting.read(table[setting.name])
            except (ValueError, KeyError, TypeError):
                found = _written(table.get(setting.name, ""))
                self._add(section.name, setting.name, at, found, setting.expected)
                is_good = False
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            wanted = Phrase(
                f"päeva, mis ei ole enne {first}",
                f"a day that is not before {first}",
                f"день не раньше {first}",
            )
            self._add(section.name, "valid_to", at, str(last), wanted)
            is_good = False
        return values if is_good else None

    def _add(self, section: str, name: str, at: int, found: str, expected: Phrase) -> None:
        line = self._line(section, name, at) or self._line(section, "", at)
        column = f"{section}.{name}" if name else section
        self._report.add(Problem(CONTRACT_FILE, line, column, found, expected))

    def _line(self, section: str, name: str, at: int) -> int:
        """Find the line of a key in the given table of a name, counted from 0; 0 when not found."""
        count, is_inside = -1, False
        for number, text in enumerate(self._text.splitlines(), 1):
            header = re.match(r"\s*\[\[?\s*([^\[\]]*?)\s*\]", text)
            if header:
                is_inside = header[1] == section
                count += is_inside
                if is_inside and count == at and not name:
                    return number
            elif (not name or (is_inside and count == at)) and re.match(
                rf"\s*{re.escape(name or section)}\s*=", text
            ):
                return number
        return 0


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _unlike(section: Section, first: int) -> Phrase:
    names = ", ".join(section.key)
    return Phrase(
        f"iga ({names}) üks kord; sama on juba real {first}",
        f"each ({names}) once; line {first} has this one",
        f"каждое ({names}) один раз; такое уже есть в строке {first}",
    )
