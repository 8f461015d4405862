"""What the cells of one row must be to one another."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from tugiplaan.month_folder.problems import Phrase
from tugiplaan.rules.services import catalogue
from tugiplaan.rules.tables import builtin_rates
from tugiplaan.rules.vocabulary import CeilingPeriod

type RowCheck = Callable[[Mapping[str, Any]], tuple[str, Phrase] | None]
"""Looks at a row whose cells are good by themselves; gives the column and what is expected."""


def not_before(later: str, earlier: str) -> RowCheck:
    """Make the check that one day of a row is not before another."""

    def check(row: Mapping[str, Any]) -> tuple[str, Phrase] | None:
        first: date | None = row.get(earlier)
        last: date | None = row.get(later)
        if first is None or last is None or first <= last:
            return None
        return later, Phrase(
            f"päeva, mis ei ole enne veeru {earlier} päeva {first}",
            f"a day that is not before {earlier}, {first}",
            f"день не раньше дня столбца {earlier}, {first}",
        )

    return check


def variant_exists(row: Mapping[str, Any]) -> tuple[str, Phrase] | None:
    """Check that the service of a referral has its variant."""
    service, variant = row.get("service"), row.get("variant")
    if service is None or variant is None or (service, variant) in catalogue():
        return None
    variants = [str(known) for kind, known in catalogue() if kind is service and known]
    listed = ", ".join(variants)
    if not listed:
        return "variant", Phrase(
            f"tühja lahtrit: teenusel {service} ei ole variante",
            f"an empty cell: the service {service} has no variants",
            f"пустая ячейка: у услуги {service} нет вариантов",
        )
    return "variant", Phrase(
        f"teenuse {service} varianti: {listed} või tühja lahtrit",
        f"a variant of the service {service}: {listed}, or an empty cell",
        f"вариант услуги {service}: {listed} или пустая ячейка",
    )


def ceiling_is_whole(row: Mapping[str, Any]) -> tuple[str, Phrase] | None:
    """Check that a ceiling has its period, and a period its ceiling."""
    if "ceiling" not in row or "ceiling_period" not in row:
        return None
    ceiling, period = row["ceiling"], row["ceiling_period"]
    if ceiling is not None and period is None:
        listed = ", ".join(CeilingPeriod)
        return "ceiling_period", Phrase(
            f"piirmäära perioodi, sest piirmäär on antud: {listed}",
            f"the period of the ceiling that is given: {listed}",
            f"период предела, раз предел указан: {listed}",
        )
    if ceiling is None and period is not None:
        return "ceiling", Phrase(
            "piirmäära summat, sest selle periood on antud, näiteks 1240.10",
            "the amount of the ceiling whose period is given, for example 1240.10",
            "сумма предела, раз указан его период, например 1240.10",
        )
    return None


@cache
def unit_of(rate_code: str) -> str:
    """Give the unit of a rate code: `month`, `day` or `oop`.

    >>> unit_of("PNH_PAEV"), unit_of("KE")
    ('day', 'month')
    """
    units = {value.name: value.unit for value in builtin_rates()}
    return units[rate_code]


def unit_is_that_of_code(row: Mapping[str, Any]) -> tuple[str, Phrase] | None:
    """Check that a rate has the unit of its code."""
    code, unit = row.get("code"), row.get("unit")
    if code is None or unit is None or unit == unit_of(code):
        return None
    wanted = unit_of(code)
    return "unit", Phrase(
        f"määra {code} ühikut {wanted}",
        f"the unit of the rate {code}, {wanted}",
        f"единица ставки {code}, {wanted}",
    )
