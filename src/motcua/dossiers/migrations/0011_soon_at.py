from django.db import migrations, models

# What `rows` makes of tasks that were opened before events told when their term is half used.
FILL = """
UPDATE dossiers_dossiertask AS task SET soon_at = least(task.due_at, dossier.due_at)
FROM dossiers_dossier AS dossier WHERE dossier.id = task.dossier_id AND dossier.status <> 'ready'"""


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0010_notes_append_only"),
    ]

    operations = [
        migrations.AddField("dossiertask", "soon_at", models.DateTimeField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
