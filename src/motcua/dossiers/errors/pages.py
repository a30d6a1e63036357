"""A page that is behind, a key or a text that cannot be: what people sent cannot be taken as it came."""

from __future__ import annotations

from motcua.kernel.errors import N_, Forbidden, Technical


class Stale(Technical):
    """Somebody acted on this dossier after the page was opened: nobody acts on what they have not seen."""

    code = "dossiers.stale"
    message = N_("Hồ sơ vừa được người khác cập nhật. Hãy xem lại nội dung mới rồi thực hiện lại.")


class NoLongerWithUnit(Forbidden):
    """An officer opens what lay with their unit, or what they did something to: their right ended with it."""

    code = "dossiers.no_longer_with_unit"
    message = N_(
        "Hồ sơ này không còn nằm ở đơn vị bạn: phần việc đã xong, đã được rút lại hoặc hồ sơ đã chuyển đi, "
        "kết thúc. Bạn không phải làm gì thêm."
    )


class SupplementSent(Technical):
    """What was asked for was handed in from another page: nothing joins it any more."""

    code = "dossiers.supplement_sent"
    message = N_(
        "Phần bổ sung đã được gửi từ một trang khác, nên nội dung vừa gửi ở đây không vào hồ sơ. "
        "Nếu cơ quan còn cần giấy tờ, bạn sẽ nhận yêu cầu mới; muốn gửi thêm, hãy hỏi bộ phận một cửa."
    )


class SupplementTakenBack(Technical):
    """What was asked for was asked by mistake: nobody has to bring it, and nothing is taken for it."""

    code = "dossiers.supplement_taken_back"
    message = N_(
        "Cơ quan đã thu hồi yêu cầu bổ sung này vì gửi nhầm: bạn không phải bổ sung nữa, nên nội dung vừa "
        "gửi ở đây không vào hồ sơ. Những gì bạn đã lưu trước đó vẫn xem được ở trang hồ sơ."
    )


class SupplementChanged(Technical):
    """Something else lies ready than the page showed: nobody hands in what they have not seen."""

    code = "dossiers.supplement_changed"
    message = N_("Có phần vừa được sửa ở một trang khác và đang hiện dưới đây. Xem lại rồi bấm gửi lần nữa.")


class KeyTaken(Technical):
    """The key of this press belongs to another filing: an old page was sent again with new content."""

    code = "dossiers.key_taken"
    message = N_("Trang này đã được dùng để gửi một hồ sơ khác. Hãy xem lại nội dung rồi gửi lần nữa.")


class WaitsForYou(Technical):
    """An account is not closed while a dossier of its owner awaits something of them: the letters and the
    page that say so would be gone, and the term would run out on them."""

    code = "dossiers.waits_for_you"
    message = N_(
        "Hồ sơ “%(name)s” đang chờ bạn bổ sung hoặc nộp tiền, nên tài khoản chưa đóng được. Hãy làm xong "
        "việc đó hoặc rút hồ sơ, rồi đóng tài khoản."
    )


class ResultComesHere(Technical):
    """An account is not closed while a result is to come into it: nobody could open it there any more."""

    code = "dossiers.result_comes_here"
    message = N_(
        "Kết quả của hồ sơ “%(name)s” được trả vào tài khoản này, nên tài khoản chưa đóng được. Hãy chờ và "
        "tải kết quả về, hoặc nhờ bộ phận một cửa đổi cách nhận kết quả, rồi đóng tài khoản."
    )


class FileNotYours(Technical):
    """A paper may only be attached by who sent the file, or if the dossier has it already."""

    code = "dossiers.file_not_yours"
    message = N_("Tệp đính kèm không hợp lệ. Hãy tải tệp lên lại.")


class UnusableText(Technical):
    """A text holds something that cannot be kept, such as a NUL, or is longer than its column."""

    code = "dossiers.unusable_text"
    message = N_("Nội dung có ký tự không lưu được hoặc quá dài. Hãy gõ lại.")
