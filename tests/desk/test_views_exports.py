"""A list as a spreadsheet: what is in it, who gets it, and that nothing in it is a formula."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from openpyxl import load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.agencies import queries as agencies
from motcua.agencies.models import Position
from motcua.audit import queries as audit
from motcua.dossiers import labels, services
from motcua.dossiers.enums import ExportState
from motcua.dossiers.models import KeptList, ListExport
from motcua.dossiers.rules.state import Applicant
from motcua.dossiers.services import exports
from motcua.worktime.rules import local

pytestmark = pytest.mark.django_db
ASK = "/noi-bo/viec-cua-don-vi/xuat/"


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
    services.write_export(export_id=int(address.rstrip("/").rpartition("/")[2]), at=world.now)
    content = b"".join(chi.get(f"{address}tep/").streaming_content)
    sheet = load_workbook(io.BytesIO(content)).active
    terms = ["Hạn của bước", "Ngày hẹn trả", "Trễ hạn", "Trễ hạn (giờ làm việc)"]
    head = ["Mã hồ sơ", "Chủ hồ sơ", *terms, "Nộp lúc"]
    assert [cell.value for cell in sheet[1]] == head
    step, promised, late, hours, filed = (sheet[f"{column}2"] for column in "CDEFG")
    assert promised.value == due.replace(tzinfo=None, second=0, microsecond=0)
    assert step.is_date
    assert step.value < promised.value
    assert (filed.is_date, filed.number_format) == (True, "hh:mm dd/mm/yyyy")
    assert filed.value == world.state(act).filed_at.replace(tzinfo=None)
    assert re.fullmatch(r"trễ [4-8] ngày( [1-7] giờ)?", late.value)
    first = local(min(step.value, promised.value).replace(tzinfo=due.tzinfo))
    calendar = agencies.calendar_of(world.agency.pk, world.now.date())
    assert (hours.data_type, hours.value) == ("n", round(calendar.open_minutes(first, world.now) / 60, 2))


def test_head_of_the_spreadsheet_stays_in_sight_and_filters_every_line(world: World, at_desk: At) -> None:
    world.register()
    world.register()
    chi = at_desk("chi")
    address = asked(chi, "loc=1&cot=term&cot=filed")
    services.write_export(export_id=int(address.rstrip("/").rpartition("/")[2]), at=world.now)
    sheet = load_workbook(io.BytesIO(b"".join(chi.get(f"{address}tep/").streaming_content))).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:G3")
    assert sheet["F2"].value is None  # not late: no number, or a sum would count it


def test_what_is_proposed_stands_beside_the_step(world: World, at_desk: At) -> None:
    world.until("propose")
    hanh = at_desk("hanh")
    address = hanh.post("/noi-bo/phe-duyet/xuat/", {"query": "loc=1&cot=work"}).headers["Location"]
    head, line = written(hanh, address, world)
    assert (head[2:], line[3]) == (("Việc cần làm", "Đề xuất"), "Đồng ý giải quyết")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "vừa quá hạn"),
        (59, "trễ 59 phút"),
        (60, "trễ 1 giờ"),
        (900, "trễ 1 ngày 7 giờ"),
        (960, "trễ 2 ngày"),
    ],
)
def test_lateness_is_said_as_the_screen_says_it(minutes: int, said: str) -> None:
    assert labels.lateness(minutes, 480) == said


def test_list_without_tasks_names_its_column_as_the_screen_does(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    address = chi.post("/noi-bo/cho-bo-sung/xuat/", {"query": "loc=1&cot=work"}).headers["Location"]
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
    assert "Đang lập" in chi.get(address).content.decode()
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
