"""Own contribution: agreements, the authority's decisions on the gap, bills, payments."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable, Row


class ContributionAgreement(Row):
    """What was agreed with a person about own contribution (SHS §§ 73–74).

    Attributes:
        monthly_fee: For KE and ÖEH, a month; None for PNH.
        daily_fee: For PNH, a used day, unrounded, as a decimal or a fraction; empty for others.
        above_norm: Agreed better conditions than the norm (§ 73(6)): the fee may exceed the
            maximum.
        text: What was agreed beside the fee: better conditions, part months, absences.
        taken_over_by: Who took the person's duty to pay over (§ 78(1)); empty: nobody.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)
    monthly_fee = models.DecimalField(
        _("tasu kuus"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    daily_fee = models.CharField(_("tasu päevas"), max_length=40, blank=True)
    above_norm = models.BooleanField(_("parem kui norm"), default=False)
    text = models.TextField(_("kokkulepe"), blank=True)
    taken_over_by = models.CharField(_("tasumise võttis üle"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("omaosaluse kokkulepe")
        verbose_name_plural = _("omaosaluse kokkulepped")
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
            models.CheckConstraint(
                condition=Q(monthly_fee__isnull=True) | Q(monthly_fee__gt=0),
                name="billing_contribution_fee",
            ),
            models.UniqueConstraint(
                fields=["referral", "valid_from"], name="billing_contribution_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.valid_from}"


class GapDecision(Correctable):
    """What the authority pays for a person from a month on (puudujääv osa, SHS § 74).

    The authority checks it every month; of an agreement the latest month counts that has begun.

    Attributes:
        period: The first month, YYYYMM.
        amount: A month, euros; 0: nothing from then on.
        reference: Number or date of the authority's decision.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(
        ContributionAgreement, on_delete=models.PROTECT, related_name="gaps"
    )
    period = models.PositiveIntegerField(_("alates kuust"))
    amount = models.DecimalField(_("puudujääv osa kuus"), max_digits=10, decimal_places=2)
    reference = models.CharField(_("otsus"), max_length=200)

    class Meta(Correctable.Meta):
        verbose_name = _("puudujääva osa otsus")
        verbose_name_plural = _("puudujääva osa otsused")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="billing_gap_amount"),
            models.UniqueConstraint(
                fields=["agreement", "period"],
                condition=Q(corrects__isnull=True),
                name="billing_gap_month_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.period}"


class ContributionBill(Correctable):
    """A person's bill for food and lodging in a month.

    A cancellation has a number of its own and takes the whole amount back.

    Attributes:
        days: Used days of PNH; None for others.
        state_gap: What of the fee the authority pays; not in the amount.
        amount: What the person pays; below 0 in a cancellation.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(
        ContributionAgreement, on_delete=models.PROTECT, related_name="bills"
    )
    period = models.PositiveIntegerField(_("kuu"))
    series = models.CharField(_("seeria"), max_length=20)
    number = models.PositiveIntegerField(_("number"))
    issued_on = models.DateField(_("kuupäev"))
    due_on = models.DateField(_("maksetähtaeg"))
    days = models.PositiveSmallIntegerField(_("kasutatud päevi"), null=True, blank=True)
    state_gap = models.DecimalField(_("puudujääv osa"), max_digits=10, decimal_places=2, default=0)
    amount = models.DecimalField(_("summa"), max_digits=10, decimal_places=2)
    explanation = models.TextField(_("selgitus"), blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("omaosaluse arve")
        verbose_name_plural = _("omaosaluse arved")
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
            models.CheckConstraint(
                condition=Q(due_on__gte=F("issued_on")), name="billing_contribution_due"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(is_cancellation=True, amount__lt=0),
                name="billing_contribution_amount",
            ),
        ]
        indexes = [models.Index(fields=["provider", "period"], name="billing_contribution_month")]

    def __str__(self) -> str:
        return f"{self.series}{self.number}"


class ContributionPayment(Correctable):
    """Money that a person, or somebody for the person, paid; below 0: given back."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    bill = models.ForeignKey(ContributionBill, on_delete=models.PROTECT, related_name="payments")
    received_on = models.DateField(_("laekus"))
    amount = models.DecimalField(_("summa"), max_digits=10, decimal_places=2)
    reference = models.CharField(_("viide"), max_length=100, blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("omaosaluse laekumine")
        verbose_name_plural = _("omaosaluse laekumised")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(condition=~Q(amount=0), name="billing_contribution_paid"),
        ]

    def __str__(self) -> str:
        return f"{self.bill_id} {self.amount}"
