import django.db.models.deletion
from django.db import migrations, models

from motcua.audit.rules import append_only


class Migration(migrations.Migration):
    dependencies = [("agencies", "0007_ends"), ("incidents", "0001_outages")]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("province", models.CharField(max_length=20)),
                (
                    "kind",
                    models.CharField(
                        choices=[("outage", "outage"), ("account", "account"), ("misuse", "misuse")],
                        max_length=8,
                    ),
                ),
                ("what", models.CharField(max_length=2000)),
                ("page", models.CharField(blank=True, default="", max_length=200)),
                ("contact", models.CharField(blank=True, default="", max_length=200)),
                ("by_id", models.CharField(blank=True, default="", max_length=36)),
                ("by_name", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
                ("told", models.JSONField()),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["province", "-at", "-id"], name="report_by_time")],
            },
        ),
        migrations.AddField(
            model_name="incident",
            name="ground",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="incidents.report",
            ),
        ),
        migrations.RunSQL(*append_only.sql_for("incidents_report")),
    ]
