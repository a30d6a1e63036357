"""The clock of the agency: stopped on a named ground, and a new date that hides no lateness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.world import MONDAY, World, make_world, moment, sheet

from motcua.catalogue.rules.sheets import OfferedLimit
from motcua.documents.enums import SlipKind
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, Status, Verb
from motcua.dossiers.errors import (
    AlreadyExtended,
    BadNewDate,
    NoTerm,
    ReasonRequired,
    ReasonTooLong,
    WrongState,
)
from motcua.dossiers.models import DailyFigure, Dossier
from motcua.dossiers.rules.state import Apology, Contents, DocumentRef, Posting, State, SupplementItem, Target
from motcua.dossiers.services import Act
from motcua.kernel.errors import Forbidden
from motcua.law import queries as law
from motcua.law.rules import Value
from motcua.notify import queries as notify
from motcua.notify.models import OutboxMessage

TUESDAY = date(2024, 3, 12)
ASKED = (SupplementItem("paper", "Bản rõ"),)


def extend(world: World, act: Act, to: date = TUESDAY, by: str = "hanh", **changes: Any) -> Act:
    asked = world._on(act, by) | {"new_day": to, "reason": "Chờ xác minh"}
    return services.extend(**asked | changes)


def pause(world: World, act: Act, by: str = "dung", **changes: Any) -> Act:
    return services.pause(**world._on(act, by) | {"reason": "Nộp lệ phí"} | changes)


def resume(world: World, act: Act, by: str = "chi", **changes: Any) -> Act:
    return services.resume(**world._on(act, by) | {"note": "Biên lai 12"} | changes)


def promised(world: World, act: Act) -> datetime:
    due = world.state(act).due_at
    assert due is not None
    return due


def late_figures() -> int:
    return sum(DailyFigure.objects.filter(figure="finished_late").values_list("count", flat=True))


def test_new_date_is_the_closing_of_the_day_and_the_first_promise_is_kept(world: World) -> None:
    act = world.until("assign")
    first = promised(world, act)
    act = extend(world, act)
    state = world.state(act)
    assert (state.due_at, state.promised_at) == (moment("2024-03-12 17:30"), first)
    (apology,) = state.apologies
    assert (apology.reason, apology.was_due_at, apology.is_timely) == ("Chờ xác minh", first, True)
    assert (state.slips[-1].kind, state.slips[-1].number) == (SlipKind.APOLOGY, f"{act.code}/PXL")
    assert services.verify().difference is None


@pytest.mark.clause("PT24-10.3#3")
def test_desk_adjusts_and_sends_by_the_system_the_moment_the_letter_is_issued(world: World) -> None:
    """No task waits for the desk: its letter is out, names it as sender and whom to ask, and it is told."""
    act = world.until("assign")
    before = {task.key for task in world.state(act).tasks}
    to = promised(world, act).date() + timedelta(days=7)
    act = extend(world, act, to)
    state = world.state(act)
    assert (promised(world, act).date(), {task.key for task in state.tasks}) == (to, before)
    letter = OutboxMessage.objects.filter(key="dossier.extended").first()
    assert letter is not None
    desk = queries.desk_of(state.target)
    said = notify.wording("dossier.extended", letter.context, recipient="An").body
    assert f"phiếu xin lỗi của lãnh đạo cơ quan, thông báo này được gửi nhân danh {desk}, " in said
    assert "Cần hỏi, Ông/Bà vui lòng liên hệ nơi này." in said
    told = OutboxMessage.objects.filter(key="desk.extended").first()
    assert told is not None
    assert "nhân danh bộ phận một cửa" in notify.wording("desk.extended", told.context, recipient="Chi").body


def test_timely_apology_moves_what_lateness_is_measured_by(world: World) -> None:
    act = world.until("assign")
    first = promised(world, act)
    act = extend(world, act)
    world.now = first + timedelta(hours=1)
    act = world.issue(world.approve(world.propose(act)))
    assert (world.state(act).is_late, late_figures()) == (False, 0)


def test_dossier_already_late_stays_late_whatever_the_letter_says(world: World) -> None:
    act = world.until("assign")
    first = promised(world, act)
    world.now = first + timedelta(hours=1)
    act = extend(world, act)
    state = world.state(act)
    assert (state.due_at, state.measured_due_at) == (moment("2024-03-12 17:30"), first)
    assert Dossier.objects.get(id=act.dossier_id).due_at == first
    act = world.issue(world.approve(world.propose(act)))
    assert (world.state(act).is_late, late_figures()) == (True, 1)
    assert services.verify().difference is None


def test_last_moment_for_the_letter_is_one_working_day_before_the_term_ends(world: World) -> None:
    act = world.until("assign")
    first = promised(world, act)
    world.now = first - timedelta(days=1, minutes=1)
    assert world.state(extend(world, act)).apologies[0].is_timely
    other = world.until("assign")
    second = promised(world, other)
    world.now = second - timedelta(days=1)
    assert not world.state(extend(world, other)).apologies[0].is_timely


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": "  "}, ReasonRequired),
        ({"reason": "\u200b\u2060"}, ReasonRequired),
        ({"reason": "x" * 2001}, ReasonTooLong),
        ({"new_day": date(2024, 3, 4)}, BadNewDate),
        ({"new_day": date(2024, 3, 10)}, BadNewDate),  # a Sunday
        ({"by": "dung"}, Forbidden),
        ({"by": "lan"}, Forbidden),
        ({"by": "chi"}, Forbidden),
        ({"by": "an"}, Forbidden),
    ],
)
def test_extend_refused_changes_nothing(
    world: World, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    act = world.until("assign")
    with pytest.raises(refusal):
        extend(world, act, **changes)
    assert world.state(act).version == act.version


def test_second_apology_is_refused(world: World) -> None:
    act = extend(world, world.until("assign"))
    with pytest.raises(AlreadyExtended):
        extend(world, act, date(2024, 3, 20))


@pytest.mark.parametrize("allowed", [0, 1, 2])
def test_apology_is_offered_as_often_as_the_rule_lets_it_be_sent(
    world: World, monkeypatch: pytest.MonkeyPatch, allowed: int
) -> None:
    given = law.regulation("DL24")
    kept = tuple(value for value in given.values if value.key != "apology.max_count")
    set_ = (Value("apology.max_count", allowed, ()),)
    monkeypatch.setattr(law, "regulation", lambda name, on=None: replace(given, values=kept + set_))
    act, sent = world.until("assign"), 0
    while offered(world, act):
        sent += 1
        act = extend(world, act, TUESDAY + timedelta(days=sent))
    assert sent == allowed
    with pytest.raises(AlreadyExtended):
        extend(world, act, TUESDAY + timedelta(days=3))


def offered(world: World, act: Act) -> bool:
    view = services.open_dossier(actor=world.actor("hanh"), at=world.now, dossier_id=act.dossier_id)
    return Verb.EXTEND in {offer.verb for offer in view.verbs}


def test_procedure_without_a_term_has_no_date_to_move(db: None) -> None:
    world = make_world(sheet(limits=(OfferedLimit(None, None, None, "Không", "quy định"),)))
    with pytest.raises(NoTerm):
        extend(world, world.until("assign"))


def test_supplement_after_an_apology_moves_both_dates_by_the_opening_time_lost(world: World) -> None:
    act = world.until("assign")
    first = promised(world, act)
    act = extend(world, act)
    act = services.request_supplement(**world._on(act, "dung"), items=ASKED, reason="Mờ", guidance="Chụp lại")
    act = world.release(act)
    world.now += timedelta(hours=1, minutes=-1)
    act = services.supplement(**world._on(act, "chi"), documents=(DocumentRef("paper", originals=1),))
    state = world.state(act)
    assert state.due_at == moment("2024-03-13 08:30")
    assert state.promised_at == first + timedelta(hours=1)
    assert services.verify().difference is None


def test_pause_moves_the_due_moment_and_the_step_by_the_time_it_took(world: World) -> None:
    act = world.until("assign")
    due, step = promised(world, act), world.state(act).tasks[0].due_at
    act = pause(world, act)
    assert (act.status, world.state(act).is_paused) == (Status.AWAITING_PAYMENT, True)
    world.now += timedelta(days=1, minutes=-1)
    act = resume(world, act)
    state = world.state(act)
    assert (act.status, state.due_at) == (Status.IN_PROGRESS, due + timedelta(days=1))
    assert step is not None
    assert state.tasks[0].due_at == step + timedelta(days=1)
    reasons = {str(s.reason) for s in queries.due_of(state).segments if s.kind == "paused"}  # type: ignore[union-attr]
    assert reasons == {"financial_obligation"}
    assert services.verify().difference is None


def test_paused_dossier_waits_in_the_list_of_the_desk_and_in_no_other(world: World) -> None:
    act = pause(world, world.until("assign"))
    waiting = queries.worklist(world.actor("chi"), Box.WAITING, at=world.now).items
    assert [item.dossier_id for item in waiting] == [act.dossier_id]
    assert queries.worklist(world.actor("dung"), Box.MINE, at=world.now).items == ()


def test_pause_at_the_desk_comes_back_to_the_desk(world: World) -> None:
    act = pause(world, world.until("accept"), by="chi")
    assert resume(world, act).status == Status.ACCEPTED


def test_pause_does_not_end_the_lateness_that_there_was(world: World) -> None:
    act = world.until("assign")
    first = promised(world, act)
    world.now = first + timedelta(hours=2, minutes=-1)
    act = pause(world, act)
    world.now += timedelta(days=9)
    assert world.state(resume(world, act)).measured_due_at == first


@pytest.mark.parametrize("by", ["hanh", "khoa", "giang", "an", "chi"])
def test_pause_by_somebody_whose_work_it_is_not_is_forbidden(world: World, by: str) -> None:
    with pytest.raises(Forbidden):
        pause(world, world.until("assign"), by=by)


def test_withdrawn_while_paused_ends_the_pause(world: World) -> None:
    act = pause(world, world.until("assign"))
    act = services.withdraw(**world._on(act, "an"), reason="Không nộp được")
    assert (world.state(act).is_paused, act.status) == (False, Status.WITHDRAWN)


def test_request_for_papers_while_awaiting_payment_is_refused(world: World) -> None:
    act = pause(world, world.until("assign"))
    with pytest.raises(WrongState):
        services.request_supplement(**world._on(act, "dung"), items=ASKED, reason="Mờ", guidance="Chụp lại")


moments = st.integers(0, 60 * 24 * 30).map(lambda minutes: MONDAY + timedelta(minutes=minutes))


@given(moments, moments, moments, st.booleans())
def test_letter_never_makes_an_untimely_dossier_on_time(
    first: datetime, new: datetime, finished: datetime, is_timely: bool
) -> None:
    """By the first promise it was late, and the letter came too late: late it is, whatever the new date."""
    blank = State(Status.RESULT_ISSUED, 1, Target(1, "1", 1, Posting(1, 2, 3, 4), "online"), Contents(None))  # type: ignore[arg-type]
    apology = Apology(first, "x", first, new, is_timely)
    state = replace(blank, due_at=new, promised_at=first, apologies=(apology,), finished_at=finished)
    assert state.is_late == (finished > (new if is_timely else first))
