"""The parts of the simulation: what it settles by the seed, and that its checks see what is broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from django.db import connection
from tests.config.small_world import Small, small
from tests.dossiers.world import moment

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.models import Position
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.config.postgres import Server
from motcua.config.simulation import beside, happenings, invariants, place, sharing
from motcua.config.simulation.arrivals import Arrivals
from motcua.config.simulation.beside import Beside
from motcua.config.simulation.course import Deed, Look, reasons
from motcua.config.simulation.happenings import Happenings
from motcua.config.simulation.invariants import Done
from motcua.config.simulation.performing import Performer
from motcua.config.simulation.plan import Plan
from motcua.config.simulation.report import Report
from motcua.config.simulation.tally import KEPT, Tally
from motcua.config.simulation.trouble import Trouble
from motcua.dossiers import errors, queries, services
from motcua.dossiers.enums import Status, Verb
from motcua.dossiers.queries import apologies, pages
from motcua.dossiers.rules import personal, publishing
from motcua.dossiers.rules.decide import lateness
from motcua.dossiers.rules.state import (
    Apology,
    Applicant,
    ClockPause,
    Consultation,
    OpenTask,
    State,
    SupplementRequest,
)
from motcua.dossiers.services import tables
from motcua.kernel.errors import Forbidden
from motcua.law.services import grounds_of
from motcua.process import queries as process
from motcua.worktime.queries import published_calendar

START = date(2025, 1, 2)


@pytest.fixture
def office(db: None) -> Iterator[Small]:
    for each in (agencies, catalogue, process):
        each.forget()
    yield small()
    for each in (agencies, catalogue, process):
        each.forget()


# --- What the seed settles ---------------------------------------------------------------------
def test_arrivals_at_the_counter_lie_within_opening_hours_and_in_the_year() -> None:
    calendar, arrives, rng = published_calendar("dak-lak"), Arrivals(START, 365), Random(1)
    found = [arrives(Channel.COUNTER, calendar, rng) for _ in range(300)]
    assert all(calendar.is_open(each) for each in found)
    assert all(START <= each.date() <= START + timedelta(days=368) for each in found)
    assert found[0] == arrives(Channel.COUNTER, calendar, Random(1))


def test_people_file_online_at_night_and_on_sundays_too() -> None:
    calendar, arrives, rng = published_calendar("dak-lak"), Arrivals(START, 365), Random(2)
    found = [arrives(Channel.ONLINE, calendar, rng) for _ in range(500)]
    assert {each.weekday() for each in found} == set(range(7))
    assert any(each.hour >= 21 for each in found)


def test_happenings_are_those_of_the_seed(office: Small) -> None:
    first = happenings.of_year(office.world, START, 365, 7)
    assert first == happenings.of_year(office.world, START, 365, 7)
    assert first != happenings.of_year(office.world, START, 365, 8)
    assert first.outages
    for outage in first.outages:
        assert outage.began_at < outage.declared_at < outage.ended_at
        assert outage.declared_at - outage.began_at < timedelta(hours=24)
    for away in first.absences:
        assert away.officer_id != away.substitute_id


def test_who_stands_in_is_not_there_either_when_away(office: Small) -> None:
    dung, em = (office.rows.actor(name) for name in ("dung", "em"))
    on = office.rows.now.date()
    both = tuple(
        happenings.Away(one.id, other.id, "1", office.rows.agency.pk, on, on)
        for one, other in ((dung, em), (em, dung))
    )
    act = office.rows.until("submit")
    state, story = queries.state_of(act.dossier_id), office.story(0, office.rows.now, 1)
    look = Look(office.world, Happenings(both, ()), story, state, office.rows.now, Random(1))
    assert look.there(dung) is None
    one_away = Happenings(both[:1], ())
    assert replace(look, happenings=one_away).there(dung) == em


def test_tally_comes_back_from_json_as_it_was() -> None:
    tally = Tally(acts=Counter(accept=3), refused=Counter({"forbidden": 2}), pages=4)
    for number in range(KEPT + 3):
        tally.violate("a check", "something", number=number, dossier_id="x", doing="accept")
    again = Tally.from_json(json.loads(json.dumps(tally.to_json())))
    assert again == tally
    assert (again.done, len(again.violations), again.violated["a check"]) == (3, KEPT, KEPT + 3)


def test_large_run_is_played_in_shares_that_leave_nothing_out() -> None:
    small, large = Plan("dak-lak", 2000, 1, START), Plan("dak-lak", 4500, 1, START)
    assert small.shares == (small,)
    assert [each.share for each in large.shares] == [1, 2, 3]
    assert [n for each in large.shares for n in each.numbers] == list(range(4500))
    assert len({each.source for each in large.shares}) == 3
    assert large.shares[2].command == f"{large.command} --share 3"


def test_report_of_the_shares_is_their_sum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_STATE_DIR", str(tmp_path))
    plan = Plan("dak-lak", 4500, 1, START)
    for share, ended in zip(plan.shares[1:], (True, False), strict=True):
        tally = Tally(acts=Counter(accept=share.share), pages=1)
        tally.violate("a check", "something", number=7, dossier_id="x", doing="accept")
        folder = place.folder_of(share)
        folder.mkdir(parents=True)
        place.keep(folder, Report(share, tally, ended, 10, 20, 1.5).to_json())
    found = sharing.told(plan)
    assert (found.tally.acts, found.tally.pages, found.dossiers) == ({"accept": 5}, 2, 20)
    assert (found.shares, found.ended, found.holds) == ((1, 3), False, False)
    assert [one["again"] for one in found.to_json()["violations"]] == [
        f"{plan.command} --share {share} --fresh --stop-at {share}" for share in (2, 3)
    ]


# --- The checks see what is broken -------------------------------------------------------------
def _done(office: Small, verb: str, **changes: Any) -> Done:
    """The last act of a walk, with the state after it changed as a fault might."""
    act = office.rows.until(verb)
    state = queries.state_of(act.dossier_id)
    actor = office.rows.actor(changes.pop("by", "chi"))
    return Done(act.dossier_id, state, replace(state, **changes), Verb.ACCEPT, actor, office.rows.now)


def _broken(done: Done) -> set[str]:
    found = set()
    for check in invariants.CHECKS:
        if check is not invariants.time_goes_on and list(check(done)):
            found.add(check.__name__)
    return found


def test_checks_are_silent_where_everything_holds(office: Small) -> None:
    for verb in ("submit", "accept", "assign", "approve", "issue", "close"):
        assert _broken(_done(office, verb)) == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"due_at": None}, "no_due_date_without_ledger"),
        ({"due_at": moment("2024-03-29 17:00")}, "clocks_conserve_time"),
        ({"tasks": ()}, "open_tasks_equal_the_process"),
        ({"run": {"open": [], "visits": [], "arrived": []}}, "open_tasks_equal_the_process"),
        ({"code": ""}, "status_fits_what_happened"),
        ({"ended_at": moment("2024-03-05 08:00")}, "status_fits_what_happened"),
        ({"by": "giang"}, "no_act_without_a_right"),
        ({"by": "an"}, "no_act_without_a_right"),
    ],
)
def test_check_sees_the_fault(office: Small, changes: dict[str, Any], expected: str) -> None:
    assert expected in _broken(_done(office, "accept", **changes))


@pytest.mark.parametrize("days", [{"valid_to": date(2024, 3, 1)}, {"valid_from": date(2024, 3, 20)}])
def test_act_from_a_post_that_is_over_or_has_not_begun_is_seen(office: Small, days: dict[str, date]) -> None:
    done = _done(office, "accept")
    assert "no_act_without_a_right" not in _broken(done)
    assert Position.objects.filter(account_id=int(done.actor.id)).update(**days)
    assert "no_act_without_a_right" in _broken(done)


def test_two_apologies_are_seen_and_one_is_not(office: Small) -> None:
    at = moment("2024-03-05 08:00")
    letter = Apology(at, "x", at, at + timedelta(days=3), True)
    assert "at_most_one_apology" not in _broken(_done(office, "accept", apologies=(letter,)))
    assert "at_most_one_apology" in _broken(_done(office, "accept", apologies=(letter, letter)))


def test_late_letter_that_hides_lateness_is_seen_whatever_the_letter_says_of_itself(office: Small) -> None:
    done = _done(office, "accept")
    state, due_at = done.after, done.after.due_at
    assert due_at is not None
    new = due_at + timedelta(days=7)

    def said(at: datetime, is_timely: bool) -> list[str]:
        letter = Apology(at, "x", due_at, new, is_timely)
        after = replace(state, due_at=new, promised_at=due_at, apologies=(letter,))
        return list(invariants.a_late_letter_hides_nothing(replace(done, after=after, at=at)))

    early, late = done.at, due_at - timedelta(hours=1)
    assert (said(early, True), said(late, False)) == ([], [])
    assert said(late, True) == [f"a letter too late: measured by {new}"]
    assert said(early, False) == [f"a letter in time: measured by {due_at}"]


def test_act_that_takes_a_late_dossier_out_of_what_is_overdue_is_seen(office: Small) -> None:
    done = _done(office, "assign")
    state, due = done.after, done.after.due_at
    assert due is not None
    at = due + timedelta(hours=1)

    def said(start: datetime, before: State = state, **changes: Any) -> list[str]:
        after = replace(state, pauses=(ClockPause(start, "supplement"),), **changes)
        return list(invariants.a_dossier_already_late_stays_late(Done(*_of(done, before, after, at))))

    assert said(at) == []
    assert said(due) == [f"due {due}, and at {at} no longer overdue"]
    later = at + timedelta(days=1)
    assert f"was due {due}, and at {at} became due {later}" in said(at, due_at=later)
    halted = replace(state, pauses=(ClockPause(due, "supplement"),))
    assert said(due, halted, due_at=later) == []


def _of(done: Done, before: State, after: State, at: datetime) -> tuple[Any, ...]:
    return done.dossier_id, before, after, done.verb, done.actor, at


def test_handing_over_that_is_put_off_is_seen(office: Small) -> None:
    done = _done(office, "accept")
    (task,) = done.after.tasks
    assert task.due_at is not None
    later = replace(task, due_at=task.due_at + timedelta(days=1))

    def said(after: OpenTask) -> list[str]:
        moved = replace(done, before=done.after, after=replace(done.after, tasks=(after,)))
        return list(invariants.nothing_puts_off_the_handing_over(moved))

    assert said(task) == []
    assert said(later) == [f"{task.key} was due {task.due_at}, now {later.due_at}"]


def test_request_that_is_dropped_before_its_wait_is_seen(office: Small) -> None:
    """Asked on Tuesday at eight: five working days are over on the next Tuesday at eight."""
    done = replace(_done(office, "accept"), verb=Verb.RESUME)
    asked = SupplementRequest(moment("2024-03-05 08:00"), False, (), "Thiếu", "Bổ sung")
    before = replace(done.after, status=Status.AWAITING_SUPPLEMENT, supplements=(asked,))

    def said(at: str) -> bool:
        one = replace(done, before=before, at=moment(at))
        return bool(list(invariants.nothing_asked_for_is_dropped_early(one)))

    assert said("2024-03-05 08:01")
    assert said("2024-03-12 07:59")
    assert not said("2024-03-12 08:00")


def test_request_is_dropped_early_enough_for_a_term_that_runs_on(
    office: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked on Tuesday at eight, due on Wednesday at eight: half of that is over in the middle of the day."""
    done = replace(_done(office, "accept"), verb=Verb.RESUME, at=moment("2024-03-05 16:59"))
    asked = SupplementRequest(moment("2024-03-05 08:00"), False, (), "Thiếu", "Bổ sung", clock_runs=True)
    due_at = moment("2024-03-06 08:00")
    before = replace(
        done.after, status=Status.AWAITING_SUPPLEMENT, supplements=(asked,), due_at=due_at, promised_at=due_at
    )
    assert not list(invariants.nothing_asked_for_is_dropped_early(replace(done, before=before)))
    early = replace(done, before=before, at=moment("2024-03-05 09:00"))
    assert list(invariants.nothing_asked_for_is_dropped_early(early))
    waits = replace(done, after=before)
    assert not list(invariants.no_wait_of_ours_outlasts_the_term(waits))
    monkeypatch.setattr(invariants, "supplement_awaited_until", lambda state, calendar: due_at)
    assert list(invariants.no_wait_of_ours_outlasts_the_term(waits))


