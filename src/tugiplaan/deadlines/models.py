"""The tables of deadlines: calendars and reminders of the work list. No due day is stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Lasting, Row


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


class ReminderChoice(Row):
    """Whether a user wants letters of what is due; without a row they want none.

    Attributes:
        days_ahead: How many days before its day something is in a letter for the first time.
    """

    user = models.OneToOneField("accounts.User", on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField(_("sees"), default=False)
    days_ahead = models.PositiveSmallIntegerField(_("päevi ette"), default=0)

    class Meta:
        verbose_name = _("meeldetuletuse valik")
        verbose_name_plural = _("meeldetuletuste valikud")

    def __str__(self) -> str:
        return f"{self.user_id} {self.is_on}"


class Reminder(Lasting):
    """A letter of what is due went to a user; what stood in it is derived and not kept.

    Attributes:
        count: How many things it told of.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("päev"))
    count = models.PositiveIntegerField(_("arv"))

    class Meta:
        verbose_name = _("meeldetuletus")
        verbose_name_plural = _("meeldetuletused")
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="deadlines_reminder_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
