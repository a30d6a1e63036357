"""Cases that change hands: given to another officer, or done in place of one who is away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date
from typing import Any

import pytest
from pytest_django import Settings
from tests.dossiers.wards import ward
from tests.dossiers.world import World, make_world

from motcua.accounts.models import Account
from motcua.agencies import services as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Absence, Position, Unit
from motcua.agencies.rules.standing_in import Authority
from motcua.documents.enums import SlipKind
from motcua.dossiers import policy, queries, services
from motcua.dossiers.enums import Box, Correctable, Decision, Verb
from motcua.dossiers.errors import (
    AlreadyTheirs,
    BadAssignee,
    NobodysCase,
    NobodyToAsk,
    NoSuchTask,
    NotYourTask,
    OwnProposal,
    PartAlreadyThere,
    ReasonOfOursRequired,
    ReasonRequired,
    WrongTask,
)
from motcua.dossiers.models import DossierEvent, IssuedSlip
from motcua.dossiers.rules.state import SupplementItem
from motcua.dossiers.services import Act, reading, slips
from motcua.kernel.errors import Forbidden
from motcua.kernel.limits import TimeLimit
from motcua.notify import queries as notify
from motcua.notify.models import OutboxMessage
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import NEXT, Outcome, Step
from motcua.worktime.rules import local


def reassign(world: World, act: Act, to: str = "em", by: str = "lan", **changes: Any) -> Act:
    given = world._on(act, by) | {"officer_id": str(world.people[to].pk), "reason": "Chuyển công tác"}
    return services.reassign(**given | changes)


def away(
    world: World, absent: str, substitute: str, authority: Authority | None = None, by: str = "hanh"
) -> None:
    agencies.record_absence(
        actor=world.actor(by),
        at=world.now,
        account_id=world.people[absent].pk,
        substitute_id=world.people[substitute].pk,
        first_day=world.now.date(),
        last_day=world.now.date(),
        reason="Nghỉ ốm",
        authority=authority,
    )


BY_PAPER = Authority("05/GUQ", date(2024, 3, 1))


def test_case_given_to_a_colleague_is_theirs_in_this_and_later_steps(world: World) -> None:
    act = reassign(world, world.until("assign"))
    em, dung = str(world.people["em"].pk), str(world.people["dung"].pk)
    state = world.state(act)
    assert ([task.officer_id for task in state.tasks], state.case_officer_id) == ([em], em)
    boxes = [queries.worklist(world.actor(name), Box.MINE, at=world.now).items for name in ("em", "dung")]
    assert [len(items) for items in boxes] == [1, 0]
    act = world.propose(act, actor=world.actor("em"))
    act = services.send_back(**world._on_task(act, "hanh"), to_step="examine", reason="Làm lại")
    assert [task.officer_id for task in world.state(act).tasks] == [em]
    back = reassign(world, act, to="dung")
    assert world.state(back).case_officer_id == dung
    assert services.verify().difference is None


def test_substitute_holds_the_posts_for_the_day_in_vietnam_whatever_zone_the_moment_is_in(
    world: World,
) -> None:
    away(world, "dung", "em")
    day = world.now.replace(hour=0, minute=30)
    em = world.actor("em")
    held = [{post.for_name for post in policy.footing_of(em, at).posts} for at in (day, day.astimezone(UTC))]
    assert day.astimezone(UTC).date() < day.date()
    assert held[0] == held[1] == {"", world.people["dung"].full_name}


def test_single_task_given_away_leaves_the_case_where_it_was(world: World) -> None:
    act = world.until("assign")
    dung = world.state(act).case_officer_id
    act = reassign(world, act, task_key=world.task(act))
    state = world.state(act)
    assert [task.officer_id for task in state.tasks] == [str(world.people["em"].pk)]
    assert state.case_officer_id == dung


def test_term_of_the_step_runs_on_when_it_changes_hands(world: World) -> None:
    act = world.until("assign")
    (before,) = world.state(act).tasks
    (after,) = world.state(reassign(world, act)).tasks
    assert (after.key, after.opened_at, after.due_at) == (before.key, before.opened_at, before.due_at)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": " "}, ReasonRequired),
        ({"to": "dung"}, AlreadyTheirs),
        ({"to": "khoa"}, BadAssignee),
        ({"officer_id": "x"}, BadAssignee),
        ({"task_key": "gone"}, NoSuchTask),
        ({"by": "chi"}, Forbidden),
        ({"by": "dung"}, Forbidden),
        ({"by": "khoa"}, Forbidden),
        ({"by": "giang"}, Forbidden),
        ({"by": "an"}, Forbidden),
    ],
)
def test_reassign_refused_changes_nothing(
    world: World, changes: dict[str, str], refusal: type[Exception]
) -> None:
    act = world.until("assign")
    with pytest.raises(refusal):
        reassign(world, act, **changes)
    assert world.state(act).version == act.version


def test_case_of_nobody_cannot_be_taken_from_anybody(world: World) -> None:
    with pytest.raises(NobodysCase):
        reassign(world, world.until("hand_over"))


def test_head_of_the_desk_gives_tasks_of_the_desk_and_no_others(world: World) -> None:
    desk = Position.objects.get(account=world.people["chi"]).unit
    Position.objects.create(account=world.people["giang"], unit=desk, role=Role.DESK_HEAD.value)
    Position.objects.create(account=world.people["khoa"], unit=desk, role=Role.RECEIVER.value)
    act = world.until("submit")
    act = reassign(world, act, to="khoa", by="giang", task_key=world.task(act))
    assert [task.officer_id for task in world.state(act).tasks] == [str(world.people["khoa"].pk)]
    settled = world.until("assign")
    with pytest.raises(Forbidden):
        reassign(world, settled, by="giang", task_key=world.task(settled))


def test_substitute_acts_and_the_event_keeps_in_whose_place(world: World) -> None:
    act = world.until("assign")
    away(world, "dung", "em")
    assert [item.dossier_id for item in queries.worklist(world.actor("em"), Box.MINE, at=world.now).items]
    act = world.propose(act, actor=world.actor("em"))
    row = DossierEvent.objects.get(dossier_id=act.dossier_id, seq=act.version)
    dung = world.people["dung"]
    assert (row.actor_name, row.payload["in_place_of"]) == ("Em", {"id": str(dung.pk), "name": "Dung"})
    assert queries.history(act.dossier_id)[-1].in_place_of == "Dung"
    assert services.verify().difference is None


def test_substitute_of_the_receiver_accepts_in_the_receivers_place(world: World) -> None:
    away(world, "chi", "khoa")
    act = world.accept(world.until("submit"), actor=world.actor("khoa"))
    assert queries.history(act.dossier_id)[-1].in_place_of == "Chi"
    own = world.accept(world.until("submit"))
    assert queries.history(own.dossier_id)[-1].in_place_of == ""


def test_own_right_comes_before_that_of_an_absent_colleague(world: World) -> None:
    act = world.until("assign")
    away(world, "em", "dung")
    act = world.propose(act)
    assert queries.history(act.dossier_id)[-1].in_place_of == ""


def test_correction_in_the_receivers_place_is_recorded_as_such(world: World) -> None:
    """The clerk may correct results in their own right, contacts only in the receiver's place."""
    away(world, "chi", "khoa")
    act = world.until("issue")
    asked = {"what": Correctable.CONTACT, "values": {"phone": "0905999999"}, "reason": "Đổi số"}
    act = services.correct(**world._on(act, "khoa"), **asked)
    assert queries.history(act.dossier_id)[-1].in_place_of == "Chi"
    own = {"what": Correctable.RESULT, "values": {"number": "99/GP"}, "reason": "Ghi nhầm"}
    act = services.correct(**world._on(act, "khoa"), **own)
    assert queries.history(act.dossier_id)[-1].in_place_of == ""


