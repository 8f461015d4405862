"""Explanations: sentences in both languages for every step and finding that can arise."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from string import Formatter
from typing import Any

import pytest

from tests.rules.case_builder import Case, case
from tugiplaan.rules.explanation import (
    LANGUAGES,
    Shown,
    Step,
    messages,
    show_date,
    show_money,
    show_number,
    shown,
    tell,
    tell_source,
    tell_step,
)
from tugiplaan.rules.facts import Finding, Line
from tugiplaan.rules.legal import Certainty, DatedValue
from tugiplaan.rules.tables import builtin, load
from tugiplaan.rules.vocabulary import FindingCode, Severity

KE = {"service": "KE", "state": {"history_from": "2026-01-01"}}

# One situation, and the steps of its first line that has more than the price.
STORIES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("2026-04", KE, ["rate_month", "whole_month", "rounded"]),
    ("2026-04", KE | {"end": "2026-04-10"}, ["rate_month", "part_month", "rounded"]),
    (
        "2026-04",
        KE | {"away": ["2026-04-01..2026-04-30"], "own": ["KE 600"]},
        ["rate_month", "whole_month", "away", "share", "own_price", "rounded"],
    ),
    (
        "2026-04",
        KE | {"away": ["2026-04-01..2026-04-30 hospital"], "own": ["KE 676"]},
        ["rate_month", "whole_month", "in_hospital", "share", "own_price_above", "rounded"],
    ),
    (
        "2026-04",
        KE | {"away": ["2026-04-01..2026-04-10"]},
        ["rate_month", "days_of_month", "spread"],
    ),
    (
        "2026-04",
        {"service": "KE", "start": "2026-04-01", "arrived": None},
        ["rate_month", "days_of_month", "no_show", "share", "rounded"],
    ),
    (
        "2026-04",
        {"service": "PNH", "start": "2026-04-01", "arrived": None},
        ["rate_unit", "units_day", "no_show_units", "share", "rounded"],
    ),
    (
        "2026-04",
        {"service": "PNH", "volume": "3 oop_month", "away": ["2026-04-01..2026-04-30 hospital"]},
        ["rate_unit", "units_oop", "hospital_units", "share", "rounded"],
    ),
    (
        "2026-04",
        {"service": "PNH", "volume": "3 oop_month"},
        ["rate_unit", "units_oop", "unused_units", "share", "rounded"],
    ),
    (
        "2026-04",
        {"service": "IET", "hours": ["2026-04-10 240"]},
        ["rate_month", "whole_month", "volume_met", "rounded"],
    ),
    (
        "2026-04",
        {"service": "IET", "hours": ["2026-04-10 239"]},
        ["rate_month", "whole_month", "non_use_month", "share", "rounded"],
    ),
    (
        "2026-04",
        {"service": "IET", "away": ["2026-04-10 hospital"]},
        ["rate_month", "whole_month", "hospital_month", "share", "rounded"],
    ),
    (
        "2026-02",
        {"service": "TE", "start": "2026-02-01", "state": {"te_minimum": "week_by_week"}},
        ["rate_month", "whole_month", *["short_week"] * 4, "share", "rounded"],
    ),
    (
        "2026-04",
        {"empty": ["A 1 2026-04-10"], "state": {"pays_empty_court_places": True}},
        ["rate_month", "empty_places", "share", "rounded"],
    ),
    (
        "2026-04",
        {"prices": ["C1 40 ceiling=100"], "components": ["2026-04-10 C1 60"]},
        ["list_price", "component_hours", "ceiling_year", "rounded_once"],
    ),
    (
        "2026-04",
        {
            "prices": ["C1 40 group ceiling=100/month"],
            "deals": ["group=split"],
            "components": ["2026-04-10 C1 60 group of=2"],
        },
        ["list_price", "component_hours", "group_split", "ceiling_month", "rounded_once"],
    ),
    (
        "2026-04",
        {
            "prices": ["C1 40 group"],
            "deals": ["group=once"],
            "components": ["2026-04-10 C1 60 group"],
        },
        ["list_price", "component_hours", "group_once", "rounded_once"],
    ),
]

PAIR = [{"service": "KE"}, {"service": "OEH", "place": "A", "start": "2026-02-01"}]
WITH_KE = {"P1": {"referrals": [{"service": "KE"}], "components": ["2026-04-10 C1 60"]}}

# For each code a month in which it arises.
RAISED: dict[str, tuple[str, dict[str, Any]]] = {
    "RATE_MISSING": ("2025-04", {"service": "KE", "start": "2025-01-01"}),
    "SHARE_MISSING": (
        "2024-04",
        {"service": "KE", "start": "2024-01-01", "away": ["2024-04-01..2024-04-09"]},
    ),
    "LATE_ARRIVAL": ("2026-04", {"service": "KE", "start": "2026-04-01", "arrived": "2026-04-20"}),
    "UNDER_AGE": ("2026-04", {"service": "KE", "born": "2010-01-01"}),
    "OUT_OF_TERM": ("2026-04", {"service": "KE", "valid_to": "2026-04-10", "end": "2026-04-20"}),
    "OVERLAP": ("2026-04", {"referrals": PAIR}),
    "LEGACY_REFERRAL": (
        "2026-04",
        {"service": "IET", "variant": "INT", "units": ["2026-04-10 day"]},
    ),
    "SERVICE_OVER": ("2026-04", {"service": "KE", "away": ["2026-01-01..2026-04-30"]}),
    "HOSPITAL_UNCONFIRMED": (
        "2026-04",
        {"service": "KE", "away": ["2026-01-01..2026-04-30 hospital"]},
    ),
    "PARALLEL_COMPONENT": ("2026-04", {"persons": WITH_KE, "prices": ["C1 40"]}),
    "PRICE_MISSING": ("2026-04", {"components": ["2026-04-10 C1 60"]}),
    "PRICE_UNCONFIRMED": (
        "2026-04",
        {"components": ["2026-04-10 C1 60"], "prices": ["C1 40 confirmed=no"]},
    ),
    "BASE_CONTENT_WORK": (
        "2026-04",
        {"components": ["2026-04-10 C1 60 doing=content"], "prices": ["C1 40 tier=base"]},
    ),
    "NO_COMPONENT_CONTRACT": ("2026-04", {"components": ["2026-04-10 C1 60"], "deals": []}),
    "OVER_CAP": ("2026-04", {"service": "PNH", "units": ["2026-04-01..2026-04-24 day"]}),
    "OVER_CEILING": (
        "2026-04",
        {"components": ["2026-04-10 C1 60"], "prices": ["C1 40 ceiling=10"]},
    ),
    "ABSENCE_LIMIT": (
        "2026-04",
        {
            "service": "KE",
            "away": ["2026-04-01..2026-04-09"],
            "state": {"absence_year_limit_days": 1},
        },
    ),
    "HOSPITAL_LIMIT": (
        "2026-04",
        {
            "service": "KE",
            "away": ["2026-04-01..2026-04-09 hospital"],
            "state": {"hospital_year_limit_days": 1},
        },
    ),
    "BELOW_MINIMUM": ("2026-04", {"service": "IET"}),
    "NON_USE_LIMIT": (
        "2026-07",
        {
            "service": "IET",
            "hours": ["2026-03-10 240", "2026-06-10 240"],
            "state": {"history_from": "2026-01-01"},
        },
    ),
    "UNUSED_DAYS": ("2026-04", {"service": "PNH", "volume": "3 oop_month"}),
    "NO_SHOW_PENDING": (
        "2026-04",
        {"service": "KE", "start": "2026-04-01", "arrived": None, "as_of": "2026-04-02"},
    ),
    "NOTICE_DUE": ("2026-04", {"service": "KE", "end": "2026-04-10", "why": "person_wish"}),
    "CAPACITY": ("2026-04", {"service": "OEH", "place": "A", "licences": ["A OEH 0"]}),
    "LICENCE": ("2026-04", {"service": "OEH", "place": "A", "licences": ["B OEH 1"]}),
    "DOUBLE_BOOKING": (
        "2026-04",
        {"service": "IET", "hours": ["2026-04-10 240 at=0", "2026-04-10 240 at=1"]},
    ),
    "PART_MONTH_UNTESTED": ("2026-04", {"service": "IET", "end": "2026-04-10"}),
    "SINGLE_DAY_AWAY": ("2026-04", {"service": "KE", "away": ["2026-04-10"]}),
    "HISTORY_ASSUMED": ("2026-04", {"service": "IET"}),
    "OUTSIDE_STAY": (
        "2026-04",
        {"service": "IET", "end": "2026-04-10", "hours": ["2026-04-11 60"]},
    ),
    "READING_USED": ("2026-04", {"service": "KE", "end": "2026-04-10"}),
}


def raised(code: str) -> tuple[Case, Finding]:
    month, given = RAISED[code]
    settled = case(month, given)
    return settled, next(row for row in settled.findings() if row.code == code)


def told_line(line: Line, language: str) -> list[str]:
    return [tell_step(step, language) for step in line.explanation]


@pytest.mark.parametrize(("month", "given", "codes"), STORIES)
def test_the_steps_of_a_line_are_told_in_order(
    month: str, given: dict[str, Any], codes: list[str]
) -> None:
    line = case(month, given).lines()[0]
    assert [step.code for step in line.explanation] == codes
    for language in LANGUAGES:
        for sentence in told_line(line, language):
            assert sentence.endswith(".")
            assert "{" not in sentence
    assert line.explanation[-1].numbers == (("amount", line.amount),)


def test_every_sentence_of_a_step_is_told_in_some_month() -> None:
    told = {code for _, _, codes in STORIES for code in codes}
    # What goes beyond the monthly cap is told by its finding, so its step ends in no line.
    assert set(load("messages")["steps"]) - told <= {"unit_cap"}


def test_there_is_a_month_for_every_code() -> None:
    assert set(RAISED) == {code.value for code in FindingCode} == set(messages()["findings"])


@pytest.mark.parametrize("code", list(RAISED))
def test_every_finding_is_told_in_every_language(code: str) -> None:
    _, finding = raised(code)
    told = [finding.message(language) for language in LANGUAGES]
    assert len(set(told)) == len(LANGUAGES)
    for sentence in told:
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert "None" not in sentence
    assert finding.law == messages()["findings"][code]["law"]
    assert finding.severity is FindingCode(code).severity


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["steps", "findings"])
def test_every_language_wants_the_same_numbers(kind: str, language: str) -> None:
    def names(sentence: str) -> set[str]:
        found = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
        return {name.removesuffix(f"_{language}").removesuffix("_et") for name in found}

    for code, entry in messages()[kind].items():
        assert names(entry[language]) == names(entry["et"]), code


def test_a_sentence_shows_its_numbers() -> None:
    (line,) = case("2026-04", KE | {"away": ["2026-04-01..2026-04-30"], "own": ["KE 600"]}).lines()
    assert told_line(line, "en") == [
        "KE: the maximum cost is €676.00 a month.",
        "The service was given for the whole month (30 days).",
        "The person is away since 1 Apr 2026; paid for up to 2 months in a row.",
        "95 % of the maximum cost is paid.",
        "The provider's own price is €600.00: €600.00 for the same days, below the ceiling of "
        "€642.20.",
        "Rounded to the cent: €600.00.",
    ]
    assert told_line(line, "et")[:4] == [
        "KE: maksimaalne maksumus on 676,00\xa0€ kuus.",
        "Teenust osutati kogu kuu (30 päeva).",
        "Inimene on ära alates 01.04.2026; tasutakse kuni 2 kuud järjest.",
        "Tasutakse 95 % maksimaalsest maksumusest.",
    ]


def test_a_finding_shows_its_days_and_amount() -> None:
    _, finding = raised("SERVICE_OVER")
    assert finding.message("en") == (
        "The service was not used for more than two months in a row: it is over under referral "
        "R1, 1 Apr 2026 to 30 Apr 2026 is not payable (€642.20). End the referral and tell the "
        "authority."
    )
    assert "(642,20\xa0€)" in finding.message("et")
    _, finding = raised("NOTICE_DUE")
    assert finding.message("en") == (
        "Tell the authority by 15 Apr 2026: the person wished to end the service before its term."
    )
    assert finding.message("et") == (
        "Teata SKA-le hiljemalt 15.04.2026: inimene soovis teenuse lõpetada enne tähtaega."
    )


def test_without_an_amount_or_a_quantity_the_sentence_stays_whole() -> None:
    bare = Finding(FindingCode.OUT_OF_TERM, "R1", "P1", date(2026, 4, 1), date(2026, 4, 2))
    assert "not payable (" in bare.message("en")
    assert "None" not in bare.message("en") + bare.message("et")


@pytest.mark.parametrize(
    ("month", "given", "readings"),
    [
        ("2026-04", KE, []),
        ("2026-04", KE | {"end": "2026-04-10"}, ["A-01"]),
        ("2026-04", KE | {"away": ["2026-04-01..2026-04-30"]}, ["A-07, A-12, A-13"]),
        (
            "2026-04",
            KE | {"away": ["2026-04-01..2026-04-10 hospital"]},
            ["A-06, A-09", "A-09"],
        ),
        ("2026-04", {"service": "IET", "hours": ["2026-04-10 239"]}, ["A-28"]),
        ("2026-04", {"service": "PNH", "volume": "3 oop_month"}, ["A-05"]),
        ("2026-04", {"service": "PNH", "start": "2026-04-01", "arrived": None}, ["A-26"]),
    ],
)
def test_the_readings_of_a_line_are_named(
    month: str, given: dict[str, Any], readings: list[str]
) -> None:
    settled = case(month, given)
    found = [row for row in settled.findings() if row.code is FindingCode.READING_USED]
    assert [dict(row.numbers)["reading"] for row in found] == readings
    lines = {line.line: line for line in settled.lines()}
    for row in found:
        line = lines.pop(row.line)
        assert (row.first_day, row.last_day) == (line.first_day, line.last_day)


def test_a_value_that_is_our_reading_is_named_by_its_source() -> None:
    given = {"service": "TE", "hours": ["2026-04-10 480"]}
    (finding,) = case("2026-04", given).findings()
    source = builtin().term("minimum_minutes_te", date(2026, 4, 1)).source
    assert dict(finding.numbers)["reading"] == source


@pytest.mark.parametrize(
    ("amount", "et", "en"),
    [
        (Decimal("1284.4"), "1\xa0284,40\xa0€", "€1,284.40"),
        (Decimal("0"), "0,00\xa0€", "€0.00"),
        (Fraction(1, 200), "0,01\xa0€", "€0.01"),
        (Fraction(1, 3), "0,33\xa0€", "€0.33"),
        (7, "7,00\xa0€", "€7.00"),
        (Decimal("-1284.5"), "-1\xa0284,50\xa0€", "-€1,284.50"),
        (Decimal("1234567.89"), "1\xa0234\xa0567,89\xa0€", "€1,234,567.89"),
    ],
)
def test_euros(amount: Decimal | Fraction | int, et: str, en: str) -> None:
    assert (show_money(amount, "et"), show_money(amount, "en")) == (et, en)


@pytest.mark.parametrize(
    ("number", "et", "en"),
    [
        (Fraction(7, 2), "3,5", "3.5"),
        (Decimal("17.50"), "17,5", "17.5"),
        (10, "10", "10"),
        (Decimal("100"), "100", "100"),
        (Fraction(1, 3), "0,333333", "0.333333"),
        (Fraction(2, 3), "0,666667", "0.666667"),
        (Decimal("0.0000005"), "0,000001", "0.000001"),
    ],
)
def test_numbers(number: Decimal | Fraction | int, et: str, en: str) -> None:
    assert (show_number(number, "et"), show_number(number, "en")) == (et, en)


def test_days() -> None:
    assert [show_date(date(2026, 5, 4), language) for language in LANGUAGES] == [
        "04.05.2026",
        "4 May 2026",
        "04.05.2026",
    ]


@pytest.mark.parametrize(
    ("name", "number", "english"),
    [
        ("rate", 5, "€5.00"),
        ("amount", Fraction(5), "€5.00"),
        ("ceiling", 5, "€5.00"),
        ("own_price", 5, "€5.00"),
        ("price", 5, "€5.00"),
        ("limit_amount", 5, "€5.00"),
        ("left", 5, "€5.00"),
        ("sum", 5, "€5.00"),
        ("quantity", 5, "5"),
        ("rate", "?", "?"),
        ("due", date(2026, 5, 4), "4 May 2026"),
        ("why", "death", "the person died"),
        ("mode", "group", "group"),
        ("group", "er", "unstable remission"),
        ("group", "–", "–"),
        ("audience", "family", "family"),
        ("whose", "death", "death"),
    ],
)
def test_the_name_of_a_number_says_how_it_is_written(
    name: str, number: Shown, english: str
) -> None:
    assert shown(name, number, "en") == english


def test_a_sentence_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        tell_step(Step("no such step"), "en")
    with pytest.raises(KeyError):
        tell("steps", "rounded", (), "en")
    assert tell("steps", "rounded", (("amount", 5),), "en") == "Rounded to the cent: €5.00."


def test_a_source_says_since_when_it_holds_and_whose_it_is() -> None:
    value = DatedValue("X", Decimal(1), "month", None, None, "a letter", Certainty.READ)
    assert [tell_source(value, language) for language in LANGUAGES] == [
        "a letter, alates ?",
        "a letter, since ?",
        "a letter, с ?",
    ]
    own = DatedValue(
        "X", Decimal(1), "month", date(2026, 1, 1), None, "a letter", Certainty.READING, pack="mine"
    )
    assert [tell_source(own, language) for language in LANGUAGES] == [
        "a letter, alates 01.01.2026 (sinu määrad: mine) (meie tõlgendus)",
        "a letter, since 1 Jan 2026 (your rates: mine) (our reading)",
        "a letter, с 01.01.2026 (ваши ставки: mine) (наше толкование)",
    ]


def test_severities_are_those_of_the_list() -> None:
    by_severity = {
        severity: [code for code in FindingCode if code.severity is severity]
        for severity in Severity
    }
    assert [len(by_severity[severity]) for severity in Severity] == [14, 12, 5]
    assert by_severity[Severity.BLOCKS][-1] is FindingCode.NO_COMPONENT_CONTRACT
    assert by_severity[Severity.INFO][0] is FindingCode.PART_MONTH_UNTESTED
    assert [code.rank for code in FindingCode] == list(range(31))
