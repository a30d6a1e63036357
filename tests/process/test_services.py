"""Process imports, versions, and which process a dossier runs under."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.catalogue import services as catalogue_services
from motcua.kernel.actors import SYSTEM
from motcua.process import queries, services
from motcua.process.errors import UnknownProcess
from motcua.process.models import Process
from motcua.worktime.rules import ZONE

pytestmark = pytest.mark.django_db
AT = datetime(2025, 12, 1, 9, 0, tzinfo=ZONE)
PAST = date(2018, 1, 1)


def row(**changes: Any) -> dict[str, Any]:
    def step(order: int, kind: str, value: float | None) -> dict[str, Any]:
        time = {"value": value, "unit": "working_day" if value else "none"}
        return {"order": order, "actor": "A", "unit": "B", "action": "Làm", "kind": kind, "time": time}

    base = {
        "id": "thu",
        "code": "9.000001",
        "name_vi": "Quy trình thử",
        "total_declared": {"value": 3, "unit": "working_day"},
        "steps": [
            step(1, "intake", 0.5),
            step(2, "process", 2),
            step(3, "approve", 0.5),
            step(4, "return", None),
        ],
    }
    return base | changes


def imported(*rows: Any) -> tuple[tuple[int, int, int], list[str]]:
    report = services.import_processes(rows=rows, actor=SYSTEM, at=AT, valid_from=PAST)
    wrong = [f"{failure.row} {failure.field}" for failure in report.failures]
    return (report.created, report.updated, report.unchanged), wrong


def test_import_twice_changes_nothing_and_a_change_makes_a_version() -> None:
    assert imported(row()) == ((1, 0, 0), [])
    assert imported(row()) == ((0, 0, 1), [])
    assert imported(row(name_vi="Tên mới")) == ((0, 1, 0), [])
    assert queries.definition_for("9.000001", None, date(2025, 11, 30)).name == "Quy trình thử"
    assert queries.definition_for("9.000001.H15", None, date(2025, 12, 1)).name == "Tên mới"


def test_import_table_with_findings_needs_a_reason() -> None:
    wrong_sum = row(total_declared={"value": 9, "unit": "working_day"})
    assert imported(wrong_sum) == ((0, 0, 0), ["1 steps"])
    assert imported(wrong_sum | {"override": "đúng như quyết định"}) == ((1, 0, 0), [])
    assert Process.objects.get().overrides[0]["reason"] == "đúng như quyết định"


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ({"steps": []}, "steps"),
        ({"id": None}, "id"),
        ({"code": "thu"}, "code"),
        ({"valid_from": "2025-13-01"}, "valid_from"),
    ],
)
def test_import_broken_row_leaves_nothing_and_lets_the_others_in(broken: dict[str, Any], field: str) -> None:
    assert imported(row(**broken), row(id="tot")) == ((1, 0, 0), [f"1 {field}"])
    assert list(Process.objects.values_list("key", flat=True)) == ["tot"]


def test_table_shared_by_procedures_holds_for_each() -> None:
    imported(row(code=None, procedures=["9.000001", "9.000002"]))
    names = {queries.definition_for(code).procedure_code for code in ("9.000001", "9.000002")}
    assert names == {"9.000001", "9.000002"}


def test_process_of_the_case_goes_before_the_general_one() -> None:
    imported(row(), row(id="rieng", name_vi="Riêng", case="nhóm III"))
    found = [queries.definition_for("9.000001", variant).name for variant in ("nhóm III", "nhóm I", None)]
    assert found == ["Riêng", "Quy trình thử", "Quy trình thử"]


def test_procedure_without_process_is_refused() -> None:
    with pytest.raises(UnknownProcess):
        queries.definition_for("9.999999")


def test_published_process_cannot_be_changed_or_deleted() -> None:
    imported(row())
    for statement in ("UPDATE process_process SET body = '{}'", "DELETE FROM process_process"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Process.objects.count() == 1


def test_standard_process_of_a_case_shares_out_its_own_time() -> None:
    procedure = {
        "id": "thu",
        "code": "9.000001",
        "name_vi": "Thủ tục thử",
        "field": "Xây dựng",
        "legal_time": {
            "value": 20,
            "unit": "calendar_day",
            "cases": [{"case": "nhà ở", "value": 15, "unit": "calendar_day"}],
        },
    }
    catalogue_services.import_procedures(rows=[procedure], actor=SYSTEM, at=AT, valid_from=PAST)
    for _ in range(2):
        services.generate_standards(actor=SYSTEM, at=AT, valid_from=PAST)
    totals = [
        str(queries.definition_for("9.000001", variant).declared_total) for variant in (None, "nhà ở", "khác")
    ]
    assert (totals, Process.objects.count()) == (["20cd", "15cd", "20cd"], 2)


def test_approved_table_goes_before_a_generated_one() -> None:
    test_standard_process_of_a_case_shares_out_its_own_time()
    imported(row())
    assert queries.definition_for("9.000001", "nhà ở").name == "Quy trình thử"
