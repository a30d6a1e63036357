"""The words of notify."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    IN_APP = "in_app", _("Hộp thư trên Cổng")
    EMAIL = "email", _("Thư điện tử")


class Delivery(TextChoices):
    WAITING = "waiting", _("Chờ gửi")
    CLAIMED = "claimed", _("Đang gửi")
    SENT = "sent", _("Đã gửi")
    SKIPPED = "skipped", _("Không có địa chỉ nhận")
    MUTED = "muted", _("Người nhận không muốn nhận")
    FAILED = "failed", _("Không gửi được")


class NoticeKind(TextChoices):
    STOP = "stop", _("Tạm ngừng phục vụ")
    NEWS = "news", _("Thông báo")
