"""What a good folder says, as facts."""

import gc
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.month_folder.files import LAST_OF_MAY, MAY, good, problems_of, read, write
from tugiplaan.month_folder import MonthFolder
from tugiplaan.rules.facts import (
    Absence,
    ComponentPrice,
    ComponentRecord,
    DayRecord,
    EmptyPlaces,
    HourRecord,
    Licence,
    Person,
    PlacePeriod,
    Referral,
    Session,
)
from tugiplaan.rules.legal import Certainty, DatedValue
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import (
    AbsenceKind,
    Audience,
    CeilingPeriod,
    DayKind,
    EndReason,
    Mode,
    Service,
    SizeClass,
    TargetGroup,
    Tier,
    Variant,
    VolumeUnit,
)


@pytest.fixture
def found(tmp_path: Path) -> MonthFolder:
    return read(write(tmp_path, good()))


def test_persons_come_by_code_with_month_and_day(found: MonthFolder) -> None:
    assert [facts.person for facts in found.facts] == [
        Person("P1", "Mari", "Maasikas", date(1980, 1, 8), "38001085718", date(2024, 3, 1)),
        Person("P2", "Jüri", "Juurikas", date(1975, 12, 31)),
    ]
    assert {(facts.month, facts.as_of) for facts in found.facts} == {(MAY, LAST_OF_MAY)}
    assert found.facts[1].referrals == ()
    assert (found.left_out, found.problems) == ((), ())


def test_referrals_carry_what_happened_under_them(found: MonthFolder) -> None:
    first, second = found.facts[0].referrals
    assert first == Referral(
        referral="R1",
        service=Service.IET,
        variant=Variant.AUT,
        issued_on=date(2025, 11, 1),
        valid_from=date(2025, 12, 1),
        valid_to=date(2027, 11, 30),
        agreed_start=date(2025, 12, 1),
        arrived_on=date(2025, 12, 2),
        places=((date.min, "K1"), (date(2026, 3, 1), "K2"), (date(2026, 5, 10), "K1")),
        absences=(
            Absence("A1", date(2026, 5, 1), date(2026, 5, 3), AbsenceKind.ABSENT, date(2026, 5, 4)),
            Absence("A2", date(2026, 5, 6), date(2026, 5, 6), AbsenceKind.HOSPITAL),
        ),
        confirmed_months=frozenset({Month(2026, 4), Month(2026, 5)}),
        hours=(
            HourRecord("H1", date(2026, 5, 4), 570, 45, "W1", Audience.PERSON, "jutt", True),
            HourRecord("H2", date(2026, 5, 5), None, 1440, "W1", Audience.FAMILY, "", False),
        ),
        days=(DayRecord(date(2026, 5, 4), DayKind.DAY), DayRecord(date(2026, 5, 5), DayKind.OOP)),
    )
    assert second == Referral(
        referral="R2",
        service=Service.OEH,
        variant=Variant.AUT,
        issued_on=date(2026, 1, 1),
        valid_from=date(2026, 1, 2),
        valid_to=date(2027, 1, 1),
        agreed_start=date(2026, 1, 2),
        arrived_on=date(2026, 1, 2),
        ended_on=date(2026, 5, 20),
        end_reason=EndReason.MOVED,
        planned_volume=Decimal("12.5"),
        volume_unit=VolumeUnit.H_MONTH,
        is_released=True,
        slot="S1",
        slot_new_from=date(2026, 1, 1),
    )
    assert isinstance(first.hours[0], HourRecord)


def test_component_records_and_their_sessions(found: MonthFolder) -> None:
    assert found.facts[0].components == (
        ComponentRecord(
            *("C1", "G1", date(2026, 5, 4), 600, "75000000", "A1", Mode.GROUP),
            *(Audience.PERSON, 60, 4, "W1", ""),
        ),
        ComponentRecord(
            *("C2", "", date(2026, 5, 5), None, "75000000", "A1", Mode.INDIVIDUAL),
            *(Audience.FAMILY, 30, None, "W2", "content"),
        ),
    )
    assert isinstance(found.facts[0].components[0], ComponentRecord)
    assert found.surroundings.sessions == {"G1": Session("P1", 1)}
    assert all(facts.surroundings is found.surroundings for facts in found.facts)


def test_a_session_has_the_first_person_and_counts_each_once(tmp_path: Path) -> None:
    files = good()
    record = files["components.csv"][0]
    files["components.csv"] = [
        record | {"record": f"C{at}", "person": person, "session": session}
        for at, (person, session) in enumerate(
            [("P2", "G1"), ("P1", "G1"), ("P1", "G1"), ("P2", "G2"), ("P2", "")]
        )
    ]
    sessions = read(write(tmp_path, files)).surroundings.sessions
    assert sessions == {"G1": Session("P1", 2), "G2": Session("P2", 1)}


