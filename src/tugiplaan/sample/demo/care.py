"""How people are assessed in the demo and planned with: versions, ratings of quarters and years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tugiplaan.accounts.actions import operator
from tugiplaan.assessments.actions import NewAssessment, ensure_builtin, start_assessment
from tugiplaan.assessments.instruments import read_instrument
from tugiplaan.assessments.queries import View
from tugiplaan.plans.actions import (
    Party,
    ReviewDraft,
    ReviewKind,
    agree_plan,
    draft_plan,
    new_version,
    review_plan,
)
from tugiplaan.plans.drafts import ActivityDraft, GoalDraft, PackageDraft, PlanDraft
from tugiplaan.plans.queries import Plan
from tugiplaan.rules.period import Month, add_months
from tugiplaan.rules.scoring import Instrument
from tugiplaan.rules.vocabulary import Audience, Mode
from tugiplaan.sample.demo.answering import AROUND, THEMES, WORST, answers
from tugiplaan.sample.demo.organisations import MUNICIPALITY
from tugiplaan.sample.demo.planning import (
    PERSONAS,
    agree_all,
    rate_all,
    renewed_on,
    tailored,
)
from tugiplaan.sample.demo.stage import FIRST_MONTH, Guest, House, Stage
from tugiplaan.sample.demo.texts import AIMS, PLAIN, QUARTERLY, USUAL_DOMAINS, WISHES, YEARLY

_DAYS_TO_PLAN = 21
_DAYS_TO_ASSESS = 14
_QUARTER_MONTHS = 3
_ASSESSED_AGAIN = date(2026, 3, 16)
_PLANNED_ANEW = date(2026, 4, 7)
# Whose last rating is missing, and whose plan: so that something is due.
_UNRATED = ("I3", "S4")
_UNPLANNED = ("S7", "M6")
_PLANNED_TWICE = ("I1", "T1", "S2")
_PACKAGE = (("B1", 120), ("C1", 240), ("C4", 480), ("C6", 60))


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


def plan(stage: Stage, house: House, guest: Guest) -> None:
    """Make the plan of a person, agree on it, and rate it each quarter and year until today."""
    if guest.part.key in _UNPLANNED:
        return
    by = house.users[guest.part.worker]
    first = guest.part.arrives + timedelta(days=_DAYS_TO_PLAN)
    who: dict[str, Any] = {"by": by, "on": first}
    draft = _draft(stage, house, guest, first)
    made = draft_plan(provider_id=house.provider_id, draft=draft, **who)
    _agree(house, guest, made)
    until = min(stage.today, guest.ended_on or stage.today)
    # What is missing shows as a duty; a person who left has none.
    # The year of a plan under a referral is counted from the arrival.
    began = guest.part.arrives if guest.stays else first
    ratings = list(_ratings(stage, (first, until), began))
    if guest.part.key in _UNRATED:
        ratings = ratings[:-1]
    again = _planned_again(guest)
    for at, rating in enumerate(ratings):
        if again and made.number == 1 and rating.period_to > again:
            draft = _draft(stage, house, guest, again)
            made = new_version(plan=made, draft=draft, by=by, on=again)
            _agree(house, guest, made)
        if guest.part.key in PERSONAS:
            rate_all(house, guest, made, rating, at)
        else:
            review_plan(plan=made, draft=rating, by=by, on=rating.period_to)


def _planned_again(guest: Guest) -> date | None:
    """Give the day on which a plan was made anew; None: it never was."""
    if guest.part.key in PERSONAS:
        return renewed_on(guest)
    return _PLANNED_ANEW if guest.part.key in _PLANNED_TWICE else None


def _agree(house: House, guest: Guest, made: Plan) -> None:
    if guest.part.key in PERSONAS:
        agree_all(house, guest, made)
    else:
        by = house.users[guest.part.worker]
        agree_plan(plan=made, party=Party.PERSON, by=by, on=made.made_on)


def _ratings(stage: Stage, days: tuple[date, date], began_on: date) -> Iterator[ReviewDraft]:
    """Give the ratings due on some days: by the end of each quarter, and after each year."""
    first, until = days
    month = Month.of(first)
    quarter = month.plus(-((month.month - 1) % _QUARTER_MONTHS))
    years = 1
    while (last := quarter.plus(_QUARTER_MONTHS - 1).last) <= until:
        text = stage.rng.choice(QUARTERLY)
        yield ReviewDraft(ReviewKind.QUARTERLY, max(first, quarter.first), last, text)
        whole = add_months(began_on, 12 * years) - timedelta(days=1)
        if whole <= last:
            began = add_months(began_on, 12 * (years - 1))
            yield ReviewDraft(ReviewKind.YEARLY, max(first, began), whole, YEARLY)
            years += 1
        quarter = quarter.plus(_QUARTER_MONTHS)


def _draft(stage: Stage, house: House, guest: Guest, first: date) -> PlanDraft:
    """Draw a plan; of the three whose way is followed, say what they really want."""
    if guest.part.key not in PERSONAS:
        return _drawn(stage, house, guest, first)
    again = first == renewed_on(guest) and guest.part.key not in _PLANNED_TWICE
    before = stage.rng.getstate()
    draft = tailored(guest, _drawn(stage, house, guest, first), house.workers[guest.part.worker])
    if again:
        # What follows is drawn as if this version were not there.
        stage.rng.setstate(before)
    return draft


def _drawn(stage: Stage, house: House, guest: Guest, first: date) -> PlanDraft:
    service = guest.part.service
    domains = USUAL_DOMAINS[service]
    goals = [_goal(stage, house, guest, domain) for domain in domains]
    package = [
        PackageDraft(
            funder=MUNICIPALITY,
            component=component,
            mode=Mode.INDIVIDUAL,
            audience=Audience.PERSON,
            planned_minutes=minutes,
            valid_from=first,
        )
        for component, minutes in _PACKAGE
    ]
    return PlanDraft(
        person_id=guest.person.pk,
        referral_id=guest.stays[0].referral.pk if guest.stays else None,
        valid_from=first,
        goals=goals,
        wishes=stage.rng.choice(WISHES),
        plain=PLAIN,
        package=[] if service else package,
    )


def _goal(stage: Stage, house: House, guest: Guest, domain: int) -> GoalDraft:
    aim = stage.rng.choice(AIMS[domain])
    activity = ActivityDraft(
        text=aim.activity,
        schedule=aim.schedule,
        responsible_id=house.workers[guest.part.worker],
        planned_minutes=aim.minutes,
    )
    origin = stage.rng.choice(("referral", "assessment", "wish"))
    due = date(stage.today.year + 1, 6, 30)
    return GoalDraft(aim.goal, domain, origin, due, [activity])
