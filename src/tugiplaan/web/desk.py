"""Who looks at the pages, at which provider, on which day, and what is open to them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from tugiplaan.accounts.access import NotAllowedError, User, grants_on, roles
from tugiplaan.providers.queries import names_of
from tugiplaan.rules.tables import Law, builtin
from tugiplaan.web.places import Link, links_for

_HOME = ZoneInfo("Europe/Tallinn")


def today() -> date:
    """Give today in Estonia, or the day on which a demo looks."""
    return settings.TODAY or datetime.now(_HOME).date()


def now() -> datetime:
    """Give this moment; on the day of a demo, at the hour that it is."""
    moment = timezone.now()
    if settings.TODAY is None:
        return moment
    here = moment.astimezone(_HOME)
    return datetime.combine(settings.TODAY, here.timetz())


def home_day(moment: datetime) -> date:
    """Give the day that it was in Estonia at a moment."""
    return moment.astimezone(_HOME).date()


@dataclass(frozen=True)
class Desk:
    """Where one sits: what every page needs to know before it asks anything.

    Attributes:
        user: Who looks.
        provider_id: At which provider.
        day: Today.
        permissions: What the user may do somewhere at this provider.
        role_codes: The roles that the user has at this provider.
        names: Name of each provider where the user has a role, this one among them.
    """

    user: User
    provider_id: UUID
    day: date
    permissions: frozenset[str]
    role_codes: tuple[str, ...]
    names: dict[UUID, str]

    @property
    def law(self) -> Law:
        return builtin()

    @property
    def provider_name(self) -> str:
        return self.names[self.provider_id]

    @property
    def others(self) -> list[tuple[UUID, str]]:
        """The other providers where the user has a role."""
        return sorted(
            ((pk, name) for pk, name in self.names.items() if pk != self.provider_id),
            key=lambda one: one[1],
        )

    def may(self, permission: str) -> bool:
        """Say whether the user holds a permission somewhere here."""
        return "*" in self.permissions or permission in self.permissions

    def require(self, permission: str) -> None:
        """Stop who does not hold a permission here.

        Raises:
            NotAllowedError: The user does not.
        """
        if not self.may(permission):
            raise NotAllowedError(self.user, permission)

    @property
    def may_search(self) -> bool:
        """Whether the list of people is a page of this user, so that a search leads somewhere."""
        return any(link.name == "people" for link in self.links)

    @cached_property
    def links(self) -> list[Link]:
        """The pages in the navigation that are open to this user."""
        return links_for(self.role_codes, self.may)


def desk_at(user: User, provider_id: UUID, day: date) -> Desk | None:
    """Seat a user at a provider.

    Args:
        user: Who is logged in.
        provider_id: Where.
        day: Today.

    Returns:
        The desk; None where the user has no role there. One query, two for a role everywhere.
    """
    grants = grants_on(user, day) if user.is_active else []
    here = [one for one in grants if one.provider_id in {None, provider_id}]
    if not here:
        return None
    names = {one.provider.pk: one.provider.name for one in grants if one.provider}
    names = names if provider_id in names else names | names_of([provider_id])
    if provider_id not in names:
        return None
    return Desk(
        user=user,
        provider_id=provider_id,
        day=day,
        permissions=frozenset().union(*(roles()[one.role].may for one in here)),
        role_codes=tuple(dict.fromkeys(one.role for one in here)),
        names=names,
    )


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Give every template its desk (None where there is none) and the day."""
    return {
        "desk": getattr(request, "desk", None),
        "today": today(),
        "is_demo": settings.DEMO,
        "can_send_letters": settings.CAN_SEND_LETTERS,
        "session_seconds": settings.SESSION_COOKIE_AGE,
    }
