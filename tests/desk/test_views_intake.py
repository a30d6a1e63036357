"""Counter intake: look-ups that lose nothing, one dossier however often pressed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.wards import ward
from tests.dossiers.world import World, moment, process_for, published, sheet, typed_at

from motcua.agencies.enums import UnitKind
from motcua.audit.models import ReadRecord
from motcua.catalogue.models import Competence
from motcua.dossiers import queries
from motcua.dossiers.enums import Status
from motcua.dossiers.models import Dossier, DossierEvent, IssuedSlip
from motcua.dossiers.rules.state import Applicant
from motcua.incidents import services
from motcua.incidents.enums import Scope
from motcua.notify.models import OutboxMessage
from motcua.theme.wording import long_moment, short_moment
from motcua.worktime.rules import local

pytestmark = pytest.mark.django_db

INTAKE = "/noi-bo/tiep-nhan/"


def entries(world: World, **changes: str) -> dict[str, str]:
    """What a full page sends; the two required papers are ticked."""
    papers = {"paper_key_0": "form", "originals_0": "1", "copies_0": "0", "brought_0": "on"}
    papers |= {"paper_key_1": "paper", "originals_1": "1", "copies_1": "0", "brought_1": "on"}
    papers |= {"paper_key_2": "proxy", "originals_2": "1", "copies_2": "0"}
    given = {
        "request_key": uuid4().hex,
        "version_id": str(world.version.pk),
        "agency": str(world.agency.pk),
        "channel": "counter",
        "personal_id": "066 090 000 999",
        "name": "Lê  Thị Bích",
        "date_of_birth": "5/3/1990",
        "phone": "0905000009",
        "delivery": "counter",
        "action": "accept",
    }
    return given | papers | changes


def the_dossier() -> Dossier:
    return Dossier.objects.get()


@pytest.mark.clause("DL24-7.1#1", "DL24-7.1#3")
def test_accept_at_once_gives_a_code_and_the_receipt(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    answer = chi.post(INTAKE, entries(world))
    row = the_dossier()
    assert (row.status, row.applicant_name) == (Status.ACCEPTED, "Lê Thị Bích")
    assert answer.headers["Location"] == reverse("desk:registered", args=[row.pk])
    text = chi.get(answer.headers["Location"]).content.decode()
    assert "In giấy tiếp nhận" in text
    assert row.code in text
    assert row.due_at is not None
    assert f"Hẹn trả kết quả lúc {long_moment(local(row.due_at))}." in text


def test_names_of_people_are_written_out_and_those_of_organisations_left_alone(
    world: World, at_desk: At
) -> None:
    bringer = {"submitter_capacity": "representative", "submitter_paper": "Giấy khai sinh"}
    at_desk("chi").post(INTAKE, entries(world, name="lê thị BÍCH", submitter_name="Y BLÕK niê", **bringer))
    person = the_dossier()
    contents = queries.state_of(str(person.pk)).contents
    assert (contents.applicant.name, contents.submitter_name) == ("Lê Thị Bích", "Y Blõk Niê")
    company = {"kind": "business", "personal_id": "6001234567", "name": "HTX cà phê EA KAO"}
    given = entries(world, submitter_name="lê thị bích", **bringer) | company
    at_desk("chi").post(INTAKE, given)
    newest = Dossier.objects.exclude(pk=person.pk).get()
    assert newest.applicant_name == "HTX cà phê EA KAO"


def test_register_only_waits_for_the_check(world: World, at_desk: At) -> None:
    at_desk("chi").post(INTAKE, entries(world, action="register"))
    assert (the_dossier().status, the_dossier().code) == (Status.SUBMITTED, None)


def test_receipt_is_shown_before_the_dossier_is_taken_in_and_leaves_nothing(
    world: World, at_desk: At
) -> None:
    chi, given = at_desk("chi"), entries(world)
    answer = chi.post(INTAKE, given | {"action": "preview"})
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("inline")
    left = [model.objects.count() for model in (Dossier, DossierEvent, IssuedSlip, OutboxMessage)]
    assert left == [0, 0, 0, 0]
    chi.post(INTAKE, given)  # the same key, and the number that was shown was not used up
    assert the_dossier().code.endswith("0001")


def test_preview_of_a_faulty_entry_says_what_is_wrong(world: World, at_desk: At) -> None:
    given = entries(world, action="preview")
    del given["brought_1"]
    assert "Hãy đánh dấu “Giấy chứng minh” khi đã nhận" in at_desk("chi").post(INTAKE, given).content.decode()
    faulty = at_desk("chi").post(INTAKE, entries(world, action="preview", date_of_birth="mai"))
    assert 'href="#id_date_of_birth"' in faulty.content.decode()
    assert not Dossier.objects.exists()


def test_preview_of_a_dossier_that_is_there_shows_its_receipt_and_changes_nothing(
    world: World, at_desk: At
) -> None:
    chi, given = at_desk("chi"), entries(world)
    chi.post(INTAKE, given)
    before = the_dossier().version
    answer = chi.post(INTAKE, given | {"action": "preview"})
    assert answer.content[:5] == b"%PDF-"
    assert the_dossier().version == before


def test_double_press_gives_one_dossier(world: World, at_desk: At) -> None:
    chi, given = at_desk("chi"), entries(world)
    first, second = chi.post(INTAKE, given), chi.post(INTAKE, given)
    assert first.headers["Location"] == second.headers["Location"]
    assert Dossier.objects.count() == 1


def test_same_person_and_procedure_again_is_asked_about_and_taken_in_once_ticked(
    world: World, at_desk: At
) -> None:
    chi = at_desk("chi")
    chi.post(INTAKE, entries(world))
    first = the_dossier()
    seen = chi.post(INTAKE, entries(world, action="look", request_key="a" * 32))
    warned = seen.context["found"].warned
    assert [(twin.reference, status) for twin, status in warned.twins] == [(first.code, "Đã tiếp nhận")]
    assert f'value="{warned.mark}"' in seen.content.decode()
    assert ReadRecord.objects.filter(what=f"dossier:{first.pk}", why="Nhận hồ sơ tại quầy").count() == 1
    given = entries(world, request_key="b" * 32)
    refused = chi.post(INTAKE, given)
    assert [each.href for each in refused.context["page_errors"]] == ["#id_twice"]
    assert Dossier.objects.count() == 1
    assert chi.post(INTAKE, given | {"twice": "066090000998:1.000001"}).status_code == 200  # of somebody else
    assert chi.post(INTAKE, given | {"twice": warned.mark, "action": "register"}).status_code == 302
    assert Dossier.objects.count() == 2


def test_dossier_that_ended_or_lies_elsewhere_warns_of_nothing(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    chi.post(INTAKE, entries(world))
    wanted = ("066090000999", world.version.procedure.code)
    desk = the_dossier().desk_unit_id
    assert set(queries.open_twins([wanted], [desk])) == {wanted}
    assert queries.open_twins([wanted], [world.units[UnitKind.DIVISION].pk]) == {}
    assert queries.open_twins([(wanted[0], "9.999999")], [desk]) == {}
    Dossier.objects.update(ended_at=world.now)
    assert queries.open_twins([wanted], [desk]) == {}
    assert chi.post(INTAKE, entries(world)).status_code == 302


def test_page_sent_again_for_somebody_else_is_a_filing_of_its_own(world: World, at_desk: At) -> None:
    """Back, other words over the old ones, sent: the second person's dossier is not the first one's."""
    chi, given = at_desk("chi"), entries(world)
    chi.post(INTAKE, given)
    other = given | {"name": "Lê Thị Tám", "personal_id": "066090000998", "date_of_birth": "6/3/1990"}
    refused = chi.post(INTAKE, other)
    assert "đã được dùng để gửi một hồ sơ khác" in refused.content.decode()
    assert "Lê Thị Tám" in refused.content.decode()
    assert Dossier.objects.count() == 1
    key = refused.context["form"]["request_key"].value()
    assert key != given["request_key"]
    assert chi.post(INTAKE, other | {"request_key": key}).status_code == 302
    assert set(Dossier.objects.values_list("applicant_name", flat=True)) == {"Lê Thị Bích", "Lê Thị Tám"}


def test_form_sent_after_the_session_ended_leads_back_and_says_what_was_lost(
    world: World, client: Client
) -> None:
    sent = client.post(INTAKE, entries(world), headers={"Referer": f"http://testserver{INTAKE}"})
    assert sent.headers["Location"] == f"/noi-bo/dang-nhap/?next={quote(INTAKE, safe='')}"
    assert "nội dung vừa gửi chưa được lưu" in client.get(sent.headers["Location"]).content.decode()
    part = client.post(
        INTAKE, {}, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{INTAKE}?a=1"}
    )
    assert (part.status_code, part.headers["HX-Redirect"]) == (
        204,
        f"/noi-bo/dang-nhap/?next={quote(INTAKE + '?a=1', safe='')}",
    )
    foreign = client.post(INTAKE, {}, headers={"Referer": "https://example.org/noi-bo/"})
    assert foreign.headers["Location"] == "/noi-bo/dang-nhap/"


@pytest.mark.clause("PT24-8.2")
def test_post_came_with_its_number(world: World, at_desk: At) -> None:
    at_desk("chi").post(INTAKE, entries(world, channel="postal", postal_number="EE123456789VN"))
    assert (the_dossier().channel, the_dossier().status) == ("postal", Status.ACCEPTED)


def test_post_without_its_number_is_asked_for(world: World, at_desk: At) -> None:
    answer = at_desk("chi").post(INTAKE, entries(world, channel="postal"))
    assert 'href="#id_postal_number"' in answer.content.decode()
    assert not Dossier.objects.exists()


def test_missing_paper_refuses_the_acceptance_and_leaves_nothing(world: World, at_desk: At) -> None:
    given = entries(world)
    del given["brought_1"]
    page = at_desk("chi").post(INTAKE, given).content.decode()
    assert '<a href="#brought_1">Hãy đánh dấu “Giấy chứng minh” khi đã nhận' in page
    assert 'id="brought_1-error"' in page
    assert 'value="Lê  Thị Bích"' in page
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("personal_id", "12345"),
        ("name", ""),
        ("date_of_birth", "31/02/1990"),
        ("date_of_birth", "31/03/1790"),
        ("phone", "12"),
        ("email", "không phải"),
    ],
)
def test_faulty_entry_is_linked_and_the_rest_is_kept(
    world: World, at_desk: At, field: str, typed: str
) -> None:
    given = entries(world, address="1 Lê Lợi") | {field: typed}
    text = at_desk("chi").post(INTAKE, given).content.decode()
    assert f'href="#id_{field}"' in text
    assert 'value="1 Lê Lợi"' in text
    assert not Dossier.objects.exists()


def test_number_of_copies_that_is_none_is_refused(world: World, at_desk: At) -> None:
    text = at_desk("chi").post(INTAKE, entries(world, originals_1="một")).content.decode()
    assert "Số bản của “Giấy chứng minh” phải là số từ 0 đến 99." in text
    assert '<details class="mc-papers__fold" open>' not in text  # nothing to be put right is in there
    assert 'value="một"' in text


@pytest.mark.clause("PT24-3.6")
def test_person_with_an_account_is_filled_in_and_the_look_up_recorded(world: World, at_desk: At) -> None:
    answer = at_desk("chi").post(INTAKE, {"personal_id": "066090000001", "action": "look"})
    assert answer.context["form"].initial["name"] == "An"
    assert ReadRecord.objects.get().what == f"account:{world.people['an'].pk}"


def test_person_without_an_account_is_known_from_the_newest_dossier_here(world: World, at_desk: At) -> None:
    """Only the desk that received it learns anything, and reading it is recorded."""
    number = "066190005111"
    for address in ("1 Lê Duẩn", "2 Lê Duẩn"):
        who = Applicant("Lê Thị Bình", number, "0905111222", "b@example.vn", address, date(1990, 3, 5))
        act = world.register(applicant=who)
    answer = at_desk("chi").post(INTAKE, {"personal_id": number, "action": "look"})
    filled = answer.context["form"].initial
    assert [filled.get(each, "") for each in ("name", "date_of_birth", "phone", "address", "email")] == [
        *("Lê Thị Bình", "05/03/1990", "0905111222", "2 Lê Duẩn"),
        "",
    ]
    assert f"Đã điền theo hồ sơ gần nhất nộp tại đây ({act.reference})" in answer.content.decode()
    assert ReadRecord.objects.get().what == f"dossier:{act.dossier_id}"
    assert queries.earlier_applicants([number], [world.units[UnitKind.DIVISION].pk]) == {}


def test_person_without_an_account_is_typed_in(at_desk: At) -> None:
    text = at_desk("chi").post(INTAKE, {"personal_id": "066090009999", "action": "look"}).content.decode()
    assert "Chưa có tài khoản với số này" in text


def looked(chi: Client, **typed: str) -> dict[str, str]:
    """What the page holds after a look-up, to be sent again."""
    page = chi.post(INTAKE, {"action": "look", **typed})
    form = page.context["form"]
    names = ("personal_id", "name", "date_of_birth", "address", "phone", "filled", "filled_bringer")
    return {name: str(form[name].value() or "") for name in (*names, "submitter_number", "submitter_name")}


def test_what_was_filled_in_goes_when_the_number_changes_and_what_was_typed_stays(
    world: World, at_desk: At
) -> None:
    an = world.people["an"]
    an.date_of_birth, an.address = date(1990, 1, 2), "Buôn Hồ"
    an.save()
    chi = at_desk("chi")
    first = looked(chi, personal_id="066090000001")
    assert (first["name"], first["date_of_birth"], first["address"]) == ("An", "02/01/1990", "Buôn Hồ")
    typed = first | {"personal_id": "066190005699", "address": "Thôn 3"}
    page = chi.post(INTAKE, typed | {"action": "look"}).content.decode()
    assert "Thông tin của số trước đã được xóa khỏi trang." in page
    second = looked(chi, **typed)
    assert (second["name"], second["date_of_birth"], second["address"]) == ("", "", "Thôn 3")


def test_what_was_looked_up_for_another_number_is_not_taken_in(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    first = looked(chi, personal_id="066090000001")
    typed = entries(world, **(first | {"personal_id": "066190005699"}))
    page = chi.post(INTAKE, typed)
    assert "Số này khác số đã tra cứu" in page.content.decode()
    assert not Dossier.objects.exists()
    # The name corrected by hand is the officer's, and so is the number.
    assert chi.post(INTAKE, typed | {"name": "Trần Bảo"}).status_code == 302


def test_second_card_in_one_field_is_the_one_that_counts(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    second = "066190005683||Phạm Ba|05031990|Nam|Thôn 5|10052022"
    first = looked(chi, personal_id="066190005682||Lê Hai|06041991|Nữ|Thôn 4|10052022")
    assert first["name"] == "Lê Hai"
    after = looked(chi, **(first | {"personal_id": first["personal_id"] + second}))
    assert (after["personal_id"], after["name"], after["address"]) == ("066190005683", "Phạm Ba", "Thôn 5")
    # A card that nobody looked at yet never stands beside the name of somebody else.
    page = chi.post(INTAKE, entries(world, personal_id=second, name="Lê Hai"))
    assert "Số này khác số đã tra cứu" in page.content.decode()
    assert not Dossier.objects.exists()


def test_card_that_stays_in_its_field_is_read_once(at_desk: At) -> None:
    chi, card = at_desk("chi"), "066190005682||Lê Hai|06041991|Nữ|Thôn 4|10052022"
    first = looked(chi, personal_id=card)
    again = looked(chi, **(first | {"personal_id": card, "phone": "0905000009", "address": "Thôn 6"}))
    assert (again["name"], again["phone"], again["address"]) == ("Lê Hai", "0905000009", "Thôn 6")


def test_card_that_is_scanned_into_the_search_of_procedures_goes_to_the_person(at_desk: At) -> None:
    chi, card = at_desk("chi"), "066190005682||Lê Hai|06041991|Nữ|Thôn 4|10052022"
    page = chi.post(INTAKE, {"action": "look", "procedure_text": card, "personal_id": "066090000001"})
    form = page.context["form"]
    assert [form[name].value() for name in ("personal_id", "name", "procedure_text")] == [
        "066190005682",
        "Lê Hai",
        "",
    ]


@pytest.mark.parametrize("number", ["066190005682066190005683", "0661900056", "066190005682|x"])
def test_number_that_is_none_is_not_said_to_have_no_account(at_desk: At, number: str) -> None:
    page = at_desk("chi").post(INTAKE, {"personal_id": number, "action": "look"}).content.decode()
    assert "gồm đúng 12 chữ số. Hãy xóa ô này" in page
    assert "Chưa có tài khoản với số này" not in page


def test_name_of_the_bringer_goes_with_the_number(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    first = looked(chi, submitter_number="066090000001")
    assert first["submitter_name"] == "An"
    assert looked(chi, **(first | {"submitter_number": "066190005699"}))["submitter_name"] == ""


def test_answer_to_a_look_stands_at_an_address_where_back_finds_it(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    typed = {"personal_id": "066090000001", "pick": str(world.version.pk), "action": "look"}
    page = chi.post(INTAKE, typed)
    address = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    assert "tra-lai=" in address
    assert "066090000001" not in address
    assert 'value="An"' in chi.get(address).content.decode()


def test_dossier_of_a_person_with_a_compared_account_is_theirs(world: World, at_desk: At) -> None:
    chi, an = at_desk("chi"), world.people["an"]
    an.identity_checked_at = world.now
    an.save()
    answer = chi.post(INTAKE, entries(world, personal_id="066090000001", name=an.full_name.upper()))
    assert the_dossier().owner == an
    assert "Hồ sơ được gắn với tài khoản" in chi.get(answer.headers["Location"]).content.decode()


@pytest.mark.clause("DL24-3.4", "DL24-18.5")
@pytest.mark.parametrize("is_checked", [True, False])
@pytest.mark.parametrize("born", [None, date(1991, 1, 1)])
@pytest.mark.parametrize("name", ["Mallory", "Lê Thị Bích"])
def test_number_alone_gives_nobody_the_dossier(
    world: World, at_desk: At, name: str, born: date | None, is_checked: bool
) -> None:
    """Whoever registered with this number gets the dossier only if name and birthday agree as well, and an
    officer has compared account and card: all three may be typed by a stranger."""
    chi, account = at_desk("chi"), world.people["an"]
    account.full_name, account.date_of_birth = name, born
    account.identity_checked_at = world.now if is_checked else None
    account.save()
    answer = chi.post(INTAKE, entries(world, personal_id="066090000001"))
    agrees = is_checked and name != "Mallory" and born is None
    assert the_dossier().owner == (account if agrees else None)
    text = chi.get(answer.headers["Location"]).content.decode()
    assert ("Hồ sơ không gắn với tài khoản nào" in text) is not agrees


def test_picking_a_procedure_keeps_what_was_typed(world: World, at_desk: At) -> None:
    typed = {
        "personal_id": "066090009999",
        "name": "Lê Thị Bích",
        "pick": str(world.version.pk),
        "action": "look",
    }
    answer = at_desk("chi").post(INTAKE, typed)
    assert answer.context["form"].sheet.version_id == world.version.pk
    assert 'value="Lê Thị Bích"' in answer.content.decode()


def test_intake_by_somebody_who_receives_nothing_is_forbidden(at_desk: At) -> None:
    assert at_desk("dung").get(INTAKE).status_code == 403


def test_intake_without_csrf_token_is_refused(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    chi.handler.enforce_csrf_checks = True
    assert chi.post(INTAKE, entries(world)).status_code == 403
    assert not Dossier.objects.exists()


def test_dossier_taken_in_on_paper_during_an_outage_is_entered_at_its_moment(
    world: World, at_desk: At
) -> None:
    happened = world.now + timedelta(minutes=10)
    world.later(minutes=40)
    incident = services.declare(
        actor=world.actor("hanh"),
        at=world.now,
        scope=Scope.AGENCY,
        what="Mất điện",
        began_at=happened,
        agency_id=world.agency.pk,
    ).window.id
    late = {"late-incident": incident, "late-page": "7"} | typed_at(
        "late-happened_at", short_moment(happened)
    )
    chi = at_desk("chi")
    assert chi.post(INTAKE, entries(world, **late | {"late-page": ""})).context["page_errors"]
    assert Dossier.objects.count() == 0
    chi.post(INTAKE, entries(world, **late))
    state = world.state(str(the_dossier().pk))
    assert (short_moment(state.accepted_at), [entry.page for entry in state.late_entries]) == (
        short_moment(happened),
        ["7", "7"],
    )


def test_officer_says_which_agency_settles_what_the_desk_takes_in_for_it(world: World, at_desk: At) -> None:
    world.now = moment("2025-07-01 08:00")
    agency = ward(world)
    hue = at_desk("hue")
    page = hue.post(INTAKE, {"pick": str(world.version.pk), "action": "look"})
    choices = page.context["form"].fields["settled_by"].choices
    assert choices == [("", agency.name), (str(world.agency.pk), "Sở Tư pháp")]
    given = entries(world, agency=str(agency.pk), settled_by=str(world.agency.pk))
    answer = hue.post(INTAKE, given)
    row = the_dossier()
    assert answer.status_code == 302
    assert (row.agency_id, row.status) == (world.agency.pk, Status.ACCEPTED)
    text = hue.get(reverse("desk:dossier", args=[row.pk])).content.decode()
    assert "Nơi tiếp nhận" in text
    assert "desk, UBND phường" in text


def test_choice_of_another_agency_is_folded_until_one_is_chosen(world: World, at_desk: At) -> None:
    world.now = moment("2025-07-01 08:00")
    agency = ward(world)
    hue, look = at_desk("hue"), {"pick": str(world.version.pk), "action": "look"}
    usual = hue.post(INTAKE, look).content.decode()
    chosen = hue.post(INTAKE, look | {"settled_by": str(world.agency.pk)}).content.decode()
    fold = r'<details class="govuk-details mc-intake__fold"( open)?>\s*<summary[^>]*><span[^>]*>'
    said = fold + r'Cơ quan giải quyết: <span id="settled-by-said">([^<]*)</span>'
    assert re.findall(said, usual) == [("", agency.name)]
    assert re.findall(said, chosen) == [(" open", "Sở Tư pháp")]


def test_before_the_day_of_the_law_nobody_is_asked_who_settles(world: World, at_desk: At) -> None:
    agency = ward(world)
    hue = at_desk("hue")
    page = hue.post(INTAKE, {"pick": str(world.version.pk), "action": "look"})
    assert "settled_by" not in page.context["form"].fields
    hue.post(INTAKE, entries(world, agency=str(agency.pk), settled_by=str(world.agency.pk)))
    assert the_dossier().agency_id == agency.pk


def test_procedure_that_only_others_settle_is_found_and_wants_an_agency(world: World, at_desk: At) -> None:
    world.now = moment("2025-07-01 08:00")
    agency = ward(world)
    Competence.objects.filter(agency=agency).delete()
    hue = at_desk("hue")
    found = hue.post(INTAKE, {"procedure_text": "giấy phép thử nghiệm", "action": "look"})
    assert found.context["form"].sheet.version_id == world.version.pk
    answer = hue.post(INTAKE, entries(world, agency=str(agency.pk)))
    assert "settled_by" in answer.context["form"].errors
    assert not Dossier.objects.exists()


def test_papers_that_were_never_entered_are_named_or_said_to_be_none(world: World, at_desk: At) -> None:
    content = sheet(code="1.000603", components=(), provenance={"components": "not_found"})
    version = published(content, world.agency, world.units[UnitKind.DIVISION])
    process_for(content.code)
    chi = at_desk("chi")
    found = {"name": "Lê Thị Bình", "pick": str(version.pk), "action": "look"}
    page = chi.post(INTAKE, found).content.decode()
    assert re.search(r'<input[^>]* id="brought_0"[^>]* autofocus', page)
    assert 'name="paper_note_0"' in page.partition('<details class="mc-papers__fold" open>')[2]
    assert "Chủ hồ sơ: Lê Thị Bình." in page  # who is being served stays in sight
    given = entries(world, version_id=str(version.pk), paper_key_0="giay-to-khac")
    bare = {name: value for name, value in given.items() if not name.startswith("brought_")}
    for typed in (bare, given, bare | {"action": "preview"}):
        refused = chi.post(INTAKE, typed)
        (error,) = refused.context["page_errors"]
        assert (error.href, error.text.startswith("Hãy đánh dấu “Giấy tờ khác”")) == ("#brought_0", True)
    both = chi.post(INTAKE, given | {"no_papers": "on", "paper_note_0": "Đơn"})
    assert list(both.context["form"].errors) == ["no_papers"]
    assert not Dossier.objects.exists()
    assert chi.post(INTAKE, bare | {"no_papers": "on"}).status_code == 302
    assert queries.state_of(str(the_dossier().pk)).contents.documents == ()


def test_focus_finds_a_procedure_that_asks_for_no_papers(world: World, at_desk: At) -> None:
    content = sheet(code="1.000604", components=())
    version = published(content, world.agency, world.units[UnitKind.DIVISION])
    look = {"name": "Lê Thị Bình", "pick": str(version.pk), "action": "look"}
    page = at_desk("chi").post(INTAKE, look).content.decode()
    assert re.search(r'<p[^>]* id="no-papers-asked" tabindex="-1" autofocus', page)


def test_papers_that_were_never_entered_are_taken_in_as_other_papers(world: World, at_desk: At) -> None:
    content = sheet(code="1.000603", components=(), provenance={"components": "not_found"})
    version = published(content, world.agency, world.units[UnitKind.DIVISION])
    process_for(content.code)
    given = entries(world, version_id=str(version.pk), action="look")
    page = at_desk("chi").post(INTAKE, given).content.decode()
    assert "Danh sách giấy tờ của thủ tục này chưa được nhập vào hệ thống." in page
    assert "không yêu cầu giấy tờ" not in page
    other = {"paper_key_0": "giay-to-khac", "paper_note_0": "Đơn, hóa đơn", "originals_0": "2"}
    at_desk("chi").post(INTAKE, given | other | {"action": "accept"})
    state = queries.state_of(str(the_dossier().pk))
    assert [(each.name, each.originals, each.note) for each in state.contents.documents] == [
        ("Giấy tờ khác", 2, "Đơn, hóa đơn")
    ]


def test_result_is_promised_in_no_way_that_the_procedure_does_not_allow(world: World, at_desk: At) -> None:
    come = "Hai bên phải cùng có mặt để ký khi nhận kết quả."
    limits = {"result_ways": ("counter",), "result_ways_basis": "Điều 18 Luật Hộ tịch", "must_come": come}
    other = published(sheet(code="1.000894", **limits), world.agency, world.units[UnitKind.DIVISION])
    chi = at_desk("chi")
    typed = entries(world, version_id=str(other.pk), delivery="postal", delivery_address="12 Lê Duẩn")
    page = chi.post(INTAKE, typed)
    form = page.context["form"]
    assert [value for value, _ in form.fields["delivery"].choices] == ["counter"]
    assert "không trả theo cách đã chọn (Điều 18 Luật Hộ tịch)" in page.content.decode()
    assert come in page.content.decode()
    assert not Dossier.objects.exists()


def kinds_offered(page: Any) -> set[str]:
    return {value for value, _ in page.context["form"].fields["kind"].choices}


def test_only_the_kinds_of_applicant_of_the_procedure_are_offered(world: World, at_desk: At) -> None:
    division, chi = world.units[UnitKind.DIVISION], at_desk("chi")
    persons = published(sheet(code="1.000894", applicants=("person",)), world.agency, division)
    firms = published(sheet(code="1.000895", applicants=("organisation",)), world.agency, division)
    picked = {"personal_id": "", "name": "", "date_of_birth": "", "action": "look"}
    of_persons = chi.post(INTAKE, entries(world, **picked, version_id=str(persons.pk)))
    assert kinds_offered(of_persons) == {"person", "foreigner", "unnumbered"}
    of_firms = chi.post(INTAKE, entries(world, **picked, version_id=str(firms.pk)))
    assert kinds_offered(of_firms) == {"business", "body"}
    assert of_firms.context["form"].kind_now == "business"
    of_both = chi.post(INTAKE, entries(world, **picked))
    assert kinds_offered(of_both) == {"person", "foreigner", "unnumbered", "business", "body"}


def test_what_was_written_of_another_kind_stays_and_is_refused_in_words(world: World, at_desk: At) -> None:
    persons = published(
        sheet(code="1.000894", applicants=("person",)), world.agency, world.units[UnitKind.DIVISION]
    )
    firm = {
        "kind": "business",
        "personal_id": "0100109106",
        "name": "Công ty An",
        "version_id": str(persons.pk),
    }
    chi = at_desk("chi")
    said = "Đối tượng thực hiện của thủ tục này là cá nhân"
    looked = chi.post(INTAKE, entries(world, **firm, action="look"))
    assert said in looked.content.decode()
    assert looked.context["form"].kind_now == "business"
    answer = chi.post(INTAKE, entries(world, **firm))
    assert said in str(answer.context["form"].errors["kind"])
    assert not Dossier.objects.exists()
