"""The steps of an explanation as JSON, each told only once as long as it is the same."""

import json
from typing import Any

from tugiplaan.month_folder.plain import plain_decimal, plain_exact
from tugiplaan.rules.explanation import Step, tell_step
from tugiplaan.rules.legal import DatedValue

_MOST = 1 << 14


class StepTexts(dict[Step, str]):
    """The JSON of steps, by step. Bounded: most steps carry a person's own numbers."""

    def __missing__(self, step: Step) -> str:
        if len(self) >= _MOST:
            self.clear()
        text = self[step] = json.dumps(as_data(step), ensure_ascii=False)
        return text


def as_data(step: Step) -> dict[str, Any]:
    """Give a step as plain data: its sentences, exact numbers, dated values and section."""
    return {
        "code": step.code,
        "text_et": tell_step(step, "et"),
        "text_en": tell_step(step, "en"),
        "numbers": {name: plain_exact(number) for name, number in step.numbers},
        "values": [_value(value) for value in step.values],
        "section": step.section,
        "reading": step.reading,
    }


def _value(value: DatedValue) -> dict[str, Any]:
    return {
        "name": value.name,
        "value": plain_decimal(value.value),
        "unit": value.unit,
        "since": value.valid_from.isoformat() if value.valid_from else None,
        "source": value.source,
        "certainty": str(value.certainty),
        "pack": value.pack,
    }
