"""The tables of referrals: decisions, and the stays that follow from them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable, Row
from tugiplaan.rules.vocabulary import AbsenceKind, EndReason, Service, Variant, VolumeUnit


class Referral(Row):
    """The authority's decision that a person gets a service here (SHS § 71).

    Attributes:
        code: Number of the decision, or the provider's own.
        place: Where the person is served from the beginning.
        slot: The new autism place that the person takes (R65 § 2¹).
        contribution: On what condition the person pays their own contribution (SHS § 71(3)).
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("number"), max_length=64)
    service = models.CharField(_("teenus"), max_length=8, choices=[(s, s) for s in Service])
    variant = models.CharField(
        _("eriliik"), max_length=8, choices=[(v, v) for v in Variant], blank=True, default=""
    )
    place = models.ForeignKey(
        "providers.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_on = models.DateField(_("otsuse kuupäev"))
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"))
    planned_volume = models.DecimalField(
        _("soovituslik maht"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    volume_unit = models.CharField(
        _("mahu ühik"), max_length=12, choices=[(u, u) for u in VolumeUnit], blank=True
    )
    is_released = models.BooleanField(_("vabanenud sundravilt"), default=False)
    slot = models.CharField(_("uus koht"), max_length=64, blank=True)
    slot_new_from = models.DateField(_("uus koht alates"), null=True, blank=True)
    purpose = models.TextField(_("teenuse eesmärk"), blank=True)
    court_order = models.CharField(_("kohtumäärus"), max_length=200, blank=True)
    contribution = models.CharField(_("omaosaluse tingimus"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("suunamisotsus")
        verbose_name_plural = _("suunamisotsused")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code"], name="referrals_referral_code_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="referrals_referral_dates"
            ),
            models.CheckConstraint(
                condition=Q(service__in=[str(s) for s in Service]),
                name="referrals_referral_service",
            ),
            models.CheckConstraint(
                condition=Q(variant__in=[str(v) for v in Variant]),
                name="referrals_referral_variant",
            ),
            models.CheckConstraint(
                condition=Q(planned_volume__isnull=True) | Q(planned_volume__gte=0),
                name="referrals_referral_volume",
            ),
        ]
        indexes = [models.Index(fields=["provider", "person"], name="referrals_referral_person")]

    def __str__(self) -> str:
        return f"{self.code} {self.service}"


class StayKind(models.TextChoices):
    """What a row of a stay says."""

    AGREED = "agreed", _("kokkulepitud algus")
    ARRIVED = "arrived", _("saabus")
    ENDED = "ended", _("lõppes")


class StayDay(Correctable):
    """The agreed start of a stay, the arrival or the end. Of each kind the current row counts.

    Attributes:
        reason: Why it ended; for an end only.
        learned_on: When the provider learned of it.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="stay_days")
    kind = models.CharField(_("liik"), max_length=10, choices=StayKind)
    day = models.DateField(_("päev"))
    reason = models.CharField(
        _("lõpu põhjus"), max_length=24, choices=[(r, r) for r in EndReason], blank=True
    )
    learned_on = models.DateField(_("teada saadud"), null=True, blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("teenusel oleku päev")
        verbose_name_plural = _("teenusel oleku päevad")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="ended") | Q(reason=""), name="referrals_stay_reason_of_end"
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(reason__in=[str(r) for r in EndReason]),
                name="referrals_stay_reason",
            ),
            # Of each kind one row begins the line of corrections; so two at once cannot both.
            models.UniqueConstraint(
                fields=["referral", "kind"],
                condition=Q(corrects__isnull=True),
                name="referrals_stay_kind_begins_once",
            ),
        ]
        indexes = [models.Index(fields=["provider", "referral"], name="referrals_stay_referral")]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.kind} {self.day}"


class Move(Correctable):
    """From a day on the person is served at another place."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="moves")
    from_day = models.DateField(_("alates"))
    place = models.ForeignKey("providers.Place", on_delete=models.PROTECT, related_name="+")

    class Meta(Correctable.Meta):
        verbose_name = _("kolimine")
        verbose_name_plural = _("kolimised")
        indexes = [models.Index(fields=["provider", "referral"], name="referrals_move_referral")]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.from_day}"


class Absence(Correctable):
    """Full days away, both ends included (SHS §§ 79(3), 80(3)).

    Attributes:
        code: The provider's own; files name the row by it. A correction keeps it.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="absences")
    code = models.CharField(_("kood"), max_length=64)
    first_day = models.DateField(_("esimene täispäev"))
    last_day = models.DateField(_("viimane täispäev"))
    kind = models.CharField(_("liik"), max_length=16, choices=[(k, k) for k in AbsenceKind])
    learned_on = models.DateField(_("teada saadud"), null=True, blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("eemalolek")
        verbose_name_plural = _("eemalolekud")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="referrals_absence_dates"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[str(k) for k in AbsenceKind]), name="referrals_absence_kind"
            ),
            models.UniqueConstraint(
                fields=["provider", "code"],
                condition=Q(corrects__isnull=True),
                name="referrals_absence_code_once",
            ),
        ]
        indexes = [models.Index(fields=["provider", "referral"], name="referrals_absence_referral")]

    def __str__(self) -> str:
        return f"{self.code} {self.first_day}–{self.last_day}"


class Confirmation(Correctable):
    """A confirmation of in-patient care for a month (SHS § 80(4)–(6)).

    Attributes:
        period: The month of the hospital stay, YYYYMM.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="confirmations")
    period = models.PositiveIntegerField(_("kuu"))
    received_on = models.DateField(_("saadud"))
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Correctable.Meta):
        verbose_name = _("haigla kinnitus")
        verbose_name_plural = _("haigla kinnitused")
        constraints = [
            *Correctable.Meta.constraints,
            models.UniqueConstraint(
                fields=["referral", "period"],
                condition=Q(corrects__isnull=True),
                name="referrals_confirmation_once",
            ),
        ]
        indexes = [models.Index(fields=["provider", "referral"], name="referrals_confirmation_of")]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.period}"