def test_step_that_ends_after_the_promise_is_seen(office: Small) -> None:
    done = _done(office, "assign")
    promised_at = done.after.measured_due_at
    assert promised_at is not None
    minute = timedelta(minutes=1)

    def said(opened_at: datetime, due_at: datetime | None, duty: str = "", limit: str = "1wd") -> bool:
        step = replace(done.after.tasks[0], duty=duty, limit=limit, opened_at=opened_at, due_at=due_at)
        one = replace(done, after=replace(done.after, tasks=(step,)))
        return bool(list(invariants.no_step_outlasts_the_promise(one)))

    assert said(promised_at - minute, promised_at + minute)
    assert not said(promised_at - minute, promised_at)
    assert not said(promised_at - minute, None)
    assert not said(promised_at, promised_at + minute)  # it had passed before
    assert said(promised_at - minute, promised_at + minute, duty="Thẩm tra", limit="")
    assert not said(promised_at - minute, promised_at + minute, limit="")  # a term of the regulation


def test_question_is_open_as_long_as_it_may_be_answered(office: Small) -> None:
    """Silence that a decision goes over may still be broken; what was taken back may not."""
    done = _done(office, "accept")
    due = done.at + timedelta(days=1)
    asked = Consultation(1, "?", 1, 1, "Sở Xây dựng", done.at, "Lâm", due)
    silent, given_up = replace(asked, lapsed_at=due), replace(asked, lapsed_at=due, taken_back="không cần")
    task = OpenTask("consult-9", "consult-1", "consult", "Cho ý kiến", "case_officer", 1, done.at)

    def said(question: Consultation, *tasks: OpenTask) -> list[str]:
        after = replace(done.after, consultations=(question,), tasks=(*done.after.tasks, *tasks))
        return list(invariants.open_tasks_equal_the_process(replace(done, after=after)))

    assert (said(asked, task), said(silent, task), said(silent), said(given_up)) == ([], [], [], [])
    assert said(asked) == ["1 questions without an answer, 1 never answered, 0 tasks"]
    assert said(given_up, task) == ["0 questions without an answer, 0 never answered, 1 tasks"]