def test_request_by_a_substitute_in_their_own_right_waits_for_control(
    world: World, settings: Settings
) -> None:
    """The receiver asks; only in the head's place may it go out, and history says so."""
    settings.PROVINCE = "quang-ngai"
    head = Position.objects.create(
        account=world.people["giang"], unit=world.units[UnitKind.DESK], role=Role.DESK_HEAD.value
    )
    away(world, head.account.full_name.lower(), "chi")
    asked = {"items": (SupplementItem("paper", "Mờ"),), "reason": "Mờ", "guidance": "Chụp lại"}
    act = services.request_supplement(**world._on(world.register(), "chi"), **asked)
    entry = queries.history(act.dossier_id)[-1]
    assert (entry.kind, entry.in_place_of) == ("supplement_proposed", "")
    control = next(task.key for task in world.state(act).tasks if task.kind == "control")
    act = services.release_supplement(**world._on(act, "chi"), task_key=control)
    entry = queries.history(act.dossier_id)[-1]
    assert (entry.kind, entry.in_place_of) == ("supplement_requested", "Giang")


@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.REFUSE])
def test_who_proposed_does_not_decide_in_the_leaders_place(world: World, verb: Verb) -> None:
    unit = world.units[UnitKind.DIVISION]
    Position.objects.create(account=world.people["dung"], unit=unit, role=Role.UNIT_HEAD.value)
    act = world.until("assign")
    away(world, "hanh", "dung", BY_PAPER)
    if verb is Verb.APPROVE:
        act = world.propose(act)
        with pytest.raises(OwnProposal):
            world.approve(act, actor=world.actor("dung"))
    else:
        act = world.propose(act, decision=Decision.REFUSE, text="Không đủ điều kiện")
        with pytest.raises(OwnProposal):
            services.refuse(**world._on_task(act, "dung"), reason="Không đủ điều kiện")
    assert world.state(act).version == act.version
    # Nor is it offered, counted or gathered with others.
    dung, asked = world.actor("dung"), {"at": world.now, "dossier_ids": [act.dossier_id]}
    view = services.open_dossier(actor=dung, at=world.now, dossier_id=act.dossier_id)
    offers = reading.verbs_open_to(dung, view.footing, view.state, world.now)
    assert not {Verb.APPROVE, Verb.REFUSE} & {each.verb for each in offers}
    assert queries.worklist(dung, Box.APPROVALS, at=world.now).items == ()
    assert services.waiting_for_decision(actor=dung, why="-", **asked) == ()
    hanh = world.actor("hanh")
    assert len(queries.worklist(hanh, Box.APPROVALS, at=world.now).items) == 1
    assert len(services.waiting_for_decision(actor=hanh, why="-", **asked)) == 1
    sent_back = services.send_back(**world._on_task(act, "hanh"), to_step="examine", reason="Làm lại")
    assert world.state(sent_back).proposed_by == ""


