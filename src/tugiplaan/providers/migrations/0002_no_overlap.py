"""One position of a worker in a service at a place at a time."""

from django.db import migrations

from tugiplaan.audit.operations import ExcludeOverlap


class Migration(migrations.Migration):
    """Refuse periods that overlap."""

    dependencies = [("providers", "0001_initial")]
    operations = [
        ExcludeOverlap(
            table="providers_position",
            name="providers_position_no_overlap",
            same=("staff_id", "place_id", "service"),
            period="daterange(valid_from, valid_to, '[]')",
        )
    ]