def test_regulation_that_changes_under_a_dossier_is_seen(office: Small) -> None:
    """Open dossiers keep the regulation of their filing; new ones get that of the day."""
    done = _done(office, "accept")
    state = done.after
    other = replace(state, target=replace(state.target, regulation="PT24"))
    assert list(invariants.a_regulation_stays(done)) == []
    assert list(invariants.a_regulation_stays(replace(done, after=other))) == ["filed under DL24, now PT24"]
    filed = replace(done, before=None, after=other)
    assert list(invariants.a_regulation_stays(filed)) == ["filed under PT24 when DL24 was in force"]


def test_acts_under_a_regulation_that_was_replaced_are_counted(office: Small) -> None:
    tally = Tally()
    Performer(tally).count_regulation("KT18", office.rows.now)
    assert tally.regulations == {"KT18": 1}
    assert tally.happenings == {"went on under KT18 in the days of DL24": 1}


def test_version_that_stays_is_seen(office: Small) -> None:
    assert list(invariants.time_goes_on(_done(office, "accept"))) == ["version 3 became 3"]


def test_personal_words_on_a_public_page_are_seen(office: Small) -> None:
    state: State = queries.state_of(office.rows.until("accept").dossier_id)
    person = state.contents.applicant
    assert list(invariants.leaks(state, f"<p>{person.name}</p>")) == [
        "public, but shows the applicant's name"
    ]
    assert list(invariants.leaks(state, "<p>Đã tiếp nhận</p>")) == []
    short = replace(state, contents=replace(state.contents, applicant=replace(person, name="Lê Văn A")))
    assert list(invariants.leaks(short, "<p>Lê Văn A nộp</p>")) == ["public, but shows the applicant's name"]
    assert list(invariants.leaks(short, "<p>Lê Văn An nộp</p>")) == []


