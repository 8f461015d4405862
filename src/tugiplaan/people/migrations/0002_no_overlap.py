"""A consent holds once at a time for one purpose."""

from django.db import migrations

from tugiplaan.audit.operations import ExcludeOverlap


class Migration(migrations.Migration):
    """Refuse periods that overlap."""

    dependencies = [("people", "0001_initial")]
    operations = [
        ExcludeOverlap(
            table="people_consent",
            name="people_consent_no_overlap",
            same=("person_id", "purpose"),
            period="daterange(valid_from, least(valid_to, withdrawn_on - 1), '[]')",
        )
    ]
