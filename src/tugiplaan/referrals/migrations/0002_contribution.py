"""The condition of the own contribution in a decision."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that may be empty; decisions that are here do not say it."""

    dependencies = [
        ("referrals", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="contribution",
            field=models.CharField(blank=True, max_length=300, verbose_name="omaosaluse tingimus"),
        ),
    ]
