"""Which services may run together: the four pairs that the act leaves open."""

from datetime import date
from itertools import product

import pytest

from tugiplaan.rules.compatibility import Term, conflicts, may_run_together
from tugiplaan.rules.vocabulary import Service

ALLOWED = {("IET", "TTT"), ("IET", "TE"), ("TTT", "TE"), ("TTT", "KE")}


@pytest.mark.parametrize(("one", "other"), list(product(Service, Service)))
def test_all_pairs(one: Service, other: Service) -> None:
    expected = (one, other) in ALLOWED or (other, one) in ALLOWED
    assert may_run_together(one, other) is expected


@pytest.mark.parametrize(
    ("services", "days", "expected"),
    [
        (("IET", "KE"), ((1, 10), (10, 20)), [("S0", "S1", 10, 10)]),
        (("IET", "KE"), ((1, 9), (10, 20)), []),
        (("IET", "TTT"), ((1, 20), (5, 20)), []),
        (("KE", "KE"), ((5, None), (1, None)), [("S1", "S0", 5, None)]),
        (("OEH", "PNH"), ((1, None), (3, 4)), [("S0", "S1", 3, 4)]),
    ],
)
def test_conflicts_name_the_days_that_are_shared(
    services: tuple[str, str],
    days: tuple[tuple[int, int | None], tuple[int, int | None]],
    expected: list[tuple[str, str, int, int | None]],
) -> None:
    terms = [
        Term(
            f"S{at}", Service(service), date(2026, 5, first), date(2026, 5, last) if last else None
        )
        for at, (service, (first, last)) in enumerate(zip(services, days, strict=True))
    ]
    found = [
        (one.one, one.other, one.first_day.day, one.last_day.day if one.last_day else None)
        for one in conflicts(terms)
    ]
    assert found == expected
    assert conflicts(terms[::-1]) == conflicts(terms)
