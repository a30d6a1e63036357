"""What citizens read of decisions, processes, contacts and information that agencies put up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape, strip_tags
from pytest_django import Settings
from tests.dossiers.world import World, process_for, published, sheet, steps

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import UnitKind
from motcua.agencies.errors import BadContact
from motcua.agencies.models import Agency
from motcua.agencies.services import ContactEntry
from motcua.audit import queries as audit
from motcua.catalogue import queries, services
from motcua.catalogue.enums import Change, OnlineLevel, ServiceKind
from motcua.catalogue.errors import BadItem, ItemChanged
from motcua.catalogue.rules.announcing import Named
from motcua.catalogue.rules.online import Wish
from motcua.catalogue.rules.sheets import Fee
from motcua.catalogue.services import Decision, ItemEntry, OnlineDecisionEntry
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden
from motcua.kernel.money import Money
from motcua.portal.views import information
from motcua.process.rules import reading
from motcua.theme.templatetags.motcua import in_words

pytestmark = pytest.mark.django_db


def page(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def moved(world: World, settings: Settings, province: str, on: date) -> World:
    """The world on another day in another province, under another regulation."""
    settings.PROVINCE = province
    type(world.agency).objects.filter(id=world.agency.pk).update(province=province)
    agencies.forget()
    world.now = world.now.replace(year=on.year, month=on.month, day=on.day)
    return world


def put_up(world: World, **changes: str) -> int:
    given = {"kind": "other", "title": "Lịch tiếp công dân", "body": "Thứ Năm hằng tuần", "source": "CV 12"}
    entry = ItemEntry(agency_id=world.agency.pk, **(given | changes))
    return services.publish_item(actor=SYSTEM, at=world.later(minutes=1), entry=entry)


@pytest.mark.clause("PT24-5.4", "PT24-5.9")
def test_what_the_committee_orders_is_put_up_changed_and_taken_down(world: World, settings: Settings) -> None:
    moved(world, settings, "phu-tho", date(2024, 11, 4))
    assert "Chưa có dữ liệu" in page("/cong-khai/thong-tin-khac/")
    number = put_up(world)
    text = page("/cong-khai/thong-tin-khac/")
    for words in ("Lịch tiếp công dân", "Thứ Năm hằng tuần", "CV 12", escape(world.agency.name)):
        assert words in text
    assert "Chưa có dữ liệu" not in text
    changed = ItemEntry("other", world.agency.pk, "Lịch mới", "Thứ Sáu", "CV 13")
    services.change_item(actor=SYSTEM, at=world.later(minutes=1), item_id=number, version=1, entry=changed)
    with pytest.raises(ItemChanged):
        services.change_item(
            actor=SYSTEM, at=world.later(minutes=1), item_id=number, version=1, entry=changed
        )
    assert "Lịch mới" in page("/cong-khai/thong-tin-khac/")
    services.withdraw_item(actor=SYSTEM, at=world.later(minutes=1), item_id=number, version=2)
    assert "Lịch mới" not in page("/cong-khai/thong-tin-khac/")
    assert [act.act for act in audit.acts()] == ["item_withdrawn", "item_changed", "item_published"]


@pytest.mark.clause("KT22-4.2#1", "DL24-3.3#1", "PT24-3.3")
@pytest.mark.parametrize(
    ("province", "on", "kind", "slug"),
    [
        ("dak-lak", date(2024, 3, 4), "evaluation", "danh-gia"),
        ("phu-tho", date(2024, 11, 4), "evaluation", "danh-gia"),
        ("kon-tum", date(2024, 3, 4), "procedures", "thu-tuc"),
    ],
)
def test_each_piece_of_information_tells_who_answers_for_it_and_when_it_was_updated(
    world: World, settings: Settings, province: str, on: date, kind: str, slug: str
) -> None:
    moved(world, settings, province, on)
    put_up(world, kind=kind)
    text = page(f"/cong-khai/{slug}/")
    assert escape(world.agency.name) in text
    assert f"{on:%d/%m/%Y} · theo CV 12" in text
    services.record_announcement(
        actor=SYSTEM,
        at=world.later(minutes=1),
        decision=Decision(
            "8/QĐ-UBND",
            "Công bố",
            "Chủ tịch",
            on,
            on,
            world.agency.pk,
            (Named(world.version.procedure.code, "", Change.CHANGED),),
            True,
        ),
    )
    sheet = page(f"/thu-tuc/{world.version.procedure.code}/")
    assert "8/QĐ-UBND" in sheet
    assert f"{escape(world.agency.name)} chịu trách nhiệm về nội dung" in sheet
    assert "cập nhật lần cuối" in sheet
    assert "Nội dung này áp dụng từ" not in sheet  # the day may be a default, which is no date of the law


def test_only_kinds_of_the_regulation_and_only_own_agencies_are_put_up(world: World) -> None:
    with pytest.raises(BadItem) as refused:
        put_up(world)  # Đắk Lắk knows no "other" information
    assert set(refused.value.fields) == {"kind"}
    entry = ItemEntry("evaluation", world.agency.pk, "Tên", "Nội dung", "CV 1")
    for who in ("dung", "an", "giang"):
        with pytest.raises(Forbidden):
            services.publish_item(actor=world.actor(who), at=world.now, entry=entry)
    assert services.publish_item(actor=world.actor("khoa"), at=world.now, entry=entry)
    with pytest.raises(BadItem) as refused:
        put_up(world, kind="evaluation", title=" ", body="x" * 8001)
    assert set(refused.value.fields) == {"title", "body"}


def test_text_that_agencies_put_up_is_never_markup(world: World) -> None:
    put_up(world, kind="evaluation", title="<b>Tên</b>", body="<script>alert(1)</script>")
    text = page("/cong-khai/danh-gia/")
    assert "<script>alert(1)</script>" not in text
    assert escape("<b>Tên</b>") in text


@pytest.mark.clause("DL24-5.7", "DL24-11.3")
def test_contacts_of_each_agency_are_public(world: World) -> None:
    def add(**changes: str) -> int:
        given = {"name": "Bộ phận một cửa", "duty": "Hướng dẫn nộp hồ sơ", "phone": "0262 3850 001"}
        entry = ContactEntry(**(given | changes))
        return agency_services.add_contact(actor=SYSTEM, at=world.now, agency_id=world.agency.pk, entry=entry)

    number = add(address="09 Lê Duẩn", email="motcua@example.vn")
    for path in ("/cong-khai/lien-he-co-quan/", f"/co-quan/{world.agency.pk}/"):
        text = page(path)
        for words in ("Bộ phận một cửa", "0262 3850 001", "motcua@example.vn", "09 Lê Duẩn"):
            assert words in text
    contacts = page("/cong-khai/lien-he-co-quan/")
    assert "Văn phòng Ủy ban nhân dân tỉnh" in contacts
    assert "Chưa công khai liên hệ" not in contacts  # every agency that settles anything has one
    for bad in ({"phone": ""}, {"phone": "gọi sau"}, {"email": "không"}, {"name": " "}):
        with pytest.raises(BadContact):
            add(**bad)
    with pytest.raises(Forbidden):
        agency_services.drop_contact(actor=world.actor("dung"), at=world.now, contact_id=number)
    agency_services.drop_contact(actor=SYSTEM, at=world.now, contact_id=number)
    assert "0262 3850 001" not in page(f"/co-quan/{world.agency.pk}/")
    assert "Chưa công khai liên hệ" in page("/cong-khai/lien-he-co-quan/")


@pytest.mark.clause("DL24-11.3", "KT18-13.4#1", "KT18-5.2#3")
def test_the_steps_of_a_procedure_are_public_with_their_times(world: World) -> None:
    """Who does what in which time."""
    code = "1.000010"
    published(sheet(code=code), world.agency, world.units[UnitKind.DIVISION])
    timed = {"printed_value": "1.5", "printed_unit": "working_day", "actor_text": "Phòng chuyên môn"}
    first, *middle, last = steps()
    process_for(code, (first, *(replace(step, **timed) for step in middle), last))
    assert f"?thu-tuc={code}" in page("/cong-khai/quy-trinh/")
    answer = Client().get(f"/cong-khai/quy-trinh/?thu-tuc={code}")
    shown = [(line.number, line.kind) for line in answer.context["steps"]]
    assert shown[0] == (1, "Tiếp nhận")
    assert shown[-1] == (len(shown), "Trả kết quả")
    text = answer.content.decode()
    assert text.count("Phòng chuyên môn · 1,5 ngày làm việc") == len(shown) - 2
    assert Client().get("/cong-khai/quy-trinh/?thu-tuc=9.999999").status_code == 404


@pytest.mark.clause("KT18-3.2")
def test_kon_tum_publishes_fees_and_terms_of_each_procedure(world: World, settings: Settings) -> None:
    moved(world, settings, "kon-tum", date(2021, 10, 7))
    code, fee = "1.000009", Fee("Phí cấp bản sao", Money(50_000))
    published(sheet(code=code, fees=(fee,)), world.agency, world.units[UnitKind.DIVISION])
    for slug, clause, told in (
        ("phi-le-phi", "KT18-3.2", "50.000 đồng"),
        ("thoi-han", "KT18-13.4#1", "03 ngày làm việc"),
    ):
        text = page(f"/cong-khai/{slug}/?linh-vuc=tu-phap")
        row = text.partition(f"/thu-tuc/{code}/")[2].partition("</tr>")[0]
        assert told in row
        assert in_words(clause) in text


@pytest.mark.clause("PT24-5.1", "DL24-5.1", "QN20-7.1#2")
@pytest.mark.parametrize(
    ("province", "on", "clause"),
    [
        ("phu-tho", date(2024, 11, 4), "PT24-5.1"),
        ("dak-lak", date(2024, 3, 4), "DL24-5.1"),
        ("quang-ngai", date(2024, 3, 4), "QN20-7.1#2"),
    ],
)
def test_services_are_listed_with_level_and_agency_by_the_clause(
    world: World, settings: Settings, province: str, on: date, clause: str
) -> None:
    moved(world, settings, province, on)
    answer = Client().get("/cong-khai/dich-vu-cong/")
    (line,) = answer.context["lines"]
    assert line.sheet.code == world.version.procedure.code
    assert str(line.level)
    assert in_words(clause) in answer.content.decode()


@pytest.mark.clause("KT18-5.1.a#1", "PT24-2.2", "PT24-18.1.0")
def test_the_decided_list_is_public_from_the_day_it_is_recorded(world: World, settings: Settings) -> None:
    moved(world, settings, "phu-tho", date(2024, 11, 4))
    assert "Chưa có quyết định nào" in page("/cong-khai/danh-muc-truc-tuyen/")
    code, today = world.version.procedure.code, world.now.date()
    level = next(each for each in OnlineLevel if each is not queries.by_code(code, today).online_level)
    ground = ("Bộ Tư pháp", "12/QĐ-BTP", today)
    wish = Wish(level, ServiceKind.ADMINISTRATIVE, None, (), "Nhiều hồ sơ", "", today.year + 1, *ground)
    at = world.later(minutes=1)
    number = services.propose(
        actor=world.actor("khoa"), at=at, code=code, agency_id=world.agency.pk, wish=wish
    )
    services.assess(
        actor=SYSTEM, at=at, proposal_id=number, version=1, what="support", text="Được", solution={}
    )
    entry = OnlineDecisionEntry("40/QĐ", "Chủ tịch", today, today + timedelta(days=5), [number], [])
    services.record_online_decision(actor=SYSTEM, at=at, entry=entry)
    text = page("/cong-khai/danh-muc-truc-tuyen/")
    for words in ("40/QĐ", "Chủ tịch", "Dịch vụ hành chính công", f"/thu-tuc/{code}/", "chưa đến ngày"):
        assert words in text
    with CaptureQueriesContext(connection) as asked:
        page("/cong-khai/danh-muc-truc-tuyen/")
    assert len(asked) < 12


def test_a_kind_without_data_tells_who_holds_them(world: World, settings: Settings) -> None:
    assert "Cơ quan giữ thông tin này: Văn phòng Ủy ban nhân dân tỉnh" in said("/cong-khai/danh-gia/")
    moved(world, settings, "phu-tho", date(2024, 11, 4))
    holder = "Cơ quan giữ thông tin này: Sở Thông tin và Truyền thông (theo quy chế"
    assert holder in said("/cong-khai/kho-du-lieu/")


def test_body_that_the_regulation_names_is_who_has_its_tasks_today(world: World, settings: Settings) -> None:
    """The department of information and communications was merged in 2025: people are sent to the new one."""
    moved(world, settings, "phu-tho", date(2024, 11, 4))
    assert "Cơ quan vận hành Sở Thông tin và Truyền thông (theo quy chế" in said("/lien-he/")
    heir = Agency.objects.create(
        province="phu-tho",
        key="so-khoa-hoc-va-cong-nghe",
        name="Sở Khoa học và Công nghệ",
        kind=world.agency.kind,
        level=world.agency.level,
    )
    for address in ("/lien-he/", "/cong-khai/lien-he-co-quan/"):
        assert "Cơ quan vận hành Sở Khoa học và Công nghệ" in said(address)
        assert f'href="/co-quan/{heir.pk}/"' in page(address)
    assert "Cơ quan giữ thông tin này: Sở Khoa học và Công nghệ" in said("/cong-khai/kho-du-lieu/")


def said(address: str) -> str:
    """The page as it is read."""
    return " ".join(strip_tags(page(address)).split())


def test_public_steps_tell_the_time_that_several_share_and_when_one_is_done() -> None:
    day = {"value": "2", "unit": "working_day"}
    row = {
        "name_vi": "Thử",
        "steps": [
            {"order": 1, "kind": "intake", "action": "Nhận", "time": {"value": "0.5", "unit": "working_day"}},
            {"order": 2, "kind": "process", "action": "Thẩm định", "time": None},
            {"order": 3, "kind": "opinion", "action": "Niêm yết", "time": None, "only_if": "có khiếu nại"},
            {"order": 4, "kind": "approve", "action": "Duyệt", "time": None},
            {"order": 5, "kind": "return", "action": "Trả", "time": None},
        ],
        "time_groups": [{"orders": [2, 3], "time": day}],
    }
    definition = reading.definition(row, procedure_code="1.000001")
    lines = [information.step_line(n, step, definition) for n, step in enumerate(definition.steps, start=1)]
    assert [(line.time, line.only_if) for line in lines] == [
        ("0,5 ngày làm việc", ""),
        ("2 ngày làm việc", ""),
        ("chung với bước trên", "có khiếu nại"),
        ("", ""),
        ("", ""),
    ]
