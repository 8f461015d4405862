"""Reads a written month folder the way any other program would."""

import csv
from datetime import date
from pathlib import Path

Row = dict[str, str]

KEYS = {
    "persons": ("person",),
    "places": ("place",),
    "place_periods": ("place", "first_day"),
    "licences": ("licence",),
    "referrals": ("referral",),
    "moves": ("referral", "from_day"),
    "absences": ("absence",),
    "confirmations": ("referral", "month"),
    "hours": ("record",),
    "days": ("referral", "date"),
    "empty_places": ("place", "first_day"),
    "components": ("record",),
    "component_prices": ("funder", "component", "mode", "audience", "valid_from"),
}
REFERENCES = (
    ("place_periods", "place", "places"),
    ("licences", "place", "places"),
    ("referrals", "person", "persons"),
    ("referrals", "place", "places"),
    ("moves", "referral", "referrals"),
    ("moves", "place", "places"),
    ("absences", "referral", "referrals"),
    ("confirmations", "referral", "referrals"),
    ("hours", "referral", "referrals"),
    ("days", "referral", "referrals"),
    ("empty_places", "place", "places"),
    ("components", "person", "persons"),
)
REQUIRED = {
    "persons": ("person", "first_name", "last_name", "birth_date"),
    "places": ("place", "name", "building"),
    "place_periods": ("place", "first_day", "size_class"),
    "licences": ("licence", "place", "service", "valid_from", "max_persons"),
    "referrals": ("referral", "person", "service", "issued_on", "valid_from", "valid_to"),
    "moves": ("referral", "from_day", "place"),
    "absences": ("absence", "referral", "first_day", "last_day", "kind"),
    "confirmations": ("referral", "month", "received_on"),
    "hours": ("record", "referral", "date", "minutes", "worker", "audience", "direct"),
    "days": ("referral", "date", "kind"),
    "empty_places": ("place", "first_day", "last_day", "count"),
    "components": (
        "record", "person", "date", "funder", "component", "mode", "audience", "minutes", "worker",
    ),
    "component_prices": (
        "funder", "component", "mode", "audience", "valid_from", "tier", "name", "price", "unit",
        "confirmed",
    ),
}  # fmt: skip
CODES = {
    ("place_periods", "size_class"): {"GT12", "LE12", "G10", "G6"},
    ("licences", "service"): {"IET", "TTT", "TE", "KE", "PNH", "OEH"},
    ("referrals", "service"): {"IET", "TTT", "TE", "KE", "PNH", "OEH"},
    ("referrals", "variant"): {"", "AUT", "ER", "AA", "KM", "INT", "INTM"},
    ("referrals", "end_reason"): {
        "", "term", "person_wish", "non_use", "moved", "death", "contract_end",
        "decision_annulled", "court_ended",
    },
    ("referrals", "volume_unit"): {"", "h_month", "h_week", "day_month", "oop_month"},
    ("referrals", "released_from_compulsory_treatment"): {"", "yes"},
    ("absences", "kind"): {"absent", "hospital", "tuberculosis"},
    ("hours", "audience"): {"person", "family", "employer", "coworkers"},
    ("hours", "direct"): {"yes", "no"},
    ("days", "kind"): {"day", "oop"},
    ("components", "mode"): {"individual", "group"},
    ("components", "audience"): {"person", "family", "provider"},
    ("components", "funder"): {"75000000"},
    ("component_prices", "tier"): {"base", "additional"},
    ("component_prices", "confirmed"): {"yes", "no"},
    ("component_prices", "ceiling_period"): {"", "calendar_year", "month"},
}  # fmt: skip


def read(folder: Path, name: str) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def by_key(folder: Path, name: str) -> dict[str, Row]:
    return {row[KEYS[name][0]]: row for row in read(folder, name)}


def day(text: str) -> date:
    return date.fromisoformat(text)


def stay(referral: Row) -> tuple[date, date]:
    """First and last day of service, by reading 1 of the month folder."""
    starts = [referral["valid_from"], referral["agreed_start"], referral["arrived_on"]]
    ends = [referral["valid_to"], referral["ended_on"]]
    return day(max(filter(None, starts))), day(min(filter(None, ends)))
