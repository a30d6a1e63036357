"""What the events of a dossier know beside its state: which body acted and to whom the dossier went by it,
units and agencies and no people; which answers a supplement replaced; and what was recorded by mistake."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from motcua.dossiers.rules.answering import ChangedAnswer, changed_answers
from motcua.dossiers.rules.life import LETTER_STEP

# The task that such an act ends is one of the unit that acts.
_ENDS_ITS_TASK = frozenset({"accepted", "handed_over", "approved", "refused", "result_issued"})
# Acts of the one-stop desk, whoever sits there.
_AT_DESK = frozenset(
    {
        *("registered", "receipt_issued", "declined", "redirected", "announced", "result_returned"),
        *("not_collected", "stopped"),
    }
)
_TAKEN_BACK_AT_DESK = frozenset({"decline", "ending"})
# What a correction takes back, by what it puts right; that of an ending says itself which.
_TAKES_BACK = {
    "return": ("result_returned",),
    "decision": ("approved", "refused"),
    "decline": ("declined",),
    "supplement": ("supplement_requested",),
}


@dataclass(frozen=True, slots=True)
class Acted:
    """The body that acted and those that have the dossier by it; units and agencies by their ids.

    `unit_id` is None where only the agency is known: of an act that several of its units may do.
    `elsewhere` names another agency that does the step to which it went, empty where it stays.
    """

    agency_id: int
    unit_id: int | None = None
    to_units: tuple[int, ...] = ()
    to_agency: str = ""
    elsewhere: str = ""


def acted(events: Iterable[tuple[int, str, dict[str, Any]]]) -> dict[int, Acted]:
    """By the number of the event; `events` are number, kind and payload of a whole chain, in order."""
    target: dict[str, Any] = {}
    tasks: dict[str, dict[str, Any]] = {}
    found = {}
    for seq, kind, payload in events:
        by = target or payload.get("target") or {}
        if not by:
            continue
        move = payload.get("move") or {}
        closed, opened = move.get("closed") or [], move.get("opened") or []
        of_desk = kind in _AT_DESK or (kind == "corrected" and payload.get("what") in _TAKEN_BACK_AT_DESK)
        unit_id = int(by["posting"]["desk"]) if of_desk else _ended(kind, tasks, closed)
        going = [task for task in opened if task["kind"] != LETTER_STEP]  # with a letter nothing goes along
        fresh = [task for task in going if task["key"] not in tasks]
        to_units = dict.fromkeys(task["unit_id"] for task in fresh if task["unit_id"] != unit_id)
        found[seq] = Acted(
            agency_id=by["agency_id"],
            unit_id=unit_id,
            to_units=tuple(to_units) if kind != "redirected" else (),
            to_agency=payload.get("agency_name", "") if kind == "redirected" else "",
            elsewhere=next((task["elsewhere"] for task in fresh if task.get("elsewhere")), ""),
        )
        tasks = {key: task for key, task in tasks.items() if key not in closed}
        tasks |= {task["key"]: task for task in opened}
        target = payload.get("target") or target
    return found


def changed_by(events: Iterable[tuple[int, str, dict[str, Any]]]) -> dict[int, tuple[ChangedAnswer, ...]]:
    """The answers of the e-form that supplements replaced, by the number of the event; `events` as above.

    Each event that brings contents has them whole, so every version can be read here, of what was filed long
    ago too: the state keeps the last one only.
    """
    found: dict[int, tuple[ChangedAnswer, ...]] = {}
    before: dict[str, Any] = {}
    for seq, kind, payload in events:
        contents = payload.get("contents")
        if contents is None:
            continue
        after = contents.get("form_data") or {}
        if kind == "supplemented" and (changes := changed_answers(before, after)):
            found[seq] = changes
        before = after
    return found


def undone_by(events: Iterable[tuple[int, str, dict[str, Any]]]) -> frozenset[int]:
    """The numbers of the events that a later correction took back; `events` as above. They stay in the
    history, and it says of them that they do not hold."""
    last: dict[str, int] = {}
    found = set[int]()
    for seq, kind, payload in events:
        if kind == "corrected":
            kinds = _TAKES_BACK.get(payload["what"], (payload.get("undone", ""),))
            found |= {max(known)} if (known := [last[each] for each in kinds if each in last]) else set()
        last[kind] = seq
    return frozenset(found)


def _ended(kind: str, tasks: dict[str, dict[str, Any]], closed: list[str]) -> int | None:
    ended = next((tasks[key] for key in closed if key in tasks), None)
    return int(ended["unit_id"]) if ended is not None and kind in _ENDS_ITS_TASK else None
