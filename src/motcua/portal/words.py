"""What enumerations are called to people who come once a year."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.enums import Channel, OnlineLevel
from motcua.dossiers.enums import PartKind, PartStanding
from motcua.kernel.text import fold

Text = str | Promise

CHANNELS: dict[str, Text] = {
    Channel.COUNTER: _("Nộp trực tiếp tại bộ phận một cửa"),
    Channel.ONLINE: _("Nộp trực tuyến"),
    Channel.POSTAL: _("Gửi qua bưu điện"),
}
BY_CHANNEL: dict[str, Text] = {
    Channel.COUNTER: _("tại quầy"),
    Channel.ONLINE: _("trực tuyến"),
    Channel.POSTAL: _("qua bưu điện"),
}
RETURN_WAYS: dict[str, Text] = {
    "counter": _("đến nhận tại bộ phận một cửa"),
    "postal": _("gửi qua bưu điện"),
    "online": _("bản điện tử"),
}
ONLINE_LEVELS: dict[str, Text] = {
    OnlineLevel.FULL: _("Trực tuyến toàn trình"),
    OnlineLevel.PARTIAL: _("Trực tuyến một phần"),
    OnlineLevel.NONE: _("Không nộp trực tuyến được"),
}
NOT_ONLINE = ONLINE_LEVELS[OnlineLevel.NONE]
NUMBERED_LEVELS: dict[str, Text] = {
    OnlineLevel.FULL: _("Trực tuyến mức độ 4 (toàn trình)"),
    OnlineLevel.PARTIAL: _("Trực tuyến mức độ 3 (một phần)"),
    OnlineLevel.NONE: _("Mức độ 2: tải mẫu đơn, nộp tại quầy"),
}
ONLINE_LEVEL_NOTES: dict[str, Text] = {
    OnlineLevel.FULL: _("Mọi bước làm được trên mạng, không phải đến cơ quan."),
    OnlineLevel.PARTIAL: _("Nộp được trên mạng; có bước vẫn phải đến cơ quan."),
    OnlineLevel.NONE: _("Hồ sơ nộp tại bộ phận một cửa hoặc qua bưu điện."),
}
PARTS: dict[str, Text] = {  # of a filing being prepared; sections of the form have titles of their own
    PartKind.WHOM: _("Nộp hồ sơ cho ai"),
    PartKind.CASE: _("Trường hợp của bạn"),
    PartKind.AGENCY: _("Nơi gửi hồ sơ"),
    PartKind.PERSON: _("Chủ hồ sơ"),
    PartKind.CAPACITY: _("Tư cách nộp thay"),
    PartKind.CONTACT: _("Cách liên hệ"),
    PartKind.PAPERS: _("Giấy tờ kèm theo"),
    PartKind.DELIVERY: _("Cách nhận kết quả"),
    PartKind.SENDING: _("Xem lại và gửi"),
}
PART_STANDING: dict[str, Text] = {
    PartStanding.TO_DO: _("Chưa làm"),
    PartStanding.UNDER_WAY: _("Đang làm"),
    PartStanding.DONE: _("Xong"),
    PartStanding.AS_NEEDED: _("Chỉ khi cần"),
    PartStanding.NOT_YET: _("Chưa thể làm"),
}
PART_TONES = {PartStanding.TO_DO: "", PartStanding.UNDER_WAY: "wait"}  # of tags; the others are plain words
MANDATE_STANDING: dict[str, tuple[Text, str]] = {  # and the tone of its tag
    "waiting": (_("Chờ trả lời"), "wait"),
    "ahead": (_("Chưa đến ngày"), ""),
    "in_force": (_("Đang có hiệu lực"), "good"),
    "over": (_("Đã hết hạn"), ""),
    "declined": (_("Đã từ chối"), "bad"),
    "withdrawn": (_("Đã rút lại"), ""),
    "ended": (_("Đã chấm dứt"), ""),
}


def slug(text: str) -> str:
    """For addresses: lower case without accents, words joined by dashes."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
