"""Asking an outside specialist for advice on planning, and billing what they gave."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.delivery.actions.records import check, store, there_already
from tugiplaan.delivery.entries import ComponentEntry
from tugiplaan.delivery.models import Consultation
from tugiplaan.delivery.models import Stage as Stage
from tugiplaan.delivery.queries.base import base_components
from tugiplaan.people.queries import Person, require_person
from tugiplaan.providers.books import hold_months, hold_provider
from tugiplaan.referrals.corrections import check_correction, successor

CONSULTATION = "consultation"
"""The activity of the component record that bills a consultation."""


class UnableToConsultError(RefusedError):
    """The consultation cannot be as given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Why an outside specialist is asked.

    Attributes:
        stage: Before the plan is ready, or while it is looked at again.
        question: Why, and what is asked.
        competence: What makes them a specialist.
    """

    stage: Stage
    asked_on: date
    question: str
    expert: str
    competence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a consultation.

    Attributes:
        held_on: The day.
        minutes: How long, 1 … 1440.
        outcome: What was advised; not empty.
    """

    held_on: date
    minutes: int
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """How what was written of a consultation should read.

    Attributes:
        outcome: What was advised; needed where it was held, left aside where it was not.
    """

    question: Question
    outcome: str = ""


def ask_specialist(*, person: Person, question: Question, by: User, on: date) -> Consultation:
    """Record that an outside specialist is asked for advice on planning.

    Args:
        person: About whom.
        question: Why, and whom.
        by: Who asks.
        on: Today.

    Raises:
        NotAllowedError: `by` may not plan with this person.
        UnableToConsultError: Something is wanting, or the day lies ahead.

    Law: no law; the description of the component.
    """
    require_person(by, "plans.write", person, on)
    _check_question(question, on)
    row = Consultation(provider_id=person.provider_id, person=person, **_columns(question))
    with acting(by=by, name="delivery.ask_specialist", provider_id=person.provider_id) as act:
        act.store([row])
        act.about(person.pk)
    return row


def correct_consultation(
    *, row: Consultation, mended: Mended, by: User, on: date, why: str
) -> Consultation:
    """Put right what was written of a consultation; its day and hours stay as they are.

    Args:
        row: The consultation that holds.
        mended: How it should read.
        by: Who corrects it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The row that takes its place.

    Raises:
        NotAllowedError: `by` may not plan with this person.
        UnableToConsultError: Something is wanting, a day cannot be, there is no reason, nothing
            differs, or the row no longer holds.

    Law: no law; the description of the component.
    """
    require_person(by, "plans.write", row.person, on)
    _check_question(mended.question, on)
    changes = _columns(mended.question)
    if row.held_on is not None:
        changes["outcome"] = mended.outcome.strip()
        _check_held(mended, row.held_on)
    if all(getattr(row, name) == value for name, value in changes.items()):
        raise UnableToConsultError(_("Andmed on samad, mis enne. Midagi ei muudetud."))
    name = "delivery.correct_consultation"
    with acting(by=by, name=name, provider_id=row.provider_id, why=why) as act:
        hold_provider(row.provider_id)
        check_correction(row, why, UnableToConsultError)
        fixed = successor(row, why=why, **changes)
        act.store([fixed])
        act.about(row.person_id)
    return fixed


def _check_held(mended: Mended, held_on: date) -> None:
    asked_on = mended.question.asked_on
    if asked_on > held_on:
        raise UnableToConsultError(
            _(
                "Konsultatsioon toimus {held}, küsimine ei saa olla hiljem ({asked}). Midagi ei "
                "muudetud."
            ).format(held=show_day(held_on), asked=show_day(asked_on))
        )
    if not mended.outcome.strip():
        raise UnableToConsultError(_("Kirjuta, mida spetsialist soovitas. Midagi ei salvestatud."))


