"""The tables of documents: files with their digest, whose they are, how long they are kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable, Row


class Retention(models.TextChoices):
    """Why and how long a document is kept."""

    CARE = "care", _("hooldusdokument (SHS § 83(3): 10 aastat teenuse lõpust)")
    ACCOUNTING = "accounting", _("raamatupidamine (RPS § 12: 7 aastat)")
    HOUSE = "house", _("asutuse oma")


class Document(Correctable):
    """A file as it was received or made. A newer version is a new row that names the old one.

    Attributes:
        person: Whose it is; None: the provider's own.
        kind: What it is: referral, health_certificate, hospital_confirmation, consent, …
        digest: SHA-256 of its bytes.
        path: Where it lies in the store, named by its digest.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("liik"), max_length=40)
    title = models.CharField(_("pealkiri"), max_length=300)
    media_type = models.CharField(_("vorming"), max_length=100)
    size = models.PositiveBigIntegerField(_("baite"))
    digest = models.CharField(_("räsi"), max_length=64)
    path = models.CharField(_("asukoht"), max_length=300)
    dated_on = models.DateField(_("dokumendi kuupäev"), null=True, blank=True)
    retention = models.CharField(_("säilitamine"), max_length=12, choices=Retention)

    class Meta(Correctable.Meta):
        verbose_name = _("dokument")
        verbose_name_plural = _("dokumendid")
        indexes = [
            models.Index(fields=["provider", "person", "kind"], name="documents_document_of")
        ]

    def __str__(self) -> str:
        return self.title


class Template(Row):
    """A template of a document that an organisation may change: one row for each version."""

    provider = models.ForeignKey(
        "providers.Provider", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.CharField(_("kood"), max_length=64)
    language = models.CharField(_("keel"), max_length=2, default="et")
    version = models.PositiveIntegerField(_("versioon"), default=1)
    media_type = models.CharField(_("vorming"), max_length=100)
    content = models.BinaryField(_("sisu"))

    class Meta:
        verbose_name = _("dokumendi mall")
        verbose_name_plural = _("dokumendimallid")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code", "language", "version"], name="documents_template_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="documents_template_version"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
