"""Contracts with the authority and other funders: dated settings."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Row
from tugiplaan.providers.models.columns import codes, one_of
from tugiplaan.rules.vocabulary import (
    AbsenceYear,
    GroupPrice,
    IncrementRounding,
    PartMonthDenominator,
    TeMinimum,
)

_DATES = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class StateContract(Row):
    """Settings of the contract with the authority; the latest that has begun holds.

    What the law leaves to the contract stands here (SHS § 79(5)); defaults as in the month folder.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("alates"))
    history_from = models.DateField(_("andmed on täielikud alates"), null=True, blank=True)
    part_month_denominator = models.CharField(
        _("osalise kuu nimetaja"),
        max_length=20,
        choices=codes(PartMonthDenominator),
        default=PartMonthDenominator.CALENDAR_DAYS.value,
    )
    absence_year = models.CharField(
        _("eemaloleku aasta"),
        max_length=20,
        choices=codes(AbsenceYear),
        default=AbsenceYear.ROLLING.value,
    )
    absence_year_limit_days = models.PositiveSmallIntegerField(
        _("eemaloleku päevi aastas"), null=True, blank=True
    )
    hospital_year_limit_days = models.PositiveSmallIntegerField(
        _("haiglapäevi aastas"), null=True, blank=True
    )
    te_minimum = models.CharField(
        _("toetatud elamise miinimum"),
        max_length=20,
        choices=codes(TeMinimum),
        default=TeMinimum.MONTH_TOTAL.value,
    )
    pays_unused_pnh_days = models.BooleanField(_("kasutamata PNH päevad tasutakse"), default=True)
    pays_unused_int_days = models.BooleanField(_("kasutamata INT päevad tasutakse"), default=True)
    pays_empty_court_places = models.BooleanField(_("tühjad KM kohad tasutakse"), default=False)

    class Meta:
        verbose_name = _("haldusleping SKA-ga")
        verbose_name_plural = _("halduslepingud SKA-ga")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "valid_from"], name="providers_state_contract_once"
            ),
            models.CheckConstraint(
                condition=one_of("part_month_denominator", PartMonthDenominator),
                name="providers_state_contract_denominator",
            ),
            models.CheckConstraint(
                condition=one_of("absence_year", AbsenceYear),
                name="providers_state_contract_year",
            ),
            models.CheckConstraint(
                condition=one_of("te_minimum", TeMinimum),
                name="providers_state_contract_te_minimum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.valid_from}"


class ComponentContract(Row):
    """Settings of a contract with a funder of component services; the latest begun holds."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    funder = models.CharField(_("rahastaja registrikood"), max_length=64)
    valid_from = models.DateField(_("alates"))
    minutes_per_hour = models.PositiveSmallIntegerField(
        _("minuteid tunnis"), default=60, validators=[MinValueValidator(1)]
    )
    increment_minutes = models.PositiveSmallIntegerField(
        _("arvestusühik minutites"), default=15, validators=[MinValueValidator(1)]
    )
    increment_rounding = models.CharField(
        _("ümardamine"),
        max_length=10,
        choices=codes(IncrementRounding),
        default=IncrementRounding.NEAREST.value,
    )
    group_price = models.CharField(
        _("rühma hind"),
        max_length=20,
        choices=codes(GroupPrice),
        default=GroupPrice.PER_PARTICIPANT.value,
    )

    class Meta:
        verbose_name = _("komponenditeenuste leping")
        verbose_name_plural = _("komponenditeenuste lepingud")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "funder", "valid_from"],
                name="providers_component_contract_once",
            ),
            models.CheckConstraint(
                condition=Q(minutes_per_hour__gte=1, increment_minutes__gte=1),
                name="providers_component_contract_minutes",
            ),
            models.CheckConstraint(
                condition=one_of("increment_rounding", IncrementRounding),
                name="providers_component_contract_rounding",
            ),
            models.CheckConstraint(
                condition=one_of("group_price", GroupPrice),
                name="providers_component_contract_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder} {self.valid_from}"


class BillingTerms(Row):
    """How a funder is invoiced; the latest that has begun holds. The law leaves it to contracts.

    Attributes:
        funder: Registry code of who pays.
        payment_days: Days from the invoice to its due date.
        buyer_reference: What the buyer asks to be written on the invoice.
        reference_number: Reference number of payments (viitenumber).
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    funder = models.CharField(_("rahastaja registrikood"), max_length=64)
    funder_name = models.CharField(_("rahastaja nimi"), max_length=200)
    valid_from = models.DateField(_("alates"))
    payment_days = models.PositiveSmallIntegerField(_("maksetähtaeg päevades"))
    buyer_reference = models.CharField(_("ostja viide"), max_length=100, blank=True)
    reference_number = models.CharField(_("viitenumber"), max_length=20, blank=True)
    contract_number = models.CharField(_("lepingu number"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("arvelduse tingimused")
        verbose_name_plural = _("arvelduse tingimused")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "funder", "valid_from"], name="providers_billing_terms_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.funder_name} {self.valid_from}"
