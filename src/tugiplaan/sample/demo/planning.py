"""The plans of the three people whose way the demo follows from referral to summary."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tugiplaan.people.queries import speaking_for
from tugiplaan.plans.actions import (
    Outcome,
    Party,
    ReviewDraft,
    ReviewKind,
    Said,
    answer_plan,
    new_version,
    review_goals,
)
from tugiplaan.plans.drafts import ActivityDraft, GoalDraft, PlanDraft
from tugiplaan.plans.queries import Plan
from tugiplaan.plans.standing import plan_lines
from tugiplaan.plans.trees import plan_tree
from tugiplaan.rules.period import add_months
from tugiplaan.sample.demo.stage import Guest, House, Stage

_YEAR = 12
_DAYS_AFTER_YEAR = 21
_WAITS_AT, _WAITS = "kogukonnakodu", "K1"
_ASKED_DAYS_AGO = 4


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal of one of the three, in the worker's words and in plain ones.

    Attributes:
        kind: The statutory activity; empty: of components.
        rated: How far it was met, quarter by quarter; the last one goes on.
    """

    domain: int
    text: str
    plain: str
    origin: str
    kind: str
    activity: str
    schedule: str
    minutes: int
    rated: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Persona:
    """What the plan of one of the three says.

    Attributes:
        first: Goals of the first version.
        second: Goals of the version after a year; what is in both goes on.
        network: Who of the network agrees.
        words: What the network said to it.
    """

    ability: str
    stage: str
    wishes: str
    plain: str
    first: tuple[Aim, ...]
    second: tuple[Aim, ...]
    network: str
    words: str


_BUDGET = Aim(
    7, "Planeerib kuu raha ette ja maksab arved õigel ajal.",
    "Ma tean, kui palju raha mul kuus on, ja maksan arved ära.", "assessment", "TE-1",
    "Eelarve koostamine ja arvete maksmine koos", "E kell 10", 120,
    (Outcome.NOT_MET, Outcome.PARTLY, Outcome.PARTLY, Outcome.MET),
)  # fmt: skip
_HOME = Aim(
    4, "Hoiab korterit korras meeldetuletuseta.",
    "Mu kodu on puhas ja ma tean, mis päeval koristan.", "referral", "TE-2",
    "Koristamise ja pesupesemise juhendamine", "N kell 15", 240,
    (Outcome.PARTLY, Outcome.PARTLY, Outcome.MET),
)  # fmt: skip
_ALONE = Aim(
    7, "Elab iseseisvalt ja kutsub abi, kui vaja.",
    "Ma saan üksi hakkama ja tean, kellele helistada.", "wish", "TE-4",
    "Iseseisva elu harjutamine ja abi kutsumise kava", "kord nädalas", 180,
    (Outcome.PARTLY, Outcome.PARTLY, Outcome.MET),
)  # fmt: skip
_FRIENDS = Aim(
    6, "Käib kord nädalas kodust väljas endale meeldivas kohas.",
    "Ma käin kord nädalas seal, kus mulle meeldib.", "wish", "TE-1",
    "Ürituse valimine ja sinna jõudmine", "L", 90, (Outcome.PARTLY, Outcome.MET),
)  # fmt: skip
_CALM = Aim(
    2, "Ütleb ärevusest ise, enne kui see suureks läheb.",
    "Ma ütlen, kui mul on halb olla.", "assessment", "OEH-1.1",
    "Hommikune vestlus ja rahunemise harjutused", "iga päev", 300,
    (Outcome.NOT_MET, Outcome.PARTLY, Outcome.PARTLY),
)  # fmt: skip
_WALK = Aim(
    3, "Kõnnib iga päev õues vähemalt pool tundi.", "Ma käin iga päev õues jalutamas.",
    "referral", "OEH-3", "Jalutuskäik koos juhendajaga", "iga päev", 600,
    (Outcome.PARTLY, Outcome.MET),
)  # fmt: skip
_GARDEN = Aim(
    6, "Hoolitseb oma lillepeenra eest.", "Mul on oma lillepeenar.", "wish", "OEH-1.5",
    "Aiatööd", "K, R", 240, (Outcome.MET,),
)  # fmt: skip
_WORK = Aim(
    5, "Proovib tööd osalise koormusega.", "Ma tahan proovida tööl käia.", "wish", "",
    "Tööproovid ja tööandjaga kohtumine", "T, N", 480,
    (Outcome.NOT_MET, Outcome.PARTLY, Outcome.PARTLY),
)  # fmt: skip
_PEOPLE = Aim(
    1, "Kohtub kord nädalas mõne tuttavaga.", "Ma saan kord nädalas tuttavaga kokku.",
    "assessment", "", "Suhete hoidmise toetamine", "K", 240, (Outcome.PARTLY, Outcome.MET),
)  # fmt: skip
_LODGING = Aim(
    4, "Leiab püsiva üürikorteri.", "Ma leian endale kodu.", "referral", "",
    "Üüripakkumiste vaatamine ja taotlused", "kord kuus", 60, (Outcome.PARTLY,),
)  # fmt: skip

