"""Filing for somebody else: by a mandate of a person, within an organisation; who sees, acts and is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.accounts import acting
from tests.accounts.conftest import last_code
from tests.accounts.people import PASSWORD
from tests.documents import samples
from tests.documents.test_services_slips import text_of
from tests.dossiers.world import World

from motcua.accounts import services as accounts
from motcua.accounts.errors import StillInUse
from motcua.accounts.models import Account, Mandate
from motcua.accounts.rules.acting import MemberRole
from motcua.agencies.enums import Role
from motcua.audit.models import ReadRecord
from motcua.documents import queries as document_queries
from motcua.documents import services as documents
from motcua.dossiers import policy, queries, services
from motcua.dossiers.enums import ENDED, Capacity, Status, Verb
from motcua.dossiers.errors import MandateEnded, MandateOver, NoLongerActing, NotEntrusted
from motcua.dossiers.models import Dossier, DossierEvent
from motcua.dossiers.rules.behalf import OWNS
from motcua.dossiers.rules.footing import Footing
from motcua.dossiers.rules.state import Applicant, DocumentRef, SupplementItem
from motcua.dossiers.services import Act
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden
from motcua.notify.models import OutboxMessage
from motcua.worktime.rules import local

pytestmark = pytest.mark.django_db
REACH = Applicant("Ai cũng được", "000000000000", "0905000009", "", "Buôn Ma Thuột")
ALL = (queries.OwnGroup(frozenset(Status)),)


@pytest.fixture
def cast(world: World) -> World:
    """An and Bình, and two more citizens: Hai and Khách."""
    for name, number in (("hai", 3), ("khach", 4)):
        world.people[name] = Account.objects.create(
            kind="citizen", full_name=name.title(), personal_id=f"06609000000{number}",
            email=f"{name}@example.vn", email_verified_at=world.now, created_at=world.now,
        )  # fmt: skip
    for each in ("an", "binh", "hai"):
        world.people[each].password = make_password(PASSWORD)
        world.people[each].save(update_fields=["password"])
    return world


def mandate(world: World, **changes: Any) -> int:
    """An entrusts Bình."""
    upload = SimpleUploadedFile("giay-uy-quyen.pdf", samples.pdf())
    paper = documents.store(upload=upload, name="giay-uy-quyen.pdf", actor=world.actor("an"), at=world.now)
    given = {"paper": paper.id} | changes
    return acting.mandate(world.people["an"], world.people["binh"], world.now, **given)


def company(world: World, **roles: MemberRole) -> int:
    """An's company, with others in their roles."""
    made = acting.organisation(world.people["an"], world.now, email="cong-ty@example.vn")
    for name, role in roles.items():
        acting.join(made, world.people["an"], world.people[name], world.now, role)
    return made


def file_as(world: World, who: str, key: str, *, until: str = "submit") -> Act:
    act = world.draft(actor=world.actor(who), acting_by=key, applicant=REACH)
    if until == "draft":
        return act
    act = world.submit(act, actor=world.actor(who))
    return act if until == "submit" else world.accept(act)


def view(world: World, act: Act, who: str) -> queries.DossierView:
    return services.open_dossier(actor=world.actor(who), at=world.now, dossier_id=act.dossier_id)


def sees(world: World, act: Act, who: str) -> bool:
    try:
        view(world, act, who)
    except Forbidden:
        return False
    return act.dossier_id in listed(world, who)


def listed(world: World, who: str, whose: str = "", **more: Any) -> list[str]:
    found = services.own_dossiers(actor=world.actor(who), at=world.now, groups=ALL, whose=whose, **more)
    return [each.id for each in found.pages[0].items]


def ask(world: World, act: Act) -> Act:
    return services.request_supplement(
        actor=world.actor("chi"),
        at=world.later(minutes=1),
        dossier_id=act.dossier_id,
        expected_version=world.state(act).version,
        items=(SupplementItem("paper", "Bản chụp rõ"),),
        reason="Ảnh mờ",
        guidance="Chụp lại",
    )


