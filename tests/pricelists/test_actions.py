"""Setting prices and rates, against the database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import TODAY, make_provider, make_user
from tests.providers.test_actions import set_month
from tugiplaan.accounts.access import NotAllowedError, User
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.queries import events_of, faults
from tugiplaan.audit.recorder import acting
from tugiplaan.pricelists import actions, queries
from tugiplaan.pricelists.actions import (
    Confirmation,
    ListPrice,
    Price,
    SourcedRate,
    UnableToAddPriceError,
    UnableToConfirmPriceError,
    UnableToEndPriceError,
    UnableToEnterRateError,
    UnableToSetOwnPriceError,
    UnableToTakeOverError,
)
from tugiplaan.pricelists.models import ComponentPrice, OwnPrice, Rate
from tugiplaan.providers.books import MonthClosedError, WhyNeededError
from tugiplaan.providers.models import MonthBook, Provider
from tugiplaan.rules.facts import PriceList
from tugiplaan.rules.packs import price_templates
from tugiplaan.rules.vocabulary import Audience, CeilingPeriod, Mode, Tier

pytestmark = pytest.mark.django_db

FUNDER = "75000000"
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
LONG_AGO = date(2020, 1, 1)


def list_price(**values: Any) -> ListPrice:
    row = ListPrice(
        FUNDER,
        "B1",
        Mode.INDIVIDUAL,
        Audience.PERSON,
        Tier.ADDITIONAL,
        "Tugi",
        Decimal(49),
        JUNE,
        date(2026, 12, 31),
    )
    return replace(row, **values)


def add_price(provider: Provider, why: str = "", **values: Any) -> ComponentPrice:
    return actions.add_component_price(
        provider_id=provider.pk, price=list_price(**values), why=why, by=operator(), on=TODAY
    )


def billed_on(provider: Provider, day: date) -> Decimal | None:
    prices = PriceList(queries.component_price_facts(provider.pk))
    price = prices.entry_on(FUNDER, "B1", Mode.INDIVIDUAL, Audience.PERSON, day).price
    return price.price if price and price.is_confirmed else None


def test_own_price_is_set_and_changed() -> None:
    provider = make_provider()
    accountant = make_user("Rein Raha", "accountant", provider)
    do: Any = {"provider_id": provider.pk, "why": "", "by": accountant, "on": TODAY}
    for price in (
        Price("KE", Decimal("600.5"), MAY),
        Price("KE", Decimal(650), MAY, date(2026, 5, 31)),
        Price("KE", Decimal(640), JULY),
    ):
        actions.set_own_price(price=price, **do)
    table = queries.own_price_facts(provider.pk)
    assert [(row.value, row.valid_to) for row in table.rows("KE")] == [
        (Decimal(650), date(2026, 5, 31)),
        (Decimal(640), None),
    ]
    assert events_of(provider.pk)[0].name == "pricelists.set_own_price"
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("price", "part"),
    [
        (Price("XX", Decimal(1), MAY), "XX"),
        (Price("KE", Decimal(-1), MAY), "Hind on"),
        (Price("KE", Decimal("0.0000001"), MAY), "Hind on"),
        (Price("KE", Decimal(10**8), MAY), "Hind on"),
        (Price("KE", Decimal("NaN"), MAY), "Hind on"),
        (Price("KE", Decimal(1), MAY, LONG_AGO), "enne esimest"),
    ],
)
def test_own_price_that_cannot_be_is_refused(price: Price, part: str) -> None:
    provider = make_provider()
    with pytest.raises(UnableToSetOwnPriceError, match=part):
        actions.set_own_price(provider_id=provider.pk, price=price, why="", by=operator(), on=TODAY)
    assert not OwnPrice.objects.exists()


def test_closed_months_keep_their_prices_and_invoiced_ones_ask_why() -> None:
    provider = make_provider()
    own: Any = {"provider_id": provider.pk, "by": operator(), "on": TODAY}
    may_only = Price("KE", Decimal(600), MAY, date(2026, 5, 31))
    actions.set_own_price(price=replace(may_only, valid_to=None), why="", **own)
    set_month(provider, 202606, MonthBook.State.CLOSED)
    with pytest.raises(MonthClosedError, match=r"06\.2026"):  # June loses its price by it
        actions.set_own_price(price=may_only, why="", **own)
    rate = SourcedRate("KE", "month", Decimal(676), "R65 § 2", JUNE)
    with pytest.raises(MonthClosedError):
        actions.enter_rate(rate=rate, why="", **own)
    with pytest.raises(MonthClosedError):
        add_price(provider)
    with pytest.raises(MonthClosedError):  # a yearly ceiling carries May's cost into June
        add_price(provider, valid_from=MAY, valid_to=date(2026, 5, 31), is_confirmed=True)
    add_price(provider, valid_from=LONG_AGO, valid_to=date(2025, 5, 31))
    set_month(provider, 202606, MonthBook.State.ISSUED)
    with pytest.raises(WhyNeededError):
        actions.set_own_price(price=may_only, why=" ", **own)
    with pytest.raises(WhyNeededError):
        add_price(provider, is_confirmed=True)
    unconfirmed = add_price(provider)  # changes no invoice, so no reason is asked
    june = Confirmation(JUNE)
    with pytest.raises(WhyNeededError):
        actions.confirm_price(price=unconfirmed, confirmation=june, by=operator(), on=TODAY)
    actions.confirm_price(
        price=unconfirmed, confirmation=replace(june, why="hind"), by=operator(), on=TODAY
    )
    assert events_of(provider.pk)[0].details["issued"] == [202606]
    assert not Rate.objects.exists()


def test_only_a_confirmed_price_is_billed_and_only_on_its_days() -> None:
    provider = make_provider()
    price = add_price(provider)
    assert billed_on(provider, TODAY) is None
    confirmed = actions.confirm_price(
        price=price, confirmation=Confirmation(MAY, date(2026, 7, 31)), by=operator(), on=TODAY
    )
    assert confirmed.is_confirmed
    days = [MAY - timedelta(days=1), MAY, TODAY, date(2026, 7, 31), date(2026, 8, 1)]
    assert [billed_on(provider, day) for day in days] == [None, 49, 49, 49, None]
    add_price(provider, valid_from=JULY, price=Decimal(52), is_confirmed=True, valid_to=None)
    ended = actions.end_price(
        price=confirmed, last_day=date(2026, 6, 30), why="", by=operator(), on=TODAY
    )
    assert ended.valid_to == date(2026, 6, 30)
    assert [billed_on(provider, day) for day in days] == [None, 49, 49, 52, 52]
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"funder": " "}, "vajalikud"),
        ({"component": ""}, "vajalikud"),
        ({"name": ""}, "vajalikud"),
        ({"audience": Audience.EMPLOYER}, "Hind on inimese"),
        ({"ceiling": Decimal(980)}, "käivad koos"),
        ({"ceiling_period": CeilingPeriod.MONTH}, "käivad koos"),
        ({"ceiling": Decimal(-1), "ceiling_period": CeilingPeriod.MONTH}, "Hind on eurodes"),
        ({"price": Decimal(-1)}, "Hind on eurodes"),
        ({"valid_to": LONG_AGO}, "enne esimest"),
        ({"valid_from": MAY}, "varjaks"),
        ({"valid_from": date(2026, 12, 31), "valid_to": None}, "varjaks"),
        ({"is_confirmed": True}, "juba olemas"),
    ],
)
def test_a_component_price_that_cannot_be_is_refused(values: dict[str, Any], part: str) -> None:
    provider = make_provider()
    there = add_price(provider, is_confirmed=True)
    with pytest.raises(UnableToAddPriceError, match=part):
        add_price(provider, **values)
    assert ComponentPrice.objects.get() == there
    add_price(provider, mode=Mode.GROUP)
    add_price(provider, valid_from=date(2027, 1, 1), valid_to=None)


def test_a_price_is_not_confirmed_twice_nor_onto_another() -> None:
    provider = make_provider()
    first = add_price(provider, is_confirmed=True)
    second = add_price(provider, valid_from=date(2027, 1, 1), valid_to=None)
    do: Any = {"by": operator(), "on": TODAY}
    for price, confirmation, part in [
        (first, Confirmation(JUNE), "juba kinnitatud"),
        (second, Confirmation(JULY, JUNE), "enne esimest"),
        (second, Confirmation(JUNE), "juba olemas"),
    ]:
        with pytest.raises(UnableToConfirmPriceError, match=part):
            actions.confirm_price(price=price, confirmation=confirmation, **do)
    for day in (MAY, date(2026, 12, 31)):
        with pytest.raises(UnableToEndPriceError, match="kehtib alates"):
            actions.end_price(price=first, last_day=day, why="", **do)
    assert ComponentPrice.objects.filter(is_confirmed=True).get() == first


def test_a_template_is_taken_over_unconfirmed() -> None:
    provider = make_provider()
    take: Any = {"provider_id": provider.pk, "funder": FUNDER, "by": operator(), "on": TODAY}
    taken = actions.take_over_template(version="P2", **take)
    wanted = [row for row in price_templates()["P2"] if row.price is not None]
    assert (len(taken.rows), len(taken.left_out)) == (len(wanted), 1)
    found = queries.component_price_facts(provider.pk)
    assert {(row.component, row.price, row.ceiling) for row in found} == {
        (row.component, row.price, row.ceiling) for row in wanted
    }
    assert not any(row.is_confirmed for row in found)
    assert {row.version for row in found} == {"P2"}
    with pytest.raises(UnableToTakeOverError, match="juba olemas"):
        actions.take_over_template(version="P2", **take)
    undated = actions.take_over_template(version="P3", **take)
    assert {row.valid_from for row in undated.rows} == {TODAY}
    assert list(faults()) == []


def test_a_template_leaves_out_what_would_hide_a_confirmed_price() -> None:
    provider = make_provider()
    template = price_templates()["P4"][0]
    confirmed = add_price(
        provider,
        component=template.component,
        mode=template.mode,
        audience=template.audience,
        valid_from=LONG_AGO,
        valid_to=None,
        is_confirmed=True,
    )
    do: Any = {"provider_id": provider.pk, "by": operator(), "on": TODAY}
    taken = actions.take_over_template(version="P4", funder=FUNDER, **do)
    assert template.component in taken.left_out
    assert len(taken.rows) == len(price_templates()["P4"]) - 1
    assert ComponentPrice.objects.filter(is_confirmed=True).get() == confirmed
    with pytest.raises(UnableToTakeOverError, match="olemas on P2"):
        actions.take_over_template(version="P9", funder=FUNDER, **do)
    with pytest.raises(UnableToTakeOverError, match="registrikood"):
        actions.take_over_template(version="P2", funder=" ", **do)


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"source": " "}, "allikas"),
        ({"code": "XX"}, "XX"),
        ({"unit": "day"}, "ühik on month"),
        ({"amount": Decimal(-1)}, "Hind on"),
        ({"valid_to": LONG_AGO}, "enne esimest"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(values: dict[str, Any], part: str) -> None:
    provider = make_provider()
    rate = replace(SourcedRate("KE", "month", Decimal(700), "RT I 2027", JULY), **values)
    with pytest.raises(UnableToEnterRateError, match=part):
        actions.enter_rate(provider_id=provider.pk, rate=rate, why="", by=operator(), on=TODAY)
    assert queries.rate_pack(provider.pk) is None


def test_an_entered_rate_is_in_the_pack_and_entered_anew() -> None:
    provider = make_provider()
    rate = SourcedRate("PNH_PAEV", "day", Decimal("81.5"), "RT I 2027", JULY, known_from=JUNE)
    do: Any = {"provider_id": provider.pk, "why": "", "by": operator(), "on": TODAY}
    for one in (rate, replace(rate, amount=Decimal(82))):
        actions.enter_rate(rate=one, **do)
    pack = queries.rate_pack(provider.pk)
    assert pack is not None
    (value,) = pack.values
    assert (value.value, value.unit, value.known_from) == (Decimal(82), "day", JUNE)
    assert list(faults()) == []


def test_who_may_not_write_here_changes_no_price() -> None:
    provider = make_provider()
    price = add_price(provider)
    here: dict[str, Any] = {"provider_id": provider.pk, "on": TODAY}
    rate = SourcedRate("KE", "month", Decimal(700), "RT I 2027", JULY)
    attempts: list[Callable[[User], Any]] = [
        lambda by: actions.set_own_price(price=Price("KE", Decimal(1), MAY), why="", by=by, **here),
        lambda by: actions.add_component_price(
            price=list_price(mode=Mode.GROUP), why="", by=by, **here
        ),
        lambda by: actions.confirm_price(
            price=price, confirmation=Confirmation(JUNE), by=by, on=TODAY
        ),
        lambda by: actions.end_price(price=price, last_day=TODAY, why="", by=by, on=TODAY),
        lambda by: actions.take_over_template(version="P2", funder=FUNDER, by=by, **here),
        lambda by: actions.enter_rate(rate=rate, why="", by=by, **here),
    ]
    strangers = [
        make_user("Võõras", "accountant", make_provider("Teine OÜ")),
        make_user("Malle Maa", "service_manager", provider),
    ]
    count = events_of(provider.pk).count()
    for attempt in attempts:
        for stranger in strangers:
            with pytest.raises(NotAllowedError, match=stranger.name):
                attempt(stranger)
    assert events_of(provider.pk).count() == count


@pytest.mark.parametrize("count", [1, 20])
def test_facts_take_one_query_each(count: int, django_assert_num_queries: Any) -> None:
    provider = make_provider()
    with acting(by=operator(), name="test.make_rows"):
        for number in range(count):
            first = date(2024, 1, 1 + number)
            OwnPrice.objects.create(
                provider=provider, code="KE", amount=Decimal(1), valid_from=first
            )
            Rate.objects.create(
                provider=provider,
                code="KE",
                amount=Decimal(1),
                valid_from=first,
                unit="month",
                source="RT",
            )
    for number in range(count):
        add_price(provider, valid_from=date(2024, 1, 1 + number), valid_to=None)
    with django_assert_num_queries(1):
        assert len(queries.own_price_facts(provider.pk).rows("KE")) == count
    with django_assert_num_queries(1):
        assert len(queries.component_price_facts(provider.pk)) == count
    with django_assert_num_queries(1):
        pack = queries.rate_pack(provider.pk)
    assert pack is not None
    assert len(pack.values) == count
