"""Which daily figures an event raises, and which it lowers again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.world import MONDAY, moment

from motcua.dossiers.enums import Correctable, Decision, DeclineGround, Figure, Status
from motcua.dossiers.rules import events
from motcua.dossiers.rules.events import Event, Move
from motcua.dossiers.rules.figures import Counted, counted
from motcua.dossiers.rules.state import Decided, Declining, Ending, State, SupplementRequest, Term

EARLIER, NOW = MONDAY, moment("2024-03-06 09:00")
AFTER = State(Status.IN_PROGRESS, 3, TARGET, CONTENTS, filed_at=EARLIER, last_at=NOW)
ACCEPTED = events.Accepted("H15-1", EARLIER, Term(), None, 1, Move(), "H15-1")
DECLINED = events.Declined(DeclineGround.BY_LAW, "lý do", "1/TC")
ASKED = events.SupplementRequested((), "mờ", "chụp lại", "1/HDHS-1")


def up(event: Event, **after: Any) -> tuple[Figure, ...]:
    found = counted(event, AFTER, replace(AFTER, **after), NOW)
    assert (found.agency_id, found.on_day, found.step) == (TARGET.agency_id, NOW.date(), 1)
    return found.figures


@pytest.mark.parametrize(("finished", "figures"), [(0, ()), (1, (Figure.FINISHED_LATE,))])
def test_result_counts_as_late_from_the_first_minute_after_its_due_moment(
    finished: int, figures: tuple[Figure, ...]
) -> None:
    issued = events.ResultIssued("1", "Giấy phép", None, Move())
    assert up(issued, due_at=NOW, finished_at=NOW + timedelta(minutes=finished)) == figures


def test_result_counts_when_it_comes_to_the_desk_and_only_then() -> None:
    numbered = events.ResultIssued("1", "Giấy phép", None, Move(), is_on_its_way=True)
    brought = events.StepCompleted("bring", "next", Move(), missed_letter=EARLIER)
    late = {"due_at": EARLIER}
    assert up(numbered, **late) == ()
    assert up(brought, **late, finished_at=NOW) == (Figure.FINISHED_LATE, Figure.LETTER_MISSED)
    done = replace(AFTER, due_at=EARLIER, finished_at=NOW)
    after = events.StepCompleted("publish", "next", Move())
    assert counted(after, done, done, NOW).figures == ()  # a step beside it, once it is there


@pytest.mark.parametrize(("is_late", "figures"), [(False, ()), (True, (Figure.FORWARDED_LATE,))])
def test_dossier_that_left_the_desk_late_counts_as_forwarded_late(
    is_late: bool, figures: tuple[Figure, ...]
) -> None:
    assert up(events.HandedOver(Move(), is_late=is_late)) == figures


def test_withdrawal_counts_unless_it_was_only_a_draft() -> None:
    assert up(events.Withdrawn("thôi")) == (Figure.WITHDRAWN,)
    assert up(events.Withdrawn("thôi"), filed_at=None) == ()


@pytest.mark.parametrize("ending", [events.Withdrawn, events.Stopped])
def test_ending_without_a_result_counts_as_late_where_it_was(ending: Any) -> None:
    own = Figure.WITHDRAWN if ending is events.Withdrawn else Figure.STOPPED
    assert up(ending("thôi", is_late=True)) == (own, Figure.FINISHED_LATE)
    missed = ending("thôi", is_late=True, missed_letter=EARLIER)
    assert up(missed) == (own, Figure.FINISHED_LATE, Figure.LETTER_MISSED)


def test_second_supplement_request_counts_once_and_no_later_one_again() -> None:
    requests = [SupplementRequest(EARLIER, True, (), "mờ", "chụp lại")] * 3
    assert [up(ASKED, supplements=tuple(requests[:number])) for number in (1, 2, 3)] == [
        (),
        (Figure.ASKED_AGAIN,),
        (),
    ]
    assert up(ACCEPTED, supplements=tuple(requests[:2])) == (Figure.ACCEPTED,)


@pytest.mark.parametrize(
    ("event", "figures"),
    [(ACCEPTED, (Figure.ACCEPTED,)), (DECLINED, (Figure.DECLINED,)), (ASKED, ())],
)
def test_answer_to_a_filing_counts_as_late_when_it_is_this_one_that_came_late(
    event: Event, figures: tuple[Figure, ...]
) -> None:
    assert up(event) == figures
    assert up(event, answered_late_at=EARLIER) == figures  # another one was late before
    assert up(event, answered_late_at=NOW) == (*figures, Figure.ANSWERED_LATE)
    assert up(events.Withdrawn("thôi"), answered_late_at=NOW) == (Figure.WITHDRAWN,)


def test_filing_that_was_passed_on_is_a_figure_of_who_passed_it_on() -> None:
    passed_on = events.Redirected(TARGET, 99, "Sở khác", "nhầm", NOW, Move())
    assert counted(passed_on, AFTER, AFTER, NOW) == Counted(99, NOW.date(), (Figure.REDIRECTED,))


DECIDED = Decided("8", "", EARLIER, (), {}, "", "")
TAKEN_BACK = Declining("8", "", EARLIER, Status.SUBMITTED, (), None, "")
ENDED = Ending("8", "", EARLIER, Status.IN_PROGRESS, (), "", None, None, None)


@pytest.mark.parametrize(
    ("what", "before", "figures", "on"),
    [
        (Correctable.RETURN, {"returned_at": EARLIER}, (Figure.RETURNED,), EARLIER),
        (
            Correctable.RETURN,
            {"returned_at": EARLIER, "is_sent_late": True},
            (Figure.RETURNED, Figure.SENT_LATE),
            EARLIER,
        ),
        # A decision counts with its result only, after which it is not taken back.
        (Correctable.DECISION, {"decided": DECIDED, "decision": Decision.GRANT}, (), NOW),
        (Correctable.DECISION, {}, (), NOW),
        (Correctable.DECLINE, {"declining": TAKEN_BACK}, (Figure.DECLINED,), EARLIER),
        (
            Correctable.DECLINE,
            {"declining": TAKEN_BACK, "answered_late_at": EARLIER},
            (Figure.DECLINED, Figure.ANSWERED_LATE),
            EARLIER,
        ),
        (Correctable.DECLINE, {}, (), NOW),
        (Correctable.ENDING, {"ending": ENDED, "status": Status.WITHDRAWN}, (Figure.WITHDRAWN,), EARLIER),
        (Correctable.ENDING, {"ending": ENDED, "status": Status.STOPPED}, (Figure.STOPPED,), EARLIER),
        (Correctable.ENDING, {"status": Status.WITHDRAWN}, (), NOW),
        # A telephone number that is put right takes no decision back, whatever was decided.
        (Correctable.CONTACT, {"decided": DECIDED, "declining": TAKEN_BACK}, (), NOW),
    ],
)
def test_mistake_that_is_taken_back_leaves_the_figures_of_its_own_day(
    what: Correctable, before: dict[str, Any], figures: tuple[Figure, ...], on: Any
) -> None:
    event = events.Corrected(what, (), "nhầm", Move())
    found = counted(event, replace(AFTER, **before), AFTER, NOW)
    assert found == Counted(TARGET.agency_id, on.date(), figures, -1)
