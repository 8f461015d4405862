"""The tables of changing the provider: agreed to by the person, and what was handed over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable


class Transfer(Correctable):
    """A person moves to another provider (SHS § 81).

    Attributes:
        consent: To what the person agreed, so that data may go along.
        to_provider: The other provider, by name.
        moves_on: The day of moving.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        "referrals.Referral", on_delete=models.PROTECT, related_name="transfers"
    )
    consent = models.ForeignKey("people.Consent", on_delete=models.PROTECT, related_name="+")
    to_provider = models.CharField(_("uus teenuseosutaja"), max_length=200)
    moves_on = models.DateField(_("kolimise päev"))

    class Meta(Correctable.Meta):
        verbose_name = _("teenuseosutaja vahetus")
        verbose_name_plural = _("teenuseosutaja vahetused")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(condition=~Q(to_provider=""), name="referrals_transfer_to_whom"),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(corrects__isnull=True),
                name="referrals_transfer_begins_once",
            ),
        ]
        indexes = [models.Index(fields=["provider", "moves_on"], name="referrals_transfer_day")]

    def __str__(self) -> str:
        return f"{self.referral_id} → {self.to_provider}"


class Handover(Correctable):
    """The transfer pack was handed over: when, to whom and what was in it."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="handovers")
    handed_on = models.DateField(_("üle antud"))
    to_whom = models.CharField(_("kellele"), max_length=200)
    content = models.TextField(_("mis üle anti"))

    class Meta(Correctable.Meta):
        verbose_name = _("üleandmispaki üleandmine")
        verbose_name_plural = _("üleandmispakkide üleandmised")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(to_whom="") & ~Q(content=""), name="referrals_handover_says"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.handed_on}"
