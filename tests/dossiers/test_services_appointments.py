"""Who was asked to be there is told by the desk that a verification does not take place, or when instead."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.dossiers.test_services_telling import kinds, plan, to_applicant
from tests.dossiers.world import World

from motcua.agencies.enums import Role
from motcua.agencies.models import Position
from motcua.dossiers import services
from motcua.dossiers.enums import Correctable
from motcua.dossiers.services import Act
from motcua.kernel.errors import Forbidden
from motcua.notify.models import OutboxMessage
from motcua.notify.queries.wording import wording

pytestmark = pytest.mark.django_db
WHY = "Đoàn đi xác minh vướng việc khác"


def invited(world: World, **changes: Any) -> Act:
    return world.tell(plan(world, world.until("assign"), **changes))


def call_off(world: World, act: Act, by: str = "dung", **given: Any) -> Act:
    return services.call_off_verification(**world._on(act, by) | {"number": 1, "reason": WHY} | given)


def last(key: str) -> OutboxMessage:
    found = OutboxMessage.objects.filter(key=key, channel="in_app").order_by("-pk").first()
    assert found is not None
    return found


def said(message: OutboxMessage, language: str = "vi") -> str:
    text = wording(message.key, message.context, recipient="An", language=language)
    return f"{text.subject}\n{text.body}"


@pytest.mark.clause("PT24-10.1.c#3", "KT22-6.2#1", "KT22-9#1", "PT24-3.2", "QN20-1.3")
def test_desk_tells_that_nobody_need_come(world: World) -> None:
    act = call_off(world, invited(world))
    assert kinds(world, act) == ["letter", "process"]
    assert to_applicant(WHY) == 0
    told = OutboxMessage.objects.filter(key="desk.letter", channel="in_app")
    assert {each.account_id for each in told} == {world.people["chi"].pk}
    assert told.count() == 2  # the invitation, and that it is off
    act = world.tell(act)
    assert kinds(world, act) == ["process"]
    letter = last("dossier.verification_called_off")
    for text in (said(letter), said(letter, "en")):
        assert WHY in text
        assert "Phòng 12" in text
    assert "Ông/Bà không phải đến." in said(letter)
    assert f"Thời gian đã mời: {letter.context['when']}." in said(letter)
    assert "You need not come." in said(letter, "en")
    assert services.verify().difference is None


@pytest.mark.clause("PT24-10.1.c#3", "KT22-6.2#1", "KT22-9#1", "PT24-3.2")
def test_one_letter_says_the_old_and_the_new_moment(world: World) -> None:
    act = invited(world)
    old = world.state(act).verifications[0].planned_for
    new = world.now + timedelta(days=5, hours=1)
    act = world.tell(call_off(world, act, planned_for=new, place="Thửa 14"))
    letter = last("dossier.verification_called_off")
    assert (letter.context["when_at"], letter.context["new_when_at"]) == (old.isoformat(), new.isoformat())
    for text in (said(letter), said(letter, "en")):
        assert [each for each in ("Phòng 12", "Thửa 14", "Đối chiếu", WHY) if each not in text] == []
    assert letter.context["new_when"] in said(letter)
    assert OutboxMessage.objects.filter(key="dossier.verification_planned", channel="in_app").count() == 1
    assert kinds(world, act) == ["process"]
    assert services.verify().difference is None


def test_unsent_invitation_falls_and_the_one_that_was_moved_waits(world: World) -> None:
    assert kinds(world, call_off(world, plan(world, world.until("assign")))) == ["process"]
    act = plan(world, world.until("assign"))
    act = call_off(world, act, planned_for=world.now + timedelta(days=5))
    assert kinds(world, act) == ["letter", "process"]
    world.tell(act)
    assert to_applicant(WHY) == 0
    assert last("dossier.verification_planned").context["place"] == "Phòng 12"


@pytest.mark.parametrize("by", ["chi", "khoa", "an"])
def test_who_may_not_plan_may_not_call_off(world: World, by: str) -> None:
    act = invited(world)
    with pytest.raises(Forbidden):
        call_off(world, act, by)
    assert world.state(act).version == act.version


def test_who_sits_at_the_desk_too_tells_it_at_once(world: World) -> None:
    desk = Position.objects.filter(account=world.people["chi"]).first()
    assert desk is not None
    act = invited(world)
    Position.objects.create(account=world.people["dung"], unit=desk.unit, role=Role.RECEIVER.value)
    act = call_off(world, act)
    assert kinds(world, act) == ["process"]
    assert to_applicant(WHY) > 0


@pytest.mark.clause("PT24-10.1.c#3", "KT22-6.2#1", "KT22-9#1", "PT24-3.2")
def test_proposal_that_gives_up_has_the_desk_tell_each_who_would_come(world: World) -> None:
    act = plan(world, invited(world), place="Thửa 12")  # the second did not go out
    act = world.propose(act, called_off=WHY)
    state = world.state(act)
    assert [each.number for each in state.letters] == [1]
    assert kinds(world, act) == ["approve", "letter"]
    assert to_applicant(WHY) == 0
    act = world.tell(act)
    letter = last("dossier.verification_called_off")
    assert WHY in said(letter)
    assert "Phòng 12" in said(letter)
    assert "Thửa 12" not in said(letter)
    assert services.verify().difference is None


def test_proposal_opens_one_task_for_each_appointment(world: World) -> None:
    act = world.tell(plan(world, invited(world), place="Thửa 12"))
    act = world.propose(act, called_off=WHY)
    first, second = world.state(act).letters
    act = world.tell(act, task_key=second.task_key)
    assert "Thửa 12" in said(last("dossier.verification_called_off"))
    act = world.tell(act, task_key=first.task_key)
    assert "Phòng 12" in said(last("dossier.verification_called_off"))
    assert kinds(world, act) == ["approve"]


def test_proposal_that_follows_a_move_tells_once(world: World) -> None:
    act = call_off(world, invited(world), planned_for=world.now + timedelta(days=5), place="Thửa 14")
    act = world.propose(act, called_off="Đủ căn cứ")
    (letter,) = world.state(act).letters
    assert (letter.number, letter.reason) == (1, "Đủ căn cứ")
    assert kinds(world, act) == ["approve", "letter"]
    world.tell(act)
    told = said(last("dossier.verification_called_off"))
    assert "Thửa 14" not in told
    assert "Ông/Bà không phải đến." in told


def test_proposal_where_nobody_was_invited_tells_nobody(world: World) -> None:
    act = plan(world, world.until("assign"), with_applicant=False)
    assert kinds(world, world.propose(act, called_off=WHY)) == ["approve"]


@pytest.mark.parametrize("verb", ["withdraw", "stop"])
def test_letter_of_an_ending_says_that_nobody_need_come_and_of_its_taking_back_that_they_must(
    world: World, verb: str
) -> None:
    asked = {"requested_on": world.now.date(), "request": "Đơn", "reason": "Theo đề nghị"}
    act = invited(world)
    act = getattr(services, verb)(**world._on(act, "chi") | asked)
    letter = last("dossier.withdrawn" if verb == "withdraw" else "dossier.stopped")
    assert "không diễn ra. Ông/Bà không phải đến." in said(letter)
    assert "Phòng 12" in said(letter)
    assert "You need not come." in said(letter, "en")
    services.correct(**world._on(act, "chi"), what=Correctable.ENDING, values={}, reason="Ghi nhầm")
    again = last("dossier.ending_taken_back")
    assert "vẫn diễn ra lúc" in said(again)
    assert "takes place after all" in said(again, "en")


def test_letter_of_an_ending_says_nothing_of_what_nobody_was_told(world: World) -> None:
    act = plan(world, world.until("assign"))
    services.withdraw(
        **world._on(act, "chi"), requested_on=world.now.date(), request="Đơn", reason="Theo đề nghị"
    )
    assert "xác minh" not in said(last("dossier.withdrawn"))
