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
            # Half-open: taken back on its first day, a consent has no days at all.
            period="daterange(valid_from, least(valid_to + 1, withdrawn_on), '[)')",
        )
    ]
