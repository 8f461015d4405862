"""Providers, places, sizes and licences, against the database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import TODAY, make_provider, make_user
from tugiplaan.accounts.access import NotAllowedError, User
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.queries import events_of, faults
from tugiplaan.audit.recorder import acting
from tugiplaan.providers import actions, queries
from tugiplaan.providers.actions import (
    LicenceData,
    PlaceData,
    ProviderData,
    Size,
    Terms,
    UnableToAddPlaceError,
    UnableToRecordLicenceError,
    UnableToRegisterProviderError,
    UnableToSetContractError,
    UnableToSetSizeError,
)
from tugiplaan.providers.books import MonthClosedError, WhyNeededError, book_of, set_state
from tugiplaan.providers.models import (
    Licence,
    MonthBook,
    Place,
    Provider,
    SizePeriod,
    StateContract,
)
from tugiplaan.rules import facts
from tugiplaan.rules.vocabulary import Service, SizeClass, TargetGroup, TeMinimum

pytestmark = pytest.mark.django_db

KODU = ProviderData("Kodu OÜ", "12345678", iban="EE382200221020145685")
NEW_YEAR = date(2026, 1, 1)


def set_month(provider: Provider, period: int, state: MonthBook.State) -> None:
    with acting(by=operator(), name="test.set_month", provider_id=provider.pk) as act:
        set_state(act, book_of(provider.pk, period), state, "proov")


def close(provider: Provider, period: int) -> None:
    set_month(provider, period, MonthBook.State.CLOSED)


def add_place(provider: Provider, code: str = "K1") -> Place:
    do: Any = {"by": operator(), "on": TODAY}
    building = actions.add_building(provider_id=provider.pk, code=f"H{code}", address="", **do)
    return actions.add_place(building=building, place=PlaceData(code, code), **do)


def test_an_organisation_is_registered_with_places_and_a_licence() -> None:
    do: Any = {"by": operator(), "on": TODAY}
    provider = actions.register_provider(data=KODU, **do)
    director = make_user("Juhan Juht", "director", provider)
    do["by"] = director
    building = actions.add_building(provider_id=provider.pk, code="Kase 1", address="Tartu", **do)
    place = actions.add_place(building=building, place=PlaceData("K1", "Kase kodu"), **do)
    actions.set_size_class(place=place, size=Size(SizeClass.LE12, NEW_YEAR), why="", **do)
    data = LicenceData(
        "SEH1",
        place.pk,
        Service.OEH,
        12,
        NEW_YEAR,
        target_groups=frozenset({TargetGroup.ORDINARY, TargetGroup.AUT}),
    )
    actions.add_licence(provider_id=provider.pk, data=data, why="", **do)
    changed = actions.change_provider(
        provider=provider, data=replace(KODU, name="Kodu SA"), why="uus nimi", **do
    )
    assert changed.name == "Kodu SA"
    assert list(queries.places_of(provider.pk)) == [place]
    assert queries.licences_of(provider.pk).get().target_groups == "aut ordinary"
    assert queries.size_class_facts(provider.pk)["K1"][0].size_class is SizeClass.LE12
    assert events_of(provider.pk).count() == 6
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (ProviderData(" "), "Nimi"),
        (ProviderData("A", "12345679"), "Registrikood"),
        (ProviderData("A", vat_number="EE1"), "KMKR"),
        (ProviderData("A", iban="EE00"), "Kontonumber"),
        (ProviderData("A", "12345678"), "juba olemas"),
    ],
)
def test_an_organisation_that_cannot_be_is_refused(data: ProviderData, part: str) -> None:
    do: Any = {"by": operator(), "on": TODAY}
    actions.register_provider(data=KODU, **do)
    other = make_provider("Teine OÜ")
    with pytest.raises(UnableToRegisterProviderError, match=part):
        actions.register_provider(data=data, **do)
    with pytest.raises(UnableToRegisterProviderError, match=part):
        actions.change_provider(provider=other, data=data, why="", **do)
    assert sorted(Provider.objects.values_list("name", flat=True)) == ["Kodu OÜ", "Teine OÜ"]


def test_places_without_a_code_or_with_a_taken_one_are_refused() -> None:
    provider, do = make_provider(), {"by": operator(), "on": TODAY}
    place = add_place(provider)
    house: dict[str, Any] = {"provider_id": provider.pk, "address": "", **do}
    for code, part in [(" ", "vajalik"), ("HK1", "juba olemas")]:
        with pytest.raises(UnableToAddPlaceError, match=part):
            actions.add_building(code=code, **house)
    for data, part in [
        (PlaceData("", "Kodu"), "vajalikud"),
        (PlaceData("K2", " "), "vajalikud"),
        (PlaceData("K1", "Kodu"), "juba olemas"),
    ]:
        with pytest.raises(UnableToAddPlaceError, match=part):
            actions.add_place(building=place.building, place=data, by=operator(), on=TODAY)
    assert Place.objects.get() == place


def test_the_size_set_later_holds_on_its_days_and_one_from_the_same_day_is_changed() -> None:
    provider = make_provider()
    place = add_place(provider)
    sizes = [
        Size(SizeClass.GT12, NEW_YEAR),
        Size(SizeClass.G6, date(2026, 3, 1), date(2026, 4, 30)),
        Size(SizeClass.G10, date(2026, 3, 1), date(2026, 3, 31)),
    ]
    for size in sizes:
        actions.set_size_class(place=place, size=size, why="", by=operator(), on=TODAY)
    around = facts.Surroundings(size_classes=queries.size_class_facts(provider.pk))
    found = [around.size_class_on("K1", date(2026, month, 15)) for month in (2, 3, 4)]
    assert found == [SizeClass.GT12, SizeClass.G10, SizeClass.GT12]
    backwards = Size(SizeClass.G6, TODAY, TODAY - timedelta(days=1))
    with pytest.raises(UnableToSetSizeError, match="enne esimest"):
        actions.set_size_class(place=place, size=backwards, why="", by=operator(), on=TODAY)
    close(provider, 202604)
    march = Size(SizeClass.G6, date(2026, 3, 1), date(2026, 3, 31))
    actions.set_size_class(place=place, size=march, why="", by=operator(), on=TODAY)
    with pytest.raises(MonthClosedError, match=r"04\.2026"):
        actions.set_size_class(
            place=place, size=replace(march, last_day=None), why="", by=operator(), on=TODAY
        )
    assert SizePeriod.objects.get(first_day=date(2026, 3, 1)).last_day == date(2026, 3, 31)
    assert list(faults()) == []


def licence_data(place: Place, **values: Any) -> LicenceData:
    return replace(LicenceData("SEH1", place.pk, Service.OEH, 12, NEW_YEAR), **values)


def test_a_licence_that_cannot_be_is_refused() -> None:
    provider, strange = make_provider(), add_place(make_provider("Teine OÜ"))
    place = add_place(provider)
    add: Any = {"provider_id": provider.pk, "why": "", "by": operator(), "on": TODAY}
    actions.add_licence(data=licence_data(place), **add)
    groups = frozenset({TargetGroup.AUT})
    for data, part in [
        (licence_data(place, code=""), "number"),
        (licence_data(place, max_persons=0), "vähemalt üks"),
        (licence_data(place, valid_to=date(2025, 1, 1)), "enne esimest"),
        (licence_data(place, service=Service.KE, target_groups=groups), "Sihtrühmad"),
        (licence_data(strange), "ei ole selle"),
        (licence_data(place), "juba kirjas"),
    ]:
        with pytest.raises(UnableToRecordLicenceError, match=part):
            actions.add_licence(data=data, **add)
    second = actions.add_licence(data=licence_data(place, code="SEH2"), **add)
    change: Any = {"licence": second, "why": "", "by": operator(), "on": TODAY}
    with pytest.raises(UnableToRecordLicenceError, match="juba kirjas"):
        actions.change_licence(data=licence_data(place), **change)
    assert list(Licence.objects.order_by("code").values_list("code", flat=True)) == ["SEH1", "SEH2"]


@pytest.mark.parametrize(
    ("change", "closed"),
    [
        ({"valid_to": date(2026, 5, 31)}, [202606, 202706]),
        ({"valid_to": date(2026, 5, 30)}, [202605]),
        ({"max_persons": 6}, [202601, 202605, 202706]),
        ({"valid_from": date(2025, 12, 1)}, [202512, 202601, 202706]),
    ],
)
def test_a_change_of_a_licence_is_refused_in_the_months_that_feel_it(
    change: dict[str, Any], closed: list[int]
) -> None:
    for period in (202511, 202512, 202601, 202605, 202606, 202706):
        provider = make_provider(f"OÜ {period}")
        place = add_place(provider)
        licence = actions.add_licence(
            provider_id=provider.pk, data=licence_data(place), why="", by=operator(), on=TODAY
        )
        close(provider, period)
        do: Any = {"licence": licence, "why": "", "by": operator(), "on": TODAY}
        data = licence_data(place, **change)
        if period in closed:
            with pytest.raises(MonthClosedError):
                actions.change_licence(data=data, **do)
        elif period < min(closed):
            actions.change_licence(data=data, **do)


def test_an_invoiced_month_asks_for_a_reason() -> None:
    provider = make_provider()
    place = add_place(provider)
    set_month(provider, 202605, MonthBook.State.ISSUED)
    add: Any = {"provider_id": provider.pk, "by": operator(), "on": TODAY}
    with pytest.raises(WhyNeededError, match=r"05\.2026"):
        actions.add_licence(data=licence_data(place), why=" ", **add)
    actions.add_licence(data=licence_data(place), why="jäi kirja panemata", **add)
    event = events_of(provider.pk)[0]
    assert (event.why, event.details["issued"]) == ("jäi kirja panemata", [202605])


def set_contract(provider: Provider, first: date, **values: Any) -> StateContract:
    contract = facts.StateContract(first, **values)
    return actions.set_state_contract(
        provider_id=provider.pk, contract=contract, why="", by=operator(), on=TODAY
    )


def test_settings_of_the_contract_come_back_as_they_were_set() -> None:
    provider = make_provider()
    first = facts.StateContract(NEW_YEAR, NEW_YEAR, absence_year_limit_days=30)
    second = replace(first, te_minimum=TeMinimum.WEEK_BY_WEEK, pays_empty_court_places=True)
    do: Any = {"provider_id": provider.pk, "why": "", "by": operator(), "on": TODAY}
    for contract in (first, second):
        actions.set_state_contract(contract=contract, **do)
        assert queries.contract_facts(provider.pk, TODAY).state == contract
    component = facts.ComponentContract("75000000", NEW_YEAR, minutes_per_hour=45)
    actions.set_component_contract(contract=component, **do)
    actions.set_component_contract(contract=replace(component, increment_minutes=1), **do)
    found = queries.contract_facts(provider.pk, TODAY).components
    assert found == (replace(component, increment_minutes=1),)
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("first", "others", "closed", "is_refused"),
    [
        (date(2026, 3, 1), [], 202001, True),  # the first one holds for all months before too
        (date(2026, 3, 1), [NEW_YEAR], 202602, False),
        (date(2026, 3, 1), [NEW_YEAR], 202603, True),
        (date(2026, 3, 2), [NEW_YEAR], 202603, False),  # March has begun under the other
        (date(2026, 3, 2), [NEW_YEAR], 202604, True),
        (date(2026, 3, 1), [NEW_YEAR, date(2026, 5, 1)], 202604, True),
        (date(2026, 3, 1), [NEW_YEAR, date(2026, 5, 1)], 202605, False),
        (date(2026, 3, 1), [NEW_YEAR, date(2026, 5, 2)], 202605, True),
        (date(2026, 3, 1), [date(2026, 5, 1)], 202601, True),
        (date(2026, 3, 1), [date(2026, 5, 1)], 202606, False),
    ],
)
def test_a_contract_is_refused_where_a_month_that_it_holds_for_is_closed(
    first: date, others: list[date], closed: int, is_refused: bool
) -> None:
    provider = make_provider()
    for other in others:
        set_contract(provider, other)
    before = queries.state_contract_on(provider.pk, date(closed // 100, closed % 100, 1))
    close(provider, closed)
    if is_refused:
        with pytest.raises(MonthClosedError):
            set_contract(provider, first)
    else:
        set_contract(provider, first)
        day = date(closed // 100, closed % 100, 1)
        assert queries.state_contract_on(provider.pk, day) == before


@pytest.mark.parametrize(
    ("closed", "is_refused"), [(202602, False), (202603, True), (202612, True), (202701, False)]
)
def test_a_component_contract_is_felt_until_the_end_of_the_year_of_its_ceilings(
    closed: int, is_refused: bool
) -> None:
    provider = make_provider()
    do: Any = {"provider_id": provider.pk, "why": "", "by": operator(), "on": TODAY}
    for first in (NEW_YEAR, date(2026, 6, 1)):
        actions.set_component_contract(contract=facts.ComponentContract("7", first), **do)
    close(provider, closed)
    contract = facts.ComponentContract("7", date(2026, 3, 1))
    if is_refused:
        with pytest.raises(MonthClosedError):
            actions.set_component_contract(contract=contract, **do)
    else:
        actions.set_component_contract(contract=contract, **do)


def test_contracts_and_terms_that_cannot_be_are_refused() -> None:
    provider = make_provider()
    do: Any = {"provider_id": provider.pk, "why": "", "by": operator(), "on": TODAY}
    for state, part in [
        (facts.StateContract(), "algus"),
        (facts.StateContract(NEW_YEAR, absence_year_limit_days=367), "0–366"),
        (facts.StateContract(NEW_YEAR, hospital_year_limit_days=-1), "0–366"),
    ]:
        with pytest.raises(UnableToSetContractError, match=part):
            actions.set_state_contract(contract=state, **do)
    for component, part in [
        (facts.ComponentContract(" ", NEW_YEAR), "registrikood"),
        (facts.ComponentContract("7", NEW_YEAR, minutes_per_hour=0), "Minuteid"),
        (facts.ComponentContract("7", NEW_YEAR, increment_minutes=1441), "Minuteid"),
    ]:
        with pytest.raises(UnableToSetContractError, match=part):
            actions.set_component_contract(contract=component, **do)
    for terms, part in [
        (Terms("", "Linn", NEW_YEAR, 14), "registrikood"),
        (Terms("7", " ", NEW_YEAR, 14), "nimi"),
        (Terms("7", "Linn", NEW_YEAR, 367), "Maksetähtaeg"),
        (Terms("7", "Linn", NEW_YEAR, 14, reference_number="12a"), "Viitenumbris"),
    ]:
        with pytest.raises(UnableToSetContractError, match=part):
            actions.set_billing_terms(terms=terms, **do)
    assert queries.contract_facts(provider.pk, TODAY).components == ()


def test_the_latest_billing_terms_that_have_begun_hold() -> None:
    provider = make_provider()
    do: Any = {"provider_id": provider.pk, "why": "", "by": operator(), "on": TODAY}
    for first, days in [(NEW_YEAR, 14), (TODAY, 21), (TODAY, 28), (date(2027, 1, 1), 7)]:
        actions.set_billing_terms(terms=Terms("7", "Linn", first, days), **do)
    actions.set_billing_terms(terms=Terms("8", "Vald", NEW_YEAR, 1), **do)
    for day, payment_days in [(TODAY - timedelta(days=1), 14), (TODAY, 28), (date(2027, 5, 1), 7)]:
        found = queries.billing_terms_on(provider.pk, "7", day)
        assert found is not None
        assert found.payment_days == payment_days
    assert queries.billing_terms_on(provider.pk, "7", date(2025, 12, 31)) is None
    assert list(faults()) == []


def test_who_may_not_write_here_changes_nothing() -> None:
    provider = make_provider()
    place = add_place(provider)
    licence = actions.add_licence(
        provider_id=provider.pk, data=licence_data(place), why="", by=operator(), on=TODAY
    )
    here: dict[str, Any] = {"provider_id": provider.pk, "on": TODAY}
    attempts: list[Callable[[User], Any]] = [
        lambda by: actions.register_provider(data=KODU, by=by, on=TODAY),
        lambda by: actions.change_provider(provider=provider, data=KODU, why="", by=by, on=TODAY),
        lambda by: actions.add_building(code="H2", address="", by=by, **here),
        lambda by: actions.add_place(
            building=place.building, place=PlaceData("K2", "K2"), by=by, on=TODAY
        ),
        lambda by: actions.set_size_class(
            place=place, size=Size(SizeClass.G6, TODAY), why="", by=by, on=TODAY
        ),
        lambda by: actions.add_licence(data=licence_data(place, code="L2"), why="", by=by, **here),
        lambda by: actions.change_licence(
            licence=licence, data=licence_data(place, max_persons=1), why="", by=by, on=TODAY
        ),
        lambda by: actions.set_state_contract(
            contract=facts.StateContract(NEW_YEAR), why="", by=by, **here
        ),
        lambda by: actions.set_component_contract(
            contract=facts.ComponentContract("7", NEW_YEAR), why="", by=by, **here
        ),
        lambda by: actions.set_billing_terms(
            terms=Terms("7", "Linn", NEW_YEAR, 14), why="", by=by, **here
        ),
    ]
    strangers = [
        make_user("Võõras", "director", make_provider("Teine OÜ")),
        make_user("Malle Maa", "service_manager", provider),
    ]
    count = events_of(provider.pk).count()
    for attempt in attempts:
        for stranger in strangers:
            with pytest.raises(NotAllowedError, match=stranger.name):
                attempt(stranger)
    with pytest.raises(NotAllowedError):  # a director is not one of every provider
        attempts[0](make_user("Juhan Juht", "director", provider))
    assert events_of(provider.pk).count() == count
