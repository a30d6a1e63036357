"""Public information by the regulation's lists, help, terms, and what search engines read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings
from tests.dossiers.world import MONDAY, World, published, sheet

from motcua.agencies import queries as agencies
from motcua.agencies.enums import UnitKind
from motcua.agencies.models import Agency
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import OnlineLevel
from motcua.catalogue.rules.sheets import Fee
from motcua.dossiers.queries import Counts, Use
from motcua.kernel.actors import SYSTEM
from motcua.kernel.money import Money
from motcua.law import queries as law
from motcua.notify import services as notify
from motcua.notify.enums import NoticeKind
from motcua.portal import publicity
from motcua.portal.views.information import PAGES
from motcua.theme.templatetags.motcua import in_words
from motcua.theme.terms import spelt_out

pytestmark = pytest.mark.django_db
IN_FORCE = {
    "KT18": ("kon-tum", date(2020, 1, 1)),
    "KT22": ("kon-tum", date(2024, 1, 1)),
    "QN20": ("quang-ngai", date(2024, 1, 1)),
    "DL24": ("dak-lak", date(2024, 3, 4)),
    "PT24": ("phu-tho", date(2025, 1, 1)),
}


@pytest.mark.parametrize("name", IN_FORCE)
def test_every_item_of_a_regulation_has_a_kind_with_its_clauses(name: str, settings: Settings) -> None:
    settings.PROVINCE, on = IN_FORCE[name]
    rules = law.regulation(name)
    prefix = "publicity."
    items = [value.key.removeprefix(prefix) for value in rules.values if value.key.startswith(prefix)]
    kinds = {kind.key: kind for kind in publicity.kinds_in_force(on)}
    assert [item for item in items if item not in kinds] == []
    assert [item for item in items if not kinds[item].clauses(rules)] == []
    assert list(kinds)[: len(items)] == [kind.key for kind in publicity.KINDS if kind.key in items]


def test_kinds_have_addresses_of_their_own() -> None:
    assert len({kind.slug for kind in publicity.KINDS}) == len(publicity.KINDS)
    assert set(PAGES) <= {kind.key for kind in publicity.KINDS}


@pytest.mark.parametrize("kind", publicity.KINDS, ids=lambda kind: kind.key)
def test_page_of_a_kind_opens_where_it_is_public(kind: publicity.Kind, world: World) -> None:
    public = kind in publicity.kinds_in_force(world.now.date())
    answer = Client().get(f"/cong-khai/{kind.slug}/")
    assert answer.status_code == (200 if public else 404)
    if public and (clauses := kind.clauses(law.regulation("DL24"))):
        assert in_words(clauses) in answer.content.decode()


@pytest.mark.parametrize("slug", ["danh-gia", "danh-muc-dung-chung"])
def test_what_has_no_data_yet_says_so(world: World, slug: str) -> None:
    assert "Chưa có dữ liệu" in Client().get(f"/cong-khai/{slug}/").content.decode()


@pytest.mark.parametrize("slug", ["dich-vu-cong", "thoi-han", "phi-le-phi", "buu-chinh-cong-ich"])
def test_tables_by_sector_lead_to_the_sheets(world: World, slug: str) -> None:
    for asked in ("", "?linh-vuc=tu-phap", "?linh-vuc=khong-co"):
        assert "/thu-tuc/1.000001/" in Client().get(f"/cong-khai/{slug}/{asked}").content.decode()


@pytest.mark.clause("DL24-5.6", "PT24-5.2")
def test_figures_are_told_by_agency_and_month(world: World) -> None:
    world.until("give_back")
    answer = Client().get("/cong-khai/so-lieu/")
    assert [(line.name, line.counts) for line in answer.context["lines"]] == [
        (world.agency.name, Counts(1, 1, 0, 1))
    ]
    assert Client().get(f"/cong-khai/so-lieu/?thang={world.now.year}-02").context["lines"] == []
    assert Client().get("/cong-khai/so-lieu/?thang=khong").context["month"].first == world.month[0]


@pytest.mark.clause("KT18-5.1.b#2", "DL24-5.6")
def test_how_often_each_online_service_was_used_is_public(world: World, regulation: str) -> None:
    code, year = world.version.procedure.code, world.now.year
    offline = sheet(code="1.000009", online_level=OnlineLevel.NONE)
    published(offline, world.agency, world.units[UnitKind.DIVISION])
    catalogue.forget()
    world.until("give_back")
    world.until("submit")
    page = Client().get("/cong-khai/muc-do-su-dung/?linh-vuc=tu-phap")
    assert [(line.sheet.code, line.use) for line in page.context["lines"]] == [
        (code, Use(online=2, otherwise=0, settled=1))
    ]
    assert page.context["clauses"] == {"KT18": ("KT18-5.1.b#2",), "DL24": ("DL24-5.6",)}[regulation]
    assert (page.context["years"].years[-1].label, page.context["years"].total.online) == (str(year), 2)
    assert Client().get(f"/cong-khai/muc-do-su-dung/?nam={year - 1}").context["lines"][0].use == Use()
    assert Client().get("/cong-khai/muc-do-su-dung/?nam=1999").context["year"] == year
    one = Client().get(f"/cong-khai/muc-do-su-dung/?thu-tuc={code}")
    assert [bar.value for bar in one.context["years"].picture.pairs[-1].bars] == [2, 1]
    assert "2 hồ sơ nộp trực tuyến, 1 hồ sơ đã giải quyết" in one.content.decode()  # said beside the picture
    text = Client().get(f"/thu-tuc/{code}/").content.decode()
    assert "2 hồ sơ nộp trực tuyến, 0 hồ sơ nộp cách khác, 1 hồ sơ đã giải quyết" in text
    assert "hồ sơ nộp cách khác" not in Client().get("/thu-tuc/1.000009/").content.decode()


def test_use_of_a_procedure_that_is_not_there_is_not_found(world: World) -> None:
    assert Client().get("/cong-khai/muc-do-su-dung/?thu-tuc=9.999999").status_code == 404


def test_a_column_of_the_month_has_the_name_that_the_chart_gives_it(world: World, settings: Settings) -> None:
    world.until("give_back")
    reader = Client()
    for language, name, other in (("vi", "Đã giải quyết", "Giải quyết"), ("en", "Settled", "Settlement")):
        reader.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = reader.get("/cong-khai/so-lieu/").content.decode()
        assert page.count(f">{name}<") == 3  # the key of the chart, the weeks, the agencies
        assert f">{other}<" not in page


@pytest.mark.clause("DL24-5.8")
def test_ways_of_paying_and_the_fees_are_public(settings: Settings, world: World) -> None:
    content = sheet(code="1.000009", fees=(Fee("Phí cấp bản sao", Money(50_000)),))
    published(content, world.agency, world.units[UnitKind.DIVISION])
    catalogue.forget()
    page = Client().get("/cong-khai/thanh-toan/")
    assert page.context["clauses"] == ("DL24-5.8",)
    assert [str(way) for way in page.context["full"]] == [
        str(publicity.PAYMENT_WAYS[way]) for way in law.regulation("DL24").words("payment.ways_full")
    ]
    assert page.context["full"]
    text = page.content.decode()
    assert all(str(way) in text for way in page.context["full"])
    assert "/cong-khai/phi-le-phi/" in text
    fees = Client().get("/cong-khai/phi-le-phi/?linh-vuc=tu-phap").content.decode()
    assert "50.000 đồng" in fees


@pytest.mark.clause("DL24-21.1")
def test_each_agency_has_address_mailbox_and_number_for_petitions(world: World) -> None:
    Agency.objects.update(address="4 Lê Duẩn", phones=["0262 3850 001"], email="stp@example.vn")
    agencies.forget()
    page = Client().get("/cong-khai/phan-anh-kien-nghi/")
    assert [card.name for card in page.context["agencies"]] == [world.agency.name]
    text = page.content.decode()
    for shown in ("4 Lê Duẩn", 'href="tel:02623850001"', 'href="mailto:stp@example.vn"'):
        assert shown in text
    assert "Chưa công bố" not in text
    Agency.objects.update(phones=[], email="")
    agencies.forget()
    assert (
        "Chưa công bố hộp thư, đường dây nóng."
        in Client().get("/cong-khai/phan-anh-kien-nghi/").content.decode()
    )
    assert Client().get("/cong-khai/phan-anh-kien-nghi/?cap=xa").context["agencies"] == []


def test_late_dossiers_are_owned_up_to(world: World) -> None:
    act = world.until("approve")
    world.later(days=14)
    world.issue(act)
    lines = Client().get("/cong-khai/van-ban-xin-loi/").context["lines"]
    assert [(line.name, line.counts.late) for line in lines] == [(world.agency.name, 1)]


@pytest.mark.parametrize("name", IN_FORCE)
def test_no_page_leads_to_a_list_that_this_regulation_does_not_publish(name: str, settings: Settings) -> None:
    settings.PROVINCE, on = IN_FORCE[name]
    is_public = any(kind.key == "apologies" for kind in publicity.kinds_in_force(on))
    address = publicity.address_of("apologies", on)
    assert address == ("/cong-khai/van-ban-xin-loi/" if is_public else "")
    note = render_to_string("portal/parts/figures_note.html", {"overdue": 3, "overdue_at": address})
    assert ("Xem theo từng cơ quan" in note, 'href="' in note) == (is_public, is_public)


@pytest.mark.clause("DL24-5.6", "DL24-5.10")
def test_what_is_past_its_date_and_open_is_told_beside_what_ended_late(world: World) -> None:
    """Whoever reads that nothing was late must not find an overdue dossier behind the next code."""
    apologies, none = "/cong-khai/van-ban-xin-loi/", "Tháng này chưa có hồ sơ nào trễ hẹn."
    overdue = "Ngoài ra, lúc này cả tỉnh còn 1 hồ sơ đã quá ngày hẹn mà chưa có kết quả."
    act = world.until("assign")
    assert none in Client().get(apologies).content.decode()
    assert overdue not in Client().get("/").content.decode()
    world.later(days=40)
    page = Client().get(apologies)
    assert [(line.name, line.counts.late, line.overdue) for line in page.context["lines"]] == [
        (world.agency.name, 0, 1)
    ]
    text = page.content.decode()
    assert none not in text
    for words in ("Trễ hẹn trong tháng", "Đang quá hẹn", "vẫn chưa có kết quả, dù nộp từ tháng nào"):
        assert words in text
    for path in ("/", "/cong-khai/so-lieu/"):
        text = Client().get(path).content.decode()
        assert overdue in text
        assert "Trễ hẹn: kết quả về đến nơi trả sau ngày hẹn" in text
        assert f'href="{apologies}"' in text
    world.stop(act)
    assert [(line.counts.late, line.overdue) for line in Client().get(apologies).context["lines"]] == [(1, 0)]
    assert overdue not in Client().get("/").content.decode()


@pytest.mark.clause("DL24-5.4")
def test_notices_of_any_time_are_kept_public(world: World) -> None:
    notify.give_notice(
        actor=SYSTEM,
        at=MONDAY,
        kind=NoticeKind.NEWS,
        title="Lịch nghỉ lễ",
        body="Nghỉ ngày 10/3.",
        shown_from=MONDAY,
        shown_to=MONDAY + timedelta(minutes=1),
    )
    world.later(hours=1)
    text = Client().get("/cong-khai/thong-bao/").content.decode()
    assert "Lịch nghỉ lễ" in text
    assert "đã qua" in text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("KT18", ("Cản trở người khác chọn dùng dịch vụ công trực tuyến", in_words("KT18-4.7"))),
        ("KT22", ("Luật Giao dịch điện tử 2005, Điều 9", in_words("KT22-5"))),
        ("QN20", ("Phát tán vi rút", "Nghị định 45/2020/NĐ-CP, Điều 6")),
        ("DL24", ("Luật An ninh mạng 2018, Điều 8", in_words("DL24-4"))),
        ("PT24", ("Nghị định 45/2020/NĐ-CP, Điều 5 khoản 3", in_words("PT24-4.2"))),
    ],
)
def test_terms_tell_what_the_regulation_in_force_forbids(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, expected: tuple[str, ...]
) -> None:
    settings.PROVINCE, on = IN_FORCE[name]
    world.now = world.now.replace(year=on.year, month=on.month, day=on.day)
    text = Client().get("/dieu-khoan/").content.decode()
    for words in (law.regulation(name).decision, *expected):
        assert words in text
    assert f"{name} Điều" not in text


def test_terms_before_any_regulation_say_that_there_is_none(world: World) -> None:
    world.now = world.now.replace(year=2020)
    assert "Chưa có quy chế nào" in Client().get("/dieu-khoan/").content.decode()


@pytest.mark.parametrize(
    ("law", "read"),
    [
        ("NĐ 61/2018/NĐ-CP Đ5 k2, k3", "Nghị định 61/2018/NĐ-CP, Điều 5 khoản 2, khoản 3"),
        ("NĐ 45/2020/NĐ-CP Đ5 k3, Đ6 k2", "Nghị định 45/2020/NĐ-CP, Điều 5 khoản 3, Điều 6 khoản 2"),
        ("TT 32/2017/TT-BTTTT Đ16 k4 b", "Thông tư 32/2017/TT-BTTTT, Điều 16 khoản 4 điểm b"),
        ("QĐ 24/2024/QĐ-UBND", "Quyết định 24/2024/QĐ-UBND"),
        ("Đ11 k2 đ, Đ12", "Điều 11 khoản 2 điểm đ, Điều 12"),
        ("", ""),
    ],
)
def test_laws_are_spelt_out(law: str, read: str) -> None:
    assert spelt_out(law) == read


@pytest.mark.parametrize("name", ["help", "contact", "site_map", "public_information"])
def test_page_about_the_site_opens(world: World, name: str) -> None:
    assert Client().get(reverse(f"portal:{name}")).status_code == 200


def test_sitemap_names_pages_that_open_and_call_themselves_so(world: World, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://dichvucong.example.vn"
    answer = Client().get("/sitemap.xml")
    tree = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    found = [element.text or "" for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert "https://dichvucong.example.vn/thu-tuc/1.000001/" in found
    assert len(found) == len(set(found))
    titles = []
    for address in found:
        page = Client().get(address.removeprefix(settings.PUBLIC_URL))
        text = page.content.decode()
        assert (page.status_code, f'<link rel="canonical" href="{address}">' in text) == (200, True), address
        titles += re.findall(r"<title>([^<]+)</title>", text)
    assert len(set(titles)) == len(titles)


def test_no_public_page_asks_the_database_more_than_a_few_times(world: World) -> None:
    world.until("give_back")
    paths = re.findall(r"<loc>[^<]*?(/[^<]*)</loc>", Client().get("/sitemap.xml").content.decode())
    many = {}
    for path in (*(re.sub("^//[^/]+", "", each) for each in paths), "/sitemap.xml"):
        with CaptureQueriesContext(connection) as asked:
            Client().get(path)
        if len(asked) > 9:  # that of a planned stop among them
            many[path] = len(asked)
    assert many == {}
    assert len(paths) > 30


def test_robots_keep_to_public_pages(world: World) -> None:
    text = Client().get("/robots.txt").content.decode()
    for path in ("/noi-bo/", "/ho-so-cua-toi/", "/nop-ho-so/"):
        assert f"Disallow: {path}\n" in text
    assert "/sitemap.xml" in text


def test_robots_of_a_demo_are_shown_nothing(world: World, settings: Settings) -> None:
    settings.DEMO = True
    assert Client().get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_sheet_and_home_describe_themselves(world: World) -> None:
    for path in ("/", "/thu-tuc/1.000001/", "/viec/sinh-con/", "/cong-khai/so-lieu/"):
        text = Client().get(path).content.decode()
        for name in ('name="description"', 'property="og:title"', 'property="og:url"'):
            assert text.count(name) == 1


def test_page_of_petitions_offers_only_ways_that_are_open(world: World) -> None:
    page = Client().get("/cong-khai/phan-anh-kien-nghi/")
    text = page.content.decode()
    assert "<li>Trên hệ thống này</li>" not in text
    assert "Cách đó chưa mở" in text
    assert "Thư điện tử" in text
