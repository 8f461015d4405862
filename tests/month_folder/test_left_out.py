"""Who is left out with bad rows, who is not, and what refuses the whole folder all the same."""

from pathlib import Path

import pytest

from tests.month_folder.files import Files, Row, problems_of, read, write
from tugiplaan.month_folder import MonthFolder
from tugiplaan.rules.facts import Session

PERSON = {"first_name": "Mari", "last_name": "Maasikas", "birth_date": "1980-01-08"}
REFERRAL = {
    "variant": "",
    "issued_on": "2025-11-01",
    "valid_from": "2025-12-01",
    "valid_to": "2027-11-30",
    "slot": "",
}
HOUR = {"date": "2026-05-04", "minutes": "60", "worker": "W1", "audience": "person"}
COMPONENT = {
    "date": "2026-05-04",
    "funder": "75",
    "mode": "group",
    "audience": "person",
    "minutes": "60",
    "worker": "W1",
}
PRICE = {
    "funder": "75",
    "mode": "group",
    "audience": "person",
    "valid_from": "2025-01-01",
    "tier": "additional",
    "name": "x",
    "price": "30",
    "unit": "h",
    "confirmed": "yes",
}


def four_persons() -> Files:
    """Give P1 at K1, P2 at K2 and then K1, P3 at K2, P4 nowhere; P2 and P3 share component A2."""
    places = {"R1": "K1", "R2": "K2", "R3": "K2", "R4": ""}
    components = [("P2", "A2", "G1"), ("P3", "A2", "G1"), ("P4", "A4", "")]
    return {
        "persons.csv": [{"person": f"P{at}"} | PERSON for at in range(1, 5)],
        "places.csv": [{"place": f"K{at}", "name": "x", "building": "B"} for at in (1, 2, 3)],
        "place_periods.csv": [
            {"place": "K1", "first_day": "2020-01-01", "size_class": "GT12"},
        ],
        "licences.csv": [
            {"licence": f"L{at}", "place": f"K{at}", "service": "KE", "max_persons": "9"}
            | {"valid_from": "2020-01-01"}
            for at in (1, 2, 3)
        ],
        "referrals.csv": [
            {"referral": key, "person": f"P{key[1]}", "service": "IET", "place": place} | REFERRAL
            for key, place in places.items()
        ],
        "moves.csv": [{"referral": "R2", "from_day": "2026-05-10", "place": "K1"}],
        "hours.csv": [
            {"record": f"H{at}", "referral": f"R{at}", "direct": "yes"} | HOUR for at in range(1, 5)
        ],
        "empty_places.csv": [
            {"place": f"K{at}", "first_day": "2026-05-01", "last_day": "2026-05-31", "count": "1"}
            for at in (1, 2, 3)
        ],
        "components.csv": [
            {"record": f"C{at}", "session": session, "person": person, "component": component}
            | COMPONENT
            for at, (person, component, session) in enumerate(components)
        ],
        "component_prices.csv": [{"component": "A2"} | PRICE, {"component": "A4"} | PRICE],
    }


def row(files: Files, file: str, at: int) -> Row:
    return files[file][at]


def left(found: MonthFolder) -> tuple[str, ...]:
    """Give who is left out; everybody else of the four is there."""
    there = {facts.person.person for facts in found.facts}
    assert there == {"P1", "P2", "P3", "P4"} - set(found.left_out)
    return found.left_out


BAD_CELLS = [
    ("persons.csv", 0, "birth_date", "x", ("P1",)),
    ("places.csv", 0, "name", "", ("P1", "P2")),
    ("places.csv", 2, "name", "", ()),
    ("place_periods.csv", 0, "size_class", "x", ("P1", "P2")),
    ("licences.csv", 1, "service", "x", ("P2", "P3")),
    ("licences.csv", 1, "place", "K7", ()),
    ("referrals.csv", 2, "valid_to", "2020-01-01", ("P3",)),
    ("referrals.csv", 2, "place", "K7", ("P3",)),
    ("referrals.csv", 2, "person", "P9", ("P9",)),
    ("moves.csv", 0, "place", "K7", ("P2",)),
    ("hours.csv", 3, "minutes", "0", ("P4",)),
    ("hours.csv", 3, "record", "", ("P4",)),
    ("hours.csv", 3, "referral", "R7", ()),
    ("empty_places.csv", 1, "count", "0", ("P2", "P3")),
    ("components.csv", 2, "mode", "x", ("P4",)),
    ("components.csv", 2, "person", "P9", ("P9",)),
    ("component_prices.csv", 0, "price", "x", ("P2", "P3")),
]


@pytest.mark.parametrize(("file", "at", "column", "text", "persons"), BAD_CELLS)
def test_those_whom_a_bad_row_concerns_are_left_out_and_listed(
    tmp_path: Path, file: str, at: int, column: str, text: str, persons: tuple[str, ...]
) -> None:
    files = four_persons()
    row(files, file, at)[column] = text
    folder = write(tmp_path, files)
    found = read(folder, skip_bad=True)
    assert left(found) == persons
    assert [(one.file, one.line, one.column) for one in found.problems] == [(file, at + 2, column)]
    assert problems_of(folder) == found.problems


def test_nobody_is_left_out_of_a_good_folder(tmp_path: Path) -> None:
    found = read(write(tmp_path, four_persons()), skip_bad=True)
    assert left(found) == ()
    assert found.problems == ()


DUPLICATES = [
    ("persons.csv", 0, {}, ("P1",)),
    ("places.csv", 2, {}, ()),
    ("licences.csv", 0, {"place": "K2"}, ("P1", "P2", "P3")),
    ("referrals.csv", 0, {"person": "P4"}, ("P1", "P4")),
    ("hours.csv", 0, {"referral": "R3"}, ("P1", "P3")),
    ("components.csv", 0, {"person": "P4"}, ("P2", "P4")),
    ("component_prices.csv", 1, {}, ("P4",)),
]


