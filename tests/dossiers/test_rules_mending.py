"""What may be put right as the dossier stands, and what is open again when something is taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.dossiers.test_rules_life import CONTENTS, FACTS, OFFICER, TARGET
from tests.dossiers.test_rules_moves import QUESTION, step, task
from tests.dossiers.world import MONDAY

from motcua.dossiers import errors
from motcua.dossiers.enums import Capacity, Correctable, Decision, Status
from motcua.dossiers.rules import commands, decide, events
from motcua.dossiers.rules.decide.mending import current
from motcua.dossiers.rules.state import (
    Applicant,
    Behalf,
    Decided,
    Handing,
    ResultPaper,
    State,
    SupplementProposal,
)
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import ProcessDefinition
from motcua.process.rules.tokens import Run

AT_DESK = State(Status.DECIDED, 9, replace(TARGET, channel="counter"), CONTENTS, accepted_at=MONDAY)
PAPER = ResultPaper("1", "Giấy phép", MONDAY, Decision.GRANT)


def test_number_and_name_of_a_result_are_put_right_once_there_is_one() -> None:
    assert current(AT_DESK, Correctable.RESULT) == {}
    done = replace(AT_DESK, results=(PAPER,))
    assert current(done, Correctable.RESULT) == {"number": "1", "result_name": "Giấy phép"}
    assert current(done, Correctable.RETURN) == {}  # taken back as a whole


FIRM = Behalf("Công ty", "6001234567", Capacity.REPRESENTATIVE, "Đại diện", organisation_id="7")


@pytest.mark.parametrize(
    ("person", "behalf", "numbers"),
    [
        (Applicant("An", "066090000001"), None, set()),
        (Applicant("Công ty", organisation_number="6001234567"), None, {"organisation_number"}),
        (Applicant("Công ty", organisation_number="6001234567"), FIRM, set()),  # the number of the right
        (Applicant("John", passport="X1234567"), None, {"passport", "nationality"}),
    ],
)
def test_number_by_which_the_desk_knows_an_applicant_is_put_right_and_none_is_added(
    person: Applicant, behalf: Behalf | None, numbers: set[str]
) -> None:
    state = replace(AT_DESK, contents=replace(CONTENTS, applicant=person), behalf=behalf)
    assert (
        current(state, Correctable.CONTACT).keys()
        & {
            "organisation_number",
            "passport",
            "nationality",
        }
        == numbers
    )


# The leader decides while an extract is made beside it; the result waits for both.
ROWS = (
    step("intake", 1, "approve", "extract"),
    replace(step("approve", 2, "number"), kind=StepKind.APPROVE),
    step("extract", 3, "return"),
    step("number", 4, "return"),
    step("return", 5, waits=("extract", "number")),
)
FACTS_HERE = replace(FACTS, definition=ProcessDefinition(1, "Quy trình", "1.000001", ROWS))
VISITS = (("intake", 1), ("approve", 1), ("extract", 1))
DECIDING = task("approve", kind="approve", officer_id=OFFICER.id, limit="4wh")
NUMBERING, EXTRACT = task("number"), task("extract")
CLOSED_BY_IT = (replace(QUESTION, key="consult-0"), DECIDING)
WRONG = replace(
    AT_DESK,
    tasks=(NUMBERING, QUESTION, EXTRACT),
    decision=Decision.GRANT,
    run=Run(("extract", "number"), (*VISITS, ("number", 1))).to_json(),
    decided=Decided("7", "", MONDAY, CLOSED_BY_IT, Run(("approve", "extract"), VISITS).to_json(), "", ""),
)
TAKE_BACK = commands.Correct(Correctable.DECISION, {}, "nhầm")


def test_decision_taken_back_opens_what_it_closed_and_closes_only_what_it_opened() -> None:
    (event,) = decide(WRONG, TAKE_BACK, FACTS_HERE, MONDAY)
    assert isinstance(event, events.Corrected)
    assert event.move.opened == CLOSED_BY_IT
    assert event.move.closed == (NUMBERING.key,)
    assert event.move.run is not None
    assert Run.from_json(event.move.run) == Run(("approve", "extract"), VISITS)


@pytest.mark.parametrize("tasks", [None, (), (QUESTION,)])
def test_decision_of_which_nobody_knows_who_took_it_is_not_taken_back(
    tasks: Any,
) -> None:
    assert WRONG.decided is not None
    known = None if tasks is None else replace(WRONG.decided, tasks=tasks)
    with pytest.raises(errors.NotCorrectable):
        decide(replace(WRONG, decided=known), TAKE_BACK, FACTS_HERE, MONDAY)


RETURNED = replace(
    WRONG, status=Status.RETURNED, tasks=(), results=(PAPER,), run=Run((), (("return", 1),)).to_json()
)
RETURN = commands.Correct(Correctable.RETURN, {}, "nhầm")


def test_return_taken_back_says_what_had_been_recorded_of_it() -> None:
    handed = replace(RETURNED, handing=Handing("online", "", "tệp"))
    (event,) = decide(handed, RETURN, FACTS_HERE, MONDAY)
    assert isinstance(event, events.Corrected)
    assert event.changes == (events.Change("how", "online", ""), events.Change("proof", "tệp", ""))
    sent = replace(RETURNED, handing=Handing("postal", "An", "ký nhận", postal_number="RA1VN"))
    (event,) = decide(sent, RETURN, FACTS_HERE, MONDAY)
    assert isinstance(event, events.Corrected)
    assert events.Change("postal_number", "RA1VN", "") in event.changes
    with pytest.raises(errors.NothingToCorrect):
        decide(RETURNED, RETURN, FACTS_HERE, MONDAY)


def test_proposed_supplement_is_let_go_only_while_it_is_there() -> None:
    control = task("control", kind="control")
    state = replace(WRONG, status=Status.IN_PROGRESS, decision=None, tasks=(control,))
    proposed = replace(state, proposed_supplement=SupplementProposal((), "mờ", "chụp lại", ""))
    assert decide(proposed, commands.ReleaseSupplement(control.key), FACTS, MONDAY)
    with pytest.raises(errors.NoSuchTask):
        decide(state, commands.ReleaseSupplement(control.key), FACTS, MONDAY)
