"""Opinions of others and verifications: beside the process, never in its way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.documents import samples
from tests.dossiers.world import World, moment
from tests.resilience.scenery import ask, upload

from motcua.agencies.models import Position
from motcua.agencies.services import record_absence
from motcua.documents import services as documents
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, Status, Verb
from motcua.dossiers.errors import (
    BadConsultTerm,
    NobodyToAsk,
    NoOpenQuestion,
    NotYourTask,
    OpinionAwaited,
    ReasonRequired,
)
from motcua.dossiers.models import DossierEvent, DossierFile, DossierTask
from motcua.dossiers.services import Act
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify.models import OutboxMessage


def question_of(world: World, act: Act) -> str:
    return next(task.key for task in world.state(act).tasks if task.kind == "consult")


def answer(world: World, act: Act, by: str = "quang", **changes: Any) -> Act:
    given = world._on(act, by) | {"task_key": question_of(world, act), "answer": "Nhất trí"}
    return services.answer(**given | changes)


def examine(world: World, act: Act, **changes: Any) -> Act:
    key = next(task.key for task in world.state(act).tasks if task.step_key == "examine")
    return world.propose(act, task_key=key, **changes)


def silent(world: World, act: Act) -> Act:
    """The term of the question ends, and who was asked is reminded in vain."""
    world.now = world.state(act).consultations[0].due_at + timedelta(minutes=5)
    return services.remind(**world._on(act, "dung"), number=1)


def test_question_waits_beside_the_step_and_does_not_stop_it(world: World) -> None:
    act = ask(world, world.until("assign"))
    assert [task.step_key for task in world.state(act).tasks] == ["examine", "consult-1"]
    (line,) = queries.worklist(world.actor("quang"), Box.UNIT, at=world.now).items
    assert (line.kind, line.dossier_id) == ("consult", act.dossier_id)
    act = examine(world, silent(world, act))
    assert [task.step_key for task in world.state(act).tasks] == ["consult-1", "approve"]
    assert services.verify().difference is None


@pytest.mark.clause("DL24-9.1.b#2", "PT24-10.1.b#2")
def test_proposal_over_a_running_question_is_refused_and_names_whom_was_asked(world: World) -> None:
    act = ask(world, world.until("assign"))
    (asked,) = world.state(act).consultations
    with pytest.raises(OpinionAwaited) as refused:
        examine(world, act)
    assert refused.value.params == {"name": asked.to_name, "due": asked.due_at}
    assert world.state(act).version == act.version
    act = examine(world, act, taken_back=" Đã có ý kiến trong hồ sơ khác ")
    (asked,) = world.state(act).consultations
    assert (asked.taken_back, asked.lapsed_at) == ("Đã có ý kiến trong hồ sơ khác", world.now)
    told = OutboxMessage.objects.get(key="desk.part_ended", channel="in_app")  # nothing is left to answer
    assert told.account_id == world.people["quang"].pk
    assert (told.context["is_question"], told.context["question"]) == ("1", asked.question)
    assert told.context["reason"] == "Đã có ý kiến trong hồ sơ khác"
    assert act.dossier_id not in told.context["link"]
    assert [task.step_key for task in world.state(act).tasks] == ["approve"]
    assert services.verify().difference is None


@pytest.mark.clause("DL24-9.1.b#2", "PT24-10.1.b#2")
def test_decision_over_a_question_asked_after_the_proposal_is_refused(world: World) -> None:
    act = examine(world, world.until("assign"))
    act = ask(world, act, who="lan")
    key = next(task.key for task in world.state(act).tasks if task.step_key == "approve")
    for call in (
        lambda: world.approve(act, task_key=key),
        lambda: services.approve(**world._on(act, "hanh"), task_key=key, note="Nhất trí"),
    ):
        with pytest.raises(OpinionAwaited):
            call()
    assert world.state(act).version == act.version


@pytest.mark.clause("DL24-9.1.b#2", "PT24-10.1.b#2")
def test_answer_is_kept_and_only_closes_its_own_task(world: World) -> None:
    act = answer(world, ask(world, world.until("assign")))
    (asked,) = world.state(act).consultations
    assert (asked.answer, asked.is_open) == ("Nhất trí", False)
    assert [task.step_key for task in world.state(act).tasks] == ["examine"]


def test_answer_is_told_to_who_asked_and_to_the_officer_in_whose_place(world: World) -> None:
    act = world.until("assign")
    dung, em = (world.people[name] for name in ("dung", "em"))
    record_absence(
        actor=world.actor("lan"),
        at=world.now,
        account_id=dung.pk,
        substitute_id=em.pk,
        first_day=world.now.date(),
        last_day=world.now.date(),
        reason="Nghỉ phép",
    )
    answer(world, ask(world, act, who="em"))
    told = OutboxMessage.objects.filter(key="desk.answered").values_list("account_id", flat=True)
    assert sorted(told) == sorted([dung.pk, em.pk])


def test_unit_asked_reads_the_dossier_only_while_the_question_is_open(world: World) -> None:
    act = ask(world, world.until("assign"))
    quang = world.actor("quang")
    view = services.open_dossier(actor=quang, at=world.now, dossier_id=act.dossier_id)
    assert [offer.verb for offer in view.verbs] == [Verb.REASSIGN, Verb.ANSWER]
    act = answer(world, act)
    with pytest.raises(Forbidden):
        services.open_dossier(actor=quang, at=world.now, dossier_id=act.dossier_id)


def test_unit_asked_gets_no_right_to_the_steps_of_the_process(world: World) -> None:
    act = ask(world, world.until("assign"))
    for call in (
        lambda: examine(world, act, actor=world.actor("quang")),
        lambda: services.pause(**world._on(act, "quang"), reason="x"),
        lambda: services.request_supplement(**world._on(act, "quang"), items=(), reason="x", guidance="y"),
        lambda: services.propose(
            **world._on(act, "quang"), task_key=question_of(world, act), decision="grant", text="x"
        ),
    ):
        with pytest.raises(Forbidden):
            call()
    assert world.state(act).version == act.version


def test_decision_without_an_answer_keeps_the_silence_and_names_it(world: World) -> None:
    act = examine(world, silent(world, ask(world, world.until("assign"))))
    key = next(task.key for task in world.state(act).tasks if task.step_key == "approve")
    act = world.approve(act, task_key=key)
    (asked,) = world.state(act).consultations
    assert (asked.answered_at, asked.answer, asked.lapsed_at) == (None, "", world.now)
    said = DossierEvent.objects.get(dossier_id=act.dossier_id, kind="approved").payload["unanswered"]
    assert said == asked.to_name
    assert services.verify().difference is None


def test_answer_after_the_decision_is_kept_without_effect(world: World) -> None:
    act = examine(world, silent(world, ask(world, world.until("assign"))))
    key = next(task.key for task in world.state(act).tasks if task.step_key == "approve")
    act = world.approve(act, task_key=key)
    act = answer(world, act, answer="Không nhất trí")
    state = world.state(act)
    assert (state.consultations[0].answer, state.status) == ("Không nhất trí", Status.DECIDED)
    assert [task.step_key for task in state.tasks] == ["number"]
    assert services.verify().difference is None


def test_return_of_the_result_ends_the_question(world: World) -> None:
    act = examine(world, silent(world, ask(world, world.until("assign"))))
    key = next(task.key for task in world.state(act).tasks if task.step_key == "approve")
    act = world.approve(act, task_key=key)
    key = next(task.key for task in world.state(act).tasks if task.step_key == "number")
    act = world.give_back(world.announce(world.issue(act, task_key=key)))
    assert world.state(act).tasks == ()
    with pytest.raises(Forbidden):
        answer_gone(world, act)
    assert services.verify().difference is None


def answer_gone(world: World, act: Act) -> Act:
    return services.open_dossier(actor=world.actor("quang"), at=world.now, dossier_id=act.dossier_id)  # type: ignore[return-value]


def test_sending_back_leaves_the_question_open(world: World) -> None:
    act = examine(world, silent(world, ask(world, world.until("assign"))))
    key = next(task.key for task in world.state(act).tasks if task.step_key == "approve")
    act = services.send_back(**world._on(act, "hanh"), task_key=key, to_step="assign", reason="Phân công lại")
    assert sorted(task.step_key for task in world.state(act).tasks) == ["assign", "consult-1"]


def test_question_is_not_paused_with_the_dossier(world: World) -> None:
    act = ask(world, world.until("assign"))
    act = services.pause(**world._on(act, "dung"), reason="Nộp lệ phí")
    rows = dict(DossierTask.objects.filter(dossier_id=act.dossier_id).values_list("kind", "is_paused"))
    assert rows == {"process": True, "consult": False, "letter": False}
    due = world.state(act).consultations[0].due_at
    world.now += timedelta(days=1)
    act = services.resume(**world._on(act, "chi"), note="Đã nộp")
    task = world.state(act).task(question_of(world, act))
    assert task is not None
    assert task.due_at == due


@pytest.mark.clause("DL24-9.1.b#2", "PT24-10.1.b#2")
def test_desk_chases_and_the_reminder_is_counted(world: World) -> None:
    act = ask(world, world.until("assign"))
    world.now += timedelta(days=5)
    act = services.remind(**world._on(act, "chi"), number=1, note="Quá hạn")
    assert len(world.state(act).consultations[0].reminded_at) == 1
    assert ("is_late", "True") not in queries.history(act.dossier_id)[-1].details
    act = answer(world, act)
    assert queries.history(act.dossier_id)[-1].details == (("is_late", "True"),)
    with pytest.raises(NoOpenQuestion):
        services.remind(**world._on(act, "chi"), number=1)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"question": " "}, ReasonRequired),
        ({"question": "\u200b\u2060"}, ReasonRequired),
        ({"limit": "soon"}, BadConsultTerm),
        ({"limit": "0wd"}, BadConsultTerm),
        ({"limit": "401wd"}, BadConsultTerm),
        ({"unit_id": 10**30}, NobodyToAsk),
        ({"unit_id": -1}, NobodyToAsk),
    ],
)
def test_question_that_cannot_be_asked_is_refused(
    world: World, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    act = answer(world, ask(world, world.until("assign")))
    unit = Position.objects.get(account=world.people["quang"]).unit_id
    given = {"unit_id": unit, "question": "Sao", "limit": "2wd"} | changes
    with pytest.raises(refusal):
        services.consult(**world._on(act, "dung"), **given)


def test_own_unit_is_not_asked(world: World) -> None:
    act = world.until("assign")
    settling = world.state(act).target.posting.settling
    with pytest.raises(NobodyToAsk):
        services.consult(**world._on(act, "dung"), unit_id=settling, question="Sao", limit="2wd")


@pytest.mark.parametrize("by", ["quang", "an", "giang", "khoa"])
@pytest.mark.parametrize("unit", [-1, 0])
def test_who_may_not_ask_learns_nothing_of_who_could_be_asked(world: World, by: str, unit: int) -> None:
    act = answer(world, ask(world, world.until("assign")))
    unit = unit or world.state(act).target.posting.settling
    with pytest.raises(Forbidden):
        services.consult(**world._on(act, by), unit_id=unit, question="Sao", limit="2wd")


@pytest.mark.parametrize("by", ["dung", "chi", "an", "giang", "hanh"])
def test_answer_by_somebody_who_was_not_asked_is_refused(world: World, by: str) -> None:
    with pytest.raises((Forbidden, NotYourTask)):
        answer(world, ask(world, world.until("assign")), by=by)


def test_files_of_the_office_are_not_the_applicants(world: World) -> None:
    """An opinion with its file is read by those who work on the dossier; its id is no right."""
    act = ask(world, world.until("assign"))
    card = documents.store(
        upload=upload("y-kien.pdf", samples.pdf()),
        name="y-kien.pdf",
        actor=world.actor("quang"),
        at=world.now,
    )
    act = answer(world, act, file_id=card.id)
    assert DossierFile.objects.get(file_id=card.id).is_result is False
    seen = {"at": world.now, "dossier_id": act.dossier_id, "file_id": card.id}
    assert services.file_of(actor=world.actor("dung"), **seen) == card.id
    with pytest.raises(NotFound):
        services.file_of(actor=world.actor("an"), **seen)
    assert services.verify().difference is None


def test_verification_planned_then_recorded_is_one(world: World) -> None:
    act = world.until("assign")
    said = {"place": "Thửa 12", "participants": "An, Dũng", "content": "Ranh giới"}
    when = moment("2024-03-06 08:00")
    act = services.plan_verification(**world._on(act, "dung"), planned_for=when, **said)
    world.now = when + timedelta(hours=2)
    dung = world.actor("dung")
    card = documents.store(
        upload=upload("bien-ban.pdf", samples.pdf()), name="bien-ban.pdf", actor=dung, at=world.now
    )
    minutes = {"file_id": card.id}
    act = services.record_verification(
        **world._on(act, "dung"), held_at=when, **said | {"content": "Đúng"}, number=1, **minutes
    )
    (held,) = world.state(act).verifications
    assert (held.planned_for, held.held_at, held.content) == (when, when, "Đúng")
    act = services.record_verification(**world._on(act, "dung"), held_at=when, **said, **minutes)
    assert [each.number for each in world.state(act).verifications] == [1, 2]
    assert act.status == Status.IN_PROGRESS
    assert services.verify().difference is None