# What a leader may write, and what a mask that does nothing shows of it.
TOLD = (
    ("Chờ Nguyễn Văn An bổ sung", "applicant's name"),
    ("Cho NGUYEN\u00a0 VAN AN bo sung", "applicant's name"),
    ("Gọi số 0905 000 001 không được", "phone"),
    ("Chưa đo xong nhà 12 Lê Duẩn", "house"),
    ("Chờ Văn An ký", "applicant's short name"),
    ("Chờ ông/bà Kiều Bích ký giáp ranh", "bystander"),
    ("Người sinh ngày 01 tháng 02 năm 1990 vắng", "a day of somebody"),
    ("Người sinh 1.2.1990 vắng", "a day of somebody"),
    ("Người sinh năm 1990 vắng", "the year of a birth"),
)


@pytest.mark.parametrize(("reason", "shown"), TOLD)
def test_mask_that_does_nothing_is_seen_in_what_is_told_and_on_both_pages(
    office: Small, monkeypatch: pytest.MonkeyPatch, reason: str, shown: str
) -> None:
    """The check has a matching of its own: it does not ask the mask whether the mask has hidden."""
    performer, on, deed = _about_to_apologise(office, reason)
    for module in (apologies, pages):
        monkeypatch.setattr(module, "masked_reason", lambda reason, state: reason)
    done = performer.do(deed, **on)
    assert done is not None
    assert set(performer.tally.violated) == {"nothing personal is public"}
    told = [each.what for each in performer.tally.violations if shown in each.what]
    assert len(told) >= 2  # of what is told by the code, and of the list of letters
    before = performer.tally.violated.total()
    performer.look_at_page(done[1], deed, 1, on["dossier_id"])
    is_of_the_whole_page = shown in ("applicant's name", "phone", "bystander")
    assert (performer.tally.violated.total() > before) == is_of_the_whole_page


