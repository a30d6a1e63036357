"""Tasks of an agency in the order of their lists, with all that is asked of those that are pressing: whoever
answers for an agency sees their count around every page."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_ends"),
        ("dossiers", "0024_exports_stop_and_are_cleared"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="dossiertask",
            index=models.Index(
                fields=["agency", "sort_at", "dossier", "key"],
                include=("soon_at", "is_paused", "unit", "role", "officer", "opened_at", "due_at"),
                name="task_of_agency",
            ),
        ),
        migrations.AlterField(
            model_name="dossiertask",
            name="agency",
            field=models.ForeignKey(
                db_index=False, on_delete=PROTECT, related_name="+", to="agencies.agency"
            ),
        ),
    ]
