"""A month as it was settled: lines, findings, and the closing with one of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Derived, Lasting, new_id
from tugiplaan.rules.vocabulary import FindingCode, Kind, Severity, Unit


class Statement(Derived):
    """A provider's month as it was settled at one time. Prepared again it is a new one.

    Attributes:
        version: 1, 2, … in the provider's month.
        law: Digest of the law's data that it was settled with.
        after_event: Number of the last event of the provider's chain before its facts were read.
        digest: SHA-256 over its lines and findings: equal digests, equal months.
        amount: The payable sum, euros.
        not_payable: What findings name as not payable, euros.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField(_("kuu"))
    version = models.PositiveIntegerField(_("versioon"))
    as_of = models.DateField(_("seisuga"))
    made_at = models.DateTimeField(_("koostatud"))
    event_id = models.UUIDField(_("sündmus"))
    law = models.CharField(_("õigusandmete räsi"), max_length=64)
    after_event = models.BigIntegerField(_("järgneb sündmusele"), default=0)
    digest = models.CharField(_("räsi"), max_length=64)
    persons = models.PositiveIntegerField(_("isikuid"))
    lines_count = models.PositiveIntegerField(_("ridu"))
    findings_count = models.PositiveIntegerField(_("märkusi"))
    blocks_count = models.PositiveIntegerField(_("takistusi"))
    amount = models.DecimalField(_("tasutav"), max_digits=14, decimal_places=2)
    not_payable = models.DecimalField(_("tasumata jääv"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("kuu arvestus")
        verbose_name_plural = _("kuude arvestused")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "period", "version"], name="billing_statement_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.period} v{self.version}"


class StatementLine(Derived):
    """One payable line of a statement, with the steps that explain its amount for ever.

    Attributes:
        number: Its place in the statement, from 1.
        key: The same whenever the same facts are settled.
        quantity: Exact: numerator/denominator or a whole number.
        exact: The unrounded amount, exact.
        explanation: The steps as JSON, each with its numbers, dated values and section.
    """

    id = models.BigAutoField(primary_key=True)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("number"))
    key = models.CharField(_("võti"), max_length=300)
    funder = models.CharField(_("rahastaja registrikood"), max_length=64)
    person = models.ForeignKey(
        "people.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    place = models.ForeignKey(
        "providers.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    rate_code = models.CharField(_("määra kood"), max_length=64)
    component = models.CharField(_("komponent"), max_length=64, blank=True)
    mode = models.CharField(_("viis"), max_length=12, blank=True)
    audience = models.CharField(_("kellele"), max_length=12, blank=True)
    kind = models.CharField(_("liik"), max_length=16, choices=[(k, k) for k in Kind])
    first_day = models.DateField(_("alates"))
    last_day = models.DateField(_("kuni"))
    quantity = models.CharField(_("kogus"), max_length=60)
    unit = models.CharField(_("ühik"), max_length=8, choices=[(u, u) for u in Unit])
    of_days = models.PositiveSmallIntegerField(_("jagatud päevadega"), null=True, blank=True)
    rate = models.CharField(_("määr"), max_length=30)
    share = models.CharField(_("osa"), max_length=10)
    own_price = models.CharField(_("oma hind"), max_length=30, blank=True)
    ceiling = models.CharField(_("ülempiir"), max_length=60, blank=True)
    exact = models.CharField(_("ümardamata"), max_length=120)
    amount = models.DecimalField(_("summa"), max_digits=12, decimal_places=2)
    law = models.CharField(_("õiguslik alus"), max_length=300)
    explanation = models.TextField(_("selgitus"))

    class Meta:
        verbose_name = _("arvestuse rida")
        verbose_name_plural = _("arvestuse read")
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "number"], name="billing_line_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class StatementFinding(Derived):
    """Why something in a statement is not paid, may not be, or how it was read.

    Attributes:
        numbers: What its message shows, as JSON; the message is told from it in any language.
        records: Keys of the records it is about, as JSON.
    """

    id = models.BigAutoField(primary_key=True)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="findings")
    number = models.PositiveIntegerField(_("number"))
    code = models.CharField(_("kood"), max_length=40, choices=[(c, c) for c in FindingCode])
    severity = models.CharField(_("raskus"), max_length=10, choices=[(s, s) for s in Severity])
    person = models.ForeignKey(
        "people.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    line = models.CharField(_("rida"), max_length=300, blank=True)
    first_day = models.DateField(_("alates"))
    last_day = models.DateField(_("kuni"))
    quantity = models.CharField(_("kogus"), max_length=60, blank=True)
    unit = models.CharField(_("ühik"), max_length=8, blank=True)
    amount_not_payable = models.DecimalField(
        _("tasumata jääv"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    numbers = models.TextField(_("arvud"), blank=True)
    records = models.TextField(_("kirjed"), blank=True)
    law = models.CharField(_("õiguslik alus"), max_length=300)

    class Meta:
        verbose_name = _("arvestuse märkus")
        verbose_name_plural = _("arvestuse märkused")
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "number"], name="billing_finding_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.first_day}"


class Closing(Lasting):
    """A month was closed with a statement; reopening is a `MonthState` of the provider's book."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField(_("kuu"))
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="closings")
    closed_at = models.DateTimeField(_("suletud"))

    class Meta:
        verbose_name = _("kuu sulgemine")
        verbose_name_plural = _("kuude sulgemised")
        indexes = [models.Index(fields=["provider", "period"], name="billing_closing_month")]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.period}"
