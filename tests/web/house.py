"""A home for the tests of pages: a place, a manager, a worker with people, who live there."""

from datetime import date
from typing import Any

from tests.cast import make_person, make_provider, make_user
from tests.referrals.rows import make_place, make_referral, store
from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import Caseload
from tugiplaan.audit.recorder import acting
from tugiplaan.people.models import Person
from tugiplaan.referrals.models import StayDay


class House:
    """A home with round-the-clock care, or another service."""

    def __init__(self, count: int = 2, service: str = "OEH") -> None:
        self.service = service
        self.provider = make_provider()
        self.at = f"/{self.provider.pk}"
        self.place = make_place(self.provider)
        self.manager = self.make("Malle Maa", "service_manager")
        self.worker = self.make("Anu Abi", "activity_supervisor")
        self.referrals: dict[Person, Any] = {}
        self.persons = [self.resident(f"P{number}") for number in range(count)]

    def make(self, name: str, role: str) -> User:
        return make_user(name, role, self.provider)

    def resident(self, code: str, *, is_mine: bool = True, has_come: bool = True) -> Person:
        """Let somebody live here since January."""
        person = make_person(self.provider, code)
        referral = make_referral(person, f"S-{code}", service=self.service, place=self.place)
        self.referrals[person] = referral
        day = date(2026, 1, 1)
        if has_come:
            row = StayDay(provider=self.provider, referral=referral, kind="arrived", day=day)
            store(self.provider, [row])
        if is_mine:
            with acting(by=operator(), name="test.give_case", provider_id=self.provider.pk):
                Caseload.objects.create(
                    provider=self.provider, user=self.worker, person=person, valid_from=day
                )
        return person
