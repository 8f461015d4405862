"""The catalogue of services: variants, rate codes, terms that exist."""

from datetime import date

import pytest

from tugiplaan.rules.services import (
    HOURS,
    MONTH,
    UNITS,
    authority_code,
    catalogue,
    kind_of,
    rate_codes,
)
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import (
    Audience,
    DayKind,
    Service,
    SizeClass,
    TargetGroup,
    Unit,
    Variant,
)

DAY = date(2026, 5, 1)


def test_the_authority_counts_eleven_services_and_two_are_left_from_before() -> None:
    assert [kind.stem for kind in catalogue().values()] == [
        "IET", "IET_AUT", "IET_INT", "IET_INTM", "TTT", "TE", "KE", "PNH",
        "OEH", "OEH_ER", "OEH_AA", "OEH_AUT", "OEH_KM",
    ]  # fmt: skip
    assert {service for service, _ in catalogue()} == set(Service)


@pytest.mark.parametrize(
    ("service", "variant", "family"),
    [
        (Service.IET, Variant.PLAIN, HOURS),
        (Service.IET, Variant.AUT, HOURS),
        (Service.IET, Variant.INT, UNITS),
        (Service.IET, Variant.INTM, UNITS),
        (Service.TTT, Variant.PLAIN, HOURS),
        (Service.TE, Variant.PLAIN, HOURS),
        (Service.KE, Variant.PLAIN, MONTH),
        (Service.PNH, Variant.PLAIN, UNITS),
        (Service.OEH, Variant.PLAIN, MONTH),
        (Service.OEH, Variant.KM, MONTH),
    ],
)
def test_how_each_service_is_counted(service: Service, variant: Variant, family: str) -> None:
    assert kind_of(service, variant).family == family


@pytest.mark.parametrize(("service", "variant"), list(catalogue()))
def test_every_term_that_a_service_names_exists(service: Service, variant: Variant) -> None:
    kind = kind_of(service, variant)
    assert (kind.service, kind.variant) == (service, variant)
    for name in (kind.turn_up, kind.end_notice):
        assert builtin().number(name, DAY) > 0
    assert bool(kind.minimum) == (kind.family == HOURS)
    if kind.minimum:
        assert builtin().number(kind.minimum, DAY) > 0
    assert kind.section
    assert kind.price_section


def test_what_counts_toward_the_minimum() -> None:
    iet, ttt, te = (
        kind_of(service, Variant.PLAIN) for service in (Service.IET, Service.TTT, Service.TE)
    )
    assert iet.counted == {Audience.PERSON, Audience.FAMILY}
    assert ttt.counted == {Audience.PERSON, Audience.EMPLOYER, Audience.COWORKERS}
    assert te.counted == {Audience.PERSON}
    assert [kind.not_counted for kind in (iet, ttt, te)] == [set(), {"job_finding"}, set()]
    assert [kind.is_weekly for kind in (iet, ttt, te)] == [False, False, True]


def test_what_the_monthly_cap_counts() -> None:
    assert kind_of(Service.PNH, Variant.PLAIN).capped == {DayKind.DAY, DayKind.OOP}
    assert kind_of(Service.IET, Variant.INT).capped == {DayKind.OOP}
    assert kind_of(Service.KE, Variant.PLAIN).capped == set()


def test_a_court_order_differs_in_three_ways() -> None:
    court, plain = (kind_of(Service.OEH, variant) for variant in (Variant.KM, Variant.PLAIN))
    assert (court.is_court_ordered, plain.is_court_ordered) == (True, False)
    assert (court.absent_is_present, plain.absent_is_present) == (True, False)
    assert court.turn_up != plain.turn_up
    assert court.target_group is TargetGroup.KM
    assert kind_of(Service.KE, Variant.PLAIN).target_group is None


def test_an_unknown_variant_is_refused() -> None:
    with pytest.raises(KeyError):
        kind_of(Service.KE, Variant.AUT)


@pytest.mark.parametrize(
    ("service", "variant", "detail", "code"),
    [
        (Service.IET, Variant.PLAIN, None, "IET"),
        (Service.IET, Variant.INT, Unit.OOP, "IET_INT_OOP"),
        (Service.PNH, Variant.PLAIN, Unit.DAY, "PNH_PAEV"),
        (Service.OEH, Variant.PLAIN, SizeClass.GT12, "OEH_GT12"),
        (Service.OEH, Variant.AA, SizeClass.G6, "OEH_AA_G6"),
        (Service.OEH, Variant.KM, None, "OEH_KM"),
    ],
)
def test_rate_code(
    service: Service, variant: Variant, detail: SizeClass | Unit | None, code: str
) -> None:
    assert kind_of(service, variant).rate_code(detail) == code


def test_every_rate_code_has_a_row_and_every_row_a_rate_code() -> None:
    assert rate_codes() == set(builtin().rates.names())
    assert "OEH_AUT_UUS" in rate_codes()
    assert len(rate_codes()) == 26


def test_the_authority_has_a_registry_code() -> None:
    assert authority_code() == "70001975"
