"""Heads steer several dossiers at once: they urge on those with whom the work lies, or give it to others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.desk.conftest import At
from tests.dossiers.world import STEPS, World, next_version, steps

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Absence, Position
from motcua.audit.models import ActRecord
from motcua.desk import clock
from motcua.dossiers import services
from motcua.dossiers.errors import NothingToUrge, UrgedToday
from motcua.dossiers.models import DossierEvent
from motcua.dossiers.rules.state import SupplementItem
from motcua.dossiers.services import Act
from motcua.kernel.errors import Forbidden
from motcua.notify.models import OutboxMessage
from motcua.process import queries as process
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import ProcessDefinition

pytestmark = pytest.mark.django_db
URGE, GIVE = "/noi-bo/don-doc/", "/noi-bo/giao-nhieu/"


@pytest.fixture
def head(world: World) -> str:
    """Chi heads the desk."""
    desk = world.units[UnitKind.DESK]
    Position.objects.create(account=world.people["chi"], unit=desk, role=Role.DESK_HEAD.value)
    return "chi"


def told(about: str) -> list[str]:
    rows = OutboxMessage.objects.filter(key="desk.dossier_urged", about=about)
    return sorted(rows.values_list("recipient_name", flat=True))


def sent(client: Client, path: str, acts: list[Act], **typed: str) -> list[tuple[bool, str]]:
    picks = [f"{act.dossier_id}:{act.version}" for act in acts]
    answer = client.post(path, {"pick": picks} | typed, follow=True)
    assert answer.redirect_chain == [("/noi-bo/don-doc/da-lam/", 302)]
    by_id = {each.dossier_id: each for each in (*answer.context["done"], *answer.context["refused"])}
    return [(by_id[act.dossier_id].is_done, by_id[act.dossier_id].said) for act in acts]


def test_head_of_the_desk_urges_from_the_list_and_a_second_time_only_another_day(
    world: World, at_desk: At, head: str
) -> None:
    acts = [world.until("assign"), world.until("assign")]
    world.later(days=30)
    client = at_desk(head)
    shown = client.get("/noi-bo/can-don-doc/").content.decode()
    assert f'name="ho-so" value="{acts[0].dossier_id}"' in shown
    asked = client.get(URGE, {"ho-so": [each.dossier_id for each in acts]}).content.decode()
    assert asked.count("Đang giữ việc: Dung.") == 2
    said = sent(client, URGE, acts, reason="Giải quyết trong ngày")
    assert said == [(True, "Đã đôn đốc Dung.")] * 2
    assert [told(each.dossier_id) for each in acts] == [["Dung"], ["Dung"]]
    message = OutboxMessage.objects.filter(key="desk.dossier_urged").first()
    assert message is not None
    assert (message.context["reason"], message.context["by"]) == ("Giải quyết trong ngày", "Chi")
    again = sent(client, URGE, acts[:1], reason="Nhanh lên")
    assert again[0][0] is False
    assert "Hôm nay đã đôn đốc Dung" in again[0][1]
    assert told(acts[0].dossier_id) == ["Dung"]
    assert ActRecord.objects.filter(act="dossier_urged").count() == 2
    assert world.state(acts[0]).version == acts[0].version  # no form that somebody has open is refused
    page = client.get(f"/noi-bo/ho-so/{acts[0].dossier_id}/").content.decode()
    assert "Báo cho Dung: “Đôn đốc giải quyết hồ sơ" in page


def test_urging_the_next_day_goes_out_again(world: World, head: str) -> None:
    act = world.until("assign")
    for day in (0, 1):
        at = world.now + timedelta(days=day)
        assert services.urge_dossier(
            actor=world.actor(head), at=at, dossier_id=act.dossier_id, text="Nhanh"
        ) == ("Dung",)
    with pytest.raises(UrgedToday):
        services.urge_dossier(actor=world.actor("hanh"), at=at, dossier_id=act.dossier_id, text="Nhanh")
    assert told(act.dossier_id) == ["Dung", "Dung"]


@pytest.mark.parametrize("name", ["dung", "khoa", "giang", "an"])
def test_who_answers_for_nobody_urges_nobody(world: World, name: str) -> None:
    act = world.until("assign")
    with pytest.raises(Forbidden):
        services.urge_dossier(actor=world.actor(name), at=world.now, dossier_id=act.dossier_id, text="Nhanh")
    assert told(act.dossier_id) == []


@pytest.mark.parametrize("path", [URGE, GIVE])
def test_pages_are_for_those_who_answer_for_others(world: World, at_desk: At, path: str) -> None:
    act = world.until("assign")
    assert at_desk("dung").get(path, {"ho-so": act.dossier_id}).status_code == 403


@pytest.mark.clause("DL24-20.2", "QN20-11.2#2")
def test_while_a_supplement_request_waits_who_controls_it_is_urged_and_not_who_settles(
    world: World, at_desk: At
) -> None:
    act = world.until("assign")
    asked = {"items": (SupplementItem("paper", "Mờ"),), "reason": "Mờ", "guidance": "Chụp lại"}
    act = services.request_supplement(**world._on(act, "dung") | asked)
    Position.objects.create(account=world.people["em"], unit=world.units[UnitKind.DESK], role=Role.DESK_HEAD)
    with pytest.raises(NothingToUrge):
        services.urge_dossier(actor=world.actor("lan"), at=world.now, dossier_id=act.dossier_id, text="Nhanh")
    assert told(act.dossier_id) == []
    page = at_desk("lan").get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert page.count("chờ yêu cầu bổ sung được gửi") == 1
    boss = "em" if world.state(act).tasks[-1].role == Role.APPROVER else "hanh"
    services.urge_dossier(actor=world.actor(boss), at=world.now, dossier_id=act.dossier_id, text="Nhanh")
    assert told(act.dossier_id) == ["Hanh" if boss == "em" else "Em"]


def test_head_of_a_unit_urges_only_what_lies_there(world: World) -> None:
    act = world.until("propose")  # lies with the leader
    with pytest.raises((Forbidden, NothingToUrge)):
        services.urge_dossier(actor=world.actor("lan"), at=world.now, dossier_id=act.dossier_id, text="Nhanh")
    assert told(act.dossier_id) == []


def test_work_of_nobodys_name_urges_who_may_take_it_and_of_the_absent_the_substitute(
    world: World, head: str
) -> None:
    waiting = world.until("propose")
    services.urge_dossier(
        actor=world.actor(head), at=world.now, dossier_id=waiting.dossier_id, text="Xin xem"
    )
    assert told(waiting.dossier_id) == ["Hanh"]
    theirs = world.until("assign")
    Absence.objects.create(
        account=world.people["dung"],
        substitute=world.people["em"],
        first_day=world.now.date(),
        last_day=world.now.date(),
        agency_ids=[world.agency.pk],
        reason="Ốm",
        recorded_by="Lan",
        recorded_at=world.now,
    )
    services.urge_dossier(actor=world.actor(head), at=world.now, dossier_id=theirs.dossier_id, text="Nhanh")
    assert told(theirs.dossier_id) == ["Dung", "Em"]


def test_nobody_is_urged_where_nobody_can_act_and_the_pages_lead_to_giving_it_away(
    world: World, at_desk: At
) -> None:
    act = world.until("assign")
    where, client = f"/noi-bo/ho-so/{act.dossier_id}/", at_desk("hanh")
    before = client.get(where).content.decode()
    assert (f'href="{URGE}?ho-so=' in before, "Chưa có ai làm được" in before) == (True, False)
    account = world.people["dung"]
    account.is_active = False
    account.save()
    page = client.get(where).content.decode()
    assert (f'href="{URGE}?ho-so=' in page, f'href="{GIVE}?ho-so={act.dossier_id}"' in page) == (False, True)
    assert "Chưa có ai làm được bước này" in page
    asked = client.get(URGE, {"ho-so": act.dossier_id}).content.decode()
    assert "Hiện không có ai để đôn đốc." in asked
    assert f'href="{GIVE}?ho-so={act.dossier_id}"' in asked
    ((is_done, said),) = sent(client, URGE, [act], reason="Nhanh")
    assert (is_done, "Không có ai để đôn đốc" in said, told(act.dossier_id)) == (False, True, [])


@pytest.mark.parametrize("cause", ["left", "away"])
def test_who_has_left_the_post_or_is_away_with_nobody_in_their_place_is_not_urged(
    world: World, cause: str
) -> None:
    act = world.until("assign")
    if cause == "left":
        Position.objects.filter(account=world.people["dung"]).delete()
    else:
        blocked = world.people["em"]
        blocked.is_active = False
        blocked.save()
        Absence.objects.create(
            account=world.people["dung"],
            substitute=blocked,
            first_day=world.now.date(),
            last_day=world.now.date(),
            reason="Ốm",
            recorded_by="Lan",
            recorded_at=world.now,
        )
    with pytest.raises(NothingToUrge):
        services.urge_dossier(
            actor=world.actor("hanh"), at=world.now, dossier_id=act.dossier_id, text="Nhanh"
        )
    assert told(act.dossier_id) == []


def test_unit_head_gives_several_at_once_each_as_an_act_of_its_own(world: World, at_desk: At) -> None:
    acts = [world.until("assign"), world.until("assign")]
    stale = world.until("assign")
    before = stale.version
    services.reassign(
        actor=world.actor("hanh"),
        at=world.now,
        dossier_id=stale.dossier_id,
        expected_version=before,
        officer_id=str(world.people["em"].pk),
        reason="Trước",
    )
    client, em = at_desk("lan"), str(world.people["em"].pk)
    shown = client.get(GIVE, {"ho-so": [each.dossier_id for each in acts]})
    assert "Em" in shown.content.decode()
    said = sent(client, GIVE, [*acts, stale], officer=em, reason="Dung nghỉ dài ngày")
    assert [is_done for is_done, _ in said] == [True, True, False]
    given = DossierEvent.objects.filter(kind="reassigned", dossier_id__in=[each.dossier_id for each in acts])
    assert [each.payload["reason"] for each in given] == ["Dung nghỉ dài ngày"] * 2
    assert {world.state(each).case_officer_id for each in acts} == {em}


def test_head_assigns_what_nobody_has_though_the_process_has_no_step_for_it(
    world: World, at_desk: At
) -> None:
    rows = tuple(row for row in STEPS if row[1] is not StepKind.ASSIGN)
    next_version(world, ProcessDefinition(0, "Quy trình", world.version.procedure.code, steps(rows)))
    process.forget()
    acts = [world.until("hand_over") for _ in range(3)]
    client, em = at_desk("lan"), str(world.people["em"].pk)
    alone = reverse("desk:verb", args=[acts[2].dossier_id, "phan-cong"])
    assert f'href="{alone}' in client.get(f"/noi-bo/ho-so/{acts[2].dossier_id}/").content.decode()
    assert f'href="{alone}' not in at_desk("em").get(f"/noi-bo/ho-so/{acts[2].dossier_id}/").content.decode()
    said = sent(client, GIVE, acts[:2], officer=em, reason="Em quen việc này")
    assert said == [(True, "Đã giao hồ sơ.")] * 2
    shown = client.get(alone)
    assert "outcome" not in shown.context["form"].fields
    key = world.state(acts[2]).tasks[0].key
    client.post(alone, {"version": str(acts[2].version), "task": key, "officer": em})
    events = DossierEvent.objects.filter(dossier_id__in=[each.dossier_id for each in acts], kind="assigned")
    assert events.count() == 3
    for each in acts:
        state = world.state(each)
        assert (state.case_officer_id, state.tasks[0].officer_id) == (em, em)


def test_who_may_give_none_of_them_is_told_why_and_asked_nothing(
    world: World, at_desk: At, head: str
) -> None:
    act = world.until("assign")
    client, asked = at_desk(head), {"ho-so": act.dossier_id}
    page = client.get(GIVE, asked).content.decode()
    assert "đang ở đơn vị không do bạn phụ trách" in page
    assert 'name="officer"' not in page
    assert f'href="{URGE}?ho-so={act.dossier_id}"' in page
    sent = client.post(GIVE, {"pick": f"{act.dossier_id}:{act.version}", "reason": "x"})
    assert (sent.status_code, sent.context["page_errors"]) == (422, [])
    Position.objects.filter(unit=world.units[UnitKind.DIVISION], role=Role.CASE_OFFICER).delete()
    empty = at_desk("hanh").get(GIVE, asked).content.decode()
    assert ("chưa có ai giữ vị trí để nhận" in empty, 'name="officer"' in empty) == (True, False)


def test_giving_several_wants_officer_and_reason(world: World, at_desk: At) -> None:
    act = world.until("assign")
    client = at_desk("lan")
    answer = client.post(GIVE, {"pick": f"{act.dossier_id}:{act.version}"})
    assert answer.status_code == 422
    assert len(answer.context["page_errors"]) == 2
    assert not DossierEvent.objects.filter(kind="reassigned").exists()


def test_thirty_dossiers_ask_as_often_as_one(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    acts = [world.until("assign") for _ in range(4)]
    client = at_desk("hanh")
    client.get(URGE, {"ho-so": acts[0].dossier_id})
    with django_assert_max_num_queries(15):
        client.get(GIVE, {"ho-so": [each.dossier_id for each in acts]})


def test_nothing_ticked_leads_back_to_the_list(world: World, at_desk: At) -> None:
    assert clock.now()
    answer = at_desk("hanh").get(URGE)
    assert (answer.status_code, answer["Location"]) == (302, "/noi-bo/can-don-doc/")


def test_steering_leads_back_to_the_list_one_came_from(world: World, at_desk: At, head: str) -> None:
    act, client, others = world.until("assign"), at_desk(head), "/noi-bo/cho-nguoi-khac/"
    assert 'name="ds" value="cho-nguoi-khac"' in client.get(others).content.decode()
    page = client.get(GIVE, {"ho-so": act.dossier_id, "ds": "cho-nguoi-khac"})
    assert page.context["back"] == others
    assert page.context["urge_href"] == f"{URGE}?ds=cho-nguoi-khac&ho-so={act.dossier_id}"
    typed = {"pick": f"{act.dossier_id}:{act.version}", "reason": "Giải quyết trong ngày"}
    assert client.post(page.context["urge_href"], typed, follow=True).context["back"] == others
    assert client.get(GIVE, {"ho-so": act.dossier_id, "ds": "la"}).context["back"] == "/noi-bo/can-don-doc/"
