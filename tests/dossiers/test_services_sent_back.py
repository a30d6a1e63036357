"""Work that comes back: whoever has it again is told, and the state keeps why, also for the leader."""

from __future__ import annotations

from dataclasses import replace

from tests.dossiers.test_services_people import BY_PAPER, away
from tests.dossiers.world import World, _officer

from motcua.agencies.enums import Role
from motcua.agencies.models import Position
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Decision
from motcua.dossiers.rules.events import SentBack
from motcua.dossiers.rules.fold import fold
from motcua.dossiers.rules.state import DocumentRef, SendingBack, SupplementItem
from motcua.notify import queries as notify
from motcua.notify.models import OutboxMessage


def told(world: World, key: str = "desk.sent_back") -> dict[str, str]:
    """The text of each message of this kind in an inbox, by the name of its reader."""
    rows = OutboxMessage.objects.filter(key=key, channel="in_app").order_by("id")
    names = {account.pk: name for name, account in world.people.items()}
    found = {}
    for row in rows:
        assert row.account_id is not None
        found[names[row.account_id]] = notify.wording(row.key, row.context, recipient="", language="vi").body
    return found


def test_officer_who_has_it_again_reads_who_sent_it_back_to_which_step_and_why(world: World) -> None:
    act = world.send_back(world.until("propose"), reason="Chưa nêu căn cứ")
    assert list(told(world)) == ["dung"]
    said = told(world)["dung"].split("\n\n")
    hanh = world.people["hanh"].full_name
    assert said[0] == (
        f"{hanh} trả lại hồ sơ {act.reference} về thủ tục “Cấp giấy phép thử nghiệm”, về bước “examine”. "
        "Lý do: Chưa nêu căn cứ"
    )
    assert said[-1].endswith(f"/noi-bo/ho-so/{act.dossier_id}/")


def test_without_a_name_on_the_task_all_who_may_take_it_are_told(world: World) -> None:
    world.people["oanh"] = oanh = _officer("oanh")
    post = Position.objects.get(account=world.people["lan"])
    Position.objects.create(account=oanh, unit=post.unit, role=Role.UNIT_HEAD.value)
    world.send_back(world.until("propose"), to_step="assign")
    assert sorted(told(world)) == ["lan", "oanh"]


def test_substitute_sends_back_in_the_name_of_both(world: World) -> None:
    act = world.until("propose")
    away(world, "hanh", "lan", BY_PAPER)
    act = world.send_back(act, actor=world.actor("lan"))
    (kept,) = world.state(act).sent_back
    lan, hanh = world.people["lan"].full_name, world.people["hanh"].full_name
    assert (kept.by, kept.instead_of) == (lan, hanh)
    assert told(world)["dung"].startswith(f"{lan}, thay {hanh}, trả lại hồ sơ")


def test_substitute_of_an_absent_officer_is_told_too(world: World) -> None:
    act = world.until("propose")
    away(world, "dung", "em")
    world.send_back(act)
    assert sorted(told(world)) == ["dung", "em"]


def test_substitute_is_told_of_what_is_assigned_to_the_absent_and_of_what_comes_for_them(
    world: World,
) -> None:
    act = world.hand_over(world.accept(world.submit(world.draft())))
    away(world, "dung", "em")
    act = world.assign(act)
    assert sorted(told(world, "desk.assigned")) == ["dung", "em"]
    asked = services.request_supplement(
        **world._on(act, "dung"), items=(SupplementItem("paper", "Bản rõ"),), reason="Mờ", guidance="Nộp lại"
    )
    if world.state(asked).proposed_supplement is not None:
        asked = world.release(asked)
    services.supplement(**world._on(asked, "an"), documents=(DocumentRef("paper", originals=1),))
    assert sorted(told(world, "desk.supplemented")) == ["dung", "em"]


def test_state_keeps_why_for_the_task_it_opened_and_what_was_proposed_until_then(world: World) -> None:
    act = world.send_back(world.until("propose"), reason="Chưa nêu căn cứ")
    state = world.state(act)
    kept = SendingBack(
        world.task(act),
        world.now,
        world.people["hanh"].full_name,
        "",
        "Chưa nêu căn cứ",
        Decision.GRANT,
        "Đủ điều kiện",
    )
    assert state.sent_back == (kept,)
    assert state.sent_back_as(world.task(act)) == kept
    again = world.state(world.propose(act))
    assert again.sent_back == (kept,)
    assert [again.sent_back_as(task.key) for task in again.tasks] == [None]
    assert services.verify().difference is None


def test_event_from_before_the_state_kept_why_folds_as_it_did(world: World) -> None:
    """What is stored of it has no such field, and is compared with every fold."""
    before = world.state(act := world.until("propose"))
    world.send_back(act)
    last, _at = queries.events_of(act.dossier_id)[-1]
    assert isinstance(last, SentBack)
    assert fold(before, replace(last, sent_by="", sent_for=""), world.now).sent_back == ()
