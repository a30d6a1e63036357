"""Lists of what waits for the answers of others, of what is not closed yet, and marks of messages."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.dossiers.world import World
from tests.resilience.scenery import ask

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, PauseGround, Sort, Status
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.queries import Worklist, boxes
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.services import Act
from motcua.worktime.rules import local

pytestmark = pytest.mark.django_db


def page(
    world: World, who: str, box: Box, choice: Choice | None = None, after: str | None = None
) -> Worklist:
    actor = world.actor(who)
    posts = agencies.positions_of(int(actor.id), local(world.now).date())
    return queries.listed(actor, box, choice or Choice(), posts=posts, at=world.now, after=after, limit=2)


def ids(found: Worklist) -> list[str]:
    return [item.dossier_id for item in found.items]


def test_what_waits_for_its_applicant_is_listed_and_counted_at_the_desk_and_where_it_is_settled(
    world: World,
) -> None:
    act = services.pause(
        **world._on(world.until("assign"), "dung"),
        ground=PauseGround.FINANCIAL_OBLIGATION,
        reason="Nộp thuế đất",
    )
    for concerned in ("chi", "dung", "lan"):
        assert ids(page(world, concerned, Box.WAITING)) == [act.dossier_id]
        assert counted(world, concerned, Box.WAITING) == 1
    for other in ("hanh", "giang"):
        assert ids(page(world, other, Box.WAITING)) == []
        assert not counted(world, other, Box.WAITING)
    services.resume(**world._on(act, "dung"), note="Đã nộp")
    assert {counted(world, each, Box.WAITING) for each in ("chi", "dung", "lan")} == {0}


def test_who_belongs_to_the_desk_and_to_a_unit_has_what_waits_once(world: World) -> None:
    Position.objects.create(account=world.people["dung"], unit=world.units[UnitKind.DESK], role=Role.RECEIVER)
    act = services.pause(
        **world._on(world.until("assign"), "dung"),
        ground=PauseGround.FINANCIAL_OBLIGATION,
        reason="Nộp thuế đất",
    )
    assert ids(page(world, "dung", Box.WAITING)) == [act.dossier_id]


def test_what_a_unit_settles_is_listed_for_its_people_while_the_leader_has_it(world: World) -> None:
    """To its head, to whom it was assigned, and to all where it was assigned to nobody, as where the process
    has no step for that."""
    act = world.until("propose")
    assert world.state(act).tasks[0].role == "approver"
    for settles, sees in (("dung", True), ("lan", True), ("em", False)):
        assert ids(page(world, settles, Box.OTHERS)) == [act.dossier_id] * sees
    DossierTask.objects.filter(dossier_id=act.dossier_id).update(is_assigned=False)
    for settles in ("dung", "lan", "em"):
        assert ids(page(world, settles, Box.OTHERS)) == [act.dossier_id]
    assert ids(page(world, "chi", Box.OTHERS)) == [act.dossier_id]  # of her desk
    for other in ("hanh", "giang"):
        assert ids(page(world, other, Box.OTHERS)) == []
    for at_home in (
        "assign",
        "accept",
        "announce",
    ):  # with them; not with them yet; waiting for the applicant
        there = world.until(at_home).dossier_id
        assert there not in ids(page(world, "em", Box.OTHERS)), at_home


def test_opinions_asked_are_listed_for_the_case_officer_and_the_head_of_the_unit(world: World) -> None:
    act = ask(world, world.until("assign"))
    world.until("assign")
    (line,) = page(world, "dung", Box.ASKED).items
    assert (line.dossier_id, line.kind, bool(line.unit_name)) == (act.dossier_id, "consult", True)
    (seen,) = page(world, "lan", Box.ASKED).items
    assert (seen.dossier_id, seen.asked_by) == (act.dossier_id, "Dung")
    for stranger in ("quang", "chi", "giang", "em"):
        assert ids(page(world, stranger, Box.ASKED)) == []


def test_opinion_that_was_given_is_listed_no_more(world: World) -> None:
    act = ask(world, world.until("assign"))
    key = next(task.key for task in world.state(act).tasks if task.kind == "consult")
    services.answer(**world._on(act, "quang"), task_key=key, answer="Nhất trí")
    assert ids(page(world, "dung", Box.ASKED)) == []


def test_opinions_go_on_from_page_to_page(world: World) -> None:
    acts = [ask(world, world.until("assign")).dossier_id for _ in range(3)]
    first = page(world, "lan", Box.ASKED)
    rest = page(world, "lan", Box.ASKED, after=first.next_cursor)
    assert sorted(ids(first) + ids(rest)) == sorted(acts)


def counted(world: World, who: str, box: Box = Box.UNCLOSED) -> int | None:
    """What the rail says of a box."""
    actor = world.actor(who)
    posts = agencies.positions_of(int(actor.id), local(world.now).date())
    return queries.box_counts(actor, posts=posts, at=world.now).counts.get(box)


def test_what_is_not_closed_is_counted_from_its_index(world: World) -> None:
    """Around every page: the state of no dossier is unpacked for it."""
    posts = agencies.positions_of(world.people["chi"].pk, local(world.now).date())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = boxes.unclosed(posts).values("id").explain()
    assert "dossier_unclosed" in plan
    assert "Filter" not in plan


def returned(world: World, regulation: str) -> Act:
    act = world.until("give_back")
    row = Dossier.objects.get(pk=act.dossier_id)
    row.state["target"]["regulation"] = regulation
    row.save()
    return act


@pytest.mark.clause("QN20-13.5")
def test_returned_dossiers_are_listed_until_they_are_closed_where_the_regulation_closes(world: World) -> None:
    act = returned(world, "QN20")
    returned(world, "DL24")
    (line,) = page(world, "chi", Box.UNCLOSED).items
    assert (line.dossier_id, line.status) == (act.dossier_id, Status.RETURNED)
    assert ids(page(world, "dung", Box.UNCLOSED)) == []
    assert [counted(world, name) for name in ("chi", "dung")] == [1, None]
    world.close(act)
    assert ids(page(world, "chi", Box.UNCLOSED)) == []
    assert counted(world, "chi") == 0


@pytest.mark.parametrize(
    ("province", "wants"),
    [
        pytest.param("quang-ngai", True, marks=pytest.mark.clause("QN20-13.5")),
        ("dak-lak", False),
        ("nowhere", False),
    ],
)
def test_list_of_what_is_not_closed_is_for_provinces_that_close(province: str, wants: bool) -> None:
    assert queries.wants_closing(province) is wants


@pytest.mark.parametrize("choice", [Choice(), Choice(sort=Sort.FILED)])
def test_lists_mark_dossiers_with_a_message_that_waits(world: World, choice: Choice) -> None:
    act, other = world.until("accept"), world.until("accept")
    services.write_to_desk(
        actor=world.actor("an"), at=world.now, dossier_id=act.dossier_id, text="Khi nào có kết quả?"
    )
    for box, who in ((Box.UNIT, "chi"), (Box.TODAY, "chi")):
        marks = {item.dossier_id: item.has_message for item in page(world, who, box, choice).items}
        assert marks == {act.dossier_id: True, other.dossier_id: False}, box
    services.settle_thread(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id, seen=2**40)
    assert not any(item.has_message for item in page(world, "chi", Box.UNIT, choice).items)
