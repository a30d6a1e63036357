"""The parts of the simulation: what it settles by the seed, and that its checks see what is broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection
from tests.config.small_world import Small, small
from tests.dossiers.world import moment

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.config.postgres import Server
from motcua.config.simulation import happenings, invariants, place
from motcua.config.simulation.arrivals import Arrivals
from motcua.config.simulation.course import Deed, Look
from motcua.config.simulation.happenings import Happenings
from motcua.config.simulation.invariants import Done
from motcua.config.simulation.performing import Performer
from motcua.config.simulation.plan import Plan
from motcua.config.simulation.tally import KEPT, Tally
from motcua.config.simulation.trouble import Trouble
from motcua.dossiers import errors, queries, services
from motcua.dossiers.enums import Verb
from motcua.dossiers.rules.state import Apology, State
from motcua.kernel.errors import Forbidden
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


def test_two_apologies_are_seen_and_one_is_not(office: Small) -> None:
    at = moment("2024-03-05 08:00")
    letter = Apology(at, "x", at, at + timedelta(days=3), True)
    assert "at_most_one_apology" not in _broken(_done(office, "accept", apologies=(letter,)))
    assert "at_most_one_apology" in _broken(_done(office, "accept", apologies=(letter, letter)))


def test_version_that_stays_is_seen(office: Small) -> None:
    assert list(invariants.time_goes_on(_done(office, "accept"))) == ["version 3 became 3"]


def test_personal_words_on_a_public_page_are_seen(office: Small) -> None:
    state: State = queries.state_of(office.rows.until("accept").dossier_id)
    person = state.contents.applicant
    assert list(invariants.leaks(state, f"<p>{person.name}</p>")) == [
        "public, but shows the applicant's name"
    ]
    assert list(invariants.leaks(state, "<p>Đã tiếp nhận</p>")) == []


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
    with pytest.raises(place.NotOurs, match="DATABASE_URL"):
        place.prepare(Plan("dak-lak", 1, 1, START))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("simulation")
    yield folder
    server = Server(folder / "simulation" / "dak-lak" / "postgres", durable=False)
    server.start()  # stops whatever is left
    server.erase()


@pytest.mark.slow
def test_run_that_was_interrupted_ends_as_one_that_was_not(state: Path) -> None:
    whole = _simulate(state, "--fresh")
    part = _simulate(state, "--fresh", "--stop-at", "20")
    assert (part["ended"], part["acts"]) == (False, 20)
    rest = _simulate(state)
    assert rest["ended"]
    same = ("acts_by_verb", "refused", "turned_down", "troubles", "happenings", "dossiers", "events", "pages")
    assert {key: rest[key] for key in same} == {key: whole[key] for key in same}
    assert whole["violated"] == {}


def _simulate(state: Path, *words: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "motcua.config.cli", "simulate", "--dossiers", "5", "--seed", "4"]
    environment = {**os.environ, "MOTCUA_STATE_DIR": str(state)}
    done = subprocess.run(
        [*command, "--json", *words], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
