"""Granting roles and ending grants."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tugiplaan.accounts.access import NotAllowedError, forget_grants, roles, scope_of
from tugiplaan.accounts.models import Grant, User
from tugiplaan.accounts.queries import overlapping
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError


@dataclass(frozen=True, slots=True)
class GrantTerms:
    """What is granted: which role, where and for how long.

    Attributes:
        role: A role of roles.yaml.
        provider_id: Where; None: at every provider.
        valid_to: Last day; None: until further notice.
        place_id: Only at this place of the provider.
        person_id: Whose own view it is; role `person` only.
        funder: Registry code of the municipality; role `municipality` only.
        reason: Why; not empty where it reaches every provider.
    """

    role: str
    provider_id: UUID | None
    valid_from: date
    valid_to: date | None = None
    place_id: UUID | None = None
    person_id: UUID | None = None
    funder: str = ""
    reason: str = ""


class UnableToGrantError(RefusedError):
    """The role cannot be granted as given."""


def grant(*, user: User, terms: GrantTerms, by: User, on: date) -> Grant:
    """Grant a role to a user.

    Args:
        user: To whom.
        terms: What, where, for how long.
        by: Who grants; holds `accounts.grant` there. Who does not hold every permission
            cannot grant a role that does.
        on: Today.

    Returns:
        The grant.

    Raises:
        NotAllowedError: `by` may not.
        UnableToGrantError: The role is not known or its terms are not whole, the place or person
            is another provider's, or the same was granted for some of these days.
    """
    _check_terms(terms)
    _require_granting(by, terms, on)
    row = Grant(
        user=user,
        role=terms.role,
        provider_id=terms.provider_id,
        place_id=terms.place_id,
        person_id=terms.person_id,
        funder=terms.funder,
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        reason=terms.reason,
    )
    try:
        with acting(
            by=by, name="accounts.grant", provider_id=terms.provider_id, why=terms.reason
        ) as act:
            User.objects.select_for_update(no_key=True).get(pk=user.pk)
            _refuse_same(row)
            row.save(force_insert=True)
            _check_belongings(row)
            forget_grants()
            act.details |= {"user": user.pk, "role": terms.role}
            if terms.person_id:
                act.about(terms.person_id)
    except IntegrityError as error:
        raise UnableToGrantError(_(_STRANGE)) from error
    return row


_STRANGE = gettext_noop("Koht või inimene ei ole selle teenuseosutaja oma. Midagi ei muudetud.")


def _check_terms(terms: GrantTerms) -> None:
    wrong = ""
    if terms.role not in roles():
        wrong = _("Rolli „{role}“ ei ole olemas; rollid on: {known}.").format(
            role=terms.role, known=", ".join(roles())
        )
    elif terms.valid_to is not None and terms.valid_to < terms.valid_from:
        wrong = _("Õiguse viimane päev on enne esimest.")
    elif terms.provider_id is None and not terms.reason.strip():
        wrong = _("Õigus, mis ulatub üle kõigi teenuseosutajate, vajab põhjust.")
    elif terms.provider_id is None and terms.place_id is not None:
        wrong = _("Koha õigus vajab teenuseosutajat, kelle koht see on.")
    elif (terms.role == "person") != (terms.person_id is not None):
        wrong = _("Inimese enda vaade, ja ainult see, vajab inimest, kelle vaade see on.")
    elif (terms.role == "municipality") != bool(terms.funder):
        wrong = _("Omavalitsuse roll, ja ainult see, vajab omavalitsuse registrikoodi.")
    if wrong:
        raise UnableToGrantError(_("{wrong} Midagi ei muudetud.").format(wrong=wrong))


def _require_granting(by: User, terms: GrantTerms, on: date) -> None:
    """Let nobody grant further than they themselves may grant, nor more than they hold."""
    mine = scope_of(by, "accounts.grant", on)
    is_here = terms.provider_id in mine.providers or terms.place_id in mine.places
    if not (mine.everywhere or is_here):
        raise NotAllowedError(by, "accounts.grant")
    if roles()[terms.role].allows("*"):
        all_of_it = scope_of(by, "*", on)
        if not (all_of_it.everywhere or terms.provider_id in all_of_it.providers):
            raise NotAllowedError(by, "*")


def _refuse_same(row: Grant) -> None:
    # None is a value here: a role at every provider is another one than a role at this one.
    what: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("user_id", "role", "provider_id", "place_id", "person_id", "funder")
    }
    same = Grant.objects.filter(overlapping(row.valid_from, row.valid_to), **what).first()
    if same is not None:
        raise UnableToGrantError(
            _(
                "Sama õigus on juba antud alates {first}. Lõpeta see enne või vali teised "
                "päevad. Midagi ei muudetud."
            ).format(first=show_day(same.valid_from))
        )


def _check_belongings(row: Grant) -> None:
    """Refuse another provider's place or person; their tables lie above, so the join tells."""
    wanted = Q(pk=row.pk)
    if row.place_id:
        wanted &= Q(place__provider_id=F("provider_id"))
    if row.person_id and row.provider_id:
        wanted &= Q(person__provider_id=F("provider_id"))
    if not Grant.objects.filter(wanted).exists():
        raise UnableToGrantError(_(_STRANGE))


class UnableToEndGrantError(RefusedError):
    """The grant cannot be ended on that day."""


def end_grant(*, grant: Grant, last_day: date, why: str, by: User, on: date) -> None:
    """End a grant, or take it back wholly.

    Args:
        grant: Which.
        last_day: The last day on which it holds. A day before its first: it is taken away as
            if it had not been given; the history of the row remains.
        why: The reason; not empty.
        by: Who decides; holds `accounts.grant` there.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToEndGrantError: No reason, or it ends by that day already.
    """
    if not why.strip():
        raise UnableToEndGrantError(_("Põhjus on vajalik. Midagi ei muudetud."))
    mine = scope_of(by, "accounts.grant", on)
    is_here = grant.provider_id in mine.providers or grant.place_id in mine.places
    if not (mine.everywhere or is_here):
        raise NotAllowedError(by, "accounts.grant")
    with acting(by=by, name="accounts.end_grant", provider_id=grant.provider_id, why=why) as act:
        held = Grant.objects.select_for_update().filter(pk=grant.pk).first()
        if held is None or (held.valid_to is not None and held.valid_to <= last_day):
            raise UnableToEndGrantError(_("See õigus on selleks päevaks juba lõppenud."))
        if last_day < held.valid_from:
            Grant.objects.filter(pk=held.pk).delete()
        else:
            Grant.objects.filter(pk=held.pk).update(valid_to=last_day)
        forget_grants()
        act.details |= {"user": held.user_id, "role": held.role}
