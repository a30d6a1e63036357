from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("catalogue", "0001_initial"),
        ("dossiers", "0003_figures_of_intake"),
    ]

    operations = [
        migrations.CreateModel(
            name="SettlingTime",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "procedure_version_id",
                        "on_month",
                        "hours",
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
                ("hours", models.PositiveIntegerField()),
                ("count", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddIndex(
            model_name="dailyfigure",
            index=models.Index(
                fields=["on_day", "agency", "figure"], include=["count"], name="figure_by_day"
            ),
        ),
    ]
