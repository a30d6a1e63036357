"""What lies on the tables of those who govern the catalogue: decisions, proposals, drafts, what is public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tests.browser.town import PROCEDURE
from tests.documents import samples

from motcua.agencies import services as agency_services
from motcua.catalogue import queries, services
from motcua.catalogue.enums import Change, DutyKind, OnlineLevel, ServiceKind
from motcua.catalogue.queries import ReviewLine
from motcua.catalogue.rules.announcing import Named
from motcua.catalogue.rules.online import Wish
from motcua.process import services as process_services

if TYPE_CHECKING:
    from tests.routes.place import Place

DAY = timedelta(days=1)
ANOTHER = "2.000884"  # a procedure whose process is changed too


def govern(place: Place) -> None:
    """Khoa acts for the commune, Trí for the province."""
    _announced(place)
    _proposed(place)
    _drafted(place)
    _forms(place)
    _public(place)


def _announced(place: Place) -> None:
    """A decision of the week before: some of its duties are late, one is done."""
    today, khoa, things = place.at.date(), place.actor("khoa"), place.things
    decision = services.Decision(
        number="31/QĐ-UBND",
        title="Công bố danh mục thủ tục hành chính lĩnh vực hộ tịch",
        signer="Chủ tịch Ủy ban nhân dân tỉnh",
        signed_on=today - 8 * DAY,
        effective_on=today - 8 * DAY,
        lead_agency_id=place.town.agency.id,
        procedures=(
            Named(PROCEDURE, "", Change.CHANGED),
            Named("1.999001", "Xác nhận thông tin hộ tịch", Change.NEW),
            Named(ANOTHER, "", Change.REPEALED),
        ),
        has_process=True,
    )
    made = services.record_announcement(actor=khoa, at=place.at, decision=decision)
    duties = queries.duties_of_announcement(made, place.at)
    website = [each for each in duties if each.kind is DutyKind.WEBSITE]
    publish = next(each for each in duties if each.kind is DutyKind.PUBLISH)
    told = "Trang thông tin điện tử của xã"
    services.fulfil_duty(actor=khoa, at=place.at, duty_id=website[0].id, done_on=today, proof=told)
    things |= {"announcement": made, "duty": website[1].id, "duty_done": website[0].id}
    things["duty_seen"] = publish.id


def _proposed(place: Place) -> None:
    """One proposal waits to be assessed, one was returned, one was supported; the roadmap was sent."""
    agency_id, at, khoa = place.town.agency.id, place.at, place.actor("khoa")
    lines = queries.review_list(place.town.agency.province, agency_id, at.date())
    made = [
        services.propose(actor=khoa, at=at, code=line.code, agency_id=agency_id, wish=_wish(place, line))
        for line in lines[:3]
    ]
    place.things |= dict(zip(("proposal", "returned_proposal", "supported"), made, strict=True))
    place.things["unproposed"] = lines[3].code
    assess: Callable[..., None] = services.assess
    common: dict[str, Any] = {"actor": place.actor("tri"), "at": at, "version": 1}
    text = "Cần nêu rõ thành phần hồ sơ nào đã có trong cơ sở dữ liệu."
    assess(proposal_id=made[1], what="return", text=text, solution={}, **common)
    solution = dict.fromkeys(("technical", "security", "staff", "cost"), "Đã chuẩn bị.")
    text = "Đủ điều kiện kỹ thuật."
    assess(proposal_id=made[2], what="support", text=text, solution=solution, **common)
    year = at.date().year + 1
    services.send_roadmap(actor=khoa, at=at, agency_id=agency_id, year=year, note="Làm trong hai quý đầu.")
    place.things["this_year"] = at.date().year


def _wish(place: Place, line: ReviewLine) -> Wish:
    """Another level than it has; a lower one needs no criteria."""
    today = place.at.date()
    lower = OnlineLevel.NONE if line.level is not OnlineLevel.NONE else OnlineLevel.PARTIAL
    return Wish(
        level=lower,
        service_kind=ServiceKind.ADMINISTRATIVE,
        starts_on=today + 90 * DAY,
        criteria=(),
        reason="Mỗi năm chưa đến mười hồ sơ; người dân đến quầy thuận tiện hơn.",
        opinions="Đã lấy ý kiến các thôn, buôn.",
        year=today.year + 1,
    )


def _drafted(place: Place) -> None:
    """One draft is being written, one waits for a decision."""
    agency_id, at, khoa = place.town.agency.id, place.at, place.actor("khoa")
    for name, code in (("process_draft", PROCEDURE), ("submitted_draft", ANOTHER)):
        place.things[name] = process_services.begin_draft(actor=khoa, at=at, agency_id=agency_id, code=code)
    sent = place.things["submitted_draft"]
    view = process_services.open_draft(actor=khoa, at=at, draft_id=sent)
    override = "Bảng đã được ký như vậy" if view.findings else ""
    process_services.submit_draft(actor=khoa, at=at, draft_id=sent, version=view.version, override=override)


def _forms(place: Place) -> None:
    """A paper with a form, and one before it; Khoa's agency answers for the procedure."""
    version = queries.version_in_force(PROCEDURE, place.at.date())
    for title in ("Giấy xác nhận nơi cư trú, mẫu cũ", "Giấy xác nhận nơi cư trú"):
        entry = services.FormEntry(title, "Thông tư số 04/2020/TT-BTP", BytesIO(samples.pdf()), "mau.pdf")
        place.things["blank_form"] = services.put_up_form(
            actor=place.actor("khoa"),
            at=place.at,
            version_id=version,
            component=place.things["own_paper"],
            entry=entry,
            seen=[place.things["blank_form"]] if "blank_form" in place.things else [],
        )


def _public(place: Place) -> None:
    agency_id, at = place.town.agency.id, place.at
    entry = services.ItemEntry(
        kind="evaluation",
        agency_id=agency_id,
        title="Kết quả đánh giá quý III",
        body="98% hồ sơ đúng hẹn.\n\nHai hồ sơ trễ hẹn đã được xin lỗi bằng văn bản.",
        source="Công văn số 6/UBND-VP",
    )
    place.things["item"] = services.publish_item(actor=place.actor("khoa"), at=at, entry=entry)
    contact = agency_services.ContactEntry(
        "Trần Thị Chi, cán bộ tiếp nhận", "Hướng dẫn nộp hồ sơ", "0262 3850 001", "mot-cua@xa.example"
    )
    agency_services.add_contact(actor=place.actor("tri"), at=at, agency_id=agency_id, entry=contact)
