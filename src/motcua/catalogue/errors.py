"""What the catalogue refuses."""

from __future__ import annotations

from motcua.accounts.errors import FieldErrors
from motcua.kernel.errors import N_, NotFound, Refusal, Technical


class UnknownProcedure(NotFound):
    code = "catalogue.unknown_procedure"
    message = N_("Không tìm thấy thủ tục hành chính này.")


class BadAnnouncement(FieldErrors):
    """A decision that cannot be recorded as it was entered; the fields say why."""

    code = "catalogue.bad_announcement"


class AnnouncementKnown(Technical):
    """The same decision is not written down twice."""

    code = "catalogue.announcement_known"
    message = N_("Quyết định số %(number)s ký cùng ngày đã được ghi nhận.")


class DutyDone(Refusal):
    code = "catalogue.duty_done"
    message = N_("Việc này đã được ghi nhận hoàn thành.")


class BadProof(FieldErrors):
    """What was done, or when, cannot be recorded as it was entered."""

    code = "catalogue.bad_proof"


class BadAsking(FieldErrors):
    """What is to be put right, or by whom, cannot be asked as it was entered."""

    code = "catalogue.bad_asking"


class NothingToCheck(Refusal):
    """A correction is asked from the duty of whoever checks, and from no other."""

    code = "catalogue.nothing_to_check"
    message = N_("Chỉ việc kiểm tra nội dung đã công khai mới kiến nghị được cập nhật lại.")


class CorrectionsOpen(Refusal):
    """What was asked to be put right is not yet, so the check is not over."""

    code = "catalogue.corrections_open"
    message = N_(
        "Nội dung đã kiến nghị chưa được cập nhật lại. Hãy chờ cập nhật xong rồi ghi nhận việc kiểm tra."
    )


class NotCorrected(Refusal):
    """Params: `code`, `asked_at`: a moment."""

    code = "catalogue.not_corrected"
    message = N_(
        "Nội dung thủ tục %(code)s chưa được cập nhật trên Hệ thống kể từ khi có kiến nghị (%(asked_at)s)."
    )


class NotOnTheSystem(Refusal):
    """Params: `code`, `number`, `day`."""

    code = "catalogue.not_on_the_system"
    message = N_(
        "Từ %(day)s, thủ tục %(code)s chưa được cập nhật trên Hệ thống theo Quyết định số %(number)s. "
        "Hãy nhập nội dung thủ tục, ghi số quyết định công bố này; "
        "hệ thống lấy ngày cập nhật làm ngày hoàn thành."
    )


class StillOnTheSystem(Refusal):
    """Params: `code`."""

    code = "catalogue.still_on_the_system"
    message = N_("Thủ tục %(code)s vẫn đang được công khai trên Hệ thống.")


class ProcedureEnded(Refusal):
    """Params: `code`, `day`, the last on which it is in force."""

    code = "catalogue.procedure_ended"
    message = N_(
        "Thủ tục %(code)s chỉ có hiệu lực đến hết %(day)s, nên không đề xuất hoặc quyết định mức độ "
        "trực tuyến mới được."
    )


class BadProposal(FieldErrors):
    """A proposal that lacks what the regulation wants it to say; the fields say what."""

    code = "catalogue.bad_proposal"


class BadAssessment(FieldErrors):
    code = "catalogue.bad_assessment"


class ProposalOpen(Technical):
    """Of two open ones nobody could say which is decided on."""

    code = "catalogue.proposal_open"
    message = N_("Thủ tục này đang có một đề xuất chưa được quyết định.")


class NotAnnounced(Refusal):
    """Params: `code`."""

    code = "catalogue.not_announced"
    message = N_(
        "Thủ tục %(code)s chưa có quyết định công bố được ghi nhận, "
        "nên chưa được đề xuất cung cấp trực tuyến."
    )


class NoWayOfReturn(Refusal):
    """The ways in which the procedure lets its result come back and those of the level have none in common.

    Params: `code`, `basis`.
    """

    code = "catalogue.no_way_of_return"
    message = N_(
        "Ở mức độ này quy chế không có cách trả kết quả nào mà thủ tục %(code)s cho phép (%(basis)s), "
        "nên không đề xuất được."
    )


class AssessorMayNotPropose(Refusal):
    code = "catalogue.assessor_may_not_propose"
    message = N_("Theo quy chế, cơ quan thẩm định chỉ xem xét đề xuất của các cơ quan giải quyết thủ tục.")


class NotOfThisAgency(Refusal):
    code = "catalogue.not_of_this_agency"
    message = N_("Cơ quan này không giải quyết thủ tục và không phải cơ quan chuyên môn cấp tỉnh.")


class ProposalMoved(Technical):
    """Nobody writes over what they have not seen."""

    code = "catalogue.proposal_moved"
    message = N_("Đề xuất đã thay đổi từ khi bạn mở trang. Hãy xem lại trước khi làm tiếp.")


