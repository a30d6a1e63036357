"""Clauses that what exists already obeys, each with a test that fails if it no longer does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.dossiers.wards import ward
from tests.dossiers.world import MONDAY, START, World, published, sheet
from tests.resilience.scenery import ask, ask_for_more, upload

from motcua.accounts import queries as accounts
from motcua.accounts.models import Account
from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit
from motcua.catalogue import queries as proposals
from motcua.catalogue import services as catalogue
from motcua.catalogue.enums import OnlineLevel, ServiceKind
from motcua.catalogue.rules.online import Wish
from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, WarningLevel
from motcua.dossiers.errors import NotYourTask
from motcua.dossiers.models import DossierFile
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.register import entry_of
from motcua.dossiers.rules.state import DocumentRef, ResultDelivery
from motcua.dossiers.services import Act
from motcua.kernel.actors import SYSTEM, Actor, ActorKind
from motcua.kernel.errors import Forbidden, Refusal
from motcua.kernel.limits import TimeLimit
from motcua.law import queries as law
from motcua.worktime.rules import due_at

pytestmark = pytest.mark.django_db


# --- Records ---------------------------------------------------------------------------------------------
def by_channel(world: World, channel: str) -> Act:
    if channel == "online":
        return world.submit(world.draft())
    if channel == "counter":
        return world.register()
    given = {
        "actor": world.actor("chi"),
        "at": world.later(minutes=1),
        "procedure_version_id": world.version.pk,
        "agency_id": world.agency.pk,
        "applicant": world.state(world.draft()).contents.applicant,
        "documents": (DocumentRef("form", originals=1), DocumentRef("paper", originals=1)),
        "delivery": ResultDelivery("postal", "12 Lê Duẩn"),
        "submission_key": "by-post-1",
        "postal_number": "EB000000001VN",
    }
    return services.register_by_post(**given)


@pytest.mark.clause("KT22-23.2#1", "PT24-23.2#1", "QN20-21.2#1", "QN20-26.1", "DL24-11.2#1")
@pytest.mark.parametrize("channel", ["online", "counter", "postal"])
def test_whatever_is_received_is_recorded_with_a_number_and_stands_in_the_register(
    world: World, channel: str
) -> None:
    """From the number given when it came to the line that tells who took the result, by what proof."""
    act = by_channel(world, channel)
    assert world.state(act).filing_number
    assert queries.tracking(world.state(act).filing_number) is not None
    act = world.accept(act)
    desk, day = world.units[UnitKind.DESK].pk, world.now.date()
    (line,), _ = queries.register_lines(desk, day, day, at=world.now)
    assert (line.code, line.returned_at, line.signed) == (world.state(act).code, None, "")
    (figures,) = queries.followed(world.agency.province, None, day, day, world.now)
    assert (figures.filed, figures.settled) == (1, 0)
    for verb in ("hand_over", "assign", "propose", "approve", "issue", "give_back"):
        act = getattr(world, verb)(act)
    (line,), _ = queries.register_lines(desk, day, day, at=world.now)
    assert (line.returned_at, line.signed) == (world.now, "Nguyễn Văn An; Ký nhận")
    (figures,) = queries.followed(world.agency.province, None, day, day, world.now)
    assert (figures.filed, figures.settled) == (1, 1)


@pytest.mark.clause("KT22-14.2bis.a#5")
def test_each_desk_has_a_register_of_its_own(world: World) -> None:
    """What another desk takes in stands in that desk's register, and in no other."""
    agency = ward(world)
    ours, theirs = world.units[UnitKind.DESK], Unit.objects.get(agency=agency, kind=UnitKind.DESK.value)
    here = world.accept(world.register())
    there = world.register(actor=world.actor("hue"), agency_id=agency.pk)
    there = world.accept(there, actor=world.actor("hue"))
    day = world.now.date()
    for act, desk, who in ((here, ours, "chi"), (there, theirs, "hue")):
        actor = world.actor(who)
        page = services.register_of(actor=actor, at=world.now, desk_unit_id=desk.pk, first=day, last=day)
        assert [line.code for line in page.lines] == [world.state(act).code]


