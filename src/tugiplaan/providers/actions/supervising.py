"""Who supervises a worker whose training is not finished."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.accounts.queries import in_force, not_ended
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.models import Staff, Supervision


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Who supervises, from which day; as long as it is needed."""

    supervisor_id: UUID
    valid_from: date


class UnableToSuperviseError(RefusedError):
    """The supervision cannot be as given."""


def supervise(*, staff: Staff, data: Supervisor, by: User, on: date) -> Supervision:
    """Name who supervises a worker; who did so before does it until the day before.

    Args:
        staff: Who is supervised.
        data: By whom, from when.
        by: Who records.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToSuperviseError: It is the worker, or nobody who works here on that day, or
            another supervision begins on that day or later.

    Law: SHS § 86(1), R38 §§ 2–3.
    """
    require(by, "providers.write", staff.provider_id, on)
    with acting(by=by, name="providers.supervise", provider_id=staff.provider_id) as act:
        held = Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
        _check(held, data)
        before = Supervision.objects.filter(not_ended(data.valid_from), staff=held)
        before.update(valid_to=data.valid_from - timedelta(days=1))
        row = Supervision(
            provider_id=held.provider_id,
            staff=held,
            supervisor_id=data.supervisor_id,
            valid_from=data.valid_from,
        )
        row.save(force_insert=True)
        act.details["staff"] = held.pk
    return row


def _check(staff: Staff, data: Supervisor) -> None:
    here = Staff.objects.filter(in_force(data.valid_from) | Q(valid_from__isnull=True))
    wrong = ""
    if data.supervisor_id == staff.pk:
        wrong = _("Keegi ei juhenda iseennast.")
    elif not here.filter(provider_id=staff.provider_id, pk=data.supervisor_id).exists():
        wrong = _("Juhendaja ei tööta siin sel päeval.")
    else:
        later = Supervision.objects.filter(staff=staff, valid_from__gte=data.valid_from)
        found = later.order_by("valid_from").first()
        if found:
            wrong = _("Juhendaja on määratud juba alates {day}.").format(
                day=show_day(found.valid_from)
            )
    if wrong:
        raise UnableToSuperviseError(_("{wrong} Midagi ei muudetud.").format(wrong=wrong))


def end_supervision(*, supervision: Supervision, last_day: date, by: User, on: date) -> None:
    """Record that a worker is supervised no more.

    Args:
        supervision: Which.
        last_day: Its last day.
        by: Who records.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToSuperviseError: It is before the first day, or ends by then already.
    """
    require(by, "providers.write", supervision.provider_id, on)
    name = "providers.end_supervision"
    with acting(by=by, name=name, provider_id=supervision.provider_id) as act:
        held = Supervision.objects.select_for_update().get(pk=supervision.pk)
        if last_day < held.valid_from or (held.valid_to and held.valid_to <= last_day):
            raise UnableToSuperviseError(
                _("Juhendamine ei saa sel päeval lõppeda. Midagi ei muudetud.")
            )
        Supervision.objects.filter(pk=held.pk).update(valid_to=last_day)
        act.details["staff"] = held.staff_id
