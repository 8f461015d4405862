"""The tables of places offered to persons, and of what they answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable
from tugiplaan.rules.vocabulary import Service


class PlaceOffer(Correctable):
    """A place offered to a person, under a decision or from the waiting list (SHS § 71(5)).

    Attributes:
        referral: The decision under which it is offered; None: from the waiting list.
        waiting: For what the person waits; None: under a decision.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
    )
    waiting = models.ForeignKey(
        "referrals.Waiting", on_delete=models.PROTECT, null=True, blank=True, related_name="offers"
    )
    service = models.CharField(_("teenus"), max_length=8, choices=[(s, s) for s in Service])
    place = models.ForeignKey("providers.Place", on_delete=models.PROTECT, related_name="+")
    offered_on = models.DateField(_("pakutud"))

    class Meta(Correctable.Meta):
        verbose_name = _("kohapakkumine")
        verbose_name_plural = _("kohapakkumised")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(service__in=[str(s) for s in Service]),
                name="referrals_placeoffer_service",
            ),
            models.CheckConstraint(
                condition=Q(referral__isnull=True, waiting__isnull=False)
                | Q(referral__isnull=False, waiting__isnull=True),
                name="referrals_placeoffer_of_one",
            ),
        ]
        indexes = [models.Index(fields=["provider", "offered_on"], name="referrals_placeoffer_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.place_id} {self.offered_on}"


class Answer(models.TextChoices):
    """What a person answered to the offer of a place."""

    ACCEPTED = "accepted", _("võttis vastu")
    REFUSED_WELL = "refused_well", _("loobus mõjuval põhjusel")
    REFUSED = "refused", _("loobus mõjuva põhjuseta")
    NONE = "none", _("ei vastanud")


class OfferAnswer(Correctable):
    """The answer to an offer. Its first row begins the line: an offer is answered once."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(PlaceOffer, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(_("vastus"), max_length=12, choices=Answer)
    answered_on = models.DateField(_("vastatud"))
    reason = models.TextField(_("põhjus"), blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("vastus kohapakkumisele")
        verbose_name_plural = _("vastused kohapakkumistele")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values), name="referrals_offeranswer_answer"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["accepted", "none"]) | ~Q(reason=""),
                name="referrals_offeranswer_reason",
            ),
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(corrects__isnull=True),
                name="referrals_offeranswer_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.answer}"
