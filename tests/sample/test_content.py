import tomllib
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

from stdnum.ee import ik, registrikood

from tests.sample.rows import (
    CODES,
    KEYS,
    REFERENCES,
    REQUIRED,
    Row,
    by_key,
    day,
    read,
    stay,
)
from tugiplaan.sample import Event, SampleSummary
from tugiplaan.sample.folder import COLUMNS

Generated = tuple[Path, SampleSummary]
FIRST, LAST = date(2026, 5, 1), date(2026, 5, 31)
HISTORY = date(2026, 3, 1)
ALLOWED_PAIRS = [{"IET", "TTT"}, {"IET", "TE"}, {"TTT", "TE"}, {"TTT", "KE"}]


def test_personal_codes_are_valid_unique_and_fit_the_person(sample: Generated) -> None:
    persons = read(sample[0], "persons")
    codes = [row["personal_code"] for row in persons]
    assert len(set(codes)) == len(codes)
    for row in persons:
        ik.validate(row["personal_code"])
        assert ik.get_birth_date(row["personal_code"]) == day(row["birth_date"])
        if row["last_name"].endswith(("ova", "eva", "ina")):
            assert ik.get_gender(row["personal_code"]) == "F"


def test_people_are_of_age_and_mostly_of_working_age(sample: Generated) -> None:
    persons = by_key(sample[0], "persons")
    for referral in read(sample[0], "referrals"):
        born = day(persons[referral["person"]]["birth_date"])
        assert born.replace(year=born.year + 18, day=min(born.day, 28)) <= stay(referral)[0]
    ages = [(LAST - day(row["birth_date"])).days / 365.25 for row in persons.values()]
    assert sum(18 <= age < 65 for age in ages) / len(ages) > 0.85


def test_names_have_estonian_letters(town: Generated) -> None:
    persons = read(town[0], "persons")
    letters = set("".join(row["first_name"] + row["last_name"] for row in persons).lower())
    assert set("õäöüšž") <= letters
    assert len({(row["first_name"], row["last_name"]) for row in persons}) > 1500


def test_columns_required_cells_and_codes(sample: Generated) -> None:
    for name, columns in COLUMNS.items():
        for row in read(sample[0], name):
            assert tuple(row) == columns
            assert all(row[column] for column in REQUIRED[name]), (name, row)
    for (name, column), codes in CODES.items():
        assert {row[column] for row in read(sample[0], name)} <= codes


def test_dates_read_as_dates(sample: Generated) -> None:
    names = ("_on", "_day", "_from", "_to", "_start", "_date")
    for name, columns in COLUMNS.items():
        dates = [column for column in columns if column.endswith(names) or column == "date"]
        for row in read(sample[0], name):
            for column in dates:
                if row[column]:
                    assert day(row[column]).isoformat() == row[column]


def test_keys_are_unique(sample: Generated) -> None:
    for name, key in KEYS.items():
        rows = read(sample[0], name)
        assert len({tuple(row[column] for column in key) for row in rows}) == len(rows), name


def test_references_resolve(sample: Generated) -> None:
    for name, column, target in REFERENCES:
        known = by_key(sample[0], target)
        assert {row[column] for row in read(sample[0], name)} <= known.keys(), (name, column)


def test_the_contract(showcase: Generated) -> None:
    contract = tomllib.loads((showcase[0] / "contract.toml").read_text(encoding="utf-8"))
    registrikood.validate(contract["provider"]["registry_code"])
    assert contract["state_contract"]["history_from"] == HISTORY
    assert contract["own_price"] == [
        {"code": "TE", "amount": "305.00", "valid_from": date(2026, 1, 1)}
    ]
    assert contract["component_contract"][0]["funder"] == "75000000"


