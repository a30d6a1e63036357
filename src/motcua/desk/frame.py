"""What stands around every page of the desk: the rail with its counts, and where the officer sits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from motcua.accounts import policy as accounts_policy
from motcua.agencies.enums import Role
from motcua.desk import clock
from motcua.desk.officers import Seat, actor_of, seat_of
from motcua.dossiers import labels, queries
from motcua.dossiers.enums import Box

SLUGS: dict[Box, str] = {
    Box.MINE: "viec-cua-toi",
    Box.UNIT: "viec-cua-don-vi",
    Box.APPROVALS: "phe-duyet",
    Box.RETURNS: "tra-ket-qua",
    Box.WAITING: "cho-bo-sung",
    Box.DONE: "da-xong",
}
BOX_OF_SLUG = {slug: box for box, slug in SLUGS.items()}


@dataclass(frozen=True, slots=True)
class RailLink:
    text: str
    href: str
    is_current: bool
    count: int | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class RailGroup:
    heading: str
    links: tuple[RailLink, ...]


def frame(request: HttpRequest, here: str) -> dict[str, Any]:
    """Context of `theme/desk_base.html`; `here` is the key of the current link (a box or a page)."""
    seat = seat_of(request)
    groups = [
        _work(request, seat, here),
        _intake(seat, here),
        _people(seat, here),
        _operation(request, seat, here),
        _administration(request, here),
    ]
    return {
        "rail": [group for group in groups if group.links],
        "whereabouts": ", ".join(agency.name for agency in seat.agencies),
    }


def boxes_of(seat: Seat) -> tuple[Box, ...]:
    """The lists that make sense for the posts held."""
    boxes = [Box.MINE, Box.UNIT]
    if seat.roles & {Role.APPROVER, Role.DESK_HEAD}:
        boxes.append(Box.APPROVALS)
    if seat.is_receiver:
        boxes.append(Box.RETURNS)
    return (*boxes, Box.WAITING, Box.DONE)


def _work(request: HttpRequest, seat: Seat, here: str) -> RailGroup:
    if not seat.posts:
        return RailGroup("", ())
    counts = queries.box_counts(actor_of(request), at=clock.now())
    links = tuple(
        RailLink(
            text=gettext(labels.BOX[box]),
            href=reverse("desk:worklist", args=[SLUGS[box]]),
            is_current=here == box.value,
            count=counts[box] if box is not Box.DONE else None,
        )
        for box in boxes_of(seat)
    )
    return RailGroup(gettext("Công việc"), links)


def _intake(seat: Seat, here: str) -> RailGroup:
    links = []
    if seat.is_receiver:
        links.append(RailLink(gettext("Nhận hồ sơ mới"), reverse("desk:intake"), here == "intake"))
    if seat.is_receiver or Role.APPROVER in seat.roles:
        links.append(RailLink(gettext("Sổ theo dõi hồ sơ"), reverse("desk:register"), here == "register"))
    return RailGroup(gettext("Tại quầy") if seat.is_receiver else gettext("Sổ sách"), tuple(links))


def _operation(request: HttpRequest, seat: Seat, here: str) -> RailGroup:
    if not seat.posts and not accounts_policy.may_administer(actor_of(request)):
        return RailGroup("", ())
    link = RailLink(gettext("Sự cố hệ thống"), reverse("desk:incidents"), here == "incidents")
    return RailGroup(gettext("Vận hành"), (link,))


def _people(seat: Seat, here: str) -> RailGroup:
    """For those who answer for others in their own right, not in an absent head's place."""
    own = {post.role for post in seat.posts if not post.for_id}
    if not own & {Role.UNIT_HEAD, Role.DESK_HEAD, Role.APPROVER}:
        return RailGroup("", ())
    link = RailLink(gettext("Vắng mặt và người thay"), reverse("desk:absences"), here == "absences")
    return RailGroup(gettext("Con người"), (link,))


def _administration(request: HttpRequest, here: str) -> RailGroup:
    if not accounts_policy.may_administer(actor_of(request)):
        return RailGroup("", ())
    links = (
        RailLink(gettext("Tài khoản cán bộ"), reverse("desk:officers"), here == "officers"),
        RailLink(gettext("Thư gửi đi"), reverse("desk:outbox"), here == "outbox"),
        RailLink(gettext("Quy chế của tỉnh"), reverse("desk:regulation"), here == "regulation"),
        RailLink(gettext("So sánh quy chế"), reverse("desk:compare"), here == "compare"),
        RailLink(gettext("Vai trò và trách nhiệm"), reverse("desk:roles"), here == "roles"),
    )
    return RailGroup(gettext("Quản trị"), links)
