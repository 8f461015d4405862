"""The book of each month, and its states."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Lasting, Row

_DATES = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class MonthBook(Row):
    """The book of a provider's month. Who records or closes holds this row while doing so.

    Attributes:
        period: The month as YYYYMM.
        state: Derived from the latest `MonthState`, kept here to be looked at under the lock.
    """

    class State(models.TextChoices):
        """Where a month is on its way."""

        OPEN = "open", _("avatud")
        CLOSED = "closed", _("suletud")
        ISSUED = "issued", _("arveldatud")

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField(_("kuu"))
    state = models.CharField(_("seis"), max_length=10, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = _("kuu raamat")
        verbose_name_plural = _("kuude raamatud")
        constraints = [
            models.UniqueConstraint(fields=["provider", "period"], name="providers_book_once"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "closed", "issued"]), name="providers_book_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.period} {self.state}"


class MonthState(Lasting):
    """A month became open, closed or issued; the latest counts."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    book = models.ForeignKey(MonthBook, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(_("seis"), max_length=10, choices=MonthBook.State)
    why = models.TextField(_("põhjus"), blank=True)
    at = models.DateTimeField(_("aeg"), auto_now_add=True)

    class Meta:
        verbose_name = _("kuu seis")
        verbose_name_plural = _("kuude seisud")

    def __str__(self) -> str:
        return f"{self.book_id} {self.state}"