def test_substitute_of_the_leader_decides_what_a_colleague_proposed(world: World) -> None:
    act = world.until("propose")
    away(world, "hanh", "lan", BY_PAPER)
    act = world.approve(act, actor=world.actor("lan"))
    assert queries.history(act.dossier_id)[-1].in_place_of == "Hanh"


@pytest.mark.parametrize("name", ["chi", "khoa", "em"])  # receiver, clerk, case officer
def test_who_was_recorded_for_a_leader_without_leading_anything_does_so_no_longer(
    world: World, name: str
) -> None:
    act = world.until("propose")
    Absence.objects.create(
        account=world.people["hanh"], substitute=world.people[name], reason="Nghỉ", recorded_by="Hanh",
        first_day=world.now.date(), last_day=world.now.date(), recorded_at=world.now,
        agency_ids=[world.agency.pk],
    )  # fmt: skip
    with pytest.raises(Forbidden):
        world.approve(act, actor=world.actor(name))
    with pytest.raises(Forbidden):
        services.extend(**world._on(act, name), reason="Chưa xong", new_day=date(2024, 3, 12))
    assert world.state(act).version == act.version


@pytest.mark.parametrize(
    ("substitute", "authority", "signed"),
    [
        ("lan", BY_PAPER, ("TUQ. Thủ trưởng cơ quan", "Phụ trách division")),
        ("giang", None, ("KT. Thủ trưởng cơ quan", "Lãnh đạo cơ quan")),
    ],
)
def test_letter_of_apology_says_in_whose_place_and_as_what_it_is_signed(
    world: World, substitute: str, authority: Authority | None, signed: tuple[str, ...]
) -> None:
    place = world.units[UnitKind.OFFICE]  # another leader, for whom the letter is no own act
    Position.objects.create(account=world.people["giang"], unit=place, role=Role.APPROVER.value)
    act = world.until("assign")
    away(world, "hanh", substitute, authority)
    act = services.extend(**world._on(act, substitute), reason="Chưa xong", new_day=date(2024, 3, 12))
    slip = IssuedSlip.objects.get(dossier_id=act.dossier_id, kind=SlipKind.APOLOGY)
    content = slips._contents([slip])[0]
    assert (content.signed_as, content.officer) == (signed, world.people[substitute].full_name)
    assert queries.history(act.dossier_id)[-1].in_place_of == "Hanh"


