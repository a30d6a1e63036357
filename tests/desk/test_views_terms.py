"""An officer acknowledges duties and forbidden acts before the first work under a regulation."""

from __future__ import annotations

import html
import time

import pytest
from django.test import Client
from pytest_django import Settings
from tests.accounts.people import PASSWORD, officer
from tests.accounts.test_services_terms import IN_FORCE
from tests.dossiers.world import World

from motcua.accounts.models import Account, TermsAcknowledgement
from motcua.accounts.services.sessions import SEEN_AT

pytestmark = pytest.mark.django_db

# What NĐ 45/2020 Đ6 k2 forbids to officers: the acts, which the clause that points to them does not name.
OFFICERS_MAY_NOT = (
    "Cản trở người dân chọn cách làm thủ tục trên môi trường điện tử",
    "Đòi bản giấy của giấy tờ đã ký số",
    "Can thiệp trái phép vào việc truyền, nhận, xử lý dữ liệu",
    "chiếm đoạt danh tính điện tử của người khác",
)


def log_in(client: Client) -> None:
    """Hòa logs in; the gate that ends idle sessions looks at the real clock, not at the world's."""
    client.post("/noi-bo/dang-nhap/", {"username": "hoa", "password": PASSWORD})
    session = client.session
    session[SEEN_AT] = int(time.time())
    session.save()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param(
            "KT22",
            ("Luật Công nghệ thông tin 2006", *OFFICERS_MAY_NOT),
            marks=pytest.mark.clause("KT22-23.5", "KT22-6.2#3"),
        ),
        pytest.param(
            "QN20",
            (
                *OFFICERS_MAY_NOT,
                "làm ảnh hưởng đến hệ thống dưới mọi hình thức",
                "uản lý tài khoản",
                "bảo mật thông tin",
            ),
            marks=pytest.mark.clause("QN20-21.6", "QN20-26.2"),
        ),
        pytest.param(
            "PT24",
            OFFICERS_MAY_NOT,
            marks=pytest.mark.clause("PT24-23.5"),
        ),
        pytest.param(
            "DL24",
            (
                "đúng mục đích theo quy định",
                "khuyến khích thường xuyên thay đổi mật khẩu",
                "báo ngay cho bộ phận phụ trách về công nghệ thông tin",
                "không cung cấp mật khẩu",
                "không để người khác sử dụng tài khoản",
                "Luật An ninh mạng 2018, Điều 8",
            ),
            marks=pytest.mark.clause("DL24-10.1", "DL24-24.2#2", "DL24-24.3#1", "DL24-24.3#2"),
        ),
    ],
)
def test_officer_is_held_until_the_duties_are_acknowledged(
    world: World, settings: Settings, name: str, words: tuple[str, ...]
) -> None:
    settings.PROVINCE, world.now, version = IN_FORCE[name]
    hoa, client = officer("Lý Thị Hoa", username="hoa"), Client()
    log_in(client)
    held = client.get("/noi-bo/phim-tat/").headers["Location"]
    assert held == "/noi-bo/dieu-khoan/?next=%2Fnoi-bo%2Fphim-tat%2F"
    assert client.get("/noi-bo/doi-mat-khau/").status_code == 200  # a leaked password cannot wait
    page = client.get(held)
    text = html.unescape(page.content.decode())
    for each in words:
        assert each in text
    sent = {"version": page.context["version"], "next": page.context["next"]}
    assert client.post("/noi-bo/dieu-khoan/", sent).headers["Location"] == "/noi-bo/phim-tat/"
    assert client.get("/noi-bo/phim-tat/").status_code == 200
    row = TermsAcknowledgement.objects.get()
    assert (row.account_id, f"{row.regulation}/{row.since}") == (hoa.id, version)


@pytest.mark.clause("DL24-24.2#2", "DL24-24.3#2")
def test_leaked_password_is_changed_at_once_before_the_duties_are_read_and_is_good_no_more(
    world: World, settings: Settings
) -> None:
    settings.PROVINCE, world.now, _ = IN_FORCE["DL24"]
    hoa, client, other = officer("Lý Thị Hoa", username="hoa").id, Client(), Client()
    for each in (client, other):
        log_in(each)
    fresh = "mưa rào tháng sáu 7"
    typed = {"current": "không phải mật khẩu cũ", "new": fresh, "again": fresh}
    same = {"current": PASSWORD, "new": PASSWORD, "again": PASSWORD}
    for refused in (typed, same):
        assert client.post("/noi-bo/doi-mat-khau/", refused).status_code == 200
    assert client.post("/noi-bo/doi-mat-khau/", typed | {"current": PASSWORD}).status_code == 302
    account = Account.objects.get(pk=hoa)
    assert (account.check_password(fresh), account.check_password(PASSWORD)) == (True, False)
    assert client.get("/noi-bo/doi-mat-khau/").status_code == 200  # who changed it goes on
    assert other.get("/noi-bo/doi-mat-khau/").status_code == 302  # whoever else had it is out


def test_password_of_somebody_else_is_changed_before_the_duties_are_read(world: World) -> None:
    officer("Lý Thị Hoa", username="hoa", must_change_password=True)
    client = Client()
    log_in(client)
    assert client.get("/noi-bo/").headers["Location"] == "/noi-bo/doi-mat-khau/"
    new = {"current": PASSWORD, "new": "mưa rào tháng sáu 7", "again": "mưa rào tháng sáu 7"}
    client.post("/noi-bo/doi-mat-khau/", new)
    assert client.get("/noi-bo/").headers["Location"] == "/noi-bo/dieu-khoan/?next=%2Fnoi-bo%2F"
