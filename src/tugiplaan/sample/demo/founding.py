"""Founding the houses of the demo: organisations, places, licences, contracts, prices."""

from datetime import date
from decimal import Decimal
from typing import Any

from tugiplaan.accounts.actions import operator
from tugiplaan.pricelists.actions import (
    Confirmation,
    Price,
    confirm_price,
    set_own_price,
    take_over_template,
)
from tugiplaan.providers import actions as providers
from tugiplaan.rules import facts
from tugiplaan.rules.packs import price_templates
from tugiplaan.rules.vocabulary import Service
from tugiplaan.sample.demo.organisations import (
    AUTHORITY,
    IBAN,
    MUNICIPALITY,
    MUNICIPALITY_NAME,
    Organisation,
)
from tugiplaan.sample.demo.staffing import employ, let_in
from tugiplaan.sample.demo.stage import BEGAN, FIRST_MONTH, House, Stage

_PAYMENT_DAYS = 21
_OWN_PRICE_OF_TE = Decimal("305.00")
_PNH_BEGAN = date(2025, 1, 1)
_PRICE_LIST = "P4"


def found(stage: Stage, organisation: Organisation) -> House:
    """Found a house: first the organisation and its director, who then does the rest.

    Args:
        stage: What is shared.
        organisation: Which.

    Returns:
        The house, without anybody in it.
    """
    data = providers.ProviderData(
        name=organisation.name,
        registry_code=organisation.registry_code,
        iban=IBAN,
        address=organisation.address,
        email=f"info@{organisation.key}.example.ee",
    )
    provider = providers.register_provider(data=data, by=operator(), on=BEGAN)
    house = House(organisation, provider.pk)
    stage.houses[organisation.key] = house
    for hand in organisation.hands:
        stage.take_name((hand.name.split()[0], hand.name.split()[1]))
        let_in(stage, house, hand)
    for building in dict.fromkeys(room.building for room in organisation.rooms):
        _build(house, building)
    if organisation.is_municipal:
        _agree_with_municipality(house)
    else:
        _agree_with_authority(house)
    for hand in organisation.hands:
        employ(house, hand)
    return house


def _build(house: House, code: str) -> None:
    """Add a building with its rooms, their sizes and licences."""
    who: dict[str, Any] = {"by": house.director, "on": BEGAN}
    organisation, provider_id = house.organisation, house.provider_id
    building = providers.add_building(
        provider_id=provider_id, code=code, address=organisation.address, **who
    )
    for room in organisation.rooms:
        if room.building != code:
            continue
        data = providers.PlaceData(room.code, room.name, organisation.address, organisation.county)
        place = providers.add_place(building=building, place=data, **who)
        house.places[room.code] = place.pk
        if room.size:
            size = providers.Size(room.size, BEGAN)
            providers.set_size_class(place=place, size=size, why="", **who)
        for number, permit in enumerate(room.permits, 1):
            licence = providers.LicenceData(
                code=f"SEH-{organisation.reference[-3:]}-{room.code}-{number}",
                place_id=place.pk,
                service=permit.service,
                max_persons=permit.persons,
                valid_from=_PNH_BEGAN if permit.service is Service.PNH else BEGAN,
                target_groups=permit.groups,
            )
            providers.add_licence(provider_id=provider_id, data=licence, why="", **who)


def _agree_with_authority(house: House) -> None:
    """Set the contract with the authority, how it is invoiced, and a price below the maximum."""
    who: dict[str, Any] = {"by": house.director, "on": BEGAN}
    contract = facts.StateContract(
        valid_from=date(2024, 1, 1),
        history_from=FIRST_MONTH.first,
        pays_empty_court_places="KM" in house.places,
    )
    providers.set_state_contract(provider_id=house.provider_id, contract=contract, why="", **who)
    _invoice(house, AUTHORITY, "Sotsiaalkindlustusamet")
    if "KORTERID" in house.places:
        price = Price("TE", _OWN_PRICE_OF_TE, FIRST_MONTH.first)
        set_own_price(provider_id=house.provider_id, price=price, why="", **who)


def _invoice(house: House, funder: str, name: str) -> None:
    # The law leaves the term of payment to the contract (SHS § 79(5)); this one is made up.
    terms = providers.Terms(
        funder=funder,
        funder_name=name,
        valid_from=BEGAN,
        payment_days=_PAYMENT_DAYS,
        buyer_reference=f"NÄIDIS-{house.organisation.reference[-3:]}",
        reference_number=house.organisation.reference,
        contract_number=f"NÄIDIS {house.organisation.reference[:4]}",
    )
    providers.set_billing_terms(
        provider_id=house.provider_id, terms=terms, why="", by=house.director, on=BEGAN
    )


def _agree_with_municipality(house: House) -> None:
    """Set the contract with the municipality and its price list, the sure prices confirmed."""
    who: dict[str, Any] = {"by": house.director, "on": date(2025, 1, 2)}
    provider_id = house.provider_id
    contract = facts.ComponentContract(funder=MUNICIPALITY, valid_from=date(2025, 1, 1))
    providers.set_component_contract(provider_id=provider_id, contract=contract, why="", **who)
    _invoice(house, MUNICIPALITY, MUNICIPALITY_NAME)
    taken = take_over_template(
        provider_id=provider_id, version=_PRICE_LIST, funder=MUNICIPALITY, **who
    )
    sure = {row.component for row in price_templates()[_PRICE_LIST] if row.is_sure}
    for row in taken.rows:
        if row.component in sure:
            confirmation = Confirmation(row.valid_from, row.valid_to)
            confirm_price(price=row, confirmation=confirmation, **who)
