"""Drafts of processes: from the rows of the editor to a definition, and what differs from it in force."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.rules.cards import UNITS_OF_ROLE
from motcua.kernel.errors import N_
from motcua.kernel.text import visible
from motcua.process.enums import StepKind
from motcua.process.rules.checking import Finding
from motcua.process.rules.definitions import ALWAYS_DONE, IF, ProcessDefinition, Step

Row = dict[str, Any]
MOST_STEPS = 60
_WITHOUT_CHOICE = (StepKind.APPROVE,)  # whoever ends one does not choose how the dossier goes on


@dataclass(frozen=True, slots=True)
class StepEntry:
    """One step as the editor holds it. `unit` is the name of a unit of the agency or nothing, `actor` who
    does it in the words of the table. `time` is as typed; a step whose `group` others share runs beside them;
    `back_to` is the number of an earlier step; `at` is the agency that does it, as in `Step.place`. One with
    `only_if` is done in that case only; one that `shares_time` has no time of its own: it is done within that
    of the step above it. `ends_with_number`: as in `Step`."""

    kind: StepKind
    action: str
    unit: str = ""
    time: str = ""
    time_unit: str = "none"
    group: str = ""
    back_to: int | None = None
    is_counted: bool = True
    actor: str = ""
    at: str = ""
    only_if: str = ""
    shares_time: bool = False
    ends_with_number: bool = False


LONGEST_CONDITION = 200
_NUMBER = re.compile(r"\d{1,4}(\.\d{1,4})?|\d{1,3}/[1-9]\d{0,2}")


def is_odd(step: StepEntry, place: int) -> bool:
    """Whether the step cannot be kept: no name, no number, a way back that leads forward, a time of its own
    beside the shared one, a case in which it is done although it must be done always or beside others, a
    number that nobody but a clerk gives."""
    is_timed = not step.time or (_NUMBER.fullmatch(step.time) and step.time_unit != "none")
    leads_back = step.back_to is None or 0 < step.back_to < place
    is_named = (
        bool(visible(step.action)) and len(step.action) <= 300 and len(step.actor) <= 200 >= len(step.at)
    )
    is_shared_only = not step.shares_time or (not step.time and place > 1)
    is_open = not step.only_if or (
        step.kind not in ALWAYS_DONE and not step.group and len(step.only_if) <= LONGEST_CONDITION
    )
    is_clerks = not step.ends_with_number or step.kind is StepKind.CLERICAL
    return not (is_named and is_timed and leads_back and is_shared_only and is_open and is_clerks)


def row_of(
    *, name: str, variant: str, source: str, steps: Sequence[StepEntry], total: Mapping[str, str] | None
) -> Row:
    """The row that an import of the same table would bring."""
    return {
        "name_vi": name,
        "variant": variant or None,
        "mark": "found",
        "source": source,
        "total_declared": dict(total) if total else None,
        "steps": [_row(order, step) for order, step in enumerate(steps, start=1)],
        "time_groups": _times_over_several(steps),
    }


def _times_over_several(steps: Sequence[StepEntry]) -> list[Row]:
    """One group for each step whose time the steps below it share."""
    groups: list[Row] = []
    for order, step in enumerate(steps, start=1):
        if not step.shares_time:
            time = {"value": step.time, "unit": step.time_unit} if step.time else None
            groups.append({"orders": [order], "time": time})
        elif groups:
            groups[-1]["orders"].append(order)
    return [group for group in groups if len(group["orders"]) > 1]


def _row(order: int, step: StepEntry) -> Row:
    row: Row = {
        "order": order,
        "kind": str(step.kind),
        "action": step.action,
        "actor": step.actor,
        "unit": step.unit,
        "time": {"value": step.time, "unit": step.time_unit} if step.time else None,
        "not_counted": not step.is_counted,
    }
    if step.group:
        row["parallel_group"] = step.group
    if step.back_to is not None:
        row["send_back_to"] = step.back_to
    if step.at:
        row["at"] = step.at
    if step.only_if:
        row["only_if"] = step.only_if
    if step.ends_with_number:
        row["ends_with_number"] = True
    return row


def entries_of(row: Mapping[str, Any]) -> tuple[StepEntry, ...]:
    """The steps of a row back in the editor."""
    sharing = {order for group in row.get("time_groups", ()) for order in group["orders"][1:]}
    return tuple(
        StepEntry(
            kind=StepKind(item["kind"]),
            action=item["action"],
            unit=item["unit"],
            actor=item["actor"],
            time=(item["time"] or {}).get("value", ""),
            time_unit=(item["time"] or {}).get("unit", "none"),
            group=item.get("parallel_group", ""),
            back_to=item.get("send_back_to"),
            is_counted=not item["not_counted"],
            at=item.get("at", ""),
            only_if=item.get("only_if", ""),
            shares_time=item["order"] in sharing,
            ends_with_number=item.get("ends_with_number", False),
        )
        for item in row["steps"]
    )


def entries_from(definition: ProcessDefinition, unit_names: Collection[str]) -> tuple[StepEntry, ...]:
    """A process in force as a beginning: who does a step is kept as it is written there, as a unit where the
    agency has one of that name."""
    order = {step.key: place for place, step in enumerate(definition.steps, start=1)}
    groups = _groups(definition)
    entries = []
    for step in definition.steps:
        time, unit = _printed_time(definition, step)
        entries.append(
            StepEntry(
                kind=step.kind,
                action=step.name,
                unit=step.actor_text if step.actor_text in unit_names else "",
                actor="" if step.actor_text in unit_names else step.actor_text[:200],
                time=time,
                time_unit=unit if time else "none",
                group=groups.get(step.key, ""),
                back_to=_back_to(step, order),
                is_counted=step.is_counted,
                at=step.place,
                only_if=definition.condition_of(step)[:LONGEST_CONDITION],
                shares_time=definition.shares_time(step),
                ends_with_number=step.ends_with_number,
            )
        )
    return tuple(entries)


def _printed_time(definition: ProcessDefinition, step: Step) -> tuple[str, str]:
    """Value and unit that stand in the step's row: the shared time stands in the first of its steps."""
    if definition.shares_time(step):
        return "", "none"
    group = definition.shared_time(step)
    return (group.printed_value, group.printed_unit) if group else (step.printed_value, step.printed_unit)


