"""Everybody is treated by the same rules: who applies changes neither a date nor a step nor a refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.test_rules_life import CONTENTS, FACTS, FIRST, STRAIGHT_ON, orders
from tests.dossiers.world import MONDAY, World

from motcua.dossiers.rules import commands, decide, fold
from motcua.dossiers.rules.state import Applicant, ResultDelivery
from motcua.kernel.errors import Refusal
from motcua.law import queries as law

PEOPLE = st.builds(
    Applicant,
    name=st.text("abcđêô", min_size=1, max_size=30),
    personal_id=st.sampled_from(["", "066090000001", "001199000002"]),
    phone=st.sampled_from(["", "0905000001"]),
    email=st.sampled_from(["", "an@example.vn"]),
    address=st.text("abcđ, ", max_size=30),
    organisation_number=st.sampled_from(["", "0100000001"]),
)


def course(applicant: Applicant, verbs: list[Any], owner: str, regulation: str) -> list[Any]:
    """What came of each verb in turn: dates, steps and whose they are, or which refusal."""
    facts = replace(FACTS, regulation=law.regulation(regulation))
    contents = replace(CONTENTS, applicant=applicant, delivery=ResultDelivery("online"))
    command: commands.Command = replace(FIRST, contents=contents, owner_id=owner)
    (first,) = decide(None, command, facts, MONDAY)
    state = fold(None, first, MONDAY)
    seen: list[Any] = []
    for number, verb in enumerate(verbs, start=1):
        at = MONDAY + number * timedelta(minutes=40)
        key = state.tasks[0].key if state.tasks else "none"
        try:
            happened = decide(state, orders(key)[verb], facts, at)
        except Refusal as refusal:
            seen.append((refusal.code, refusal.clauses))
            continue
        for event in happened:
            state = fold(state, event, at)
        tasks = [(task.kind, task.role, task.unit_id, task.due_at) for task in state.tasks]
        seen.append((state.status, state.received_at, state.due_at, tasks))
    return seen


@pytest.mark.clause("KT22-4.3", "PT24-3.2")
@given(
    PEOPLE,
    PEOPLE,
    st.lists(st.sampled_from(STRAIGHT_ON), min_size=1, max_size=14) | st.just(list(STRAIGHT_ON)),
    st.sampled_from(["KT22", "PT24"]),
)
def test_who_applies_changes_neither_date_nor_step_nor_refusal(
    one: Applicant, other: Applicant, verbs: list[Any], regulation: str
) -> None:
    assert course(one, verbs, "1", regulation) == course(other, verbs, "2", regulation)


@pytest.mark.django_db
@pytest.mark.clause("DL24-3.1")
def test_dossier_filed_online_has_the_steps_and_the_term_of_one_filed_at_the_desk(world: World) -> None:
    """Acting electronically has the same value as other ways."""
    courses = []
    for act in (world.accept(world.submit(world.draft())), world.accept(world.register())):
        state = world.state(act)
        assert state.due_at is not None
        assert state.received_at is not None
        course: list[Any] = [state.due_at - state.received_at]
        for verb in ("hand_over", "assign", "propose", "approve", "issue"):
            act = getattr(world, verb)(act)
            course.append([(task.step_key, task.kind, task.role) for task in world.state(act).tasks])
        courses.append(course)
    online, desk = courses
    assert online == desk
    assert len(online) == 6