@pytest.mark.clause("KT22-14.2bis.a#5")
def test_register_of_some_days_tells_of_each_dossier_what_its_columns_ask_for(world: World) -> None:
    """Only what was taken in on these days; each with number, matter, dates, and who took the result."""
    desk, day = world.units[UnitKind.DESK].pk, world.now.date()
    world.accept(world.register())
    world.later(days=1)
    act = world.accept(world.register())
    state, version = world.state(act), world.version
    for verb in ("hand_over", "assign", "propose", "approve", "issue", "give_back"):
        act = getattr(world, verb)(act)
    returned_at = world.now
    world.later(days=1)
    world.accept(world.register())
    (line,), _ = queries.register_lines(desk, day + timedelta(days=1), day + timedelta(days=1), at=world.now)
    entry = entry_of(state)
    assert entry is not None
    assert (line.number, line.code) == (entry.number, state.code)
    assert (line.procedure, line.applicant) == (version.title, "Nguyễn Văn An")
    assert (line.received_at, line.due_at) == (state.received_at, state.due_at)
    assert (line.returned_at, line.signed) == (returned_at, "Nguyễn Văn An; Ký nhận")


# Who does each verb of the world's process; announcing is no step of it.
DOERS = {
    "submit": "an",
    "accept": "chi",
    "hand_over": "chi",
    "assign": "lan",
    "propose": "dung",
    "approve": "hanh",
    "issue": "khoa",
    "give_back": "chi",
}


@pytest.mark.clause("KT22-23.2#2", "PT24-23.2#2", "QN20-21.2#2", "DL24-11.2#2")
def test_no_step_is_left_out_and_each_is_kept_with_who_did_it_and_when(world: World) -> None:
    act = world.draft()
    for number, (verb, who) in enumerate(DOERS.items(), start=1):
        for ahead in list(DOERS)[number:]:
            with pytest.raises(Refusal):
                getattr(world, ahead)(act)
        assert world.state(act).version == act.version
        before, act = act.version, getattr(world, verb)(act)
        kept = [(each.actor_id, each.at) for each in queries.history(act.dossier_id) if each.seq > before]
        assert kept
        assert set(kept) == {(world.actor(who).id, world.now)}
    assert services.verify().difference is None


@pytest.mark.clause("KT22-3.2", "KT22-7.2")
def test_dossier_is_prepared_and_sent_from_the_account_of_whoever_files_and_from_no_other(
    world: World,
) -> None:
    """Below every page: who has another account, or none that files, sends nothing."""
    act = world.draft()
    for who in ("binh", "giang", "chi", "hanh"):
        with pytest.raises(Forbidden):
            world.submit(act, actor=world.actor(who))
        with pytest.raises(Forbidden):
            world.draft(actor=world.actor(who), dossier_id=act.dossier_id, expected_version=act.version)
        assert world.state(act).version == act.version
    for nobody in (Actor(ActorKind.CITIZEN, "", "An"), SYSTEM):
        with pytest.raises(Forbidden):
            world.submit(act, actor=nobody)
    act = world.submit(act)
    assert (world.state(act).owner_id, world.state(act).filed_at) == (world.actor("an").id, world.now)


@pytest.mark.clause("DL24-9.0", "PT24-10.0")
def test_right_after_intake_the_settling_unit_has_the_data_that_were_filed_online(world: World) -> None:
    paper = sent(world, "an")
    act = world.accept(world.submit(world.draft(documents=(DocumentRef("paper", file_id=paper),))))
    (forward,) = world.state(act).tasks
    assert forward.unit_id == world.units[UnitKind.DESK].pk
    assert forward.due_at is not None
    assert queries.worklist(world.actor("lan"), Box.UNIT, at=world.now).items == ()
    act = world.hand_over(act)
    (line,) = queries.worklist(world.actor("lan"), Box.UNIT, at=world.now).items
    assert line.dossier_id == act.dossier_id
    assert queries.worklist(world.actor("chi"), Box.UNIT, at=world.now).items == ()
    view = services.open_dossier(actor=world.actor("lan"), at=world.now, dossier_id=act.dossier_id)
    assert dict(view.state.contents.form_data) == {"purpose": "Xin cấp giấy"}
    assert [each.file_id for each in view.state.contents.documents] == [paper]
    given = {"at": world.now, "dossier_id": act.dossier_id, "file_id": paper}
    assert services.file_of(actor=world.actor("lan"), **given) == paper


@pytest.mark.clause("QN20-14.2")
def test_look_up_tells_what_the_agency_has_just_done(world: World) -> None:
    act = world.submit(world.draft())
    number = world.state(act).filing_number
    for verb in ("accept", "hand_over", "assign", "propose", "approve", "issue", "announce", "give_back"):
        act = getattr(world, verb)(act)
        told, state = queries.tracking(number), world.state(act)
        assert told is not None
        assert (told.status, told.code, told.due_at) == (state.status, state.code, state.due_at)
        assert (told.finished_at, told.returned_at) == (state.finished_at, state.returned_at)


