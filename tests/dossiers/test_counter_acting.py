"""What is brought to a desk for somebody else, by a right on the portal: linked as if it was filed there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from tests.accounts import acting
from tests.documents.test_services_slips import text_of
from tests.dossiers import test_acting as online
from tests.dossiers.test_acting import cast, company, listed, mandate, sees, told
from tests.dossiers.test_services_money import FEES, set_up
from tests.dossiers.world import World, _officer

from motcua.accounts import services as accounts
from motcua.accounts.rules.acting import Grant, MemberRole
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.catalogue.rules.sheets import Fee
from motcua.documents import queries as document_queries
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Capacity
from motcua.dossiers.errors import BringerNotEntrusted, CapacityRequired
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.behalf import fitting
from motcua.dossiers.rules.state import Applicant
from motcua.dossiers.services import Act, Bringer
from motcua.kernel.errors import Forbidden
from motcua.kernel.money import Money

pytestmark = pytest.mark.django_db
__all__ = ["cast"]  # a fixture

PERSON = Applicant("An", "066090000001", "0905000001", "an@example.vn")
FIRM = Applicant("Công ty TNHH Hạt Cà Phê", email="nguoi-khac@example.vn", organisation_number="6001234567")


def bring(world: World, applicant: Applicant, who: str, key: str, **changes: Any) -> Act:
    """Somebody lays a dossier on Chi's counter; the desk has seen no other paper than the portal's."""
    given = {
        "applicant": applicant,
        "submitter_name": world.people[who].full_name,
        "bringer": Bringer(str(world.people[who].pk), key),
    }
    return world.register(**given | changes)


@pytest.mark.clause("KT22-1.2.c", "PT24-8.2")
def test_brought_under_a_mandate_is_seen_by_both_and_kept_like_a_filing(cast: World) -> None:
    act = bring(cast, PERSON, "binh", f"uy-quyen-{mandate(cast)}")
    contents, behalf = cast.state(act).contents, cast.state(act).behalf
    assert (contents.submitter_name, contents.capacity) == ("Binh", Capacity.AUTHORISED)
    assert contents.authority.startswith(f"Ủy quyền trên Cổng từ {cast.now:%d/%m/%Y}")
    assert behalf is not None
    assert behalf.account_id == str(cast.people["an"].pk)
    assert [sees(cast, act, who) for who in ("an", "binh", "hai")] == [True, True, False]
    assert cast.accept(act).status == "accepted"
    assert told(act, "dossier.accepted") >= {cast.people["an"].pk, cast.people["binh"].pk}
    assert services.verify().difference is None


@pytest.mark.clause("KT22-1.2.c", "PT24-8.2")
def test_power_of_attorney_of_the_portal_is_among_the_papers(cast: World) -> None:
    act = bring(cast, PERSON, "binh", f"uy-quyen-{mandate(cast)}")
    behalf = cast.state(act).behalf
    assert behalf is not None
    desk = {"actor": cast.actor("chi"), "at": cast.now, "dossier_id": act.dossier_id}
    assert services.file_of(**desk, file_id=behalf.file_id) == behalf.file_id


@pytest.mark.clause("KT22-1.2.c", "PT24-8.2")
def test_brought_for_an_organisation_is_seen_by_its_people(cast: World) -> None:
    made = company(cast, binh=MemberRole.FILER, hai=MemberRole.VIEWER)
    act = bring(cast, FIRM, "binh", f"to-chuc-{made}")
    contents = cast.state(act).contents
    assert (contents.applicant, contents.capacity) == (FIRM, Capacity.AUTHORISED)
    assert [sees(cast, act, who) for who in ("an", "binh", "hai", "khach")] == [True, True, True, False]
    assert act.dossier_id in listed(cast, "an", f"to-chuc-{made}")
    accounts.remove_member(
        actor=cast.actor("an"),
        organisation_id=made,
        membership_id=membership(made, cast, "binh"),
        at=cast.later(minutes=1),
    )
    assert not sees(cast, act, "binh")
    assert services.verify().difference is None


def membership(organisation_id: int, world: World, who: str) -> int:
    found = acting.Membership.objects.get(
        organisation_id=organisation_id, account=world.people[who], ended_at__isnull=True
    )
    return int(found.pk)


def test_representative_brings_as_such_and_other_papers_seen_go_first(cast: World) -> None:
    key = f"to-chuc-{company(cast)}"
    assert cast.state(bring(cast, FIRM, "an", key)).contents.capacity is Capacity.REPRESENTATIVE
    paper = {"capacity": Capacity.AUTHORISED, "authority": "Giấy giới thiệu số 7"}
    contents = cast.state(bring(cast, FIRM, "an", key, **paper)).contents
    assert (contents.capacity, contents.authority) == (Capacity.AUTHORISED, "Giấy giới thiệu số 7")


def test_right_for_somebody_else_links_nothing_and_registers_nothing(cast: World) -> None:
    made, given_by_an = company(cast, hai=MemberRole.VIEWER), mandate(cast)
    stranger = Applicant("Khach", "066090000004")
    tries: list[tuple[Applicant, str, str, dict[str, Any]]] = [
        (stranger, "binh", f"uy-quyen-{given_by_an}", {}),  # not whose mandate it is
        (PERSON, "hai", f"uy-quyen-{given_by_an}", {}),  # not who holds it
        (FIRM, "hai", f"to-chuc-{made}", {}),  # who only sees
        (FIRM, "khach", f"to-chuc-{made}", {}),
        (Applicant("Khác", organisation_number="6009999999"), "an", f"to-chuc-{made}", {}),
        (PERSON, "an", f"to-chuc-{made}", {}),  # of a person, under the right of an organisation
        (FIRM, "an", f"to-chuc-{made}", {"submitter_name": ""}),
        (FIRM, "an", "to-chuc-999999", {}),
    ]
    for applicant, who, key, changes in tries:
        with pytest.raises(BringerNotEntrusted):
            bring(cast, applicant, who, key, **changes)
    assert not Dossier.objects.exists()


@pytest.mark.clause("KT22-1.2.g", "QN20-28.2")
def test_staff_under_contract_may_name_no_right(cast: World, settings: Settings) -> None:
    """They enter what is brought; by whose right on the portal it was, an officer of the desk says."""
    settings.PROVINCE = "kon-tum"
    cast.people["buu"] = _officer("buu")
    Position.objects.create(
        account=cast.people["buu"], unit=cast.units[UnitKind.DESK], role=Role.POSTAL_STAFF.value
    )
    key, buu = f"uy-quyen-{mandate(cast)}", cast.actor("buu")
    with pytest.raises(Forbidden):
        bring(cast, PERSON, "binh", key, actor=buu)
    assert not Dossier.objects.exists()
    paper = {"capacity": Capacity.AUTHORISED, "authority": "Giấy ủy quyền số 7", "bringer": None}
    assert cast.state(bring(cast, PERSON, "binh", key, actor=buu, **paper)).behalf is None


def test_ended_mandate_and_other_procedures_are_no_right(cast: World) -> None:
    other = mandate(cast, procedures=("9.999999",))
    ended = mandate(cast)
    accounts.end_mandate(actor=cast.actor("an"), mandate_id=ended, at=cast.later(minutes=1))
    for number in (other, ended):
        with pytest.raises(BringerNotEntrusted):
            bring(cast, PERSON, "binh", f"uy-quyen-{number}")


def test_same_press_is_the_same_dossier_also_under_a_right(cast: World) -> None:
    key = f"uy-quyen-{mandate(cast)}"
    first, again = (bring(cast, PERSON, "binh", key, submission_key="one") for _ in range(2))
    assert first.dossier_id == again.dossier_id


def test_applicant_acts_online_on_what_was_brought_for_them(cast: World) -> None:
    act = bring(cast, PERSON, "binh", f"uy-quyen-{mandate(cast)}")
    assert online.withdraw(cast, act, "an").status == "withdrawn"


@pytest.mark.clause("PT24-8.2")
def test_post_keeps_who_sent_it_and_the_note(cast: World) -> None:
    act = by_post(
        cast, submitter_name="Chị Hai", capacity=Capacity.REPRESENTATIVE, authority="Giấy khai sinh"
    )
    assert cast.state(act).contents.submitter_name == "Chị Hai"
    assert queries.events_of(act.dossier_id)[0][0].note == "EE123; thiếu tem"  # type: ignore[attr-defined]
    with pytest.raises(CapacityRequired):
        by_post(cast, submission_key="other", submitter_name="Chị Hai")


def by_post(world: World, **changes: Any) -> Act:
    given: dict[str, Any] = {
        "actor": world.actor("chi"),
        "at": world.later(minutes=1),
        "procedure_version_id": world.version.pk,
        "agency_id": world.agency.pk,
        "applicant": PERSON,
        "submission_key": "post",
        "postal_number": "EE123",
        "note": "thiếu tem",
    }
    return services.register_by_post(**given | changes)


def test_who_has_a_passport_is_found_by_it(world: World) -> None:
    act = world.register(applicant=Applicant("John Smith", passport="M1234567", nationality="Anh"))
    assert "m1234567" in Dossier.objects.get(pk=act.dossier_id).search_text
    assert services.verify().difference is None


# --- fees on the receipt ------------------------------------------------------------------------------


def receipt(world: World) -> str:
    act = world.accept(world.register())
    event = next(slip.event for slip in world.state(act).slips)
    file_id = services.slip_file(
        actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id, event=event
    )
    with document_queries.open_card(document_queries.card(file_id)) as content:
        return text_of(content.read())


@pytest.mark.parametrize(
    "regulation",
    [
        pytest.param("KT18", marks=pytest.mark.clause("KT18-14.3#2")),
        pytest.param("DL24", marks=pytest.mark.clause("DL24-19.1.c")),
    ],
)
def test_receipt_says_what_to_pay_at_this_channel(settings: Settings, regulation: str) -> None:
    fees = (*FEES, Fee("Phí bản sao", Money(8000), note="mỗi bản"), Fee("Phí thẩm định", None))
    text = receipt(set_up(settings, regulation, fees=fees))
    assert (
        "Lệ phí cấp giấy: 20.000 đồng; Phí tại quầy: 50.000 đồng; Phí bản sao: 8.000 đồng mỗi bản; "
        "Phí thẩm định: theo quy định riêng"
    ) in text


@pytest.mark.parametrize(("regulation", "fees"), [("PT24", FEES), ("DL24", (Fee("Lệ phí", Money(0)),))])
def test_receipt_speaks_of_no_fee_where_none_is_due_or_the_text_is_silent(
    settings: Settings, regulation: str, fees: tuple[Fee, ...]
) -> None:
    assert "Phí, lệ phí" not in receipt(set_up(settings, regulation, fees=fees))


# --- which right fits ---------------------------------------------------------------------------------
grants = st.lists(
    st.builds(
        Grant,
        key=st.sampled_from(["uy-quyen-1", "to-chuc-1"]),
        name=st.just("An"),
        number=st.sampled_from(["066090000001", "6001234567"]),
        may_act=st.booleans(),
        principal_id=st.sampled_from(["", "1", "2"]),
        organisation_id=st.sampled_from(["", "7"]),
        procedures=st.frozensets(st.sampled_from(["1.000001", "1.000002"])),
    ),
    max_size=4,
)


@given(grants, st.sampled_from(["", "1", "3"]), st.sampled_from(["", "6001234567", "6009999999"]))
def test_right_that_fits_is_for_this_applicant_and_procedure(
    among: list[Grant], principal_id: str, number: str
) -> None:
    found = fitting(among, "1.000001", principal_id=principal_id, organisation_number=number)
    if found is not None:
        assert found.may_act
        assert found.covers("1.000001")
        assert found.number == number or found.principal_id == principal_id
    if not principal_id and not number:
        assert found is None
