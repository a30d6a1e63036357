"""What single clauses ask of the rules, decided without a database.

Where several regulations ask the same, one test looks at all of them: it stands or falls with the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.dossiers.saying import saying
from tests.dossiers.test_rules_life import CONTENTS, FACTS, TARGET
from tests.dossiers.world import MONDAY, STEPS, moment, sheet, steps

from motcua.catalogue.enums import OnlineLevel, PaymentTime
from motcua.catalogue.rules.fees import FeeDue
from motcua.catalogue.rules.sheets import OfferedLimit
from motcua.documents.enums import SlipKind
from motcua.dossiers import errors
from motcua.dossiers.enums import Decision, DeclineGround, Figure, PauseGround, Status, StepEnd
from motcua.dossiers.rules import any_desk, commands, decide, events, fold, money, receipt, register, routing
from motcua.dossiers.rules.completeness import is_followed_by_post
from motcua.dossiers.rules.consent import CONSENT, check_consent
from motcua.dossiers.rules.durations import hours_taken
from motcua.dossiers.rules.events import Event
from motcua.dossiers.rules.facts import Facts
from motcua.dossiers.rules.figures import counted, is_a_filing
from motcua.dossiers.rules.notices import for_applicant
from motcua.dossiers.rules.state import DocumentRef, Handing, ResultDelivery, State, SupplementItem
from motcua.kernel.limits import TimeLimit
from motcua.law import queries as law
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import NEXT, ProcessDefinition

DESK, DIVISION, LEADERSHIP, OFFICE = 1, 2, 3, 4  # the units of TARGET
FILE = "0190a2c4-0000-7000-8000-000000000001"
SENT = replace(CONTENTS, documents=(DocumentRef("paper", file_id=FILE),), delivery=ResultDelivery("online"))
DRAFT = commands.SaveDraft(TARGET, SENT, "1")
SUBMIT = commands.Submit("key", "YC-1", CONSENT)
HANDED_IN = replace(CONTENTS, documents=(DocumentRef("form", originals=1), DocumentRef("paper", originals=1)))
AT_COUNTER = commands.Register(replace(TARGET, channel="counter"), HANDED_IN, "key", "YC-1")
ACCEPT = commands.Accept("H-1")
ASK = commands.RequestSupplement((SupplementItem("paper", "bản rõ"),), "mờ", "chụp lại")
BRING = commands.Supplement((DocumentRef("paper", file_id=FILE),))
SAME_DAY = sheet(
    limits=(
        OfferedLimit(
            None, None, TimeLimit.parse("1wd"), "1", "working_day", cutoff=moment("2024-03-04 15:00").time()
        ),
    )
)
ONLINE_AND_COUNTER = ((DRAFT, SUBMIT), (AT_COUNTER,))


def under(name: str, day: str = "", **changes: Any) -> Facts:
    regulation = law.regulation(name)
    if day:
        regulation = regulation.on(moment(f"{day} 00:00").date())
    return replace(FACTS, regulation=regulation, **changes)


def play(
    facts: Facts, *given: commands.Command, state: State | None = None, at: datetime | None = None
) -> tuple[State, list[tuple[Event, datetime]]]:
    """The state after the commands, a minute apart from `at` or the last event on, and what happened."""
    happened: list[tuple[Event, datetime]] = []
    start = at or (state and state.last_at) or MONDAY
    for number, command in enumerate(given):
        now = start + timedelta(minutes=number)
        for event in decide(state, command, facts, now):
            state = fold(state, event, now)
            happened.append((event, now))
    assert state is not None
    return state, happened


def after(
    facts: Facts, *given: commands.Command, state: State | None = None, at: datetime | None = None
) -> State:
    return play(facts, *given, state=state, at=at)[0]


def one(facts: Facts, state: State, command: commands.Command, at: datetime | None = None) -> Event:
    (event,) = decide(state, command, facts, at or state.last_at or MONDAY)
    return event


# --- Sending and checking --------------------------------------------------------------------------------
@pytest.mark.clause("DL24-12.5#1", "QN20-10.1", "DL24-8.1.a#1", "PT24-9.2.0#1", "QN20-11.3#1")
def test_what_was_sent_lies_at_the_desk_at_once_and_has_to_be_answered() -> None:
    """The check of the officers is there with the filing, and is over only with their answer."""
    found = {}
    for name in ("QN20", "DL24", "PT24"):
        facts = under(name)
        filed = after(facts, DRAFT, SUBMIT, at=MONDAY - timedelta(minutes=1))
        (task,) = filed.tasks
        found[name] = (
            filed.status, filed.filed_at, task.step_key, task.kind, task.role, task.unit_id, task.opened_at,
            task.due_at, receipt.reply_awaited(filed), receipt.reply_due(MONDAY, "online", facts),
            receipt.reply_awaited(after(facts, ACCEPT, state=filed, at=MONDAY)),
        )  # fmt: skip
    due = moment("2024-03-05 08:00")
    asked = (Status.SUBMITTED, MONDAY, "check", "intake", "receiver", DESK, MONDAY, due, due, due, None)
    assert found == dict.fromkeys(("QN20", "DL24", "PT24"), asked)


@pytest.mark.clause("DL24-12.5#1")
def test_what_is_not_prepared_whole_is_not_sent() -> None:
    facts = under("DL24")
    without_papers = replace(DRAFT, contents=replace(SENT, documents=()))
    with pytest.raises(errors.Incomplete):
        one(facts, after(facts, without_papers), SUBMIT)
    sent = one(facts, after(facts, DRAFT), SUBMIT)
    assert isinstance(sent, events.Submitted)
    assert sent.regulation == "DL24"


@pytest.mark.clause("KT18-13.5", "DL24-3.4", "PT24-3.6", "QN20-21.5#1")
def test_nothing_is_sent_without_consent_and_with_it_everything_is() -> None:
    for name in ("KT18", "QN20", "DL24", "PT24"):
        facts = under(name, sheet=sheet(online_level=OnlineLevel.PARTIAL))
        counter = replace(DRAFT, contents=replace(SENT, delivery=ResultDelivery("counter")))
        draft = after(facts, counter)
        with pytest.raises(errors.ConsentRequired):
            one(facts, draft, replace(SUBMIT, consent=""))
        assert after(facts, SUBMIT, state=draft).consent == CONSENT
    check_consent(CONSENT)


@pytest.mark.clause("KT18-7.1.a#1")
def test_level_three_takes_uncertified_scans_and_the_level_above_has_them_follow_by_post() -> None:
    online = commands.SaveDraft(TARGET, replace(SENT, delivery=ResultDelivery("counter")), "1")
    three = under("KT18", sheet=sheet(online_level=OnlineLevel.PARTIAL))
    taken = after(three, online, SUBMIT, ACCEPT)
    assert [(each.file_id, each.originals) for each in taken.contents.documents] == [(FILE, 0)]
    assert taken.status is Status.ACCEPTED
    assert not is_followed_by_post(three.sheet, TARGET, three.regulation)
    assert is_followed_by_post(sheet(online_level=OnlineLevel.FULL), TARGET, three.regulation)
    assert not is_followed_by_post(sheet(online_level=OnlineLevel.FULL), AT_COUNTER.target, three.regulation)


# --- Taking in -------------------------------------------------------------------------------------------
@pytest.mark.clause(
    "DL24-19.1.a", "QN20-11.3#1", "DL24-20.1.a", "QN20-7.2#1", "PT24-9.2bis#1", "PT24-9.2.c#1"
)
def test_what_is_complete_is_taken_in_by_its_files_alone_and_enters_the_process_of_the_agency() -> None:
    found = {}
    for name in ("QN20", "DL24", "PT24"):
        facts = under(name)
        filed = after(facts, DRAFT, SUBMIT, at=moment("2024-03-04 07:59"))
        lacking = replace(filed, contents=replace(filed.contents, documents=()))
        with pytest.raises(errors.Incomplete) as refused:
            one(facts, lacking, ACCEPT)
        assert refused.value.params["missing"] == "Giấy chứng minh"
        taken, ((event, _),) = play(facts, ACCEPT, state=filed, at=moment("2024-03-04 09:00"))
        assert isinstance(event, events.Accepted)
        (task,) = taken.tasks
        found[name] = (
            taken.status, taken.code, event.move.closed, task.step_key, task.unit_id, taken.process_id,
            taken.received_at, taken.due_at, [each.kind for each in taken.slips], taken.slips[0].number,
        )  # fmt: skip
    due = moment("2024-03-07 08:00")
    told = (
        Status.ACCEPTED, "H-1", ("check-1",), "receive", DESK, 1, MONDAY, due,
        [SlipKind.INTAKE_RECEIPT], "H-1",
    )  # fmt: skip
    assert found == dict.fromkeys(("QN20", "DL24", "PT24"), told)


WALK: tuple[Callable[[str], commands.Command], ...] = (
    commands.HandOver,
    lambda key: commands.Assign(key, "7"),
    lambda key: commands.Propose(key, Decision.GRANT, "đủ"),
    commands.Approve,
    lambda key: commands.IssueResult(key, "1", "Giấy"),
)
REVIEWED = ProcessDefinition(
    2, "Quy trình", "1.000001", steps((*STEPS[:3], ("review", StepKind.REVIEW, "4wh"), *STEPS[3:]))
)


@pytest.mark.clause("DL24-20.1.a", "DL24-20.1.b")
def test_paper_is_not_numbered_where_nobody_has_decided() -> None:
    facts = under("DL24")
    state = after(facts, DRAFT, SUBMIT, ACCEPT)
    for make in WALK[:3]:
        state = after(facts, make(state.tasks[0].key), state=state)
    with pytest.raises(errors.WrongState):
        one(facts, state, commands.IssueResult(state.tasks[0].key, "1", "Giấy"))
    state = after(facts, commands.Approve(state.tasks[0].key), state=state)
    number = commands.IssueResult(state.tasks[0].key, "1", "Giấy")
    assert isinstance(one(facts, state, number), events.ResultIssued)


@pytest.mark.clause("DL24-20.1.a", "PT24-9.2.b#3")
def test_settling_goes_by_the_steps_of_the_process_and_no_result_comes_before_its_decision() -> None:
    for name in ("DL24", "PT24"):
        facts = under(name, definition=REVIEWED)
        state = after(facts, DRAFT, SUBMIT, ACCEPT)
        went = []
        for make in (*WALK[:3], lambda key: commands.CompleteStep(key, note="đã xem"), *WALK[3:]):
            (task,) = state.tasks
            went.append((task.step_key, task.unit_id))
            if task.step_key == "number":
                with pytest.raises(errors.ResultFirst):
                    one(facts, state, commands.CompleteStep(task.key))
            else:
                with pytest.raises(errors.WrongState):
                    one(facts, state, commands.IssueResult(task.key, "1", "Giấy"))
            event = one(facts, state, make(task.key))
            if isinstance(event, events.StepCompleted):
                assert (event.step_key, event.note, event.by_agency, event.move.outcome) == (
                    "review", "đã xem", "", NEXT,
                )  # fmt: skip
            state = fold(state, event, state.last_at or MONDAY)
        assert went == [
            ("receive", DESK), ("assign", DIVISION), ("examine", DIVISION), ("review", DIVISION),
            ("approve", LEADERSHIP), ("number", OFFICE),
        ]  # fmt: skip
        assert (state.process_id, [each.number for each in state.results]) == (2, ["1"])


def walked(facts: Facts, state: State, at: datetime) -> tuple[State, list[tuple[Event, datetime]]]:
    """Through all steps to the result, an hour each."""
    happened: list[tuple[Event, datetime]] = []
    for number, make in enumerate(WALK):
        (task,) = state.tasks
        state, new = play(facts, make(task.key), state=state, at=at + timedelta(hours=number))
        happened += new
    return state, happened


@pytest.mark.clause("PT24-9.2.c#1", "DL24-8.1.c#1")
def test_filing_counts_from_when_it_came_in_or_was_completed_once_it_is_found_valid() -> None:
    for name in ("DL24", "PT24"):
        facts = under(name, controls=True)
        filed = after(facts, DRAFT, SUBMIT, at=moment("2024-03-04 07:59"))
        assert receipt.stated_receipt(filed, facts.regulation) == MONDAY
        taken = after(facts, ACCEPT, state=filed, at=moment("2024-03-04 16:00"))
        assert (taken.received_at, receipt.arrival(taken), taken.due_at) == (
            MONDAY, MONDAY, moment("2024-03-07 08:00"),
        )  # fmt: skip
        first = ("submitted", MONDAY)
        assert not receipt.is_receipt_moved(taken, [first])
        asked = after(facts, ASK, state=filed, at=moment("2024-03-04 09:00"))
        assert not receipt.is_receipt_moved(asked, [first])
        came, counts = moment("2024-03-05 18:30"), moment("2024-03-06 07:30")  # after hours
        whole = after(facts, BRING, state=asked, at=came)
        assert (whole.received_at, receipt.arrival(whole)) == (counts, came)
        assert receipt.is_receipt_moved(whole, [first, ("supplemented", counts)])
        assert not receipt.is_receipt_moved(whole, [first, ("supplemented", MONDAY)])  # to the same moment
        taken = after(facts, ACCEPT, state=whole, at=moment("2024-03-06 10:00"))
        assert (taken.received_at, taken.due_at) == (counts, moment("2024-03-08 17:30"))
        counter = under(name)
        taken = after(counter, AT_COUNTER, ACCEPT, at=MONDAY)
        assert (taken.received_at, receipt.arrival(taken)) == (MONDAY, MONDAY)


@pytest.mark.clause("QN20-11.5", "KT18-8.1.c")
def test_promise_of_the_agency_holds_for_what_was_sent_online_and_for_nothing_else() -> None:
    for name in ("KT18", "QN20"):
        facts = under(name, sheet=sheet(online_level=OnlineLevel.PARTIAL), promise=TimeLimit.parse("2wd"))
        counter = replace(SENT, delivery=ResultDelivery("counter"))
        terms = [
            after(facts, *given, ACCEPT).term.limit
            for given in ((replace(DRAFT, contents=counter), SUBMIT), (AT_COUNTER,))
        ]
        longer = replace(facts, promise=TimeLimit.parse("5wd"))
        terms.append(after(longer, replace(DRAFT, contents=counter), SUBMIT, ACCEPT).term.limit)
        assert terms == ["2wd", "3wd", "3wd"]


@pytest.mark.clause("KT22-14.2bis.a#1", "PT24-9.2bis#3", "PT24-9.2bis#4")
def test_receipt_is_kept_with_the_dossier_unless_the_result_comes_the_same_day_and_nobody_asks() -> None:
    asked = replace(ACCEPT, receipt_asked=True)
    found = {}
    for name in ("KT22", "PT24"):
        facts = under(name, sheet=SAME_DAY)
        taken = [after(facts, AT_COUNTER, how) for how in (ACCEPT, asked)]
        found[name] = [[(each.kind, each.number) for each in state.slips] for state in taken]
        assert [receipt.lacks_receipt(state) for state in taken] == [name == "PT24", False]
        assert {state.status for state in taken} == {Status.ACCEPTED}
    given = [(SlipKind.INTAKE_RECEIPT, "H-1")]
    assert found == {"KT22": [given, given], "PT24": [[], given]}


# --- Forwarding ------------------------------------------------------------------------------------------
# Online: eight hours from the receipt; the first step of the process. Paper: the day of its acceptance.
FORWARDED_BY = {("DL24", "online"): "2024-03-05 08:01", ("PT24", "online"): "2024-03-04 15:00"}


@pytest.mark.clause("DL24-9.0", "PT24-10.0", "PT24-9.2.b#3")
@pytest.mark.parametrize("given", ONLINE_AND_COUNTER)
def test_dossier_that_was_taken_in_goes_on_at_once_and_later_than_its_term_is_late(
    given: Iterable[commands.Command],
) -> None:
    for name in ("DL24", "PT24"):
        facts = under(name)
        filed = after(facts, *given)
        with pytest.raises((errors.WrongTask, errors.WrongState)):
            one(facts, filed, commands.HandOver(filed.tasks[0].key))
        taken = after(facts, ACCEPT, state=filed, at=moment("2024-03-04 09:00"))
        (task,) = taken.tasks
        assert task.due_at == moment(FORWARDED_BY.get((name, taken.target.channel), "2024-03-04 17:30"))
        for at, is_late in ((task.due_at, False), (task.due_at + timedelta(minutes=1), True)):
            event = one(facts, taken, commands.HandOver(task.key), at)
            assert isinstance(event, events.HandedOver)
            assert (event.is_late, event.forward_by) == (is_late, task.due_at)
            gone = fold(taken, event, at)
            assert [(each.step_key, each.unit_id) for each in gone.tasks] == [("assign", DIVISION)]
            assert gone.status is Status.IN_PROGRESS
            assert counted(event, taken, gone, at).figures == ((Figure.FORWARDED_LATE,) if is_late else ())


@pytest.mark.clause("PT24-9.2.b#3", "KT22-14.2bis.a#4", "KT22-14.2bis.a#5")
def test_each_passing_on_is_kept_with_how_its_step_kept_the_term() -> None:
    for name in ("KT22", "PT24"):
        facts = under(name)
        state, told = play(facts, AT_COUNTER, ACCEPT)
        assert register.entry_of(after(facts, AT_COUNTER)) is None
        entered = register.entry_of(replace(state, code="000.00.00.H34-240304-0001"))
        assert entered == register.Entry("2024", "240304-0001")
        state, more = walked(facts, state, moment("2024-03-04 09:00"))
        (task,) = state.tasks
        fetched = one(
            facts, state, commands.ReturnResult(Handing("counter", "An", "ký")), moment("2024-03-05 09:00")
        )
        history = [*told, *more, (fetched, moment("2024-03-05 09:00"))]
        passed = routing.handovers(routing.Passage(event, at, "Dũng") for event, at in history)
        assert [(each.from_unit, each.to_unit, each.end) for each in passed] == [
            (None, DESK, None),
            (DESK, DIVISION, StepEnd.ON_TIME),
            (DIVISION, DIVISION, StepEnd.ON_TIME),
            (DIVISION, LEADERSHIP, StepEnd.EARLY),
            (LEADERSHIP, OFFICE, StepEnd.ON_TIME),
            (OFFICE, DESK, StepEnd.ON_TIME),
            (DESK, None, None),
        ]
        assert (passed[0].taken_by, passed[-1].taken_by, passed[-1].note) == ("Dũng", "An", "ký")
        timed = replace(task, opened_at=MONDAY - timedelta(days=3), due_at=MONDAY)
        assert routing.ended(timed, MONDAY) is StepEnd.ON_TIME
        assert routing.ended(timed, MONDAY + timedelta(minutes=1)) is StepEnd.LATE
        assert routing.ended(timed, MONDAY - timedelta(days=1)) is StepEnd.EARLY


# --- Supplements and pauses ------------------------------------------------------------------------------
COUNTED_BY = {"QN20": "QN20-11.1#3", "DL24": "DL24-8.1.a#3", "KT22": "KT22-9#1"}


@pytest.mark.clause("QN20-10.4", "QN20-11.1#3", "KT22-14.2bis.a#2", "DL24-8.1.a#3")
def test_what_is_missing_is_asked_for_in_full_by_a_slip_and_once() -> None:
    for name in ("QN20", "DL24", "KT22"):
        facts = under(name, controls=True)
        filed = after(facts, DRAFT, SUBMIT)
        for gap in ({"items": ()}, {"reason": " "}, {"guidance": " "}):
            with pytest.raises(errors.GuidanceRequired):
                one(facts, filed, replace(ASK, **gap))
        with pytest.raises(errors.NotAComponent):
            one(facts, filed, replace(ASK, items=(SupplementItem("other", "giấy khác"),)))
        event = one(facts, filed, ASK)
        assert for_applicant(event, filed) == "dossier.supplement_requested"
        asked = fold(filed, event, moment("2024-03-04 09:00"))
        assert [each.kind for each in asked.slips] == [SlipKind.SUPPLEMENT_REQUEST]
        answered = after(facts, BRING, state=asked, at=moment("2024-03-04 10:00"))
        with pytest.raises(errors.AlreadyGuided) as refused:
            decide(answered, ASK, facts, moment("2024-03-04 11:00"))
        assert refused.value.clauses == (COUNTED_BY[name],)
        again = one(facts, answered, replace(ASK, again_ground="hết hạn"), moment("2024-03-04 11:00"))
        assert for_applicant(again, answered) == "dossier.supplement_requested"


@pytest.mark.clause("DL24-12.6")
def test_applicant_adds_what_was_asked_for_before_and_after_the_acceptance() -> None:
    facts = under("DL24", controls=True)
    later = moment("2024-03-05 10:00")
    asked = after(facts, DRAFT, SUBMIT, ASK)
    with pytest.raises(errors.NothingBrought):
        decide(asked, commands.Supplement(()), facts, later)
    with pytest.raises(errors.NotAskedFor):
        decide(asked, commands.Supplement((DocumentRef("proxy", originals=1),)), facts, later)
    added = after(facts, BRING, state=asked, at=later)
    assert (added.status, added.received_at, [each.unit_id for each in added.tasks]) == (
        Status.SUBMITTED, later, [DESK],
    )  # fmt: skip
    taken = after(facts, DRAFT, SUBMIT, ACCEPT)
    assert taken.due_at == moment("2024-03-07 08:01")
    asked = after(facts, ASK, state=taken, at=moment("2024-03-04 10:00"))
    assert (asked.is_paused, asked.supplements[-1].clock_runs) == (True, False)
    added = after(facts, BRING, state=asked, at=later)  # a working day of eight hours later
    assert (added.is_paused, added.received_at, added.due_at) == (
        False, taken.received_at, moment("2024-03-08 08:01"),
    )  # fmt: skip


@pytest.mark.clause("DL24-1.2", "KT22-1.1.b", "QN20-1.3")
def test_what_a_regulation_leaves_to_other_law_goes_by_it_from_its_first_day() -> None:
    """That the clock stands still for a supplement, and until when an online filing is answered."""
    at, back = moment("2024-03-04 10:00"), moment("2024-03-05 10:00")
    for name in ("QN20", "KT22", "DL24"):
        facts = replace(under(name, "2024-03-04"), controls=True)
        filed = after(facts, DRAFT, SUBMIT)
        assert receipt.reply_awaited(filed) == moment("2024-03-05 08:01")
        if name == "DL24":  # a supplement has a clause of its own there
            continue
        state = after(facts, ACCEPT, state=filed)
        asked = after(facts, ASK, state=state, at=at)  # by the desk: what others ask for it sends on
        assert (asked.is_paused, asked.supplements[-1].clock_runs) == (True, False)
        goes_on = after(facts, BRING, state=asked, at=back)
        assert state.due_at is not None
        assert (goes_on.is_paused, goes_on.due_at) == (False, state.due_at + timedelta(days=1))
        before = replace(under(name, "2022-06-22"), controls=True)
        asked = after(before, ASK, state=state, at=at)
        assert (asked.is_paused, asked.supplements[-1].clock_runs) == (False, True)


@pytest.mark.clause("KT18-8.1.a")
def test_clock_stands_still_for_a_financial_obligation_where_the_regulation_leaves_room() -> None:
    """No text gives this pause: it is ours (reading A40), on whatever day, and KT18 leaves no room for it."""
    stop = commands.Pause(PauseGround.FINANCIAL_OBLIGATION, "Chờ nộp tiền sử dụng đất")
    at, back = moment("2024-03-04 10:00"), moment("2024-03-05 10:00")
    for name in ("QN20", "KT22", "DL24", "KT18"):
        facts = under(name, "2024-03-04")
        state = after(under("DL24"), DRAFT, SUBMIT, ACCEPT)
        state = after(facts, commands.HandOver(state.tasks[0].key), state=state)
        if name == "KT18":
            with pytest.raises(errors.PauseNotAllowed):
                decide(state, stop, facts, at)
            continue
        with pytest.raises(errors.ReasonRequired):
            decide(state, replace(stop, reason=" "), facts, at)
        paused = after(facts, stop, state=state, at=at)
        assert (paused.is_paused, for_applicant(one(facts, state, stop, at), paused)) == (True, None)
        tell = one(facts, paused, commands.TellApplicant(paused.letters[0].task_key), at)
        assert for_applicant(tell, paused) == "dossier.paused"
        at_desk = replace(facts, at_desk=True)
        assert for_applicant(one(at_desk, state, stop, at), state) == "dossier.paused"
        with pytest.raises(errors.ReasonRequired):
            decide(paused, commands.Resume(" "), facts, back)
        goes_on = after(facts, commands.Resume("Đã nộp"), state=paused, at=back)
        assert state.due_at is not None
        assert (goes_on.is_paused, goes_on.due_at) == (False, state.due_at + timedelta(days=1))


# --- What is told ----------------------------------------------------------------------------------------
@pytest.mark.clause("DL24-8.1.a#2", "DL24-5.4", "QN20-11.1#2", "PT24-9.2.0#2")
def test_applicant_is_told_how_the_check_ended_and_when_the_result_is_there() -> None:
    for name in ("QN20", "DL24", "PT24"):
        facts = under(name, controls=True)
        filed, ((_, _), (sent, _)) = play(facts, DRAFT, SUBMIT)
        taken, ((accepted, _),) = play(facts, ACCEPT, state=filed)
        with pytest.raises((errors.ResultFirst, errors.WrongState)):
            one(facts, taken, commands.Announce())
        done, _ = walked(facts, taken, moment("2024-03-04 09:00"))
        told = [
            for_applicant(event, state)
            for event, state in (
                (sent, filed),
                (accepted, taken),
                (one(facts, filed, ASK), filed),
                (
                    one(
                        facts,
                        filed,
                        commands.Decline(
                            DeclineGround.BY_LAW, "lý do", provision="Điều 17 Nghị định số 61/2018/NĐ-CP"
                        ),
                    ),
                    filed,
                ),
                (one(facts, done, commands.Announce(), moment("2024-03-05 08:00")), done),
                (one(facts, taken, commands.HandOver(taken.tasks[0].key)), taken),  # the office's own affair
            )
        ]
        assert told == [
            "dossier.acknowledged", "dossier.accepted", "dossier.supplement_requested", "dossier.declined",
            "dossier.result_ready", None,
        ]  # fmt: skip


@pytest.mark.clause("QN20-12.2")
def test_time_and_amount_of_paying_are_those_of_the_procedure_where_the_text_says_so() -> None:
    said, silent = law.regulation("QN20"), saying("QN20", payment__time_per_procedure=None)
    for level in ("full", "partial", "none"):
        terms = money.payment_terms(level, said)
        assert (terms.by_procedure, "QN20-12.2" in terms.clauses) == (True, True)
        terms = money.payment_terms(level, silent)
        assert (terms.by_procedure, "QN20-12.2" in terms.clauses) == (False, False)
    for time in PaymentTime:
        assert money.when_due(time, None, said) == FeeDue(time)
        assert money.when_due(time, None, silent) is None


# --- Figures ---------------------------------------------------------------------------------------------
@pytest.mark.clause("DL24-5.6", "PT24-5.2", "KT18-5.1.b#2")
def test_filings_and_results_are_counted_on_their_days_with_how_long_they_took() -> None:
    counter = replace(DRAFT, contents=replace(SENT, delivery=ResultDelivery("counter")))
    for name in ("KT18", "DL24", "PT24"):
        facts = under(name, sheet=sheet(online_level=OnlineLevel.PARTIAL))
        state, told = play(facts, counter, SUBMIT, ACCEPT)
        done, more = walked(facts, state, moment("2024-03-05 08:02"))
        figures, uses, hours, before = [], [], [], None
        for event, at in [*told, *more]:
            now = fold(before, event, at)
            found = counted(event, before, now, at)
            assert (found.agency_id, found.on_day, found.step) == (TARGET.agency_id, at.date(), 1)
            figures += [(figure, at.day) for figure in found.figures]
            uses.append(is_a_filing(event))
            hours.append(hours_taken(before, now))
            before = now
        assert uses == [False, True, *[False] * (len(uses) - 2)]
        assert hours == [*[None] * (len(hours) - 1), 29]  # from Monday 8:01 to Tuesday 12:02
        assert figures == [
            (Figure.SUBMITTED, 4), (Figure.ACCEPTED, 4), (Figure.FORWARDED_LATE, 5), (Figure.GRANTED, 5),
        ]  # fmt: skip
        assert hours_taken(done, replace(done, results=done.results * 2)) is None  # only of the first


# --- Laws that change ------------------------------------------------------------------------------------
@pytest.mark.clause("DL24-26#1")
def test_law_that_came_after_the_regulation_is_read_from_its_first_day() -> None:
    whole = law.regulation("DL24")
    read = {day: whole.on(moment(f"{day} 00:00").date()) for day in ("2025-06-30", "2025-07-01")}
    assert [any_desk.is_open(each) for each in read.values()] == [False, True]
    with pytest.raises(errors.OnlyForItsOwn):
        decide(
            None,
            replace(AT_COUNTER, target=replace(AT_COUNTER.target, received_by=9)),
            under("DL24", "2025-06-30"),
            moment("2025-06-30 08:00"),
        )
    assert decide(
        None,
        replace(AT_COUNTER, target=replace(AT_COUNTER.target, received_by=9)),
        under("DL24", "2025-07-01"),
        moment("2025-07-01 08:00"),
    )
