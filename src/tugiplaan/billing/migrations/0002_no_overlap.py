"""One agreement on own contribution at a time."""

from django.db import migrations

from tugiplaan.audit.operations import ExcludeOverlap


class Migration(migrations.Migration):
    """Refuse periods that overlap."""

    dependencies = [("billing", "0001_initial")]
    operations = [
        ExcludeOverlap(
            table="billing_contributionagreement",
            name="billing_contribution_no_overlap",
            same=("referral_id",),
            period="daterange(valid_from, valid_to, '[]')",
        )
    ]
