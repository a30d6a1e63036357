"""Whom the counter takes in and who brings it: without a number, organisations, rights on the portal."""

from __future__ import annotations

import pytest
from tests.accounts import acting
from tests.accounts.people import citizen
from tests.desk.conftest import At
from tests.desk.test_views_intake import INTAKE, entries, the_dossier
from tests.dossiers.test_acting import mandate
from tests.dossiers.test_joining import checked
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.accounts.rules.acting import MemberRole
from motcua.audit.models import ReadRecord
from motcua.dossiers import queries
from motcua.dossiers.enums import Capacity
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import Applicant

pytestmark = pytest.mark.django_db
CARD_OF_BINH = "066090000002||Binh|05031990|Nam|12 Lê Duẩn|10052022"
BROUGHT = {
    "submitter_number": "066090000002",
    "submitter_name": "Binh",
    "submitter_capacity": "",
    "submitter_paper": "",
}


def applicant() -> Applicant:
    return queries.state_of(str(the_dossier().pk)).contents.applicant


def firm(world: World, **changes: str) -> dict[str, str]:
    given = {
        "kind": "business",
        "personal_id": "600 123 4567",
        "name": "Công ty TNHH Hạt Cà Phê",
        "phone": "0262 3811 022",
    }
    return entries(world, **given | BROUGHT | {"date_of_birth": ""} | changes)


def errors(answer: object) -> dict[str, str]:
    """Sentence by the field that it leads to."""
    return {each.href: each.text for each in answer.context["page_errors"]}  # type: ignore[attr-defined]


def test_foreigner_is_taken_in_by_the_passport(world: World, at_desk: At) -> None:
    given = entries(world, kind="foreigner", personal_id="m 1234567", name="John Smith", nationality="Anh")
    chi = at_desk("chi")
    page = chi.get(chi.post(INTAKE, given).headers["Location"])
    assert page.status_code == 200
    person = applicant()
    assert (person.personal_id, person.passport, person.nationality) == ("", "M1234567", "Anh")
    shown = chi.get(f"/noi-bo/ho-so/{the_dossier().pk}/").content.decode()
    assert "M1234567" in shown
    assert "Công dân nước" in shown


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"personal_id": "HO CHIEU"}, "#id_personal_id"),
        ({"personal_id": ""}, "#id_personal_id"),
        ({"nationality": " "}, "#id_nationality"),
    ],
)
def test_foreigner_without_passport_or_nationality_is_asked(
    world: World, at_desk: At, changes: dict[str, str], field: str
) -> None:
    given = {"kind": "foreigner", "personal_id": "M1234567", "nationality": "Anh"} | changes
    assert field in errors(at_desk("chi").post(INTAKE, entries(world, **given)))
    assert not Dossier.objects.exists()


def child(world: World, **changes: str) -> dict[str, str]:
    given = {
        "kind": "unnumbered",
        "personal_id": "",
        "name": "Lê Bé Na",
        "date_of_birth": "1/3/2024",
        "submitter_name": "Lê Thị Bích",
        "submitter_capacity": "representative",
        "submitter_paper": "Giấy chứng sinh số 12",
    }
    return entries(world, **given | changes)


def test_child_without_a_number_is_brought_by_a_parent(world: World, at_desk: At) -> None:
    at_desk("chi").post(INTAKE, child(world))
    person = applicant()
    assert (person.name, person.personal_id, the_dossier().owner) == ("Lê Bé Na", "", None)
    contents = world.state(str(the_dossier().pk)).contents
    assert (contents.submitter_name, contents.capacity) == ("Lê Thị Bích", Capacity.REPRESENTATIVE)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"date_of_birth": ""}, "#id_date_of_birth"),
        ({"submitter_name": ""}, "#id_submitter_name"),
        ({"submitter_paper": ""}, "#id_submitter_paper"),
        ({"submitter_capacity": ""}, "#id_submitter_capacity"),
        ({"submitter_number": "12"}, "#id_submitter_number"),
        ({"submitter_number": "066090000002", "submitter_name": ""}, "#id_submitter_name"),
    ],
)
def test_child_without_birthday_or_representative_is_not_taken_in(
    world: World, at_desk: At, changes: dict[str, str], field: str
) -> None:
    assert field in errors(at_desk("chi").post(INTAKE, child(world, **changes)))
    assert not Dossier.objects.exists()