PERSONAS: dict[str, Persona] = {
    "T1": Persona(
        ability="Käib ise poes ja bussiga linnas. Raha ja paberitega vajab kõrvalt vaatajat.",
        stage="taastumas, püsiv",
        wishes="Tahan elada oma korteris. Mulle meeldib jalgratas ja vana muusika.",
        plain="Ma elan oma korteris. Mind aidatakse raha ja koristamisega. Siis saan ise hakkama.",
        first=(_BUDGET, _HOME, _FRIENDS),
        second=(_BUDGET, _ALONE, _FRIENDS),
        network="Piret Üleoja",
        words="Aitan nädalavahetusel ise.",
    ),
    "S1": Persona(
        ability="Sööb ja riietub ise. Väljas käies vajab saatjat.",
        stage="kõikuv, vajab turvalist rutiini",
        wishes="Mulle meeldib olla aias ja hoolitseda lillede eest.",
        plain="Ma elan siin kodus. Käin iga päev õues ja mul on oma lilled.",
        first=(_CALM, _WALK, _GARDEN),
        second=(_CALM, _WALK, replace(_GARDEN, schedule="E, K, R", minutes=300)),
        network="Leili Õispuu",
        words="Käin külas kord kuus.",
    ),
    "M1": Persona(
        ability="Räägib vene ja eesti keelt, orienteerub linnas ise. Uute inimestega on arg.",
        stage="taastumise algus",
        wishes="Tahan tööd oma kätega ja rahulikku kodu.",
        plain="Ma otsin tööd ja kodu. Mind aidatakse, kuni saan ise hakkama.",
        first=(_PEOPLE, _WORK, _LODGING),
        second=(_PEOPLE, replace(_WORK, schedule="E, T, N"), _LODGING),
        network="Tiina Tamm",
        words="Tulen kokkusaamistele.",
    ),
}
"""By the key of the part."""


_OFTEN = {
    **dict.fromkeys(("E kell 10", "N kell 15", "L", "K"), "kord nädalas"),
    **dict.fromkeys(("K, R", "T, N"), "kaks korda nädalas"),
    **dict.fromkeys(("E, K, R", "E, T, N"), "kolm korda nädalas"),
}
"""How often, where the timetable names days only."""


def renewed_on(guest: Guest) -> date:
    """Give the day on which the plan of one of the three was made anew: after a year."""
    return add_months(guest.part.arrives, _YEAR) + timedelta(days=_DAYS_AFTER_YEAR)


