"""The law's data as the code reads it: made anew here, so that nothing remembered hides a slip."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tugiplaan.rules import packs, services, tables
from tugiplaan.rules.legal import Certainty
from tugiplaan.rules.vocabulary import Audience, CeilingPeriod, Mode, Service, Tier, Variant, label

_DAY, _LIVING = "turn_up_days_day_service", "turn_up_days_living_service"
_SHORT, _LONG = "end_notice_months_day_service", "end_notice_months_living_service"
_AUT = "minimum_minutes_iet_aut"

# service, variant, family, turn-up, end notice, minimum, counted, not counted, the flag that is
# on, capped units, target group
_CATALOGUE = [
    ("IET", "", "hours", _DAY, _SHORT, "minimum_minutes_iet", "family person", "", "", "", None),
    ("IET", "AUT", "hours", _DAY, _SHORT, _AUT, "family person", "", "", "", None),
    ("IET", "INT", "units", _DAY, _SHORT, "", "family person", "", "", "oop", None),
    ("IET", "INTM", "units", _DAY, _SHORT, "", "family person", "", "", "oop", None),
    ("TTT", "", "hours", _DAY, _SHORT, "minimum_minutes_ttt", "coworkers employer person",
     "job_finding", "", "", None),
    ("TE", "", "hours", _DAY, _LONG, "minimum_minutes_te", "person", "", "is_weekly", "", None),
    ("KE", "", "month", _LIVING, _LONG, "", "", "", "", "", None),
    ("PNH", "", "units", _LIVING, _LONG, "", "", "", "", "day oop", None),
    ("OEH", "", "month", _LIVING, _LONG, "", "", "", "is_sized", "", "ordinary"),
    ("OEH", "ER", "month", _LIVING, _LONG, "", "", "", "is_sized", "", "er"),
    ("OEH", "AA", "month", _LIVING, _LONG, "", "", "", "is_sized", "", "aa"),
    ("OEH", "AUT", "month", _LIVING, _LONG, "", "", "", "has_new_place", "", "aut"),
    ("OEH", "KM", "month", "turn_up_days_compulsory", _LONG, "", "", "", "absent_is_present", "",
     "km"),
]  # fmt: skip

_NAMES = {
    "IET": ("igapäevaelu toetamise teenus", "daily-life support", "SHS §§ 87–90"),
    "TTT": ("töötamise toetamise teenus", "work support", "SHS §§ 91–93"),
    "TE": ("toetatud elamise teenus", "supported living", "SHS §§ 94–96"),
    "KE": ("kogukonnas elamise teenus", "community living", "SHS §§ 97–99"),
    "PNH": ("päeva- ja nädalahoiuteenus", "day and week care", "SHS §§ 99¹–99⁴"),
    "OEH": ("ööpäevaringne erihooldusteenus", "round-the-clock special care", "SHS §§ 100–105"),
}
_PRICES = {
    "IET": "R65 § 2(1)–(1⁵)",
    "TTT": "R65 § 2(2)",
    "TE": "R65 § 2(3)",
    "KE": "R65 § 2(4)",
    "PNH": "R65 § 2(4¹)–(4²)",
    "OEH": "R65 § 2(5)–(7)",
}
_FLAGS = ("is_weekly", "is_sized", "has_new_place", "absent_is_present")


@pytest.mark.parametrize("row", _CATALOGUE, ids=[f"{row[0]}{row[1]}" for row in _CATALOGUE])
def test_the_catalogue_says_how_each_service_is_counted(row: tuple[Any, ...]) -> None:
    kind = services.catalogue.__wrapped__()[Service(row[0]), Variant(row[1])]
    assert (kind.family, kind.turn_up, kind.end_notice, kind.minimum) == row[2:6]
    assert " ".join(sorted(kind.counted)) == row[6]
    assert " ".join(sorted(kind.not_counted)) == row[7]
    flags = {name: getattr(kind, name) for name in _FLAGS}
    assert flags == {name: name == row[8] for name in _FLAGS}
    assert " ".join(sorted(kind.capped)) == row[9]
    assert kind.target_group == row[10]
    names = [label(kind.service, language) for language in ("et", "en")]
    assert (*names, kind.section) == _NAMES[row[0]]
    assert kind.price_section == _PRICES[row[0]]


def test_the_catalogue_holds_nothing_else() -> None:
    made = services.catalogue.__wrapped__()
    assert [(str(service), str(variant)) for service, variant in made] == [
        row[:2] for row in _CATALOGUE
    ]
    assert services.compatible_pairs.__wrapped__() == services.compatible_pairs()
    assert services.rate_codes.__wrapped__() == services.rate_codes()
    assert services.authority_code.__wrapped__() == "70001975"


@pytest.mark.parametrize(
    ("values", "number", "file"),
    [("builtin_rates", "amount", "rates"), ("builtin_terms", "value", "terms")],
)
def test_every_cell_of_a_table_is_read(values: str, number: str, file: str) -> None:
    made = iter(getattr(tables, values).__wrapped__())
    for name, entry in tables.load(file).items():
        for row in entry["rows"]:
            value = next(made)
            assert (value.name, value.unit) == (name, entry["unit"])
            assert value.value == Decimal(row[number])
            assert (value.valid_from, value.valid_to) == (row["valid_from"], row["valid_to"])
            assert (value.source, value.certainty) == (row["source"], Certainty(row["certainty"]))
            assert value.known_from == row.get("known_from")
            assert (value.condition, value.cap) == (row.get("condition", ""), row.get("cap", ""))
    assert next(made, None) is None


def test_only_the_act_of_2021_was_known_later_than_it_applies() -> None:
    late = {row.known_from for row in tables.builtin_rates.__wrapped__() if row.known_from}
    assert late == {date(2021, 10, 11)}
    assert tables.builtin.__wrapped__(date(2021, 9, 30)).label == "builtin@2021-09-30"
    assert tables.builtin.__wrapped__().label == "builtin"
    ceilings = tables.contribution_ceilings.__wrapped__()
    assert ceilings.on("KE", date(2026, 4, 1)).value == 446


def test_a_row_of_a_price_list_is_read_cell_by_cell() -> None:
    made = packs.price_templates.__wrapped__()
    (row,) = (
        row
        for row in made["P4"]
        if (row.component, row.mode, row.audience) == ("C4", Mode.GROUP, Audience.PERSON)
    )
    assert {one.name: getattr(row, one.name) for one in fields(row)} == {
        "component": "C4",
        "mode": Mode.GROUP,
        "audience": Audience.PERSON,
        "tier": Tier.ADDITIONAL,
        "name": "Hõivatuse komponent",
        "price": Decimal("25.00"),
        "ceiling": Decimal(2280),
        "ceiling_period": CeilingPeriod.CALENDAR_YEAR,
        "valid_from": date(2025, 1, 1),
        "valid_to": date(2026, 12, 31),
        "stated": "2025-01-01–2026-12-31",
        "source": "Tallinn LaNoor, S6",
        "is_sure": True,
    }


def test_what_a_price_list_leaves_open_stays_open() -> None:
    made = packs.price_templates.__wrapped__()
    unpriced = [row for row in made["P2"] if row.price is None]
    assert [(row.component, row.tier, row.ceiling) for row in unpriced] == [("B2", Tier.BASE, None)]
    undated = made["P3"][0]
    assert (undated.valid_from, undated.valid_to, undated.is_sure) == (None, None, False)
    assert undated.stated == "2023-01-01?–2024-12-31?"
    core = made["P4"][0]
    assert (core.component, core.tier, core.ceiling) == ("B1", Tier.BASE, None)
    assert core.ceiling_period is None
    unclear = [row.component for row in made["P4"] if not row.is_sure]
    assert unclear == ["C6", "C6"]
