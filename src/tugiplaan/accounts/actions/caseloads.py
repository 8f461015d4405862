"""Who works with whom: the own cases of a user, and deputies for a time."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tugiplaan.accounts.access import User, forget_grants, require
from tugiplaan.accounts.models import Caseload
from tugiplaan.accounts.queries import overlapping
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError


@dataclass(frozen=True, slots=True)
class Case:
    """That a user works with a person.

    Attributes:
        valid_to: Last day; None: until further notice, not for a deputy.
        deputy_for: The user whose place is taken for the time; None: it is the user's own case.
    """

    provider_id: UUID
    person_id: UUID
    valid_from: date
    valid_to: date | None = None
    deputy_for: User | None = None


class UnableToAssignCaseloadError(RefusedError):
    """The user cannot be given this person for these days."""


def assign_caseload(*, user: User, case: Case, by: User, on: date) -> Caseload:
    """Let a user work with a person, as their own case or as somebody's deputy.

    Args:
        user: Who is to work with the person.
        case: With whom, from when to when, in whose place.
        by: Who decides; holds `accounts.caseload` there.
        on: Today.

    Returns:
        The row of the caseload.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAssignCaseloadError: The user is switched off, the days are not whole, the user
            has the person on some of them, the one replaced does not have the person on all of
            them, or the person is another provider's.
    """
    require(by, "accounts.caseload", case.provider_id, on)
    _check_case(user, case)
    row = Caseload(
        provider_id=case.provider_id,
        user=user,
        person_id=case.person_id,
        valid_from=case.valid_from,
        valid_to=case.valid_to,
        deputy_for=case.deputy_for,
    )
    try:
        with acting(by=by, name="accounts.assign_caseload", provider_id=case.provider_id) as act:
            _hold(user, case.deputy_for)
            _refuse_overlap(row)
            _check_deputy(row)
            row.save(force_insert=True)
            _check_person(row)
            forget_grants()
            act.about(case.person_id)
            act.details["user"] = user.pk
    except IntegrityError as error:
        raise UnableToAssignCaseloadError(_(_STRANGE)) from error
    return row


_STRANGE = gettext_noop("Inimene ei ole selle teenuseosutaja oma. Midagi ei muudetud.")


def _check_case(user: User, case: Case) -> None:
    wrong = ""
    if not user.is_active:
        wrong = _("Kasutaja {user} on välja lülitatud.").format(user=user)
    elif case.valid_to is not None and case.valid_to < case.valid_from:
        wrong = _("Viimane päev on enne esimest.")
    elif case.deputy_for is not None and case.valid_to is None:
        wrong = _("Asendamisel peab olema viimane päev.")
    elif case.deputy_for is not None and case.deputy_for.pk == user.pk:
        wrong = _("Iseennast asendada ei saa.")
    if wrong:
        raise UnableToAssignCaseloadError(_("{wrong} Midagi ei muudetud.").format(wrong=wrong))


def _hold(user: User, other: User | None) -> None:
    """Hold the users concerned, always in the same order."""
    wanted = sorted({user.pk, other.pk} if other else {user.pk})
    list(User.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))


def _refuse_overlap(row: Caseload) -> None:
    days = overlapping(row.valid_from, row.valid_to)
    there = Caseload.objects.filter(days, user=row.user, person_id=row.person_id).first()
    if there is not None:
        until = show_day(there.valid_to) if there.valid_to else _("edaspidi")
        raise UnableToAssignCaseloadError(
            _(
                "{user} juba töötab selle inimesega ({first} – {until}). Vali teised "
                "päevad. Midagi ei muudetud."
            ).format(user=row.user, first=show_day(there.valid_from), until=until)
        )


def _check_deputy(row: Caseload) -> None:
    """Refuse days on which the one replaced does not have the person as their own case."""
    if row.deputy_for is None or row.valid_to is None:
        return
    day: date | None = row.valid_from
    own = Caseload.objects.filter(
        overlapping(row.valid_from, row.valid_to),
        provider_id=row.provider_id,
        user=row.deputy_for,
        person_id=row.person_id,
        deputy_for__isnull=True,
    )
    for case in own.order_by("valid_from"):
        if day is not None and case.valid_from <= day:
            day = case.valid_to + timedelta(days=1) if case.valid_to else None
    if day is not None and day <= row.valid_to:
        raise UnableToAssignCaseloadError(
            _(
                "{deputy_for} ise ei tööta selle inimesega {day}. Vali teised päevad või "
                "anna inimene enne talle. Midagi ei muudetud."
            ).format(deputy_for=row.deputy_for, day=show_day(day))
        )


def _check_person(row: Caseload) -> None:
    """Refuse another provider's person; the table of persons lies above, so the join tells."""
    if not Caseload.objects.filter(pk=row.pk, person__provider_id=F("provider_id")).exists():
        raise UnableToAssignCaseloadError(_(_STRANGE))


class UnableToEndCaseloadError(RefusedError):
    """The case cannot be ended on that day."""


def end_caseload(*, case: Caseload, last_day: date, by: User, on: date) -> None:
    """End that a user works with a person; deputies for the user in this case end with it.

    Args:
        case: Which.
        last_day: The last day. A day before the first: the row is taken away, its history
            remains.
        by: Who decides; holds `accounts.caseload` there.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToEndCaseloadError: It ends by that day already.
    """
    require(by, "accounts.caseload", case.provider_id, on)
    with acting(by=by, name="accounts.end_caseload", provider_id=case.provider_id) as act:
        _hold(case.user, None)
        held = Caseload.objects.filter(pk=case.pk).first()
        if held is None or (held.valid_to is not None and held.valid_to <= last_day):
            raise UnableToEndCaseloadError(
                _(
                    "{user} ei tööta selle inimesega pärast {last} niigi. Midagi ei muudetud."
                ).format(user=case.user, last=show_day(last_day))
            )
        _end(held, last_day)
        if held.deputy_for_id is None:
            deputies = Caseload.objects.filter(
                provider_id=held.provider_id,
                person_id=held.person_id,
                deputy_for_id=held.user_id,
                valid_to__gt=last_day,
                valid_from__gte=held.valid_from,
            )
            for deputy in deputies:
                _end(deputy, last_day)
        act.about(held.person_id)
        act.details["user"] = held.user_id


def _end(row: Caseload, last_day: date) -> None:
    forget_grants()
    if last_day < row.valid_from:
        Caseload.objects.filter(pk=row.pk).delete()
    else:
        Caseload.objects.filter(pk=row.pk).update(valid_to=last_day)