def _check_question(question: Question, on: date) -> None:
    for text, what in (
        (question.question, _("miks ja mida küsiti")),
        (question.expert, _("spetsialist")),
        (question.competence, _("pädevus")),
    ):
        if not text.strip():
            raise UnableToConsultError(
                _("Konsultatsiooni juures on tühi: {what}. Midagi ei salvestatud.").format(
                    what=what
                )
            )
    if question.asked_on > on:
        raise UnableToConsultError(
            _("Küsimise päev {day} on tulevikus. Midagi ei salvestatud.").format(
                day=show_day(question.asked_on)
            )
        )


def _columns(question: Question) -> dict[str, Any]:
    return {
        "stage": question.stage.value,
        "asked_on": question.asked_on,
        "question": question.question.strip(),
        "expert": question.expert.strip(),
        "competence": question.competence.strip(),
    }


def record_consultation(
    *,
    row: Consultation,
    answer: Answer,
    entry: ComponentEntry | None = None,
    by: User,
    on: date,
) -> Consultation:
    """Record that a consultation was held, and bill it by its component.

    Args:
        row: The question that holds.
        answer: When, how long, and what came of it.
        entry: The component hours, of the same person, day and length; None: nobody pays.
        by: Who records.
        on: Today.

    Returns:
        The row that takes its place.

    Raises:
        NotAllowedError: `by` may not plan with this person or not record.
        UnableToConsultError: It was held already, or something in the answer cannot be.
        UnableToRecordError: The hours cannot be.
        MonthClosedError: The month is closed or invoiced.

    Law: no law; the description of the component.
    """
    require_person(by, "plans.write", row.person, on)
    _check_answer(row, answer, on)
    if entry is not None:
        _check_entry(row, answer, entry)
        require_person(by, "delivery.record", row.person, on)
        check(row.provider_id, [entry], by, on)
    held = successor(
        row,
        why=_("Konsultatsioon toimus."),
        held_on=answer.held_on,
        minutes=answer.minutes,
        outcome=answer.outcome.strip(),
        record_id=entry.id if entry else None,
    )
    try:
        _store_held(row, held, entry, by)
    except IntegrityError as error:
        raise there_already() from error
    return held


def _store_held(
    row: Consultation, held: Consultation, entry: ComponentEntry | None, by: User
) -> None:
    provider_id, name = row.provider_id, "delivery.record_consultation"
    with acting(by=by, name=name, provider_id=provider_id, why=held.why) as act:
        hold_provider(provider_id)
        check_correction(row, held.why, UnableToConsultError)
        if entry is not None:
            hold_months(provider_id, [entry.day], why="")
            store(act, provider_id, [entry])
        act.store([held])
        act.about(row.person_id)


def _check_answer(row: Consultation, answer: Answer, on: date) -> None:
    if row.held_on is not None:
        raise UnableToConsultError(
            _("Konsultatsioon on juba kirjas {day}. Midagi ei muudetud.").format(
                day=show_day(row.held_on)
            )
        )
    if not row.asked_on <= answer.held_on <= on:
        raise UnableToConsultError(
            _(
                "Konsultatsiooni päev {day} peab olema küsimise ({asked}) ja tänase vahel. "
                "Midagi ei salvestatud."
            ).format(day=show_day(answer.held_on), asked=show_day(row.asked_on))
        )
    if not answer.outcome.strip():
        raise UnableToConsultError(_("Kirjuta, mida spetsialist soovitas. Midagi ei salvestatud."))


def _check_entry(row: Consultation, answer: Answer, entry: ComponentEntry) -> None:
    same = (row.person_id, answer.held_on, answer.minutes)
    if (entry.person_id, entry.day, entry.minutes) != same:
        raise UnableToConsultError(
            _("Tunnid peavad olema sama inimese, päeva ja kestusega. Midagi ei salvestatud.")
        )
    known = {
        (one.funder, one.component, one.mode, one.audience)
        for one in base_components(row.provider_id, entry.day)
    }
    if (entry.funder, entry.component, entry.mode, entry.audience) not in known:
        raise UnableToConsultError(
            _(
                "Konsultatsioon läheb baastoetuse komponendi alla, mis on hinnakirjas päeval "
                "{day}. Vali see komponent või salvesta ilma tundideta. Midagi ei salvestatud."
            ).format(day=show_day(entry.day))
        )
