"""Who follows the keeping of terms and sees what; late answers are chased by the system itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.dossiers.wards import ward
from tests.dossiers.world import World
from tests.resilience.scenery import ask

from motcua.accounts.models import Account
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit
from motcua.audit import queries as audit
from motcua.audit.models import ActRecord
from motcua.dossiers import queries, services
from motcua.dossiers.errors import ReasonRequired
from motcua.dossiers.models import Dossier, DossierEvent, DossierTask
from motcua.dossiers.queries import Overdue
from motcua.dossiers.rules.state import ResultDelivery
from motcua.dossiers.services import reminders
from motcua.kernel.errors import Forbidden
from motcua.law import queries as law
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
LAW = law.law()
MARCH = (date(2024, 3, 1), date(2024, 3, 31))


def office(world: World) -> None:
    """Giang administers the province."""
    Account.objects.filter(username="giang").update(is_admin=True)
    world.people["giang"].refresh_from_db()


def overdue(world: World) -> list[tuple[str, str]]:
    found, _ = queries.overdue_at_the_desk(world.agency.province, None, world.now)
    return [(each.kind, each.reference) for each in found]


@pytest.mark.clause(
    "DL24-14.4#1", "KT22-22.4#1", "QN20-22.3#1", "KT18-9.6", "QN20-21.2#3", "DL24-14.2", "DL24-24.1"
)
def test_figures_tell_what_an_agency_did_too_late(world: World) -> None:
    act = world.submit(world.draft())
    world.later(days=3)
    act = world.accept(act)  # answered late
    world.later(days=3)
    world.hand_over(act)  # and handed over late
    world.until("accept")
    here, march = world.agency.province, world.month
    (line,) = queries.followed(here, None, *march, world.now)
    assert (line.agency_name, line.filed, line.settled) == ("Sở Tư pháp", 2, 0)
    late = (line.answered_late, line.forwarded_late, line.asked_again, line.finished_late)
    assert late == (1, 1, 0, 0)
    assert queries.followed(here, {world.agency.pk}, *march, world.now) == (line,)
    assert queries.followed(here, {world.agency.pk + 1}, *march, world.now) == ()
    assert queries.followed("elsewhere", None, *march, world.now) == ()
    (line,) = queries.followed(here, None, *march, world.now + timedelta(days=60))
    assert (line.filed, line.overdue) == (2, 2)  # by then both are open and past their term
    april = march[1] + timedelta(days=1)
    before = world.now - timedelta(days=30)  # nothing was overdue then
    assert queries.followed(here, None, april, april + timedelta(days=29), before) == ()


def test_dossier_open_and_late_is_counted_now_in_every_month_until_it_is_done(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    act = world.until("assign")
    due_at = world.state(act).due_at
    assert due_at is not None
    here, years = world.agency.province, (date(2019, 1, 1), date(2019, 1, 31))
    assert queries.followed(here, None, *years, due_at) == ()  # in time to the last minute
    late = due_at + timedelta(minutes=1)
    with django_assert_num_queries(2):
        (line,) = queries.followed(here, None, *years, late)
    assert (line.agency_name, line.filed, line.letter_missed, line.overdue) == ("Sở Tư pháp", 0, 0, 1)
    assert queries.followed(here, {world.agency.pk + 1}, *years, late) == ()
    assert queries.followed("phu-tho", None, *years, late) == ()
    world.issue(world.approve(world.propose(act)))
    assert queries.followed(here, None, *years, late) == ()


@pytest.mark.clause("DL24-14.4#1", "PT24-9.2.b#2", "KT18-14.4")
def test_what_is_to_be_handed_over_is_followed_once_its_term_has_passed_and_not_before(world: World) -> None:
    act = world.until("accept")
    (task,) = world.state(act).tasks
    assert task.due_at is not None
    world.now = task.due_at
    assert overdue(world) == []
    world.later(minutes=1)
    assert overdue(world) == [("forward", world.state(act).code)]


@pytest.mark.clause("DL24-8.1.b", "DL24-19.1.d")
def test_what_is_overdue_at_the_desk_is_listed_until_it_is_done(world: World) -> None:
    filed = world.submit(world.draft())
    taken = world.until("accept")
    assert overdue(world) == []
    world.later(days=4)
    assert overdue(world) == [("check", world.state(filed).reference), ("forward", world.state(taken).code)]
    world.hand_over(taken)
    assert overdue(world) == [("check", world.state(filed).reference)]
    filed = world.accept(filed)  # its term to be handed over ran from the receipt, so it has passed as well
    assert overdue(world) == [("forward", world.state(filed).code)]
    world.hand_over(filed)
    assert overdue(world) == []


@pytest.mark.clause("DL24-9.1.e")
def test_result_that_goes_out_is_followed_while_it_lies_beyond_the_promise(world: World) -> None:
    for how, found in (("counter", []), ("postal", ["return"])):
        act = world.draft(delivery=ResultDelivery(how, "12 Lê Lợi"))
        for step in ("submit", "accept", "hand_over", "assign", "propose", "approve", "issue"):
            act = getattr(world, step)(act)
        assert overdue(world) == []
        world.later(days=30)
        assert [kind for kind, _ in overdue(world)] == found


def test_return_at_the_counter_whose_own_time_ends_with_the_promise_is_not_sent_late(world: World) -> None:
    """Whoever comes for it comes when they like: nothing was kept back, and nothing is listed."""
    act = world.until("issue")
    promise = Dossier.objects.get(pk=act.dossier_id).due_at
    DossierTask.objects.filter(dossier_id=act.dossier_id).update(due_at=promise, sort_at=promise)
    world.later(days=30)
    assert overdue(world) == []


def test_overdue_is_read_a_page_at_a_time_and_of_the_watched_agencies_only(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    wanted = [world.state(world.submit(world.draft())).reference for _ in range(5)]
    world.later(days=4)
    seen: list[str] = []
    after = None
    queries.overdue_at_the_desk("dak-lak", None, world.now)
    for _ in range(3):
        with django_assert_num_queries(1):
            page, after = queries.overdue_at_the_desk("dak-lak", None, world.now, after=after, limit=2)
        seen += [each.reference for each in page]
    assert (seen, after) == (wanted, None)
    assert queries.overdue_at_the_desk("dak-lak", {world.agency.pk + 1}, world.now) == ((), None)
    assert queries.overdue_at_the_desk("phu-tho", None, world.now) == ((), None)


@pytest.mark.clause("QN20-21.2#3", "KT22-22.4#1", "DL24-14.4#1")
@pytest.mark.parametrize("name", ["lan", "hanh"])
def test_heads_and_leaders_follow_their_own_agency(world: World, name: str) -> None:
    assert services.watched(actor=world.actor(name), at=world.now) == {world.agency.pk}


def test_administrator_follows_the_whole_province(world: World) -> None:
    office(world)
    assert services.watched(actor=world.actor("giang"), at=world.now) is None


OFFICE, DEPARTMENT = "van-phong-ubnd-tinh", "so-thong-tin-va-truyen-thong"


@pytest.mark.clause("KT22-22.4#1", "QN20-22.3#1", "DL24-14.2", "DL24-14.4#1", "KT18-9.6")
@pytest.mark.parametrize("regulation", ["KT18", "KT22", "QN20", "DL24", "PT24"], indirect=True)
@pytest.mark.parametrize("role", [Role.APPROVER, Role.UNIT_HEAD, Role.ADMIN])
def test_body_that_the_regulation_names_follows_and_urges_the_whole_province(
    world: World, regulation: str, role: Role
) -> None:
    named, other = (DEPARTMENT, OFFICE) if regulation == "KT18" else (OFFICE, DEPARTMENT)
    follow = {"actor": world.actor("giang"), "at": world.now}
    urged = follow | {"agency_id": world.agency.pk, "text": "Hồ sơ trễ"}
    elsewhere = post_at(world, other, role)
    assert services.watched(**follow) == {elsewhere.unit.agency_id}
    with pytest.raises(Forbidden):
        services.urge(**urged)
    post = post_at(world, named, role)
    assert services.watched(**follow) is None
    assert services.urge(**urged) == 2  # the leader and the head of the unit
    post.delete()
    with pytest.raises(Forbidden):
        services.urge(**urged)


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.CLERK, Role.RECEIVER])
def test_who_answers_for_nothing_in_that_body_follows_nobody(world: World, role: Role) -> None:
    post_at(world, OFFICE, role)
    with pytest.raises(Forbidden):
        services.watched(actor=world.actor("giang"), at=world.now)


def post_at(world: World, key: str, role: Role) -> Position:
    """A post of Giang's at an agency of that key."""
    agency = Agency.objects.create(
        key=key, province=world.agency.province, name=key, level="province", kind=world.agency.kind
    )
    unit = Unit.objects.create(agency=agency, key=key, name=key, kind=UnitKind.DIVISION)
    return Position.objects.create(account=world.people["giang"], unit=unit, role=role)


