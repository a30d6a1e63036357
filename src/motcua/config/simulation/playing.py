"""A whole run: every dossier and every happening, in the order in which their moments come.

A run is settled by its province, its number of dossiers, its seed and its first day. Each step of a dossier
draws from a source of its own, so a run that was interrupted goes on as if it had not been.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from random import Random
from time import monotonic
from typing import Any

from django.db import transaction

from motcua.agencies import services as agencies
from motcua.agencies.enums import Role
from motcua.agencies.rules.standing_in import Authority
from motcua.catalogue.enums import Channel
from motcua.config.demo import lives, sample, stories
from motcua.config.demo.stories import Story
from motcua.config.simulation import beside, book, happenings, trouble
from motcua.config.simulation.arrivals import Arrivals
from motcua.config.simulation.beside import Beside
from motcua.config.simulation.book import Course, Kept, Key
from motcua.config.simulation.course import OVER, Deed, Look, next_day, next_deed, next_moment
from motcua.config.simulation.performing import Paper, Performer
from motcua.config.simulation.plan import YEAR, Plan
from motcua.config.simulation.tally import Tally
from motcua.config.simulation.world import World
from motcua.dossiers.enums import Capacity, Verb
from motcua.dossiers.rules.state import State
from motcua.incidents import services as incidents
from motcua.kernel.actors import Actor
from motcua.worktime.rules import ZONE, local

MOST_STEPS = 90  # of one dossier: after that it is left alone
BOOKED_EVERY = 20  # steps that are one transaction, and one entry in the book
_VERBS = {
    Channel.ONLINE: Verb.SAVE_DRAFT,
    Channel.COUNTER: Verb.REGISTER_AT_COUNTER,
    Channel.POSTAL: Verb.REGISTER_BY_POST,
}


@dataclass(slots=True)
class Run:
    """A run that is being played, with everything that is still to come."""

    plan: Plan
    world: World
    kept: Kept = field(default_factory=Kept)
    arrives: Arrivals = field(init=False)
    happenings: happenings.Happenings = field(init=False)
    performer: Performer = field(init=False)
    _changed: set[Key] = field(default_factory=set)
    _stories: dict[int, Story] = field(default_factory=dict)
    _since: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        plan = self.plan
        self.arrives = Arrivals(plan.start, YEAR)
        self.happenings = happenings.of_year(self.world, plan.start, YEAR, plan.source)
        self.performer = Performer(self.kept.tally)

    @property
    def tally(self) -> Tally:
        return self.kept.tally

    @property
    def incidents(self) -> dict[int, str]:
        return self.kept.incidents

    # --- Beginning and going on -------------------------------------------------------------------------
    def begin(self) -> None:
        """Write into the book everything that the seed settles."""
        wakes = self.kept.wakes
        for n in self.plan.numbers:
            wakes["dossier", n] = self._story(n).arrives_at
        for n, away in enumerate(self.happenings.absences):
            wakes["away", n] = datetime.combine(away.first_day, time(7), ZONE)
        for n, outage in enumerate(self.happenings.outages):
            wakes["declare", n] = outage.declared_at
            wakes["end", n] = outage.ended_at
        self._stories.clear()
        self._changed.update(wakes)
        self._write()

    # --- Playing ----------------------------------------------------------------------------------------
    def play(self, go_on: Callable[[datetime], bool] = lambda at: True) -> bool:
        """Play until the year is over; False if `go_on`, asked before each step, said no."""
        queue = [(at, *key) for key, at in self.kept.wakes.items()]
        heapq.heapify(queue)
        while queue and queue[0][0] < self.plan.end:
            with transaction.atomic():
                for _ in range(BOOKED_EVERY):
                    if not queue or queue[0][0] >= self.plan.end:
                        break
                    if not go_on(queue[0][0]):
                        self._write()
                        return False
                    self._step(queue)
                self._write()
        return True

    def _step(self, queue: list[tuple[datetime, str, int]]) -> None:
        at, kind, number = heapq.heappop(queue)
        following = self._wake(at, kind, number)
        self._changed.add((kind, number))
        if following is not None:
            self.kept.wakes[kind, number] = following
            heapq.heappush(queue, (following, kind, number))
            return
        del self.kept.wakes[kind, number]
        self._stories.pop(number, None)
        if kind == "dossier":
            self.performer.forget(self.kept.courses.pop(number).dossier_id)

    def _write(self) -> None:
        now = monotonic()
        self.kept.seconds += now - self._since
        self._since = now
        book.write(self.kept, self._changed)
        self._changed.clear()

    def _wake(self, at: datetime, kind: str, number: int) -> datetime | None:
        if kind == "dossier":
            return self._dossier(at, number)
        self.performer.forget_what_all_write()
        {"away": self._away, "declare": self._declare, "end": self._end}[kind](number, at)
        return None

    def _story(self, number: int) -> Story:
        if number not in self._stories:
            rng = Random(f"{self.plan.seed}/{number}")  # noqa: S311 - sample data
            world = self.world
            told = stories.story(number, world.offices, world.citizens, self.arrives, rng)
            self._stories[number] = replace(told, key=f"simulated-{number:07d}")
        return self._stories[number]

    def _dossier(self, at: datetime, number: int) -> datetime | None:
        """One step of a dossier; when it goes on, None when it does not."""
        course = self.kept.courses.setdefault(number, Course())
        course.step += 1
        if course.step > MOST_STEPS:
            return None
        rng = Random(f"{self.plan.seed}/{number}/{course.step}")  # noqa: S311 - sample data
        story = replace(self._story(number), rng=rng)
        state = self.performer.state_of(course.dossier_id) if course.dossier_id else None
        agency_id = state.target.agency_id if state else story.agency_id
        outage = self.happenings.outage(agency_id, course.paper_at or at)
        if outage is not None and course.paper_at is None:  # who works now, works on paper
            course.paper_at = at
            wait = rng.uniform(0.2, 40) if rng.random() < 0.95 else rng.uniform(125, 200)
            return self.happenings.outages[outage].ended_at + timedelta(hours=wait)
        paper_at, course.paper_at = course.paper_at, None
        paper = None
        if paper_at is not None and outage is not None and outage in self.incidents:
            paper = Paper(self.incidents[outage], at)
        if state is None:
            return self._file(course, story, number, at, paper, paper_at)
        return self._go_on(course, story, number, state, at, paper, paper_at)

    def _file(
        self,
        course: Course,
        story: Story,
        number: int,
        at: datetime,
        paper: Paper | None,
        paper_at: datetime | None,
    ) -> datetime | None:
        if story.channel is Channel.ONLINE:
            paper = None
        when = paper_at if paper and paper_at else at
        deed = filing(story, when)
        found = self.performer.do(deed, at=when, number=number, paper=paper)
        if found is None:
            return at + timedelta(hours=3)
        course.dossier_id, state = found
        if story.rng.random() < 0.06 and deed.verb is not Verb.SAVE_DRAFT and paper is None:
            self.performer.send_again(
                deed, course.dossier_id, at=at, number=number, dossier_id=None, state=None
            )
        return next_moment(self._look(story, state, at))

    def _go_on(
        self,
        course: Course,
        story: Story,
        number: int,
        state: State,
        at: datetime,
        paper: Paper | None,
        paper_at: datetime | None,
    ) -> datetime | None:
        assert course.dossier_id is not None
        when = paper_at if paper and paper_at else at
        look = self._look(story, state, when)
        deed, is_over = next_deed(look), state.status in OVER
        if deed is None:
            return None if is_over else next_day(replace(look, at=at))
        if deed.actor.is_citizen:  # their screen was dark too; they come when it works
            paper, when = None, at
            look = replace(look, at=at)  # or what is dated back from the paper's moment is not early at all
        on: dict[str, Any] = {"number": number, "dossier_id": course.dossier_id}
        if story.rng.random() < 0.12:
            wrong = _one_of(trouble.troubles(look, deed), story.rng)
            self.performer.do_in_vain(wrong, at=when, state=state, **on)
        found = self.performer.do(deed, at=when, state=state, paper=paper, **on)
        if found is None and is_over:  # the applicant has filed anew
            return None
        if found is None:
            return next_day(replace(look, at=at)) if story.rng.random() < 0.5 else at + timedelta(hours=2)
        if story.rng.random() < 0.05 and paper is None:
            self.performer.send_again(deed, found[0], at=when, state=state, **on)
        return next_moment(self._look(story, found[1], at))

    def _look(self, story: Story, state: State, at: datetime) -> Look:
        return Look(self.world, self.happenings, story, state, at, story.rng)

    # --- Happenings -------------------------------------------------------------------------------------
    def _away(self, number: int, at: datetime) -> None:
        away = self.happenings.absences[number]
        if not away.substitute_id:
            self.tally.happenings["away, nobody stands in"] += 1
            return
        recorder = self.world.officer(away.recorder_id)
        assert recorder is not None
        details = {
            "account_id": int(away.officer_id),
            "substitute_id": int(away.substitute_id),
            "first_day": away.first_day,
            "last_day": away.last_day,
            "reason": "Đi công tác",
            "authority": Authority("05/GUQ", local(at).date()),  # for the head of a unit in a leader's place
        }
        recording = Beside("record_absence", agencies.record_absence, recorder, details)
        beside.do_in_vain(self.tally, recording, at, self._receiver(away.agency_id))
        if beside.do(self.tally, recording, at) is not None:
            self.tally.happenings["away, somebody stands in"] += 1

    def _declare(self, number: int, at: datetime) -> None:
        outage = self.happenings.outages[number]
        details = {
            "scope": outage.scope,
            "what": "Mất kết nối đến máy chủ",
            "began_at": outage.began_at,
            "agency_id": outage.agency_id,
        }
        declaring = Beside("declare_incident", incidents.declare, self.world.admin, details)
        beside.do_in_vain(self.tally, declaring, at, self._receiver(outage.agency_id))
        card = beside.do(self.tally, declaring, at)
        if card is not None:
            self.incidents[number] = card.window.id
            self.tally.happenings["outages"] += 1

    def _end(self, number: int, at: datetime) -> None:
        if number not in self.incidents:
            return
        incidents.note_breaches(at=at)
        details = {
            "incident_id": self.incidents[number],
            "ended_at": at,
            "remedy": "Đã khôi phục kết nối",
        }
        ending = Beside("end_incident", incidents.end, self.world.admin, details)
        beside.do_in_vain(self.tally, ending, at, self._receiver(self.happenings.outages[number].agency_id))
        beside.do(self.tally, ending, at)

    def _receiver(self, agency_id: int | None) -> Actor:
        """Somebody who only receives at the agency (None: at the first): neither outages nor absences are
        theirs."""
        office = self.world.office(agency_id) if agency_id is not None else self.world.offices[0]
        assert office is not None
        return office.staff.by_role[Role.RECEIVER][0]


def filing(story: Story, at: datetime) -> Deed:
    """What comes in; now and then a paper is missing, or somebody files for somebody else."""
    service, details = lives.filing(story, at)
    actor = details.pop("actor")
    del details["at"]
    if story.rng.random() < 0.12:
        details["documents"] = details["documents"][1:]
    is_brought = story.channel is not Channel.POSTAL and story.rng.random() < 0.06
    if is_brought and not story.sheet.no_mandate:
        details |= {"submitter_name": sample.full_name(story.rng), "capacity": Capacity.AUTHORISED}
        details["authority"] = "Giấy ủy quyền số 7/UQ" if story.rng.random() < 0.9 else ""
    return Deed(_VERBS[story.channel], service, actor, details)


def _one_of(troubles: list[trouble.Trouble], rng: Random) -> trouble.Trouble:
    """One of them, each kind as likely as the others."""
    kind = rng.choice(sorted({each.kind for each in troubles}))
    return rng.choice([each for each in troubles if each.kind == kind])