def answer(world: World, act: Act, who: str) -> Act:
    return services.supplement(
        actor=world.actor(who),
        at=world.later(minutes=1),
        dossier_id=act.dossier_id,
        expected_version=world.state(act).version,
        documents=(DocumentRef("paper", copies=1),),
    )


def withdraw(world: World, act: Act, who: str) -> Act:
    return services.withdraw(
        actor=world.actor(who),
        at=world.later(minutes=1),
        dossier_id=act.dossier_id,
        expected_version=world.state(act).version,
        reason="Không cần nữa",
    )


def write(world: World, act: Act, who: str) -> None:
    services.write_to_desk(
        actor=world.actor(who), at=world.later(minutes=1), dossier_id=act.dossier_id, text=f"{who} hỏi"
    )


def pack(world: World, act: Act, who: str) -> None:
    services.package_of(actor=world.actor(who), at=world.later(minutes=1), dossier_id=act.dossier_id)


def told(act: Act, key: str) -> set[str | int]:
    """Accounts with the message in their inbox, and addresses without an account."""
    rows = OutboxMessage.objects.filter(about=act.dossier_id, key=key)
    return {row.account_id or row.address for row in rows}


def pk(world: World, *names: str) -> set[str | int]:
    return {world.people[name].pk for name in names}


# --- a mandate ------------------------------------------------------------------------------------


@pytest.mark.clause("PT24-1.2")
def test_persons_organisations_and_agencies_take_part_each_in_its_own_place(cast: World) -> None:
    made = company(cast)
    by_company, by_person = file_as(cast, "an", f"to-chuc-{made}"), cast.submit(cast.draft())
    assert [cast.state(act).contents.applicant.name for act in (by_company, by_person)] == [
        "Công ty TNHH Hạt Cà Phê",
        "Nguyễn Văn An",
    ]
    for act in (by_company, by_person):
        for who in ("an", "khach", "dung"):  # only the desk of the agency takes in
            with pytest.raises(Forbidden):
                cast.accept(act, actor=cast.actor(who))
        cast.accept(act)
        last = DossierEvent.objects.filter(dossier_id=act.dossier_id, kind="accepted").get()
        assert (last.actor_kind, cast.state(act).target.agency_id) == ("officer", cast.agency.pk)
    assert sees(cast, by_company, "binh") is sees(cast, by_person, "binh") is False
    acting.join(made, cast.people["an"], cast.people["binh"], cast.now, MemberRole.VIEWER)
    assert [sees(cast, act, "binh") for act in (by_company, by_person)] == [True, False]


@pytest.mark.clause("KT22-1.2.c", "PT24-8.2")
def test_filing_under_a_mandate_is_in_the_name_of_who_gave_it(cast: World) -> None:
    key = f"uy-quyen-{mandate(cast)}"
    act = file_as(cast, "binh", key, until="accept")
    contents = cast.state(act).contents
    assert (contents.applicant.name, contents.applicant.personal_id) == ("An", "066090000001")
    assert (contents.submitter_name, contents.capacity) == ("Binh", Capacity.AUTHORISED)
    assert f"{cast.now:%d/%m/%Y}" in contents.authority
    submitted = DossierEvent.objects.get(dossier_id=act.dossier_id, kind="submitted")
    assert (submitted.actor_name, submitted.payload["in_place_of"]["name"]) == ("Binh", "An")
    assert [e.in_place_of for e in view(cast, act, "chi").history if e.kind == "submitted"] == ["An"]
    assert services.verify().difference is None


@pytest.mark.clause("KT22-1.2.c", "PT24-8.2")
def test_what_is_filed_under_a_mandate_both_see_and_nobody_else(cast: World) -> None:
    key = f"uy-quyen-{mandate(cast)}"
    draft = file_as(cast, "binh", key, until="draft")
    assert [sees(cast, draft, who) for who in ("binh", "an", "hai")] == [True, False, False]
    act = file_as(cast, "binh", key)
    assert [sees(cast, act, who) for who in ("binh", "an", "hai", "khach")] == [True, True, False, False]
    assert not ReadRecord.objects.exists()


