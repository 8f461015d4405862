"""How people of the demo are assessed: soon after they come, and after years once more."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from tugiplaan.accounts.actions import operator
from tugiplaan.assessments.actions import NewAssessment, ensure_builtin, start_assessment
from tugiplaan.assessments.instruments import read_instrument
from tugiplaan.assessments.queries import View
from tugiplaan.rules.scoring import Instrument
from tugiplaan.sample.demo.answering import AROUND, THEMES, WORST, answers
from tugiplaan.sample.demo.stage import FIRST_MONTH, Guest, House, Stage

_DAYS_TO_ASSESS = 14
_ASSESSED_AGAIN = date(2026, 3, 16)


@dataclass(frozen=True, slots=True)
class Questions:
    """The instrument of support need, brought in."""

    instrument_id: UUID
    instrument: Instrument


def bring_questions() -> Questions:
    """Bring the instrument of support need in, for all houses."""
    row = ensure_builtin(code="TV-RFK", by=operator())
    return Questions(row.pk, read_instrument(row.content))


def assess(stage: Stage, house: House, guest: Guest, questions: Questions) -> None:
    """Assess a person soon after the arrival; those who came in 2024 once more in 2026."""
    arrived = guest.part.arrives
    need = {theme: stage.rng.randrange(1, WORST) for theme in THEMES}
    days = [arrived + timedelta(days=_DAYS_TO_ASSESS)]
    if arrived.year < FIRST_MONTH.year - 1:
        days.append(_ASSESSED_AGAIN)
    for day in days:
        # People often see less need in themselves than others do.
        own = {
            theme: at + stage.rng.choice((0, 0, -1))
            for theme, at in need.items()
            if theme != AROUND
        }
        seen = {View.SPECIALIST: need, View.PERSON: own}
        new = NewAssessment(
            person_id=guest.person.pk,
            instrument_id=questions.instrument_id,
            assessed_on=day,
            answers=answers(questions.instrument, seen),
            referral_id=guest.stays[0].referral.pk if guest.stays else None,
        )
        by = house.users[guest.part.worker]
        start_assessment(provider_id=house.provider_id, new=new, by=by, on=day)
        # With time most is a little easier; not everything, and not for everybody.
        need = {theme: at - stage.rng.choice((0, 0, 1, 1, -1)) for theme, at in need.items()}
