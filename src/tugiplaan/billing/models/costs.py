"""What services really cost, beside the maximum cost."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable
from tugiplaan.rules.coverage import CostComponent
from tugiplaan.rules.vocabulary import Service


class ActualCost(Correctable):
    """What a service cost a provider in a month, by component; entered or imported.

    Attributes:
        place: At which place; None: at all together.
        source: Where the number is from: a ledger, a file.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(
        "providers.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service = models.CharField(_("teenus"), max_length=8, choices=[(s, s) for s in Service])
    period = models.PositiveIntegerField(_("kuu"))
    component = models.CharField(
        _("kulukomponent"), max_length=32, choices=[(c, c) for c in CostComponent]
    )
    amount = models.DecimalField(_("summa"), max_digits=14, decimal_places=2)
    source = models.CharField(_("allikas"), max_length=200, blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("tegelik kulu")
        verbose_name_plural = _("tegelikud kulud")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gte=0) | Q(is_cancellation=True), name="billing_cost_amount"
            ),
            models.UniqueConstraint(
                fields=["provider", "place", "service", "period", "component"],
                condition=Q(corrects__isnull=True, place__isnull=False),
                name="billing_cost_at_place_once",
            ),
            models.UniqueConstraint(
                fields=["provider", "service", "period", "component"],
                condition=Q(corrects__isnull=True, place__isnull=True),
                name="billing_cost_once",
            ),
        ]
        indexes = [models.Index(fields=["provider", "period"], name="billing_cost_month")]

    def __str__(self) -> str:
        return f"{self.service} {self.period} {self.component}"