def test_officer_reads_the_power_of_attorney_with_the_dossier(cast: World) -> None:
    act = file_as(cast, "binh", f"uy-quyen-{mandate(cast)}")
    behalf = cast.state(act).behalf
    assert behalf is not None
    for who in ("chi", "an", "binh"):
        given = {"actor": cast.actor(who), "at": cast.now, "dossier_id": act.dossier_id}
        assert services.file_of(**given, file_id=behalf.file_id) == behalf.file_id
    assert view(cast, act, "chi").file_names[behalf.file_id] == "giay-uy-quyen.pdf"
    with pytest.raises(Forbidden):
        services.file_of(
            actor=cast.actor("hai"), at=cast.now, dossier_id=act.dossier_id, file_id=behalf.file_id
        )


def test_representative_does_not_see_what_the_giver_filed(cast: World) -> None:
    mandate(cast)
    own = cast.until("accept")
    assert [sees(cast, own, who) for who in ("an", "binh")] == [True, False]
    with pytest.raises(Forbidden):
        withdraw(cast, own, "binh")


@pytest.mark.parametrize("act_of", [answer, withdraw, write])
@pytest.mark.parametrize("who", ["an", "binh"])
def test_both_act_while_the_mandate_holds(
    cast: World, who: str, act_of: Callable[[World, Act, str], Any]
) -> None:
    act = ask(cast, file_as(cast, "binh", f"uy-quyen-{mandate(cast)}"))
    act_of(cast, act, who)
    last = DossierEvent.objects.filter(dossier_id=act.dossier_id).order_by("-seq").first()
    assert last is not None
    assert ("in_place_of" in last.payload) is (who == "binh" and last.kind in ("supplemented", "withdrawn"))


def end(world: World, made: int) -> None:
    accounts.end_mandate(actor=world.actor("an"), mandate_id=made, at=world.later(minutes=1))


def let_it_pass(world: World, made: int) -> None:
    world.now += timedelta(days=40)


@pytest.mark.parametrize("ends", [end, let_it_pass])
@pytest.mark.parametrize("act_of", [answer, withdraw, write])
def test_when_the_mandate_has_ended_only_the_giver_sees_and_acts(
    cast: World, ends: Callable[[World, int], None], act_of: Callable[[World, Act, str], Any]
) -> None:
    made = mandate(cast)
    act = ask(cast, file_as(cast, "binh", f"uy-quyen-{made}"))
    ends(cast, made)
    before = cast.state(act).version
    with pytest.raises(NoLongerActing):
        act_of(cast, act, "binh")
    assert cast.state(act).version == before
    assert [sees(cast, act, who) for who in ("an", "binh")] == [True, False]
    assert [act.dossier_id in listed(cast, who) for who in ("an", "binh")] == [True, False]
    act_of(cast, act, "an")


def test_address_that_the_representative_typed_is_told_only_while_the_mandate_holds(cast: World) -> None:
    """The giver is told at the mailbox that they proved themselves, whatever stands in the filing."""
    made, typed = mandate(cast), "hop-thu-la@hopthu.example"
    draft = cast.draft(
        actor=cast.actor("binh"), acting_by=f"uy-quyen-{made}", applicant=replace(REACH, email=typed)
    )
    act = cast.submit(draft, actor=cast.actor("binh"))
    assert told(act, "dossier.acknowledged") == pk(cast, "an", "binh") | {typed}
    ask(cast, act)
    assert told(act, "dossier.supplement_requested") == pk(cast, "an", "binh") | {typed}
    end(cast, made)
    cast.accept(answer(cast, act, "an"))
    assert told(act, "dossier.accepted") == pk(cast, "an")
    mail = OutboxMessage.objects.filter(about=act.dossier_id, channel="email", account=cast.people["an"])
    assert {row.address for row in mail} == {""}


