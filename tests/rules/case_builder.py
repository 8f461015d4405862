"""Facts of a case in few words: dates as text, rows as short strings, the rest left out.

A row is written as words: what stands in a fixed place first, then `name=value`. Days are
`2026-04-11..2026-04-20`, one day `2026-04-11`; an open end is written `2026-04-11..`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tugiplaan.rules.facts import (
    Absence,
    ComponentContract,
    ComponentPrice,
    ComponentRecord,
    Contract,
    DayRecord,
    EmptyPlaces,
    Facts,
    Finding,
    HourRecord,
    House,
    Licence,
    Line,
    Person,
    PersonMonth,
    PlacePeriod,
    PriceList,
    Referral,
    Session,
    StateContract,
    Surroundings,
)
from tugiplaan.rules.legal import Certainty, DatedValue
from tugiplaan.rules.packs import RatePack, lay_over
from tugiplaan.rules.period import DAY, Month
from tugiplaan.rules.settlement import settle_month
from tugiplaan.rules.tables import DatedTable, Law, builtin
from tugiplaan.rules.vocabulary import (
    AbsenceKind,
    AbsenceYear,
    Audience,
    CeilingPeriod,
    DayKind,
    EndReason,
    FindingCode,
    GroupPrice,
    IncrementRounding,
    Mode,
    PartMonthDenominator,
    Service,
    SizeClass,
    TargetGroup,
    TeMinimum,
    Tier,
    Variant,
    VolumeUnit,
)

FUNDER = "75000000"
START = date(2026, 1, 1)
FAR = date(2035, 12, 31)
ONE = timedelta(days=1)


def day(text: str | date) -> date:
    return text if isinstance(text, date) else date.fromisoformat(text)


def optional_day(text: str | date | None) -> date | None:
    return day(text) if text else None


def days(text: str) -> tuple[date, date]:
    """Read a run of days, both ends included."""
    first, _, last = text.partition("..")
    return day(first), day(last or first)


def open_days(text: str) -> tuple[date, date | None]:
    """Read a run of days that may go on for ever."""
    first, dots, last = text.partition("..")
    return day(first), day(last) if last else None if dots else day(first)


def span(text: str) -> tuple[int, int]:
    """Read a run of days as the engine counts it: half-open ordinals."""
    first, last = days(text)
    return first.toordinal(), last.toordinal() + 1


def told_span(given: tuple[int, int] | None) -> str:
    """Write half-open ordinals as a run of days; nothing is `-`."""
    if given is None:
        return "-"
    return told_days(date.fromordinal(given[0]), date.fromordinal(given[1] - 1))


def words(text: str | date) -> tuple[list[str], dict[str, str]]:
    """Divide a row into the words in fixed places and the named ones."""
    found = str(text).split()
    plain = [word for word in found if "=" not in word]
    return plain, dict(word.split("=", 1) for word in found if "=" in word)


def each_day(text: str) -> list[date]:
    first, last = days(text)
    return [first + DAY * at for at in range((last - first).days + 1)]


def away(text: str | date) -> Absence:
    """Read `2026-04-11..2026-04-20 hospital learned=2026-04-12`."""
    (when, *kind), named = words(text)
    first, last = days(when)
    learned = optional_day(named.get("learned"))
    return Absence(str(text), first, last, AbsenceKind(kind[0] if kind else "absent"), learned)


def hour(text: str) -> HourRecord:
    """Read `2026-05-05 240 family at=540 by=W2 record=H1 doing=job_finding direct=no times=2`."""
    (when, minutes, *audience), named = words(text)
    return HourRecord(
        record=named.get("record", ""),
        day=day(when),
        start=int(named["at"]) if "at" in named else None,
        minutes=int(minutes),
        worker=named.get("by", "W"),
        audience=Audience(audience[0] if audience else "person"),
        activity=named.get("doing", ""),
        is_direct=named.get("direct", "yes") == "yes",
        times=int(named.get("times", "1")),
    )


def units(text: str) -> list[DayRecord]:
    """Read `2026-04-01..2026-04-12 oop`."""
    (when, kind), _ = words(text)
    return [DayRecord(one, DayKind(kind)) for one in each_day(when)]


def component(text: str) -> ComponentRecord:
    """Read `2026-05-04 C1 52 group family record=K1 at=540 by=W2 session=S of=4 doing=content`."""
    (when, name, minutes, *kinds), named = words(text)
    return ComponentRecord(
        record=named.get("record", text),
        session=named.get("session", ""),
        day=day(when),
        start=int(named["at"]) if "at" in named else None,
        funder=named.get("funder", FUNDER),
        component=name,
        mode=Mode(kinds[0] if kinds else "individual"),
        audience=Audience(kinds[1] if len(kinds) > 1 else "person"),
        minutes=int(minutes),
        participants=int(named["of"]) if "of" in named else None,
        worker=named.get("by", "W"),
        activity=named.get("doing", ""),
    )


def price(text: str) -> ComponentPrice:
    """Read `C1 33.33 group family days=2026-01-01.. ceiling=40/month tier=base confirmed=no`."""
    (name, euros, *kinds), named = words(text)
    first, last = open_days(named.get("days", "2016-01-01.."))
    ceiling, _, period = named.get("ceiling", "").partition("/")
    return ComponentPrice(
        funder=named.get("funder", FUNDER),
        component=name,
        mode=Mode(kinds[0] if kinds else "individual"),
        audience=Audience(kinds[1] if len(kinds) > 1 else "person"),
        valid_from=first,
        valid_to=last,
        tier=Tier(named.get("tier", "additional")),
        name=name,
        price=Decimal(euros),
        ceiling=Decimal(ceiling) if ceiling else None,
        ceiling_period=CeilingPeriod(period or "calendar_year") if ceiling else None,
        version=named.get("version", ""),
        source=named.get("source", ""),
        is_confirmed=named.get("confirmed", "yes") == "yes",
    )


def deal(text: str = "") -> ComponentContract:
    """Read `2025-01-01 hour=45 step=10 rounding=up group=split funder=7`."""
    plain, named = words(text)
    return ComponentContract(
        funder=named.get("funder", FUNDER),
        valid_from=day(plain[0]) if plain else date(2016, 1, 1),
        minutes_per_hour=int(named.get("hour", "60")),
        increment_minutes=int(named.get("step", "15")),
        increment_rounding=IncrementRounding(named.get("rounding", "nearest")),
        group_price=GroupPrice(named.get("group", "per_participant")),
    )


def rate(text: str) -> DatedValue:
    """Read `KE 700 2026-04-16..2026-04-30`, a sourced rate or own price of the user."""
    (name, euros, *when), named = words(text)
    first, last = open_days(when[0] if when else "2016-01-01..")
    return DatedValue(
        name,
        Decimal(euros),
        named.get("unit", "month"),
        first,
        last,
        "a letter",
        Certainty.USER,
        known_from=optional_day(named.get("known")),
    )


def licence(text: str) -> Licence:
    """Read `A OEH 12 2016-01-01..2026-04-14 groups=er,km`."""
    (place, service, most, *when), named = words(text)
    first, last = open_days(when[0] if when else "2016-01-01..")
    groups = frozenset(TargetGroup(group) for group in named.get("groups", "").split(",") if group)
    return Licence(text, place, Service(service), first, last, int(most), groups)


def empty(text: str) -> EmptyPlaces:
    """Read `A 2 2026-04-01..2026-04-30`."""
    (place, count, when), _ = words(text)
    return EmptyPlaces(place, *days(when), int(count))


def referral(service: str = "KE", code: str = "R1", **given: Any) -> Referral:
    """Make a referral: someone agreed to come on `start`, and came.

    Args:
        service: The service.
        code: Its key.
        given: variant, start, issued, valid_from, valid_to, agreed, arrived, end, why, volume
            (`12 oop_month`), released, slot, new_from, place, moves, away, confirmed, hours, units.
    """
    start = day(given.pop("start", START))
    volume, _, unit = str(given.pop("volume", "")).partition(" ")
    places = [(start, given.pop("place"))] if "place" in given else []
    places += [(day(when), place) for when, place in given.pop("moves", {}).items()]
    made = Referral(
        referral=code,
        service=Service(service),
        variant=Variant(given.pop("variant", "")),
        issued_on=day(given.pop("issued", start)),
        valid_from=day(given.pop("valid_from", start)),
        valid_to=day(given.pop("valid_to", FAR)),
        agreed_start=optional_day(given.pop("agreed", start)),
        arrived_on=optional_day(given.pop("arrived", start)),
        ended_on=optional_day(given.pop("end", None)),
        end_reason=EndReason(given.pop("why")) if "why" in given else None,
        planned_volume=Decimal(volume) if volume else None,
        volume_unit=VolumeUnit(unit) if unit else None,
        is_released=given.pop("released", False),
        slot=given.pop("slot", ""),
        slot_new_from=optional_day(given.pop("new_from", None)),
        places=tuple(places),
        absences=tuple(away(row) for row in given.pop("away", ())),
        confirmed_months=frozenset(Month.parse(row) for row in given.pop("confirmed", ())),
        hours=tuple(hour(row) for row in given.pop("hours", ())),
        days=tuple(one for row in given.pop("units", ()) for one in units(row)),
    )
    assert not given, f"a referral has no {sorted(given)}"
    return made


def person(code: str = "P1", born: str | date = "1980-01-01", pnh: str | None = None) -> Person:
    return Person(code, "Mari", "Maasikas", day(born), first_pnh_start=optional_day(pnh))


def facts(month: str, *referrals: Referral, **given: Any) -> Facts:
    """Make one person's facts of a month.

    Args:
        month: The month to settle.
        referrals: Under which the person is served.
        given: as_of, who (a Person), components, and what `surroundings` wants.
    """
    settled = Month.parse(month)
    who = given.pop("who", None) or person()
    as_of = day(given.pop("as_of", None) or settled.last)
    records = tuple(component(row) for row in given.pop("components", ()))
    around = surroundings(**given)
    return Facts(who, settled, as_of, referrals, records, around)


def surroundings(sizes: Mapping[str, str | Iterable[str]] | None = None) -> Surroundings:
    """Make places; `{"A": "GT12"}` or `{"A": ["2026-01-01..2026-04-14 GT12", …]}`."""
    found: dict[str, tuple[PlacePeriod, ...]] = {}
    for place, given in (sizes or {"A": "GT12"}).items():
        rows = [f"2016-01-01.. {given}"] if isinstance(given, str) else given
        periods = []
        for row in rows:
            (when, size), _ = words(row)
            periods.append(PlacePeriod(*open_days(when), SizeClass(size)))
        found[place] = tuple(periods)
    return Surroundings(found)


def state(**given: Any) -> StateContract:
    """Make the contract with the authority; words become codes, text becomes days."""
    codes = {
        "part_month_denominator": PartMonthDenominator,
        "absence_year": AbsenceYear,
        "te_minimum": TeMinimum,
    }
    made: dict[str, Any] = {}
    for name, value in given.items():
        if name in codes:
            made[name] = codes[name](value)
        elif name in ("history_from", "valid_from"):
            made[name] = day(value)
        else:
            made[name] = value
    return StateContract(**made)


def contract(
    own: Iterable[str] = (),
    prices: Iterable[str] = (),
    deals: Iterable[str] | None = None,
    **settings: Any,
) -> Contract:
    """Make a contract: own prices, component prices and deals as rows, the rest by name."""
    return Contract(
        state=state(**settings),
        own_prices=DatedTable(rate(row) for row in own),
        components=PriceList(
            [price(row) for row in prices], [deal(row) for row in (deals or [""] * (deals is None))]
        ),
    )


def law(rates: Iterable[str] = (), known: str | date | None = None) -> Law:
    """Make the law, with the user's rates over it."""
    below = builtin(optional_day(known))
    rows = tuple(rate(row) for row in rates)
    return lay_over(below, RatePack("own", rows)) if rows else below


