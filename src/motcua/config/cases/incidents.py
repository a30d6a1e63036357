"""Acts of a case that are about an incident, not about a dossier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from motcua.config.cases.reading import MAIN, moment
from motcua.config.cases.scene import Scene
from motcua.config.cases.stage import Stage
from motcua.dossiers import queries as dossiers
from motcua.incidents import queries, services
from motcua.incidents.enums import Scope, Whom
from motcua.notify import queries as notify
from motcua.notify.models import OutboxMessage

_ADDRESSES = {f"{whom.value}@bao.vi-du.vn": whom for whom in Whom}
CONTACTS = [f"{whom.value}={address}" for address, whom in _ADDRESSES.items()]


def _declare(stage: Stage) -> None:
    scope = Scope(stage.text("scope", "desk"))
    other = stage.text("agency", "")
    agency = stage.scene.agency
    card = services.declare(
        actor=stage.scene.actor(stage.act.by),
        at=stage.act.at,
        scope=scope,
        what=stage.text("what", "Mất điện"),
        began_at=moment(stage.text("began")) if "began" in stage.given else stage.act.at,
        agency_id=(stage.scene.other_agency(other) if other else agency.id)
        if scope is Scope.AGENCY
        else None,
        unit_id=agency.desk_unit_id if scope is Scope.DESK else None,
        evidence=stage.text("evidence", ""),
        ended_at=moment(stage.text("ended")) if "ended" in stage.given else None,
        remedy=stage.text("remedy", "Có điện trở lại"),
    )
    stage.scene.incidents[stage.text("incident", MAIN)] = card.window.id


def _end(stage: Stage) -> None:
    services.end(
        actor=stage.scene.actor(stage.act.by),
        at=stage.act.at,
        incident_id=stage.scene.incident(stage.text("incident", MAIN)),
        ended_at=moment(stage.text("ended")) if "ended" in stage.given else stage.act.at,
        remedy=stage.text("remedy", "Có điện trở lại"),
    )


def _watch(stage: Stage) -> None:
    services.note_breaches(at=stage.act.at)


TABLE: dict[str, Callable[[Stage], None]] = {
    "declare_incident": _declare,
    "end_incident": _end,
    "watch_incidents": _watch,
}


def summary(scene: Scene, label: str, at: datetime) -> dict[str, Any] | None:
    """The incident as cases expect it at the moment; None if there is none of that label."""
    if label not in scene.incidents:
        return None
    card = queries.incident(scene.incidents[label])
    recorded = dossiers.recorded_during(card.window, at)
    return {
        "recover_by": card.recover_by,
        "told": _told(card.window.id, card.what),
        "ended": card.window.ended_at,
        "late": card.is_late,
        "recorded": recorded.count if recorded else 0,
    }


def _told(incident_id: str, what: str) -> list[str]:
    """Who was written to that it happened, and read what did: from the letters, not from what the incident
    says of itself."""
    rows = OutboxMessage.objects.filter(about=incident_id, key="incident.declared")
    read = {row.address: notify.outbox_message(row.pk) for row in rows}
    return sorted(
        _ADDRESSES[address].value
        for address, text in read.items()
        if address in _ADDRESSES and text is not None and what in text.body
    )
