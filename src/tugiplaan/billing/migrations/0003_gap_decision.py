"""What the authority pays of a person's own contribution."""

import django.db.models.deletion
from django.db import migrations, models

import tugiplaan.audit.rows


class Migration(migrations.Migration):
    """Add the table."""

    dependencies = [("billing", "0002_no_overlap"), ("providers", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="GapDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tugiplaan.audit.rows.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("event_id", models.UUIDField(editable=False, verbose_name="sündmus")),
                ("is_cancellation", models.BooleanField(default=False, verbose_name="tühistab")),
                ("why", models.TextField(blank=True, default="", verbose_name="põhjus")),
                ("period", models.PositiveIntegerField(verbose_name="alates kuust")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="puudujääv osa kuus"
                    ),
                ),
                ("reference", models.CharField(max_length=200, verbose_name="otsus")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gaps",
                        to="billing.contributionagreement",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="billing.gapdecision",
                        verbose_name="parandab kirjet",
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
                "verbose_name": "puudujääva osa otsus",
                "verbose_name_plural": "puudujääva osa otsused",
                "abstract": False,
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
                        name="billing_gapdecision_correction_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", False)),
                        fields=("corrects",),
                        name="billing_gapdecision_corrected_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="billing_gap_amount"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", True)),
                        fields=("agreement", "period"),
                        name="billing_gap_month_once",
                    ),
                ],
            },
        ),
    ]