@pytest.mark.parametrize("name", ["chi", "dung", "khoa", "giang", "an"])
def test_nobody_else_follows_anybody(world: World, name: str) -> None:
    with pytest.raises(Forbidden):
        services.watched(actor=world.actor(name), at=world.now)


@pytest.mark.clause("KT22-22.4#1", "QN20-22.3#1", "DL24-14.2", "KT18-9.6")
def test_office_urges_the_heads_of_an_agency_and_it_stands_in_the_chain(world: World) -> None:
    office(world)
    told = services.urge(
        actor=world.actor("giang"), at=world.now, agency_id=world.agency.pk, text=" Xử lý hồ sơ trễ "
    )
    message = OutboxMessage.objects.filter(key="desk.urged")
    assert (told, {row.account_id for row in message}) == (
        2,
        {world.people["lan"].pk, world.people["hanh"].pk},
    )
    assert message.first().context["reason"] == "Xử lý hồ sơ trễ"  # type: ignore[union-attr]
    (act,) = audit.acts(limit=5)
    assert (act.act, act.what, act.facts["told"]) == ("agency_urged", f"agency:{world.agency.pk}", 2)


@pytest.mark.parametrize("name", ["hanh", "lan", "chi", "an"])
def test_nobody_but_the_office_urges(world: World, name: str) -> None:
    with pytest.raises(Forbidden):
        services.urge(actor=world.actor(name), at=world.now, agency_id=world.agency.pk, text="Nhanh lên")
    assert not OutboxMessage.objects.filter(key="desk.urged").exists()
    assert not ActRecord.objects.exists()