def test_every_service_variant_and_end_reason_is_there(showcase: Generated) -> None:
    referrals = read(showcase[0], "referrals")
    assert {(row["service"], row["variant"]) for row in referrals} == {
        ("IET", ""), ("IET", "AUT"), ("IET", "INT"), ("IET", "INTM"), ("TTT", ""), ("TE", ""),
        ("KE", ""), ("PNH", ""), ("OEH", ""), ("OEH", "ER"), ("OEH", "AA"), ("OEH", "AUT"),
        ("OEH", "KM"),
    }  # fmt: skip
    assert {row["end_reason"] for row in referrals} == CODES["referrals", "end_reason"]
    assert {row["size_class"] for row in read(showcase[0], "place_periods")} == {
        "GT12", "LE12", "G10", "G6",
    }  # fmt: skip
    new_slots = [row for row in referrals if row["slot_new_from"]]
    assert [row["slot_new_from"] >= "2026-01-01" for row in new_slots] == [True]


def test_referral_dates_make_sense(sample: Generated) -> None:
    for row in read(sample[0], "referrals"):
        assert row["issued_on"] < row["valid_from"] <= row["agreed_start"] < row["valid_to"]
        assert not row["ended_on"] or row["agreed_start"] <= row["ended_on"] <= row["valid_to"]
        assert bool(row["ended_on"]) == bool(row["end_reason"])
        if row["variant"] in ("INT", "INTM"):
            assert row["issued_on"] < "2025-01-01"
        if row["service"] == "PNH":
            assert row["valid_from"] >= "2025-01-01"


def test_only_planted_referrals_overlap(sample: Generated) -> None:
    folder, summary = sample
    referrals = defaultdict(list)
    for row in read(folder, "referrals"):
        referrals[row["person"]].append(row)
    clashes = [person for person, rows in referrals.items() if any(map(clash, pairs(rows)))]
    assert len(clashes) == summary.events[Event.OVERLAP]


def pairs(rows: list[Row]) -> list[tuple[Row, Row]]:
    return [(one, two) for at, one in enumerate(rows) for two in rows[at + 1 :]]


def clash(pair: tuple[Row, Row]) -> bool:
    one, two = pair
    (first, last), (other_first, other_last) = stay(one), stay(two)
    is_together = first <= other_last and other_first <= last
    return is_together and {one["service"], two["service"]} not in ALLOWED_PAIRS


def test_only_the_small_place_is_overfull(sample: Generated) -> None:
    folder, _ = sample
    limits = {row["place"]: int(row["max_persons"]) for row in read(folder, "licences")}
    moves = {row["referral"]: row for row in read(folder, "moves")}
    present: dict[str, Counter[date]] = defaultdict(Counter)
    month = [FIRST + timedelta(days=n) for n in range(31)]
    for referral in read(folder, "referrals"):
        first, last = stay(referral)
        move = moves.get(referral["referral"])
        for on in month:
            if first <= on <= last:
                has_moved = move is not None and on >= day(move["from_day"])
                place = move["place"] if move is not None and has_moved else referral["place"]
                present[place][on] += 1
    overfull = [place for place, days in present.items() if max(days.values()) > limits[place]]
    assert len(overfull) == 1
    assert limits[overfull[0]] == 2


def test_places_are_licensed_for_what_is_given_there(sample: Generated) -> None:
    folder, _ = sample
    licences = {(row["place"], row["service"]): row for row in read(folder, "licences")}
    sizes = {row["place"] for row in read(folder, "place_periods")}
    groups = {"": "ordinary", "ER": "er", "AA": "aa", "AUT": "aut", "KM": "km"}
    for referral in read(folder, "referrals"):
        licence = licences[referral["place"], referral["service"]]
        assert licence["valid_from"] <= referral["valid_from"]
        if referral["service"] == "OEH":
            assert groups[referral["variant"]] in licence["target_groups"].split()
            assert referral["place"] in sizes


