"""Time booked twice: a person or a worker in several places at once."""

from datetime import date
from fractions import Fraction
from itertools import permutations
from typing import Any

from tests.rules.case_builder import case, facts, referral
from tugiplaan.rules.explanation import LANGUAGES
from tugiplaan.rules.facts import Finding
from tugiplaan.rules.settlement.bookings import Bookings
from tugiplaan.rules.vocabulary import FindingCode


def of_person(*hours: str, components: tuple[str, ...] = ()) -> list[Finding]:
    """Give what is found for one person; each record has a worker of its own."""
    rows = [f"{row} by=W{number}" for number, row in enumerate(hours)]
    records = [f"{row} by=V{number}" for number, row in enumerate(components)]
    bookings = Bookings()
    found = bookings.add(facts("2026-05", referral("IET", hours=rows), components=records))
    assert bookings.close() == []
    return found


def told(found: list[Finding]) -> list[str]:
    return [
        f"{row.first_day} {' '.join(row.records)} {dict(row.numbers)['hours']}" for row in found
    ]


def test_records_that_only_touch_are_one_after_the_other() -> None:
    assert of_person("2026-05-04 60 at=540 record=a", "2026-05-04 60 at=600 record=b") == []


def test_one_shared_minute_is_too_much() -> None:
    (found,) = of_person("2026-05-04 61 at=540 record=a", "2026-05-04 60 at=600 record=b")
    assert found == Finding(
        FindingCode.DOUBLE_BOOKING,
        "",
        "P1",
        date(2026, 5, 4),
        date(2026, 5, 4),
        numbers=(("whose", "Mari Maasikas"), ("records", "a, b"), ("hours", Fraction(2))),
        records=("a", "b"),
    )
    assert [found.message(language) for language in LANGUAGES] == [
        "Mari Maasikas on 04.05.2026 korraga mitmes kohas (a, b); kokku 2 h.",
        "Mari Maasikas is in several places at once on 4 May 2026 (a, b); 2 h in all.",
        "Mari Maasikas: 04.05.2026 одновременно в нескольких местах (a, b); всего 2 ч.",
    ]


def test_a_long_record_holds_the_stretch_open_for_short_ones() -> None:
    rows = [
        "2026-05-04 240 at=540 record=a",
        "2026-05-04 30 at=560 record=b",
        "2026-05-04 30 at=770 record=c",
        "2026-05-04 60 at=790 record=d",
        "2026-05-04 60 at=850 record=e",
    ]
    for order in permutations(rows):
        assert told(of_person(*order)) == ["2026-05-04 a b c d 31/6"]


def test_each_stretch_is_a_finding_of_its_own() -> None:
    rows = [
        "2026-05-04 60 at=540 record=a",
        "2026-05-04 60 at=590 record=b",
        "2026-05-04 60 at=700 record=c",
        "2026-05-05 60 at=540 record=d",
        "2026-05-05 60 at=599 record=e",
    ]
    assert told(of_person(*rows)) == ["2026-05-04 a b 11/6", "2026-05-05 d e 119/60"]


def test_over_midnight_the_days_are_told_from_the_first_to_the_last() -> None:
    (found,) = of_person("2026-05-04 120 at=1380 record=a", "2026-05-05 30 at=30 record=b")
    assert (found.first_day, found.last_day) == (date(2026, 5, 4), date(2026, 5, 5))
    (found,) = of_person("2026-05-04 60 at=1380 record=a", "2026-05-04 60 at=1380 record=b")
    assert (found.first_day, found.last_day) == (date(2026, 5, 4), date(2026, 5, 4))


def test_records_without_a_time_of_day_or_of_another_month_are_left_alone() -> None:
    assert of_person("2026-05-04 60", "2026-05-04 60") == []
    for day in ("2026-04-30", "2026-06-01"):
        assert of_person(f"{day} 60 at=540", f"{day} 60 at=540") == []
        assert of_person(components=(f"{day} C1 60 at=540", f"{day} C1 60 at=540")) == []
    for day in ("2026-05-01", "2026-05-31"):
        assert len(of_person(f"{day} 60 at=540", f"{day} 60 at=540")) == 1
        assert len(of_person(components=(f"{day} C1 60 at=540", f"{day} C1 60 at=540"))) == 1


def test_hours_and_components_are_the_same_time() -> None:
    found = of_person(
        "2026-05-04 60 at=540 record=a", components=("2026-05-04 C1 9 at=599 record=b",)
    )
    assert told(found) == ["2026-05-04 a b 17/15"]


def test_records_of_one_group_session_may_coincide() -> None:
    one = "2026-05-04 C1 60 group at=540 session=S record=a"
    same = "2026-05-04 C1 60 group at=540 session=S record=b"
    other = "2026-05-04 C1 60 group at=540 session=T record=c"
    none = "2026-05-04 C1 60 group at=540 record=d"
    assert of_person(components=(one, same)) == []
    assert told(of_person(components=(one, other))) == ["2026-05-04 a c 1"]
    assert told(of_person(components=(one, same, none))) == ["2026-05-04 d a b 1"]
    assert told(of_person(components=(none, none))) == ["2026-05-04 d d 1"]


def test_more_than_five_records_are_not_all_named_in_the_message() -> None:
    def names(many: int) -> Any:
        rows = [f"2026-05-04 60 at=540 record={number}" for number in range(many)]
        (found,) = of_person(*rows)
        assert len(found.records) == many
        return dict(found.numbers)["records"]

    assert names(5) == "0, 1, 2, 3, 4"
    assert names(6) == "0, 1, 2, 3, 4 …"


def test_a_worker_may_lead_one_session_but_not_be_with_two_persons() -> None:
    given: dict[str, Any] = {
        "prices": ["C1 20 group"],
        "persons": {
            "P1": {"components": ["2026-05-04 C1 60 group at=540 session=S record=a by=W1"]},
            "P2": {"components": ["2026-05-04 C1 60 group at=540 session=S record=b by=W1"]},
            "P3": {"components": ["2026-05-04 C1 60 group at=599 record=c by=W2"]},
        },
    }
    assert case("2026-05", given).findings() == []
    given["persons"]["P3"]["components"] = ["2026-05-04 C1 60 group at=599 record=c by=W1"]
    (found,) = case("2026-05", given).findings()
    assert (found.person, dict(found.numbers)["whose"], found.records) == (
        "P2",
        "W1",
        ("a", "b", "c"),
    )


def test_workers_are_told_after_all_persons_in_the_order_of_their_codes() -> None:
    both = ["2026-05-04 60 at=540 by={0} record={1}a", "2026-05-04 60 at=540 by={0} record={1}b"]
    given = {
        "persons": {
            "P1": {"service": "IET", "hours": [row.format("W2", "x") for row in both]},
            "P2": {"service": "IET", "hours": [row.format("W1", "y") for row in both]},
        }
    }
    settled = case("2026-05", given).settled()
    told_whose = [
        [
            dict(row.numbers)["whose"]
            for row in month.findings
            if row.code is FindingCode.DOUBLE_BOOKING
        ]
        for month in settled
    ]
    assert told_whose == [["Mari Maasikas"], ["Mari Maasikas"], ["W1", "W2"]]
