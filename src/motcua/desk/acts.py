"""Acts of administration in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from motcua.agencies.enums import Role
from motcua.audit.queries import AdministrativeAct
from motcua.desk import labels as desk_labels

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class SaidAct:
    """As `theme/components/timeline.html` wants it."""

    title: str
    at: datetime
    who: str
    body: str
    state: str = "done"
    tag: str = ""
    tone: str = ""


def said(act: AdministrativeAct) -> SaidAct:
    facts = act.facts
    role = facts.get("role")
    parts = [
        str(facts.get("name") or facts.get("to_name") or ""),
        str(facts.get("username") or ""),
        str(facts.get("substitute") or ""),
        gettext(desk_labels.ROLE[Role(role)]) if role else "",
        str(facts.get("unit_name") or ""),
        *_changes(facts),
        str(facts.get("successor_name") or ""),
        _days(str(facts.get("from") or ""), str(facts.get("to") or facts.get("valid_to") or "")),
        "" if role or facts.get("name") else act.what,
    ]
    return SaidAct(
        gettext(desk_labels.ACT.get(act.act, act.act)),
        act.at,
        gettext(act.actor_name) if act.is_of_system else act.actor_name,
        " · ".join(p for p in parts if p),
    )


def _changes(facts: Mapping[str, Any]) -> list[str]:
    """What an officer's entries were and are."""
    none = gettext("không có")
    return [
        f"{gettext(label)}: {facts.get(f'{name}_was') or none} → {facts[f'{name}_is'] or none}"
        for name, label in desk_labels.ENTRY.items()
        if f"{name}_is" in facts
    ]


def _days(start: str, end: str) -> str:
    """Days stand in the chain as ISO wrote them; people read them the other way round. Names stay."""
    shown = ("/".join(reversed(part.split("-"))) if _ISO.fullmatch(part) else part for part in (start, end))
    return " → ".join(part for part in shown if part)
