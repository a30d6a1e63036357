"""The thread between applicant and desk: who may write, what waits, who is told, and what never changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.dossiers.world import World

from motcua.agencies import queries as agencies
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box
from motcua.dossiers.errors import BadMessage, NothingToAnswer, TooManyMessages, WrittenMeanwhile
from motcua.dossiers.models import OfficeNote, ThreadMessage
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.services import Act, Thread
from motcua.kernel.errors import Forbidden
from motcua.notify.models import OutboxMessage
from motcua.worktime.rules import local

pytestmark = pytest.mark.django_db


def on(world: World, act: Act, who: str) -> dict[str, Any]:
    return {"actor": world.actor(who), "at": world.later(minutes=1), "dossier_id": act.dossier_id}


def write(world: World, act: Act, text: str = "Khi nào có kết quả ạ?", who: str = "an") -> None:
    services.write_to_desk(**on(world, act, who), text=text)


def seen(world: World, act: Act, who: str = "chi") -> Thread:
    given = on(world, act, who)
    view = services.open_dossier(**given)
    return services.thread_of(actor=given["actor"], view=view)


def answer(world: World, act: Act, text: str = "Thứ Tư ạ.", who: str = "chi", **changes: Any) -> None:
    given = {"seen": seen(world, act).seen, "text": text} | changes
    services.answer_from_desk(**on(world, act, who), **given)


def waiting(world: World, who: str = "chi") -> list[str]:
    actor = world.actor(who)
    posts = agencies.positions_of(int(actor.id), local(world.now).date())
    page = queries.listed(actor, Box.MESSAGES, Choice(), posts=posts, at=world.now)
    counted = queries.box_counts(actor, posts=posts, at=world.now).counts.get(Box.MESSAGES, 0)
    assert counted == len(page.items)
    assert queries.worklist(actor, Box.MESSAGES, at=world.now).items == () or counted
    return [item.dossier_id for item in page.items]


def test_message_waits_in_the_list_of_its_desk_until_it_is_answered(world: World) -> None:
    first, second = world.until("submit"), world.until("assign")
    write(world, second)
    write(world, first)
    write(world, second, "Và phí bao nhiêu?")
    assert waiting(world) == [second.dossier_id, first.dossier_id]
    assert [waiting(world, who) for who in ("dung", "hanh", "giang")] == [[], [], []]

    answer(world, second)

    assert waiting(world) == [first.dossier_id]
    assert [(each.is_from_desk, each.text) for each in seen(world, second, "an").said] == [
        (False, "Khi nào có kết quả ạ?"),
        (False, "Và phí bao nhiêu?"),
        (True, "Thứ Tư ạ."),
    ]


def test_applicant_is_told_of_the_answer_without_its_words(world: World) -> None:
    act = world.until("accept")
    write(world, act)
    answer(world, act, "Mật: 123")
    told = OutboxMessage.objects.filter(key="dossier.answered")
    assert {(row.account_id, row.channel) for row in told} == {
        (world.people["an"].pk, "in_app"),
        (world.people["an"].pk, "email"),
    }
    assert all("Mật" not in str(row.context) for row in told)


def test_answer_to_what_was_seen_leaves_open_what_came_after(world: World) -> None:
    act = world.until("accept")
    write(world, act)
    number = seen(world, act).seen
    write(world, act, "Xin hỏi thêm")
    answer(world, act, seen=number)
    assert waiting(world) == [act.dossier_id]
    assert seen(world, act).is_open


def test_message_that_needs_no_answer_is_settled_with_a_note(world: World) -> None:
    act = world.until("accept")
    write(world, act, "Cảm ơn")
    services.settle_thread(**on(world, act, "chi"), seen=seen(world, act).seen)
    assert (waiting(world), seen(world, act).is_open) == ([], False)
    assert OfficeNote.objects.get().author_name == "Chi"
    assert not OutboxMessage.objects.filter(key="dossier.answered").exists()
    with pytest.raises(NothingToAnswer):
        services.settle_thread(**on(world, act, "chi"), seen=seen(world, act).seen)


def test_nothing_is_noted_while_a_newer_message_waits(world: World) -> None:
    act = world.until("accept")
    write(world, act, "Cảm ơn")
    number = seen(world, act).seen
    write(world, act, "Xin hỏi thêm")
    for _ in range(2):  # the same press once more
        with pytest.raises(WrittenMeanwhile):
            services.settle_thread(**on(world, act, "chi"), seen=number)
    assert (waiting(world), OfficeNote.objects.count()) == ([act.dossier_id], 0)
    services.settle_thread(**on(world, act, "chi"), seen=seen(world, act).seen)
    assert (waiting(world), OfficeNote.objects.count()) == ([], 1)


@pytest.mark.parametrize("who", ["binh", "chi", "giang"])
def test_only_the_owner_writes_to_the_desk(world: World, who: str) -> None:
    act = world.until("accept")
    with pytest.raises(Forbidden):
        write(world, act, who=who)
    assert not ThreadMessage.objects.exists()


@pytest.mark.parametrize("who", ["an", "binh", "dung", "hanh", "khoa", "giang"])
def test_only_the_desk_answers(world: World, who: str) -> None:
    act = world.until("accept")
    write(world, act)
    acts: list[Callable[..., None]] = [
        lambda **given: services.answer_from_desk(**given, text="Xong"),
        services.settle_thread,
    ]
    for each in acts:
        with pytest.raises(Forbidden):
            each(**on(world, act, who), seen=10**6)
    assert (ThreadMessage.objects.count(), waiting(world)) == (1, [act.dossier_id])


def test_draft_has_no_desk_to_write_to(world: World) -> None:
    draft = world.draft()
    with pytest.raises(Forbidden):
        write(world, draft)


def test_desk_does_not_begin_a_thread(world: World) -> None:
    act = world.until("accept")
    assert not seen(world, act).may_write
    with pytest.raises(NothingToAnswer):
        answer(world, act)


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_message_without_words_or_with_too_many_is_not_kept(world: World, text: str) -> None:
    act = world.until("accept")
    with pytest.raises(BadMessage):
        write(world, act, text)
    write(world, act)
    with pytest.raises(BadMessage):
        answer(world, act, text)
    assert ThreadMessage.objects.count() == 1


def test_message_and_answer_sent_twice_are_kept_once(world: World) -> None:
    act = world.until("accept")
    for send in (write, write, answer, answer):
        send(world, act, "Cùng một câu")
    assert list(ThreadMessage.objects.order_by("id").values_list("is_from_desk", flat=True)) == [False, True]


def test_question_put_again_after_it_was_settled_waits_again(world: World) -> None:
    act = world.until("accept")
    write(world, act, "Bao giờ xong?")
    services.settle_thread(**on(world, act, "chi"), seen=seen(world, act).seen)
    write(world, act, "Bao giờ xong?")
    assert ThreadMessage.objects.count() == 2
    assert seen(world, act).is_open


def test_applicant_waits_for_an_answer_after_five_messages(world: World) -> None:
    act = world.until("accept")
    for number in range(5):
        write(world, act, f"Câu {number}")
    with pytest.raises(TooManyMessages):
        write(world, act)
    answer(world, act)
    write(world, act)
    assert ThreadMessage.objects.count() == 7


def test_messages_change_nothing_of_the_dossier(world: World) -> None:
    act = world.until("accept")
    before = queries.state_of(act.dossier_id)
    write(world, act)
    answer(world, act)
    assert queries.state_of(act.dossier_id) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_threadmessage SET text = 'x'",
        "DELETE FROM dossiers_threadmessage",
        "TRUNCATE dossiers_threadmessage",
    ],
)
def test_message_once_sent_is_kept_by_the_database_as_it_is(world: World, statement: str) -> None:
    write(world, world.until("accept"))
    refused = pytest.raises(IntegrityError, match="of dossiers_threadmessage refused")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
    assert ThreadMessage.objects.count() == 1
