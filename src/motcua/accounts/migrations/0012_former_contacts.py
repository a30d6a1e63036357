"""Mailboxes and numbers that their owners have given up are kept, so that what was filed with them follows (ADR
0071)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_mailbox_of_an_organisation"),
    ]

    operations = [
        migrations.AlterField(
            model_name="organisation",
            name="phone",
            field=models.CharField(blank=True, default="", max_length=11),
        ),
        migrations.CreateModel(
            name="FormerContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.CharField(max_length=254)),
                ("left_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["value"], name="former_contact_by_value")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", False), ("organisation__isnull", True)),
                            models.Q(("account__isnull", True), ("organisation__isnull", False)),
                            _connector="OR",
                        ),
                        name="former_contact_of_one_owner",
                    ),
                    models.UniqueConstraint(
                        fields=("account", "value"), name="former_contact_of_account_once"
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "value"), name="former_contact_of_organisation_once"
                    ),
                ],
            },
        ),
    ]
