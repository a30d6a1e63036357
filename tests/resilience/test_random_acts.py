"""Random verbs by random people at random moments: whatever they try, the books stay right."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import translation
from tests.dossiers.world import World, make_world

from motcua.dossiers import queries, services
from motcua.dossiers.enums import ENDED, Decision, DeclineGround, Status, Verb
from motcua.dossiers.models import Dossier, DossierEvent, DossierTask
from motcua.dossiers.rules.state import Applicant, DocumentRef, ResultDelivery, State, SupplementItem
from motcua.dossiers.services import Act
from motcua.kernel.errors import Refusal
from motcua.theme.refusals import sentence

FINISHED = {status.value for status in ENDED}
PEOPLE = ("an", "binh", "chi", "dung", "em", "lan", "hanh", "khoa", "giang")
TEXTS = ("Theo quy định", "", "   ", "x" * 5000, "%(name)s %d", "\u202eđảo\u200b", "Dòng\nmới")
UNUSABLE = ("NUL \0 ở giữa", "một nửa \ud83d")
# Who would do what next, so that a random walk gets anywhere.
NEXT: dict[Status, tuple[tuple[Verb, str], ...]] = {
    Status.DRAFT: ((Verb.SUBMIT, "an"), (Verb.SAVE_DRAFT, "an")),
    Status.SUBMITTED: ((Verb.ACCEPT, "chi"), (Verb.REQUEST_SUPPLEMENT, "chi")),
    Status.AWAITING_SUPPLEMENT: ((Verb.SUPPLEMENT, "an"), (Verb.SUPPLEMENT, "chi")),
    Status.ACCEPTED: ((Verb.HAND_OVER, "chi"),),
    Status.DECIDED: ((Verb.ISSUE_RESULT, "khoa"),),
    Status.RESULT_ISSUED: ((Verb.ANNOUNCE, "chi"), (Verb.RETURN_RESULT, "chi")),
    Status.READY: ((Verb.RETURN_RESULT, "chi"),),
    Status.RETURNED: ((Verb.CLOSE, "chi"),),
}
NEXT_ON_TASK: dict[str, tuple[tuple[Verb, str], ...]] = {
    "assign": ((Verb.ASSIGN, "lan"),),
    "process": (
        (Verb.PROPOSE, "dung"), (Verb.PROPOSE, "em"), (Verb.PROPOSE, "dung"), (Verb.PROPOSE, "em"),
        (Verb.REQUEST_SUPPLEMENT, "dung"), (Verb.SEND_BACK, "em"),
    ),
    "approve": (
        (Verb.APPROVE, "hanh"), (Verb.APPROVE, "hanh"), (Verb.REFUSE, "hanh"), (Verb.SEND_BACK, "hanh"),
    ),
}  # fmt: skip


@dataclass
class Crowd:
    """People who try things. `chance` decides everything, so that a run can be run again."""

    world: World
    chance: random.Random
    now: datetime
    known: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def text(self) -> str:
        return self.chance.choice(TEXTS) if self.chance.random() < 0.2 else "Theo quy định"

    def anybody(self) -> str:
        return self.chance.choice(PEOPLE)

    def act_once(self) -> None:
        self.now += timedelta(minutes=self.chance.choice((0, 0, 1, 7, 55, 600, 3000)))
        chosen = self.chance.choice(self.known[-7:]) if self.known else ""
        verb, who = self.choose(chosen)
        at = self.now - timedelta(days=2) if self.chance.random() < 0.03 else self.now
        before = _books()
        refusal = self.refusal_of(verb, who, chosen, at)
        if refusal is None:
            self.done[verb.value] += 1
            return
        self.refused[refusal.code] += 1
        assert_said(refusal)
        assert _books() == before, (verb, who, refusal.code)

    def refusal_of(self, verb: Verb, who: str, dossier_id: str, at: datetime) -> Refusal | None:
        """Why it was refused; None if it was done. Anything else that goes wrong is a failure."""
        try:
            act = self.try_it(verb, who, dossier_id, at)
        except Refusal as refusal:
            return refusal
        if act.dossier_id not in self.known:
            self.known.append(act.dossier_id)
        return None

    def choose(self, dossier_id: str) -> tuple[Verb, str]:
        if not dossier_id or self.chance.random() < 0.15:
            return self.chance.choice(((Verb.SAVE_DRAFT, "an"), (Verb.REGISTER_AT_COUNTER, "chi")))
        state = queries.state_of(dossier_id)
        on_task = NEXT_ON_TASK.get(state.tasks[0].kind) if state.tasks else None
        likely = NEXT.get(state.status) or on_task
        if likely and self.chance.random() < 0.8:
            return self.chance.choice(likely)
        return self.chance.choice(list(Verb)), self.anybody()

    def try_it(self, verb: Verb, who: str, dossier_id: str, at: datetime) -> Act:
        actor = self.world.actor(who)
        if verb in (Verb.REGISTER_AT_COUNTER, Verb.REGISTER_BY_POST):
            return self._register(verb, who, at)
        if verb is Verb.SAVE_DRAFT and (not dossier_id or self.chance.random() < 0.3):
            return self.world.draft(actor=actor, at=at, with_papers=self.chance.random() < 0.8)
        state = queries.state_of(dossier_id)
        version = state.version + self.chance.choice((0,) * 20 + (-1, 1))
        on = {"actor": actor, "at": at, "dossier_id": dossier_id, "expected_version": version}
        return self._services(state, dossier_id)[verb](on)

    def _register(self, verb: Verb, who: str, at: datetime) -> Act:
        given: dict[str, Any] = {"actor": self.world.actor(who), "at": at}
        given["submission_key"] = f"k-{self.chance.randrange(10**9)}"
        if verb is Verb.REGISTER_BY_POST:
            return services.register_by_post(
                **given,
                procedure_version_id=self.world.version.pk,
                agency_id=self.world.agency.pk,
                applicant=Applicant("Nguyễn Văn An"),
                postal_number=self.text(),
            )
        return self.world.register(**given)

    def _services(self, state: State, dossier_id: str) -> dict[Verb, Callable[[dict[str, Any]], Act]]:
        tasks = [task.key for task in state.tasks] or ["none"]
        key = self.chance.choice([*tasks, *tasks, *tasks, "none", ""])
        task = {"task_key": key}
        text = self.text()
        papers = self.chance.choice(((), (DocumentRef("paper", originals=1),), (DocumentRef("x", None),)))
        officer = self.chance.choice([str(self.world.people[name].pk) for name in ("dung", "em", "giang")])
        call = services
        return {
            Verb.SAVE_DRAFT: lambda on: self.world.draft(**on),
            Verb.SUBMIT: lambda on: call.submit(**on, submission_key=f"key-{dossier_id}"),
            Verb.ACCEPT: lambda on: call.accept(**on, note=text),
            Verb.DECLINE: lambda on: call.decline(**on, ground=DeclineGround.BY_LAW, reason=text),
            Verb.REQUEST_SUPPLEMENT: lambda on: call.request_supplement(
                **on,
                items=(SupplementItem(self.chance.choice(("paper", "paper", "x")), text),),
                reason=text,
                guidance=self.text(),
                again_ground=self.text(),
            ),
            Verb.SUPPLEMENT: lambda on: call.supplement(
                **on, documents=papers, form_data=self.chance.choice((None, {"purpose": text}))
            ),
            Verb.HAND_OVER: lambda on: call.hand_over(**on, **task, note=text),
            Verb.ASSIGN: lambda on: call.assign(**on, **task, officer_id=officer, note=text),
            Verb.COMPLETE_STEP: lambda on: call.complete_step(
                **on, **task, outcome=self.chance.choice(("", "done", "no such outcome"))
            ),
            Verb.SEND_BACK: lambda on: call.send_back(
                **on, **task, to_step=self.chance.choice(("assign", "examine", "return", "x")), reason=text
            ),
            Verb.PROPOSE: lambda on: call.propose(
                **on, **task, decision=self.chance.choice(list(Decision)), text=text
            ),
            Verb.APPROVE: lambda on: call.approve(**on, **task, note=text),
            Verb.REFUSE: lambda on: call.refuse(**on, **task, reason=text),
            Verb.ISSUE_RESULT: lambda on: call.issue_result(**on, **task, number=text, name="Giấy phép"),
            Verb.ANNOUNCE: lambda on: call.announce(**on),
            Verb.RETURN_RESULT: lambda on: call.return_result(
                **on,
                how=self.chance.choice(("counter", "postal", "online", "by pigeon")),
                received_by=text,
                proof=self.text(),
            ),
            Verb.CLOSE: lambda on: call.close(**on, note=text),
            Verb.WITHDRAW: lambda on: call.withdraw(**on, reason=text if self.chance.random() < 0.3 else ""),
            Verb.STOP: lambda on: call.stop(**on, reason=text if self.chance.random() < 0.3 else ""),
        }


def assert_said(refusal: Refusal) -> None:
    """A refusal can be told to people, in both languages."""
    for language in ("vi", "en"):
        with translation.override(language):
            assert sentence(refusal)
    assert refusal.code in str(refusal)


def _books() -> tuple[int, int, int]:
    """What a refused act may not have changed."""
    versions = sum(Dossier.objects.values_list("version", flat=True))
    return versions, DossierEvent.objects.count(), DossierTask.objects.count()


def assert_books_are_right() -> None:
    assert services.verify().difference is None
    codes = Dossier.objects.exclude(code=None).values_list("code", flat=True)
    by_day: dict[str, list[int]] = {}
    for code in codes:
        day, _, serial = code.rpartition("-")
        by_day.setdefault(day, []).append(int(serial))
    assert {day: sorted(serials) for day, serials in by_day.items()} == {
        day: list(range(1, len(serials) + 1)) for day, serials in by_day.items()
    }
    assert not DossierTask.objects.filter(dossier__status__in=FINISHED).exists()
    for row in Dossier.objects.all():
        assert row.version == row.events.count()
        assert (row.ended_at is not None) == (row.status in FINISHED)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_acts_leave_the_books_right(seed: int) -> None:
    world = make_world()
    crowd = Crowd(world, random.Random(seed), world.now)
    for _ in range(150):
        crowd.act_once()
    assert_books_are_right()
    assert sum(crowd.done.values()) > 25, crowd.done
    assert len(crowd.refused) > 6, crowd.refused


@pytest.fixture
def committed_world(transactional_db: None) -> Iterator[World]:
    return make_world()  # type: ignore[return-value]


def test_random_acts_at_once_leave_the_books_right(committed_world: World) -> None:
    """Four crowds on the same few dossiers: they are told that somebody was quicker, and nothing worse."""
    world = committed_world
    shared = [world.submit(world.draft()).dossier_id for _ in range(3)]
    shared += [world.accept(world.register()).dossier_id for _ in range(3)]

    def run(seed: int) -> Counter[str]:
        crowd = Crowd(world, random.Random(seed), world.now + timedelta(minutes=1))
        told: Counter[str] = Counter()
        try:
            for _ in range(40):
                crowd.now += timedelta(minutes=crowd.chance.randint(1, 90))
                chosen = crowd.chance.choice(shared)
                refusal = crowd.refusal_of(*crowd.choose(chosen), chosen, crowd.now)
                told[refusal.code if refusal else "done"] += 1
        finally:
            connection.close()
        return told

    with ThreadPoolExecutor(4) as pool:
        told = sum(pool.map(run, range(4)), Counter[str]())
    assert sum(told.values()) == 160
    assert told["done"] > 15, told
    assert_books_are_right()


def test_intake_and_acceptance_at_once_never_wait_for_each_other(committed_world: World) -> None:
    """The desk registers and accepts in one transaction while others register or accept: no deadlock."""
    world = committed_world
    waiting = [world.register() for _ in range(12)]
    chi, at = world.actor("chi"), world.later(minutes=5)

    def both(number: int) -> None:
        with transaction.atomic():
            act = world.register(at=at, submission_key=f"both-{number}")
            services.accept(actor=chi, at=at, dossier_id=act.dossier_id, expected_version=act.version)

    def one(number: int) -> None:
        act = waiting[number]
        services.accept(actor=chi, at=at, dossier_id=act.dossier_id, expected_version=act.version)

    def run(work: tuple[Callable[[int], None], int]) -> None:
        try:
            work[0](work[1])
        finally:
            connection.close()

    works = [(kind, number) for number in range(12) for kind in (both, one)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(run, works))
    assert Dossier.objects.filter(status=Status.ACCEPTED.value).count() == 24
    assert_books_are_right()


@pytest.mark.django_db
@pytest.mark.parametrize("text", UNUSABLE)
def test_text_that_no_table_can_keep_is_refused(text: str) -> None:
    world = make_world()
    act = world.accept(world.submit(world.draft()))
    on = {"actor": world.actor("chi"), "dossier_id": act.dossier_id, "expected_version": act.version}
    before = _books()
    tries: list[Callable[[], object]] = [
        lambda: world.draft(form_data={"purpose": text}),
        lambda: world.draft(applicant=Applicant(text)),
        lambda: world.draft(documents=(DocumentRef("paper", note=text),)),
        lambda: world.draft(submitter_name=text),
        lambda: world.register(submission_key=text),
        lambda: world.hand_over(act, note=text),
        lambda: services.withdraw(**on, at=world.later(minutes=1), reason=text),
    ]
    for attempt in tries:
        with transaction.atomic(), pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == "dossiers.unusable_text"
        assert_said(refused.value)
    assert _books() == before
    assert services.verify().difference is None


@pytest.mark.django_db
@pytest.mark.parametrize("is_note_first", [True, False])
def test_file_counts_whatever_note_stands_beside_it(is_note_first: bool) -> None:
    world = make_world()
    note, paper = DocumentRef("paper", note="Bản chụp hơi mờ"), DocumentRef("paper", copies=1)
    papers = (note, paper) if is_note_first else (paper, note)
    assert world.submit(world.draft(documents=papers)).status == Status.SUBMITTED


@pytest.mark.django_db
def test_arguments_that_fit_nothing_are_refused() -> None:
    world = make_world()
    act = world.hand_over(world.accept(world.submit(world.draft())))
    gone = "018f0000-0000-7000-8000-000000000000"
    tries: list[Callable[[], object]] = [
        lambda: world.assign(act, officer_id="no number"),
        lambda: world.assign(act, officer_id=""),
        lambda: world.assign(act, officer_id="9" * 30),
        lambda: world.accept(act, dossier_id="no id"),
        lambda: world.accept(act, dossier_id=gone),
        lambda: world.accept(act, expected_version=-1),
        lambda: world.draft(procedure_version_id=-1),
        lambda: world.draft(procedure_version_id=10**30),
        lambda: world.draft(agency_id=-1),
        lambda: world.draft(agency_id=10**30),
        lambda: world.draft(variant="không có"),
        lambda: world.draft(documents=(DocumentRef("paper", "no id"),)),
        lambda: world.draft(documents=(DocumentRef("paper", gone),)),
        lambda: world.draft(delivery=ResultDelivery("by pigeon")),
        lambda: world.register(submission_key="x" * 65),
        lambda: services.slip_file(actor=world.actor("an"), at=world.now, dossier_id="no id", event=1),
        lambda: services.slip_file(actor=world.actor("an"), at=world.now, dossier_id=gone, event=10**30),
        lambda: services.file_of(
            actor=world.actor("an"), at=world.now, dossier_id=act.dossier_id, file_id="no id"
        ),
        lambda: services.open_dossier(actor=world.actor("an"), at=world.now, dossier_id=""),
    ]
    before = _books()
    for number, attempt in enumerate(tries):
        with transaction.atomic(), pytest.raises(Refusal) as refused:
            attempt()
        assert_said(refused.value)
        assert _books() == before, number
