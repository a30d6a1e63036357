"""What was taken back leaves the figures of the day on which it was recorded, as `rules.figures` does it now.

Until now a return that was taken back had a figure of its own, and a decision both stayed counted.
"""

from django.db import migrations, models

COMPENSATE = """
UPDATE dossiers_dailyfigure AS kept SET count = kept.count - undone.times
FROM (
    SELECT dossier.agency_id, (mistake.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS on_day,
           CASE mistake.kind WHEN 'result_returned' THEN 'returned' WHEN 'approved' THEN 'granted'
                             ELSE 'refused' END AS figure,
           count(*) AS times
    FROM dossiers_dossierevent AS correction
    JOIN dossiers_dossier AS dossier ON dossier.id = correction.dossier_id
    CROSS JOIN LATERAL (
        SELECT kind, at FROM dossiers_dossierevent AS earlier
        WHERE earlier.dossier_id = correction.dossier_id AND earlier.seq < correction.seq
            AND earlier.kind = ANY(CASE correction.payload ->> 'what' WHEN 'return' THEN ARRAY['result_returned']
                                   ELSE ARRAY['approved', 'refused'] END)
        ORDER BY earlier.seq DESC LIMIT 1
    ) AS mistake
    WHERE correction.kind = 'corrected' AND correction.payload ->> 'what' IN ('return', 'decision')
    GROUP BY 1, 2, 3
) AS undone
WHERE kept.agency_id = undone.agency_id AND kept.on_day = undone.on_day AND kept.figure = undone.figure;
DELETE FROM dossiers_dailyfigure WHERE figure = 'return_undone'"""

FIGURES = (
    "submitted", "accepted", "declined", "granted", "refused", "returned", "finished_late", "forwarded_late",
    "redirected", "not_collected", "withdrawn", "stopped", "asked_again", "answered_late",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0022_tasks_know_their_agency")]

    operations = [
        migrations.RunSQL(COMPENSATE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="dailyfigure",
            name="figure",
            field=models.CharField(choices=[(each, each) for each in FIGURES], max_length=16),
        ),
    ]