@dataclass(frozen=True)
class Case:
    """Everything that a month is settled from."""

    persons: tuple[Facts, ...]
    house: House
    law: Law
    contract: Contract

    def settled(self) -> list[PersonMonth]:
        return list(settle_month(self.persons, self.house, self.law, self.contract))

    def lines(self) -> list[Line]:
        return [line for month in self.settled() for line in month.lines]

    def findings(self) -> list[Finding]:
        return [finding for month in self.settled() for finding in month.findings]


def case(month: str, given: Mapping[str, Any]) -> Case:
    """Read a case as the golden rows write it.

    Args:
        month: The month to settle.
        given: One referral's words at the top, or `referrals`, or `persons` with the words of
            each; beside them as_of, born, first_pnh_start, components, sizes, licences, empty,
            rates, known and the words of `contract`.
    """
    left = dict(given)
    around = surroundings(left.pop("sizes", None))
    house = House(
        tuple(licence(row) for row in left.pop("licences", ())),
        tuple(empty(row) for row in left.pop("empty", ())),
    )
    ruled = law(left.pop("rates", ()), left.pop("known", None))
    agreed = contract(
        left.pop("own", ()),
        left.pop("prices", ()),
        left.pop("deals", None),
        **left.pop("state", {}),
    )
    as_of = left.pop("as_of", None)
    persons = left.pop("persons", None) or {"P1": left}
    read = [_one_person(month, code, dict(own)) for code, own in persons.items()]
    sessions = _sessions(read)
    around = replace(around, sessions=sessions)
    settled = [
        replace(one, surroundings=around, as_of=day(as_of) if as_of else one.as_of) for one in read
    ]
    return Case(tuple(settled), house, ruled, agreed)


