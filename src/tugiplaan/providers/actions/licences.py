"""Licences: for which service, where, for how many, from when to when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.books import hold_stays
from tugiplaan.providers.models import Licence, Place
from tugiplaan.rules.vocabulary import Service, TargetGroup


@dataclass(frozen=True, slots=True)
class LicenceData:
    """What a licence says.

    Attributes:
        code: Its number.
        max_persons: For how many, >= 1.
        valid_to: Last day; None: until further notice.
        target_groups: Round-the-clock care only.
    """

    code: str
    place_id: UUID
    service: Service
    max_persons: int
    valid_from: date
    valid_to: date | None = None
    target_groups: frozenset[TargetGroup] = frozenset()


class UnableToRecordLicenceError(RefusedError):
    """The licence cannot be recorded as given."""


def add_licence(*, provider_id: UUID, data: LicenceData, why: str, by: User, on: date) -> Licence:
    """Record a licence.

    Args:
        provider_id: Whose.
        data: What it says.
        why: The reason; needed where a month was invoiced.
        by: Who records.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordLicenceError: The number is empty or there already, the days or the number
            of persons cannot be, the place is another provider's, or target groups are named
            for a service that has none.
        MonthClosedError: A month that it changes is closed and not issued.
        WhyNeededError: A month that it changes was invoiced and no reason is given.

    Law: SHS §§ 151–154.
    """
    require(by, "providers.write", provider_id, on)
    values = _checked(provider_id, data)
    row = Licence(provider_id=provider_id, **values)
    try:
        with acting(by=by, name="providers.add_licence", provider_id=provider_id, why=why) as act:
            held = hold_stays(provider_id, data.valid_from, data.valid_to, why=why)
            act.details["issued"] = sorted(held)
            row.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToRecordLicenceError(_there(data)) from error
    return row


def change_licence(*, licence: Licence, data: LicenceData, why: str, by: User, on: date) -> Licence:
    """Change what is recorded of a licence, such as its end.

    Args:
        licence: Which.
        data: Everything as it should be.
        why: The reason; needed where a month was invoiced.
        by: Who changes.
        on: Today.

    Returns:
        The row as it is now.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordLicenceError: As `add_licence`.
        MonthClosedError: As `add_licence`.
        WhyNeededError: As `add_licence`.

    Law: SHS §§ 151–154.
    """
    require(by, "providers.write", licence.provider_id, on)
    provider_id = licence.provider_id
    values = _checked(provider_id, data)
    try:
        with acting(
            by=by, name="providers.change_licence", provider_id=provider_id, why=why
        ) as act:
            held = Licence.objects.select_for_update().get(pk=licence.pk)
            first, last = _concerned(held, values)
            act.details["issued"] = sorted(hold_stays(provider_id, first, last, why=why))
            Licence.objects.filter(pk=held.pk).update(**values)
    except IntegrityError as error:
        raise UnableToRecordLicenceError(_there(data)) from error
    return Licence.objects.get(pk=licence.pk)


def _concerned(held: Licence, values: dict[str, Any]) -> tuple[date, date | None]:
    """Give the first and last day on which a change is felt."""
    ends = [held.valid_to, values["valid_to"]]
    known = [end for end in ends if end is not None]
    last = max(known) if len(known) == len(ends) else None
    others = [name for name in values if name != "valid_to"]
    if known and all(getattr(held, name) == values[name] for name in others):
        return min(known) + timedelta(days=1), last
    return min(held.valid_from, values["valid_from"]), last


def _checked(provider_id: UUID, data: LicenceData) -> dict[str, Any]:
    wrong = ""
    if not data.code.strip():
        wrong = _("Tegevusloa number on vajalik.")
    elif data.max_persons < 1:
        wrong = _("Kohti peab olema vähemalt üks.")
    elif data.valid_to is not None and data.valid_to < data.valid_from:
        wrong = _("Viimane päev on enne esimest.")
    elif data.target_groups and data.service is not Service.OEH:
        wrong = _("Sihtrühmad on ainult ööpäevaringse erihooldusteenuse loal.")
    elif not Place.objects.filter(provider_id=provider_id, pk=data.place_id).exists():
        wrong = _("See koht ei ole selle teenuseosutaja oma.")
    if wrong:
        raise UnableToRecordLicenceError(_("{wrong} Midagi ei salvestatud.").format(wrong=wrong))
    return {
        "code": data.code,
        "place_id": data.place_id,
        "service": data.service.value,
        "max_persons": data.max_persons,
        "valid_from": data.valid_from,
        "valid_to": data.valid_to,
        "target_groups": " ".join(sorted(data.target_groups)),
    }


def _there(data: LicenceData) -> str:
    return _("Tegevusluba {code} on juba kirjas. Midagi ei salvestatud.").format(code=data.code)
