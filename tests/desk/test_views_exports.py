"""A list as a spreadsheet: what is in it, who gets it, and that nothing in it is a formula."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from time import monotonic
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from openpyxl.worksheet._writer import ALL_TEMP_FILES
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings
from tests.desk.conftest import At
from tests.dossiers.world import World, make_world, moment
from tests.resilience.scenery import ask, upload

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.audit import queries as audit
from motcua.desk import clock
from motcua.documents import services as documents
from motcua.documents.models import Blob, StoredFile
from motcua.dossiers import labels, services
from motcua.dossiers.enums import Box, ExportState, PauseGround, Status
from motcua.dossiers.models import Dossier, DossierTask, KeptList, ListExport
from motcua.dossiers.queries import WorkItem
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.state import Applicant
from motcua.dossiers.services import exports
from motcua.worktime.rules import local

pytestmark = pytest.mark.django_db
ASK = "/noi-bo/viec-cua-don-vi/xuat/"


TERM = (
    "Hạn của bước",
    "Hẹn trả",
    "Hẹn trả trước khi tạm dừng",
    "Nay hẹn lại",
    "Về ngày hẹn trả",
    "Thời hạn của hồ sơ",
    "Hồ sơ trễ hạn (giờ làm việc)",
    "Thời hạn của bước",
    "Bước trễ hạn (giờ làm việc)",
)


def asked(client: Client, query: str = "loc=1&cot=status&cot=filed") -> str:
    return client.post(ASK, {"query": query}).headers["Location"]


def written(client: Client, address: str, world: World) -> list[tuple[object, ...]]:
    services.write_export(export_id=int(address.rstrip("/").rpartition("/")[2]), at=world.now)
    answer = client.get(f"{address}tep/")
    content = b"".join(answer.streaming_content)
    return list(load_workbook(io.BytesIO(content)).active.values)


def test_spreadsheet_has_the_chosen_columns_and_every_line(world: World, at_desk: At) -> None:
    act = world.accept(world.register())
    world.register()
    chi = at_desk("chi")
    head, *lines = written(chi, asked(chi), world)
    assert head == ("Mã hồ sơ", "Chủ hồ sơ", "Trạng thái", "Nộp lúc")
    assert (len(lines), lines[0][:3]) == (2, (act.code, "Nguyễn Văn An", "Đã tiếp nhận"))


def test_moments_can_be_sorted_and_lateness_stands_beside_the_term(world: World, at_desk: At) -> None:
    act = world.accept(world.register())
    due = world.state(act).due_at
    assert due is not None
    world.now = due.replace(hour=10) + timedelta(days=7)  # a week of opening days later
    chi = at_desk("chi")
    address = asked(chi, "loc=1&cot=term&cot=filed")
    written_at = world.now
    services.write_export(export_id=int(address.rstrip("/").rpartition("/")[2]), at=written_at)
    content = b"".join(chi.get(f"{address}tep/").streaming_content)
    sheet = load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet[1]] == ["Mã hồ sơ", "Chủ hồ sơ", *TERM, "Nộp lúc"]
    step, promised, late, hours, step_late, step_hours, filed = (sheet[f"{column}2"] for column in "CDHIJKL")
    assert promised.value == due.replace(tzinfo=None, second=0, microsecond=0)
    assert step.is_date
    assert step.value < promised.value
    assert (filed.is_date, filed.number_format) == (True, "hh:mm dd/mm/yyyy")
    assert filed.value == world.state(act).filed_at.replace(tzinfo=None)
    calendar = agencies.calendar_of(world.agency.pk, world.now.date())
    for words, number, term in ((late, hours, promised), (step_late, step_hours, step)):
        assert re.fullmatch(r"trễ [4-9] ngày( [1-7] giờ)? làm việc", words.value)
        missed = calendar.open_minutes(local(term.value.replace(tzinfo=due.tzinfo)), written_at)
        assert (number.data_type, number.value) == ("n", round(missed / 60, 2))


@pytest.mark.parametrize(
    ("dossier_days", "step_days", "mark"),
    [(-3, 2, "hồ sơ"), (9, -2, "bước"), (-2, -5, "hồ sơ"), (-5, -2, "hồ sơ")],
)
def test_lateness_in_the_file_is_that_of_the_mark_on_the_list(
    dossier_days: int, step_days: int, mark: str, world: World, at_desk: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    act, now = world.accept(world.register()), world.now
    Dossier.objects.update(due_at=now + timedelta(days=dossier_days))
    DossierTask.objects.update(due_at=now + timedelta(days=step_days))
    chi = at_desk("chi")
    monkeypatch.setattr(clock, "now", lambda: now)
    world.now = now
    (shown,) = chi.get("/noi-bo/viec-cua-don-vi/").context["lines"]
    head, row = written(chi, asked(chi, "loc=1&cot=term"), world)
    said = dict(zip(head, row, strict=True))
    assert said["Mã hồ sơ"] == act.code
    assert (
        shown.pill.text == f"{mark} {said['Thời hạn của hồ sơ' if mark == 'hồ sơ' else 'Thời hạn của bước']}"
    )
    for what, days in (("hồ sơ", dossier_days), ("bước", step_days)):
        late = said[f"Thời hạn của {what}"], said[f"{what.capitalize()} trễ hạn (giờ làm việc)"]
        assert bool(late[0]) == bool(late[1]) == (days < 0)


def test_pause_and_a_term_that_has_ended_are_said_of_the_dossier(world: World, at_desk: At) -> None:
    waiting = WorkItem(
        "", "", "", "", Status.AWAITING_SUPPLEMENT, "step", "", "process", *[world.now] * 3, True, True, True
    )
    stopped_late = replace(waiting, is_term_halted=False)
    done = replace(waiting, status=Status.READY, is_paused=False, finished_at=world.later(days=-2))
    in_time = replace(done, finished_at=world.now - timedelta(minutes=1), due_at=world.later(days=-1))
    stopped = replace(
        done,
        status=Status.STOPPED,
        finished_at=None,
        broken_off_at=world.now,
        dossier_due_at=world.now - timedelta(days=60),
    )
    calendar = agencies.calendar_of(world.agency.pk, world.now.date())
    said = [
        (exports._dossier_stands(each, calendar, at)[0], exports._step_stands(each, calendar, at)[0])
        for at in (world.now + timedelta(days=30),)
        for each in (
            waiting,
            replace(done, dossier_due_at=world.now - timedelta(days=60)),
            in_time,
            stopped_late,
            stopped,
        )
    ]
    assert said[0] == ("tạm dừng", "tạm dừng")
    assert said[1][0].startswith("xong, trễ ")
    assert (said[1][1], said[2]) == ("", ("xong đúng hạn", ""))
    assert said[3][0].startswith("trễ ")
    assert said[4][0].startswith("kết thúc, trễ ")
    assert said[3][1] == "tạm dừng"


def test_result_that_goes_out_is_late_as_a_step_while_its_dossier_is_in_time(world: World) -> None:
    due, at = world.now, world.now + timedelta(days=14)
    line = WorkItem("", "", "", "", Status.READY, "step", "", "return", due, due, due, False)
    done = replace(line, finished_at=due - timedelta(minutes=5), way_back="postal")
    calendar = agencies.calendar_of(world.agency.pk, due.date())
    said = exports._dossier_stands(done, calendar, at)[0], exports._step_stands(done, calendar, at)[0]
    assert (said[0], said[1][:4]) == ("", "trễ ")
    own_term = replace(done, way_back="counter")  # it waits for the applicant, whatever time the step has
    assert exports._step_stands(own_term, calendar, at) == ("", None)


def test_line_without_a_step_has_no_term_of_a_step(world: World, at_desk: At) -> None:
    act = world.until("return_result")
    chi = at_desk("chi")
    address = chi.post("/noi-bo/da-xong/xuat/", {"query": "loc=1&cot=term"}).headers["Location"]
    head, line = written(chi, address, world)
    assert (line[head.index("Hạn của bước")], line[0]) == (None, world.state(act).code)
    assert line[head.index("Hẹn trả")] is not None


def test_head_of_the_spreadsheet_stays_in_sight_and_filters_every_line(world: World, at_desk: At) -> None:
    world.register()
    world.register()
    chi = at_desk("chi")
    address = asked(chi, "loc=1&cot=term&cot=filed")
    services.write_export(export_id=int(address.rstrip("/").rpartition("/")[2]), at=world.now)
    sheet = load_workbook(io.BytesIO(b"".join(chi.get(f"{address}tep/").streaming_content))).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:L3")
    assert (sheet["I2"].value, sheet["K2"].value) == (
        None,
        None,
    )  # not late: no number, or a sum would count it


def test_what_is_proposed_stands_beside_the_step(world: World, at_desk: At) -> None:
    world.until("propose")
    hanh = at_desk("hanh")
    address = hanh.post("/noi-bo/phe-duyet/xuat/", {"query": "loc=1&cot=work"}).headers["Location"]
    head, line = written(hanh, address, world)
    assert head[2:] == ("Việc cần làm", "Trạng thái", "Trả lại", "Đề xuất", "Quyết định", "Người đang giữ")
    assert line[5:7] == ("Đồng ý giải quyết", None)


def test_what_was_decided_stands_beside_what_was_proposed(world: World, at_desk: At) -> None:
    world.refuse(world.until("propose"))
    dung = at_desk("dung")
    address = dung.post("/noi-bo/cho-nguoi-khac/xuat/", {"query": "loc=1&cot=work"}).headers["Location"]
    head, line = written(dung, address, world)
    said = dict(zip(head, line, strict=True))
    assert (said["Đề xuất"], said["Quyết định"]) == ("Đồng ý giải quyết", "Đã từ chối giải quyết")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "vừa quá hạn"),
        (59, "trễ 59 phút làm việc"),
        (60, "trễ 1 giờ làm việc"),
        (900, "trễ 1 ngày 7 giờ làm việc"),
        (960, "trễ 2 ngày làm việc"),
    ],
)
def test_lateness_is_said_as_the_screen_says_it(minutes: int, said: str) -> None:
    assert labels.lateness(minutes, 480) == said


def read(client: Client, box: str, world: World, columns: str) -> dict[object, object]:
    """The one line of a list in its file, by the headings; nothing for what is empty."""
    address = client.post(f"/noi-bo/{box}/xuat/", {"query": columns}).headers["Location"]
    head, line = written(client, address, world)
    return {name: value for name, value in zip(head, line, strict=True) if value is not None}


def test_file_of_who_is_waited_for_says_of_the_pause_what_the_screen_says(
    world: World, at_desk: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = world.until("assign")
    due = world.state(act).due_at
    assert due is not None
    asked = {"ground": PauseGround.FINANCIAL_OBLIGATION, "reason": "Nộp thuế"}
    act = services.pause(**world._on(act, "dung"), **asked)
    since = world.state(act).pauses[-1].start
    world.now = due + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: world.now)
    chi = at_desk("chi")
    (shown,) = chi.get("/noi-bo/cho-bo-sung/").context["lines"]
    said = read(chi, "cho-bo-sung", world, "loc=1&cot=status&cot=term")
    assert shown.promised == f"Hẹn trả trước khi tạm dừng: {due:%H:%M %d/%m/%Y} – {said['Về ngày hẹn trả']}"
    assert said["Hẹn trả trước khi tạm dừng"] == due.replace(tzinfo=None, second=0, microsecond=0)
    assert said["Chờ từ"] == since.replace(tzinfo=None)
    assert said["Thời hạn của hồ sơ"] == shown.pill.text == "tạm dừng"
    assert {"Hẹn trả", "Hồ sơ trễ hạn (giờ làm việc)"}.isdisjoint(said)


def test_file_of_what_others_have_names_holder_and_both_dates(world: World, at_desk: At) -> None:
    act = world.until("assign")
    first = world.state(act).due_at
    assert first is not None
    world.now = moment("2024-03-08 10:00")  # a day late
    services.extend(**world._on(act, "hanh") | {"new_day": date(2024, 3, 12), "reason": "Chờ xác minh"})
    for who, box in (("chi", "cho-nguoi-khac"), ("hanh", "can-don-doc")):
        client = at_desk(who)
        (shown,) = client.get(f"/noi-bo/{box}/").context["lines"]
        said = read(client, box, world, "loc=1&cot=work&cot=term")
        assert said["Người đang giữ"] == shown.item.officer_name == "Dung"
        assert said["Hẹn trả"] == first.replace(tzinfo=None, second=0, microsecond=0)
        assert f"nay hẹn lại {said['Nay hẹn lại']:%H:%M %d/%m/%Y}" in shown.promised
        assert said["Nay hẹn lại"] == datetime(2024, 3, 12, 17, 30)  # noqa: DTZ001 (a cell has no zone)
        assert said["Thời hạn của hồ sơ"].startswith("trễ ")
        assert said.get("Đơn vị", "") == (shown.item.unit_name if box == "can-don-doc" else "")


def test_file_of_what_presses_says_what_nobody_can_do(world: World, at_desk: At) -> None:
    world.hand_over(world.accept(world.register()))
    Position.objects.filter(account=world.people["lan"]).delete()
    hanh = at_desk("hanh")
    (shown,) = hanh.get("/noi-bo/can-don-doc/").context["lines"]
    said = read(hanh, "can-don-doc", world, "loc=1&cot=work&cot=term")
    assert said["Vướng mắc"] == shown.stuck == "Chưa có ai làm được bước này"


def test_file_of_results_says_how_they_stand_and_that_they_were_in_time(world: World, at_desk: At) -> None:
    act = world.until("issue")
    chi = at_desk("chi")
    assert read(chi, "tra-ket-qua", world, "loc=1&cot=work")["Trạng thái"] == "Đã có kết quả"
    world.announce(act)
    (shown,) = chi.get("/noi-bo/tra-ket-qua/").context["lines"]
    said = read(chi, "tra-ket-qua", world, "loc=1&cot=work&cot=term&cot=status")
    assert said["Trạng thái"] == shown.status == "Chờ nhận kết quả"
    assert said["Thời hạn của hồ sơ"] == shown.ended.text == "xong đúng hạn"


def test_file_of_work_that_came_back_says_so(world: World, at_desk: At) -> None:
    world.send_back(world.until("propose"))
    dung = at_desk("dung")
    (shown,) = dung.get("/noi-bo/viec-cua-toi/").context["lines"]
    said = read(dung, "viec-cua-toi", world, "loc=1&cot=work")
    assert said["Trả lại"] == shown.again == "được trả lại"


def test_file_of_questions_names_who_asks(world: World, at_desk: At) -> None:
    ask(world, world.until("assign"))
    dung = at_desk("dung")
    (shown,) = dung.get("/noi-bo/cho-y-kien/").context["lines"]
    said = read(dung, "cho-y-kien", world, "loc=1&cot=work")
    assert (said["Người hỏi"], said["Hỏi"]) == (shown.item.asked_by, shown.item.unit_name)


def test_list_without_tasks_names_its_column_as_the_screen_does(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    address = chi.post("/noi-bo/cho-bo-sung/xuat/", {"query": "loc=1&cot=work"}).headers["Location"]
    assert written(chi, address, world)[0] == ("Mã hồ sơ", "Chủ hồ sơ", "Trạng thái", "Chờ từ")
    address = chi.post("/noi-bo/da-xong/xuat/", {"query": "loc=1&cot=work"}).headers["Location"]
    assert written(chi, address, world)[0] == ("Mã hồ sơ", "Chủ hồ sơ", "Trạng thái")


def test_kept_list_is_exported_under_its_own_name(world: World, at_desk: At) -> None:
    world.register()
    chi = at_desk("chi")
    query = "loc=1&trang_thai=submitted"
    chi.post("/noi-bo/viec-cua-don-vi/giu-bo-loc/", {"name": "Chờ nhận", "query": query})
    kept = KeptList.objects.get(name="Chờ nhận")
    address = asked(chi, f"luu={kept.pk}")
    assert "<strong>Chờ nhận</strong>" in chi.get(address).content.decode()
    assert len(written(chi, address, world)) == 2
    assert ListExport.objects.get().file.name == "Chờ nhận.xlsx"


def test_list_asked_for_before_lists_had_names_is_still_written(world: World, at_desk: At) -> None:
    world.register()
    chi = at_desk("chi")
    address = asked(chi)
    row = ListExport.objects.get()
    ListExport.objects.update(body=row.body["choice"])
    assert len(written(chi, address, world)) == 2


def test_spreadsheet_of_a_narrowed_list_leaves_the_rest_out(world: World, at_desk: At) -> None:
    world.accept(world.register())
    world.register()
    chi = at_desk("chi")
    assert len(written(chi, asked(chi, "loc=1&trang_thai=submitted"), world)) == 2


def test_formula_that_somebody_typed_stays_text(world: World, at_desk: At) -> None:
    world.register(applicant=Applicant("=HYPERLINK(1)", "066090000003"))
    chi = at_desk("chi")
    address = asked(chi)
    services.write_export(export_id=int(address.rstrip("/").rpartition("/")[2]), at=world.now)
    answer = chi.get(f"{address}tep/")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=HYPERLINK(1)", "s")


@pytest.mark.parametrize("bad", ["\x01", "\x08", "\x0b", "\x1f"])
def test_character_that_no_spreadsheet_holds_is_left_out(world: World, at_desk: At, bad: str) -> None:
    world.register(applicant=Applicant(f"Nguyễn{bad} An", "066090000003"))
    chi = at_desk("chi")
    assert written(chi, asked(chi), world)[1][1] == "Nguyễn An"


def test_page_tells_how_far_it_is(world: World, at_desk: At) -> None:
    world.register()
    chi = at_desk("chi")
    address = asked(chi)
    assert "Đang chờ đến lượt lập. Thời gian từ lúc yêu cầu: " in chi.get(address).content.decode()
    for rows, said in ((0, "Đang lập."), (500, "Đang lập, đã ghi 500 dòng.")):
        ListExport.objects.update(state="running", rows=rows, asked_at=world.now - timedelta(hours=2))
        page = chi.get(address).content.decode()  # the clock goes on a minute at each look
        assert re.search(f"{said} Thời gian từ lúc yêu cầu: 2 giờ [1-9] phút\\.", page)
    ListExport.objects.update(asked_at=world.now + timedelta(minutes=9))
    assert "Thời gian từ lúc yêu cầu: chưa đến một phút." in chi.get(address).content.decode()
    assert chi.get(f"{address}tep/").status_code == 302
    written(chi, address, world)
    assert "Đã xong: 1 dòng." in chi.get(address).content.decode()


def test_asking_puts_a_job_in_line_and_stands_in_the_chain(world: World, at_desk: At) -> None:
    asked(at_desk("chi"))
    assert ProcrastinateJob.objects.filter(task_name="dossiers.export_list").count() == 1
    assert [(act.act, act.actor_name) for act in audit.acts()] == [("list_exported", "Chi")]


@pytest.mark.parametrize("who", ["dung", "giang"])
def test_spreadsheet_of_somebody_else_is_not_found(world: World, at_desk: At, who: str) -> None:
    chi = at_desk("chi")
    address = asked(chi)
    written(chi, address, world)
    assert [at_desk(who).get(each).status_code for each in (address, f"{address}tep/")] == [404, 404]


def test_officer_without_a_post_exports_nothing(world: World, at_desk: At) -> None:
    assert at_desk("giang").post(ASK, {"query": ""}).status_code == 403
    assert ListExport.objects.count() == 0


def test_officer_whose_post_ended_meanwhile_gets_an_empty_list(world: World, at_desk: At) -> None:
    world.register()
    chi = at_desk("chi")
    address = asked(chi)
    Position.objects.filter(account=world.people["chi"]).delete()
    services.write_export(export_id=int(address.rstrip("/").rpartition("/")[2]), at=world.now)
    assert ListExport.objects.get().rows == 0


def test_list_longer_than_the_most_is_cut_and_says_so(
    world: World, at_desk: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.dossiers.services.exports.MOST", 2)
    for _ in range(3):
        world.register()
    chi = at_desk("chi")
    address = asked(chi)
    assert len(written(chi, address, world)) == 3
    assert ListExport.objects.get().is_cut


def test_list_is_cut_only_where_a_sheet_ends() -> None:
    assert exports.MOST + 1 == 2**20  # rows of a sheet, the headings among them


def test_list_of_several_pieces_is_written_to_its_last_line(
    world: World, at_desk: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PIECE", 2)
    codes = {world.accept(world.register()).code for _ in range(5)}
    _, *lines = written(at_desk("chi"), asked(at_desk("chi")), world)
    assert (len(lines), {line[0] for line in lines}) == (5, codes)
    assert not ListExport.objects.get().is_cut


def test_list_that_failed_is_made_anew_as_it_was_asked_for(world: World, at_desk: At) -> None:
    world.accept(world.register())
    world.register()
    chi = at_desk("chi")
    address = asked(chi, "loc=1&trang_thai=submitted&cot=status")
    ListExport.objects.update(state=ExportState.FAILED, rows=1, settled_at=world.now)
    assert f'action="{address}lap-lai/"' in chi.get(address).content.decode()
    for _ in range(2):  # pressed twice
        assert chi.post(f"{address}lap-lai/").headers["Location"] == address
    row = ListExport.objects.get()
    assert (row.state, row.rows, row.settled_at) == (ExportState.WAITING, 0, None)
    assert ProcrastinateJob.objects.filter(task_name="dossiers.export_list").count() == 2
    assert [act.act for act in audit.acts()].count("list_exported") == 2
    head, *lines = written(chi, address, world)
    assert (head[2:], len(lines)) == (("Trạng thái",), 1)


def test_list_that_is_done_is_not_made_anew(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    address = asked(chi)
    written(chi, address, world)
    chi.post(f"{address}lap-lai/")
    assert ListExport.objects.get().state == ExportState.DONE


def test_failed_list_of_somebody_else_is_not_found(world: World, at_desk: At) -> None:
    address = asked(at_desk("chi"))
    ListExport.objects.update(state=ExportState.FAILED)
    assert at_desk("dung").post(f"{address}lap-lai/").status_code == 404
    assert ListExport.objects.get().state == ExportState.FAILED


def test_officer_without_a_post_makes_nothing_anew(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    address = asked(chi)
    ListExport.objects.update(state=ExportState.FAILED)
    Position.objects.filter(account=world.people["chi"]).delete()
    assert chi.post(f"{address}lap-lai/").status_code == 403
    assert ListExport.objects.get().state == ExportState.FAILED


def number_in(address: str) -> int:
    return int(address.rstrip("/").rpartition("/")[2])


def test_list_that_waits_is_stopped_by_its_owner_and_not_written(world: World, at_desk: At) -> None:
    world.register()
    chi = at_desk("chi")
    address = asked(chi)
    assert f'action="{address}dung/"' in chi.get(address).content.decode()
    for _ in range(2):  # pressed twice
        assert chi.post(f"{address}dung/").headers["Location"] == address
    services.write_export(export_id=number_in(address), at=world.now)
    page = chi.get(address).content.decode()
    assert ("Đã dừng" in page, "hx-get" in page, "dung/" in page) == (True, False, False)
    row = ListExport.objects.get()
    assert (row.state, row.file_id, row.rows, row.turn) == (ExportState.STOPPED, None, 0, 0)
    assert sorted(act.act for act in audit.acts()) == ["list_exported", "list_stopped"]
    assert not StoredFile.objects.exists()


def test_stopped_list_can_be_asked_for_again(world: World, at_desk: At) -> None:
    world.register()
    chi = at_desk("chi")
    address = asked(chi)
    chi.post(f"{address}dung/")
    assert chi.post(f"{address}lap-lai/").headers["Location"] == address
    assert ListExport.objects.get().state == ExportState.WAITING
    assert len(written(chi, address, world)) == 2


@pytest.mark.parametrize("state", [ExportState.DONE, ExportState.FAILED, ExportState.CLEARED])
def test_list_that_is_not_open_is_not_stopped(world: World, at_desk: At, state: ExportState) -> None:
    chi = at_desk("chi")
    address = asked(chi)
    ListExport.objects.update(state=state)
    chi.post(f"{address}dung/")
    assert ListExport.objects.get().state == state
    assert [act.act for act in audit.acts()] == ["list_exported"]


def test_list_of_somebody_else_is_not_stopped(world: World, at_desk: At) -> None:
    address = asked(at_desk("chi"))
    assert at_desk("dung").post(f"{address}dung/").status_code == 404
    assert ListExport.objects.get().state == ExportState.WAITING


@pytest.mark.django_db(transaction=True)
def test_writer_that_runs_stops_with_the_next_piece(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer stands before a table that is locked; what locked it stops the list and lets go."""
    world, ended = make_world(), []
    monkeypatch.setattr(exports, "PIECE", 2)
    for _ in range(5):
        world.register()
    asker = {"actor": world.actor("chi"), "at": world.now}
    number = services.ask_for_export(**asker, box=Box.UNIT, choice=Choice())

    def write() -> None:
        with CaptureQueriesContext(connection) as queries:
            services.write_export(export_id=number, at=world.now)
        ended.append([each for each in queries if 'FROM "dossiers_dossiertask"' in each["sql"]])
        connection.close()

    writer = Thread(target=write)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE dossiers_dossiertask IN ACCESS EXCLUSIVE MODE")
        writer.start()
        waits = (
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'dossiers_dossiertask'::regclass"
        )
        until = monotonic() + 30
        while monotonic() < until:
            cursor.execute(waits)
            if cursor.fetchone() != (0,):
                break
        running = ListExport.objects.get()
        assert (running.state, running.turn) == (ExportState.RUNNING, 1)
        services.stop_export(**asker, export_id=number)
    writer.join(30)
    row = ListExport.objects.get()
    assert (row.state, row.file_id, len(ended[0])) == (ExportState.STOPPED, None, 1)  # of three pieces
    assert not StoredFile.objects.exists()
    assert not ALL_TEMP_FILES  # nor what had been written so far
    assert "list_written" not in {act.act for act in audit.acts()}


