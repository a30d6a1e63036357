from django.db import migrations, models

from motcua.audit.rules import append_only


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ReadRecord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.CharField(max_length=40)),
                ("actor_name", models.CharField(max_length=200)),
                ("what", models.CharField(max_length=100)),
                ("why", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["what", "-at"], name="read_record_by_what"),
                    models.Index(fields=["actor_id", "-at"], name="read_record_by_actor"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor_kind__in", ["citizen", "officer", "system"])),
                        name="read_record_kind_known",
                        violation_error_message="Loại người đọc không hợp lệ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", ""), _negated=True), models.Q(("why", ""), _negated=True)
                        ),
                        name="read_record_has_what_and_why",
                        violation_error_message="Phải ghi rõ đã đọc gì và vì sao.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(*append_only.sql_for("audit_readrecord")),
    ]
