"""The words of accounts."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AccountKind(TextChoices):
    CITIZEN = "citizen", _("Người dân, doanh nghiệp")
    OFFICER = "officer", _("Cán bộ, công chức")


class Language(TextChoices):
    VIETNAMESE = "vi", "Tiếng Việt"
    ENGLISH = "en", "English"


class CodePurpose(TextChoices):
    CONFIRM_EMAIL = "confirm_email", _("Xác nhận thư điện tử")
    ALREADY_REGISTERED = "already_registered", _("Báo đã có tài khoản")
    RESET_PASSWORD = "reset_password", _("Đặt lại mật khẩu")
    CHANGE_EMAIL = "change_email", _("Đổi thư điện tử")
    CHANGE_PHONE = "change_phone", _("Đổi số điện thoại")
    CLOSE_ACCOUNT = "close_account", _("Đóng tài khoản")
    CHECK_IDENTITY = "check_identity", _("Đối chiếu căn cước tại quầy")
    ORGANISATION = "organisation", _("Xác nhận hộp thư của tổ chức")


class CodeUse(TextChoices):
    """For what a code goes to the contact of a dossier."""

    LOOKUP = "lookup", _("Tra cứu bằng số định danh hoặc họ tên")
    JOIN = "join", _("Đưa hồ sơ vào tài khoản")
    REPORT = "report", _("Báo sự cố")  # no code goes anywhere: what is sent from a place is counted
    REGISTER = "register", _("Đăng ký tài khoản")  # the same
