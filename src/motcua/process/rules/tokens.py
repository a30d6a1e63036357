"""The token game: which steps are open, and what completing or sending back one of them opens.

A run is a set of tokens on steps. Completing a step moves its token to the targets of the outcome; several
targets fork. A step that `waits_for` others opens when every one of them has sent its token. Sending back
takes away what lies ahead of the step returned to, and keeps what the other branches have finished.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.process.errors import CannotSendBack, StepNotOpen, UnknownOutcome
from motcua.process.rules.definitions import ProcessDefinition, Step


@dataclass(frozen=True, slots=True)
class Run:
    """`open`: steps that await somebody. `visits`: how often each step was opened.
    `arrived`: (joining step, finished step) of branches that wait for the others."""

    open: tuple[str, ...]
    visits: tuple[tuple[str, int], ...]
    arrived: tuple[tuple[str, str], ...] = ()

    def times_opened(self, key: str) -> int:
        return dict(self.visits).get(key, 0)

    def to_json(self) -> dict[str, Any]:
        return {
            "open": list(self.open),
            "visits": [list(visit) for visit in self.visits],
            "arrived": [list(pair) for pair in self.arrived],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Run:
        return cls(
            open=tuple(value["open"]),
            visits=tuple((key, count) for key, count in value["visits"]),
            arrived=tuple((join, tail) for join, tail in value["arrived"]),
        )


def start(definition: ProcessDefinition) -> Run:
    """A run with one token on the first step."""
    key = definition.first.key
    return Run(open=(key,), visits=((key, 1),))


def complete(definition: ProcessDefinition, run: Run, step_key: str, outcome_key: str) -> Run:
    """The run after the step ended with the outcome. Raises StepNotOpen, UnknownOutcome."""
    step = _open_step(definition, run, step_key)
    outcome = step.outcome(outcome_key)
    if outcome is None:
        raise UnknownOutcome()
    after = _close(run, step_key)
    for target in outcome.to:
        if definition.step(target).order <= step.order:
            after = _reopen(definition, after, target)
        else:
            after = _arrive(definition, after, step_key, target)
    return after


def send_back(definition: ProcessDefinition, run: Run, step_key: str, to_key: str) -> Run:
    """The run after the step was sent back to an earlier one that was visited.

    Raises StepNotOpen if the step is not open, CannotSendBack if the target is not earlier or was never open.
    """
    step = _open_step(definition, run, step_key)
    if to_key not in steps_to_send_back_to(definition, run, step.key):
        raise CannotSendBack()
    return _reopen(definition, _close(run, step_key), to_key)


def reopen(definition: ProcessDefinition, run: Run, step_key: str) -> Run:
    """The run with a token on a step again whose end was recorded by mistake."""
    return _reopen(definition, run, step_key)


def take_back(definition: ProcessDefinition, run: Run, before: Run, step_key: str) -> Run:
    """The run with the step open again as in `before`, its end and all that came of it never having been.

    What other branches did since then stays.
    """
    after = _reopen(definition, run, step_key)
    ahead = ahead_of(definition, [step_key])
    visits = {key: before.times_opened(key) if key in ahead else count for key, count in after.visits}
    return Run(after.open, tuple((key, count) for key, count in visits.items() if count), after.arrived)


def steps_to_send_back_to(definition: ProcessDefinition, run: Run, step_key: str) -> tuple[str, ...]:
    """Where the step may be sent back to: visited steps from which it can be reached, nearest last."""
    order = definition.step(step_key).order
    return tuple(
        step.key
        for step in definition.steps
        if step.order < order
        and run.times_opened(step.key)
        and step_key in ahead_of(definition, [step.key])
        and step.key not in run.open
    )


def ahead_of(definition: ProcessDefinition, keys: Iterable[str]) -> frozenset[str]:
    """The steps themselves and all that can be reached from them going forward (to higher orders only)."""
    steps = {step.key: step for step in definition.steps}
    seen: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        here = steps[key]
        waiting += [
            target for outcome in here.outcomes for target in outcome.to if steps[target].order > here.order
        ]
    return frozenset(seen)


def _open_step(definition: ProcessDefinition, run: Run, key: str) -> Step:
    if key not in run.open:
        raise StepNotOpen()
    return definition.step(key)


def _close(run: Run, key: str) -> Run:
    return Run(tuple(item for item in run.open if item != key), run.visits, run.arrived)


def _opened(definition: ProcessDefinition, run: Run, key: str) -> Run:
    if key in run.open:
        return run
    visits = dict(run.visits)
    visits[key] = visits.get(key, 0) + 1
    order = {step.key: step.order for step in definition.steps}
    return Run(
        open=tuple(sorted((*run.open, key), key=order.__getitem__)),
        visits=tuple(sorted(visits.items(), key=lambda visit: order[visit[0]])),
        arrived=run.arrived,
    )


def _arrive(definition: ProcessDefinition, run: Run, tail: str, target: str) -> Run:
    """A token comes to `target` from `tail`; a join holds it until all it waits for have come."""
    step = definition.step(target)
    if tail not in step.waits_for:
        return _opened(definition, run, target)
    arrived = {*run.arrived, (target, tail)}
    if all((target, waited) in arrived for waited in step.waits_for):
        rest = tuple(sorted(pair for pair in arrived if pair[0] != target))
        return _opened(definition, Run(run.open, run.visits, rest), target)
    return Run(run.open, run.visits, tuple(sorted(arrived)))


def _reopen(definition: ProcessDefinition, run: Run, key: str) -> Run:
    """Put the token back on `key`: what lies ahead of it is taken away, other branches keep what they did."""
    ahead = ahead_of(definition, [key])
    still_open = tuple(item for item in run.open if item not in ahead)
    kept = {pair for pair in run.arrived if pair[1] not in ahead}
    coming = ahead_of(definition, (*still_open, key))
    # A join that had already fired will wait again: branches that are behind us count as arrived.
    for step in definition.steps:
        if step.key in ahead and step.key != key:
            kept |= {
                (step.key, tail) for tail in step.waits_for if tail not in coming and run.times_opened(tail)
            }
    return _opened(definition, Run(still_open, run.visits, tuple(sorted(kept))), key)
