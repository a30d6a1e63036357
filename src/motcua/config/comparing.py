"""What `motcua law compare` prints: regulations side by side, or a dossier under another one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import timezone

from motcua.dossiers import labels, services
from motcua.dossiers.rules.resting import Ground
from motcua.dossiers.rules.under import Verdict
from motcua.kernel.actors import SYSTEM
from motcua.law import queries
from motcua.law.rules import Value
from motcua.law.rules.comparing import Side, compare
from motcua.law.rules.values import plain_json

_KEPT = "kept from the dossier's own regulation"


def regulations(names: Sequence[str], *, as_json: bool) -> str:
    """The named regulations, or all, side by side; what differs first. Raises UnknownRegulation."""
    chosen = [queries.regulation(name) for name in names] or list(queries.law().regulations.values())
    short_names = [one.short_name for one in chosen]
    sides = compare(chosen)
    if as_json:
        return json.dumps([_side_json(side, short_names) for side in sides], ensure_ascii=False, indent=2)
    lines = [f"{sum(side.differs for side in sides)} points differ, {len(sides)} are spoken about"]
    for side in sides:
        lines.append(f"{'≠' if side.differs else '='} {side.key}")
        lines += [f"    {name}  {_cell(value)}" for name, value in zip(short_names, side.values, strict=True)]
    return "\n".join(lines)


def dossier(number: str, short_name: str, *, as_json: bool) -> str:
    """What another regulation would say to a dossier. Raises NotFound, UnknownRegulation."""
    own, other = services.explain_under(actor=SYSTEM, at=timezone.now(), number=number, short_name=short_name)
    if as_json:
        told = {"dossier": number, "own": _verdict_json(own), "under": _verdict_json(other)}
        return json.dumps(told, ensure_ascii=False, indent=2, default=str)
    first, second = _verdict_json(own), _verdict_json(other)
    lines = [f"{number}: {own.regulation} (its own) and {other.regulation}"]
    for key in first:
        if key not in {"regulation", "objections", "grounds", "kept"}:
            mark = "=" if first[key] == second[key] else "≠"
            lines.append(f"{mark} {key:20} {_plain(first[key]):26} {_plain(second[key])}")
            lines += [
                f"    {each.regulation}  {_KEPT if key in each.kept else _ground(each.grounds[key])}"
                for each in (own, other)
                if key in each.grounds
            ]
    for one in other.objections:
        keeps = f"; what follows is by {own.regulation}" if one.keeps_own_law else ""
        lines.append(f"! {one.at:%Y-%m-%d %H:%M} {one.kind}: {one.code} [{', '.join(one.clauses)}]{keeps}")
    lines.append("not asked: assignments, parts given to others, who did each act, acts that are not there")
    return "\n".join(lines)


def _side_json(side: Side, names: Sequence[str]) -> dict[str, Any]:
    values = {
        name: value.to_json() if value else None for name, value in zip(names, side.values, strict=True)
    }
    return {"key": side.key, "differs": side.differs, "values": values}


def _cell(value: Value | None) -> str:
    if value is None:
        return "silent"
    shown = plain_json(value.value)
    text = ", ".join(map(str, shown)) if isinstance(shown, list) else str(shown)
    reference = f" → {value.by_reference}" if value.by_reference else ""
    return f"{text}  [{' '.join(value.clauses)}]{reference}"


def _verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Every point in plain words: moments in ISO, limits in their short form, fees as they are told."""
    told = asdict(verdict) | {
        "apology_notice": str(verdict.apology_notice),
        "fees": [labels.fees_sentence((fee,)) for fee in verdict.fees],
        "paid_when": [f"{name}: {labels.when_due(due)}" for name, due in verdict.paid_when],
        "refunds": {str(ground): str(answer) for ground, answer in verdict.refunds.items()},
    }
    return {key: _json(value) for key, value in told.items()}


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "-"
    return "-" if value is None else str(value)


def _ground(ground: Ground) -> str:
    references = "".join(f" → {each}" for each in ground.references)
    return f"[{' '.join(ground.clauses)}]{references}" if ground.clauses or references else "silent"
