"""How the plans of the demo go on in time: made, agreed on, rated, made anew."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

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
from tugiplaan.plans.trees import plan_tree
from tugiplaan.rules.period import Month, add_months
from tugiplaan.rules.vocabulary import Audience, Mode, Service
from tugiplaan.sample.demo.organisations import MUNICIPALITY
from tugiplaan.sample.demo.planning import PERSONAS, agree_all, rate_all, renewed_on, tailored
from tugiplaan.sample.demo.stage import Guest, House, Stage
from tugiplaan.sample.demo.texts import AIMS, PLAIN, QUARTERLY, USUAL_DOMAINS, WISHES, YEARLY

type Step = PlanDraft | ReviewDraft
_DAYS_TO_PLAN = 21
_QUARTER_MONTHS = 3
_PLANNED_ANEW = date(2026, 4, 7)
# How many of the last ratings are missing, and whose plan: so that something is due.
_UNRATED = {"I3": 1, "S4": 2}
_UNPLANNED = ("S7", "M6")
_PLANNED_TWICE = ("I1", "T1", "S2")
_PACKAGE = (("B1", 120), ("C1", 240), ("C4", 480), ("C6", 60))


@dataclass(slots=True)
class Course:
    """What becomes of a plan.

    Attributes:
        referral_id: Under which referral; None: component services.
        steps: The versions and ratings that are to come.
        made: The latest version; None: there is none yet.
        rated: How often it was rated.
    """

    guest: Guest
    referral_id: UUID | None
    steps: deque[Step] = field(default_factory=deque)
    made: Plan | None = None
    rated: int = 0


def begin(stage: Stage, house: House, guest: Guest) -> list[Course]:
    """Give the courses of a person's plans: one for each service.

    Args:
        stage: What is shared; nothing of its chance is used.
        house: Where.
        guest: Whose.
    """
    if guest.part.key in _UNPLANNED or guest.part.is_awaited:
        return []
    referrals: list[UUID | None] = [stay.referral.pk for stay in guest.stays] or [None]
    services = [guest.part.service, guest.part.also]
    found = []
    for service, referral_id in zip(services, referrals, strict=False):
        chance = Random(f"{stage.seed} {house.organisation.key} {guest.part.key} {service}")
        steps = draw(stage, house, guest, chance, service)
        found.append(Course(guest, referral_id, deque(steps)))
    return found


def go_on(house: House, course: Course, until: date) -> None:
    """Let a course go on to a day, or to the last day of service."""
    last = min(until, course.guest.ended_on or until)
    while course.steps and _day(course.steps[0]) <= until:
        step = course.steps.popleft()
        if _day(step) > last:
            continue
        if isinstance(step, PlanDraft):
            _make(house, course, step)
        elif course.made is not None:
            _rate(house, course, course.made, step)


def draw(
    stage: Stage, house: House, guest: Guest, chance: Random, service: Service | None
) -> list[Step]:
    """Draw the versions of a plan and its ratings until today, in their order.

    Args:
        stage: What is shared.
        house: Where.
        guest: Whose.
        chance: Where it is drawn from.
        service: Under which service; None: components.
    """
    if guest.part.key in _UNPLANNED:
        return []
    first = guest.part.arrives + timedelta(days=_DAYS_TO_PLAN)
    drawing = _Drawing(stage, house, guest, chance, service)
    versions = [drawing.version(first)]
    until = min(stage.today, guest.ended_on or stage.today)
    # The year of a plan under a referral is counted from the arrival.
    began = guest.part.arrives if guest.stays else first
    ratings = list(_ratings(chance, (first, until), began))
    ratings = ratings[: len(ratings) - _UNRATED.get(guest.part.key, 0)]
    again = _planned_again(guest)
    steps: list[Step] = list(versions)
    for rating in ratings:
        if again and len(versions) == 1 and rating.period_to > again:
            versions.append(drawing.version(again))
            steps.append(versions[-1])
        steps.append(rating)
    return steps


def _day(step: Step) -> date:
    return step.valid_from if isinstance(step, PlanDraft) else step.period_to


def _make(house: House, course: Course, draft: PlanDraft) -> None:
    """Make a version, and agree on it."""
    guest, on = course.guest, draft.valid_from
    by = house.users[guest.part.worker]
    draft = replace(draft, referral_id=course.referral_id, goals=_in_term(guest, course, draft))
    if course.made is None:
        made = draft_plan(provider_id=house.provider_id, draft=draft, by=by, on=on)
    else:
        made = new_version(plan=course.made, draft=draft, by=by, on=on)
    if _is_persona(guest):
        agree_all(house, guest, made)
    else:
        agree_plan(plan=made, party=Party.PERSON, by=by, on=on)
    course.made = made
    goals = tuple(one.goal.pk for one in plan_tree(made).goals)
    guest.goals.setdefault(course.referral_id, []).append((on, goals))


def _in_term(guest: Guest, course: Course, draft: PlanDraft) -> list[GoalDraft]:
    """Let no goal be due after the referral ends."""
    ends = {stay.referral.pk: stay.referral.valid_to for stay in guest.stays}
    last = ends[course.referral_id] if course.referral_id else date.max
    return [replace(one, due_on=min(one.due_on or last, last)) for one in draft.goals]


def _rate(house: House, course: Course, made: Plan, rating: ReviewDraft) -> None:
    guest = course.guest
    if _is_persona(guest):
        rate_all(house, guest, made, rating, course.rated)
    else:
        by = house.users[guest.part.worker]
        review_plan(plan=made, draft=rating, by=by, on=rating.period_to)
    course.rated += 1


def _is_persona(guest: Guest) -> bool:
    return guest.part.key in PERSONAS


def _planned_again(guest: Guest) -> date | None:
    """Give the day on which a plan was made anew; None: it never was."""
    if _is_persona(guest):
        return renewed_on(guest)
    return _PLANNED_ANEW if guest.part.key in _PLANNED_TWICE else None


def _ratings(chance: Random, days: tuple[date, date], began_on: date) -> Iterator[ReviewDraft]:
    """Give the ratings due on some days: by the end of each quarter, and after each year."""
    first, until = days
    month = Month.of(first)
    quarter = month.plus(-((month.month - 1) % _QUARTER_MONTHS))
    years = 1
    while quarter.first <= until:
        last = quarter.plus(_QUARTER_MONTHS - 1).last
        if last <= until:
            text = chance.choice(QUARTERLY)
            yield ReviewDraft(ReviewKind.QUARTERLY, max(first, quarter.first), last, text)
        whole = add_months(began_on, 12 * years) - timedelta(days=1)
        if whole <= min(last, until):
            began = add_months(began_on, 12 * (years - 1))
            yield ReviewDraft(ReviewKind.YEARLY, max(first, began), whole, YEARLY)
            years += 1
        quarter = quarter.plus(_QUARTER_MONTHS)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws versions of a plan; of the three whose way is followed, says what they really want."""

    stage: Stage
    house: House
    guest: Guest
    chance: Random
    service: Service | None

    def version(self, first: date) -> PlanDraft:
        guest = self.guest
        if not _is_persona(guest):
            return self._drawn(first)
        again = first == renewed_on(guest) and guest.part.key not in _PLANNED_TWICE
        before = self.chance.getstate()
        draft = tailored(guest, self._drawn(first), self.house.workers[guest.part.worker])
        if again:
            # What follows is drawn as if this version were not there.
            self.chance.setstate(before)
        return draft

    def _drawn(self, first: date) -> PlanDraft:
        goals = [self._goal(domain) for domain in USUAL_DOMAINS[self.service]]
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
            person_id=self.guest.person.pk,
            referral_id=None,
            valid_from=first,
            goals=goals,
            wishes=self.chance.choice(WISHES),
            plain=PLAIN,
            package=[] if self.service else package,
        )

    def _goal(self, domain: int) -> GoalDraft:
        aim = self.chance.choice(AIMS[domain])
        activity = ActivityDraft(
            text=aim.activity,
            schedule=aim.schedule,
            responsible_id=self.house.workers[self.guest.part.worker],
            planned_minutes=aim.minutes,
        )
        origin = self.chance.choice(("referral", "assessment", "wish"))
        due = date(self.stage.today.year + 1, 6, 30)
        return GoalDraft(aim.goal, domain, origin, due, [activity])
