"""Drafting a plan and its later versions, and closing it."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import Act, acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.people.queries import persons_of, require_person, standing_for
from tugiplaan.plans.drafts import BadDraftError, PlanDraft, check_draft
from tugiplaan.plans.models import Activity, Goal, PackageLine, Plan, PlanState
from tugiplaan.plans.queries import state_of, versions_of
from tugiplaan.providers.books import hold_provider


class UnableToPlanError(RefusedError):
    """The plan cannot be as given, or what is asked cannot be done with it."""


def draft_plan(*, provider_id: UUID, draft: PlanDraft, by: User, on: date) -> Plan:
    """Make the first version of a plan.

    Args:
        provider_id: At which provider.
        draft: The plan with goals, activities and package.
        by: Who makes it.
        on: Today.

    Returns:
        The plan, number 1, drafted; it is in force once it is agreed.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToPlanError: There is no goal, a goal has no domain, something else is wanting, the
            person, referral or worker is not here, or there is a plan already.

    Law: SHS § 85(1)–(2).
    """
    require(by, "plans.write", provider_id, on)
    plan = _plan(provider_id, draft, on)
    require_person(by, "plans.write", plan.person, on)
    with acting(by=by, name="plans.draft_plan", provider_id=provider_id) as act:
        hold_provider(provider_id)
        if versions_of(plan).exists():
            raise UnableToPlanError(
                _(
                    "Selle suunamise plaan on juba olemas: tee sellest uus versioon. Midagi ei "
                    "salvestatud."
                )
            )
        _store(act, plan, draft)
    return plan


def new_version(*, plan: Plan, draft: PlanDraft, by: User, on: date) -> Plan:
    """Make the next version of a plan; the earlier ones stay as they are.

    Args:
        plan: Any version.
        draft: The whole plan as it should read; of the same person and referral.
        by: Who makes it.
        on: Today.

    Returns:
        The new version, one number above the highest, drafted; until it is agreed the earlier
        one is in force.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToPlanError: As `draft_plan`; or of another person or referral.

    Law: SHS § 85(3).
    """
    provider_id = plan.provider_id
    require_person(by, "plans.write", plan.person, on)
    if (draft.person_id, draft.referral_id) != (plan.person_id, plan.referral_id):
        raise UnableToPlanError(
            _("Uus versioon on sama inimese ja suunamise kohta. Midagi ei salvestatud.")
        )
    following = _plan(provider_id, draft, on)
    with acting(by=by, name="plans.new_version", provider_id=provider_id) as act:
        hold_provider(provider_id)
        latest = versions_of(plan).values_list("number", flat=True)
        following.number = max(latest) + 1
        _store(act, following, draft)
    return following


def close_plan(*, plan: Plan, why: str, by: User, on: date) -> PlanState:
    """Record that a version of a plan came to its end; it is never agreed or reviewed again.

    Args:
        plan: Which version.
        why: Why; not empty.
        by: Who records it.
        on: Today.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToPlanError: The plan is closed already, or no reason is given.
    """
    if not why.strip():
        raise UnableToPlanError(
            _("Lõpetamise põhjus on vajalik: kirjuta see juurde. Midagi ei muudetud.")
        )
    provider_id = plan.provider_id
    require_person(by, "plans.write", plan.person, on)
    row = PlanState(
        provider_id=provider_id, plan=plan, state=PlanState.State.CLOSED, day=on, why=why
    )
    with acting(by=by, name="plans.close_plan", provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        check_open(plan, on)
        act.store([row])
        act.about(plan.person_id)
    return row


def check_open(plan: Plan, on: date) -> None:
    """Refuse to change a version that is closed.

    Raises:
        UnableToPlanError: It is closed.
    """
    if state_of(plan, on) == PlanState.State.CLOSED:
        raise UnableToPlanError(
            _(
                "Plaani {number}. versioon on lõpetatud: tee uus versioon. Midagi ei muudetud."
            ).format(number=plan.number)
        )


def _plan(provider_id: UUID, draft: PlanDraft, on: date) -> Plan:
    """Make the row of a plan, checked, without storing it."""
    try:
        check_draft(draft)
    except BadDraftError as error:
        raise UnableToPlanError(_("{wrong} Midagi ei salvestatud.").format(wrong=error)) from error
    plan = Plan(
        provider_id=provider_id,
        person_id=draft.person_id,
        referral_id=draft.referral_id,
        number=1,
        made_on=on,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        ability=draft.ability,
        recovery_stage=draft.recovery_stage,
        wishes=draft.wishes,
        plain=draft.plain,
    )
    if not persons_of(provider_id).filter(pk=draft.person_id).exists():
        raise UnableToPlanError(_("Seda inimest siin ei ole. Midagi ei salvestatud."))
    try:
        referral = plan.referral
    except ObjectDoesNotExist as error:
        raise UnableToPlanError(_("Sellist suunamist ei ole. Midagi ei salvestatud.")) from error
    if referral is not None:
        standing = standing_for(provider_id)
        whose = {standing.get(one, one) for one in (referral.person_id, draft.person_id)}
        if len(whose) > 1:
            raise UnableToPlanError(_("See suunamine on teise inimese oma. Midagi ei salvestatud."))
        _check_term(draft, referral.valid_to)
        plan.valid_to = draft.valid_to or referral.valid_to
    _check_goals(draft, plan.valid_to)
    return plan


def _check_goals(draft: PlanDraft, last: date | None) -> None:
    """Refuse a goal that is to be reached when its plan no longer holds."""
    for number, goal in enumerate(draft.goals, 1):
        if last and goal.due_on and goal.due_on > last:
            raise UnableToPlanError(
                _(
                    "{number}. eesmärgi tähtaeg {due} on pärast plaani lõppu {last}: vali varasem "
                    "tähtaeg. Midagi ei salvestatud."
                ).format(number=number, due=show_day(goal.due_on), last=show_day(last))
            )


def _check_term(draft: PlanDraft, last: date) -> None:
    """Refuse a plan that holds when its referral no longer does."""
    if draft.valid_from > last:
        raise UnableToPlanError(
            _(
                "Suunamine lõpeb {last}, plaan ei saa alata {first}: vali varasem algus või "
                "teine suunamine. Midagi ei salvestatud."
            ).format(last=show_day(last), first=show_day(draft.valid_from))
        )
    if draft.valid_to and draft.valid_to > last:
        raise UnableToPlanError(
            _(
                "Plaan ei saa kesta kauem kui suunamine: suunamine lõpeb {last}, plaan {until}. "
                "Midagi ei salvestatud."
            ).format(last=show_day(last), until=show_day(draft.valid_to))
        )


def _store(act: Act, plan: Plan, draft: PlanDraft) -> None:
    act.store([plan])
    own = {"provider_id": plan.provider_id}
    goals = [
        Goal(
            **own,
            plan=plan,
            number=number,
            domain=goal.domain,
            text=goal.text.strip(),
            plain=goal.plain.strip(),
            origin=goal.origin,
            due_on=goal.due_on,
        )
        for number, goal in enumerate(draft.goals, 1)
    ]
    activities = [
        Activity(
            **own,
            goal=row,
            kind=activity.kind,
            text=activity.text.strip(),
            schedule=activity.schedule,
            frequency=activity.frequency,
            responsible_id=activity.responsible_id,
            planned_minutes=activity.planned_minutes,
        )
        for row, goal in zip(goals, draft.goals, strict=True)
        for activity in goal.activities
    ]
    _check_workers(plan.provider_id, activities)
    lines = _lines(plan, goals, draft)
    act.store(goals)
    act.store(activities)
    act.store(lines)
    act.store([PlanState(**own, plan=plan, state=PlanState.State.DRAFTED, day=plan.made_on)])
    act.about(plan.person_id)
    act.details["number"] = plan.number


def _lines(plan: Plan, goals: list[Goal], draft: PlanDraft) -> list[PackageLine]:
    return [
        PackageLine(
            provider_id=plan.provider_id,
            plan=plan,
            goal=goals[line.goal - 1] if line.goal else None,
            funder=line.funder.strip(),
            component=line.component.strip(),
            mode=line.mode,
            audience=line.audience,
            planned_minutes=line.planned_minutes,
            valid_from=line.valid_from,
            valid_to=line.valid_to,
        )
        for line in draft.package
    ]


def _check_workers(provider_id: UUID, activities: list[Activity]) -> None:
    for activity in activities:
        try:
            worker = activity.responsible
        except ObjectDoesNotExist as error:
            raise UnableToPlanError(_("Sellist töötajat ei ole. Midagi ei salvestatud.")) from error
        if worker is not None and worker.provider_id != provider_id:
            raise UnableToPlanError(
                _("Vastutaja on teise teenuseosutaja töötaja. Midagi ei salvestatud.")
            )