def test_urging_says_what_is_to_be_done(world: World) -> None:
    office(world)
    with pytest.raises(ReasonRequired):
        services.urge(actor=world.actor("giang"), at=world.now, agency_id=world.agency.pk, text="  ")
    assert not ActRecord.objects.exists()


# --- Reminders -------------------------------------------------------------------------------------------
def reminded(world: World) -> list[str]:
    return list(
        DossierEvent.objects.filter(kind="reminded").order_by("seq").values_list("actor_kind", flat=True)
    )


@pytest.mark.clause("DL24-9.1.b#2", "PT24-10.1.b#2")
def test_late_answer_is_chased_once_by_the_system(world: World) -> None:
    act = ask(world, world.until("assign"))
    due_at = world.state(act).consultations[0].due_at
    assert reminders.remind_of_overdue(at=due_at) == 0
    late = due_at + timedelta(minutes=1)
    assert reminders.remind_of_overdue(at=late) == 1
    assert reminders.remind_of_overdue(at=late + timedelta(hours=1)) == 0
    assert reminded(world) == ["system"]
    told = OutboxMessage.objects.filter(key="desk.reminded").values_list("account_id", flat=True)
    assert list(told) == [world.people["quang"].pk]
    assert at_the_desk() == [world.people["chi"].pk]  # this desk has no head
    assert services.verify().difference is None
    assert queries.overdue_questions(world.agency.province, None, due_at) == ((), None)
    (waiting,) = queries.overdue_questions(world.agency.province, None, late)[0]
    assert isinstance(waiting, Overdue)
    assert (waiting.kind, waiting.whose, waiting.due_at) == ("consult", "Sở Tư pháp, Phòng khác", due_at)


