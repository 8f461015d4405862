"""The tables of documents: files with their digest, whose they are, how long they are kept."""

from django.db import models
from django.db.models import Q

from tugiplaan.audit.rows import Correctable, Row


class Retention(models.TextChoices):
    """Why and how long a document is kept."""

    CARE = "care", "hooldusdokument (SHS § 83(3): 10 aastat teenuse lõpust)"
    ACCOUNTING = "accounting", "raamatupidamine (RPS § 12: 7 aastat)"
    HOUSE = "house", "asutuse oma"


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
    kind = models.CharField("liik", max_length=40)
    title = models.CharField("pealkiri", max_length=300)
    media_type = models.CharField("vorming", max_length=100)
    size = models.PositiveBigIntegerField("baite")
    digest = models.CharField("räsi", max_length=64)
    path = models.CharField("asukoht", max_length=300)
    dated_on = models.DateField("dokumendi kuupäev", null=True, blank=True)
    retention = models.CharField("säilitamine", max_length=12, choices=Retention)

    class Meta(Correctable.Meta):
        verbose_name = "dokument"
        verbose_name_plural = "dokumendid"
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
    code = models.CharField("kood", max_length=64)
    language = models.CharField("keel", max_length=2, default="et")
    version = models.PositiveIntegerField("versioon", default=1)
    media_type = models.CharField("vorming", max_length=100)
    content = models.BinaryField("sisu")

    class Meta:
        verbose_name = "dokumendi mall"
        verbose_name_plural = "dokumendimallid"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code", "language", "version"], name="documents_template_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="documents_template_version"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
