"""Nobody deals with the applicant but through the desk: what others write waits until it has told it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.dossiers.test_services_attaching import attach, paper, readable
from tests.dossiers.test_services_unasking import ask
from tests.dossiers.world import World

from motcua.agencies.enums import Role
from motcua.agencies.models import Position
from motcua.dossiers import services
from motcua.dossiers.enums import Correctable, Status, Verb
from motcua.dossiers.errors import AppointmentOver, DeskTellsThem, LetterWaits
from motcua.dossiers.rules.holding import holding
from motcua.dossiers.rules.state import Applicant
from motcua.dossiers.services import Act
from motcua.kernel.errors import Forbidden
from motcua.notify.models import OutboxMessage
from motcua.notify.queries.wording import wording

pytestmark = pytest.mark.django_db
WORDS = "Nộp thêm 500.000 đồng cho tôi tại phòng 12"


def pause(world: World, act: Act, by: str = "dung") -> Act:
    return services.pause(**world._on(act, by), reason=WORDS)


def plan(world: World, act: Act, **changes: Any) -> Act:
    given = {"place": "Phòng 12", "participants": "Người nộp", "content": "Đối chiếu", "with_applicant": True}
    when = {"planned_for": world.now + timedelta(days=2)}
    return services.plan_verification(**world._on(act, "dung") | given | when | changes)


def to_applicant(words: str = "") -> int:
    told = OutboxMessage.objects.filter(key__startswith="dossier.")
    return sum(words in str(each.context) for each in told)


def kinds(world: World, act: Act) -> list[str]:
    return sorted(task.kind for task in world.state(act).tasks)


@pytest.mark.clause("KT22-6.2#1", "KT22-9#1", "PT24-3.2", "PT24-10.1.c#3", "QN20-1.3")
def test_pause_holds_at_once_and_its_words_reach_the_applicant_through_the_desk(world: World) -> None:
    act = pause(world, world.until("assign"))
    assert world.state(act).is_paused
    assert kinds(world, act) == ["letter", "process"]
    assert to_applicant(WORDS) == 0
    told = OutboxMessage.objects.filter(key="desk.letter", channel="in_app")
    assert {each.account_id for each in told} == {world.people["chi"].pk}
    act = world.tell(act)
    assert to_applicant(WORDS) > 0
    assert kinds(world, act) == ["process"]
    assert services.verify().difference is None


@pytest.mark.parametrize("by", ["dung", "lan", "hanh", "khoa", "an"])
def test_nobody_but_the_desk_tells_it(world: World, by: str) -> None:
    act = pause(world, world.until("assign"))
    with pytest.raises(Forbidden):
        world.tell(act, actor=world.actor(by))
    assert world.state(act).version == act.version
    assert to_applicant(WORDS) == 0


def test_who_sits_at_the_desk_too_tells_it_at_once(world: World) -> None:
    desk = Position.objects.filter(account=world.people["chi"]).first()
    assert desk is not None
    Position.objects.create(account=world.people["dung"], unit=desk.unit, role=Role.RECEIVER.value)
    act = pause(world, world.until("assign"))
    assert kinds(world, act) == ["process"]
    assert to_applicant(WORDS) > 0


def test_desk_that_only_has_to_tell_has_no_part_in_the_work(world: World) -> None:
    act = attach(world, world.until("assign"), "dung", title="Trích lục", for_applicant=True)
    assert {task.unit_id for task in holding(world.state(act))} == {world.state(act).target.posting.settling}
    view = services.open_dossier(
        actor=world.actor("chi"), at=world.later(minutes=1), dossier_id=act.dossier_id
    )
    mine = {offer.verb for offer in view.verbs if offer.task and offer.task.kind == "letter"}
    assert mine == {Verb.TELL_APPLICANT}
    with pytest.raises(Forbidden):
        services.plan_verification(
            **world._on(act, "chi"), planned_for=world.now + timedelta(days=2), place="x", participants="x",
            content="x",
        )  # fmt: skip


def test_pause_that_is_over_is_told_no_more(world: World) -> None:
    act = pause(world, world.until("assign"))
    act = services.resume(**world._on(act, "lan"), note="Ghi nhầm")
    assert kinds(world, act) == ["process"]
    assert world.state(act).letters == ()
    assert to_applicant(WORDS) == 0
    row = OutboxMessage.objects.filter(key="dossier.resumed")[0]
    letter = wording(row.key, row.context, recipient="An").body
    assert "không còn tạm dừng chờ nghĩa vụ tài chính; thời hạn giải quyết được tính tiếp" in letter
    assert "hoàn thành" not in letter  # nobody said that anything was paid


def test_appointment_is_told_until_it_is_over_and_no_more_once_it_was_held(world: World) -> None:
    act = plan(world, world.until("assign"))
    assert to_applicant("Phòng 12") == 0
    with pytest.raises(AppointmentOver):
        world.tell(act, at=world.later(days=3))
    act = services.record_verification(
        **world._on(act, "dung"), held_at=world.now - timedelta(hours=1), place="Phòng 12",
        participants="Người nộp", content="Đúng", number=1, file_id=paper(world, "dung"),
    )  # fmt: skip
    assert kinds(world, act) == ["process"]
    assert to_applicant("Phòng 12") == 0


def test_two_appointments_are_told_each_by_itself(world: World) -> None:
    act = plan(world, plan(world, world.until("assign")), place="Thửa 12")
    first, second = world.state(act).letters
    act = world.tell(act, task_key=second.task_key)
    assert (to_applicant("Thửa 12") > 0, to_applicant("Phòng 12")) == (True, 0)
    assert [each.task_key for each in world.state(act).letters] == [first.task_key]


def test_appointment_without_the_applicant_is_nobodys_to_tell(world: World) -> None:
    assert kinds(world, plan(world, world.until("assign"), with_applicant=False)) == ["process"]


def test_document_is_the_applicants_once_the_desk_has_told_them(world: World) -> None:
    file_id = paper(world, "dung")
    act = attach(world, world.until("assign"), "dung", file_id=file_id, for_applicant=True)
    assert not readable(world, act, "an", file_id)
    assert readable(world, act, "chi", file_id)
    act = world.tell(act)
    assert readable(world, act, "an", file_id)


def test_what_waits_outlives_the_decision_and_is_told_before_the_return(world: World) -> None:
    act = attach(world, world.until("assign"), "dung", title="Trích lục", for_applicant=True)
    for done, kind in ((world.propose, "process"), (world.approve, "approve"), (world.issue, "clerical")):
        act = done(act, task_key=next(each.key for each in world.state(act).tasks if each.kind == kind))
    act = world.announce(act)
    assert "letter" in kinds(world, act)
    with pytest.raises(LetterWaits):
        world.give_back(act)
    act = world.give_back(world.tell(act))
    assert world.state(act).status is Status.RETURNED
    with pytest.raises(DeskTellsThem):
        attach(world, act, "dung", title="Trích lục 2", for_applicant=True)


def test_what_waits_stays_when_work_is_sent_back(world: World) -> None:
    act = plan(world, world.until("assign"), with_applicant=True)
    act = services.send_back(
        **world._on(act, "dung"), task_key=world.state(act).tasks[0].key, to_step="assign", reason="Nhầm"
    )
    assert "letter" in kinds(world, act)


def test_stop_taken_back_leaves_the_letter_to_be_told(world: World) -> None:
    act = pause(world, world.until("assign"))
    act = world.stop(act)
    assert world.state(act).tasks == ()
    act = services.correct(**world._on(act, "chi"), what=Correctable.ENDING, reason="Nhầm hồ sơ")
    world.tell(act)
    assert to_applicant(WORDS) > 0


def test_reason_for_taking_a_request_back_goes_to_the_desk_and_not_to_the_applicant(world: World) -> None:
    for by, is_told in (("dung", False), ("chi", True)):
        act = ask(world, world.until("assign"), "dung")
        services.correct(**world._on(act, by), what=Correctable.SUPPLEMENT, reason=f"Lời của {by}")
        letters = OutboxMessage.objects.filter(key="dossier.supplement_taken_back", about=act.dossier_id)
        assert letters.exists()
        assert all((f"Lời của {by}" in str(each.context)) == is_told for each in letters)
    to_desk = OutboxMessage.objects.filter(key="desk.applicant_told")
    assert any("Lời của dung" in str(each.context) for each in to_desk)


@pytest.mark.parametrize("verb", ["resume", "take_back"])
@pytest.mark.parametrize(
    ("applicant", "how", "how_in_english"),
    [
        (None, "", ""),
        (Applicant("An", "066090000009", "0905000009"), "gọi số 0905000009", "call 0905000009"),
        (Applicant("An", "066090000009", address="Thôn 1"), "gửi thư tới địa chỉ: Thôn 1", "address: Thôn 1"),
        (Applicant("An", "066090000009"), "báo khi người nộp đến", "tell them when they come"),
    ],
)
def test_desk_is_told_how_to_tell_whom_nothing_reached(
    world: World, verb: str, applicant: Applicant | None, how: str, how_in_english: str
) -> None:
    """None: somebody with an account, who was told; then the desk's letter says so and nothing else."""
    filed = world.submit(world.draft()) if applicant is None else world.register(applicant=applicant)
    act = world.assign(world.hand_over(world.accept(filed)))
    if verb == "resume":
        act = world.tell(pause(world, act))
        services.resume(**world._on(act, "dung"), note="Đã nộp")
    else:
        services.correct(
            **world._on(ask(world, act, "dung"), "dung"), what=Correctable.SUPPLEMENT, reason="Nhầm"
        )
    (letter,) = OutboxMessage.objects.filter(key="desk.applicant_told", channel="in_app")
    said = wording(letter.key, letter.context, recipient="Chi")
    english = wording(letter.key, letter.context, recipient="Chi", language="en")
    outside = wording(letter.key, letter.context, recipient="Chi", by_mail=True)
    if applicant is None:
        assert "đã báo cho họ dưới tên bộ phận một cửa" in said.body
        assert "vừa được báo" in said.subject
        assert "không báo được" not in said.body
        return
    assert "hệ thống không báo được" in said.subject
    assert f"không báo được cho người nộp. Hãy {how}" in said.body
    assert how_in_english in english.body
    assert "cannot reach" in english.subject
    for written in (said, english, outside):
        assert "đã báo cho họ" not in written.body
        assert "has told it" not in written.body
    assert "Hãy mở hồ sơ để xem cách báo." in outside.body
    assert how not in outside.body