@pytest.mark.parametrize("reason", [reason for reason, _ in TOLD])
def test_letter_that_names_people_is_on_the_public_list_and_shows_none(office: Small, reason: str) -> None:
    performer, on, deed = _about_to_apologise(office, reason)
    done = performer.do(deed, **on)
    assert done is not None
    performer.look_at_page(done[1], deed, 1, on["dossier_id"])
    assert (performer.tally.violated, performer.tally.pages) == (Counter(), 2)


def test_mask_that_forgets_what_was_put_right_is_seen(office: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    performer, on, deed = _about_to_apologise(office, "Chờ Nguyễn Văn An ở 12 Lê Duẩn bổ sung")
    done = performer.do(deed, **on)
    assert done is not None
    monkeypatch.setattr(publishing, "said_ever", personal.said_now)
    values = {"name": "Lê Thị Hoa", "address": "5 Trần Phú, Tuy Hòa"}
    details = {"what": "contact", "values": values, "reason": "Gõ nhầm."}
    correct = Deed(Verb.CORRECT, services.correct, office.rows.actor("chi"), details)
    on |= {"at": on["at"] + timedelta(hours=1), "state": done[1]}
    assert performer.do(correct, **on) is not None
    assert set(performer.tally.violated) == {"nothing personal is public"}


def test_letter_that_does_not_come_onto_the_list_is_seen(
    office: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    performer, on, deed = _about_to_apologise(office, "Chờ ý kiến của cơ quan khác.")
    monkeypatch.setattr(queries, "public_apologies", lambda *given, **more: ((), None))
    assert performer.do(deed, **on) is not None
    (told,) = performer.tally.violations
    assert told.what == "200, and the letter is not on the list"


def test_reasons_of_a_run_name_people_and_are_those_of_the_seed(office: Small) -> None:
    state = queries.state_of(_walked(office).dossier_id)
    drawn = [reasons.of_apology(state, Random(seed)) for seed in range(120)]
    assert drawn == [reasons.of_apology(state, Random(seed)) for seed in range(120)]
    found = {
        words
        for reason in drawn
        for words in (*invariants.leaks(state, reason), *invariants.leaks_of_letter(state, reason))
    }
    told = ("applicant's name", "applicant's short name", "address", "house", "phone", "year of a birth")
    others = {"public, but names a bystander", "public, but shows a day of somebody"}
    assert found == {*(f"public, but shows the {name}" for name in told), *others}
    for masked in (publishing.masked_reason(reason, state) for reason in drawn):
        assert not [*invariants.leaks(state, masked), *invariants.leaks_of_letter(state, masked)]


def _walked(office: Small) -> services.Act:
    """A dossier that was assigned, of somebody with an address."""
    rows = office.rows
    address = "12 Lê Duẩn, Tân Lợi"
    an = Applicant("Nguyễn Văn An", "066090000001", "0905000001", address=address)
    act = rows.register(applicant=replace(an, date_of_birth=date(1990, 2, 1)))
    return rows.assign(rows.hand_over(rows.accept(act)))


def _about_to_apologise(office: Small, reason: str) -> tuple[Performer, dict[str, Any], Deed]:
    act, performer = _walked(office), Performer(Tally())
    at = office.rows.now + timedelta(hours=1)
    day = office.office.calendar.next_opening(at + timedelta(days=20)).date()
    details = {"new_day": day, "reason": reason}
    deed = Deed(Verb.EXTEND, services.extend, office.rows.actor("hanh"), details)
    on = {"at": at, "number": 1, "dossier_id": act.dossier_id, "state": queries.state_of(act.dossier_id)}
    return performer, on, deed


def test_missing_serial_is_seen(office: Small) -> None:
    office.rows.until("accept")
    assert list(invariants.codes_are_unique_and_gapless()) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_codeserial SET last = last + 1")
    (words,) = invariants.codes_are_unique_and_gapless()
    assert "counter 2" in words


def test_refusal_without_clauses_and_one_that_changed_something_are_seen() -> None:
    same = (1, 2)
    assert list(invariants.after_refusal(errors.Stale(), same, same)) == []
    assert list(invariants.after_refusal(Forbidden(clauses=("DL24-8.1.c",)), same, same)) == []
    bare = [check for check, _ in invariants.after_refusal(Forbidden(), same, same)]
    assert bare == ["every refusal has clauses"]
    made_up = invariants.after_refusal(Forbidden(clauses=("DL24-99.9",)), same, same)
    assert [check for check, _ in made_up] == ["every refusal has clauses"]
    changed = invariants.after_refusal(errors.Stale(), same, (1, 3))
    assert [check for check, _ in changed] == ["a refusal changes nothing"]
    assert list(invariants.after_refusal(Forbidden(), same, same, speaks=False)) == []


def _absence(office: Small, recorder: str) -> Beside:
    rows = office.rows
    details = {
        "account_id": int(rows.actor("dung").id),
        "substitute_id": int(rows.actor("em").id),
        "first_day": rows.now.date(),
        "last_day": rows.now.date(),
        "reason": "Đi công tác",
    }
    return Beside("record_absence", agency_services.record_absence, rows.actor(recorder), details)


def test_act_beside_dossiers_is_refused_to_strangers_with_its_clauses(office: Small) -> None:
    tally, chi = Tally(), office.rows.actor("chi")
    one = _absence(office, "hanh")
    beside.do_in_vain(tally, one, office.rows.now, chi)
    assert (tally.violated, tally.refused) == (Counter(), {"forbidden": 1})
    assert tally.troubles == {"not theirs: record_absence": 1}
    assert beside.do(tally, one, office.rows.now) is not None
    assert beside.do(tally, one, office.rows.now) is None
    assert tally.turned_down == {"record_absence: agencies.absence_overlaps": 1}
    assert tally.violated == Counter()


def test_refusal_beside_dossiers_without_clauses_and_what_is_taken_are_seen(
    office: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally, one = Tally(), _absence(office, "hanh")
    beside.do_in_vain(tally, one, office.rows.now, office.rows.actor("hanh"))  # who leads the agency
    assert tally.violated == {"what must be refused is refused": 1}

    def bare(**given: Any) -> None:
        raise Forbidden()

    vars(bare)["grounds"] = grounds_of(agency_services.record_absence)
    beside.do_in_vain(tally, replace(one, service=bare), office.rows.now, office.rows.actor("chi"))
    assert tally.violated["every refusal has clauses"] == 1

    def keeps(**given: Any) -> None:
        try:
            one.service(**given)
        except Forbidden as refusal:
            monkeypatch.setattr(invariants, "trace_beside", lambda: ("another",))
            raise refusal

    vars(keeps)["grounds"] = grounds_of(agency_services.record_absence)
    beside.do_in_vain(tally, replace(one, service=keeps), office.rows.now, office.rows.actor("chi"))
    assert tally.violated["a refusal changes nothing"] == 1


def test_row_that_is_not_written_is_seen_at_the_next_act(
    office: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what is new is folded again, but every row is compared."""
    act, tally = office.rows.until("submit"), Tally()
    performer = Performer(tally)
    chi = office.rows.actor("chi")
    on: dict[str, Any] = {"number": 1, "dossier_id": act.dossier_id}

    def do(deed: Deed, minutes: int) -> None:
        state = performer.state_of(act.dossier_id)
        assert performer.do(deed, at=office.rows.now + timedelta(minutes=minutes), state=state, **on)

    do(Deed(Verb.ACCEPT, services.accept, chi), 5)
    assert (tally.violated, list(performer.known)) == (Counter(), [act.dossier_id])
    written = tables.write
    monkeypatch.setattr(tables, "write", lambda key, **given: written(key, **given | {"gone": []}))
    key = performer.state_of(act.dossier_id).tasks[0].key
    do(Deed(Verb.HAND_OVER, services.hand_over, chi, {"task_key": key}), 10)
    assert tally.violated == {"refold equals rows": 1}
    assert performer.known == {}


def test_broken_rule_of_apologies_is_caught(office: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    act, tally = office.rows.until("assign"), Tally()
    performer, hanh = Performer(tally), office.rows.actor("hanh")
    for number in (1, 2):
        at = office.rows.now + timedelta(hours=number)
        day = office.office.calendar.next_opening(at + timedelta(days=20 * number)).date()
        details = {"new_day": day, "reason": "Chờ ý kiến của cơ quan khác."}
        deed = Deed(Verb.EXTEND, services.extend, hanh, details)
        state = performer.state_of(act.dossier_id)
        performer.do(deed, at=at, number=1, dossier_id=act.dossier_id, state=state)
        monkeypatch.setattr(lateness, "may_apologise_again", lambda *given: True)
    assert tally.violated == {"at most one apology": 1}


def test_wrong_person_who_is_let_in_is_a_violation(office: Small) -> None:
    act = office.rows.until("submit")
    state, tally = queries.state_of(act.dossier_id), Tally()
    fine = Deed(Verb.ACCEPT, services.accept, office.rows.actor("chi"))
    on = {"number": 1, "dossier_id": act.dossier_id, "state": state}
    Performer(tally).do_in_vain(Trouble("wrong person", fine), at=office.rows.later(minutes=1), **on)
    assert tally.violated == {"what must be refused is refused": 1}


def test_accident_is_a_violation_and_no_crash(office: Small) -> None:
    def fall(**given: object) -> services.Act:
        raise ZeroDivisionError

    tally = Tally()
    deed = Deed(Verb.ACCEPT, fall, office.rows.actor("chi"))
    assert Performer(tally).do(deed, at=office.rows.now, number=1) is None
    assert tally.violated == {"nothing but refusals is raised": 1}


# --- Its place ---------------------------------------------------------------------------------
@pytest.mark.django_db
def test_database_that_was_not_simulated_is_not_touched(tmp_path: Path) -> None:
    with pytest.raises(place.NotOurs):
        place.start_over(Server(tmp_path))


def test_operators_database_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MOTCUA_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql:///province")
    plan = Plan("dak-lak", 1, 1, START)
    with pytest.raises(place.NotOurs, match="DATABASE_URL"):
        place.prepare(plan, place.folder_of(plan))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("simulation")
    yield folder
    for kept in folder.glob("**/postgres"):
        server = Server(kept, durable=False)
        server.start()  # stops whatever is left
        server.erase()


SAME = ("acts_by_verb", "refused", "turned_down", "troubles", "happenings", "dossiers", "events", "pages")


@pytest.mark.slow
def test_run_that_was_interrupted_or_killed_ends_as_one_that_was_not(state: Path) -> None:
    whole = _simulate(state, "--fresh")
    part = _simulate(state, "--fresh", "--stop-at", "20")
    assert (part["ended"], part["acts"]) == (False, 20)
    assert _kill_after(state, 30) >= 30
    rest = _simulate(state)
    assert rest["ended"]
    assert {key: rest[key] for key in SAME} == {key: whole[key] for key in SAME}
    assert whole["violated"] == {}
    assert _simulate(state, "--tally")["acts"] == rest["acts"]
    assert list(state.glob("**/postgres/data")) == []


@pytest.mark.slow
def test_shares_played_at_once_make_one_run(state: Path) -> None:
    found = _simulate(state, "--share-size", "3", "--workers", "2")
    assert (found["shares"], found["ended"], found["violated"]) == ([2, 2], True, {})
    assert found["acts"] == sum(found["acts_by_verb"].values()) > 10
    again = _simulate(state, "--share-size", "3")
    assert again["seconds"] == found["seconds"]


def _command(*words: str) -> list[str]:
    plan = ("--dossiers", "5", "--seed", "4")
    return [sys.executable, "-m", "motcua.config.cli", "simulate", *plan, "--json", *words]


def _simulate(state: Path, *words: str) -> dict[str, Any]:
    environment = {**os.environ, "MOTCUA_STATE_DIR": str(state)}
    done = subprocess.run(_command(*words), env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _kill_after(state: Path, acts: int) -> int:
    """Go on, slowly, until the book tells of so many acts; then let the process be gone at once."""
    environment = {**os.environ, "MOTCUA_STATE_DIR": str(state)}
    folder = state / "simulation" / Plan("dak-lak", 5, 4, START).name / "postgres"
    told = 0
    with subprocess.Popen(
        _command("--speed", "400"), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while told < acts and process.poll() is None:
            told = _told(Server(folder, durable=False))
        process.kill()
    return told


def _told(server: Server) -> int:
    """How many acts the book of a run tells of; 0 while there is none."""
    try:
        with psycopg.connect(server.dsn("motcua_demo_dak_lak"), connect_timeout=5) as database:
            row = database.execute("SELECT tally -> 'acts' FROM simulation.run").fetchone()
    except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
        return 0
    return sum(row[0].values()) if row else 0
