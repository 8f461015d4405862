"""The tables of assessments: instruments by version, assessments, answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable, Lasting, Row


class InstrumentVersion(Lasting):
    """A version of an instrument; a changed question is a new version, old answers keep theirs.

    Attributes:
        code: The instrument.
        content: Its domains, items and scales, as in its data pack.
        licence: Under what licence it may be used; not empty.
        provider: Who brought it; None: it comes with the program.
    """

    provider = models.ForeignKey(
        "providers.Provider", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.CharField(_("kood"), max_length=64)
    version = models.CharField(_("versioon"), max_length=40)
    title = models.CharField(_("nimetus"), max_length=200)
    licence = models.TextField(_("litsents"))
    content = models.JSONField(_("sisu"))

    class Meta:
        verbose_name = _("hindamisvahendi versioon")
        verbose_name_plural = _("hindamisvahendite versioonid")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code", "version"], name="assessments_instrument_once"
            ),
            models.UniqueConstraint(
                fields=["code", "version"],
                condition=Q(provider__isnull=True),
                name="assessments_built_in_instrument_once",
            ),
            models.CheckConstraint(condition=~Q(licence=""), name="assessments_instrument_licence"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class View(models.TextChoices):
    """Whose view an answer is."""

    SPECIALIST = "specialist", _("spetsialist")
    PERSON = "person", _("inimene ise")
    RELATIVE = "relative", _("lähedane")


class Assessment(Lasting):
    """An assessment of a person on a day with one version of an instrument."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        "referrals.Referral", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    instrument = models.ForeignKey(
        InstrumentVersion, on_delete=models.PROTECT, related_name="assessments"
    )
    assessed_on = models.DateField(_("hindamise päev"))
    assessor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("hindamine")
        verbose_name_plural = _("hindamised")
        indexes = [models.Index(fields=["provider", "person"], name="assessments_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.assessed_on}"


class Answer(Correctable):
    """An answer to one item in one view.

    Attributes:
        item: Code of the item in the instrument.
        value: As the item's scale says it: 0–4, 8, 9, −4…4, yes, no; empty: only a comment.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    item = models.CharField(_("küsimus"), max_length=64)
    view = models.CharField(_("kelle vaade"), max_length=12, choices=View)
    value = models.CharField(_("vastus"), max_length=20, blank=True)
    comment = models.TextField(_("selgitus"), blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("vastus")
        verbose_name_plural = _("vastused")
        constraints = [
            *Correctable.Meta.constraints,
            models.UniqueConstraint(
                fields=["assessment", "item", "view"],
                condition=Q(corrects__isnull=True),
                name="assessments_answer_once",
            ),
            models.CheckConstraint(
                condition=~Q(value="") | ~Q(comment="") | Q(is_cancellation=True),
                name="assessments_answer_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.value}"


class AssessmentDraft(Row):
    """An assessment while it is filled in.

    Attributes:
        answers: By view and item a list of value and comment; empty when it is finished.
        assessment: What it became; None: it is under way.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        "referrals.Referral", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    instrument = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    assessed_on = models.DateField(_("hindamise päev"))
    assessor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(_("vastused"), default=dict, blank=True)
    assessment = models.OneToOneField(
        Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="draft"
    )

    class Meta:
        verbose_name = _("pooleli hindamine")
        verbose_name_plural = _("pooleli hindamised")
        indexes = [models.Index(fields=["provider", "person"], name="assessments_drafts_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "instrument"],
                condition=Q(assessment__isnull=True),
                name="assessments_one_draft_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.assessed_on}"
