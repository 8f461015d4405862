"""Dated values: the law's own rows against the dossier, and how rows lie over one another."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.golden_rows import Row, golden
from tugiplaan.rules.legal import Certainty, DatedValue, NotInForceError
from tugiplaan.rules.services import rate_codes
from tugiplaan.rules.tables import (
    DatedTable,
    builtin,
    builtin_rates,
    builtin_terms,
    contribution_ceilings,
    known_on,
    load,
)

START = date(2026, 1, 1)
FIRST, LAST = START.toordinal(), START.toordinal() + 40


def row(first: int | None, last: int | None, value: int = 1, **own: Any) -> DatedValue:
    """Make a row by days counted from the start."""
    facts: dict[str, Any] = {
        "name": "X",
        "value": Decimal(value),
        "unit": "month",
        "valid_from": None if first is None else START + timedelta(days=first),
        "valid_to": None if last is None else START + timedelta(days=last),
        "source": "test",
        "certainty": Certainty.READ,
    }
    return DatedValue(**(facts | own))


day_numbers = st.integers(0, 40)
rows = st.builds(
    lambda first, last, value, certainty, known: row(
        first,
        last if last is None or last >= first else first,
        value,
        certainty=certainty,
        known_from=None if known is None else START + timedelta(days=known),
    ),
    day_numbers,
    st.one_of(st.none(), day_numbers),
    st.integers(1, 9),
    st.sampled_from([Certainty.READ, Certainty.READ, Certainty.SECONDARY, Certainty.END_ONLY]),
    st.one_of(st.none(), day_numbers),
)
tables = st.builds(
    lambda upper, lower: DatedTable(upper, over=DatedTable(lower) if lower else None),
    st.lists(rows, max_size=5),
    st.lists(rows, max_size=3),
)


@pytest.mark.parametrize("given_row", golden("rates", "rate"))
def test_rate(given_row: Row) -> None:
    law = builtin(given_row.given.get("known"))
    code, day = given_row.given["code"], given_row.given["day"]
    if given_row.expect.get("refused"):
        with pytest.raises(NotInForceError, match=code):
            law.rates.on(code, day)
        return
    found = law.rates.on(code, day)
    assert found.value == Decimal(given_row.expect["amount"])
    assert found.source
    assert found.is_known_on(given_row.given.get("known", day)) or not law.label.count("@")


@pytest.mark.parametrize("given_row", golden("rates", "rates"))
def test_rates(given_row: Row) -> None:
    day = given_row.given["day"]
    for code, amount in given_row.expect.get("amounts", {}).items():
        assert builtin().rates.on(code, day).value == Decimal(amount), code
    for code in given_row.expect.get("refused", []):
        with pytest.raises(NotInForceError):
            builtin().rates.on(code, day)


def test_the_dossier_speaks_of_every_rate_code() -> None:
    named: set[str] = set()
    for given_row in golden("rates", "rates"):
        named |= set(given_row.values[0].expect.get("amounts", {}))
        named |= set(given_row.values[0].expect.get("refused", []))
    assert named == rate_codes() == set(builtin().rates.names())


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2025, 6, 30), date(2025, 12, 31)])
def test_nothing_is_priced_in_2025(day: date) -> None:
    for code in rate_codes():
        with pytest.raises(NotInForceError):
            builtin().rates.on(code, day)


def test_every_row_names_its_source() -> None:
    for value in (*builtin_rates(), *builtin_terms()):
        assert value.source, value
        assert value.unit, value
        assert value.value >= 0, value
        if value.valid_from and value.valid_to:
            assert value.valid_from <= value.valid_to, value


def test_terms_have_names_in_both_languages() -> None:
    for name, entry in load("terms").items():
        assert entry["et"], name
        assert entry["en"], name


def test_ceilings_of_the_own_contribution_are_listed_with_those_never_used() -> None:
    ceilings = contribution_ceilings()
    assert ceilings.names() == ["KE", "OEH_GT12", "OEH_LE12_G10", "PNH"]
    assert [value.certainty for value in ceilings.rows("KE")] == [
        Certainty.SECONDARY,
        Certainty.READ,
        Certainty.READ,
    ]


def test_a_term_is_refused_where_its_redaction_was_not_found() -> None:
    assert builtin().term("absence_share", date(2025, 1, 1)).value == Decimal("0.95")
    with pytest.raises(NotInForceError, match="absence_share"):
        builtin().term("absence_share", date(2024, 12, 31))


def test_a_term_as_a_whole_number() -> None:
    assert builtin().number("units_in_month", START) == 23


def test_the_law_known_on_a_day_is_named_after_it() -> None:
    assert builtin().label == "builtin"
    assert builtin(date(2021, 9, 30)).label == "builtin@2021-09-30"


class TestDatedTable:
    def test_an_unknown_name_has_no_rows_and_no_value(self) -> None:
        table = DatedTable([row(0, 5)])
        assert table.rows("Y") == []
        assert table.spans("Y", (FIRST, FIRST + 3)) == [(FIRST, FIRST + 3, None)]
        with pytest.raises(NotInForceError):
            table.on("Y", START)

    def test_both_ends_are_in_force_and_nothing_beyond(self) -> None:
        table = DatedTable([row(2, 5)])
        assert table.on("X", START + timedelta(days=2)).value == 1
        assert table.on("X", START + timedelta(days=5)).value == 1
        for day in (1, 6):
            with pytest.raises(NotInForceError, match="X is in force on 2026-01-0"):
                table.on("X", START + timedelta(days=day))

    def test_a_row_without_an_end_runs_on(self) -> None:
        assert DatedTable([row(0, None)]).on("X", date(2999, 1, 1)).value == 1

    def test_a_row_that_ends_on_the_last_day_of_time(self) -> None:
        table = DatedTable([row(0, None, valid_to=date.max)])
        assert table.on("X", date.max).value == 1

    def test_of_overlapping_rows_the_later_start_counts_and_the_earlier_comes_back(self) -> None:
        long, short = row(0, 20, 1), row(5, 9, 2)
        for table in (DatedTable([long, short]), DatedTable([short, long])):
            spans = table.spans("X", (FIRST, FIRST + 22))
            found = [
                (first - FIRST, end - FIRST, value and value.value) for first, end, value in spans
            ]
            assert found == [(0, 5, 1), (5, 10, 2), (10, 21, 1), (21, 22, None)]

    def test_of_rows_with_one_start_the_one_written_later_counts(self) -> None:
        assert DatedTable([row(0, 9, 1), row(0, 9, 2)]).on("X", START).value == 2

    def test_rows_that_may_not_bill_are_listed_and_never_used(self) -> None:
        press = row(0, None, certainty=Certainty.SECONDARY)
        endless = row(None, 9, certainty=Certainty.READ)
        table = DatedTable([press, endless])
        assert table.rows("X") == [press, endless]
        assert table.spans("X", (FIRST, LAST)) == [(FIRST, LAST, None)]

    def test_the_upper_table_goes_first_on_its_days(self) -> None:
        table = DatedTable(
            [row(5, 9, 2)], over=DatedTable([row(0, 20, 1), row(0, 20, 3, name="Z")])
        )
        values = [table.on("X", START + timedelta(days=day)).value for day in (4, 5, 9, 10)]
        assert values == [1, 2, 2, 1]
        assert table.on("Z", START).value == 3
        assert table.names() == ["X", "Z"]
        assert [value.value for value in table.rows("X")] == [1, 2]

    def test_an_earlier_start_above_goes_before_a_later_start_below(self) -> None:
        table = DatedTable([row(0, 20, 2)], over=DatedTable([row(5, 9, 1)]))
        assert [table.on("X", START + timedelta(days=day)).value for day in (4, 6, 12)] == [2, 2, 2]

    def test_names_of_the_upper_table_come_after_those_below(self) -> None:
        table = DatedTable([row(0, 1, name="A")], over=DatedTable([row(0, 1, name="B")]))
        assert table.names() == ["B", "A"]

    @given(tables, st.tuples(day_numbers, st.integers(1, 30)))
    def test_spans_cover_every_day_in_order_and_agree_with_the_day(
        self, table: DatedTable, window: tuple[int, int]
    ) -> None:
        days = (FIRST - 5 + window[0], FIRST - 5 + window[0] + window[1])
        spans = table.spans("X", days)
        assert (spans[0][0], spans[-1][1]) == days
        assert all(one[1] == other[0] for one, other in pairwise(spans))
        for first, end, value in spans:
            assert first < end
            for day in range(first, end):
                try:
                    found = table.on("X", date.fromordinal(day))
                except NotInForceError:
                    found = None
                assert found is value

    @given(st.lists(rows, max_size=5), st.lists(rows, max_size=3), day_numbers)
    def test_the_value_of_a_day_is_the_top_row_that_covers_it(
        self, upper: list[DatedValue], lower: list[DatedValue], number: int
    ) -> None:
        day = START + timedelta(days=number)
        usable = [
            [value for value in values if value.is_billable and value.covers(day)]
            for values in (upper, lower)
        ]
        table = DatedTable(upper, over=DatedTable(lower))
        expected = usable[0] or usable[1]
        if not expected:
            with pytest.raises(NotInForceError):
                table.on("X", day)
            return
        latest = max(value.valid_from for value in expected if value.valid_from)
        assert table.on("X", day) is [row for row in expected if row.valid_from == latest][-1]

    def test_another_window_is_another_answer(self) -> None:
        table = DatedTable([row(0, 5)])
        ends = [(FIRST, FIRST + 3), (FIRST + 1, FIRST + 3), (FIRST, FIRST + 2)]
        assert [(s[0][0], s[-1][1]) for s in (table.spans("X", days) for days in ends)] == ends

    def test_asking_twice_gives_the_same_spans(self) -> None:
        table = DatedTable([row(0, 5)])
        assert table.spans("X", (FIRST, LAST)) is table.spans("X", (FIRST, LAST))


class TestKnownOn:
    def test_a_row_is_known_from_its_start_unless_it_says_otherwise(self) -> None:
        early, late = row(5, None), row(5, None, known_from=START + timedelta(days=9))
        assert known_on([early, late], START + timedelta(days=8)) == [early]
        assert known_on([early, late], START + timedelta(days=9)) == [early, late]
        assert known_on([early, late], START + timedelta(days=4)) == []

    def test_a_row_without_a_start_is_never_known(self) -> None:
        assert known_on([row(None, 9)], date.max) == []

    def test_a_row_that_an_unknown_row_ended_runs_on(self) -> None:
        old, new = row(0, 9, 1), row(10, None, 2, known_from=START + timedelta(days=20))
        (kept,) = known_on([old, new], START + timedelta(days=15))
        assert kept.value == 1
        assert kept.valid_to is None
        assert known_on([old, new], START + timedelta(days=20)) == [old, new]

    @pytest.mark.parametrize(
        "other",
        [
            row(11, None, known_from=START + timedelta(days=20)),
            row(10, None, known_from=START + timedelta(days=20), name="Y"),
            row(10, None, known_from=START + timedelta(days=20), certainty=Certainty.SECONDARY),
        ],
    )
    def test_it_ends_where_no_usable_row_followed_at_once(self, other: DatedValue) -> None:
        old = row(0, 9)
        assert known_on([old, other], START + timedelta(days=15)) == [old]

    @given(st.lists(rows, max_size=6), day_numbers, day_numbers)
    def test_a_row_that_was_not_known_is_never_used(
        self, values: list[DatedValue], looked: int, number: int
    ) -> None:
        day = START + timedelta(days=looked)
        kept = known_on(values, day)
        assert all(value.is_known_on(day) for value in kept)
        try:
            found = DatedTable(kept).on("X", START + timedelta(days=number))
        except NotInForceError:
            return
        assert (found.known_from or found.valid_from or date.max) <= day
        assert any(
            (value.value, value.valid_from) == (found.value, found.valid_from) for value in values
        )