@pytest.mark.parametrize("how", ["taken_back", "renamed", "promoted"])
def test_letter_keeps_as_what_it_was_signed_whatever_becomes_of_posts_and_units(
    world: World, how: str
) -> None:
    """It is drawn when it is first opened: from what the event kept, not from the posts of that day."""
    Account.objects.filter(pk=world.people["chi"].pk).update(is_admin=True)
    place, name = world.units[UnitKind.OFFICE], "giang" if how == "taken_back" else "lan"
    lent = Position.objects.create(
        account=world.people["giang"], unit=place, role=Role.APPROVER.value, valid_from=world.now.date()
    )
    act = world.until("assign")
    away(world, "hanh", name, BY_PAPER if name == "lan" else "")
    act = services.extend(**world._on(act, name), reason="Chưa xong", new_day=date(2024, 3, 12))
    slip = IssuedSlip.objects.get(dossier_id=act.dossier_id, kind=SlipKind.APOLOGY)
    signed = slips._contents([slip])[0]
    post = Position.objects.get(account=world.people["lan"])
    by = {"actor": world.actor("chi"), "at": world.later(minutes=5)}
    if how == "taken_back":
        agencies.take_back(**by, position_id=lent.pk)
    elif how == "renamed":
        agencies.rename_unit(**by, unit_id=post.unit_id, name="Phòng Khác")
    else:
        Position.objects.create(account=world.people["lan"], unit=place, role=Role.APPROVER.value)
    assert slips._contents([slip])[0] == signed


PARALLEL = (
    Step("receive", 1, StepKind.INTAKE, "receive", "", "receiver", None,
         (Outcome(NEXT, "Xong", ("assign",)),)),
    Step("assign", 2, StepKind.ASSIGN, "assign", "", "unit_head", None,
         (Outcome(NEXT, "Song song", ("police", "land")),)),
    Step("police", 3, StepKind.OPINION, "police", "", "case_officer", TimeLimit.parse("3wd"),
         (Outcome(NEXT, "Xong", ("examine",)),)),
    Step("land", 4, StepKind.OPINION, "land", "", "case_officer", TimeLimit.parse("2wd"),
         (Outcome(NEXT, "Xong", ("examine",)),)),
    Step("examine", 5, StepKind.PROCESS, "examine", "", "case_officer", None,
         (Outcome(NEXT, "Xong", ("return",)),), waits_for=("police", "land")),
    Step("return", 6, StepKind.RETURN, "return", "", "receiver", None, (Outcome(NEXT, "Xong", ()),)),
)  # fmt: skip


