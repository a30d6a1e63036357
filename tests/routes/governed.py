"""What lies on the tables of those who govern: decisions, proposals, drafts, what is public, requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.test import override_settings
from tests.browser.town import PROCEDURE, officer
from tests.documents import samples

from motcua.accounts.models import Account
from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.agencies.models import Agency, Unit
from motcua.catalogue import queries, services
from motcua.catalogue.enums import Change, DutyKind, OnlineLevel, ServiceKind, UpgradeKind, UpgradeStep
from motcua.catalogue.queries import ReviewLine
from motcua.catalogue.rules.announcing import Named
from motcua.catalogue.rules.online import Wish
from motcua.catalogue.rules.upgrades import UpgradePaper, UpgradeWish
from motcua.process import services as process_services

if TYPE_CHECKING:
    from tests.routes.place import Place

DAY = timedelta(days=1)
ANOTHER = "2.000884"  # a procedure whose process is changed too
REPEALED = "1.012783"  # nobody looks at it
UPGRADES = (
    ("upgrade", "Bản đồ quy hoạch trong hồ sơ cấp phép"),
    ("upgrade_proposed", "Nhắn tin khi hồ sơ sắp đến hạn"),
    ("upgrade_approved", "Ký số ngay trên trang phê duyệt"),
    ("upgrade_deployed", "Đọc to trang hướng dẫn"),
)
PROBLEM = UpgradeWish(
    "Máy quét ở quầy không nhận tệp màu",
    "Quét màu thì trang dừng lại.",
    "Bộ phận một cửa phải quét lại.",
    UpgradeKind.COMMENT,
)
STEPS = (
    (UpgradeStep.PROPOSE, UpgradePaper(date.min, "41/TTr-SKHCN", note="Đề nghị chấp thuận; đã có kinh phí.")),
    (UpgradeStep.APPROVE, UpgradePaper(date.min, "77/QĐ-UBND", "Chủ tịch Ủy ban nhân dân tỉnh")),
    (UpgradeStep.DEPLOY, UpgradePaper(date.min)),
)


def govern(place: Place) -> None:
    """Khoa acts for the commune, Trí for the province."""
    _announced(place)
    _proposed(place)
    _drafted(place)
    _forms(place)
    _public(place)
    _upgraded(place)


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
            Named(REPEALED, "", Change.REPEALED),
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
        ministry="Bộ Tư pháp",
        ministry_number="12/QĐ-BTP",
        ministry_signed_on=today,
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


def _upgraded(place: Place) -> None:
    """In Quảng Ngãi, where upgrades are approved, a request at each stage; Thu asks, Vinh records."""
    begun, today = place.at - 40 * DAY, place.at.date()
    with override_settings(PROVINCE="quang-ngai"):
        builders = _department(place, "so-xay-dung", "Sở Xây dựng", "thu", "Phan Thị Thu")
        department = _department(
            place, "so-khoa-hoc-va-cong-nghe", "Sở Khoa học và Công nghệ", "vinh", "Cao Quang Vinh"
        )
        for stage, (name, title) in enumerate(UPGRADES):
            made = services.request_upgrade(
                actor=place.actor("thu"),
                at=begun,
                agency_id=builders.pk,
                wish=UpgradeWish(title, "Người nộp và cán bộ đều thấy.", "Nhiều người hỏi qua điện thoại."),
                paper=UpgradePaper(begun.date(), number=f"{stage + 11}/SXD-VP"),
            )
            place.things[name] = made
            for version, (step, paper) in enumerate(STEPS[:stage], start=1):
                services.record_upgrade(
                    actor=place.actor("vinh"),
                    at=place.at,
                    upgrade_id=made,
                    version=version,
                    step=step,
                    paper=replace(paper, on=today - (4 - version) * DAY),
                )
        place.things["problem"] = services.request_upgrade(
            actor=place.actor("thu"),
            at=begun,
            agency_id=builders.pk,
            wish=PROBLEM,
            paper=UpgradePaper(begun.date()),
        )
    for each in (builders, department):  # kept in memory by now, as the town's own agency is
        agencies.agency(each.pk)
        agencies.calendar_of(each.pk, today)
        agencies.closures_ahead([each.pk], place.at)


def _department(place: Place, key: str, name: str, username: str, who: str) -> Agency:
    made = Agency.objects.create(
        province="quang-ngai", key=key, name=name, level=AgencyLevel.PROVINCE, kind=AgencyKind.DEPARTMENT
    )
    unit = Unit.objects.create(agency=made, key="vp", name="Văn phòng", kind=UnitKind.OFFICE)
    place.town.officers[username] = officer(username, who, unit.pk, Role.ADMIN, place.at - 50 * DAY)
    place.people[username] = Account.objects.get(pk=int(place.actor(username).id))
    return made
