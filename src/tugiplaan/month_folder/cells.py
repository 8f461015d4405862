"""What may stand in a cell: each type of value, how it is read and how it is named to a person."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from stdnum.ee import ik

from tugiplaan.month_folder.problems import Phrase
from tugiplaan.rules.period import Month
from tugiplaan.rules.services import rate_codes
from tugiplaan.rules.vocabulary import TargetGroup, Unit

FIRST_YEAR, LAST_YEAR = 1900, 2100
MINUTES_OF_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class CellType:
    """A type of value in a cell.

    Attributes:
        name: What the type is called; `code` means a closed list.
        parse: Reads a text that is stripped and not empty; ValueError or KeyError when it
            is no such value.
        expected: What to write, in words, with the allowed codes or an example.
        empty: The value of an empty cell, where that is allowed.
        is_unique: Hardly any value comes twice, so that remembering values helps nothing.
    """

    name: str
    parse: Callable[[str], Any]
    expected: Phrase
    empty: Any = None
    is_unique: bool = False


def read_date(text: str) -> date:
    """Read a date written YYYY-MM-DD.

    Raises:
        ValueError: It is written otherwise, does not exist or lies outside 1900–2100.

    >>> read_date("2026-05-04")
    datetime.date(2026, 5, 4)
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return in_reach(date.fromisoformat(text))


