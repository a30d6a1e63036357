"""The officers' way in and out, the given password, and accounts made by an administrator."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.desk import clock
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db

PASSWORD = "mot-cua-thu-hai-8"
LOG_IN = "/noi-bo/dang-nhap/"
FORGOTTEN, RESET = "/noi-bo/quen-mat-khau/", "/noi-bo/quen-mat-khau/dat-lai/"


@pytest.fixture
def chi(world: World, monkeypatch: pytest.MonkeyPatch) -> Account:
    """Chi with a password; idle sessions are measured by the real clock, so the desk uses it here too."""
    monkeypatch.setattr(clock, "now", timezone.localtime)
    account = world.people["chi"]
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    return account


def log_in(client: Client, password: str = PASSWORD, username: str = "chi", **more: str) -> object:
    return client.post(LOG_IN, {"username": username, "password": password, **more})


def test_log_in_with_the_right_password_leads_to_the_desk(chi: Account) -> None:
    answer = log_in(Client())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/noi-bo/")


def test_log_in_comes_back_to_the_page_asked_for(chi: Account) -> None:
    assert log_in(Client(), next="/noi-bo/tiep-nhan/").headers["Location"] == "/noi-bo/tiep-nhan/"


def test_log_in_never_leads_to_another_site(chi: Account) -> None:
    assert log_in(Client(), next="https://example.org/").headers["Location"] == "/noi-bo/"


def test_log_in_with_a_wrong_password_keeps_the_name(chi: Account) -> None:
    text = log_in(Client(), "khong-phai").content.decode()
    assert "Thông tin đăng nhập hoặc mật khẩu không đúng" in text
    assert 'value="chi"' in text
    assert "khong-phai" not in text


def test_log_in_without_entries_names_the_fields(db: None) -> None:
    text = Client().post(LOG_IN, {}).content.decode()
    assert 'href="#id_username"' in text
    assert 'href="#id_password"' in text


def test_log_in_after_many_failures_is_locked_out(chi: Account) -> None:
    client = Client()
    for _ in range(5):
        log_in(client, "khong-phai")
    answer = log_in(client)
    assert answer.status_code == 429
    assert "Bạn đã nhập sai nhiều lần" in answer.content.decode()
    assert "hoặc nhờ quản trị viên cấp mật khẩu mới" in answer.content.decode()


def test_given_password_must_be_changed_before_anything_else(chi: Account) -> None:
    chi.must_change_password = True
    chi.save(update_fields=["must_change_password"])
    client = Client()
    log_in(client)
    assert client.get("/noi-bo/viec-cua-toi/").headers["Location"] == "/noi-bo/doi-mat-khau/"
    assert "do người khác cấp" in client.get("/noi-bo/doi-mat-khau/").content.decode()
    new = {"current": PASSWORD, "new": "tra-xanh-buoi-som-9", "again": "tra-xanh-buoi-som-9"}
    assert client.post("/noi-bo/doi-mat-khau/", new).status_code == 302
    terms = client.get("/noi-bo/viec-cua-toi/").headers["Location"]
    assert client.post(terms, {"version": client.get(terms).context["version"]}).status_code == 302
    assert client.get("/noi-bo/viec-cua-toi/").status_code == 200


def test_new_password_typed_differently_is_refused(chi: Account) -> None:
    client = Client()
    log_in(client)
    typed = {"current": PASSWORD, "new": "tra-xanh-buoi-som-9", "again": "tra-xanh-buoi-som-8"}
    assert 'href="#id_again"' in client.post("/noi-bo/doi-mat-khau/", typed).content.decode()


def test_log_out_ends_the_session(chi: Account) -> None:
    client = Client()
    log_in(client)
    client.post("/noi-bo/dang-xuat/")
    assert client.get("/noi-bo/").status_code == 302


def test_log_out_by_a_link_is_not_possible(chi: Account) -> None:
    client = Client()
    log_in(client)
    assert client.get("/noi-bo/dang-xuat/").status_code == 405


@pytest.mark.parametrize(
    ("address", "above"),
    [
        ("/noi-bo/dang-xuat/", "/noi-bo/"),
        ("/noi-bo/tra-ket-qua/tim/", "/noi-bo/tra-ket-qua/"),
        ("/noi-bo/thong-bao/da-doc/", "/noi-bo/thong-bao/"),
        ("/noi-bo/vang-mat/7/da-tro-lai/", "/noi-bo/vang-mat/"),
    ],
)
def test_address_that_takes_a_form_only_says_where_to_go(at_desk: At, address: str, above: str) -> None:
    answer = at_desk("chi").get(address)
    text = answer.content.decode()
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Địa chỉ này không có trang</h1>" in text
    assert f'href="{above}">Về trang của việc này</a>' in text
    assert at_desk("chi").put(address).content == b""


def test_citizen_at_an_address_that_takes_a_form_only_stays_on_the_portal() -> None:
    answer = Client().get("/dang-xuat/")
    assert answer.status_code == 405
    assert 'href="/">Về trang của việc này</a>' in answer.content.decode()


@pytest.mark.parametrize("name", ["officers", "new_officer", "outbox"])
def test_administration_for_an_ordinary_officer_is_forbidden(at_desk: At, name: str) -> None:
    assert at_desk("chi").get(reverse(f"desk:{name}")).status_code == 403


def test_administrator_makes_an_account_whose_password_is_shown_once(world: World, at_desk: At) -> None:
    Account.objects.filter(username="lan").update(is_admin=True)
    lan = at_desk("lan")
    typed = {"full_name": "Trần Thị Mai", "username": "mai", "email": "", "phone": ""}
    answer = lan.post(reverse("desk:new_officer"), typed)
    assert answer.context["given"].password in answer.content.decode()
    assert Account.objects.get(username="mai").must_change_password
    assert "Trần Thị Mai" in lan.get(reverse("desk:officers")).content.decode()


def test_account_with_a_bad_name_is_refused_beside_the_field(world: World, at_desk: At) -> None:
    Account.objects.filter(username="lan").update(is_admin=True)
    answer = at_desk("lan").post(
        reverse("desk:new_officer"), {"full_name": "Trần Thị Mai", "username": "Mai Mai!"}
    )
    assert 'href="#id_username"' in answer.content.decode()
    assert 'value="Trần Thị Mai"' in answer.content.decode()


def test_forgotten_password_is_set_anew_by_the_code_of_a_confirmed_mailbox(chi: Account) -> None:
    client = Client()
    assert 'href="/noi-bo/quen-mat-khau/"' in client.get(LOG_IN).content.decode()
    assert client.get(RESET).headers["Location"] == FORGOTTEN
    assert client.post(FORGOTTEN, {"username": "chi"}).headers["Location"] == RESET
    assert OutboxMessage.objects.count() == 0  # the mailbox was never confirmed, and the page does not say so
    Account.objects.filter(pk=chi.pk).update(email="chi@example.vn", email_verified_at=timezone.now())
    client.post(FORGOTTEN, {"username": " CHI "})
    code = OutboxMessage.objects.get(key="account.reset").context["code"]
    new = {"new": "tra-xanh-buoi-som-9", "again": "tra-xanh-buoi-som-9"}

    other = client.post(RESET, new | {"code": code, "again": "khác"})
    assert (other.status_code, [e.href for e in other.context["page_errors"]]) == (422, ["#id_again"])
    wrong = client.post(RESET, new | {"code": "00000x"})
    assert (wrong.status_code, [e.href for e in wrong.context["page_errors"]]) == (422, ["#id_code"])
    assert client.post(RESET, new | {"code": code}).headers["Location"] == LOG_IN

    assert log_in(client, "tra-xanh-buoi-som-9").headers["Location"] == "/noi-bo/"


def test_closed_account_stays_closed_and_the_page_says_the_same(chi: Account) -> None:
    Account.objects.filter(pk=chi.pk).update(
        email="chi@example.vn", email_verified_at=timezone.now(), is_active=False
    )
    client = Client()
    client.post(FORGOTTEN, {"username": "chi"})
    closed = client.get(RESET).content.decode()
    client.post(FORGOTTEN, {"username": "khong-co-ai"})
    pages = [
        page.partition("<main")[2].partition("csrfmiddlewaretoken")[0]
        for page in (closed, client.get(RESET).content.decode())
    ]
    assert (pages[0] == pages[1], OutboxMessage.objects.count()) == (True, 0)


def test_another_code_is_sent_after_a_minute_at_the_earliest(
    chi: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = timezone.now()
    Account.objects.filter(pk=chi.pk).update(email="chi@example.vn", email_verified_at=began)
    client, sent = Client(), []
    for seconds in (0, 30, 90):
        monkeypatch.setattr(clock, "now", lambda: began + timedelta(seconds=seconds))  # noqa: B023
        where, typed = (FORGOTTEN, {"username": "chi"}) if not seconds else (RESET, {"resend": "1"})
        assert client.post(where, typed).headers["Location"] == RESET
        sent.append(OutboxMessage.objects.filter(key="account.reset").count())
    assert sent == [1, 1, 2]
