"""What a filing must have before it is sent or taken in."""

from __future__ import annotations

from motcua.kernel.errors import N_, Refusal, Technical


class Incomplete(Refusal):
    """`params["missing"]` is a tuple of names; `params["fields"]` maps form fields to their messages."""

    code = "dossiers.incomplete"
    message = N_("Hồ sơ chưa đủ: %(missing)s.")


class CertifiedPapersRequired(Refusal):
    """What was sent without a signature counts only with its certified papers."""

    code = "dossiers.certified_papers_required"
    message = N_(
        "Hồ sơ trực tuyến mức độ 4 chưa có chữ ký số: chỉ tiếp nhận khi hồ sơ giấy có chứng thực, ghi mã hồ "
        "sơ, đã đến qua bưu điện."
    )


class ReceiptGiven(Refusal):
    code = "dossiers.receipt_given"
    message = N_("Hồ sơ đã có giấy tiếp nhận nên không lập thêm. Hãy in giấy đã lập ở trang hồ sơ.")


class WayRequired(Refusal):
    """Who came to the wrong agency is not sent away without being told where to go."""

    code = "dossiers.way_required"
    message = N_("Hồ sơ không thuộc thẩm quyền: hãy ghi rõ cơ quan có thẩm quyền và hướng dẫn nộp ở đó.")


class ProvisionRequired(Refusal):
    """Nobody is sent away by a law that is not named."""

    code = "dossiers.provision_required"
    message = N_("Từ chối theo quy định của pháp luật thì phải ghi rõ điều nào, của văn bản nào.")


class ChannelNotOffered(Refusal):
    code = "dossiers.channel_not_offered"
    message = N_("Thủ tục này không nhận hồ sơ theo cách đã chọn.")


class RunByMinistry(Refusal):
    """The online service is a ministry's: filings go there, and by its rules. Params: `ministry`."""

    code = "dossiers.run_by_ministry"
    message = N_("Dịch vụ trực tuyến này do %(ministry)s cung cấp; hãy nộp trên trang của bộ.")


class ChannelNotInRegulation(Refusal):
    """The regulation takes no filings by this way, whatever the procedure offers."""

    code = "dossiers.channel_not_in_regulation"
    message = N_("Quy chế đang áp dụng không có cách nộp này.")


class VariantUnknown(Refusal):
    code = "dossiers.variant_unknown"
    message = N_("Cần chọn đúng trường hợp giải quyết của thủ tục.")


class DetailsUnfinished(Refusal):
    """Something about whose dossier it is, or where the result goes, is not answered or cannot be taken."""

    code = "dossiers.details_unfinished"
    message = N_("Thông tin về chủ hồ sơ hoặc cách nhận kết quả còn chỗ chưa xong. Hãy sửa rồi gửi lại.")


class ConsentRequired(Refusal):
    """Nobody sends personal data here who has not agreed to what is done with it."""

    code = "dossiers.consent_required"
    message = N_(
        "Chưa có sự đồng ý cho dùng dữ liệu cá nhân nên hồ sơ chưa được gửi. "
        "Hãy đánh dấu ô đồng ý, hoặc nộp hồ sơ tại bộ phận một cửa."
    )


class DeliveryNotChosen(Refusal):
    """A draft may leave it open how the result is wanted; what is sent may not."""

    code = "dossiers.delivery_not_chosen"
    message = N_("Chưa chọn cách nhận kết quả. Hãy chọn rồi gửi lại.")


class DeliveryUnknown(Refusal):
    code = "dossiers.delivery_unknown"
    message = N_("Cần chọn cách nhận kết quả: tại quầy, trực tuyến hoặc qua bưu chính.")


class NoRegulationInForce(Technical):
    """No regulation is in force, so there is no clause to name."""

    code = "dossiers.no_regulation"
    message = N_("Không có quy chế nào có hiệu lực tại thời điểm này.")


class TakenInForAnother(Refusal):
    """Of what a desk has taken in for the competent agency it cannot say that it is not competent."""

    code = "dossiers.taken_in_for_another"
    message = N_(
        "Hồ sơ này được tiếp nhận thay cho cơ quan có thẩm quyền nên không từ chối vì lý do thẩm quyền. "
        "Nếu ghi sai cơ quan giải quyết, hãy chuyển hồ sơ đến đúng cơ quan."
    )


class NotCompetent(Technical):
    """The published catalogue does not name the agency for the procedure; that is no clause."""

    code = "dossiers.not_competent"
    message = N_("Cơ quan đã chọn không giải quyết thủ tục này.")


class ProcedureOver(Refusal):
    """Params: `day`, the last on which the procedure was in force."""

    code = "dossiers.procedure_over"
    message = N_(
        "Thủ tục này chỉ có hiệu lực đến hết %(day)s, nên không nhận hồ sơ mới. "
        "Hồ sơ đã nộp trước đó vẫn được giải quyết."
    )


class OnlyForItsOwn(Refusal):
    """A desk takes in for another agency only where and since the regulation has it so."""

    code = "dossiers.only_for_its_own"
    message = N_("Ở đây chỉ nhận hồ sơ do chính cơ quan mình giải quyết.")
