"""What is decided on the merits, and how the result is made and reaches people, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.dossiers.test_rules_intake import LATER
from tests.dossiers.test_rules_life import CONTENTS, FACTS
from tests.dossiers.test_rules_moves import QUESTION
from tests.dossiers.test_rules_obey_values import accepted, on
from tests.dossiers.world import MONDAY, STEPS, steps

from motcua.dossiers import errors
from motcua.dossiers.enums import Capacity, Decision, Status, TakerPaper
from motcua.dossiers.rules import commands, decide, events, fold
from motcua.dossiers.rules.facts import Facts
from motcua.dossiers.rules.state import (
    Consultation,
    Handing,
    ResultDelivery,
    ResultPaper,
    State,
    Taker,
    Verification,
)
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import ProcessDefinition

DUE = MONDAY + timedelta(days=1)
ASKED = Consultation(1, "?", 9, 9, "Sở Xây dựng", MONDAY, "7", DUE)
ANSWERED = replace(ASKED, number=2, answered_at=MONDAY)
PLANNED = Verification(1, DUE, "Thửa 12", "An", "Ranh giới")


def walked(*given: object, facts: Facts = FACTS) -> State:
    return on(facts, accepted(), commands.HandOver, lambda key: commands.Assign(key, "7"), *given)


def proposing(decision: Decision = Decision.GRANT) -> object:
    return lambda key: commands.Propose(key, decision, "vì sao")


def now(state: State) -> tuple[str, datetime]:
    """The key of the first task, and a moment after all that happened."""
    assert state.last_at is not None
    return state.tasks[0].key, state.last_at + timedelta(minutes=1)


# --- Proposals -------------------------------------------------------------------------------------------
def proposed(state: State, decision: Decision = Decision.GRANT, **said: str) -> events.Proposed:
    command = commands.Propose(state.tasks[0].key, decision, **{"text": "vì sao"} | said)
    (event,) = decide(state, command, FACTS, (state.last_at or MONDAY) + timedelta(minutes=1))
    assert isinstance(event, events.Proposed)
    return event


def test_refusal_is_proposed_with_its_reason_and_a_grant_needs_none() -> None:
    assert proposed(walked(), text="").text == ""
    with pytest.raises(errors.ReasonRequired):
        proposed(walked(), Decision.REFUSE, text=" ")


def test_what_is_given_up_is_kept_with_its_reason_only_if_it_was_still_to_come() -> None:
    given_up = {"taken_back": "không cần", "called_off": "mưa"}
    waiting = replace(walked(), consultations=(ANSWERED, ASKED), verifications=(PLANNED,))
    event = proposed(waiting, **given_up)
    assert (event.taken_back, event.called_off) == ("không cần", "mưa")
    event = proposed(replace(walked(), consultations=(ANSWERED,)), **given_up)
    assert (event.taken_back, event.called_off) == ("", "")


# --- Decisions -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("wanted", Decision)
def test_leader_departs_from_the_proposal_with_a_reason_and_what_was_proposed_is_kept(
    wanted: Decision,
) -> None:
    other = Decision.REFUSE if wanted is Decision.GRANT else Decision.GRANT
    state = walked(proposing(other))
    key, at = now(state)
    without, command = (
        (commands.Approve(key, reason) if wanted is Decision.GRANT else commands.Refuse(key, reason))
        for reason in (" ", "đủ điều kiện")
    )
    with pytest.raises(errors.ReasonRequired):
        decide(state, without, FACTS, at)
    (event,) = decide(state, command, FACTS, at)
    decided = fold(state, event, at)
    assert (decided.decision, decided.decided_against, decided.decision_note) == (
        wanted,
        other,
        "đủ điều kiện",
    )
    assert walked(proposing(Decision.GRANT), lambda key: commands.Approve(key)).decided_against is None


def test_step_before_the_deciding_one_does_not_decide_otherwise() -> None:
    rows = (*STEPS[:3], ("look", StepKind.APPROVE, "4wh"), *STEPS[3:])
    facts = replace(FACTS, definition=ProcessDefinition(2, "Quy trình", "1.000001", steps(rows)))
    state = walked(proposing(Decision.REFUSE), facts=facts)
    key, at = now(state)
    with pytest.raises(errors.DecidedFurtherOn):
        decide(state, commands.Approve(key, "đủ điều kiện"), facts, at)
    passed_on = on(facts, state, lambda key: commands.Refuse(key, "như đề xuất"))
    assert (passed_on.decision, passed_on.proposal) == (None, Decision.REFUSE)
    decided = on(facts, passed_on, lambda key: commands.Approve(key, "đủ điều kiện"))
    assert (decided.decision, decided.decided_against) == (Decision.GRANT, Decision.REFUSE)


def test_refusal_too_waits_for_an_opinion_that_was_asked_after_the_proposal() -> None:
    state = walked(proposing(Decision.REFUSE))
    key, at = now(state)
    command = commands.Refuse(key, "không đủ điều kiện")
    assert isinstance(decide(state, command, FACTS, at)[0], events.Refused)
    with pytest.raises(errors.OpinionAwaited):
        decide(replace(state, consultations=(ASKED,)), command, FACTS, at)


def test_only_the_last_who_approves_refuses_and_who_agrees_before_ends_a_step() -> None:
    head = ("check", StepKind.APPROVE, "4wh")
    rows = (*STEPS[:3], head, *STEPS[3:])
    facts = replace(FACTS, definition=ProcessDefinition(1, "Quy trình", "1.000001", steps(rows)))
    state = walked(proposing(Decision.REFUSE), facts=facts)
    key, at = now(state)
    (event,) = decide(state, commands.Refuse(key, "không đủ"), facts, at)
    assert isinstance(event, events.StepCompleted)
    assert (event.step_key, event.note) == ("check", "không đủ")
    state = fold(state, event, at)
    key, at = now(state)
    (event,) = decide(state, commands.Refuse(key, "không đủ"), facts, at)
    assert isinstance(event, events.Refused)


def test_applicant_has_it_stopped_on_a_day_since_the_filing_and_only_once_it_was_taken_in() -> None:
    state, at = walked(), DUE + timedelta(days=1)
    command = commands.Stop("dừng", MONDAY.date(), "đơn")
    assert decide(state, command, FACTS, at)
    for wrong in (MONDAY.date() - timedelta(days=1), at.date() + timedelta(days=1)):
        with pytest.raises(errors.BadRequestDay):
            decide(state, replace(command, requested_on=wrong), FACTS, at)
    waiting = replace(state, status=Status.AWAITING_SUPPLEMENT, accepted_at=None)
    with pytest.raises(errors.WrongState):
        decide(waiting, command, FACTS, at)


# --- Results ---------------------------------------------------------------------------------------------
def decided() -> State:
    return walked(proposing(), commands.Approve)


def issued() -> State:
    return on(FACTS, decided(), lambda key: commands.IssueResult(key, "1", "Giấy phép"))


def test_result_is_numbered_after_the_decision() -> None:
    key, at = now(decided())
    command = commands.IssueResult(key, "1", "Giấy phép")
    assert decide(decided(), command, FACTS, at)


@pytest.mark.parametrize(
    "command", [commands.Withdraw("thôi", MONDAY.date(), "đơn"), commands.Stop("dừng", MONDAY.date(), "đơn")]
)
def test_what_was_decided_is_neither_withdrawn_nor_stopped_any_more(command: commands.Command) -> None:
    for state in (decided(), issued()):
        _key, at = now(state)
        with pytest.raises(errors.TooLate) as refused:
            decide(state, command, FACTS, at)
        assert refused.value.clauses


@pytest.mark.parametrize(
    "command", [commands.Withdraw("thôi", MONDAY.date(), "đơn"), commands.Stop("dừng", MONDAY.date(), "đơn")]
)
def test_before_the_circular_the_number_of_the_result_is_the_limit_and_names_no_clause(
    command: commands.Command,
) -> None:
    facts = replace(FACTS, regulation=FACTS.regulation.on(date(2025, 9, 14)))
    _key, at = now(decided())
    (event,) = decide(decided(), command, facts, at)
    ended = fold(decided(), event, at)
    assert (ended.decision, ended.decided) == (None, None)
    with pytest.raises(errors.ResultIsOut) as refused:
        decide(issued(), command, facts, at)
    assert refused.value.clauses == ()
    with pytest.raises(errors.WrongState):
        decide(ended, command, facts, at)


BY_HAND = Handing("counter", "An", "ký nhận")


@pytest.mark.parametrize("changes", [{"results": ()}, {"tasks": (QUESTION,)}])
@pytest.mark.parametrize("command", [commands.Announce(), commands.ReturnResult(BY_HAND)])
def test_nothing_is_announced_or_given_out_before_the_result_lies_at_the_desk(
    command: commands.Command, changes: dict[str, object]
) -> None:
    _, at = now(issued())
    assert decide(issued(), command, FACTS, at)
    with pytest.raises(errors.ResultFirst):
        decide(replace(issued(), **changes), command, FACTS, at)


def test_result_is_given_out_by_its_own_step_whatever_else_is_open() -> None:
    state = issued()
    (giving,) = state.tasks
    _, at = now(state)
    (event,) = decide(replace(state, tasks=(QUESTION, giving)), commands.ReturnResult(BY_HAND), FACTS, at)
    assert isinstance(event, events.ResultReturned)
    assert event.move.closed == (giving.key, QUESTION.key)


def test_result_that_a_colleague_has_to_give_out_is_given_out_by_whoever_is_at_the_desk() -> None:
    state = issued()
    _, at = now(state)
    theirs = replace(state, tasks=(replace(state.tasks[0], officer_id="9"),))
    (event,) = decide(theirs, commands.ReturnResult(BY_HAND), FACTS, at)
    assert isinstance(event, events.ResultReturned)
    assert event.move.closed == (theirs.tasks[0].key,)


@pytest.mark.parametrize(
    ("handing", "refusal"),
    [
        (Handing("online"), None),  # the file says all
        (Handing("counter", "An", " "), errors.BadHanding),
        (Handing("counter", "", "ký nhận"), errors.BadHanding),
        (BY_HAND, None),
    ],
)
def test_who_received_the_paper_and_by_what_proof_is_kept_but_a_file_needs_no_signature(
    handing: Handing, refusal: type[Exception] | None
) -> None:
    paper = ResultPaper("1", "Giấy phép", LATER, Decision.GRANT, "file")
    wish = replace(CONTENTS, delivery=ResultDelivery("online"))
    state = replace(issued(), results=(paper,), contents=wish)
    _, at = now(issued())
    if refusal is None:
        assert decide(state, commands.ReturnResult(handing), FACTS, at)
        return
    with pytest.raises(refusal):
        decide(state, commands.ReturnResult(handing), FACTS, at)


def test_paper_that_entrusts_somebody_is_kept_only_where_somebody_else_took_the_result() -> None:
    state = issued()
    _, at = now(state)
    taker = Taker(Capacity.AUTHORISED, "Giấy ủy quyền", TakerPaper.OTHER, "12")
    for handing, kept in ((BY_HAND, None), (replace(BY_HAND, received_by="Bình", taker=taker), "mandate")):
        (event,) = decide(state, commands.ReturnResult(handing, "mandate"), FACTS, at)
        assert isinstance(event, events.ResultReturned)
        assert event.file_id == kept
