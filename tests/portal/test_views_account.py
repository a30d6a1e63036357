"""My account: details, contacts, password, devices, notices and data, each page as its owner uses it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone
from tests.accounts.people import PASSWORD
from tests.dossiers.world import World
from tests.portal.conftest import Browser
from tests.portal.test_views_own import asked

from motcua.accounts.models import Account, Login
from motcua.audit import services as audit
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Status
from motcua.notify import queries as notify
from motcua.notify.models import OutboxMessage
from motcua.theme.wording import short_moment

pytestmark = pytest.mark.django_db
NEW = "nước chảy đá mòn"


@pytest.fixture
def an(world: World, browser_of: Browser) -> Client:
    """An's browser; the password is known."""
    Account.objects.filter(pk=world.people["an"].pk).update(password=make_password(PASSWORD))
    world.people["an"].refresh_from_db()
    return browser_of("an")


def code(key: str) -> str:
    return str(OutboxMessage.objects.filter(key=key).latest("id").context["code"])


def text(client: Client, path: str) -> str:
    return client.get(path, follow=True).content.decode()


def faults(answer: Any) -> list[str]:
    return [error.href for error in answer.context["page_errors"]]


def test_page_shows_what_is_kept_and_leads_to_every_change(an: Client, world: World) -> None:
    shown = text(an, "/tai-khoan/")
    person = world.people["an"]
    for expected in (person.full_name, person.personal_id, person.email, person.phone):
        assert expected in shown
    for place in ("thong-tin", "thu-dien-tu", "dien-thoai", "mat-khau", "thiet-bi", "thong-bao", "du-lieu"):
        assert f'href="/tai-khoan/{place}/"' in shown
    assert 'href="/tai-khoan/"' in text(an, "/")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "Không có số, bạn vẫn nộp được hồ sơ tại bộ phận một cửa"),
        ("en", "you can still file at a one-stop"),
    ],
)
def test_who_has_no_personal_number_reads_at_registration_where_to_go(language: str, said: str) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    shown = " ".join(text(client, "/dang-ky/").split())
    assert said in shown
    assert shown.count('href="/co-quan/"') > text(client, "/dang-nhap/").count('href="/co-quan/"')


def test_details_are_corrected_and_faults_stand_beside_their_fields(an: Client, world: World) -> None:
    typed = {"full_name": "", "date_of_birth": "31/02/1990", "address": "Buôn Hồ"}
    answer = an.post("/tai-khoan/thong-tin/", typed)
    assert (answer.status_code, faults(answer)) == (422, ["#id_full_name", "#id_date_of_birth"])
    answer = an.post("/tai-khoan/thong-tin/", typed | {"full_name": "Nguyễn An", "date_of_birth": "1/3/1990"})
    assert answer.headers["Location"] == "/tai-khoan/"
    kept = Account.objects.get(pk=world.people["an"].pk)
    assert (kept.full_name, kept.address, str(kept.date_of_birth)) == ("Nguyễn An", "Buôn Hồ", "1990-03-01")


@pytest.mark.parametrize(
    ("place", "field", "value", "key"),
    [
        ("thu-dien-tu", "email", "moi@example.vn", "account.change_email"),
        ("dien-thoai", "phone", "0987654321", "account.change_phone"),
    ],
)
def test_contact_is_changed_by_password_and_code(
    an: Client, world: World, place: str, field: str, value: str, key: str
) -> None:
    path = f"/tai-khoan/{place}/"
    wrong = an.post(path, {field: value, "password": "sai"})
    assert (wrong.status_code, faults(wrong)) == (422, ["#id_password"])
    assert an.get(f"{path}xac-nhan/").headers["Location"] == path
    assert an.post(path, {field: value, "password": PASSWORD}).headers["Location"] == f"{path}xac-nhan/"
    assert value in text(an, f"{path}xac-nhan/")
    mistyped = an.post(f"{path}xac-nhan/", {"code": "12"})
    assert (mistyped.status_code, faults(mistyped)) == (422, ["#id_code"])
    assert an.post(f"{path}xac-nhan/", {"code": code(key)}).headers["Location"] == "/tai-khoan/"
    assert value in text(an, "/tai-khoan/")
    assert getattr(Account.objects.get(pk=world.people["an"].pk), field) == value
    assert an.get(f"{path}xac-nhan/").headers["Location"] == path


