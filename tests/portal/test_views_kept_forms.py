"""A form sent after its session had ended: kept over the log-in, for its account only, and given back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from tests.dossiers.world import World
from tests.portal.samples import upload

from motcua.accounts import services as accounts
from motcua.accounts.models import Account
from motcua.theme import entries, kept_forms

pytestmark = pytest.mark.django_db
START = "/nop-ho-so/1.000001/?cho=khac&lan=0199aaaa000070008000000000000001"  # a beginning that has its key
PASSWORD = "trời xanh mây trắng 7"
TYPED = {
    "name": "Nguyễn Thị Ánh",
    "personal_id": "066090000777",
    "date_of_birth": '40/13/1990"><b>',
}


@pytest.fixture(autouse=True)
def _passwords(world: World) -> None:
    for name in ("an", "binh"):
        Account.objects.filter(pk=world.people[name].pk).update(password=make_password(PASSWORD))
        world.people[name].refresh_from_db()
        version = str(accounts.terms_in_force(world.now.date()))
        accounts.acknowledge(actor=world.actor(name), version=version, at=world.now)


@pytest.fixture
def device() -> Client:
    """A browser that is asked for its tokens, as a real one is."""
    return Client(enforce_csrf_checks=True)


def log_in(device: Client, world: World, name: str, then: str = START) -> Any:
    page = device.get("/dang-nhap/", {"next": then} if then else {})
    sent = {"identifier": world.people[name].personal_id, "password": PASSWORD}
    return device.post("/dang-nhap/", sent | {"csrfmiddlewaretoken": token_of(page)})


def token_of(page: Any) -> str:
    return str(page.context["csrf_token"])


def send(device: Client, token: str, path: str = START, **more: Any) -> Any:
    origin = {"Referer": f"http://testserver{START}", "Origin": "http://testserver"}
    return device.post(path, TYPED | {"csrfmiddlewaretoken": token} | more, headers=origin)


def end_sessions() -> None:
    Session.objects.all().delete()


def test_form_of_an_ended_session_is_given_back_filled_in_and_can_be_sent(
    device: Client, world: World
) -> None:
    log_in(device, world, "an")
    token = token_of(device.get(START))
    end_sessions()
    turned_away = send(device, token)
    assert turned_away.headers["Location"] == f"/dang-nhap/?{urlencode({'next': START})}"
    assert "được giữ lại" in device.get(turned_away.headers["Location"]).content.decode()
    assert log_in(device, world, "an", then="").headers["Location"] == START
    text = device.get(START).content.decode()
    assert "Những gì bạn đã gõ còn nguyên dưới đây." in text
    assert 'value="Nguyễn Thị Ánh"' in text
    assert "40/13/1990&quot;&gt;&lt;b&gt;" in text
    again = send(device, token_of(device.get(START)))
    assert again.headers["Location"].endswith("/chu-ho-so/?loi=1")  # it was judged as any other
    assert entries.of(device.session, kept_forms.KEPT) == {}


def test_forms_of_two_tabs_are_both_given_back_each_on_its_page(device: Client, world: World) -> None:
    other = START[:-1] + "2"
    log_in(device, world, "an")
    token = token_of(device.get(START))
    end_sessions()
    send(device, token)
    origin = {"Referer": f"http://testserver{other}", "Origin": "http://testserver"}
    device.post(other, TYPED | {"csrfmiddlewaretoken": token, "name": "Lê Văn Tám"}, headers=origin)
    log_in(device, world, "an")
    for page, name in ((START, "Nguyễn Thị Ánh"), (other, "Lê Văn Tám")):
        assert f'value="{name}"' in device.get(page).content.decode()


def test_form_is_given_back_to_nobody_else(device: Client, world: World) -> None:
    log_in(device, world, "an")
    token = token_of(device.get(START))
    end_sessions()
    send(device, token)
    log_in(device, world, "binh")
    assert "Nguyễn Thị Ánh" not in device.get(START).content.decode()
    assert entries.of(device.session, kept_forms.KEPT) == {}


def test_form_of_an_earlier_log_in_of_the_same_account_is_given_back(device: Client, world: World) -> None:
    """Logged in again on another page of the browser: the token of the first page is an old one."""
    log_in(device, world, "an")
    token = token_of(device.get(START))
    log_in(device, world, "an")
    answer = send(device, token)
    assert (answer.status_code, answer.headers["Location"]) == (302, START)
    assert 'value="Nguyễn Thị Ánh"' in device.get(START).content.decode()


def test_form_of_another_account_is_not_given_to_who_has_logged_in_since(
    device: Client, world: World
) -> None:
    log_in(device, world, "an")
    token = token_of(device.get(START))
    log_in(device, world, "binh")
    assert send(device, token).status_code == 403
    assert "Nguyễn Thị Ánh" not in device.get(START).content.decode()


def test_nothing_is_kept_of_what_another_site_sends(device: Client, world: World) -> None:
    log_in(device, world, "an")
    token = token_of(device.get(START))
    log_in(device, world, "an")
    foreign = {"Origin": "https://example.org", "Referer": f"http://testserver{START}"}
    answer = device.post(START, TYPED | {"csrfmiddlewaretoken": token}, headers=foreign)
    assert answer.status_code == 403
    assert entries.of(device.session, kept_forms.KEPT) == {}


def test_nothing_is_kept_with_a_token_of_nobody(device: Client, world: World) -> None:
    log_in(device, world, "an")
    end_sessions()
    for token in ("", "x" * 64, "a" * 63, "ư" * 64):
        assert send(device, token).status_code == 403


def test_nothing_is_kept_where_no_log_in_is_known(world: World) -> None:
    device = Client()
    sent = send(device, "")
    assert "chưa được lưu" in device.get(sent.headers["Location"]).content.decode()
    assert entries.of(device.session, kept_forms.KEPT) == {}


def test_form_sent_by_script_is_kept_too(device: Client, world: World) -> None:
    log_in(device, world, "an")
    token = token_of(device.get(START))
    end_sessions()
    by_script = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{START}"}
    answer = device.post(START, TYPED | {"csrfmiddlewaretoken": token}, headers=by_script)
    assert answer.headers["HX-Redirect"] == f"/dang-nhap/?{urlencode({'next': START})}"
    log_in(device, world, "an")
    assert 'value="Nguyễn Thị Ánh"' in device.get(START).content.decode()


def test_files_are_named_and_passwords_never_kept(device: Client, world: World) -> None:
    draft = world.draft(with_papers=False).dossier_id
    page = f"/nop-ho-so/{draft}/giay-to/"
    log_in(device, world, "an")
    token = token_of(device.get(page))
    end_sessions()
    sent = {"csrfmiddlewaretoken": token, "file-paper": upload(name="giay <chung>.pdf"), "password": "bí mật"}
    away = device.post(page, sent, headers={"Referer": f"http://testserver{page}"})
    assert "bí mật" not in str(dict(device.session))
    said = device.get(away.headers["Location"]).content.decode()
    assert "Riêng ảnh và tệp đã chọn thì không giữ được, bạn sẽ phải chọn lại." in said
    log_in(device, world, "an", then=page)
    text = device.get(page).content.decode()
    assert "Hãy chọn lại:" in text
    assert "giay &lt;chung&gt;.pdf" in text
    assert "Mật khẩu và mã xác nhận không được giữ" in text


def test_more_than_people_type_is_not_kept_and_said_so(device: Client, world: World) -> None:
    log_in(device, world, "an")
    token = token_of(device.get(START))
    end_sessions()
    sent = send(device, token, address="a" * (kept_forms.MOST_CHARACTERS + 1))
    assert "chưa được lưu" in device.get(sent.headers["Location"]).content.decode()


def test_form_is_kept_for_an_hour_only(device: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in(device, world, "an")
    token = token_of(device.get(START))
    end_sessions()
    send(device, token)
    log_in(device, world, "an")
    later = timezone.now() + timedelta(seconds=kept_forms.SECONDS + 1)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        assert "Nguyễn Thị Ánh" not in device.get(START).content.decode()
    assert entries.of(device.session, kept_forms.KEPT) == {}


def test_page_that_leads_elsewhere_takes_along_what_was_typed(device: Client, world: World) -> None:
    """The draft was sent from another device meanwhile: the words are shown where its page leads to."""
    draft = world.draft()
    page = f"/nop-ho-so/{draft.dossier_id}/to-khai/1/"
    log_in(device, world, "an")
    token = token_of(device.get(page))
    end_sessions()
    sent = {"csrfmiddlewaretoken": token, "purpose": "Xin học bổng du học", "version": "1"}
    device.post(page, sent, headers={"Referer": f"http://testserver{page}"})
    log_in(device, world, "an")
    world.submit(draft)
    answer = device.get(page, follow=True)
    assert answer.redirect_chain
    assert "Xin học bổng du học" in answer.content.decode()


def test_form_of_a_browser_that_forgot_everything_shows_what_was_written(
    device: Client, world: World
) -> None:
    log_in(device, world, "an")
    token = token_of(device.get(START))
    device.cookies.clear()
    answer = send(device, token, password="ba từ mật")
    html = answer.content.decode()
    assert answer.status_code == 403
    assert '<li class="mc-kept">Nguyễn Thị Ánh</li>' in html
    assert "ba từ mật" not in html
    assert f'href="{START.replace("&", "&amp;")}"' in html
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("origin", [{"Origin": "https://example.org"}, {}])
def test_words_that_another_site_sends_are_not_shown(device: Client, origin: dict[str, str]) -> None:
    answer = device.post("/dang-nhap/", TYPED, headers=origin | {"Referer": "https://example.org/"})
    assert answer.status_code == 403
    assert "Nguyễn Thị Ánh" not in answer.content.decode()
    assert "example.org" not in answer.content.decode()
