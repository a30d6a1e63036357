"""What the agency tree refuses."""

from __future__ import annotations

from motcua.accounts.errors import FieldErrors
from motcua.kernel.errors import N_, Forbidden, NotFound, Refusal, Technical


class UnknownAgency(NotFound):
    code = "agencies.unknown_agency"
    message = N_("Không tìm thấy cơ quan này.")


class UnknownUnit(NotFound):
    code = "agencies.unknown_unit"
    message = N_("Không tìm thấy đơn vị này.")


class IssuedElsewhere(Forbidden):
    """Accounts of officers are made by the body that the regulation names. Params: `issuer`."""

    code = "agencies.issued_elsewhere"
    message = N_(
        "Tài khoản cán bộ do %(issuer)s tạo. Hãy gửi họ tên, đơn vị và vị trí của người cần tài khoản cho "
        "cơ quan này; có tài khoản rồi thì bạn giao vị trí bằng tên đăng nhập."
    )


class PositionOverlaps(Technical):
    """One post twice at once would be counted twice."""

    code = "agencies.position_overlaps"
    message = N_("Tài khoản này đã giữ vị trí đó trong khoảng thời gian trùng nhau.")


class UnreadableFile(Technical):
    """The import file as a whole cannot be read: no row was looked at."""

    code = "agencies.unreadable_file"
    message = N_("Không đọc được tệp %(file)s: %(reason)s")


class AbsenceUnexplained(Refusal):
    code = "agencies.absence_unexplained"
    message = N_("Hãy ghi lý do vắng mặt.")


class AbsenceEndsFirst(Refusal):
    code = "agencies.absence_ends_first"
    message = N_("Ngày cuối vắng mặt không được trước ngày đầu.")


class AbsenceIsOver(Refusal):
    code = "agencies.absence_is_over"
    message = N_("Thời gian vắng mặt này đã qua. Hãy chọn ngày cuối từ hôm nay trở đi.")


class AbsenceTooLong(Technical):
    """The limit is ours. Params: `most`, the days that one record may span."""

    code = "agencies.absence_too_long"
    message = N_("Mỗi lần ghi nhận vắng mặt dài nhất %(most)s ngày. Hãy chọn ngày cuối sớm hơn.")


class SubstituteIsAbsent(Refusal):
    code = "agencies.substitute_is_absent"
    message = N_("Người vắng mặt không tự thay mình được. Hãy chọn người khác.")


class SubstituteUnknown(Refusal):
    code = "agencies.substitute_unknown"
    message = N_("Người thay phải là cán bộ khác đang làm việc tại cùng cơ quan.")


class SubstituteDoesNotLead(Refusal):
    """A leader's power to decide and sign passes to a leader, or to a head whom the leader authorised."""

    code = "agencies.substitute_does_not_lead"
    message = N_(
        "Thay lãnh đạo phê duyệt phải là lãnh đạo khác của cơ quan, hoặc người phụ trách một đơn vị được "
        "lãnh đạo ủy quyền bằng văn bản (khi đó phải ghi văn bản ủy quyền). Hãy chọn người khác."
    )


class AuthorityUnnumbered(Refusal):
    """A paper in writing has a number."""

    code = "agencies.authority_unnumbered"
    message = N_("Hãy ghi số của văn bản ủy quyền, ví dụ 05/GUQ-UBND.")


class AuthorityUndated(Refusal):
    """A paper that is there has a day, today or before."""

    code = "agencies.authority_undated"
    message = N_("Hãy ghi ngày của văn bản ủy quyền: hôm nay hoặc trước đó.")


class SubstituteOfAnotherUnit(Refusal):
    """A head's work is done by who leads or heads, or by somebody of the same unit."""

    code = "agencies.substitute_of_another_unit"
    message = N_(
        "Thay người phụ trách đơn vị phải là lãnh đạo, người phụ trách một đơn vị của cơ quan hoặc cán bộ "
        "của chính đơn vị đó. Hãy chọn người khác."
    )


class OwnSubstitute(Refusal):
    """Who records that a superior is away cannot be the one who then decides in their place."""

    code = "agencies.own_substitute"
    message = N_("Không ai tự ghi mình thay người mà mình không phụ trách mọi vị trí. Hãy nhờ lãnh đạo ghi.")


class AbsenceOverlaps(Technical):
    """Of two records of the same days nobody could say which holds."""

    code = "agencies.absence_overlaps"
    message = N_("Đã ghi nhận một lần vắng mặt của người này trùng thời gian.")


class SubstituteAway(Refusal):
    """Nobody stands in for a colleague while away: the work would lie with nobody."""

    code = "agencies.substitute_away"
    message = N_("%(name)s cũng vắng mặt %(days)s nên không thay được. Hãy chọn người khác.")


class StandsInForOthers(Refusal):
    """Who is to be recorded as away stands in for others on these days; it can be recorded knowingly."""

    code = "agencies.stands_in_for_others"
    message = N_(
        "Trong thời gian này %(name)s đang thay %(whom)s, chưa ghi nhận vắng mặt. "
        "Hãy ghi người thay khác cho họ trước, hoặc xác nhận rằng bạn đã biết."
    )


