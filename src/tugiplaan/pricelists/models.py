"""The tables of price lists: own prices, component prices, a provider's own sourced rates."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Row
from tugiplaan.rules.vocabulary import Audience, CeilingPeriod, Mode, Tier

_DATES = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class OwnPrice(Row):
    """The provider's own price where it is below the maximum cost; in the unit of its rate code."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("määra kood"), max_length=20)
    amount = models.DecimalField(_("hind"), max_digits=15, decimal_places=6)
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)

    class Meta:
        verbose_name = _("oma hind")
        verbose_name_plural = _("oma hinnad")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code", "valid_from"], name="pricelists_own_price_once"
            ),
            models.CheckConstraint(condition=_DATES, name="pricelists_own_price_dates"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="pricelists_own_price_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"


class ComponentPrice(Row):
    """One row of a component price list: euros an hour, from day to day, both included.

    Attributes:
        is_confirmed: Only a confirmed price is ever billed.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    funder = models.CharField(_("rahastaja registrikood"), max_length=64)
    component = models.CharField(_("komponent"), max_length=64)
    mode = models.CharField(_("viis"), max_length=12, choices=[(m, m) for m in Mode])
    audience = models.CharField(_("kellele"), max_length=12, choices=[(a, a) for a in Audience])
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)
    version = models.CharField(_("versioon"), max_length=200, blank=True)
    tier = models.CharField(_("aste"), max_length=12, choices=[(t, t) for t in Tier])
    name = models.CharField(_("nimetus"), max_length=300)
    price = models.DecimalField(_("tunnihind"), max_digits=15, decimal_places=6)
    ceiling = models.DecimalField(
        _("piirmäär"), max_digits=15, decimal_places=6, null=True, blank=True
    )
    ceiling_period = models.CharField(
        _("piirmäära aeg"), max_length=16, choices=[(p, p) for p in CeilingPeriod], blank=True
    )
    source = models.TextField(_("allikas"), blank=True)
    is_confirmed = models.BooleanField(_("kinnitatud"), default=False)

    class Meta:
        verbose_name = _("komponendi hind")
        verbose_name_plural = _("komponentide hinnad")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "funder", "component", "mode", "audience", "valid_from"],
                name="pricelists_component_price_once",
            ),
            models.CheckConstraint(condition=_DATES, name="pricelists_component_price_dates"),
            models.CheckConstraint(
                condition=Q(price__gte=0), name="pricelists_component_price_amount"
            ),
            models.CheckConstraint(
                condition=Q(ceiling__isnull=True, ceiling_period="")
                | (Q(ceiling__isnull=False) & ~Q(ceiling_period="")),
                name="pricelists_component_price_ceiling_whole",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=[str(m) for m in Mode], tier__in=[str(t) for t in Tier]),
                name="pricelists_component_price_codes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component} {self.mode} {self.price}"


class Rate(Row):
    """A rate that the provider entered with its act; on its days it goes before the built-in one.

    Attributes:
        known_from: From when on it was known; empty: from `valid_from`.
        cap: As the file says it; shown, not computed with.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("määra kood"), max_length=20)
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)
    known_from = models.DateField(_("teada alates"), null=True, blank=True)
    unit = models.CharField(_("ühik"), max_length=40)
    amount = models.DecimalField(_("määr"), max_digits=15, decimal_places=6)
    cap = models.TextField(_("piirang"), blank=True)
    source = models.TextField(_("allikas"))

    class Meta:
        verbose_name = _("sisestatud määr")
        verbose_name_plural = _("sisestatud määrad")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code", "valid_from"], name="pricelists_rate_once"
            ),
            models.CheckConstraint(condition=_DATES, name="pricelists_rate_dates"),
            models.CheckConstraint(condition=~Q(source=""), name="pricelists_rate_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"
