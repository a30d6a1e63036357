"""The public page of apologies, as anybody reads it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.dossiers.world import World

from motcua.dossiers import services
from motcua.dossiers.rules.state import Applicant

pytestmark = pytest.mark.django_db
PAGE = "/cong-khai/van-ban-xin-loi/"


@pytest.mark.clause("DL24-5.10")
def test_page_shows_the_letters_and_no_name(world: World) -> None:
    for _ in range(21):
        act = world.until("assign")
        reason = "Chờ ông Nguyễn Văn An bổ sung, điện thoại 0905000001"
        services.extend(**world._on(act, "hanh") | {"new_day": date(2024, 3, 12), "reason": reason})
    first = Client().get(PAGE)
    text = first.content.decode()
    assert "Chờ ông … bổ sung, điện thoại …" in text
    assert "N. V. A." in text
    for secret in ("Nguyễn Văn An", "0905000001", "066090000001", "an@example.vn", "Buôn Ma Thuột</"):
        assert secret not in text
    assert text.count('class="mc-apology"') == 20
    older = Client().get(PAGE + first.context["older"])
    assert (len(older.context["letters"]), older.context["older"]) == (1, "")


@pytest.mark.clause("DL24-5.10", "DL24-3.4")
def test_letter_that_is_public_shows_no_more_once_the_desk_has_put_right_what_it_names(world: World) -> None:
    act = world.register(
        applicant=Applicant("Nguyễn Văn An", "066090000001", "0905000001", address="12 Lê Duẩn, Tân Lợi")
    )
    for step in (world.accept, world.hand_over, world.assign):
        act = step(act)
    reason = "Chờ xác minh Nguyễn Văn An và nhà 12 Lê Duẩn, giáp ông/bà Trần Văn Bình"
    act = services.extend(**world._on(act, "hanh") | {"new_day": date(2024, 3, 12), "reason": reason})
    values = {"name": "Nguyễn Hoàng Phúc", "address": "5 Trần Phú, Tuy Hòa"}
    mended = {"what": "contact", "reason": "Đổi tên, chuyển nơi ở", "values": values}
    services.correct(**world._on(act, "chi") | mended)
    for page in (PAGE, f"/tra-cuu/{world.state(act).code}"):
        text = Client().get(page).content.decode()
        assert "Chờ xác minh … và nhà …, giáp ông/bà …" in text
        assert not [each for each in ("Văn An", "12 Lê Duẩn", "Văn Bình") if each in text]


@pytest.mark.clause("DL24-5.10", "DL24-3.4")
def test_no_public_page_tells_when_somebody_was_born(world: World) -> None:
    born = Applicant("Nguyễn Văn An", "066090000001", "0905000001", date_of_birth=date(1990, 2, 1))
    act = world.assign(world.hand_over(world.accept(world.register(applicant=born))))
    reason = "Chờ xác minh người sinh ngày 01 tháng 02 năm 1990 (khai sinh ghi 01/2/1990) trước 12/03/2024"
    act = services.extend(**world._on(act, "hanh") | {"new_day": date(2024, 3, 12), "reason": reason})
    for page in (PAGE, f"/tra-cuu/{world.state(act).code}"):
        text = Client().get(page).content.decode()
        assert "người sinh ngày … (khai sinh ghi …) trước 12/03/2024" in text
        assert "1990" not in text


def test_page_without_letters_says_so(world: World) -> None:
    assert "Không có văn bản xin lỗi nào" in Client().get(PAGE).content.decode()


@pytest.mark.clause("DL24-5.9")
def test_page_of_the_public_post_lists_what_may_be_sent_by_it(world: World) -> None:
    answer = Client().get("/cong-khai/buu-chinh-cong-ich/")
    assert [(line.sheet.code, line.is_postal) for line in answer.context["lines"]] == [("1.000001", True)]
    assert "/thu-tuc/1.000001/" in answer.content.decode()
