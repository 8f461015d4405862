"""Rows that the tests of cases need: places, referrals and the rows of stays."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tests.cast import make_person
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.rows import Lasting
from tugiplaan.people.models import Person
from tugiplaan.providers.models import Building, Licence, MonthBook, Place, Provider
from tugiplaan.referrals.models import Referral


def make_place(provider: Provider, code: str = "K1") -> Place:
    """Make a place in a building of its own."""
    with acting(by=operator(), name="test.make_place", provider_id=provider.pk):
        building = Building.objects.create(provider=provider, code=f"H-{code}")
        return Place.objects.create(
            provider=provider, code=code, name=f"Kodu {code}", building=building
        )


def make_licence(place: Place, **values: Any) -> Licence:
    """Make a licence of a place for round-the-clock care."""
    values.setdefault("code", f"L-{place.code}")
    values = {"service": "OEH", "valid_from": date(2024, 1, 1), "max_persons": 10} | values
    with acting(by=operator(), name="test.make_licence", provider_id=place.provider_id):
        return Licence.objects.create(provider_id=place.provider_id, place=place, **values)


def make_referral(person: Person, code: str = "S1", **values: Any) -> Referral:
    """Make a referral to community living for 2026."""
    values.setdefault("service", "KE")
    values.setdefault("issued_on", date(2025, 12, 10))
    values.setdefault("valid_from", date(2026, 1, 1))
    values.setdefault("valid_to", date(2026, 12, 31))
    values.setdefault("planned_volume", Decimal(10))
    with acting(by=operator(), name="test.make_referral", provider_id=person.provider_id):
        return Referral.objects.create(
            provider_id=person.provider_id, person=person, code=code, **values
        )


def store(provider: Provider, rows: Sequence[Lasting]) -> None:
    """Store lasting rows of one table."""
    with acting(by=operator(), name="test.store", provider_id=provider.pk) as act:
        act.store(rows)


def make_referrals(provider: Provider, count: int, **values: Any) -> list[Referral]:
    """Make as many persons with a referral each."""
    return [
        make_referral(make_person(provider, f"P{n:03d}"), f"S{n:03d}", **values)
        for n in range(count)
    ]


def close_month(provider: Provider, period: int, state: str) -> None:
    """Give a month's book a state: open, closed or issued."""
    with acting(by=operator(), name="test.close_month", provider_id=provider.pk):
        MonthBook.objects.update_or_create(
            provider=provider, period=period, defaults={"state": MonthBook.State(state)}
        )
