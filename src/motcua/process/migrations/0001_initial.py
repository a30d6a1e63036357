from django.db import migrations, models

from motcua.agencies.rules import frozen


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Process",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("number", models.PositiveIntegerField()),
                ("procedure_code", models.CharField(blank=True, default="", max_length=40)),
                ("variant", models.CharField(blank=True, default="", max_length=300)),
                ("province", models.CharField(blank=True, default="", max_length=40)),
                ("name", models.CharField(max_length=600)),
                ("body", models.JSONField()),
                ("content_hash", models.BinaryField(max_length=32)),
                ("is_sample", models.BooleanField(default=True)),
                ("is_generated", models.BooleanField(default=False)),
                ("overrides", models.JSONField(default=list)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=200)),
            ],
            options={
                "indexes": [models.Index(fields=["procedure_code", "variant"], name="process_by_procedure")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "procedure_code", "number"), name="process_number_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("key", "procedure_code"),
                        name="process_one_open_version",
                        violation_error_message="Quy trình này đã có một phiên bản đang áp dụng.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="process_does_not_end_before_it_starts",
                        violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            *frozen.sql_for(
                "process_process",
                "key",
                "number",
                "procedure_code",
                "variant",
                "body",
                "content_hash",
                "valid_from",
                "published_at",
            )
        ),
    ]
