"""The table of deadlines: who may read their work list in a calendar. No due day is stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Row


class CalendarKey(Row):
    """The secret in the address of a user's calendar at a provider.

    Attributes:
        digest: SHA-256 of the secret, which itself is kept nowhere; empty: there is none now.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(_("võtme räsi"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("kalendri võti")
        verbose_name_plural = _("kalendrite võtmed")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "user"], name="deadlines_calendar_key_once"
            ),
            models.UniqueConstraint(
                fields=["digest"],
                condition=~models.Q(digest=""),
                name="deadlines_calendar_key_digest_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.provider_id}"
