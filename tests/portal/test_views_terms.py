"""People see what their regulation asks and forbids, and go on once they have acknowledged it."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from pytest_django import Settings
from tests.accounts.people import MORNING, PASSWORD, citizen
from tests.accounts.test_services_terms import IN_FORCE
from tests.dossiers.world import World

from motcua.accounts.models import TermsAcknowledgement
from motcua.law import queries as law
from motcua.theme.templatetags.motcua import in_words

pytestmark = pytest.mark.django_db
BACKEND = "motcua.accounts.services.backends.EntryBackend"
LOGIN = {"identifier": "an@example.vn", "password": PASSWORD}


@pytest.fixture
def an(db: None, world: World) -> Client:
    """An, registered before there were terms to accept, at the log-in page."""
    world.people["an"].delete()
    world.now = MORNING
    citizen()
    return Client()


@pytest.mark.parametrize(
    ("name", "clauses", "words"),
    [
        pytest.param(
            "KT18",
            ("KT18-16.1", "KT18-4.1", "KT18-4.5", "KT18-4.7"),
            (
                "Cản trở người khác chọn dùng",
                "Tạo thông điệp dữ liệu",
                "Hành vi vi phạm khác theo quy định của pháp luật",
                "Tuân thủ theo quy định",
            ),
            marks=pytest.mark.clause("KT18-16.1", "KT18-4.5", "KT18-4.7"),
        ),
        pytest.param(
            "KT22",
            ("KT22-26.1", "KT22-26.2"),
            (
                "Luật Công nghệ thông tin 2006, Điều 12",
                "Luật Giao dịch điện tử 2005, Điều 9",
                "phá hoại hạ tầng thông tin",
                "Cản trở người khác chọn dùng giao dịch điện tử",
                "Ghi theo hiểu biết chung, chưa đối chiếu với nguyên văn.",
                "Cản trở việc làm thủ tục hành chính trên môi trường điện tử",  # NĐ 45/2020 Đ5 k3
                "Khai dữ liệu sai sự thật",
                "Giả mạo giấy tờ, dữ liệu; mạo danh người khác",
            ),
            marks=pytest.mark.clause("KT22-26.1", "KT22-26.2"),
        ),
        pytest.param(
            "QN20",
            ("QN20-27.1",),
            (
                "kê khai thông tin chính xác, đầy đủ",
                "bảo mật thông tin của tài khoản, mật khẩu",
                "làm ảnh hưởng đến hệ thống dưới mọi hình thức",
                "Đòi bản giấy của giấy tờ đã ký số",
            ),
            marks=pytest.mark.clause("QN20-27.1#1", "QN20-27.1#2"),
        ),
        pytest.param(
            "DL24",
            ("DL24-12.1", "DL24-24.5", "DL24-10.1"),
            (
                "chịu trách nhiệm về mọi hoạt động được thực hiện bằng tài khoản của mình",
                "đúng mục đích",
                "Luật An ninh mạng 2018, Điều 8",
                "dùng giấy tờ của người khác khi làm thủ tục",
                "Thu tiền cao hơn giá dịch vụ",
                "chưa đối chiếu với nguyên văn",
            ),
            marks=pytest.mark.clause("DL24-12.1", "DL24-24.5", "DL24-10.1"),
        ),
        pytest.param(
            "PT24",
            ("PT24-24.1", "PT24-24.6", "PT24-4.2"),
            (
                "Quản lý tài khoản, giữ bí mật thông tin tài khoản, mật khẩu của mình",
                "đăng tải trên các phương tiện truyền thông",
                "Hành vi vi phạm khác",
            ),
            marks=pytest.mark.clause("PT24-24.1", "PT24-24.2#1", "PT24-24.6", "PT24-4.2"),
        ),
    ],
)
def test_terms_show_what_the_regulation_of_the_day_asks_and_forbids(
    world: World, settings: Settings, name: str, clauses: tuple[str, ...], words: tuple[str, ...]
) -> None:
    settings.PROVINCE, world.now, _ = IN_FORCE[name]
    held = Client()  # who logs in has the same before them
    held.force_login(world.people["an"], backend=BACKEND)
    for page in (Client().get("/dieu-khoan/"), held.get("/dieu-khoan/dong-y/")):
        text = html.unescape(page.content.decode())
        for each in (law.regulation(name).decision, *map(in_words, clauses), *words):
            assert each in text
    assert not any(f"{each}-" in text for each in ("KT18", "KT22", "QN20", "DL24", "PT24"))


def test_citizen_is_held_until_the_terms_are_acknowledged_and_then_goes_on(an: Client) -> None:
    an.get("/dang-nhap/", {"next": "/hop-thu/"})
    assert an.post("/dang-nhap/", LOGIN).headers["Location"] == "/hop-thu/"
    held = an.get("/hop-thu/").headers["Location"]
    assert held == "/dieu-khoan/dong-y/?next=%2Fhop-thu%2F"
    assert an.post("/ho-so-cua-toi/").headers["Location"] == "/dieu-khoan/dong-y/"
    for open_page in ("/dieu-khoan/", "/huong-dan/", "/du-lieu-ca-nhan/"):
        assert an.get(open_page).status_code == 200
    page = an.get(held)
    sent = {"version": page.context["version"], "next": page.context["next"]}
    assert an.post("/dieu-khoan/dong-y/", sent).headers["Location"] == "/hop-thu/"
    assert an.get("/hop-thu/").status_code == 200
    assert TermsAcknowledgement.objects.count() == 1
    assert "Bạn đã đồng ý với bản này" in an.get("/dieu-khoan/dong-y/").content.decode()


def test_citizen_who_acknowledges_terms_that_changed_reads_the_new_ones(an: Client) -> None:
    an.post("/dang-nhap/", LOGIN)
    answer = an.post("/dieu-khoan/dong-y/", {"version": "DL24/2020-01-01"})
    assert answer.status_code == 409
    assert "vừa thay đổi" in answer.content.decode()
    assert "/dieu-khoan/dong-y/" in an.get("/hop-thu/").headers["Location"]
    assert TermsAcknowledgement.objects.count() == 0


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_acknowledging_never_leads_to_another_site(an: Client, target: str) -> None:
    an.post("/dang-nhap/", LOGIN)
    version = an.get("/dieu-khoan/dong-y/").context["version"]
    answer = an.post("/dieu-khoan/dong-y/", {"version": version, "next": target})
    assert answer.headers["Location"] == "/ho-so-cua-toi/"


def test_page_to_come_back_to_that_is_none_is_answered(an: Client) -> None:
    an.post("/dang-nhap/", LOGIN)
    version = an.get("/dieu-khoan/dong-y/").context["version"]
    assert an.post("/dieu-khoan/dong-y/", {"version": version, "next": "khong-co"}).status_code == 302


def test_citizen_who_does_not_agree_may_leave(an: Client) -> None:
    an.post("/dang-nhap/", LOGIN)
    assert an.post("/dang-xuat/").headers["Location"] == "/"
    assert "/dang-nhap/" in an.get("/hop-thu/").headers["Location"]
