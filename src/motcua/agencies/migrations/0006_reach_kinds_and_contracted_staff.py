import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_contact"),
    ]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="phones",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="agency",
            name="email",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AlterField(
            model_name="agency",
            name="kind",
            field=models.CharField(
                choices=[
                    ("province_committee", "province_committee"),
                    ("district_committee", "district_committee"),
                    ("commune_committee", "commune_committee"),
                    ("department", "department"),
                    ("one_stop_centre", "one_stop_centre"),
                    ("management_board", "management_board"),
                    ("vertical_agency", "vertical_agency"),
                    ("public_service_unit", "public_service_unit"),
                    ("association", "association"),
                    ("division", "division"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="position",
            name="role",
            field=models.CharField(
                choices=[
                    ("receiver", "receiver"),
                    ("desk_head", "desk_head"),
                    ("unit_head", "unit_head"),
                    ("case_officer", "case_officer"),
                    ("approver", "approver"),
                    ("clerk", "clerk"),
                    ("admin", "admin"),
                    ("postal_staff", "postal_staff"),
                ],
                max_length=16,
            ),
        ),
    ]
