"""Every way in which a verb can be refused. Each has a stable code; nothing was changed."""

from __future__ import annotations

from motcua.accounts.rules import acting, entries
from motcua.kernel.errors import N_, Forbidden, Refusal, Technical


class Stale(Technical):
    """Somebody acted on this dossier after the page was opened: nobody acts on what they have not seen."""

    code = "dossiers.stale"
    message = N_("Hồ sơ vừa được người khác cập nhật. Hãy xem lại nội dung mới rồi thực hiện lại.")


class SupplementSent(Technical):
    """What was asked for was handed in from another page: nothing joins it any more."""

    code = "dossiers.supplement_sent"
    message = N_(
        "Phần bổ sung đã được gửi từ một trang khác, nên nội dung vừa gửi ở đây không vào hồ sơ. "
        "Nếu cơ quan còn cần giấy tờ, bạn sẽ nhận yêu cầu mới; muốn gửi thêm, hãy hỏi bộ phận một cửa."
    )


class SupplementChanged(Technical):
    """Something else lies ready than the page showed: nobody hands in what they have not seen."""

    code = "dossiers.supplement_changed"
    message = N_("Có phần vừa được sửa ở một trang khác và đang hiện dưới đây. Xem lại rồi bấm gửi lần nữa.")


class KeyTaken(Technical):
    """The key of this press belongs to another filing: an old page was sent again with new content."""

    code = "dossiers.key_taken"
    message = N_("Trang này đã được dùng để gửi một hồ sơ khác. Hãy xem lại nội dung rồi gửi lần nữa.")


class NoLongerActing(Forbidden):
    """Whoever saw the dossier, or still sees it, has no right any more to act for whom it was filed."""

    code = "dossiers.no_longer_acting"
    message = N_(
        "Bạn không còn quyền làm việc này thay chủ hồ sơ: ủy quyền đã hết hạn, đã chấm dứt hoặc không gồm "
        "thủ tục này, hay vai trò của bạn trong tổ chức chỉ cho phép xem."
    )


class MandateEnded(NoLongerActing):
    """Either side has ended the mandate of `name` at the moment `at`."""

    code = "dossiers.mandate_ended"
    message = N_(
        "Ủy quyền của %(name)s cho bạn đã chấm dứt lúc %(at)s, nên bạn không làm hồ sơ này thay %(name)s "
        "được nữa. Mọi điều bạn gửi sau lúc đó không vào hồ sơ. Muốn làm tiếp, hãy nhờ %(name)s lập ủy quyền "
        "mới trên Cổng."
    )


class MandateOver(NoLongerActing):
    """The mandate of `name` held for the last time on the day `day`."""

    code = "dossiers.mandate_over"
    message = N_(
        "Ủy quyền của %(name)s cho bạn đã hết hạn sau ngày %(day)s, nên bạn không làm hồ sơ này thay "
        "%(name)s được nữa. Mọi điều bạn gửi sau ngày đó không vào hồ sơ. Muốn làm tiếp, hãy nhờ %(name)s "
        "lập ủy quyền mới trên Cổng."
    )


class NoLongerMember(NoLongerActing):
    """Whoever asks was taken out of the organisation `name` at the moment `at`."""

    code = "dossiers.no_longer_member"
    message = N_(
        "Từ %(at)s, bạn không còn thuộc %(name)s trên Cổng, nên không xem và không làm hồ sơ của tổ chức này "
        "được nữa. Mọi điều bạn gửi sau lúc đó không vào hồ sơ. Nếu cho là nhầm, hãy hỏi người đại diện "
        "theo pháp luật của %(name)s: người đó mời lại được bạn."
    )


class HasLeft(NoLongerMember):
    """Whoever asks has left the organisation `name` themselves, or closed it, at the moment `at`."""

    code = "dossiers.has_left"
    message = N_(
        "Bạn đã tự rời %(name)s trên Cổng lúc %(at)s, nên không xem và không làm hồ sơ của tổ chức này được "
        "nữa. Mọi điều bạn gửi sau lúc đó không vào hồ sơ. Muốn tham gia lại, hãy nhờ người đại diện theo "
        "pháp luật của %(name)s mời bạn."
    )


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


