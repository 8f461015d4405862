"""Who works where, and their training."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Row
from tugiplaan.providers.models.columns import codes
from tugiplaan.rules.vocabulary import (
    Service,
)

_DATES = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class Staff(Row):
    """Somebody who works for a provider.

    Attributes:
        code: The provider's own short code; records name the worker by it.
        user_id: The user by whom they log in, if they do.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("kood"), max_length=64)
    name = models.CharField(_("nimi"), max_length=200, blank=True)
    user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    occupation = models.CharField(_("amet"), max_length=100, blank=True)
    valid_from = models.DateField(_("tööl alates"), null=True, blank=True)
    valid_to = models.DateField(_("tööl kuni"), null=True, blank=True)

    class Meta:
        verbose_name = _("töötaja")
        verbose_name_plural = _("töötajad")
        constraints = [
            models.UniqueConstraint(fields=["provider", "code"], name="providers_staff_code_once"),
            models.CheckConstraint(
                condition=_DATES | Q(valid_from__isnull=True), name="providers_staff_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class Position(Row):
    """How much of a full post a worker gives to a service at a place, from day to day."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="positions")
    place = models.ForeignKey("providers.Place", on_delete=models.PROTECT, related_name="+")
    service = models.CharField(_("teenus"), max_length=8, choices=codes(Service))
    full_time_share = models.DecimalField(_("koormus"), max_digits=4, decimal_places=3)
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)

    class Meta:
        verbose_name = _("ametikoht")
        verbose_name_plural = _("ametikohad")
        constraints = [
            models.CheckConstraint(condition=_DATES, name="providers_position_dates"),
            models.CheckConstraint(
                condition=Q(full_time_share__gt=0), name="providers_position_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.service} {self.full_time_share}"


class CourseKind(models.TextChoices):
    """The parts of the preparation of an activity supervisor (SHS § 86, R38), and others."""

    FULL_260 = "full_260", _("tegevusjuhendaja koolitus 260 h")
    BASIC_40 = "basic_40", _("algkoolitus 40 h")
    REST_220 = "rest_220", _("ülejäänud koolitus 220 h")
    WORK_40 = "work_40", _("töötamise toetamise koolitus 40 h")
    NEED_40 = "need_40", _("suure abivajaduse koolitus 40 h")
    COURT_60 = "court_60", _("kohtumäärusega teenuse koolitus 60 h")
    RIGHTS = "rights", _("QualityRightsi e-koolitus")
    OTHER = "other", _("muu koolitus")


class Course(Row):
    """A course that a worker began or passed.

    Attributes:
        completed_on: The day of the certificate; empty: under way.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="courses")
    kind = models.CharField(_("liik"), max_length=20, choices=CourseKind)
    title = models.CharField(_("nimetus"), max_length=200, blank=True)
    hours = models.PositiveSmallIntegerField(_("tunde"))
    started_on = models.DateField(_("algus"))
    completed_on = models.DateField(_("lõpetatud"), null=True, blank=True)
    certificate = models.CharField(_("tunnistus"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("koolitus")
        verbose_name_plural = _("koolitused")
        constraints = [
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | Q(completed_on__gte=F("started_on")),
                name="providers_course_dates",
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.kind}"


class Qualification(Row):
    """A profession or schooling that counts instead of the course (R38)."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="qualifications")
    name = models.CharField(_("nimetus"), max_length=200)
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)
    document = models.CharField(_("dokument"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kvalifikatsioon")
        verbose_name_plural = _("kvalifikatsioonid")
        constraints = [models.CheckConstraint(condition=_DATES, name="providers_qualification")]

    def __str__(self) -> str:
        return self.name


class Supervision(Row):
    """Who supervises a worker whose training is not finished, from day to day (R38 § 2)."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="supervisions")
    supervisor = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)

    class Meta:
        verbose_name = _("juhendamine")
        verbose_name_plural = _("juhendamised")
        constraints = [
            models.CheckConstraint(condition=_DATES, name="providers_supervision_dates"),
            models.CheckConstraint(
                condition=~Q(staff=F("supervisor")), name="providers_supervision_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.supervisor_id}"
