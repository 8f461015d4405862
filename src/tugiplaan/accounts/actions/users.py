"""Adding users and switching them off."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import NotAllowedError, forget_grants, require, scope_of
from tugiplaan.accounts.models import Grant, User
from tugiplaan.accounts.queries import not_ended
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError

OPERATOR_EMAIL = "haldur@tugiplaan.invalid"


def operator() -> User:
    """Give the user as whom commands on the machine itself act; made on first use."""
    found = User.objects.filter(email=OPERATOR_EMAIL).first()
    if found is not None:
        return found
    user = User(email=OPERATOR_EMAIL, name="Käsurida")
    user.set_unusable_password()
    why = "Käsurea käske annab see, kelle käes on andmebaas ise."
    with acting(by=user, name="accounts.make_operator", why=why):
        user.save(force_insert=True)
        Grant.objects.create(user=user, role="operator", valid_from=date(2016, 1, 1), reason=why)
        forget_grants()
    return user


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody who is to log in.

    Attributes:
        language: Of the pages: et, en or ru.
    """

    email: str
    name: str
    phone: str = ""
    language: str = "et"


class UnableToAddUserError(RefusedError):
    """The user cannot be added as given."""


def add_user(*, provider_id: UUID | None, newcomer: NewUser, by: User, on: date) -> User:
    """Add a user, who may do nothing before a role is granted.

    Args:
        provider_id: In whose record it is written; None: of no provider.
        newcomer: Who it is.
        by: Who adds; holds `accounts.grant` there.
        on: Today.

    Returns:
        The new user, without a password.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAddUserError: The name is empty, the address or language cannot be, or there is a
            user with this address.
    """
    require(by, "accounts.grant", provider_id, on)
    email = newcomer.email.strip().lower()
    _check_newcomer(newcomer, email)
    user = User(
        email=email, name=newcomer.name.strip(), phone=newcomer.phone, language=newcomer.language
    )
    user.set_unusable_password()
    try:
        with acting(by=by, name="accounts.add_user", provider_id=provider_id) as act:
            user.save(force_insert=True)
            act.details["user"] = user.pk
    except IntegrityError as error:
        raise UnableToAddUserError(_already_there(email)) from error
    return user


def _check_newcomer(newcomer: NewUser, email: str) -> None:
    if not newcomer.name.strip():
        raise UnableToAddUserError(_("Kasutaja nimi on vajalik. Midagi ei salvestatud."))
    if newcomer.language not in {"et", "en", "ru"}:
        raise UnableToAddUserError(
            _(
                "Keel {language} ei ole kasutusel; vali et, en või ru. Midagi ei salvestatud."
            ).format(language=newcomer.language)
        )
    try:
        validate_email(email)
    except ValidationError as error:
        raise UnableToAddUserError(
            _(
                "E-posti aadress „{email}“ ei ole õige. Vaata see üle. Midagi ei salvestatud."
            ).format(email=email)
        ) from error
    if User.objects.filter(email__iexact=email).exists():
        raise UnableToAddUserError(_already_there(email))


def _already_there(email: str) -> str:
    return _(
        "Kasutaja {email} on juba olemas; anna talle õigus oma asutuses. Midagi ei salvestatud."
    ).format(email=email)


class UnableToSwitchUserError(RefusedError):
    """The user cannot be switched off or on."""


def switch_off_user(*, user: User, provider_id: UUID | None, why: str, by: User, on: date) -> None:
    """Switch a user off: from now on they reach nothing, anywhere.

    Args:
        user: Whom.
        provider_id: In whose record it is written; None: of no provider.
        why: The reason; not empty.
        by: Who decides; holds `accounts.grant` wherever the user has a role.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToSwitchUserError: No reason, oneself, off already, or the user has roles elsewhere.
    """
    if user.pk == by.pk:
        raise UnableToSwitchUserError(
            _("Iseennast välja lülitada ei saa; palu seda teisel juhil. Midagi ei muudetud.")
        )
    _switch(user, provider_id=provider_id, is_active=False, why=why, actor=(by, on))


def switch_on_user(*, user: User, provider_id: UUID | None, why: str, by: User, on: date) -> None:
    """Switch a user on again: the roles that still hold count again.

    Args:
        user: Whom.
        provider_id: In whose record it is written; None: of no provider.
        why: The reason; not empty.
        by: Who decides; holds `accounts.grant` wherever the user has a role.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToSwitchUserError: No reason, on already, or the user has roles elsewhere.
    """
    _switch(user, provider_id=provider_id, is_active=True, why=why, actor=(by, on))


def _is_so(user: User) -> str:
    if user.is_active:
        return _("{user} on juba kasutusel. Midagi ei muudetud.").format(user=user)
    return _("{user} on juba välja lülitatud. Midagi ei muudetud.").format(user=user)


def _switch(
    user: User, *, provider_id: UUID | None, is_active: bool, why: str, actor: tuple[User, date]
) -> None:
    by, on = actor
    require(by, "accounts.grant", provider_id, on)
    if not why.strip():
        raise UnableToSwitchUserError(_("Põhjus on vajalik. Midagi ei muudetud."))
    name = "accounts.switch_on_user" if is_active else "accounts.switch_off_user"
    with acting(by=by, name=name, provider_id=provider_id, why=why) as act:
        found = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if found.is_active == is_active:
            raise UnableToSwitchUserError(_is_so(found))
        _check_reach(found, provider_id, by, on)
        User.objects.filter(pk=found.pk).update(is_active=is_active)
        act.details["user"] = found.pk
    user.is_active = is_active


def _check_reach(user: User, provider_id: UUID | None, by: User, on: date) -> None:
    """Refuse to switch a user who has nothing to do with the one who decides."""
    mine = scope_of(by, "accounts.grant", on)
    if mine.everywhere:
        return
    at = set(Grant.objects.filter(not_ended(on), user=user).values_list("provider_id", flat=True))
    if provider_id not in at:
        raise NotAllowedError(by, "accounts.grant")
    if at - mine.providers:
        raise UnableToSwitchUserError(
            _(
                "Kasutajal {user} on õigusi ka mujal, seepärast teda siit välja ega sisse "
                "lülitada ei saa. Lõpeta tema õigused oma asutuses. Midagi ei muudetud."
            ).format(user=user)
        )
