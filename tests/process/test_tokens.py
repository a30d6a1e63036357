"""The token game: forks, joins, sending back, and that every run ends."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.process.enums import StepKind
from motcua.process.errors import CannotSendBack, StepNotOpen, UnknownOutcome
from motcua.process.rules import tokens
from motcua.process.rules.definitions import NEXT, Outcome, ProcessDefinition, Step


def step(
    key: str, order: int, *to: str, waits_for: tuple[str, ...] = (), more: tuple[Outcome, ...] = ()
) -> Step:
    kind = StepKind.PROCESS
    return Step(
        key, order, kind, key, "", "case_officer", None, (Outcome(NEXT, "", to), *more), waits_for=waits_for
    )


def process(*steps: Step) -> ProcessDefinition:
    return ProcessDefinition(1, "Quy trình thử", "1.001193", steps)


STRAIGHT = process(step("a", 1, "b"), step("b", 2, "c"), step("c", 3))
FORKED = process(
    step("a", 1, "b"),
    step("b", 2, "c", "e"),
    step("c", 3, "d"),
    step("d", 4, "f"),
    step("e", 5, "f"),
    step("f", 6, "g", waits_for=("d", "e")),
    step("g", 7),
)


def play(definition: ProcessDefinition, *keys: str) -> tokens.Run:
    run = tokens.start(definition)
    for key in keys:
        run = tokens.complete(definition, run, key, NEXT)
    return run


def test_start_opens_the_first_step() -> None:
    assert tokens.start(STRAIGHT) == tokens.Run(("a",), (("a", 1),))


def test_complete_last_step_finishes_the_run() -> None:
    assert not play(STRAIGHT, "a", "b", "c").open


def test_complete_step_that_is_not_open_is_refused() -> None:
    with pytest.raises(StepNotOpen):
        play(STRAIGHT, "b")


def test_complete_with_unknown_outcome_is_refused() -> None:
    with pytest.raises(UnknownOutcome):
        tokens.complete(STRAIGHT, tokens.start(STRAIGHT), "a", "nowhere")


@pytest.mark.clause("PT24-10.1.d#1", "DL24-9.1.d#1")
@pytest.mark.any_regulation("the token game knows no regulation; a dossier that forks is played in cases")
def test_fork_opens_all_branches() -> None:
    assert play(FORKED, "a", "b").open == ("c", "e")


def test_join_waits_until_every_branch_has_come() -> None:
    assert play(FORKED, "a", "b", "c", "d").open == ("e",)
    assert play(FORKED, "a", "b", "c", "d", "e").open == ("f",)
    assert play(FORKED, "a", "b", "e", "c", "d").open == ("f",)


def test_send_back_within_a_branch_keeps_the_other_branch() -> None:
    run = tokens.send_back(FORKED, play(FORKED, "a", "b", "e", "c"), "d", "c")
    assert run.open == ("c",)
    for key in ("c", "d"):
        run = tokens.complete(FORKED, run, key, NEXT)
    assert run.open == ("f",)


def test_send_back_before_a_fork_takes_all_branches_back() -> None:
    run = tokens.send_back(FORKED, play(FORKED, "a", "b", "e", "c"), "d", "b")
    assert run.open == ("b",)
    assert run.arrived == ()


def test_send_back_from_behind_a_join_into_a_branch_joins_again() -> None:
    run = tokens.send_back(FORKED, play(FORKED, "a", "b", "c", "d", "e"), "f", "d")
    assert run.open == ("d",)
    assert tokens.complete(FORKED, run, "d", NEXT).open == ("f",)


def test_send_back_twice_does_not_take_an_open_branch_for_done() -> None:
    run = tokens.send_back(FORKED, play(FORKED, "a", "b", "c", "d", "e"), "f", "b")
    run = tokens.complete(FORKED, run, "b", NEXT)
    run = tokens.complete(FORKED, run, "c", NEXT)
    run = tokens.send_back(FORKED, run, "d", "c")
    for key in ("c", "d"):
        run = tokens.complete(FORKED, run, key, NEXT)
    assert run.open == ("e",)


@pytest.mark.parametrize("target", ["c", "b", "nowhere"])
def test_send_back_forward_or_to_itself_is_refused(target: str) -> None:
    with pytest.raises(CannotSendBack):
        tokens.send_back(STRAIGHT, play(STRAIGHT, "a"), "b", target)


def test_outcome_that_leads_back_opens_the_earlier_step_again() -> None:
    back = Outcome("back", "Trả lại", ("a",))
    looped = process(step("a", 1, "b"), step("b", 2, "c", more=(back,)), step("c", 3))
    run = tokens.complete(looped, play(looped, "a"), "b", "back")
    assert (run.open, run.times_opened("a")) == (("a",), 2)


# --- properties --------------------------------------------------------------------------------------------


@st.composite
def definitions(draw: st.DrawFn) -> ProcessDefinition:
    """Sequences of single steps and forked sections, with outcomes that skip ahead or lead back."""
    rows: list[Step] = []
    sections = draw(st.lists(st.integers(0, 3), min_size=1, max_size=5))
    order = 0

    def add(**fields: object) -> str:
        nonlocal order
        order += 1
        rows.append(replace(step(f"s{order}", order), **fields))  # type: ignore[arg-type]
        return f"s{order}"

    previous = add()
    for branches in sections:
        if branches < 2:
            here = add()
            _lead(rows, previous, (here,))
            previous = here
            continue
        heads: list[str] = []
        tails: list[str] = []
        for _ in range(branches):
            length = draw(st.integers(1, 2))
            chain = [add() for _ in range(length)]
            for one, two in pairwise(chain):
                _lead(rows, one, (two,))
            heads.append(chain[0])
            tails.append(chain[-1])
        _lead(rows, previous, tuple(heads))
        join = add(waits_for=tuple(tails))
        for tail in tails:
            _lead(rows, tail, (join,))
        previous = join
    last = add()
    _lead(rows, previous, (last,))
    return process(*rows)


def _lead(rows: list[Step], key: str, to: tuple[str, ...]) -> None:
    index = next(i for i, row in enumerate(rows) if row.key == key)
    rows[index] = replace(rows[index], outcomes=(Outcome(NEXT, "", to),))


@settings(max_examples=150, deadline=None)
@given(definitions(), st.data())
def test_every_run_ends_wherever_it_was_sent_back(definition: ProcessDefinition, data: st.DataObject) -> None:
    run = tokens.start(definition)
    for _ in range(data.draw(st.integers(0, 25))):
        if not run.open:
            break
        key = data.draw(st.sampled_from(run.open))
        earlier = tokens.steps_to_send_back_to(definition, run, key)
        if earlier and data.draw(st.booleans()):
            target = data.draw(st.sampled_from(earlier))
            assert run.times_opened(target) > 0
            run = tokens.send_back(definition, run, key, target)
            assert target in run.open
        else:
            run = tokens.complete(definition, run, key, NEXT)
        assert tokens.Run.from_json(json.loads(json.dumps(run.to_json()))) == run
    for _ in range(len(definition.steps) + 1):
        for key in run.open:
            run = tokens.complete(definition, run, key, NEXT)
    assert not run.open
    assert run.arrived == ()
    assert run.times_opened(definition.last.key) > 0


@settings(max_examples=50, deadline=None)
@given(definitions(), st.randoms(use_true_random=False))
def test_straight_run_opens_every_step_once_in_any_order(
    definition: ProcessDefinition, chance: Random
) -> None:
    run = tokens.start(definition)
    while run.open:
        run = tokens.complete(definition, run, chance.choice(run.open), NEXT)
    assert dict(run.visits) == {row.key: 1 for row in definition.steps}
