"""Putting right what was entered, and who somebody is."""

from __future__ import annotations

from motcua.accounts.rules import acting, entries
from motcua.kernel.errors import N_, Refusal


class NotCorrectable(Refusal):
    code = "dossiers.not_correctable"
    message = N_("Nội dung này không được đính chính.")


class WayNotRequested(Refusal):
    """How the result comes back was chosen by whoever filed online, and is theirs to change."""

    code = "dossiers.way_not_requested"
    message = N_(
        "Người nộp trực tuyến đã tự chọn cách nhận kết quả. Chỉ đổi khi người nộp đề nghị: hãy ghi ngày và "
        "hình thức đề nghị."
    )


class FiledAnew(Refusal):
    """Whoever was declined, withdrawn or stopped by mistake did not wait for it to be put right."""

    code = "dossiers.filed_anew"
    message = N_(
        "Người nộp đã nộp lại thủ tục này: hồ sơ %(reference)s. Hãy giải quyết hồ sơ nộp lại; việc ghi "
        "nhầm ở hồ sơ trước không thu hồi nữa."
    )


class UnitIsOver(Refusal):
    """Where the dossier lay before it was withdrawn or stopped by mistake nobody works any more."""

    code = "dossiers.unit_is_over"
    message = N_(
        "Trước khi ghi nhầm, hồ sơ nằm ở %(unit)s, nơi này nay đã kết thúc hoạt động nên không mở lại hồ sơ "
        "ở đó được. Hãy báo lãnh đạo cơ quan, và hướng dẫn người nộp nộp hồ sơ mới."
    )


class BadPersonalId(Refusal):
    code = "dossiers.bad_personal_id"
    message = entries.BAD_PERSONAL_ID


class BadBirthday(Refusal):
    code = "dossiers.bad_birthday"
    message = entries.BAD_BIRTH


class BadPhone(Refusal):
    code = "dossiers.bad_phone"
    message = entries.BAD_PHONE


class BadLine(Refusal):
    """Of an organisation, which may have a fixed line."""

    code = "dossiers.bad_line"
    message = entries.BAD_LINE


class BirthdayRequired(Refusal):
    """Of who is known by no number the birthday is all that tells them apart."""

    code = "dossiers.birthday_required"
    message = N_("Người chưa có số định danh thì phải ghi ngày sinh.")


class NumberDiffersFromBirth(Refusal):
    """A personal id holds the year of birth."""

    code = "dossiers.number_differs_from_birth"
    message = N_(
        "Số định danh này là của người sinh năm %(year)s, khác ngày sinh đang ghi. Hãy đối chiếu lại cả hai "
        "với giấy tờ; chưa rõ ngày sinh thì để trống."
    )


class SeenPaperRequired(Refusal):
    """Who somebody is, is put right by a paper, not by hearsay."""

    code = "dossiers.seen_paper_required"
    message = N_("Hãy ghi giấy tờ đã xem để đính chính số định danh, ngày sinh.")


class BadPassport(Refusal):
    code = "dossiers.bad_passport"
    message = N_("Số hộ chiếu gồm 5 đến 15 chữ cái không dấu và chữ số, có ít nhất một chữ số.")


class NationalityRequired(Refusal):
    code = "dossiers.nationality_required"
    message = N_("Hãy ghi quốc tịch như trên giấy tờ.")


class BadTaxCode(Refusal):
    code = "dossiers.bad_tax_code"
    message = acting.BAD_TAX_CODE


class BadEstablishment(Refusal):
    code = "dossiers.bad_establishment"
    message = acting.BAD_ESTABLISHMENT


class NothingToCorrect(Refusal):
    code = "dossiers.nothing_to_correct"
    message = N_("Nội dung mới giống nội dung đã ghi: không có gì để đính chính.")
