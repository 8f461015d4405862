"""The tables of network work, tasks and consultations."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tugiplaan.audit.rows


def _lasting() -> list[tuple[str, "models.Field[Any, Any]"]]:
    """Give the columns of every lasting table."""
    key = models.UUIDField(
        default=tugiplaan.audit.rows.new_id, editable=False, primary_key=True, serialize=False
    )
    return [("id", key), ("event_id", models.UUIDField(editable=False, verbose_name="sündmus"))]


class Migration(migrations.Migration):
    """Makes them."""

    dependencies = [
        ("delivery", "0001_initial"),
        ("people", "0001_initial"),
        ("plans", "0001_initial"),
        ("providers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                *_lasting(),
                ("is_cancellation", models.BooleanField(default=False, verbose_name="tühistab")),
                ("why", models.TextField(blank=True, default="", verbose_name="põhjus")),
                ("text", models.CharField(max_length=300, verbose_name="ülesanne")),
                ("due_on", models.DateField(verbose_name="tähtaeg")),
                ("given_on", models.DateField(verbose_name="antud")),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="delivery.assignment",
                        verbose_name="parandab kirjet",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.goal",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="providers.provider",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["provider", "person", "due_on"], name="delivery_assignment_due"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("is_cancellation", False)),
                            models.Q(
                                ("corrects__isnull", False),
                                models.Q(("why", ""), _negated=True),
                                models.Q(("corrects", models.F("id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_assignment_correction_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", False)),
                        fields=("corrects",),
                        name="delivery_assignment_corrected_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="delivery_assignment_text",
                    ),
                ],
                "verbose_name": "ülesanne",
                "verbose_name_plural": "ülesanded",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AssignmentEnd",
            fields=[
                *_lasting(),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "tehtud"), ("given_up", "loobutud")],
                        max_length=12,
                        verbose_name="seis",
                    ),
                ),
                ("day", models.DateField(verbose_name="päev")),
                ("note", models.TextField(blank=True, verbose_name="märkus")),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="delivery.assignment",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="providers.provider",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "given_up"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="delivery_assignment_given_up_says_why",
                    )
                ],
                "verbose_name": "ülesande lõpp",
                "verbose_name_plural": "ülesannete lõpud",
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                *_lasting(),
                ("is_cancellation", models.BooleanField(default=False, verbose_name="tühistab")),
                ("why", models.TextField(blank=True, default="", verbose_name="põhjus")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("before", "enne plaani valmimist"),
                            ("review", "plaani ülevaatamisel või muutmisel"),
                        ],
                        max_length=12,
                        verbose_name="millal",
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="küsitud")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="toimus")),
                ("question", models.TextField(verbose_name="miks ja mida küsiti")),
                ("expert", models.CharField(max_length=200, verbose_name="spetsialist")),
                ("competence", models.CharField(max_length=200, verbose_name="pädevus")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="minuteid"
                    ),
                ),
                ("outcome", models.TextField(blank=True, verbose_name="tulemus")),
                ("record_id", models.UUIDField(blank=True, null=True, verbose_name="kirje")),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="delivery.consultation",
                        verbose_name="parandab kirjet",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="providers.provider",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["provider", "person"], name="delivery_consultation_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("is_cancellation", False)),
                            models.Q(
                                ("corrects__isnull", False),
                                models.Q(("why", ""), _negated=True),
                                models.Q(("corrects", models.F("id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_consultation_correction_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", False)),
                        fields=("corrects",),
                        name="delivery_consultation_corrected_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("held_on__isnull", True),
                            ("held_on__gte", models.F("asked_on")),
                            _connector="OR",
                        ),
                        name="delivery_consultation_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("held_on__isnull", True),
                                ("minutes__isnull", True),
                                ("record_id__isnull", True),
                            ),
                            models.Q(
                                ("held_on__isnull", False),
                                ("minutes__gte", 1),
                                ("minutes__lte", 1440),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_consultation_held",
                    ),
                ],
                "verbose_name": "välise spetsialisti konsultatsioon",
                "verbose_name_plural": "välise spetsialisti konsultatsioonid",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                *_lasting(),
                ("is_cancellation", models.BooleanField(default=False, verbose_name="tühistab")),
                ("why", models.TextField(blank=True, default="", verbose_name="põhjus")),
                ("day", models.DateField(verbose_name="päev")),
                ("kind", models.CharField(max_length=40, verbose_name="liik")),
                ("field", models.CharField(blank=True, max_length=40, verbose_name="valdkond")),
                ("with_whom", models.CharField(blank=True, max_length=200, verbose_name="kellega")),
                ("record_id", models.UUIDField(blank=True, null=True, verbose_name="kirje")),
                ("root_id", models.UUIDField(editable=False, verbose_name="esimene rida")),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="delivery.contact",
                        verbose_name="parandab kirjet",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.goal",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.networkmember",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="providers.provider",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["provider", "person", "day"], name="delivery_contact_day")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("is_cancellation", False)),
                            models.Q(
                                ("corrects__isnull", False),
                                models.Q(("why", ""), _negated=True),
                                models.Q(("corrects", models.F("id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_contact_correction_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", False)),
                        fields=("corrects",),
                        name="delivery_contact_corrected_once",
                    ),
                ],
                "verbose_name": "võrgustikutöö",
                "verbose_name_plural": "võrgustikutööd",
                "abstract": False,
            },
        ),
    ]
