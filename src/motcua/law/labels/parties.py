"""What the parties are called to whom regulations speak."""

from __future__ import annotations

from motcua.kernel.errors import N_

PARTIES: dict[str, str] = {
    "office": N_("Văn phòng Ủy ban nhân dân tỉnh"),
    "dttt": N_("Sở Thông tin và Truyền thông"),
    "ict_centre": N_("Trung tâm Công nghệ thông tin và Truyền thông"),
    "centre": N_("Trung tâm Phục vụ hành chính công"),
    "agency": N_("Cơ quan giải quyết thủ tục hành chính"),
    "leader": N_("Lãnh đạo cơ quan"),
    "desk_head": N_("Người đứng đầu bộ phận một cửa"),
    "receiver": N_("Cán bộ tiếp nhận và trả kết quả"),
    "unit_head": N_("Người đứng đầu đơn vị chuyên môn"),
    "case_officer": N_("Cán bộ, đơn vị chuyên môn"),
    "it_officer": N_("Cán bộ công nghệ thông tin"),
    "postal_staff": N_("Doanh nghiệp bưu chính công ích"),
    "provider": N_("Đơn vị cung cấp Hệ thống"),
    "bank": N_("Ngân hàng, trung gian thanh toán"),
    "home_affairs": N_("Sở Nội vụ"),
    "finance": N_("Sở Tài chính"),
    "justice": N_("Sở Tư pháp"),
    "police": N_("Công an tỉnh"),
    "applicant": N_("Tổ chức, cá nhân"),
}
