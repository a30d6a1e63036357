"""Many dossiers in one visit: one sheet, each dossier by itself, nothing twice and nothing lost."""

from __future__ import annotations

import io
import re
from datetime import time
from typing import Any

import pytest
from django.contrib.postgres.search import SearchVector
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q, Value
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries
from tests.accounts import acting
from tests.accounts.people import citizen
from tests.desk.conftest import At
from tests.documents import samples
from tests.dossiers.test_joining import checked
from tests.dossiers.world import World, moment, process_for, published
from tests.dossiers.world import sheet as a_sheet

from motcua.accounts.models import Account, Organisation
from motcua.agencies.enums import UnitKind
from motcua.audit.models import ReadRecord
from motcua.catalogue.models import Competence, ProcedureVersion
from motcua.catalogue.rules.sheets import OfferedLimit, RequiredDocument
from motcua.desk.forms.bundle import read_list
from motcua.documents import queries as stored
from motcua.dossiers import queries, services
from motcua.dossiers.errors import KeyTaken
from motcua.dossiers.models import Bundle, BundledDossier, Dossier
from motcua.dossiers.rules.state import Applicant, DocumentRef
from motcua.kernel.limits import TimeLimit
from motcua.kernel.text import fold

pytestmark = pytest.mark.django_db
PEOPLE = "/noi-bo/tiep-nhan/nhieu-nguoi/"
PROCEDURES = "/noi-bo/tiep-nhan/nhieu-thu-tuc/"
WORDS = [first + last for first in ("an", "bo", "ca", "du", "em") for last in ("kem", "lan", "mot", "nai")]
NAMES = ("Lê Thị Bình", "Trần Văn Cường", "Phạm Thị Dung")


def sheet(world: World, count: int = 3, **changes: Any) -> dict[str, str]:
    typed = {
        "action": "accept",
        "bundle_key": "b" * 32,
        "lines": str(max(count, 1)),
        "version_id": str(world.version.pk),
        "submitter_name": "Trưởng thôn Hòa",
        "submitter_capacity": "authorised",
        "submitter_paper": "Giấy ủy quyền số 12",
        "delivery": "counter",
    }
    for index in range(count):
        typed |= {
            f"key_{index}": f"{index}" * 32,
            f"personal_id_{index}": f"06609000010{index}",
            f"name_{index}": NAMES[index],
            f"all_papers_{index}": "on",
        }
    return typed | changes


def taken() -> list[tuple[str, str]]:
    rows = BundledDossier.objects.order_by("number").values_list("dossier__applicant_name", "dossier__status")
    return [(str(name), str(status)) for name, status in rows]


