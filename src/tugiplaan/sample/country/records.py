"""The records of the months: who was with whom on which workday, for how long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from tugiplaan.audit.recorder import Act
from tugiplaan.rules.calendar import is_working_day
from tugiplaan.rules.period import Month
from tugiplaan.sample.country.ids import Ids, dashed
from tugiplaan.sample.country.loading import Shelf
from tugiplaan.sample.country.plan import CountryPlan
from tugiplaan.sample.prices import COMPONENTS, FUNDER

LABELS = ("delivery.HourRecord", "delivery.ComponentRecord", "delivery.DayRecord")
HOURLY = ("IET", "TTT", "TE")

_CORRECTABLE = ("id", "event_id", "corrects_id", "is_cancellation", "why")
_TIMED = (
    *_CORRECTABLE,
    *("provider_id", "period", "day", "start", "minutes", "worker_id", "activity", "code"),
)
_HOUR_COLUMNS = (*_TIMED, "referral_id", "audience", "is_direct", "goal_id")
_COMPONENT_COLUMNS = (
    *_TIMED,
    *("person_id", "session_id", "funder", "component", "mode", "audience", "participants"),
    "goal_id",
)
_DAY_COLUMNS = (*_CORRECTABLE, "provider_id", "referral_id", "period", "day", "kind")

_OPENS = 8 * 60
# Each worker has three persons, each person a third of the day: nobody is booked twice.
PERSONS_OF_A_WORKER = 3
_WINDOW = 4 * 60
_QUARTER = 15

# For whom a visit was and what was done, as often as drawn.
_DONE = {
    "IET": (("person", "igapäevatoimingud"), ("person", "rahaasjad"), ("family", "nõustamine")),
    "TTT": (("person", "töövõtted"), ("employer", "tööandja"), ("coworkers", "töökaaslased")),
    "TE": (("person", "majapidamine"), ("person", "söögitegemine"), ("person", "asjaajamine")),
}
_BESIDES_SHARE = 0.05
_NIGHT_SHARE = 0.2


@dataclass(slots=True)
class Case:
    """What of a person the records need to know.

    Attributes:
        provider: Id of 32 digits, as the others.
        service: One of the six, or `component`.
        worker: Empty where nobody records.
        seat: Which of the worker's persons it is, from 0.
        months: The first and the last month of the stay by their place in the span.
    """

    provider: str
    person: str
    referral: str
    service: str
    worker: str
    seat: int
    months: tuple[int, int]

    def is_here(self, number: int) -> bool:
        """Tell whether the person is here in a month."""
        return self.months[0] <= number <= self.months[1]


class Records:
    """Writes the records of all cases, month by month and day by day, as they come in life."""

    def __init__(self, plan: CountryPlan, ids: Ids, act: Act) -> None:
        """Open the three tables.

        Args:
            plan: How many.
            ids: Where ids come from.
            act: The act whose event vouches for the rows.

        Raises:
            TableChangedError: A table has other columns than are written here.
        """
        self._plan, self._ids = plan, ids
        self._event, self._event_text = act.id.hex, str(act.id)
        self._rng = Random(plan.seed + 1)
        self.hours = Shelf(act, LABELS[0], _HOUR_COLUMNS)
        self.components = Shelf(act, LABELS[1], _COMPONENT_COLUMNS)
        self.days = Shelf(act, LABELS[2], _DAY_COLUMNS)

    @property
    def count(self) -> int:
        """How many records were written so far."""
        return self.hours.count + self.components.count + self.days.count

    def write(self, cases: list[Case]) -> Iterator[int]:
        """Write all months.

        Yields:
            After each day, how many records there are.
        """
        for number, month in enumerate(self._plan.months):
            here = [case for case in cases if case.is_here(number)]
            yield from self._month(month, self._plan.records_of(number), here)
        for shelf in (self.hours, self.components, self.days):
            shelf.flush()
        yield self.count

    def _month(self, month: Month, quota: int, cases: list[Case]) -> Iterator[int]:
        days = (month.first + timedelta(days=number) for number in range(month.length))
        workdays = [day for day in days if is_working_day(day)]
        daily = [case for case in cases if case.service == "PNH"]
        timed = [case for case in cases if case.worker and case.service != "PNH"]
        units = min(len(workdays), quota // max(1, len(cases)))
        share, rest = divmod(quota - units * len(daily), len(timed))
        period = month.year * 100 + month.month
        for place, day in enumerate(workdays):
            text = day.isoformat()
            for case in daily[: len(daily) if place < units else 0]:
                self._day(case, period, text)
            for number, case in enumerate(timed):
                of_month = share + (number < rest)
                before, after = (of_month * n // len(workdays) for n in (place, place + 1))
                self._visits(case, period, text, after - before)
            yield self.count

    def _visits(self, case: Case, period: int, day: str, count: int) -> None:
        if not count:
            return
        step = max(_QUARTER, _WINDOW // count // _QUARTER * _QUARTER)
        start = _OPENS + case.seat * _WINDOW
        write = self._component if case.service == "component" else self._hour
        for number in range(count):
            minutes = min(step, _QUARTER * int(1 + self._rng.random() * 4))
            write(case, (period, day, start + number * step, minutes))

    def _hour(self, case: Case, when: tuple[int, str, int, int]) -> None:
        period, day, start, minutes = when
        draw = self._rng.random()
        audience, activity = _DONE[case.service][0 if draw < 0.8 else 1 if draw < 0.9 else 2]
        direct = draw >= _BESIDES_SHARE
        own = self._ids.text()
        self.hours.add(
            (
                *(own, self._event, None, 0, "", case.provider, period, day, start, minutes),
                *(case.worker, activity, "", case.referral, audience, int(direct), None),
            ),
            f'{{"activity": "{activity}", "audience": "{audience}", "code": "", '
            f'"corrects_id": null, "day": "{day}", "event_id": "{self._event_text}", '
            f'"goal_id": null, "id": "{dashed(own)}", "is_cancellation": false, '
            f'"is_direct": {"true" if direct else "false"}, "minutes": {minutes}, '
            f'"period": {period}, "provider_id": "{dashed(case.provider)}", '
            f'"referral_id": "{dashed(case.referral)}", "start": {start}, "why": "", '
            f'"worker_id": "{dashed(case.worker)}"}}',
        )

    def _component(self, case: Case, when: tuple[int, str, int, int]) -> None:
        period, day, start, minutes = when
        component = COMPONENTS[1 + int(self._rng.random() * (len(COMPONENTS) - 1))].code
        own = self._ids.text()
        self.components.add(
            (
                *(own, self._event, None, 0, "", case.provider, period, day, start, minutes),
                *(case.worker, "content", "", case.person, None, FUNDER, component),
                *("individual", "person", None, None),
            ),
            f'{{"activity": "content", "audience": "person", "code": "", '
            f'"component": "{component}", "corrects_id": null, "day": "{day}", '
            f'"event_id": "{self._event_text}", "funder": "{FUNDER}", "goal_id": null, '
            f'"id": "{dashed(own)}", "is_cancellation": false, "minutes": {minutes}, '
            f'"mode": "individual", "participants": null, "period": {period}, '
            f'"person_id": "{dashed(case.person)}", "provider_id": "{dashed(case.provider)}", '
            f'"session_id": null, "start": {start}, "why": "", '
            f'"worker_id": "{dashed(case.worker)}"}}',
        )

    def _day(self, case: Case, period: int, day: str) -> None:
        kind = "oop" if self._rng.random() < _NIGHT_SHARE else "day"
        own = self._ids.text()
        self.days.add(
            (own, self._event, None, 0, "", case.provider, case.referral, period, day, kind),
            f'{{"corrects_id": null, "day": "{day}", "event_id": "{self._event_text}", '
            f'"id": "{dashed(own)}", "is_cancellation": false, "kind": "{kind}", '
            f'"period": {period}, "provider_id": "{dashed(case.provider)}", '
            f'"referral_id": "{dashed(case.referral)}", "why": ""}}',
        )
