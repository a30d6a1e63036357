"""What a regulation says is read by the rule, not fixed in code: another value, another outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.saying import saying
from tests.dossiers.test_rules_life import CONTENTS, FACTS, FIRST, TARGET
from tests.dossiers.world import MONDAY, STEPS, moment, steps

from motcua.agencies.enums import Role
from motcua.dossiers import errors
from motcua.dossiers.enums import Capacity, Decision
from motcua.dossiers.rules import commands, decide, fold
from motcua.dossiers.rules.assigning import awaits_assignment
from motcua.dossiers.rules.awaiting import verifications_awaited
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.facts import Facts
from motcua.dossiers.rules.moves import role_of
from motcua.dossiers.rules.notices import number_to_call
from motcua.dossiers.rules.receipt import awaits_its_receipt, receipt_after_supplement
from motcua.dossiers.rules.state import Applicant, Contents, ResultDelivery, State, SupplementItem
from motcua.law import queries as law
from motcua.law.rules import Regulation
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import ProcessDefinition, Step
from motcua.worktime import rules as worktime

TO_BE_SENT = replace(FIRST, contents=replace(CONTENTS, delivery=ResultDelivery("online")))
COUNTER = commands.Register(replace(TARGET, channel="counter"), CONTENTS, "key", "YC-1")
POSTAL = commands.Register(replace(TARGET, channel="postal"), CONTENTS, "key", "YC-1")


def under(regulation: Regulation | str, *roles: tuple[str, str]) -> Facts:
    """The facts under a regulation, with a process whose named steps are other roles'."""
    given = law.regulation(regulation) if isinstance(regulation, str) else regulation
    other = dict(roles)
    changed = tuple(replace(step, role=other.get(step.key, step.role)) for step in steps())
    return replace(FACTS, regulation=given, definition=ProcessDefinition(1, "Quy trình", "1.000001", changed))


def after(facts: Facts, *given: commands.Command) -> State:
    state: State | None = None
    at = MONDAY
    for command in given:
        at += timedelta(minutes=1)
        for event in decide(state, command, facts, at):
            state = fold(state, event, at)
    assert state is not None
    return state


def open_step(facts: Facts, state: State) -> str:
    (task,) = state.tasks
    return task.key


def accepted() -> State:
    """Taken in under DL24; the acts that follow may be decided under another regulation."""
    return after(FACTS, FIRST, commands.Submit("key", "YC-1", CONSENT), commands.Accept("H15-1"))


def on(facts: Facts, state: State, *given: object) -> State:
    """The state after commands, each made with the key of the one open task."""
    at = state.last_at or MONDAY
    for make in given:
        at += timedelta(minutes=1)
        command = make(open_step(facts, state))  # type: ignore[operator]
        for event in decide(state, command, facts, at):
            state = fold(state, event, at)
    return state


# --- Channels and who files ------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["KT18", "QN20", "KT22", "DL24", "PT24"])
@pytest.mark.parametrize("command", [FIRST, COUNTER, POSTAL])
def test_all_five_regulations_take_what_is_filed_online_by_post_and_at_the_counter(
    name: str, command: commands.Command
) -> None:
    assert decide(None, command, under(name), MONDAY)


@pytest.mark.parametrize("command", [COUNTER, POSTAL])
def test_way_that_the_regulation_does_not_have_is_refused_with_its_clauses(command: commands.Command) -> None:
    only_online = under(saying("DL24", filing__channels=("online",)))
    if command is COUNTER:  # the desk itself is always open
        assert decide(None, command, only_online, MONDAY)
        return
    with pytest.raises(errors.ChannelNotInRegulation) as refused:
        decide(None, command, only_online, MONDAY)
    assert refused.value.clauses == ("DL24-1",)


def test_draft_may_not_be_sent_once_the_regulation_has_no_online_filing() -> None:
    state = after(FACTS, FIRST)
    no_online = under(saying("DL24", filing__channels=("postal",)))
    with pytest.raises(errors.ChannelNotInRegulation):
        decide(state, commands.Submit("key", "YC-1", CONSENT), no_online, MONDAY + timedelta(hours=1))


