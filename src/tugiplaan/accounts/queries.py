"""Reading accounts: who may log in where, with which roles, and who works with whom."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tugiplaan.accounts.models import Caseload, Grant, User


def not_ended(day: date) -> Q:
    """Give the condition that a dated row holds on a day or begins later."""
    return Q(valid_to__isnull=True) | Q(valid_to__gte=day)


def in_force(day: date) -> Q:
    """Give the condition that a dated row holds on a day."""
    return not_ended(day) & Q(valid_from__lte=day)


def overlapping(first: date, last: date | None) -> Q:
    """Give the condition that a dated row holds on one of some days, both ends included."""
    return not_ended(first) & (Q() if last is None else Q(valid_from__lte=last))


def users_of(provider_id: UUID) -> QuerySet[User]:
    """Give the users who have or had a role at a provider, by name; those switched off too.

    Roles that reach every provider are left out: they are not this provider's people.
    """
    at = Grant.objects.filter(provider_id=provider_id).values("user")
    return User.objects.filter(pk__in=at).order_by("name", "id")


def grants_of(user: User) -> QuerySet[Grant]:
    """Give all grants of a user, with their provider and place, the latest first."""
    found = Grant.objects.filter(user=user).select_related("provider", "place")
    return found.order_by("-valid_from", "-id")


def caseload_of(user: User, day: date) -> QuerySet[Caseload]:
    """Give the cases that a user has on a day, those as a deputy too.

    Returns:
        Own cases and those as a deputy, with the user who is replaced, in the order in which
        they began.
    """
    found = Caseload.objects.filter(in_force(day), user=user).select_related("deputy_for")
    return found.order_by("valid_from", "id")


def supervisors_of(provider_id: UUID, person_id: UUID, day: date) -> QuerySet[Caseload]:
    """Give who works with a person on a day, deputies after those whose own case it is.

    Returns:
        The rows of the caseload, each with its user and the one replaced.
    """
    found = Caseload.objects.filter(in_force(day), provider_id=provider_id, person_id=person_id)
    found = found.select_related("user", "deputy_for")
    return found.order_by(F("deputy_for").asc(nulls_first=True), "valid_from", "id")


def has_somebody_with_a_password() -> bool:
    """Say whether anybody could log in by a password."""
    rows = User.objects.filter(is_active=True).exclude(password="")
    return any(user.has_usable_password() for user in rows.only("password"))


def users_who_may_log_in() -> QuerySet[User]:
    """Give all users who are not switched off, by name."""
    return User.objects.filter(is_active=True).order_by("name", "pk")


def grants_at(provider_id: UUID) -> QuerySet[Grant]:
    """Give all grants at a provider with their user, place and person, by user, the latest first.

    Roles that reach every provider are left out, as in `users_of`.
    """
    found = Grant.objects.filter(provider_id=provider_id).select_related("user", "place", "person")
    return found.order_by("user__name", "user_id", "-valid_from", "-id")


def caseloads_at(provider_id: UUID, day: date) -> QuerySet[Caseload]:
    """Give who works with whom at a provider on a day or later, by user and person.

    Returns:
        Own cases and those of deputies, each with its user, person and the one replaced.
    """
    found = Caseload.objects.filter(not_ended(day), provider_id=provider_id)
    found = found.select_related("user", "person", "deputy_for")
    return found.order_by("user__name", "user_id", "person__sort_name", "valid_from", "id")


def user_by_email(email: str) -> User | None:
    """Give the user with an e-mail address, in whatever case it is written; None: there is none."""
    return User.objects.filter(email__iexact=email.strip()).first()


def has_confirmed_address(user: User) -> bool:
    """Say whether a user showed that they read the address they log in with. One query."""
    return confirmed_users().filter(pk=user.pk).exists()


def confirmed_users() -> QuerySet[User]:
    """Give the users not switched off who read the address they log in with, by name."""
    theirs = EmailAddress.objects.filter(
        user_id=OuterRef("pk"), email__iexact=OuterRef("email"), verified=True
    )
    return users_who_may_log_in().filter(Exists(theirs))


def user_names(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give the names of users, those switched off too; who is not there is left out."""
    rows = User.objects.filter(pk__in=list(user_ids)).order_by("name", "pk")
    return dict(rows.values_list("pk", "name"))


def names_of_users(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give the names of some users by id. One query."""
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name"))
