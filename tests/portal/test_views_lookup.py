"""Looking without a code, at home and in the hall: what is shown, what is not, and that nothing stays."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from tests.dossiers.world import World

from motcua.accounts.errors import WrongCode
from motcua.accounts.models import ContactCode
from motcua.dossiers import services
from motcua.dossiers.rules.state import Applicant
from motcua.dossiers.services import Act
from motcua.notify.models import OutboxMessage
from motcua.portal.views.lookup import LOOKING
from motcua.worktime.rules import local

pytestmark = pytest.mark.django_db
ASK, CODE, LIST = "/tra-cuu/khong-co-ma/", "/tra-cuu/khong-co-ma/nhap-ma/", "/tra-cuu/khong-co-ma/danh-sach/"
KIOSK = "/ky-ot/khong-co-ma/"
AN = Applicant("Nguyễn Văn An", "066090000001", "0905000001", "an.nguyen@example.vn", "12 Lê Duẩn")
WHO = {"named": AN.personal_id, "email": AN.email}
PERSONAL = (AN.name, AN.personal_id, AN.phone, AN.email, AN.address)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
SIGNED = re.compile(r'name="asked" value="([^"]+)"')


@pytest.fixture
def brought(world: World) -> Act:
    return world.accept(world.register(applicant=AN))


def code_sent() -> str:
    return str(OutboxMessage.objects.filter(key="contact.lookup_code").latest("id").context["code"])


def text_of(answer: Any) -> str:
    return TOKEN.sub("", answer.content.decode())


def test_dossiers_are_shown_after_the_code_with_nothing_personal(brought: Act) -> None:
    client = Client()
    assert client.post(ASK, WHO).headers["Location"] == CODE
    assert client.post(CODE, {"code": code_sent()}).headers["Location"] == LIST
    page = text_of(client.get(LIST))
    assert brought.code
    assert brought.code in page
    assert "N. V. A." in page
    assert not [each for each in PERSONAL if each in page]


@pytest.mark.parametrize("late", [0, 30])
def test_date_that_was_promised_anew_stands_beside_the_first(world: World, late: int) -> None:
    act = world.assign(world.hand_over(world.accept(world.register(applicant=AN))))
    world.later(days=late)
    letter = {"new_day": local(world.now).date() + timedelta(days=7), "reason": "Chờ xác minh"}
    state = world.state(services.extend(**world._on(act, "hanh") | letter))
    client = Client()
    client.post(ASK, WHO)
    client.post(CODE, {"code": code_sent()})
    assert state.promised_at is not None
    assert state.due_at is not None
    first, new = (f"{local(each):%H:%M %d/%m/%Y}" for each in (state.promised_at, state.due_at))
    assert f"hẹn trả {first}, nay hẹn lại {new}" in " ".join(text_of(client.get(LIST)).split())


def test_page_answers_alike_whether_or_not_there_is_anything(brought: Act) -> None:
    pages = []
    for who in (WHO, WHO | {"named": "066090000099"}, {"named": AN.name, "email": "khac@example.vn"}):
        client = Client()
        answer = client.post(ASK, who, REMOTE_ADDR=f"10.0.0.{len(pages)}")
        seen = client.get(CODE)
        pages.append((answer.status_code, answer.headers["Location"], seen.status_code, text_of(seen)))
        if len(pages) == 1:  # the same mailbox is asked once a minute: the world's clock is a minute on
            assert code_sent()
    assert pages[0] == pages[1] == pages[2]
    assert OutboxMessage.objects.filter(key="contact.lookup_code").count() == 1


def test_wrong_code_is_refused_alike_with_and_without_a_letter(brought: Act) -> None:
    texts = []
    for who in (WHO, {"named": "066090000099", "email": "khac@example.vn"}):
        client = Client()
        client.post(ASK, who)
        answer = client.post(CODE, {"code": "abc"})
        texts.append((answer.status_code, re.sub("tra-lai=[\\w-]+", "", text_of(answer))))
    assert texts[0] == texts[1]
    assert texts[0][0] == 422


@pytest.mark.parametrize("address", [CODE, LIST])
def test_without_having_asked_one_comes_to_the_question(world: World, address: str) -> None:
    assert Client().get(address).headers["Location"] == ASK


def test_list_is_not_shown_before_the_code(brought: Act) -> None:
    client = Client()
    client.post(ASK, WHO)
    assert client.get(LIST).headers["Location"] == ASK


def test_list_closes_after_a_quarter_of_an_hour(world: World, brought: Act) -> None:
    client = Client()
    client.post(ASK, WHO)
    client.post(CODE, {"code": code_sent()})
    world.now += timedelta(minutes=15)
    assert client.get(LIST).headers["Location"] == ASK


def test_done_closes_the_list_in_this_browser_and_everywhere(world: World, brought: Act) -> None:
    client = Client()
    client.post(ASK, WHO)
    client.post(CODE, {"code": code_sent()})
    asked = client.session[LOOKING]
    assert services.looked_up(asked_id=asked, at=world.now)
    assert client.post(LIST).headers["Location"] == "/tra-cuu/"
    assert client.get(LIST).headers["Location"] == ASK
    assert client.get(CODE).headers["Location"] == ASK
    with pytest.raises(WrongCode):  # whoever copied the session has nothing of it either
        services.looked_up(asked_id=asked, at=world.now)


def test_session_is_a_new_one_once_the_list_is_open(brought: Act) -> None:
    client = Client()
    client.post(ASK, WHO)
    before = client.session.session_key
    client.post(CODE, {"code": code_sent()})
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_session_and_addresses_know_nobody(brought: Act) -> None:
    client = Client()
    locations = [client.post(ASK, WHO).headers["Location"]]
    locations.append(client.post(CODE, {"code": code_sent()}).headers["Location"])
    kept = str([session.get_decoded() for session in Session.objects.all()])
    assert not [each for each in PERSONAL for where in (*locations, kept) if each in where]


def test_question_takes_nothing_from_its_address(brought: Act) -> None:
    page = Client().get(ASK, WHO)
    assert (page.status_code, page.context["form"].is_bound) == (200, False)
    assert not OutboxMessage.objects.filter(key="contact.lookup_code").exists()


def test_tracking_leads_there_and_says_what_to_do_without_a_mailbox(world: World) -> None:
    assert f'href="{ASK}"' in Client().get("/tra-cuu/").content.decode()
    for address in (ASK, KIOSK):
        assert "thẻ căn cước" in Client().get(address).content.decode()


def test_faulty_entries_are_told_at_their_fields(world: World) -> None:
    answer = Client().post(ASK, {"named": "123", "email": "x"})
    assert answer.status_code == 422
    for name in ("named", "email"):
        assert f'href="#id_{name}"' in answer.content.decode()


# --- the screen in the hall ---------------------------------------------------------------------------------
def test_screen_in_the_hall_shows_the_list_and_keeps_nothing(brought: Act) -> None:
    client = Client()
    waiting = client.post(KIOSK, WHO)
    (asked,) = SIGNED.findall(waiting.content.decode())
    shown = client.post(KIOSK, {"asked": asked, "code": code_sent()})
    page = text_of(shown)
    assert brought.code
    assert brought.code in page
    assert not [each for each in PERSONAL if each in page]
    assert settings.SESSION_COOKIE_NAME not in "".join(client.cookies)
    assert not Session.objects.exists()
    again = client.post(KIOSK, {"asked": asked, "code": code_sent()})
    assert again.status_code == 422
    assert brought.code not in again.content.decode()


def test_screen_goes_back_to_its_start_from_every_page(brought: Act) -> None:
    client = Client()
    start = client.get(KIOSK)
    waiting = client.post(KIOSK, WHO)
    (asked,) = SIGNED.findall(waiting.content.decode())
    wrong = client.post(KIOSK, {"asked": asked, "code": "x"})
    shown = client.post(KIOSK, {"asked": asked, "code": code_sent()})
    refreshed = [page.headers["Refresh"].partition("; ") for page in (start, waiting, wrong, shown)]
    assert [to for _, _, to in refreshed] == ["url=/ky-ot/"] * 4
    assert [int(seconds) for seconds, _, _ in refreshed] == [300, 300, 300, 180]
    for page, minutes in ((start, 5), (waiting, 5), (wrong, 5), (shown, 3)):
        assert f"Trang này tự đóng sau {minutes} phút." in page.content.decode()
        assert "Thêm thời gian" in page.content.decode()


SHOWN = re.compile(r'name="shown" value="([^"]+)"')


def test_screen_gives_more_time_and_keeps_what_was_typed(brought: Act) -> None:
    client = Client()
    more = client.post(KIOSK, {**WHO, "more": "yes"})
    assert (more.status_code, ContactCode.objects.count()) == (200, 0)
    assert f'value="{AN.personal_id}"' in more.content.decode()
    (asked,) = SIGNED.findall(client.post(KIOSK, WHO).content.decode())
    still = client.post(KIOSK, {"asked": asked, "code": "12", "more": "yes"})
    assert 'value="12"' in still.content.decode()
    assert not still.context["page_errors"]
    listed = client.post(KIOSK, {"asked": asked, "code": code_sent()})
    assert [row["dossier"].reference for row in listed.context["rows"]] == [
        row["dossier"].reference for row in again(client, listed, "more").context["rows"]
    ]


def test_list_on_the_screen_that_was_closed_stays_closed(brought: Act) -> None:
    client = Client()
    (asked,) = SIGNED.findall(client.post(KIOSK, WHO).content.decode())
    listed = client.post(KIOSK, {"asked": asked, "code": code_sent()})
    assert again(client, listed, "done").headers["Location"] == "/ky-ot/"
    assert again(client, listed, "more").headers["Location"] == "/ky-ot/"
    assert client.post(KIOSK, {"shown": asked, "more": "yes"}).headers["Location"] == "/ky-ot/"


def again(client: Client, listed: Any, press: str) -> Any:
    (shown,) = SHOWN.findall(listed.content.decode())
    return client.post(KIOSK, {"shown": shown, press: "yes"})


@pytest.mark.parametrize(
    "asked",
    ["1", "x:y", signing.dumps(1, salt="another"), signing.dumps("x", salt="a")],
    ids=["number", "nothing", "of another kind", "text"],  # what is signed holds the moment
)
def test_screen_takes_no_asking_that_it_did_not_sign(brought: Act, asked: str) -> None:
    client = Client()
    client.post(KIOSK, WHO)
    answer = client.post(KIOSK, {"asked": asked, "code": code_sent()})
    assert brought.code
    assert brought.code not in answer.content.decode()
    assert 'name="named"' in answer.content.decode()


def test_screen_waits_in_the_same_words_whether_or_not_there_is_anything(brought: Act) -> None:
    pages = [
        SIGNED.sub("", text_of(Client().post(KIOSK, who)))
        for who in (WHO, {"named": "066090000099", "email": "khac@example.vn"})
    ]
    assert pages[0] == pages[1]
