"""What has its result and was not handed over, by its promised moment: a closure looks for whoever would come
for it in vain."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0029_stopped_when_late"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["agency", "due_at", "id"],
                name="dossier_ready_by_due",
                condition=Q(
                    due_at__isnull=False, ended_at__isnull=True, status__in=["ready", "result_issued"]
                ),
            ),
        ),
    ]
