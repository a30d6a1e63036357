"""Doing one thing through the real services, and looking at once whether everything still holds."""

from __future__ import annotations

import contextlib
import html
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from motcua.config.simulation import invariants
from motcua.config.simulation.course import Deed
from motcua.config.simulation.invariants import Trace
from motcua.config.simulation.tally import Tally
from motcua.config.simulation.trouble import Trouble
from motcua.dossiers import queries, services
from motcua.dossiers.enums import ENDED, Verb
from motcua.dossiers.rules.publishing import publishes_apologies
from motcua.dossiers.rules.state import State
from motcua.dossiers.services import Act, Folded, Question
from motcua.kernel.errors import Refusal
from motcua.law import queries as law

PAGES_EVERY = 25  # acts between two looks at a public page: drawing it takes longer than the act
WHOLE_EVERY = 10  # acts between two folds of a dossier from its first event on
_NOTHING: Trace = (None, 0)  # of a dossier that is not there yet
_FOR_EVER = 36_500  # days
_LETTERS = "van-ban-xin-loi"
_OF_LETTERS = frozenset(
    {Verb.EXTEND, Verb.CORRECT, Verb.SUPPLEMENT}
)  # what they say, or what is hidden in it
_ONCE = frozenset({Verb.SUBMIT, Verb.REGISTER_AT_COUNTER, Verb.REGISTER_BY_POST})


@dataclass(frozen=True, slots=True)
class Paper:
    """The act stood in the paper log of an outage, and is entered now."""

    incident_id: str
    entered_at: datetime