@pytest.mark.parametrize("ends", [end, let_it_pass])
def test_who_held_a_mandate_gets_nothing_of_the_dossier_after_its_end(
    cast: World, ends: Callable[[World, int], None]
) -> None:
    """Least of all what whose matter it is has sent since; also not what they filed themselves."""
    made = mandate(cast)
    act = ask(cast, file_as(cast, "binh", f"uy-quyen-{made}", until="accept"))
    behalf, (slip, *_) = cast.state(act).behalf, cast.state(act).slips
    assert behalf is not None
    where = {"dossier_id": act.dossier_id}
    looks: list[Callable[[dict[str, Any]], object]] = [
        lambda who: services.open_dossier(**who, **where),
        lambda who: services.file_of(**who, **where, file_id=behalf.file_id),
        lambda who: services.slip_file(**who, **where, event=slip.event),
        lambda who: services.acknowledgement(**who, **where),
        lambda who: services.supplement_acknowledgement(**who, **where, number=1),
        lambda who: services.package_of(**who, **where),
    ]
    for look in looks[:-2]:
        look({"actor": cast.actor("binh"), "at": cast.now})
    ends(cast, made)
    answer(cast, act, "an")
    at = cast.later(minutes=2)
    for look in looks:
        with pytest.raises(NoLongerActing):
            look({"actor": cast.actor("binh"), "at": at})
        look({"actor": cast.actor("an"), "at": at})


@pytest.mark.parametrize(("ends", "refusal"), [(end, MandateEnded), (let_it_pass, MandateOver)])
def test_who_is_refused_hears_how_and_when_the_mandate_ended(
    cast: World, ends: Callable[[World, int], None], refusal: type[NoLongerActing]
) -> None:
    made = mandate(cast)
    act = file_as(cast, "binh", f"uy-quyen-{made}")
    ends(cast, made)
    with pytest.raises(refusal) as refused:
        services.open_dossier(actor=cast.actor("binh"), at=cast.later(minutes=2), dossier_id=act.dossier_id)
    row = Mandate.objects.get(pk=made)
    when = {"at": local(row.ended_at)} if row.ended_at else {"day": row.until}
    assert refused.value.params == {"name": "An"} | when


def test_mandate_for_other_procedures_does_not_open_what_was_filed_under_the_last(cast: World) -> None:
    made = mandate(cast)
    act = file_as(cast, "binh", f"uy-quyen-{made}")
    end(cast, made)
    mandate(cast, procedures=("9.999999",))
    assert (sees(cast, act, "binh"), listed(cast, "binh")) == (False, [])
    mandate(cast, procedures=("1.000001",))
    assert sees(cast, act, "binh")


def test_list_keeps_the_drafts_of_an_ended_mandate_and_nothing_that_was_filed(cast: World) -> None:
    made = mandate(cast)
    file_as(cast, "binh", f"uy-quyen-{made}")
    draft = file_as(cast, "binh", f"uy-quyen-{made}", until="draft")
    end(cast, made)
    assert listed(cast, "binh") == listed(cast, "binh", services.FOR_OTHERS) == [draft.dossier_id]
    begun = {"actor": cast.actor("binh"), "at": cast.later(minutes=2), "procedure_code": "1.000001"}
    assert services.drafts_of(**begun) == ()  # nobody goes on with it
    mandate(cast)
    assert [each.id for each in services.drafts_of(**begun)] == [draft.dossier_id]


def test_ended_mandate_says_why_the_act_is_refused(cast: World) -> None:
    made = mandate(cast)
    act = file_as(cast, "binh", f"uy-quyen-{made}")
    end(cast, made)
    with pytest.raises(NoLongerActing):
        withdraw(cast, act, "binh")
    with pytest.raises(Forbidden) as stranger:
        withdraw(cast, act, "hai")
    assert not isinstance(stranger.value, NoLongerActing)


