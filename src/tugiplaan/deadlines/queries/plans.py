"""What is due for plans: drawing up, agreeing, rating each quarter and year, summing up."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from tugiplaan.deadlines.queries.stays import subject_of
from tugiplaan.deadlines.tasks import Action, Look, Subject, Task, TaskKind, task_of
from tugiplaan.plans.histories import Histories, History, SummaryMark, Version
from tugiplaan.plans.queries import PlanTerms, days_of_stay, missing_ratings
from tugiplaan.referrals.queries import Watched
from tugiplaan.rules.deadlines import activity_plan, summary_assessments
from tugiplaan.rules.period import FAR_FUTURE

_RATING = "SHS § 85(2) p 2"
_PLAN = "SHS § 85(1)"


def plan_tasks(known: Iterable[Watched], plans: Histories, look: Look) -> Iterator[Task]:
    """Give what is due for the plans of who is served.

    Args:
        known: The referrals whose plans one may see.
        plans: Their plans, and those of component services without a referral.
        look: From which day, and how far.

    Raises:
        NotInForceError: A term was not in force.

    Law: rule R-13; SHS § 85.
    """
    by_referral = {one.referral_id: one for one in plans.plans if one.referral_id}
    for one in known:
        stay = days_of_stay(one.facts)
        if stay is None or not stay[0] <= look.day <= stay[1]:
            continue
        history = by_referral.get(one.referral.pk)
        yield from _drawing_up(one, history, look)
        if history is not None:
            yield from _running(history, stay, look)
    for history in plans.plans:
        if history.referral_id is None and history.in_force(look.day):
            yield from _running(history, None, look)


def _drawing_up(one: Watched, history: History | None, look: Look) -> Iterator[Task]:
    arrived = one.facts.arrived_on
    if arrived is None or (history is not None and history.last_agreed is not None):
        return
    due = activity_plan(arrived, look.law)
    if due.due_on > look.until:
        return
    if history is None:
        yield task_of(due, Action.DRAFT_PLAN, subject_of(one))
        return
    draft = history.versions[-1]
    subject = Subject(draft.plan_id, one.person_name, one.person_id)
    yield task_of(due, Action.AGREE_PLAN, subject, ("version", draft.number))


def _running(history: History, stay: tuple[date, date] | None, look: Look) -> Iterator[Task]:
    plan = history.last_agreed
    if plan is None:
        return
    subject = Subject(plan.plan_id, history.person_name, history.person_id)
    yield from _ratings(history, plan, stay, look)
    for goal in history.goals:
        if goal.plan_id == plan.plan_id and goal.due_on <= look.until:
            about = Subject(plan.plan_id, history.person_name, history.person_id)
            yield _own(TaskKind.GOAL, goal.due_on, Action.WRITE_REVIEW, about, ("goal", goal.text))
    newest = history.versions[-1]
    if newest.number > plan.number and newest.state == "drafted":
        about = Subject(newest.plan_id, history.person_name, history.person_id)
        yield _own(
            TaskKind.PLAN_AGREEMENT,
            newest.valid_from,
            Action.AGREE_PLAN,
            about,
            ("version", newest.number),
        )
    last = plan.valid_to or FAR_FUTURE
    ends_first = last < (stay[1] if stay else FAR_FUTURE) and last <= look.until
    if ends_first and newest.number == plan.number:
        yield _own(TaskKind.PLAN_OVER, last, Action.RENEW_PLAN, subject, ("valid_to", last))


def _ratings(
    history: History, plan: Version, stay: tuple[date, date] | None, look: Look
) -> Iterator[Task]:
    since = min(one.valid_from for one in history.versions)
    terms = PlanTerms(since, plan.valid_to, stay or (since, plan.valid_to or FAR_FUTURE))
    subject = Subject(plan.plan_id, history.person_name, history.person_id)
    for deadline in missing_ratings(terms, history.ratings, look.until, look.law):
        # Quarters from before anybody looked at this house are history, not work.
        if deadline.due_on >= look.since:
            yield task_of(deadline, Action.WRITE_REVIEW, subject)


def _own(
    kind: TaskKind, due_on: date, action: Action, subject: Subject, number: tuple[str, object]
) -> Task:
    section = _RATING if kind is TaskKind.GOAL else _PLAN
    name, value = number
    shown = value if isinstance(value, int | date) else str(value)
    return Task(
        kind=kind,
        due_on=due_on,
        section=section,
        action=action,
        about=subject.about,
        person_id=subject.person_id,
        name=subject.name,
        numbers=((name, shown),),
    )


def summary_tasks(known: Iterable[Watched], plans: Histories, look: Look) -> Iterator[Task]:
    """Give the summary assessments that have not been sent.

    Args:
        known: The referrals whose plans one may see.
        plans: Their summary assessments.
        look: From which day, and how far.

    Raises:
        NotInForceError: A term was not in force on the last day of a referral.

    Law: rule R-14; SHS § 83(1) p 11, 11¹.
    """
    for one in known:
        if one.facts.arrived_on is None:
            continue
        mark = plans.summaries.get(one.referral.pk)
        if mark is not None and mark.sent_on is not None:
            continue
        due = summary_assessments(one.facts, look.law)[-1]
        if look.since <= due.due_on <= look.until:
            action, about = _summary_step(mark, one.referral.pk)
            subject = Subject(about, one.person_name, one.person_id)
            yield task_of(due, action, subject, ("valid_to", one.facts.valid_to))


def _summary_step(mark: SummaryMark | None, referral_id: UUID) -> tuple[Action, UUID]:
    if mark is None:
        return Action.WRITE_SUMMARY, referral_id
    step = Action.APPROVE_SUMMARY if mark.approved_on is None else Action.SEND_SUMMARY
    return step, mark.summary_id