def test_list_that_cannot_be_written_is_said_to_have_failed_and_leaves_nothing(
    world: World, at_desk: At, settings: Settings, tmp_path: Path
) -> None:
    world.register()
    chi = at_desk("chi")
    address = asked(chi)
    place = tmp_path / "full"
    place.write_text("no folder")
    settings.MEDIA_ROOT = str(place)
    with pytest.raises(OSError):
        services.write_export(export_id=number_in(address), at=world.now)
    assert ListExport.objects.get().state == ExportState.FAILED
    assert "Không lập được bảng tính" in chi.get(address).content.decode()
    assert not ALL_TEMP_FILES


def test_list_stopped_while_its_file_is_kept_leaves_no_file(world: World, at_desk: At) -> None:
    """What a worker has written whole counts for nothing once it is stopped, or written by another."""
    world.register()
    chi = at_desk("chi")
    number = number_in(asked(chi))
    ListExport.objects.update(state=ExportState.RUNNING, turn=1)
    row = ListExport.objects.get()
    for changed in ({"state": ExportState.STOPPED}, {"state": ExportState.RUNNING, "turn": 2}):
        ListExport.objects.update(**changed)
        card = documents.keep(
            content=b"x" * 9, name="x.xlsx", media_type=exports.XLSX, actor=world.actor("chi"), at=world.now
        )
        with pytest.raises(exports._Stopped):
            exports._settle(row, world.actor("chi"), world.now, card.id)
        assert (StoredFile.objects.count(), Blob.objects.count()) == (0, 0)
    services.write_export(export_id=number, at=world.now)
    assert (ListExport.objects.get().state, ListExport.objects.get().turn) == (ExportState.DONE, 3)