def test_draft_of_an_ended_mandate_can_only_be_thrown_away(cast: World) -> None:
    made = mandate(cast)
    draft = file_as(cast, "binh", f"uy-quyen-{made}", until="draft")
    end(cast, made)
    for go_on in (
        lambda: cast.submit(draft, actor=cast.actor("binh")),
        lambda: cast.draft(
            actor=cast.actor("binh"), dossier_id=draft.dossier_id, expected_version=draft.version
        ),
    ):
        with pytest.raises(NoLongerActing):
            go_on()
    assert [offer.verb for offer in view(cast, draft, "binh").verbs] == [Verb.WITHDRAW]
    withdraw(cast, draft, "binh")
    assert not sees(cast, draft, "an")


def test_new_mandate_lets_one_go_on_with_what_was_filed_under_the_last(cast: World) -> None:
    first = mandate(cast)
    act = ask(cast, file_as(cast, "binh", f"uy-quyen-{first}"))
    end(cast, first)
    mandate(cast)
    answer(cast, act, "binh")


@pytest.mark.parametrize("codes", [("9.999999",), ("1.000001", "9.999999"), ()])
def test_mandate_reaches_as_far_as_its_procedures(cast: World, codes: tuple[str, ...]) -> None:
    key = f"uy-quyen-{mandate(cast, procedures=codes)}"
    offered = services.principals(actor=cast.actor("binh"), at=cast.now, procedure_code="1.000001")
    assert bool(offered) is ("1.000001" in codes or not codes)
    if offered:
        file_as(cast, "binh", key)
    else:
        with pytest.raises(NotEntrusted):
            file_as(cast, "binh", key)
        assert not Dossier.objects.exists()


@pytest.mark.parametrize("who", ["hai", "an", "chi"])
def test_nobody_files_under_a_mandate_that_is_not_theirs(cast: World, who: str) -> None:
    key = f"uy-quyen-{mandate(cast)}"
    with pytest.raises(Forbidden):
        file_as(cast, who, key, until="draft")
    assert not Dossier.objects.exists()


def test_mandate_that_waits_or_lies_ahead_files_nothing(cast: World) -> None:
    waiting = mandate(cast, accepted=False)
    ahead = mandate(cast, since=cast.now.date() + timedelta(days=1))
    for made in (waiting, ahead):
        with pytest.raises(NotEntrusted):
            file_as(cast, "binh", f"uy-quyen-{made}")


def test_draft_keeps_for_whom_it_was_made(cast: World) -> None:
    draft = file_as(cast, "binh", f"uy-quyen-{mandate(cast)}", until="draft")
    other = replace(REACH, name="Người khác", personal_id="066090000077", phone="0905000010")
    cast.draft(
        actor=cast.actor("binh"),
        dossier_id=draft.dossier_id,
        expected_version=draft.version,
        applicant=other,
        submitter_name="Ai đó",
    )
    contents = cast.state(draft).contents
    assert (contents.applicant.name, contents.applicant.phone) == ("An", "0905000010")
    assert contents.submitter_name == "Binh"


def test_giver_and_representative_are_told_until_the_mandate_ends(cast: World) -> None:
    made = mandate(cast)
    act = file_as(cast, "binh", f"uy-quyen-{made}", until="accept")
    assert told(act, "dossier.accepted") == pk(cast, "an", "binh")
    end(cast, made)
    cast.hand_over(act)
    stopped = cast.state(act)
    assert stopped.status is Status.IN_PROGRESS
    cast.stop(act, expected_version=stopped.version)
    assert told(act, "dossier.stopped") == pk(cast, "an")


def test_answer_of_the_desk_reaches_both_inboxes(cast: World) -> None:
    act = file_as(cast, "binh", f"uy-quyen-{mandate(cast)}")
    write(cast, act, "an")
    services.answer_from_desk(
        actor=cast.actor("chi"), at=cast.now, dossier_id=act.dossier_id, text="Mai ạ", seen=99
    )
    assert told(act, "dossier.answered") == pk(cast, "an", "binh")


