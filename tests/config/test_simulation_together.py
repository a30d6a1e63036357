"""Several people at once on a small scale: real threads, real commits; and that a lost act would be seen."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection
from tests.config.small_world import Small, small

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.config.simulation.tally import Tally
from motcua.config.simulation.together import claims, playing
from motcua.config.simulation.together.claims import Claim
from motcua.config.simulation.together.playing import Person
from motcua.dossiers.enums import Verb
from motcua.dossiers.services import tables
from motcua.process import queries as process

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = 40


@pytest.fixture
def office(transactional_db: None) -> Iterator[Small]:
    for each in (agencies, catalogue, process):
        each.forget()
    claims.make_table()
    yield small()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE simulation.meeting")
    for each in (agencies, catalogue, process):
        each.forget()


class Meeting:
    """Two who look at the same dossier at the same moment, step for step."""

    def __init__(self, office: Small, seed: int, dossiers: int) -> None:
        self.dossiers, self.barrier = dossiers, Barrier(2)
        self.started: datetime = office.rows.now
        self.minutes = itertools.count()
        self.people = [
            Person(seed, which, office.world, self._picks(), self._clock)
            for which in range(self.barrier.parties)
        ]

    def _picks(self) -> Callable[[Random], int]:
        rounds = itertools.count()

        def pick(rng: Random) -> int:
            self.barrier.wait(30)
            return next(rounds) % self.dossiers

        return pick

    def _clock(self) -> datetime:
        return self.started + timedelta(minutes=next(self.minutes) // 2 * 20)

    def go(self, steps: int) -> None:
        def be(person: Person) -> None:
            try:
                for _ in range(steps):
                    person.step()
            except BaseException:
                self.barrier.abort()
                raise
            finally:
                connection.close()

        with ThreadPoolExecutor(len(self.people)) as pool:
            list(pool.map(be, self.people))

    @property
    def said(self) -> list[Claim]:
        return [claim for person in self.people for claim in person.claims]

    def look(self) -> Tally:
        whole = Tally()
        for person in self.people:
            whole.add(person.tally, 0)
        playing.look_at_everything(whole, self.said)
        return whole


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_two_who_act_on_the_same_dossiers_lose_nothing_and_double_nothing(office: Small, seed: int) -> None:
    meeting = Meeting(office, seed, dossiers=4)
    meeting.go(STEPS)
    tally = meeting.look()
    assert tally.violations == []
    assert tally.acts["accept"] >= 2
    assert all(person.claims for person in meeting.people)
    refused = sum(tally.turned_down.values()) + tally.happenings["somebody else came first"]
    assert refused > 0  # both tried the same


def test_what_was_answered_and_is_not_stored_is_seen(office: Small) -> None:
    meeting = Meeting(office, 1, dossiers=2)
    meeting.go(6)
    assert meeting.look().violations == []
    act = next(claim for claim in meeting.said if claim.verb not in claims.ONCE)
    another = replace(act, verb=Verb.CORRECT)
    without = [claim for claim in meeting.said if claim is not act]
    lost = replace(act, seen=act.version + 40, version=act.version + 41)
    for said, words in (
        (without, "was done by nobody"),
        ([*meeting.said, another], "was done by ["),
        ([*without, replace(act, actor_id="0")], "bears another name"),
        ([*meeting.said, lost], "is lost"),
    ):
        (found,) = claims.lost_or_doubled(said)
        assert words in found


def test_dossier_that_is_not_locked_is_a_violation(office: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the lock both see the same version; the database keeps one, the other meets an error."""
    meeting = Meeting(office, 1, dossiers=1)
    meeting.go(1)
    read, both = tables.lock, Barrier(2)

    def lock(*given: Any) -> Any:
        answer = read(*given)
        with contextlib.suppress(BrokenBarrierError):  # only one of them came as far as this
            both.wait(2)
        return answer

    monkeypatch.setattr(tables, "_LOCK", tables._LOCK.replace("FOR UPDATE", ""))
    monkeypatch.setattr(tables, "lock", lock)
    meeting.go(6)
    assert "nothing but refusals is raised" in meeting.look().violated