@pytest.mark.parametrize(("file", "at", "change", "persons"), DUPLICATES)
def test_of_two_rows_with_one_key_both_concern(
    tmp_path: Path, file: str, at: int, change: Row, persons: tuple[str, ...]
) -> None:
    files = four_persons()
    files[file].append(row(files, file, at) | change)
    assert left(read(write(tmp_path, files), skip_bad=True)) == persons


GENERAL = [
    ("hours.csv", "referral", ""),
    ("referrals.csv", "person", " "),
    ("components.csv", "person", ""),
    ("persons.csv", "person", ""),
    ("component_prices.csv", "component", ""),
    ("empty_places.csv", "place", ""),
]


@pytest.mark.parametrize(("file", "column", "text"), GENERAL)
def test_a_row_that_names_nobody_refuses_the_folder(
    tmp_path: Path, file: str, column: str, text: str
) -> None:
    files = four_persons()
    files[file].append(row(files, file, 0) | {column: text})
    files["persons.csv"].append({"person": "P5"} | PERSON | {"birth_date": "x"})
    problems = problems_of(write(tmp_path, files), skip_bad=True)
    assert {one.file for one in problems} == {file, "persons.csv"}


def test_bad_rates_and_headers_refuse_the_folder(tmp_path: Path) -> None:
    folder = write(tmp_path, four_persons())
    (folder / "rates.csv").write_text(
        "code,valid_from,unit,amount,source\nKE,2026-01-01,month,x,leping\n", "utf-8"
    )
    assert [one.file for one in problems_of(folder, skip_bad=True)] == ["rates.csv"]
    (folder / "rates.csv").unlink()
    (folder / "days.csv").write_text("referral,date\n", "utf-8")
    assert [one.file for one in problems_of(folder, skip_bad=True)] == ["days.csv"]


@pytest.mark.parametrize(
    ("file", "line", "persons"),
    [
        ("persons.csv", "P1,too,many,cells,in,this,row", ("P1",)),
        ("hours.csv", "H9,R2,2026-05-04", ("P2",)),
        ("components.csv", "C9,G1,P3", ("P3",)),
        ("places.csv", "K1,x", ("P1", "P2")),
        ("component_prices.csv", "A4,75", ("P4",)),
    ],
)
def test_a_row_of_another_width_concerns_whom_it_names(
    tmp_path: Path, file: str, line: str, persons: tuple[str, ...]
) -> None:
    folder = write(tmp_path, four_persons())
    with (folder / file).open("a", encoding="utf-8") as text:
        text.write(f"{line}\n")
    assert left(read(folder, skip_bad=True)) == persons


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("hours.csv", "R2,2026-05-04"),
        ("component_prices.csv", "75,A4"),
        ("components.csv", "C9,P3,x"),
    ],
)
def test_a_row_whose_cells_have_slipped_refuses_the_folder(
    tmp_path: Path, file: str, line: str
) -> None:
    folder = write(tmp_path, four_persons())
    with (folder / file).open("a", encoding="utf-8") as text:
        text.write(f"{line}\n")
    assert [one.file for one in problems_of(folder, skip_bad=True)] == [file]


def test_who_shares_a_slot_goes_along_and_who_shares_another_with_those(tmp_path: Path) -> None:
    files = four_persons()
    referrals = files["referrals.csv"]
    referrals[0]["slot"] = referrals[1]["slot"] = "S1"
    referrals.append(referrals[1] | {"referral": "R5", "slot": "S2"})
    referrals[2]["slot"] = "S2"
    row(files, "hours.csv", 0)["minutes"] = "x"
    assert left(read(write(tmp_path, files), skip_bad=True)) == ("P1", "P2", "P3")


def test_who_shares_the_slot_of_a_bad_referral_goes_along(tmp_path: Path) -> None:
    files = four_persons()
    files["referrals.csv"][0] |= {"slot": " S1 ", "valid_to": "x"}
    files["referrals.csv"][3]["slot"] = "S1"
    assert left(read(write(tmp_path, files), skip_bad=True)) == ("P1", "P4")


def test_a_session_counts_those_left_out_and_their_bad_rows_too(tmp_path: Path) -> None:
    files = four_persons()
    row(files, "components.csv", 0)["minutes"] = "x"
    found = read(write(tmp_path, files), skip_bad=True)
    assert left(found) == ("P2",)
    assert found.surroundings.sessions == {"G1": Session("P2", 2)}


def test_the_house_keeps_nothing_of_a_place_that_bad_rows_concern(tmp_path: Path) -> None:
    files = four_persons()
    row(files, "empty_places.csv", 1)["count"] = "x"
    house = read(write(tmp_path, files), skip_bad=True).house
    assert [licence.place for licence in house.licences] == ["K1", "K3"]
    assert [empty.place for empty in house.empty_places] == ["K1", "K3"]
    files = four_persons()
    row(files, "licences.csv", 2)["max_persons"] = "x"
    house = read(write(tmp_path, files), skip_bad=True).house
    assert [licence.place for licence in house.licences] == ["K1", "K2"]
    assert [empty.place for empty in house.empty_places] == ["K1", "K2"]


def test_a_bad_price_row_is_not_used(tmp_path: Path) -> None:
    files = four_persons()
    row(files, "component_prices.csv", 0)["unit"] = "x"
    found = read(write(tmp_path, files), skip_bad=True)
    assert [price.component for price in found.contract.components.prices] == ["A4"]
