"""An open page of a dossier tells who else has it open, lightly, and takes nobody's page away."""

from __future__ import annotations

import time

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.accounts.services.sessions import SEEN_AT
from motcua.desk import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _seconds_pass(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second between two looks at the clock: what is told here is true for a minute."""
    monkeypatch.setattr(clock, "now", lambda: world.later(seconds=1))


def test_page_says_who_was_there_when_it_was_opened(world: World, at_desk: At) -> None:
    page = reverse("desk:dossier", args=[world.register().dossier_id])
    assert "Đang cùng mở" not in at_desk("dung").get(page).content.decode()
    assert "Dung (từ " in at_desk("chi").get(page).content.decode()


def test_page_of_an_act_tells_and_is_told_of_too(world: World, at_desk: At) -> None:
    act = world.register()
    verb = at_desk("chi").get(reverse("desk:verb", args=[act.dossier_id, "tiep-nhan"]))
    assert verb.context["looking"].others == ()
    page = at_desk("dung").get(reverse("desk:dossier", args=[act.dossier_id]))
    assert [each.name for each in page.context["looking"].others] == ["Chi"]


def asked(client: Client, dossier_id: str, page: str, shown: str = "") -> tuple[int, str]:
    answer = client.post(reverse("desk:looking", args=[dossier_id, page]), {"shown": shown})
    return answer.status_code, answer.content.decode()


def test_news_come_once_and_silence_is_an_empty_answer(world: World, at_desk: At) -> None:
    act = world.register()
    chi, dung = at_desk("chi"), at_desk("dung")
    address = reverse("desk:dossier", args=[act.dossier_id])
    mine = chi.get(address).context["looking"].page
    assert asked(chi, act.dossier_id, mine) == (204, "")
    theirs = dung.get(address).context["looking"]
    status, text = asked(chi, act.dossier_id, mine)
    assert (status, "Dung (từ " in text) == (200, True)
    shown = text.partition('name="shown" value="')[2].partition('"')[0]
    assert asked(chi, act.dossier_id, mine, shown) == (204, "")
    assert dung.post(reverse("desk:leave", args=[theirs.page])).status_code == 204
    status, text = asked(chi, act.dossier_id, mine, shown)
    assert (status, "Đang cùng mở" in text) == (200, False)


def test_stranger_learns_nothing(world: World, at_desk: At) -> None:
    act = world.register()
    mine = at_desk("chi").get(reverse("desk:dossier", args=[act.dossier_id])).context["looking"].page
    assert asked(at_desk("giang"), act.dossier_id, mine)[0] == 403


def test_page_whose_session_has_ended_is_left_as_it_is(world: World, at_desk: At) -> None:
    act = world.register()
    mine = at_desk("chi").get(reverse("desk:dossier", args=[act.dossier_id])).context["looking"].page
    assert asked(Client(), act.dossier_id, mine) == (204, "")
    assert Client().post(reverse("desk:leave", args=[mine])).status_code == 204


def test_asking_by_itself_keeps_no_session_alive(world: World, at_desk: At) -> None:
    act, chi = world.register(), at_desk("chi")
    address = reverse("desk:dossier", args=[act.dossier_id])
    mine = chi.get(address).context["looking"].page
    session = chi.session
    session[SEEN_AT] = then = int(time.time()) - 300
    session.save()
    asked(chi, act.dossier_id, mine)
    assert chi.session[SEEN_AT] == then
    chi.get(address)
    assert chi.session[SEEN_AT] > then
    session[SEEN_AT] = int(time.time()) - settings.OFFICER_IDLE_MINUTES * 60 - 5
    session.save()
    assert asked(chi, act.dossier_id, mine) == (204, "")
    assert chi.get(address).status_code == 302
