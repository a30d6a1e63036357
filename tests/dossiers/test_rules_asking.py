"""Opinions, verifications, other documents, and who goes on: terms to the minute, what has to be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.dossiers.saying import saying
from tests.dossiers.test_rules_life import CONTENTS, FACTS, OFFICER, TARGET
from tests.dossiers.world import MONDAY, moment

from motcua.dossiers import errors
from motcua.dossiers.enums import DossierPart, Status
from motcua.dossiers.rules import commands, decide, events
from motcua.dossiers.rules.decide.asking import USUAL_TERM, usual_term
from motcua.dossiers.rules.decide.attaching import LONGEST
from motcua.dossiers.rules.decide.grounding import grounded
from motcua.dossiers.rules.decide.people import part_until
from motcua.dossiers.rules.life import CONSULT_STEP
from motcua.dossiers.rules.state import Apology, Consultation, OpenTask, ResultDelivery, State, Verification
from motcua.kernel.limits import TimeLimit
from motcua.law import queries as law

MINUTE = timedelta(minutes=1)
NOW, DUE = moment("2024-03-05 09:00"), moment("2024-03-05 10:00")
TASK = OpenTask("consult-3", "consult-1", CONSULT_STEP, "Cho ý kiến", "unit_head", 9, MONDAY, due_at=DUE)
ASKED = Consultation(1, "Có tranh chấp không", 9, 9, "Sở Xây dựng", MONDAY, "7", DUE)
STATE = State(
    Status.IN_PROGRESS, 5, TARGET, CONTENTS,
    filed_at=MONDAY, accepted_at=MONDAY, last_at=MONDAY, tasks=(TASK,), consultations=(ASKED,),
)  # fmt: skip
SILENT = replace(FACTS, regulation=law.regulation("KT18"))


# --- Opinions --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("dossier_due", "answer_due"),
    [
        (None, "2024-03-08 09:00"),
        ("2024-03-07 17:30", "2024-03-07 17:30"),  # silence does not hold the applicant up
        ("2024-03-12 17:30", "2024-03-08 09:00"),
        ("2024-03-05 09:00", "2024-03-08 09:00"),  # the dossier is due already
        ("2024-03-04 17:30", "2024-03-08 09:00"),
    ],
)
def test_question_without_a_term_is_answered_before_the_dossier_is_due(
    dossier_due: str | None, answer_due: str
) -> None:
    state = replace(STATE, due_at=moment(dossier_due) if dossier_due else None)
    (event,) = decide(state, commands.Consult(9, 9, "Sở khác", "unit_head", "?", ""), SILENT, NOW)
    assert isinstance(event, events.Consulted)
    assert event.due_at == moment(answer_due)


@pytest.mark.parametrize("said", [TimeLimit.parse("2wd"), None])
def test_usual_term_of_a_question_is_that_of_the_regulation_if_it_has_one(said: TimeLimit | None) -> None:
    assert usual_term(saying("KT18", consultation__default_term=said)) == (said or USUAL_TERM)


@pytest.mark.parametrize(("at", "is_late"), [(DUE, False), (DUE + MINUTE, True)])
def test_answer_and_reminder_are_late_only_after_the_last_minute_of_the_term(
    at: datetime, is_late: bool
) -> None:
    (answered,) = decide(STATE, commands.Answer("consult-3", "không"), FACTS, at)
    (reminded,) = decide(STATE, commands.Remind(1), FACTS, at)
    assert isinstance(answered, events.Answered)
    assert isinstance(reminded, events.Reminded)
    assert (answered.is_late, reminded.is_late) == (is_late, is_late)


def test_answer_to_a_question_without_a_term_is_never_late() -> None:
    state = replace(STATE, tasks=(replace(TASK, due_at=None),))
    (answered,) = decide(state, commands.Answer("consult-3", "không"), FACTS, DUE + MINUTE)
    assert isinstance(answered, events.Answered)
    assert not answered.is_late


def test_answer_that_says_nothing_is_refused() -> None:
    with pytest.raises(errors.ReasonRequired):
        decide(STATE, commands.Answer("consult-3", "  "), FACTS, NOW)


# --- Verifications ---------------------------------------------------------------------------------------
DESK, LAND = "Bộ phận Một cửa huyện", "Thửa 12"


def plan(at: datetime, place: str = LAND, *, with_applicant: bool = False) -> commands.PlanVerification:
    return commands.PlanVerification(at, place, "Chủ hồ sơ", "Ranh giới", with_applicant)


def test_verification_is_planned_for_later_and_recorded_once_it_was_held() -> None:
    assert decide(STATE, plan(NOW + MINUTE), FACTS, NOW)
    with pytest.raises(errors.BadVerificationTime):
        decide(STATE, plan(NOW), FACTS, NOW)
    assert decide(STATE, commands.RecordVerification(NOW, LAND, "An", "Mốc", "file"), FACTS, NOW)
    with pytest.raises(errors.BadVerificationTime):
        decide(STATE, commands.RecordVerification(NOW + MINUTE, LAND, "An", "Mốc", "file"), FACTS, NOW)


def test_verification_was_not_held_before_the_dossier_was_filed() -> None:
    assert decide(STATE, commands.RecordVerification(MONDAY, LAND, "An", "Mốc", "file"), FACTS, NOW)
    for held_at in (MONDAY - MINUTE, moment("1900-01-01 08:00")):
        with pytest.raises(errors.BadVerificationTime):
            decide(STATE, commands.RecordVerification(held_at, LAND, "An", "Mốc", "file"), FACTS, NOW)


CLOSED = ["2024-03-06 03:00", "2024-03-10 09:00", "2024-04-30 09:00", "2024-03-06 12:30", "2300-01-04 09:00"]


@pytest.mark.parametrize("when", CLOSED)
def test_nobody_is_invited_to_a_closed_desk(when: str) -> None:
    at = moment(when)
    for command in (commands.Invite(at, "Đối chiếu"), plan(at, DESK, with_applicant=True)):
        with pytest.raises(errors.VisitWhenClosed):
            decide(STATE, command, FACTS, NOW)
    assert decide(STATE, plan(at, LAND, with_applicant=True), FACTS, NOW)
    assert decide(STATE, plan(at, DESK), FACTS, NOW)


def test_applicant_is_invited_from_the_minute_on_in_which_the_desk_opens() -> None:
    opens = FACTS.calendar.next_opening(moment("2024-03-06 03:00"))
    assert decide(STATE, commands.Invite(opens, "Đối chiếu"), FACTS, NOW)
    with pytest.raises(errors.VisitWhenClosed):
        decide(STATE, commands.Invite(opens - MINUTE, "Đối chiếu"), FACTS, NOW)


@pytest.mark.parametrize(
    ("place", "with_applicant", "is_visit"),
    [(LAND, True, False), (DESK, False, False), (DESK, True, True)],
)
def test_verification_asks_for_a_visit_only_if_the_applicant_has_to_come_to_the_desk(
    place: str, with_applicant: bool, is_visit: bool
) -> None:
    state = replace(STATE, contents=replace(CONTENTS, delivery=ResultDelivery("online")))
    facts = replace(FACTS, regulation=law.regulation("QN20"))  # nobody need come where the result goes online
    command = plan(NOW + MINUTE, place, with_applicant=with_applicant)
    if not is_visit:
        assert decide(state, command, facts, NOW)
        return
    with pytest.raises(errors.NoVisitRemote):
        decide(state, command, facts, NOW)


@pytest.mark.clause("QN20-7.2#3")
def test_one_visit_too_many_is_planned_for_a_ground_of_its_own_only() -> None:
    state = replace(STATE, contents=replace(CONTENTS, delivery=ResultDelivery("counter")))
    facts = replace(FACTS, regulation=law.regulation("QN20"))  # the one visit is for the result
    command = plan(NOW + MINUTE, DESK, with_applicant=True)
    for ground in ("", "  "):
        with pytest.raises(errors.TooManyVisits) as caught:
            decide(state, replace(command, ground=ground), facts, NOW)
        assert caught.value.clauses == ("QN20-7.2#3",)
    (planned,) = decide(state, replace(command, ground=" Hai bản khai khác nhau "), facts, NOW)
    assert isinstance(planned, events.VerificationPlanned)
    assert planned.ground == "Hai bản khai khác nhau"
    for open_to_all in (replace(command, place=LAND), replace(command, with_applicant=False)):
        assert decide(state, open_to_all, facts, NOW)


def test_a_desk_that_was_chosen_is_a_visit_whatever_it_is_called() -> None:
    state = replace(STATE, contents=replace(CONTENTS, delivery=ResultDelivery("online")))
    facts = replace(FACTS, regulation=law.regulation("QN20"))
    command = replace(plan(NOW + MINUTE, "Quầy số 5", with_applicant=True), at_desk=True)
    with pytest.raises(errors.NoVisitRemote) as caught:
        decide(state, command, facts, NOW)
    assert caught.value.clauses == ("QN20-7.3",)
    (planned,) = decide(state, replace(command, with_applicant=False), facts, NOW)
    assert isinstance(planned, events.VerificationPlanned)
    assert planned.at_desk
    (elsewhere,) = decide(state, plan(NOW + MINUTE, with_applicant=True), facts, NOW)
    assert isinstance(elsewhere, events.VerificationPlanned)
    assert not elsewhere.at_desk


@pytest.mark.parametrize("place", ["Quầy giao dịch số 5", "Phòng 2, số 54 Hùng Vương"])
def test_name_and_address_of_a_real_desk_are_the_desk(place: str) -> None:
    state = replace(STATE, contents=replace(CONTENTS, delivery=ResultDelivery("online")))
    desks = (("Quầy giao dịch số 5", ""), ("Trung tâm", "54 Hùng Vương, phường Cẩm Thành; 492 Trần Phú"))
    facts = replace(FACTS, regulation=law.regulation("QN20"), desks=desks)
    with pytest.raises(errors.NoVisitRemote):
        decide(state, plan(NOW + MINUTE, place, with_applicant=True), facts, NOW)


def test_only_a_verification_that_is_still_planned_is_recorded_as_held() -> None:
    held = Verification(1, MONDAY, LAND, "An", "Mốc", held_at=MONDAY)
    state = replace(STATE, verifications=(held, replace(held, number=2, held_at=None)))
    record = commands.RecordVerification(NOW, LAND, "An", "Mốc", "file", number=2)
    assert decide(state, record, FACTS, NOW)
    with pytest.raises(errors.NoOpenQuestion):
        decide(state, replace(record, number=1), FACTS, NOW)


# --- Other documents -------------------------------------------------------------------------------------
ATTACH = commands.AttachDocument(DossierPart.DESK, "Giấy mời", "file")
ROOM = replace(FACTS, most_attached=9)


@pytest.mark.parametrize(("length", "fits"), [(1, True), (LONGEST, True), (LONGEST + 1, False), (0, False)])
def test_title_of_a_document_has_at_most_so_many_letters(length: int, fits: bool) -> None:
    command = replace(ATTACH, title="a" * length)
    if fits:
        assert decide(STATE, command, ROOM, NOW)
        return
    with pytest.raises(errors.TitleRequired):
        decide(STATE, command, ROOM, NOW)


def test_who_settles_has_no_part_of_the_dossier_before_it_was_taken_in() -> None:
    filed = replace(STATE, status=Status.SUBMITTED, accepted_at=None)
    settling = replace(ATTACH, part=DossierPart.SETTLING)
    assert decide(filed, ATTACH, ROOM, NOW)
    assert decide(STATE, settling, ROOM, NOW)
    with pytest.raises(errors.WrongState):
        decide(filed, settling, ROOM, NOW)


# --- Who goes on -----------------------------------------------------------------------------------------
MINE = OpenTask(
    "survey-1", "survey", "process", "Khảo sát", "case_officer", 2, MONDAY, OFFICER.id, "8wh", DUE
)
PART = OpenTask("part-1", "part", "opinion", "Cho ý kiến", "case_officer", 2, MONDAY, "9", "8wh", DUE)
CASE = replace(STATE, tasks=(MINE, PART), case_officer_id=OFFICER.id, task_serial=3)
COLLEAGUES = replace(FACTS, assignees={"8": "Nguyễn Văn Em"})


@pytest.mark.parametrize(
    ("task_key", "name", "moved", "before"),
    [("", "", ["survey-1"], "7"), ("part-1", "Cho ý kiến", ["part-1"], "9")],
)
def test_case_changes_hands_with_its_officers_own_tasks_and_a_single_task_alone(
    task_key: str, name: str, moved: list[str], before: str
) -> None:
    (event,) = decide(CASE, commands.Reassign("8", "nghỉ ốm", task_key), COLLEAGUES, NOW)
    assert isinstance(event, events.Reassigned)
    assert (event.task_name, event.from_officer_id) == (name, before)
    assert [task.key for task in event.move.opened] == list(event.move.closed) == moved
    assert {task.officer_id for task in event.move.opened} == {"8"}
    assert [task.due_at for task in event.move.opened] == [DUE]  # no reason to wait longer


def entrusted(limit: str, case: State = CASE) -> OpenTask:
    command = commands.Entrust("part-1", 5, 6, "Sở Tài chính", "unit_head", "Thẩm định giá", limit)
    (event,) = decide(case, command, FACTS, NOW)
    assert isinstance(event, events.Entrusted)
    (given,) = event.move.opened
    return given


def test_part_that_is_entrusted_keeps_the_term_of_its_step_or_has_the_shorter_one_that_is_named() -> None:
    kept, named = entrusted(""), entrusted("1wh")
    assert (kept.limit, kept.opened_at, kept.due_at) == ("8wh", MONDAY, DUE)
    assert (named.limit, named.opened_at, named.due_at) == ("1wh", NOW, DUE)  # to the same minute, no later
    assert (kept.officer_id, kept.elsewhere) == (None, "Sở Tài chính")


@pytest.mark.parametrize("limit", ["sớm", "0wh"])
def test_term_of_a_part_without_sense_is_refused(limit: str) -> None:
    with pytest.raises(errors.BadPartTerm):
        entrusted(limit)


def test_term_of_a_part_beyond_that_of_its_step_is_refused_by_no_clause() -> None:
    with pytest.raises(errors.PartTermTooLong) as refused, grounded("entrust", "PT24"):
        entrusted("2wh")
    assert (refused.value.clauses, refused.value.params) == ((), {"until": DUE})


def promised(due_at: str) -> State:
    """The case whose part has no term of its own, and by when its dossier is promised."""
    return replace(CASE, tasks=(MINE, replace(PART, limit="", due_at=None)), due_at=moment(due_at))


def test_term_of_a_part_ends_by_the_promise_where_its_step_has_none() -> None:
    case = promised("2024-03-05 10:00")
    assert entrusted("1wh", case).due_at == case.due_at
    for limit in ("2wh", "300wd"):
        with pytest.raises(errors.PartTermTooLong) as refused:
            entrusted(limit, case)
        assert refused.value.params == {"until": case.due_at}


def test_promise_that_had_passed_bounds_no_part() -> None:
    for due_at in ("2024-03-05 09:00", "2024-03-04 17:00"):
        assert entrusted("2wh", promised(due_at)).due_at == moment("2024-03-05 11:00")


def test_part_is_bound_by_the_first_promise_where_a_letter_came_too_late() -> None:
    letter = Apology(MONDAY, "chờ", moment("2024-03-05 10:00"), moment("2024-03-08 17:00"), is_timely=False)
    late = replace(promised("2024-03-08 17:00"), apologies=(letter,), promised_at=moment("2024-03-05 10:00"))
    with pytest.raises(errors.PartTermTooLong):
        entrusted("2wh", late)
    assert entrusted("2wh", replace(late, apologies=(replace(letter, is_timely=True),))).limit == "2wh"


def test_part_that_is_given_on_is_told_by_when_it_must_be_done() -> None:
    case = promised("2024-03-05 10:00")
    bare = case.tasks[-1]
    assert part_until(case, bare, NOW) == case.due_at
    assert part_until(case, bare, moment("2024-03-05 10:00")) is None
    assert part_until(case, PART, NOW) == DUE
    assert part_until(replace(case, due_at=None), bare, NOW) is None
