"""Entering afterwards what happened on paper."""

from __future__ import annotations

from motcua.kernel.errors import N_, Refusal, Technical


class BeforeLastEvent(Refusal):
    """An act may not be dated before what already happened."""

    code = "dossiers.before_last_event"
    message = N_("Thời điểm thực hiện sớm hơn việc gần nhất đã ghi nhận của hồ sơ.")


class Overtaken(Refusal):
    """What is entered afterwards may not lie before what was recorded meanwhile and bears on it."""

    code = "dossiers.overtaken"
    message = N_(
        "Hệ thống đã ghi “%(event)s” lúc %(when)s, là việc liên quan đến việc đang nhập bù. "
        "Không ghi được thời điểm sớm hơn."
    )


class OutsideWindow(Refusal):
    """What is entered afterwards must have happened while the system was down."""

    code = "dossiers.outside_window"
    message = N_("Thời điểm đã làm không nằm trong lúc có sự cố đã ghi nhận.")


class OutsidePlace(Refusal):
    """What is entered afterwards must have been done where the system was down, by the post of whoever did
    it: others could record what they did as they did it."""

    code = "dossiers.outside_place"
    message = N_(
        "Sự cố này không xảy ra ở nơi việc được thực hiện: người làm việc đó lúc ấy vẫn dùng được hệ thống."
    )


class EnteredTooLate(Technical):
    """The paper log is entered soon after the outage; later the past is closed. The limit is ours: no text
    gives one, so no clause stands beside it (ADR 0014)."""

    code = "dossiers.entered_too_late"
    message = N_(
        "Đã quá %(days)s ngày làm việc kể từ khi sự cố được khắc phục: không nhập bổ sung được nữa. "
        "Thời hạn này do hệ thống đặt, quy chế không quy định."
    )


class DoerHadNoPost(Refusal):
    """Who did it on paper must have held, at that moment, a post that may do it."""

    code = "dossiers.doer_had_no_post"
    message = N_(
        "Vào lúc ghi trong sổ, %(name)s không giữ vị trí được làm việc này. "
        "Hãy ghi đúng họ và tên người đã làm."
    )


class PageRequired(Refusal):
    code = "dossiers.page_required"
    message = N_("Cần ghi trang của sổ giấy đã ghi việc này.")
