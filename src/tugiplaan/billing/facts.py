"""The facts of a provider's month, read set by set, and the law that settles it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, NamedTuple
from uuid import UUID

from tugiplaan.billing.frozen import Keys
from tugiplaan.delivery.queries import months
from tugiplaan.people.queries import person_facts, standing_for
from tugiplaan.pricelists.queries import component_price_facts, own_price_facts, rate_pack
from tugiplaan.providers.queries import (
    contract_facts,
    house_facts,
    place_codes,
    size_class_facts,
    staff_codes,
)
from tugiplaan.referrals.queries import ReferralFacts, referral_facts
from tugiplaan.rules.facts import (
    ComponentPrice,
    ComponentRecord,
    Contract,
    DayRecord,
    Facts,
    HourRecord,
    House,
    Person,
    PriceList,
    Referral,
    Session,
    Surroundings,
)
from tugiplaan.rules.packs import RatePack, lay_over
from tugiplaan.rules.period import Month
from tugiplaan.rules.tables import Law, builtin
from tugiplaan.rules.vocabulary import Audience, Mode


@dataclass(frozen=True, slots=True)
class ProviderMonth:
    """A provider's month before it is settled.

    Attributes:
        persons: The facts of each person, by code.
        house: Licences and empty places.
        law: The law with the provider's own rates over it.
        rates: The provider's own rates; None: it has none.
        law_digest: What the law is known by: equal digests, equal law.
        keys: Ids by code.
    """

    provider_id: UUID
    month: Month
    as_of: date
    persons: tuple[Facts, ...]
    house: House
    law: Law
    rates: RatePack | None
    law_digest: str
    contract: Contract
    keys: Keys


def month_of(period: int) -> Month:
    """Give the month of YYYYMM."""
    return Month(period // 100, period % 100)


def read_month(
    provider_id: UUID, month: Month, as_of: date, *, known: date | None = None
) -> ProviderMonth:
    """Read everything that a provider's month depends on.

    Args:
        provider_id: Whose.
        month: The month to settle.
        as_of: The day from which one looks.
        known: Settle by what was known of the law on this day; None: by all that is known.

    Returns:
        The facts. The number of queries is the same however many persons there are.
    """
    standing = standing_for(provider_id)
    persons = person_facts(provider_id)
    codes = {person_id: person.person for person_id, person in persons.items()}
    names = _Names(standing, codes, place_codes(provider_id), staff_codes(provider_id))
    agreed = contract_facts(provider_id, month.first)
    prices = component_price_facts(provider_id)
    rates = rate_pack(provider_id)
    law = builtin(known)
    if rates is not None:
        law = lay_over(law, rates, known=known)
    referrals = referral_facts(provider_id, standing, names.places, month.last)
    return ProviderMonth(
        provider_id=provider_id,
        month=month,
        as_of=as_of,
        persons=_persons(
            _read_records(provider_id, month, agreed.state.history_from, names.workers),
            (persons, referrals),
            _Scene(month, as_of, *_components(provider_id, month, prices, names)),
        ),
        house=House(house_facts(provider_id), months.empty_places(provider_id, names.places)),
        law=law,
        rates=rates,
        law_digest=law_digest(rates),
        contract=Contract(
            provider=agreed.provider,
            state=agreed.state,
            own_prices=own_price_facts(provider_id),
            components=PriceList(prices, agreed.components),
        ),
        keys=Keys(
            _turned(names.persons),
            {one.facts.referral: one.referral_id for one in referrals},
            _turned(names.places),
        ),
    )


def _turned(codes: Mapping[UUID, str]) -> dict[str, UUID]:
    return {code: key for key, code in codes.items()}


class _Names(NamedTuple):
    """The codes of persons, places and workers by id, and who stands for whom."""

    standing: Mapping[UUID, UUID]
    persons: Mapping[UUID, str]
    places: Mapping[UUID, str]
    workers: Mapping[UUID, str]


class _Scene(NamedTuple):
    """What the facts of all persons share, and the component records of each."""

    month: Month
    as_of: date
    surroundings: Surroundings
    components: Mapping[UUID, list[ComponentRecord]]


def _read_records(
    provider_id: UUID, month: Month, history_from: date | None, workers: Mapping[UUID, str]
) -> "_Records":
    since = Month.of(history_from or month.first)
    return _Records(
        months.hours_in_month(provider_id, month, workers),
        months.hours_before(provider_id, month, since) if since < month else {},
        months.days_until(provider_id, month, min(since, month)),
    )


def _persons(
    records: "_Records",
    read: tuple[Mapping[UUID, Person], list[ReferralFacts]],
    scene: _Scene,
) -> tuple[Facts, ...]:
    """Give the facts of each person, persons in the order of codes."""
    return tuple(
        Facts(
            person=person,
            month=scene.month,
            as_of=scene.as_of,
            referrals=found,
            components=tuple(scene.components.get(person_id, ())),
            surroundings=scene.surroundings,
        )
        for person_id, person, found in _by_person(*read, records)
    )


@dataclass(frozen=True, slots=True)
class _Records:
    """Records by referral: of the month, of earlier months, and used days."""

    hours: Mapping[UUID, list[HourRecord]]
    before: Mapping[UUID, list[HourRecord]]
    days: Mapping[UUID, list[DayRecord]]

    def of(self, one: ReferralFacts) -> Referral:
        """Give a referral with its records."""
        key = one.referral_id
        hours = (*self.before.get(key, ()), *self.hours.get(key, ()))
        days = self.days.get(key, ())
        if not hours and not days:
            return one.facts
        facts = one.facts
        return Referral(
            **{name: getattr(facts, name) for name in _KEPT}, hours=hours, days=tuple(days)
        )


_KEPT = (
    *("referral", "service", "variant", "issued_on", "valid_from", "valid_to", "agreed_start"),
    *("arrived_on", "ended_on", "end_reason", "planned_volume", "volume_unit", "is_released"),
    *("slot", "slot_new_from", "places", "absences", "confirmed_months"),
)


def _by_person(
    persons: Mapping[UUID, Person], referrals: list[ReferralFacts], records: _Records
) -> Iterator[tuple[UUID, Person, tuple[Referral, ...]]]:
    """Give each person with the person's referrals by code, persons in the order of codes."""
    of_person: dict[UUID, list[Referral]] = {}
    for one in referrals:
        of_person.setdefault(one.person_id, []).append(records.of(one))
    for person_id, person in sorted(persons.items(), key=lambda item: item[1].person):
        found = sorted(of_person.get(person_id, ()), key=lambda one: one.referral)
        yield person_id, person, tuple(found)


