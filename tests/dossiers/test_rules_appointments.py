"""Verifications that do not take place as planned: what the applicant knows, and of what they are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.dossiers.test_rules_asking import DESK, FACTS, LAND, NOW, STATE, plan

from motcua.dossiers import errors
from motcua.dossiers.rules import commands, decide, events
from motcua.dossiers.rules.appointments import expected, known_as, moved_to
from motcua.dossiers.rules.fold import fold
from motcua.dossiers.rules.life import LETTER_STEP
from motcua.dossiers.rules.notices import for_applicant, for_desk
from motcua.dossiers.rules.state import ResultDelivery, State
from motcua.law import queries as law

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FIRST, SECOND, THIRD = NOW + DAY, NOW + 2 * DAY, NOW + 3 * DAY
KIND = events.VerificationCalledOff.KIND


def on(state: State, *many: commands.Command, at: datetime = NOW) -> State:
    for command in many:
        (event,) = decide(state, command, FACTS, at)
        state = fold(state, event, at)
    return state


def tell(state: State) -> State:
    return on(state, commands.TellApplicant(state.letters[-1].task_key))


def off(number: int = 1, to: datetime | None = None, place: str = "") -> commands.CallOffVerification:
    return commands.CallOffVerification(number, "Trời mưa", to, place)


def event_of(state: State, command: commands.Command, at: datetime = NOW) -> events.VerificationCalledOff:
    (event,) = decide(state, command, FACTS, at)
    assert isinstance(event, events.VerificationCalledOff)
    return event


INVITED = tell(on(STATE, plan(FIRST, with_applicant=True)))
UNSENT = on(STATE, plan(FIRST, with_applicant=True))
ALONE = on(STATE, plan(FIRST))


def letters(state: State) -> list[tuple[str, int]]:
    return [(each.of, each.number) for each in state.letters]


def open_letters(state: State) -> list[str]:
    return [task.key for task in state.tasks if task.kind == LETTER_STEP]


def test_applicant_who_was_invited_is_told_by_the_desk_that_it_does_not_take_place() -> None:
    event = event_of(INVITED, off())
    after = fold(INVITED, event, NOW)
    assert (event.told, letters(after)) == (1, [(KIND, 1)])
    assert open_letters(after) == [after.letters[0].task_key]
    assert (for_applicant(event, after), for_desk(event, after)) == (None, "desk.letter")
    (told,) = decide(after, commands.TellApplicant(after.letters[0].task_key), FACTS, NOW)
    assert for_applicant(told, after) == "dossier.verification_called_off"
    assert fold(after, told, NOW).letters == ()


def test_moved_appointment_is_told_in_one_letter_with_both_moments() -> None:
    after = on(INVITED, off(to=SECOND, place="Thửa 14"))
    assert letters(after) == [(KIND, 1)]
    old, new = after.verifications
    assert (old.called_off, old.moved_to) == ("Trời mưa", 2)
    assert (new.number, new.planned_for, new.place) == (2, SECOND, "Thửa 14")
    assert (new.participants, new.content, new.with_applicant) == ("Chủ hồ sơ", "Ranh giới", True)
    assert moved_to(after, 1) == new
    assert known_as(after, 2) == 1
    assert known_as(tell(after), 2) == 2


def test_invitation_that_did_not_go_out_only_falls() -> None:
    event = event_of(UNSENT, off())
    after = fold(UNSENT, event, NOW)
    assert (event.told, letters(after), open_letters(after)) == (0, [], [])
    assert (for_applicant(event, after), for_desk(event, after)) == (None, None)


def test_invitation_that_did_not_go_out_is_for_the_new_moment_where_it_was_moved() -> None:
    after = on(UNSENT, off(to=SECOND))
    assert letters(after) == [(events.VerificationPlanned.KIND, 2)]
    assert len(open_letters(after)) == 1
    (told,) = decide(after, commands.TellApplicant(after.letters[0].task_key), FACTS, NOW)
    assert for_applicant(told, after) == "dossier.verification_planned"


@pytest.mark.parametrize("to", [None, SECOND])
def test_verification_without_the_applicant_is_told_to_nobody(to: datetime | None) -> None:
    event = event_of(ALONE, off(to=to))
    after = fold(ALONE, event, NOW)
    assert (letters(after), for_applicant(event, after), for_desk(event, after)) == ([], None, None)


def test_who_sits_at_the_desk_tells_it_at_once() -> None:
    facts = replace(FACTS, at_desk=True)
    for state, command, key in (
        (INVITED, off(), "dossier.verification_called_off"),
        (INVITED, off(to=SECOND), "dossier.verification_called_off"),
        (UNSENT, off(), None),
        (UNSENT, off(to=SECOND), "dossier.verification_planned"),
        (ALONE, off(), None),
    ):
        (event,) = decide(state, command, facts, NOW)
        after = fold(state, event, NOW)
        assert (open_letters(after), letters(after)) == ([], [])
        assert for_applicant(event, after) == key


def test_move_that_was_not_told_yet_is_told_as_it_stands_last() -> None:
    """The applicant knows the first moment until one letter tells them of the last."""
    twice = on(INVITED, off(to=SECOND), off(2, to=THIRD))
    assert (letters(twice), len(open_letters(twice))) == ([(KIND, 1)], 1)
    now = moved_to(twice, 1)
    assert now is not None
    assert now.planned_for == THIRD
    over = on(INVITED, off(to=SECOND), off(2))
    assert (letters(over), len(open_letters(over)), moved_to(over, 1)) == ([(KIND, 1)], 1, None)


def test_appointment_that_is_over_is_told_only_with_another() -> None:
    assert event_of(INVITED, off(), FIRST).told == 0
    assert event_of(INVITED, off(), FIRST - MINUTE).told == 1
    assert event_of(INVITED, off(to=SECOND), FIRST).told == 1


def test_desk_tells_that_nobody_need_come_whenever_and_a_new_moment_until_it_is_over() -> None:
    for command, late in ((off(), False), (off(to=SECOND), True)):
        after = on(INVITED, command)
        tells = commands.TellApplicant(after.letters[0].task_key)
        assert decide(after, tells, FACTS, SECOND - MINUTE)
        if late:
            with pytest.raises(errors.AppointmentOver):
                decide(after, tells, FACTS, SECOND)
        else:
            assert decide(after, tells, FACTS, SECOND)


def test_held_at_its_new_moment_the_old_one_is_still_called_off() -> None:
    """Who does not know that it was held sooner would come on the old day."""
    after = on(INVITED, off(to=NOW + MINUTE))
    held = commands.RecordVerification(NOW + 2 * MINUTE, LAND, "An", "Mốc", "file", 2)
    after = on(after, held, at=NOW + 2 * MINUTE)
    assert (letters(after), moved_to(after, 1)) == ([(KIND, 1)], None)
    assert decide(after, commands.TellApplicant(after.letters[0].task_key), FACTS, NOW + 2 * MINUTE)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (off(2), errors.NoSuchAppointment),
        (replace(off(), reason="  "), errors.ReasonOfOursRequired),
        (off(to=NOW), errors.BadVerificationTime),
        (off(to=FIRST), errors.AppointmentUnchanged),
        (off(to=FIRST, place=f" {LAND} "), errors.AppointmentUnchanged),
    ],
)
def test_what_cannot_be_called_off_or_moved_is_refused(
    command: commands.CallOffVerification, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        decide(INVITED, command, FACTS, NOW)


def test_what_was_held_or_called_off_is_not_called_off_again() -> None:
    held = on(ALONE, commands.RecordVerification(FIRST, LAND, "An", "Mốc", "file", 1), at=FIRST)
    for state in (held, on(ALONE, off()), on(ALONE, off(to=SECOND))):
        with pytest.raises(errors.NoSuchAppointment):
            decide(state, off(), FACTS, FIRST)


def test_another_place_at_the_same_moment_is_a_move() -> None:
    assert event_of(INVITED, off(to=FIRST, place="Thửa 14")).place == "Thửa 14"


@pytest.mark.clause("QN20-7.2#3", "QN20-7.3")
def test_visit_that_is_moved_is_no_visit_more_and_one_that_becomes_a_visit_is() -> None:
    facts = replace(FACTS, regulation=law.regulation("QN20"))
    counter = replace(STATE, contents=replace(STATE.contents, delivery=ResultDelivery("counter")))
    (planned,) = decide(
        counter, replace(plan(FIRST, DESK, with_applicant=True), ground="Hai bản khai"), facts, NOW
    )
    state = fold(counter, planned, NOW)
    (moved,) = decide(state, off(to=SECOND), facts, NOW)
    assert isinstance(moved, events.VerificationCalledOff)
    assert (moved.at_desk, moved.ground) == (True, "Hai bản khai")
    (on_land,) = decide(counter, plan(FIRST, with_applicant=True), facts, NOW)
    with pytest.raises(errors.TooManyVisits):
        decide(fold(counter, on_land, NOW), off(to=SECOND, place=DESK), facts, NOW)
    with pytest.raises(errors.VisitWhenClosed):
        decide(state, off(to=SECOND.replace(hour=3)), facts, NOW)


def test_applicant_expects_what_they_were_told_and_what_is_to_come() -> None:
    assert [each.number for each in expected(INVITED, NOW)] == [1]
    for state, at in ((INVITED, FIRST), (UNSENT, NOW), (ALONE, NOW), (on(INVITED, off()), NOW)):
        assert expected(state, at) == ()
    moved = on(INVITED, off(to=SECOND))
    assert [each.number for each in expected(moved, NOW)] == [1]
    assert [each.number for each in expected(tell(moved), NOW)] == [2]