@pytest.mark.clause("KT22-1.2.c", "KT22-1.2.g", "PT24-8.2")
@pytest.mark.parametrize("name", ["KT22", "PT24"])
@pytest.mark.parametrize("capacity", list(Capacity))
def test_those_whom_the_regulation_names_file_for_others(name: str, capacity: Capacity) -> None:
    contents = replace(CONTENTS, submitter_name="Bình", capacity=capacity, authority="Hợp đồng 12")
    command = replace(COUNTER, contents=contents)
    assert decide(None, command, under(name), MONDAY)
    nobody_but_authorised = under(saying(name, filing__through=("authorised",)))
    if capacity in (Capacity.AUTHORISED, Capacity.REPRESENTATIVE):
        assert decide(None, command, nobody_but_authorised, MONDAY)
        return
    with pytest.raises(errors.CapacityNotNamed):
        decide(None, command, nobody_but_authorised, MONDAY)


# --- Who assigns, who decides ----------------------------------------------------------------------------
def step(key: str) -> Step:
    return next(each for each in steps() if each.key == key)


@pytest.mark.clause("DL24-9.1.a#1", "PT24-10.1.a#1")
@pytest.mark.parametrize(
    ("name", "printed", "does"),
    [
        ("DL24", "case_officer", "unit_head"),
        ("PT24", "receiver", "unit_head"),
        ("DL24", "approver", "approver"),
        ("PT24", "approver", "approver"),
        ("KT18", "approver", "unit_head"),  # the unit proposes, the leader decides
        ("KT22", "case_officer", "case_officer"),  # silent: as the process has it
        ("QN20", "receiver", "receiver"),
    ],
)
def test_assigning_is_a_heads_where_the_regulation_says_so(name: str, printed: str, does: str) -> None:
    facts = under(name, ("assign", printed))
    state = on(facts, accepted(), commands.HandOver)
    (task,) = state.tasks
    assert (task.step_key, task.role) == ("assign", does)


@pytest.mark.parametrize(
    ("name", "is_assigned"),
    [
        pytest.param("DL24", True, marks=pytest.mark.clause("DL24-9.1.a#1")),
        pytest.param("PT24", True, marks=pytest.mark.clause("PT24-10.1.a#1")),
        pytest.param("KT18", True, marks=pytest.mark.clause("KT18-15.0")),
        ("KT22", False),
        ("QN20", False),
    ],
)
def test_work_that_nobody_has_is_assigned_without_a_step_where_the_regulation_says_who_assigns(
    name: str, is_assigned: bool
) -> None:
    without = tuple(row for row in STEPS if row[1] is not StepKind.ASSIGN)
    definition = ProcessDefinition(1, "Quy trình", "1.000001", steps(without))
    facts = replace(under(name), definition=definition, assignees={"7": "Lý Văn Hai"})
    state = on(facts, accepted(), commands.HandOver)
    (task,) = state.tasks
    assert (task.kind, task.officer_id) == ("process", None)
    assert awaits_assignment(state, task, facts.regulation) is is_assigned
    if not is_assigned:
        with pytest.raises(errors.WrongTask):
            decide(state, commands.Assign(task.key, "7"), facts, MONDAY + timedelta(hours=3))
        return
    with pytest.raises(errors.BadAssignee):
        decide(state, commands.Assign(task.key, "8"), facts, MONDAY + timedelta(hours=3))
    given = on(facts, state, lambda key: commands.Assign(key, "7"))
    (theirs,) = given.tasks
    assert (theirs.key, theirs.officer_id, theirs.due_at) == (task.key, "7", task.due_at)
    assert given.case_officer_id == "7"
    assert not awaits_assignment(given, theirs, facts.regulation)


@pytest.mark.clause("DL24-20.2", "KT18-15.2", "KT18-15.0")
@pytest.mark.parametrize(
    ("name", "decision", "decides"),
    [
        ("DL24", Decision.REFUSE, "approver"),
        ("DL24", Decision.GRANT, "unit_head"),
        ("KT18", Decision.REFUSE, "approver"),
        ("KT18", Decision.GRANT, "approver"),
        ("KT22", Decision.REFUSE, "unit_head"),
        ("PT24", Decision.REFUSE, "unit_head"),
    ],
)
def test_refusal_goes_to_the_leader_whom_the_process_passes_over(
    name: str, decision: Decision, decides: str
) -> None:
    facts = under(name, ("approve", "unit_head"))
    state = on(
        facts,
        accepted(),
        commands.HandOver,
        lambda key: commands.Assign(key, "7"),
        lambda key: commands.Propose(key, decision, "vì sao"),
    )
    (task,) = state.tasks
    assert (task.step_key, task.role) == ("approve", decides)
    assert task.unit_id == (TARGET.posting.leadership if decides == "approver" else TARGET.posting.settling)


