"""What goes wrong at the screen in a hall leaves nothing of whoever stood there; the screen comes back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from motcua.theme import stops

pytestmark = pytest.mark.django_db
ASK = "/ky-ot/khong-co-ma/"
NAME, MAIL = "Nguyễn Thị Hàng Xóm", "hangxom@hopthu.example"
TYPED = {"named": NAME, "email": MAIL}
HERE = {"referer": f"http://testserver{ASK}"}
WITHOUT_CODE = "Tìm hồ sơ khi không có mã"


@pytest.fixture(autouse=True)
def state(settings: Settings, tmp_path: Path) -> Path:
    settings.STATE_DIR = tmp_path
    cache.clear()
    return tmp_path


def stop() -> None:
    now = timezone.localtime()
    stops.begin(stops.Stop(now, now + timedelta(hours=2), "Nâng cấp máy chủ"))


def assert_forgets(answer: Any, status: int, said: str) -> None:
    page = answer.content.decode()
    headers = answer.headers
    assert answer.status_code == status
    assert headers["Refresh"] == "60; url=/ky-ot/"
    assert headers["Cache-Control"] == "no-store, private"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert said in page
    assert "Trang này tự đóng sau 1 phút." in page
    assert 'href="/ky-ot/">Xong</a>' in page
    assert "mc-kiosk" in page
    for trace in (NAME, MAIL, "/dang-nhap/", "/tra-cuu/", "<form"):
        assert trace not in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_stop_that_begins_while_somebody_types_clears_the_screen(method: str) -> None:
    stop()
    answer = getattr(Client(), method)(ASK, TYPED, headers=HERE)
    assert_forgets(answer, 503, "Hệ thống đang bảo trì")
    assert "Dự kiến hoạt động lại lúc" in answer.content.decode()
    assert int(answer.headers["Retry-After"]) > 3600


def test_start_does_not_offer_what_is_stopped() -> None:
    def start() -> tuple[str, str]:
        asked = Client().post("/ky-ot/", {"ma": "nguyễn văn an"}).content.decode()
        return Client().get("/ky-ot/").content.decode(), asked

    assert all(WITHOUT_CODE in page for page in start())
    stop()
    assert not any(WITHOUT_CODE in page for page in start())


def test_form_that_has_expired_clears_the_screen() -> None:
    answer = Client(enforce_csrf_checks=True).post(ASK, TYPED, headers=HERE)
    assert_forgets(answer, 403, "Trang đã mở quá lâu")


def test_change_of_the_language_that_has_expired_comes_back_to_the_kiosk() -> None:
    """Its form goes to an address of the whole portal."""
    sent = {"language": "en", "next": ASK}
    answer = Client(enforce_csrf_checks=True).post("/ngon-ngu/", sent, headers=HERE)
    assert_forgets(answer, 403, "Trang đã mở quá lâu")
    elsewhere = {"referer": "http://testserver/tra-cuu/"}
    answer = Client(enforce_csrf_checks=True).post("/ngon-ngu/", sent, headers=elsewhere)
    assert (answer.status_code, "Refresh" in answer.headers) == (403, False)


@pytest.mark.parametrize(("broken", "status"), [(RuntimeError, 500), (OperationalError, 503)])
def test_page_that_fails_clears_the_screen(
    monkeypatch: pytest.MonkeyPatch, broken: type[Exception], status: int
) -> None:
    def fails(**_: object) -> None:
        raise broken

    monkeypatch.setattr("motcua.dossiers.services.ask_for_lookup", fails)
    client = Client(raise_request_exception=False)
    assert_forgets(client.post(ASK, TYPED, headers=HERE), status, "Hệ thống chưa trả lời được")


def test_other_pages_of_errors_come_back_too(settings: Settings) -> None:
    assert_forgets(Client().get("/ky-ot/khong-co/"), 404, "Không tìm thấy trang")
    settings.MAX_REQUEST_BYTES = 10
    assert_forgets(Client().post(ASK, TYPED, headers=HERE), 413, "Hệ thống chưa trả lời được")


def test_even_a_page_that_cannot_be_drawn_clears_the_screen(state: Path) -> None:
    (state / stops.NAME).write_text("{}", encoding="utf-8")
    answer = Client().post(ASK, TYPED, headers=HERE)
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Refresh"]) == (503, "60; url=/ky-ot/")
    assert '<a href="/ky-ot/">Xong</a>' in page
    assert NAME not in page


def test_reader_of_english_reads_english() -> None:
    stop()
    client = Client()
    client.cookies["motcua_language"] = "en"
    page = client.post(ASK, TYPED, headers=HERE).content.decode()
    assert 'lang="en"' in page
    assert "Hệ thống đang bảo trì" not in page
