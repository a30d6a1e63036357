"""Refusals that no other test asks for: each by its type, and the dossier stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.dossiers.world import STEPS, World, make_world, steps

from motcua.dossiers import services
from motcua.dossiers.enums import DeclineGround
from motcua.dossiers.errors import (
    BadHanding,
    DeliveryNotChosen,
    GuidanceRequired,
    PaperNumberRequired,
    ReasonOfOursRequired,
    ReasonRequired,
    ResultIsOut,
    WrongState,
)
from motcua.dossiers.rules.state import ResultDelivery, SupplementItem
from motcua.dossiers.services import Act
from motcua.kernel.errors import Refusal
from motcua.process.errors import UnknownOutcome

pytestmark = pytest.mark.django_db
Press = Callable[[World, Act], object]


def refused(world: World, act: Act, press: Callable[[], object], kind: type[Refusal]) -> None:
    before = world.state(act)
    with pytest.raises(kind) as said:
        press()
    assert type(said.value) is kind
    assert world.state(act) == before


UNSEEN = "\u200b\u2060\u00a0"  # what no page shows and no strip takes away


def decline_for(world: World, act: Act, reason: str) -> Act:
    return services.decline(
        **world._on(act, "chi"),
        ground="by_law",
        provision="Điều 17 Nghị định số 61/2018/NĐ-CP",
        reason=reason,
    )


def ask_for(world: World, act: Act, **changes: str) -> Act:
    given = {"items": (SupplementItem("paper", "Mờ"),), "reason": "Mờ", "guidance": "Chụp lại"}
    return services.request_supplement(**world._on(act, "chi") | given | changes)


def asked(world: World, act: Act) -> Act:
    """The desk asks for one paper more, before anything was accepted."""
    items = (SupplementItem("paper", "Thiếu chữ ký"),)
    given = {"items": items, "reason": "Thiếu chữ ký", "guidance": "Ký rồi nộp lại"}
    return services.request_supplement(**world._on(act, "chi") | given)


def paused(world: World, act: Act) -> Act:
    return services.pause(**world._on(act, "dung"), reason="Nộp lệ phí")


@pytest.mark.parametrize(
    ("verb", "press", "kind"),
    [
        ("approve", lambda w, a: w.issue(a, number=" "), PaperNumberRequired),
        ("approve", lambda w, a: w.issue(a, name=" "), PaperNumberRequired),
        ("approve", lambda w, a: w.issue(a, number=UNSEEN), PaperNumberRequired),
        ("approve", lambda w, a: w.issue(a, name=UNSEEN), PaperNumberRequired),
        ("propose", lambda w, a: w.refuse(a, reason=UNSEEN), ReasonRequired),
        ("propose", lambda w, a: w.send_back(a, reason=UNSEEN), ReasonOfOursRequired),
        ("assign", lambda w, a: w.propose(a, decision="refuse", text=UNSEEN), ReasonRequired),
        ("assign", lambda w, a: w.stop(a, reason=UNSEEN), ReasonRequired),
        ("accept", lambda w, a: services.withdraw(**w._on(a, "an"), reason=UNSEEN), ReasonRequired),
        ("submit", lambda w, a: decline_for(w, a, UNSEEN), ReasonRequired),
        ("submit", lambda w, a: ask_for(w, a, reason=UNSEEN), GuidanceRequired),
        ("submit", lambda w, a: ask_for(w, a, guidance=UNSEEN), GuidanceRequired),
        ("announce", lambda w, a: w.give_back(a, received_by=UNSEEN), BadHanding),
        ("announce", lambda w, a: w.give_back(a, proof=UNSEEN), BadHanding),
        ("issue", lambda w, a: services.withdraw(**w._on(a, "an"), reason="Thôi"), ResultIsOut),
        ("issue", lambda w, a: w.stop(a), ResultIsOut),
        ("accept", lambda w, a: services.withdraw(**w._on(a, "an"), reason=" "), ReasonRequired),
        (
            "assign",
            lambda w, a: services.complete_step(**w._on_task(a, "dung"), outcome="back"),
            UnknownOutcome,
        ),
        ("assign", lambda w, a: w.stop(a, reason=" "), ReasonRequired),
        ("submit", lambda w, a: w.stop(a), WrongState),
        ("accept", lambda w, a: w.announce(a), WrongState),
        ("approve", lambda w, a: w.announce(a), WrongState),
        ("approve", lambda w, a: w.give_back(a), WrongState),
        (
            "accept",
            lambda w, a: services.decline(
                **w._on(a, "chi"),
                ground=DeclineGround.NOT_COMPETENT,
                reason="Nhầm",
                competent="Sở",
                guidance="Nộp",
            ),
            WrongState,
        ),
    ],
)
def test_act_that_comes_too_early_too_late_or_without_words_is_refused(
    world: World, verb: str, press: Press, kind: type[Refusal]
) -> None:
    act = world.until(verb)
    refused(world, act, lambda: press(world, act), kind)


def test_result_is_not_numbered_before_anybody_decided() -> None:
    world = make_world(rows=steps(tuple(row for row in STEPS if row[0] != "approve")))
    act = services.complete_step(**world._on_task(world.until("assign"), "dung"))
    refused(world, act, lambda: world.issue(act), WrongState)


def test_nothing_is_sent_before_it_was_said_how_the_result_is_wanted(world: World) -> None:
    act = world.draft(delivery=ResultDelivery(""))
    refused(world, act, lambda: world.submit(act), DeliveryNotChosen)


def test_clock_that_does_not_run_yet_is_not_let_run_on(world: World) -> None:
    act = asked(world, world.until("submit"))
    refused(world, act, lambda: services.resume(**world._on(act, "chi"), note="Đã có"), WrongState)


def test_no_new_date_is_set_while_the_clock_stands_still(world: World) -> None:
    act = paused(world, world.until("assign"))
    due_at = world.state(act).due_at
    assert due_at is not None
    day = (due_at + timedelta(days=14)).date()
    given = world._on(act, "hanh") | {"new_day": day, "reason": "Chờ"}
    refused(world, act, lambda: services.extend(**given), WrongState)
