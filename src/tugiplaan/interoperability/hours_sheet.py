"""What a table of hours may hold: its columns, how they are named, and how each cell is read."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.month_folder.cells import MINUTES_OF_DAY, in_reach
from tugiplaan.people.names import fold
from tugiplaan.rules.vocabulary import Audience, Mode, Service, label, labels

_LANGUAGES = ("et", "en", "ru")
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a table of hours may have.

    Attributes:
        name: Its code, and its heading in the template.
        label: What it is called.
        headings: How people head it, folded, in any language.
        hint: What to write in it.
    """

    name: str
    label: Any
    headings: tuple[str, ...]
    hint: Any


def _column(name: str, label_: Any, headings: str, hint: Any) -> Column:
    return Column(name, label_, tuple(fold(one) for one in (name, *headings.split("|"))), hint)


COLUMNS = (
    _column(
        "day",
        gettext_lazy("Kuupäev"),
        "kuupäev|päev|kpv|date|day|дата|день",
        gettext_lazy("14.05.2026 või 2026-05-14"),
    ),
    _column(
        "person",
        gettext_lazy("Inimene"),
        "inimene|isik|klient|nimi|isikukood|teenuse saaja|person|name|client|personal code|"
        "человек|имя|клиент|личный код",
        gettext_lazy("nimi, isikukood või lühikood"),
    ),
    _column(
        "service",
        gettext_lazy("Teenus"),
        "teenus|service|услуга",
        gettext_lazy("teenuse lühend või nimi, kui inimesel on mitu teenust"),
    ),
    _column(
        "referral",
        gettext_lazy("Suunamine"),
        "suunamine|suunamisotsus|suunamise number|otsus|referral|referral number|направление",
        gettext_lazy("suunamise number; siis inimest ja teenust ei ole vaja"),
    ),
    _column(
        "start",
        gettext_lazy("Algus"),
        "algus|algusaeg|kell|start|from|start time|начало|с",
        gettext_lazy("9:30"),
    ),
    _column(
        "end",
        gettext_lazy("Lõpp"),
        "lõpp|lõppaeg|end|to|until|end time|конец|окончание|до",
        gettext_lazy("10:15; kestuse asemel"),
    ),
    _column(
        "minutes",
        gettext_lazy("Minuteid"),
        "minutid|minuteid|min|kestus|kestus minutites|minutes|duration|минуты|минут|длительность",
        gettext_lazy("45"),
    ),
    _column(
        "hours",
        gettext_lazy("Tunde"),
        "tunnid|tunde|tund|h|hours|часы|часов",
        gettext_lazy("1,5 või 1:30; minutite asemel"),
    ),
    _column(
        "worker",
        gettext_lazy("Töötaja"),
        "töötaja|tegevusjuhendaja|juhendaja|kes|worker|staff|employee|supervisor|работник|сотрудник",
        gettext_lazy("töötaja lühikood või nimi"),
    ),
    _column(
        "activity",
        gettext_lazy("Tegevus"),
        "tegevus|mida tehti|sisu|kirjeldus|activity|description|what|деятельность|описание",
        gettext_lazy("ühe sõnaga"),
    ),
    _column(
        "audience",
        gettext_lazy("Kellega"),
        "kellega|kellele|audience|with whom|с кем",
        gettext_lazy("tühi: inimesega"),
    ),
    _column(
        "direct",
        gettext_lazy("Otsene töö"),
        "otsene|otsene töö|direct|прямая работа|прямая",
        gettext_lazy("jah või ei; tühi: jah"),
    ),
    _column(
        "component",
        gettext_lazy("Komponent"),
        "komponent|komponendi kood|component|компонент",
        gettext_lazy("ainult komponenditeenusel, näiteks B1"),
    ),
    _column(
        "funder",
        gettext_lazy("Rahastaja"),
        "rahastaja|rahastaja registrikood|funder|плательщик|финансирующий",
        gettext_lazy("registrikood; tühi, kui komponente tellib üks rahastaja"),
    ),
    _column(
        "mode",
        gettext_lazy("Viis"),
        "viis|mode|способ|вид",
        gettext_lazy("üksi või rühm; tühi: üksi"),
    ),
    _column(
        "participants",
        gettext_lazy("Osalejaid"),
        "osalejaid|osalejate arv|participants|участников",
        gettext_lazy("rühmas"),
    ),
    _column(
        "record",
        gettext_lazy("Kirje kood"),
        "kirje|kirje kood|kood|record|record code|id|код записи|код",
        gettext_lazy("kui tabelil on ridade koodid"),
    ),
)
BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}


def guess_columns(header: Iterable[str]) -> tuple[str, ...]:
    """Say which column each heading probably is.

    Args:
        header: The headings as they stand, in any of the languages.

    Returns:
        For each heading the name of a column, each at most once; empty: none.

    >>> guess_columns(["Kuupäev", "Nimi", "Kestus (min)", "Märkus"])
    ('day', 'person', 'minutes', '')
    """
    found: list[str] = []
    for heading in header:
        words = fold(heading)
        free = [column for column in COLUMNS if column.name not in found]
        exact = [column.name for column in free if words in column.headings]
        loose = [
            column.name
            for column in free
            if any(len(one) > 2 and one in words.split() for one in column.headings)
        ]
        found.append(next(iter(exact + loose), "") if words else "")
    return tuple(found)


