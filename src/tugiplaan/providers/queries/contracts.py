"""Contracts, licences, sizes and billing terms, as the rules and pages read them."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from tugiplaan.providers.models import (
    BillingTerms,
    ComponentContract,
    Licence,
    Provider,
    SizePeriod,
    StateContract,
)
from tugiplaan.rules import facts
from tugiplaan.rules.vocabulary import (
    AbsenceYear,
    GroupPrice,
    IncrementRounding,
    PartMonthDenominator,
    Service,
    SizeClass,
    TargetGroup,
    TeMinimum,
)


class ContractFacts(NamedTuple):
    """What the rules need to know of a provider and its contracts in a month.

    Attributes:
        state: The contract with the authority in force for the month.
        provider: Who delivers and invoices.
        components: All contracts with funders of component services, whatever their days.
    """

    state: facts.StateContract
    provider: facts.Provider
    components: tuple[facts.ComponentContract, ...]


def contract_facts(provider_id: UUID, day: date) -> ContractFacts:
    """Give a provider and its contracts as the rules see them. Three queries.

    Args:
        provider_id: Whose contracts.
        day: Any day of the month to be settled.

    Returns:
        Of the contracts with the authority the one that holds for the month as
        `state_contract_on` chooses it, the defaults where there is none; component contracts in
        the order of funder and beginning.

    Raises:
        Provider.DoesNotExist: There is no such provider.
    """
    provider = Provider.objects.get(pk=provider_id)
    state = state_contract_on(provider_id, day)
    return ContractFacts(
        state=_state_fact(state) if state else facts.StateContract(),
        provider=facts.Provider(
            name=provider.name,
            registry_code=provider.registry_code,
            vat_number=provider.vat_number,
            iban=provider.iban,
        ),
        components=tuple(component_fact(row) for row in component_contracts(provider_id)),
    )


def state_contract_fact(provider_id: UUID, day: date) -> facts.StateContract:
    """Give the contract with the authority as `contract_facts` does. One query."""
    state = state_contract_on(provider_id, day)
    return _state_fact(state) if state else facts.StateContract()


def component_contract_facts(provider_id: UUID) -> tuple[facts.ComponentContract, ...]:
    """Give the contracts with funders of component services as the rules do. One query."""
    return tuple(component_fact(row) for row in component_contracts(provider_id))


def state_contract_on(provider_id: UUID, day: date) -> StateContract | None:
    """Give the contract with the authority that holds for the month of a day.

    Args:
        provider_id: Whose contract.
        day: Any day of the month.

    Returns:
        The latest that begins by the first day of the month; where none does, the earliest;
        None where there is none at all.
    """
    rows = list(StateContract.objects.filter(provider_id=provider_id).order_by("valid_from"))
    begun = [row for row in rows if row.valid_from <= day.replace(day=1)]
    return begun[-1] if begun else next(iter(rows), None)


def _state_fact(row: StateContract) -> facts.StateContract:
    return facts.StateContract(
        valid_from=row.valid_from,
        history_from=row.history_from,
        part_month_denominator=PartMonthDenominator(row.part_month_denominator),
        absence_year=AbsenceYear(row.absence_year),
        absence_year_limit_days=row.absence_year_limit_days,
        hospital_year_limit_days=row.hospital_year_limit_days,
        te_minimum=TeMinimum(row.te_minimum),
        pays_unused_pnh_days=row.pays_unused_pnh_days,
        pays_unused_int_days=row.pays_unused_int_days,
        pays_empty_court_places=row.pays_empty_court_places,
    )


def component_contracts(provider_id: UUID) -> QuerySet[ComponentContract]:
    """Give the contracts with funders of component services, by funder and beginning."""
    found = ComponentContract.objects.filter(provider_id=provider_id)
    return found.order_by("funder", "valid_from")


def component_fact(row: ComponentContract) -> facts.ComponentContract:
    """Give a contract with a funder as the rules see it."""
    return facts.ComponentContract(
        funder=row.funder,
        valid_from=row.valid_from,
        minutes_per_hour=row.minutes_per_hour,
        increment_minutes=row.increment_minutes,
        increment_rounding=IncrementRounding(row.increment_rounding),
        group_price=GroupPrice(row.group_price),
    )


def house_facts(provider_id: UUID) -> tuple[facts.Licence, ...]:
    """Give a provider's licences as the rules see them, in the order of their numbers.

    Returns:
        Each with the code of its place. One query.
    """
    rows = Licence.objects.filter(provider_id=provider_id).select_related("place")
    return tuple(
        facts.Licence(
            licence=row.code,
            place=row.place.code,
            service=Service(row.service),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            max_persons=row.max_persons,
            target_groups=frozenset(TargetGroup(code) for code in row.target_groups.split()),
        )
        for row in rows.order_by("code")
    )


def size_class_facts(provider_id: UUID) -> dict[str, tuple[facts.PlacePeriod, ...]]:
    """Give the size classes of a provider's places as the rules see them.

    Returns:
        Place code to its periods, the earliest first. One query.
    """
    rows = SizePeriod.objects.filter(provider_id=provider_id)
    found: dict[str, list[facts.PlacePeriod]] = {}
    columns = ("place__code", "first_day", "last_day", "size_class")
    for place, first, last, size in rows.order_by("place__code", "first_day").values_list(*columns):
        found.setdefault(place, []).append(facts.PlacePeriod(first, last, SizeClass(size)))
    return {place: tuple(periods) for place, periods in found.items()}


def billing_terms_on(provider_id: UUID, funder: str, day: date) -> BillingTerms | None:
    """Give how a funder is invoiced on a day: the latest terms that have begun.

    Returns:
        None where none have begun.
    """
    found = BillingTerms.objects.filter(provider_id=provider_id, funder=funder)
    return found.filter(valid_from__lte=day).order_by("-valid_from").first()
