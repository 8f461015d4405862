"""Own contribution: agreements, bills, payments."""

from django.db import models
from django.db.models import F, Q

from tugiplaan.audit.rows import Correctable, Row


class ContributionAgreement(Row):
    """What was agreed with a person about own contribution (SHS §§ 73–74).

    Attributes:
        monthly_fee: For KE and ÖEH, a month; None for PNH.
        daily_fee: For PNH, a used day, unrounded; None for others.
        state_gap: The missing part that the authority pays a month by its decision.
        above_norm: Agreed better conditions than the norm (§ 73(6)): the fee may exceed the
            maximum.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField("alates")
    valid_to = models.DateField("kuni", null=True, blank=True)
    monthly_fee = models.DecimalField(
        "tasu kuus", max_digits=10, decimal_places=2, null=True, blank=True
    )
    daily_fee = models.CharField("tasu päevas", max_length=40, blank=True)
    state_gap = models.DecimalField("puudujääv osa", max_digits=10, decimal_places=2, default=0)
    above_norm = models.BooleanField("parem kui norm", default=False)
    text = models.TextField("kokkulepe", blank=True)

    class Meta:
        verbose_name = "omaosaluse kokkulepe"
        verbose_name_plural = "omaosaluse kokkulepped"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="billing_contribution_dates",
            ),
            models.CheckConstraint(
                condition=(Q(monthly_fee__isnull=False) & Q(daily_fee=""))
                | (Q(monthly_fee__isnull=True) & ~Q(daily_fee="")),
                name="billing_contribution_one_fee",
            ),
            models.UniqueConstraint(
                fields=["referral", "valid_from"], name="billing_contribution_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.valid_from}"


class ContributionBill(Correctable):
    """A person's bill for food and lodging in a month."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(
        ContributionAgreement, on_delete=models.PROTECT, related_name="bills"
    )
    period = models.PositiveIntegerField("kuu")
    series = models.CharField("seeria", max_length=20)
    number = models.PositiveIntegerField("number")
    issued_on = models.DateField("kuupäev")
    due_on = models.DateField("maksetähtaeg")
    days = models.PositiveSmallIntegerField("kasutatud päevi", null=True, blank=True)
    amount = models.DecimalField("summa", max_digits=10, decimal_places=2)
    explanation = models.TextField("selgitus", blank=True)

    class Meta(Correctable.Meta):
        verbose_name = "omaosaluse arve"
        verbose_name_plural = "omaosaluse arved"
        constraints = [
            *Correctable.Meta.constraints,
            models.UniqueConstraint(
                fields=["provider", "series", "number"], name="billing_contribution_number_once"
            ),
            models.UniqueConstraint(
                fields=["agreement", "period"],
                condition=Q(corrects__isnull=True),
                name="billing_contribution_month_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}{self.number}"


class ContributionPayment(Correctable):
    """Money that a person, or somebody for the person, paid."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    bill = models.ForeignKey(ContributionBill, on_delete=models.PROTECT, related_name="payments")
    received_on = models.DateField("laekus")
    amount = models.DecimalField("summa", max_digits=10, decimal_places=2)

    class Meta(Correctable.Meta):
        verbose_name = "omaosaluse laekumine"
        verbose_name_plural = "omaosaluse laekumised"

    def __str__(self) -> str:
        return f"{self.bill_id} {self.amount}"