@given(
    st.sampled_from(steps()), st.sampled_from(["KT18", "QN20", "KT22", "DL24", "PT24"]), st.sampled_from(Role)
)
def test_regulations_change_who_does_a_step_only_where_they_speak_of_it(
    one: Step, name: str, role: Role
) -> None:
    facts = under(name, (one.key, role.value))
    state = accepted()
    changed = role_of(facts.process.step(one.key), state, facts)
    if changed != role.value:
        assert one.key in ("assign", "approve")
        assert changed in ("unit_head", "approver")


# --- Opinions --------------------------------------------------------------------------------------------
def asking(facts: Facts, limit: str) -> tuple[State, datetime]:
    state = on(facts, accepted(), commands.HandOver, lambda key: commands.Assign(key, "7"))
    at = (state.last_at or MONDAY) + timedelta(minutes=1)
    command = commands.Consult(9, 9, "Sở khác", "unit_head", "Có tranh chấp không", limit)
    return fold(state, decide(state, command, facts, at)[0], at), at


@pytest.mark.clause("DL24-9.1.b#1", "PT24-10.1.b#1")
@pytest.mark.parametrize("name", ["DL24", "PT24"])
def test_question_names_a_term_where_the_regulation_asks_for_one(name: str) -> None:
    with pytest.raises(errors.ConsultTermRequired) as refused:
        asking(under(name), "")
    assert refused.value.clauses == law.regulation(name).clauses("consultation.term")
    state, at = asking(under(name), "1wd")
    (asked,) = state.consultations
    assert at < asked.due_at
    assert (asked.question, asked.to_name) == ("Có tranh chấp không", "Sở khác")


@pytest.mark.parametrize("name", ["KT18", "QN20", "KT22"])
def test_question_without_a_term_gets_the_default_and_never_more_than_the_dossier(name: str) -> None:
    facts = under(name)
    state, at = asking(facts, "")
    usual = law.regulation(name).limit("consultation.default_term")
    assert usual is not None
    assert state.due_at is not None
    assert state.consultations[0].due_at == min(worktime.due_at(facts.calendar, at, usual), state.due_at)


# --- Supplements before acceptance -----------------------------------------------------------------------
@pytest.mark.clause("DL24-8.1.c#1", "PT24-9.2.c#1")
@pytest.mark.parametrize(
    ("says", "received"),
    [
        ("restart", "2024-03-06 09:00"),
        (None, "2024-03-06 09:00"),
        # Received on Monday at 8, asked at 10, answered on Wednesday at 9: two hours had run before.
        ("pause", "2024-03-05 17:00"),
    ],
)
def test_clock_of_a_supplement_at_intake_is_the_regulations(
    says: str | None, received: str, regulation: str
) -> None:
    facts = replace(FACTS, regulation=saying(regulation, supplement__clock_at_intake=says))
    filed = after(facts, TO_BE_SENT, commands.Submit("key", "YC-1", CONSENT))
    filed = replace(filed, received_at=MONDAY)
    got = receipt_after_supplement(filed, moment("2024-03-04 10:00"), moment("2024-03-06 09:00"), facts)
    assert got == moment(received)


@pytest.mark.clause("DL24-8.1.c#1", "PT24-9.2.c#1")
@pytest.mark.parametrize(("says", "is_new"), [(None, True), ("restart", True), ("pause", False)])
def test_moment_of_a_filing_is_promised_no_more_once_a_supplement_will_give_it(
    says: str | None, regulation: str, *, is_new: bool
) -> None:
    facts = replace(FACTS, regulation=saying(regulation, supplement__clock_at_intake=says))
    state = after(facts, TO_BE_SENT, commands.Submit("key", "YC-1", CONSENT))
    assert not awaits_its_receipt(state, facts.regulation)
    ask = commands.RequestSupplement((SupplementItem("paper", "bản rõ"),), "mờ", "chụp lại")
    asked_at = moment("2024-03-05 10:00")
    state = fold(state, decide(state, ask, facts, asked_at)[0], asked_at)
    assert awaits_its_receipt(state, facts.regulation) is is_new
    later = moment("2024-03-06 09:00")
    state = fold(state, decide(state, commands.Supplement(CONTENTS.documents), facts, later)[0], later)
    assert not awaits_its_receipt(state, facts.regulation)


