from django.db import migrations, models

# What ended without another promise the day after was ended by somebody.
GIVEN = """
UPDATE catalogue_promise AS promise SET ended_on = valid_to
WHERE valid_to IS NOT NULL AND NOT EXISTS (
    SELECT FROM catalogue_promise AS later
    WHERE later.procedure_id = promise.procedure_id AND later.agency_id = promise.agency_id
      AND later.valid_from = promise.valid_to + 1
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_blank_forms"),
    ]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="ended_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunSQL(GIVEN, migrations.RunSQL.noop),
    ]
