"""The tables of documents: files and how long they are kept; papers made and sent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable, Lasting, Row


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


class Paper(Lasting):
    """A paper made from the records: a plan, an assessment, a notice, as it was on that day.

    Attributes:
        person: Whose it is; None: it is about the provider.
        kind: Which paper, as the papers name themselves.
        about: The plan, rating, summary, isolation, consent or referral that it tells of.
        made_on: The day that stands on it.
        to_whom: Who must get it, each an `Addressee`; empty: it need not be sent.
        values: What it was made from, by name.
        content: What it says, section by section.
        template: The provider's own template; None: the built-in one.
        layout: Digest of the built-in templates as they were.
        pdf_digest: SHA-256 of the PDF, by which it lies in the store.
        word_digest: The same of the DOCX.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("liik"), max_length=40)
    about = models.UUIDField(_("mille kohta"))
    title = models.CharField(_("pealkiri"), max_length=300)
    language = models.CharField(_("keel"), max_length=2)
    made_on = models.DateField(_("koostatud"))
    to_whom = models.JSONField(_("kellele"), default=list)
    values = models.JSONField(_("andmed"))
    content = models.JSONField(_("sisu"))
    template = models.ForeignKey(
        Template, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    layout = models.CharField(_("kujundus"), max_length=64)
    pdf_digest = models.CharField(_("PDFi räsi"), max_length=64)
    word_digest = models.CharField(_("DOCXi räsi"), max_length=64)

    class Meta:
        verbose_name = _("koostatud dokument")
        verbose_name_plural = _("koostatud dokumendid")
        indexes = [models.Index(fields=["provider", "person", "kind"], name="documents_paper_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=["et", "en", "ru"]), name="documents_paper_language"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Addressee(models.TextChoices):
    """Who gets a paper."""

    PERSON = "person", _("inimene")
    REPRESENTATIVE = "representative", _("esindaja")
    AUTHORITY = "authority", _("Sotsiaalkindlustusamet")
    OTHER = "other", _("keegi muu")


class Way(models.TextChoices):
    """How a paper went."""

    HAND = "hand", _("üle antud")
    POST = "post", _("postiga")
    EMAIL = "email", _("krüpteeritult e-postiga")
    SYSTEM = "system", _("infosüsteemi kaudu")


class PaperSent(Correctable):
    """A paper went to somebody.

    Attributes:
        receiver: Name or address of who got it; may be empty.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="sendings")
    to_whom = models.CharField(_("kellele"), max_length=16, choices=Addressee)
    way = models.CharField(_("kuidas"), max_length=8, choices=Way)
    receiver = models.CharField(_("saaja"), max_length=200, blank=True)
    sent_on = models.DateField(_("saadetud"))

    class Meta(Correctable.Meta):
        verbose_name = _("dokumendi saatmine")
        verbose_name_plural = _("dokumentide saatmised")

    def __str__(self) -> str:
        return f"{self.paper_id} {self.to_whom}"
