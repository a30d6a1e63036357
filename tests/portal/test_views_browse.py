"""The first page and the ways from it to a procedure."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from urllib.parse import unquote_plus

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from tests.dossiers.world import MONDAY, World

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.models import Agency
from motcua.catalogue import services as catalogue_services
from motcua.dossiers.queries import Counts
from motcua.kernel.actors import SYSTEM
from motcua.notify import services as notify
from motcua.notify.enums import NoticeKind
from motcua.portal import figures, opening, who
from motcua.worktime import queries as worktime
from motcua.worktime.rules import ZONE

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a [^>]*href="(/[^"#?]*)')
AT = datetime(2025, 12, 1, 9, 0, tzinfo=ZONE)


@pytest.fixture
def whole_province(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "now", lambda: AT)
    agency_services.load_province(province=settings.PROVINCE, actor=SYSTEM, at=AT)
    catalogue_services.load_published(province=settings.PROVINCE, actor=SYSTEM, at=AT)


@pytest.mark.usefixtures("whole_province")
@pytest.mark.parametrize("start", ["/", "/co-quan/"])
def test_every_procedure_is_found_in_three_clicks(start: str) -> None:
    """From the first page by any way, and from the agencies by those that settle it."""
    anybody, seen, layer = Client(), {start}, [start]
    for _ in range(2):
        found = {link for page in layer for link in LINK.findall(anybody.get(page).content.decode())}
        layer = [page for page in found - seen if re.match(r"/(thu-tuc|viec|co-quan|linh-vuc)/", page)]
        layer = [page for page in layer if not re.fullmatch(r"/thu-tuc/[\dX][^/]*/", page)]
        seen |= found
    seen |= {link for page in layer for link in LINK.findall(anybody.get(page).content.decode())}
    rows = json.loads(catalogue_services.PROCEDURES.read_text("utf-8"))["procedures"]
    codes = {row["code"] for row in rows if row["code"]}
    shown = {page.split("/")[2] for page in seen if page.startswith("/thu-tuc/")}
    if start == "/":
        assert codes - shown == set()
    else:
        assert len(codes & shown) >= 40  # some are settled by no agency of the province


def test_home_shows_notices_only_between_their_moments(world: World) -> None:
    notify.give_notice(
        actor=SYSTEM,
        at=MONDAY,
        kind=NoticeKind.STOP,
        title="Tạm ngừng tối thứ Bảy",
        body="Từ 20:00 đến 22:00.\n\n<b>Xin thông cảm</b>",
        shown_from=world.now,
        shown_to=world.now + timedelta(minutes=2),
    )
    text = Client().get("/").content.decode()
    assert "Tạm ngừng tối thứ Bảy" in text
    assert "&lt;b&gt;Xin thông cảm" in text
    world.later(hours=1)
    assert "Tạm ngừng tối thứ Bảy" not in Client().get("/").content.decode()


def test_home_draws_the_month_with_the_same_numbers_beside(world: World) -> None:
    world.until("accept")
    world.until("give_back")
    answer = Client().get("/")
    month = answer.context["month"]
    assert [(week.label, week.counts) for week in month.weeks] == [("1–4", Counts(2, 1, 0, 1))]
    assert answer.content.decode().count('class="mc-chart__value"') == 2


def test_month_draws_bars_in_proportion() -> None:
    first = date(2024, 2, 1)
    days = {date(2024, 2, 7): Counts(filed=10, settled=5), date(2024, 2, 8): Counts(filed=5)}
    month = figures.month(first, date(2024, 2, 29), days)
    assert [week.label for week in month.weeks] == ["1–7", "8–14", "15–21", "22–28", "29"]
    assert [[bar.height for bar in pair.bars] for pair in month.picture.pairs[:2]] == [[144, 72], [72, 0]]
    picture = month.picture
    assert all(bar.x >= 0 and bar.x + 24 <= picture.width for pair in picture.pairs for bar in pair.bars)


@pytest.mark.usefixtures("world")
def test_life_event_lists_its_procedures_or_says_there_are_none() -> None:
    assert "chưa được công bố" in Client().get("/viec/sinh-con/").content.decode()
    assert Client().get("/viec/khong-co/").status_code == 404


def test_life_event_says_beside_a_procedure_when_one_needs_it(world: World) -> None:
    world.version.procedure.code = "1.001193"
    world.version.procedure.save()
    browser = Client()
    (need,) = browser.get("/viec/sinh-con/").context["needs"]
    assert (need.row.code, need.why.startswith("Để trẻ có Giấy khai sinh")) == ("1.001193", True)
    browser.post("/ngon-ngu/", {"language": "en", "next": "/"})
    html = browser.get("/viec/sinh-con/").content.decode()
    assert html.index("So that the child has a birth certificate") < html.index("/thu-tuc/1.001193/")


@pytest.mark.usefixtures("world")
def test_life_event_is_english_for_who_has_chosen_it() -> None:
    anybody = Client()
    anybody.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert "A child is born" in anybody.get("/viec/sinh-con/").content.decode()


def test_agencies_are_found_without_accents(world: World) -> None:
    page = f"/co-quan/{world.agency.pk}/"
    assert page in Client().get("/co-quan/?q=so+tu+phap").content.decode()
    assert page in Client().get("/co-quan/?q=so+tu+phab").content.decode()  # a slip
    assert "Chưa tìm thấy cơ quan nào" in Client().get("/co-quan/?q=khong-co").content.decode()


def test_agency_page_says_where_before_what_for_who_reads_it_on_a_phone(world: World) -> None:
    text = Client().get(f"/co-quan/{world.agency.pk}/").content.decode()
    assert text.index("<aside") < text.index("Thủ tục giải quyết tại đây")


def test_agency_page_says_where_when_and_what(world: World) -> None:
    world.agency.address = "12 Lê Duẩn & Nguyễn Tất Thành"
    world.agency.save()
    agencies.forget()
    text = Client().get(f"/co-quan/{world.agency.pk}/").content.decode()
    for expected in (
        "12 Lê Duẩn &amp; Nguyễn Tất Thành",
        "openstreetmap.org/search?query=12+L%C3%AA+Du%E1%BA%A9n+%26+Nguy%E1%BB%85n+T%E1%BA%A5t+Th%C3%A0nh%2C+%C4%90",
        "Đang mở cửa, đến 11:30",
        "Thứ Hai – Thứ Sáu",
        "/thu-tuc/1.000001/",
    ):
        assert expected in text


def test_agency_with_several_addresses_has_a_map_for_each(world: World) -> None:
    world.agency.address = "398 Trần Phú, phường Việt Trì; 5 Nguyễn Trãi, phường Vĩnh Phúc"
    world.agency.save()
    agencies.forget()
    text = Client().get(f"/co-quan/{world.agency.pk}/").content.decode()
    links = [unquote_plus(each) for each in re.findall(r'openstreetmap\.org/search\?query=([^"]+)"', text)]
    assert links == ["398 Trần Phú, phường Việt Trì, Đắk Lắk", "5 Nguyễn Trãi, phường Vĩnh Phúc, Đắk Lắk"]
    assert "Tìm 5 Nguyễn Trãi, phường Vĩnh Phúc trên bản đồ" in text


@pytest.mark.usefixtures("whole_province")
def test_where_nothing_fits_the_usual_procedure_is_offered_not_denied() -> None:
    page = Client().get("/thu-tuc/", {"q": "cafe bida karaoke sân vườn xyzzy"}).content.decode()
    assert "Có lẽ bạn cần thủ tục này" in page
    assert 'href="/thu-tuc/1.001612/"' in page
    elsewhere = Client().get("/thu-tuc/", {"q": "hộ chiếu"}).content.decode()
    assert "chưa có thủ tục đó" in elsewhere
    assert "Có lẽ bạn cần thủ tục này" not in elsewhere


@pytest.mark.usefixtures("whole_province")
def test_name_that_is_offered_is_not_said_to_be_missing() -> None:
    page = Client().get("/thu-tuc/", {"q": "cafe xyzzy abc def ghf jkl"}).content.decode()
    assert "Có lẽ bạn cần thủ tục này" in page
    assert "chưa có thủ tục đó" not in page


def test_agencies_that_are_no_more_settle_nothing_today(world: World) -> None:
    page = f"/co-quan/{world.agency.pk}/"
    assert "không còn từ ngày" not in Client().get(page).content.decode()
    world.agency.valid_to = world.now.date() - timedelta(days=1)
    world.agency.marks = {"functions_to": "Sở Mới"}
    world.agency.save()
    agencies.forget()
    assert page not in Client().get("/co-quan/").content.decode()
    text = Client().get(page).content.decode()
    assert f"không còn từ ngày {world.now:%d/%m/%Y}" in text
    assert "Sở Mới" in text
    assert "/thu-tuc/1.000001/" not in text


def test_agency_that_is_no_more_leads_to_the_one_that_took_over(world: World) -> None:
    old = Agency.objects.create(
        province=settings.PROVINCE,
        key="huyen-cu",
        name="Ủy ban nhân dân huyện Cũ",
        level="district",
        kind="district_committee",
        valid_to=world.now.date() - timedelta(days=1),
        marks={"functions_to": world.agency.name},
    )
    assert f'href="/co-quan/{world.agency.pk}/"' in Client().get(f"/co-quan/{old.pk}/").content.decode()


def test_districts_of_their_time_stand_under_their_own_heading(world: World) -> None:
    world.agency.level = "district"
    world.agency.save()
    agencies.forget()
    page = Client().get("/co-quan/").content.decode()
    assert "Cơ quan cấp huyện" in page
    assert "Cơ quan cấp tỉnh" not in page


def test_agency_of_another_province_is_not_found(world: World) -> None:
    world.agency.province = "kon-tum"
    world.agency.save()
    agencies.forget()
    assert Client().get(f"/co-quan/{world.agency.pk}/").status_code == 404
    assert Client().get("/co-quan/999999/").status_code == 404


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("2024-03-04T08:00", "Đang mở cửa, đến 11:30"),
        ("2024-03-04T11:30", "Đang đóng cửa, mở lại lúc 13:30 hôm nay"),
        ("2024-03-04T17:30", "Đang đóng cửa, mở lại lúc 07:30 ngày mai"),
        ("2024-03-08T18:00", "Đang đóng cửa, mở lại lúc 07:30 Thứ Hai 11/03/2024"),
        ("2024-02-08T09:00", "Đang đóng cửa, mở lại lúc 07:30 Thứ Năm 15/02/2024"),
    ],
)
def test_opening_says_until_or_from_when(moment: str, sentence: str) -> None:
    calendar = worktime.published_calendar("dak-lak", None)
    at = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    with translation.override("vi"):
        assert opening.of(calendar, at).sentence == sentence


def test_opening_names_the_holidays_ahead() -> None:
    calendar = worktime.published_calendar("dak-lak", None)
    ahead = opening.of(calendar, datetime(2024, 2, 5, 9, 0, tzinfo=ZONE)).other_days
    assert [(day.on, day.hours) for day in ahead] == [(date(2024, 2, day), ()) for day in (8, 9, 12, 13, 14)]
    assert all("Tết" in day.why for day in ahead)
