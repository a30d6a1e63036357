import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import motcua.catalogue.enums
from motcua.agencies.rules import frozen


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Procedure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True)),
                ("key", models.CharField(max_length=120, unique=True)),
                ("code_is_synthetic", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code_is_synthetic", False), ("code__startswith", "X."), _connector="OR"
                        ),
                        name="procedure_synthetic_code_looks_so",
                        violation_error_message="Mã giả lập phải bắt đầu bằng chữ X để không nhầm với mã thật.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Competence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.CharField(default="derived", max_length=20)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competences",
                        to="agencies.agency",
                    ),
                ),
                (
                    "settling_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competences",
                        to="agencies.unit",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competences",
                        to="catalogue.procedure",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency"], name="competence_by_agency")],
                "constraints": [
                    models.UniqueConstraint(fields=("procedure", "agency"), name="competence_once_per_agency")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcedureVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(choices=[("draft", "draft"), ("published", "published")], max_length=10),
                ),
                ("body", models.JSONField()),
                ("content_hash", models.BinaryField(max_length=32)),
                ("title", models.CharField(max_length=500)),
                ("sector", models.CharField(max_length=200)),
                (
                    "online_level",
                    models.CharField(
                        choices=[("full", "full"), ("partial", "partial"), ("none", "none")], max_length=8
                    ),
                ),
                ("is_sample", models.BooleanField(default=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("published_by", models.CharField(blank=True, default="", max_length=200)),
                ("sort_key", models.CharField(db_collation="C", max_length=1100)),
                ("search_text", models.TextField()),
                ("search_vector", django.contrib.postgres.search.SearchVectorField()),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="catalogue.procedure",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_vector"], name="procedure_version_search"
                    ),
                    models.Index(fields=["sector", "sort_key"], name="procedure_version_by_sector"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("procedure", "number"), name="procedure_version_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="procedure_version_does_not_end_before_it_starts",
                        violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", motcua.catalogue.enums.Publication["DRAFT"]),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="procedure_version_published_has_a_moment",
                        violation_error_message="Phiên bản đã công bố phải có thời điểm công bố.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state", motcua.catalogue.enums.Publication["PUBLISHED"])),
                        expressions=[
                            (
                                models.Func(
                                    models.F("procedure_id"),
                                    models.F("procedure_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="procedure_version_validity_does_not_overlap",
                        violation_error_message="Thời gian hiệu lực của hai phiên bản chồng lên nhau.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            *frozen.sql_for(
                "catalogue_procedureversion",
                "procedure_id",
                "number",
                "state",
                "body",
                "content_hash",
                "title",
                "valid_from",
                "published_at",
                old_is_published="OLD.state = 'published'",
            )
        ),
    ]
