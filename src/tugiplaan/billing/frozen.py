"""Lines and findings as rows and back again: exactly, so that each can be explained for ever.

Numbers keep their kind: a whole number is a number, everything else a text that begins with
a letter saying what it is - d decimal, f fraction, t day, s text.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from tugiplaan.billing.models import StatementFinding, StatementLine
from tugiplaan.rules.explanation import Shown, Step
from tugiplaan.rules.facts import Finding, Line
from tugiplaan.rules.legal import Certainty, DatedValue
from tugiplaan.rules.money import Exact
from tugiplaan.rules.vocabulary import FindingCode, Kind, Unit

_MOST = 1 << 13
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

LINE_COLUMNS = (
    *("statement_id", "number", "key", "funder", "person_id", "referral_id", "place_id"),
    *("rate_code", "component", "mode", "audience", "kind", "first_day", "last_day", "quantity"),
    *("unit", "of_days", "rate", "share", "own_price", "ceiling", "exact", "amount", "law"),
    "explanation",
)
FINDING_COLUMNS = (
    *("statement_id", "number", "code", "severity", "person_id", "referral_id", "line"),
    *("first_day", "last_day", "quantity", "unit", "amount_not_payable", "numbers", "records"),
    "law",
)


class Keys:
    """The ids behind the codes by which facts name persons, referrals and places."""

    def __init__(
        self,
        persons: Mapping[str, UUID],
        referrals: Mapping[str, UUID],
        places: Mapping[str, UUID],
    ) -> None:
        """Take the ids by code."""
        self.persons, self.referrals, self.places = persons, referrals, places


class Freezer:
    """Makes rows of one statement. Remembers the text of values that many steps share."""

    def __init__(self, statement_id: UUID, keys: Keys) -> None:
        """Begin a statement.

        Args:
            statement_id: Its id.
            keys: Ids by code.
        """
        self._statement_id = statement_id
        self._keys = keys
        self._lines = 0
        self._findings = 0
        self._steps: dict[Step, str] = {}

    def line(self, line: Line) -> tuple[Any, ...]:
        """Give the columns of a line, in the order of `LINE_COLUMNS`."""
        self._lines += 1
        keys = self._keys
        return (
            self._statement_id,
            self._lines,
            line.line,
            line.funder,
            keys.persons.get(line.person),
            keys.referrals.get(line.referral),
            keys.places.get(line.place),
            line.rate_code,
            line.component,
            str(line.mode),
            str(line.audience),
            str(line.kind),
            line.first_day,
            line.last_day,
            str(line.quantity),
            str(line.unit),
            line.of_days,
            str(line.rate),
            str(line.share),
            _text(line.own_price),
            _text(line.ceiling),
            str(line.exact),
            line.amount,
            line.law,
            self._explanation(line.explanation),
        )

    def finding(self, finding: Finding) -> tuple[Any, ...]:
        """Give the columns of a finding, in the order of `FINDING_COLUMNS`."""
        self._findings += 1
        keys = self._keys
        numbers = [[name, freeze_number(value)] for name, value in finding.numbers]
        return (
            self._statement_id,
            self._findings,
            str(finding.code),
            str(finding.severity),
            keys.persons.get(finding.person),
            keys.referrals.get(finding.referral),
            finding.line,
            finding.first_day,
            finding.last_day,
            _text(finding.quantity),
            finding.unit or "",
            finding.amount_not_payable,
            _encode(numbers) if numbers else "",
            _encode(finding.records) if finding.records else "",
            finding.law,
        )

    def _explanation(self, steps: Iterable[Step]) -> str:
        known = self._steps
        texts = []
        for step in steps:
            text = known.get(step)
            if text is None:
                if len(known) >= _MOST:
                    known.clear()
                text = known[step] = freeze_step(step)
            texts.append(text)
        return f"[{','.join(texts)}]"


def _text(value: Decimal | Exact | None) -> str:
    return "" if value is None else str(value)


def freeze_number(number: Shown) -> int | str:
    """Write a number so that it can be read back as what it was.

    >>> freeze_number(3), freeze_number(Decimal("0.95")), freeze_number(Fraction(17, 30))
    (3, 'd0.95', 'f17/30')
    """
    if isinstance(number, int):
        return int(number)
    if isinstance(number, str):
        return f"s{number}"
    if isinstance(number, Decimal):
        return f"d{number}"
    if isinstance(number, Fraction):
        return f"f{number}"
    return f"t{number.isoformat()}"


def thaw_number(text: int | str) -> Shown:
    """Read back what `freeze_number` wrote.

    >>> thaw_number("d0.95"), thaw_number("f17/30"), thaw_number("t2026-05-01")
    (Decimal('0.95'), Fraction(17, 30), datetime.date(2026, 5, 1))
    """
    if isinstance(text, int):
        return text
    kind, rest = text[0], text[1:]
    if kind == "d":
        return Decimal(rest)
    if kind == "f":
        return Fraction(rest)
    return date.fromisoformat(rest) if kind == "t" else rest


def freeze_step(step: Step) -> str:
    """Write a step of an explanation as JSON."""
    return _encode(
        [
            step.code,
            [[name, freeze_number(number)] for name, number in step.numbers],
            [_freeze_value(value) for value in step.values],
            step.section,
            step.reading,
        ]
    )


def _freeze_value(value: DatedValue) -> list[Any]:
    days = (value.valid_from, value.valid_to, value.known_from)
    return [
        value.name,
        str(value.value),
        value.unit,
        *(day.isoformat() if day else None for day in days),
        value.source,
        str(value.certainty),
        value.pack,
        value.condition,
        value.cap,
    ]


def thaw_steps(text: str) -> tuple[Step, ...]:
    """Read back the steps of a stored line."""
    return tuple(
        Step(
            code,
            tuple((name, thaw_number(number)) for name, number in numbers),
            tuple(_thaw_value(value) for value in values),
            section,
            reading,
        )
        for code, numbers, values, section, reading in json.loads(text)
    )


def _thaw_value(row: list[Any]) -> DatedValue:
    name, value, unit, first, last, known, source, certainty, pack, condition, cap = row
    return DatedValue(
        name=name,
        value=Decimal(value),
        unit=unit,
        valid_from=_day(first),
        valid_to=_day(last),
        known_from=_day(known),
        source=source,
        certainty=Certainty(certainty),
        pack=pack,
        condition=condition,
        cap=cap,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _exact(text: str) -> Exact:
    return Fraction(text) if "/" in text else int(text)


class Codes:
    """The codes behind the ids of persons, referrals and places."""

    def __init__(self, keys: Keys) -> None:
        """Turn the ids by code round."""
        self.persons = {value: code for code, value in keys.persons.items()}
        self.referrals = {value: code for code, value in keys.referrals.items()}
        self.places = {value: code for code, value in keys.places.items()}


def thaw_line(row: StatementLine, codes: Codes) -> Line:
    """Read back a stored line as the engine gave it."""
    return Line(
        line=row.key,
        funder=row.funder,
        referral=codes.referrals.get(row.referral_id, "") if row.referral_id else "",
        person=codes.persons.get(row.person_id, "") if row.person_id else "",
        place=codes.places.get(row.place_id, "") if row.place_id else "",
        rate_code=row.rate_code,
        component=row.component,
        mode=row.mode,
        audience=row.audience,
        kind=Kind(row.kind),
        first_day=row.first_day,
        last_day=row.last_day,
        quantity=_exact(row.quantity),
        unit=Unit(row.unit),
        of_days=row.of_days,
        rate=Decimal(row.rate),
        share=Decimal(row.share),
        own_price=Decimal(row.own_price) if row.own_price else None,
        ceiling=_exact(row.ceiling) if row.ceiling else None,
        exact=_exact(row.exact),
        amount=row.amount,
        law=row.law,
        explanation=thaw_steps(row.explanation),
    )


def thaw_finding(row: StatementFinding, codes: Codes) -> Finding:
    """Read back a stored finding as the engine gave it."""
    numbers = json.loads(row.numbers) if row.numbers else []
    return Finding(
        code=FindingCode(row.code),
        referral=codes.referrals.get(row.referral_id, "") if row.referral_id else "",
        person=codes.persons.get(row.person_id, "") if row.person_id else "",
        first_day=row.first_day,
        last_day=row.last_day,
        quantity=_exact(row.quantity) if row.quantity else None,
        unit=Unit(row.unit) if row.unit else None,
        amount_not_payable=row.amount_not_payable,
        numbers=tuple((name, thaw_number(number)) for name, number in numbers),
        line=row.line,
        records=tuple(json.loads(row.records)) if row.records else (),
    )
