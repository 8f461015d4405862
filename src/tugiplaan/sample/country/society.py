"""The providers of a country with their houses and workers, and the persons with their stays."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from django.apps import apps

from tugiplaan.audit.recorder import Act
from tugiplaan.people.names import sort_key
from tugiplaan.rules.period import Month
from tugiplaan.sample.country.ids import Ids
from tugiplaan.sample.country.plan import CountryPlan
from tugiplaan.sample.country.records import HOURLY, PERSONS_OF_A_WORKER, Case
from tugiplaan.sample.names import full_name
from tugiplaan.sample.people import Register
from tugiplaan.sample.prices import COMPONENTS, FUNDER, PRICES_FROM

_BATCH = 500
# What of twenty persons each gets; mixed, so that every provider has some of most.
_MIX = (
    *("IET", "KE", "TE", "OEH", "TTT", "IET", "PNH", "KE", "TE", "component"),
    *("IET", "OEH", "KE", "TE", "IET", "KE", "TTT", "OEH", "TE", "IET"),
)
# How many fit into a house, and its size class where the rate depends on it.
_HOUSES = {"KE": (10, ""), "OEH": (12, "LE12"), "PNH": (20, ""), "": (10_000, "")}
_SETTLED = date(2025, 1, 1)  # contracts, houses and most stays are older than the months
_VALID_TO = date(2029, 12, 31)
_LATE_SHARE = 0.05
_ENDED_SHARE = 0.03
_AWAY_SHARE = 0.3
_MOVED_SHARE = 0.03
_PNH_UNITS = 20
_END_REASONS = ("person_wish", "moved", "term")


@dataclass
class _House:
    """A place that fills up."""

    place: Any
    persons: int = 0


@dataclass
class _Provider:
    """A provider while its persons come.

    Attributes:
        houses: The last house of each service, and the one before it.
        worker: The last one employed and how many persons that one has.
    """

    row: Any
    houses: dict[str, list[_House]] = field(default_factory=dict)
    worker: Any = None
    seats: int = 0
    codes: int = 0


class Society:
    """Lays providers one after another and tells what their persons' records need to know."""

    def __init__(self, plan: CountryPlan, ids: Ids, act: Act) -> None:
        """Begin.

        Args:
            plan: How many persons and months.
            ids: Where ids come from.
            act: The act within which it happens.
        """
        self._plan, self._ids, self._act = plan, ids, act
        self._rng = Random(plan.seed)
        self._register = Register(self._rng, plan.persons)
        self._waiting: dict[str, list[Any]] = {}
        self._persons = 0

    def cases(self) -> Iterator[Case]:
        """Lay everything but the records.

        Yields:
            Each person's case.
        """
        for number, size in enumerate(self._plan.sizes(), start=1):
            provider = self._provider(number)
            for _ in range(size):
                yield self._case(provider)
            self._lay()

    def _new(self, label: str, **values: Any) -> Any:
        row = apps.get_model(label)(id=self._ids.new(), **values)
        self._waiting.setdefault(label, []).append(row)
        return row

    def _lay(self) -> None:
        """Store what was made, in the order in which the first of each table was."""
        for label, rows in self._waiting.items():
            if hasattr(rows[0], "event_id"):
                self._act.store(rows)
            else:
                apps.get_model(label)._base_manager.bulk_create(rows, batch_size=_BATCH)
        self._waiting.clear()

    def _provider(self, number: int) -> _Provider:
        row = self._new(
            "providers.Provider",
            name=f"Hoolekanne {number:02d} OÜ",
            registry_code=f"{99_000_000 + number}",  # no company has such a code
        )
        since = {"provider": row, "valid_from": _SETTLED}
        self._new("providers.StateContract", history_from=self._plan.months[0].first, **since)
        self._new("providers.ComponentContract", funder=FUNDER, **since)
        for component in COMPONENTS:
            self._new(
                "pricelists.ComponentPrice",
                provider=row,
                **{"funder": FUNDER, "component": component.code, "name": component.name},
                **{"mode": "individual", "audience": "person", "price": component.individual},
                **{"tier": "base" if component.code == "B1" else "additional"},
                **{"valid_from": PRICES_FROM, "is_confirmed": True, "source": "näidis"},
            )
        for month in self._plan.months:
            period = month.year * 100 + month.month
            self._new("providers.MonthBook", provider=row, period=period)
        return _Provider(row)

    def _case(self, provider: _Provider) -> Case:
        service = _MIX[self._persons % len(_MIX)]
        self._persons += 1
        person = self._person(provider)
        months = self._months()
        has_worker = service in HOURLY or service == "component"
        if has_worker and (provider.worker is None or provider.seats == PERSONS_OF_A_WORKER):
            provider.worker, provider.seats = self._worker(provider), 0
        seat = provider.seats
        provider.seats += has_worker
        referral = None
        if service != "component":
            referral = self._referral(provider, person, service, months)
        return Case(
            provider=provider.row.pk.hex,
            person=person.pk.hex,
            referral=referral.pk.hex if referral else "",
            service=service,
            worker=provider.worker.pk.hex if has_worker else "",
            seat=seat,
            months=months,
        )

    def _person(self, provider: _Provider) -> Any:
        made = self._register.new(adult_by=_SETTLED)
        return self._new(
            "people.Person",
            provider=provider.row,
            code=made.code,
            **{"identifier": made.personal_code, "identifier_type": "national"},
            **{"identifier_country": "EE", "birth_date": made.birth_date},
            **{"first_name": made.first_name, "last_name": made.last_name},
            sort_name=sort_key(made.last_name, made.first_name),
        )

    def _months(self) -> tuple[int, int]:
        """Draw when the person is here; nearly everybody all the time."""
        last = len(self._plan.months) - 1
        begin = self._rng.randrange(1, last + 1) if last and self._drawn(_LATE_SHARE) else 0
        end = self._rng.randrange(begin, last + 1) if self._drawn(_ENDED_SHARE) else last
        return (begin, end) if self._persons > len(_MIX) else (0, last)

    def _drawn(self, share: float) -> bool:
        return self._rng.random() < share

    def _code(self, provider: _Provider, letter: str) -> str:
        provider.codes += 1
        return f"{letter}{provider.codes}"

    def _worker(self, provider: _Provider) -> Any:
        first, last = full_name(self._rng, is_woman=self._drawn(0.8))
        return self._new(
            "providers.Staff",
            provider=provider.row,
            code=self._code(provider, "T"),
            name=f"{first} {last}",
            valid_from=_SETTLED,
        )

    def _house(self, provider: _Provider, service: str) -> _House:
        kind = service if service in _HOUSES else ""
        capacity, size_class = _HOUSES[kind]
        houses = provider.houses.setdefault(service, [])
        if not houses or houses[-1].persons == capacity:
            code = self._code(provider, "K")
            row = {"provider": provider.row}
            building = self._new("providers.Building", code=code, **row)
            place = self._new(
                "providers.Place", code=code, name=f"Kodu {code}", building=building, **row
            )
            if size_class:
                size = {"size_class": size_class, "first_day": _SETTLED}
                self._new("providers.SizePeriod", place=place, **size, **row)
            self._new(
                "providers.Licence",
                **{"code": f"L-{code}", "place": place, "service": service, **row},
                **{"valid_from": _SETTLED, "max_persons": capacity},
                target_groups="ordinary" if service == "OEH" else "",
            )
            provider.houses[service] = [*houses[-1:], _House(place)]
        provider.houses[service][-1].persons += 1
        return provider.houses[service][-1]

    def _referral(
        self, provider: _Provider, person: Any, service: str, months: tuple[int, int]
    ) -> Any:
        house = self._house(provider, service)
        first = self._plan.months[months[0]].first if months[0] else _SETTLED
        volume = {"planned_volume": _PNH_UNITS, "volume_unit": "day_month"}
        referral = self._new(
            "referrals.Referral",
            provider=provider.row,
            **{"person": person, "code": f"S-{person.code}", "service": service},
            **{"place": house.place, "issued_on": first - timedelta(days=14)},
            **{"valid_from": first, "valid_to": _VALID_TO},
            **(volume if service == "PNH" else {}),
        )
        of = {"provider": provider.row, "referral": referral}
        self._new("referrals.StayDay", kind="agreed", day=first, **of)
        self._new("referrals.StayDay", kind="arrived", day=first, **of)
        last = self._plan.months[months[1]]
        if months[1] < len(self._plan.months) - 1:
            reason = self._rng.choice(_END_REASONS)
            self._new("referrals.StayDay", kind="ended", day=last.last, reason=reason, **of)
        if service in ("KE", "OEH"):
            month = self._plan.months[self._rng.randrange(months[0], months[1] + 1)]
            self._happenings(provider, service, month, of)
        return referral

    def _happenings(
        self, provider: _Provider, service: str, month: Month, of: dict[str, Any]
    ) -> None:
        """Lay some days away, some in hospital with its confirmation, and some moves."""
        if self._drawn(_AWAY_SHARE):
            away = month.first + timedelta(days=self._rng.randrange(2, 15))
            back = away + timedelta(days=self._rng.randrange(2, 10))
            kind = "hospital" if self._drawn(0.4) else "absent"
            self._new(
                "referrals.Absence",
                **{"code": self._code(provider, "P"), "kind": kind, **of},
                **{"first_day": away, "last_day": back, "learned_on": away},
            )
            if kind == "hospital":
                period = month.year * 100 + month.month
                self._new("referrals.Confirmation", period=period, received_on=month.last, **of)
        houses = provider.houses[service]
        if len(houses) > 1 and self._drawn(_MOVED_SHARE):
            self._new("referrals.Move", from_day=month.first, place=houses[0].place, **of)
