"""A small provider with a community home and a day centre, to close months of."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tests.cast import make_person, make_provider, make_user
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import User
from tugiplaan.audit.recorder import acting
from tugiplaan.people.models import Person
from tugiplaan.providers.models import (
    BillingTerms,
    Building,
    Licence,
    Place,
    Provider,
    Staff,
    StateContract,
)
from tugiplaan.referrals.models import Referral, StayDay

SKA = "70001975"
NOVEMBER = date(2026, 11, 22)


@dataclass
class Home:
    """A provider ready to bill 2026."""

    provider: Provider
    place: Place
    worker: Staff
    accountant: User
    director: User
    persons: list[Person] = field(default_factory=list)

    def resident(self, code: str, service: str = "KE", **days: Any) -> Referral:
        """Add a person with a referral and an arrival."""
        person = make_person(self.provider, code)
        self.persons.append(person)
        arrived = days.pop("arrived", date(2026, 1, 1))
        agreed = days.pop("agreed", arrived)
        ended, reason = days.pop("ended", None), days.pop("reason", "person_wish")
        values: dict[str, Any] = {
            "issued_on": date(2025, 12, 1),
            "valid_from": date(2026, 1, 1),
            "valid_to": date(2028, 12, 31),
            **days,
        }
        with acting(by=operator(), name="test.refer", provider_id=self.provider.pk) as act:
            referral = Referral.objects.create(
                provider=self.provider,
                person=person,
                code=f"S-{code}",
                service=service,
                place=self.place,
                **values,
            )
            stays = [("agreed", agreed, "")]
            if arrived:
                stays.append(("arrived", arrived, ""))
            if ended:
                stays.append(("ended", ended, reason))
            act.store(
                [
                    StayDay(
                        provider=self.provider, referral=referral, kind=kind, day=day, reason=why
                    )
                    for kind, day, why in stays
                ]
            )
        return referral

    def terms(self, funder: str = SKA, days: int = 21) -> None:
        """Agree how a funder is invoiced."""
        with acting(by=operator(), name="test.terms", provider_id=self.provider.pk):
            BillingTerms.objects.create(
                provider=self.provider,
                funder=funder,
                funder_name="Sotsiaalkindlustusamet",
                valid_from=date(2026, 1, 1),
                payment_days=days,
                buyer_reference="OV-1",
                reference_number="1234561",
            )


def make_home(name: str = "Kodu OÜ", *, has_terms: bool = True) -> Home:
    """Make the provider."""
    provider = make_provider(name, registry_code=str(10_000_000 + abs(hash(name)) % 80_000_000))
    with acting(by=operator(), name="test.house", provider_id=provider.pk):
        building = Building.objects.create(provider=provider, code="Maja")
        place = Place.objects.create(provider=provider, code="K1", name="Kodu", building=building)
        worker = Staff.objects.create(provider=provider, code="T1", name="Tiina Töötaja")
        for service in ("KE", "IET", "TTT", "TE"):
            Licence.objects.create(
                provider=provider,
                code=f"L-{service}",
                place=place,
                service=service,
                valid_from=date(2020, 1, 1),
                max_persons=40,
            )
        StateContract.objects.create(
            provider=provider, valid_from=date(2026, 1, 1), history_from=date(2026, 1, 1)
        )
    home = Home(
        provider,
        place,
        worker,
        make_user(f"Arvo {name}", "accountant", provider),
        make_user(f"Jaana {name}", "director", provider),
    )
    if has_terms:
        home.terms()
    return home


def euros(text: str) -> Decimal:
    """Write an amount."""
    return Decimal(text)
