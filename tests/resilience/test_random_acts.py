"""Random verbs by random people at random moments: whatever they try, the books stay right."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.dossiers.world import World, make_world
from tests.resilience.crowd import Crowd, assert_books_are_right, assert_said, books

from motcua.dossiers import services
from motcua.dossiers.enums import Status
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import Applicant, DocumentRef, ResultDelivery
from motcua.kernel.errors import Refusal

UNUSABLE = ("NUL \0 ở giữa", "một nửa \ud83d")


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
    asked = {"requested_on": world.now.date(), "request": "Đơn"}
    before = books()
    tries: list[Callable[[], object]] = [
        lambda: world.draft(form_data={"purpose": text}),
        lambda: world.draft(applicant=Applicant(text)),
        lambda: world.draft(documents=(DocumentRef("paper", note=text),)),
        lambda: world.draft(submitter_name=text),
        lambda: world.register(submission_key=text),
        lambda: world.hand_over(act, note=text),
        lambda: services.withdraw(**on, **asked, at=world.later(minutes=1), reason=text),
    ]
    for attempt in tries:
        with transaction.atomic(), pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == "dossiers.unusable_text"
        assert_said(refused.value)
    assert books() == before
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
    before = books()
    for number, attempt in enumerate(tries):
        with transaction.atomic(), pytest.raises(Refusal) as refused:
            attempt()
        assert_said(refused.value)
        assert books() == before, number
