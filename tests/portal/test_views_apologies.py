"""The public page of apologies, as anybody reads it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.dossiers.world import World

from motcua.dossiers import services

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


def test_page_without_letters_says_so(world: World) -> None:
    assert "Không có văn bản xin lỗi nào" in Client().get(PAGE).content.decode()


@pytest.mark.clause("DL24-5.9")
def test_page_of_the_public_post_lists_what_may_be_sent_by_it(world: World) -> None:
    answer = Client().get("/cong-khai/buu-chinh-cong-ich/")
    assert [(line.sheet.code, line.is_postal) for line in answer.context["lines"]] == [("1.000001", True)]
    assert "/thu-tuc/1.000001/" in answer.content.decode()
