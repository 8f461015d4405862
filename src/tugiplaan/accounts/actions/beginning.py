"""The first user of an empty database."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tugiplaan.accounts.actions.grants import GrantTerms, grant
from tugiplaan.accounts.actions.own import keep_password
from tugiplaan.accounts.actions.users import NewUser, add_user, operator
from tugiplaan.accounts.models import User
from tugiplaan.accounts.queries import has_somebody_with_a_password
from tugiplaan.audit.refusal import RefusedError


@dataclass(frozen=True, slots=True)
class FirstUser:
    """Who begins.

    Attributes:
        language: Of the pages: et, en or ru.
    """

    email: str
    name: str
    language: str = "et"


class UnableToBeginError(RefusedError):
    """There is somebody already."""


@transaction.atomic
def begin(*, who: FirstUser, hashed: str, on: date) -> User:
    """Make the first user, an operator who adds providers and their directors.

    Args:
        who: Who it is.
        hashed: Their password as the hasher made it.
        on: Today.

    Returns:
        The user, who may do everything everywhere.

    Raises:
        UnableToBeginError: Somebody can log in already.
        UnableToAddUserError: The name or address cannot be.
    """
    if has_somebody_with_a_password():
        raise UnableToBeginError(
            _("Esimene kasutaja on juba olemas; tema saab teisi lisada. Midagi ei muudetud.")
        )
    machine = operator()
    newcomer = NewUser(who.email, who.name, language=who.language)
    user = add_user(provider_id=None, newcomer=newcomer, by=machine, on=on)
    terms = GrantTerms("operator", None, on, reason=_("Esimene kasutaja."))
    grant(user=user, terms=terms, by=machine, on=on)
    return keep_password(user=user, hashed=hashed)
