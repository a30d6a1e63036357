"""How often each service is used; what was filed before the counter was there is counted once, as `rules.figures`
would have done."""

from django.db import migrations, models
from django.db.models import deletion

FILL = """
INSERT INTO dossiers_serviceuse (procedure_version_id, on_month, channel, count)
SELECT dossier.procedure_version_id, date_trunc('month', event.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
       dossier.channel, count(*)
FROM dossiers_dossierevent AS event JOIN dossiers_dossier AS dossier ON dossier.id = event.dossier_id
WHERE event.kind IN ('submitted', 'registered')
GROUP BY 1, 2, 3
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_upgrades"), ("dossiers", "0025_tasks_of_an_agency_in_order")]

    operations = [
        migrations.CreateModel(
            name="ServiceUse",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "procedure_version_id",
                        "on_month",
                        "channel",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "procedure_version",
                    models.ForeignKey(
                        on_delete=deletion.PROTECT, related_name="+", to="catalogue.procedureversion"
                    ),
                ),
                ("on_month", models.DateField()),
                (
                    "channel",
                    models.CharField(
                        choices=[("counter", "counter"), ("online", "online"), ("postal", "postal")],
                        max_length=8,
                    ),
                ),
                ("count", models.PositiveIntegerField()),
            ],
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
