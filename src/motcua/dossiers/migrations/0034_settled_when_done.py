"""A dossier counts as settled on the day on which its result lies at the desk, as `rules.figures` does it now.

Until now it did on the day of the decision, and one that was withdrawn between the two stayed counted.
"""

from django.db import migrations

SETTLED = """
DELETE FROM dossiers_dailyfigure WHERE figure IN ('granted', 'refused');
INSERT INTO dossiers_dailyfigure (agency_id, on_day, figure, count)
SELECT agency_id, (finished_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
       CASE state->>'decision' WHEN 'grant' THEN 'granted' ELSE 'refused' END, count(*)
FROM dossiers_dossier WHERE finished_at IS NOT NULL AND state->>'decision' IS NOT NULL
GROUP BY 1, 2, 3"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0033_task_is_held")]

    operations = [migrations.RunSQL(SETTLED, migrations.RunSQL.noop)]
