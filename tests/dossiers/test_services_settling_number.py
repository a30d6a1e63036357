"""Numbering and sealing ends with the number, where the process says so, and by nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.dossiers.world import World, make_world, steps

from motcua.dossiers import services
from motcua.dossiers.enums import Verb
from motcua.dossiers.errors import NumberFirst, ResultFirst
from motcua.dossiers.services import Act, reading

pytestmark = pytest.mark.django_db


def decided(world: World) -> Act:
    return world.until("approve")


def offered(world: World, act: Act) -> set[Verb]:
    view = reading.open_dossier(
        actor=world.actor("khoa"), at=world.later(minutes=1), dossier_id=act.dossier_id, why="Xem"
    )
    return {offer.verb for offer in view.verbs}


def test_step_that_ends_with_the_number_is_not_completed_without_one() -> None:
    before, number, last = steps()[:-2], steps()[-2], steps()[-1]
    carry = replace(number, key="carry", order=6, name="carry")
    way = replace(number.outcomes[0], to=("carry",))
    number = replace(number, ends_with_number=True, outcomes=(way,))
    world = make_world(rows=(*before, number, carry, replace(last, order=7)))
    act = decided(world)
    assert {Verb.ISSUE_RESULT, Verb.COMPLETE_STEP} & offered(world, act) == {Verb.ISSUE_RESULT}
    with pytest.raises(NumberFirst) as refused:
        services.complete_step(**world._on_task(act, "khoa"))
    assert refused.value.params == {"step": number.name}
    assert world.state(act).version == act.version

    act = world.issue(act)
    assert [task.step_key for task in world.state(act).tasks] == ["carry"]
    assert Verb.COMPLETE_STEP in offered(world, act)
    act = services.complete_step(**world._on_task(act, "khoa"))
    assert [task.step_key for task in world.state(act).tasks] == ["return"]


def test_process_that_does_not_say_so_goes_on_as_before() -> None:
    before, number, last = steps()[:-2], steps()[-2], steps()[-1]
    carry = replace(number, key="carry", order=6, name="carry")
    number = replace(number, outcomes=(replace(number.outcomes[0], to=("carry",)),))
    world = make_world(rows=(*before, number, carry, replace(last, order=7)))
    act = services.complete_step(**world._on_task(decided(world), "khoa"))
    assert [task.step_key for task in world.state(act).tasks] == ["carry"]
    with pytest.raises(ResultFirst):
        services.complete_step(**world._on_task(act, "khoa"))
