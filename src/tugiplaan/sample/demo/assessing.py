"""What people of the demo say a year later: support need again, wishes, stage, satisfaction."""

from datetime import date, timedelta
from random import Random

from tugiplaan.assessments.actions import (
    Given,
    NewAssessment,
    ensure_builtin,
    save_answers,
    start_assessment,
    start_draft,
)
from tugiplaan.assessments.instruments import read_instrument
from tugiplaan.assessments.queries import View
from tugiplaan.rules.period import add_months
from tugiplaan.rules.scoring import ScaleKind
from tugiplaan.sample.demo.answering import THEMES, answers
from tugiplaan.sample.demo.stage import Guest, House, Stage

PERSONAS = (("kogukonnakodu", "T1"), ("hooldekodu", "S1"), ("kasesalu", "M1"))
_DAYS_TO_ASSESS = 14
_ASKED_DAYS_AGO = 40
_SATISFIED = 8
_BOTH = (View.SPECIALIST, View.PERSON)
_BEGUN_DAYS_AGO = 3
_YEAR_MONTHS = 12
_WORDS = {
    "wishes": "Tahan oma tuba ja rohkem oma raha.",
    "strengths": "Oskab küpsetada ja peab kokkulepetest kinni.",
    "surroundings": "Õde helistab pühapäeviti, naaber aitab.",
    "obstacles": "Rahvast täis poes läheb pea segi.",
}
_SAID = ("Rohkem koos väljas käia.", "Kõik on hästi.", "", "Tahan, et minult enne küsitaks.")


def assess_again(stage: Stage) -> None:
    """Assess the personas again after a year, and ask a few people how content they are."""
    for key, code in PERSONAS:
        house = stage.houses[key]
        guest = house.guests[code]
        _again(stage, house, guest)
        _own_words(stage, house, guest)
    present = [
        (house, guest) for house in stage.houses.values() for guest in house.present(stage.today)
    ]
    # The personas first, as sorting keeps the order of the others.
    present.sort(key=lambda one: (one[0].organisation.key, one[1].part.key) not in PERSONAS)
    for number, (house, guest) in enumerate(present[:_SATISFIED]):
        _ask_satisfaction(stage, house, guest, number)


def _new(guest: Guest, code: str, day: date, said: list[Given], house: House) -> NewAssessment:
    version = ensure_builtin(code=code, by=house.manager)
    referral_id = guest.stays[0].referral.pk if guest.stays else None
    return NewAssessment(guest.person.pk, version.pk, day, said, referral_id)


def _keep(house: House, guest: Guest, new: NewAssessment) -> None:
    by = house.users[guest.part.worker]
    start_assessment(provider_id=house.provider_id, new=new, by=by, on=new.assessed_on)


def _again(stage: Stage, house: House, guest: Guest) -> None:
    chance = Random(f"{stage.seed} {house.organisation.key} {guest.part.key}")
    need = {theme: chance.randrange(0, 3) for theme in THEMES}
    version = ensure_builtin(code="TV-RFK", by=house.manager)
    said = answers(read_instrument(version.content), dict.fromkeys(_BOTH, need))
    day = add_months(guest.part.arrives, _YEAR_MONTHS) + timedelta(days=_DAYS_TO_ASSESS)
    _keep(house, guest, _new(guest, "TV-RFK", day, said, house))
    by, begun = house.users[guest.part.worker], stage.today - timedelta(days=_BEGUN_DAYS_AGO)
    draft = start_draft(
        provider_id=house.provider_id,
        new=_new(guest, "TV-RFK", begun, [], house),
        by=by,
        on=begun,
    )
    one = [given for given in said if given.item.startswith(("tv.p1", "tv.d3"))]
    save_answers(draft=draft, answers=one, by=by, on=begun)


def _own_words(stage: Stage, house: House, guest: Guest) -> None:
    """Keep the wishes and the stage of a persona."""
    day = stage.today - timedelta(days=_ASKED_DAYS_AGO)
    told = [
        Given(f"tugevused.{domain}.{field}", "", View.PERSON, text)
        for domain, field in (("4", "wishes"), ("7", "strengths"), ("1", "surroundings"))
        for text in [_WORDS[field]]
    ]
    told.append(Given("tugevused.7.obstacles", "", View.SPECIALIST, _WORDS["obstacles"]))
    _keep(house, guest, _new(guest, "TUGEVUSED", day, told, house))
    stages = [(day - timedelta(days=365), "1", "2"), (day, "3", "3")]
    for when, own, seen in stages:
        if when > guest.part.arrives:
            told = [
                Given("taastumine.stage", own, View.PERSON),
                Given("taastumine.stage", seen, View.SPECIALIST),
            ]
            _keep(house, guest, _new(guest, "TAASTUMINE", when, told, house))


def _ask_satisfaction(stage: Stage, house: House, guest: Guest, number: int) -> None:
    version = ensure_builtin(code="RAHULOLU", by=house.manager)
    said = [
        Given(code, str(5 - (number + at) % 3), View.PERSON)
        for at, (code, item) in enumerate(read_instrument(version.content).items.items())
        if item.scale.kind is ScaleKind.RATING
    ]
    words = _SAID[number % len(_SAID)]
    if words:
        said.append(Given("rahulolu.words", "", View.PERSON, words))
    day = stage.today - timedelta(days=_ASKED_DAYS_AGO - number)
    _keep(house, guest, _new(guest, "RAHULOLU", day, said, house))