@dataclass(slots=True)
class Performer:
    """Performs deeds on one dossier after the other and keeps the tally.

    `known` holds the dossiers as they were folded when they were last looked at.
    """

    tally: Tally
    known: dict[str, Folded] = field(default_factory=dict)
    _own: dict[str, Trace] = field(default_factory=dict)  # of each dossier, as it was looked at last
    _common: Trace | None = None  # of the outbox and the serials; None: somebody else may have written
    _client: Client = field(default_factory=lambda: Client(SERVER_NAME="localhost"))

    def state_of(self, dossier_id: str) -> State:
        """The dossier as it stands: as it was looked at last, or as it is stored."""
        known = self.known.get(dossier_id)
        return known.state if known else queries.state_of(dossier_id)

    def forget(self, dossier_id: str | None) -> None:
        """Nobody comes back to this dossier."""
        self.known.pop(dossier_id or "", None)
        self._own.pop(dossier_id or "", None)

    def forget_what_all_write(self) -> None:
        """Something else than an act on a dossier is being done."""
        self._common = None

    def _trace(self, dossier_id: str | None) -> Trace:
        """What must be the same after a refusal: as the last look left it, or as it is stored."""
        own = self._own.get(dossier_id, None) if dossier_id else _NOTHING
        return (*own, *self._common) if own and self._common else invariants.trace(dossier_id)

    def do(
        self,
        deed: Deed,
        *,
        at: datetime,
        number: int,
        dossier_id: str | None = None,
        state: State | None = None,
        paper: Paper | None = None,
    ) -> tuple[str, State] | None:
        """Do it; the dossier's id and state after it, None if it was refused. Everything is checked."""
        before = self._trace(dossier_id)
        try:
            with self._log(paper, deed):
                act = _done(deed, _usual(deed, at, dossier_id, state))
        except Refusal as refusal:
            self.tally.turned_down[f"{deed.verb}: {refusal.code}"] += 1
            self._check_refusal(refusal, before, deed, number, dossier_id)
            return None
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a violation and is told
            self._violate("nothing but refusals is raised", repr(error), deed, number, dossier_id)
            return None
        self.tally.acts[deed.counted_as] += 1
        after, beside = self._folded(act, deed, number, _right_asked(deed, state, at))
        self._check_act(act, state, after, deed, at, number, holds_a_post=beside[0] if beside else None)
        return act.dossier_id, after

    def _folded(
        self, act: Act, deed: Deed, number: int, asked: list[Question]
    ) -> tuple[State, tuple[Any, ...]]:
        """What the events make of the dossier, once that was compared with every row of it.

        What has happened since the last look is folded; now and then, and when it has ended, all of it. What
        is `asked` beside it is answered.
        """
        dossier_id = act.dossier_id
        known = self.known.pop(dossier_id, None)
        if self.tally.done % WHOLE_EVERY == 0 or act.status in ENDED:
            known = None
        looked = services.verify_from(dossier_id, known, [*asked, invariants.COMMON_ASKED])
        *answers, common = looked.beside
        self._own.pop(dossier_id, None)
        if looked.folded is None:
            self._violate("refold equals rows", str(looked.difference), deed, number, dossier_id)
            return queries.state_of(dossier_id), tuple(answers)
        self.known[dossier_id] = looked.folded
        trace = invariants.trace_of(looked.folded, common)
        self._own[dossier_id], self._common = trace[:2], trace[2:]
        return looked.folded.state, tuple(answers)

    def do_in_vain(
        self, trouble: Trouble, *, at: datetime, number: int, dossier_id: str, state: State
    ) -> None:
        """Try what must be refused, and see that it was and that nothing changed."""
        deed, before = trouble.deed, self._trace(dossier_id)
        usual = _usual(deed, at - trouble.earlier, dossier_id, state)
        usual["expected_version"] = state.version - trouble.stale
        self.tally.troubles[trouble.kind] += 1
        try:
            _done(deed, usual)
        except Refusal as refusal:
            self.tally.refused[refusal.code] += 1
            self._check_refusal(refusal, before, deed, number, dossier_id)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a violation and is told
            self._violate("nothing but refusals is raised", repr(error), deed, number, dossier_id)
        else:
            self._violate(
                "what must be refused is refused", f"{trouble.kind} was taken", deed, number, dossier_id
            )

    def send_again(
        self, deed: Deed, done: str, *, at: datetime, number: int, dossier_id: str | None, state: State | None
    ) -> None:
        """The same press once more: the same dossier comes back, or the page is stale; nothing is done twice.

        `done` is the dossier that the first press made or changed, `state` what the page showed before it.
        """
        before = self._trace(done)
        self.tally.troubles["sent twice"] += 1
        try:
            act = _done(deed, _usual(deed, at, dossier_id, state))
        except Refusal as refusal:
            self.tally.refused[refusal.code] += 1
            self._check_refusal(refusal, before, deed, number, done)
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a violation and is told
            self._violate("nothing but refusals is raised", repr(error), deed, number, done)
            return
        if deed.verb not in _ONCE or act.dossier_id != done or invariants.trace(done) != before:
            self._violate("nothing is done twice", f"{deed.verb} was", deed, number, done)

    def _check_act(
        self,
        act: Act,
        before: State | None,
        after: State,
        deed: Deed,
        at: datetime,
        number: int,
        *,
        holds_a_post: bool | None,
    ) -> None:
        what = deed.details.get("what")
        self.count_regulation(after.target.regulation, at)
        done = invariants.Done(act.dossier_id, before, after, deed.verb, deed.actor, at, what, holds_a_post)
        for check, words in invariants.after_act(done):
            self._violate(check, words, deed, number, act.dossier_id)
        if after.reference and self.tally.done % PAGES_EVERY == 0:
            self.look_at_page(after, deed, number, act.dossier_id)
        if after.apologies and deed.verb in _OF_LETTERS:
            self.look_at_letters(after, before, deed, number, act.dossier_id)

    def count_regulation(self, own: str, at: datetime) -> None:
        """Count an act by the regulation of its dossier, and that it was replaced meanwhile, if it was."""
        if not own:
            return
        self.tally.regulations[own] += 1
        in_force = law.regulation_in_force(settings.PROVINCE, at.date()).short_name
        if in_force != own:
            self.tally.happenings[f"went on under {own} in the days of {in_force}"] += 1

    def look_at_page(self, state: State, deed: Deed, number: int, dossier_id: str) -> None:
        """Draw the public page of the dossier and look for what must not stand there."""
        address = reverse("portal:track", args=[state.reference])
        self._client.cookies.clear()  # a page of somebody who comes for the first time
        answer = self._client.get(address)
        self.tally.pages += 1
        if answer.status_code != 200:
            words = f"{address} answers {answer.status_code}"
            self._violate("nothing personal is public", words, deed, number, dossier_id)
        for words in invariants.leaks(state, html.unescape(answer.content.decode())):
            self._violate("nothing personal is public", words, deed, number, dossier_id)

    def look_at_letters(
        self, state: State, before: State | None, deed: Deed, number: int, dossier_id: str
    ) -> None:
        """Draw the public list of letters of apology, if there is one, and look at those of the dossier.

        The run plays in years of its own: the list is drawn as if letters were public for ever.
        """
        rules = law.regulation(state.target.regulation)
        if not publishes_apologies(rules) or state.apologies[-1].at > timezone.now():
            return
        with override_settings(APOLOGIES_PUBLIC_DAYS=_FOR_EVER):
            answer = self._client.get(reverse("portal:information", args=[_LETTERS]))
        self.tally.pages += 1
        text = html.unescape(answer.content.decode())
        own = [part for part in text.split('class="mc-apology"')[1:] if state.reference in part]
        if not own and deed.verb is Verb.EXTEND:
            words = f"{answer.status_code}, and the letter is not on the list"
            self._violate("nothing personal is public", words, deed, number, dossier_id)
        until_now = replace(before, apologies=state.apologies) if before else None
        for part in own:
            for one in filter(None, (state, until_now)):
                for words in (*invariants.leaks(one, part), *invariants.leaks_of_letter(one, part)):
                    self._violate("nothing personal is public", words, deed, number, dossier_id)

    def _check_refusal(
        self, refusal: Refusal, before: tuple[Any, ...], deed: Deed, number: int, dossier_id: str | None
    ) -> None:
        for check, words in invariants.after_refusal(refusal, before, invariants.trace(dossier_id)):
            self._violate(check, words, deed, number, dossier_id)

    def _violate(self, check: str, what: str, deed: Deed, number: int, dossier_id: str | None) -> None:
        doing = f"{deed.verb} by {deed.actor.kind} {deed.actor.id}"
        self.tally.violate(check, what, number=number, dossier_id=dossier_id or "", doing=doing)

    @contextlib.contextmanager
    def _log(self, paper: Paper | None, deed: Deed) -> Iterator[None]:
        if paper is None:
            yield
            return
        self.tally.happenings["entered from paper"] += 1
        with services.entered_late(
            incident_id=paper.incident_id,
            page="1",
            entered_at=paper.entered_at,
            done_by=deed.actor.name,
        ):
            yield


def _done(deed: Deed, usual: dict[str, Any]) -> Act:
    """Do it in a transaction of its own, with all that the database would refuse at its end."""
    with transaction.atomic():
        act = deed.service(**usual, **deed.details)
        connection.check_constraints()
    return act


def _right_asked(deed: Deed, state: State | None, at: datetime) -> list[Question]:
    """Whether an officer may do it to the dossier that was there before, to be asked with the look."""
    if state is None or not deed.actor.is_officer:
        return []
    return [invariants.post_asked(state, deed.verb, deed.actor, at, deed.details.get("what"))]


def _usual(deed: Deed, at: datetime, dossier_id: str | None, state: State | None) -> dict[str, Any]:
    """What every service takes: who, when, and the dossier at the version that the page showed."""
    given: dict[str, Any] = {"actor": deed.actor, "at": at}
    if dossier_id is not None and state is not None:
        given |= {"dossier_id": dossier_id, "expected_version": state.version}
    return given
