"""Organisations, their buildings and places, how large these are, and licences."""

from django.db import models
from django.db.models import F, Q

from tugiplaan.audit.rows import Row
from tugiplaan.providers.models.columns import codes, one_of
from tugiplaan.rules.vocabulary import (
    Service,
    SizeClass,
)

_DATES = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class Provider(Row):
    """An organisation that delivers and invoices; the boundary of everything it owns."""

    name = models.CharField("nimi", max_length=200, blank=True)
    registry_code = models.CharField("registrikood", max_length=20, blank=True)
    vat_number = models.CharField("KMKR number", max_length=20, blank=True)
    iban = models.CharField("IBAN", max_length=40, blank=True)
    address = models.CharField("aadress", max_length=300, blank=True)
    email = models.EmailField("e-post", blank=True)

    class Meta:
        verbose_name = "teenuseosutaja"
        verbose_name_plural = "teenuseosutajad"
        constraints = [
            models.UniqueConstraint(
                fields=["registry_code"],
                condition=~Q(registry_code=""),
                name="providers_provider_registry_code_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Building(Row):
    """A house; the groups and places in it are counted together by R65 § 2(6¹)."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("kood", max_length=200)
    address = models.CharField("aadress", max_length=300, blank=True)

    class Meta:
        verbose_name = "hoone"
        verbose_name_plural = "hooned"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code"], name="providers_building_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.code


class Place(Row):
    """A service place: a home, a group of a home, a day centre."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("kood", max_length=64)
    name = models.CharField("nimi", max_length=200)
    address = models.CharField("aadress", max_length=300, blank=True)
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="places")
    county = models.CharField("maakond", max_length=40, blank=True)

    class Meta:
        verbose_name = "teenuskoht"
        verbose_name_plural = "teenuskohad"
        constraints = [
            models.UniqueConstraint(fields=["provider", "code"], name="providers_place_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class SizePeriod(Row):
    """How many are served at once at a place, from day to day, both included (R65 § 2(5)–(6¹))."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="size_periods")
    first_day = models.DateField("alates")
    last_day = models.DateField("kuni", null=True, blank=True)
    size_class = models.CharField("suurusklass", max_length=10, choices=codes(SizeClass))

    class Meta:
        verbose_name = "suurusklassi aeg"
        verbose_name_plural = "suurusklassi ajad"
        constraints = [
            models.UniqueConstraint(
                fields=["place", "first_day"], name="providers_size_period_once"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="providers_size_period_dates",
            ),
            models.CheckConstraint(
                condition=one_of("size_class", SizeClass), name="providers_size_period_class"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.size_class}"


class Licence(Row):
    """A licence for a service at a place, days both included (SHS §§ 151–154).

    Attributes:
        target_groups: Codes separated by spaces, sorted; round-the-clock care only.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("number", max_length=64)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="licences")
    service = models.CharField("teenus", max_length=8, choices=codes(Service))
    valid_from = models.DateField("alates")
    valid_to = models.DateField("kuni", null=True, blank=True)
    max_persons = models.PositiveIntegerField("kohti")
    target_groups = models.CharField("sihtrühmad", max_length=80, blank=True)

    class Meta:
        verbose_name = "tegevusluba"
        verbose_name_plural = "tegevusload"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code"], name="providers_licence_code_once"
            ),
            models.CheckConstraint(condition=_DATES, name="providers_licence_dates"),
            models.CheckConstraint(
                condition=one_of("service", Service), name="providers_licence_service"
            ),
        ]

    def __str__(self) -> str:
        return self.code
