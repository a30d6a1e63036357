"""Proposal, decision, number."""

from __future__ import annotations

from motcua.kernel.errors import N_, Refusal


class ProposalFirst(Refusal):
    code = "dossiers.proposal_first"
    message = N_("Hồ sơ phải có đề xuất của người thụ lý trước khi quyết định.")


class DecidedFurtherOn(Refusal):
    """The step looks at the proposal and passes it on; a later step of the process says whether to follow."""

    code = "dossiers.decided_further_on"
    message = N_(
        "Bước này xem xét đề xuất rồi chuyển tiếp; bước sau mới quyết định. Không đồng ý với đề xuất thì hãy "
        "trả lại hồ sơ, hoặc chuyển tiếp kèm ý kiến."
    )


class OwnProposal(Refusal):
    """Who proposed does not decide in the leader's place: a decision takes two pairs of eyes."""

    code = "dossiers.own_proposal"
    message = N_("Người đã đề xuất không quyết định thay người vắng mặt trên chính hồ sơ đó.")


class ResultFirst(Refusal):
    code = "dossiers.result_first"
    message = N_("Chưa ban hành kết quả.")


class NumberFirst(Refusal):
    """The process says that this step ends with the number of the paper. Params: `step`."""

    code = "dossiers.number_first"
    message = N_(
        "Bước “%(step)s” chỉ xong khi đã ghi số và tên kết quả. "
        "Hãy dùng “Ban hành kết quả”; bước sẽ tự hoàn thành."
    )


class PaperNumberRequired(Refusal):
    code = "dossiers.number_required"
    message = N_("Cần ghi số, ký hiệu và tên của kết quả.")
