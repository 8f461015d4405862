"""The tables of the audit: events, whom they concern, the heads of their chains, row history."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from history.models import AbstractObjectHistory

from tugiplaan.audit.rows import Derived, new_id


class Event(models.Model):
    """Something that somebody did or read. Only ever added.

    Attributes:
        chain: The provider in whose chain it stands; the zero id for what concerns none.
        number: Its place in the chain, from 1, without gaps.
        by_id: The user.
        name: What was done, as app.verb.
        details: What was changed in words of the action, and the digests of the rows it wrote.
        previous: Hash of the event before it in the chain; empty for the first.
        hash: SHA-256 over all the above.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chain = models.UUIDField(_("ahel"), editable=False)
    number = models.BigIntegerField(_("järjekorranumber"), editable=False)
    at = models.DateTimeField(_("aeg"), editable=False)
    by_id = models.UUIDField(_("kasutaja"), editable=False)
    name = models.CharField(_("tegevus"), max_length=80, editable=False)
    why = models.TextField(_("põhjus"), blank=True, editable=False)
    details = models.JSONField(_("sisu"), default=dict, editable=False)
    previous = models.CharField(_("eelmise räsi"), max_length=64, blank=True, editable=False)
    hash = models.CharField(_("räsi"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("sündmus")
        verbose_name_plural = _("sündmused")
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="audit_event_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="audit_event_number_from_1"),
        ]
        indexes = [models.Index(fields=["chain", "at"], name="audit_event_by_time")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


class EventSubject(Derived):
    """A person whom an event concerns. Only ever added."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="subjects")
    person_id = models.UUIDField(_("isik"), editable=False)

    class Meta:
        verbose_name = _("sündmusega seotud isik")
        verbose_name_plural = _("sündmusega seotud isikud")
        constraints = [
            models.UniqueConstraint(fields=["event", "person_id"], name="audit_subject_once")
        ]
        indexes = [models.Index(fields=["person_id"], name="audit_subject_person")]

    def __str__(self) -> str:
        return f"{self.person_id}"


class ChainHead(models.Model):
    """The last event of a chain; whoever adds the next holds this row until it is there."""

    chain = models.UUIDField(primary_key=True)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("ahela ots")
        verbose_name_plural = _("ahelate otsad")

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"


class History(AbstractObjectHistory):  # type: ignore[misc]  # the library has no types
    """What a tracked row was and became; written by the database itself. Only ever added.

    Attributes:
        session_id: The audit event in which it happened.
    """

    object_id = models.UUIDField(editable=False)

    class Meta(AbstractObjectHistory.Meta):  # type: ignore[misc]  # the library has no types
        abstract = False
        verbose_name = _("rea ajalugu")
        verbose_name_plural = _("ridade ajalugu")
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="audit_history_row"),
            models.Index(fields=["session_id"], name="audit_history_event"),
        ]
