"""Since when a dossier waits for its applicant: the list of those has the longest waiting on top, whatever else
was changed in them since. What was entered from a paper log is found by who entered it."""

from django.db import migrations, models

WAITING = models.Q(status__in=["awaiting_payment", "awaiting_supplement"])
# As `State.waits_since` has it.
SINCE = """
UPDATE dossiers_dossier SET waits_since = (CASE
    WHEN status = 'awaiting_supplement' AND jsonb_array_length(state->'supplements') > 0
        THEN state->'supplements'->-1->>'requested_at'
    WHEN is_paused THEN state->'pauses'->-1->>'start' END)::timestamptz
WHERE status IN ('awaiting_payment', 'awaiting_supplement')"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0034_settled_when_done")]

    operations = [
        migrations.RemoveIndex("dossier", "dossier_waiting"),
        migrations.AddField("dossier", "waits_since", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "dossier",
            models.Index(
                condition=WAITING, fields=["desk_unit", "waits_since", "id"], name="dossier_waiting"
            ),
        ),
        migrations.AddIndex(
            "dossierevent",
            models.Index(
                condition=models.Q(kind="entered_late"), fields=["actor_id", "at"], name="event_entered_late"
            ),
        ),
        migrations.RunSQL(SINCE, migrations.RunSQL.noop),
    ]
