"""Results issued before the counter was there are counted once: as `rules.durations` would have done."""

from django.db import migrations

FILL = """
INSERT INTO dossiers_settlingtime (procedure_version_id, on_month, hours, count)
SELECT procedure_version_id, on_month, CASE WHEN hours <= 72 THEN hours ELSE ceil(hours / 24.0) * 24 END, count(*)
FROM (
    SELECT DISTINCT ON (event.dossier_id)
        dossier.procedure_version_id,
        date_trunc('month', event.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS on_month,
        greatest(1, ceil(extract(epoch FROM event.at - dossier.filed_at) / 3600)) AS hours
    FROM dossiers_dossierevent AS event JOIN dossiers_dossier AS dossier ON dossier.id = event.dossier_id
    WHERE event.kind = 'result_issued' AND dossier.filed_at IS NOT NULL
    ORDER BY event.dossier_id, event.seq
) AS first
GROUP BY 1, 2, 3
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_settling_times_and_figures_by_day")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
