from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0010_notes_append_only"),
    ]

    operations = [
        migrations.AddField("dossiertask", "soon_at", models.DateTimeField(null=True)),
    ]
