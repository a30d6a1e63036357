"""What was late when its clock was stopped stays late: a column says of which dossiers the term stands still, and
lists are looked through for the others."""

from django.db import migrations, models

# The newest pause began before the due moment was over, or at it. `due_at` is the measured one already.
STANDS_STILL = """
UPDATE dossiers_dossier SET stands_still = true
WHERE is_paused AND (due_at IS NULL OR (state->'pauses'->-1->>'start')::timestamptz <= due_at)"""

# No task is late by a term that stands still; those whose own term runs on meanwhile are by that alone.
HALTED = """
UPDATE dossiers_dossiertask AS task SET
    sort_at = coalesce(task.due_at, '9000-01-01T00:00:00Z'),
    soon_at = CASE WHEN NOT task.is_paused AND dossier.finished_at IS NULL THEN (
        SELECT coalesce(one->>'soon_at', one->>'due_at')::timestamptz
        FROM jsonb_array_elements(dossier.state->'tasks') AS one WHERE one->>'key' = task.key
    ) END
FROM dossiers_dossier AS dossier WHERE dossier.id = task.dossier_id AND dossier.stands_still"""

# What is paused in a late dossier is shown by the dossier's own due moment.
STOPPED_LATE = """
UPDATE dossiers_dossiertask AS task SET soon_at = dossier.due_at
FROM dossiers_dossier AS dossier
WHERE dossier.id = task.dossier_id AND task.is_paused AND dossier.is_paused AND NOT dossier.stands_still
    AND dossier.finished_at IS NULL"""

LISTED = models.Q(is_paused=False) | models.Q(soon_at__isnull=False)


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0028_letters_of_apology_missed"),
    ]

    operations = [
        migrations.RemoveIndex("dossier", "dossier_open_by_due"),
        migrations.RemoveIndex("dossiertask", "task_of_officer"),
        migrations.RemoveIndex("dossiertask", "task_of_unit"),
        migrations.AddField("dossier", "stands_still", models.BooleanField(default=False)),
        migrations.AddIndex(
            "dossier",
            models.Index(
                condition=models.Q(
                    due_at__isnull=False, finished_at__isnull=True, ended_at__isnull=True, stands_still=False
                ),
                fields=["agency", "due_at", "id"],
                name="dossier_open_by_due",
            ),
        ),
        migrations.AddIndex(
            "dossiertask",
            models.Index(
                condition=LISTED & models.Q(officer__isnull=False),
                fields=["officer", "sort_at", "dossier", "key"],
                name="task_of_officer",
            ),
        ),
        migrations.AddIndex(
            "dossiertask",
            models.Index(
                condition=LISTED & models.Q(officer__isnull=True),
                fields=["unit", "role", "sort_at", "dossier", "key"],
                name="task_of_unit",
            ),
        ),
        migrations.RunSQL([STANDS_STILL, HALTED, STOPPED_LATE], migrations.RunSQL.noop),
    ]