def test_kind_of_applicant_decides_what_is_asked(at_desk: At) -> None:
    chi = at_desk("chi")
    asked = {
        "person": ["Số định danh cá nhân", "Ngày sinh"],
        "foreigner": ["Số hộ chiếu, giấy tờ đi lại", "Công dân nước"],
        "unnumbered": ["Ngày sinh"],
        "business": ["Mã số thuế", "Tên tổ chức"],
        "body": ["Số quyết định thành lập", "Địa chỉ trụ sở"],
    }
    for kind, labels in asked.items():
        text = chi.post(INTAKE, {"action": "look", "kind": kind}).content.decode()
        for label in labels:
            assert f">{label}" in text
    assert 'name="personal_id"' not in chi.post(INTAKE, {"kind": "unnumbered"}).content.decode()
    assert chi.post(INTAKE, {"kind": "<b>"}).context["form"].kind_now == "person"


# --- organisations ------------------------------------------------------------------------------------


def test_organisation_is_taken_in_by_its_number_and_who_brings_it(world: World, at_desk: At) -> None:
    paper = {"submitter_capacity": "authorised", "submitter_paper": "Giấy giới thiệu số 7"}
    chi = at_desk("chi")
    page = chi.get(chi.post(INTAKE, firm(world, **paper)).headers["Location"]).content.decode()
    person = applicant()
    assert (person.organisation_number, person.personal_id, person.date_of_birth) == ("6001234567", "", None)
    assert the_dossier().organisation is None
    assert "Hồ sơ không gắn với tổ chức nào" in page
    assert "tự khai" not in chi.get(f"/noi-bo/ho-so/{the_dossier().pk}/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"personal_id": "12"}, "#id_personal_id"),
        ({"submitter_number": "", "submitter_name": ""}, "#id_submitter_name"),
        ({}, "#id_submitter_paper"),  # nobody on the portal says who may bring it
        ({"phone": "abc"}, "#id_phone"),
    ],
)
def test_organisation_that_nobody_speaks_for_is_not_taken_in(
    world: World, at_desk: At, changes: dict[str, str], field: str
) -> None:
    assert field in errors(at_desk("chi").post(INTAKE, firm(world, **changes)))
    assert not Dossier.objects.exists()


def test_letter_of_an_organisation_needs_nobody_who_brings_it(world: World, at_desk: At) -> None:
    nobody = dict.fromkeys(BROUGHT, "")
    at_desk("chi").post(INTAKE, firm(world, **nobody, channel="postal", postal_number="EE1"))
    assert the_dossier().channel == "postal"


def test_number_of_an_organisation_that_cannot_be_is_told_of_both_kinds(world: World, at_desk: At) -> None:
    said = errors(at_desk("chi").post(INTAKE, firm(world, phone="abc")))["#id_phone"]
    assert "hoặc số máy bàn" in said


@pytest.mark.clause("KT22-1.2.c", "PT24-8.2")
def test_member_who_brings_it_links_it_to_the_organisation(world: World, at_desk: At) -> None:
    made = acting.organisation(world.people["an"], world.now)
    acting.join(made, world.people["an"], world.people["binh"], world.now)
    checked(world, "binh")
    chi = at_desk("chi")
    page = chi.get(chi.post(INTAKE, firm(world)).headers["Location"]).content.decode()
    assert the_dossier().organisation_id == made
    assert world.state(str(the_dossier().pk)).contents.capacity is Capacity.AUTHORISED
    assert "Hồ sơ được gắn với Công ty TNHH Hạt Cà Phê trên Cổng" in page


