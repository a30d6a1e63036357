"""The book of a run: how far it is, kept in its own database.

It is written in the transaction in which the steps are played that it tells of. Whatever ends the process,
the database holds whole steps and a book that knows of them, and the run goes on from there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.config.simulation.tally import Tally
from motcua.worktime.rules import ZONE, local

_TABLES = """
CREATE SCHEMA IF NOT EXISTS simulation;
CREATE TABLE simulation.run (
    id integer PRIMARY KEY, world jsonb NOT NULL, tally jsonb NOT NULL, incidents jsonb NOT NULL,
    seconds double precision NOT NULL
) WITH (fillfactor = 30);
CREATE TABLE simulation.wake (
    kind text NOT NULL, number integer NOT NULL, at timestamptz NOT NULL, step integer NOT NULL,
    dossier_id uuid, paper_at timestamptz, PRIMARY KEY (kind, number)
) WITH (fillfactor = 70);"""
_ALL = """
INSERT INTO simulation.wake SELECT * FROM jsonb_to_recordset(%s::jsonb) AS t
    (kind text, number integer, at timestamptz, step integer, dossier_id uuid, paper_at timestamptz)
ON CONFLICT (kind, number) DO UPDATE SET at = excluded.at, step = excluded.step,
    dossier_id = excluded.dossier_id, paper_at = excluded.paper_at"""
_GONE = """
DELETE FROM simulation.wake USING jsonb_to_recordset(%s::jsonb) AS t (kind text, number integer)
WHERE wake.kind = t.kind AND wake.number = t.number"""

Key = tuple[str, int]  # what is woken: a dossier, an absence, an outage; and its number


@dataclass(slots=True)
class Course:
    """How far a dossier is. `paper_at`: an act stands in a paper log and waits to be entered."""

    dossier_id: str | None = None
    step: int = 0
    paper_at: datetime | None = None


@dataclass(slots=True)
class Kept:
    """Everything that a run goes on from. `seconds` is how long it was played, over all sittings."""

    tally: Tally = field(default_factory=Tally)
    incidents: dict[int, str] = field(default_factory=dict)
    courses: dict[int, Course] = field(default_factory=dict)
    wakes: dict[Key, datetime] = field(default_factory=dict)
    seconds: float = 0.0


def make(world: dict[str, Any]) -> None:
    """The tables of the book, and whom the world is made of."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        cursor.execute(
            "INSERT INTO simulation.run VALUES (1, %s, %s, '{}', 0)", [json.dumps(world), _tally(Tally())]
        )


def write(kept: Kept, changed: set[Key]) -> None:
    """Write down what has changed since it was written last, in the transaction that is open."""
    rows = [_row(kept, key) for key in changed if key in kept.wakes]
    gone = [{"kind": kind, "number": number} for kind, number in changed if (kind, number) not in kept.wakes]
    incidents = json.dumps({str(number): one for number, one in kept.incidents.items()})
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE simulation.run SET tally = %s, incidents = %s, seconds = %s",
            [_tally(kept.tally), incidents, kept.seconds],
        )
        if rows:
            cursor.execute(_ALL, [json.dumps(rows)])
        if gone:
            cursor.execute(_GONE, [json.dumps(gone)])


def read() -> tuple[dict[str, Any], Kept]:
    """Whom the world is made of, and how far the run is."""
    kept = Kept()
    with connection.cursor() as cursor:
        cursor.execute("SELECT world::text, tally::text, incidents::text, seconds FROM simulation.run")
        world, tally, incidents, kept.seconds = cursor.fetchone()
        cursor.execute("SELECT kind, number, at, step, dossier_id, paper_at FROM simulation.wake")
        for kind, number, at, step, dossier_id, paper_at in cursor.fetchall():
            kept.wakes[kind, number] = at.astimezone(ZONE)
            if step:
                kept.courses[number] = _course(dossier_id, step, paper_at)
    kept.tally = Tally.from_json(json.loads(tally))
    kept.incidents = {int(number): one for number, one in json.loads(incidents).items()}
    return json.loads(world), kept


def _tally(tally: Tally) -> str:
    return json.dumps(tally.to_json(), ensure_ascii=False)


def _row(kept: Kept, key: Key) -> dict[str, Any]:
    kind, number = key
    course = kept.courses.get(number, Course()) if kind == "dossier" else Course()
    return {
        "kind": kind,
        "number": number,
        "at": kept.wakes[key].isoformat(),
        "step": course.step,
        "dossier_id": course.dossier_id,
        "paper_at": course.paper_at.isoformat() if course.paper_at else None,
    }


def _course(dossier_id: UUID | None, step: int, paper_at: datetime | None) -> Course:
    return Course(str(dossier_id) if dossier_id else None, step, local(paper_at) if paper_at else None)
