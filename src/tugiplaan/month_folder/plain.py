"""Numbers and dates as plain text for files: a decimal point, no thousands, ISO dates."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from tugiplaan.rules.explanation import Shown
from tugiplaan.rules.money import Exact, euro

_PLACES = 6


def plain_money(amount: Decimal | None) -> str:
    """Write euros with two decimals; a price with more keeps them all. None: nothing.

    >>> plain_money(Decimal("1240.1")), plain_money(Decimal("0.125")), plain_money(None)
    ('1240.10', '0.125', '')
    """
    if amount is None:
        return ""
    cents = euro(amount)
    return f"{cents:.2f}" if cents == amount else plain_decimal(amount)


def plain_ceiling(amount: Exact | None) -> str:
    """Write an exact amount rounded half up to the cent. None: nothing."""
    return "" if amount is None else f"{euro(amount):.2f}"


def plain_decimal(number: Decimal) -> str:
    """Write a decimal number without zeros at its end.

    >>> plain_decimal(Decimal("0.950")), plain_decimal(Decimal("1E+1"))
    ('0.95', '10')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_quantity(quantity: Exact | None) -> str:
    """Write a quantity with six decimals at most, half up, and no zeros at its end.

    >>> plain_quantity(31), plain_quantity(Fraction(7, 4)), plain_quantity(Fraction(2, 3))
    ('31', '1.75', '0.666667')
    """
    if quantity is None:
        return ""
    if quantity.denominator == 1:
        return str(quantity.numerator)
    scale = 10**_PLACES
    numerator, denominator = abs(quantity.numerator) * scale, quantity.denominator
    rounded = (2 * numerator + denominator) // (2 * denominator)
    text = plain_decimal(Decimal(rounded).scaleb(-_PLACES))
    return f"-{text}" if quantity < 0 and rounded else text


def plain_exact(number: Shown) -> str | int:
    """Write a number of an explanation so that it can be reckoned with again, exactly.

    Returns:
        Whole numbers as they are; else text: a decimal number as it is written, a fraction
        as a decimal where that is exact, else as numerator/denominator, a date in ISO.

    >>> plain_exact(Fraction(7, 4)), plain_exact(Fraction(2, 3)), plain_exact(Fraction(4, 2))
    ('1.75', '2/3', 2)
    """
    if isinstance(number, Fraction):
        if number.denominator == 1:
            return number.numerator
        is_decimal = 10**_PLACES % number.denominator == 0
        return plain_quantity(number) if is_decimal else f"{number.numerator}/{number.denominator}"
    if isinstance(number, Decimal):
        return f"{number:f}"
    if isinstance(number, date):
        return number.isoformat()
    return number
