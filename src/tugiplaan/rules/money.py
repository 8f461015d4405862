"""Euros: exact amounts, and the only rounding in the code."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

type Exact = Fraction | int
"""An unrounded amount or quantity."""

CENT = Decimal("0.01")


def _cents_half_up(exact: Exact) -> int:
    """Round an amount in euros to whole cents, half a cent away from zero."""
    numerator, denominator = exact.numerator, exact.denominator
    cents = (200 * abs(numerator) + denominator) // (2 * denominator)
    return cents if numerator >= 0 else -cents


def from_cents(cents: int) -> Decimal:
    """Write whole cents as euros with two decimals.

    >>> from_cents(124010)
    Decimal('1240.10')
    """
    return Decimal(cents).scaleb(-2)


def euro(exact: Exact | Decimal) -> Decimal:
    """Round an amount to the cent, half up.

    Args:
        exact: An amount in euros, any sign; a decimal counts as written.

    Returns:
        The amount with two decimals. Half a cent goes away from zero.

    >>> euro(Fraction(219 * 17, 30)), euro(Decimal("0.005")), euro(Fraction(-1, 200))
    (Decimal('124.10'), Decimal('0.01'), Decimal('-0.01'))
    """
    return from_cents(_cents_half_up(exact if isinstance(exact, Fraction) else Fraction(exact)))


def spread(exacts: Sequence[Exact]) -> list[Decimal]:
    """Round the lines of one total so that they add up to the rounded exact total.

    Args:
        exacts: Unrounded amounts in euros, >= 0, in the order that decides ties.

    Returns:
        Each line cut down to the cent; the cents that are then missing from the
        half-up total go, one each, to the largest remainders, on a tie to the
        earlier line. A line may so exceed its own exact amount by less than a cent.

    Raises:
        ValueError: An amount is negative.

    Law: reading 8 of the month folder (open point A-09); SHS § 79(1) names the ceiling only.

    >>> spread([Fraction(676 * 20, 30), Fraction(676 * 10 * 95, 3000)])
    [Decimal('450.67'), Decimal('214.06')]
    """
    if len(exacts) == 1 and exacts[0] >= 0:
        return [from_cents(_cents_half_up(exacts[0]))]
    if any(exact < 0 for exact in exacts):
        raise ValueError(f"only amounts that are not negative can be spread: {exacts}")
    hundredfold = [Fraction(exact) * 100 for exact in exacts]
    cents = [amount.numerator // amount.denominator for amount in hundredfold]
    missing = _cents_half_up(sum(exacts, Fraction(0))) - sum(cents)
    by_remainder = sorted(range(len(cents)), key=lambda at: cents[at] - hundredfold[at])
    for at in by_remainder[:missing]:
        cents[at] += 1
    return [from_cents(amount) for amount in cents]
