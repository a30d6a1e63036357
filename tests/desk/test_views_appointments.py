"""Calling a verification off or moving it, by the pages: the form, what it says, what is shown."""

from __future__ import annotations

import pytest
from tests.desk.conftest import At
from tests.desk.test_views_telling import page_of
from tests.desk.test_views_verbs import address, press
from tests.dossiers.test_services_appointments import WHY, call_off, invited
from tests.dossiers.test_services_telling import plan, to_applicant
from tests.dossiers.world import World, moment, typed_at

from motcua.dossiers.enums import Verb
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
OFF = Verb.CALL_OFF_VERIFICATION


def test_verb_is_offered_while_something_is_planned(world: World, at_desk: At) -> None:
    act = world.until("assign")
    dung, title = at_desk("dung"), "Hủy hoặc dời lịch xác minh"
    assert title not in page_of(dung, act)
    act = plan(world, act)
    assert title in page_of(dung, act)
    assert dung.get(address(act, OFF)).status_code == 200
    assert title not in page_of(dung, call_off(world, act)).partition("Lịch sử")[0]


def test_form_says_who_tells_the_applicant(world: World, at_desk: At) -> None:
    dung, act = at_desk("dung"), world.until("assign")

    def said() -> str:
        return " ".join(dung.get(address(act, OFF)).context["prospect"].consequences)

    act = plan(world, act, with_applicant=False)
    assert "Người nộp không được mời có mặt nên không được báo." in said()
    act = plan(world, act)
    assert "chưa gửi thì không gửi nữa" in said()
    assert "báo người nộp trong một thư" not in said()
    act = world.tell(act)
    assert "báo người nộp trong một thư" in said()
    assert "chưa gửi thì không gửi nữa" not in said()
    labels = [str(label) for _, label in dung.get(address(act, OFF)).context["form"]["number"].field.choices]
    assert ["(người nộp đã được mời)" in each for each in labels] == [False, True]


def test_appointment_is_moved_told_and_shown(world: World, at_desk: At) -> None:
    act, dung, chi = invited(world), at_desk("dung"), at_desk("chi")
    press(
        dung, world, act, OFF,
        number="1", what="move", place="Thửa 14", reason=WHY, **typed_at("when", "08:00 01/12/2044"),
    )  # fmt: skip
    _, new = world.state(act).verifications
    assert (new.planned_for, new.place) == (moment("2044-12-01 08:00"), "Thửa 14")
    shown = page_of(dung, act)
    for text in ("Đã dời lịch", f"Lý do dời: {WHY}", "Dời lịch xác minh", "Địa điểm mới: Thửa 14"):
        assert text in shown
    page = chi.get(address(act, Verb.TELL_APPLICANT)).content.decode()
    for text in ("Dời lịch xác minh của", "Phòng 12", "Thửa 14", "08:00", WHY):
        assert text in page
    press(chi, world, act, Verb.TELL_APPLICANT)
    assert to_applicant("Thửa 14") > 0


def test_appointment_is_called_off_and_told(world: World, at_desk: At) -> None:
    act, dung, chi = invited(world), at_desk("dung"), at_desk("chi")
    press(dung, world, act, OFF, number="1", what="off", reason=WHY)
    shown = page_of(chi, act)
    assert "Đã hủy lịch" in shown
    assert "Hủy lịch xác minh của" in shown
    press(chi, world, act, Verb.TELL_APPLICANT)
    assert OutboxMessage.objects.filter(key="dossier.verification_called_off").exists()


def test_what_lacks_or_contradicts_is_said_at_its_field(world: World, at_desk: At) -> None:
    act, dung = invited(world), at_desk("dung")
    good = {"number": "1", "reason": WHY}
    later, past = typed_at("when", "08:00 01/12/2044"), typed_at("when", "08:00 01/12/2020")
    for typed, field in (
        (good | {"what": "move"}, "when"),
        (good | {"what": "move"} | past, "when"),
        (good | {"what": "off"} | later, "what"),
        (good | {"what": "off", "place": "Thửa 14"}, "what"),
        ({"number": "1", "what": "off", "reason": " "}, "reason"),
    ):
        refused = press(dung, world, act, OFF, **typed)
        assert list(refused.context["form"].errors) == [field]
    assert world.state(act).version == act.version


def test_form_of_proposing_says_what_calling_off_means_for_the_applicant(world: World, at_desk: At) -> None:
    dung, act = at_desk("dung"), plan(world, world.until("assign"))

    def said() -> str:
        return " ".join(dung.get(address(act, Verb.PROPOSE)).context["prospect"].consequences)

    assert "thư mời mà bộ phận một cửa chưa gửi" in said()
    assert "người nộp đã được mời" not in said()
    act = world.tell(act)
    assert "người nộp đã được mời, bộ phận một cửa được giao báo người nộp không phải đến" in said()
    steps = dung.get(address(act, Verb.PROPOSE)).content.decode()
    assert "Gửi thông báo cho người nộp" not in steps


def test_desk_is_told_how_where_nothing_reaches_the_applicant(world: World, at_desk: At) -> None:
    act = world.assign(world.hand_over(world.accept(world.register())))
    act = call_off(world, world.tell(plan(world, act)))
    unreached = at_desk("chi").get(address(act, Verb.TELL_APPLICANT)).context["prospect"].unreached
    assert (unreached.phone, unreached.what) == ("0905000001", "nội dung trên")
