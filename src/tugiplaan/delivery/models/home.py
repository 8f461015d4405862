"""A home that is open day and night: the shift diary, its hand-over, who goes out and comes in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable, Lasting


class ShiftKind(models.TextChoices):
    """Which shift of a day."""

    DAY = "day", _("päevane vahetus")
    NIGHT = "night", _("öine vahetus")


class ShiftNote(Correctable):
    """What a shift writes down of a place, and what it hands over to the next.

    Attributes:
        day: The day on which the shift began.
        person: Whom the note is about; None: the place as a whole.
        hand_over: What the next shift must know or do; empty: nothing.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("providers.Place", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("päev"))
    shift = models.CharField(_("vahetus"), max_length=8, choices=ShiftKind)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("mis toimus"))
    hand_over = models.TextField(_("järgmisele vahetusele"), blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("vahetuse märge")
        verbose_name_plural = _("vahetuste päevik")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="delivery_shift_text"),
        ]
        indexes = [models.Index(fields=["provider", "place", "day"], name="delivery_shift_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.shift}"


class HandOver(Lasting):
    """Somebody of a later shift has read what was handed over.

    Attributes:
        at: When.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(ShiftNote, on_delete=models.PROTECT, related_name="taken_over")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("aeg"))

    class Meta:
        verbose_name = _("vahetuse ülevõtmine")
        verbose_name_plural = _("vahetuste ülevõtmised")
        constraints = [
            models.UniqueConstraint(fields=["note", "user"], name="delivery_handover_once")
        ]

    def __str__(self) -> str:
        return f"{self.note_id} {self.at}"


class MovementKind(models.TextChoices):
    """Which way a person went."""

    OUT = "out", _("läks välja")
    IN = "in", _("tuli tagasi")


class Movement(Correctable):
    """A person of a home went out or came back; the latest one tells where the person is.

    Attributes:
        with_whom: Who went along; empty: alone.
        where_to: Where to, when going out.
        expected_at: When the person is expected back; None: nothing was agreed.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("providers.Place", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kuhu"), max_length=4, choices=MovementKind)
    at = models.DateTimeField(_("aeg"))
    with_whom = models.CharField(_("kellega"), max_length=200, blank=True)
    where_to = models.CharField(_("sihtkoht"), max_length=200, blank=True)
    expected_at = models.DateTimeField(_("oodatakse tagasi"), null=True, blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("väljas käimine")
        verbose_name_plural = _("väljas käimised")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=["out", "in"]), name="delivery_movement_kind"
            ),
            models.CheckConstraint(
                condition=Q(expected_at__isnull=True) | Q(kind="out", expected_at__gte=F("at")),
                name="delivery_movement_expected",
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "person", "at"], name="delivery_movement_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.at}"