class NotAtThisStage(Refusal):
    code = "catalogue.not_at_this_stage"
    message = N_("Ở giai đoạn này của đề xuất không làm được việc đó.")


class BadDecision(FieldErrors):
    code = "catalogue.bad_decision"


class DecisionKnown(Technical):
    """The same decision is not written down twice. Params: `number`."""

    code = "catalogue.decision_known"
    message = N_("Quyết định số %(number)s ký cùng ngày đã được ghi nhận.")


class LevelTooEarly(Refusal):
    """Params: `code`, `day`."""

    code = "catalogue.level_too_early"
    message = N_(
        "Mức độ trực tuyến mới của thủ tục %(code)s chỉ có hiệu lực được sau %(day)s, "
        "ngày bắt đầu của phiên bản hiện có."
    )


class RoadmapSent(Refusal):
    """Params: `year`."""

    code = "catalogue.roadmap_sent"
    message = N_("Cơ quan đã gửi kết quả rà soát và lộ trình năm %(year)s.")


class BadRoadmap(FieldErrors):
    code = "catalogue.bad_roadmap"


class BadItem(FieldErrors):
    code = "catalogue.bad_item"


class ItemChanged(Technical):
    """Nobody writes over what they have not seen."""

    code = "catalogue.item_changed"
    message = N_("Nội dung đã được người khác sửa từ khi bạn mở trang. Hãy xem lại trước khi lưu.")


class BadForm(FieldErrors):
    """A blank form that cannot be put up as it was entered; the fields say why."""

    code = "catalogue.bad_form"


class FormsChanged(Technical):
    """Another form was put up for the paper since whoever acts looked."""

    code = "catalogue.forms_changed"
    message = N_("Giấy tờ này vừa có mẫu khác được đăng. Hãy xem lại các mẫu đang cho tải rồi chọn lại tệp.")


class TakesNoForm(Refusal):
    """Params: `name`."""

    code = "catalogue.takes_no_form"
    message = N_("“%(name)s” không phải giấy tờ để điền và nộp, nên không đăng mẫu được.")


class UnknownComponent(NotFound):
    code = "catalogue.unknown_component"
    message = N_("Thủ tục không có giấy tờ này.")


class UnknownForm(NotFound):
    code = "catalogue.unknown_form"
    message = N_("Mẫu này không có hoặc đã được gỡ xuống.")


class UnitCannotSettle(Refusal):
    """The unit is of another agency, or of a kind at which nobody settles anything."""

    code = "catalogue.unit_cannot_settle"
    message = N_("Hãy chọn phòng chuyên môn hoặc văn phòng của chính cơ quan này.")


class NotSettledHere(NotFound):
    code = "catalogue.not_settled_here"
    message = N_("Cơ quan này không giải quyết thủ tục đó.")


class NothingToTakeOver(Refusal):
    code = "catalogue.nothing_to_take_over"
    message = N_("Cơ quan được chọn chưa giải quyết thủ tục nào.")


class BadPromise(FieldErrors):
    """A shorter term that cannot be promised as it was entered; the fields say why."""

    code = "catalogue.bad_promise"


class PromisesChanged(Technical):
    """Somebody else made or ended a promise, or the procedure changed, after this preview was drawn."""

    code = "catalogue.promises_changed"
    message = N_(
        "Cam kết hoặc thời hạn của thủ tục này vừa được thay đổi. Cam kết chưa được công bố: hãy xem trước "
        "lại rồi công bố."
    )


class PromiseOver(Refusal):
    code = "catalogue.promise_over"
    message = N_("Cam kết này đã hết hiệu lực.")


class UpgradesNotGoverned(NotFound):
    """The regulation in force does not speak of such requests, so there is no register of them."""

    code = "catalogue.upgrades_not_governed"
    message = N_("Quy chế đang áp dụng ở tỉnh không quy định việc gửi yêu cầu loại này về hệ thống.")


class BadUpgrade(FieldErrors):
    """A request, or a step of it, that cannot be recorded as it was entered; the fields say why."""

    code = "catalogue.bad_upgrade"


class UpgradeKnown(Technical):
    """Two could not be told apart."""

    code = "catalogue.upgrade_known"
    message = N_("Cơ quan đang có một yêu cầu cùng tên chưa được quyết định. Yêu cầu này chưa được gửi.")


class UpgradeMoved(Technical):
    """Nobody writes over what they have not seen."""

    code = "catalogue.upgrade_moved"
    message = N_(
        "Yêu cầu đã thay đổi từ khi bạn mở trang, nên chưa ghi nhận gì. Hãy xem lại trước khi làm tiếp."
    )


class UpgradeNotAtThisStage(Refusal):
    code = "catalogue.upgrade_not_at_this_stage"
    message = N_("Ở giai đoạn này của yêu cầu không làm được việc đó.")


class UpgradeNotApproved(Refusal):
    code = "catalogue.upgrade_not_approved"
    message = N_("Yêu cầu này chưa được Ủy ban nhân dân tỉnh chấp thuận, nên chưa ghi nhận triển khai được.")
