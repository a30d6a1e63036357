"""What staff under contract see at the desk: what they carry, what they may enter, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.accounts import acting
from tests.desk.conftest import At
from tests.desk.tables import tables
from tests.desk.test_views_intake import INTAKE, entries
from tests.dossiers.test_acting import mandate
from tests.dossiers.test_joining import checked
from tests.dossiers.world import World, _officer

from motcua.accounts.models import Account
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.audit.models import ReadRecord
from motcua.dossiers.enums import Status
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import ResultDelivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def buu(world: World, at_desk: At) -> Client:
    """Staff of the post at the desk of the department."""
    world.people["buu"] = _officer("buu")
    Position.objects.create(
        account=world.people["buu"], unit=world.units[UnitKind.DESK], role=Role.POSTAL_STAFF.value
    )
    return at_desk("buu")


def issued(world: World) -> str:
    act = world.draft(delivery=ResultDelivery("postal", "12 Lê Duẩn"))
    for verb in ("submit", "accept", "hand_over", "assign", "propose", "approve", "issue"):
        act = getattr(world, verb)(act)
    return act.dossier_id


def rail(client: Client) -> list[str]:
    shown = client.get(reverse("desk:home"), follow=True)
    return [link.text for group in shown.context["rail"] for link in group.links]


def test_rail_holds_two_lists_and_no_counter_where_officers_enter_what_comes_by_post(buu: Client) -> None:
    assert rail(buu)[:2] == ["Việc chung của đơn vị", "Chờ trả kết quả"]
    assert "Nhận hồ sơ mới" not in rail(buu)
    assert buu.get(INTAKE).status_code == 403


@pytest.mark.clause("QN20-28.2")
def test_post_enters_what_it_collected_and_accepts_nothing(
    world: World, buu: Client, settings: Settings
) -> None:
    settings.PROVINCE = "quang-ngai"
    assert "Nhận hồ sơ mới" in rail(buu)
    shown = buu.get(INTAKE, {"version_id": world.version.pk})
    assert [key for key, _ in shown.context["form"].fields["channel"].choices] == ["postal"]
    looked = buu.post(INTAKE, {"action": "look", "personal_id": "066090000001"})
    assert looked.context["form"].initial.get("name", "") == ""
    assert not ReadRecord.objects.filter(what__startswith="account:").exists()
    by_post = {"channel": "postal", "postal_number": "EB1VN"}
    assert buu.post(INTAKE, entries(world, action="register")).status_code != 302  # not over the counter
    assert buu.post(INTAKE, entries(world, **by_post, action="accept")).status_code == 403
    assert not Dossier.objects.exists()
    assert buu.post(INTAKE, entries(world, **by_post, action="register")).status_code == 302
    row = Dossier.objects.get()
    assert (row.status, row.channel) == (Status.SUBMITTED, "postal")
    text = buu.get(reverse("desk:registered", args=[row.pk])).content.decode()
    assert ("Lê Thị Bích" in text, "bộ phận một cửa sẽ kiểm tra" in text) == (True, True)
    for hidden in ("yêu cầu bổ sung hoặc từ chối", "tài khoản", "mang thêm giấy tờ"):
        assert hidden not in text


@pytest.mark.clause("KT22-1.2.g", "QN20-28.2")
@pytest.mark.parametrize("province", ["quang-ngai", "kon-tum"])
def test_contracted_staff_learn_of_no_account_organisation_or_mandate(
    world: World, buu: Client, settings: Settings, province: str
) -> None:
    """What an officer would find by a number is neither shown to them nor linked by their word."""
    settings.PROVINCE = province
    made = acting.organisation(world.people["an"], world.now)
    acting.join(made, world.people["an"], world.people["binh"], world.now)
    mandate(world)
    for name in ("an", "binh"):
        checked(world, name)
    shown = buu.post(INTAKE, {"action": "look", "pick": str(world.version.pk)}).content.decode()
    for hidden in ("Tìm người", "submitter_number", "Nhận nhiều hồ sơ một lượt", 'data-mc-camera="scan"'):
        assert hidden not in shown
    assert "Người khác nộp thay" in shown
    assert "Tìm tổ chức" not in buu.post(INTAKE, {"kind": "business"}).content.decode()
    bringer = {"submitter_number": "066090000002", "submitter_name": ""}
    for typed in (
        {"kind": "business", "personal_id": "6001234567"},
        {"personal_id": "066090000001"},
        {"personal_id": "066090000001", "name": "An"},
    ):
        looked = buu.post(INTAKE, {**typed, **bringer, "pick": str(world.version.pk)})
        assert looked.context["form"].initial.get("name", "") == typed.get("name", "")
        assert not looked.context["form"].initial.get("submitter_name")
        assert (looked.context["found"].person, looked.context["found"].bringer) == ("", "")
    assert not ReadRecord.objects.filter(what__startswith="account:").exists()

    by_post = {"channel": "postal", "postal_number": "EB1VN", "action": "register"}
    whose = {"personal_id": "066090000001", "name": "An", "date_of_birth": "", **bringer}
    brought = {"submitter_name": "Binh", "submitter_capacity": "", "submitter_paper": ""}
    refused = buu.post(INTAKE, entries(world, **by_post | whose | brought))
    assert {each.href for each in refused.context["page_errors"]} == {
        "#id_submitter_capacity",
        "#id_submitter_paper",
    }
    brought |= {"submitter_capacity": "authorised", "submitter_paper": "Giấy ủy quyền số 7"}
    answer = buu.post(INTAKE, entries(world, **by_post | whose | brought))
    assert world.state(str(Dossier.objects.get().pk)).behalf is None
    page = buu.get(answer.headers["Location"]).content.decode()
    assert ("tài khoản" in page, "trên Cổng;" in page) == (False, False)


def test_card_scanned_by_contracted_staff_is_read_and_nothing_else(
    world: World, buu: Client, settings: Settings
) -> None:
    settings.PROVINCE = "kon-tum"
    checked(world, "binh")
    card = "066090000002||Binh|05031990|Nam|12 Lê Duẩn|10052022"
    form = buu.post(INTAKE, {"action": "look", "personal_id": card}).context["form"]
    assert (form["name"].value(), form["date_of_birth"].value(), form["email"].value()) == (
        "Binh",
        "05/03/1990",
        "",
    )
    form = buu.post(INTAKE, {"action": "look", "kind": "body", "personal_id": card}).context["form"]
    assert (form["submitter_name"].value(), "submitter_number" in form.fields) == ("Binh", False)
    assert not ReadRecord.objects.filter(what__startswith="account:").exists()


def test_contracted_staff_take_no_sheet_in(buu: Client, settings: Settings) -> None:
    settings.PROVINCE = "kon-tum"
    for kind in ("nhieu-nguoi", "nhieu-thu-tuc"):
        assert buu.get(reverse("desk:bundle_sheet", args=[kind])).status_code == 403


def test_result_goes_out_by_post_with_its_number_and_in_no_other_way(world: World, buu: Client) -> None:
    dossier_id = issued(world)
    listed = buu.get(reverse("desk:worklist", args=["tra-ket-qua"])).content.decode()
    assert ("Nguyễn Văn An" in listed, "Quét mã trên giấy hẹn" in listed) == (True, False)
    page = buu.get(reverse("desk:dossier", args=[dossier_id]))
    text = page.content.decode()
    assert ("12 Lê Duẩn" in text, "Xin cấp giấy" in text) == (True, False)
    for hidden in ("066090000001", "Ghi chú trong cơ quan", "Phiếu kiểm soát", "Lịch sử", "Chưa có giấy tờ"):
        assert hidden not in text
    assert buu.get(reverse("desk:routing_slip", args=[dossier_id])).status_code == 403
    row = Dossier.objects.get(pk=dossier_id)
    form = buu.get(reverse("desk:verb", args=[dossier_id, "tra-ket-qua"])).context["form"]
    assert [key for key, _ in form.fields["how"].choices] == ["postal"]
    assert "and_close" not in form.fields
    state = world.state(dossier_id)
    handed = {"how": "postal", "who": "applicant", "proof": "EB1VN"}
    buu.post(
        reverse("desk:verb", args=[dossier_id, "tra-ket-qua"]),
        handed | {"version": state.version, "how": "counter"},
    )
    row.refresh_from_db()
    assert row.status == Status.RESULT_ISSUED
    done = buu.post(
        reverse("desk:verb", args=[dossier_id, "tra-ket-qua"]),
        handed | {"version": state.version},
        follow=True,
    )
    assert (done.status_code, "Đã trả kết quả." in done.content.decode()) == (200, True)
    row.refresh_from_db()
    assert row.status == Status.RETURNED
    assert buu.get(reverse("desk:dossier", args=[dossier_id])).status_code == 403


@pytest.mark.parametrize("name", ["search", "register", "watch", "agencies", "officers", "incidents"])
def test_pages_of_officers_show_contracted_staff_no_dossier(world: World, buu: Client, name: str) -> None:
    world.until("accept")
    answer = buu.get(reverse(f"desk:{name}"), follow=True)
    assert answer.status_code in (200, 403)
    assert "Nguyễn Văn An" not in answer.content.decode()


def test_matrix_has_a_column_for_contracted_staff(world: World, at_desk: At) -> None:
    Account.objects.filter(username="giang").update(is_admin=True)
    world.people["giang"].refresh_from_db()
    shown = at_desk("giang").get(reverse("desk:roles"), {"quy-che": "KT22"})
    assert "Nhân viên bưu chính, doanh nghiệp được thuê" in tables(shown.content.decode())[0][0]
