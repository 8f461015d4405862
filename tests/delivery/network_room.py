"""A room with a worker, a price list and a network, for network work and what comes of it."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.cast import TODAY
from tests.plans.room import Room, make_worker
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.recorder import acting
from tugiplaan.delivery.actions.network import ContactDraft, record_contact
from tugiplaan.delivery.entries import ComponentEntry
from tugiplaan.delivery.models import Contact
from tugiplaan.people.models import NetworkMember
from tugiplaan.pricelists.models import ComponentPrice
from tugiplaan.providers.models import ComponentContract
from tugiplaan.rules.vocabulary import Audience, Mode, Tier

FUNDER = "75014913"
PRICES = (
    ("B1", Audience.PERSON, Tier.BASE, "Teenuse planeerimine", 49),
    ("B2", Audience.PROVIDER, Tier.BASE, "Väline konsultatsioon", 80),
    ("C1", Audience.PERSON, Tier.ADDITIONAL, "Igapäevaelu toetamine", 40),
)


class NetworkRoom(Room):
    """As a room of plans, with prices, a worker and a doctor in the network."""

    def __init__(self) -> None:
        super().__init__()
        self.worker = make_worker(self.provider)
        with acting(by=operator(), name="test.prices", provider_id=self.provider.pk):
            ComponentContract.objects.create(
                provider=self.provider, funder=FUNDER, valid_from=date(2026, 1, 1)
            )
            for component, audience, tier, name, price in PRICES:
                ComponentPrice.objects.create(
                    provider=self.provider,
                    funder=FUNDER,
                    component=component,
                    mode=Mode.INDIVIDUAL,
                    audience=audience,
                    valid_from=date(2026, 1, 1),
                    tier=tier,
                    name=name,
                    price=Decimal(price),
                    is_confirmed=True,
                )
            self.doctor = NetworkMember.objects.create(
                provider=self.provider,
                person=self.person,
                name="Kaja Kägu",
                role="perearst",
                valid_from=date(2026, 1, 1),
            )

    def entry(self, **values: Any) -> ComponentEntry:
        plain: dict[str, Any] = {
            "person_id": self.person.pk,
            "day": TODAY,
            "minutes": 30,
            "worker_id": self.worker.pk,
            "funder": FUNDER,
            "component": "B1",
            "activity": "coordination",
        }
        return ComponentEntry(**{**plain, **values})

    def contact(self, entry: ComponentEntry | None = None, **values: Any) -> Contact:
        plain: dict[str, Any] = {"day": TODAY, "kind": "health", "text": "Leppisime aja kokku."}
        draft = ContactDraft(**{**plain, **values})
        return record_contact(person=self.person, draft=draft, entry=entry, **self.who)