@pytest.mark.parametrize("role", [MemberRole.VIEWER, None])
def test_who_may_not_file_links_nothing(world: World, at_desk: At, role: MemberRole | None) -> None:
    """Whoever declared the number learns nothing of a dossier that somebody else brought for it."""
    made = acting.organisation(world.people["an"], world.now)
    if role:
        acting.join(made, world.people["an"], world.people["binh"], world.now, role)
    checked(world, "binh")
    paper = {"submitter_capacity": "authorised", "submitter_paper": "Giấy giới thiệu số 7"}
    at_desk("chi").post(INTAKE, firm(world, **paper))
    assert (the_dossier().organisation, the_dossier().owner) == (None, None)


@pytest.mark.clause("PT24-3.6")
def test_declared_organisation_is_filled_in_and_its_bringer_recognised(world: World, at_desk: At) -> None:
    made = acting.organisation(world.people["an"], world.now, email="ai-do@example.vn")
    acting.join(made, world.people["an"], world.people["binh"], world.now)
    checked(world, "binh")
    chi = at_desk("chi")
    page = chi.post(INTAKE, {"kind": "business", "personal_id": "6001234567", "action": "look"})
    assert "người đại diện: An" in page.content.decode()
    form = page.context["form"]
    assert (form["name"].value(), form["email"].value()) == ("Công ty TNHH Hạt Cà Phê", None)
    assert b"autofocus" in page.content.partition(b'name="submitter_number"')[2][:300]
    typed = {"kind": "business", "personal_id": "6001234567", "name": "Công ty TNHH Hạt Cà Phê"}
    page = chi.post(INTAKE, typed | {"submitter_number": CARD_OF_BINH, "pick": str(world.version.pk)})
    assert page.context["form"]["submitter_name"].value() == "Binh"
    assert "Hồ sơ sẽ gắn với Công ty TNHH Hạt Cà Phê trên Cổng" in page.context["found"].bringer
    assert ReadRecord.objects.filter(what=f"account:{world.people['binh'].pk}").count() == 1


@pytest.mark.clause("KT18-4.3")
def test_names_of_representatives_are_kept_as_read_if_they_are_shown(world: World, at_desk: At) -> None:
    first = acting.organisation(world.people["an"], world.now)
    acting.join(first, world.people["an"], world.people["binh"], world.now, MemberRole.OWNER)
    chi, asked = at_desk("chi"), {"kind": "business", "personal_id": "6001234567", "action": "look"}
    assert "người đại diện: An, Binh" in chi.post(INTAKE, asked).content.decode()
    read = ReadRecord.objects.values_list("actor_id", "what", "why")
    chi_id, why = str(world.people["chi"].pk), "Nhận hồ sơ tại quầy"
    of_both = {(chi_id, f"account:{world.people[name].pk}", why) for name in ("an", "binh")}
    assert set(read) == of_both
    other = citizen("Lê Giang", personal_id="066090000009", phone="0905000019", email="giang@example.vn")
    acting.organisation(Account.objects.get(pk=other.id), world.now)
    assert "người đại diện" not in chi.post(INTAKE, asked).content.decode()
    assert read.count() == 2


def test_number_that_several_declare_fills_in_none_of_them(world: World, at_desk: At) -> None:
    for name in ("an", "binh"):
        acting.organisation(world.people[name], world.now)
    page = at_desk("chi").post(INTAKE, {"kind": "business", "personal_id": "6001234567", "action": "look"})
    assert page.context["form"]["name"].value() is None
    assert "Có 2 tổ chức khai số này" in page.content.decode()


def test_card_scanned_for_an_organisation_is_that_of_who_brings_it(at_desk: At) -> None:
    page = at_desk("chi").post(INTAKE, {"kind": "business", "personal_id": CARD_OF_BINH, "action": "look"})
    form = page.context["form"]
    assert form.is_organisation
    assert (form["submitter_name"].value(), form["personal_id"].value()) == ("Binh", "")


# --- mandates -----------------------------------------------------------------------------------------


