"""Comparing card and account at the counter, by the page."""

from __future__ import annotations

import pytest
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.audit.models import ActRecord
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
PAGE = "/noi-bo/doi-chieu-can-cuoc/"
QR = "066090000001||An|15031990|Nam|12 Lê Duẩn|10052022"
CARD = {"personal_id": "066090000001", "name": "AN", "date_of_birth": "15/03/1990"}


def code_sent() -> str:
    return str(OutboxMessage.objects.filter(key="account.check_identity").latest("id").context["code"])


def is_checked(world: World) -> bool:
    return Account.objects.get(pk=world.people["an"].pk).identity_checked_at is not None


@pytest.mark.parametrize("typed", [CARD, {"personal_id": QR}])
def test_card_sends_a_code_and_the_code_compares(world: World, at_desk: At, typed: dict[str, str]) -> None:
    chi = at_desk("chi")
    asked = chi.post(PAGE, typed | {"action": "ask"})
    assert asked.status_code == 200
    assert 'name="read_out"' in asked.content.decode()
    answer = chi.post(PAGE, CARD | {"action": "confirm", "read_out": code_sent(), "seen": "on"})
    assert answer.headers["Location"] == PAGE
    assert is_checked(world)
    act = ActRecord.objects.get(act="identity_checked")
    assert (act.actor_name, act.facts) == ("Chi", {"place": "Sở Tư pháp"})


@pytest.mark.parametrize(
    "changes", [{"read_out": "x"}, {"seen": ""}, {"name": "Người khác"}, {"date_of_birth": "x"}]
)
def test_what_does_not_fit_compares_nothing(world: World, at_desk: At, changes: dict[str, str]) -> None:
    chi = at_desk("chi")
    chi.post(PAGE, CARD | {"action": "ask"})
    answer = chi.post(PAGE, CARD | {"action": "confirm", "read_out": code_sent(), "seen": "on"} | changes)
    assert answer.status_code == 422
    assert not is_checked(world)
    assert not ActRecord.objects.filter(act="identity_checked").exists()


def test_code_that_was_read_out_stays_where_the_tick_was_forgotten(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    chi.post(PAGE, CARD | {"action": "ask"})
    code = code_sent()
    answer = chi.post(PAGE, CARD | {"action": "confirm", "read_out": code, "seen": ""})
    assert answer.status_code == 422
    assert f'value="{code}"' in answer.content.decode()


def test_card_of_nobody_is_told_at_its_field(world: World, at_desk: At) -> None:
    answer = at_desk("chi").post(PAGE, CARD | {"personal_id": "066090000099", "action": "ask"})
    assert answer.status_code == 422
    assert 'href="#id_personal_id"' in answer.content.decode()


@pytest.mark.parametrize("name", ["dung", "hanh", "giang"])
@pytest.mark.parametrize("action", ["", "ask", "confirm"])
def test_only_a_desk_compares(world: World, at_desk: At, name: str, action: str) -> None:
    browser = at_desk(name)
    sent = CARD | {"action": action, "read_out": "000000", "seen": "on"}
    answer = browser.post(PAGE, sent) if action else browser.get(PAGE)
    assert answer.status_code == 403
    assert not OutboxMessage.objects.exists()
