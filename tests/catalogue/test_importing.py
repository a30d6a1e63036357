"""Imports: good rows come in, bad rows leave nothing, published versions stay as they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from openpyxl import Workbook
from pytest_django import Settings
from tests.catalogue.province import CODE, Province
from tests.regulations import PLACES

from motcua.agencies.errors import UnreadableFile
from motcua.catalogue import queries, services
from motcua.catalogue.enums import Channel, OnlineLevel, PaymentTime
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.kernel.actors import SYSTEM
from motcua.worktime.rules import ZONE

pytestmark = pytest.mark.django_db
AT = datetime(2025, 12, 1, 9, 0, tzinfo=ZONE)
PAST = date(2018, 1, 1)


def row(**changes: Any) -> dict[str, Any]:
    base = {
        "id": "thu",
        "code": "9.000001",
        "name_vi": "Thủ tục thử",
        "field": "Hộ tịch",
        "legal_time": {"value": 3, "unit": "working_day"},
        "components": [{"name": "Đơn", "original": 1, "copies": 0, "required": True}],
    }
    return base | changes


def imported(
    *rows: Any, at: datetime = AT, valid_from: date | None = PAST
) -> tuple[tuple[int, int, int], list[str]]:
    report = services.import_procedures(rows=rows, actor=SYSTEM, at=at, valid_from=valid_from)
    wrong = [f"{failure.row} {failure.field}" for failure in report.failures]
    return (report.created, report.updated, report.unchanged), wrong


def test_import_twice_changes_nothing() -> None:
    assert imported(row()) == ((1, 0, 0), [])
    assert imported(row()) == ((0, 0, 1), [])
    assert ProcedureVersion.objects.count() == 1


def test_import_changed_row_makes_a_version_and_ends_the_one_before() -> None:
    imported(row())
    assert imported(row(name_vi="Thủ tục thử, tên mới")) == ((0, 1, 0), [])
    versions = ProcedureVersion.objects.order_by("number").values_list("title", "valid_from", "valid_to")
    today = AT.date()
    assert list(versions) == [
        ("Thủ tục thử", PAST, today - timedelta(days=1)),
        ("Thủ tục thử, tên mới", today, None),
    ]
    assert queries.by_code("9.000001", today - timedelta(days=1)).title == "Thủ tục thử"
    assert queries.by_code("9.000001.000.00.00.H15", today).title == "Thủ tục thử, tên mới"


@pytest.mark.clause("PT24-18.1.a", "PT24-18.1.b", "PT24-2.4")
def test_import_knows_two_levels_of_online_service_and_no_third(regulation: str) -> None:
    """A service is offered online in full or in part; whatever is not full is in part, or is not online."""
    for number, level in enumerate(("full", "partial", "none")):
        imported(row(id=level, code=f"9.00000{number}", online_level=level))
    offered = [Channel.ONLINE in queries.by_code(f"9.00000{number}").channels() for number in range(3)]
    assert offered == [True, True, False]
    assert [level for level in OnlineLevel if level is not OnlineLevel.NONE] == ["full", "partial"]
    for other in ("3", "4", "level_3", "mostly"):
        assert imported(row(id="x", code="9.000009", online_level=other)) == (
            (0, 0, 0),
            ["1 online_level"],
        )


def test_import_row_that_names_no_form_keeps_the_one_there_is() -> None:
    imported(row(eform="khai-sinh"))
    assert imported(row()) == ((0, 0, 1), [])
    imported(row(name_vi="Tên mới"))
    assert queries.by_code("9.000001").eform[1].title == "Trẻ được khai sinh"


def test_import_row_that_names_no_channels_of_a_component_keeps_those_there_are() -> None:
    def components(**said: Any) -> list[dict[str, Any]]:
        return [{"name": "Đơn", **said}, {"name": "Bản sao"}]

    imported(row(components=components(channels=["online"])))
    assert imported(row(components=components())) == ((0, 0, 1), [])
    imported(row(name_vi="Tên mới", components=components()))
    assert [each.channels for each in queries.by_code("9.000001").components] == [("online",), ()]
    tomorrow = AT + timedelta(days=1)
    imported(row(name_vi="Tên mới", components=components(channels=[])), at=tomorrow)
    assert [each.channels for each in queries.by_code("9.000001").components] == [(), ()]


def test_import_names_the_fields_that_nothing_reads() -> None:
    report = services.import_procedures(rows=[row(lệ_phí=1), row(steps=[], code="x")], actor=SYSTEM, at=AT)
    assert report.unread == ("lệ_phí",)
    assert "Các trường không được đọc: lệ_phí" in report.lines()


def test_import_names_each_missing_field_once() -> None:
    _, found = imported({"code": "9.000032"})
    assert sorted(found) == ["1 field", "1 legal_time", "1 name_vi"]


def test_import_too_short_a_name_is_not_called_empty() -> None:
    report = services.import_procedures(rows=[row(name_vi="X")], actor=SYSTEM, at=AT)
    assert [failure.reason for failure in report.failures] == ["cần ít nhất 3 ký tự"]


def test_import_half_a_character_spoils_its_row_only() -> None:
    spoilt = row(id="hong", code="9.000033", name_vi="Thủ tục \ud800 lạ")
    assert imported(row(), spoilt, row(id="cuoi", code="9.000034")) == ((2, 0, 0), ["2 -"])


def test_import_text_that_speaks_of_a_zero_byte_holds_none() -> None:
    assert imported(row(name_vi="Thủ tục \\u0000")) == ((1, 0, 0), [])


def test_import_change_that_would_start_too_early_is_refused() -> None:
    imported(row())
    assert imported(row(name_vi="Tên khác", valid_from="2018-01-01")) == ((0, 0, 0), ["1 valid_from"])
    assert ProcedureVersion.objects.get().valid_to is None


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ({"name_vi": None}, "name_vi"),
        ({"code": "abc"}, "code"),
        ({"legal_time": {"value": 3, "unit": "week"}}, "legal_time.unit"),
        ({"legal_time": {"value": -1, "unit": "working_day"}}, "legal_time.value"),
        ({"legal_time": {"unit": "working_day"}}, "legal_time.value"),
        ({"online_level": "toàn trình"}, "online_level"),
        ({"fee": [{"name": "Phí", "amount_vnd": "10.000"}]}, "fee.0.amount_vnd"),
        ({"fee": [{"name": "Phí", "amount_vnd": 1, "due": "khi nộp"}]}, "fee.0.due"),
        ({"components": [{"original": 1}]}, "components.0.name"),
        ({"eform": "khong-co"}, "eform"),
        ({"valid_from": "2025-02-30"}, "valid_from"),
        ({"name_vi": "Thủ tục \x00 thử"}, "-"),
    ],
)
def test_import_broken_row_leaves_nothing_and_lets_the_others_in(broken: dict[str, Any], field: str) -> None:
    good = row(id="tot", code="9.000002")
    assert imported(row(**broken), good, row(id="cuoi", code="9.000003")) == ((2, 0, 0), [f"1 {field}"])
    assert sorted(Procedure.objects.values_list("code", flat=True)) == ["9.000002", "9.000003"]


@pytest.mark.parametrize("thing", [None, 7, "dòng", [], {}])
def test_import_row_that_is_no_row_is_reported(thing: Any) -> None:
    report = services.import_procedures(rows=[thing, row()], actor=SYSTEM, at=AT)
    assert (report.created, report.failed) == (1, 1)
    assert len(report.lines()) == len(report.failures) + 1


def test_import_same_code_twice_in_one_file_takes_the_first() -> None:
    assert imported(row(), row(id="khac", code="9.000001.H15", name_vi="Thủ tục khác")) == (
        (1, 0, 0),
        ["2 code"],
    )


def test_import_id_of_another_procedure_is_refused() -> None:
    imported(row())
    assert imported(row(code="9.000009")) == ((0, 0, 0), ["1 id"])


def test_import_without_code_gets_a_plainly_synthetic_one() -> None:
    imported(row(code=None))
    assert list(Procedure.objects.values_list("code", "code_is_synthetic")) == [("X.thu", True)]


def test_published_version_cannot_be_changed_or_deleted() -> None:
    imported(row())
    for statement in (
        "UPDATE catalogue_procedureversion SET title = 'khác'",
        "UPDATE catalogue_procedureversion SET body = '{}'",
        "UPDATE catalogue_procedureversion SET state = 'draft'",
        "DELETE FROM catalogue_procedureversion",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert ProcedureVersion.objects.get().title == "Thủ tục thử"


def test_versions_in_force_on_one_day_are_refused_by_the_database() -> None:
    imported(row())
    version = ProcedureVersion.objects.get()
    version.pk, version.number, version._state.adding = None, 2, True
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


def test_import_file_xlsx_and_csv_read_the_same_row(tmp_path: Path) -> None:
    header = ["id", "code", "name_vi", "field", "legal_time.value", "legal_time.unit", "components"]
    cells = ["thu", "9.000001", "Thủ tục thử", "Hộ tịch", 3, "working_day", json.dumps([{"name": "Đơn"}])]
    book = Workbook()
    assert book.active is not None
    book.active.append(header)
    book.active.append(cells)
    book.save(tmp_path / "a.xlsx")
    report = services.import_file(tmp_path / "a.xlsx", actor=SYSTEM, at=AT)
    assert (report.created, report.failures) == (1, ())
    text = (
        ",".join(header) + "\n" + ",".join(f'"{str(cell).replace(chr(34), chr(34) * 2)}"' for cell in cells)
    )
    (tmp_path / "a.csv").write_text(text, "utf-8")
    again = services.import_file(tmp_path / "a.csv", actor=SYSTEM, at=AT)
    assert (again.unchanged, again.failures) == (1, ())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"{"),
        ("a.json", b"[NaN]"),
        ("a.json", b'{"rows": 1}'),
        ("a.json", b"\xff\xfe"),
        ("a.xlsx", b"not a workbook"),
        ("missing.json", None),
    ],
)
def test_import_file_that_cannot_be_read_is_refused_whole(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile):
        services.import_file(tmp_path / name, actor=SYSTEM, at=AT)


@pytest.mark.clause("KT22-17.2")
def test_where_only_what_was_announced_runs_a_row_without_a_decision_is_refused(settings: Settings) -> None:
    settings.PROVINCE = "kon-tum"
    at = datetime(2022, 6, 1, 9, 0, tzinfo=ZONE)
    assert imported(row(), at=at) == ((0, 0, 0), ["1 publication_decision"])
    assert not Procedure.objects.exists()
    assert imported(row(publication_decision="  "), at=at) == ((0, 0, 0), ["1 publication_decision"])
    assert imported(row(publication_decision="12/QĐ-UBND"), at=at) == ((1, 0, 0), [])


@pytest.mark.clause("KT22-17.2")
def test_decision_that_was_recorded_lets_the_procedure_in(province_of: Callable[[str], Province]) -> None:
    place = province_of("kon-tum")
    at = datetime(2022, 6, 1, 9, 0, tzinfo=ZONE)
    announced = row(code=CODE)
    assert imported(announced, at=at)[1] == ["1 publication_decision"]
    place.announce(
        at="2022-05-20 09:00", signed_on=date(2022, 5, 16), effective_on=date(2022, 5, 18), has_process=True
    )
    assert imported(announced, at=at) == ((1, 0, 0), [])


def test_before_that_regulation_and_elsewhere_no_decision_is_asked_for(settings: Settings) -> None:
    settings.PROVINCE = "kon-tum"
    assert imported(row(), at=datetime(2021, 6, 1, 9, 0, tzinfo=ZONE)) == ((1, 0, 0), [])


RUN_BY = {"ministry": "Bộ Công an", "address": "https://dichvucong.bocongan.gov.vn"}


@pytest.mark.clause("KT18-2.2")
def test_service_of_a_ministry_is_marked_and_not_filed_here_online(regulation: str) -> None:
    at = PLACES[regulation][1]
    assert imported(row(online_level="full", run_by=RUN_BY), at=at) == ((1, 0, 0), [])
    sheet = queries.by_code("9.000001", at.date())
    assert (sheet.ministry, sheet.ministry_address) == ("Bộ Công an", RUN_BY["address"])
    assert Channel.ONLINE not in sheet.channels()
    assert imported(row(online_level="full"), at=at) == ((0, 1, 0), [])
    later = queries.by_code("9.000001", at.date())
    assert (later.ministry, Channel.ONLINE in later.channels()) == ("", True)


@pytest.mark.parametrize(
    "run_by",
    [
        {"ministry": "Bộ Công an"},
        {"ministry": " ", "address": RUN_BY["address"]},
        RUN_BY | {"address": "javascript:alert(1)"},
        RUN_BY | {"address": "http://bocongan.gov.vn"},
    ],
)
def test_ministry_without_a_name_or_a_safe_address_is_refused(run_by: dict[str, str]) -> None:
    counts, wrong = imported(row(run_by=run_by))
    assert (counts, len(wrong)) == ((0, 0, 0), 1)


def test_time_of_payment_is_imported_and_stored_only_where_it_was_announced() -> None:
    fees = [{"name": "Phí", "amount_vnd": 5}, {"name": "Lệ phí", "amount_vnd": None, "due": "notice"}]
    assert imported(row(fee=fees)) == ((1, 0, 0), [])
    read = queries.by_code("9.000001", AT.date())
    assert [fee.due for fee in read.fees] == [None, PaymentTime.NOTICE]
    stored = ProcedureVersion.objects.get().body["fees"]
    assert ["due" in fee for fee in stored] == [False, True]
    fees[1]["due"] = "result"
    assert imported(row(fee=fees), valid_from=AT.date() + timedelta(days=1)) == ((0, 1, 0), [])


def test_sheet_without_a_ministry_is_stored_as_it_always_was() -> None:
    imported(row())
    assert "ministry" not in ProcedureVersion.objects.get().body


@pytest.mark.parametrize(
    ("province", "level", "ways", "is_taken"),
    [
        ("phu-tho", "full", ["counter"], False),  # by post and online, says the full level
        ("phu-tho", "full", ["counter", "postal"], True),
        ("phu-tho", "partial", ["counter"], True),
        ("phu-tho", "none", ["counter"], True),  # nobody files online
        ("dak-lak", "full", ["counter"], True),
    ],
)
def test_ways_of_return_that_leave_none_of_the_level_are_refused(
    settings: Settings, province: str, level: str, ways: list[str], is_taken: bool
) -> None:
    settings.PROVINCE = province
    limited = row(online_level=level, result_ways={"ways": ways, "basis": "Điều 18 Luật Hộ tịch"})
    if not is_taken:
        report = services.import_procedures(rows=[limited], actor=SYSTEM, at=AT, valid_from=PAST)
        assert [failure.field for failure in report.failures] == ["result_ways"]
        assert "PT24-2.3" in report.failures[0].reason
        assert not ProcedureVersion.objects.exists()
        return
    assert imported(limited) == ((1, 0, 0), [])
    sheet = queries.by_code("9.000001", AT.date())
    assert (sheet.result_ways, sheet.result_ways_basis) == (tuple(ways), "Điều 18 Luật Hộ tịch")


@pytest.mark.parametrize(
    "ways", [{"ways": ["counter"]}, {"ways": [], "basis": "x"}, {"ways": ["x"], "basis": "x"}]
)
def test_ways_of_return_without_a_text_or_of_no_known_kind_are_refused(ways: dict[str, Any]) -> None:
    counts, wrong = imported(row(result_ways=ways))
    assert (counts, len(wrong)) == ((0, 0, 0), 1)


def test_sheet_that_has_nobody_come_is_stored_as_it_always_was() -> None:
    imported(row())
    assert not {"must_come", "result_ways", "result_ways_basis"} & ProcedureVersion.objects.get().body.keys()
    imported(row(must_come="Hai bên phải cùng có mặt."))
    assert queries.by_code("9.000001", AT.date()).must_come == "Hai bên phải cùng có mặt."


def test_conditions_are_entered_said_to_be_none_or_not_recorded() -> None:
    imported(row())
    assert "conditions" not in ProcedureVersion.objects.get().body
    told = [queries.by_code("9.000001", AT.date()).conditions]
    for days, conditions in enumerate(([], ["Nam từ đủ 20 tuổi."]), start=1):
        at = AT + timedelta(days=days)
        assert imported(row(conditions=conditions), at=at) == ((0, 1, 0), [])
        told.append(queries.by_code("9.000001", at.date()).conditions)
    assert told == [None, (), ("Nam từ đủ 20 tuổi.",)]
    counts, wrong = imported(row(conditions=[" "]), at=AT + timedelta(days=3))
    assert (counts, len(wrong)) == ((0, 0, 0), 1)
