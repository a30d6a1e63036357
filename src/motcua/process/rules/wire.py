"""The JSON form of a process definition, as stored in a version. No floats: it is hashed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.kernel.limits import TimeLimit
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import Outcome, ProcessDefinition, Step, TimeGroup


def to_json(definition: ProcessDefinition) -> dict[str, Any]:
    """Everything but the id, which the row gives."""
    return {
        "name": definition.name,
        "procedure_code": definition.procedure_code,
        "variant": definition.variant,
        "declared_total": _limit_to_json(definition.declared_total),
        "declared_value": definition.declared_value,
        "declared_unit": definition.declared_unit,
        "steps": [_step_to_json(step) for step in definition.steps],
        "time_groups": [_group_to_json(group) for group in definition.time_groups],
        "marks": dict(definition.marks),
        "is_sample": definition.is_sample,
        "is_generated": definition.is_generated,
    }


def from_json(body: Mapping[str, Any], *, id: int) -> ProcessDefinition:
    return ProcessDefinition(
        id=id,
        name=body["name"],
        procedure_code=body["procedure_code"],
        variant=body["variant"],
        declared_total=_limit(body["declared_total"]),
        declared_value=body["declared_value"],
        declared_unit=body["declared_unit"],
        steps=tuple(_step(item) for item in body["steps"]),
        time_groups=tuple(_group(item) for item in body["time_groups"]),
        marks=dict(body["marks"]),
        is_sample=body["is_sample"],
        is_generated=body["is_generated"],
    )


def _limit_to_json(limit: TimeLimit | None) -> list[Any] | None:
    # Numerator and denominator: a share such as 1/3 of a day has no decimal form.
    if limit is None:
        return None
    return [limit.value.numerator, limit.value.denominator, str(limit.unit)]


def _limit(item: list[Any] | None) -> TimeLimit | None:
    return None if item is None else TimeLimit.of(f"{item[0]}/{item[1]}", item[2])


def _step_to_json(step: Step) -> dict[str, Any]:
    return {
        "key": step.key,
        "order": step.order,
        "kind": str(step.kind),
        "name": step.name,
        "actor_text": step.actor_text,
        "role": str(step.role),
        "limit": _limit_to_json(step.limit),
        "printed_value": step.printed_value,
        "printed_unit": step.printed_unit,
        "outcomes": [
            {"key": outcome.key, "label": outcome.label, "to": list(outcome.to)} for outcome in step.outcomes
        ],
        "waits_for": list(step.waits_for),
        "time_group": step.time_group,
        "section": step.section,
        "note": step.note,
        "is_counted": step.is_counted,
        "mark": step.mark,
        **({"place": step.place} if step.place else {}),  # without it the hash is what it was before places
        **({"ends_with_number": True} if step.ends_with_number else {}),
    }


def _step(item: Mapping[str, Any]) -> Step:
    return Step(
        key=item["key"],
        order=item["order"],
        kind=StepKind(item["kind"]),
        name=item["name"],
        actor_text=item["actor_text"],
        role=item["role"],
        limit=_limit(item["limit"]),
        printed_value=item["printed_value"],
        printed_unit=item["printed_unit"],
        outcomes=tuple(
            Outcome(outcome["key"], outcome["label"], tuple(outcome["to"])) for outcome in item["outcomes"]
        ),
        waits_for=tuple(item["waits_for"]),
        time_group=item["time_group"],
        section=item["section"],
        note=item["note"],
        is_counted=item["is_counted"],
        mark=item["mark"],
        place=item.get("place", ""),
        ends_with_number=item.get("ends_with_number", False),
    )


def _group_to_json(group: TimeGroup) -> dict[str, Any]:
    return {
        "key": group.key,
        "steps": list(group.steps),
        "limit": _limit_to_json(group.limit),
        "printed_value": group.printed_value,
        "printed_unit": group.printed_unit,
        "note": group.note,
    }


def _group(item: Mapping[str, Any]) -> TimeGroup:
    return TimeGroup(
        key=item["key"],
        steps=tuple(item["steps"]),
        limit=_limit(item["limit"]),
        printed_value=item["printed_value"],
        printed_unit=item["printed_unit"],
        note=item["note"],
    )
