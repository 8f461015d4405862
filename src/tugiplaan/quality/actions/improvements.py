"""Improvements: planned with an owner and a day, done or given up."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require_whole
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.quality.catalogue import standards
from tugiplaan.quality.models import Improvement, Round


class UnableToImproveError(RefusedError):
    """The improvement cannot be kept as given."""


@dataclass(frozen=True, slots=True)
class NewImprovement:
    """Something that is to be better.

    Attributes:
        owner: Who sees to it.
        due_on: By when.
        number: The standard that it is about; empty: none.
        round_id: The assessment that it came from; None: none.
    """

    what: str
    owner: str
    due_on: date
    number: str = ""
    round_id: UUID | None = None


def plan_improvement(*, provider_id: UUID, new: NewImprovement, by: User, on: date) -> Improvement:
    """Plan that something gets better. It may come from a closed round too.

    Args:
        provider_id: Where.
        new: What, who and by when.
        by: Who plans.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToImproveError: What or who is empty, the day is past, or there is no such
            standard or round.
    """
    require_whole(by, "quality.write", provider_id, on)
    wrong = ""
    if not new.what.strip() or not new.owner.strip():
        wrong = _("Kirjuta, mida teete ja kes selle eest vastutab.")
    elif new.due_on < on:
        wrong = _("Tähtaeg on juba möödas.")
    elif new.number and new.number not in standards():
        wrong = _("Standardit {number} ei ole.").format(number=new.number)
    elif (
        new.round_id and not Round.objects.filter(provider_id=provider_id, pk=new.round_id).exists()
    ):
        wrong = _("Seda hindamist selle teenuseosutaja juures ei ole.")
    if wrong:
        raise UnableToImproveError(_("{wrong} Midagi ei salvestatud.").format(wrong=wrong))
    row = Improvement(provider_id=provider_id, **asdict(new))
    with acting(by=by, name="quality.plan_improvement", provider_id=provider_id) as act:
        row.save(force_insert=True)
        act.details["improvement"] = row.pk
    return row


def end_improvement(
    *, improvement: Improvement, is_done: bool, outcome: str, by: User, on: date
) -> None:
    """Record that an improvement is done, or was given up.

    Args:
        improvement: Which.
        is_done: Else it was given up.
        outcome: What came of it, or why it was given up; not empty.
        by: Who records.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToImproveError: It has ended already, or nothing is said.
    """
    require_whole(by, "quality.write", improvement.provider_id, on)
    name = "quality.end_improvement"
    with acting(by=by, name=name, provider_id=improvement.provider_id) as act:
        held = Improvement.objects.select_for_update().get(pk=improvement.pk)
        if held.ended_on is not None:
            raise UnableToImproveError(
                _("See parendus lõpetati juba {day}. Midagi ei muudetud.").format(
                    day=show_day(held.ended_on)
                )
            )
        if not outcome.strip():
            raise UnableToImproveError(
                _("Kirjuta, mis sellest sai või miks loobuti. Midagi ei muudetud.")
            )
        state = Improvement.State.DONE if is_done else Improvement.State.GIVEN_UP
        Improvement.objects.filter(pk=held.pk).update(
            state=state, ended_on=on, outcome=outcome.strip()
        )
        act.details["improvement"] = held.pk