def entrust(world: World, act: Act, unit: int, step: str = "police", by: str = "dung", **changes: Any) -> Act:
    key = next((task.key for task in world.state(act).tasks if task.step_key == step), "none")
    asked = {"task_key": key, "unit_id": unit, "duty": "Xác nhận an ninh"}
    return services.entrust(**world._on(act, by) | asked | changes)


@pytest.fixture
def parallel(db: None, regulation: str) -> tuple[World, Act, int]:
    """A dossier with two parts open at once, and the division of another agency with Quang at its head."""
    world = make_world(rows=PARALLEL, regulation=regulation)
    other = ward(world)
    unit = Unit.objects.get(agency=other, kind=UnitKind.DIVISION.value)
    for name, role in (("quang", Role.UNIT_HEAD), ("tam", Role.CASE_OFFICER)):
        world.people[name] = Account.objects.create(
            kind="officer", username=name, full_name=name.title(), created_at=world.now
        )
        Position.objects.create(account=world.people[name], unit=unit, role=role.value)
    return world, world.until("assign"), unit.pk


def test_giving_to_another_is_offered_only_while_something_is_left_that_they_may_give(world: World) -> None:
    act = world.until("approve")
    view = services.open_dossier(actor=world.actor("lan"), at=world.now, dossier_id=act.dossier_id)
    assert Verb.REASSIGN in [offer.verb for offer in view.verbs]
    assert services.givable(view=view, at=world.now)
    nobodys = replace(view.state, case_officer_id=None)  # as after a process without a step of assigning
    offers = reading.verbs_open_to(world.actor("lan"), view.footing, nobodys, world.now)
    assert Verb.REASSIGN not in [offer.verb for offer in offers]
    assert services.givable(view=replace(view, state=nobodys), at=world.now) == ()


@pytest.mark.clause("DL24-9.1.d#2", "PT24-10.1.d#2")
def test_part_entrusted_is_done_elsewhere_and_the_lead_goes_on(parallel: tuple[World, Act, int]) -> None:
    world, act, unit = parallel
    before = next(task for task in world.state(act).tasks if task.step_key == "police")
    act = entrust(world, act, unit)
    assert services.verify().difference is None
    task = next(task for task in world.state(act).tasks if task.step_key == "police")
    assert (task.unit_id, task.officer_id, task.duty) == (unit, None, "Xác nhận an ninh")
    assert (task.due_at, task.opened_at) == (before.due_at, before.opened_at)
    quang = world.actor("quang")
    (line,) = queries.worklist(quang, Box.UNIT, at=world.now).items
    assert (line.task_key, line.due_at) == (task.key, task.due_at)
    view = services.open_dossier(actor=quang, at=world.now, dossier_id=act.dossier_id)
    assert [offer.verb for offer in view.verbs] == [Verb.REASSIGN, Verb.COMPLETE_STEP]
    act = reassign(world, act, to="tam", by="quang", task_key=task.key)
    act = services.complete_step(**world._on(act, "tam"), task_key=task.key, note="Đủ điều kiện")
    with pytest.raises(Forbidden):
        services.open_dossier(actor=quang, at=world.now, dossier_id=act.dossier_id)
    told = OutboxMessage.objects.filter(key="desk.part_done").values_list("account_id", flat=True)
    assert world.people["dung"].pk in told  # who needs the part next learns that it is there
    assert "Đủ điều kiện" in [each.note for each in queries.history(act.dossier_id)]
    (left,) = world.state(act).tasks
    act = services.complete_step(**world._on(act, "dung"), task_key=left.key)
    assert [task.step_key for task in world.state(act).tasks] == ["examine"]
    assert services.verify().difference is None


