"""A refusal that the desk sends electronically comes there wherever one asks how it comes (KT18-15.2)."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.dossiers.world import World, make_world, sheet
from tests.portal.samples import PDF
from tests.regulations import PLACES

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import OnlineLevel
from motcua.documents import services as documents
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Decision, Status
from motcua.dossiers.errors import ResultComesHere
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.lines import way_back_of
from motcua.dossiers.rules import contracted, returning
from motcua.dossiers.rules.resting import grounds_of
from motcua.dossiers.rules.state import DocumentRef, ResultDelivery, ResultPaper, State
from motcua.dossiers.services import Act, Hindrance, leaving
from motcua.dossiers.services.gather import facts_for
from motcua.kernel.wire import from_wire, to_wire
from motcua.law import queries as law
from motcua.process import queries as process

pytestmark = pytest.mark.django_db
WAYS = ("counter", "online", "postal")


def refused_online(settings: Any, how: str = "counter") -> tuple[World, Act]:
    """Filed online under KT18 for a result at the counter or by post; refused, and the notice lies there."""
    for each in (agencies, catalogue, process):
        each.forget()
    settings.PROVINCE = PLACES["KT18"][0]
    level = {"counter": OnlineLevel.PARTIAL, "postal": OnlineLevel.FULL}[how]
    world = make_world(sheet(online_level=level), regulation="KT18")

    def stored(who: str) -> str:
        upload = SimpleUploadedFile("a.pdf", PDF)
        return documents.store(upload=upload, name="a.pdf", actor=world.actor(who), at=world.now).id

    wish = ResultDelivery(how, "1 Phan Đình Phùng" if how == "postal" else "")
    act = world.submit(world.draft(documents=(DocumentRef("paper", file_id=stored("an")),), delivery=wish))
    by_post = {"certified_by_post": "Bưu điện, 12 tờ"} if how == "postal" else {}
    act = world.assign(world.hand_over(world.accept(act, **by_post)))
    act = world.refuse(world.propose(act, decision="refuse", text="Không đủ điều kiện"))
    return world, world.announce(world.issue(act, file_id=stored("khoa")))


def variants(state: State) -> list[State]:
    decisions, papers = (None, Decision.GRANT, Decision.REFUSE), ((), ("",), ("x",), ("x", ""), ("", "x"))
    found = []
    asked = product(PLACES, WAYS, ("online", "postal", "counter"), decisions, papers)
    for regulation, how, channel, decision, files in asked:
        contents = replace(state.contents, delivery=ResultDelivery(how))
        target = replace(state.target, regulation=regulation, channel=channel)
        results = tuple(
            ResultPaper("1", "x", state.filed_at, decision or Decision.GRANT, each or None) for each in files
        )
        found.append(replace(state, contents=contents, target=target, decision=decision, results=results))
    return found


def test_many_dossiers_say_of_the_way_back_what_the_rule_says_of_one(world: World) -> None:
    act = world.until("accept")
    row, state = Dossier.objects.get(), world.state(act)
    copies = []
    for each in variants(state):
        copies.append(made := copy(row))
        made.pk, made.state = uuid4(), to_wire(each)
        made.code = made.filing_number = made.submission_key = None
    Dossier.objects.bulk_create(copies)
    rows = Dossier.objects.exclude(pk=row.pk).annotate(comes=way_back_of("state"))
    found = [(each.comes, queries.goes_back(from_wire(State, each.state))) for each in rows]
    assert [one for one, other in found if one != other] == []
    assert {one for one, _ in found} == set(WAYS)


@pytest.mark.parametrize("how", ["counter", "postal"])
def test_account_is_not_closed_while_the_refusal_waits_in_it(settings: Any, how: str) -> None:
    world, act = refused_online(settings, how)
    (found,) = leaving.against_closing(actor=world.actor("an"))
    assert (found.what, found.id) == (Hindrance.RESULT, act.dossier_id)
    with pytest.raises(ResultComesHere):
        leaving.must_be_free(actor=world.actor("an"))
    world.give_back(act, how="online")
    assert leaving.against_closing(actor=world.actor("an")) == ()


def test_register_says_how_the_refusal_comes_before_it_is_handed_over(settings: Any) -> None:
    world, act = refused_online(settings, "postal")
    day = world.state(act).accepted_at.date()
    (line,), _ = queries.register_lines(world.state(act).target.posting.desk, day, day, at=world.now)
    assert line.way == "Trực tuyến"
    assert world.state(act).handing is None


def test_nobody_has_come_for_a_refusal_that_is_sent(settings: Any) -> None:
    world, act = refused_online(settings)
    state, kontum, quangngai = world.state(act), law.regulation("KT18"), law.regulation("QN20")
    assert returning.visits_made(state, kontum) == 0
    assert returning.visits_made(state, quangngai) == 1  # which has it collected as it was wished
    facts = facts_for(state.target, None, world.actor("chi"), world.now)
    assert grounds_of(state, facts)["visits_allowed"]


def test_post_carries_no_refusal_that_the_desk_sends(settings: Any) -> None:
    world, act = refused_online(settings, "postal")
    state, rules = world.state(act), law.regulation("KT18")
    assert state.status is Status.READY
    assert not contracted.is_before_them(state, rules)
    assert not contracted.may_return_so("postal", state, rules)
    granted = replace(state, decision=Decision.GRANT)
    assert contracted.is_before_them(granted, rules)
    assert services.verify().difference is None
