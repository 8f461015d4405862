"""A month being prepared for one or many providers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Working


class Run(Working):
    """A month being prepared for one or many providers; goes on from where it was if killed.

    Attributes:
        as_of: The day from which the run looks.
        total: Providers to prepare.
        done: Providers prepared; a page and a terminal show it.
        beat_at: Last sign of life.
    """

    period = models.PositiveIntegerField(_("kuu"))
    as_of = models.DateField(_("seisuga"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    total = models.PositiveIntegerField(_("kokku"))
    done = models.PositiveIntegerField(_("valmis"), default=0)
    started_at = models.DateTimeField(_("algas"))
    beat_at = models.DateTimeField(_("viimane elumärk"))
    ended_at = models.DateTimeField(_("lõppes"), null=True, blank=True)

    class Meta:
        verbose_name = _("kuu ettevalmistus")
        verbose_name_plural = _("kuude ettevalmistused")

    def __str__(self) -> str:
        return f"{self.period} {self.done}/{self.total}"


class RunPart(Working):
    """One provider of a run.

    Attributes:
        statement: What came of it; None: still to do.
        problem: Why nothing came of it, in a sentence.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="parts")
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(
        "billing.Statement", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    problem = models.TextField(_("takistus"), blank=True)

    class Meta:
        verbose_name = _("ettevalmistuse osa")
        verbose_name_plural = _("ettevalmistuse osad")
        constraints = [
            models.UniqueConstraint(fields=["run", "provider"], name="billing_run_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.provider_id}"