def test_who_does_a_part_gets_no_right_to_the_rest(parallel: tuple[World, Act, int]) -> None:
    world, act, unit = parallel
    act = entrust(world, act, unit)
    other = next(task.key for task in world.state(act).tasks if task.step_key == "land")
    with pytest.raises(NotYourTask):
        services.complete_step(**world._on(act, "quang"), task_key=other)
    for call in (services.pause, services.consult, services.request_supplement, services.entrust):
        given: dict[Any, dict[str, Any]] = {
            services.pause: {"reason": "x"},
            services.consult: {"unit_id": unit, "question": "x", "limit": "1wd"},
            services.request_supplement: {"items": (), "reason": "x", "guidance": "y"},
            services.entrust: {"task_key": other, "unit_id": unit, "duty": "x"},
        }
        with pytest.raises(Forbidden):
            call(**world._on(act, "quang"), **given[call])


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"duty": " "}, ReasonRequired),
        ({"step": "gone"}, NoSuchTask),
        ({"unit_id": -1}, NobodyToAsk),
        ({"by": "khoa"}, Forbidden),
        ({"by": "quang"}, Forbidden),
        ({"by": "an"}, Forbidden),
        ({"by": "an", "unit_id": -1}, Forbidden),  # the right comes first
    ],
)
def test_entrusting_refused_changes_nothing(
    parallel: tuple[World, Act, int], changes: dict[str, Any], refusal: type[Exception]
) -> None:
    world, act, unit = parallel
    with pytest.raises(refusal):
        entrust(world, act, **{"unit": unit} | changes)
    assert world.state(act).version == act.version


def told_of_an_end(world: World) -> dict[str, str]:
    """The text of each letter that a part or a question has ended, by the name of its reader."""
    rows = OutboxMessage.objects.filter(key="desk.part_ended", channel="in_app").order_by("id")
    names = {account.pk: name for name, account in world.people.items()}
    return {
        names[row.account_id]: notify.wording(row.key, row.context, recipient="", language="vi").body
        for row in rows
        if row.account_id is not None
    }


@pytest.mark.parametrize("taken", [False, True])
def test_whose_part_is_ended_by_sending_back_is_told(parallel: tuple[World, Act, int], taken: bool) -> None:
    """By name with the substitute, else who may take it; reason and dossier are the lead's own."""
    world, act, unit = parallel
    act = entrust(world, act, unit)
    part, own = sorted(world.state(act).tasks, key=lambda task: task.step_key != "police")
    if taken:
        act = reassign(world, act, to="tam", by="quang", task_key=part.key)
        away(world, "tam", "quang", by="quang")
    world.later(minutes=5)
    act = services.send_back(
        **world._on(act, "dung"), task_key=own.key, to_step="assign", reason="Ghi chú của cơ quan"
    )
    assert [task.step_key for task in world.state(act).tasks] == ["assign"]
    told = told_of_an_end(world)
    assert set(told) == ({"tam", "quang"} if taken else {"quang"})
    assert "trả lại bước trước" in told["quang"]
    assert "Xác nhận an ninh" in told["quang"]
    assert "Ghi chú của cơ quan" not in told["quang"]
    assert act.dossier_id not in told["quang"]
    unread = OutboxMessage.objects.filter(account=world.people["quang"], channel="in_app", read_at=None)
    assert set(unread.values_list("key", flat=True)) == {"desk.part_ended"}
    assert services.verify().difference is None


def test_who_does_a_part_hears_of_no_end_by_doing_it(parallel: tuple[World, Act, int]) -> None:
    world, act, unit = parallel
    act = entrust(world, act, unit)
    part = next(task for task in world.state(act).tasks if task.step_key == "police")
    services.complete_step(**world._on(act, "quang"), task_key=part.key)
    assert told_of_an_end(world) == {}


def test_part_ended_with_the_dossier_is_told(parallel: tuple[World, Act, int]) -> None:
    world, act, unit = parallel
    act = entrust(world, act, unit)
    services.stop(
        **world._on(act, "chi"), reason="Người nộp xin thôi", requested_on=world.now.date(), request="Đơn"
    )
    told = told_of_an_end(world)
    assert set(told) == {"quang"}
    assert "đã dừng giải quyết" in told["quang"]


