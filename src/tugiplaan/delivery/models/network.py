"""Network work, the tasks that come of it, and consultations of outside specialists."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable, Lasting


class Contact(Correctable):
    """One piece of network work; what was said stands in the narrative.

    Attributes:
        kind: A code of `rules.network_work.work_kinds`.
        field: A code of `network_fields`; empty: in none.
        with_whom: Who it was where the person's network does not name them.
        record_id: The component record of its hours; None: hours were not recorded with it.
        root_id: The first row of its line of corrections; the narrative names it.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("päev"))
    kind = models.CharField(_("liik"), max_length=40)
    field = models.CharField(_("valdkond"), max_length=40, blank=True)
    member = models.ForeignKey(
        "people.NetworkMember", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    with_whom = models.CharField(_("kellega"), max_length=200, blank=True)
    goal = models.ForeignKey(
        "plans.Goal", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    record_id = models.UUIDField(_("kirje"), null=True, blank=True)
    root_id = models.UUIDField(_("esimene rida"), editable=False)

    class Meta(Correctable.Meta):
        verbose_name = _("võrgustikutöö")
        verbose_name_plural = _("võrgustikutööd")
        indexes = [models.Index(fields=["provider", "person", "day"], name="delivery_contact_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class Assignment(Correctable):
    """Something that somebody is to do for a person by a day."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("ülesanne"), max_length=300)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("tähtaeg"))
    given_on = models.DateField(_("antud"))
    goal = models.ForeignKey(
        "plans.Goal", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Correctable.Meta):
        verbose_name = _("ülesanne")
        verbose_name_plural = _("ülesanded")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="delivery_assignment_text"),
        ]
        indexes = [
            models.Index(fields=["provider", "person", "due_on"], name="delivery_assignment_due")
        ]

    def __str__(self) -> str:
        return self.text


class AssignmentEnd(Lasting):
    """A task is done, or given up with a reason; it never opens again."""

    class Outcome(models.TextChoices):
        """What became of a task."""

        DONE = "done", _("tehtud")
        GIVEN_UP = "given_up", _("loobutud")

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="end")
    outcome = models.CharField(_("seis"), max_length=12, choices=Outcome)
    day = models.DateField(_("päev"))
    note = models.TextField(_("märkus"), blank=True)

    class Meta:
        verbose_name = _("ülesande lõpp")
        verbose_name_plural = _("ülesannete lõpud")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="given_up") | ~Q(note=""),
                name="delivery_assignment_given_up_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.outcome}"


class Stage(models.TextChoices):
    """When in planning an outside specialist is asked."""

    BEFORE = "before", _("enne plaani valmimist")
    REVIEW = "review", _("plaani ülevaatamisel või muutmisel")


class Consultation(Correctable):
    """An outside specialist is asked for advice on planning (component of base support).

    Attributes:
        question: Why the specialist was asked, and what.
        competence: What makes them one.
        minutes: How long; empty until it was held.
        record_id: The component record that bills it.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(_("millal"), max_length=12, choices=Stage)
    asked_on = models.DateField(_("küsitud"))
    held_on = models.DateField(_("toimus"), null=True, blank=True)
    question = models.TextField(_("miks ja mida küsiti"))
    expert = models.CharField(_("spetsialist"), max_length=200)
    competence = models.CharField(_("pädevus"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minuteid"), null=True, blank=True)
    outcome = models.TextField(_("tulemus"), blank=True)
    record_id = models.UUIDField(_("kirje"), null=True, blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("välise spetsialisti konsultatsioon")
        verbose_name_plural = _("välise spetsialisti konsultatsioonid")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | Q(held_on__gte=F("asked_on")),
                name="delivery_consultation_days",
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, minutes__isnull=True, record_id__isnull=True)
                | Q(held_on__isnull=False, minutes__gte=1, minutes__lte=1440),
                name="delivery_consultation_held",
            ),
        ]
        indexes = [models.Index(fields=["provider", "person"], name="delivery_consultation_person")]

    def __str__(self) -> str:
        return f"{self.expert} {self.asked_on}"