class OwnPost(Refusal):
    """Nobody gives themselves a post, or the power over it would have no second pair of eyes."""

    code = "agencies.own_post"
    message = N_("Không ai tự giao hoặc tự kết thúc vị trí của chính mình. Hãy nhờ một quản trị viên khác.")


class PostIsOver(Refusal):
    code = "agencies.post_is_over"
    message = N_(
        "Vị trí này đã kết thúc nên không ghi lại ngày kết thúc và không thu hồi được nữa. "
        "Nếu người này làm tiếp, hãy giao vị trí mới."
    )


class PostEndsEarlier(Refusal):
    """An end only comes nearer; a day more is given like a post. Params: `day`, the last one now."""

    code = "agencies.post_ends_earlier"
    message = N_(
        "Vị trí này đã ghi kết thúc sau %(day)s, nên không lùi ngày kết thúc được. "
        "Nếu người này làm tiếp, hãy giao vị trí từ ngày hôm sau."
    )


class RoleNotOfUnit(Refusal):
    code = "agencies.role_not_of_unit"
    message = N_("Vai trò này không thuộc loại đơn vị đã chọn.")


class EndsBeforeItStarts(Refusal):
    code = "agencies.ends_before_it_starts"
    message = N_("Ngày kết thúc không được trước ngày bắt đầu.")


class EndsInThePast(Refusal):
    """Nobody ends what has worked until now; a day that is over comes with an imported file."""

    code = "agencies.ends_in_the_past"
    message = N_("Ngày hoạt động cuối cùng phải từ hôm nay trở đi. Ngày đã qua chỉ ghi được bằng tệp nhập.")


class HasEnded(Refusal):
    code = "agencies.has_ended"
    message = N_("Ngày hoạt động cuối cùng đã qua nên không sửa được nữa.")


class BadSuccessor(Refusal):
    """Params: `name`, `day`."""

    code = "agencies.bad_successor"
    message = N_("%(name)s không hoạt động từ %(day)s, hoặc thuộc tỉnh khác, nên không kế thừa được.")


class AgenciesBelow(Refusal):
    """They would be left without an agency above them. Params: `names`."""

    code = "agencies.agencies_below"
    message = N_(
        "Còn cơ quan cấp dưới hoạt động sau ngày này: %(names)s. "
        "Hãy kết thúc hoặc chuyển các cơ quan đó trước."
    )


class OnlyUnitOfItsKind(Refusal):
    code = "agencies.only_unit_of_its_kind"
    message = N_("Mỗi cơ quan cần một đơn vị loại này để hồ sơ đi hết các bước. Hãy thêm đơn vị khác trước.")


class PostsLeft(Refusal):
    """Params: `names`."""

    code = "agencies.posts_left"
    message = N_(
        "Còn người giữ vị trí ở đơn vị này sau ngày đó: %(names)s. Hãy kết thúc vị trí của họ trước."
    )


class UnitEnds(Refusal):
    """Params: `day`."""

    code = "agencies.unit_ends"
    message = N_("Đơn vị này kết thúc vào %(day)s, nên không giao vị trí hay thủ tục ở đó được nữa.")


class BadAgency(Refusal):
    """`params["reason"]` says which entry cannot be taken, `params["column"]` what an import calls it."""

    code = "agencies.bad_agency"
    message = N_("Chưa ghi được cơ quan: %(reason)s.")


class AgencyExists(Technical):
    """`params["name"]` is that of the agency that is there already. Two could not be told apart."""

    code = "agencies.agency_exists"
    message = N_(
        "Tỉnh này đã có cơ quan “%(name)s”. Hãy tìm cơ quan đó trong danh sách; nếu là cơ quan khác, "
        "hãy ghi tên khác đi."
    )


class BadCode(Refusal):
    code = "agencies.bad_code"
    message = N_("Mã định danh có dạng H15.15 hoặc H15.33.12.")


class CodeTaken(Technical):
    """Two could not be told apart. Params: `name` of the agency that has it."""

    code = "agencies.code_taken"
    message = N_("Mã này đã thuộc %(name)s.")


class CodeBorne(Refusal):
    """What was printed on receipts stays true."""

    code = "agencies.code_borne"
    message = N_("Đã có hồ sơ mang mã của cơ quan này nên không đổi mã được nữa.")


class ParentBelow(Refusal):
    code = "agencies.parent_below"
    message = N_("Cơ quan được chọn là chính cơ quan này hoặc ở dưới nó, nên không làm cấp trên được.")


class TreeTooDeep(Refusal):
    code = "agencies.tree_too_deep"
    message = N_("Đặt như vậy thì cây cơ quan sâu hơn số cấp hành chính. Hãy chọn cơ quan cấp trên khác.")


class UnitExists(Technical):
    """Two could not be told apart."""

    code = "agencies.unit_exists"
    message = N_("Cơ quan này đã có đơn vị cùng tên, hoặc đã có một đơn vị loại này.")


class ClosureWithoutReason(Refusal):
    code = "agencies.closure_without_reason"
    message = N_("Hãy ghi lý do nghỉ. Người dân sẽ đọc được lý do này.")


