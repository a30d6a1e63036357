"""Whoever checks what was published asks to have it put right: one more kind of duty, and what was asked."""

from django.db import migrations, models

from motcua.agencies.rules import frozen

TABLE = "catalogue_duty"
GIVEN = ("announced_id", "kind", "party", "agency_id", "clauses", "counted_on", "due_at")
BEFORE, AFTER = frozen.sql_for(TABLE, *GIVEN), frozen.sql_for(TABLE, *GIVEN, "asked", "sort_at")


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_ends"),
        ("catalogue", "0007_kinds_of_upgrade_requests"),
    ]

    operations = [
        migrations.RunSQL(BEFORE[1], BEFORE[0]),
        migrations.RemoveConstraint(
            model_name="duty",
            name="duty_once_per_kind",
        ),
        migrations.AddField(
            model_name="duty",
            name="asked",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
        migrations.AlterField(
            model_name="duty",
            name="kind",
            field=models.CharField(
                choices=[
                    ("content", "content"),
                    ("process", "process"),
                    ("send", "send"),
                    ("publish", "publish"),
                    ("website", "website"),
                    ("national", "national"),
                    ("set_up", "set_up"),
                    ("check", "check"),
                    ("correct", "correct"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "correct"), _negated=True),
                fields=("announced", "kind"),
                name="duty_once_per_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "correct"), ("asked", ""), _connector="XOR"),
                name="correction_says_what",
                violation_error_message="Kiến nghị phải nêu nội dung cần sửa.",
            ),
        ),
        migrations.RunSQL(AFTER[0], AFTER[1]),
    ]
