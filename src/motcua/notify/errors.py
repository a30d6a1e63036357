"""What notify refuses, and how a delivery fails."""

from __future__ import annotations

from motcua.kernel.errors import N_, Refusal


class UnknownMessage(LookupError):
    """A message was posted under a key that has no template: a mistake of the programmer."""


class DeliveryFailed(Exception):
    """The message was not taken. `permanent` says that trying again would not help."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


class NoticeSaysNothing(Refusal):
    code = "notify.notice_says_nothing"
    message = N_("Thông báo cần có tiêu đề và nội dung.")


class NoticeTooLong(Refusal):
    code = "notify.notice_too_long"
    message = N_("Tiêu đề dài không quá 200 chữ cái, nội dung không quá 2000.")


class NoticeGivenAlready(Refusal):
    """The same words are shown, or will be: the button was pressed twice."""

    code = "notify.notice_given_already"
    message = N_("Thông báo này đã được đăng và chưa kết thúc.")


class NoticeNeverShown(Refusal):
    """It would end before it starts, or has ended already."""

    code = "notify.notice_never_shown"
    message = N_("Thời gian hiện thông báo phải kết thúc sau lúc bắt đầu và sau lúc này.")


class StopWithoutReason(Refusal):
    code = "notify.stop_without_reason"
    message = N_("Hãy nói lý do ngừng hệ thống; người dân sẽ đọc lý do đó.")


class StopEndsTooEarly(Refusal):
    code = "notify.stop_ends_too_early"
    message = N_("Lúc hệ thống hoạt động lại phải sau lúc này.")


class WordsUnchanged(Refusal):
    code = "notify.words_unchanged"
    message = N_("Không có gì thay đổi so với phiên bản đang dùng.")


class WordsWithoutReason(Refusal):
    code = "notify.words_without_reason"
    message = N_("Hãy ghi vì sao thay đổi.")


class WordsTooLong(Refusal):
    code = "notify.words_too_long"
    message = N_("Phần lời dài hơn mức cho phép. Hãy viết ngắn lại.")


class WordsChangedMeanwhile(Refusal):
    """Somebody else has written a version after this page was opened."""

    code = "notify.words_changed_meanwhile"
    message = N_("Người khác vừa thay đổi phần lời này. Hãy xem phiên bản mới rồi sửa lại.")
