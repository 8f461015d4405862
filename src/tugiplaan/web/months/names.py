"""What codes of lines and findings are called on pages of the month."""

from collections.abc import Iterable
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.billing.review import service_of
from tugiplaan.pricelists.queries import component_prices_of
from tugiplaan.rules.vocabulary import Audience, FindingCode, Kind, Mode, Service, Unit, label
from tugiplaan.web import telling


def component_names(provider_id: UUID) -> dict[str, str]:
    """Give the names of components by code, as the price lists have them. One query."""
    rows = component_prices_of(provider_id).values_list("component", "name")
    return {code: name for code, name in rows if name}


def service_name(code: str, components: dict[str, str]) -> str:
    """Give the name of the service or component of a rate code.

    >>> service_name("OEH_ER_G6", {})
    'ööpäevaringne erihooldusteenus'
    """
    found = service_of(code)
    if found in set(Service):
        return label(Service(found), language())
    return components.get(found, found)


def detail(kind: str, mode: str = "", audience: str = "") -> str:
    """Say what a line pays for, and for components how and to whom.

    >>> detail("full"), detail("component", "group", "person")
    ('täiskuu', 'rühm, inimene')
    """
    if kind == Kind.COMPONENT and mode:
        words = [label(Mode(mode), language())]
        words += [label(Audience(audience), language())] if audience else []
        return ", ".join(words)
    return label(Kind(kind), language()) if kind in set(Kind) else ""


def unit_name(unit: str) -> str:
    """Name a unit.

    >>> unit_name("h")
    'tund'
    """
    return label(Unit(unit), language()) if unit in set(Unit) else ""


def quantity(amount: str, unit: str, of_days: int | None) -> str:
    """Write how much a line is of: so many days of a month's, or units.

    >>> quantity("17", "day", 30), quantity("7/2", "h", None), quantity("", "", None)
    ('17 / 30 päeva', '3,5 h', '')
    """
    if not amount:
        return ""
    many = telling.number(Fraction(amount))
    if of_days:
        return _("{days} / {of} päeva").format(days=many, of=of_days)
    if unit == Unit.HOUR:
        return _("{hours} h").format(hours=many)
    return f"{many} × {unit_name(unit)}" if unit else many


def percent(share: str) -> str:
    """Write a share.

    >>> percent("0.95"), percent("")
    ('95%', '')
    """
    return f"{telling.number(Fraction(share) * 100)}%" if share else ""


def finding_title(code: FindingCode) -> str:
    """Name a finding.

    >>> finding_title(FindingCode.OVER_CAP)
    'üle kuu piiri'
    """
    return label(code, language())


def finding_choices(codes: Iterable[FindingCode]) -> list[tuple[str, str]]:
    """Give the findings that one may choose from."""
    return [(str(code), finding_title(code)) for code in codes]