def sent(world: World, name: str) -> str:
    """The id of a file that somebody has sent."""
    card = documents.store(
        upload=upload(), name="giay.pdf", actor=world.actor(name), at=world.later(minutes=1)
    )
    return str(card.id)


@pytest.mark.clause("PT24-2.5")
def test_dossier_holds_what_was_filed_supplemented_and_exchanged(world: World) -> None:
    filed = sent(world, "an")
    documents_of = (DocumentRef("paper", file_id=filed),)
    act = ask_for_more(world, world.submit(world.draft(documents=documents_of)))
    brought = sent(world, "an")
    given = (DocumentRef("paper", file_id=brought), DocumentRef("form", originals=1))
    act = services.supplement(**world._on(act, "an"), documents=given)
    act = world.assign(world.hand_over(world.accept(act)))
    act = ask(world, act)
    opinion = sent(world, "quang")
    task = next(each.key for each in world.state(act).tasks if each.kind == "consult")
    services.answer(**world._on(act, "quang"), task_key=task, answer="Nhất trí", file_id=opinion)
    held = {str(each) for each in DossierFile.objects.values_list("file_id", flat=True)}
    assert {filed, brought, opinion} <= held
    (asked,) = world.state(act).consultations
    assert (asked.file_id, asked.answer) == (opinion, "Nhất trí")


@pytest.mark.clause("KT22-14.2bis.b#1")
def test_application_and_result_stay_in_the_dossier_of_the_agency_that_settled_it(world: World) -> None:
    paper, result = sent(world, "an"), sent(world, "khoa")
    act = world.submit(world.draft(documents=(DocumentRef("paper", file_id=paper),)))
    for verb in ("accept", "hand_over", "assign", "propose", "approve"):
        act = getattr(world, verb)(act)
    act = world.close(world.give_back(world.announce(world.issue(act, file_id=result))))
    documents.sweep(at=timezone.now() + timedelta(days=400))
    state = world.state(act)
    assert dict(state.contents.form_data) == {"purpose": "Xin cấp giấy"}
    assert [each.file_id for each in state.contents.documents] == [paper]
    assert [(each.number, each.file_id) for each in state.results] == [("12/GP-STP", result)]
    for file_id in (paper, result):
        given = {"at": world.later(minutes=1), "dossier_id": act.dossier_id, "file_id": file_id}
        assert services.file_of(actor=world.actor("dung"), **given) == file_id
        with stored.open_content(file_id) as content:
            assert content.read(5) == b"%PDF-"


# --- Roles -----------------------------------------------------------------------------------------------
def office(world: World) -> None:
    """Giang administers the province, Lan the agency."""
    Account.objects.filter(username="giang").update(is_admin=True)
    world.people["giang"].refresh_from_db()
    Position.objects.create(
        account=world.people["lan"], unit=world.units[UnitKind.OFFICE], role=Role.ADMIN.value
    )


@pytest.mark.clause("KT18-13.6", "DL24-11.5#1")
def test_whoever_is_assigned_to_receive_gets_what_comes_in_and_nobody_else(world: World) -> None:
    office(world)
    act = world.submit(world.draft())
    Position.objects.create(
        account=world.people["em"], unit=world.units[UnitKind.DESK], role=Role.CLERK.value, valid_from=START
    )
    em = world.actor("em")  # sits at the desk, and is not assigned to receive
    assert queries.worklist(em, Box.UNIT, at=world.now).items == ()
    with pytest.raises(Forbidden):
        world.accept(act, actor=em)
    agency_services.appoint(
        actor=world.actor("lan"),
        at=world.now,
        account_id=world.people["em"].pk,
        unit_id=world.units[UnitKind.DESK].pk,
        role=Role.RECEIVER,
        valid_from=world.now.date(),
    )
    (line,) = queries.worklist(em, Box.UNIT, at=world.now).items
    assert line.dossier_id == act.dossier_id
    assert world.accept(act, actor=em).status == "accepted"


