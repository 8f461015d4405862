"""Assessing people: beginning, adding answers, correcting and cancelling them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.assessments.instruments import read_instrument
from tugiplaan.assessments.models import Answer, Assessment, View
from tugiplaan.audit.language import language, show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.people.queries import persons_of, require_person, standing_for
from tugiplaan.providers.books import hold_provider
from tugiplaan.referrals.corrections import (
    begin_or_follow,
    cancellation,
    check_correction,
    end_of,
    successor,
)
from tugiplaan.rules.scoring import Instrument, settled, shut


class UnableToAssessError(RefusedError):
    """The assessment or an answer cannot be kept as given."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is given.

    Attributes:
        item: Code of the item.
        value: One of the item's scale; empty: only a comment.
    """

    item: str
    value: str
    view: View = View.SPECIALIST
    comment: str = ""


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """An assessment of a person on a day.

    Attributes:
        referral_id: The referral that it is for; None: none.
        answers: What is answered so far; more can be added.
    """

    person_id: UUID
    instrument_id: UUID
    assessed_on: date
    answers: Sequence[Given] = ()
    referral_id: UUID | None = None


def start_assessment(*, provider_id: UUID, new: NewAssessment, by: User, on: date) -> Assessment:
    """Begin an assessment of a person, with the answers given so far.

    Args:
        provider_id: At which provider.
        new: Whom, with what, when, and the answers.
        by: Who assesses.
        on: Today.

    Returns:
        The assessment.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToAssessError: The person, referral or instrument is not here, the day lies in the
            future, or an answer does not fit its item: then it names the item and its scale.

    Law: SHS §§ 70(2), 83(1) p 6.
    """
    require(by, "assessments.write", provider_id, on)
    check_day(new.assessed_on, on)
    assessment = Assessment(
        provider_id=provider_id,
        person_id=new.person_id,
        referral_id=new.referral_id,
        instrument_id=new.instrument_id,
        assessed_on=new.assessed_on,
        assessor=by,
    )
    instrument = instrument_of(assessment)
    check_whose(assessment)
    require_person(by, "assessments.write", assessment.person, on)
    rows = make_answers(assessment, instrument, _with_gates(instrument, new.answers))
    with acting(by=by, name="assessments.start_assessment", provider_id=provider_id) as act:
        act.store([assessment])
        _check_gates(assessment, rows)
        act.store(rows)
        act.about(new.person_id)
    return assessment


def add_answers(
    *, assessment: Assessment, answers: Sequence[Given], by: User, on: date
) -> list[Answer]:
    """Go on with an assessment: add answers to items that have none yet.

    Args:
        assessment: Which.
        answers: What is answered; at least one.
        by: Who answers.
        on: Today.

    Returns:
        The rows.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToAssessError: There is none, an answer does not fit its item, or the item has an
            answer in that view.
    """
    require_person(by, "assessments.write", assessment.person, on)
    if not answers:
        raise UnableToAssessError(_("Ühtegi vastust ei ole. Midagi ei salvestatud."))
    rows = make_answers(assessment, instrument_of(assessment), answers)
    provider_id = assessment.provider_id
    with acting(by=by, name="assessments.add_answers", provider_id=provider_id) as act:
        hold_provider(provider_id)
        for row in rows:
            mine = Answer.objects.filter(assessment=assessment, item=row.item, view=row.view)
            end = end_of(mine)
            if end is not None and not end.is_cancellation:
                raise UnableToAssessError(
                    _(
                        "Küsimusel {item} on juba vastus {value}: paranda seda. Midagi ei "
                        "salvestatud."
                    ).format(item=row.item, value=end.value or end.comment)
                )
            begin_or_follow(row, end, "")
        _check_gates(assessment, rows)
        act.store(rows)
        act.about(assessment.person_id)
    return rows


def correct_answer(*, row: Answer, to: Given, by: User, on: date, why: str) -> Answer:
    """Put another value or comment in the place of an answer that holds.

    Args:
        row: The answer that holds.
        to: How it should read; of the same item and view.
        by: Who corrects it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToAssessError: No reason, the row no longer holds, another item or view, or the
            value is not of the item's scale.
    """
    require_person(by, "assessments.write", row.assessment.person, on)
    if (to.item, to.view) != (row.item, row.view):
        raise UnableToAssessError(
            _("Parandada saab sama küsimuse vastust ({item}). Midagi ei muudetud.").format(
                item=row.item
            )
        )
    (checked,) = make_answers(row.assessment, instrument_of(row.assessment), [to])
    name, provider_id = "assessments.correct_answer", row.provider_id
    with acting(by=by, name=name, provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        check_correction(row, why, UnableToAssessError)
        fixed = successor(row, why=why, value=checked.value, comment=checked.comment)
        _check_gates(row.assessment, [fixed])
        act.store([fixed])
        act.about(row.assessment.person_id)
    return fixed


def cancel_answer(*, row: Answer, by: User, on: date, why: str) -> Answer:
    """Say that an answer does not hold.

    Args:
        row: The answer that holds.
        by: Who cancels it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The row that cancels it.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToAssessError: No reason, or the row no longer holds.
    """
    require_person(by, "assessments.write", row.assessment.person, on)
    name, provider_id = "assessments.cancel_answer", row.provider_id
    with acting(by=by, name=name, provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        check_correction(row, why, UnableToAssessError)
        gone = cancellation(row, why=why)
        act.store([gone])
        act.about(row.assessment.person_id)
    return gone


def check_day(assessed_on: date, on: date) -> None:
    """Refuse a day that has not come."""
    if assessed_on > on:
        raise UnableToAssessError(
            _("Hindamise päev {assessed_on} on tulevikus. Midagi ei salvestatud.").format(
                assessed_on=show_day(assessed_on)
            )
        )


def instrument_of(assessment: Assessment) -> Instrument:
    """Give what an assessment asks; refuse an instrument that the provider may not use."""
    try:
        version = assessment.instrument
    except ObjectDoesNotExist as error:
        raise UnableToAssessError(
            _("Sellist hindamisvahendit ei ole. Midagi ei salvestatud.")
        ) from error
    if version.provider_id not in (None, assessment.provider_id):
        raise UnableToAssessError(
            _("See hindamisvahend on teise teenuseosutaja oma. Midagi ei salvestatud.")
        )
    return read_instrument(version.content)


def check_whose(assessment: Assessment) -> None:
    """Refuse a person who is not here, and a referral of somebody else."""
    here = persons_of(assessment.provider_id)
    if not here.filter(pk=assessment.person_id).exists():
        raise UnableToAssessError(_("Seda inimest siin ei ole. Midagi ei salvestatud."))
    try:
        referral = assessment.referral
    except ObjectDoesNotExist as error:
        raise UnableToAssessError(_("Sellist suunamist ei ole. Midagi ei salvestatud.")) from error
    if referral is None:
        return
    standing = standing_for(assessment.provider_id)
    one, other = (
        standing.get(entry, entry) for entry in (referral.person_id, assessment.person_id)
    )
    if one != other:
        raise UnableToAssessError(_("See suunamine on teise inimese oma. Midagi ei salvestatud."))


def make_answers(
    assessment: Assessment, instrument: Instrument, answers: Sequence[Given]
) -> list[Answer]:
    """Make the rows of answers, each checked against its item."""
    rows: dict[tuple[str, View], Answer] = {}
    for given in answers:
        item = instrument.items.get(given.item)
        if item is None:
            raise UnableToAssessError(
                _("Küsimust {item} selles hindamisvahendis ei ole. Midagi ei salvestatud.").format(
                    item=given.item
                )
            )
        if given.view not in item.views:
            asked = ", ".join(str(View(view).label) for view in item.views)
            raise UnableToAssessError(
                _("Küsimusele {code} vastab: {asked}. Midagi ei salvestatud.").format(
                    code=item.code, asked=asked
                )
            )
        value, comment = given.value.strip(), given.comment.strip()
        if value not in item.scale.values and not (comment and not value):
            raise UnableToAssessError(
                _(
                    "Küsimuse {code} vastus „{value}“ ei ole skaalal: {scale}. Midagi ei "
                    "salvestatud."
                ).format(code=item.code, value=value, scale=", ".join(item.scale.values))
            )
        if (item.code, given.view) in rows:
            raise UnableToAssessError(
                _("Küsimusel {code} on kaks vastust. Jäta üks. Midagi ei salvestatud.").format(
                    code=item.code
                )
            )
        rows[item.code, given.view] = Answer(
            provider_id=assessment.provider_id,
            assessment=assessment,
            item=item.code,
            view=given.view,
            value=value,
            comment=comment,
        )
    return list(rows.values())


def _with_gates(instrument: Instrument, answers: Sequence[Given]) -> list[Given]:
    """Add what the gates answer."""
    said: dict[View, dict[str, str]] = {}
    for one in answers:
        said.setdefault(View(one.view), {})[one.item] = one.value.strip()
    found = list(answers)
    for view, values in said.items():
        found += [
            Given(item, value, view)
            for item, value in settled(instrument, view, values).items()
            if item not in values
        ]
    return found


def _check_gates(assessment: Assessment, rows: Iterable[Answer]) -> None:
    """Refuse answers that, with those that hold, answer a question that is closed."""
    said: dict[str, dict[str, str]] = {}
    held = Answer.objects.filter(assessment=assessment).current()
    for row in (*held, *rows):
        said.setdefault(row.view, {})[row.item] = row.value
    instrument = instrument_of(assessment)
    for values in said.values():
        refuse_shut(instrument, values)


def refuse_shut(instrument: Instrument, said: dict[str, str]) -> None:
    """Refuse answers of one view to questions that their gate leaves closed.

    Raises:
        UnableToAssessError: Naming the question and its main question.
    """
    for code, gate in shut(instrument, said).items():
        item = instrument.items[code]
        raise UnableToAssessError(
            _(
                "Küsimus „{item}“ on suletud, sest põhiküsimuse „{gate}“ vastus seda ei ava. "
                "Muuda enne põhiküsimuse vastust. Midagi ei salvestatud."
            ).format(item=item.label(language()), gate=gate.item.label(language()))
        )
