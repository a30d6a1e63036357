"""Staff under contract, of the post or another enterprise: what the regulation gives to them, and no more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.world import MONDAY, World, _officer

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.errors import RoleNotOfUnit
from motcua.agencies.models import Position
from motcua.agencies.rules.cards import Post
from motcua.dossiers import policy, queries, services
from motcua.dossiers.enums import Box, Status, Verb
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.queries.boxes import takeable
from motcua.dossiers.rules import contracted
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.rules.state import (
    Applicant,
    Contents,
    DocumentRef,
    Posting,
    ResultDelivery,
    State,
    Target,
)
from motcua.dossiers.services import reading
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.errors import Forbidden
from motcua.law import queries as law

BUU = Actor(ActorKind.OFFICER, "99", "Bưu")
DESK_POST = Footing(frozenset({Post(1, 1, Role.POSTAL_STAFF)}))
REGULATIONS = ("KT18", "QN20", "KT22", "DL24", "PT24")
ENTERING, TAKING = {Verb.REGISTER_BY_POST}, {Verb.REGISTER_AT_COUNTER, Verb.REGISTER_BY_POST, Verb.ACCEPT}
GIVING = {Verb.RETURN_RESULT, Verb.RECORD_NON_COLLECTION}


def state(
    regulation: str, *, status: Status = Status.READY, channel: str = "postal", how: str = "postal"
) -> State:
    target = Target(1, "1.000001", 1, Posting(1, 2, 3, 4), channel, regulation=regulation)
    contents = Contents(Applicant("An"), delivery=ResultDelivery(how))
    return State(status, 1, target, contents, filed_at=None)


@pytest.mark.parametrize(
    ("regulation", "verbs"),
    [
        pytest.param("KT22", TAKING | GIVING, marks=pytest.mark.clause("KT22-1.2.g")),
        pytest.param("QN20", ENTERING | GIVING, marks=pytest.mark.clause("QN20-28.2")),
        ("KT18", GIVING),
        ("DL24", GIVING),
        ("PT24", GIVING),
    ],
)
def test_contracted_staff_have_the_verbs_of_the_regulation_and_no_other(
    regulation: str, verbs: set[Verb]
) -> None:
    found = {right.verb: right.posts for right in services.rights(law.regulation(regulation))}
    assert {verb for verb, posts in found.items() if Role.POSTAL_STAFF in posts} == verbs


@given(
    st.sampled_from(REGULATIONS),
    st.sampled_from(Status),
    st.sampled_from(["counter", "online", "postal"]),
    st.sampled_from(["counter", "online", "postal"]),
    st.sampled_from(Verb),
)
def test_nothing_that_asks_decides_or_refuses_is_ever_theirs(
    regulation: str, status: Status, channel: str, how: str, verb: Verb
) -> None:
    one = state(regulation, status=status, channel=channel, how=how)
    may = policy.may(verb, BUU, DESK_POST, one)
    assert not may or verb in TAKING | GIVING
    if verb in GIVING and may:
        assert how == "postal" or (regulation == "KT22" and how == "counter")
    if policy.may_read_contents(BUU, DESK_POST, replace(one, filed_at=MONDAY)):
        assert status in (Status.SUBMITTED, Status.ACCEPTED)


@pytest.mark.parametrize(
    ("regulation", "channel", "statuses"),
    [
        ("KT22", "counter", {Status.SUBMITTED, Status.ACCEPTED}),  # they take in what is brought to the desk
        ("KT22", "postal", {Status.SUBMITTED, Status.ACCEPTED}),
        ("KT22", "online", {Status.SUBMITTED, Status.ACCEPTED}),  # on the System as at the desk
        ("QN20", "counter", set()),
        ("QN20", "postal", {Status.SUBMITTED}),  # they enter what they carry; the desk takes it in
        ("QN20", "online", set()),
        ("DL24", "postal", set()),
    ],
)
def test_filing_lies_with_contracted_staff_as_far_as_they_enter_or_take_it_in(
    regulation: str, channel: str, statuses: set[Status]
) -> None:
    given = law.regulation(regulation)
    asked = {
        status: contracted.is_being_taken_in(state("", status=status, channel=channel), given)
        for status in Status
    }
    assert asked == {status: status in statuses for status in Status}


@pytest.mark.parametrize(
    ("regulation", "agreed", "ways"),
    [
        ("KT22", "counter", {"counter", "postal"}),
        ("KT22", "postal", {"counter", "postal"}),
        ("QN20", "postal", {"postal"}),
        ("QN20", "counter", set()),
        ("QN20", "online", set()),
    ],
)
def test_contracted_staff_hand_over_what_was_agreed_to_go_their_way_and_nothing_electronic(
    regulation: str, agreed: str, ways: set[str]
) -> None:
    one, given = state(regulation, how=agreed), law.regulation(regulation)
    assert {
        how for how in ("counter", "online", "postal") if contracted.may_return_so(how, one, given)
    } == ways


@pytest.mark.parametrize("how", ["counter", "online"])
@pytest.mark.parametrize("regulation", ["KT18", "QN20", "DL24", "PT24"])
def test_result_that_was_not_to_go_by_post_is_not_theirs(regulation: str, how: str) -> None:
    one = state(regulation, how=how)
    assert not policy.may(Verb.RETURN_RESULT, BUU, DESK_POST, one)
    assert not contracted.is_before_them(one, law.regulation(regulation))


def test_post_at_another_desk_or_without_a_regulation_gives_nothing() -> None:
    elsewhere = Footing(frozenset({Post(7, 2, Role.POSTAL_STAFF)}))
    assert not policy.may(Verb.RETURN_RESULT, BUU, elsewhere, state("QN20"))
    assert not policy.may(Verb.RETURN_RESULT, BUU, DESK_POST, state(""))


# --- on the database ---------------------------------------------------------------------------------------
@pytest.fixture
def buu(world: World) -> Actor:
    world.people["buu"] = _officer("buu")
    Position.objects.create(
        account=world.people["buu"], unit=world.units[UnitKind.DESK], role=Role.POSTAL_STAFF.value
    )
    return world.actor("buu")


def issued(world: World, how: str = "postal") -> Any:
    act = world.draft(delivery=ResultDelivery(how, "12 Lê Duẩn" if how == "postal" else ""))
    for verb in ("submit", "accept", "hand_over", "assign", "propose", "approve", "issue"):
        act = getattr(world, verb)(act)
    return act


def listed(actor: Actor, world: World, box: Box) -> list[str]:
    return [line.dossier_id for line in queries.worklist(actor, box, at=world.now).items]


@pytest.mark.django_db
def test_list_of_returns_holds_what_goes_by_post_and_no_other_list_holds_anything(
    world: World, buu: Actor
) -> None:
    by_post, by_hand, waiting = issued(world), issued(world, "counter"), world.submit(world.draft())
    assert listed(buu, world, Box.RETURNS) == [by_post.dossier_id]
    (line,) = queries.worklist(buu, Box.RETURNS, at=world.now).items
    assert line.proposal == ""
    others = (Box.MINE, Box.UNIT, Box.APPROVALS, Box.WAITING, Box.DONE)
    assert [listed(buu, world, box) for box in others] == [[], [], [], [], []]
    for act in (by_hand, waiting):
        with pytest.raises(Forbidden):
            services.open_dossier(actor=buu, at=world.now, dossier_id=act.dossier_id)
    assert queries.find(buu, "An", at=world.now) == ()


@pytest.mark.django_db
def test_what_was_filed_online_lies_with_who_is_hired_to_receive_and_with_nobody_else(
    world: World,
) -> None:
    act = world.submit(world.draft())
    theirs = takeable([Post(world.units[UnitKind.DESK].pk, world.agency.pk, Role.POSTAL_STAFF)])
    assert not DossierTask.objects.filter(theirs).exists()  # DL24 gives them the way back only
    row = Dossier.objects.get(id=act.dossier_id)
    row.state["target"]["regulation"] = "KT22"
    Dossier.objects.filter(id=act.dossier_id).update(state=row.state)
    own = DossierTask.objects.filter(theirs, dossier_id=act.dossier_id)
    assert own.count() == 1


@pytest.mark.django_db
@pytest.mark.clause("DL24-3.4")
def test_who_carries_a_result_sees_for_whom_and_where_to_and_nothing_that_was_filed(
    world: World, buu: Actor
) -> None:
    act = issued(world)
    services.write_to_desk(
        actor=world.actor("an"), at=world.now, dossier_id=act.dossier_id, text="Khi nào có kết quả?"
    )
    view = services.open_dossier(actor=buu, at=world.now, dossier_id=act.dossier_id)
    assert (view.state.contents.applicant.name, view.state.contents.delivery.address) == (
        "Nguyễn Văn An",
        "12 Lê Duẩn",
    )
    assert (view.state.contents.applicant.personal_id, view.is_cover, view.is_of_office) == ("", True, False)
    assert services.thread_of(actor=buu, view=view).said == ()
    assert (view.state.decision, view.state.proposal) == (None, None)
    assert (view.state.contents.form_data, view.state.contents.documents, view.history) == ({}, (), ())
    assert {offer.verb for offer in view.verbs} == {Verb.RETURN_RESULT}
    assert services.handings_of(view) == ("postal",)
    beside = services.beside(actor=buu, at=world.now, view=view)
    assert (beside.notes, beside.related, beside.letters) == ((), (), ())
    with pytest.raises(Forbidden):
        services.add_note(actor=buu, at=world.now, dossier_id=act.dossier_id, text="ghi chú")
    with pytest.raises(Forbidden):
        reading.file_of(actor=buu, at=world.now, dossier_id=act.dossier_id, file_id=act.dossier_id)
    with pytest.raises(Forbidden):  # nor by what another regulation would say of it
        services.explain_under(actor=buu, at=world.now, number=act.code, short_name="PT24")
    world.give_back(act, actor=buu, how="postal", proof="EB1VN")
    with pytest.raises(Forbidden):  # returned: it lies with them no more
        services.open_dossier(actor=buu, at=world.now, dossier_id=act.dossier_id)


@pytest.mark.django_db
def test_contracted_staff_stand_in_for_nobody_and_hold_posts_at_desks_only(world: World, buu: Actor) -> None:
    on = world.now.date()
    assert "Buu" not in [each.full_name for each in agencies.colleagues_of([world.agency.pk], on)]
    Position.objects.create(
        account=world.people["khoa"], unit=world.units[UnitKind.OFFICE], role=Role.ADMIN.value
    )
    with pytest.raises(RoleNotOfUnit):
        agency_services.appoint(
            actor=world.actor("khoa"),
            at=world.now,
            account_id=world.people["em"].pk,
            unit_id=world.units[UnitKind.LEADERSHIP].pk,
            role=Role.POSTAL_STAFF,
            valid_from=on,
        )


@pytest.mark.django_db
def test_filing_that_they_may_not_enter_leaves_nothing(world: World, buu: Actor) -> None:
    with pytest.raises(Forbidden) as refused:
        services.register_by_post(
            actor=buu,
            at=world.now,
            procedure_version_id=world.version.pk,
            agency_id=world.agency.pk,
            applicant=Applicant("Nguyễn Văn An", "066090000001"),
            submission_key="k",
            postal_number="EB1VN",
            documents=(DocumentRef("paper", originals=1),),
        )
    assert refused.value.clauses
    assert queries.find(world.actor("chi"), "An", at=world.now) == ()
