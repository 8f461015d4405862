"""A provider, its buildings and places, and how many are served there at once."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _
from stdnum import iban
from stdnum.ee import kmkr, registrikood

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.books import hold_stays
from tugiplaan.providers.models import Building, Place, Provider, SizePeriod
from tugiplaan.rules.vocabulary import SizeClass


@dataclass(frozen=True, slots=True)
class ProviderData:
    """What is known of an organisation; empty: not known.

    Attributes:
        vat_number: With its country, as EE123456789.
    """

    name: str
    registry_code: str = ""
    vat_number: str = ""
    iban: str = ""
    address: str = ""
    email: str = ""


class UnableToRegisterProviderError(RefusedError):
    """The provider cannot be as given."""


def register_provider(*, data: ProviderData, by: User, on: date) -> Provider:
    """Register an organisation that delivers services.

    Args:
        data: What is known of it.
        by: Who registers; may do so at every provider.
        on: Today.

    Returns:
        The new provider.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRegisterProviderError: The name is empty, a number is wrong, or the organisation
            is there already.
    """
    require(by, "providers.write", None, on)
    provider = Provider(**asdict(_checked(data)))
    try:
        with acting(by=by, name="providers.register_provider", provider_id=provider.pk):
            provider.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToRegisterProviderError(_same_code(data)) from error
    return provider


def change_provider(
    *, provider: Provider, data: ProviderData, why: str, by: User, on: date
) -> Provider:
    """Change what is known of a provider; issued invoices keep what they say.

    Args:
        provider: Which.
        data: Everything as it should be.
        why: The reason; may be empty.
        by: Who changes.
        on: Today.

    Returns:
        The provider as it is now.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRegisterProviderError: As `register_provider`.
    """
    require(by, "providers.write", provider.pk, on)
    values = asdict(_checked(data))
    try:
        with acting(by=by, name="providers.change_provider", provider_id=provider.pk, why=why):
            Provider.objects.filter(pk=provider.pk).update(**values)
    except IntegrityError as error:
        raise UnableToRegisterProviderError(_same_code(data)) from error
    return Provider.objects.get(pk=provider.pk)


def _checked(data: ProviderData) -> ProviderData:
    wrong = ""
    if not data.name.strip():
        wrong = _("Nimi on vajalik.")
    elif data.registry_code and not registrikood.is_valid(data.registry_code):
        wrong = _("Registrikood {registry_code} ei ole õige: kontrollnumber ei klapi.").format(
            registry_code=data.registry_code
        )
    elif data.vat_number and not kmkr.is_valid(data.vat_number):
        wrong = _("KMKR number {vat_number} ei ole õige.").format(vat_number=data.vat_number)
    elif data.iban and not iban.is_valid(data.iban):
        wrong = _("Kontonumber {iban} ei ole õige: kontrollnumber ei klapi.").format(iban=data.iban)
    if wrong:
        raise UnableToRegisterProviderError(
            _("{wrong} Vaata see üle. Midagi ei salvestatud.").format(wrong=wrong)
        )
    return data


def _same_code(data: ProviderData) -> str:
    return _(
        "Registrikoodiga {registry_code} teenuseosutaja on juba olemas. Midagi ei salvestatud."
    ).format(registry_code=data.registry_code)


class UnableToAddPlaceError(RefusedError):
    """The building or place cannot be added as given."""


def add_building(*, provider_id: UUID, code: str, address: str, by: User, on: date) -> Building:
    """Add a house in which there are places.

    Args:
        provider_id: Whose.
        code: How the provider names it.
        address: Where it stands; may be empty.
        by: Who adds.
        on: Today.

    Returns:
        The new building.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAddPlaceError: The code is empty or taken.
    """
    require(by, "providers.write", provider_id, on)
    if not code.strip():
        raise UnableToAddPlaceError(_("Hoone kood on vajalik. Midagi ei salvestatud."))
    building = Building(provider_id=provider_id, code=code, address=address)
    try:
        with acting(by=by, name="providers.add_building", provider_id=provider_id):
            building.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToAddPlaceError(
            _("Hoone {code} on juba olemas. Midagi ei salvestatud.").format(code=code)
        ) from error
    return building


@dataclass(frozen=True, slots=True)
class PlaceData:
    """A service place.

    Attributes:
        code: How the provider names it, and files.
        county: In which it lies; empty: not known.
    """

    code: str
    name: str
    address: str = ""
    county: str = ""


def add_place(*, building: Building, place: PlaceData, by: User, on: date) -> Place:
    """Add a home, a group of a home or a day centre.

    Args:
        building: In which house.
        place: What it is.
        by: Who adds.
        on: Today.

    Returns:
        The new place.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAddPlaceError: Code or name is empty, or the code is taken.
    """
    require(by, "providers.write", building.provider_id, on)
    if not place.code.strip() or not place.name.strip():
        raise UnableToAddPlaceError(_("Koha kood ja nimi on vajalikud. Midagi ei salvestatud."))
    row = Place(provider_id=building.provider_id, building=building, **asdict(place))
    try:
        with acting(by=by, name="providers.add_place", provider_id=building.provider_id):
            row.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToAddPlaceError(
            _("Koht {code} on juba olemas. Midagi ei salvestatud.").format(code=place.code)
        ) from error
    return row


@dataclass(frozen=True, slots=True)
class Size:
    """How many are served at once, from day to day, both included.

    Attributes:
        last_day: None: until further notice.
    """

    size_class: SizeClass
    first_day: date
    last_day: date | None = None


class UnableToSetSizeError(RefusedError):
    """The size class cannot be set for these days."""


def set_size_class(*, place: Place, size: Size, why: str, by: User, on: date) -> SizePeriod:
    """Set the size class of a place for some days.

    A period that begins on the same day is changed; of others that overlap the later start
    counts, so that an open one need not be ended first.

    Args:
        place: Which place.
        size: The class and its days.
        why: The reason; needed where a month was invoiced.
        by: Who sets.
        on: Today.

    Returns:
        The period.

    Raises:
        NotAllowedError: `by` may not.
        UnableToSetSizeError: The last day is before the first.
        MonthClosedError: A month that it changes is closed and not issued.
        WhyNeededError: A month that it changes was invoiced and no reason is given.

    Law: R65 § 2(5)–(6¹).
    """
    require(by, "providers.write", place.provider_id, on)
    if size.last_day is not None and size.last_day < size.first_day:
        raise UnableToSetSizeError(_("Viimane päev on enne esimest. Midagi ei muudetud."))
    with acting(
        by=by, name="providers.set_size_class", provider_id=place.provider_id, why=why
    ) as act:
        there = SizePeriod.objects.filter(place=place, first_day=size.first_day).first()
        ends = {size.last_day} | ({there.last_day} if there else set())
        last = None if None in ends else max(end for end in ends if end)
        act.details["issued"] = sorted(hold_stays(place.provider_id, size.first_day, last, why=why))
        values = {"last_day": size.last_day, "size_class": size.size_class.value}
        row, _made = SizePeriod.objects.update_or_create(
            provider_id=place.provider_id,
            place=place,
            first_day=size.first_day,
            defaults=values,
        )
    return row