class ClosureWithoutSource(Refusal):
    code = "agencies.closure_without_source"
    message = N_("Hãy ghi văn bản quyết định cho nghỉ: số, ký hiệu và ngày.")


class ClosureReasonTooLong(Technical):
    """The limit is ours. Params: `most` characters."""

    code = "agencies.closure_reason_too_long"
    message = N_("Lý do nghỉ dài quá %(most)s ký tự. Hãy viết ngắn lại.")


class ClosureSourceTooLong(Technical):
    """The limit is ours. Params: `most` characters."""

    code = "agencies.closure_source_too_long"
    message = N_("Văn bản quyết định cho nghỉ dài quá %(most)s ký tự. Hãy viết ngắn lại.")


class ClosureEndsBeforeItBegins(Refusal):
    code = "agencies.closure_ends_before_it_begins"
    message = N_("Thời gian nghỉ phải kết thúc sau khi bắt đầu.")


class ClosureTooLong(Technical):
    """The limit is ours. Params: `days`, the most that one closure lasts."""

    code = "agencies.closure_too_long"
    message = N_(
        "Một lần thông báo nghỉ không dài quá %(days)s ngày. Hãy chọn ngày kết thúc sớm hơn; nếu cơ quan "
        "nghỉ lâu hơn, hãy thông báo tiếp một lần nữa cho những ngày sau đó."
    )


class ClosureInThePast(Refusal):
    """What has been promised and measured until now stays as it was: nobody closes an agency backwards."""

    code = "agencies.closure_in_the_past"
    message = N_("Thời gian nghỉ đã qua. Chỉ thông báo nghỉ cho thời gian sắp tới.")


class ClosureTooFarAhead(Technical):
    """The limit is ours."""

    code = "agencies.closure_too_far_ahead"
    message = N_("Thời gian nghỉ còn xa quá một năm. Chỉ thông báo nghỉ bắt đầu trong vòng một năm tới.")


class ClosesNothing(Refusal):
    code = "agencies.closes_nothing"
    message = N_("Cơ quan vốn không làm việc trong khoảng thời gian này, nên không cần thông báo nghỉ.")


class ClosureOverlaps(Technical):
    """Of two closures of the same hours nobody could say which holds."""

    code = "agencies.closure_overlaps"
    message = N_("Cơ quan đã có thông báo nghỉ trùng thời gian này.")


class ClosuresChanged(Technical):
    """Somebody else announced or withdrew a closure after this preview was drawn."""

    code = "agencies.closures_changed"
    message = N_(
        "Vừa có người khác thay đổi lịch nghỉ của cơ quan. Hãy xem lại danh sách dưới đây rồi lưu lại."
    )


class ClosureHasBegun(Refusal):
    code = "agencies.closure_has_begun"
    message = N_("Thời gian nghỉ đã bắt đầu hoặc thông báo đã được hủy, nên không hủy được nữa.")


class NoHours(Refusal):
    code = "agencies.no_hours"
    message = N_("Hãy ghi giờ làm việc của ít nhất một ngày trong tuần.")


class HoursWithoutSource(Refusal):
    code = "agencies.hours_without_source"
    message = N_("Hãy ghi văn bản quyết định giờ làm việc: số, ký hiệu và ngày.")


class HoursSourceTooLong(Technical):
    """The limit is ours. Params: `most` characters."""

    code = "agencies.hours_source_too_long"
    message = N_("Văn bản quyết định giờ làm việc dài quá %(most)s ký tự. Hãy viết ngắn lại.")


class HoursTooEarly(Refusal):
    """What was promised and measured until today stays as it was counted."""

    code = "agencies.hours_too_early"
    message = N_("Giờ làm việc mới áp dụng sớm nhất từ ngày mai, muộn nhất trong vòng một năm.")


class HoursAhead(Refusal):
    """Versions follow each other; one is not put before another that was published. Params: `day`."""

    code = "agencies.hours_ahead"
    message = N_(
        "Cơ quan đã công bố giờ làm việc áp dụng từ %(day)s. Hãy chọn một ngày sau ngày đó, hoặc hủy "
        "lần công bố đó trước."
    )


class HoursHaveBegun(Refusal):
    code = "agencies.hours_have_begun"
    message = N_(
        "Giờ làm việc này đã áp dụng nên không hủy được nữa. Hãy công bố giờ mới từ một ngày sắp tới."
    )


class NotTheNewestHours(Refusal):
    code = "agencies.not_the_newest_hours"
    message = N_("Sau lần này còn một lần công bố khác. Hãy hủy lần sau cùng trước.")


class BadContact(FieldErrors):
    """A contact that nobody could reach, or without a name; the fields say what."""

    code = "agencies.bad_contact"


class BadReach(FieldErrors):
    """A number or a mailbox of an agency that nobody could use; the fields say what."""

    code = "agencies.bad_reach"


class TooManyContacts(Technical):
    """The limit is ours. Params: `most`."""

    code = "agencies.too_many_contacts"
    message = N_("Mỗi cơ quan công khai nhiều nhất %(most)s liên hệ.")
