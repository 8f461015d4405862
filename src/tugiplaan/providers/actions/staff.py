"""Who works for a provider, and where."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tugiplaan.accounts.access import User, require
from tugiplaan.accounts.queries import not_ended, overlapping
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.models import Place, Position, Staff
from tugiplaan.rules.vocabulary import Service


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works for a provider.

    Attributes:
        code: The provider's own short code; records name the worker by it.
        user_id: The user by whom they log in, if they do.
    """

    code: str
    name: str
    valid_from: date
    valid_to: date | None = None
    occupation: str = ""
    user_id: UUID | None = None


class UnableToAddStaffError(RefusedError):
    """The worker cannot be added as given."""


def add_staff(*, provider_id: UUID, worker: Worker, by: User, on: date) -> Staff:
    """Add somebody who works for a provider.

    Args:
        provider_id: For whom.
        worker: Who, from when to when.
        by: Who adds.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAddStaffError: Code or name is empty, the code is taken, the days cannot be.
    """
    require(by, "providers.write", provider_id, on)
    wrong = ""
    if not worker.code.strip() or not worker.name.strip():
        wrong = _("Töötaja kood ja nimi on vajalikud.")
    elif worker.valid_to is not None and worker.valid_to < worker.valid_from:
        wrong = _("Viimane päev on enne esimest.")
    if wrong:
        raise UnableToAddStaffError(_("{wrong} Midagi ei salvestatud.").format(wrong=wrong))
    row = Staff(provider_id=provider_id, **asdict(worker))
    try:
        with acting(by=by, name="providers.add_staff", provider_id=provider_id) as act:
            row.save(force_insert=True)
            act.details["staff"] = row.pk
    except IntegrityError as error:
        raise UnableToAddStaffError(
            _("Töötaja koodiga {code} on juba olemas. Midagi ei salvestatud.").format(
                code=worker.code
            )
        ) from error
    return row


class UnableToEndStaffError(RefusedError):
    """The work or the position cannot end on that day."""


def end_staff(*, staff: Staff, last_day: date, why: str, by: User, on: date) -> None:
    """Record that somebody leaves; their positions end with it.

    Args:
        staff: Who.
        last_day: The last day of work.
        why: The reason; may be empty.
        by: Who records.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToEndStaffError: It is before the first day, ends by then already, or a position
            begins only later.
    """
    require(by, "providers.write", staff.provider_id, on)
    with acting(by=by, name="providers.end_staff", provider_id=staff.provider_id, why=why) as act:
        held = Staff.objects.select_for_update().get(pk=staff.pk)
        _check_end(held.valid_from or last_day, held.valid_to, last_day)
        positions = Position.objects.filter(staff=held)
        if positions.filter(valid_from__gt=last_day).exists():
            raise UnableToEndStaffError(
                _("Töötajal on ametikoht, mis algab hiljem. Lõpeta see enne. Midagi ei muudetud.")
            )
        positions.filter(not_ended(last_day)).update(valid_to=last_day)
        Staff.objects.filter(pk=held.pk).update(valid_to=last_day)
        act.details["staff"] = held.pk


def _check_end(first: date, last: date | None, wanted: date) -> None:
    if wanted < first:
        raise UnableToEndStaffError(
            _("Algus on {first}, lõpp ei saa olla enne seda. Midagi ei muudetud.").format(
                first=show_day(first)
            )
        )
    if last is not None and last <= wanted:
        raise UnableToEndStaffError(
            _("See lõpeb juba {last}. Midagi ei muudetud.").format(last=show_day(last))
        )


@dataclass(frozen=True, slots=True)
class Post:
    """How much of a full post a worker gives to a service at a place.

    Attributes:
        full_time_share: More than 0 and at most 2; three decimals.
        valid_to: Last day; None: as long as they work.
    """

    place_id: UUID
    service: Service
    full_time_share: Decimal
    valid_from: date
    valid_to: date | None = None


class UnableToAddPositionError(RefusedError):
    """The worker cannot have this position."""


_MOST_SHARE = 2
_SHARE_STEP = Decimal("0.001")


def add_position(*, staff: Staff, post: Post, by: User, on: date) -> Position:
    """Let somebody work in a service at a place.

    Args:
        staff: Who.
        post: In which service, where, how much, from when to when.
        by: Who records.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAddPositionError: The share or the days cannot be, the place is another
            provider's, the worker does not work here on all of the days, or has such a position
            on some of them.
    """
    require(by, "providers.write", staff.provider_id, on)
    _check_post(staff.provider_id, post)
    row = Position(provider_id=staff.provider_id, staff=staff, **asdict(post))
    try:
        with acting(by=by, name="providers.add_position", provider_id=staff.provider_id) as act:
            held = Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
            _check_days(held, row)
            row.save(force_insert=True)
            act.details["staff"] = held.pk
    except IntegrityError as error:
        raise UnableToAddPositionError(_(_TAKEN)) from error
    return row


_TAKEN = gettext_noop(
    "Töötajal on neil päevadel selles kohas ja teenuses juba ametikoht. Lõpeta see enne või vali "
    "teised päevad. Midagi ei muudetud."
)


def _check_post(provider_id: UUID, post: Post) -> None:
    wrong = ""
    if not 0 < post.full_time_share <= _MOST_SHARE or post.full_time_share % _SHARE_STEP:
        wrong = _("Koormus on üle 0 ja kuni {most}, kuni kolme komakohaga.").format(
            most=_MOST_SHARE
        )
    elif post.valid_to is not None and post.valid_to < post.valid_from:
        wrong = _("Viimane päev on enne esimest.")
    elif not Place.objects.filter(provider_id=provider_id, pk=post.place_id).exists():
        wrong = _("See koht ei ole selle teenuseosutaja oma.")
    if wrong:
        raise UnableToAddPositionError(_("{wrong} Midagi ei muudetud.").format(wrong=wrong))


def _check_days(staff: Staff, row: Position) -> None:
    begins_early = staff.valid_from is not None and row.valid_from < staff.valid_from
    ends_late = staff.valid_to is not None and (
        row.valid_to is None or staff.valid_to < row.valid_to
    )
    if begins_early or ends_late:
        raise UnableToAddPositionError(
            _("{staff} ei tööta siin kõigil neil päevadel. Midagi ei muudetud.").format(staff=staff)
        )
    days = overlapping(row.valid_from, row.valid_to)
    same = Position.objects.filter(days, staff=staff, place_id=row.place_id, service=row.service)
    if same.exists():
        raise UnableToAddPositionError(_(_TAKEN))


def end_position(*, position: Position, last_day: date, by: User, on: date) -> None:
    """Record that a position ends.

    Args:
        position: Which.
        last_day: Its last day.
        by: Who records.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToEndStaffError: It is before the first day, or ends by then already.
    """
    require(by, "providers.write", position.provider_id, on)
    name = "providers.end_position"
    with acting(by=by, name=name, provider_id=position.provider_id) as act:
        held = Position.objects.select_for_update().get(pk=position.pk)
        _check_end(held.valid_from, held.valid_to, last_day)
        Position.objects.filter(pk=held.pk).update(valid_to=last_day)
        act.details["staff"] = held.staff_id
