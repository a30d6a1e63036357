"""Any sequence of verbs: what is refused changes nothing, what happens folds to the same state again."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossiers.world import MONDAY, sheet, steps

from motcua.dossiers.enums import ENDED, Correctable, Decision, DeclineGround, Figure, Status, Verb
from motcua.dossiers.rules import commands, decide, events, fold, refold
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.facts import Facts
from motcua.dossiers.rules.figures import counted
from motcua.dossiers.rules.life import OPEN_IN
from motcua.dossiers.rules.state import (
    Applicant,
    Contents,
    DocumentRef,
    Handing,
    Posting,
    State,
    SupplementItem,
    Target,
)
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import Refusal
from motcua.kernel.wire import from_wire, to_wire
from motcua.law import queries as law
from motcua.process.rules.definitions import ProcessDefinition
from motcua.process.rules.tokens import Run
from motcua.worktime import queries as worktime

OFFICER = Actor(ActorKind.OFFICER, "7", "Dũng")
FACTS = Facts(
    actor=OFFICER,
    sheet=sheet(),
    regulation=law.regulation("DL24"),
    calendar=worktime.published_calendar("dak-lak"),
    definition=ProcessDefinition(1, "Quy trình", "1.000001", steps()),
    assignees={"7": "Nguyễn Văn Dũng"},
)
TARGET = Target(1, "1.000001", 1, Posting(1, 2, 3, 4), "online")
CONTENTS = Contents(Applicant("An"), {"purpose": "x"}, (DocumentRef("paper", originals=1),))
FIRST = commands.SaveDraft(TARGET, CONTENTS, "1")


WRONG = {
    Status.DECIDED: Correctable.DECISION,
    Status.RETURNED: Correctable.RETURN,
    Status.DECLINED: Correctable.DECLINE,
    Status.AWAITING_SUPPLEMENT: Correctable.SUPPLEMENT,
    Status.WITHDRAWN: Correctable.ENDING,
    Status.STOPPED: Correctable.ENDING,
}


def orders(task_key: str, status: Status = Status.SUBMITTED) -> dict[Verb, commands.Command]:
    """One reasonable command for every verb; what is put right is what was done last."""
    wrong = WRONG.get(status, Correctable.CONTACT)
    return {
        Verb.CORRECT: commands.Correct(
            wrong, {"phone": "0905000009"} if wrong is Correctable.CONTACT else {}, "nhầm"
        ),
        Verb.SAVE_DRAFT: FIRST,
        Verb.SUBMIT: commands.Submit("key", "YC-1", CONSENT),
        Verb.ACCEPT: commands.Accept("000.00.15.H15-240304-0001"),
        Verb.DECLINE: commands.Decline(
            DeclineGround.BY_LAW, "lý do", provision="Điều 17 Nghị định số 61/2018/NĐ-CP"
        ),
        Verb.REQUEST_SUPPLEMENT: commands.RequestSupplement(
            (SupplementItem("paper", "bản rõ"),), "mờ", "chụp lại", "căn cứ"
        ),
        Verb.RELEASE_SUPPLEMENT: commands.ReleaseSupplement(task_key),
        Verb.RETURN_SUPPLEMENT: commands.ReturnSupplement(task_key, "không cần"),
        Verb.TELL_APPLICANT: commands.TellApplicant(task_key),
        Verb.SUPPLEMENT: commands.Supplement((DocumentRef("paper", originals=1),)),
        Verb.ISSUE_RECEIPT: commands.IssueReceipt(),
        Verb.HAND_OVER: commands.HandOver(task_key),
        Verb.ASSIGN: commands.Assign(task_key, "7"),
        Verb.COMPLETE_STEP: commands.CompleteStep(task_key),
        Verb.SEND_BACK: commands.SendBack(task_key, "examine", "chưa rõ"),
        Verb.PROPOSE: commands.Propose(task_key, Decision.GRANT, "đủ"),
        Verb.APPROVE: commands.Approve(task_key),
        Verb.REFUSE: commands.Refuse(task_key, "không đủ"),
        Verb.ISSUE_RESULT: commands.IssueResult(task_key, "1", "Giấy"),
        Verb.INVITE: commands.Invite(MONDAY + timedelta(days=3650), "đối chiếu"),
        Verb.ANNOUNCE: commands.Announce(),
        Verb.RETURN_RESULT: commands.ReturnResult(Handing("counter", "An", "ký")),
        Verb.CLOSE: commands.Close(),
        Verb.WITHDRAW: commands.Withdraw("thôi", MONDAY.date(), "đơn"),
        Verb.RESUME: commands.Resume("không có giấy tờ"),
        Verb.STOP: commands.Stop("dừng", MONDAY.date(), "đơn"),
    }


STRAIGHT_ON = [
    Verb.SUBMIT,
    Verb.ACCEPT,
    Verb.HAND_OVER,
    Verb.ASSIGN,
    Verb.PROPOSE,
    Verb.APPROVE,
    Verb.ISSUE_RESULT,
    Verb.ANNOUNCE,
    Verb.RETURN_RESULT,
    Verb.CLOSE,
]
verbs = st.lists(
    st.tuples(st.sampled_from([*orders(""), *STRAIGHT_ON, *STRAIGHT_ON]), st.integers(1, 3000)),
    max_size=60,
)


def play(chosen: list[tuple[Verb, int]]) -> tuple[State, list[tuple[events.Event, Any]]]:
    history: list[tuple[events.Event, Any]] = []
    at, state = MONDAY, None
    (first,) = decide(None, FIRST, FACTS, at)
    history.append((first, at))
    state = fold(None, first, at)
    for verb, minutes in chosen:
        at += timedelta(minutes=minutes)
        command = orders(_task_for(verb, state), state.status)[verb]
        try:
            happened = decide(state, command, FACTS, at)
        except Refusal:
            continue
        for event in happened:
            history.append((event, at))
            state = fold(state, event, at)
        check_invariants(state)
    return state, history


def _task_for(verb: Verb, state: State) -> str:
    """The first task; for agreeing to a supplement request the task that waits for it, if there is one."""
    controls = [task for task in state.tasks if task.kind in ("control", "relay")]
    wanted = controls if verb in (Verb.RELEASE_SUPPLEMENT, Verb.RETURN_SUPPLEMENT) else []
    return (wanted or state.tasks)[0].key if state.tasks else "none"


def check_invariants(state: State) -> None:
    if state.status in ENDED:
        assert state.tasks == ()
        assert not state.is_paused
    if state.status is Status.AWAITING_SUPPLEMENT:
        assert state.supplement_awaited() is not None
    assert (state.accepted_at is None) == (state.code == "")
    assert state.is_paused == (state.status is Status.AWAITING_SUPPLEMENT and state.accepted_at is not None)
    if state.run is not None and state.status not in ENDED:
        open_steps = Run.from_json(dict(state.run)).open
        steps = [task.step_key for task in state.tasks if task.kind not in ("control", "relay")]
        assert sorted(steps) == sorted(open_steps)
    controls = [task for task in state.tasks if task.kind in ("control", "relay")]
    assert len(controls) == (state.proposed_supplement is not None)
    assert len({task.key for task in state.tasks}) == len(state.tasks)
    assert state.results == () or state.decision is not None


@given(verbs)
@settings(max_examples=300, deadline=None)
def test_any_life_folds_again_from_its_wire_form_to_the_same_state(chosen: list[tuple[Verb, int]]) -> None:
    state, history = play(chosen)
    stored = [(event.KIND, json.dumps(events.payload_of(event)), at) for event, at in history]
    read = [(events.read_event(kind, events.SCHEMA, json.loads(payload)), at) for kind, payload, at in stored]

    assert refold(read) == state
    assert from_wire(State, json.loads(json.dumps(to_wire(state)))) == state
    assert state.version == len(history)


@given(st.lists(st.tuples(st.sampled_from(STRAIGHT_ON), st.integers(1, 600)), max_size=40))
@settings(max_examples=100, deadline=None)
def test_pauses_never_overlap_and_lie_in_order(chosen: list[tuple[Verb, int]]) -> None:
    doubled = [
        pair
        for verb, m in chosen
        for pair in (
            (verb, m),
            (Verb.REQUEST_SUPPLEMENT, m),
            (Verb.RELEASE_SUPPLEMENT, m),
            (Verb.SUPPLEMENT, m),
        )
    ]
    state, _ = play(doubled)
    ends = [moment for pause in state.pauses for moment in (pause.start, pause.end) if moment]
    assert ends == sorted(ends)


@pytest.mark.parametrize("verb", list(orders("")))
@pytest.mark.parametrize("status", list(Status))
def test_verb_is_refused_in_every_status_the_table_does_not_open(verb: Verb, status: Status) -> None:
    state = State(status, 1, TARGET, CONTENTS)
    if status in OPEN_IN[verb]:
        return
    with pytest.raises(Refusal) as refused:
        decide(state, orders("none")[verb], FACTS, MONDAY)
    assert refused.value.code == "dossiers.wrong_state"


Told = list[tuple[events.Event, Any]]
MISTAKES = {
    Correctable.DECISION: (events.Approved, events.Refused),
    Correctable.RETURN: (events.ResultReturned,),
    Correctable.DECLINE: (events.Declined,),
    Correctable.SUPPLEMENT: (events.SupplementRequested,),
    Correctable.ENDING: (events.Withdrawn, events.Stopped),
}


def figures(history: Told) -> Counter[tuple[int, date, Figure]]:
    """What the events make of the daily figures; no figure is ever below nothing."""
    found: Counter[tuple[int, date, Figure]] = Counter()
    state: State | None = None
    for event, at in history:
        before, state = state, fold(state, event, at)
        changed = counted(event, before, state, at)
        for each in changed.figures:
            found[changed.agency_id, changed.on_day, each] += changed.step
        assert min(found.values(), default=0) >= 0
    return +found


def without_mistakes(history: Told) -> Told:
    """The same life without what was taken back, and without its taking back."""
    kept: Told = []
    for event, at in history:
        mistake = MISTAKES.get(event.what) if isinstance(event, events.Corrected) else None
        if mistake is None:
            kept.append((event, at))
            continue
        last = max(n for n, (each, _) in enumerate(kept) if isinstance(each, mistake))
        del kept[last]
    return kept


MISTAKEN = [
    *(Verb.DECLINE, Verb.REQUEST_SUPPLEMENT, Verb.SUPPLEMENT, Verb.REFUSE, Verb.WITHDRAW, Verb.STOP),
    *(Verb.CORRECT, Verb.CORRECT),
]
wrong_ways = st.lists(
    st.tuples(st.sampled_from([*STRAIGHT_ON, *STRAIGHT_ON, *MISTAKEN]), st.integers(1, 3000)),
    max_size=60,
)


@given(wrong_ways)
@settings(max_examples=300, deadline=None)
def test_figures_after_a_mistake_are_those_of_the_life_without_it(chosen: list[tuple[Verb, int]]) -> None:
    _, history = play(chosen)
    assert figures(history) == figures(without_mistakes(history))


def test_decision_taken_back_and_taken_anew_is_counted_once_on_the_day_of_its_result() -> None:
    way = [(verb, 10) for verb in STRAIGHT_ON[:6]]
    _, history = play([*way, (Verb.CORRECT, 2 * 24 * 60), (Verb.APPROVE, 24 * 60)])
    assert [type(event) for event, _ in history][-3:] == [events.Approved, events.Corrected, events.Approved]
    assert not [figure for _, _, figure in figures(history) if figure is Figure.GRANTED]  # no result yet
    _, history = play(
        [*way, (Verb.CORRECT, 2 * 24 * 60), (Verb.APPROVE, 24 * 60), (Verb.ISSUE_RESULT, 24 * 60)]
    )
    granted = [(on, n) for (_, on, figure), n in figures(history).items() if figure is Figure.GRANTED]
    assert granted == [((MONDAY + timedelta(minutes=60, days=4)).date(), 1)]


@pytest.mark.parametrize("verb", [Verb.WITHDRAW, Verb.STOP])
def test_ending_taken_back_is_in_no_figure_and_the_result_is_counted_once(verb: Verb) -> None:
    way = [(each, 1) for each in STRAIGHT_ON[:5]]
    _, history = play([*way, (verb, 10), (Verb.CORRECT, 24 * 60), *((each, 1) for each in STRAIGHT_ON[5:])])
    assert [type(event) for event, _ in history][6:8] == [
        MISTAKES[Correctable.ENDING][verb is Verb.STOP],
        events.Corrected,
    ]
    found = Counter(figure for (_, _, figure), n in figures(history).items() for _ in range(n))
    assert (found[Figure.WITHDRAWN], found[Figure.STOPPED], found[Figure.RETURNED]) == (0, 0, 1)
