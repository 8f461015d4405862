"""The tables of reminders: who wants letters, and which went."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tugiplaan.audit.rows


class Migration(migrations.Migration):
    """Makes them."""

    dependencies = [
        ("deadlines", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReminderChoice",
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
                ("is_on", models.BooleanField(default=False, verbose_name="sees")),
                (
                    "days_ahead",
                    models.PositiveSmallIntegerField(default=0, verbose_name="päevi ette"),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "meeldetuletuse valik",
                "verbose_name_plural": "meeldetuletuste valikud",
            },
        ),
        migrations.CreateModel(
            name="Reminder",
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
                ("day", models.DateField(verbose_name="päev")),
                ("count", models.PositiveIntegerField(verbose_name="arv")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "meeldetuletus",
                "verbose_name_plural": "meeldetuletused",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "day"), name="deadlines_reminder_once_a_day"
                    )
                ],
            },
        ),
    ]