class WrongCellError(ValueError):
    """What stands in a cell cannot be read; the text says what is expected."""


def read_day(text: str) -> date:
    """Read a day as people write it.

    Raises:
        WrongCellError: It is no day.

    >>> read_day("4.5.2026"), read_day("2026-05-04")
    (datetime.date(2026, 5, 4), datetime.date(2026, 5, 4))
    """
    found = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text)
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00(?::00)?)?", text)
    try:
        if found:
            return in_reach(date(int(found[3]), int(found[2]), int(found[1])))
        if iso:
            return in_reach(date(int(iso[1]), int(iso[2]), int(iso[3])))
    except ValueError:
        pass
    raise WrongCellError(_("päeva, näiteks 14.05.2026"))


def read_time(text: str) -> int:
    """Read a time on the clock as minutes after midnight.

    Raises:
        WrongCellError: It is none.

    >>> read_time("9:30"), read_time("14.05"), read_time("8")
    (570, 845, 480)
    """
    found = re.fullmatch(r"([01]?\d|2[0-3])(?:[:.]([0-5]\d))?(?::00)?", text)
    if not found:
        raise WrongCellError(_("kellaaega, näiteks 9:30"))
    return int(found[1]) * _HOUR + int(found[2] or 0)


def read_minutes(text: str) -> int:
    """Read a length in minutes.

    Raises:
        WrongCellError: It is none, or not within a day.
    """
    found = re.fullmatch(r"(\d{1,4})(?:\s*min\.?)?", text)
    if not found or not 1 <= int(found[1]) <= MINUTES_OF_DAY:
        raise WrongCellError(_("minuteid täisarvuna 1–1440, näiteks 45"))
    return int(found[1])


def read_hours(text: str) -> int:
    """Read a length in hours, as minutes.

    Raises:
        WrongCellError: It is none, not within a day, or not of whole minutes.

    >>> read_hours("1,5"), read_hours("1:30"), read_hours("2 h")
    (90, 90, 120)
    """
    plain = re.sub(r"\s*(h|t|tundi|ч)\.?$", "", text)
    clock = re.fullmatch(r"(\d{1,2}):([0-5]\d)(?::00)?", plain)
    number = re.fullmatch(r"\d{1,2}(?:[.,]\d{1,6})?", plain)
    exact = Decimal(plain.replace(",", ".")) * _HOUR if number else Decimal(0)
    if clock:
        exact = Decimal(int(clock[1]) * _HOUR + int(clock[2]))
    minutes = round(exact)
    if abs(exact - minutes) > Decimal("0.01") or not 1 <= minutes <= MINUTES_OF_DAY:
        raise WrongCellError(_("tunde täisminutites, näiteks 1,5 või 1:30"))
    return minutes


_YES = frozenset(fold(one) for one in ("yes", "y", "jah", "j", "да", "true", "1", "x"))
_NO = frozenset(fold(one) for one in ("no", "n", "ei", "e", "нет", "false", "0"))


def read_yes(text: str) -> bool:
    """Read yes or no.

    Raises:
        WrongCellError: It is neither.
    """
    if fold(text) not in _YES | _NO:
        raise WrongCellError(_("jah või ei"))
    return fold(text) in _YES


def read_count(text: str) -> int:
    """Read how many took part.

    Raises:
        WrongCellError: It is no whole number from 1 to 999.
    """
    if not re.fullmatch(r"[1-9]\d{0,2}", text):
        raise WrongCellError(_("osalejate arvu, näiteks 6"))
    return int(text)


def code_reader[C: StrEnum](
    kind: type[C], also: Mapping[str, C] | None = None
) -> Callable[[str], C]:
    """Make the reader of a code: the code itself or its label in any language."""
    known = {fold(text): code for text, code in (also or {}).items()}
    for code in kind:
        if code:
            names = {str(code), *(label(code, language) for language in _LANGUAGES)}
            known |= {fold(one): code for one in names}

    def read(text: str) -> C:
        if fold(text) not in known:
            raise WrongCellError(
                _("üht neist: {codes}").format(codes=", ".join(filter(None, kind)))
            )
        return known[fold(text)]

    return read


def _services() -> Mapping[str, Service]:
    short = labels()["short"]
    return {name: Service(code) for code, names in short.items() for name in names.values()}


READERS: Mapping[str, Callable[[str], Any]] = {
    "day": read_day,
    "start": read_time,
    "end": read_time,
    "minutes": read_minutes,
    "hours": read_hours,
    "direct": read_yes,
    "participants": read_count,
    "service": code_reader(Service, _services()),
    "audience": code_reader(Audience),
    "mode": code_reader(
        Mode, {"üksi": Mode.INDIVIDUAL, "один": Mode.INDIVIDUAL, "alone": Mode.INDIVIDUAL}
    ),
}
"""How the cells of some columns are read; the others stay text."""
