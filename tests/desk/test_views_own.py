"""An officer's own account: e-mail by proof, password, devices, and what comes by e-mail."""

from __future__ import annotations

import time

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from tests.accounts.people import PASSWORD
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.accounts.models import Account, Login
from motcua.accounts.services.sessions import SEEN_AT
from motcua.notify import queries as notify
from motcua.notify.models import OutboxMessage
from motcua.notify.rules.messages import Topic

pytestmark = pytest.mark.django_db
OWN = "/noi-bo/tai-khoan/"
NEW = "nước chảy đá mòn"


@pytest.fixture
def chi(world: World, at_desk: At) -> Client:
    """Chi's browser; the password is known."""
    Account.objects.filter(pk=world.people["chi"].pk).update(
        password=make_password(PASSWORD), email="chi@example.vn"
    )
    world.people["chi"].refresh_from_db()
    return at_desk("chi")


def row(world: World) -> Account:
    return Account.objects.get(pk=world.people["chi"].pk)


def used(client: Client) -> None:
    """The browser opens a page, a minute after the last one: its use is noted."""
    session = client.session
    session[SEEN_AT] = int(time.time()) - 120
    session.save()
    assert client.get(OWN, HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Firefox/126.0").status_code == 200


def test_page_shows_what_is_kept_and_leads_to_every_change(chi: Client, world: World) -> None:
    shown = chi.get(OWN).content.decode()
    for expected in (world.people["chi"].full_name, "chi@example.vn", "luôn gửi"):
        assert expected in shown
    for place in ("thu-dien-tu/", "thong-bao/", "thiet-bi/"):
        assert f'href="{OWN}{place}"' in shown
    assert 'href="/noi-bo/doi-mat-khau/"' in shown


def test_email_changes_by_password_and_code(chi: Client, world: World) -> None:
    typed = {"email": "moi@example.vn", "password": PASSWORD}
    wrong = chi.post(OWN + "thu-dien-tu/", typed | {"password": "sai rồi"})
    assert (wrong.status_code, [e.href for e in wrong.context["page_errors"]]) == (422, ["#id_password"])
    assert chi.get(OWN + "thu-dien-tu/xac-nhan/").headers["Location"] == OWN + "thu-dien-tu/"

    asked = chi.post(OWN + "thu-dien-tu/", typed)
    assert asked.headers["Location"] == OWN + "thu-dien-tu/xac-nhan/"
    assert (row(world).email, OutboxMessage.objects.latest("id").address) == (
        "chi@example.vn",
        "moi@example.vn",
    )
    missed = chi.post(OWN + "thu-dien-tu/xac-nhan/", {"code": "00000x"})
    assert (missed.status_code, [e.href for e in missed.context["page_errors"]]) == (422, ["#id_code"])

    code = OutboxMessage.objects.filter(key="account.change_email").latest("id").context["code"]
    done = chi.post(OWN + "thu-dien-tu/xac-nhan/", {"code": code})

    assert (done.headers["Location"], row(world).email) == (OWN, "moi@example.vn")
    assert OutboxMessage.objects.latest("id").address == "chi@example.vn"  # who read it is told


def test_password_changes_by_own_will_and_ends_other_devices(chi: Client, world: World, at_desk: At) -> None:
    other = at_desk("chi")
    used(other)
    typed = {"current": PASSWORD, "new": NEW, "again": NEW}
    assert "mọi thiết bị khác sẽ bị đăng xuất" in chi.get("/noi-bo/doi-mat-khau/").content.decode()
    assert chi.post("/noi-bo/doi-mat-khau/", typed).status_code == 302
    assert chi.get(OWN).status_code == 200
    assert other.get(OWN).status_code == 302
    assert OutboxMessage.objects.latest("id").key == "account.password_changed"


def test_devices_are_seen_and_ended(chi: Client, world: World, at_desk: At) -> None:
    lost, kept = at_desk("chi"), at_desk("chi")
    for client in (chi, lost, kept):
        used(client)
    page = chi.get(OWN + "thiet-bi/")
    assert (len(page.context["here"]), len(page.context["others"])) == (1, 2)
    assert "Firefox trên Linux" in page.content.decode()
    number = Login.objects.get(session_key=lost.cookies[settings.SESSION_COOKIE_NAME].value).pk

    chi.post(OWN + "thiet-bi/dang-xuat/", {"login": str(number)})
    assert [client.get(OWN).status_code for client in (lost, kept)] == [302, 200]
    chi.post(OWN + "thiet-bi/dang-xuat/", {"all": "1"})
    assert [client.get(OWN).status_code for client in (chi, kept)] == [200, 302]


def test_nobody_ends_the_device_of_somebody_else(chi: Client, world: World, at_desk: At) -> None:
    dung = at_desk("dung")
    used(dung)
    chi.post(OWN + "thiet-bi/dang-xuat/", {"login": str(Login.objects.get().pk)})
    assert dung.get(OWN).status_code == 200


def test_a_session_that_is_used_every_second_is_noted_without_being_written_each_time(
    chi: Client, world: World
) -> None:
    used(chi)
    seen = Login.objects.get().seen_at
    chi.get(OWN)
    assert Login.objects.get().seen_at == seen


def test_kinds_that_come_by_email_are_chosen_and_shown(chi: Client, world: World) -> None:
    page = chi.get(OWN + "thong-bao/")
    assert len(page.context["form"].fields["topics"].choices) == 4
    assert "checked" not in page.content.decode().partition("id_language")[0]

    answer = chi.post(OWN + "thong-bao/", {"topics": ["work", "reminders"], "language": "en"})

    assert answer.headers["Location"] == OWN
    assert notify.wanted_topics(row(world).pk) >= {Topic.WORK, Topic.REMINDERS}
    assert Topic.DATES not in notify.wanted_topics(row(world).pk)
    assert row(world).language == "en"
    assert "đôn đốc hồ sơ quá hạn" in chi.get(OWN).content.decode()
    world.until("assign")
    emails = OutboxMessage.objects.filter(channel="email", key__startswith="desk.")
    assert set(emails.values_list("account__username", flat=True)) <= {"chi"}


def test_topics_of_citizens_cannot_be_chosen_at_the_desk(chi: Client, world: World) -> None:
    answer = chi.post(OWN + "thong-bao/", {"topics": ["answers"], "language": "vi"})
    assert answer.status_code == 422


def test_who_has_no_address_is_told_that_nothing_can_be_sent(chi: Client, world: World) -> None:
    Account.objects.filter(pk=world.people["chi"].pk).update(email="")
    assert "chưa có thư điện tử" in chi.get(OWN + "thong-bao/").content.decode()
    assert "Thêm thư điện tử" in chi.get(OWN + "thu-dien-tu/").content.decode()


def test_pages_are_of_officers(world: World, at_desk: At) -> None:
    for place in ("", "thu-dien-tu/", "thong-bao/", "thiet-bi/"):
        assert at_desk("an").get(OWN + place).status_code == 403


def test_phone_changes_by_password(chi: Client, world: World) -> None:
    place = OWN + "so-dien-thoai/"
    wrong = chi.post(place, {"phone": "0905000077", "password": "sai rồi"})
    assert (wrong.status_code, [e.href for e in wrong.context["page_errors"]]) == (422, ["#id_password"])
    assert chi.post(place, {"phone": "0905 000 077", "password": PASSWORD}).headers["Location"] == OWN
    assert row(world).phone == "0905000077"
    assert "0905000077" in chi.get(OWN).content.decode()


def test_address_that_was_never_confirmed_says_so_and_is_confirmed(chi: Client, world: World) -> None:
    assert "Chưa xác nhận" in chi.get(OWN).content.decode()
    assert 'value="chi@example.vn"' in chi.get(OWN + "thu-dien-tu/").content.decode()
    chi.post(OWN + "thu-dien-tu/", {"email": "chi@example.vn", "password": PASSWORD})
    code = OutboxMessage.objects.filter(key="account.change_email").latest("id").context["code"]
    chi.post(OWN + "thu-dien-tu/xac-nhan/", {"code": code})
    assert "Chưa xác nhận" not in chi.get(OWN).content.decode()
