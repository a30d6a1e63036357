"""Requests about the system are of three kinds; those that stand already ask for an upgrade."""

from django.db import migrations, models

from motcua.agencies.rules import frozen

ASKED = ("province", "agency_id", "title", "content", "reason", "regulation")
TABLE = "catalogue_upgraderequest"
BEFORE, AFTER = frozen.sql_for(TABLE, *ASKED), frozen.sql_for(TABLE, "kind", *ASKED)
STATES = ("requested", "reviewed", "proposed", "approved", "refused", "deployed", "answered", "withdrawn")
STEPS = ("request", "withdraw", "review", "answer", "propose", "approve", "refuse", "deploy")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_upgrades")]

    operations = [
        migrations.RunSQL(BEFORE[1], BEFORE[0]),
        migrations.AddField(
            model_name="upgraderequest",
            name="kind",
            field=models.CharField(
                choices=[("upgrade", "upgrade"), ("comment", "comment"), ("support", "support")],
                default="upgrade",
                max_length=8,
            ),
        ),
        migrations.RunSQL(AFTER[0], AFTER[1]),
        migrations.AlterField(
            model_name="upgraderequest",
            name="state",
            field=models.CharField(choices=[(each, each) for each in STATES], max_length=10),
        ),
        migrations.AlterField(
            model_name="upgradeact",
            name="what",
            field=models.CharField(choices=[(each, each) for each in STEPS], max_length=10),
        ),
        migrations.RemoveConstraint(model_name="upgraderequest", name="upgrade_one_open_of_a_title"),
        migrations.AddConstraint(
            model_name="upgraderequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["requested", "reviewed", "proposed"])),
                fields=("agency", "title"),
                name="upgrade_one_open_of_a_title",
                violation_error_message="Cơ quan đang có một yêu cầu cùng tên chưa được quyết định.",
            ),
        ),
    ]
