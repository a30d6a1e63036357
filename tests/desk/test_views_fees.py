"""What a dossier costs, said at the counter before it is taken in: by channel and case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.conftest import At
from tests.desk.test_views_intake import INTAKE, entries
from tests.dossiers.world import World, make_world, sheet

from motcua.catalogue.enums import PaymentTime
from motcua.catalogue.rules.sheets import Fee, RequiredDocument
from motcua.desk import clock
from motcua.dossiers.models import Dossier
from motcua.kernel.money import Money

pytestmark = pytest.mark.django_db
PROCEDURES, PEOPLE = "/noi-bo/tiep-nhan/nhieu-thu-tuc/", "/noi-bo/tiep-nhan/nhieu-nguoi/"
FEES = (
    Fee("Lệ phí", Money(20000), channel="counter", variant="mới"),
    Fee("Lệ phí", Money(15000), channel="postal", variant="mới"),
    Fee("Lệ phí", Money(0), variant="cấp lại"),
    Fee("Phí bản sao", Money(8000), variant="cấp bản sao", note="mỗi bản, nếu yêu cầu"),
    Fee("Phí thẩm định", None, variant="cấp bản sao"),
)


CONVERTED = sheet(
    fees=(Fee("Lệ phí", Money(50000), variant="chuyển đổi"), Fee("Phí", Money(30000))),
    variants=("chuyển đổi",),
)
OF_CASE = RequiredDocument("converted", "Giấy của hộ kinh doanh", variants=("chuyển đổi",))
CONVERTED = replace(CONVERTED, components=(*CONVERTED.components, OF_CASE))


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> World:
    """The world of the desk, with a procedure that costs something."""
    usual = sheet(fees=FEES, variants=("mới", "cấp lại", "cấp bản sao"))
    made = make_world(getattr(request, "param", usual))

    def now() -> datetime:
        return made.later(minutes=1)

    monkeypatch.setattr(clock, "now", now)
    return made


def words(content: str) -> str:
    return " ".join(content.split())


def shown(chi: Client, world: World, **typed: str) -> str:
    page = chi.post(INTAKE, {"pick": str(world.version.pk), "name": "An"} | typed).content.decode()
    return words(page.partition('class="mc-fees"')[2].partition("</section>")[0])


def test_fee_is_shown_by_channel_and_case_before_anything_is_registered(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    assert "<strong>20.000 đồng</strong>" in shown(chi, world, variant="mới")
    assert "<strong>15.000 đồng</strong>" in shown(chi, world, variant="mới", channel="postal")
    assert "<strong>Miễn phí</strong>" in shown(chi, world, variant="cấp lại")
    undecided = shown(chi, world)
    assert "Lệ phí (mới): <strong>20.000 đồng</strong>" in undecided
    assert "Lệ phí (cấp lại): miễn phí" in undecided
    assert not Dossier.objects.exists()


def test_fee_by_the_piece_on_request_or_set_elsewhere_is_said_so(world: World, at_desk: At) -> None:
    text = shown(at_desk("chi"), world, variant="cấp bản sao")
    assert "Phí bản sao: <strong>8.000 đồng</strong> mỗi bản, nếu yêu cầu" in text
    assert "Phí thẩm định: theo quy định riêng" in text


TIMED = sheet(fees=(replace(FEES[0], variant=None, due=PaymentTime.ACCEPTANCE), Fee("Phí", Money(3000))))


@pytest.mark.parametrize("world", [TIMED], indirect=True)
def test_counter_says_when_each_fee_is_paid_and_that_a_time_is_not_published(
    world: World, at_desk: At
) -> None:
    chi = at_desk("chi")
    unsaid = "Thời điểm nộp chưa được công bố, hãy cho người nộp biết: Phí."
    before = shown(chi, world)
    assert "<strong>20.000 đồng</strong>, nộp khi hồ sơ được tiếp nhận</li>" in before
    assert unsaid in before
    done = words(chi.get(chi.post(INTAKE, entries(world)).headers["Location"]).content.decode())
    assert "20.000 đồng</strong>, nộp khi hồ sơ được tiếp nhận (đã đến lúc, bỏ qua nếu đã nộp)</li>" in done
    assert unsaid in done


@pytest.mark.parametrize("world", [TIMED], indirect=True)
def test_comparison_says_when_each_fee_would_be_paid_under_another_regulation(
    world: World, at_desk: At
) -> None:
    number = world.state(world.until("assign")).reference
    answer = at_desk("chi").get(reverse("desk:under"), {"ma": number, "theo": "KT18"})
    label = "Nộp phí, lệ phí: lúc nào, bằng cách nào"
    (point,) = (each for each in answer.context["points"] if each.label == label)
    assert "DL24-19.1.c" in point.own.clauses
    assert "KT18-7.2.b#2" in point.other.clauses
    assert point.own.text.endswith("; Phí: nộp khi nhận kết quả")
    assert point.other.text.endswith("; Phí: thời điểm nộp chưa được công bố")


@pytest.mark.parametrize("world", [CONVERTED], indirect=True)
def test_exception_that_is_not_met_is_taken_in_without_its_papers_and_fees(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    page = chi.post(INTAKE, {"pick": str(world.version.pk), "name": "An"}).content.decode()
    assert '<option value="khong" selected>Các trường hợp khác</option>' in words(page)
    assert OF_CASE.name not in page
    assert "<strong>30.000 đồng</strong>" in words(page)
    assert "50.000" not in page

    unsaid = chi.post(INTAKE, entries(world, variant="")).content.decode()
    assert "Hãy chọn trường hợp giải quyết." in unsaid
    assert not Dossier.objects.exists()
    chi.post(INTAKE, entries(world, variant="khong"))
    assert Dossier.objects.get().state["target"].get("variant", "") == ""


def test_fee_stands_on_the_page_after_the_intake(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    done = chi.get(chi.post(INTAKE, entries(world, variant="mới")).headers["Location"]).content.decode()
    assert "<strong>20.000 đồng</strong>" in words(done)


def test_every_line_of_a_sheet_tells_its_fee_and_all_of_them_their_sum(world: World, at_desk: At) -> None:
    typed = {"action": "look", "lines": "3", "name": "An", "personal_id": "066090000001"}
    for index, variant in enumerate(("mới", "mới", "cấp lại")):
        typed |= {f"version_id_{index}": str(world.version.pk), f"variant_{index}": variant}
    chi = at_desk("chi")
    page = chi.post(PROCEDURES, typed)
    text = words(page.content.decode())
    assert text.count("Phí, lệ phí: <strong>20.000 đồng</strong>") == 2
    assert "Phí, lệ phí của cả lượt: <strong>40.000 đồng</strong>" in text
    unsure = chi.post(PROCEDURES, typed | {"variant_2": "cấp bản sao"})
    assert unsure.context["sheet"].total is None
    assert chi.post(PROCEDURES, {"action": "look"}).context["sheet"].total is None


def test_sheet_of_people_tells_the_fee_of_each_dossier_by_channel(world: World, at_desk: At) -> None:
    typed = {"action": "look", "version_id": str(world.version.pk), "variant": "mới", "name_0": "An"}
    chi = at_desk("chi")
    assert "Phí, lệ phí mỗi hồ sơ: <strong>20.000 đồng</strong>" in words(
        chi.post(PEOPLE, typed).content.decode()
    )
    by_post = chi.post(PEOPLE, typed | {"channel": "postal"}).content.decode()
    assert "Phí, lệ phí mỗi hồ sơ: <strong>15.000 đồng</strong>" in words(by_post)
