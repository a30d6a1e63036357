"""What both faces ask of somebody who looks after their own account. The services check."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.accounts import services
from motcua.accounts.enums import Language
from motcua.accounts.queries import AccountCard
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.numbers import read_number
from motcua.notify import queries as notify
from motcua.notify import services as notify_services
from motcua.notify.rules.messages import Topic, topics_for
from motcua.theme.forms import FaceForm

TOPICS: dict[Topic, str | Promise] = {
    Topic.PROGRESS: _("Từng bước của hồ sơ: đã gửi, đã bổ sung, tiếp tục giải quyết, đã trả kết quả, đã rút"),
    Topic.ANSWERS: _("Trả lời của bộ phận một cửa cho tin nhắn của bạn"),
    Topic.WORK: _("Hồ sơ mới giao cho bạn hoặc đơn vị bạn: phân công, lấy ý kiến, phối hợp, liên thông"),
    Topic.OPINIONS: _("Ý kiến và phần việc bạn đang chờ cơ quan khác đã có"),
    Topic.REMINDERS: _("Nhắc trả lời ý kiến, đôn đốc hồ sơ quá hạn"),
    Topic.DATES: _("Hồ sơ được hẹn lại ngày trả; cơ quan nghỉ ngoài lịch"),
}


class ByPasswordForm(FaceForm):
    """What opens the account changes by its password."""

    password = forms.CharField(
        label=_("Mật khẩu của bạn"),
        help_text=_("Để chắc rằng chính bạn đang thay đổi."),
        strip=False,
        widget=forms.PasswordInput(),
    )


class ChangeEmailForm(ByPasswordForm):
    email = forms.CharField(
        label=_("Thư điện tử mới"),
        help_text=_("Chúng tôi gửi mã xác nhận tới địa chỉ này."),
        widget=forms.TextInput(attrs={"type": "email", "spellcheck": "false"}),
    )
    field_order = ("email", "password")


class CodeForm(FaceForm):
    code = forms.CharField(
        label=_("Mã xác nhận"),
        help_text=_("6 chữ số trong thư vừa gửi."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class NoticesForm(FaceForm):
    """Of which one wants e-mails, besides those that are always sent, and in which language."""

    topics = forms.MultipleChoiceField(
        label=_("Thư điện tử bạn muốn nhận thêm"), required=False, widget=forms.CheckboxSelectMultiple()
    )
    language = forms.ChoiceField(
        label=_("Ngôn ngữ của thư"), choices=Language.choices, widget=forms.RadioSelect()
    )

    def __init__(self, *args: Any, officers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = topics_for(officers=officers)
        self.choice_field("topics").choices = [(each.value, TOPICS[each]) for each in offered]

    def keep(self, actor: Actor) -> None:
        wanted = {Topic(each) for each in self.cleaned_data["topics"]}
        notify_services.choose_topics(actor=actor, wanted=wanted)
        services.set_language(actor=actor, language=self.cleaned_data["language"])


def notices_chosen(card: AccountCard) -> dict[str, Any]:
    """What `NoticesForm` begins with."""
    return {"topics": [each.value for each in notify.wanted_topics(card.id)], "language": card.language}


def log_device_out(request: HttpRequest, actor: Actor) -> str:
    """Log out the device whose number was sent, or all others; in words, what was done.

    One that has left by itself meanwhile is logged out too.
    """
    if "all" in request.POST:
        services.end_other_logins(actor=actor, request=request)
        return gettext("Đã đăng xuất khỏi mọi thiết bị khác.")
    with suppress(NotFound):
        number = read_number(request.POST.get("login", "")) or 0
        services.end_login(actor=actor, login_id=number, request=request)
    return gettext("Đã đăng xuất khỏi thiết bị đó.")