def at_the_desk() -> list[int | None]:
    """Who of the desk was told that an answer is late."""
    late = OutboxMessage.objects.filter(key="desk.answer_late").order_by("id")
    return list(late.values_list("account_id", flat=True))


@pytest.mark.clause("DL24-9.1.b#2", "PT24-10.1.b#2")
def test_late_answer_is_chased_through_the_head_of_the_desk_and_not_before_it_is_late(world: World) -> None:
    Position.objects.create(account=world.people["em"], unit=world.units[UnitKind.DESK], role=Role.DESK_HEAD)
    act = ask(world, world.until("assign"))
    due_at = world.state(act).consultations[0].due_at
    services.remind(**world._on(act, "dung"), number=1)
    assert at_the_desk() == []
    reminders.remind_of_overdue(at=due_at + timedelta(minutes=1))
    assert at_the_desk() == [world.people["em"].pk]
    message = OutboxMessage.objects.get(key="desk.answer_late")
    assert message.context["asked_of"] == world.state(act).consultations[0].to_name


def test_answered_decided_or_paused_questions_are_not_chased_in_vain(world: World) -> None:
    act = ask(world, world.until("assign"))
    due_at = world.state(act).consultations[0].due_at
    task = next(each.key for each in world.state(act).tasks if each.kind == "consult")
    services.answer(**world._on(act, "quang"), task_key=task, answer="Không")
    assert reminders.remind_of_overdue(at=due_at + timedelta(minutes=1)) == 0
    other = ask(world, world.until("assign"))
    key = next(each.key for each in world.state(other).tasks if each.step_key == "examine")
    other = world.propose(other, task_key=key, taken_back="Không cần nữa")
    key = next(each.key for each in world.state(other).tasks if each.step_key == "approve")
    world.approve(other, task_key=key)
    assert reminders.remind_of_overdue(at=world.now + timedelta(days=5)) == 0
    assert reminded(world) == []


def test_reminder_by_a_person_after_the_term_is_enough(world: World) -> None:
    act = ask(world, world.until("assign"))
    world.now = world.state(act).consultations[0].due_at + timedelta(minutes=5)
    services.remind(**world._on(act, "dung"), number=1)
    assert reminders.remind_of_overdue(at=world.now + timedelta(hours=2)) == 0
    assert reminded(world) == ["officer"]


def test_head_of_another_agency_follows_that_one(world: World) -> None:
    other = ward(world)
    unit = other.units.get(kind=UnitKind.DIVISION.value)
    Position.objects.create(account=world.people["em"], unit=unit, role=Role.UNIT_HEAD.value)
    assert services.watched(actor=world.actor("em"), at=world.now) == {other.pk}


# --- Returned, not closed --------------------------------------------------------------------------------
@pytest.mark.clause("QN20-13.5")
def test_returned_dossiers_wait_to_be_closed_where_the_regulation_has_them_closed(world: World) -> None:
    here = world.agency.province
    act = world.until("give_back")
    (waiting,), _ = queries.returned_not_closed(here, {world.agency.pk})
    assert (waiting.dossier_id, waiting.reference) == (act.dossier_id, world.state(act).code)
    assert queries.returned_not_closed(here, {world.agency.pk + 1}) == ((), None)
    world.close(act)
    assert queries.returned_not_closed(here, None) == ((), None)


def test_returned_dossiers_wait_for_nothing_where_the_regulation_is_silent(world: World) -> None:
    world.until("give_back")
    assert queries.returned_not_closed(world.agency.province, None) == ((), None)
