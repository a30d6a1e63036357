"""Why a date: ledger, headline and term agree, and the reason that is given is the one there was."""

from __future__ import annotations

from datetime import date, timedelta

from tests.desk.conftest import At
from tests.desk.test_views_pages import page
from tests.dossiers.test_services_lateness import ASKED, TUESDAY, extend, pause, promised, resume
from tests.dossiers.world import World, moment

from motcua.dossiers import queries, services
from motcua.theme import ledgers
from motcua.theme.wording import long_moment, short_moment


def why(world: World, act: services.Act) -> tuple[str, ...]:
    state = world.state(act)
    found = ledgers.explained(
        queries.due_of(state),
        state.received_at,
        renewed=state.due_at if state.promised_at else None,
        broken_off=state.ended_at if state.finished_at is None else None,
    )
    assert found is not None
    return found.notes


def test_date_after_an_apology_is_said_to_be_the_apology_s_and_no_change_of_the_calendar(
    world: World,
) -> None:
    act = world.until("assign")
    first = promised(world, act)
    act = extend(world, act)
    due = queries.due_of(world.state(act))
    assert (due.due_at, due.segments[-1].end, due.calendar_changed) == (first, first, False)
    (note,) = why(world, act)
    assert f"theo thời hạn: {long_moment(first)}." in note
    assert f"đã xin lỗi vì chậm trễ và hẹn lại {long_moment(promised(world, act))};" in note


def test_pause_is_no_change_of_the_calendar(world: World) -> None:
    act = pause(world, world.until("assign"))
    assert queries.due_of(world.state(act)).due_at is None
    world.now += timedelta(hours=5)
    act = resume(world, act)
    assert why(world, act) == ()
    assert queries.due_of(world.state(act)).due_at == promised(world, act)


def test_date_of_an_apology_moved_by_a_pause_says_so(world: World) -> None:
    act = extend(world, world.until("assign"))
    world.now = world.now.replace(hour=14, minute=0)
    act = pause(world, act)
    world.now += timedelta(days=1, hours=3, minutes=20)
    act = resume(world, act)
    state = world.state(act)
    due = queries.due_of(state)
    assert (due.due_at, due.calendar_changed) == (state.promised_at, False)
    assert not any("lịch đã thay đổi" in note for note in why(world, act))


def test_dossier_that_ends_while_a_supplement_is_awaited_waits_for_nothing(world: World, at_desk: At) -> None:
    act = world.until("assign")
    act = services.request_supplement(**world._on(act, "dung"), items=ASKED, reason="Mờ", guidance="Chụp lại")
    act = world.release(act)
    before = at_desk("dung").get(page("dossier", act.dossier_id)).content.decode()
    assert "Đang chờ người nộp bổ sung" in before
    assert "Thời hạn đang tạm dừng, ngày hẹn được tính lại khi hết tạm dừng." in before
    act = services.withdraw(**world._on(act, "an"), reason="Không làm nữa")
    state = world.state(act)
    assert (state.supplement_awaited(), queries.due_of(state).due_at) == (None, None)
    (note,) = why(world, act)
    assert note.startswith("Hồ sơ kết thúc lúc ")
    after = at_desk("dung").get(page("dossier", act.dossier_id)).content.decode()
    assert "Đang chờ người nộp bổ sung" not in after
    assert "Hồ sơ đã kết thúc, thời hạn không tính tiếp." in after
    assert "lịch đã thay đổi" not in after


def test_overdue_dossier_that_was_stopped_says_on_page_and_list_how_late_it_was(
    world: World, at_desk: At
) -> None:
    act = world.until("assign")
    world.later(days=30)
    world.stop(act)
    dung, late = at_desk("dung"), "kết thúc, trễ"
    assert late in dung.get(page("dossier", act.dossier_id)).content.decode()
    (line,) = at_desk("chi").get("/noi-bo/da-xong/").context["lines"]
    assert line.shown_pill.text.startswith(late)


def test_page_after_an_apology_names_both_dates(world: World, at_desk: At) -> None:
    act = world.until("assign")
    first = promised(world, act)
    act = extend(world, act, TUESDAY)
    text = at_desk("hanh").get(page("dossier", act.dossier_id)).content.decode()
    assert f"Hẹn lại {long_moment(promised(world, act))}; theo thời hạn là {long_moment(first)}." in text
    assert promised(world, act).date() == date(2024, 3, 12)


def test_papers_taken_in_at_night_count_on_the_page_from_when_they_were_taken_in(
    world: World, at_desk: At
) -> None:
    world.now = moment("2024-03-08 19:32")  # a Friday
    act = world.accept(world.register())
    shown = at_desk("chi").get(page("dossier", act.dossier_id)).context["page"]
    assert {row.key: row.value for row in shown.facts}["Tính từ"] == "19:33 08/03/2024"
    assert shown.why.arrival == ""  # the rule on off-hours filings speaks of electronic ones
    (task,) = shown.tasks
    assert task.until == "Hạn của bước: 11:30 11/03/2024"


def test_step_says_until_when_it_is_to_be_done_in_the_list_and_on_the_page(world: World, at_desk: At) -> None:
    act = world.until("hand_over")
    (task,) = world.state(act).tasks
    said = f"Hạn của bước: {short_moment(task.due_at)}"
    lan = at_desk("lan")
    assert [each.until for each in lan.get(page("dossier", act.dossier_id)).context["page"].tasks] == [said]
    listed = lan.get(page("worklist", "viec-cua-don-vi"))
    assert [line.until for line in listed.context["lines"]] == [said]
    assert said in listed.content.decode()


def test_paused_step_names_no_moment(world: World, at_desk: At) -> None:
    act = world.tell(pause(world, world.until("assign")))
    assert [
        each.until for each in at_desk("lan").get(page("dossier", act.dossier_id)).context["page"].tasks
    ] == [""]


def test_handing_over_names_its_moment_while_the_dossier_stands(world: World, at_desk: At) -> None:
    act = pause(world, world.accept(world.submit(world.draft())), by="chi")
    (task,) = world.state(act).tasks
    said = f"Hạn của bước: {short_moment(task.due_at)}"
    chi = at_desk("chi")
    shown = chi.get(page("dossier", act.dossier_id))
    assert [each.until for each in shown.context["page"].tasks] == [said]
    listed = chi.get(page("worklist", "viec-cua-don-vi"))
    assert said in listed.content.decode()
