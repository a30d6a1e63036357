"""Playing a case from its first act to its last, in a transaction that is undone at the end."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import override_settings

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.config.cases import comparing, incidents, seeing, verbs
from motcua.config.cases.model import ActSpec, Case, CaseResult, Line, Played
from motcua.config.cases.reading import MAIN
from motcua.config.cases.real import NotThere
from motcua.config.cases.scene import CannotSet, Scene, set_scene
from motcua.config.cases.stage import Stage
from motcua.dossiers import services
from motcua.kernel.errors import Refusal
from motcua.process import queries as process


class _Undo(Exception):
    """Ends the transaction of a case."""


def run_case(case: Case) -> CaseResult:
    """Play the story through the real services; nothing of it stays in the database.

    Needs a migrated database. What the case expects wrongly or asks in vain is in the result, never raised;
    BadCase is raised for a calendar that is none.
    """
    results: list[CaseResult] = []
    forget()
    try:
        with override_settings(**_settings(case)), transaction.atomic():
            results.append(_story(case))
            raise _Undo
    except _Undo:
        pass
    finally:
        forget()
    return results[0]


def _settings(case: Case) -> dict[str, Any]:
    """The province, and an address for everybody whom a regulation may name, so that it can be read who was
    written to."""
    return {"PROVINCE": case.province, "INCIDENT_CONTACTS": incidents.CONTACTS}


def forget() -> None:
    """Drop what the apps keep in memory: rows of a case do not outlive it."""
    agencies.forget()
    catalogue.forget()
    process.forget()


def _story(case: Case) -> CaseResult:
    try:
        with transaction.atomic():
            scene = set_scene(case)
    except (CannotSet, NotThere, ValueError, IntegrityError, Refusal) as error:
        return CaseResult(case, (), f"the scene cannot be set: {_first_line(error)}")
    dossiers: dict[str, str] = {}
    played: list[Played] = []
    for act in case.acts:
        try:
            one = _play(scene, act, dossiers)
        except (CannotSet, ValueError, KeyError, DatabaseError) as error:
            return CaseResult(
                case, tuple(played), f"act {act.number} (line {act.line}): {_first_line(error)}"
            )
        played.append(one)
        if any(line.what == "refused" and not line.agrees for line in one.lines):
            rest = len(case.acts) - act.number
            why = f"act {act.number} (line {act.line}) did not go as written; {rest} acts not played"
            return CaseResult(case, tuple(played), why if rest else "")
    return CaseResult(case, tuple(played), closing=_closing(case))


def _play(scene: Scene, act: ActSpec, dossiers: dict[str, str]) -> Played:
    """One act: do it, look, compare. A refusal must leave no trace."""
    before = seeing.marks()
    dossier_id = dossiers.get(act.dossier)
    refusal: Refusal | None = None
    if act.verb != "look":
        stage = Stage(scene, act, dossier_id, seeing.state_of(dossier_id))
        try:
            with transaction.atomic():
                done = verbs.play(stage)
            if done is not None:
                dossiers[act.dossier] = dossier_id = done.dossier_id
        except Refusal as error:
            refusal = error
            scene.forget_papers()
    seen = seeing.see(scene, dossier_id, before, act.at, act.expect)
    summary = seeing.summary(scene, seen)
    summary["same_dossier_as"] = _twin(act, dossiers)
    summary["incident"] = _incident(scene, act)
    lines = comparing.compare(act, summary, seen, refusal)
    if refusal is not None:
        lines = (
            *lines,
            Line(act.number, act.line, "changed nothing", "true", _yes(seeing.marks() == before)),
        )
    return Played(act, _in_words(act, summary, refusal), lines, _told(summary, refusal))


def _incident(scene: Scene, act: ActSpec) -> dict[str, Any] | None:
    """The incident of the act as it stands, its moments as cases write them."""
    found = incidents.summary(scene, str(act.arguments.get("incident", MAIN)), act.at)
    return found and found | {key: seeing.shown(found[key]) for key in ("recover_by", "ended")}


def _twin(act: ActSpec, dossiers: dict[str, str]) -> str | None:
    """The other label of the same dossier, if it has one."""
    mine = dossiers.get(act.dossier)
    wanted = act.expect.get("same_dossier_as")
    return wanted if wanted and mine is not None and dossiers.get(wanted) == mine else None


def _closing(case: Case) -> tuple[Line, ...]:
    """After the story: constraints hold, every hash fits, every row is the fold of its events."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    found = services.verify()
    happened = str(found.difference) if found.difference else "sound"
    return (Line(len(case.acts), case.acts[-1].line, "chain and folds", "sound", happened),)


def _first_line(error: Exception) -> str:
    """What went wrong, on one line; errors that are not ours bear their kind."""
    if isinstance(error, Refusal):
        return comparing.in_words(error)
    told = (str(error).splitlines() or [""])[0]
    return told if isinstance(error, CannotSet | NotThere) else f"{type(error).__name__}: {told}"


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _in_words(act: ActSpec, summary: dict[str, Any], refusal: Refusal | None) -> str:
    if refusal is not None:
        return f"refused: {comparing.in_words(refusal)}"
    return str(summary.get("status", "no dossier"))


def _told(summary: dict[str, Any], refusal: Refusal | None) -> dict[str, Any]:
    told = {key: value for key, value in summary.items() if value is not None}
    if refusal is not None:
        told["refused"] = {
            "code": refusal.code,
            "clauses": list(refusal.clauses),
            "message": comparing.in_words(refusal),
        }
    return told
