"""The forms of the register of requests about the system, with anything in them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.catalogue.province import Province
from tests.dossiers.world import moment
from tests.resilience.hostile import NASTY, stands
from tests.resilience.scenery import BACKEND

from motcua.accounts.models import Account
from motcua.accounts.services.sessions import SEEN_AT
from motcua.catalogue import queries, services
from motcua.catalogue.enums import UpgradeKind, UpgradeStep
from motcua.catalogue.rules.upgrades import UpgradePaper, UpgradeWish
from motcua.desk import clock

pytestmark = pytest.mark.django_db
NOW = moment("2024-10-07 09:00")
PAPER = UpgradePaper(NOW.date(), number="1", signer="Chủ tịch", note="Được")
DAY = "07/10/2024"
LATER = "04/11/2024"  # when PT24 is in force, under which comments are reviewed
COMMENTS = ("answer_upgrade", "review_upgrade")
GOOD: dict[str, dict[str, Any]] = {
    "new_upgrade": {
        "agency": "", "kind": "upgrade", "title": "Nhắn tin", "content": "Báo trước một ngày",
        "reason": "Nhiều người hỏi", "number": "4/SXD", "on": DAY,
    },
    "propose_upgrade": {"number": "12/TTr", "on": DAY, "note": "Đề nghị chấp thuận", "version": "1"},
    "decide_upgrade": {
        "outcome": "refuse", "number": "77/QĐ", "on": DAY, "signer": "Chủ tịch", "note": "Chưa có kinh phí",
        "version": "2",
    },
    "deploy_upgrade": {"on": DAY, "note": "", "version": "3"},
    "answer_upgrade": {"answer-on": LATER, "answer-note": "Đã hướng dẫn", "answer-version": "1"},
    "review_upgrade": {"on": LATER, "note": "Làm được", "version": "1"},
}  # fmt: skip
NO_DAY = {"on": "", "answer-on": ""}
BEFORE = {
    "decide_upgrade": [UpgradeStep.PROPOSE],
    "deploy_upgrade": [UpgradeStep.PROPOSE, UpgradeStep.APPROVE],
}


@dataclass
class Played:
    """A form of the register, with whoever fills it in."""

    client: Client
    path: str
    good: dict[str, Any]

    def send(self, typed: dict[str, Any]) -> Any:
        body = urlencode(list(typed.items()))
        answer = self.client.post(self.path, body, content_type="application/x-www-form-urlencoded")
        stands(answer)
        return answer


@pytest.fixture
def play(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Played]:
    def played(name: str) -> Played:
        is_comment = name in COMMENTS
        settings.PROVINCE = "phu-tho" if is_comment else "quang-ngai"
        now = moment("2024-11-04 09:00") if is_comment else NOW
        monkeypatch.setattr(clock, "now", lambda: now)
        place = Province(settings.PROVINCE)
        lead = place.agencies["lead"].pk
        person = place.people["lead" if name == "new_upgrade" else "dttt"]
        client = Client(raise_request_exception=False)
        client.force_login(Account.objects.get(pk=int(person.id)), backend=BACKEND)
        session = client.session
        session[SEEN_AT] = int(time.time())
        session.save()
        if name == "new_upgrade":
            return Played(client, reverse("desk:new_upgrade"), GOOD[name] | {"agency": str(lead)})
        made = services.request_upgrade(
            actor=place.people["lead"],
            at=now,
            agency_id=lead,
            wish=UpgradeWish("a", "b", "c", UpgradeKind.COMMENT if is_comment else UpgradeKind.UPGRADE),
            paper=PAPER,
        )
        for version, step in enumerate(BEFORE.get(name, ()), start=1):
            services.record_upgrade(
                actor=person, at=NOW, upgrade_id=made, version=version, step=step, paper=PAPER
            )
        return Played(client, reverse(f"desk:{name}", args=[made]), GOOD[name])

    return played


@pytest.mark.parametrize("name", GOOD)
def test_form_with_anything_in_one_field_is_answered_and_then_does_what_it_is_for(
    play: Callable[[str], Played], name: str
) -> None:
    form, chance = play(name), random.Random(name)
    province = "phu-tho" if name in COMMENTS else "quang-ngai"
    for field in form.good:
        if field in ("title", "content", "reason", "number", "signer", "note", "answer-note"):
            continue  # anything printable may be said there: below, with a day that is refused
        for value in chance.sample(NASTY, 6):
            form.send(form.good | {field: value})
        form.send({each: typed for each, typed in form.good.items() if each != field} | NO_DAY)
    for value in NASTY:
        form.send(dict.fromkeys(form.good, value) | {"on": "32/13/2024", "answer-on": "32/13/2024"})
    form.send({})
    assert form.send(dict.fromkeys(form.good, "\0")).status_code == 400
    before = queries.upgrades(province)
    assert form.send(form.good | {"version": "9" * 5000} | NO_DAY).status_code in (302, 303, 422, 200)
    assert queries.upgrades(province) == before
    assert form.send(form.good).status_code == 302
    assert queries.upgrades(province) != before
