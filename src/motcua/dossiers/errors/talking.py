"""Messages, answers, notes."""

from __future__ import annotations

from motcua.kernel.errors import N_, Technical


class BadMessage(Technical):
    """Words between applicant and desk that say nothing, or more than fits."""

    code = "dossiers.bad_message"
    message = N_("Hãy viết tin nhắn, nhiều nhất 2.000 ký tự.")


class TooManyMessages(Technical):
    """As many messages wait as a desk can be expected to keep apart."""

    code = "dossiers.too_many_messages"
    message = N_(
        "Đã có %(most)s tin nhắn chờ trả lời. Hãy đợi bộ phận một cửa trả lời rồi gửi tiếp; "
        "việc gấp, hãy gọi đường dây nóng."
    )


class NothingToAnswer(Technical):
    """The desk answers; it does not open a thread."""

    code = "dossiers.nothing_to_answer"
    message = N_("Không có tin nhắn nào của người nộp đang chờ.")


class AnsweredMeanwhile(Technical):
    """A colleague was quicker, and the page of whoever answers does not show it: two answers might differ."""

    code = "dossiers.answered_meanwhile"
    message = N_(
        "%(name)s vừa trả lời người nộp: “%(text)s” Câu của bạn chưa được gửi. "
        "Hãy xem lại, rồi bấm “Gửi trả lời” lần nữa nếu vẫn cần gửi."
    )


class SettledMeanwhile(Technical):
    """A colleague said that nothing is to be answered, and the page of whoever answers does not show it."""

    code = "dossiers.settled_meanwhile"
    message = N_(
        "%(name)s vừa ghi là tin nhắn không cần trả lời. Câu của bạn chưa được gửi. "
        "Bấm “Gửi trả lời” lần nữa nếu vẫn cần gửi."
    )


class WrittenMeanwhile(Technical):
    """The applicant has written again, and the page of whoever says that nothing is to be answered does not
    show it."""

    code = "dossiers.written_meanwhile"
    message = N_(
        "Người nộp vừa viết thêm nên chưa ghi gì. Hãy đọc tin nhắn mới, rồi trả lời hoặc bấm “Không cần trả "
        "lời” lần nữa."
    )


class EmptyNote(Technical):
    """A note inside the office that says nothing."""

    code = "dossiers.empty_note"
    message = N_("Hãy viết nội dung ghi chú, nhiều nhất 2.000 ký tự.")
