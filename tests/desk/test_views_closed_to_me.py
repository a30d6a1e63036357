"""What an act has closed to whoever did it: where it leads, what is told, and what stays in the lists."""

from __future__ import annotations

import pytest
from django.urls import reverse, reverse_lazy
from tests.desk.conftest import At
from tests.desk.test_views_inbox import word_to
from tests.desk.test_views_verbs import address, press
from tests.dossiers.test_registers import elsewhere
from tests.dossiers.test_services_people import PARALLEL, entrust, reassign
from tests.dossiers.world import World, _officer, make_world

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.desk import clock
from motcua.desk.pages_of_verbs import BY_VERB
from motcua.dossiers import services
from motcua.dossiers.enums import Verb
from motcua.dossiers.services import Act

pytestmark = pytest.mark.django_db
TODAY = reverse_lazy("desk:worklist", args=["da-lam-hom-nay"])


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch, regulation: str) -> World:
    """Its process does two parts at once; Quang heads a division of another agency."""
    made = make_world(rows=PARALLEL, regulation=regulation)
    monkeypatch.setattr(clock, "now", lambda: made.later(minutes=1))
    made.people["quang"] = _officer("quang")
    Position.objects.create(
        account=made.people["quang"], unit=elsewhere(UnitKind.DIVISION), role=Role.UNIT_HEAD.value
    )
    return made


def far(world: World) -> int:
    return Position.objects.get(account=world.people["quang"]).unit_id


def asked(world: World) -> Act:
    act = world.until("assign")
    return services.consult(
        **world._on(act, "dung"), unit_id=far(world), question="Có tranh chấp?", limit="2wd"
    )


def key_of(world: World, act: Act, unit: int) -> str:
    return next(task.key for task in world.state(act).tasks if task.unit_id == unit)


@pytest.mark.parametrize("what", ["part", "question"])
def test_who_has_done_it_for_another_agency_is_led_to_their_work_and_told_it_is_done(
    world: World, at_desk: At, what: str
) -> None:
    act = asked(world) if what == "question" else entrust(world, world.until("assign"), far(world))
    verb = Verb.ANSWER if what == "question" else Verb.COMPLETE_STEP
    done = {"answer": "Không", "note": "Đủ", "outcome": "done"}
    quang = at_desk("quang")

    answer = press(quang, world, act, verb, task_key=key_of(world, act, far(world)), **done)
    assert answer.headers["Location"] == reverse("desk:home"), answer.content.decode()
    shown = quang.get(answer.headers["Location"], follow=True)

    assert (shown.status_code, BY_VERB[verb].done in shown.content.decode()) == (200, True)
    lines = quang.get(TODAY).content.decode()
    page = reverse("desk:dossier", args=[act.dossier_id])
    assert (world.state(act).code in lines, page in lines, "Không còn ở đơn vị bạn" in lines) == (
        True, False, True
    )  # fmt: skip
    mine = at_desk("dung").get(TODAY).content.decode()
    assert (page in mine, "Không còn ở đơn vị bạn" in mine) == (True, False)


def test_who_may_still_open_it_comes_back_to_the_dossier(world: World, at_desk: At) -> None:
    act = world.until("assign")
    key = next(task.key for task in world.state(act).tasks if task.step_key == "police")
    done = at_desk("dung").post(
        address(act, Verb.COMPLETE_STEP),
        {"task_key": key, "note": "", "outcome": "done", "version": act.version},
    )
    assert done.headers["Location"] == reverse("desk:dossier", args=[act.dossier_id])


def test_what_is_asked_of_another_agency_names_who_has_it_and_by_when(world: World, at_desk: At) -> None:
    act = asked(world)
    page = reverse("desk:dossier", args=[act.dossier_id])
    question = at_desk("dung").get(page).context["page"].tasks[-1]
    assert (question.who, "Hạn cho ý kiến" in question.until) == ("Sở Y tế, division Y", True)
    act = entrust(world, act, far(world))
    key = next(task.key for task in world.state(act).tasks if task.step_key == "police")
    reassign(world, act, to="quang", by="quang", task_key=key)
    part = at_desk("dung").get(page).context["page"].tasks[-1]
    assert (part.who, "Hạn của bước" in part.until) == (
        "Quang, Sở Y tế, division Y: Xác nhận an ninh", True
    )  # fmt: skip


def test_word_of_what_was_taken_back_leads_to_a_page_that_says_so(world: World, at_desk: At) -> None:
    act = asked(world)
    word = word_to(world, "quang")
    world.withdraw_at_desk(act)
    quang = at_desk("quang")
    shown = quang.get(reverse("desk:inbox_open", args=[word.pk]), follow=True)
    assert (shown.status_code, "không còn nằm ở đơn vị bạn" in shown.content.decode()) == (403, True)
    stranger = at_desk("giang").get(reverse("desk:dossier", args=[act.dossier_id]))
    assert (stranger.status_code, "không còn nằm" in stranger.content.decode()) == (403, False)