def test_receipt_names_applicant_and_representative(cast: World) -> None:
    act = file_as(cast, "binh", f"uy-quyen-{mandate(cast)}", until="accept")
    (slip,) = cast.state(act).slips
    file_id = services.slip_file(
        actor=cast.actor("an"), at=cast.now, dossier_id=act.dossier_id, event=slip.event
    )
    with document_queries.open_content(file_id) as content:
        text = text_of(content.read())
    assert "Binh" in text
    assert "An" in text


# --- an organisation ------------------------------------------------------------------------------


@pytest.mark.clause("KT22-1.2.c", "KT22-1.2.e", "DL24-2.2", "PT24-8.2")
def test_filing_for_an_organisation_is_in_its_name(cast: World) -> None:
    made = company(cast, binh=MemberRole.FILER)
    by_owner, by_filer = (file_as(cast, who, f"to-chuc-{made}", until="accept") for who in ("an", "binh"))
    for act, capacity in ((by_owner, Capacity.REPRESENTATIVE), (by_filer, Capacity.AUTHORISED)):
        contents = cast.state(act).contents
        assert (contents.applicant.name, contents.applicant.personal_id) == ("Công ty TNHH Hạt Cà Phê", "")
        assert contents.applicant.organisation_number == "6001234567"
        assert contents.capacity is capacity
        behalf = cast.state(act).behalf
        assert behalf is not None
        assert not behalf.is_proved
    event = DossierEvent.objects.get(dossier_id=by_owner.dossier_id, kind="submitted")
    assert event.payload["in_place_of"] == {
        "id": f"organisation:{made}", "name": "Công ty TNHH Hạt Cà Phê"
    }  # fmt: skip
    assert services.verify().difference is None
    found = queries.find(cast.actor("chi"), "6001234567", at=cast.now)
    assert {each.id for each in found} == {by_owner.dossier_id, by_filer.dossier_id}


def test_people_of_an_organisation_see_what_is_filed_and_filers_see_drafts(cast: World) -> None:
    made = company(cast, binh=MemberRole.FILER, hai=MemberRole.VIEWER)
    draft = file_as(cast, "binh", f"to-chuc-{made}", until="draft")
    act = file_as(cast, "binh", f"to-chuc-{made}")
    people = ("an", "binh", "hai", "khach")
    assert [sees(cast, draft, who) for who in people] == [True, True, False, False]
    assert [sees(cast, act, who) for who in people] == [True, True, True, False]


@pytest.mark.parametrize("act_of", [answer, withdraw, write])
@pytest.mark.parametrize(("who", "may"), [("an", True), ("binh", True), ("hai", False), ("khach", False)])
def test_who_acts_for_an_organisation(
    cast: World, who: str, may: bool, act_of: Callable[[World, Act, str], Any]
) -> None:
    made = company(cast, binh=MemberRole.FILER, hai=MemberRole.VIEWER)
    act = ask(cast, file_as(cast, "binh", f"to-chuc-{made}"))
    before = cast.state(act).version
    if may:
        act_of(cast, act, who)
        return
    with pytest.raises(Forbidden):
        act_of(cast, act, who)
    assert cast.state(act).version == before


def test_viewer_does_not_file(cast: World) -> None:
    made = company(cast, hai=MemberRole.VIEWER)
    with pytest.raises(NotEntrusted):
        file_as(cast, "hai", f"to-chuc-{made}")
    assert services.principals(actor=cast.actor("hai"), at=cast.now, procedure_code="1.000001") == ()


def test_colleague_goes_on_with_a_draft_and_is_named_as_who_filed(cast: World) -> None:
    made = company(cast, binh=MemberRole.FILER)
    draft = file_as(cast, "binh", f"to-chuc-{made}", until="draft")
    act = cast.submit(draft, actor=cast.actor("an"))
    contents = cast.state(act).contents
    assert (contents.submitter_name, contents.capacity, contents.authority) == (
        "An",
        Capacity.REPRESENTATIVE,
        OWNS,
    )
    again = cast.submit(
        act, actor=cast.actor("binh"), expected_version=1, submission_key=f"key-{act.dossier_id}"
    )
    assert again.version == act.version


