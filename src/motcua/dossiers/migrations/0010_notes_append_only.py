from django.db import migrations

from motcua.audit.rules import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0009_list_exports"),
    ]

    operations = [
        migrations.RunSQL(*append_only.sql_for("dossiers_officenote")),
    ]