@pytest.mark.clause("KT22-1.2.c", "PT24-8.2")
def test_who_holds_a_mandate_brings_it_without_another_paper(world: World, at_desk: At) -> None:
    mandate(world)
    checked(world, "an")
    checked(world, "binh")
    chi, whose = at_desk("chi"), {"personal_id": "066090000001", "name": "An"}
    looked = chi.post(INTAKE, whose | BROUGHT | {"pick": str(world.version.pk)})
    assert looked.context["found"].bringer.startswith(f"Ủy quyền trên Cổng từ {world.now:%d/%m/%Y}")
    page = chi.get(chi.post(INTAKE, entries(world, **whose, **BROUGHT)).headers["Location"])
    assert (the_dossier().owner, the_dossier().principal) == (world.people["binh"], world.people["an"])
    assert "cả hai xem được trên Cổng" in page.content.decode()


@pytest.mark.parametrize(
    "changes", [{"submitter_name": "Người khác"}, {"name": "Không phải An"}, {"personal_id": "066090000999"}]
)
def test_mandate_counts_for_the_two_people_it_names_only(
    world: World, at_desk: At, changes: dict[str, str]
) -> None:
    mandate(world)
    checked(world, "an")
    checked(world, "binh")
    given = {"personal_id": "066090000001", "name": "An"} | BROUGHT | changes
    assert "#id_submitter_paper" in errors(at_desk("chi").post(INTAKE, entries(world, **given)))
    assert not Dossier.objects.exists()


@pytest.mark.clause("PT24-3.6")
@pytest.mark.parametrize("compared", ["an", "binh"])
def test_mandate_links_only_accounts_that_were_both_compared(
    world: World, at_desk: At, compared: str
) -> None:
    """Whoever registered with somebody else's number learns nothing of what is brought to the desk."""
    mandate(world)
    checked(world, compared)
    chi, given = at_desk("chi"), {"personal_id": "066090000001", "name": "An"} | BROUGHT
    looked = chi.post(INTAKE, given | {"pick": str(world.version.pk)})
    assert "đối chiếu" in looked.context["found"].bringer
    assert "#id_submitter_paper" in errors(chi.post(INTAKE, entries(world, **given)))
    paper = {"submitter_capacity": "authorised", "submitter_paper": "Giấy ủy quyền số 7"}
    chi.post(INTAKE, entries(world, **given | paper))
    assert (world.state(str(the_dossier().pk)).behalf, the_dossier().principal) == (None, None)
    assert the_dossier().owner == (world.people["an"] if compared == "an" else None)


@pytest.mark.clause("PT24-3.6")
def test_organisation_is_linked_by_no_account_that_only_claims_its_number(world: World, at_desk: At) -> None:
    made = acting.organisation(world.people["an"], world.now)
    acting.join(made, world.people["an"], world.people["binh"], world.now)
    assert "#id_submitter_paper" in errors(at_desk("chi").post(INTAKE, firm(world)))
    paper = {"submitter_capacity": "authorised", "submitter_paper": "Giấy giới thiệu số 7"}
    at_desk("chi").post(INTAKE, firm(world, **paper))
    assert the_dossier().organisation is None


def test_bringer_without_a_right_is_told_to_show_a_paper(world: World, at_desk: At) -> None:
    checked(world, "binh")
    chi, whose = at_desk("chi"), {"personal_id": "066090000001", "name": "An", "pick": str(world.version.pk)}
    words = {
        "066090000001": "chưa đối chiếu với thẻ",
        "066090000002": "không có ủy quyền hay vai trò",
        "066090009999": "Chưa có tài khoản với số này",
    }
    for number, word in words.items():
        page = chi.post(INTAKE, whose | {"submitter_number": number})
        assert word in page.context["found"].bringer
    other = chi.post(INTAKE, whose | BROUGHT | {"submitter_name": "Người khác"})
    assert "Họ tên không khớp" in other.context["found"].bringer


def test_postal_filing_keeps_who_sent_it_and_the_note(world: World, at_desk: At) -> None:
    given = {"channel": "postal", "postal_number": "EE1", "note": "thiếu tem", "submitter_name": "Chị Hai"}
    paper = {"submitter_capacity": "authorised", "submitter_paper": "Giấy ủy quyền"}
    at_desk("chi").post(INTAKE, entries(world, **given, **paper))
    assert world.state(str(the_dossier().pk)).contents.submitter_name == "Chị Hai"
