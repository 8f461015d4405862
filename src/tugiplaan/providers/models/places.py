"""Organisations, their buildings and places, how large these are, and licences."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Row
from tugiplaan.providers.models.columns import codes, one_of
from tugiplaan.rules.vocabulary import (
    Service,
    SizeClass,
)

_DATES = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class Provider(Row):
    """An organisation that delivers and invoices; the boundary of everything it owns."""

    name = models.CharField(_("nimi"), max_length=200, blank=True)
    registry_code = models.CharField(_("registrikood"), max_length=20, blank=True)
    vat_number = models.CharField(_("KMKR number"), max_length=20, blank=True)
    iban = models.CharField(_("IBAN"), max_length=40, blank=True)
    address = models.CharField(_("aadress"), max_length=300, blank=True)
    email = models.EmailField(_("e-post"), blank=True)

    class Meta:
        verbose_name = _("teenuseosutaja")
        verbose_name_plural = _("teenuseosutajad")
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
    code = models.CharField(_("kood"), max_length=200)
    address = models.CharField(_("aadress"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("hoone")
        verbose_name_plural = _("hooned")
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
    code = models.CharField(_("kood"), max_length=64)
    name = models.CharField(_("nimi"), max_length=200)
    address = models.CharField(_("aadress"), max_length=300, blank=True)
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="places")
    county = models.CharField(_("maakond"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("teenuskoht")
        verbose_name_plural = _("teenuskohad")
        constraints = [
            models.UniqueConstraint(fields=["provider", "code"], name="providers_place_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class SizePeriod(Row):
    """How many are served at once at a place, from day to day, both included (R65 § 2(5)–(6¹))."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="size_periods")
    first_day = models.DateField(_("alates"))
    last_day = models.DateField(_("kuni"), null=True, blank=True)
    size_class = models.CharField(_("suurusklass"), max_length=10, choices=codes(SizeClass))

    class Meta:
        verbose_name = _("suurusklassi aeg")
        verbose_name_plural = _("suurusklassi ajad")
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
    code = models.CharField(_("number"), max_length=64)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="licences")
    service = models.CharField(_("teenus"), max_length=8, choices=codes(Service))
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)
    max_persons = models.PositiveIntegerField(_("kohti"))
    target_groups = models.CharField(_("sihtrühmad"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("tegevusluba")
        verbose_name_plural = _("tegevusload")
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