def _components(
    provider_id: UUID, month: Month, prices: Sequence[ComponentPrice], names: _Names
) -> tuple[Surroundings, dict[UUID, list[ComponentRecord]]]:
    """Give places and sessions, and the component records by person, each person's by key."""
    capped = [(row.funder, row.component) for row in prices if row.ceiling is not None]
    found: dict[UUID, list[ComponentRecord]] = {}
    for row in months.components_until(provider_id, month, capped):
        person = names.standing.get(row["person_id"], row["person_id"])
        found.setdefault(person, []).append(_component(row, names))
    for records in found.values():
        records.sort(key=lambda record: record.record)
    took_part: dict[str, set[str]] = {}
    sessions = months.sessions_until(provider_id, month, whole_year=bool(capped))
    for session, person in sessions:
        code = names.persons[names.standing.get(person, person)]
        took_part.setdefault(session, set()).add(code)
    surroundings = Surroundings(
        size_classes=size_class_facts(provider_id),
        sessions={code: Session(min(all_), len(all_)) for code, all_ in took_part.items()},
    )
    return surroundings, found


def _component(row: Mapping[str, Any], names: _Names) -> ComponentRecord:
    return ComponentRecord(
        record=row["key"],
        session=row["session__code"] or "",
        day=row["day"],
        start=row["start"],
        funder=row["funder"],
        component=row["component"],
        mode=Mode(row["mode"]),
        audience=Audience(row["audience"]),
        minutes=row["minutes"],
        participants=row["participants"],
        worker=names.workers[row["worker_id"]],
        activity=row["activity"],
    )


_WORDS = ("messages", "labels")
"""Data that says how something is told, not what holds."""


@cache
def _builtin_digest() -> str:
    digest = hashlib.sha256()
    folder = resources.files("tugiplaan.rules").joinpath("data")
    for path in sorted(folder.iterdir(), key=lambda one: one.name):
        if path.name.endswith(".yaml") and not path.name.startswith(_WORDS):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def law_digest(rates: RatePack | None) -> str:
    """Give what the law is known by: the built-in data, and a provider's own rates over them."""
    if rates is None:
        return _builtin_digest()
    return hashlib.sha256(f"{_builtin_digest()}{rates.values!r}".encode()).hexdigest()