def _one_person(month: str, code: str, given: dict[str, Any]) -> Facts:
    who = person(code, given.pop("born", "1980-01-01"), given.pop("first_pnh_start", None))
    components = given.pop("components", ())
    rows = given.pop("referrals", None) or ([given] if given else [])
    made = []
    for number, row in enumerate(rows, 1):
        named = {"code": f"R{number}" if code == "P1" else f"{code}-R{number}"} | dict(row)
        made.append(referral(**named))
    return facts(month, *made, who=who, components=components)


def _sessions(persons: Iterable[Facts]) -> dict[str, Session]:
    found: dict[str, set[str]] = {}
    for one in persons:
        for record in one.components:
            if record.session:
                found.setdefault(record.session, set()).add(one.person.person)
    return {session: Session(min(codes), len(codes)) for session, codes in found.items()}


# What a line and a finding say, so that a row of a golden file can say it too.


def told_days(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first}..{last}"


def told_line(line: Line) -> str:
    """Write a line: `absence KE 676 x 10/30 x 0.95 = 214.06, 2026-04-11..2026-04-20`."""
    prefix = f"{line.referral}: " if line.referral not in ("", "R1") else ""
    what = line.rate_code
    if line.component:
        prefix = f"{line.person}: " if line.person != "P1" else ""
        what = f"{line.component} {line.mode} {line.audience}"
    amount = f"{line.rate} x {Fraction(line.quantity)}"
    amount += f"/{line.of_days}" if line.of_days else ""
    amount += f" x {line.share}" if line.share != 1 else ""
    own = f", own {line.own_price}" if line.own_price is not None else ""
    place = f" at {line.place}" if line.place else ""
    when = told_days(line.first_day, line.last_day)
    return f"{prefix}{line.kind} {what} {amount} = {line.amount}, {when}{place}{own}"