def test_nobody_is_twice_at_one_time_but_for_the_planted(sample: Generated) -> None:
    folder, summary = sample
    persons = {row["referral"]: row["person"] for row in read(folder, "referrals")}
    visits: dict[tuple[str, str], set[tuple[int, int, str]]] = defaultdict(set)
    rows = [(persons[row["referral"]], row) for row in read(folder, "hours")]
    rows += [(row["person"], row) for row in read(folder, "components")]
    for person, row in rows:
        if not row["start"]:
            continue
        hours, minutes = map(int, row["start"].split(":"))
        start = hours * 60 + minutes
        end = start + int(row["minutes"])
        assert 8 * 60 <= start < end <= 20 * 60
        # One group session is one visit of its worker.
        visit = row.get("session") or row["record"]
        for who in (person, row["worker"]):
            visits[who, row["date"]].add((start, end, visit))
    doubles = {
        (one[2], two[2])
        for day_visits in visits.values()
        for one, two in zip(sorted(day_visits), sorted(day_visits)[1:], strict=False)
        if two[0] < one[1]
    }
    assert len(doubles) == summary.events[Event.DOUBLE_BOOKING]


def test_most_records_have_a_start(sample: Generated) -> None:
    rows = [*read(sample[0], "hours"), *read(sample[0], "components")]
    assert 0.8 < sum(bool(row["start"]) for row in rows) / len(rows) < 1


def test_only_planted_months_are_below_the_minimum(sample: Generated) -> None:
    folder, summary = sample
    below: Counter[str] = Counter()
    for referral, months in counted_minutes(folder).items():
        first, last = stay(referral_of(folder, referral))
        row = referral_of(folder, referral)
        minimum = {"IET": 240, "TTT": 240, "TE": 480}[row["service"]]
        minimum = 7200 if row["variant"] == "AUT" else minimum
        for month in ("2026-03", "2026-04", "2026-05"):
            begins = day(f"{month}-01")
            ends = (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            if first <= begins and last >= ends and months[month] < minimum:
                below[month] += 1
    thin, unused = summary.events[Event.BELOW_MINIMUM], summary.events[Event.NON_USE]
    assert below == {"2026-03": unused, "2026-04": unused, "2026-05": unused + thin}


_REFERRALS: dict[Path, dict[str, Row]] = {}


def referral_of(folder: Path, code: str) -> Row:
    if folder not in _REFERRALS:
        _REFERRALS[folder] = by_key(folder, "referrals")
    return _REFERRALS[folder][code]


def counted_minutes(folder: Path) -> dict[str, Counter[str]]:
    """Minutes that count, by referral and month; every running hourly stay has an entry."""
    minutes: dict[str, Counter[str]] = {}
    for row in read(folder, "referrals"):
        first, last = stay(row)
        is_hourly = row["service"] in ("IET", "TTT", "TE") and row["variant"] in ("", "AUT")
        if is_hourly and row["arrived_on"] and first <= LAST and last >= HISTORY:
            minutes[row["referral"]] = Counter()
    audiences = {
        "IET": ("person", "family"),
        "TTT": ("person", "employer", "coworkers"),
        "TE": ("person",),
    }
    for row in read(folder, "hours"):
        service = referral_of(folder, row["referral"])["service"]
        counts = row["direct"] == "yes" and row["audience"] in audiences[service]
        if counts and not (service == "TTT" and row["activity"] == "job_finding"):
            minutes[row["referral"]][row["date"][:7]] += int(row["minutes"])
    return minutes


def test_only_planted_records_lie_outside_the_stay(sample: Generated) -> None:
    folder, summary = sample
    outside = set()
    for name in ("hours", "days"):
        for row in read(folder, name):
            first, last = stay(referral_of(folder, row["referral"]))
            if not first <= day(row["date"]) <= last:
                outside.add(row["referral"])
    assert len(outside) <= summary.events[Event.TERM_OVER]
    assert outside


def test_day_care_is_used_as_planned_but_for_the_planted(sample: Generated) -> None:
    folder, summary = sample
    units: dict[str, Counter[str]] = defaultdict(Counter)
    for row in read(folder, "days"):
        units[row["referral"]][row["date"][:7]] += 1
    over = unused = 0
    for code, months in units.items():
        row = referral_of(folder, code)
        if row["service"] == "IET":
            assert row["volume_unit"] == "oop_month"
        first, last = stay(row)
        if first > FIRST or last < LAST:
            continue
        over += months["2026-05"] > 23
        unused += months["2026-05"] < int(row["planned_volume"])
    assert over == summary.events[Event.PNH_OVER]
    assert unused == summary.events[Event.PNH_UNUSED]
