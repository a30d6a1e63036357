"""What notify refuses, and how a delivery fails."""

from __future__ import annotations

from motcua.kernel.errors import N_, Refusal, Technical


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


class NoticeTooLong(Technical):
    """The limit is ours."""

    code = "notify.notice_too_long"
    message = N_("Tiêu đề dài không quá 200 chữ cái, nội dung không quá 2000.")


class NoticeGivenAlready(Technical):
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


class WordsUnchanged(Technical):
    """A version like the one before would say of a change that was none."""

    code = "notify.words_unchanged"
    message = N_("Không có gì thay đổi so với phiên bản đang dùng.")


class WordsWithoutReason(Refusal):
    code = "notify.words_without_reason"
    message = N_("Hãy ghi vì sao thay đổi.")


class WordsTooLong(Technical):
    """The limit is ours."""

    code = "notify.words_too_long"
    message = N_("Phần lời dài hơn mức cho phép. Hãy viết ngắn lại.")


class WordsChangedMeanwhile(Technical):
    """Somebody else has written a version after this page was opened."""

    code = "notify.words_changed_meanwhile"
    message = N_("Người khác vừa thay đổi phần lời này. Hãy xem phiên bản mới rồi sửa lại.")


class LetterStaysOurs(Refusal):
    """A letter that guards an account or goes among officers: nobody but us words it."""

    code = "notify.letter_stays_ours"
    message = N_("Thư này đi cùng hệ thống, tỉnh không viết lại được.")


class LetterHalfWritten(Refusal):
    """One of subject and body holds no words."""

    code = "notify.letter_half_written"
    message = N_("Thư cần có cả tiêu đề và nội dung, bằng lời chứ không chỉ có chỗ điền sẵn.")


class LetterTooLong(Technical):
    """The limit is ours."""

    code = "notify.letter_too_long"
    message = N_("Phần này dài hơn %(most)s chữ cái. Hãy viết ngắn lại.")


class LetterUnreadable(Technical):
    """It cannot be printed."""

    code = "notify.letter_unreadable"
    message = N_("Nội dung có ký tự lạ không in được. Hãy xóa rồi gõ lại.")


class LetterLooseBrace(Refusal):
    """A brace that opens or closes no place."""

    code = "notify.letter_loose_brace"
    message = N_("Có dấu ngoặc nhọn đứng riêng. Mỗi chỗ điền sẵn viết đủ hai dấu, ví dụ {mã hồ sơ}.")


class LetterPlaceUnknown(Refusal):
    code = "notify.letter_place_unknown"
    message = N_("Thư này không có chỗ điền sẵn “%(place)s”. Hãy dùng những chỗ có trong bảng.")


class LetterPlaceMissing(Refusal):
    code = "notify.letter_place_missing"
    message = N_("Thư còn thiếu chỗ điền sẵn “%(place)s”, là điều người nhận phải được biết.")


class LetterPlaceLost(Refusal):
    """What must be said stands only in lines that go when something else is empty."""

    code = "notify.letter_place_lost"
    message = N_(
        "Chỗ “%(place)s” chung dòng với chỗ có thể để trống nên có thể bị bỏ. Hãy đưa xuống dòng riêng."
    )


class ForeignLink(Refusal):
    """A link that leads away from the system: what a fraud would need a letter of the province for."""

    code = "notify.foreign_link"
    message = N_(
        "“%(what)s” giống một địa chỉ ngoài Cổng Dịch vụ công nên không được nhận. Nếu không phải địa chỉ, "
        "hãy thêm dấu cách sau dấu chấm."
    )
