"""A made-up instrument for the tests, and the room in which it is used."""

from datetime import date
from typing import Any

from tests.cast import TODAY, make_person, make_provider, make_user
from tugiplaan.accounts.models import User
from tugiplaan.assessments import actions
from tugiplaan.assessments.actions import Given, NewAssessment
from tugiplaan.assessments.models import Assessment, InstrumentVersion
from tugiplaan.people.models import Person
from tugiplaan.providers.models import Provider

PACK: dict[str, Any] = {
    "code": "OMA",
    "version": "1",
    "title": "Oma küsimustik",
    "licence": "CC0-1.0",
    "scales": {"raskus": ["0", "1", "2", "3", "4", "8", "9"], "jah_ei": ["yes", "no"]},
    "items": [
        {"code": "d350", "text": "vestlemine", "scale": "raskus", "view": ["specialist", "person"]},
        {"code": "kodu", "text": "on kodu", "scale": "jah_ei", "view": ["specialist"]},
    ],
}


class Room:
    """A provider with an assessor, a person and an instrument."""

    def __init__(self) -> None:
        self.provider: Provider = make_provider()
        self.assessor: User = make_user("Malle Maa", "service_manager", self.provider)
        self.person: Person = make_person(self.provider)
        self.who: dict[str, Any] = {"by": self.assessor, "on": TODAY}
        self.instrument = self.bring()

    def bring(self, **values: Any) -> InstrumentVersion:
        return actions.bring_instrument(
            provider_id=self.provider.pk, pack={**PACK, **values}, **self.who
        )

    def assess(self, *answers: Given, **values: Any) -> Assessment:
        plain = {
            "person_id": self.person.pk,
            "instrument_id": self.instrument.pk,
            "assessed_on": date(2026, 6, 1),
        }
        new = NewAssessment(**{**plain, **values}, answers=answers)
        return actions.start_assessment(provider_id=self.provider.pk, new=new, **self.who)
