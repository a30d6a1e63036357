import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.agencies.enums


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("province", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=120)),
                ("code", models.CharField(blank=True, default="", max_length=40)),
                ("code_is_synthetic", models.BooleanField(default=False)),
                ("legacy_code", models.CharField(blank=True, default="", max_length=40)),
                ("name", models.CharField(max_length=300)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("central", "central"),
                            ("province", "province"),
                            ("district", "district"),
                            ("commune", "commune"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("province_committee", "province_committee"),
                            ("district_committee", "district_committee"),
                            ("commune_committee", "commune_committee"),
                            ("department", "department"),
                            ("one_stop_centre", "one_stop_centre"),
                            ("management_board", "management_board"),
                            ("vertical_agency", "vertical_agency"),
                            ("division", "division"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("address", models.CharField(blank=True, default="", max_length=500)),
                ("sort_key", models.CharField(db_collation="C", editable=False, max_length=700)),
                ("search_text", models.CharField(editable=False, max_length=400)),
                ("marks", models.JSONField(default=dict)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="agencies.agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="agency_edition_is_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("desk", "desk"),
                            ("division", "division"),
                            ("leadership", "leadership"),
                            ("office", "office"),
                        ],
                        max_length=12,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("mark", models.CharField(default="found", max_length=20)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("receiver", "receiver"),
                            ("desk_head", "desk_head"),
                            ("unit_head", "unit_head"),
                            ("case_officer", "case_officer"),
                            ("approver", "approver"),
                            ("clerk", "clerk"),
                            ("admin", "admin"),
                        ],
                        max_length=16,
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="agencies.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WorkingCalendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("body", models.JSONField()),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=200)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendars",
                        to="agencies.agency",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="agency",
            index=models.Index(fields=["province", "level", "sort_key"], name="agency_by_name"),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.UniqueConstraint(
                fields=("province", "key"), name="agency_key_unique_in_province"
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("province", "code"),
                name="agency_code_unique_in_province",
                violation_error_message="Mã cơ quan này đã được dùng trong tỉnh.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="agency_does_not_end_before_it_starts",
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(("code_is_synthetic", False), ("code__contains", ".X"), _connector="OR"),
                name="agency_synthetic_code_looks_so",
                violation_error_message="Mã giả lập phải có chữ X để không nhầm với mã thật.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(fields=("agency", "key"), name="unit_key_unique_in_agency"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", motcua.agencies.enums.UnitKind["DIVISION"]), _negated=True),
                fields=("agency", "kind"),
                name="unit_one_desk_leadership_office",
                violation_error_message="Mỗi cơ quan chỉ có một bộ phận một cửa, một lãnh đạo, một văn phòng.",
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(fields=["unit", "role"], name="position_by_unit"),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="position_does_not_end_before_it_starts",
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("account", "unit", "role"),
                name="position_open_only_once",
                violation_error_message="Tài khoản này đang giữ vị trí đó.",
            ),
        ),
        migrations.AddConstraint(
            model_name="workingcalendar",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("agency_id"),
                            models.F("agency_id"),
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
                name="working_calendar_validity_does_not_overlap",
                violation_error_message="Thời gian áp dụng của hai lịch làm việc chồng lên nhau.",
            ),
        ),
    ]
