"""How an imported table becomes a process. Values and units stay as printed; what is added is marked derived.

Reading of the flags: a step with `parallel_group` runs beside the others of its group, and the step behind
the group waits for all of them. A step with `only_if` is passed over unless the step before it ends with the
outcome that names the condition. `send_back_to` and `loop_back_to` are outcomes that lead back. `at` names
the agency of another level that does a step. A group of `time_groups` is one time over all its `orders`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.catalogue.rules.abbreviations import spelled_out
from motcua.catalogue.rules.reading import printed_limit, printed_number
from motcua.kernel.errors import N_
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import (
    ALWAYS_DONE,
    IF,
    NEXT,
    ROLE_OF_KIND,
    Outcome,
    ProcessDefinition,
    Step,
    TimeGroup,
)

Row = Mapping[str, Any]
LABEL_OF_KIND = {
    StepKind.INTAKE: N_("Chuyển xử lý"),
    StepKind.ASSIGN: N_("Đã phân công"),
    StepKind.PROCESS: N_("Đã xử lý, trình bước tiếp theo"),
    StepKind.REVIEW: N_("Đồng ý, trình bước tiếp theo"),
    StepKind.APPROVE: N_("Đã phê duyệt"),
    StepKind.CLERICAL: N_("Đã vào sổ, đóng dấu, chuyển"),
    StepKind.OPINION: N_("Đã có ý kiến"),
    StepKind.PUBLISH: N_("Đã công bố"),
    StepKind.RETURN: N_("Đã trả kết quả"),
}
# The lead takes in, gives out its own case and answers to the applicant, whoever works in between.
_OF_THE_LEAD = (StepKind.INTAKE, StepKind.ASSIGN, StepKind.RETURN)
_AFTER_APPROVAL = (StepKind.CLERICAL, StepKind.PUBLISH, StepKind.RETURN)


def definition(row: Row, *, procedure_code: str, id: int = 0) -> ProcessDefinition:
    """The process that a row describes. Raises ValueError with a reason if steps do not fit together."""
    rows = sorted(row["steps"], key=lambda item: int(item["order"]))
    orders = [item["order"] for item in rows]
    if len(set(orders)) != len(orders):
        raise ValueError(N_("hai bước có cùng số thứ tự"))
    marks = {"steps": str(row.get("mark", "unverified")), "source": str(row.get("source", ""))}
    rows, more_marks = _completed(rows)
    groups = _time_groups(row, rows)
    steps = tuple(_step(item, rows, groups, str(row.get("mark", "unverified"))) for item in rows)
    total = row.get("total_declared") or {}
    variant = row["variant"] if "variant" in row else row.get("case")
    return ProcessDefinition(
        id=id,
        name=spelled_out(" ".join(row["name_vi"].split())),
        procedure_code=procedure_code,
        variant=None if variant is None else spelled_out(variant),
        steps=steps,
        declared_total=printed_limit(total.get("value"), total.get("unit", "none")),
        declared_value=printed_number(total.get("value")),
        declared_unit=total.get("unit", ""),
        time_groups=groups,
        marks=marks | more_marks,
        is_sample=row.get("mark") != "found" or bool(row.get("province")),
    )


def _completed(rows: list[Row]) -> tuple[list[Row], dict[str, str]]:
    """The rows with an intake first, a return last and an approval between, each added one marked derived."""
    marks: dict[str, str] = {}
    rows = list(rows)
    if rows[0]["kind"] != StepKind.INTAKE:
        rows.insert(0, _added(StepKind.INTAKE, N_("Tiếp nhận hồ sơ"), rows[0]["order"] - 1))
        marks["intake"] = "derived: added"
    # A step printed after the return (publication) is not counted; the run ends with the return.
    returns = [item for item in rows if item["kind"] == StepKind.RETURN]
    if returns and rows[-1] is not returns[-1]:
        rows.remove(returns[-1])
        rows.append({**returns[-1], "order": rows[-1]["order"] + 1})
        marks["return"] = "derived: placed last"
    if not returns:
        rows.append(_added(StepKind.RETURN, N_("Trả kết quả"), rows[-1]["order"] + 1))
        marks["return"] = "derived: added"
    if not any(item["kind"] == StepKind.APPROVE for item in rows):
        place = next(i for i in range(len(rows), 0, -1) if rows[i - 1]["kind"] not in _AFTER_APPROVAL)
        rows.insert(place, _added(StepKind.APPROVE, N_("Phê duyệt kết quả"), 0))
        marks["approve"] = "derived: added"
    return _renumbered(rows), marks


def _added(kind: StepKind, action: str, order: int) -> dict[str, Any]:
    return {"order": order, "actor": "", "action": action, "kind": str(kind), "time": None, "mark": "derived"}


def _renumbered(rows: Sequence[Row]) -> list[Row]:
    """Orders 1, 2, 3 …; references between steps follow. Added steps have no printed number to keep."""
    new = {item["order"]: index for index, item in enumerate(rows, start=1) if item.get("mark") != "derived"}
    renumbered: list[Row] = []
    for index, item in enumerate(rows, start=1):
        changed = {**item, "order": index, "number_in_table": item["order"]}
        for name in ("send_back_to", "loop_back_to"):
            if name in item:
                changed[name] = new.get(item[name], 0)
        if "after" in item:
            changed["after"] = [new.get(order, 0) for order in item["after"]]
        renumbered.append(changed)
    return renumbered


def _step(item: Row, rows: Sequence[Row], groups: Sequence[TimeGroup], mark: str) -> Step:
    kind = StepKind(item["kind"])
    time = item.get("time") or {}
    key = key_of(item)
    if item.get("at") and kind in _OF_THE_LEAD:
        raise ValueError(N_("bước tiếp nhận, phân công, trả kết quả là của cơ quan chủ trì"))
    if item.get("only_if") and kind in ALWAYS_DONE:
        raise ValueError(N_("bước tiếp nhận và bước trả kết quả luôn phải làm"))
    if item.get("ends_with_number") and kind is not StepKind.CLERICAL:
        raise ValueError(N_("chỉ bước văn thư kết thúc bằng việc ghi số"))
    group = next((group.key for group in groups if key in group.steps), None)
    return Step(
        key=key,
        order=item["order"],
        kind=kind,
        name=spelled_out(" ".join(str(item["action"]).split()))[:300],
        actor_text=spelled_out(_actor_text(item)),
        role=ROLE_OF_KIND[kind],
        limit=None if group else printed_limit(time.get("value"), time.get("unit", "none")),
        printed_value=printed_number(time.get("value")),
        printed_unit=time.get("unit", ""),
        outcomes=_outcomes(item, rows),
        waits_for=_waits_for(item, rows),
        time_group=group,
        section=spelled_out(item.get("section", "")),
        note=spelled_out(item.get("only_if") or item.get("condition", "")),
        is_counted=not item.get("not_counted", False),
        mark=item.get("mark", mark),
        place=str(item.get("at") or ""),
        ends_with_number=bool(item.get("ends_with_number")),
    )


def _actor_text(item: Row) -> str:
    """Who does the step, as printed: actor and unit, or the whole cell where the source did not part them."""
    actor, unit = (str(item.get(name) or "").strip() for name in ("actor", "unit"))
    if not actor and not unit:
        return str(item.get("responsible") or "").strip()
    return actor if not unit or unit == actor else f"{actor}, {unit}".strip(", ")


def key_of(item: Row) -> str:
    return f"s{item['order']}"


def _outcomes(item: Row, rows: Sequence[Row]) -> tuple[Outcome, ...]:
    straight = _straight_on(item, rows)
    label = LABEL_OF_KIND[StepKind(item["kind"])]
    outcomes = [Outcome(NEXT, label, tuple(key_of(target) for target in straight))]
    for target in _conditional_between(item, rows, straight):
        label = spelled_out(str(target["only_if"]))
        outcomes.append(Outcome(f"{IF}{key_of(target)}", label, (key_of(target),)))
    for name, key in (("send_back_to", "back"), ("loop_back_to", "again")):
        wanted = item.get(name)
        earlier = next((other for other in rows if other["order"] == wanted), None)
        if earlier is not None and earlier["order"] < item["order"]:
            outcomes.append(Outcome(key, N_("Trả lại bước trước"), (key_of(earlier),)))
    return tuple(outcomes)


def _straight_on(item: Row, rows: Sequence[Row]) -> list[Row]:
    """The steps that follow when nothing special happens: one, or all of a parallel group."""
    group = item.get("parallel_group")
    later = [other for other in rows if other["order"] > item["order"] and not other.get("only_if")]
    if group is not None:
        later = [other for other in later if other.get("parallel_group") != group]
    if not later:
        return []
    following = later[0].get("parallel_group")
    if following is None:
        return [later[0]]
    return [other for other in later if other.get("parallel_group") == following]


def _conditional_between(item: Row, rows: Sequence[Row], straight: Sequence[Row]) -> list[Row]:
    end = min((target["order"] for target in straight), default=item["order"])
    return [other for other in rows if item["order"] < other["order"] < end and other.get("only_if")]


def _waits_for(item: Row, rows: Sequence[Row]) -> tuple[str, ...]:
    """The step behind a parallel group waits for all of it, whether or not the table says `join`."""
    before = [other for other in rows if other["order"] < item["order"] and not other.get("only_if")]
    group = before[-1].get("parallel_group") if before else None
    if group is None or item.get("parallel_group") == group or item.get("only_if"):
        return ()
    return tuple(key_of(other) for other in before if other.get("parallel_group") == group)


def _time_groups(row: Row, rows: Sequence[Row]) -> tuple[TimeGroup, ...]:
    """The groups, which name steps by their printed numbers, with the keys that the steps have got here."""
    keys = {item["number_in_table"]: key_of(item) for item in rows if item.get("mark") != "derived"}
    groups = []
    for number, item in enumerate(row.get("time_groups", ()), start=1):
        time = item.get("time") or {}
        groups.append(
            TimeGroup(
                key=f"g{number}",
                steps=tuple(keys[order] for order in item["orders"] if order in keys),
                limit=printed_limit(time.get("value"), time.get("unit", "none")),
                printed_value=printed_number(time.get("value")),
                printed_unit=time.get("unit", ""),
                note=item.get("note", ""),
            )
        )
    return tuple(groups)
