"""A list as a spreadsheet: what is in it, who gets it, and that nothing in it is a formula."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from openpyxl import load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.agencies.models import Position
from motcua.audit import queries as audit
from motcua.dossiers import services
from motcua.dossiers.models import ListExport
from motcua.dossiers.rules.state import Applicant

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
    assert head == ("Số hồ sơ", "Chủ hồ sơ", "Trạng thái", "Nộp lúc")
    assert (len(lines), lines[0][:3]) == (2, (act.code, "Nguyễn Văn An", "Đã tiếp nhận"))


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