def _groups(definition: ProcessDefinition) -> dict[str, str]:
    forks = [out.to for step in definition.steps for out in step.outcomes if len(out.to) > 1]
    return {key: chr(ord("A") + place) for place, fork in enumerate(forks) for key in fork}


def _back_to(step: Step, order: Mapping[str, int]) -> int | None:
    targets = [order[to] for out in step.outcomes for to in out.to if order[to] < order[step.key]]
    return targets[0] if targets else None


def findings_of_units(
    definition: ProcessDefinition,
    entries: Sequence[StepEntry],
    units: Sequence[tuple[str, UnitKind]],
    there_is: Callable[[str], bool],
) -> tuple[Finding, ...]:
    """Steps for which the agency has no unit: none of the name, or none in which the role is held; and steps
    at a place (`Step.place`) of which `there_is` knows nothing."""
    names, kinds = {name for name, _ in units}, {kind for _, kind in units}
    found = [
        Finding(
            "unknown_unit",
            N_("Cơ quan không có đơn vị “%(unit)s” của bước %(step)s."),
            {"unit": entry.unit, "step": entry.action},
        )
        for entry in entries
        if entry.unit and entry.unit not in names
    ]
    for step in definition.steps:
        if step.place:
            if not there_is(step.place):
                text = N_("Không có cơ quan hoặc phòng “%(place)s” của bước %(step)s.")
                found.append(Finding("unknown_place", text, {"place": step.place, "step": step.name}))
        elif not UNITS_OF_ROLE[Role(step.role)] & kinds:
            found.append(
                Finding(
                    "no_unit_for_role",
                    N_("Cơ quan không có đơn vị nào làm bước %(step)s."),
                    {"step": step.name},
                )
            )
    return tuple(found)


def findings_of_conditions(definition: ProcessDefinition) -> tuple[Finding, ...]:
    """Steps that are done in some cases only, and before which stands nobody who could say that it is one."""
    choosing = {
        out.key: out.label
        for step in definition.steps
        if step.kind not in _WITHOUT_CHOICE
        for out in step.outcomes
        if out.key.startswith(IF)
    }
    text = N_(
        "Không ai chọn được trường hợp “%(case)s” của bước %(step)s: ngay trước là bước phê duyệt, "
        "khi kết thúc không chọn được hướng đi."
    )
    return tuple(
        Finding("nobody_chooses", text, {"case": definition.condition_of(step), "step": step.name})
        for step in definition.steps
        if definition.condition_of(step) and f"{IF}{step.key}" not in choosing
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """A step before and after; None where it is not there. `fields`: what of it changed."""

    before: Step | None
    after: Step | None
    fields: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        return self.before is not None and self.after is not None and not self.fields


def compare(before: ProcessDefinition | None, after: ProcessDefinition) -> tuple[Difference, ...]:
    """The steps side by side, in the order of the new process; what was taken out stands where it was.

    Basis: QN20-21.4, KT22-23.3, PT24-23.3.
    """
    old, new = (before.steps if before else ()), after.steps
    matcher = SequenceMatcher(None, [_face(step) for step in old], [_face(step) for step in new], False)
    found: list[Difference] = []

    def told(one: Step, two: Step) -> Difference:
        fields = _fields(one, two)
        if before and before.condition_of(one) != after.condition_of(two):
            fields.append("condition")
        if before and before.shares_time(one) != after.shares_time(two):
            fields.append("shares_time")
        return Difference(one, two, tuple(fields))

    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found += [told(one, two) for one, two in zip(old[a:b], new[c:d], strict=True)]
        else:
            paired = min(b - a, d - c) if tag == "replace" else 0
            found += [told(old[a + n], new[c + n]) for n in range(paired)]
            found += [Difference(step, None) for step in old[a + paired : b]]
            found += [Difference(None, step) for step in new[c + paired : d]]
    return tuple(found)


def _face(step: Step) -> tuple[str, str]:
    return (str(step.kind), step.name)


def _value(step: Step, name: str) -> object:
    value = getattr(step, name)
    return "" if name == "printed_unit" and not step.printed_value else value


def _fields(before: Step, after: Step) -> list[str]:
    fields = [
        name
        for name in (
            "name",
            "kind",
            "place",
            "actor_text",
            "printed_value",
            "printed_unit",
            "waits_for",
            "is_counted",
            "ends_with_number",
        )
        if _value(before, name) != _value(after, name)
    ]
    if [(out.key, out.to) for out in before.outcomes] != [(out.key, out.to) for out in after.outcomes]:
        fields.append("outcomes")
    return fields
