"""One of several who act at once: picks what the others pick too, looks, acts, and looks again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import Any

from django.db import connection, transaction

from motcua.config.demo import stories
from motcua.config.demo.stories import Story
from motcua.config.simulation import invariants, playing, trouble
from motcua.config.simulation.course import Deed, Look, next_deed
from motcua.config.simulation.happenings import Happenings
from motcua.config.simulation.tally import Tally
from motcua.config.simulation.together import claims
from motcua.config.simulation.together.claims import ONCE, Claim
from motcua.config.simulation.world import World
from motcua.dossiers import queries, services
from motcua.dossiers.errors import Stale
from motcua.dossiers.rules.state import State
from motcua.dossiers.services import Act
from motcua.kernel.errors import Refusal

NOBODY_AWAY = Happenings((), ())


@dataclass(slots=True)
class Person:
    """A process, or in tests a thread, among others.

    `pick` answers the number of the dossier that everybody looks at now, `clock` the moment that all share.
    What was answered with success stands in `claims`.
    """

    seed: int
    which: int
    world: World
    pick: Callable[[Random], int]
    clock: Callable[[], datetime]
    tally: Tally = field(default_factory=Tally)
    claims: list[Claim] = field(default_factory=list)
    rng: Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = Random(f"{self.seed}/person {self.which}")  # noqa: S311 - sample data

    def step(self) -> bool:
        """Do one thing to the dossier that is looked at; False if its life is over or nobody is there."""
        number, at = self.pick(self.rng), self.clock()
        story = self._story(number, at)
        dossier_id = claims.agreed(number)
        if dossier_id is None:
            act = self._do(playing.filing(story, at), at, number, None, None)
            if act is not None:
                claims.agree(number, act.dossier_id)
            return act is not None
        story = replace(story, rng=self.rng)
        state = queries.state_of(dossier_id)
        at = max(at, state.last_at or at)
        look = Look(self.world, NOBODY_AWAY, story, state, at, self.rng)
        deed = next_deed(look)
        if deed is None:
            return False
        if self.rng.random() < 0.1:
            self._do_in_vain(self.rng.choice(trouble.troubles(look, deed)), at, number, dossier_id, state)
        return self._do(deed, at, number, dossier_id, state) is not None

    def _story(self, number: int, at: datetime) -> Story:
        """The same for everybody: two who file it bring the same papers under the same key."""
        rng = Random(f"{self.seed}/{number}")  # noqa: S311 - sample data
        told = stories.story(number, self.world.offices, self.world.citizens, lambda *_: at, rng)
        return replace(told, key=f"together-{number:07d}")

    def _do(
        self, deed: Deed, at: datetime, number: int, dossier_id: str | None, state: State | None
    ) -> Act | None:
        seen = state.version if state else 0
        try:
            act = deed.service(**_usual(deed, at, dossier_id, seen), **deed.details)
        except Stale:
            self.tally.happenings["somebody else came first"] += 1
            return None
        except Refusal as refusal:
            self.tally.turned_down[f"{deed.verb}: {refusal.code}"] += 1
            return None
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a violation and is told
            self._violate("nothing but refusals is raised", repr(error), deed, number, dossier_id)
            return None
        self.tally.acts[deed.counted_as] += 1
        self.claims.append(Claim(act.dossier_id, seen, act.version, deed.verb, deed.actor.id))
        self._look(act, deed, at, number, state)
        return act

    def _do_in_vain(
        self, wrong: trouble.Trouble, at: datetime, number: int, dossier_id: str, state: State
    ) -> None:
        deed = wrong.deed
        usual = _usual(deed, at - wrong.earlier, dossier_id, state.version - wrong.stale)
        self.tally.troubles[wrong.kind] += 1
        try:
            deed.service(**usual, **deed.details)
        except Refusal as refusal:
            self.tally.refused[refusal.code] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a violation and is told
            self._violate("nothing but refusals is raised", repr(error), deed, number, dossier_id)
        else:
            words = f"{wrong.kind} was taken"
            self._violate("what must be refused is refused", words, deed, number, dossier_id)

    def _look(self, act: Act, deed: Deed, at: datetime, number: int, before: State | None) -> None:
        """Fold the dossier as one picture of the data shows it, whoever is at work on it.

        What an act may do and leave is only looked at if nobody has come after it yet.
        """
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            looked = services.verify_from(act.dossier_id, None)
        folded = looked.folded
        if folded is None:
            self._violate("refold equals rows", str(looked.difference), deed, number, act.dossier_id)
            return
        if folded.state.version != act.version or deed.verb in ONCE:
            return
        what = deed.details.get("what")
        done = invariants.Done(act.dossier_id, before, folded.state, deed.verb, deed.actor, at, what)
        for check, words in invariants.after_act(done):
            self._violate(check, words, deed, number, act.dossier_id)

    def _violate(self, check: str, what: str, deed: Deed, number: int, dossier_id: str | None) -> None:
        doing = f"{deed.verb} by {deed.actor.kind} {deed.actor.id}"
        self.tally.violate(check, what, number=number, dossier_id=dossier_id or "", doing=doing)


def _usual(deed: Deed, at: datetime, dossier_id: str | None, seen: int) -> dict[str, Any]:
    given: dict[str, Any] = {"actor": deed.actor, "at": at}
    return given | {"dossier_id": dossier_id, "expected_version": seen} if dossier_id else given


def look_at_everything(tally: Tally, said: list[Claim]) -> None:
    """When all are done: what was said is what is stored, and everything holds that holds in any run."""
    found = list(invariants.at_the_end())
    found += [("nothing is lost and nothing is done twice", words) for words in claims.lost_or_doubled(said)]
    for check, words in found:
        tally.violate(check, words, number=-1, dossier_id="", doing="looking at everything")
