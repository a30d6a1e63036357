"""Lists as officers set them: what is in each, in which order, and that paging loses nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from pytest_django import DjangoAssertNumQueries
from tests.dossiers.world import STEPS, World, make_world, moment, steps

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.agencies.services import record_absence
from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, Column, Lateness, Sort, Status, WarningLevel
from motcua.dossiers.errors import NameTaken, TooManyKept
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.queries import WorkItem, Worklist
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.state import ResultDelivery
from motcua.dossiers.services.rows import task_columns
from motcua.kernel.errors import NotFound
from motcua.process import queries as process
from motcua.process.enums import StepKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> Iterator[World]:
    for known in (agencies, catalogue, process):
        known.forget()
    yield make_world()
    for known in (agencies, catalogue, process):
        known.forget()


def listed(world: World, who: str, box: Box, choice: Choice | None = None, **more: object) -> Worklist:
    actor = world.actor(who)
    posts = agencies.positions_of(int(actor.id), world.now.date())
    given: dict[str, object] = {"posts": posts, "at": world.now} | more
    return queries.listed(actor, box, choice or Choice(), **given)  # type: ignore[arg-type]


def ids(page: Worklist) -> list[str]:
    return [item.dossier_id for item in page.items]


def with_dung(world: World) -> str:
    return world.assign(world.hand_over(world.accept(world.register()))).dossier_id


def test_soon_shows_each_mark_that_a_step_has_reached(world: World) -> None:
    """The step of examining has eight working hours: from Monday morning to Tuesday morning."""
    dossier = with_dung(world)
    (task,) = world.state(dossier).tasks
    seen = {}
    for text in ("2024-03-04 11:00", "2024-03-04 15:00", "2024-03-05 07:35", "2024-03-05 16:00"):
        page = listed(world, "dung", Box.SOON, at=moment(text))
        seen[text] = [item.warning for item in page.items]
    assert task.due_at is not None
    assert list(seen.values()) == [
        [],
        [WarningLevel.HALF],
        [WarningLevel.NEARLY],
        [WarningLevel.USED_UP],
    ]


def soon(world: World, name: str, posts: Any, at: datetime) -> tuple[int, bool]:
    counted = queries.box_counts(world.actor(name), posts=posts, at=at)
    return counted.counts[Box.SOON], Box.SOON in counted.late


def test_soon_count_agrees_with_the_list(world: World) -> None:
    for _ in range(3):
        with_dung(world)
    actor = world.actor("dung")
    posts = agencies.positions_of(int(actor.id), world.now.date())
    early = soon(world, "dung", posts, moment("2024-03-04 08:30"))
    half = soon(world, "dung", posts, moment("2024-03-04 15:00"))
    late = soon(world, "dung", posts, moment("2024-03-06 08:30"))
    assert [early, half, late] == [(0, False), (3, False), (3, True)]
    assert len(listed(world, "dung", Box.SOON, at=moment("2024-03-06 08:30")).items) == late[0]


LATER = "2024-03-06 08:30"


def pressing(world: World, text: str, names: Sequence[str] = ("hanh", "lan", "dung", "chi", "giang")) -> Any:
    """Whom the list of what presses shows something, with what their rails count of it and whether late."""
    found = {}
    for name in names:
        posts = agencies.positions_of(world.people[name].pk, moment(text).date())
        counted = queries.box_counts(world.actor(name), posts=posts, at=moment(text))
        rail = counted.counts.get(Box.PRESSING), Box.PRESSING in counted.late
        shown = queries.listed(world.actor(name), Box.PRESSING, Choice(), posts=posts, at=moment(text)).items
        if shown or rail != (None, False):
            found[name] = (*rail, [item.is_stuck for item in shown])
    return found


def test_pressing_shows_whoever_answers_for_it_what_is_late_in_others_hands(world: World) -> None:
    """A case officer holds it by name: the leader of the agency and the head of the unit see it too."""
    with_dung(world)
    assert pressing(world, "2024-03-04 08:30") == {"hanh": (0, False, []), "lan": (0, False, [])}
    assert pressing(world, LATER) == {"hanh": (1, True, [False]), "lan": (1, True, [False])}


def test_pressing_shows_what_lies_late_with_nobody_by_name(world: World) -> None:
    world.hand_over(world.accept(world.register()))
    assert pressing(world, LATER) == {"hanh": (1, True, [False]), "lan": (1, True, [False])}


def test_pressing_of_the_head_of_a_unit_ends_where_the_unit_ends(world: World) -> None:
    world.accept(world.register())  # late at the desk
    assert pressing(world, LATER) == {"hanh": (1, True, [False]), "lan": (0, False, [])}


def test_pressing_of_the_head_of_a_desk_follows_its_dossiers_to_every_unit(world: World) -> None:
    Position.objects.filter(account=world.people["chi"]).update(role=Role.DESK_HEAD.value)
    with_dung(world)
    assert pressing(world, LATER, ["chi"]) == {"chi": (1, True, [False])}


def test_pressing_of_a_leader_elsewhere_shows_nothing(world: World) -> None:
    with_dung(world)
    Position.objects.filter(account=world.people["hanh"]).delete()
    assert pressing(world, LATER, ["hanh"]) == {}


def test_step_that_nobody_can_take_presses_before_it_is_late(world: World) -> None:
    world.hand_over(world.accept(world.register()))
    assert pressing(world, "2024-03-04 08:30")["hanh"] == (0, False, [])
    Position.objects.filter(account=world.people["lan"]).delete()
    assert pressing(world, "2024-03-04 08:30") == {"hanh": (1, False, [True])}


def test_step_of_somebody_who_left_presses_before_it_is_late(world: World) -> None:
    with_dung(world)
    Position.objects.filter(account=world.people["dung"]).update(valid_to="2024-03-01")
    assert pressing(world, "2024-03-04 08:30", ["hanh"]) == {"hanh": (1, False, [True])}
    (line,) = listed(world, "hanh", Box.PRESSING).items
    assert line.warning is WarningLevel.NONE


def test_step_of_somebody_away_presses_once_nobody_can_act_in_their_place(world: World) -> None:
    """A substitute does the work: nothing presses. Their account is blocked: what is the absent one's, by
    name or by post, lies with nobody."""
    early = "2024-03-04 08:30"
    with_dung(world)
    world.hand_over(world.accept(world.register()))  # waits for the head of the unit to assign it
    for absent in ("dung", "lan"):
        record_absence(
            actor=world.actor("hanh"),
            at=moment(early),
            account_id=world.people[absent].pk,
            substitute_id=world.people["em"].pk,
            first_day=moment(early).date(),
            last_day=moment(early).date(),
            reason="Nghỉ ốm",
        )
    assert pressing(world, early, ["hanh"]) == {"hanh": (0, False, [])}
    world.people["em"].is_active = False
    world.people["em"].save(update_fields=["is_active"])
    assert pressing(world, early, ["hanh"]) == {"hanh": (2, False, [True, True])}


def test_pressing_by_pages_shows_every_line_once(world: World) -> None:
    dossiers = {with_dung(world) for _ in range(5)}
    seen, after = [], None
    while True:
        page = listed(world, "hanh", Box.PRESSING, at=moment(LATER), after=after, limit=2)
        seen += ids(page)
        after = page.next_cursor
        if after is None:
            break
    assert (len(seen), set(seen)) == (5, dossiers)


def test_late_dossier_is_soon_whatever_is_left_of_its_step(world: World) -> None:
    """The step runs until later in the day, and the handing over has no term at all."""
    dossier = with_dung(world)
    state = world.state(dossier)
    assert state.due_at is not None
    DossierTask.objects.update(due_at=state.due_at + timedelta(days=3), soon_at=state.due_at)
    at = state.due_at + timedelta(minutes=1)
    (line,) = listed(world, "dung", Box.SOON, at=at).items
    posts = agencies.positions_of(world.people["dung"].pk, at.date())
    assert (line.warning, soon(world, "dung", posts, at)) == (WarningLevel.USED_UP, (1, True))


def test_soon_at_of_a_task_is_its_own_mark_or_the_moment_its_dossier_is_late(world: World) -> None:
    dossier = with_dung(world)
    (task,), state = world.state(dossier).tasks, world.state(dossier)
    assert None not in (task.soon_at, task.due_at, state.due_at)
    wanted = {
        task: task.soon_at,
        replace(task, soon_at=None): task.due_at,  # opened before events told the mark
        replace(task, soon_at=None, due_at=None): state.due_at,
    }
    assert {each: task_columns(each, state)["soon_at"] for each in wanted} == wanted
    assert task_columns(task, replace(state, finished_at=world.now))["soon_at"] is None


def test_soon_of_a_colleague_is_not_mine(world: World) -> None:
    with_dung(world)
    assert ids(listed(world, "em", Box.SOON, at=moment("2024-03-06 08:30"))) == []


def test_soon_of_an_absent_colleague_is_the_substitutes_too(world: World) -> None:
    dossier = with_dung(world)
    day = moment("2024-03-06 08:30")
    record_absence(
        actor=world.actor("lan"),
        at=world.now,
        account_id=world.people["dung"].pk,
        substitute_id=world.people["em"].pk,
        first_day=world.now.date(),
        last_day=day.date(),
        reason="Nghỉ phép",
    )
    em = world.actor("em")
    posts = agencies.positions_of(int(em.id), day.date())
    page = queries.listed(em, Box.SOON, Choice(), posts=posts, at=day)
    assert (ids(page), soon(world, "em", posts, day)) == ([dossier], (1, True))


def test_soon_by_pages_shows_every_line_once(world: World) -> None:
    dossiers = {with_dung(world) for _ in range(5)}
    seen, after = [], None
    while True:
        page = listed(world, "dung", Box.SOON, at=moment("2024-03-06 08:30"), after=after, limit=2)
        seen += ids(page)
        after = page.next_cursor
        if after is None:
            break
    assert (len(seen), set(seen)) == (5, dossiers)


def test_others_shows_what_left_my_hands_and_is_still_open(world: World) -> None:
    proposed = world.until("propose")
    found = {name: ids(listed(world, name, Box.OTHERS)) for name in ("chi", "dung", "em", "hanh", "giang")}
    here = [proposed.dossier_id]
    assert found == {"chi": here, "dung": here, "em": [], "hanh": [], "giang": []}


def test_others_shows_a_head_what_the_unit_holds(world: World) -> None:
    assert ids(listed(world, "lan", Box.OTHERS)) == []
    dossier = with_dung(world)
    assert ids(listed(world, "lan", Box.OTHERS)) == [dossier]


def test_head_of_a_unit_sees_what_lies_there_with_nobody(world: World) -> None:
    """Whoever gives work out has to see what is not given: also what needs no step of assigning."""
    dossier = with_dung(world)
    DossierTask.objects.filter(dossier_id=dossier).update(officer=None)
    found = {name: ids(listed(world, name, Box.UNIT)) for name in ("lan", "dung", "chi", "hanh")}
    assert found == {"lan": [dossier], "dung": [dossier], "chi": [], "hanh": []}
    assert ids(listed(world, "lan", Box.OTHERS)) == []


def test_today_shows_what_i_did_today_only(world: World) -> None:
    dossier = with_dung(world)
    found = {name: ids(listed(world, name, Box.TODAY)) for name in ("chi", "lan", "dung")}
    assert found == {"chi": [dossier], "lan": [dossier], "dung": []}
    assert ids(listed(world, "chi", Box.TODAY, at=world.now + timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(status=Status.SUBMITTED), 2),
        (Choice(status=Status.ACCEPTED), 1),
        (Choice(procedure="giấy phép thử"), 3),
        (Choice(procedure="khai sinh"), 0),
        (Choice(unit_id=10**9), 0),
        (Choice(lateness=Lateness.LATE), 0),
    ],
)
def test_narrowed_list_leaves_the_rest_out(world: World, choice: Choice, expected: int) -> None:
    world.register()
    world.register()
    world.accept(world.register())
    assert len(listed(world, "chi", Box.UNIT, choice).items) == expected


def test_lateness_narrows_by_what_runs_out_first(world: World) -> None:
    world.accept(world.register())
    at = moment("2024-03-05 16:00")
    kinds = {
        late: len(listed(world, "chi", Box.UNIT, Choice(lateness=late), at=at).items) for late in Lateness
    }
    assert kinds == {Lateness.LATE: 1, Lateness.TODAY: 0, Lateness.WEEK: 0}


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("box", [Box.UNIT, Box.OTHERS, Box.TODAY])
def test_sorted_list_by_pages_loses_and_doubles_nothing(world: World, sort: Sort, box: Box) -> None:
    dossiers = {world.register().dossier_id for _ in range(5)}
    if box is Box.OTHERS:
        dossiers = {world.hand_over(world.accept(world.register())).dossier_id for _ in range(5)}
    choice = Choice(sort=sort, columns=(Column.STATUS,))
    seen: list[WorkItem] = []
    after = None
    while True:
        page = listed(world, "chi", box, choice, after=after, limit=2)
        seen += page.items
        after = page.next_cursor
        if after is None:
            break
    found = [item.dossier_id for item in seen]
    assert len(found) == len(set(found))
    assert dossiers <= set(found)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("box", [Box.UNIT, Box.OTHERS, Box.TODAY])
def test_pages_back_are_the_pages_that_led_there(world: World, sort: Sort, box: Box) -> None:
    for _ in range(5):
        world.hand_over(world.accept(world.register())) if box is Box.OTHERS else world.register()
    choice = Choice(sort=sort)
    there = [listed(world, "chi", box, choice, limit=2)]
    while there[-1].next_cursor:
        there.append(listed(world, "chi", box, choice, after=there[-1].next_cursor, limit=2))
    back = [there[-1]]
    while back[-1].previous_cursor:
        back.append(listed(world, "chi", box, choice, before=back[-1].previous_cursor, limit=2))
    assert len(there) == 3
    assert [ids(page) for page in back] == [ids(page) for page in reversed(there)]
    assert [page.next_cursor for page in back[1:]] == [page.next_cursor for page in reversed(there[:-1])]
    second = there[0].items[1].cursor  # what stands before it fills no page: the list from its beginning
    assert ids(listed(world, "chi", box, choice, before=second, limit=2)) == ids(there[0])


def test_newest_and_oldest_are_each_other_backwards(world: World) -> None:
    for _ in range(3):
        world.register()
    newest = ids(listed(world, "chi", Box.UNIT, Choice(sort=Sort.NEWEST)))
    oldest = ids(listed(world, "chi", Box.UNIT, Choice(sort=Sort.OLDEST)))
    assert newest == oldest[::-1]


def test_cursor_of_a_line_leads_to_the_next_line_also_when_the_line_is_gone(world: World) -> None:
    acts = [world.register() for _ in range(3)]
    first, second, _third = listed(world, "chi", Box.UNIT).items
    gone = next(act for act in acts if act.dossier_id == first.dossier_id)
    world.withdraw_at_desk(gone)
    assert ids(listed(world, "chi", Box.UNIT, after=first.cursor, limit=1)) == [second.dossier_id]


def test_list_costs_the_same_for_one_and_for_three(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    choice = Choice(columns=tuple(Column))
    for _ in range(2):
        world.register()
        listed(world, "chi", Box.UNIT, choice)
        with django_assert_num_queries(2):  # the posts, asked by this test; the list
            listed(world, "chi", Box.UNIT, choice)


def test_kept_list_comes_back_as_it_was(world: World) -> None:
    choice = Choice(Sort.OLDEST, (Column.UNIT,), "khai sinh", None, Status.ACCEPTED, Lateness.LATE)
    services.keep_list(actor=world.actor("chi"), box=Box.UNIT, name=" Khai  sinh trễ ", choice=choice)
    (kept,) = queries.kept_lists(world.actor("chi"))
    assert (kept.name, kept.box, kept.choice) == ("Khai sinh trễ", Box.UNIT, choice)
    assert queries.kept_lists(world.actor("dung")) == ()


def test_rail_is_read_with_what_was_kept_in_one_query(world: World, django_assert_num_queries: Any) -> None:
    services.keep_list(actor=world.actor("chi"), box=Box.UNIT, name="Trễ", choice=Choice(Sort.OLDEST))
    services.remember_list(actor=world.actor("chi"), box=Box.MINE, choice=Choice(Sort.NEWEST))
    posts = agencies.positions_of(world.people["chi"].pk, world.now.date())
    queries.box_counts(world.actor("chi"), posts=posts, at=world.now)  # closures are kept in memory
    for held in (posts, frozenset()):  # whoever lost the last post keeps the lists
        with django_assert_num_queries(1):
            rail = queries.box_counts(world.actor("chi"), posts=held, at=world.now)
        assert rail.kept == queries.kept_lists(world.actor("chi"))
    assert ([each.name for each in rail.kept], rail.counts) == (["", "Trễ"], {})


def test_remembered_list_keeps_order_and_columns_but_no_narrowing(world: World) -> None:
    for sort in (Sort.NEWEST, Sort.OLDEST):
        services.remember_list(
            actor=world.actor("chi"), box=Box.UNIT, choice=Choice(sort, (Column.UNIT,), "x", 1)
        )
    (kept,) = queries.kept_lists(world.actor("chi"))
    assert (kept.name, kept.choice) == ("", Choice(Sort.OLDEST, (Column.UNIT,)))


def test_kept_list_with_a_name_in_use_is_refused(world: World) -> None:
    for name in ("a", "b"):
        services.keep_list(actor=world.actor(world_name(name)), box=Box.UNIT, name="Trễ", choice=Choice())
    with pytest.raises(NameTaken):
        services.keep_list(actor=world.actor("chi"), box=Box.MINE, name="Trễ", choice=Choice())


def world_name(letter: str) -> str:
    return {"a": "chi", "b": "dung"}[letter]


def test_kept_lists_have_an_end(world: World) -> None:
    for number in range(20):
        services.keep_list(actor=world.actor("chi"), box=Box.UNIT, name=f"{number}", choice=Choice())
    with pytest.raises(TooManyKept):
        services.keep_list(actor=world.actor("chi"), box=Box.UNIT, name="mới", choice=Choice())


def test_kept_list_of_somebody_else_cannot_be_dropped(world: World) -> None:
    kept = services.keep_list(actor=world.actor("chi"), box=Box.UNIT, name="Trễ", choice=Choice())
    with pytest.raises(NotFound):
        services.drop_list(actor=world.actor("dung"), kept_id=kept)
    services.drop_list(actor=world.actor("chi"), kept_id=kept)
    assert queries.kept_lists(world.actor("chi")) == ()


def test_cases_and_dossiers_of_a_person_are_found_by_their_indexes(world: World) -> None:
    """The queries must be written as the indexes are, or a list reads every dossier of the province."""
    case = KeyTextTransform("case_officer_id", "state")
    person = KeyTextTransform("personal_id", KeyTransform("applicant", KeyTransform("contents", "state")))
    cases = Dossier.objects.annotate(case=case).filter(case="5", ended_at__isnull=True)
    persons = Dossier.objects.annotate(person=person).filter(person="066", filed_at__isnull=False)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "dossier_open_case_of_officer" in cases.explain()
    assert "dossier_of_person" in persons.explain()


def test_dossier_with_its_result_is_no_longer_about_to_be_late(world: World) -> None:
    """What is left to do after the result stands in other lists, under no term that has ended."""
    dossier = world.until("issue").dossier_id
    at = world.now + timedelta(days=60)
    DossierTask.objects.update(sort_at=world.now)
    for name in ("khoa", "hanh", "chi"):
        posts = agencies.positions_of(world.people[name].pk, at.date())
        assert soon(world, name, posts, at) == (0, False)
        assert ids(listed(world, name, Box.SOON, at=at)) == []
        late = queries.listed(world.actor(name), Box.UNIT, Choice(lateness=Lateness.LATE), posts=posts, at=at)
        assert ids(late) == []
    assert world.state(dossier).tasks


@pytest.mark.parametrize("verb", ["issue", "announce"])
def test_result_that_goes_out_is_about_to_be_late_by_the_promise_and_one_that_is_fetched_is_not(
    world: World, verb: str
) -> None:
    """Also when the applicant was told that it is there: nobody comes for it."""
    posted = world.until(verb, delivery=ResultDelivery("postal", "Số 1"))
    fetched = world.until(verb)
    state = world.state(posted)
    (task,) = state.tasks
    assert (task.due_at, world.state(fetched).tasks[0].due_at) == (state.due_at, None)
    assert state.due_at is not None
    seen = []
    for at in (world.now, state.due_at - timedelta(minutes=30), state.due_at + timedelta(days=14)):
        posts = agencies.positions_of(world.people["chi"].pk, at.date())
        page = listed(world, "chi", Box.SOON, at=at)
        late = queries.listed(
            world.actor("chi"), Box.RETURNS, Choice(lateness=Lateness.LATE), posts=posts, at=at
        )
        seen.append((ids(page), [item.warning for item in page.items], ids(late)))
        assert soon(world, "chi", posts, at) == (len(page.items), bool(late.items))
    here = [posted.dossier_id]
    assert seen == [
        ([], [], []),
        (here, [WarningLevel.NEARLY], []),
        (here, [WarningLevel.USED_UP], here),
    ]
    head = agencies.positions_of(world.people["hanh"].pk, world.now.date())
    pressing = queries.listed(world.actor("hanh"), Box.PRESSING, Choice(), posts=head, at=state.due_at)
    assert ids(pressing) == here


def test_date_set_by_a_late_letter_stands_beside_the_first_one_and_hides_no_lateness(world: World) -> None:
    act = world.until("assign")
    first = world.state(act).due_at
    world.now = moment("2024-03-08 10:00")
    asked = world._on(act, "hanh") | {"new_day": date(2024, 3, 12), "reason": "Chờ xác minh"}
    services.extend(**asked)
    for who, box in (("dung", Box.MINE), ("hanh", Box.PRESSING), ("hanh", Box.TODAY), ("chi", Box.OTHERS)):
        (item,) = listed(world, who, box, at=moment("2024-03-08 11:00")).items
        assert (item.dossier_due_at, item.promised_at) == (first, first)
        assert item.renewed_at == moment("2024-03-12 17:30")
    (plain,) = queries.worklist(world.actor("dung"), Box.MINE, at=moment("2024-03-08 11:00")).items
    assert plain.renewed_at == moment("2024-03-12 17:30")


def test_list_without_tasks_offers_and_shows_no_column_that_is_empty_there() -> None:
    tasks, done = queries.offered_columns(Box.MINE), queries.offered_columns(Box.DONE)
    assert set(tasks) - set(done) == {Column.WORK, Column.OPENED}
    asked = (Column.WORK, Column.OPENED, Column.TERM)
    assert queries.shown_columns(asked, Box.MINE) == asked
    assert queries.shown_columns(asked, Box.DONE) == (Column.STATUS, Column.TERM)


def reassign(world: World, act: services.Act, who: str) -> None:
    (task,) = world.state(act).tasks
    to = {"officer_id": str(world.people[who].pk), "task_key": task.key, "reason": "Chia việc"}
    services.reassign(**world._on(act, "hanh"), **to)


def test_result_at_the_desk_stands_among_returns_whosever_name_it_bears(world: World) -> None:
    """Whoever is at the desk hands it over, so the list and its count have it; its bearer's own work too."""
    act = world.until("issue")
    reassign(world, act, "chi")
    Position.objects.create(
        account=world.people["giang"], unit=world.units[UnitKind.DESK], role=Role.RECEIVER.value
    )
    for who in ("chi", "giang"):
        assert ids(listed(world, who, Box.RETURNS)) == [act.dossier_id]
        posts = agencies.positions_of(world.people[who].pk, world.now.date())
        counted = queries.box_counts(world.actor(who), posts=posts, at=world.now).counts
        assert counted[Box.RETURNS] == 1
    assert ids(listed(world, "chi", Box.MINE)) == [act.dossier_id]
    assert ids(listed(world, "giang", Box.MINE)) == []


