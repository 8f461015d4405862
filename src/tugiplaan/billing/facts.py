"""The facts of a provider's month, read set by set, and the law that settles it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
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
    places, workers = place_codes(provider_id), staff_codes(provider_id)
    agreed = contract_facts(provider_id, month.first)
    prices = component_price_facts(provider_id)
    rates = rate_pack(provider_id)
    law = builtin(known) if rates is None else lay_over(builtin(known), rates, known=known)
    capped = [(row.funder, row.component) for row in prices if row.ceiling is not None]
    codes = {person_id: person.person for person_id, person in persons.items()}
    surroundings = Surroundings(
        size_classes=size_class_facts(provider_id),
        sessions=_sessions(provider_id, month, standing, codes, whole_year=bool(capped)),
    )
    referrals = referral_facts(provider_id, standing, places, month.last)
    components = _components(provider_id, month, capped, (standing, codes, workers))
    since = Month.of(agreed.state.history_from or month.first)
    records = _Records(
        months.hours_in_month(provider_id, month, workers),
        months.hours_before(provider_id, month, since) if since < month else {},
        months.days_until(provider_id, month, min(since, month)),
    )
    return ProviderMonth(
        provider_id=provider_id,
        month=month,
        as_of=as_of,
        persons=tuple(
            Facts(
                person=person,
                month=month,
                as_of=as_of,
                referrals=found,
                components=tuple(components.get(person_id, ())),
                surroundings=surroundings,
            )
            for person_id, person, found in _by_person(persons, referrals, records)
        ),
        house=House(
            licences=house_facts(provider_id), empty_places=months.empty_places(provider_id, places)
        ),
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
            persons={code: person_id for person_id, code in codes.items()},
            referrals={one.facts.referral: one.referral_id for one in referrals},
            places={code: place_id for place_id, code in places.items()},
        ),
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
    provider_id: UUID,
    month: Month,
    capped: list[tuple[str, str]],
    names: tuple[Mapping[UUID, UUID], Mapping[UUID, str], Mapping[UUID, str]],
) -> dict[UUID, list[ComponentRecord]]:
    """Give the component records by person, each person's by key."""
    standing, _, workers = names
    found: dict[UUID, list[ComponentRecord]] = {}
    for row in months.components_until(provider_id, month, capped):
        person = standing.get(row["person_id"], row["person_id"])
        found.setdefault(person, []).append(
            ComponentRecord(
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
                worker=workers[row["worker_id"]],
                activity=row["activity"],
            )
        )
    for records in found.values():
        records.sort(key=lambda record: record.record)
    return found


def _sessions(
    provider_id: UUID,
    month: Month,
    standing: Mapping[UUID, UUID],
    codes: Mapping[UUID, str],
    *,
    whole_year: bool,
) -> dict[str, Session]:
    """Give each group session with the person whose code sorts first, and how many took part."""
    took_part: dict[str, set[str]] = {}
    for session, person in months.sessions_until(provider_id, month, whole_year=whole_year):
        took_part.setdefault(session, set()).add(codes[standing.get(person, person)])
    return {session: Session(min(found), len(found)) for session, found in took_part.items()}


@cache
def _builtin_digest() -> str:
    digest = hashlib.sha256()
    folder = resources.files("tugiplaan.rules").joinpath("data")
    for path in sorted(folder.iterdir(), key=lambda one: one.name):
        if path.name.endswith(".yaml") and not path.name.startswith("messages"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def law_digest(rates: RatePack | None) -> str:
    """Give what the law is known by: the built-in data, and a provider's own rates over them."""
    if rates is None:
        return _builtin_digest()
    return hashlib.sha256(f"{_builtin_digest()}{rates.values!r}".encode()).hexdigest()
