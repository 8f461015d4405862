"""Filling an assessment in, page by page, until it is finished and lasts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.assessments.actions.assessing import (
    Given,
    NewAssessment,
    UnableToAssessError,
    check_day,
    check_whose,
    instrument_of,
    make_answers,
    refuse_shut,
    start_assessment,
)
from tugiplaan.assessments.models import Assessment, AssessmentDraft, View
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.people.queries import require_person


def start_draft(*, provider_id: UUID, new: NewAssessment, by: User, on: date) -> AssessmentDraft:
    """Begin to fill an assessment in; it lasts when it is finished.

    Args:
        provider_id: At which provider.
        new: Whom, with what and when; answers that are there already may come with it.
        by: Who assesses.
        on: Today.

    Returns:
        The draft.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToAssessError: The person, referral or instrument is not here, the day lies in the
            future, or one with the same instrument is under way.

    Law: SHS §§ 70(2), 83(1) p 6.
    """
    require(by, "assessments.write", provider_id, on)
    check_day(new.assessed_on, on)
    like = _as_assessment(provider_id, new, by)
    instrument_of(like)
    check_whose(like)
    require_person(by, "assessments.write", like.person, on)
    draft = AssessmentDraft(
        provider_id=provider_id,
        person_id=new.person_id,
        referral_id=new.referral_id,
        instrument_id=new.instrument_id,
        assessed_on=new.assessed_on,
        assessor=by,
    )
    _lay_in(draft, new.answers)
    try:
        with acting(by=by, name="assessments.start_draft", provider_id=provider_id) as act:
            draft.save(force_insert=True)
            act.about(new.person_id)
    except IntegrityError as error:
        raise UnableToAssessError(
            _("Sama vahendiga hindamine on pooleli: jätka seda. Midagi ei salvestatud.")
        ) from error
    return draft


def _as_assessment(provider_id: UUID, new: NewAssessment, by: User) -> Assessment:
    return Assessment(
        provider_id=provider_id,
        person_id=new.person_id,
        referral_id=new.referral_id,
        instrument_id=new.instrument_id,
        assessed_on=new.assessed_on,
        assessor=by,
    )


def save_answers(
    *, draft: AssessmentDraft, answers: Sequence[Given], by: User, on: date
) -> AssessmentDraft:
    """Keep answers of a draft; each takes the place of the one before.

    Args:
        draft: Which.
        answers: What is answered; one without value and comment takes the answer away.
        by: Who answers.
        on: Today.

    Returns:
        The draft with its answers.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToAssessError: It is finished, an answer does not fit its item and scale, or its
            main question leaves the item closed.
    """
    require_person(by, "assessments.write", draft.person, on)
    with acting(by=by, name="assessments.save_answers", provider_id=draft.provider_id) as act:
        held = _held(draft)
        _lay_in(held, answers)
        held.save(update_fields=["answers"])
        act.about(held.person_id)
    return held


def _held(draft: AssessmentDraft) -> AssessmentDraft:
    """Take a draft for oneself; refuse one that is finished."""
    held = AssessmentDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        raise UnableToAssessError(_("Seda hindamist enam ei ole. Midagi ei salvestatud."))
    if held.assessment_id is not None:
        raise UnableToAssessError(
            _(
                "Hindamine ({assessed_on}) on lõpetatud. Vastust saab parandada põhjusega "
                "hindamise lehel. Midagi ei salvestatud."
            ).format(assessed_on=show_day(held.assessed_on))
        )
    # Neither ever changes: what was read before the lock is still so.
    held.instrument, held.person = draft.instrument, draft.person
    return held


def _lay_in(draft: AssessmentDraft, answers: Sequence[Given]) -> None:
    """Put answers into a draft, each checked, blank ones taken out; it is not saved."""
    like = Assessment(provider_id=draft.provider_id, instrument=draft.instrument)
    instrument = instrument_of(like)
    said = {view: dict(rows) for view, rows in draft.answers.items()}
    told = [one for one in answers if one.value.strip() or one.comment.strip()]
    for one in answers:
        said.setdefault(View(one.view).value, {}).pop(one.item, None)
    for row in make_answers(like, instrument, told):
        said[View(row.view).value][row.item] = [row.value, row.comment]
    for rows in said.values():
        refuse_shut(instrument, {item: value for item, (value, _comment) in rows.items()})
    draft.answers = said


def finish_draft(*, draft: AssessmentDraft, by: User, on: date) -> Assessment:
    """Make a lasting assessment of a draft; its answers are corrected with a reason from now on.

    Args:
        draft: Which.
        by: Who finishes it.
        on: Today.

    Returns:
        The assessment, with what the main questions answer themselves. What was left unanswered
        stays so: a person may decline.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToAssessError: It is finished already, or nothing was answered.

    Law: SHS §§ 70(2), 83(1) p 6.
    """
    require_person(by, "assessments.write", draft.person, on)
    with acting(by=by, name="assessments.finish_draft", provider_id=draft.provider_id) as act:
        held = _held(draft)
        answers = given_in(held)
        if not answers:
            raise UnableToAssessError(
                _("Ühtegi vastust ei ole. Vasta vähemalt ühele küsimusele. Midagi ei muudetud.")
            )
        new = NewAssessment(held.person_id, held.instrument_id, held.assessed_on, answers)
        made = start_assessment(
            provider_id=held.provider_id,
            new=replace(new, referral_id=held.referral_id),
            by=by,
            on=on,
        )
        held.assessment, held.answers = made, {}
        held.save(update_fields=["assessment", "answers"])
        act.about(held.person_id)
    return made


def given_in(draft: AssessmentDraft) -> list[Given]:
    """Give the answers of a draft."""
    return [
        Given(item, value, View(view), comment)
        for view, rows in draft.answers.items()
        for item, (value, comment) in rows.items()
    ]


def discard_draft(*, draft: AssessmentDraft, by: User, on: date) -> None:
    """Let go of an assessment that was begun in vain; its history stays.

    Args:
        draft: Which.
        by: Who lets it go.
        on: Today.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToAssessError: It is finished, or gone already.
    """
    require_person(by, "assessments.write", draft.person, on)
    with acting(by=by, name="assessments.discard_draft", provider_id=draft.provider_id) as act:
        held = _held(draft)
        AssessmentDraft.objects.filter(pk=held.pk).delete()
        act.about(held.person_id)
