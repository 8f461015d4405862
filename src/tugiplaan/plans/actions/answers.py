"""Recording who agreed to a plan and who refused it: each party's words, and what comes of them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.people.queries import require_person
from tugiplaan.plans.actions.plans import UnableToPlanError, check_open
from tugiplaan.plans.models import Party, Plan, PlanAnswer, PlanState
from tugiplaan.providers.books import hold_provider

_DECIDE = frozenset({Party.PERSON, Party.REPRESENTATIVE})
"""Who must not be against it: the plan is made together with them (SHS § 85(1))."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a party said to a plan.

    Attributes:
        name: Who it was, where the party alone does not tell.
        day: When it was said; None: today.
        why: Of a refusal why; not empty then.
    """

    party: Party
    is_agreed: bool
    name: str = ""
    day: date | None = None
    why: str = ""


def answer_plan(*, plan: Plan, said: Said, by: User, on: date) -> PlanAnswer:
    """Record what a party said to a version of a plan.

    Args:
        plan: Which version.
        said: What was said, by whom and when.
        by: Who records it.
        on: Today.

    Returns:
        The answer. With an agreement the plan is in force, unless the person or the
        representative stands against it; with a refusal it is not, unless a member of the
        network alone refused.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToPlanError: The plan is closed, a refusal has no reason, or the day cannot be.

    Law: SHS § 85(1).
    """
    return _answer(plan, said, by, on, "plans.write")


def answer_own_plan(*, plan: Plan, said: Said, by: User, on: date) -> PlanAnswer:
    """Record what the person, or who speaks for them, said to their plan themselves.

    Args:
        plan: Which version.
        said: What they say; the party is the person or the representative.
        by: Who says it.
        on: Today.

    Returns:
        The answer, as `answer_plan`.

    Raises:
        NotAllowedError: It is not the user's own view.
        UnableToPlanError: As `answer_plan`.

    Law: SHS § 85(1).
    """
    return _answer(plan, said, by, on, "plans.answer")


def agree_plan(*, plan: Plan, party: Party, by: User, on: date) -> PlanAnswer:
    """Record that somebody agreed to a plan today, as `answer_plan` does."""
    return answer_plan(plan=plan, said=Said(party, is_agreed=True), by=by, on=on)


def refuse_plan(*, plan: Plan, party: Party, why: str, by: User, on: date) -> PlanAnswer:
    """Record that somebody refused a plan today and why, as `answer_plan` does."""
    return answer_plan(plan=plan, said=Said(party, is_agreed=False, why=why), by=by, on=on)


def _answer(plan: Plan, said: Said, by: User, on: date, permission: str) -> PlanAnswer:
    provider_id = plan.provider_id
    require_person(by, permission, plan.person, on)
    day, why = said.day or on, said.why.strip()
    if not said.is_agreed and not why:
        raise UnableToPlanError(
            _("Keeldumise põhjus on vajalik: kirjuta see juurde. Midagi ei muudetud.")
        )
    if day > on:
        raise UnableToPlanError(
            _(
                "Vastuse päev {day} on tulevikus: vali tänane või varasem. Midagi ei muudetud."
            ).format(day=show_day(day))
        )
    name = "plans.agree_plan" if said.is_agreed else "plans.refuse_plan"
    row = PlanAnswer(
        provider_id=provider_id,
        plan=plan,
        party=said.party,
        name=said.name.strip(),
        is_agreed=said.is_agreed,
        day=day,
        why=why,
    )
    with acting(by=by, name=name, provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        check_open(plan, on)
        state = _comes_of(plan, row)
        act.store([row])
        if state:
            own = {"provider_id": provider_id, "plan": plan, "day": day}
            act.store([PlanState(**own, state=state, party=said.party, why=why)])
        act.about(plan.person_id)
    return row


def _comes_of(plan: Plan, row: PlanAnswer) -> PlanState.State | None:
    """Say what becomes of a plan by an answer; None: nothing new."""
    if row.party == Party.NETWORK:
        return None
    if not row.is_agreed:
        return PlanState.State.REFUSED
    said = {one.party: one for one in PlanAnswer.objects.filter(plan=plan).order_by("id")}
    against = [
        party
        for party in _DECIDE
        if party != row.party and party in said and not said[party].is_agreed
    ]
    return None if against else PlanState.State.AGREED
