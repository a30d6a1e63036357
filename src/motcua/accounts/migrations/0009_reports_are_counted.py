"""What anybody may report is counted by where it comes from, as askings for codes are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_sharing")]

    operations = [
        migrations.AlterField(
            model_name="contactcode",
            name="use",
            field=models.CharField(
                choices=[
                    ("lookup", "Tra cứu bằng số định danh hoặc họ tên"),
                    ("join", "Đưa hồ sơ vào tài khoản"),
                    ("report", "Báo sự cố"),
                ],
                max_length=12,
            ),
        ),
    ]
