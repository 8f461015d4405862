"""The tables of who waits for a place, and of what happened while they did."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable, Lasting
from tugiplaan.rules.vocabulary import Service


class Waiting(Lasting):
    """A person waits for a service in a county (SHS § 76).

    Attributes:
        county: Where the person wants to be served.
        since: The day of the decision, from which the turn counts (SHS § 76(1)).
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    service = models.CharField(_("teenus"), max_length=8, choices=[(s, s) for s in Service])
    county = models.CharField(_("maakond"), max_length=40)
    since = models.DateField(_("otsuse kuupäev"))

    class Meta:
        verbose_name = _("ootel inimene")
        verbose_name_plural = _("ootel inimesed")
        constraints = [
            models.CheckConstraint(
                condition=Q(service__in=[str(s) for s in Service]),
                name="referrals_waiting_service",
            ),
            models.CheckConstraint(condition=~Q(county=""), name="referrals_waiting_county"),
        ]
        indexes = [
            models.Index(fields=["provider", "service", "county"], name="referrals_waiting_list")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.service} {self.county}"


class WaitingKind(models.TextChoices):
    """What happened while somebody waited; offers and their answers are rows of their own."""

    GROUP = "group", _("eelisjärjekorra rühm")
    UNREACHABLE = "unreachable", _("ei saadud kätte")
    REMOVED = "removed", _("nimekirjast välja")
    PLACED = "placed", _("sai koha")


class WaitingEvent(Correctable):
    """Something that changes the turn of who waits, or ends the waiting, and why.

    Attributes:
        group: The priority group from this day on; empty: none any more.
        tried_from: When one first tried to reach the person.
        reason: In the words of who decided, so that the order can be explained later.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    waiting = models.ForeignKey(Waiting, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("liik"), max_length=12, choices=WaitingKind)
    day = models.DateField(_("päev"))
    group = models.PositiveSmallIntegerField(_("rühm"), null=True, blank=True)
    tried_from = models.DateField(_("esimene katse"), null=True, blank=True)
    reason = models.TextField(_("selgitus"))

    class Meta(Correctable.Meta):
        verbose_name = _("ootamise sündmus")
        verbose_name_plural = _("ootamise sündmused")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=WaitingKind.values), name="referrals_waitingevent_kind"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="referrals_waitingevent_reason"),
            models.CheckConstraint(
                condition=Q(kind="group") | Q(group__isnull=True),
                name="referrals_waitingevent_group",
            ),
            models.CheckConstraint(
                condition=Q(kind="unreachable", tried_from__isnull=False)
                | (~Q(kind="unreachable") & Q(tried_from__isnull=True)),
                name="referrals_waitingevent_tried",
            ),
        ]
        indexes = [models.Index(fields=["provider", "waiting"], name="referrals_waitingevent_of")]

    def __str__(self) -> str:
        return f"{self.waiting_id} {self.kind} {self.day}"