def test_who_left_an_organisation_sees_and_does_nothing_of_it(cast: World) -> None:
    made = company(cast, binh=MemberRole.FILER)
    act = ask(cast, file_as(cast, "binh", f"to-chuc-{made}"))
    accounts.leave_organisation(actor=cast.actor("binh"), organisation_id=made, at=cast.now)
    assert [sees(cast, act, who) for who in ("an", "binh")] == [True, False]
    assert listed(cast, "binh") == []
    for act_of in (answer, withdraw, write, pack):
        with pytest.raises(Forbidden):
            act_of(cast, act, "binh")
    answer(cast, act, "an")


def test_organisation_is_not_closed_while_anything_of_it_is_open(cast: World) -> None:
    made = company(cast)
    where = {"actor": cast.actor("an"), "organisation_id": made, "at": cast.later(minutes=3)}
    draft = file_as(cast, "an", f"to-chuc-{made}", until="draft")
    with pytest.raises(StillInUse):
        accounts.close_organisation(**where)
    act = cast.submit(draft, actor=cast.actor("an"))
    with pytest.raises(StillInUse):
        accounts.close_organisation(**where)
    withdraw(cast, act, "an")
    accounts.close_organisation(**where)
    assert not sees(cast, act, "an")


def test_those_who_may_act_are_told_and_the_organisations_own_mailbox(cast: World) -> None:
    made = company(cast, binh=MemberRole.FILER, hai=MemberRole.VIEWER)
    act = cast.draft(
        actor=cast.actor("binh"),
        acting_by=f"to-chuc-{made}",
        applicant=replace(REACH, email="cong-ty@example.vn"),
    )
    act = cast.submit(act, actor=cast.actor("binh"))
    assert told(act, "dossier.acknowledged") == pk(cast, "an", "binh")  # nobody has confirmed the mailbox
    where = {"actor": cast.actor("an"), "organisation_id": made, "at": cast.later(minutes=1)}
    accounts.ask_for_mailbox_code(**where)
    accounts.confirm_mailbox(**where, code=last_code("organisation.mailbox_code"))
    act = ask(cast, act)
    assert told(act, "dossier.supplement_requested") == pk(cast, "an", "binh") | {"cong-ty@example.vn"}
    links = OutboxMessage.objects.filter(key="dossier.supplement_requested").exclude(account=None)
    assert {row.context["link"].endswith(f"/{act.dossier_id}/bo-sung/") for row in links} == {True}
    alone = OutboxMessage.objects.get(key="dossier.supplement_requested", address="cong-ty@example.vn")
    assert "/tra-cuu/" in alone.context["link"]
    contacts = {"address": "12 Lê Duẩn", "phone": "", "email": "cong-ty@example.com"}
    accounts.change_organisation_contacts(**where, **contacts)
    cast.accept(answer(cast, act, "binh"))
    assert told(act, "dossier.accepted") == pk(cast, "an", "binh")


# --- the list -------------------------------------------------------------------------------------


def test_list_is_filtered_by_whose_it_is(cast: World) -> None:
    by_mandate, made = mandate(cast), company(cast, binh=MemberRole.FILER)
    own = cast.draft(actor=cast.actor("binh"), applicant=REACH)
    taken = file_as(cast, "binh", f"uy-quyen-{by_mandate}")
    theirs = file_as(cast, "binh", f"to-chuc-{made}")
    order = [theirs.dossier_id, taken.dossier_id, own.dossier_id]
    assert listed(cast, "binh") == order
    assert listed(cast, "binh", services.MINE) == [own.dossier_id]
    assert listed(cast, "binh", services.FOR_OTHERS) == [taken.dossier_id]
    assert listed(cast, "binh", f"to-chuc-{made}") == [theirs.dossier_id]
    assert listed(cast, "an", services.MINE) == [taken.dossier_id]
    assert listed(cast, "hai", f"to-chuc-{made}") == []
    found = services.own_dossiers(actor=cast.actor("binh"), at=cast.now, groups=ALL)
    assert [each.key for each in found.choices] == [services.MINE, services.FOR_OTHERS, f"to-chuc-{made}"]
    alone = services.own_dossiers(actor=cast.actor("khach"), at=cast.now, groups=ALL)
    assert [each.key for each in alone.choices] == [services.MINE]


