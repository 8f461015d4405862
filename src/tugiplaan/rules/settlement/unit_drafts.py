"""Amounts of day and week care: used units, planned units that were not used, a no-show."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tugiplaan.rules.explanation import Step
from tugiplaan.rules.facts import Referral
from tugiplaan.rules.legal import DatedValue, NotInForceError
from tugiplaan.rules.money import Exact
from tugiplaan.rules.period import Span
from tugiplaan.rules.settlement.drafts import Books, Draft, unit_price
from tugiplaan.rules.stays import UnitMonth, Used
from tugiplaan.rules.vocabulary import DayKind, FindingCode, Kind, Unit, VolumeUnit

UNIT_OF = {DayKind.DAY: Unit.DAY, DayKind.OOP: Unit.OOP}
_KIND = {DayKind.DAY: Kind.DAY, DayKind.OOP: Kind.OOP}


def unit_drafts(
    referral: Referral, decided: UnitMonth, books: Books, *, pays_unused: bool
) -> list[Draft]:
    """Price a month of day and week care.

    Args:
        referral: The referral.
        decided: Its used and unused units.
        books: Law and contract.
        pays_unused: The contract pays planned units that were not used.

    Law: R65 §§ 2(4¹)–(4²), 4¹; SHS § 79(1²), (3)–(4¹); rules R-04, R-07, R-11; reading 5.
    """
    cap = books.law.term("units_in_month", books.month.first)
    note = Step("unit_cap", (("cap", int(cap.value)),), (cap,), "SHS § 99³(1)", "A-03")
    drafts = _used(referral, decided.payable, books)
    for draft in _used(referral, decided.over_cap, books):
        drafts.append(replace(draft, problem=FindingCode.OVER_CAP, notes=(note,)))
    for block, unit in decided.blocked:
        for draft in _used(referral, [unit], books):
            drafts.append(replace(draft, problem=block.code, other=block.other))
    if pays_unused and decided.hospital_units:
        step = Step("hospital_units", section="SHS § 79(3) p 2, § 79(4)", reading="A-26")
        what = (Kind.HOSPITAL, UNIT_OF[decided.planned_unit], "hospital_share")
        drafts += [
            _reduced(referral, what, placed, books, step) for placed in decided.hospital_units
        ]
    if pays_unused and decided.unused_units:
        section = "SHS § 79(1²), § 79(4¹); R65 § 4¹"
        step = Step("unused_units", (("planned", decided.planned or 0),), (), section, "A-05")
        what = (Kind.UNUSED_DAY, Unit.OOP, "unused_day_share")
        # Unused units have no day of their own: the price is that of the month's last day.
        last = (books.month.span[1] - 1, decided.unused_units)
        unused = _reduced(referral, what, last, books, step)
        problem = unused.problem or decided.unused_problem
        drafts.append(replace(unused, first=books.month.span[0], problem=problem))
    return drafts


def _used(referral: Referral, used: Sequence[Used], books: Books) -> list[Draft]:
    """Price used units, those of one kind and price together."""
    drafts: list[Draft] = []
    for kind in DayKind:
        days = [day for day, one in used if one is kind]
        if not days:
            continue
        unit = UNIT_OF[kind]
        code = referral.kind.rate_code(unit)
        for first, end, rate in books.law.rates.spans(code, (days[0], days[-1] + 1)):
            for own_first, own_end, own in books.contract.own_prices.spans(code, (first, end)):
                some = [day for day in days if own_first <= day < own_end]
                if some:
                    place = referral.place_on(date.fromordinal(some[0]))
                    drafts.append(
                        Draft(
                            _KIND[kind],
                            code,
                            place,
                            rate,
                            None,
                            own,
                            len(some),
                            unit,
                            None,
                            some[0],
                            some[-1],
                        )
                    )
    return drafts


def _share(name: str, day: date, books: Books) -> tuple[DatedValue | None, FindingCode | None]:
    try:
        return books.law.term(name, day), None
    except NotInForceError:
        return None, FindingCode.SHARE_MISSING


def _reduced(
    referral: Referral,
    what: tuple[Kind, Unit, str],
    placed: tuple[int, Exact],
    books: Books,
    note: Step,
) -> Draft:
    """Price planned units of a day at a reduced share."""
    kind, unit, share_name = what
    day, quantity = placed
    code = referral.kind.rate_code(unit)
    rate, own = unit_price(code, day, books)
    share, problem = _share(share_name, books.month.first, books)
    place = referral.place_on(date.fromordinal(day))
    return Draft(
        kind, code, place, rate, share, own, quantity, unit, None, day, day, problem, "", (note,)
    )


def no_show_unit_draft(
    referral: Referral, days: Span, books: Books, problem: FindingCode | None
) -> list[Draft]:
    """Price the days of a no-show: each calendar day at the price of the planned unit.

    Law: SHS § 79(2), (4); rule R-08; open point A-26; reading 2.
    """
    unit = Unit.OOP if referral.volume_unit is VolumeUnit.OOP_MONTH else Unit.DAY
    code = referral.kind.rate_code(unit)
    share, missing = _share("no_show_share", date.fromordinal(days[0]), books)
    note = Step("no_show_units", section="SHS § 79(2), § 79(4)", reading="A-26")
    drafts: list[Draft] = []
    for day in range(*days):
        rate, own = unit_price(code, day, books)
        place = referral.place_on(date.fromordinal(day))
        drafts.append(
            Draft(
                Kind.NO_SHOW,
                code,
                place,
                rate,
                share,
                own,
                1,
                unit,
                None,
                day,
                day,
                problem or missing,
                "",
                (note,),
            )
        )
    return drafts
