"""What stands around every page of the desk: the rail with its counts, and where the officer sits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from motcua.agencies.enums import Role
from motcua.desk import clock, governing
from motcua.desk.counter import contracted_counter
from motcua.desk.lists import keep_known, kept_of, list_href
from motcua.desk.officers import Seat, actor_of, scope_of, seat_of
from motcua.dossiers import labels, queries
from motcua.dossiers.enums import Box
from motcua.notify import queries as notify
from motcua.theme.rail import RailGroup, RailLink

# Who follows how their agency keeps its terms, in step with `dossiers.policy.watched_by`.
_HEADS = {Role.APPROVER, Role.UNIT_HEAD, Role.DESK_HEAD}
_ANSWERING = {*_HEADS, Role.ADMIN}


def frame(request: HttpRequest, here: str) -> dict[str, Any]:
    """Context of `theme/desk_base.html`; `here` is the key of the current link (a box or a page)."""
    seat = seat_of(request)
    known = queries.box_counts(actor_of(request), posts=seat.posts, at=clock.now())
    keep_known(request, known.kept)
    groups = [
        _work(seat, known, here),
        _kept(request, here),
        _intake(seat, here),
        _people(seat, here),
        _catalogue(request, here),
        _operation(request, seat, here),
        _administration(request, here),
    ]
    links = [link for group in groups for link in group.links]
    return {
        "rail": [group for group in groups if group.links],
        "rail_here": next((link.text for link in links if link.is_current), ""),
        "rail_late": next((link for link in links if link.is_late and link.count), None),
        "whereabouts": ", ".join(agency.name for agency in seat.agencies),
        "unread": _up_to(known.unread, notify.UNREAD_UP_TO),
        "page_key": here,
    }


def _up_to(count: int, most: int) -> str:
    """The number, `99+` from the most on that is counted, nothing for nothing."""
    return f"{most - 1}+" if count >= most else str(count or "")


def boxes_of(seat: Seat) -> tuple[Box, ...]:
    """The lists that make sense for the posts held."""
    if seat.is_contracted:
        return (Box.UNIT, Box.RETURNS)
    boxes = [Box.MINE, Box.UNIT, Box.SOON]
    if seat.roles & _HEADS:
        boxes.append(Box.PRESSING)
    if seat.roles & {Role.APPROVER, Role.DESK_HEAD}:
        boxes.append(Box.APPROVALS)
    if seat.is_receiver:
        boxes += [Box.RETURNS, Box.MESSAGES]
    if seat.is_receiver and any(queries.wants_closing(agency.province) for agency in seat.agencies):
        boxes.append(Box.UNCLOSED)
    boxes += [Box.WAITING, Box.OTHERS]
    if seat.roles & {Role.CASE_OFFICER, Role.UNIT_HEAD}:
        boxes.append(Box.ASKED)
    return (*boxes, Box.TODAY, Box.DONE)


def _work(seat: Seat, known: queries.BoxCounts, here: str) -> RailGroup:
    if not seat.posts:
        return RailGroup("", ())
    links = tuple(
        RailLink(
            text=gettext(labels.BOX[box]),
            href=list_href(box, ""),
            is_current=here == box.value,
            count=known.counts.get(box),
            is_late=box in known.late,
        )
        for box in boxes_of(seat)
    )
    return RailGroup(gettext("Công việc"), links)


def _kept(request: HttpRequest, here: str) -> RailGroup:
    links = tuple(
        RailLink(kept.name, list_href(kept.box, f"luu={kept.id}"), here == f"kept-{kept.id}")
        for kept in kept_of(request)
        if kept.name
    )
    return RailGroup(gettext("Bộ lọc của tôi"), links)


def _intake(seat: Seat, here: str) -> RailGroup:
    links = []
    if seat.is_receiver:
        text = gettext("Nhận hồ sơ mới")
        links.append(RailLink(text, reverse("desk:intake"), here == "intake", key="n"))
        sheet = reverse("desk:bundle_sheet", args=["nhieu-nguoi"])
        links.append(RailLink(gettext("Nhận nhiều hồ sơ"), sheet, here == "bundle"))
        links.append(RailLink(gettext("Các lượt nộp"), reverse("desk:bundles"), here == "bundles"))
        links.append(RailLink(gettext("Đối chiếu căn cước"), reverse("desk:identity"), here == "identity"))
    elif contracted_counter(seat) is not None:
        text = gettext("Nhận hồ sơ mới")
        links.append(RailLink(text, reverse("desk:intake"), here == "intake", key="n"))
    if seat.is_receiver or Role.APPROVER in seat.roles:
        links.append(RailLink(gettext("Sổ theo dõi hồ sơ"), reverse("desk:register"), here == "register"))
    return RailGroup(
        gettext("Tại quầy") if seat.is_receiver or seat.is_contracted else gettext("Sổ sách"), tuple(links)
    )


def _operation(request: HttpRequest, seat: Seat, here: str) -> RailGroup:
    if not seat.posts and scope_of(request).is_empty:
        return RailGroup("", ())
    pages = [("incidents", gettext("Sự cố hệ thống")), ("closures", gettext("Lịch nghỉ của cơ quan"))]
    if scope_of(request).is_province or seat.roles & _ANSWERING:
        pages.insert(0, ("watch", gettext("Theo dõi thực hiện")))
    if governing.has_part(request) and governing.upgrade_recorders(request):
        pages.append(("upgrades", gettext("Yêu cầu về hệ thống")))
    links = tuple(RailLink(text, reverse(f"desk:{name}"), here == name) for name, text in pages)
    return RailGroup(gettext("Vận hành"), links)


def _catalogue(request: HttpRequest, here: str) -> RailGroup:
    """For those who act for an agency in what concerns the catalogue, and for those who oversee it."""
    if not governing.has_part(request):
        return RailGroup("", ())
    pages = [
        ("duties", "duties", gettext("Việc sau công bố")),
        ("announcements", "announcements", gettext("Quyết định công bố")),
        ("online", "proposals", gettext("Dịch vụ trực tuyến")),
        ("processes", "processes", gettext("Quy trình nội bộ")),
        ("eforms", "eforms", gettext("Biểu mẫu điện tử")),
        ("forms", "blank_forms", gettext("Mẫu đơn, tờ khai")),
        ("items", "items", gettext("Thông tin công khai")),
    ]
    links = tuple(RailLink(text, reverse(f"desk:{name}"), here == key) for key, name, text in pages)
    return RailGroup(gettext("Danh mục thủ tục"), links)


def _people(seat: Seat, here: str) -> RailGroup:
    """For those who answer for others in their own right, not in an absent head's place."""
    own = {post.role for post in seat.posts if not post.for_id}
    if not own & _HEADS:
        return RailGroup("", ())
    link = RailLink(gettext("Vắng mặt và người thay"), reverse("desk:absences"), here == "absences")
    return RailGroup(gettext("Con người"), (link,))


def _administration(request: HttpRequest, here: str) -> RailGroup:
    scope = scope_of(request)
    if scope.is_empty:
        return RailGroup("", ())
    pages = [
        ("agencies", gettext("Cơ quan, đơn vị")),
        ("officers", gettext("Tài khoản cán bộ")),
        ("reasons", gettext("Mẫu lý do")),
    ]
    if scope.is_province:
        pages += [
            ("notices", gettext("Thông báo chung")),
            ("outbox", gettext("Thư gửi đi")),
            ("templates", gettext("Mẫu thư và phiếu")),
            ("jobs", gettext("Việc nền")),
            ("extracts", gettext("Dữ liệu trích xuất")),
            ("health", gettext("Tình trạng hệ thống")),
            ("acts", gettext("Nhật ký quản trị")),
            ("regulation", gettext("Quy chế của tỉnh")),
            ("compare", gettext("So sánh quy chế")),
            ("roles", gettext("Vai trò và trách nhiệm")),
        ]
    links = tuple(RailLink(text, reverse(f"desk:{name}"), here == name) for name, text in pages)
    return RailGroup(gettext("Quản trị"), links)
