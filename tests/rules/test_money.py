"""Euros: rounding half up, and lines that add up to the rounded total."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugiplaan.rules.money import CENT, euro, from_cents, spread

# Twentieths and thirds of a cent: half cents, and ties between equal remainders, come often.
exact_amounts = st.one_of(
    st.fractions(0, 3000, max_denominator=31),
    st.integers(0, 6_000_000).map(lambda at: Fraction(at, 2000)),
    st.sampled_from([Fraction(1, 200), Fraction(3, 200), Fraction(1, 300), Fraction(2, 300)]),
    st.integers(0, 3000),
)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        (Fraction(219 * 17, 30), "124.10"),
        (Fraction(1, 200), "0.01"),
        (Fraction(-1, 200), "-0.01"),
        (Fraction(49, 10_000), "0.00"),
        (Fraction(-49, 10_000), "0.00"),
        (Decimal("2.675"), "2.68"),
        (Decimal("-2.675"), "-2.68"),
        (Decimal("1E+2"), "100.00"),
        (0, "0.00"),
        (7, "7.00"),
        (-7, "-7.00"),
    ],
)
def test_half_a_cent_goes_away_from_zero(exact: Fraction | Decimal | int, rounded: str) -> None:
    assert str(euro(exact)) == rounded


def test_cents_are_written_with_two_decimals() -> None:
    assert [str(from_cents(cents)) for cents in (0, 5, -5, 124010)] == [
        "0.00",
        "0.05",
        "-0.05",
        "1240.10",
    ]


@given(st.integers(-400_000, 400_000))
def test_rounding_agrees_with_decimal_half_up(two_hundredths: int) -> None:
    exact = Fraction(two_hundredths, 200)
    decimal = (Decimal(two_hundredths) / 200).quantize(CENT, ROUND_HALF_UP)
    assert euro(exact) == decimal


@given(st.fractions(-5000, 5000))
def test_a_rounded_amount_is_at_most_half_a_cent_away(exact: Fraction) -> None:
    rounded = euro(exact)
    assert abs(Fraction(rounded) - exact) <= Fraction(1, 200)
    assert rounded == rounded.quantize(CENT)
    assert euro(-exact) == -rounded


@pytest.mark.parametrize(
    ("exacts", "lines"),
    [
        ([], []),
        ([Fraction(1, 200)], ["0.01"]),
        # Two half cents: together one cent, and the earlier line gets it.
        ([Fraction(1, 200), Fraction(1, 200)], ["0.01", "0.00"]),
        ([Fraction(1, 300), Fraction(1, 150)], ["0.00", "0.01"]),
        ([Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)], ["0.34", "0.33", "0.33"]),
        # The worked example of the dossier: 450.67 and 214.06 make 664.73.
        ([Fraction(676 * 20, 30), Fraction(676 * 10 * 95, 3000)], ["450.67", "214.06"]),
        ([5, Fraction(1, 2)], ["5.00", "0.50"]),
    ],
)
def test_lines_of_one_total(exacts: list[Fraction | int], lines: list[str]) -> None:
    assert [str(line) for line in spread(exacts)] == lines


@pytest.mark.parametrize("exacts", [[Fraction(-1, 100)], [1, Fraction(-1, 100)]])
def test_a_negative_amount_is_not_spread(exacts: list[Fraction | int]) -> None:
    with pytest.raises(ValueError, match="not negative"):
        spread(exacts)


@given(st.lists(exact_amounts, max_size=8))
def test_lines_add_up_to_the_rounded_exact_total(exacts: list[Fraction | int]) -> None:
    lines = spread(exacts)
    assert sum(lines) == euro(sum(exacts, Fraction(0)))
    assert len(lines) == len(exacts)


@given(st.lists(exact_amounts, min_size=2, max_size=8))
def test_no_line_is_a_cent_away_and_larger_remainders_go_first(
    exacts: list[Fraction | int],
) -> None:
    lines = spread(exacts)
    floors = [Decimal(exact * 100 // 1).scaleb(-2).quantize(CENT, ROUND_FLOOR) for exact in exacts]
    raised = [line - floor for line, floor in zip(lines, floors, strict=True)]
    assert set(raised) <= {Decimal(0), CENT}
    remainders = [Fraction(exact) * 100 % 1 for exact in exacts]
    up = [(-rest, at) for at, rest in enumerate(remainders) if raised[at]]
    down = [(-rest, at) for at, rest in enumerate(remainders) if not raised[at]]
    assert not up or not down or max(up) < min(down)
