"""Where one can go: the navigation, as data."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_OWN_VIEW = frozenset({"person"})
_FUNDER = frozenset({"municipality"})
_QUALITY = frozenset({"director", "service_manager"})


@dataclass(frozen=True, slots=True)
class Link:
    """One page in the navigation.

    Attributes:
        name: Name of its address in `urls`.
        label: What it is called, one word where one will do.
        icon: Its picture in the sprite.
        permission: What one must hold to see it.
        roles: Only for these roles; empty: for every role with the permission but the person and
            the municipality, who have pages of their own.
    """

    name: str
    label: Promise
    icon: str
    permission: str
    roles: frozenset[str] = frozenset()


LINKS = (
    Link("my_plan", _("Minu plaan"), "sprout", "plans.read", _OWN_VIEW),
    Link("my_month", _("Minu kuu"), "calendar-days", "delivery.read", _OWN_VIEW),
    Link("my_readers", _("Kes luges"), "eye", "audit.read", _OWN_VIEW),
    Link("funder", _("Paketid"), "hand-coins", "billing.read", _FUNDER),
    Link("funder_months", _("Kuud"), "calculator", "billing.read", _FUNDER),
    Link("today", _("Täna"), "sun", "delivery.record"),
    Link("house", _("Maja"), "home", "delivery.record"),
    Link("people", _("Inimesed"), "users", "people.read"),
    Link("work", _("Tööd"), "list-checks", "plans.read"),
    Link("intake", _("Suunamised"), "log-in", "referrals.write"),
    Link("months", _("Kuud"), "calculator", "billing.read"),
    Link("overview", _("Ülevaade"), "chart-column", "billing.read"),
    Link("quality", _("Kvaliteet"), "clipboard-list", "quality.read", _QUALITY),
    Link("setup", _("Seaded"), "settings", "providers.read"),
)


def links_for(role_codes: Iterable[str], may: Callable[[str], bool]) -> list[Link]:
    """Give the links that are open, in order.

    Args:
        role_codes: The roles of who looks.
        may: Whether they hold a permission.
    """
    held = set(role_codes)
    is_staff = bool(held - _OWN_VIEW - _FUNDER)
    return [
        link
        for link in LINKS
        if may(link.permission) and (bool(link.roles & held) if link.roles else is_staff)
    ]
