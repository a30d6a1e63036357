"""Who takes a result: the applicant by one key, who filed for them by one choice, anybody else by name,
paper and right; nobody reads of the third person who does not work on the dossier."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.desk.conftest import At
from tests.desk.test_views_verbs import address, press
from tests.documents import samples
from tests.dossiers.world import World

from motcua.desk.forms.verbs.results import ReturnResult
from motcua.documents import services as documents
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Capacity, Status, TakerPaper, Verb
from motcua.dossiers.errors import BadPassport, TakerNotEntrusted, TakerRequired
from motcua.dossiers.rules.state import ResultDelivery, Taker
from motcua.dossiers.services import Act
from motcua.kernel.errors import Refusal

pytestmark = pytest.mark.django_db

NUMBER = "066190000002"
CARD = f"{NUMBER}|240000002|Trần Thị Giang|01021990|Nữ|12 Lê Duẩn|01012022"
OTHER = {
    "how": "counter",
    "who": "other",
    "received_by": "Trần Thị Giang",
    "taker_paper": "identity",
    "taker_number": NUMBER,
    "taker_capacity": "authorised",
    "taker_authority": "Giấy ủy quyền ngày 01/03/2024",
    "proof": "Đã ký sổ",
}
MANDATE = Taker(Capacity.AUTHORISED, "Giấy ủy quyền số 3", TakerPaper.PASSPORT, "c 123 4567")


def ready(world: World, **who: object) -> Act:
    act = world.register(**who)
    for verb in ("accept", "hand_over", "assign", "propose", "approve", "issue", "announce"):
        act = getattr(world, verb)(act)
    return act


def brought_by_binh(world: World) -> Act:
    return ready(
        world,
        submitter_name="Lê Thị Bình",
        capacity=Capacity.REPRESENTATIVE,
        authority="Giấy khai sinh số 8",
    )


def handing(world: World, act: Act) -> tuple[str, Taker | None]:
    found = world.state(act).handing
    assert found is not None
    return found.received_by, found.taker


def errors(answer: Any) -> set[str]:
    return set(answer.context["form"].errors)


def test_applicant_who_comes_is_chosen_already(world: World, at_desk: At) -> None:
    act, chi = world.until("announce"), at_desk("chi")
    form = chi.get(address(act, Verb.RETURN_RESULT)).context["form"]
    assert (form["who"].value(), [key for key, _ in form.fields["who"].choices]) == (
        "applicant",
        ["applicant", "other"],
    )
    press(chi, world, act, Verb.RETURN_RESULT, how="counter", who="applicant", proof="Đã ký sổ")
    assert handing(world, act) == (world.state(act).contents.applicant.name, None)


def test_taker_and_proof_of_a_return_online_are_not_taken_without_a_word(world: World, at_desk: At) -> None:
    """They would be thrown away: nobody takes anything in their hands."""
    chi, upload = at_desk("chi"), SimpleUploadedFile("ket-qua.pdf", samples.pdf())
    file = documents.store(upload=upload, name="ket-qua.pdf", actor=world.actor("khoa"), at=world.now)
    act = world.register(delivery=ResultDelivery("online"))
    for verb in ("accept", "hand_over", "assign", "propose", "approve"):
        act = getattr(world, verb)(act)
    act = world.announce(world.issue(act, file_id=file.id))
    before = world.state(act).version
    answer = press(chi, world, act, Verb.RETURN_RESULT, how="online", who="applicant", proof="Đã ký sổ")
    (told,) = answer.context["form"].errors["how"]
    assert "không có người nhận và chứng cứ" in told
    assert world.state(act).version == before
    press(chi, world, act, Verb.RETURN_RESULT, how="online", who="applicant", proof="")
    assert handing(world, act) == ("", None)


def test_who_filed_for_the_applicant_is_one_choice_and_their_right_is_kept(world: World, at_desk: At) -> None:
    act, chi = brought_by_binh(world), at_desk("chi")
    press(chi, world, act, Verb.RETURN_RESULT, how="counter", who="submitter", proof="Đã ký sổ")
    right = Taker(Capacity.REPRESENTATIVE, "Giấy khai sinh số 8")
    assert handing(world, act) == ("Lê Thị Bình", right)
    page = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "Nhận thay với tư cách: Người đại diện theo pháp luật" in page


def test_somebody_else_is_known_by_paper_and_right_and_stands_in_the_history(
    world: World, at_desk: At, client: Client
) -> None:
    act, chi = ready(world), at_desk("chi")
    scan = SimpleUploadedFile("uy-quyen.pdf", samples.pdf(), content_type="application/pdf")
    press(chi, world, act, Verb.RETURN_RESULT, **OTHER, upload=scan)
    kept = Taker(Capacity.AUTHORISED, OTHER["taker_authority"], TakerPaper.IDENTITY, NUMBER)
    assert handing(world, act) == ("Trần Thị Giang", kept)
    page = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    for said in (
        "Người nhận: Trần Thị Giang",
        "Nhận thay với tư cách: Người được ủy quyền",
        f"Giấy tờ tùy thân của người nhận: Căn cước {NUMBER}",
        "Giấy tờ chứng minh tư cách: Giấy ủy quyền ngày 01/03/2024",
        "Giấy tờ của người nhận kết quả thay",
    ):
        assert said in page
    assert [paper.what for paper in world.state(act).request_papers] == ["result_returned"]
    shown = client.get(f"/tra-cuu/{act.code}/", follow=True).content.decode()
    assert act.code in shown
    assert not any(said in shown for said in (NUMBER, "Trần Thị Giang", "ủy quyền ngày"))


def test_scanned_card_of_who_takes_it_fills_number_paper_and_name(world: World, at_desk: At) -> None:
    act, chi = ready(world), at_desk("chi")
    scanned = OTHER | {"taker_number": CARD, "taker_paper": "", "received_by": ""}
    press(chi, world, act, Verb.RETURN_RESULT, **scanned)
    name, taker = handing(world, act)
    assert taker is not None
    assert (name, taker.paper, taker.number) == ("Trần Thị Giang", TakerPaper.IDENTITY, NUMBER)


def test_scanned_card_stays_as_its_number_on_a_refused_page(world: World, at_desk: At) -> None:
    act, chi = ready(world), at_desk("chi")
    answer = press(chi, world, act, Verb.RETURN_RESULT, **OTHER | {"taker_number": CARD, "proof": ""})
    shown = answer.content.decode()
    assert f'value="{NUMBER}"' in shown
    assert "12 Lê Duẩn|" not in shown


def test_name_that_is_not_that_of_the_card_is_asked_for_again(world: World, at_desk: At) -> None:
    act, chi = ready(world), at_desk("chi")
    typed = OTHER | {"taker_number": CARD, "received_by": "Phạm Văn Khác"}
    answer = press(chi, world, act, Verb.RETURN_RESULT, **typed)
    assert errors(answer) == {"received_by"}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"received_by": " "}, {"received_by"}),
        ({"taker_number": ""}, {"taker_number"}),
        ({"taker_number": "12"}, {"taker_number"}),
        ({"taker_paper": "passport", "taker_number": "!!"}, {"taker_number"}),
        ({"taker_paper": "library card"}, {"taker_paper"}),
        ({"taker_capacity": ""}, {"taker_capacity"}),
        ({"taker_capacity": "friend"}, {"taker_capacity"}),
        ({"taker_authority": "  "}, {"taker_authority"}),
        ({"who": ""}, {"who"}),
        ({"who": "submitter"}, {"who"}),  # nobody filed for them
    ],
)
def test_what_is_missing_of_somebody_else_is_said_at_its_field_and_changes_nothing(
    world: World, at_desk: At, changes: dict[str, str], wrong: set[str]
) -> None:
    act, chi = ready(world), at_desk("chi")
    answer = press(chi, world, act, Verb.RETURN_RESULT, **OTHER | changes)
    assert errors(answer) == wrong
    assert world.state(act).status is Status.READY


def test_parcel_to_somebody_else_asks_for_a_name_only(world: World, at_desk: At) -> None:
    act, chi = ready(world, delivery=ResultDelivery("postal", "12 Lê Duẩn")), at_desk("chi")
    sent = {"how": "postal", "who": "other", "received_by": "Trần Thị Giang", "proof": "EB1VN"}
    press(chi, world, act, Verb.RETURN_RESULT, **sent)
    assert handing(world, act) == ("Trần Thị Giang", None)


SENT = {
    "how": "postal",
    "who": "applicant",
    "proof": "Đã ký phiếu báo phát",
    "postal_number": "ra 123456789-VN",
}


@pytest.mark.clause("KT18-8.2.b")
def test_registered_parcel_keeps_its_number_and_who_signed_for_it(world: World, at_desk: At) -> None:
    act, chi = ready(world, delivery=ResultDelivery("postal", "12 Lê Duẩn")), at_desk("chi")
    press(chi, world, act, Verb.RETURN_RESULT, **SENT)
    found = world.state(act).handing
    assert found is not None
    assert (found.received_by, found.postal_number, found.taker) == ("Nguyễn Văn An", "RA123456789VN", None)
    page = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "Số vận đơn bưu chính: RA123456789VN" in page
    assert services.verify_from(act.dossier_id, None).difference is None


@pytest.mark.clause("KT18-8.2.b")
def test_somebody_else_signs_for_a_registered_parcel_by_their_right_and_shows_no_card(
    world: World, at_desk: At
) -> None:
    act, chi = ready(world, delivery=ResultDelivery("postal", "12 Lê Duẩn")), at_desk("chi")
    right = {"taker_capacity": "authorised", "taker_authority": "Giấy ủy quyền số 3"}
    somebody = SENT | {"who": "other", "received_by": "Trần Thị Giang"}
    press(chi, world, act, Verb.RETURN_RESULT, **somebody | right)
    assert handing(world, act) == ("Trần Thị Giang", Taker(Capacity.AUTHORISED, "Giấy ủy quyền số 3"))


@pytest.mark.clause("KT18-8.2.b")
@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"postal_number": " "}, {"postal_number"}),
        ({"postal_number": "để trước cửa"}, {"postal_number"}),
        ({"proof": ""}, {"proof"}),
        ({"who": "other", "received_by": "hàng xóm"}, {"taker_capacity", "taker_authority"}),
    ],
)
def test_registered_parcel_without_number_or_signature_is_refused_at_its_field_and_changes_nothing(
    world: World, at_desk: At, changes: dict[str, str], wrong: set[str]
) -> None:
    act, chi = ready(world, delivery=ResultDelivery("postal", "12 Lê Duẩn")), at_desk("chi")
    answer = press(chi, world, act, Verb.RETURN_RESULT, **SENT | changes)
    assert errors(answer) == wrong
    assert world.state(act).status is Status.READY


@pytest.mark.parametrize(
    ("taker", "refusal"),
    [
        (None, TakerRequired),
        (Taker(Capacity.AUTHORISED, "Giấy ủy quyền"), TakerRequired),
        (Taker(Capacity.AUTHORISED, "Giấy ủy quyền", TakerPaper.OTHER, "  "), TakerRequired),
        (Taker(Capacity.AUTHORISED, " ", TakerPaper.OTHER, "12"), TakerNotEntrusted),
        (Taker(Capacity.AUTHORISED, "Giấy ủy quyền", TakerPaper.PASSPORT, "???"), BadPassport),
    ],
)
def test_service_gives_a_result_to_no_stranger(
    world: World, taker: Taker | None, refusal: type[Refusal]
) -> None:
    act = ready(world)
    with pytest.raises(refusal):
        world.give_back(act, received_by="Trần Thị Giang", taker=taker)
    assert world.state(act).status is Status.READY


def test_number_is_kept_in_its_form_and_survives_being_folded_again(world: World) -> None:
    act = world.give_back(ready(world), received_by="Trần Thị Giang", taker=MANDATE)
    _, taker = handing(world, act)
    assert taker is not None
    assert taker.number == "C1234567"
    assert services.verify_from(act.dossier_id, None).difference is None


def test_return_that_was_taken_back_keeps_the_paper_and_nobody_as_taker(world: World, at_desk: At) -> None:
    act, chi = ready(world), at_desk("chi")
    scan = SimpleUploadedFile("uy-quyen.pdf", samples.pdf(), content_type="application/pdf")
    press(chi, world, act, Verb.RETURN_RESULT, **OTHER, upload=scan)
    given = {"what": "return", "reason": "Ghi nhầm hồ sơ"}
    press(chi, world, act, Verb.CORRECT, **given)
    state = queries.state_of(act.dossier_id)
    assert (state.handing, len(state.request_papers)) == (None, 1)
    assert services.verify_from(act.dossier_id, None).difference is None


def test_form_tells_refusals_at_their_fields(world: World, at_desk: At) -> None:
    act = ready(world)
    form: ReturnResult = at_desk("chi").get(address(act, Verb.RETURN_RESULT)).context["form"]
    assert form.field_of(TakerRequired()) == form.field_of(BadPassport()) == "taker_number"
    assert form.field_of(TakerNotEntrusted()) == "taker_authority"
