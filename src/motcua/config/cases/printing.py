"""What happened beside what was expected, as text and as JSON."""

from __future__ import annotations

from typing import Any

from motcua.config.cases.model import BadCase, CaseResult, Line, Played
from motcua.theme import wording


def as_text(result: CaseResult) -> str:
    """A case on a few lines: every act, and under it each expectation with a tick or both values."""
    verdict = "agrees" if result.agrees else "DIFFERS"
    lines = [f"{verdict}  {result.case.file}: {wording.in_language(result.case.title)}"]
    if result.case.clauses:
        lines.append(f"         {' '.join(result.case.clauses)}")
    for played in result.acts:
        act = played.act
        who = f" {act.by}" if act.by else ""
        lines.append(f"  {act.number:2}. {act.at:%Y-%m-%d %H:%M}{who} {act.verb}: {played.happened}")
        lines += [f"        {_line(line)}" for line in played.lines]
    lines += [f"        {_line(line)}" for line in result.closing]
    if result.broken_off:
        lines.append(f"  ✗ broken off: {result.broken_off}")
    return "\n".join(lines)


def _line(line: Line) -> str:
    if line.agrees:
        return f"✓ {line.what}: {line.expected}"
    return f"✗ line {line.line}, {line.what}: expected {line.expected}, happened {line.happened}"


def as_json(result: CaseResult) -> dict[str, Any]:
    return {
        "file": result.case.file,
        "title": result.case.title.vietnamese,
        "title_english": result.case.title.english,
        "clauses": list(result.case.clauses),
        "readings": list(result.case.readings),
        "agrees": result.agrees,
        "broken_off": result.broken_off,
        "acts": [_act_json(played) for played in result.acts],
        "closing": [_line_json(line) for line in result.closing],
        "differences": [_line_json(line) for line in result.differences],
    }


def _act_json(played: Played) -> dict[str, Any]:
    act = played.act
    return {
        "act": act.number,
        "line": act.line,
        "at": act.at.isoformat(),
        "by": act.by,
        "do": act.verb,
        "dossier": act.dossier,
        "happened": dict(played.seen),
        "compared": [_line_json(line) for line in played.lines],
        "agrees": played.agrees,
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "act": line.act,
        "line": line.line,
        "what": line.what,
        "expected": line.expected,
        "happened": line.happened,
        "agrees": line.agrees,
    }


def bad_as_json(bad: BadCase) -> dict[str, Any]:
    return {
        "file": bad.file,
        "agrees": False,
        "faults": [{"path": one.path, "line": one.line, "reason": one.reason} for one in bad.faults],
    }