_TOLD = (
    "due",
    "why",
    "given",
    "least",
    "units",
    "history_from",
    "whose",
    "group",
    "persons",
    "limit",
)


def told_finding(finding: Finding) -> str:
    """Write a finding: `SERVICE_OVER 2026-05-15..2026-05-31 17 day 370.71`."""
    prefix = f"{finding.referral}: " if finding.referral not in ("", "R1") else ""
    parts = [f"{prefix}{finding.code}", told_days(finding.first_day, finding.last_day)]
    if finding.quantity is not None:
        amount = finding.amount_not_payable
        parts += [
            f"{Fraction(finding.quantity)} {finding.unit}",
            str("?" if amount is None else amount),
        ]
    numbers = dict(finding.numbers)
    if numbers.get("other"):
        parts.append(f"with {numbers['other']}")
    parts += [f"{name}={numbers[name]}" for name in _TOLD if name in numbers]
    return " ".join(parts)


def codes(found: Iterable[Finding]) -> list[FindingCode]:
    return [finding.code for finding in found if finding.code is not FindingCode.READING_USED]


# What hypothesis draws: it likes ties.

MONTHS = [
    Month(2026, 1),
    Month(2026, 2),
    Month(2026, 4),
    Month(2026, 5),
    Month(2027, 2),
    Month(2028, 2),
]