class OrganisationHoldsYou(Technical):
    """An account is not closed while an organisation has no other legal representative, and has other people
    or something open."""

    code = "dossiers.organisation_holds_you"
    message = N_(
        "Bạn là người đại diện duy nhất của %(name)s, mà tổ chức còn người khác hoặc còn hồ sơ đang giải "
        "quyết, nên tài khoản chưa đóng được. Hãy chuyển quyền đại diện cho người khác trước."
    )


class NotEntrusted(Forbidden):
    """Nobody has entrusted this to whoever wants to file."""

    code = "dossiers.not_entrusted"
    message = N_(
        "Bạn không được ủy quyền nộp hồ sơ này. Hãy xem lại thời hạn và các thủ tục của ủy quyền, "
        "hoặc vai trò của bạn trong tổ chức."
    )


class WrongState(Refusal):
    """The verb is not open in this state."""

    code = "dossiers.wrong_state"
    message = N_("Việc này không thực hiện được khi hồ sơ đang ở trạng thái “%(status)s”.")


class NoSuchTask(Refusal):
    code = "dossiers.no_such_task"
    message = N_("Công việc này đã được xử lý hoặc không còn chờ xử lý.")


class WrongTask(Refusal):
    code = "dossiers.wrong_task"
    message = N_("Việc này không thuộc bước “%(step)s” của quy trình.")


class NotYourTask(Refusal):
    code = "dossiers.not_your_task"
    message = N_("Công việc này được giao cho người khác.")


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


class ReasonRequired(Refusal):
    code = "dossiers.reason_required"
    message = N_("Cần ghi rõ lý do.")


class ReceiptGiven(Refusal):
    code = "dossiers.receipt_given"
    message = N_("Hồ sơ đã có giấy tiếp nhận nên không lập thêm. Hãy in giấy đã lập ở trang hồ sơ.")


class WayRequired(Refusal):
    """Who came to the wrong agency is not sent away without being told where to go."""

    code = "dossiers.way_required"
    message = N_("Hồ sơ không thuộc thẩm quyền: hãy ghi rõ cơ quan có thẩm quyền và hướng dẫn nộp ở đó.")


class StopNotRequested(Refusal):
    """Only the applicant can have a dossier stopped: what cannot be settled is refused on the merits."""

    code = "dossiers.stop_not_requested"
    message = N_(
        "Chỉ dừng giải quyết khi người nộp đề nghị và đề nghị đó được ghi lại. Nếu hồ sơ không đủ điều kiện, "
        "hãy đề xuất từ chối giải quyết để lãnh đạo quyết định."
    )


class BadRequestDay(Refusal):
    code = "dossiers.bad_request_day"
    message = N_("Ngày người nộp đề nghị phải từ ngày nộp hồ sơ đến hôm nay.")


class GuidanceRequired(Refusal):
    code = "dossiers.guidance_required"
    message = N_("Cần ghi rõ nội dung, lý do và hướng dẫn đầy đủ để người nộp bổ sung một lần.")


class NotAComponent(Refusal):
    code = "dossiers.not_a_component"
    message = N_("Chỉ được yêu cầu bổ sung giấy tờ thuộc thành phần hồ sơ đã công bố: %(names)s.")


class AlreadyGuided(Refusal):
    """Full guidance is given once; a second request needs its own ground."""

    code = "dossiers.already_guided"
    message = N_("Hồ sơ này đã được hướng dẫn bổ sung một lần. Muốn yêu cầu lần nữa phải ghi rõ căn cứ.")


class AwaitingControl(Refusal):
    """A proposed supplement request waits for whoever controls it; nothing goes on meanwhile."""

    code = "dossiers.awaiting_control"
    message = N_("Đề xuất yêu cầu bổ sung đang chờ người có thẩm quyền kiểm soát.")


class NothingBrought(Refusal):
    code = "dossiers.nothing_brought"
    message = N_("Chưa có giấy tờ hoặc thông tin nào được bổ sung.")


