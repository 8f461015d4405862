"""The events of the showcase, found again in the files and not in the summary."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tests.sample.rows import Row, by_key, day, read, stay
from tugiplaan.sample import Event, SampleSummary

Generated = tuple[Path, SampleSummary]
FIRST, LAST = date(2026, 5, 1), date(2026, 5, 31)


def test_absences_of_every_kind(showcase: Generated) -> None:
    absences = read(showcase[0], "absences")
    assert {row["kind"] for row in absences} == {"absent", "hospital", "tuberculosis"}
    lengths = {
        (row["kind"], (day(row["last_day"]) - day(row["first_day"])).days + 1) for row in absences
    }
    assert ("absent", 1) in lengths
    assert any(kind == "absent" and 2 <= days <= 14 for kind, days in lengths)


def test_an_absence_runs_past_two_months(showcase: Generated) -> None:
    long = [
        row
        for row in read(showcase[0], "absences")
        if row["kind"] == "absent" and row["first_day"][:7] == "2026-03"
    ]
    assert [row["last_day"] for row in long] == [LAST.isoformat()]


def test_long_hospital_stays_with_and_without_confirmation(showcase: Generated) -> None:
    confirmed = {
        row["referral"] for row in read(showcase[0], "confirmations") if row["month"] == "2026-05"
    }
    long = {
        row["referral"]
        for row in read(showcase[0], "absences")
        if row["kind"] == "hospital" and row["first_day"][:7] == "2026-03"
    }
    assert len(long & confirmed) == 1
    assert len(long - confirmed) == 1


def test_people_who_did_not_come_or_came_late(showcase: Generated) -> None:
    windows = {"IET": 3, "TTT": 3, "TE": 3}
    closed = pending = late = 0
    for row in read(showcase[0], "referrals"):
        closes = day(row["agreed_start"]) + timedelta(days=windows.get(row["service"], 7) - 1)
        if not row["arrived_on"]:
            closed += closes <= LAST
            pending += closes > LAST
        else:
            late += day(row["arrived_on"]) > closes
    assert (closed, pending, late) == (1, 1, 1)


def test_stays_begin_and_end_inside_the_month(showcase: Generated) -> None:
    stays = [stay(row) for row in read(showcase[0], "referrals")]
    assert sum(FIRST < first <= LAST for first, _ in stays) >= 2
    assert sum(FIRST <= last < LAST for _, last in stays) >= 2


def test_someone_moves_between_places(showcase: Generated) -> None:
    referrals = by_key(showcase[0], "referrals")
    moves = read(showcase[0], "moves")
    assert [row["place"] != referrals[row["referral"]]["place"] for row in moves] == [True]
    assert FIRST < day(moves[0]["from_day"]) <= LAST


def test_a_court_place_is_empty(showcase: Generated) -> None:
    places = {row["place"] for row in read(showcase[0], "licences") if row["target_groups"] == "km"}
    empty = read(showcase[0], "empty_places")
    assert empty
    assert {row["place"] for row in empty} <= places


def test_a_first_day_of_day_care_is_told(showcase: Generated) -> None:
    assert any(row["first_pnh_start"] for row in read(showcase[0], "persons"))


def test_group_sessions_agree_among_their_rows(sample: Generated) -> None:
    sessions: dict[str, list[Row]] = defaultdict(list)
    for row in read(sample[0], "components"):
        assert (row["mode"] == "group") == bool(row["session"]) == bool(row["participants"])
        if row["session"]:
            sessions[row["session"]].append(row)
    common = ("date", "start", "component", "audience", "minutes", "participants", "worker")
    for rows in sessions.values():
        assert 4 <= len(rows) <= 8
        assert int(rows[0]["participants"]) == len(rows) == len({row["person"] for row in rows})
        assert len({tuple(row[column] for column in common) for row in rows}) == 1
    assert {rows[0]["audience"] for rows in sessions.values()} == {"person", "family"}


def test_one_person_is_near_the_ceiling_and_one_over_it(showcase: Generated) -> None:
    spent: dict[str, Decimal] = defaultdict(Decimal)
    before: dict[str, Decimal] = defaultdict(Decimal)
    for row in read(showcase[0], "components"):
        if row["component"] == "C4":
            hours = Decimal(row["minutes"]) / 60
            spent[row["person"]] += hours * 40
            if row["date"] < FIRST.isoformat():
                before[row["person"]] += hours * 40
    near, over = sorted(spent, key=lambda person: spent[person])
    assert 2000 < spent[near] <= 2280 < spent[over]
    assert before[over] < 2280


def test_components_that_cannot_be_paid(showcase: Generated) -> None:
    components = read(showcase[0], "components")
    assert sum(row["component"] == "B1" and row["activity"] == "content" for row in components) == 1
    prices = read(showcase[0], "component_prices")
    assert [row["component"] for row in prices if row["confirmed"] == "no"] == ["B1b"]
    assert sum(row["component"] == "B1b" for row in components) == 1


def test_one_component_lies_inside_a_state_stay(sample: Generated) -> None:
    folder, summary = sample
    stays = {row["person"]: stay(row) for row in read(folder, "referrals")}
    parallel = [
        row
        for row in read(folder, "components")
        if row["person"] in stays
        and stays[row["person"]][0] <= day(row["date"]) <= stays[row["person"]][1]
    ]
    assert len(parallel) == summary.events[Event.PARALLEL_COMPONENT]


def test_prices_are_those_of_the_list(showcase: Generated) -> None:
    prices = read(showcase[0], "component_prices")
    assert {row["component"] for row in prices if row["version"] == "P4"} == {
        "B1", "C1", "C2", "C3", "C4", "C5",
    }  # fmt: skip
    ceilings = {row["component"]: row["ceiling"] for row in prices if row["ceiling"]}
    assert ceilings == {"C4": "2280"}
    listed = {(r["component"], r["mode"], r["audience"]): r["price"] for r in prices}
    assert listed["C2", "group", "person"] == "30.00"
    assert listed["B1", "individual", "person"] == "55.00"


def test_only_families_in_groups_have_no_price(sample: Generated) -> None:
    priced = {
        (row["component"], row["mode"], row["audience"])
        for row in read(sample[0], "component_prices")
    }
    used = {
        (row["component"], row["mode"], row["audience"]) for row in read(sample[0], "components")
    }
    assert used - priced == {("C1", "group", "family")}


def test_components_are_for_about_a_seventh(town: Generated) -> None:
    with_components = {row["person"] for row in read(town[0], "components")}
    assert 0.11 < len(with_components) / 2000 < 0.18