def test_account_is_closed_by_password_and_code_and_every_device_is_logged_out(
    an: Client, world: World, browser_of: Browser
) -> None:
    path, other, draft = "/tai-khoan/dong/", browser_of("an"), world.draft()
    said = text(an, path)
    assert "Không mở lại được tài khoản đã đóng" in said
    assert "chưa bị xóa" in said  # drafts are kept as records
    assert "đang giải quyết" not in said.partition("<main")[2]  # nothing was filed
    assert 'href="/tai-khoan/dong/"' in text(an, "/tai-khoan/")
    assert faults(an.post(path, {"password": "sai"})) == ["#id_password"]
    assert an.get(f"{path}xac-nhan/").headers["Location"] == path
    assert an.post(path, {"password": PASSWORD}).headers["Location"] == f"{path}xac-nhan/"
    assert world.people["an"].email in text(an, f"{path}xac-nhan/")
    assert faults(an.post(f"{path}xac-nhan/", {"code": "12"})) == ["#id_code"]
    answer = an.post(f"{path}xac-nhan/", {"code": code("account.close_code")})
    assert answer.headers["Location"] == "/tai-khoan/da-dong/"
    assert "Đã đóng tài khoản" in text(an, "/tai-khoan/da-dong/")
    for browser in (an, other):
        assert browser.get("/tai-khoan/").headers["Location"].startswith("/dang-nhap/")
    assert queries.state_of(draft.dossier_id).status is Status.WITHDRAWN
    number = world.people["an"].personal_id
    tried = Client().post("/dang-nhap/", {"identifier": number, "password": PASSWORD})
    assert "không đúng" in tried.content.decode()


def test_pages_on_data_say_that_drafts_are_kept_and_who_may_read_them(an: Client, world: World) -> None:
    kept = "được lưu lại đến khi có quy định về thời hạn lưu. Không cán bộ nào mở được"
    for path in ("/du-lieu-ca-nhan/", "/tai-khoan/dong/"):
        assert kept in text(an, path)
        an.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        assert "No officer can open" in text(an, path)
        an.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"
    assert "không hiện nữa" in text(an, "/tai-khoan/du-lieu/")
    world.submit(world.draft())
    assert "thư bắt buộc về hồ sơ đang giải quyết" in text(an, "/tai-khoan/dong/")


def test_closing_says_what_stands_against_it_and_what_to_do(an: Client, world: World) -> None:
    act = asked(world, "paper")
    page = text(an, "/tai-khoan/dong/")
    assert "Những hồ sơ này đang chờ bạn" in page
    assert f'href="/ho-so-cua-toi/{act.dossier_id}/"' in page
    assert 'name="password"' not in page
    answer = an.post("/tai-khoan/dong/", {"password": PASSWORD})
    assert answer.status_code == 422
    assert "đang chờ bạn bổ sung hoặc nộp tiền" in answer.content.decode()
    assert Account.objects.get(pk=world.people["an"].pk).is_active