def test_list_goes_on_by_cursor_without_losing_or_repeating_one(cast: World) -> None:
    by_mandate, made = mandate(cast), company(cast, binh=MemberRole.FILER)
    keys = ("", f"uy-quyen-{by_mandate}", f"to-chuc-{made}")
    filed = [
        cast.draft(actor=cast.actor("binh"), applicant=REACH, acting_by=keys[number % 3]).dossier_id
        for number in range(10)
    ]
    found: list[str] = []
    after: str | None = None
    while True:
        page = services.own_dossiers(
            actor=cast.actor("binh"), at=cast.now, groups=ALL, after=after, limit=3
        ).pages[0]
        found += [each.id for each in page.items]
        after = page.next_cursor
        if after is None:
            break
    assert found == list(reversed(filed))
    assert listed(cast, "binh", after="khong-phai") == found


def test_list_asks_as_much_for_many_as_for_few(cast: World, django_assert_num_queries: Any) -> None:
    made = company(cast, binh=MemberRole.FILER)
    for _ in range(6):
        file_as(cast, "binh", f"to-chuc-{made}", until="draft")
    with django_assert_num_queries(5):
        services.own_dossiers(
            actor=cast.actor("binh"),
            at=cast.now,
            groups=(queries.OwnGroup(frozenset(Status) - ENDED), queries.OwnGroup(ENDED)),
        )


def test_what_is_kept_of_a_person_was_filed_by_or_for_them_the_newest_first(cast: World) -> None:
    by_mandate, made = mandate(cast), company(cast, binh=MemberRole.FILER)
    own = cast.draft(actor=cast.actor("an"), applicant=REACH)
    given = file_as(cast, "binh", f"uy-quyen-{by_mandate}")
    file_as(cast, "binh", f"uy-quyen-{by_mandate}", until="draft")  # nothing of An's until it is sent
    file_as(cast, "binh", f"to-chuc-{made}")

    def kept(who: str, **limit: int) -> list[str]:
        return [each.id for each in queries.own_dossiers(str(cast.people[who].pk), **limit)]

    assert kept("an") == [given.dossier_id, own.dossier_id]
    assert kept("an", limit=1) == [given.dossier_id]
    assert kept("binh") == []


def test_footing_of_citizen_asks_for_grants_once_and_only_when_they_are_read(
    cast: World, django_assert_num_queries: Any
) -> None:
    keys = [f"uy-quyen-{mandate(cast)}", f"to-chuc-{company(cast, binh=MemberRole.FILER)}"]
    with django_assert_num_queries(0):
        footing = policy.footing_of(cast.actor("binh"), cast.now)
        assert footing.posts == frozenset()
    with django_assert_num_queries(2):
        first, again = footing.grants, footing.grants
    assert ([each.key for each in first], again is first) == (keys, True)


def test_footing_of_officer_has_posts_and_no_grants(cast: World, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        footing = policy.footing_of(cast.actor("chi"), cast.now)
        assert ({post.role for post in footing.posts}, footing.grants) == ({Role.RECEIVER}, ())


def test_footing_of_the_system_is_empty(cast: World, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert policy.footing_of(SYSTEM, cast.now) == Footing()


def test_officer_has_no_list_of_an_applicant(cast: World) -> None:
    with pytest.raises(Forbidden):
        listed(cast, "chi")
