"""What every table has: an id made by the application, and how its rows may change.

A table is of one of these kinds, and the database holds it to that (audit.triggers):

- *tracked* (`Row`): rows may change; every insert, update and delete leaves a history row;
- *lasting* (`Lasting`): rows are only ever added, each naming the event that added it; a
  correction is a new row (`Correctable`) that names the one it takes the place of;
- *derived* (`Derived`): made from lasting rows by a run that is itself recorded; never updated;
- *working* (`Working`): how far a machine is; nothing that anybody decided.
"""

from typing import Self
from uuid import UUID

import uuid_utils.compat
from django.db import models
from django.db.models import F, Q


def new_id() -> UUID:
    """Make an id: unique everywhere, rising with time (UUIDv7), telling nothing of a person."""
    return uuid_utils.compat.uuid7()


class Row(models.Model):
    """A row that may change, with its history kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class Lasting(models.Model):
    """A row that is never changed nor deleted.

    Attributes:
        event_id: The audit event that added it: who, when and why.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event_id = models.UUIDField("sündmus", editable=False)

    class Meta:
        abstract = True


class CurrentQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows that may have been corrected by later ones."""

    def current(self) -> Self:
        """Leave out the rows that another took the place of, and those that only cancel."""
        # Negated membership in a small set: the database hashes the few corrections once
        # instead of looking for one beside each of millions of rows.
        taken = self.model._default_manager.filter(corrects__isnull=False).values("corrects")
        return self.filter(is_cancellation=False).exclude(pk__in=taken)


class Correctable(Lasting):
    """A lasting row that a later one may take the place of.

    Attributes:
        corrects: The row whose place this one takes; each row is corrected at most once, so
            that the corrections of one fact form a line and never a fork.
        is_cancellation: The named row does not hold, and nothing takes its place.
        why: Why it was corrected; not empty for a correction.
    """

    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        db_index=False,  # few rows correct another: the constraint below indexes only those
        verbose_name="parandab kirjet",
    )
    is_cancellation = models.BooleanField("tühistab", default=False)
    why = models.TextField("põhjus", blank=True, default="")

    objects = CurrentQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, is_cancellation=False)
                | (Q(corrects__isnull=False) & ~Q(why="") & ~Q(corrects=F("id"))),
                name="%(app_label)s_%(class)s_correction_says_why",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False),
                name="%(app_label)s_%(class)s_corrected_once",
            ),
        ]


class Working(models.Model):
    """The state of machinery, such as how far a run is: no business fact, so without history."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class Derived(models.Model):
    """A row computed by a recorded run, never updated. Has an id of whatever kind suits it."""

    class Meta:
        abstract = True