def test_every_line_is_a_dossier_with_its_own_code_date_and_receipt(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    answer = chi.post(PEOPLE, sheet(world))
    bundle = Bundle.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/noi-bo/luot-nop/{bundle.pk}/")
    assert taken() == [(name, "accepted") for name in NAMES]
    codes = set(Dossier.objects.values_list("code", flat=True))
    assert len(codes) == 3
    assert bundle.brought_by == "Trưởng thôn Hòa"
    states = [world.state(str(pk)) for pk in Dossier.objects.values_list("pk", flat=True)]
    assert {(s.contents.submitter_name, s.contents.authority) for s in states} == {
        ("Trưởng thôn Hòa", "Giấy ủy quyền số 12")
    }
    assert all(s.due_at for s in states)
    page = chi.get(answer.headers["Location"])
    assert [line.reference in codes for line, _status, _tone in page.context["lines"]] == [True] * 3
    assert "In 3 giấy tiếp nhận" in page.content.decode()


@pytest.mark.parametrize(
    ("now", "receipts", "said"),
    [
        ("2024-03-04 10:00", 0, "Không lập: trả kết quả ngay trong ngày"),
        ("2024-03-04 15:30", 1, "In 1 giấy tiếp nhận"),  # after the cut-off it is due on the next day
    ],
)
@pytest.mark.clause("DL24-8.2#3")
def test_sheet_of_a_same_day_procedure_promises_no_receipt_that_is_not_there(
    world: World, at_desk: At, now: str, receipts: int, said: str
) -> None:
    limit = OfferedLimit(None, None, TimeLimit.parse("1wd"), "1", "working_day", cutoff=time(15))
    content = a_sheet(code="1.000002", limits=(limit,))
    version = published(content, world.agency, world.units[UnitKind.DIVISION])
    process_for(content.code)
    world.now = moment(now)
    chi = at_desk("chi")
    answer = chi.post(PEOPLE, sheet(world, 1, version_id=str(version.pk)))
    page = chi.get(answer.headers["Location"])
    assert page.context["bundle"].receipts == receipts
    assert said in page.content.decode()


def test_receipt_of_a_same_day_procedure_is_offered_before_the_papers(world: World, at_desk: At) -> None:
    limit = OfferedLimit(None, None, TimeLimit.parse("1wd"), "1", "working_day", cutoff=time(15))
    content = a_sheet(code="1.000002", limits=(limit,))
    version = published(content, world.agency, world.units[UnitKind.DIVISION])
    process_for(content.code)
    world.now = moment("2025-03-03 09:00")
    chi = at_desk("chi")
    page = chi.post("/noi-bo/tiep-nhan/", {"action": "look", "pick": str(version.pk)}).content.decode()
    assert 0 < page.index('name="receipt_asked"') < page.index('id="part-papers"')
    chi.post(PEOPLE, sheet(world, 1, version_id=str(version.pk)))
    done = chi.get(reverse("desk:registered", args=[Dossier.objects.get().pk])).content.decode()
    assert "Không lập giấy tiếp nhận" in done
    assert re.search(r'autofocus href="/noi-bo/tiep-nhan/" data-mc-key="ctrl\+enter"', done)


def test_sheet_sent_again_makes_nothing_twice(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    first, again = chi.post(PEOPLE, sheet(world)), chi.post(PEOPLE, sheet(world))
    assert first.headers["Location"] == again.headers["Location"]
    assert (Dossier.objects.count(), Bundle.objects.count()) == (3, 1)


def test_line_that_repeats_another_or_an_open_dossier_is_asked_about(
    world: World, at_desk: At, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    chi = at_desk("chi")
    chi.post(PEOPLE, sheet(world, 1))
    again = sheet(world, 3, bundle_key="c" * 32)
    again |= {f"key_{index}": f"{index + 5}" * 32 for index in range(3)}
    again |= {"personal_id_2": again["personal_id_1"], "name_2": again["name_1"]}
    looked = chi.post(PEOPLE, again | {"action": "look"})
    lines = looked.context["sheet"].lines
    assert [len(line.warned.twins) if line.warned else None for line in lines[:3]] == [1, None, 0]
    assert lines[2].warned.text == "Cùng người, cùng thủ tục với dòng 2 của tờ này."
    refused = chi.post(PEOPLE, again)
    left = refused.context["sheet"].lines
    assert [(line.typed["name"], len(line.warned.twins)) for line in left] == [(NAMES[0], 1), (NAMES[1], 1)]
    assert Dossier.objects.count() == 2  # the line that repeats nothing was taken in
    ticked = {"twice_0": lines[0].warned.mark, "twice_2": lines[2].warned.mark}
    assert chi.post(PEOPLE, again | ticked).status_code == 302
    assert Dossier.objects.count() == 4
    desks = [world.units[UnitKind.DESK].pk]
    wanted = [(f"06609000010{index}", world.version.procedure.code) for index in range(3)]
    with django_assert_num_queries(1):
        assert len(queries.open_twins(wanted, desks)) == 2


def test_line_with_an_error_stays_and_the_others_are_taken_in(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    typed = sheet(world, personal_id_1="123")
    answer = chi.post(PEOPLE, typed)
    assert answer.status_code == 422
    assert [name for name, _status in taken()] == ["Lê Thị Bình", "Phạm Thị Dung"]
    (line,) = [line for line in answer.context["sheet"].lines if not line.is_empty]
    assert (line.typed["name"], line.typed["personal_id"], line.key) == ("Trần Văn Cường", "123", "1" * 32)
    assert [error.text for error in answer.context["page_errors"]] == [
        "Dòng 1: Số định danh cá nhân gồm đúng 12 chữ số."
    ]
    assert "Đã nhận 2 hồ sơ của lượt này" in answer.content.decode()
    put_right = {"lines": "1", "key_0": line.key, "personal_id_0": "066090000101", "all_papers_0": "on"}
    shared = {name: value for name, value in typed.items() if not name[-1].isdigit()}
    answer = chi.post(PEOPLE, shared | put_right | {"name_0": line.typed["name"]})
    assert answer.status_code == 302
    assert [name for name, _status in taken()] == ["Lê Thị Bình", "Phạm Thị Dung", "Trần Văn Cường"]


def test_line_without_its_papers_leaves_no_half_dossier(world: World, at_desk: At) -> None:
    typed = sheet(world)
    del typed["all_papers_2"]
    answer = at_desk("chi").post(PEOPLE, typed)
    assert answer.status_code == 422
    assert Dossier.objects.count() == 2
    (error,) = answer.context["page_errors"]
    assert error.text.startswith("Dòng 1: Còn thiếu")
    (line,) = [each for each in answer.context["sheet"].lines if each.errors]
    missing = [row.wanted.name for row in line.rows if row.error]
    assert missing
    assert not any(name in said for name in missing for said in (*line.errors, error.text))
    assert error.href == "#personal_id_0"


def test_papers_are_ticked_by_the_officer_only(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    new = chi.get(PEOPLE).context["sheet"].lines
    added = chi.post(PEOPLE, sheet(world, 1, action="more")).context["sheet"].lines
    assert not any(line.all_papers for line in new)
    assert [line.all_papers for line in added] == [True] + [False] * (len(added) - 1)
    assert len(added) > 1


def test_procedure_without_papers_asks_for_no_tick(world: World, at_desk: At) -> None:
    bare = a_sheet(code="7.000000", title="Xác nhận", components=())
    version = published(bare, world.agency, world.units[UnitKind.DIVISION])
    process_for(bare.code)
    typed = sheet(world, 1, version_id=str(version.pk))
    del typed["all_papers_0"]
    chi = at_desk("chi")
    page = chi.post(PEOPLE, typed | {"action": "look"}).content.decode()
    assert 'name="all_papers_0"' not in page
    assert ("Từng giấy tờ" in page, "Thông tin khác" in page) == (False, True)
    assert chi.post(PEOPLE, typed).status_code == 302
    assert taken() == [("Lê Thị Bình", "accepted")]


def test_list_of_required_papers_says_that_there_are_none(world: World, at_desk: At) -> None:
    paper = RequiredDocument("extra", "Giấy tờ ưu tiên", required=False)
    content = a_sheet(code="7.000001", title="Xác nhận", components=(paper,))
    version = published(content, world.agency, world.units[UnitKind.DIVISION])
    process_for(content.code)
    typed = sheet(world, 1, version_id=str(version.pk), action="look")
    text = at_desk("chi").post(PEOPLE, typed).content.decode()
    assert text.count("Không có giấy tờ bắt buộc") == 1


def test_papers_need_not_be_whole_where_it_is_only_registered(world: World, at_desk: At) -> None:
    typed = sheet(world, 1, action="register")
    del typed["all_papers_0"]
    assert at_desk("chi").post(PEOPLE, typed).status_code == 302
    assert taken() == [("Lê Thị Bình", "submitted")]


def test_error_in_what_they_share_is_said_once_and_takes_nothing_in(world: World, at_desk: At) -> None:
    answer = at_desk("chi").post(PEOPLE, sheet(world, submitter_paper=""))
    assert answer.status_code == 422
    assert [(error.text, error.href) for error in answer.context["page_errors"]] == [
        ("Hãy ghi giấy tờ chứng minh tư cách.", "#id_submitter_paper")
    ]
    assert 'id="id_submitter_paper-error"' in answer.content.decode()
    assert Dossier.objects.count() == 0
    assert [line.typed["name"] for line in answer.context["sheet"].lines] == list(NAMES)


def test_receipt_of_a_line_is_shown_before_it_is_taken_in_and_leaves_nothing(
    world: World, at_desk: At
) -> None:
    chi, typed = at_desk("chi"), sheet(world, 3, personal_id_2="123")
    page = chi.post(PEOPLE, sheet(world, 3, action="look")).content.decode()
    assert re.findall(r'name="preview" value="(\d)" formtarget="_blank"', page) == ["0", "1", "2"]
    shown = chi.post(PEOPLE, typed | {"preview": "1"})
    assert (shown.headers["Content-Type"], shown.content[:5]) == ("application/pdf", b"%PDF-")
    text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(shown.content)).pages)
    assert [name in text for name in NAMES] == [False, True, False]
    assert (Dossier.objects.count(), Bundle.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("line", "changes", "said"),
    [
        ("2", {"personal_id_2": "123"}, "Dòng 3: Số định danh cá nhân gồm đúng 12 chữ số."),
        ("0", {"all_papers_0": ""}, "Dòng 1: Còn thiếu"),
        ("0", {"submitter_paper": ""}, "Hãy ghi giấy tờ chứng minh tư cách."),
        ("3", {"lines": "4"}, "Dòng 4: Dòng này chưa điền nên chưa có phiếu để xem trước."),
    ],
)
def test_preview_of_a_line_that_cannot_be_taken_in_says_why(
    world: World, at_desk: At, line: str, changes: dict[str, str], said: str
) -> None:
    typed = sheet(world, 3, **changes) | {"preview": line}
    if "all_papers_0" in changes:
        del typed["all_papers_0"]
    answer = at_desk("chi").post(PEOPLE, typed)
    (error,) = answer.context["page_errors"]
    assert (answer.status_code, error.text.startswith(said)) == (422, True)
    assert [each.typed["name"] for each in answer.context["sheet"].lines[:3]] == list(NAMES)
    assert Dossier.objects.count() == 0


def test_line_changed_after_it_was_taken_in_is_refused(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    chi.post(PEOPLE, sheet(world, 2))
    answer = chi.post(PEOPLE, sheet(world, 2, name_1="Người Khác"))
    assert answer.status_code == 422
    assert [error.text for error in answer.context["page_errors"]] == [f"Dòng 1: {KeyTaken.message}"]
    assert Dossier.objects.count() == 2


def test_empty_sheet_says_so(world: World, at_desk: At) -> None:
    answer = at_desk("chi").post(PEOPLE, sheet(world, 0))
    assert [error.text for error in answer.context["page_errors"]] == ["Hãy điền ít nhất một dòng."]


def test_sheet_of_a_colleague_is_not_written_to(world: World) -> None:
    mine = services.Sheet("c" * 32, "Trưởng thôn")
    act = services.take_in(
        actor=world.actor("chi"), at=world.now, sheet=mine, filing=filing(world, "k1"), accept_at_once=False
    )
    bundle = Bundle.objects.get()
    Bundle.objects.filter(pk=bundle.pk).update(officer=world.people["dung"])
    with pytest.raises(KeyTaken):
        services.take_in(
            actor=world.actor("chi"),
            at=world.now,
            sheet=mine,
            filing=filing(world, "k2"),
            accept_at_once=False,
        )
    assert [str(pk) for pk in Dossier.objects.values_list("pk", flat=True)] == [act.dossier_id]


def filing(world: World, key: str) -> dict[str, Any]:
    return {
        "procedure_version_id": world.version.pk,
        "agency_id": world.agency.pk,
        "applicant": Applicant("Lê Thị Bình", "066090000101"),
        "documents": (DocumentRef("form", originals=1), DocumentRef("paper", originals=1)),
        "submission_key": key,
    }


def test_one_person_with_several_procedures(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    typed = {"action": "look", "lines": "2", "procedure_text_0": "001", "personal_id": "066090000001"}
    page = chi.post(PROCEDURES, typed)
    first, second = page.context["sheet"].lines
    assert first.typed["version_id"] == str(world.version.pk)
    assert page.context["form"]["name"].value() == "An"
    assert ReadRecord.objects.filter(what=f"account:{world.people['an'].pk}").count() == 1
    typed = {
        "action": "accept",
        "bundle_key": page.context["sheet"].key,
        "lines": "2",
        "personal_id": "066090000001",
        "name": "Nguyễn Văn An",
        "delivery": "counter",
    }
    for line in (first, second):
        typed |= {
            f"key_{line.index}": line.key,
            f"version_id_{line.index}": str(world.version.pk),
            f"all_papers_{line.index}": "on",
        }
    typed["twice_1"] = f"066090000001:{world.version.procedure.code}"  # the same twice: that is meant
    assert chi.post(PROCEDURES, typed).status_code == 302
    assert taken() == [("Nguyễn Văn An", "accepted")] * 2
    assert Bundle.objects.get().brought_by == "Nguyễn Văn An"


def test_procedure_without_papers_offers_none_one_by_one(world: World, at_desk: At) -> None:
    bare = a_sheet(code="7.000000", title="Xác nhận", components=())
    version = published(bare, world.agency, world.units[UnitKind.DIVISION])
    process_for(bare.code)
    asked = {"action": "look", "lines": "1", "procedure_text_0": "Xác nhận", "version_id_0": str(version.pk)}
    page = at_desk("chi").post(PROCEDURES, asked)
    assert page.context["sheet"].lines[0].typed["version_id"] == str(version.pk)
    assert "Không cần" in page.content.decode()
    assert "Từng giấy tờ" not in page.content.decode()


def test_cards_are_read_one_after_the_other_and_lines_are_added(world: World, at_desk: At) -> None:
    card = "066090000077||Lê Thị Bình|05031990|Nữ|Đắk Lắk|10052022"
    typed = {"action": "look", "lines": "1", "version_id": str(world.version.pk), "personal_id_0": card}
    page = at_desk("chi").post(PEOPLE, typed)
    first, *rest = page.context["sheet"].lines
    assert first.typed.pop("filled")
    assert first.typed | {"email": ""} == {
        "personal_id": "066090000077",
        "kind": "person",
        "name": "Lê Thị Bình",
        "nationality": "",
        "date_of_birth": "05/03/1990",
        "phone": "",
        "email": "",
        "address": "Đắk Lắk",
        "waybill": "",
    }
    assert len(rest) == 5
    assert page.context["focus"] == "personal_id_1"


def test_line_with_another_number_loses_what_was_filled_in(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    typed = {"action": "look", "lines": "1", "version_id": str(world.version.pk)}
    page = chi.post(PEOPLE, typed | {"personal_id_0": "066090000001"})
    line = page.context["sheet"].lines[0].typed
    assert line["name"] == "An"
    changed = {f"{name}_0": text for name, text in line.items()} | {"personal_id_0": "066190005699"}
    sent = sheet(world, 1) | changed
    assert "Số này khác số đã tra cứu" in chi.post(PEOPLE, sent).content.decode()
    assert not taken()
    after = chi.post(PEOPLE, typed | changed).context["sheet"].lines[0]
    assert after.typed["name"] == ""
    assert "Thông tin của số trước" in after.word


def test_pasted_list_fills_the_lines(world: World, at_desk: At) -> None:
    pasted = "1\t066090000101\tLê Thị Bình\t05/03/1990\t0905000002\tThôn 1\ntiêu đề\n066090000102; Trần Cường"
    typed = {"action": "paste", "lines": "1", "version_id": str(world.version.pk), "list": pasted}
    page = at_desk("chi").post(PEOPLE, typed)
    lines = [line.typed for line in page.context["sheet"].lines if not line.is_empty]
    assert [(line["personal_id"], line["name"], line["address"]) for line in lines] == [
        ("066090000101", "Lê Thị Bình", "Thôn 1"),
        ("066090000102", "Trần Cường", ""),
    ]
    assert "tiêu đề" in page.content.decode()


@given(st.text(max_size=300))
def test_whatever_is_pasted_becomes_entries_or_is_named(text: str) -> None:
    read = read_list(text)
    assert [line for line, _entry in read] == [line.strip() for line in text.splitlines() if line.strip()]
    assert all(entry["personal_id"].isdigit() for _line, entry in read if entry is not None)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (
            "066090000101, Lê Thị Bình, 05/03/1990, 0905000002, Thôn 1, xã Hòa Thắng",
            ("066090000101", "Lê Thị Bình", "05/03/1990", "0905000002", "Thôn 1, xã Hòa Thắng"),
        ),
        (
            '1,066090000101,Lê Thị Bình,05/03/1990,,"Thôn 1, xã Hòa Thắng"',
            ("066090000101", "Lê Thị Bình", "05/03/1990", "", "Thôn 1, xã Hòa Thắng"),
        ),
        (
            "066090000101, Lê Thị Bình, , , Thôn 1; tổ 2",
            ("066090000101", "Lê Thị Bình", "", "", "Thôn 1; tổ 2"),
        ),
        (
            "066090000101\tLê Thị Bình\t\t\tThôn 1, xã Hòa Thắng",
            ("066090000101", "Lê Thị Bình", "", "", "Thôn 1, xã Hòa Thắng"),
        ),
        ("Lê Thị Bình, 066090000101", None),  # the name before the number would be lost
        ("66090000101, Lê Thị Bình", None),  # eleven digits: the spreadsheet has eaten the nought
    ],
)
def test_list_with_commas_is_read_like_one_with_tabs(line: str, read: tuple[str, ...] | None) -> None:
    ((_line, entry),) = read_list(line)
    assert (entry and tuple(entry.values())) == read


def test_line_of_a_list_that_is_not_understood_stays_and_is_said(world: World, at_desk: At) -> None:
    pasted = "066090000101, Lê Thị Bình\nLê Văn Không Số, 05/03/1990\n066090000102, Trần Cường"
    typed = {"action": "paste", "lines": "1", "version_id": str(world.version.pk), "list": pasted}
    page = at_desk("chi").post(PEOPLE, typed)
    lines = [line.typed["name"] for line in page.context["sheet"].lines if not line.is_empty]
    assert (lines, page.context["sheet"].pasted) == (
        ["Lê Thị Bình", "Trần Cường"],
        "Lê Văn Không Số, 05/03/1990",
    )
    (error,) = page.context["page_errors"]
    assert error.text.startswith("Chưa điền được 1 dòng còn lại ở ô này: không thấy số định danh 12 chữ số")
    assert (error.href, page.context["focus"]) == ("#list", "list")
    assert "\nLê Văn Không Số, 05/03/1990</textarea>" in page.content.decode()


def test_pasted_list_is_not_lost_whatever_else_is_pressed(world: World, at_desk: At) -> None:
    chi, pasted = at_desk("chi"), "066090000105, Đỗ Thị Em"
    looked = chi.post(PEOPLE, sheet(world, 1, action="look", list=pasted))
    assert looked.context["sheet"].pasted == pasted
    kept = chi.post(PEOPLE, sheet(world, 1, list=pasted))
    assert taken() == [(NAMES[0], "accepted")]
    assert "Đã nhận 1 hồ sơ của lượt này" in kept.content.decode()
    assert (kept.context["sheet"].pasted, len(kept.context["sheet"].lines)) == (pasted, 5)
    (error,) = kept.context["page_errors"]
    assert error.text.startswith("Danh sách còn 1 dòng chưa được điền vào tờ.")


def test_people_for_whom_there_is_no_place_stay_in_the_list(world: World, at_desk: At) -> None:
    lines = [f"0660900002{number:02}, Người {number}" for number in range(services.MOST_AT_ONCE + 2)]
    typed = {"action": "paste", "lines": "1", "version_id": str(world.version.pk), "list": "\n".join(lines)}
    page = at_desk("chi").post(PEOPLE, typed)
    assert page.context["sheet"].pasted.splitlines() == lines[-2:]
    assert "2 người không còn chỗ trong tờ này" in page.content.decode()


def test_line_with_several_procedures_found_is_gone_on_with_first(world: World, at_desk: At) -> None:
    twin = a_sheet(code="1.000002", title=f"{world.version.title} lần hai")
    published(twin, world.agency, world.units[UnitKind.DIVISION])
    process_for(twin.code)
    asked = {"personal_id": "066090000001", "name": "Nguyễn Văn An", "action": "look", "lines": "3"}
    asked |= {"procedure_text_0": "001", "procedure_text_1": world.version.title}
    page = at_desk("chi").post(PROCEDURES, asked)
    assert [len(line.found) for line in page.context["sheet"].lines] == [0, 2, 0]
    assert page.context["focus"] == "choice_1"
    (focused,) = re.findall(r"<(\w+)[^>]*\bautofocus\b[^>]*>", page.content.decode())
    assert focused == "button"


def test_all_receipts_are_one_print_and_each_is_recorded(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    chi.post(PEOPLE, sheet(world))
    before = ReadRecord.objects.filter(why="Xem phiếu của hồ sơ").count()
    answer = chi.get(reverse("desk:bundle_receipts", args=[Bundle.objects.get().pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert [text.count(name) >= 1 for name in NAMES] == [True] * 3
    assert ReadRecord.objects.filter(why="Xem phiếu của hồ sơ").count() - before == 3


def test_dossier_leads_to_those_that_came_with_it(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    chi.post(PEOPLE, sheet(world, 2))
    bundle, dossier = Bundle.objects.get(), Dossier.objects.first()
    assert dossier is not None
    way = reverse("desk:bundle", args=[bundle.pk])
    assert way in chi.get(reverse("desk:dossier", args=[dossier.pk])).content.decode()
    assert way not in chi.get(reverse("desk:dossier", args=[world.register().dossier_id])).content.decode()


@pytest.mark.parametrize(("who", "status"), [("giang", 403), ("dung", 403), ("an", 403)])
def test_visit_is_the_business_of_its_desk(world: World, at_desk: At, who: str, status: int) -> None:
    at_desk("chi").post(PEOPLE, sheet(world))
    bundle, other = Bundle.objects.get(), at_desk(who)
    for name in ("bundle", "bundle_receipts"):
        assert other.get(reverse(f"desk:{name}", args=[bundle.pk])).status_code == status
    for address in (PEOPLE, reverse("desk:bundles")):
        assert other.get(address).status_code == status


def test_visits_are_listed_newest_first_without_a_query_per_line(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    chi = at_desk("chi")
    for number in range(3):
        typed = sheet(
            world, 1, bundle_key=f"{number}" * 32, key_0=f"{number}" * 32, submitter_name=f"Ông {number}"
        )
        typed["personal_id_0"] = f"06609000020{number}"
        chi.post(PEOPLE, typed)
    with django_assert_max_num_queries(9):
        page = chi.get(reverse("desk:bundles"))
    assert [(card.brought_by, card.dossiers) for card in page.context["cards"]] == [
        ("Ông 2", 1),
        ("Ông 1", 1),
        ("Ông 0", 1),
    ]
    rest = chi.get(reverse("desk:bundles"), {"sau": "rác"})
    assert len(rest.context["cards"]) == 3


@pytest.mark.parametrize("count", [5, 20])
def test_people_are_looked_up_together(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    """Persons, cards and organisations: however many lines, the same few queries, and each kept as read."""
    made = acting.organisation(world.people["an"], world.now)
    numbers = [f"0660900{number:05d}" for number in range(200, 200 + count - 3)]
    for number in numbers:
        citizen(f"Người {number}", personal_id=number, email=f"{number}@example.vn")
    typed = sheet(world, 0) | {"action": "look", "lines": str(count), "bundle_key": "b" * 32}
    asked = ["066090000002||Binh|05031990|Nam|12 Lê Duẩn|10052022", "6001234567", "6009999999", *numbers]
    typed |= {f"personal_id_{index}": each for index, each in enumerate(asked)}
    chi = at_desk("chi")
    chi.get(PEOPLE)  # what is kept in memory is read once
    with django_assert_max_num_queries(15):
        page = chi.post(PEOPLE, typed | {"kind_1": "business", "kind_2": "business"})
    lines = page.context["sheet"].lines
    names = [line.typed["name"] for line in lines[:count]]
    assert names[:3] == ["Binh", Organisation.objects.get(pk=made).name, ""]
    assert names[3:] == [f"Người {number}" for number in numbers]
    assert "Chưa có tổ chức nào" in lines[2].word
    read = ReadRecord.objects.filter(what__startswith="account:").values_list("what", flat=True)
    shown = Account.objects.filter(
        Q(personal_id__in=numbers) | Q(pk__in=[world.people["an"].pk, world.people["binh"].pk])
    )
    assert sorted(read) == sorted(f"account:{each.pk}" for each in shown)


def findable(world: World, count: int) -> list[ProcedureVersion]:
    """So many more procedures of the agency, found by a word of their own as publishing makes them."""
    found = []
    for number in range(count):
        content = a_sheet(code=f"7.{number:06d}", title=f"Cấp giấy {WORDS[number]}")
        version = published(content, world.agency, world.units[UnitKind.DIVISION])
        words = fold(version.title)
        ProcedureVersion.objects.filter(pk=version.pk).update(
            search_text=words, search_vector=SearchVector(Value(words), config="simple")
        )
        found.append(version)
    return found


@pytest.mark.parametrize("count", [5, 20])
def test_procedures_are_looked_up_together(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    """By words, by the end of the code, in vain: each line finds its own, by the same few queries."""
    made = findable(world, count)
    asked = [WORDS[number] if number % 2 else f"{number:06d}" for number in range(count)]
    asked[-1] = "xyzzy"
    typed = {f"procedure_text_{index}": text for index, text in enumerate(asked)}
    chi = at_desk("chi")
    chi.get(PROCEDURES)
    with django_assert_max_num_queries(15):
        page = chi.post(PROCEDURES, typed | {"action": "look", "lines": str(count)})
    lines = page.context["sheet"].lines[:count]
    found = [line.typed["version_id"] for line in lines]
    assert found == [*(str(version.pk) for version in made[:-1]), ""]
    assert "Không tìm thấy" in lines[-1].word


@pytest.mark.parametrize("count", [5, 20])
def test_hits_of_the_one_intake_are_judged_together(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    """Words that many procedures answer, of which this desk settles the first and the last."""
    made, chi = findable(world, count), at_desk("chi")
    kept = [made[0], made[-1]]
    Competence.objects.exclude(procedure__versions__in=kept).delete()
    chi.get("/noi-bo/tiep-nhan/")
    with django_assert_max_num_queries(12):  # of them two lay the answer down and find it at its address
        page = chi.post("/noi-bo/tiep-nhan/", {"action": "search", "procedure_text": "cấp giấy"})
    assert [card.version_id for card in page.context["found"].procedures] == [each.pk for each in kept]


def test_unknown_kind_of_sheet_is_not_found(world: World, at_desk: At) -> None:
    assert at_desk("chi").get("/noi-bo/tiep-nhan/nhieu-meo/").status_code == 404


# --- files, post, kinds of applicants -------------------------------------------------------------------


def opened(world: World, at_desk: At, **changes: Any) -> dict[str, Any]:
    """A sheet of two whose second line shows its papers one by one, ticked."""
    page = at_desk("chi").post(PEOPLE, sheet(world, 2) | {"action": "look", "open": "1"} | changes)
    line = page.context["sheet"].lines[1]
    assert [row.is_brought for row in line.rows] == [True, True, False]
    typed = sheet(world, 2, open_1="1", **changes)
    del typed["all_papers_1"]
    for row in line.rows:
        typed |= {
            f"paper_key_{row.slot}": row.wanted.key,
            f"originals_{row.slot}": row.originals,
            f"copies_{row.slot}": row.copies,
        } | ({row.field: "on"} if row.is_brought else {})
    return typed


def test_line_takes_the_papers_that_lie_there_with_their_files(world: World, at_desk: At) -> None:
    typed = opened(world, at_desk)
    scan = SimpleUploadedFile("ban-quet.pdf", samples.pdf(), "application/pdf")
    answer = at_desk("chi").post(
        PEOPLE, typed | {"originals_1_1": "0", "copies_1_1": "2", "paper_file_1_1": scan}
    )
    assert answer.status_code == 302
    papers = {
        name: {paper.key: paper for paper in world.state(str(pk)).contents.documents}
        for pk, name in Dossier.objects.values_list("pk", "applicant_name")
    }
    other, mine = papers[NAMES[0]]["paper"], papers[NAMES[1]]["paper"]
    assert (other.file_id, other.originals, other.copies) == (None, 1, 0)
    assert (mine.originals, mine.copies) == (0, 2)
    assert mine.file_id is not None


def test_file_of_a_line_that_was_refused_need_not_be_chosen_again(world: World, at_desk: At) -> None:
    typed = opened(world, at_desk, personal_id_1="123")
    scan = SimpleUploadedFile("ban-quet.pdf", samples.pdf(), "application/pdf")
    chi = at_desk("chi")
    page = chi.post(PEOPLE, typed | {"paper_file_1_0": scan})
    (line,) = [line for line in page.context["sheet"].lines if not line.is_empty]
    assert [row.slot for row in line.rows] == ["0_0", "0_1", "0_2"]
    kept = line.rows[0]
    assert "ban-quet.pdf" in page.content.decode()
    put_right = {
        "lines": "1", "key_0": line.key, "personal_id_0": "066090000101", "name_0": NAMES[1], "open_0": "1",
        "paper_kept_0_0": kept.kept,
    }  # fmt: skip
    for row in line.rows[:2]:
        put_right |= {f"paper_key_{row.slot}": row.wanted.key, f"originals_{row.slot}": "1"}
        put_right |= {f"copies_{row.slot}": "0", row.field: "on"}
    shared = {name: value for name, value in sheet(world, 0).items() if not name[-1].isdigit()}
    assert chi.post(PEOPLE, shared | put_right).status_code == 302
    documents = world.state(str(Dossier.objects.get(applicant_name=NAMES[1]).pk)).contents.documents
    assert {paper.key: paper.file_id for paper in documents} == {"form": kept.files[0].id, "paper": None}


def test_photographs_of_a_line_are_ordered_before_they_are_joined(world: World, at_desk: At) -> None:
    typed, chi = opened(world, at_desk), at_desk("chi")
    shots = [
        SimpleUploadedFile("1.jpg", samples.picture("JPEG", size), "image/jpeg")
        for size in ((40, 30), (30, 40))
    ]
    del typed["action"]
    laid = chi.post(PEOPLE, typed | {"add": "1_1", "paper_file_1_1": shots}).context["sheet"].lines[1]
    typed["paper_kept_1_1"] = laid.rows[1].kept
    last = laid.rows[1].pages.pages[1].key
    moved = chi.post(PEOPLE, typed | {"up": last}).context["sheet"].lines[1]
    assert [line.page.key == last for line in moved.rows[1].page_lines()] == [True, False]
    done = chi.post(PEOPLE, typed | {"action": "accept", "paper_kept_1_1": moved.rows[1].kept})
    assert done.status_code == 302
    papers = world.state(str(Dossier.objects.get(applicant_name=NAMES[1]).pk)).contents.documents
    (file_id,) = [paper.file_id for paper in papers if paper.file_id]
    assert stored.card(file_id).name.endswith(".pdf")


def test_line_without_its_papers_is_opened_to_tick_them(world: World, at_desk: At) -> None:
    typed = sheet(world, 1)
    del typed["all_papers_0"]
    answer = at_desk("chi").post(PEOPLE, typed)
    (line, *_rest) = answer.context["sheet"].lines
    assert [bool(row.error) for row in line.rows] == [True, True, False]
    assert 'name="all_papers_0"' in answer.content.decode()  # one tick still does for all of them
    shown = {"open_0": "1", "paper_key_0_0": "form", "originals_0_0": "1", "copies_0_0": "0"}
    shown |= {"paper_key_0_1": "paper", "originals_0_1": "1", "copies_0_1": "0", "all_papers_0": "on"}
    assert at_desk("chi").post(PEOPLE, typed | shown).status_code == 302


def test_line_of_a_procedure_whose_papers_were_never_entered_names_them(world: World, at_desk: At) -> None:
    unknown = a_sheet(code="2.001661", components=(), provenance={"components": "not_found"})
    version = published(unknown, world.agency, world.units[UnitKind.DIVISION])
    process_for(unknown.code)
    typed = sheet(world, 1, version_id=str(version.pk))
    chi = at_desk("chi")
    refused = chi.post(PEOPLE, typed)
    assert refused.status_code == 422
    assert "Dòng 1: Hãy đánh dấu “Giấy tờ khác”" in refused.context["page_errors"][0].text
    page = refused.content.decode()
    assert ('name="no_papers_0"' in page, 'name="all_papers_0"' in page) == (True, False)
    assert chi.post(PEOPLE, typed | {"open_0": "1", "no_papers_0": "on"}).status_code == 302
    assert taken() == [("Lê Thị Bình", "accepted")]


@pytest.mark.clause("PT24-8.2")
def test_visit_of_the_postman_keeps_the_number_of_each_envelope(world: World, at_desk: At) -> None:
    way = {"channel": "postal", "postal_number": "EE0", "waybill_1": "EE1"}
    nobody = {"submitter_name": "", "submitter_capacity": "", "submitter_paper": ""}
    assert at_desk("chi").post(PEOPLE, sheet(world, 2, **way, **nobody)).status_code == 302
    rows = Dossier.objects.order_by("applicant_name").values_list("pk", "channel", "applicant_name")
    notes = {name: queries.events_of(str(pk))[0][0].note for pk, _channel, name in rows}  # type: ignore[attr-defined]
    assert {channel for _pk, channel, _name in rows} == {"postal"}
    assert notes == {NAMES[0]: "EE0", NAMES[1]: "EE1"}


def test_envelope_without_a_number_stays_on_the_sheet(world: World, at_desk: At) -> None:
    answer = at_desk("chi").post(PEOPLE, sheet(world, 2, channel="postal", waybill_1="EE1"))
    assert [error.text for error in answer.context["page_errors"]] == [
        "Dòng 1: Hãy ghi số vận đơn bưu chính."
    ]
    assert [name for name, _status in taken()] == [NAMES[1]]


def test_lines_may_be_of_people_without_a_number(world: World, at_desk: At) -> None:
    foreign = {"kind_0": "foreigner", "personal_id_0": "M1234567", "nationality_0": "Anh"}
    child = {"kind_1": "unnumbered", "personal_id_1": "", "date_of_birth_1": "1/3/2024"}
    assert at_desk("chi").post(PEOPLE, sheet(world, 2, **foreign, **child)).status_code == 302
    people = [world.state(str(pk)).contents.applicant for pk in Dossier.objects.values_list("pk", flat=True)]
    assert {(each.name, each.passport) for each in people} == {(NAMES[0], "M1234567"), (NAMES[1], "")}


def test_organisation_brings_several_procedures_and_is_linked(world: World, at_desk: At) -> None:
    made = acting.organisation(world.people["an"], world.now)
    checked(world)
    typed = {
        "kind": "business", "personal_id": "6001234567", "name": "Công ty TNHH Hạt Cà Phê",
        "submitter_number": "066090000001", "submitter_name": "An", "delivery": "counter", "lines": "2",
    }  # fmt: skip
    for index in range(2):
        typed |= {f"key_{index}": f"{index}" * 32, f"version_id_{index}": str(world.version.pk)}
        typed |= {f"all_papers_{index}": "on"}
    chi = at_desk("chi")
    looked = chi.post(PROCEDURES, typed | {"action": "look"})
    assert "Hồ sơ sẽ gắn với Công ty TNHH Hạt Cà Phê" in looked.context["sheet"].bringer_word
    assert chi.post(PROCEDURES, typed | {"action": "accept", "bundle_key": "d" * 32}).status_code == 302
    assert list(Dossier.objects.values_list("organisation", flat=True)) == [made, made]
    assert Bundle.objects.get().brought_by == "An"


def test_child_without_who_brings_it_stays_and_the_others_are_taken_in(world: World, at_desk: At) -> None:
    nobody = {"submitter_name": "", "submitter_capacity": "", "submitter_paper": ""}
    child = {"kind_1": "unnumbered", "personal_id_1": "", "date_of_birth_1": "1/3/2024"}
    answer = at_desk("chi").post(PEOPLE, sheet(world, 2, **nobody, **child))
    assert [name for name, _status in taken()] == [NAMES[0]]
    (error,) = answer.context["page_errors"]
    assert error.text == "Dòng 1: Chủ hồ sơ chưa đủ 6 tuổi: hãy ghi người đại diện nộp hồ sơ."


CARD = "066090000088||Nguyễn Văn An|15031990|Nam|12 Lê Duẩn|10052022"


def test_card_scanned_into_the_search_of_a_line_is_the_person_of_all_lines(world: World, at_desk: At) -> None:
    typed = {"action": "look", "lines": "2", "procedure_text_0": CARD, "procedure_text_1": "chứng thực"}
    found = at_desk("chi").post(PROCEDURES, typed).context["sheet"]
    assert (found.shared["name"], found.shared["personal_id"]) == ("Nguyễn Văn An", "066090000088")
    assert [line.typed["procedure_text"] for line in found.lines[:2]] == ["", "chứng thực"]
    assert found.lines[0].word == ""


def test_card_scanned_into_the_search_of_many_people_goes_to_the_next_line(world: World, at_desk: At) -> None:
    typed = {
        "action": "look", "lines": "2", "procedure_text": CARD,
        "personal_id_0": "066090000077", "name_0": "Lê Thị Bình",
    }  # fmt: skip
    answer = at_desk("chi").post(PEOPLE, typed)
    found = answer.context["sheet"]
    assert [line.typed["name"] for line in found.lines[:2]] == ["Lê Thị Bình", "Nguyễn Văn An"]
    assert (found.asked, found.shared.get("procedure_text", "")) == ("", "")
    assert "Không tìm thấy thủ tục" not in answer.content.decode()


def test_visit_of_many_people_names_nobody_who_was_not_named(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    nobody = {"submitter_name": "", "submitter_capacity": "", "submitter_paper": ""}
    location = chi.post(PEOPLE, sheet(world, 2, **nobody)).headers["Location"]
    assert Bundle.objects.get().brought_by == ""
    assert "Lượt nộp của nhiều người" in chi.get(location).content.decode()
    assert "Không ghi người mang hồ sơ đến" in chi.get(reverse("desk:bundles")).content.decode()
