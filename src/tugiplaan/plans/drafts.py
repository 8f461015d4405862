"""A plan before it is kept: goals with their activities, and a package of components."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.audit.language import show_day
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.rules.vocabulary import Audience, Mode

FIRST_DOMAIN, LAST_DOMAIN = 1, 7
"""The life domains of the support-need assessment are numbered so."""


class BadDraftError(RefusedError):
    """The draft is not whole."""


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """What is done for a goal.

    Attributes:
        kind: The statutory activity of the service (`rules.activities`).
        schedule: The timetable: days and hours.
        frequency: How often, where the timetable does not say.
        responsible_id: The worker who answers for it.
        planned_minutes: A month.
    """

    text: str
    kind: str = ""
    schedule: str = ""
    responsible_id: UUID | None = None
    planned_minutes: int | None = None
    frequency: str = ""


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """A goal.

    Attributes:
        domain: The life domain, 1–7; 0: not chosen yet, which is refused.
        origin: From where it comes: one of `plans.models.Origin`, or empty.
        plain: The goal in plain language, for the person.
    """

    text: str
    domain: int
    origin: str = ""
    due_on: date | None = None
    activities: Sequence[ActivityDraft] = ()
    plain: str = ""


@dataclass(frozen=True, slots=True)
class PackageDraft:
    """Planned time of one component.

    Attributes:
        funder: Registry code of who pays.
        planned_minutes: A month, >= 1.
        goal: The number of the goal that it serves, from 1; None: all.
    """

    funder: str
    component: str
    mode: Mode
    audience: Audience
    planned_minutes: int
    valid_from: date
    valid_to: date | None = None
    goal: int | None = None


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan with everything in it (SHS § 85(1)–(2)).

    Attributes:
        referral_id: Under which referral; None: for component services alone.
        valid_to: The last day; None: the end of the referral, or open without one.
        plain: The plan in plain language, for the person.
        ability: What the person can do, alone and with help.
    """

    person_id: UUID
    valid_from: date
    goals: Sequence[GoalDraft]
    referral_id: UUID | None = None
    valid_to: date | None = None
    recovery_stage: str = ""
    wishes: str = ""
    plain: str = ""
    package: Sequence[PackageDraft] = ()
    ability: str = ""


def check_draft(draft: PlanDraft) -> None:
    """Refuse a draft that is not whole.

    Raises:
        BadDraftError: With what is wanting and where.

    Law: SHS § 85(1)–(2).
    """
    if draft.valid_to and draft.valid_to < draft.valid_from:
        raise BadDraftError(
            _("Plaan lõpeb ({last}) enne, kui algab ({first}).").format(
                last=show_day(draft.valid_to), first=show_day(draft.valid_from)
            )
        )
    if not draft.goals:
        raise BadDraftError(_("Plaanil on vaja vähemalt üht eesmärki (SHS § 85 lg 2)."))
    for number, goal in enumerate(draft.goals, 1):
        _check_goal(number, goal)
        if goal.due_on and goal.due_on < draft.valid_from:
            raise BadDraftError(
                _("{number}. eesmärgi tähtaeg {due} on enne plaani algust {first}.").format(
                    number=number, due=show_day(goal.due_on), first=show_day(draft.valid_from)
                )
            )
    seen = set()
    for line in draft.package:
        _check_line(line, len(draft.goals))
        key = (line.funder, line.component, line.mode, line.audience, line.valid_from)
        if key in seen:
            raise BadDraftError(
                _("Paketis on komponent {component} kaks korda: liida read.").format(
                    component=line.component
                )
            )
        seen.add(key)


def _check_goal(number: int, goal: GoalDraft) -> None:
    if not goal.text.strip():
        raise BadDraftError(_("{number}. eesmärk on sõnastamata.").format(number=number))
    if not FIRST_DOMAIN <= goal.domain <= LAST_DOMAIN:
        raise BadDraftError(
            _(
                "{number}. eesmärgil puudub eluvaldkond: vali üks {first}–{last} (SHS § 85 lg 1)."
            ).format(number=number, first=FIRST_DOMAIN, last=LAST_DOMAIN)
        )
    for activity in goal.activities:
        if not activity.text.strip():
            raise BadDraftError(
                _("{number}. eesmärgi tegevus on kirjeldamata.").format(number=number)
            )
        if activity.planned_minutes is not None and activity.planned_minutes < 0:
            raise BadDraftError(
                _("{number}. eesmärgi tegevuse aeg ei saa olla alla nulli.").format(number=number)
            )


def _check_line(line: PackageDraft, goals: int) -> None:
    if not line.component.strip() or not line.funder.strip():
        raise BadDraftError(_("Paketi real on vaja komponenti ja rahastajat."))
    if line.planned_minutes < 1:
        raise BadDraftError(
            _("Komponendi {component} maht peab olema vähemalt üks minut.").format(
                component=line.component
            )
        )
    if line.valid_to and line.valid_to < line.valid_from:
        raise BadDraftError(
            _("Komponendi {component} aeg lõpeb enne, kui algab.").format(component=line.component)
        )
    if line.goal is not None and not 1 <= line.goal <= goals:
        raise BadDraftError(
            _("Komponendi {component} eesmärki {goal} plaanis ei ole.").format(
                component=line.component, goal=line.goal
            )
        )
