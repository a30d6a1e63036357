"""Carry facts from a folder of collected data over into the data files of the apps. Run by hand:

    python tools/carry_over_data.py FOLDER

FOLDER holds procedures.json, processes.json, agencies.json and admin-units.json. Nothing is converted: values
and units stay as printed, with their marks. What is added (channels of papers whose condition names one,
kinds of steps) is written in tables below and marked `derived`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

SOURCE_ROOT = Path(__file__).resolve().parent.parent / "src" / "motcua"
CENSUS_OF = {"quang-ngai": "51", "dak-lak": "66", "phu-tho": "25"}
WITH_POLICE = 6  # communes per province that get a commune police station as a sample

# What a condition in the source says about channels. Only these words do.
CHANNELS_OF_CONDITION = {
    "nộp trực tiếp/bưu chính": ["counter", "postal"],
    "nộp trực tiếp": ["counter", "postal"],
    "trực tiếp": ["counter", "postal"],
    "nộp trực tuyến": ["online"],
    "trực tuyến": ["online"],
    "nộp trực tuyến, thay tờ khai": ["online"],
}
SHOWN_ONLY = "xuất trình; trực tuyến thì cung cấp số định danh"
EFORM_OF = {
    "khai-sinh": "khai-sinh",
    "lien-thong-khai-sinh-thuong-tru-bhyt": "khai-sinh",
    "khai-tu": "khai-tu",
    "ket-hon": "ket-hon",
    "xac-nhan-hon-nhan": "xac-nhan-tinh-trang-hon-nhan",
    "ban-sao-trich-luc": "ban-sao-trich-luc",
    "ho-kinh-doanh-thanh-lap": "ho-kinh-doanh",
    "cap-phep-xay-dung-nha-o": "cap-phep-xay-dung",
    "thuong-tru": "cu-tru",
    "tam-tru": "cu-tru",
    "ly-lich-tu-phap": "ly-lich-tu-phap",
}
PROCEDURE_KEYS = (
    *("id", "code", "name_vi", "name_full_vi", "field", "field_code", "level", "level_before_2025_07"),
    *("agency", "publication_decision", "legal_time", "channels", "fee", "fee_rule", "components", "result"),
    *("results", "online_level", "online_level_source", "legal_basis", "provenance", "source"),
    *("code_source", "external_system", "local_time", "local_code_examples"),
)
STEP_FACTS = (
    *("parallel_group", "join", "after", "opinion", "silence_is_consent", "external", "waiting"),
    *("pauses_clock", "field_verification", "public_posting", "council", "condition", "loop_back_to"),
    *("send_back_to", "section", "sub_procedure", "within", "may_ask_supplement", "not_counted"),
    *("on_timeout", "max_times"),
)


def main(folder: Path) -> None:
    procedures = load(folder / "procedures.json")
    processes = load(folder / "processes.json")
    agencies = load(folder / "agencies.json")
    units = load(folder / "admin-units.json")
    write_procedures(procedures)
    write_processes(processes, procedures)
    for tree in agencies["provinces"]:
        write_agencies(tree, agencies["meta"], units)


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def save(path: Path, meta: dict[str, Any], key: str, rows: list[Any]) -> None:
    """One row per line: differences between two runs can be read."""
    body = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
    head = json.dumps(meta, ensure_ascii=False, indent=2)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{{\n"meta": {head},\n"{key}": [\n{body}\n]\n}}\n', "utf-8")
    print(f"{path.relative_to(SOURCE_ROOT.parent.parent)}: {len(rows)}")


# --- procedures --------------------------------------------------------------------------------------------


def write_procedures(source: dict[str, Any]) -> None:
    meta = {
        "about": "Administrative procedures with where each fact comes from (provenance per field).",
        "marks": source["meta"]["reading"],
        "as_of": source["meta"]["as_of"],
        "time_units": source["meta"]["schema"]["time_units"],
        "valid_from": "2018-01-01",
        "valid_from_mark": "sample: the texts are of 2025 and 2026; they are in force from 2018 here so that "
        "demonstrations and worked cases can play at earlier dates",
    }
    rows = [procedure(row) for row in source["procedures"]]
    save(SOURCE_ROOT / "catalogue" / "data" / "procedures.json", meta, "procedures", rows)


def procedure(row: dict[str, Any]) -> dict[str, Any]:
    kept = {key: row[key] for key in PROCEDURE_KEYS if row.get(key) not in (None, [], {})}
    kept["code"] = row["code"]
    kept["fee"] = [fee(item) for item in row["fee"]]
    kept["components"] = [component(item) for item in row["components"]]
    kept["provenance"] = {key: mark for key, mark in row["provenance"].items() if key != "steps"}
    kept["eform"] = EFORM_OF.get(row["id"], "chung")
    kept["notes"] = notes(row)
    return kept


def component(item: dict[str, Any]) -> dict[str, Any]:
    kept = dict(item)
    condition = item.get("condition", "")
    if condition in CHANNELS_OF_CONDITION:
        kept["channels"] = CHANNELS_OF_CONDITION[condition]
    if condition == SHOWN_ONLY:
        kept |= {"channels": ["counter"], "shown_only": True}
    if condition.startswith(("khi ủy quyền", "ủy quyền;")):
        kept["for_others"] = True
    return kept


def fee(item: dict[str, Any]) -> dict[str, Any]:
    kept = dict(item)
    if "trực tuyến" in item["name"]:
        kept["channel"] = "online"
    elif "trực tiếp" in item["name"]:
        kept["channel"] = "counter"
    return kept


def notes(row: dict[str, Any]) -> list[str]:
    """What the source says beside the table: turns of the procedure, longer times, opinions."""
    found = [f"{flow['text']}" for flow in row.get("extra_flows", []) if flow.get("text")]
    legal = row["legal_time"]
    names = {"working_day": "ngày làm việc", "calendar_day": "ngày", "working_hour": "giờ làm việc"}
    for item in legal.get("extensions", []):
        found.append(f"{item['case']}: thêm {item['value']} {names[item['unit']]}")
    if extended := legal.get("extended") or legal.get("max_extension"):
        found.append(f"kéo dài tối đa: {extended['value']} {names[extended['unit']]}")
    if legal.get("submit_before_event"):
        before = legal["submit_before_event"]
        found.append(f"nộp trước ngày tổ chức ít nhất {before['value']} {names[before['unit']]}")
    return found


# --- processes ---------------------------------------------------------------------------------------------

OUTSIDE = ("Công dân", "Doanh nghiệp")  # steps of the applicant, on which the agency waits
VARIANT_OF = {"ca-mau-01779-01": "nhóm I, II", "cao-bang-1948-08": None}  # the case in the procedure's words


def write_processes(processes: dict[str, Any], procedures: dict[str, Any]) -> None:
    meta = {
        "about": "Internal processes with the time of every step. The first 61 rows are decisions of "
        "provincial chairmen of November 2025; the rest are made from the step lists of the procedures.",
        "kinds": processes["meta"]["kinds"],
        "checks": processes["meta"]["checks"],
        "time_units": processes["meta"]["time_units"],
        "valid_from": "2018-01-01",
        "valid_from_mark": "sample: in force from 2018 here so that demonstrations and worked cases can play",
    }
    rows = [approved(row) for row in processes["processes"]]
    with_table = {row["code"][:8] for row in rows if row["code"]}
    rows += [
        from_procedure(row)
        for row in procedures["procedures"]
        if row["steps"] and row["code"] and row["code"][:8] not in with_table
    ]
    save(SOURCE_ROOT / "process" / "data" / "processes.json", meta, "processes", rows)


def approved(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "code": row["code"],
        "procedures": [item["code"] for item in row.get("procedures", [])],
        "name_vi": row["name_vi"],
        "case": row.get("case"),
        "variant": VARIANT_OF.get(row["id"], row.get("case")),
        "province": row["province"],
        "decision": row["decision"],
        "decision_date": row["decision_date"],
        "total_declared": row["total_declared"],
        "sum_equals_total": row["sum_equals_total"],
        "time_groups": row.get("time_groups", []),
        "note": row.get("note", ""),
        "mark": "found",
        "override": override(row),
        "steps": [step(item, item["kind"], "found") for item in row["steps"]],
        "source": row["source"],
    }


def override(row: dict[str, Any]) -> str:
    """Why a table that disagrees with itself is carried all the same."""
    if row["sum_equals_total"]:
        return ""
    return "sai lệch có trong chính quyết định; giữ nguyên như văn bản"


def from_procedure(row: dict[str, Any]) -> dict[str, Any]:
    mark = {"found": "found", "derived": "derived"}.get(row["provenance"]["steps"], "unverified")
    old = str(row.get("steps_model", "")).startswith("3-level")
    last = row["steps"][-1]["order"]
    return {
        "id": f"thu-tuc-{row['id']}",
        "code": row["code"],
        "procedures": [],
        "name_vi": row["name_vi"],
        "case": None,
        "variant": None,
        "province": "",
        "decision": "",
        "decision_date": None,
        "total_declared": None,
        "sum_equals_total": None,
        "time_groups": row.get("time_groups", []),
        "note": row.get("steps_model") or "",
        "mark": mark,
        "valid_to": "2025-06-30" if old else None,
        "override": "bước lấy từ trang thủ tục, không phải bảng quy trình nội bộ được phê duyệt",
        "steps": [step(item, kind_of(item, item["order"] == last), mark) for item in row["steps"]],
        "source": row["steps_source"],
    }


def kind_of(item: dict[str, Any], is_last: bool) -> str:
    """The kind of a step from its words and flags, where the source gives none. Always marked `derived`."""
    if item.get("kind"):
        return str(item["kind"])
    action, actor = item["action"].lower(), item["actor"].lower()
    if item["unit"] in OUTSIDE:
        return "opinion"
    if item["order"] == 1:
        return "intake"
    if is_last and ("trả" in action or "trả" in actor):
        return "return"
    if item.get("opinion") or item.get("waiting") or item.get("external") is True:
        return "opinion"
    if "văn thư" in actor or ("đóng dấu" in action and "ký" not in action):
        return "clerical"
    if any(word in actor for word in ("lãnh đạo", "chủ tịch", "thủ trưởng", "ủy ban nhân dân", "bộ trưởng")):
        return "approve"
    return "process"


def step(item: dict[str, Any], kind: str, mark: str) -> dict[str, Any]:
    kept = {key: item[key] for key in ("order", "actor", "unit", "action", "time")}
    if not kept["actor"] or not kept["unit"]:
        kept["responsible"] = item.get("responsible")
    kept |= {key: item[key] for key in STEP_FACTS if item.get(key) not in (None, False)}
    if ":" not in item.get("condition", ":"):  # with a colon it is a remark, not a condition for the step
        kept["only_if"] = item["condition"]
    return kept | {"kind": kind, "mark": mark}


# --- agencies ----------------------------------------------------------------------------------------------


def write_agencies(tree: dict[str, Any], meta: dict[str, Any], units: dict[str, Any]) -> None:
    province = tree["province"]
    root = dict(tree["root"])
    root["children"] = [prepared(child) for child in root["children"]]
    if province in CENSUS_OF:
        root["children"] += missing_communes(root, CENSUS_OF[province], units)
    root["children"] += police_stations(root)
    head = {
        "about": f"Agency tree of {province}. code null: no source found, the import gives a synthetic one.",
        "last_day_before_merger": "2025-06-30",
        "mergers": meta["mergers"],
        "mergers_source": meta["mergers_source"],
        "codes_seen_without_holder": tree.get("codes_seen_without_holder", []),
    }
    path = SOURCE_ROOT / "agencies" / "data" / f"{province}.json"
    save(path, head, "provinces", [{"province": province, "root": root}])


def prepared(node: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in node.items() if key not in ("children", "intake_points")}
    if node.get("intake_points"):
        kept["address"] = "; ".join(point["address"] for point in node["intake_points"])
    if node["kind"] == "vertical_agency" and "Công an" not in node["name_vi"]:
        kept["unit_template"] = "vertical_office"
    if node.get("children"):
        kept["children"] = [prepared(child) for child in node["children"]]
    return kept


def missing_communes(root: dict[str, Any], census: str, units: dict[str, Any]) -> list[dict[str, Any]]:
    """The communes since July 2025 that the tree does not name yet."""
    named = {child.get("gso_code") for child in root["children"] if child.get("valid_from") == "2025-07-01"}
    province = next(item for item in units["new"] if item["code"] == census)
    return [
        {
            "code": None,
            "name_vi": f"Ủy ban nhân dân {ward['name'][0].lower()}{ward['name'][1:]}",
            "kind": "commune_committee",
            "level": "commune",
            "code_source": "not found",
            "name_source": "unit lists of two packages (names found; census codes from one, see note)",
            "gso_code": ward["code"],
            "valid_from": "2025-07-01",
            **({"note": f"census code disputed: also {ward['code_alt']}"} if ward.get("code_alt") else {}),
        }
        for ward in province["wards"]
        if ward["code"] not in named
    ]


def police_stations(root: dict[str, Any]) -> list[dict[str, Any]]:
    communes = [child for child in root["children"] if child["kind"] == "commune_committee"]
    if not communes:
        communes = [
            grandchild
            for child in root["children"]
            for grandchild in child.get("children", [])
            if grandchild["kind"] == "commune_committee"
        ]
    return [
        {
            "code": None,
            "name_vi": commune["name_vi"].replace("Ủy ban nhân dân", "Công an"),
            "kind": "vertical_agency",
            "level": "commune",
            "code_source": "not found",
            "name_source": "sample: made from the commune's name (Công an cấp xã found in procedure texts)",
            **{key: commune[key] for key in ("valid_from", "valid_to") if commune.get(key)},
        }
        for commune in communes[:WITH_POLICE]
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