class StillMissing(Refusal):
    code = "dossiers.still_missing"
    message = N_("Còn thiếu nội dung đã được yêu cầu bổ sung: %(names)s.")


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


class FileNotYours(Technical):
    """A paper may only be attached by who sent the file, or if the dossier has it already."""

    code = "dossiers.file_not_yours"
    message = N_("Tệp đính kèm không hợp lệ. Hãy tải tệp lên lại.")


class UnusableText(Technical):
    """A text holds something that cannot be kept, such as a NUL, or is longer than its column."""

    code = "dossiers.unusable_text"
    message = N_("Nội dung có ký tự không lưu được hoặc quá dài. Hãy gõ lại.")


class CapacityRequired(Refusal):
    """Who files for somebody else says in what capacity, and by which paper."""

    code = "dossiers.capacity_required"
    message = N_("Nộp thay người khác thì phải ghi tư cách và giấy tờ chứng minh tư cách đó.")


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


class CapacityNotNamed(Refusal):
    """The regulation names who may file, or take a result, for others, and not these."""

    code = "dossiers.capacity_not_named"
    message = N_("Quy chế đang áp dụng không cho người có tư cách này nộp hồ sơ, nhận kết quả thay.")


class BringerNotEntrusted(Refusal):
    """Who brings it does not hold the right on the portal by which the desk wants to link it."""

    code = "dossiers.bringer_not_entrusted"
    message = N_(
        "Người mang hồ sơ đến không còn ủy quyền hoặc vai trò trên Cổng để nộp hồ sơ này thay chủ hồ sơ. "
        "Hãy tra cứu lại, hoặc ghi giấy tờ chứng minh tư cách."
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


class NotCompetent(Technical):
    """The published catalogue does not name the agency for the procedure; that is no clause."""

    code = "dossiers.not_competent"
    message = N_("Cơ quan đã chọn không giải quyết thủ tục này.")


class OnlyForItsOwn(Refusal):
    """A desk takes in for another agency only where and since the regulation has it so."""

    code = "dossiers.only_for_its_own"
    message = N_("Ở đây chỉ nhận hồ sơ do chính cơ quan mình giải quyết.")


class BadAssignee(Refusal):
    code = "dossiers.bad_assignee"
    message = N_("Chỉ giao được cho cán bộ đang giữ đúng nhiệm vụ đó tại cùng đơn vị.")


class AlreadyTheirs(Refusal):
    code = "dossiers.already_theirs"
    message = N_("Việc này đang do chính người được chọn phụ trách.")


class NothingToUrge(Refusal):
    code = "dossiers.nothing_to_urge"
    message = N_(
        "Không có ai để đôn đốc: hồ sơ đã xong, đang tạm dừng, hoặc chỉ còn việc của bạn hay nơi khác."
    )


class UrgedToday(Refusal):
    """Who is urged several times a day reads none of it."""

    code = "dossiers.urged_today"
    message = N_("Hôm nay đã đôn đốc %(names)s về hồ sơ này. Mỗi người chỉ được đôn đốc một lần trong ngày.")


class NobodysCase(Refusal):
    """A whole case can only be taken from somebody who has it."""

    code = "dossiers.nobodys_case"
    message = N_("Hồ sơ chưa được phân công cho ai nên chưa chuyển được cho người khác.")


class PauseNotAllowed(Refusal):
    """Neither the regulation nor the law it points to lets the clock stand still on this ground."""

    code = "dossiers.pause_not_allowed"
    message = N_("Quy chế áp dụng cho hồ sơ này không cho tạm dừng tính thời hạn vì lý do đã chọn.")


class NoTerm(Refusal):
    code = "dossiers.no_term"
    message = N_("Thủ tục này không có thời hạn giải quyết nên không có ngày hẹn để lùi.")


class AlreadyExtended(Refusal):
    """A new date is set at most as often as the regulation lets."""

    code = "dossiers.already_extended"
    message = N_("Hồ sơ này đã được xin lỗi và hẹn lại ngày trả kết quả; không hẹn lại thêm lần nữa.")


class BadNewDate(Refusal):
    code = "dossiers.bad_new_date"
    message = N_("Ngày hẹn lại phải là ngày làm việc, sau hôm nay và sau ngày đã hẹn.")


class BadConsultTerm(Refusal):
    code = "dossiers.bad_consult_term"
    message = N_("Lấy ý kiến phải kèm thời hạn trả lời hợp lệ.")


class ConsultTermRequired(Refusal):
    """The regulation has opinions asked for with a term."""

    code = "dossiers.consult_term_required"
    message = N_("Lấy ý kiến phải ghi thời hạn trả lời.")


class OpinionAwaited(Refusal):
    """Somebody was asked and may still answer in time."""

    code = "dossiers.opinion_awaited"
    message = N_(
        "%(name)s còn được trả lời ý kiến đến %(due)s. Hãy chờ trả lời, hoặc rút lại câu hỏi và ghi rõ lý do "
        "khi trình."
    )


class OpinionNotChased(Refusal):
    """The term of the question is over, and nobody chased the answer."""

    code = "dossiers.opinion_not_chased"
    message = N_(
        "%(name)s đã quá hạn trả lời ý kiến (%(due)s) mà chưa được nhắc. Hãy nhắc trả lời trước, "
        "hoặc rút lại câu hỏi và ghi rõ lý do khi trình."
    )


class VerificationAwaited(Refusal):
    """A verification was planned; its result is not recorded and it was not called off."""

    code = "dossiers.verification_awaited"
    message = N_(
        "Buổi xác minh đã lên lịch (%(when)s, %(place)s) chưa được ghi kết quả. Hãy ghi kết quả, "
        "hoặc hủy lịch và ghi rõ lý do khi trình."
    )


class BadPartTerm(Refusal):
    code = "dossiers.bad_part_term"
    message = N_("Thời hạn của phần việc phải hợp lệ và không dài hơn thời hạn của bước.")


class PartTermRequired(Refusal):
    """Parts that run side by side have terms; the step has none, so the part must name its own."""

    code = "dossiers.part_term_required"
    message = N_("Giao cơ quan khác cùng giải quyết phải ghi thời hạn của phần việc.")


class NobodyToAsk(Technical):
    """Nobody holds a post there that could take the question: it would wait for no one."""

    code = "dossiers.nobody_to_ask"
    message = N_("Đơn vị được chọn chưa có ai nhận việc cho ý kiến, hoặc chính là đơn vị đang thụ lý.")


class NoOpenQuestion(Refusal):
    code = "dossiers.no_open_question"
    message = N_("Việc này không còn chờ trả lời hoặc chưa từng được đặt ra.")


class VerificationIncomplete(Refusal):
    code = "dossiers.verification_incomplete"
    message = N_("Cần ghi đủ thời gian, địa điểm, thành phần tham gia và nội dung xác minh.")


class TitleRequired(Refusal):
    code = "dossiers.title_required"
    message = N_("Hãy ghi tên tài liệu, không quá %(longest)s ký tự.")


class DocumentFileRequired(Refusal):
    code = "dossiers.document_file_required"
    message = N_("Hãy chọn tệp của tài liệu.")


class TooManyDocuments(Technical):
    """More would make a dossier that nobody reads; the bound is the operator's."""

    code = "dossiers.too_many_documents"
    message = N_(
        "Hồ sơ đã có %(most)s tài liệu khác, là mức nhiều nhất, nên tài liệu này chưa được thêm. Hãy hỏi "
        "người quản trị hệ thống nếu hồ sơ cần nhiều hơn."
    )


class VerificationFileRequired(Refusal):
    code = "dossiers.verification_file_required"
    message = N_("Cần đính kèm biên bản hoặc hồ sơ xác minh.")


class BadVerificationTime(Refusal):
    """A plan lies ahead, a record behind."""

    code = "dossiers.bad_verification_time"
    message = N_("Lịch xác minh phải ở thời điểm sắp tới; kết quả xác minh phải ở thời điểm đã qua.")


class NotElsewhere(Refusal):
    code = "dossiers.not_elsewhere"
    message = N_("Cần chọn một cơ quan khác có thẩm quyền; không chuyển lại cho cơ quan đã chuyển hồ sơ đi.")


class NotCorrectable(Refusal):
    code = "dossiers.not_correctable"
    message = N_("Nội dung này không được đính chính.")


class FiledAnew(Refusal):
    """Whoever was declined by mistake did not wait for it to be put right."""

    code = "dossiers.filed_anew"
    message = N_(
        "Người nộp đã nộp lại thủ tục này: hồ sơ %(reference)s. Hãy giải quyết hồ sơ nộp lại; việc từ chối "
        "hồ sơ trước không thu hồi nữa."
    )


class BadPersonalId(Refusal):
    code = "dossiers.bad_personal_id"
    message = entries.BAD_PERSONAL_ID


class BadBirthday(Refusal):
    code = "dossiers.bad_birthday"
    message = entries.BAD_BIRTH


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


class ProposalFirst(Refusal):
    code = "dossiers.proposal_first"
    message = N_("Hồ sơ phải có đề xuất của người thụ lý trước khi quyết định.")


class ProposalDiffers(Refusal):
    """A decision follows the proposal; who disagrees sends the dossier back."""

    code = "dossiers.proposal_differs"
    message = N_(
        "Quyết định khác với đề xuất của người thụ lý. Nếu không đồng ý, hãy trả lại hồ sơ để đề xuất lại."
    )


class OwnProposal(Refusal):
    """Who proposed does not decide in the leader's place: a decision takes two pairs of eyes."""

    code = "dossiers.own_proposal"
    message = N_("Người đã đề xuất không quyết định thay người vắng mặt trên chính hồ sơ đó.")


class DecisionFirst(Refusal):
    code = "dossiers.decision_first"
    message = N_("Hồ sơ phải được phê duyệt hoặc từ chối trước khi ban hành kết quả.")


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


class BadHanding(Refusal):
    code = "dossiers.bad_handing"
    message = N_("Cần ghi người nhận và chứng cứ giao nhận phù hợp với cách trả kết quả.")


class TakerRequired(Refusal):
    """Somebody else than the applicant, or than who filed for them, takes the result at the desk."""

    code = "dossiers.taker_required"
    message = N_(
        "Người nhận không phải chủ hồ sơ, cũng không phải người đã nộp thay. "
        "Hãy xem giấy tờ tùy thân của người nhận rồi ghi loại và số giấy tờ."
    )


class TakerNotEntrusted(Refusal):
    """Who takes a result for somebody else says in what capacity, and by which paper."""

    code = "dossiers.taker_not_entrusted"
    message = N_("Nhận kết quả thay người khác thì phải ghi tư cách và giấy tờ chứng minh tư cách đó.")


class NoElectronicResult(Refusal):
    code = "dossiers.no_electronic_result"
    message = N_("Kết quả chưa có bản điện tử nên không trả trực tuyến được. Hãy chọn cách trả khác.")


class WayNotOffered(Refusal):
    """The regulation does not have this way of return for this level of service."""

    code = "dossiers.way_not_offered"
    message = N_("Quy chế không có cách nhận kết quả này cho mức độ dịch vụ của thủ tục.")


class WayNotAgreed(Refusal):
    """The regulation has the form of the return agreed with the applicant, who has chosen another one."""

    code = "dossiers.way_not_agreed"
    message = N_(
        "Kết quả được trả theo cách đã thống nhất với người nộp. Nếu người nộp nay muốn nhận cách khác, "
        "hãy đính chính cách nhận kết quả trước."
    )


class NotAskedYet(Refusal):
    """Nothing was asked of the applicant that could have failed to come."""

    code = "dossiers.not_asked_yet"
    message = N_("Hồ sơ chưa được yêu cầu bổ sung lần nào, nên không từ chối vì không bổ sung được.")


class TooEarlyToGiveUp(Refusal):
    """The applicant was asked or told just now, and may still come."""

    code = "dossiers.too_early_to_give_up"
    message = N_("Người nộp vừa được báo và còn thời gian đến %(until)s. Hãy chờ đến lúc đó.")


class NoVisitRemote(Refusal):
    """The result goes online or by post, and the regulation has nobody come then: no ground opens it."""

    code = "dossiers.no_visit_remote"
    message = N_(
        "Kết quả của hồ sơ trực tuyến này được trả trực tuyến hoặc qua bưu chính: theo quy chế, "
        "không mời người nộp đến."
    )


class TooManyVisits(Refusal):
    """After an accepted online filing only so many visits may be asked; one more needs its own ground."""

    code = "dossiers.too_many_visits"
    message = N_(
        "Theo quy chế, người nộp trực tuyến không phải đến thêm lần nào nữa. Muốn mời phải ghi rõ lý do."
    )


class VisitInThePast(Refusal):
    code = "dossiers.visit_in_the_past"
    message = N_("Giờ hẹn phải sau thời điểm hiện tại.")


class PapersNotCompared(Refusal):
    code = "dossiers.papers_not_compared"
    message = N_("Cần ghi nhận đã đối chiếu giấy tờ nộp trực tuyến với bản chính khi trả kết quả.")


class FormNotSigned(Refusal):
    code = "dossiers.form_not_signed"
    message = N_("Cần ghi nhận người nộp đã ký mẫu đơn, tờ khai khai trực tuyến khi trả kết quả.")


class TooLate(Refusal):
    code = "dossiers.too_late"
    message = N_("Hồ sơ đã có quyết định giải quyết nên không rút hoặc dừng được nữa.")


class PaperNumberRequired(Refusal):
    code = "dossiers.number_required"
    message = N_("Cần ghi số, ký hiệu và tên của kết quả.")


class BeforeLastEvent(Refusal):
    """An act may not be dated before what already happened."""

    code = "dossiers.before_last_event"
    message = N_("Thời điểm thực hiện sớm hơn việc gần nhất đã ghi nhận của hồ sơ.")


class OutsideWindow(Refusal):
    """What is entered afterwards must have happened while the system was down."""

    code = "dossiers.outside_window"
    message = N_("Thời điểm đã làm không nằm trong lúc có sự cố đã ghi nhận.")


class OutsidePlace(Refusal):
    """What is entered afterwards must have happened where the system was down."""

    code = "dossiers.outside_place"
    message = N_("Sự cố này không xảy ra ở cơ quan hoặc bộ phận một cửa của hồ sơ.")


class EnteredTooLate(Refusal):
    """The paper log is entered soon after the outage; later the past is closed."""

    code = "dossiers.entered_too_late"
    message = N_("Đã quá %(days)s ngày kể từ khi sự cố được khắc phục: không nhập bổ sung được nữa.")


class PageRequired(Refusal):
    code = "dossiers.page_required"
    message = N_("Cần ghi trang của sổ giấy đã ghi việc này.")


class PeriodNotUsable(Technical):
    """A register is kept by the year."""

    code = "dossiers.period_not_usable"
    message = N_("Cần chọn từ ngày đến ngày trong cùng một năm.")


class TooManyLines(Technical):
    """A register is printed in one request only as far as a request can bear."""

    code = "dossiers.too_many_lines"
    message = N_("Khoảng thời gian này có nhiều hơn %(limit)s hồ sơ. Hãy chọn khoảng ngắn hơn.")


class NameTaken(Technical):
    """A comfort of the desk: two filters of one name could not be told apart."""

    code = "dossiers.kept_list_name_taken"
    message = N_("Bạn đã có bộ lọc mang tên này.")


class TooManyKept(Technical):
    """A comfort of the desk, kept within what a page can show."""

    code = "dossiers.too_many_kept_lists"
    message = N_("Mỗi người giữ được nhiều nhất %(most)s bộ lọc. Hãy bỏ bớt bộ lọc không còn dùng.")


class NoSlipYet(Technical):
    """Something was to be looked at before it is issued, and nothing would be issued."""

    code = "dossiers.no_slip_yet"
    message = N_(
        "Việc này không phát hành phiếu ngay nên chưa có gì để xem trước. Yêu cầu bổ sung phải được đồng ý "
        "trước khi gửi; giấy tiếp nhận có thể không cần khi thủ tục trả kết quả trong ngày."
    )


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


class EmptyNote(Technical):
    """A note inside the office that says nothing."""

    code = "dossiers.empty_note"
    message = N_("Hãy viết nội dung ghi chú, nhiều nhất 2.000 ký tự.")


class BadReasonTemplate(Refusal):
    code = "dossiers.bad_reason_template"
    message = N_("Mẫu lý do cần có tên (nhiều nhất %(title)s ký tự) và nội dung (nhiều nhất %(text)s ký tự).")


class ReasonTemplateTaken(Refusal):
    code = "dossiers.reason_template_taken"
    message = N_("Đã có mẫu lý do mang tên này cho cùng việc.")


class TooManyReasonTemplates(Refusal):
    """More than can be looked through is of no use to whoever has to choose."""

    code = "dossiers.too_many_reason_templates"
    message = N_("Mỗi việc có nhiều nhất %(most)s mẫu lý do. Hãy bỏ bớt mẫu không còn dùng.")


class ReasonTemplateChanged(Refusal):
    code = "dossiers.reason_template_changed"
    message = N_("Mẫu lý do này vừa được người khác sửa hoặc bỏ. Hãy mở lại rồi sửa.")


class NoSuchDossier(Technical):
    """No dossier bears the code that was typed."""

    code = "dossiers.no_such_dossier"
    message = N_("Không có hồ sơ nào mang mã này. Hãy xem lại từng chữ số trên giấy hẹn.")


class AlreadyInAccount(Refusal):
    """The dossier is in an account, of the one who asks or of somebody else."""

    code = "dossiers.already_in_account"
    message = N_("Hồ sơ này đã ở trong một tài khoản.")


class AlreadyYours(AlreadyInAccount):
    code = "dossiers.already_yours"
    message = N_("Hồ sơ này đã ở trong tài khoản của bạn.")


class NotTheApplicant(Refusal):
    """Number or name of the account are not those of the applicant."""

    code = "dossiers.not_the_applicant"
    message = N_(
        "Số định danh hoặc họ tên của tài khoản khác với chủ hồ sơ, nên hồ sơ không được đưa vào tài khoản. "
        "Nếu đúng là hồ sơ của bạn, hãy mang thẻ căn cước đến bộ phận một cửa."
    )


class IdentityNotChecked(Forbidden):
    """Nobody has compared the account with its owner's card: it only claims a number."""

    code = "dossiers.identity_not_checked"
    message = N_(
        "Tài khoản này chưa được đối chiếu với thẻ căn cước tại bộ phận một cửa. Hãy thêm hồ sơ bằng mã trên "
        "giấy hẹn."
    )


class ApplicantsLeft(Refusal):
    """The agency would end before their dossiers are settled. Params: `count`."""

    code = "dossiers.applicants_left"
    message = N_(
        "Còn %(count)s hồ sơ chưa xong nên phải có cơ quan kế thừa: người nộp cần biết hỏi ai sau ngày này."
    )


class CommuneWithoutSuccessor(Refusal):
    """Its inhabitants would be left without this agency of their commune."""

    code = "dossiers.commune_without_successor"
    message = N_("Người dân ở đây sẽ không còn cơ quan cấp xã này. Hãy chọn cơ quan kế thừa.")


class ProceduresLeft(Refusal):
    """Nobody would settle them. Params: `count`, `codes`."""

    code = "dossiers.procedures_left"
    message = N_(
        "%(count)s thủ tục sẽ không còn ai giải quyết: %(codes)s. "
        "Hãy giao các thủ tục đó cho cơ quan kế thừa trước."
    )


class WorkLeft(Refusal):
    """Open tasks of the unit would be nobody's. Params: `count`."""

    code = "dossiers.work_left"
    message = N_("Đơn vị còn %(count)s việc đang làm. Hãy làm xong hoặc chuyển cho đơn vị khác trước.")


class UnitSettles(Refusal):
    """Params: `count`."""

    code = "dossiers.unit_settles"
    message = N_("Đơn vị đang được giao %(count)s thủ tục. Hãy giao các thủ tục đó cho đơn vị khác trước.")
