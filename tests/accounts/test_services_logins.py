"""Where somebody is logged in: noted, seen, ended by its owner alone; a new device is told of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from tests.accounts.conftest import Requests
from tests.accounts.people import MORNING, PASSWORD, citizen, officer

from motcua.accounts import queries, services
from motcua.accounts.models import Account, Login
from motcua.accounts.queries import AccountCard, LoginCard, actor_of
from motcua.accounts.rules.browsers import Device
from motcua.accounts.services import devices
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
BACKEND = "motcua.accounts.services.backends.EntryBackend"


def enter(who: AccountCard, *, kind: str = "citizen", at: object = MORNING, cookie: str = "") -> HttpRequest:
    request = Requests.address()
    request.META["HTTP_USER_AGENT"] = CHROME
    if cookie:
        request.COOKIES[devices.COOKIE] = cookie
    name = who.username if kind == "officer" else who.personal_id
    services.log_in(request=request, kind=kind, identifier=name or "", password=PASSWORD, at=at)
    request.session.save()
    return request


def noted(who: AccountCard, here: HttpRequest | None = None) -> tuple[LoginCard, ...]:
    key = here.session.session_key if here else ""
    return queries.logins(who.id, here=key or "", at=timezone.now())


def letters() -> list[tuple[str, str]]:
    rows = OutboxMessage.objects.filter(key="account.new_device").order_by("id")
    return [(row.address, row.context["device"]) for row in rows]


def is_alive(request: HttpRequest) -> bool:
    return Session.objects.filter(session_key=request.session.session_key).exists()


def test_each_log_in_is_noted_this_device_first() -> None:
    an = citizen()
    phone, desk = enter(an), enter(an, at=MORNING + timedelta(hours=1))

    assert [(card.is_here, card.began_at, card.device) for card in noted(an, phone)] == [
        (True, MORNING, Device("Chrome", "Windows")),
        (False, MORNING + timedelta(hours=1), Device("Chrome", "Windows")),
    ]
    assert noted(an, desk)[0].began_at == MORNING + timedelta(hours=1)


def test_an_officer_sees_and_ends_their_devices_too() -> None:
    chi = officer()
    here, lost = enter(chi, kind="officer"), enter(chi, kind="officer")
    assert [card.is_here for card in noted(chi, here)] == [True, False]

    services.end_login(actor=actor_of(chi), login_id=noted(chi, here)[1].id, request=here)

    assert [is_alive(each) for each in (here, lost)] == [True, False]


def test_an_officer_is_told_of_a_new_device_where_theirs_are_listed() -> None:
    chi, mute = officer(), officer("Lê Văn Em", username="em", email="")
    for who in (chi, chi, mute, mute):
        enter(who, kind="officer")
    assert letters() == [("chi@example.vn", "Chrome, Windows")]
    told = OutboxMessage.objects.get(key="account.new_device").context
    assert told["link"].endswith("/noi-bo/tai-khoan/thiet-bi/")


@pytest.mark.parametrize("act", ["give_password", "close"])
def test_what_an_administrator_does_to_an_account_ends_its_devices(act: str) -> None:
    chi, tri = officer(), officer("Vũ Minh Trí", username="tri", is_admin=True)
    theirs = enter(chi, kind="officer")
    common = {"actor": actor_of(tri), "account_id": chi.id, "at": MORNING}
    if act == "close":
        services.set_active(**common, is_active=False)
    else:
        services.give_password(**common)
    assert (noted(chi), is_alive(theirs)) == ((), False)


def test_log_out_takes_the_note_away() -> None:
    an = citizen()
    here, there = enter(an), enter(an)
    services.log_out(request=here)
    assert [card.is_here for card in noted(an, there)] == [True]


def test_log_in_as_somebody_else_leaves_no_note_of_the_first() -> None:
    an, giang = citizen(), citizen("Lê Giang", personal_id="066190000002", email="giang@example.vn")
    request = enter(an)
    services.log_in(request=request, kind="citizen", identifier="066190000002", password=PASSWORD, at=MORNING)
    request.session.save()
    assert (len(noted(an)), len(noted(giang))) == (0, 1)


def test_one_device_is_ended_and_the_others_go_on() -> None:
    an = citizen()
    here, lost, other = enter(an), enter(an), enter(an)
    lost_id = Login.objects.get(session_key=lost.session.session_key).pk

    services.end_login(actor=actor_of(an), login_id=lost_id, request=here)

    assert [is_alive(each) for each in (here, lost, other)] == [True, False, True]
    assert len(noted(an)) == 2


@pytest.mark.clause("PT24-24.2#1", "QN20-27.1#2")
@pytest.mark.any_regulation("who logs in how is the same under every regulation: nothing of it asks for one")
def test_all_others_are_ended_at_once() -> None:
    an, giang = citizen(), citizen("Lê Giang", personal_id="066190000002", email="giang@example.vn")
    here, *others = enter(an), enter(an), enter(an)
    stranger = enter(giang)

    assert services.end_other_logins(actor=actor_of(an), request=here) == 2

    assert [is_alive(each) for each in (here, *others, stranger)] == [True, False, False, True]


@pytest.mark.clause("PT24-24.2#1", "QN20-27.1#2")
@pytest.mark.any_regulation("who logs in how is the same under every regulation: nothing of it asks for one")
def test_nobody_ends_the_session_of_somebody_else() -> None:
    an, giang = citizen(), citizen("Lê Giang", personal_id="066190000002", email="giang@example.vn")
    here, theirs = enter(an), enter(giang)
    number = Login.objects.get(session_key=theirs.session.session_key).pk

    with pytest.raises(NotFound):
        services.end_login(actor=actor_of(an), login_id=number, request=here)
    assert services.end_other_logins(actor=actor_of(officer()), request=here) == 0
    with pytest.raises(Forbidden):
        services.end_other_logins(actor=SYSTEM, request=here)

    assert is_alive(theirs)


def test_a_session_that_was_ended_opens_nothing() -> None:
    an = citizen()
    client, here = Client(), enter(an)
    client.force_login(Account.objects.get(pk=an.id), backend=BACKEND)
    assert client.get("/tai-khoan/").status_code == 200  # noted by being used

    services.end_other_logins(actor=actor_of(an), request=here)

    assert client.get("/tai-khoan/").headers["Location"].startswith("/dang-nhap/")


def test_use_is_stamped_and_a_session_without_a_note_gets_one() -> None:
    an = citizen()
    client = Client(headers={"user-agent": CHROME})
    client.force_login(Account.objects.get(pk=an.id), backend=BACKEND)
    client.get("/tai-khoan/")
    (note,) = Login.objects.all()
    assert (note.account_id, note.session_key, note.browser) == (an.id, client.session.session_key, "Chrome")

    long_ago = timezone.now() - timedelta(hours=1)
    Login.objects.update(seen_at=long_ago, began_at=long_ago)
    client.get("/tai-khoan/")

    (note,) = Login.objects.all()
    assert note.began_at == long_ago
    assert note.seen_at - long_ago >= timedelta(minutes=59)


def test_new_device_is_told_by_email_but_not_at_the_first_log_in() -> None:
    an = citizen()
    enter(an)
    assert letters() == []
    enter(an)
    assert letters() == [("an@example.vn", "Chrome, Windows")]


def test_known_device_is_not_told_again() -> None:
    an = citizen()
    first = enter(an)
    response = Client().get("/")
    devices.keep(first, response)
    enter(an, cookie=response.cookies[devices.COOKIE].value)
    assert letters() == []


def test_changed_password_ends_all_other_sessions_and_keeps_this_one() -> None:
    an = citizen()
    here, other = enter(an), enter(an)
    here.user = Account.objects.get(pk=an.id)

    services.change_password(
        actor=actor_of(an), current=PASSWORD, new="nước chảy đá mòn", at=MORNING, request=here
    )
    here.session.save()

    assert (is_alive(here), is_alive(other)) == (True, False)
    assert [card.is_here for card in noted(an, here)] == [True]


def test_what_ran_out_is_cleared_away_and_not_shown() -> None:
    an = citizen()
    old = enter(an)
    Session.objects.filter(session_key=old.session.session_key).update(expire_date=MORNING)
    assert noted(an) == ()

    enter(an, at=MORNING + timedelta(days=2))

    assert Login.objects.count() == 1