def test_approval_that_was_given_to_a_leader_by_name_stands_among_their_approvals(world: World) -> None:
    act = world.until("propose")
    reassign(world, act, "hanh")
    assert ids(listed(world, "hanh", Box.APPROVALS)) == [act.dossier_id]


def test_result_that_goes_out_by_a_time_of_its_own_is_about_to_be_late_and_late_by_it(db: None) -> None:
    """Birth and death give the return a time: what is posted is due by it, what is fetched presses nobody."""
    rows = (*STEPS[:-1], ("return", StepKind.RETURN, "1wh"))
    world = make_world(rows=steps(rows))
    posted = world.until("issue", delivery=ResultDelivery("postal", "Số 1"))
    fetched = world.until("issue")
    (task,) = world.state(posted).tasks
    promise = world.state(posted).due_at
    assert task.due_at is not None
    assert promise is not None
    assert task.due_at < promise
    for at, found in ((task.opened_at, []), (task.due_at + timedelta(minutes=1), [posted.dossier_id])):
        assert ids(listed(world, "chi", Box.SOON, at=at)) == found
        assert ids(listed(world, "chi", Box.RETURNS, Choice(lateness=Lateness.LATE), at=at)) == found
        late, _ = queries.overdue_at_the_desk("dak-lak", None, at)
        assert [each.dossier_id for each in late] == found
    items = {each.dossier_id: each.goes_out for each in listed(world, "chi", Box.RETURNS).items}
    assert items == {posted.dossier_id: True, fetched.dossier_id: False}


def test_return_at_the_counter_whose_own_time_is_over_makes_no_dossier_late(world: World) -> None:
    act = world.until("issue")
    promise = Dossier.objects.get(pk=act.dossier_id).due_at
    DossierTask.objects.filter(dossier_id=act.dossier_id).update(due_at=promise, sort_at=promise)
    world.later(days=30)
    assert ids(listed(world, "chi", Box.RETURNS)) == [act.dossier_id]
    assert ids(listed(world, "chi", Box.RETURNS, Choice(lateness=Lateness.LATE))) == []
    assert ids(listed(world, "chi", Box.SOON)) == []
