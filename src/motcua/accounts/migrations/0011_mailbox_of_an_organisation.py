"""A mailbox of an organisation is used once it is confirmed. Of those declared before, the ones count as confirmed
that a legal representative has confirmed as their own (ADR 0070)."""

from django.db import migrations, models

FILL = """
UPDATE accounts_organisation AS organisation SET email_verified_at = account.email_verified_at
FROM accounts_membership AS membership JOIN accounts_account AS account ON account.id = membership.account_id
WHERE membership.organisation_id = organisation.id AND membership.ended_at IS NULL AND membership.role = 'owner'
  AND organisation.email <> '' AND account.email = organisation.email AND account.email_verified_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_closed_accounts")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="email_verified_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="emailcode",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("confirm_email", "Xác nhận thư điện tử"),
                    ("already_registered", "Báo đã có tài khoản"),
                    ("reset_password", "Đặt lại mật khẩu"),
                    ("change_email", "Đổi thư điện tử"),
                    ("change_phone", "Đổi số điện thoại"),
                    ("close_account", "Đóng tài khoản"),
                    ("check_identity", "Đối chiếu căn cước tại quầy"),
                    ("organisation", "Xác nhận hộp thư của tổ chức"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
