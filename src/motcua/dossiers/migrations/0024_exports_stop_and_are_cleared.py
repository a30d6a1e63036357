"""A spreadsheet that is being written can be stopped, and its file is thrown away after some days."""

from django.db import migrations, models

STATES = ["waiting", "running", "done", "failed", "stopped", "cleared"]


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0023_figures_of_what_was_taken_back")]

    operations = [
        migrations.AddField(
            model_name="listexport", name="turn", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AlterField(
            model_name="listexport",
            name="state",
            field=models.CharField(
                choices=[(state, state) for state in STATES], default="waiting", max_length=8
            ),
        ),
    ]
