"""Nobody works with the same person twice at one time."""

from django.db import migrations

from tugiplaan.audit.operations import ExcludeOverlap


class Migration(migrations.Migration):
    """Refuse periods that overlap."""

    dependencies = [("accounts", "0002_initial")]
    operations = [
        ExcludeOverlap(
            table="accounts_caseload",
            name="accounts_caseload_no_overlap",
            same=("user_id", "person_id"),
            period="daterange(valid_from, valid_to, '[]')",
        )
    ]
