"""Which verbs are offered while the applicant is waited for, or is to be asked."""

from __future__ import annotations

import pytest
from tests.dossiers.world import World
from tests.resilience.scenery import ask_for_more, with_parts

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.dossiers import services
from motcua.dossiers.enums import Verb
from motcua.dossiers.services import Act

pytestmark = pytest.mark.django_db


def offered(world: World, act: Act, who: str) -> set[Verb]:
    view = services.open_dossier(actor=world.actor(who), at=world.now, dossier_id=act.dossier_id)
    return {each.verb for each in view.verbs}


def test_step_of_the_lead_is_not_offered_while_a_request_waits_or_is_out(world: World) -> None:
    act = with_parts(world)
    assert Verb.COMPLETE_STEP in offered(world, act, "dung")
    act = ask_for_more(world, act, "dung")
    assert Verb.COMPLETE_STEP not in offered(world, act, "dung")
    for who, step in (("hanh", "control"), ("chi", "relay")):
        (key,) = (task.key for task in world.state(act).tasks if task.kind == step)
        act = services.release_supplement(**world._on(act, who), task_key=key)
    assert world.state(act).status == "awaiting_supplement"
    assert Verb.COMPLETE_STEP not in offered(world, act, "dung")


def test_returning_is_offered_and_done_by_whoever_is_at_the_desk(world: World) -> None:
    """Also where the step bears a colleague's name: the applicant stands there."""
    act = world.until("announce")
    (task,) = world.state(act).tasks
    to = {"officer_id": str(world.people["chi"].pk), "task_key": task.key, "reason": "Chia việc"}
    act = services.reassign(**world._on(act, "hanh"), **to)
    Position.objects.create(
        account=world.people["giang"], unit=world.units[UnitKind.DESK], role=Role.RECEIVER.value
    )
    assert Verb.RETURN_RESULT in offered(world, act, "giang")
    given = {"how": "counter", "received_by": "Nguyễn Văn An", "proof": "Ký nhận", "form_signed": True}
    done = services.return_result(**world._on(act, "giang"), **given)
    assert world.state(done).status == "returned"
