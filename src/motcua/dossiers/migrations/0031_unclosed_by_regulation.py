"""What was returned and not closed, by regulation: it is counted around every page of a desk, without unpacking
the state of each dossier."""

from django.db import migrations, models
from django.db.models.fields.json import KeyTransform


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0030_ready_by_due"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="dossier", name="dossier_unclosed"),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("desk_unit"),
                KeyTransform("regulation", KeyTransform("target", "state")),
                models.F("ended_at"),
                models.F("id"),
                name="dossier_unclosed",
                condition=models.Q(status="returned"),
            ),
        ),
    ]
