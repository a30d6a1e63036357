"""Tasks know the agency and the desk of their dossier, so that lists of late work ask one table.

Whoever answers for an agency sees the count of these on every page. What has its result has no mark any more.
"""

from django.db import migrations, models
from django.db.models.deletion import PROTECT

FILL = """
UPDATE dossiers_dossiertask AS task
SET agency_id = dossier.agency_id, desk_unit_id = dossier.desk_unit_id,
    soon_at = CASE WHEN dossier.finished_at IS NULL THEN task.soon_at END
FROM dossiers_dossier AS dossier
WHERE dossier.id = task.dossier_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_ends"),
        ("dossiers", "0021_lists_of_what_is_to_be_chased"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossiertask",
            name="agency",
            field=models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="agencies.agency"),
        ),
        migrations.AddField(
            model_name="dossiertask",
            name="desk_unit",
            field=models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="agencies.unit"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="dossiertask",
            name="agency",
            field=models.ForeignKey(on_delete=PROTECT, related_name="+", to="agencies.agency"),
        ),
        migrations.AlterField(
            model_name="dossiertask",
            name="desk_unit",
            field=models.ForeignKey(on_delete=PROTECT, related_name="+", to="agencies.unit"),
        ),
    ]
