from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_tray"),
    ]

    operations = [
        migrations.AddField(
            model_name="blob",
            name="pages",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