def tailored(guest: Guest, draft: PlanDraft, worker_id: Any) -> PlanDraft:
    """Put what one of the three really wants in the place of what was drawn.

    Args:
        guest: One of the three.
        draft: The draft as it was drawn; its days and its package stay.
        worker_id: Who answers for the activities.
    """
    persona = PERSONAS[guest.part.key]
    is_second = draft.valid_from >= renewed_on(guest)
    aims = persona.second if is_second else persona.first
    return replace(
        draft,
        ability=persona.ability,
        recovery_stage=persona.stage,
        wishes=persona.wishes,
        plain=persona.plain,
        goals=[_goal(aim, add_months(draft.valid_from, 2 * _YEAR), worker_id) for aim in aims],
    )


def _goal(aim: Aim, due: date, worker_id: Any) -> GoalDraft:
    activity = ActivityDraft(
        text=aim.activity,
        kind=aim.kind,
        schedule=aim.schedule,
        frequency=_OFTEN.get(aim.schedule, ""),
        responsible_id=worker_id,
        planned_minutes=aim.minutes,
    )
    return GoalDraft(aim.text, aim.domain, aim.origin, due, [activity], aim.plain)


def agree_all(house: House, guest: Guest, plan: Plan) -> None:
    """Let the person, who speaks for them, the network and the provider agree to a plan."""
    persona = PERSONAS[guest.part.key]
    on = plan.made_on
    by = house.users[guest.part.worker]
    said = [
        Said(Party.PERSON, is_agreed=True, name=str(guest.person)),
        *(
            Said(Party.REPRESENTATIVE, is_agreed=True, name=one.name)
            for one in speaking_for(guest.person.pk, on)
        ),
        Said(Party.NETWORK, is_agreed=True, name=persona.network, why=persona.words),
        Said(Party.PROVIDER, is_agreed=True, name=by.name),
    ]
    for one in said:
        answer_plan(plan=plan, said=one, by=by, on=on)


def rate_all(house: House, guest: Guest, plan: Plan, rating: ReviewDraft, at: int) -> None:
    """Rate the plan and each of its goals.

    Args:
        house: Where.
        guest: One of the three.
        plan: Which version.
        rating: The rating of the whole plan.
        at: Which rating it is, from 0.
    """
    persona = PERSONAS[guest.part.key]
    aims = {one.text: one for one in (*persona.first, *persona.second)}
    drafts: list[ReviewDraft] = [rating]
    if rating.kind is ReviewKind.QUARTERLY:
        for tree in plan_tree(plan).goals:
            outcome = _outcome(aims[tree.goal.text].rated, at)
            text = f"{aims[tree.goal.text].activity}: {outcome.label}."
            drafts.append(replace(rating, goal_id=tree.goal.pk, outcome=outcome, text=text))
    by = house.users[guest.part.worker]
    review_goals(plan=plan, drafts=drafts, by=by, on=rating.period_to)


def _outcome(rated: Sequence[Outcome], at: int) -> Outcome:
    return rated[min(at // 2, len(rated) - 1)]


def leave_waiting(stage: Stage) -> None:
    """Leave a new version of a plan waiting for the answer of a person's guardian."""
    house = stage.houses[_WAITS_AT]
    guest = house.guests[_WAITS]
    on = stage.today - timedelta(days=_ASKED_DAYS_AGO)
    by = house.users[guest.part.worker]
    (line,) = plan_lines(house.provider_id, [guest.person.pk], on)
    tree = plan_tree(line.shown.plan)
    goals = [
        GoalDraft(
            one.goal.text,
            one.goal.domain,
            one.goal.origin,
            one.goal.due_on,
            [
                ActivityDraft(row.text, row.kind, row.schedule, row.responsible_id, 240)
                for row in one.activities
            ],
        )
        for one in tree.goals
    ]
    draft = PlanDraft(
        person_id=guest.person.pk,
        referral_id=line.shown.plan.referral_id,
        valid_from=on,
        goals=goals,
        wishes=line.shown.plan.wishes,
        plain=line.shown.plan.plain,
    )
    plan = new_version(plan=line.shown.plan, draft=draft, by=by, on=on)
    said = Said(Party.NETWORK, is_agreed=True, why="Vanema õega räägitud.")
    answer_plan(plan=plan, said=said, by=by, on=on)
