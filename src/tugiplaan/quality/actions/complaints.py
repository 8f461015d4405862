"""Complaints: received, also from nobody named, and answered."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require_whole
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.queries import places_of
from tugiplaan.quality.models import Complaint, ComplaintTerm
from tugiplaan.quality.queries import complaint_days

_MOST_DAYS = 365


class UnableToRecordComplaintError(RefusedError):
    """The complaint or its answer cannot be kept as given."""


@dataclass(frozen=True, slots=True)
class NewComplaint:
    """A complaint as it came.

    Attributes:
        complainant: From whom; empty: nameless.
        place_id: The place that it is about; None: no single one.
        answer_by: By when to answer; None: by the house's own term.
    """

    received_on: date
    about: str
    complainant: str = ""
    place_id: UUID | None = None
    answer_by: date | None = None


def record_complaint(*, provider_id: UUID, new: NewComplaint, by: User, on: date) -> Complaint:
    """Record a complaint.

    Args:
        provider_id: At which provider.
        new: What came, when and from whom.
        by: Who records.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordComplaintError: It says nothing, the days cannot be, the place is not of
            the provider, or neither a day to answer nor a term of the house is set.
    """
    require_whole(by, "quality.complaints", provider_id, on)
    term = complaint_days(provider_id)
    answer_by = new.answer_by
    if answer_by is None and term is not None:
        answer_by = new.received_on + timedelta(days=term)
    wrong = "" if new.about.strip() else _("Kirjuta, mille kohta kaebus on.")
    if new.received_on > on:
        wrong = _("Kaebuse päev on tulevikus.")
    elif answer_by is None:
        wrong = _("Kirjuta, mis päevaks vastate, või määra vastamise aeg.")
    elif answer_by < new.received_on:
        wrong = _("Vastamise päev on enne kaebuse päeva.")
    elif new.place_id and not places_of(provider_id).filter(pk=new.place_id).exists():
        wrong = _("See koht ei ole selle teenuseosutaja oma.")
    if wrong:
        raise UnableToRecordComplaintError(_("{wrong} Midagi ei salvestatud.").format(wrong=wrong))
    row = Complaint(provider_id=provider_id, **asdict(new) | {"answer_by": answer_by})
    with acting(by=by, name="quality.record_complaint", provider_id=provider_id) as act:
        row.save(force_insert=True)
        act.details["complaint"] = row.pk
    return row


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to a complaint, and whether it was right."""

    answered_on: date
    answer: str
    outcome: Complaint.Outcome


def answer_complaint(*, complaint: Complaint, answered: Answered, by: User, on: date) -> None:
    """Record the answer to a complaint.

    Args:
        complaint: Which.
        answered: When, what, and whether it was right.
        by: Who records.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordComplaintError: It is answered already, the answer is empty, its outcome
            unknown, or the day cannot be.
    """
    require_whole(by, "quality.complaints", complaint.provider_id, on)
    name = "quality.answer_complaint"
    with acting(by=by, name=name, provider_id=complaint.provider_id) as act:
        held = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
        wrong = "" if answered.answer.strip() else _("Kirjuta vastus.")
        if held.answered_on is not None:
            wrong = _("Kaebusele on vastatud juba {day}.").format(day=show_day(held.answered_on))
        elif answered.outcome not in Complaint.Outcome.values:
            wrong = _("Vali tulemus.")
        elif not held.received_on <= answered.answered_on <= on:
            wrong = _("Vastuse päev peab olema kaebuse päeva ja tänase vahel.")
        if wrong:
            raise UnableToRecordComplaintError(_("{wrong} Midagi ei muudetud.").format(wrong=wrong))
        Complaint.objects.filter(pk=held.pk).update(
            answered_on=answered.answered_on,
            answer=answered.answer.strip(),
            outcome=answered.outcome,
        )
        act.details["complaint"] = held.pk


def set_complaint_term(*, provider_id: UUID, days: int, by: User, on: date) -> ComplaintTerm:
    """Set in how many days the house answers complaints. It is a choice of the house, no law.

    Args:
        provider_id: Of which house.
        days: Calendar days, 1 to 365; of complaints that come from now on.
        by: Who sets it.
        on: Today.

    Returns:
        The new row; earlier ones stay.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordComplaintError: The number cannot be.
    """
    require_whole(by, "quality.complaints", provider_id, on)
    if not 1 <= days <= _MOST_DAYS:
        raise UnableToRecordComplaintError(
            _("Päevi on 1 kuni {most}. Midagi ei muudetud.").format(most=_MOST_DAYS)
        )
    row = ComplaintTerm(provider_id=provider_id, days=days)
    with acting(by=by, name="quality.set_complaint_term", provider_id=provider_id) as act:
        act.store([row])
    return row
