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
        pack = values if "domains" in values else {**PACK, **values}
        return actions.bring_instrument(provider_id=self.provider.pk, pack=pack, **self.who)

    def assess(self, *answers: Given, **values: Any) -> Assessment:
        plain = {
            "person_id": self.person.pk,
            "instrument_id": self.instrument.pk,
            "assessed_on": date(2026, 6, 1),
        }
        new = NewAssessment(**{**plain, **values}, answers=answers)
        return actions.start_assessment(provider_id=self.provider.pk, new=new, **self.who)


def labels(text: str) -> dict[str, str]:
    return {"et": text, "en": f"{text} (en)", "ru": f"{text} (ru)"}


DEEP: dict[str, Any] = {
    "code": "SYGAV",
    "version": "1",
    "title": labels("Sügav küsimustik"),
    "licence": "CC0-1.0",
    "scales": {
        "need": {
            "kind": "need",
            "asks_comment": True,
            "values": [
                {"value": v, **labels(f"n{v}")} for v in ("0", "1", "2", "3", "4", "8", "9")
            ],
        },
        "surroundings": {
            "kind": "environment",
            "values": [{"value": v, **labels(f"k{v}")} for v in ("-1", "0", "1", "8", "9")],
        },
        "tick": {"kind": "tick", "values": [{"value": "yes", **labels("jah")}]},
        "words": {"kind": "text", "values": [{"value": "none", **labels("ei ole")}]},
    },
    "domains": [
        {
            "code": "1",
            "label": labels("Suhtlemine"),
            "parts": [
                {
                    "code": "1.1",
                    "label": labels("Suhted"),
                    "gate": {
                        "link_id": "sygav.1.1",
                        "label": labels("Saab ise"),
                        "opens": "no",
                        "sets": "0",
                    },
                    "items": [
                        {
                            "link_id": f"sygav.{code}",
                            "icf": code,
                            "label": labels(code),
                            "scale": "need",
                            "view": ["specialist", "person"],
                        }
                        for code in ("d350", "d710")
                    ],
                },
                {
                    "code": "1.2",
                    "label": labels("Ümber"),
                    "items": [
                        {
                            "link_id": "sygav.e310",
                            "label": labels("pere"),
                            "scale": "surroundings",
                            "view": ["specialist"],
                        },
                        {
                            "link_id": "sygav.hirm",
                            "label": labels("hirm"),
                            "scale": "tick",
                            "view": ["specialist"],
                        },
                    ],
                },
            ],
        },
        {
            "code": "5",
            "label": labels("Hõivatus"),
            "parts": [
                {
                    "code": "5.1",
                    "label": labels("Töö"),
                    "gate": {"link_id": "sygav.5.1", "label": labels("On seotud"), "opens": "yes"},
                    "items": [
                        {
                            "link_id": "sygav.d845",
                            "icf": "d845",
                            "label": labels("töö"),
                            "scale": "need",
                            "view": ["specialist"],
                        }
                    ],
                },
                {
                    "code": "5.2",
                    "label": labels("Tähtsaim"),
                    "items": [
                        {
                            "link_id": "sygav.tahtis",
                            "label": labels("tähtsaim"),
                            "scale": "words",
                            "view": ["specialist", "person"],
                        }
                    ],
                },
            ],
        },
    ],
}
"""A made-up instrument with domains, gates and every kind of scale."""
