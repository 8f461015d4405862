"""What the rules get to know of a provider's referrals."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider
from tests.referrals.rows import make_place, make_referral, make_referrals, store
from tugiplaan.providers.models import Provider
from tugiplaan.referrals.models import Absence, Confirmation, Move, Referral, StayDay
from tugiplaan.referrals.queries import referral_facts
from tugiplaan.rules import facts
from tugiplaan.rules.period import FAR_PAST, Month
from tugiplaan.rules.vocabulary import AbsenceKind, EndReason, Service, Variant, VolumeUnit

pytestmark = pytest.mark.django_db


def test_the_facts_are_those_of_the_rows_that_hold() -> None:
    provider = make_provider()
    home, other = make_place(provider, "K1"), make_place(provider, "K2")
    referral = make_referral(
        make_person(provider), planned_volume=Decimal("12.5"), volume_unit="h_month", place=home
    )
    own: dict[str, Any] = {"provider": provider, "referral": referral}
    wrong = StayDay(**own, kind="arrived", day=date(2026, 1, 9))
    store(provider, [StayDay(**own, kind="agreed", day=date(2026, 1, 5)), wrong])
    right = StayDay(**own, kind="arrived", day=date(2026, 1, 7), corrects=wrong, why="eksitus")
    end = StayDay(**own, kind="ended", day=date(2026, 5, 31), reason="moved")
    store(provider, [right, end])
    away = {"first_day": date(2026, 2, 3), "last_day": date(2026, 2, 8), "kind": "absent"}
    gone = Absence(**own, code="E3", **away)
    store(provider, [Absence(**own, code="E2", **away), Absence(**own, code="E1", **away), gone])
    store(
        provider, [Absence(**own, code="E3", **away, corrects=gone, is_cancellation=True, why="ei")]
    )
    store(provider, [Move(**own, from_day=date(2026, 3, 1), place=other)])
    store(provider, [Confirmation(**own, period=202602, received_on=date(2026, 3, 2))])

    codes = {home.pk: "K1", other.pk: "K2"}
    (found,) = referral_facts(provider.pk, {}, codes, TODAY)
    assert found.referral_id == referral.pk
    assert found.facts == facts.Referral(
        referral="S1",
        service=Service.KE,
        variant=Variant.PLAIN,
        issued_on=date(2025, 12, 10),
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        agreed_start=date(2026, 1, 5),
        arrived_on=date(2026, 1, 7),
        ended_on=date(2026, 5, 31),
        end_reason=EndReason.MOVED,
        planned_volume=Decimal("12.5"),
        volume_unit=VolumeUnit.H_MONTH,
        places=((FAR_PAST, "K1"), (date(2026, 3, 1), "K2")),
        absences=tuple(
            facts.Absence(code, date(2026, 2, 3), date(2026, 2, 8), AbsenceKind.ABSENT)
            for code in ("E1", "E2")
        ),
        confirmed_months=frozenset({Month(2026, 2)}),
    )
    assert str(found.facts.planned_volume) == "12.5"


def test_a_merged_entry_is_read_as_the_one_that_stands_for_it() -> None:
    provider = make_provider()
    kept, merged = make_person(provider, "P1"), make_person(provider, "P2")
    make_referral(merged, "S1")
    make_referral(kept, "S2")
    found = referral_facts(provider.pk, {merged.pk: kept.pk}, {}, TODAY)
    assert [(one.person_id, one.facts.referral) for one in found] == [
        (kept.pk, "S1"),
        (kept.pk, "S2"),
    ]


def test_what_begins_later_and_what_is_elsewhere_is_left_out() -> None:
    provider, stranger = make_provider(), make_provider("Teine OÜ")
    make_referral(make_person(stranger), "S9")
    later = {"issued_on": TODAY + timedelta(1), "valid_from": TODAY + timedelta(30)}
    make_referral(make_person(provider, "P1"), "S1", **later)
    early = make_referral(make_person(provider, "P2"), "S2", **later)
    store(
        provider,
        [StayDay(provider=provider, referral=early, kind="arrived", day=TODAY)],
    )
    assert [one.facts.referral for one in referral_facts(provider.pk, {}, {}, TODAY)] == ["S2"]


def test_order_is_by_person_and_code() -> None:
    provider = make_provider()
    two, one = make_person(provider, "P2"), make_person(provider, "P1")
    for person, code in ((one, "S3"), (two, "S2"), (one, "S1")):
        make_referral(person, code)
    found = [
        (row.person_id, row.facts.referral) for row in referral_facts(provider.pk, {}, {}, TODAY)
    ]
    assert found == sorted([(one.pk, "S1"), (one.pk, "S3"), (two.pk, "S2")])


def _full_stays(provider: Provider, referrals: list[Referral]) -> None:
    own = [{"provider": provider, "referral": one} for one in referrals]
    store(provider, [StayDay(**one, kind="arrived", day=date(2026, 1, 2)) for one in own])


@pytest.mark.parametrize("count", [1, 20])
def test_five_queries_whatever_the_number(count: int, django_assert_num_queries: Any) -> None:
    provider = make_provider()
    _full_stays(provider, make_referrals(provider, count))
    with django_assert_num_queries(5):
        assert len(referral_facts(provider.pk, {}, {}, TODAY)) == count
