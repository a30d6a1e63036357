"""How open tasks follow the tokens: whose a task is, what a step opens and closes, when it is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.dossiers.test_rules_life import CONTENTS, FACTS, TARGET
from tests.dossiers.test_rules_obey_values import COUNTER, accepted, after, on
from tests.dossiers.world import MONDAY, moment, sheet, steps

from motcua.catalogue.rules.sheets import OfferedLimit
from motcua.dossiers.enums import Decision, Status, StepEnd, Verb
from motcua.dossiers.errors import NoSuchTask, NotYourTask, WrongTask
from motcua.dossiers.rules import commands, decide, fold
from motcua.dossiers.rules.events import SCHEMA, Extended, Move, payload_of, read_event
from motcua.dossiers.rules.facts import Facts
from motcua.dossiers.rules.life import CONSULT_STEP
from motcua.dossiers.rules.moves import (
    complete,
    current_run,
    dues_after_pause,
    go_on,
    open_tasks,
    redated,
    redated_by_letter,
    return_redated,
    send_back,
    task_for,
    without_questions,
)
from motcua.dossiers.rules.routing import ended
from motcua.dossiers.rules.sending_out import is_sent_out
from motcua.dossiers.rules.state import (
    Apology,
    ClockPause,
    DocumentRef,
    OpenTask,
    ResultDelivery,
    State,
)
from motcua.kernel.limits import TimeLimit
from motcua.law import queries as law
from motcua.process.enums import StepKind
from motcua.process.errors import UnknownOutcome
from motcua.process.rules.definitions import NEXT, Outcome, ProcessDefinition, Step, TimeGroup
from motcua.process.rules.tokens import Run

LAST = FACTS.process.last.key
AGAIN = Outcome("again", "Làm lại", ("survey",))


def step(key: str, order: int, *to: str, more: tuple[Outcome, ...] = (), waits: tuple[str, ...] = ()) -> Step:
    outcomes = (Outcome(NEXT, "Xong", to), *more)
    return Step(key, order, StepKind.PROCESS, key, "", "case_officer", None, outcomes, waits_for=waits)


# After the intake two branches are open side by side: a survey with its draft, and an extract.
FORKED = ProcessDefinition(
    1,
    "Quy trình",
    "1.000001",
    (
        step("intake", 1, "survey", "extract"),
        step("survey", 2, "draft", more=(AGAIN,)),
        step("draft", 3, "approve"),
        step("extract", 4, "approve"),
        step("approve", 5, "return", waits=("draft", "extract")),
        step("return", 6),
    ),
)
IN_BRANCHES = replace(FACTS, definition=FORKED)


def task(step_key: str, **changes: Any) -> OpenTask:
    given = OpenTask(f"{step_key}-1", step_key, "process", step_key, "case_officer", 2, MONDAY)
    return replace(given, **changes)


def state(*tasks: OpenTask) -> State:
    keys = tuple(each.step_key for each in tasks if each.kind != CONSULT_STEP)
    visits = {"intake": 1, "survey": 1} | dict.fromkeys(keys, 1)
    run = Run(keys, tuple(visits.items())).to_json()
    return State(
        Status.IN_PROGRESS, 5, TARGET, CONTENTS, received_at=MONDAY, accepted_at=MONDAY,
        tasks=tasks, task_serial=7, run=run,
    )  # fmt: skip


QUESTION = task("consult-1", key="consult-1", kind=CONSULT_STEP)


# --- Whose task it is ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("key", "verb", "refusal"),
    [("survey-9", Verb.PROPOSE, NoSuchTask), ("survey-1", Verb.HAND_OVER, WrongTask)],
)
def test_verb_on_a_closed_task_or_on_a_step_of_another_kind_is_refused(
    key: str, verb: Verb, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        task_for(state(task("survey")), key, verb, FACTS)


@pytest.mark.parametrize(
    ("officer_id", "stands_in_for", "is_theirs"),
    [(None, "", True), ("7", "", True), ("8", "8", True), ("8", "", False), ("8", "9", False)],
)
def test_task_is_done_by_its_officer_by_who_stands_in_or_by_anybody_if_it_bears_no_name(
    officer_id: str | None, stands_in_for: str, is_theirs: bool
) -> None:
    mine = task("survey", officer_id=officer_id)
    facts = replace(FACTS, actor=replace(FACTS.actor, for_id=stands_in_for))
    if is_theirs:
        assert task_for(state(mine), mine.key, Verb.PROPOSE, facts) == mine
        return
    with pytest.raises(NotYourTask):
        task_for(state(mine), mine.key, Verb.PROPOSE, facts)


# --- What a step opens and closes ------------------------------------------------------------------------
def test_step_that_ends_opens_what_follows_and_leaves_the_other_branch_alone() -> None:
    survey, extract = task("survey"), task("extract")
    move = complete(state(survey, extract), survey, MONDAY, IN_BRANCHES)
    assert move.closed == ("survey-1",)
    assert [each.key for each in move.opened] == ["draft-8"]


def test_step_that_leads_to_itself_is_open_again_as_a_task_of_its_own() -> None:
    survey, extract = task("survey"), task("extract")
    move = complete(state(survey, extract), survey, MONDAY, IN_BRANCHES, "again")
    assert move.closed == ("survey-1",)
    assert [each.key for each in move.opened] == ["survey-8"]


def test_who_goes_on_may_not_take_a_way_that_leads_back() -> None:
    survey = task("survey")
    for way in ("", NEXT):
        assert go_on(state(survey), survey, MONDAY, IN_BRANCHES, way).outcome == NEXT
    with pytest.raises(UnknownOutcome):
        go_on(state(survey), survey, MONDAY, IN_BRANCHES, "again")


def test_work_sent_back_closes_its_own_branch_and_neither_the_other_nor_a_question() -> None:
    draft, extract = task("draft"), task("extract")
    move = send_back(state(draft, extract, QUESTION), draft, "survey", MONDAY, IN_BRANCHES)
    assert move.closed == ("draft-1",)
    assert [each.key for each in move.opened] == ["survey-8"]


def test_only_questions_end_when_nobody_is_to_answer_them_any_more() -> None:
    found = without_questions(state(task("survey"), QUESTION, task("extract")), Move(closed=("return-1",)))
    assert found.closed == ("return-1", "consult-1")


def test_dossier_without_a_process_has_no_step_to_end() -> None:
    with pytest.raises(NoSuchTask):
        current_run(replace(state(), run=None))


def test_facts_without_a_process_are_asked_for_none() -> None:
    with pytest.raises(ValueError, match="no internal process"):
        _ = replace(FACTS, definition=None).process


# --- When a task is due ----------------------------------------------------------------------------------
def test_task_bears_the_term_of_its_step_and_none_where_the_step_has_none() -> None:
    given = open_tasks(accepted(), ("examine", "return"), MONDAY, FACTS)
    assert [(each.limit, each.due_at) for each in given] == [
        ("8wh", moment("2024-03-05 08:00")),
        ("", None),
    ]


PROMISED = moment("2024-03-04 17:30")


def test_step_that_opens_late_ends_with_the_promise_and_is_about_to_be_late_before_it() -> None:
    given = replace(accepted(), due_at=PROMISED)
    (cut,) = open_tasks(given, ("examine",), PROMISED - timedelta(minutes=60), FACTS)
    assert cut.due_at == PROMISED
    assert cut.soon_at is not None
    assert cut.soon_at < PROMISED


def test_step_that_opens_when_the_dossier_is_late_has_its_whole_term() -> None:
    given = replace(accepted(), due_at=PROMISED)
    (whole,) = open_tasks(given, ("examine",), PROMISED, FACTS)
    assert whole.due_at == moment("2024-03-05 17:30")


def test_step_cut_short_by_the_promise_has_more_of_its_term_by_the_new_date_of_a_letter() -> None:
    given = replace(accepted(), due_at=PROMISED)
    (cut,) = open_tasks(given, ("examine",), PROMISED - timedelta(minutes=60), FACTS)
    given = replace(given, tasks=(cut,))
    move = redated_by_letter(given, moment("2024-03-08 17:30"), FACTS)
    assert move.closed == (cut.key,)
    assert [each.due_at for each in move.opened] == [moment("2024-03-05 16:30")]
    assert redated_by_letter(replace(given, tasks=(replace(cut, limit=""),)), FRIDAY, FACTS) == Move()


def wanted(how: str, given: State | None = None) -> State:
    state = given or replace(accepted(), due_at=PROMISED)
    return replace(state, contents=replace(state.contents, delivery=ResultDelivery(how)))


@pytest.mark.clause("DL24-9.1.e")
def test_return_is_due_by_the_promise_where_nobody_comes_for_the_result() -> None:
    for how, due_at in (("online", PROMISED), ("postal", PROMISED), ("counter", None)):
        given = wanted(how)
        for opened_at in (PROMISED - timedelta(minutes=5), PROMISED + timedelta(days=3)):
            (task,) = open_tasks(given, (LAST,), opened_at, FACTS)
            assert (task.kind, task.limit, task.due_at) == ("return", "", due_at)
            assert is_sent_out(task, given, FACTS.regulation) is (due_at is not None)
            capped = replace(task, due_at=PROMISED, limit="4wh")  # the end of a step of its own falls there
            assert is_sent_out(capped, given, FACTS.regulation) is (how != "counter")
    (free,) = open_tasks(replace(wanted("online"), due_at=None), (LAST,), MONDAY, FACTS)
    undated = replace(wanted("online"), due_at=None)
    assert (free.due_at, is_sent_out(free, undated, FACTS.regulation)) == (None, False)


def test_return_with_a_time_of_its_own_goes_by_that() -> None:
    rows = tuple(
        replace(row, limit=TimeLimit.parse("1wh")) if row.kind is StepKind.RETURN else row for row in steps()
    )
    facts = replace(FACTS, definition=ProcessDefinition(1, "Quy trình", "1.000001", rows))
    (task,) = open_tasks(wanted("online"), (LAST,), moment("2024-03-04 14:00"), facts)
    assert (task.limit, task.due_at) == ("1wh", moment("2024-03-04 15:00"))
    kept = replace(wanted("counter"), tasks=(task,))
    assert return_redated(kept, facts, PROMISED) == Move()


def test_return_follows_the_way_back_and_the_date_of_a_letter_in_time() -> None:
    given = wanted("online")
    (task,) = open_tasks(given, (LAST,), MONDAY, FACTS)
    given = replace(given, tasks=(task,))
    assert return_redated(given, FACTS, PROMISED) == Move()
    fetched = return_redated(wanted("counter", given), FACTS, PROMISED)
    assert (fetched.closed, [each.due_at for each in fetched.opened]) == ((task.key,), [None])
    letter = redated_by_letter(given, FRIDAY, FACTS)
    assert (letter.closed, [each.due_at for each in letter.opened]) == ((task.key,), [FRIDAY])
    assert letter.opened[0].soon_at != task.soon_at


@pytest.mark.clause("DL24-9.1.e")
def test_routing_slip_puts_a_result_that_came_too_late_down_to_nobody_at_the_desk() -> None:
    given = wanted("online")
    ends = []
    for opened_at in (PROMISED - timedelta(minutes=1), PROMISED, PROMISED + timedelta(minutes=1)):
        (task,) = open_tasks(given, (LAST,), opened_at, FACTS)
        ends.append(ended(task, PROMISED + timedelta(days=1)))
    assert ends == [StepEnd.LATE, None, None]


def test_question_to_others_that_ends_with_the_promise_keeps_the_term_that_was_named_for_it() -> None:
    asked = replace(QUESTION, limit="8wh", due_at=PROMISED)
    assert redated_by_letter(replace(state(asked), due_at=PROMISED), FRIDAY, FACTS) == Move()


@pytest.mark.parametrize("kind", [StepKind.PROCESS, StepKind.INTAKE])
def test_step_that_opens_with_the_acceptance_knows_the_promise_and_a_handing_over_keeps_its_own_term(
    kind: StepKind,
) -> None:
    half_a_day = OfferedLimit(None, None, TimeLimit.parse("4wh"), "4", "working_hour")
    first, *rest = steps()
    rows = (replace(first, kind=kind, limit=TimeLimit.parse("8wh")), *rest)
    facts = replace(
        FACTS,
        regulation=law.regulation("PT24"),
        sheet=sheet(limits=(half_a_day,)),
        definition=ProcessDefinition(1, "Quy trình", "1.000001", rows),
    )
    papers = (DocumentRef("form", originals=1), DocumentRef("paper", originals=1))
    filed = replace(COUNTER, contents=replace(CONTENTS, documents=papers))
    given = after(facts, filed, commands.Accept("H15-1"))
    assert given.due_at == moment("2024-03-04 14:01")
    ends = {StepKind.PROCESS: given.due_at, StepKind.INTAKE: moment("2024-03-04 17:30")}
    assert [each.due_at for each in given.tasks] == [ends[kind]]


def late_step() -> State:
    """In examination since an hour before the promise, with a term of eight hours."""
    given = replace(accepted(), due_at=PROMISED)
    return replace(given, tasks=open_tasks(given, ("examine",), PROMISED - timedelta(minutes=60), FACTS))


def test_letter_in_time_moves_the_step_and_one_that_comes_late_does_not() -> None:
    promised = moment("2024-03-06 17:30")
    cut = replace(late_step().tasks[0], opened_at=moment("2024-03-05 08:00"), limit="3wd", due_at=promised)
    given = replace(late_step(), due_at=promised, tasks=(cut,))
    command = commands.Extend(moment("2024-03-15 08:00").date(), "đông")
    found = {}
    for at in (moment("2024-03-05 08:30"), promised - timedelta(minutes=5)):
        (event,) = decide(given, command, FACTS, at)
        assert isinstance(event, Extended)
        found[event.is_timely] = [each.due_at for each in fold(given, event, at).tasks]
    assert found == {True: [moment("2024-03-08 08:00")], False: [promised]}


def test_letter_recorded_before_letters_moved_steps_is_read_and_moves_none() -> None:
    given = late_step()
    letter = Extended("đông", PROMISED, FRIDAY, True, "1/PXL")
    stored = {key: value for key, value in payload_of(letter, None).items() if key != "move"}
    read = read_event(Extended.KIND, SCHEMA, stored)
    assert read == letter
    assert fold(given, read, PROMISED).tasks == given.tasks


@pytest.mark.parametrize(
    ("was_due", "promise", "ends"),
    [
        # The clock stood still for an opening hour, from half an hour before the promise.
        ("2024-03-04 17:30", "2024-03-05 08:30", "2024-03-05 08:30"),
        ("2024-03-04 17:30", "2024-03-20 17:30", "2024-03-05 17:30"),
        ("2024-03-05 16:30", "2024-03-05 08:30", "2024-03-05 17:30"),  # it had outlasted the promise before
    ],
)
def test_step_has_after_a_pause_what_is_left_of_its_term_by_the_promise_that_holds_then(
    was_due: str, promise: str, ends: str
) -> None:
    given = late_step()
    (cut,) = given.tasks
    stopped = replace(
        given,
        tasks=(replace(cut, due_at=moment(was_due)),),
        pauses=(ClockPause(moment("2024-03-04 17:00"), "supplement"),),
    )
    move = redated(stopped, moment("2024-03-05 08:00"), FACTS, (moment(promise), None))
    assert [each.due_at for each in move.opened] == [moment(ends)]


def sharing(*keys: str) -> Facts:
    """The facts with a process in which these steps have one time of eight hours together."""
    rows = tuple(
        replace(each, time_group="together", limit=None) if each.key in keys else each for each in steps()
    )
    group = TimeGroup("together", keys, TimeLimit.parse("8wh"), "8", "working_hour")
    return replace(
        FACTS, definition=ProcessDefinition(1, "Quy trình", "1.000001", rows, time_groups=(group,))
    )


def test_steps_that_share_a_time_are_due_together_by_the_first_of_them() -> None:
    facts = sharing("assign", "examine")
    assigning = on(facts, accepted(), commands.HandOver)
    assert (assigning.tasks[0].step_key, assigning.tasks[0].limit) == ("assign", "8wh")
    later = replace(assigning, last_at=MONDAY + timedelta(hours=3))
    examining = on(facts, later, lambda key: commands.Assign(key, "7"))
    assert examining.tasks[0].step_key == "examine"
    assert examining.tasks[0].due_at == assigning.tasks[0].due_at
    deciding = on(facts, examining, lambda key: commands.Propose(key, Decision.GRANT, "đủ"))
    assert (deciding.tasks[0].step_key, deciding.tasks[0].limit) == ("approve", "4wh")


FRIDAY = moment("2024-03-08 15:30")


@pytest.mark.parametrize(
    ("due", "pause_ends", "moved"),
    [
        # The clock stands still from Friday 15:30, two opening hours before the weekend.
        ("2024-03-11 09:00", "2024-03-08 16:30", "2024-03-11 10:00"),
        ("2024-03-11 09:00", "2024-03-08 15:30", "2024-03-11 09:00"),
        ("2024-03-08 15:31", "2024-03-08 16:30", "2024-03-08 16:31"),
        ("2024-03-08 15:30", "2024-03-08 16:30", "2024-03-08 15:30"),  # over when the clock stopped
        ("2024-03-06 17:30", "2024-03-08 16:30", "2024-03-06 17:30"),
        ("2024-03-09 20:00", "2024-03-08 15:30", "2024-03-09 20:00"),  # nothing was lost
        (None, "2024-03-08 16:30", None),
    ],
)
def test_date_of_an_apology_moves_by_the_opening_time_lost_unless_it_had_passed(
    due: str | None, pause_ends: str, moved: str | None
) -> None:
    apology = Apology(MONDAY, "đông", MONDAY, MONDAY, is_timely=True)
    given = replace(
        state(),
        due_at=_moment(due),
        promised_at=_moment(due),
        apologies=(apology,),
        pauses=(ClockPause(FRIDAY, "supplement"),),
    )
    assert dues_after_pause(given, moment(pause_ends), FACTS) == (_moment(moved), _moment(moved))


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None


@pytest.mark.parametrize(("limit", "ends"), [("", "2024-03-05 08:00"), ("8wh", "2024-03-08 08:00")])
def test_pause_moves_a_term_of_the_process_and_not_that_of_handing_over(limit: str, ends: str) -> None:
    given = late_step()
    task = OpenTask(
        "k", "intake", "intake", "n", "receiver", 1, MONDAY, limit=limit, due_at=moment("2024-03-05 08:00")
    )
    start = ClockPause(moment("2024-03-04 10:00"), "financial_obligation")
    stopped = replace(given, tasks=(task,), pauses=(start,))
    move = redated(stopped, moment("2024-03-07 10:00"), FACTS, (moment("2024-03-29 08:00"), None))
    after_it = move.opened or stopped.tasks
    assert [each.due_at for each in after_it] == [moment(ends)]
