"""What the desk decides at intake, to the minute, and which verbs are open at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.dossiers.saying import saying
from tests.dossiers.test_rules_filing import asked, filed
from tests.dossiers.test_rules_life import CONTENTS, FACTS, TARGET
from tests.dossiers.test_rules_obey_values import accepted
from tests.dossiers.world import MONDAY, moment

from motcua.dossiers import errors
from motcua.dossiers.enums import DeclineGround, JoinProof, Status, Verb
from motcua.dossiers.rules import commands, decide, events, fold
from motcua.dossiers.rules.decide import is_open, lateness, table
from motcua.dossiers.rules.life import OPEN_IN
from motcua.dossiers.rules.state import ClockPause, State, SupplementProposal
from motcua.law.queries import regulation

MINUTE = timedelta(minutes=1)
LATER = MONDAY + timedelta(hours=1)
ACCEPT = commands.Accept("H15-1")
SATURDAY, NEXT_OPENING = moment("2024-03-09 09:00"), moment("2024-03-11 07:30")


# --- Which verbs are open --------------------------------------------------------------------------------
def test_verb_is_open_in_the_statuses_of_its_row_and_one_that_nobody_knows_in_none() -> None:
    for status in Status:
        state = State(status, 1, TARGET, CONTENTS)
        assert [verb for verb in Verb if is_open(state, verb)] == [
            verb for verb in Verb if verb in OPEN_IN and status in OPEN_IN[verb]
        ]
        assert not is_open(state, "vanish")


def test_work_waits_for_the_control_of_a_supplement_request_but_the_applicant_does_not() -> None:
    proposal = SupplementProposal((), "mờ", "chụp lại", "")
    state = replace(accepted(), proposed_supplement=proposal)
    at = LATER + timedelta(hours=1)
    with pytest.raises(errors.AwaitingControl):
        decide(state, commands.HandOver(state.tasks[0].key), FACTS, at)
    assert decide(state, commands.Withdraw("thôi", MONDAY.date(), "đơn"), FACTS, at)


@pytest.mark.parametrize(
    ("kind", "verb", "expected"),
    [
        ("accepted", Verb.ACCEPT, True),
        ("step_completed", Verb.APPROVE, True),
        ("approved", Verb.APPROVE, True),
        ("refused", Verb.APPROVE, False),
        ("approved", Verb.REFUSE, False),
        ("vanished", Verb.ACCEPT, False),
    ],
)
def test_event_is_the_outcome_of_the_verbs_that_record_it(kind: str, verb: Verb, expected: bool) -> None:
    assert table.is_outcome(kind, verb) is expected


# --- Taking in -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("has_forwarding_term", "limit", "due"),
    [(True, "", "2024-03-05 08:00"), (False, "4wh", "2024-03-04 14:30")],
)
def test_intake_is_over_by_the_regulations_term_or_where_it_has_none_by_the_steps(
    has_forwarding_term: bool, limit: str, due: str
) -> None:
    said = {} if has_forwarding_term else {"intake__forward_limit": None}
    facts = replace(FACTS, regulation=saying("DL24", **said))
    (event,) = decide(filed(), ACCEPT, facts, moment("2024-03-04 08:30"))
    assert isinstance(event, events.Accepted)
    (task,) = event.move.opened
    assert (task.limit, task.due_at) == (limit, moment(due))


def test_receipt_is_given_for_what_was_taken_in_and_for_nothing_before() -> None:
    with pytest.raises(errors.WrongState):
        decide(asked("paper"), commands.IssueReceipt(), FACTS, LATER)


def test_what_was_taken_in_is_not_declined_any_more() -> None:
    waiting = replace(accepted(), status=Status.AWAITING_SUPPLEMENT)
    with pytest.raises(errors.WrongState):
        decide(
            waiting,
            commands.Decline(DeclineGround.BY_LAW, "lý do", provision="Điều 17 Nghị định số 61/2018/NĐ-CP"),
            FACTS,
            LATER,
        )


@pytest.mark.parametrize(
    ("provision", "names"),
    [
        ("Điều 17 Nghị định số 61/2018/NĐ-CP", True),
        ("khoản 2 Điều 5 Luật Hộ tịch.", True),
        ("điểm a khoản 1 Đ8 NĐ 123/2015/NĐ-CP", True),
        ("", False),
        ("\u200b", False),
        ("theo quy định của pháp luật", False),
        ("Điều 17", False),
        ("Nghị định số 61/2018/NĐ-CP", False),
    ],
)
def test_who_declines_by_a_law_names_its_article_and_the_document(provision: str, names: bool) -> None:
    command = commands.Decline(DeclineGround.BY_LAW, "lý do", provision=provision)
    if not names:
        with pytest.raises(errors.ProvisionRequired):
            decide(filed(), command, FACTS, LATER)
        return
    (declined, *_) = decide(filed(), command, FACTS, LATER)
    assert isinstance(declined, events.Declined)
    assert declined.told == f"lý do\nCăn cứ: {provision.rstrip('.')}."


@pytest.mark.parametrize(("competent", "guidance"), [("UBND xã", ""), ("", "Nộp tại xã"), ("", "")])
def test_who_came_to_the_wrong_agency_is_told_which_one_is_right_and_where_to_file_there(
    competent: str, guidance: str
) -> None:
    command = commands.Decline(DeclineGround.NOT_COMPETENT, "lý do", competent, guidance)
    with pytest.raises(errors.WayRequired):
        decide(filed(), command, FACTS, LATER)
    assert decide(filed(), replace(command, ground=DeclineGround.DUPLICATE), FACTS, LATER)


@pytest.mark.parametrize(
    ("channel", "name", "is_kept"),
    [
        ("online", "DL24", True),
        ("online", "PT24", True),
        ("online", "QN20", True),
        ("online", "KT18", False),
        ("online", "KT22", False),
        ("postal", "DL24", False),
    ],
)
def test_filing_that_was_passed_on_is_checked_anew_and_keeps_its_receipt_as_the_regulation_ties_it(
    channel: str, name: str, is_kept: bool
) -> None:
    facts = replace(FACTS, regulation=regulation(name))
    state = replace(filed(), target=replace(TARGET, channel=channel))
    command = commands.Redirect(replace(TARGET, agency_id=99), "Sở khác", "nhầm nơi")
    (event,) = decide(state, command, facts, SATURDAY)
    assert isinstance(event, events.Redirected)
    assert state.received_at not in (None, event.arrived_at)
    assert event.received_at == (state.received_at if is_kept else event.arrived_at)
    assert [task.key for task in event.move.opened] == ["check-2"]
    after = fold(state, event, SATURDAY)
    assert (after.task_serial, after.passed_on_at) == (2, event.arrived_at)


def test_other_desk_forwards_in_its_own_time_and_not_in_what_the_first_one_used_up() -> None:
    command = commands.Redirect(replace(TARGET, agency_id=99), "Sở khác", "nhầm nơi")
    (event,) = decide(filed(), command, FACTS, SATURDAY)
    state = fold(filed(), event, SATURDAY)
    (event,) = decide(state, ACCEPT, FACTS, NEXT_OPENING + MINUTE)
    assert isinstance(event, events.Accepted)
    assert event.received_at == filed().received_at
    (task,) = event.move.opened
    assert task.due_at is not None
    assert task.due_at > NEXT_OPENING + MINUTE


@pytest.mark.parametrize("minutes", [0, 1])
def test_hand_over_is_late_only_after_the_last_minute_of_its_term(minutes: int) -> None:
    state = accepted()
    (task,) = state.tasks
    assert task.due_at is not None
    (event,) = decide(state, commands.HandOver(task.key), FACTS, task.due_at + minutes * MINUTE)
    assert isinstance(event, events.HandedOver)
    assert event.is_late is bool(minutes)


def test_hand_over_without_a_term_is_never_late_and_the_check_before_acceptance_is_none() -> None:
    state = accepted()
    untimed = replace(state, tasks=(replace(state.tasks[0], due_at=None),))
    (event,) = decide(untimed, commands.HandOver(state.tasks[0].key), FACTS, SATURDAY)
    assert isinstance(event, events.HandedOver)
    assert not event.is_late
    checking = replace(state, tasks=filed().tasks)
    with pytest.raises(errors.WrongTask):
        decide(checking, commands.HandOver("check-1"), FACTS, LATER)


def test_dossier_that_is_in_an_account_comes_into_no_other() -> None:
    state = replace(accepted(), target=replace(TARGET, channel="counter"), owner_id="")
    person = replace(CONTENTS.applicant, personal_id="066090000001")
    state = replace(state, contents=replace(CONTENTS, applicant=person))
    command = commands.JoinAccount("5", "066090000001", "An", next(iter(JoinProof)))
    assert decide(state, command, FACTS, LATER)
    with pytest.raises(errors.AlreadyInAccount):
        decide(replace(state, owner_id="4"), command, FACTS, LATER)


# --- A new date ------------------------------------------------------------------------------------------
def test_new_date_lies_behind_what_was_promised_and_is_set_only_while_the_term_runs() -> None:
    state = replace(accepted(), due_at=moment("2024-03-07 17:30"))
    command = commands.Extend(moment("2024-03-08 08:00").date(), "đông")
    assert decide(state, command, FACTS, LATER)
    with pytest.raises(errors.BadNewDate):  # the same closing
        decide(state, commands.Extend(moment("2024-03-07 08:00").date(), "đông"), FACTS, LATER)
    with pytest.raises(errors.BadNewDate):  # a day of which no calendar knows
        decide(state, commands.Extend(moment("1900-01-04 08:00").date(), "đông"), FACTS, LATER)
    with pytest.raises(errors.WrongState):
        decide(replace(state, pauses=(ClockPause(LATER, "supplement"),)), command, FACTS, LATER)


@pytest.mark.parametrize("due", ["2024-03-07 17:30", "2024-02-01 17:30"])
def test_new_date_lies_within_a_year_of_what_was_promised_or_of_the_letter(due: str) -> None:
    state = replace(accepted(), due_at=moment(due))
    last = lateness.last_new_day(moment(due), LATER)
    assert last == (max(moment(due), LATER) + timedelta(days=366)).date()
    days = [last - timedelta(days=days) for days in range(7)]
    nearest = next(day for day in days if FACTS.calendar.is_working_day(day))
    assert decide(state, commands.Extend(nearest, "đông"), FACTS, LATER)
    for day in (last + timedelta(days=1), date(2100, 12, 31), date(2160, 1, 4), date(9999, 12, 31)):
        with pytest.raises(errors.NewDateTooFar) as refused:
            decide(state, commands.Extend(day, "đông"), FACTS, LATER)
        assert refused.value.params == {"last": last}
        assert refused.value.clauses == ()
