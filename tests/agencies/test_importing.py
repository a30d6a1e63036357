"""Agency imports: trees and rows, broken rows, synthetic codes, units."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from motcua.agencies import queries, services
from motcua.agencies.enums import AgencyKind, AgencyLevel, UnitKind
from motcua.agencies.models import Agency
from motcua.agencies.rules import trees
from motcua.agencies.services.importing import DATA, rows_of
from motcua.kernel.actors import SYSTEM
from motcua.law import queries as law
from motcua.worktime.rules import ZONE

pytestmark = pytest.mark.django_db
AT = datetime(2025, 12, 1, 9, 0, tzinfo=ZONE)


def row(**changes: Any) -> dict[str, Any]:
    base = {
        "province": "dak-lak",
        "key": "xa-thu",
        "code": None,
        "name_vi": "Ủy ban nhân dân xã Thử",
        "kind": "commune_committee",
        "level": "commune",
        "valid_from": "2025-07-01",
    }
    return base | changes


PROVINCE = row(
    key="ubnd-tinh", name_vi="Ủy ban nhân dân tỉnh Thử", kind="province_committee", level="province"
)


def imported(*rows: Any) -> tuple[tuple[int, int, int], list[str]]:
    """(created, updated, unchanged), and row and field of each failure."""
    report = services.import_agencies(rows=rows, actor=SYSTEM, at=AT)
    wrong = [f"{failure.row} {failure.field}" for failure in report.failures]
    return (report.created, report.updated, report.unchanged), wrong


def test_import_twice_changes_nothing_and_keeps_the_synthetic_code() -> None:
    assert imported(row(), row(key="xa-hai")) == ((2, 0, 0), [])
    assert imported(row(key="xa-hai"), row()) == ((0, 0, 2), [])
    codes = Agency.objects.order_by("key").values_list("key", "code", "code_is_synthetic")
    assert list(codes) == [("xa-hai", "H15.X02", True), ("xa-thu", "H15.X01", True)]


def test_codes_of_a_published_tree_are_those_its_import_gives() -> None:
    tree = json.loads((DATA / "kon-tum.json").read_text(encoding="utf-8"))["provinces"]
    assert imported(*rows_of(tree))[1] == []
    assert trees.codes_of(trees.flatten(tree)) == dict(Agency.objects.values_list("code", "name"))


def test_import_new_name_updates_the_agency() -> None:
    imported(row())
    assert imported(row(name_vi="Ủy ban nhân dân xã Mới")) == ((0, 1, 0), [])
    assert queries.agency_by_key("dak-lak", "xa-thu").name == "Ủy ban nhân dân xã Mới"


def test_imported_commune_has_desk_divisions_leadership_and_office() -> None:
    imported(row())
    card = queries.agency_by_key("dak-lak", "xa-thu")
    kinds = sorted({unit.kind for unit in card.units})
    assert kinds == [UnitKind.DESK, UnitKind.DIVISION, UnitKind.LEADERSHIP, UnitKind.OFFICE]
    desk = card.unit(card.desk_unit_id or 0)
    assert desk is not None
    assert desk.name == "Trung tâm Phục vụ hành chính công xã Thử"


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ({"kind": "village"}, "kind"),
        ({"province": "ha-noi"}, "province"),
        ({"code": "15"}, "code"),
        ({"parent": "khong-co"}, "parent"),
        ({"valid_to": "2025-06-31"}, "valid_to"),
        ({"valid_to": "2025-06-30"}, "valid_to"),
        ({"units": [{"name": "Phòng", "kind": "room"}]}, "units.0.kind"),
    ],
)
def test_import_broken_row_leaves_nothing_and_lets_the_others_in(broken: dict[str, Any], field: str) -> None:
    assert imported(row(**broken), row(key="xa-tot")) == ((1, 0, 0), [f"1 {field}"])
    assert list(Agency.objects.values_list("key", flat=True)) == ["xa-tot"]


def test_import_that_would_put_an_agency_above_itself_is_refused_and_the_tree_stays() -> None:
    imported(PROVINCE, row(parent="ubnd-tinh"), row(key="xa-hai", parent="xa-thu"))
    assert imported(row(parent="xa-hai")) == ((0, 0, 0), ["1 parent"])
    assert imported(row(parent="xa-thu")) == ((0, 0, 0), ["1 parent"])
    card = queries.agency_by_key("dak-lak", "xa-hai")
    assert [each.name for each in queries.line_above(card)] == [row()["name_vi"], PROVINCE["name_vi"]]


def test_tree_that_bites_its_tail_by_force_ends_all_the_same() -> None:
    imported(row(), row(key="xa-hai", parent="xa-thu"))
    here = Agency.objects.get(key="xa-thu")
    Agency.objects.filter(pk=here.pk).update(parent=Agency.objects.get(key="xa-hai"))
    queries.forget()
    assert len(list(queries.line_above(queries.agency(here.pk)))) == len(AgencyLevel)
    assert queries.calendars(here.pk)


def test_import_deeper_than_there_are_levels_is_refused() -> None:
    deep = [row(key=f"xa-{number}", parent=f"xa-{number - 1}") for number in range(2, 6)]
    assert imported(row(key="xa-1"), *deep) == ((4, 0, 0), ["5 parent"])


def test_import_committee_of_another_level_is_refused() -> None:
    assert imported(row(level="province"), row(key="so", kind="department", level="province")) == (
        (1, 0, 0),
        ["1 level"],
    )


def test_import_agency_outside_the_tree_is_taken_with_a_warning() -> None:
    report = services.import_agencies(
        rows=[PROVINCE, row(parent="ubnd-tinh"), row(key="b")], actor=SYSTEM, at=AT
    )
    assert [each.row for each in report.warnings if "đứng ngoài cây" in each.reason] == [3]


def test_import_unit_named_twice_is_refused_in_words() -> None:
    units = [{"key": "phong", "name": "Phòng Một", "kind": "division"}] * 2
    assert imported(row(units=units)) == ((0, 0, 0), ["1 units"])


def test_import_one_fault_has_one_reason() -> None:
    assert imported(row(name_vi="")) == ((0, 0, 0), ["1 name_vi"])


def test_import_table_row_that_has_shifted_is_refused_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "agencies.csv"
    head = "province,key,name_vi,kind,level"
    good = "dak-lak,xa-a,Ủy ban nhân dân xã A,commune_committee,commune"
    bad = "dak-lak,xa-b,Ủy ban nhân dân xã B, phường C,commune_committee,commune"
    file.write_text(f"{head}\n\n{good}\n{bad}\n", encoding="utf-8")
    report = services.import_file(file, actor=SYSTEM, at=AT)
    assert (report.created, [(each.row, each.field) for each in report.failures]) == (1, [(4, "-")])


def test_import_code_of_another_agency_is_refused() -> None:
    assert imported(row(code="H15.21"), row(key="xa-hai", code="H15.21")) == ((1, 0, 0), ["2 code"])


def test_tree_is_taken_apart_with_divisions_as_units() -> None:
    tree = {
        "province": "dak-lak",
        "root": {
            **row(key=None, name_vi="Ủy ban nhân dân tỉnh Thử", kind="province_committee", level="province"),
            "children": [
                {
                    **row(key=None, name_vi="Sở Thử", kind="department", level="province"),
                    "children": [{"name_vi": "Phòng Một", "kind": "division", "code": None}],
                }
            ],
        },
    }
    assert imported(*rows_of([tree])) == ((2, 0, 0), [])
    card = queries.agency_by_key("dak-lak", "so-thu")
    divisions = [unit.name for unit in card.units if unit.kind is UnitKind.DIVISION]
    assert divisions == ["Phòng Một"]
    assert queries.agency(card.parent_id or 0).name == "Ủy ban nhân dân tỉnh Thử"


def test_kon_tum_is_closed_since_the_merger_unless_kept_open() -> None:
    services.load_province(province="kon-tum", actor=SYSTEM, at=AT)
    on = date(2025, 12, 1)
    assert queries.agencies("kon-tum", on, level=AgencyLevel.COMMUNE) == ()
    assert queries.agencies("kon-tum", date(2025, 6, 30), level=AgencyLevel.COMMUNE) != ()
    services.load_province(province="kon-tum", actor=SYSTEM, at=AT, keep_closed_open=True)
    opened = queries.agencies("kon-tum", on, level=AgencyLevel.COMMUNE)
    assert opened != ()
    marks = Agency.objects.get(id=opened[0].id).marks
    assert marks["validity"] == "sample: kept open for demonstration; ended on 2025-06-30"


def test_agencies_are_found_without_accents_and_in_vietnamese_order() -> None:
    imported(*(row(key=key, name_vi=f"Xã {name}") for key, name in (("b", "Êa"), ("a", "Ea"), ("c", "Đak"))))
    names = [card.name for card in queries.agencies("dak-lak", date(2025, 12, 1))]
    assert names == ["Xã Đak", "Xã Ea", "Xã Êa"]
    assert [card.name for card in queries.agencies("dak-lak", date(2025, 12, 1), text="dak")] == ["Xã Đak"]


SCOPE = {
    "department": {"kind": AgencyKind.DEPARTMENT},
    "economic_zone": {"kind": AgencyKind.MANAGEMENT_BOARD},
    "central": {"kind": AgencyKind.VERTICAL_AGENCY},
    "district": {"level": AgencyLevel.DISTRICT},
    "commune": {"level": AgencyLevel.COMMUNE},
}
# None is in the lists of the provinces; that one can be imported, and what it has then, is in test_reach.
BY_IMPORT = {"association", "service_unit"}


@pytest.mark.parametrize(
    ("province", "regulation", "others"),
    [
        pytest.param(
            "kon-tum",
            "KT22",
            {"economic_zone", "central"},
            marks=pytest.mark.clause("KT22-1.2.a", "KT22-1.2.b"),
        ),
        pytest.param("dak-lak", "DL24", set(), marks=pytest.mark.clause("DL24-2.1")),
        pytest.param("quang-ngai", "QN20", {"central", *BY_IMPORT}, marks=pytest.mark.clause("QN20-1.2")),
        pytest.param("kon-tum", "KT18", {"service_unit"}, marks=pytest.mark.clause("KT18-2.1")),
    ],
)
def test_province_has_agencies_of_every_kind_that_its_regulation_is_for(
    province: str, regulation: str, others: set[str]
) -> None:
    """Each with a desk that takes in and a division that settles."""
    kinds = {"department", "district", "commune"} | others
    assert set(law.regulation(regulation).words("scope.agencies")) == kinds
    services.load_province(province=province, actor=SYSTEM, at=AT)
    for kind in kinds - BY_IMPORT:
        found = Agency.objects.filter(province=province, **SCOPE[kind])
        for unit in (UnitKind.DESK, UnitKind.DIVISION):
            assert found.filter(units__kind=unit.value).exists(), (kind, unit)