def test_part_given_wrongly_is_given_once_more_or_taken_back(parallel: tuple[World, Act, int]) -> None:
    """Its step's own term has run on; a second agency may have more of it than the first had."""
    world, act, unit = parallel
    other = Unit.objects.create(
        agency_id=Unit.objects.get(pk=unit).agency_id, key="phong-khac", name="Phòng Khác",
        kind=UnitKind.DIVISION.value, position=9, mark="sample",
    )  # fmt: skip
    Position.objects.create(account=world.people["tam"], unit=other, role=Role.UNIT_HEAD.value)
    before = next(task for task in world.state(act).tasks if task.step_key == "police")
    act = entrust(world, act, unit, limit="4wh")
    world.later(hours=2)
    act = entrust(world, act, other.pk, limit="1wd", reason="Giao nhầm")
    second = next(task for task in world.state(act).tasks if task.step_key == "police")
    assert (second.unit_id, second.officer_id, second.limit) == (other.pk, None, "1wd")
    assert second.opened_at == local(world.now)
    assert told_of_an_end(world)["quang"].count("Lý do: Giao nhầm") == 1
    world.later(hours=1)
    act = entrust(world, act, world.units[UnitKind.DIVISION].pk, reason="Tự làm", duty="")
    back = next(task for task in world.state(act).tasks if task.step_key == "police")
    assert replace(back, key=before.key) == before
    assert "Tự làm" in told_of_an_end(world)["tam"]
    assert services.verify().difference is None


def test_who_has_the_case_takes_a_part_back_though_no_step_is_left_with_them(
    parallel: tuple[World, Act, int],
) -> None:
    world, act, unit = parallel
    act = entrust(world, act, unit)
    own = next(task for task in world.state(act).tasks if task.step_key == "land")
    act = services.complete_step(**world._on(act, "dung"), task_key=own.key)
    for by, may in (("dung", True), ("lan", True), ("em", False), ("quang", False), ("khoa", False)):
        state = world.state(act)
        actor = world.actor(by)
        offers = reading.verbs_open_to(actor, policy.footing_of(actor, world.now), state, world.now)
        assert (Verb.ENTRUST in [offer.verb for offer in offers]) is may, by
    act = entrust(world, act, world.units[UnitKind.DIVISION].pk, reason="Tự làm", duty="")
    (back,) = world.state(act).tasks
    assert (back.officer_id, back.elsewhere, back.duty) == (str(world.people["dung"].pk), "", "")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, PartAlreadyThere),
        ({"reason": "x"}, PartAlreadyThere),
        ({"unit_id": 0}, ReasonOfOursRequired),
        ({"unit_id": 0, "reason": " "}, ReasonOfOursRequired),
        ({"unit_id": -1, "reason": "x"}, NobodyToAsk),
        ({"unit_id": 0, "reason": "x", "by": "quang"}, Forbidden),
        ({"unit_id": 0, "reason": "x", "step": "gone"}, NoSuchTask),
    ],
)
def test_part_that_is_out_is_not_given_once_more_without_sense(
    parallel: tuple[World, Act, int], changes: dict[str, Any], refusal: type[Exception]
) -> None:
    world, act, unit = parallel
    act = entrust(world, act, unit)
    if changes.get("unit_id") == 0:
        changes = changes | {"unit_id": world.units[UnitKind.DIVISION].pk}
    with pytest.raises(refusal):
        entrust(world, act, **{"unit": unit} | changes)
    assert world.state(act).version == act.version
    assert told_of_an_end(world) == {}


def test_only_a_parallel_part_is_entrusted(world: World) -> None:
    act, other = world.until("assign"), ward(world)
    unit = Unit.objects.get(agency=other, kind=UnitKind.DIVISION.value)
    Position.objects.create(account=world.people["giang"], unit=unit, role=Role.UNIT_HEAD.value)
    with pytest.raises(WrongTask):
        entrust(world, act, unit.pk, step="examine")