def test_second_press_finds_the_account_closed(
    an: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first was done while the second was on its way."""
    path = "/tai-khoan/dong/"
    an.post(path, {"password": PASSWORD})
    typed, real = code("account.close_code"), services.close_account

    def twice(**given: Any) -> None:
        real(**given)
        real(**given)

    monkeypatch.setattr(services, "close_account", twice)
    answer = an.post(f"{path}xac-nhan/", {"code": typed})
    assert answer.headers["Location"] == "/tai-khoan/da-dong/"
    assert not Account.objects.get(pk=world.people["an"].pk).is_active


def test_password_is_changed_and_this_browser_stays_logged_in(
    an: Client, world: World, browser_of: Browser
) -> None:
    other = browser_of("an")
    answer = an.post("/tai-khoan/mat-khau/", {"current": "sai", "new": NEW})
    assert faults(answer) == ["#id_current"]
    assert an.post("/tai-khoan/mat-khau/", {"current": PASSWORD, "new": NEW}).status_code == 302
    assert an.get("/tai-khoan/").status_code == 200
    assert other.get("/tai-khoan/").headers["Location"].startswith("/dang-nhap/")


def test_devices_are_seen_and_ended(an: Client, world: World, browser_of: Browser) -> None:
    world.now = timezone.localtime() + timedelta(seconds=1)
    others = [browser_of("an") for _ in range(3)]
    for client in (an, *others):
        client.get("/tai-khoan/")
    shown = text(an, "/tai-khoan/thiet-bi/")
    assert (shown.count("Thiết bị này"), shown.count('name="login"')) == (1, 3)

    lost = Login.objects.get(session_key=others[0].session.session_key).pk
    an.post("/tai-khoan/thiet-bi/dang-xuat/", {"login": str(lost)})
    assert [each.get("/tai-khoan/").status_code for each in (an, *others)] == [200, 302, 200, 200]

    an.post("/tai-khoan/thiet-bi/dang-xuat/", {"all": "1"})
    assert [each.get("/tai-khoan/").status_code for each in (an, *others)] == [200, 302, 302, 302]
    assert "không đăng nhập ở thiết bị nào khác" in text(an, "/tai-khoan/thiet-bi/")


@pytest.mark.parametrize("number", ["", "0", "x", "9" * 30, "-1", "١"])
def test_device_that_is_not_ones_own_is_left_alone(an: Client, browser_of: Browser, number: str) -> None:
    binh = browser_of("binh")
    binh.get("/tai-khoan/")
    theirs = Login.objects.get(session_key=binh.session.session_key).pk
    for each in (number, str(theirs)):
        assert an.post("/tai-khoan/thiet-bi/dang-xuat/", {"login": each}).status_code == 302
    assert binh.get("/tai-khoan/").status_code == 200


def test_notices_are_chosen_with_their_language(an: Client, world: World) -> None:
    number = world.people["an"].pk
    page = text(an, "/tai-khoan/thong-bao/")
    assert "checked" in page
    an.post("/tai-khoan/thong-bao/", {"language": "en"})
    assert (notify.wanted_topics(number), Account.objects.get(pk=number).language) == (frozenset(), "en")
    assert an.post("/tai-khoan/thong-bao/", {"topics": "account", "language": "vi"}).status_code == 422
    an.post("/tai-khoan/thong-bao/", {"topics": "progress", "language": "vi"})
    assert {each.value for each in notify.wanted_topics(number)} == {"progress"}


@pytest.mark.clause("DL24-3.4", "PT24-3.6", "QN20-21.5#1", "KT18-13.5")
def test_data_show_what_was_agreed_to_and_when(an: Client, world: World, browser_of: Browser) -> None:
    assert "Chưa có. Bạn chỉ được hỏi" in text(an, "/tai-khoan/du-lieu/")
    at_counter = world.register()
    act = world.until("submit")
    shown = text(an, "/tai-khoan/du-lieu/")
    assert f'href="/ho-so-cua-toi/{act.dossier_id}/"' in shown
    assert at_counter.dossier_id not in shown  # nobody is asked at the counter
    assert short_moment(world.state(act).filed_at) in shown
    assert "Giữ bao lâu?" in shown

    file = an.get("/tai-khoan/du-lieu/tai-ve/").content.decode("utf-8-sig")
    mine = file.partition("BẠN ĐÃ ĐỒNG Ý")[2].partition("AI ĐÃ XEM")[0]
    assert (mine.count("\n- "), mine.count("Lời đã đồng ý:"), "Bạn có quyền gì?" in mine) == (1, 1, True)
    assert act.dossier_id not in text(browser_of("binh"), "/tai-khoan/du-lieu/")


def test_data_show_who_looked_and_can_be_taken_along(an: Client, world: World, browser_of: Browser) -> None:
    act = world.until("accept")
    services.open_dossier(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id)
    chi, person = world.people["chi"], world.people["an"]
    looked = f"account:{person.pk}"
    audit.record_read(actor=world.actor("lan"), what=looked, why="Nhận hồ sơ tại quầy", at=world.now)
    shown = text(an, "/tai-khoan/du-lieu/")
    assert chi.full_name in shown
    rows = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in shown.split("<li")]
    (row,) = [row for row in rows if "Nhận hồ sơ tại quầy" in row]
    assert (row.count("Lan"), row.count("Thông tin tài khoản")) == (1, 1)

    answer = an.get("/tai-khoan/du-lieu/tai-ve/")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert 'filename="du-lieu-cua-toi.txt"' in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    file = answer.content.decode("utf-8-sig")
    for expected in (person.personal_id, person.email, act.code, chi.full_name):
        assert str(expected) in file

    other = browser_of("binh").get("/tai-khoan/du-lieu/tai-ve/").content.decode()
    assert not any(str(each) in other for each in (person.personal_id, act.code, chi.full_name))
