"""The facts of a few persons' month, read with as few questions as their services need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from tugiplaan.accounts.access import Scope
from tugiplaan.billing.facts import read_month
from tugiplaan.delivery.queries import few as records
from tugiplaan.people.queries import person_facts_of
from tugiplaan.pricelists.queries import component_price_facts, own_price_facts, rate_pack
from tugiplaan.providers.queries import (
    component_contract_facts,
    size_class_facts,
    state_contract_fact,
)
from tugiplaan.referrals.queries import ReferralFacts, facts_of_persons
from tugiplaan.rules.facts import (
    ComponentRecord,
    Contract,
    Facts,
    Person,
    PriceList,
    Session,
    StateContract,
    Surroundings,
)
from tugiplaan.rules.packs import lay_over
from tugiplaan.rules.period import Month
from tugiplaan.rules.services import HOURS, UNITS
from tugiplaan.rules.settlement import with_new_places
from tugiplaan.rules.tables import Law, builtin


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose month is read, and what of it.

    Attributes:
        persons: The entries that stand for the persons.
        standing: For each merged entry of the provider the one that stands for it.
        scope: Whom the asking user reaches; others are left out.
        has_referrals: Hours and days under referrals, and prices for them.
        has_components: Component records with their prices and sessions.
        session_ids: Group sessions in which the persons are about to take part.
    """

    persons: frozenset[UUID]
    standing: Mapping[UUID, UUID]
    scope: Scope
    has_referrals: bool = True
    has_components: bool = True
    session_ids: frozenset[UUID] = frozenset()

    @property
    def entries(self) -> list[UUID]:
        """All entries of the persons."""
        merged = [entry for entry, kept in self.standing.items() if kept in self.persons]
        return [*self.persons, *merged]


@dataclass(frozen=True, slots=True)
class FewMonths:
    """A month of a few persons before it is settled.

    Attributes:
        persons: The facts of each person by the entry that stands for the person.
        referrals: Code of each referral by its id.
        sessions: Code of each wanted session that is open, by its id.
        took_part: Who took part in the sessions: session code and person code.
    """

    month: Month
    law: Law
    contract: Contract
    persons: Mapping[UUID, Facts]
    referrals: Mapping[UUID, str]
    sessions: Mapping[UUID, str] = field(default_factory=dict)
    took_part: frozenset[tuple[str, str]] = frozenset()


def read_few(provider_id: UUID, wanted: Wanted, month: Month) -> FewMonths:
    """Read what the month of a few persons depends on, seen from its last day.

    Args:
        provider_id: At which provider.
        wanted: Whose month, and what of it.
        month: The month.

    Returns:
        The facts as `billing.facts.read_month` gives them of these persons; who is out of
        reach is left out. The number of queries does not grow with persons and records.
    """
    persons = person_facts_of(provider_id, wanted.persons, wanted.scope)
    found = [
        replace(one, person_id=wanted.standing.get(one.person_id, one.person_id))
        for one in facts_of_persons(provider_id, wanted.entries, month.last)
    ]
    state = state_contract_fact(provider_id, month.first)
    rates = rate_pack(provider_id)
    law = builtin(None)
    if rates is not None:
        law = lay_over(law, rates, known=None)
    shared = _Shared(provider_id, month, state, law)
    components = _read_components(shared, wanted) if wanted.has_components else _Components()
    sessions = {
        code: Session(min(who), len(who)) for code, who in by_session(components.took_part).items()
    }
    surroundings = replace(_surroundings(shared, found), sessions=sessions)
    with_records = _with_records(shared, found) if wanted.has_referrals else found
    return FewMonths(
        month=month,
        law=law,
        contract=Contract(
            state=state,
            own_prices=own_price_facts(provider_id)
            if wanted.has_referrals
            else Contract().own_prices,
            components=components.prices,
        ),
        persons=_facts(persons, with_records, month, surroundings, components.records),
        referrals={one.referral_id: one.facts.referral for one in found},
        sessions=components.sessions,
        took_part=frozenset(components.took_part),
    )


@dataclass(frozen=True, slots=True)
class _Shared:
    provider_id: UUID
    month: Month
    state: StateContract
    law: Law


@dataclass(frozen=True, slots=True)
class _Components:
    """Component records by person, and what they are priced with."""

    records: Mapping[UUID, list[ComponentRecord]] = field(default_factory=dict)
    prices: PriceList = field(default_factory=PriceList)
    sessions: Mapping[UUID, str] = field(default_factory=dict)
    took_part: Iterable[tuple[str, str]] = ()


def by_session(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Give the persons of each session."""
    found: dict[str, set[str]] = {}
    for session, person in pairs:
        found.setdefault(session, set()).add(person)
    return found


def _surroundings(shared: _Shared, found: list[ReferralFacts]) -> Surroundings:
    if any(one.facts.slot for one in found):
        # A new place keeps its count when another moves in: that needs everybody's facts.
        given = read_month(shared.provider_id, shared.month, shared.month.last)
        return with_new_places(given.persons, given.law, given.contract)
    if any(one.facts.kind.is_sized for one in found):
        return Surroundings(size_classes=size_class_facts(shared.provider_id))
    return Surroundings()


def _read_components(shared: _Shared, wanted: Wanted) -> _Components:
    provider_id, month = shared.provider_id, shared.month
    months = records.periods(Month(month.year, 1), month)
    found: dict[UUID, list[ComponentRecord]] = {}
    read = records.components_of_few(provider_id, wanted.entries, months)
    for entry, rows in read.items():
        found.setdefault(wanted.standing.get(entry, entry), []).extend(rows)
    for rows in found.values():
        rows.sort(key=lambda row: row.record)
    opened = records.session_codes(provider_id, wanted.session_ids) if wanted.session_ids else {}
    codes = {row.session for rows in found.values() for row in rows if row.session}
    codes |= set(opened.values())
    return _Components(
        records=found,
        prices=PriceList(component_price_facts(provider_id), component_contract_facts(provider_id)),
        sessions=opened,
        took_part=records.took_part(provider_id, codes) if codes else (),
    )


def _with_records(shared: _Shared, found: list[ReferralFacts]) -> list[ReferralFacts]:
    """Give the referrals with their hours and days since the facts are complete."""
    since = Month.of(shared.state.history_from or shared.month.first)
    months = records.periods(min(since, shared.month), shared.month)
    families = {family: _ids(found, family) for family in (HOURS, UNITS)}
    hours = (
        records.hours_of_few(shared.provider_id, families[HOURS], months) if families[HOURS] else {}
    )
    days = (
        records.days_of_few(shared.provider_id, families[UNITS], months) if families[UNITS] else {}
    )
    return [
        replace(
            one,
            facts=replace(
                one.facts,
                hours=tuple(sorted(hours.get(one.referral_id, ()), key=lambda row: row.record)),
                days=tuple(days.get(one.referral_id, ())),
            ),
        )
        for one in found
    ]


def _ids(found: list[ReferralFacts], family: str) -> list[UUID]:
    return [one.referral_id for one in found if one.facts.kind.family == family]


def _facts(
    persons: Mapping[UUID, Person],
    found: list[ReferralFacts],
    month: Month,
    surroundings: Surroundings,
    components: Mapping[UUID, list[ComponentRecord]],
) -> dict[UUID, Facts]:
    return {
        key: Facts(
            person=person,
            month=month,
            as_of=month.last,
            referrals=tuple(
                sorted(
                    (one.facts for one in found if one.person_id == key),
                    key=lambda one: one.referral,
                )
            ),
            components=tuple(components.get(key, ())),
            surroundings=surroundings,
        )
        for key, person in persons.items()
    }
