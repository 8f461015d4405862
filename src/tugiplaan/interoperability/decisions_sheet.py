"""The columns of a table of decisions, and how the cells of one row are read."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.interoperability.hours_rows import Wrong
from tugiplaan.interoperability.hours_sheet import (
    Column,
    WrongCellError,
    code_reader,
    read_day,
    read_yes,
)
from tugiplaan.people.actions import Identity
from tugiplaan.people.names import fold
from tugiplaan.referrals.actions import Decision, Intake
from tugiplaan.rules.vocabulary import Service, Variant, VolumeUnit, labels

_NOBODY = UUID(int=0)


def _column(name: str, label: Any, headings: str, hint: Any = "") -> Column:
    return Column(name, label, tuple(fold(one) for one in (name, *headings.split("|"))), hint)


_DAY = gettext_lazy("14.05.2026 või 2026-05-14")
COLUMNS = (
    _column(
        "referral",
        gettext_lazy("Otsuse number"),
        "otsuse number|number|suunamine|suunamisotsus|decision|направление|номер",
    ),
    _column(
        "person",
        gettext_lazy("Inimene"),
        "inimene|isik|isikukood|kood|person|человек|личный код",
        gettext_lazy("isikukood, nimi või lühikood; uuel inimesel isikukood"),
    ),
    _column("first_name", gettext_lazy("Eesnimi"), "eesnimi|first name|имя"),
    _column("last_name", gettext_lazy("Perekonnanimi"), "perekonnanimi|last name|фамилия"),
    _column("birth_date", gettext_lazy("Sünniaeg"), "sünniaeg|birth date|дата рождения", _DAY),
    _column("service", gettext_lazy("Teenus"), "teenus|service|услуга"),
    _column("variant", gettext_lazy("Eriliik"), "eriliik|variant|вид"),
    _column("place", gettext_lazy("Koht"), "koht|place|место", gettext_lazy("koha kood")),
    _column(
        "issued_on",
        gettext_lazy("Otsuse kuupäev"),
        "otsuse kuupäev|issued on|дата решения",
        _DAY,
    ),
    _column("valid_from", gettext_lazy("Alates"), "alates|valid from|с", _DAY),
    _column("valid_to", gettext_lazy("Kuni"), "kuni|valid to|до", _DAY),
    _column("planned_volume", gettext_lazy("Soovituslik maht"), "maht|soovituslik maht|объём"),
    _column("volume_unit", gettext_lazy("Mahu ühik"), "ühik|mahu ühik|unit|единица"),
    _column("purpose", gettext_lazy("Teenuse eesmärk"), "eesmärk|teenuse eesmärk|purpose|цель"),
    _column(
        "released_from_compulsory_treatment",
        gettext_lazy("Tuleb sundravilt"),
        "sundravi|tuleb sundravilt|released",
        gettext_lazy("jah või ei"),
    ),
    _column("court_order", gettext_lazy("Kohtumäärus"), "kohtumäärus|court order|суд"),
    _column("contribution", gettext_lazy("Omaosaluse tingimus"), "omaosaluse tingimus|omaosalus"),
    _column("slot", gettext_lazy("Uus autismikoht"), "uus koht|uus autismikoht"),
    _column("slot_new_from", gettext_lazy("Uus koht alates"), "uus koht alates", _DAY),
)
BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}
NEEDED = ("referral", "service", "issued_on", "valid_from", "valid_to")


def names_of(header: Iterable[str]) -> tuple[str, ...]:
    """Say which column each heading is; empty: none.

    >>> names_of(["Otsuse number", "person", "Värv"])
    ('referral', 'person', '')
    """
    found: list[str] = []
    for heading in header:
        words = fold(heading.replace("_", " "))
        exact = [
            one.name
            for one in COLUMNS
            if one.name not in found and words in {*one.headings, fold(one.name.replace("_", " "))}
        ]
        found.append(exact[0] if words and exact else "")
    return tuple(found)


def _read_volume(text: str) -> Decimal:
    if not re.fullmatch(r"\d{1,8}(?:[.,]\d{1,4})?", text):
        raise WrongCellError(_("arvu, näiteks 30 või 4,5"))
    return Decimal(text.replace(",", "."))


def _services() -> Mapping[str, Service]:
    short = labels()["short"]
    return {name: Service(code) for code, names in short.items() for name in names.values()}


_READERS: Mapping[str, Callable[[str], Any]] = {
    "birth_date": read_day,
    "service": code_reader(Service, _services()),
    "variant": code_reader(Variant),
    "issued_on": read_day,
    "valid_from": read_day,
    "valid_to": read_day,
    "planned_volume": _read_volume,
    "volume_unit": code_reader(VolumeUnit),
    "released_from_compulsory_treatment": read_yes,
    "slot_new_from": read_day,
}


@dataclass(frozen=True, slots=True)
class Around:
    """Whom and what a row may name.

    Attributes:
        persons: Persons by folded name, code and identifier; several where they are alike.
        places: Places by folded code and name.
    """

    persons: Mapping[str, tuple[UUID, ...]]
    places: Mapping[str, UUID]


@dataclass(slots=True)
class ReadDecision:
    """A row while it is read."""

    texts: Mapping[str, str]
    around: Around
    values: dict[str, Any] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)

    def read(self) -> Intake | None:
        """Read all cells; None where one of them is wrong."""
        for name in BY_NAME:
            self._cell(name)
        for name in NEEDED:
            if not self.texts.get(name):
                self.wrong.append(Wrong(name, "", _("väärtust")))
        place_id = self._place()
        person_id, newcomer = self._who()
        if self.wrong:
            return None
        return Intake(self._decision(person_id or _NOBODY, place_id), newcomer)

    def _cell(self, name: str) -> None:
        text = self.texts.get(name, "")
        try:
            self.values[name] = _READERS[name](text) if text and name in _READERS else text
        except WrongCellError as error:
            self.wrong.append(Wrong(name, text, str(error)))

    def _place(self) -> UUID | None:
        text = self.texts.get("place", "")
        found = self.around.places.get(fold(text)) if text else None
        if text and found is None:
            self.wrong.append(Wrong("place", text, _("koha koodi või nime")))
        return found

    def _who(self) -> tuple[UUID | None, Identity | None]:
        """Find the person, else read who is new."""
        text = self.texts.get("person", "")
        names = [self.texts.get(one, "") for one in ("first_name", "last_name")]
        for key in filter(None, (text, " ".join(names).strip())):
            found = self.around.persons.get(fold(key), ())
            if len(found) == 1:
                return found[0], None
            if found:
                self.wrong.append(Wrong("person", key, _("ühe inimese isikukoodi või koodi")))
                return None, None
        born: date | str = self.values.get("birth_date", "")
        if not all(names) or not isinstance(born, date):
            text_of = _("inimest, kes on siin kirjas, või uue inimese nime ja sünniaega")
            self.wrong.append(Wrong("person", text, text_of))
            return None, None
        return None, Identity(names[0], names[1], born, identifier=text)

    def _decision(self, person_id: UUID, place_id: UUID | None) -> Decision:
        values = self.values
        return Decision(
            person_id=person_id,
            code=values["referral"],
            service=values["service"],
            variant=values["variant"] or Variant.PLAIN,
            issued_on=values["issued_on"],
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
            place_id=place_id,
            planned_volume=values["planned_volume"] or None,
            volume_unit=values["volume_unit"] or None,
            is_released=bool(values["released_from_compulsory_treatment"]),
            slot=values["slot"],
            slot_new_from=values["slot_new_from"] or None,
            purpose=values["purpose"],
            court_order=values["court_order"],
            contribution=values["contribution"],
        )
