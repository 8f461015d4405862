"""Knows how invented people come to be: name, birth date and a valid, unique personal code."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tugiplaan.sample.months import years_later
from tugiplaan.sample.names import full_name

_FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)
_PENSIONER_SHARE = 0.04
_WORKING_AGES = (18, 60)
_PENSION_AGES = (65, 78)


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    code: str
    personal_code: str
    first_name: str
    last_name: str
    birth_date: date


class Register:
    """Makes people one after another and never gives a personal code twice."""

    def __init__(self, rng: Random, expected: int) -> None:
        """Start an empty register.

        Args:
            rng: The sample's source of chance.
            expected: How many people will be asked for; sets the width of their codes.
        """
        self._rng = rng
        self._width = max(4, len(str(expected)))
        self._count = 0
        self._taken: set[int] = set()

    def new(self, *, adult_by: date) -> Person:
        """Make one more person.

        Args:
            adult_by: The first day of the person's first service; by then of age.

        Returns:
            The person.
        """
        rng = self._rng
        is_woman = rng.random() < 0.47
        first_name, last_name = full_name(rng, is_woman=is_woman)
        code = None
        while code is None or int(code) in self._taken:
            birth_date = self._birth_date(adult_by)
            code = personal_code(birth_date, is_woman=is_woman, serial=rng.randrange(1, 1000))
        self._taken.add(int(code))
        self._count += 1
        return Person(f"P{self._count:0{self._width}d}", code, first_name, last_name, birth_date)

    def _birth_date(self, adult_by: date) -> date:
        rng = self._rng
        ages = _PENSION_AGES if rng.random() < _PENSIONER_SHARE else _WORKING_AGES
        birthday = years_later(adult_by, -rng.randrange(ages[0], ages[1]))
        # Up to a year older than drawn, never younger: nobody starts before coming of age.
        return birthday - timedelta(days=rng.randrange(365))


def personal_code(birth_date: date, *, is_woman: bool, serial: int) -> str:
    """Compose an Estonian personal code.

    Args:
        birth_date: From 1800 to 2199.
        is_woman: The gender the first digit tells.
        serial: From 1 to 999.

    Returns:
        Eleven digits, the last of which is the check digit.
    """
    century = (birth_date.year - 1800) // 100 * 2 + (2 if is_woman else 1)
    digits = f"{century}{birth_date:%y%m%d}{serial:03d}"
    return f"{digits}{_check_digit(digits)}"


def _check_digit(digits: str) -> int:
    numbers = [int(digit) for digit in digits]
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        rest = sum([w * n for w, n in zip(weights, numbers, strict=True)]) % 11
        if rest < 10:
            return rest
    return 0