def test_places_and_house(found: MonthFolder) -> None:
    assert found.surroundings.size_classes == {
        "K1": (
            PlacePeriod(date(2020, 1, 1), date(2025, 12, 31), SizeClass.GT12),
            PlacePeriod(date(2026, 1, 1), None, SizeClass.G10),
        )
    }
    assert found.surroundings.new_place_months == {}
    assert found.house.licences == (
        Licence(
            *("L1", "K1", Service.OEH, date(2020, 1, 1), None, 12),
            frozenset({TargetGroup.ORDINARY, TargetGroup.ER}),
        ),
        Licence("L2", "K1", Service.KE, date(2020, 1, 1), date(2027, 1, 1), 6),
    )
    assert found.house.empty_places == (
        EmptyPlaces("K1", date(2026, 5, 1), date(2026, 5, 31), 2),
        EmptyPlaces("K2", date(2026, 5, 1), date(2026, 5, 1), 1),
    )


def test_prices_and_rates(found: MonthFolder) -> None:
    first, second = found.contract.components.prices
    assert first == ComponentPrice(
        funder="75000000",
        component="A1",
        mode=Mode.GROUP,
        audience=Audience.PERSON,
        valid_from=date(2025, 1, 1),
        valid_to=None,
        tier=Tier.ADDITIONAL,
        name="Toetus",
        price=Decimal("35.50"),
        ceiling=Decimal(1200),
        ceiling_period=CeilingPeriod.CALENDAR_YEAR,
        version="v4",
        source="hinnakiri",
        is_confirmed=True,
    )
    assert (second.ceiling, second.ceiling_period, second.is_confirmed) == (None, None, False)
    assert found.rates is not None
    assert found.rates.name == "rates.csv"
    assert found.rates.values[1] == DatedValue(
        name="PNH_PAEV",
        value=Decimal(70),
        unit="day",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        source="leping 8",
        certainty=Certainty.USER,
        known_from=date(2025, 12, 20),
        cap="23",
    )


def test_a_referral_without_a_place_begins_with_its_first_move(tmp_path: Path) -> None:
    files = good()
    files["referrals.csv"][0]["place"] = ""
    referral = read(write(tmp_path, files)).facts[0].referrals[0]
    assert referral.places == ((date(2026, 3, 1), "K2"), (date(2026, 5, 10), "K1"))
    assert referral.place_on(date(2026, 1, 1)) == "K2"


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    files = good()
    expected = read(write(tmp_path / "one", files))
    for rows in files.values():
        rows.reverse()
    found = read(write(tmp_path / "other", files))
    assert found.facts == expected.facts
    assert found.house == expected.house
    assert found.surroundings == expected.surroundings


@pytest.mark.parametrize("word", ["month", "kalendrikuu", "kuu"])
def test_a_month_as_unit_has_three_names(tmp_path: Path, word: str) -> None:
    files = good()
    files["rates.csv"] = [files["rates.csv"][0] | {"unit": word}]
    rates = read(write(tmp_path, files)).rates
    assert rates is not None
    assert rates.values[0].unit == "month"


def test_overlaps_between_good_rows_are_not_bad_input(tmp_path: Path) -> None:
    files = good()
    files["referrals.csv"][1] |= {"service": "IET", "slot": ""}
    files["absences.csv"][1] |= {"first_day": "2026-05-02", "last_day": "2026-05-20"}
    files["place_periods.csv"][1]["first_day"] = "2025-01-01"
    assert len(read(write(tmp_path, files)).facts[0].referrals) == 2


@pytest.mark.parametrize("is_on", [True, False])
def test_the_collector_is_as_before(tmp_path: Path, is_on: bool) -> None:
    files = good()
    try:
        if not is_on:
            gc.disable()
        read(write(tmp_path, files))
        assert gc.isenabled() is is_on
        files["days.csv"][0]["kind"] = "night"
        problems_of(write(tmp_path, files))
        assert gc.isenabled() is is_on
    finally:
        gc.enable()


def test_equal_units_are_held_once(tmp_path: Path) -> None:
    files = good()
    files["days.csv"] = [
        {"referral": referral, "date": "2026-05-04", "kind": "day"} for referral in ("R1", "R2")
    ]
    first, second = read(write(tmp_path, files)).facts[0].referrals
    assert first.days[0] is second.days[0]
