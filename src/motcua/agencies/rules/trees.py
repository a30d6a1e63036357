"""Taking an agency tree apart into import rows, and the units an agency has if its row names none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from motcua.agencies.rules import codes
from motcua.agencies.rules.naming import own_name
from motcua.kernel.text import fold

Row = Mapping[str, Any]
_UNITS = ("division", "centre")
# A committee belongs to its level, and a department to the province; centres and the like stand at several.
_LEVELS = {
    "province_committee": "province",
    "department": "province",
    "district_committee": "district",
    "commune_committee": "commune",
}
_FACTS = (
    "code",
    "name_vi",
    "kind",
    "level",
    "valid_from",
    "valid_to",
    "address",
    "phones",
    "email",
    "legacy_code",
    "units",
)


def slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def flatten(provinces: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows of every agency of the trees, parents first; divisions and centres become units."""
    rows: list[dict[str, Any]] = []
    for tree in provinces:
        rows += _rows_of(tree["root"], str(tree["province"]), None, set())
    return rows


def codes_of(rows: Sequence[Row]) -> dict[str, str]:
    """Code and name of every row, as a first import gives them: a row without a code gets a synthetic one."""
    named: dict[str, str] = {}
    count: Counter[str] = Counter()
    for row in rows:
        province = str(row["province"])
        code = row.get("code")
        if not code:
            count[province] += 1
            code = codes.synthetic(codes.PROVINCE_CODES[province], count[province])
        named[str(code)] = str(row["name_vi"])
    return named


def _rows_of(node: Row, province: str, parent: str | None, taken: set[str]) -> Iterator[dict[str, Any]]:
    key = str(node.get("key") or _key(node, parent, taken))
    taken.add(key)
    children = list(node.get("children", ()))
    divisions = [child for child in children if child.get("kind") in _UNITS]
    row = {name: node[name] for name in _FACTS if node.get(name) is not None}
    row |= {"province": province, "key": key, "parent": parent, "code": node.get("code")}
    row["units"] = [*row.get("units", ()), *(_division(child) for child in divisions)]
    row["marks"] = dict(node.get("marks", {})) | _marks(node)
    yield row
    for child in children:
        if child.get("kind") not in _UNITS:
            yield from _rows_of(child, province, key, taken)


def _key(node: Row, parent: str | None, taken: set[str]) -> str:
    name = slug(str(node["name_vi"])).replace("uy-ban-nhan-dan-", "ubnd-", 1)
    if name in taken and parent:
        name = f"{parent}/{name}"[:110]
    number, key = 2, name
    while key in taken:
        key, number = f"{name}-{number}", number + 1
    return key


def _division(node: Row) -> dict[str, Any]:
    name = str(node["name_vi"])
    kind = "office" if name.startswith("Văn phòng Sở") or name == "Văn phòng" else "division"
    mark = "found" if "found" in str(node.get("name_source", "")) else "unverified"
    return {"key": slug(name), "name": name, "kind": kind, "mark": mark}


def _marks(node: Row) -> dict[str, str]:
    """Where each fact comes from, as the source says it."""
    kept = ("code_source", "name_source", "dates_source", "legacy_code_source", "functions_to", "note")
    marks = {name: str(node[name]) for name in kept if node.get(name)}
    for name in ("gso_code", "succeeded_by", "commune_count"):
        if node.get(name):
            marks[name] = str(node[name])
    if node.get("succeeded_by_gso"):
        marks["succeeded_by_gso"] = ", ".join(node["succeeded_by_gso"])
    return marks


# The level of districts ended on this day; from general knowledge, as the dates of the data files.
DISTRICTS_UNTIL = date(2025, 6, 30)


def level_of(kind: str) -> str | None:
    """The only level at which an agency of this kind can be; None if there are several."""
    return _LEVELS.get(kind)


def may_be_without_parent(kind: str) -> bool:
    """Only the committee of the province is the root of a tree."""
    return kind == "province_committee"


def template_of(row: Row) -> str:
    """The name of the set of units that an agency of this kind has by default."""
    if row.get("unit_template"):
        return str(row["unit_template"])
    kind = str(row["kind"])
    if kind == "commune_committee":
        is_new = str(row.get("valid_from") or "") >= "2025-07-01"
        if not is_new:
            return "commune_before_2025_07"
        return "ward_from_2025_07" if " phường " in str(row["name_vi"]).lower() else "commune_from_2025_07"
    if kind == "vertical_agency" and row["level"] == "commune":
        return "commune_police"
    return kind


def units_of(row: Row, templates: Mapping[str, Sequence[Row]]) -> list[dict[str, Any]]:
    """The row's own units, completed from its template with the kinds that it lacks: named by their place.

    Divisions of the template are added only where the row names none of its own. So agencies of every kind
    that a regulation is for have a desk that takes in and a division that settles.

    Basis: QN20-1.2, KT18-2.1, KT22-1.2.a, KT22-1.2.b, DL24-2.1.
    """
    own = [dict(unit) for unit in row.get("units", ())]
    for unit in own:
        unit.setdefault("key", slug(unit["name"]))
        unit.setdefault("mark", "unverified")
    kinds = {unit["kind"] for unit in own}
    names = {"agency": str(row["name_vi"])}
    added = [
        dict(unit) | {"name": own_name(str(unit["name"]) % names, names["agency"])}
        for unit in templates.get(template_of(row), ())
        if unit["kind"] not in kinds
    ]
    order = {"desk": 0, "division": 1, "leadership": 2, "office": 3}
    return sorted([*own, *added], key=lambda unit: order[unit["kind"]])
