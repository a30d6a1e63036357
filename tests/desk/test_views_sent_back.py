"""Work that comes back, at the desk: marked in lists, its reason on top of pages, and later compared."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.desk.conftest import At
from tests.desk.test_views_several import SEVERAL
from tests.dossiers.world import World

from motcua.desk.pages_of_verbs import BY_VERB
from motcua.desk.several import PICKED
from motcua.dossiers.enums import Verb
from motcua.dossiers.services import Act

pytestmark = pytest.mark.django_db
MINE = "/noi-bo/viec-cua-toi/"
REASON = "Chưa nêu căn cứ tại Điều 5"


def page(act: Act) -> str:
    return reverse("desk:dossier", args=[act.dossier_id])


def form(act: Act, verb: Verb) -> str:
    return reverse("desk:verb", args=[act.dossier_id, BY_VERB[verb].slug])


def test_list_of_the_officer_marks_what_came_back_and_nothing_else(world: World, at_desk: At) -> None:
    fresh, back = world.until("assign"), world.send_back(world.until("propose"))
    lines = {line.item.dossier_id: line for line in at_desk("dung").get(MINE).context["lines"]}
    assert {key: line.again for key, line in lines.items()} == {
        fresh.dossier_id: "",
        back.dossier_id: "được trả lại",
    }
    assert at_desk("dung").get(MINE).content.decode().count("được trả lại") == 1


def test_list_of_approvals_marks_what_was_sent_back_before(world: World, at_desk: At) -> None:
    first, again = world.until("propose"), world.propose(world.send_back(world.until("propose")))
    lines = {
        line.item.dossier_id: line for line in at_desk("hanh").get("/noi-bo/phe-duyet/").context["lines"]
    }
    assert {key: line.again for key, line in lines.items()} == {
        first.dossier_id: "",
        again.dossier_id: "từng bị trả lại",
    }


@pytest.mark.parametrize("verb", [Verb.PROPOSE, Verb.REQUEST_SUPPLEMENT])
def test_reason_stands_on_the_page_and_on_the_form_of_whoever_has_it_again(
    world: World, at_desk: At, verb: Verb
) -> None:
    act = world.send_back(world.until("propose"), reason=REASON)
    dung = at_desk("dung")
    for shown in (
        dung.get(page(act)).context["page"].sent_back,
        dung.get(form(act, verb)).context["sent_back"],
    ):
        (note,) = shown
        assert (note.who, note.reason, note.was) == ("Hanh", REASON, "Đồng ý giải quyết\nĐủ điều kiện")
    text = dung.get(form(act, verb)).content.decode()
    assert text.index("Việc này được trả lại để làm lại") < text.index(REASON) < text.index("<form method")


def test_who_has_not_the_task_sees_that_it_came_back_but_no_notice(world: World, at_desk: At) -> None:
    act = world.send_back(world.until("propose"), reason=REASON)
    answer = at_desk("chi").get(page(act))
    assert answer.context["page"].sent_back == ()
    assert [task.is_sent_back for task in answer.context["page"].tasks] == [True]
    assert "Việc này được trả lại" not in answer.content.decode()


def test_leader_compares_what_is_proposed_anew_with_what_was_sent_back(world: World, at_desk: At) -> None:
    """Once on the page of one, once among several; both times the last stands on top."""
    act = world.send_back(world.until("propose"), reason="Lần một")
    act = world.propose(world.send_back(world.propose(act, text="Sửa"), reason="Lần hai"), text="Sửa nữa")
    hanh = at_desk("hanh")
    one = hanh.get(form(act, Verb.APPROVE)).context["sent_back"]
    ((card, *_),) = hanh.get(SEVERAL, {PICKED: [act.dossier_id]}).context["cards"]
    assert [(each.reason, each.was) for each in one] == [
        ("Lần hai", "Đồng ý giải quyết\nSửa"),
        ("Lần một", "Đồng ý giải quyết\nĐủ điều kiện"),
    ]
    assert card.sent_back == one == hanh.get(page(act)).context["page"].sent_back
    for address in (form(act, Verb.APPROVE), f"{SEVERAL}?{PICKED}={act.dossier_id}"):
        text = hanh.get(address).content.decode()
        assert text.index("Lần hai") < text.index("Lần một")


def test_reason_reaches_the_officer_also_through_a_head_who_assigns_anew(world: World, at_desk: At) -> None:
    act = world.send_back(world.until("propose"), to_step="assign", reason=REASON)
    assert at_desk("lan").get(form(act, Verb.ASSIGN)).context["sent_back"][0].reason == REASON
    act = world.assign(act)
    assert at_desk("dung").get(page(act)).context["page"].sent_back[0].reason == REASON
    (line,) = at_desk("dung").get(MINE).context["lines"]
    assert line.again == "từng bị trả lại"


def test_nothing_is_said_of_it_once_it_was_decided(world: World, at_desk: At) -> None:
    act = world.approve(world.propose(world.send_back(world.until("propose"))))
    for name in ("khoa", "hanh"):
        assert at_desk(name).get(page(act)).context["page"].sent_back == ()


def test_page_and_lists_cost_no_query_more(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    act = world.send_back(world.until("propose"))
    dung = at_desk("dung")
    for address in (page(act), form(act, Verb.PROPOSE), MINE):
        dung.get(address)  # what is kept in memory is read once
        with django_assert_max_num_queries(15):
            assert dung.get(address).status_code == 200
