"""What `motcua simulate` does over a year, hypothesis does on a small scale, and shrinks what it finds."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.config.small_world import Small, small

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.catalogue import queries as catalogue
from motcua.config.demo.stories import Story
from motcua.config.simulation import invariants, playing, trouble
from motcua.config.simulation.course import Look, every_deed, next_deed
from motcua.config.simulation.happenings import Away, Happenings
from motcua.config.simulation.performing import Paper, Performer
from motcua.config.simulation.tally import Tally
from motcua.dossiers import queries
from motcua.dossiers.enums import Verb
from motcua.incidents import services as incidents
from motcua.incidents.enums import Scope
from motcua.kernel.errors import Refusal
from motcua.process import queries as process

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEEDS = st.integers(0, 2**32 - 1)
# What is rare in a year, and asked for here.
WISHES = st.sampled_from(
    (
        None,
        None,
        None,
        Verb.EXTEND,
        Verb.REQUEST_SUPPLEMENT,
        Verb.PAUSE,
        Verb.CONSULT,
        Verb.SEND_BACK,
        Verb.CORRECT,
        Verb.CORRECT,
        Verb.DECLINE,
        Verb.APPROVE,
        Verb.REASSIGN,
        Verb.RESUME,
        Verb.WITHDRAW,
        Verb.STOP,
    )
)
PICKS = st.integers(0, 10**6)


@dataclass
class Case:
    story: Story
    dossier_id: str


class Office(RuleBasedStateMachine):
    """One office: dossiers come in, go on, and go wrong; officers are away; the system is down.

    It is made once; what happens in it is rolled back each time.
    """

    small: Small

    @initialize()
    def open_the_office(self) -> None:
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.callback(transaction.set_rollback, True)
        for each in (agencies, catalogue, process):
            each.forget()
            self.stack.callback(each.forget)
        self.now: datetime = self.small.rows.now
        self.happenings = Happenings((), ())
        self.tally = Tally()
        self.performer = Performer(self.tally)
        self.cases: list[Case] = []
        self.filed = 0

    # --- what may happen --------------------------------------------------------------------------------
    @precondition(lambda self: len(self.cases) < 2)
    @rule(seed=SEEDS, twice=st.booleans())
    def somebody_files(self, seed: int, twice: bool) -> None:
        story = replace(self.small.story(self.filed, self.now, seed), key=f"key-{self.filed}")
        self.filed += 1
        deed = playing.filing(story, self.now)
        found = self.performer.do(deed, at=self.now, number=self.filed)
        if found is None:
            return
        self.cases.append(Case(story, found[0]))
        if twice and "submission_key" in deed.details:
            self.performer.send_again(
                deed, found[0], at=self.now, number=self.filed, dossier_id=None, state=None
            )

    @precondition(lambda self: self.cases)
    @rule(pick=PICKS, seed=SEEDS, hours=st.integers(0, 30), wish=WISHES, twice=st.booleans())
    def somebody_goes_on(self, pick: int, seed: int, hours: int, wish: Verb | None, twice: bool) -> None:
        self.now += timedelta(hours=hours)
        case, look = self._look(pick, seed)
        wished = [deed for deed in every_deed(look) if deed.verb is wish] if wish else []
        deed = wished[0] if wished else next_deed(look)
        if deed is None:
            return
        on = {"number": pick, "dossier_id": case.dossier_id, "state": look.state}
        found = self.performer.do(deed, at=self.now, **on)
        if found is not None and twice:
            self.performer.send_again(deed, found[0], at=self.now, **on)

    @precondition(lambda self: self.cases)
    @rule(pick=PICKS, seed=SEEDS, which=PICKS)
    def something_goes_wrong(self, pick: int, seed: int, which: int) -> None:
        case, look = self._look(pick, seed)
        deeds = every_deed(look)
        if not deeds:
            return
        found = trouble.troubles(look, deeds[which % len(deeds)])
        wrong = found[which % len(found)]
        self.performer.do_in_vain(
            wrong, at=self.now, number=pick, dossier_id=case.dossier_id, state=look.state
        )

    @precondition(lambda self: self.cases)
    @rule(
        pick=PICKS,
        seed=SEEDS,
        minutes=st.integers(1, 600),
        late_days=st.integers(0, 12),
        wishes=st.lists(WISHES, max_size=3),
    )
    def somebody_writes_on_paper(
        self, pick: int, seed: int, minutes: int, late_days: int, wishes: list[Verb | None]
    ) -> None:
        """The system is down; what was written on paper meanwhile is entered later, all of one minute."""
        case, look = self._look(pick, seed)
        admin, began = self.small.rows.actor("hanh"), self.now
        self.performer.forget_what_all_write()
        ended = began + timedelta(minutes=minutes)
        place = {"scope": Scope.AGENCY, "agency_id": self.small.rows.agency.pk}
        card = incidents.declare(actor=admin, at=began, what="Mất điện", began_at=began, **place)
        incidents.end(
            actor=admin, at=ended, incident_id=card.window.id, ended_at=ended, remedy="Có điện trở lại"
        )
        self.now = ended + timedelta(days=late_days)
        calendar = agencies.calendar_of(self.small.rows.agency.pk, self.now.date())
        since = [ended.date() + timedelta(days=day) for day in range(1, late_days + 1)]
        paper = Paper(card.window.id, self.now)
        for wish in (None, *wishes):
            _, look = self._look(pick, seed)
            wished = [deed for deed in every_deed(look) if deed.verb is wish] if wish else []
            deed = wished[0] if wished else next_deed(look)
            if deed is None or deed.actor.is_citizen:
                return
            on = {"number": pick, "dossier_id": case.dossier_id, "state": look.state}
            found = self.performer.do(deed, at=began, paper=paper, **on)
            assert found is None or sum(map(calendar.is_working_day, since)) <= 5

    @rule(days=st.integers(1, 5))
    def a_case_officer_is_away(self, days: int) -> None:
        dung, em, hanh = (self.small.rows.actor(name) for name in ("dung", "em", "hanh"))
        first = self.now.date()
        self.performer.forget_what_all_write()
        away = Away(
            dung.id, em.id, hanh.id, self.small.rows.agency.pk, first, first + timedelta(days=days - 1)
        )
        try:
            agency_services.record_absence(
                actor=hanh,
                at=self.now,
                account_id=int(dung.id),
                substitute_id=int(em.id),
                first_day=away.first_day,
                last_day=away.last_day,
                reason="Đi công tác",
            )
        except Refusal:
            return
        self.happenings = Happenings((*self.happenings.absences, away), ())

    # --- what must hold ---------------------------------------------------------------------------------
    @invariant()
    def everything_holds(self) -> None:
        assert self.tally.violations == []

    def teardown(self) -> None:
        try:
            assert list(invariants.at_the_end()) == []
        finally:
            self.stack.close()

    def _look(self, pick: int, seed: int) -> tuple[Case, Look]:
        case = self.cases[pick % len(self.cases)]
        state, rng = queries.state_of(case.dossier_id), Random(seed)
        story = replace(case.story, rng=rng)
        return case, Look(self.small.world, self.happenings, story, state, self.now, rng)


def test_whatever_happens_in_an_office_everything_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Office, "small", small(), raising=False)
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=20,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