def in_reach(day: date) -> date:
    """Give back a date that a record of care can have.

    Raises:
        ValueError: It lies outside 1900–2100.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(day.isoformat())
    return day


def _month(text: str) -> Month:
    return Month.of(read_date(f"{text}-01"))


def _time(text: str) -> int:
    found = re.fullmatch(r"([01][0-9]|2[0-3]):([0-5][0-9])", text)
    if not found:
        raise ValueError(text)
    return int(found[1]) * 60 + int(found[2])


def _whole(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return read


def read_decimal(text: str) -> Decimal:
    """Read a plain number that is not negative, with a decimal point.

    Raises:
        ValueError: It has a sign, a comma, an exponent, or more than nine digits before
            or six after the point.

    >>> read_decimal("1240.10")
    Decimal('1240.10')
    """
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", text):
        raise ValueError(text)
    return Decimal(text)


def _personal_code(text: str) -> str:
    if not re.fullmatch(r"[0-9]{11}", text) or not ik.is_valid(text):
        raise ValueError(text)
    return text


def _target_groups(text: str) -> frozenset[TargetGroup]:
    return frozenset(TargetGroup(code) for code in text.split())


def _rate_code(text: str) -> str:
    if text not in rate_codes():
        raise ValueError(text)
    return text


def one_of(allowed: Iterable[str]) -> Phrase:
    """Name the allowed codes.

    >>> one_of(["day", "oop"]).en
    'one of: day, oop'
    """
    listed = ", ".join(allowed)
    return Phrase(f"üht neist: {listed}", f"one of: {listed}", f"одно из: {listed}")


def codes(allowed: type[StrEnum] | Iterable[StrEnum], empty: Any = None) -> CellType:
    """Make the type of a closed list of codes."""
    by_code = {str(member): member for member in allowed if str(member)}
    return CellType("code", by_code.__getitem__, one_of(by_code), empty)


def words(meanings: dict[str, Any], empty: Any = None) -> CellType:
    """Make the type of a closed list of words, each with its meaning."""
    return CellType("code", meanings.__getitem__, one_of(meanings), empty)


_A_TEXT = Phrase("teksti", "a text", "текст")
_A_CODE = Phrase("koodi, mis ei ole tühi", "a code that is not empty", "непустой код")
_AN_AMOUNT = Phrase(
    "summat eurodes, komakoha ees punkt, näiteks 1240.10",
    "an amount in euros with a decimal point, for example 1240.10",
    "сумма в евро с десятичной точкой, например 1240.10",
)

TEXT = CellType("text", str, _A_TEXT, "")
CODE = CellType("key", str, _A_CODE, "")
UNIQUE_CODE = CellType("key", str, _A_CODE, "", is_unique=True)
DATE = CellType(
    "date",
    read_date,
    Phrase(
        "olemasolevat päeva aastatest 1900–2100 kujul AAAA-KK-PP, näiteks 2026-05-04",
        "a day that exists, from 1900 to 2100, as YYYY-MM-DD, for example 2026-05-04",
        "существующий день 1900–2100 годов в виде ГГГГ-ММ-ДД, например 2026-05-04",
    ),
)
MONTH = CellType(
    "month",
    _month,
    Phrase(
        "kuud aastatest 1900–2100 kujul AAAA-KK, näiteks 2026-05",
        "a month from 1900 to 2100 as YYYY-MM, for example 2026-05",
        "месяц 1900–2100 годов в виде ГГГГ-ММ, например 2026-05",
    ),
)
TIME = CellType(
    "time",
    _time,
    Phrase(
        "kellaaega 00:00–23:59 kujul TT:MM, näiteks 09:30",
        "a time of day from 00:00 to 23:59 as HH:MM, for example 09:30",
        "время 00:00–23:59 в виде ЧЧ:ММ, например 09:30",
    ),
)
MINUTES = CellType(
    "whole",
    _whole(MINUTES_OF_DAY),
    Phrase(
        "minuteid täisarvuna 1–1440, näiteks 45",
        "a whole number of minutes from 1 to 1440, for example 45",
        "целое число минут 1–1440, например 45",
    ),
)
COUNT = CellType(
    "whole",
    _whole(999_999),
    Phrase(
        "täisarvu alates 1, näiteks 12",
        "a whole number from 1 up, for example 12",
        "целое число от 1, например 12",
    ),
)
AMOUNT = CellType("decimal", read_decimal, _AN_AMOUNT)
VOLUME = CellType(
    "decimal",
    read_decimal,
    Phrase(
        "arvu, komakoha ees punkt, näiteks 4 või 2.5",
        "a number with a decimal point, for example 4 or 2.5",
        "число с десятичной точкой, например 4 или 2.5",
    ),
)
PERSONAL_CODE = CellType(
    "personal_code",
    _personal_code,
    Phrase(
        "Eesti isikukoodi: 11 numbrit, viimane õige kontrollnumber, näiteks 38001085718",
        "an Estonian personal code: 11 digits, the last the right check digit, "
        "for example 38001085718",
        "эстонский личный код: 11 цифр, последняя — верное контрольное число, например 38001085718",
    ),
    "",
    is_unique=True,
)
TARGET_GROUPS = CellType(
    "code",
    _target_groups,
    Phrase(
        f"sihtrühmi tühikuga eraldatult: {' '.join(TargetGroup)}",
        f"target groups with a space between them: {' '.join(TargetGroup)}",
        f"целевые группы через пробел: {' '.join(TargetGroup)}",
    ),
    frozenset(),
)
RATE_CODE = CellType("code", _rate_code, one_of(sorted(rate_codes())), "")
RATE_UNIT = words(
    {
        "month": "month",
        "kalendrikuu": "month",
        "kuu": "month",
        "day": "day",
        "päev": "day",
        "oop": "oop",
        "ööpäev": "oop",
    }
)
HOUR_UNIT = codes([Unit.HOUR])
YES_NO = words({"yes": True, "no": False})
YES = words({"yes": True}, empty=False)


class Converter(dict[str, Any]):
    """The values of one column by their text: each text is read once, then looked up.

    Attributes:
        is_padded: A cell with blanks around its text has been seen.
    """

    _MOST = 1 << 17

    def __init__(self, parse: Callable[[str], Any], cell: CellType, *, is_required: bool) -> None:
        """Remember nothing yet.

        Args:
            parse: Reads a stripped text that is not empty.
            cell: The type of the column.
            is_required: Whether an empty cell is an error.
        """
        super().__init__()
        self.is_padded = False
        self._parse = parse
        self._empty = cell.empty
        self._is_required = is_required
        self._is_unique = cell.is_unique

    def __missing__(self, raw: str) -> Any:
        text = raw.strip()
        if text != raw:
            self.is_padded = True
        if text:
            value = self._parse(text)
        elif self._is_required:
            raise ValueError(raw)
        else:
            value = self._empty
        if not self._is_unique:
            if len(self) >= self._MOST:
                self.clear()  # free text without end must not fill the memory
            self[raw] = value
        return value