def test_paused_clock_keeps_the_opening_time_that_ran_before_the_request() -> None:
    paused = replace(FACTS, regulation=saying("DL24", supplement__clock_at_intake="pause"))
    state = after(paused, FIRST, commands.Submit("key", "YC-1", CONSENT))
    ask = commands.RequestSupplement((SupplementItem("paper", "bản rõ"),), "mờ", "chụp lại")
    asked_at, came_at = moment("2024-03-04 10:00"), moment("2024-03-08 16:00")
    state = fold(state, decide(state, ask, paused, asked_at)[0], asked_at)
    first = state.received_at
    brought = commands.Supplement(CONTENTS.documents)
    state = fold(state, decide(state, brought, paused, came_at)[0], came_at)
    assert first is not None
    assert state.received_at is not None
    ran = paused.calendar.open_minutes(first, asked_at)
    assert paused.calendar.open_minutes(state.received_at, came_at) == ran


# --- Channels of an apology ------------------------------------------------------------------------------
@pytest.mark.clause("PT24-10.3#4")
@pytest.mark.parametrize(
    ("owner", "email", "channels", "called"),
    [
        ("", "", ("email", "sms", "phone", "social"), "0905000001"),  # PT24: the telephone is a channel
        ("", "", None, "0905000001"),  # silent
        ("", "", ("email",), ""),
        ("", "an@example.vn", ("email", "phone"), ""),
        ("7", "", ("email", "phone"), ""),  # the account's inbox tells
    ],
)
def test_who_cannot_be_written_to_is_called_where_the_telephone_is_a_channel(
    owner: str, email: str, channels: tuple[str, ...] | None, called: str
) -> None:
    person = Applicant("An", phone="0905000001", email=email)
    state = replace(accepted(), owner_id=owner, contents=Contents(person))
    assert number_to_call(state, saying("PT24", apology__channels=channels)) == called


# --- Verifications ---------------------------------------------------------------------------------------
@pytest.mark.clause("DL24-9.1.c", "PT24-10.1.c#3")
@pytest.mark.parametrize("missing", ["place", "participants", "content"])
@pytest.mark.parametrize("name", ["DL24", "PT24"])
def test_verification_is_recorded_with_what_the_regulation_names(name: str, missing: str) -> None:
    facts = under(name)
    state = on(facts, accepted(), commands.HandOver)
    at = (state.last_at or MONDAY) + timedelta(minutes=1)
    said = {"place": "Thửa 12", "participants": "Chủ hồ sơ", "content": "Ranh giới"}
    command = commands.PlanVerification(at + timedelta(days=1), **said | {missing: " "}, with_applicant=True)
    with pytest.raises(errors.VerificationIncomplete):
        decide(state, command, facts, at)
    others = tuple(one for one in ("time", *said) if one != missing)
    assert decide(state, command, under(saying(name, verification__record=others)), at)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("DL24", marks=pytest.mark.clause("DL24-9.1.c")),
        pytest.param("PT24", marks=pytest.mark.clause("PT24-10.1.c#2", "PT24-10.1.c#3")),
    ],
)
def test_what_was_found_on_the_spot_is_on_record_with_its_file(name: str) -> None:
    """Time, place, who was there, what was found and the paper, as planned and as held."""
    facts = under(name)
    state = on(facts, accepted(), commands.HandOver)
    at = (state.last_at or MONDAY) + timedelta(minutes=1)
    planned_for = at + timedelta(days=1)
    for command, then in (
        (commands.PlanVerification(planned_for, "Thửa 12", "Ông An", "Ranh giới", True), at),
        (
            commands.RecordVerification(planned_for, "Thửa 14", "Bà Bình", "Đúng mốc", "tep-1", 1),
            planned_for + timedelta(hours=1),
        ),
    ):
        (event,) = decide(state, command, facts, then)
        state = fold(state, event, then)
    (found,) = state.verifications
    assert (found.number, found.planned_for, found.held_at) == (1, planned_for, planned_for)
    assert (found.place, found.participants, found.content) == ("Thửa 14", "Bà Bình", "Đúng mốc")
    assert (found.file_id, found.with_applicant, verifications_awaited(state)) == ("tep-1", True, ())