@pytest.mark.clause("KT22-1.2.đ")
@pytest.mark.parametrize("kind", [kind for kind in AgencyKind if kind is not AgencyKind.DIVISION])
def test_staff_of_agencies_of_every_kind_have_accounts_of_their_own_and_posts(
    world: World, kind: AgencyKind
) -> None:
    office(world)
    agency = Agency.objects.create(
        province="dak-lak", key="khac", name="Cơ quan khác", level=AgencyLevel.PROVINCE, kind=kind
    )
    unit = Unit.objects.create(agency=agency, key="phong", name="Phòng", kind=UnitKind.DIVISION.value)
    given = agency_services.add_officer(
        actor=world.actor("giang"),
        at=MONDAY,
        full_name="Cán bộ",
        username="can.bo",
        unit_id=unit.pk,
        role=Role.CASE_OFFICER,
        valid_from=START,
    )
    (post,) = agencies.positions_of(int(given.account.id), MONDAY.date())
    assert (post.unit_id, post.role) == (unit.pk, Role.CASE_OFFICER)
    assert accounts.find_officer("can.bo") is not None


@pytest.mark.clause("QN20-2#2", "QN20-21.2#3")
def test_leader_reads_every_dossier_of_the_agency_wherever_it_stands(world: World) -> None:
    for verb in ("submit", "accept", "assign", "approve", "give_back"):
        act = world.until(verb)
        view = services.open_dossier(actor=world.actor("hanh"), at=world.now, dossier_id=act.dossier_id)
        assert view.status == world.state(act).status


@pytest.mark.clause("QN20-2#2", "QN20-21.2#3")
def test_leader_finds_in_a_list_how_much_of_its_term_a_step_has_used_up(world: World) -> None:
    """The step of examining has eight working hours, and lies with somebody else."""
    act = world.assign(world.hand_over(world.accept(world.register())))
    (task,) = world.state(act).tasks
    calendar = agencies.calendar_of(world.agency.pk, world.now.date())
    hanh = world.actor("hanh")
    posts = agencies.positions_of(int(hanh.id), world.now.date())
    seen = []
    for used in ("3wh", "5wh", "7wh", "8wh"):
        at = due_at(calendar, task.opened_at, TimeLimit.parse(used))
        lines = queries.listed(hanh, Box.PRESSING, Choice(), posts=posts, at=at).items
        seen.append([(line.dossier_id, line.warning) for line in lines])
    marks = (WarningLevel.HALF, WarningLevel.NEARLY, WarningLevel.USED_UP)
    assert seen == [[], *([(act.dossier_id, mark)] for mark in marks)]


@pytest.mark.clause("KT22-22.10", "QN20-22.4")
def test_people_of_the_centre_run_the_desks_and_settle_nothing(world: World, regulation: str) -> None:
    """The desks of the agencies stand at the centre. Whoever has no post there takes nothing in."""
    (centre,) = (each for each in law.law().duties[regulation] if each.party.key == "centre")
    act = world.submit(world.draft())
    for role in centre.party.posts:
        with pytest.raises(Forbidden):
            world.accept(act, actor=world.actor("giang"))
        post = Position.objects.create(
            account=world.people["giang"], unit=world.units[UnitKind.DESK], role=role
        )
        giang = world.actor("giang")
        taken = world.hand_over(world.accept(act, actor=giang), actor=giang)
        for verb in ("assign", "propose", "approve"):
            with pytest.raises((Forbidden, NotYourTask)):
                getattr(world, verb)(taken, actor=giang)
            taken = getattr(world, verb)(taken)
        taken = world.issue(taken)
        assert world.give_back(world.announce(taken, actor=giang), actor=giang).status == "returned"
        post.delete()
        act = world.submit(world.draft())


@pytest.mark.clause("KT18-13.1")
def test_leader_answers_for_the_services_of_the_own_agency_and_of_no_other(world: World) -> None:
    code, today = "1.000009", world.now.date()
    announced = sheet(code=code, publication_decision="1/QĐ-UBND")
    published(announced, world.agency, world.units[UnitKind.DIVISION])
    other = Agency.objects.create(
        province=world.agency.province, key="khac", name="Sở Khác", level="province", kind="department"
    )
    wish = Wish(OnlineLevel.PARTIAL, ServiceKind.ADMINISTRATIVE, None, (), "Nhiều hồ sơ", "", today.year + 1)
    given = {"at": world.now, "code": code, "wish": wish}
    for who in ("chi", "dung", "lan", "giang", "an"):
        with pytest.raises(Forbidden):
            catalogue.propose(actor=world.actor(who), agency_id=world.agency.pk, **given)
    with pytest.raises(Forbidden):
        catalogue.propose(actor=world.actor("hanh"), agency_id=other.pk, **given)
    number = catalogue.propose(actor=world.actor("hanh"), agency_id=world.agency.pk, **given)
    assert proposals.proposal(world.agency.province, number) is not None