def test_spreadsheet_is_thrown_away_after_its_days_and_made_anew(
    world: World, at_desk: At, settings: Settings
) -> None:
    settings.EXPORTS_KEPT_DAYS = 7
    world.register()
    chi = at_desk("chi")
    old, young = asked(chi), asked(chi)
    week, old_at = timedelta(days=7), world.now
    written(chi, old, world)
    assert services.clear_exports(at=old_at + week) == 0  # kept for seven whole days
    world.now += timedelta(minutes=1)
    young_at = world.now
    written(chi, young, world)
    same = documents.keep(  # the same bytes in another's hands stay
        content=b"".join(chi.get(f"{young}tep/").streaming_content),
        name="x.xlsx",
        media_type=exports.XLSX,
        actor=world.actor("dung"),
        at=world.now,
    )
    assert services.clear_exports(at=young_at + week) == 1
    assert chi.get(f"{old}tep/").headers["Location"] == "../"
    assert "tệp đã được xóa" in chi.get(old).content.decode()
    assert len(b"".join(chi.get(f"{young}tep/").streaming_content)) > 0
    assert services.clear_exports(at=world.now + week * 2) == 1
    assert list(StoredFile.objects.values_list("pk", flat=True)) == [UUID(same.id)]
    assert Blob.objects.count() == 1
    chi.post(f"{old}lap-lai/")
    assert len(written(chi, old, world)) == 2