months = st.sampled_from(MONTHS)
ties = st.sampled_from(
    [date(2025, 12, day) for day in (28, 29, 30, 31)]
    + [date(year, 2, 28) for year in (2026, 2027, 2028)]
    + [date(2028, 2, 29), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 1)]
)
near_ties = st.builds(lambda day, by: day + by * ONE, ties, st.integers(-2, 2))
lengths = st.one_of(
    st.integers(1, 3), st.sampled_from([58, 59, 60, 61, 62, 122, 183]), st.integers(1, 200)
)


def days_of(month: Month) -> list[date]:
    return [month.first + at * ONE for at in range(month.length)]


def run_of(first: date, length: int) -> list[date]:
    return [first + at * ONE for at in range(length)]


def rounded(exact: Fraction | int) -> Decimal:
    """Round to the cent, half up, without the engine's own rounding."""
    return Decimal((exact * 100 + Fraction(1, 2)).__floor__()) / 100


def same_day_later(day: date, count: int) -> date:
    """The same date some months later; a missing one is the last of its month."""
    index = day.year * 12 + day.month - 1 + count
    year, number = index // 12, index % 12 + 1
    for missing in range(4):
        try:
            return date(year, number, day.day - missing)
        except ValueError:
            continue
    raise AssertionError(day)


@st.composite
def absence_rows(
    draw: st.DrawFn, /, least: int = 0, most: int = 4, start: date | None = None
) -> tuple[Absence, ...]:
    """Rows that touch, overlap, and last about as long as the limits, from a stay's start on."""
    rows: list[Absence] = []
    first = draw(near_ties)
    if start is not None:
        first = start + draw(st.sampled_from([0, 1, 2, 10, 30, 59])) * ONE
    for number in range(draw(st.integers(least, most))):
        two_months = (same_day_later(first, 2) - first).days
        length = draw(st.one_of(lengths, st.integers(two_months - 1, two_months + 2)))
        last = first + (length - 1) * ONE
        kind = draw(st.sampled_from(list(AbsenceKind)))
        rows.append(Absence(f"A{number}", first, last, kind))
        soon = [last, last + ONE, last + 2 * ONE, last + 3 * ONE]
        a_year_later = same_day_later(first, 12)
        late = [a_year_later - ONE, a_year_later, a_year_later + ONE]
        first = draw(st.sampled_from(soon + [day for day in late if day > last + 3 * ONE]))
    return tuple(rows)


@st.composite
def used_units(draw: st.DrawFn, month: Month) -> tuple[DayRecord, ...]:
    """Units on some days of the month and around it; often about 23."""
    many = draw(st.sampled_from([0, 9, 10, 22, 23, 24, month.length]))
    first = draw(st.integers(-2, month.length - 1))
    inside = [month.first + (first + at) * ONE for at in range(many)]
    every = draw(st.integers(1, 4))
    kinds = [DayKind.OOP if at % every else DayKind.DAY for at in range(many)]
    return tuple(DayRecord(day, kind) for day, kind in zip(inside, kinds, strict=True))
