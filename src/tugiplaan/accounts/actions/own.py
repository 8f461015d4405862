"""What users change about themselves."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from tugiplaan.accounts.models import User
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError

LANGUAGES = ("et", "en", "ru")


class UnableToChangeOwnError(RefusedError):
    """What the user wants to change about themselves cannot be."""


def choose_language(*, language: str, by: User) -> User:
    """Choose the language in which pages and letters speak to the user.

    Args:
        language: `et`, `en` or `ru`.
        by: The user.

    Returns:
        The user with the language.

    Raises:
        UnableToChangeOwnError: The language is none of these.
    """
    if language not in LANGUAGES:
        raise UnableToChangeOwnError(
            _("Keelt „{language}“ ei ole. Vali eesti, inglise või vene keel.").format(
                language=language
            )
        )
    return _changed(by, "accounts.choose_language", language=language)


def confirm_address(*, email: str, by: User) -> None:
    """Record that a user reads the e-mail address that they log in with.

    Args:
        email: The address that a letter went to.
        by: The user; showed what stood in the letter.

    Raises:
        UnableToChangeOwnError: The user's address is another one by now.
    """
    if email != by.email:
        raise UnableToChangeOwnError(
            _("Kinnituskiri saadeti teisele aadressile. Küsi uus kiri. Midagi ei muudetud.")
        )
    with acting(by=by, name="accounts.confirm_address"):
        EmailAddress.objects.update_or_create(
            user_id=by.pk, email=email, defaults={"verified": True}
        )


def keep_password(*, user: User, hashed: str) -> User:
    """Keep the password that a user has set.

    Args:
        user: Whose it is; they act themselves.
        hashed: The password as the hasher made it, never the password itself.
    """
    return _changed(user, "accounts.keep_password", password=hashed)


def record_log_in(*, user: User) -> None:
    """Record that a user logged in."""
    with acting(by=user, name="accounts.log_in"):
        pass


def _changed(user: User, name: str, **values: str) -> User:
    with acting(by=user, name=name), transaction.atomic():
        row = User.objects.select_for_update().get(pk=user.pk)
        for field, value in values.items():
            setattr(row, field, value)
        row.save(update_fields=list(values))
    return row
