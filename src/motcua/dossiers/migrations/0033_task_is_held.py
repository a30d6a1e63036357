"""A step that nobody can do while a supplement request waits for its control, or for the desk to send it, lies
in no list of what there is to do. What waits for its applicant and what others have of it, is found by the unit
that settles it."""

from django.db import migrations, models

# As `rules.moves.is_held` has it: the control, the sending and what goes on beside the steps can be done.
HELD = """
UPDATE dossiers_dossiertask AS task SET is_held = true, soon_at = NULL
FROM dossiers_dossier AS dossier
WHERE dossier.id = task.dossier_id AND jsonb_typeof(dossier.state->'proposed_supplement') = 'object'
    AND task.kind NOT IN ('control', 'relay', 'consult', 'letter')"""

WHOSE = """
UPDATE dossiers_dossiertask AS task SET
    settling_unit_id = (dossier.state #>> '{target,posting,settling}')::bigint,
    is_assigned = dossier.state->>'case_officer_id' IS NOT NULL
FROM dossiers_dossier AS dossier WHERE dossier.id = task.dossier_id"""


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0032_alter_reasontemplate_verb"),
    ]

    operations = [
        migrations.AddField("dossiertask", "is_held", models.BooleanField(default=False)),
        migrations.AddIndex(
            "dossiertask",
            models.Index(condition=models.Q(is_paused=True), fields=["unit", "dossier"], name="task_halted"),
        ),
        migrations.AddField(
            "dossiertask",
            "settling_unit",
            models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+", db_index=False),
        ),
        migrations.AddField("dossiertask", "is_assigned", models.BooleanField(default=False)),
        migrations.RunSQL([HELD, WHOSE], migrations.RunSQL.noop),
    ]
