"""Bills to funders, what stands on them, and money that came."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable, Lasting, Row


class InvoiceSeries(Row):
    """The last number given in a series of a provider; whoever issues holds this row."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    prefix = models.CharField(_("eesliide"), max_length=20)
    last_number = models.PositiveIntegerField(_("viimane number"), default=0)

    class Meta:
        verbose_name = _("arvete seeria")
        verbose_name_plural = _("arvete seeriad")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "prefix"], name="billing_invoice_series_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.last_number}"


class InvoiceKind(models.TextChoices):
    """What a bill is."""

    INVOICE = "invoice", _("arve")
    CREDIT_NOTE = "credit_note", _("kreeditarve")


class Invoice(Lasting):
    """A bill to a funder: frozen, with everything that it shows copied into it.

    Attributes:
        series: Prefix of the number; numbers in a series have no gaps.
        statement: What it bills; None for a bill of other charges.
        refers_to: The issued invoice that a credit note takes back or an invoice completes.
        place_id: The service place; None: none.
        seller: The provider as it was: name, registry code, VAT number, IBAN.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("liik"), max_length=12, choices=InvoiceKind)
    series = models.CharField(_("seeria"), max_length=20)
    number = models.PositiveIntegerField(_("number"))
    period = models.PositiveIntegerField(_("kuu"))
    place = models.ForeignKey(
        "providers.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    statement = models.ForeignKey(
        "billing.Statement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invoices",
    )
    refers_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="referred_by"
    )
    why = models.TextField(_("põhjus"), blank=True)
    funder = models.CharField(_("rahastaja registrikood"), max_length=64)
    funder_name = models.CharField(_("rahastaja nimi"), max_length=200)
    seller = models.JSONField(_("müüja"))
    issued_on = models.DateField(_("arve kuupäev"))
    due_on = models.DateField(_("maksetähtaeg"))
    payment_days = models.PositiveSmallIntegerField(_("maksetähtaeg päevades"))
    buyer_reference = models.CharField(_("ostja viide"), max_length=100, blank=True)
    reference_number = models.CharField(_("viitenumber"), max_length=20, blank=True)
    contract_number = models.CharField(_("lepingu number"), max_length=100, blank=True)
    amount = models.DecimalField(_("summa"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("arve")
        verbose_name_plural = _("arved")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "series", "number"], name="billing_invoice_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="billing_invoice_number"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("issued_on")), name="billing_invoice_due"
            ),
            models.CheckConstraint(
                condition=~Q(kind="credit_note")
                | (Q(refers_to__isnull=False) & ~Q(why="") & Q(amount__lte=0)),
                name="billing_credit_note_refers",
            ),
        ]
        indexes = [models.Index(fields=["provider", "period"], name="billing_invoice_month")]

    def __str__(self) -> str:
        return f"{self.series}{self.number}"


class InvoiceLine(Lasting):
    """A line of a bill, without names: equal lines of all persons together.

    Attributes:
        persons: How many persons it covers.
        quantity: As text, exact to six places.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField(_("number"))
    rate_code = models.CharField(_("määra kood"), max_length=64)
    text = models.CharField(_("nimetus"), max_length=300)
    kind = models.CharField(_("liik"), max_length=16)
    share = models.CharField(_("osa"), max_length=10, blank=True)
    unit = models.CharField(_("ühik"), max_length=8, blank=True)
    quantity = models.CharField(_("kogus"), max_length=60, blank=True)
    price = models.CharField(_("hind"), max_length=30, blank=True)
    persons = models.PositiveIntegerField(_("isikuid"), default=0)
    amount = models.DecimalField(_("summa"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("arve rida")
        verbose_name_plural = _("arve read")
        constraints = [
            models.UniqueConstraint(fields=["invoice", "number"], name="billing_invoice_line_once")
        ]

    def __str__(self) -> str:
        return self.text


class InvoicedLine(Lasting):
    """A line of a statement stands on a bill.

    Each stands on one invoice at most, and is taken back by one credit note at most: the
    database knows, whatever a program does.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="statement_lines")
    line = models.ForeignKey(
        "billing.StatementLine", on_delete=models.PROTECT, related_name="invoiced", db_index=False
    )
    is_credit = models.BooleanField(_("tagasi võetud"), default=False)

    class Meta:
        verbose_name = _("arvele pandud rida")
        verbose_name_plural = _("arvetele pandud read")
        constraints = [
            models.UniqueConstraint(fields=["line", "is_credit"], name="billing_line_billed_once")
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id} {self.line_id}"


class Payment(Correctable):
    """Money that came for an invoice; below 0: given back."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    received_on = models.DateField(_("laekus"))
    amount = models.DecimalField(_("summa"), max_digits=14, decimal_places=2)
    reference = models.CharField(_("viide"), max_length=100, blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("laekumine")
        verbose_name_plural = _("laekumised")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(condition=~Q(amount=0), name="billing_payment_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id} {self.amount}"


class RoomCharge(Correctable):
    """Room costs of daily-life support that the municipality of residence pays (SHS § 89).

    A charge that stands on a bill is cancelled by a row that stands on a credit note.

    Attributes:
        text: What it is for; stands on the bill, so it names nobody.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("providers.Place", on_delete=models.PROTECT, related_name="+")
    funder = models.CharField(_("omavalitsuse registrikood"), max_length=64)
    period = models.PositiveIntegerField(_("kuu"))
    text = models.CharField(_("selgitus"), max_length=300)
    amount = models.DecimalField(_("summa"), max_digits=10, decimal_places=2)

    class Meta(Correctable.Meta):
        verbose_name = _("ruumide kulu")
        verbose_name_plural = _("ruumide kulud")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(is_cancellation=True), name="billing_room_amount"
            ),
        ]
        indexes = [models.Index(fields=["provider", "period"], name="billing_room_month")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.period}"


class InvoicedCharge(Lasting):
    """A room charge stands on a bill; each on one at most."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="charges")
    charge = models.OneToOneField(RoomCharge, on_delete=models.PROTECT, related_name="invoiced")

    class Meta:
        verbose_name = _("arvele pandud kulu")
        verbose_name_plural = _("arvetele pandud kulud")

    def __str__(self) -> str:
        return f"{self.invoice_id}"
