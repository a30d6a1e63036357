"""Words that only the desk needs. Vietnamese is the message id of the translations."""

from __future__ import annotations

from motcua.agencies.enums import AgencyKind, Role, StaffState, UnitKind
from motcua.dossiers.enums import Status
from motcua.kernel.errors import N_

HANDING: dict[str, str] = {
    "counter": N_("Trực tiếp tại bộ phận một cửa"),
    "online": N_("Trực tuyến: người nộp tải bản điện tử"),
    "postal": N_("Qua dịch vụ bưu chính"),
}
DELIVERY: dict[str, str] = {
    "counter": N_("Nhận tại quầy"),
    "postal": N_("Nhận qua bưu chính"),
    "online": N_("Nhận bản điện tử"),
}
STATUS_TONE: dict[Status, str] = {
    Status.AWAITING_SUPPLEMENT: "wait",
    Status.AWAITING_PAYMENT: "wait",
    Status.READY: "good",
    Status.RESULT_ISSUED: "good",
    Status.RETURNED: "good",
    Status.CLOSED: "good",
    Status.DECLINED: "bad",
    Status.WITHDRAWN: "bad",
    Status.STOPPED: "bad",
}
ROLE: dict[Role, str] = {
    Role.RECEIVER: N_("Tiếp nhận và trả kết quả"),
    Role.DESK_HEAD: N_("Trưởng bộ phận một cửa"),
    Role.UNIT_HEAD: N_("Phụ trách đơn vị"),
    Role.CASE_OFFICER: N_("Thụ lý"),
    Role.APPROVER: N_("Lãnh đạo phê duyệt"),
    Role.CLERK: N_("Văn thư"),
    Role.ADMIN: N_("Quản trị"),
    Role.POSTAL_STAFF: N_("Nhân viên bưu chính, doanh nghiệp được thuê"),
}
SLIP: dict[str, str] = {
    "intake_receipt": N_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "supplement_request": N_("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    "apology": N_("Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
    "decline": N_("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    "stop_notice": N_("Thông báo dừng giải quyết hồ sơ"),
}
# Fields that may be put right, as they are called in the history and on the form.
CORRECTED: dict[str, str] = {
    "name": N_("Họ và tên"),
    "personal_id": N_("Số định danh cá nhân"),
    "date_of_birth": N_("Ngày sinh"),
    "passport": N_("Số hộ chiếu, giấy tờ đi lại"),
    "nationality": N_("Công dân nước"),
    "organisation_number": N_("Mã số thuế hoặc số quyết định thành lập"),
    "phone": N_("Điện thoại"),
    "email": N_("Thư điện tử"),
    "address": N_("Địa chỉ"),
    "submitter_name": N_("Người nộp thay"),
    "how": N_("Cách nhận kết quả"),
    "delivery_address": N_("Địa chỉ nhận kết quả"),
    "number": N_("Số, ký hiệu"),
    "result_name": N_("Tên kết quả"),
    "received_by": N_("Người nhận"),
    "postal_number": N_("Số vận đơn bưu chính"),
    "proof": N_("Chứng cứ giao nhận"),
}
APOLOGY_LATE = N_(
    "Phiếu lập muộn hơn quy định (trước ngày hết hạn ít nhất một ngày làm việc): hồ sơ vẫn tính là trễ hạn."
)
APOLOGY_UNASKED = N_("Phiếu không dời ngày hẹn trước đó: quá ngày ấy, hồ sơ vẫn tính là trễ hạn.")
UNDONE: dict[str, str] = {
    "withdrawn": N_("Ghi nhầm là đã rút hồ sơ"),
    "stopped": N_("Ghi nhầm là đã dừng giải quyết"),
}
NOT_SEEN_YET = N_("Chờ bộ phận một cửa báo người nộp")
SEEN_BY: dict[bool, str] = {
    False: N_("Chỉ cán bộ giải quyết hồ sơ xem"),
    True: N_("Người nộp cũng xem được"),
}
DETAIL: dict[str, str] = {
    "code": N_("Mã hồ sơ: %(value)s"),
    "competent": N_("Cơ quan có thẩm quyền: %(value)s"),
    "guidance": N_("Hướng dẫn: %(value)s"),
    "seen": N_("Giấy tờ đã xem: %(value)s"),
    "left_account": N_("Hồ sơ thôi gắn với tài khoản trên Cổng theo số cũ; chủ tài khoản đó được báo."),
    "requested_on": N_("Người nộp đề nghị ngày: %(value)s"),
    "request": N_("Đề nghị: %(value)s"),
    "officer_name": N_("Người thụ lý: %(value)s"),
    "was_due_at": N_("Ngày đã hẹn: %(value)s"),
    "due_at": N_("Ngày hẹn lại: %(value)s"),
    "to_name": N_("Hỏi: %(value)s"),
    "taken_back": N_("Rút lại câu hỏi, lý do: %(value)s"),
    "called_off": N_("Hủy lịch xác minh, lý do: %(value)s"),
    "unanswered": N_("Không trả lời ý kiến (không coi là đồng ý): %(value)s"),
    "entrusted_to": N_("Giao cho: %(value)s"),
    "answer_due": N_("Hạn trả lời: %(value)s"),
    "planned_for": N_("Thời gian: %(value)s"),
    "was_for": N_("Lịch cũ: %(value)s"),
    "was_at": N_("Địa điểm cũ: %(value)s"),
    "moved_for": N_("Thời gian mới: %(value)s"),
    "moved_place": N_("Địa điểm mới: %(value)s"),
    "held_at": N_("Thời gian: %(value)s"),
    "place": N_("Địa điểm: %(value)s"),
    "participants": N_("Thành phần: %(value)s"),
    "agency_name": N_("Chuyển đến: %(value)s"),
    "brought": N_("Đã nhận: %(value)s"),
    "missed_letter": N_("Quá hạn mà không có phiếu xin lỗi; hạn gửi phiếu là %(value)s"),
    "moot_letter": N_(
        "Phiếu xin lỗi gửi lúc %(value)s không phải gửi: kết quả đã có trên giấy, đúng hạn. "
        "Phiếu ấy không tính là gửi chậm."
    ),
    "forward_by": N_("Chuyển chậm; hạn chuyển là %(value)s"),
    "unanswered_by": N_("Kết thúc khi chưa được trả lời; hạn trả lời là %(value)s"),
    "unforwarded_by": N_("Kết thúc khi chưa được chuyển; hạn chuyển là %(value)s"),
    "task_name": N_("Bước: %(value)s"),
    "number": N_("Số: %(value)s"),
    "received_by": N_("Người nhận: %(value)s"),
    "postal_number": N_("Số vận đơn bưu chính: %(value)s"),
    "proof": N_("Chứng cứ giao nhận: %(value)s"),
    "taker_capacity": N_("Nhận thay với tư cách: %(value)s"),
    "taker_authority": N_("Giấy tờ chứng minh tư cách: %(value)s"),
    "taker_paper": N_("Giấy tờ tùy thân của người nhận: %(value)s"),
    "visit": N_("Hẹn lúc: %(value)s"),
    "purpose": N_("Nội dung: %(value)s"),
    "ground_of_visit": N_("Lý do mời thêm: %(value)s"),
    "papers_compared": N_("Đã đối chiếu giấy tờ với bản chính"),
    "form_signed": N_("Người nộp đã ký mẫu đơn, tờ khai"),
}
UNIT_KIND: dict[UnitKind, str] = {
    UnitKind.DESK: N_("Bộ phận một cửa"),
    UnitKind.DIVISION: N_("Phòng chuyên môn"),
    UnitKind.LEADERSHIP: N_("Lãnh đạo"),
    UnitKind.OFFICE: N_("Văn phòng, văn thư"),
}
STAFF_STATE: dict[StaffState, str] = {
    StaffState.ACTIVE: N_("đang hoạt động"),
    StaffState.BLOCKED: N_("đã khóa"),
    StaffState.WITHOUT_POST: N_("chưa có vị trí công tác"),
}

AGENCY_KIND: dict[AgencyKind, str] = {
    AgencyKind.COMMUNE_COMMITTEE: N_("Ủy ban nhân dân cấp xã"),
    AgencyKind.DEPARTMENT: N_("Sở, ban, ngành"),
    AgencyKind.PROVINCE_COMMITTEE: N_("Ủy ban nhân dân cấp tỉnh"),
    AgencyKind.ONE_STOP_CENTRE: N_("Trung tâm Phục vụ hành chính công"),
    AgencyKind.MANAGEMENT_BOARD: N_("Ban quản lý"),
    AgencyKind.VERTICAL_AGENCY: N_("Cơ quan ngành dọc"),
    AgencyKind.PUBLIC_SERVICE_UNIT: N_("Đơn vị sự nghiệp công lập"),
    AgencyKind.ASSOCIATION: N_("Hội, đoàn thể"),
}
ENTRY: dict[str, str] = {
    "full_name": N_("Họ và tên"),
    "phone": N_("Số điện thoại"),
    "email": N_("Thư điện tử"),
}
ACT: dict[str, str] = {
    "officer_changed": N_("Sửa thông tin cán bộ"),
    "officer_created": N_("Tạo tài khoản cán bộ"),
    "account_closed": N_("Người dân đóng tài khoản của mình"),
    "identity_checked": N_("Đối chiếu tài khoản với thẻ căn cước"),
    "promise_published": N_("Công bố cam kết rút ngắn thời hạn"),
    "promise_ended": N_("Kết thúc cam kết rút ngắn thời hạn"),
    "promise_taken_back": N_("Bỏ cam kết rút ngắn thời hạn chưa bắt đầu"),
    "password_given": N_("Cấp mật khẩu mới"),
    "officer_unlocked": N_("Mở khóa đăng nhập"),
    "officer_closed": N_("Khóa tài khoản"),
    "officer_opened": N_("Mở lại tài khoản"),
    "admin_made": N_("Giao quyền quản trị của tỉnh"),
    "admin_ended": N_("Thôi quyền quản trị của tỉnh"),
    "post_given": N_("Giao vị trí công tác"),
    "post_ended": N_("Kết thúc vị trí công tác"),
    "post_taken_back": N_("Thu hồi ngay vị trí công tác"),
    "absence_recorded": N_("Ghi nhận cán bộ vắng mặt"),
    "absence_ended": N_("Kết thúc vắng mặt"),
    "absence_cancelled": N_("Hủy lần vắng mặt chưa bắt đầu"),
    "closure_announced": N_("Thông báo nghỉ của cơ quan"),
    "closure_withdrawn": N_("Hủy thông báo nghỉ"),
    "hours_published": N_("Công bố giờ làm việc"),
    "hours_withdrawn": N_("Hủy giờ làm việc đã công bố"),
    "reason_added": N_("Thêm mẫu lý do"),
    "reason_changed": N_("Sửa mẫu lý do"),
    "reason_dropped": N_("Bỏ mẫu lý do"),
    "notice_given": N_("Đăng thông báo chung"),
    "notice_ended": N_("Kết thúc thông báo chung"),
    "stop_began": N_("Ngừng hệ thống theo kế hoạch"),
    "stop_ended": N_("Hệ thống hoạt động lại"),
    "words_written": N_("Thay phần lời của tỉnh trong thư và phiếu"),
    "letter_reworded": N_("Viết lại thư gửi người nộp hồ sơ"),
    "letter_given_back": N_("Dùng lại thư mẫu gửi người nộp hồ sơ"),
    "agency_added": N_("Thêm cơ quan"),
    "agency_changed": N_("Sửa thông tin cơ quan"),
    "agency_identified": N_("Sửa mã và cơ quan cấp trên"),
    "agency_ended": N_("Ghi ngày hoạt động cuối cùng của cơ quan"),
    "agency_kept": N_("Bỏ ngày hoạt động cuối cùng của cơ quan"),
    "unit_ended": N_("Ghi ngày hoạt động cuối cùng của đơn vị"),
    "unit_kept": N_("Bỏ ngày hoạt động cuối cùng của đơn vị"),
    "unit_added": N_("Thêm đơn vị"),
    "unit_renamed": N_("Đổi tên đơn vị"),
    "competence_given": N_("Giao thủ tục cho cơ quan"),
    "competences_taken": N_("Giao thủ tục như một cơ quan khác"),
    "competence_ended": N_("Thôi giao thủ tục"),
    "message_sent_again": N_("Gửi lại thư"),
    "message_sent_now": N_("Gửi ngay một thư đang chờ"),
    "messages_sent_now": N_("Gửi ngay mọi thư đang chờ"),
    "job_retried": N_("Chạy lại việc nền"),
    "extract_taken": N_("Tải dữ liệu trích xuất"),
    "agency_urged": N_("Đôn đốc cơ quan"),
    "dossier_urged": N_("Đôn đốc hồ sơ"),
    "announcement_recorded": N_("Ghi nhận quyết định công bố thủ tục"),
    "duty_fulfilled": N_("Ghi nhận việc sau công bố đã xong"),
    "correction_asked": N_("Kiến nghị cập nhật lại nội dung thủ tục"),
    "proposal_propose": N_("Đề xuất mức độ trực tuyến"),
    "proposal_change": N_("Bổ sung đề xuất mức độ trực tuyến"),
    "proposal_withdraw": N_("Rút đề xuất mức độ trực tuyến"),
    "proposal_return": N_("Trả lại đề xuất để bổ sung"),
    "proposal_support": N_("Thẩm định đề xuất: đề nghị đồng ý"),
    "proposal_oppose": N_("Thẩm định đề xuất: đề nghị không đồng ý"),
    "proposal_approve": N_("Đề xuất được quyết định đồng ý"),
    "proposal_reject": N_("Đề xuất không được đồng ý"),
    "online_decision_recorded": N_("Ghi nhận quyết định danh mục trực tuyến"),
    "upgrade_request": N_("Gửi yêu cầu về hệ thống"),
    "upgrade_withdraw": N_("Rút yêu cầu về hệ thống"),
    "upgrade_review": N_("Rà soát yêu cầu về hệ thống"),
    "upgrade_answer": N_("Trả lời yêu cầu về hệ thống"),
    "upgrade_propose": N_("Đề xuất về yêu cầu đối với hệ thống"),
    "upgrade_approve": N_("Yêu cầu về hệ thống được Ủy ban nhân dân tỉnh chấp thuận"),
    "upgrade_refuse": N_("Yêu cầu về hệ thống không được chấp thuận"),
    "upgrade_deploy": N_("Triển khai yêu cầu về hệ thống"),
    "roadmap_sent": N_("Gửi kết quả rà soát và lộ trình"),
    "item_published": N_("Công khai thông tin"),
    "item_changed": N_("Sửa thông tin công khai"),
    "item_withdrawn": N_("Gỡ thông tin công khai"),
    "form_put_up": N_("Đăng mẫu đơn, tờ khai"),
    "form_replaced": N_("Thay mẫu đơn, tờ khai"),
    "form_taken_down": N_("Gỡ mẫu đơn, tờ khai"),
    "contact_added": N_("Thêm liên hệ của cơ quan"),
    "contact_dropped": N_("Bỏ liên hệ của cơ quan"),
    "process_draft_begun": N_("Bắt đầu dự thảo quy trình"),
    "process_draft_submitted": N_("Gửi dự thảo quy trình"),
    "process_draft_returned": N_("Trả lại dự thảo quy trình"),
    "process_draft_dropped": N_("Bỏ dự thảo quy trình"),
    "process_approved": N_("Ban hành quy trình"),
    "list_exported": N_("Xuất danh sách ra bảng tính"),
    "list_fetched": N_("Tải bảng tính của danh sách"),
    "list_written": N_("Lập xong bảng tính của danh sách"),
    "list_stopped": N_("Dừng lập bảng tính của danh sách"),
}
MESSAGE_GROUP: dict[str, str] = {
    "dossier": N_("Gửi người nộp hồ sơ"),
    "account": N_("Gửi chủ tài khoản"),
    "contact": N_("Gửi liên hệ ghi trong hồ sơ"),
    "desk": N_("Gửi cán bộ"),
    "incident": N_("Gửi người phụ trách hệ thống"),
}
# How what the outbox keeps of a failure begins; the answer of the mail server follows after a colon.
FAILURE: dict[str, str] = {
    "too late to be of use": N_("Đến lượt gửi thì thư đã hết hiệu lực, nên không gửi nữa"),
    "recipient refused": N_("Máy chủ thư không nhận địa chỉ này"),
    "we were refused": N_("Máy chủ thư không cho hệ thống gửi; cần xem lại tài khoản gửi thư"),
    "refused": N_("Máy chủ thư không nhận thư này"),
    "mail server not reached": N_("Không kết nối được với máy chủ thư"),
    "the address or the letter cannot be written as e-mail": N_("Địa chỉ hoặc nội dung không gửi được"),
}
TASK: dict[str, str] = {
    "notify.deliver": N_("Gửi thư đang chờ"),
    "notify.send_waiting": N_("Gửi ngay thư đang chờ"),
    "notify.requeue_stalled": N_("Chạy tiếp những việc bị ngắt giữa chừng"),
    "notify.clear_away": N_("Dọn việc đã xong"),
    "dossiers.tell_of_closure": N_("Báo người dân về lịch nghỉ"),
    "dossiers.export_list": N_("Lập bảng tính"),
    "dossiers.clear_exports": N_("Xóa bảng tính đã quá hạn giữ"),
    "dossiers.remind_of_questions": N_("Nhắc ý kiến quá hạn"),
    "dossiers.make_extracts": N_("Trích xuất dữ liệu tiếp nhận, giải quyết"),
    "documents.sweep": N_("Dọn tệp dở dang"),
    "catalogue.remind_of_duties": N_("Nhắc việc sau công bố và lộ trình"),
    "accounts.forget_unproved": N_("Xóa đăng ký chưa được xác nhận"),
    "dossiers.tell_of_ends_of_mandates": N_("Báo ủy quyền sắp hết hạn"),
    "incidents.watch": N_("Theo dõi tình trạng hệ thống"),
    "incidents.urge": N_("Nhắc xử lý sự cố"),
}
# What went wrong with a job, and what can be done; without a key: nothing was kept of it.
FAULT: dict[str, tuple[str, str]] = {
    "database": (
        N_("Cơ sở dữ liệu không trả lời hoặc ngắt giữa chừng."),
        N_("Xem trang Tình trạng hệ thống. Khi cơ sở dữ liệu trả lời rồi, bấm Chạy lại."),
    ),
    "no_room": (
        N_("Hết chỗ để ghi tệp."),
        N_("Giải phóng chỗ trên ổ đĩa của kho tệp, rồi bấm Chạy lại."),
    ),
    "files": (
        N_("Không đọc hoặc không ghi được tệp."),
        N_("Kiểm tra kho tệp còn đó và hệ thống có quyền đọc, ghi. Sau đó bấm Chạy lại."),
    ),
    "network": (
        N_("Một dịch vụ bên ngoài không trả lời."),
        N_("Kiểm tra mạng và địa chỉ của dịch vụ trong thiết lập, rồi bấm Chạy lại."),
    ),
    "memory": (
        N_("Hết bộ nhớ khi đang làm."),
        N_("Giảm số việc chạy cùng lúc hoặc thêm bộ nhớ, rồi bấm Chạy lại."),
    ),
    "refused": (
        N_("Một quy tắc của hệ thống từ chối việc này."),
        N_("Xử lý điều mà lời từ chối nêu, rồi bấm Chạy lại. Nếu không cần việc này nữa, cứ để đó."),
    ),
    "unknown_task": (
        N_("Phiên bản đang chạy không biết việc này."),
        N_("Kiểm tra để mọi tiến trình nền cùng một phiên bản, rồi bấm Chạy lại."),
    ),
    "program": (
        N_("Chương trình gặp lỗi."),
        N_("Chạy lại thường không giúp được. Hãy báo người bảo trì tên lỗi, nơi và lúc xảy ra."),
    ),
    "": (
        N_("Không ghi lại được vì sao."),
        N_("Tìm trong nhật ký của tiến trình nền quanh lúc này, rồi bấm Chạy lại."),
    ),
}
JOB: dict[str, str] = {
    "todo": N_("Đang chờ"),
    "doing": N_("Đang chạy"),
    "failed": N_("Không chạy được"),
}
KEYS: dict[str, str] = {
    "?": N_("Danh sách phím tắt này"),
    "h": N_("Hướng dẫn cho trang đang mở"),
    "/": N_("Vào ô tìm hồ sơ"),
    "b": N_("Thông báo gửi cho bạn"),
    "n": N_("Nhận hồ sơ mới tại quầy"),
    "j": N_("Dòng tiếp theo trong danh sách"),
    "k": N_("Dòng trước trong danh sách"),
    "t": N_("Mở hồ sơ tiếp theo của danh sách"),
    "l": N_("Về danh sách"),
    "p": N_("In giấy tiếp nhận vừa lập"),
    ".": N_("Trang sau của giấy tờ đang xem"),
    ",": N_("Trang trước của giấy tờ đang xem"),
    "x": N_("Xoay giấy tờ đang xem sang phải"),
    "+": N_("Phóng to giấy tờ đang xem"),
    "-": N_("Thu nhỏ giấy tờ đang xem"),
    "0": N_("Thấy cả trang giấy tờ đang xem"),
    "Ctrl + Enter": N_("Bấm nút chính của trang"),
}