def test_what_somebody_sent_is_not_thrown_away(world: World) -> None:
    card = documents.store(upload=upload(), name="a.pdf", actor=world.actor("an"), at=world.now)
    documents.throw_away([card.id])
    assert StoredFile.objects.filter(pk=card.id).exists()


def end_posts(world: World, name: str) -> None:
    yesterday = world.now.date() - timedelta(days=1)
    assert Position.objects.filter(account=world.people[name]).update(valid_to=yesterday)
    agencies.forget()


def test_file_is_handed_out_by_the_rights_of_today_and_that_it_was_is_kept(world: World, at_desk: At) -> None:
    world.accept(world.register())
    chi = at_desk("chi")
    address = asked(chi)
    services.write_export(export_id=int(address.rstrip("/").rpartition("/")[2]), at=world.now)
    assert b"".join(chi.get(f"{address}tep/").streaming_content)
    handed_out = [(act.act, act.actor_name) for act in audit.acts() if act.act == "list_fetched"]
    assert handed_out == [("list_fetched", "Chi")]
    end_posts(world, "chi")
    assert chi.get(f"{address}tep/").status_code == 403
    assert [act.act for act in audit.acts()].count("list_fetched") == 1


def test_file_that_was_seen_from_a_post_that_is_lost_is_not_handed_out(world: World, at_desk: At) -> None:
    world.accept(world.register())
    chi = at_desk("chi")
    address = asked(chi)
    services.write_export(export_id=int(address.rstrip("/").rpartition("/")[2]), at=world.now)
    world.later(days=2)
    end_posts(world, "chi")
    division = world.units[UnitKind.DIVISION]
    Position.objects.create(account=world.people["chi"], unit=division, role=Role.CASE_OFFICER)
    agencies.forget()
    assert chi.get("/noi-bo/viec-cua-don-vi/").status_code == 200
    assert chi.get(f"{address}tep/").status_code == 403
