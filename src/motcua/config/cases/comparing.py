"""What was expected beside what happened, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.config.cases import papers
from motcua.config.cases.model import ActSpec, Line
from motcua.config.cases.reading import moment
from motcua.config.cases.seeing import Seen, shown
from motcua.kernel.errors import Refusal
from motcua.theme.refusals import sentence

_MOMENTS = frozenset({"received", "due", "promised", "letter_by", "recover_by", "ended"})
_IN_ORDER = frozenset({"handovers"})


def compare(
    act: ActSpec, summary: Mapping[str, Any], seen: Seen, refusal: Refusal | None
) -> tuple[Line, ...]:
    """One line for each thing the act expects, and one for a refusal that nobody expected."""
    lines = []
    if refusal is not None and "refused" not in act.expect:
        lines.append(Line(act.number, act.line, "refused", "-", in_words(refusal)))
    for key, wish in act.expect.items():
        line = act.expect_lines.get(key, act.line)
        if key == "refused":
            lines.extend(_refused(act, line, wish, refusal))
        elif key == "tasks":
            lines.extend(_tasks(act, line, wish, summary))
        elif key == "clock":
            lines.extend(_clock(act, line, wish, summary))
        elif key == "incident":
            lines.extend(_incident(act, line, wish, summary))
        elif key == "documents":
            kinds = [each if isinstance(each, str) else each["kind"] for each in wish]
            lines.append(Line(act.number, line, key, _text(kinds), _text(summary.get(key))))
            lines.extend(_on_paper(act, line, wish, summary))
        elif key == "messages":
            lines.append(_messages(act, line, wish, summary))
            lines.extend(_said(act, line, wish, summary))
        else:
            happened = _normal(key, summary.get(key)) if key in _IN_ORDER else summary.get(key)
            lines.append(Line(act.number, line, key, _text(_normal(key, wish)), _text(happened)))
    return tuple(lines)


def in_words(refusal: Refusal) -> str:
    """Code, sentence as people read it, and clauses."""
    basis = f" [{', '.join(refusal.clauses)}]" if refusal.clauses else ""
    return f"{refusal.code}: {sentence(refusal)}{basis}"


def _normal(key: str, wish: Any) -> Any:
    if key in _IN_ORDER and wish is not None:
        return "; ".join(wish) or "none"
    return shown(moment(wish)) if key in _MOMENTS and wish != "none" else wish


def _text(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(sorted(map(str, value))) or "none"
    return str(value)


def _refused(act: ActSpec, line: int, wish: Any, refusal: Refusal | None) -> list[Line]:
    wanted = wish if isinstance(wish, Mapping) else {"code": wish}
    lines = [Line(act.number, line, "refused", wanted["code"], refusal.code if refusal else "-")]
    if "clauses" in wanted:
        happened = list(refusal.clauses) if refusal else None
        lines.append(Line(act.number, line, "refused/clauses", _text(wanted["clauses"]), _text(happened)))
    return lines


def _incident(act: ActSpec, line: int, wish: Mapping[str, Any], summary: Mapping[str, Any]) -> list[Line]:
    happened = summary.get("incident") or {}
    return [
        Line(act.number, line, f"incident/{key}", _text(_normal(key, wanted)), _text(happened.get(key)))
        for key, wanted in wish.items()
    ]


def _messages(act: ActSpec, line: int, wish: list[Any], summary: Mapping[str, Any]) -> Line:
    """All messages of the act; one that is expected by its key alone fits whoever got it."""
    happened = [(item["key"], item["to"]) for item in summary.get("messages", [])]
    expected = []
    for item in wish:
        key, to = (item, None) if isinstance(item, str) else (item["key"], item.get("to"))
        if to is None:
            to = next((who for known, who in happened if known == key and (known, who) not in expected), "?")
        expected.append((key, to))
    return Line(act.number, line, "messages", _pairs(expected), _pairs(happened))


def _said(act: ActSpec, line: int, wish: list[Any], summary: Mapping[str, Any]) -> list[Line]:
    """The words that a message must contain, as its reader reads it."""
    lines = []
    for item in wish:
        if isinstance(item, str) or "says" not in item:
            continue
        texts = [
            " ".join(each["says"].split())
            for each in summary.get("messages", [])
            if each["key"] == item["key"] and item.get("to", each["to"]) == each["to"]
        ]
        for wanted in _each(item["says"]):
            fits = any(wanted in text for text in texts)
            happened = wanted if fits else "; ".join(texts) or "-"
            lines.append(Line(act.number, line, f"messages/{item['key']}/says", wanted, happened))
    return lines


def _on_paper(act: ActSpec, line: int, wish: list[Any], summary: Mapping[str, Any]) -> list[Line]:
    """The words that a slip must bear, read off the printed paper."""
    lines = []
    for item in wish:
        if isinstance(item, str):
            continue
        texts = [each["says"] for each in summary.get("papers", []) if each["kind"] == item["kind"]]
        for wanted in _each(item["says"]):
            fits = any(papers.has_words(text, wanted) for text in texts)
            happened = wanted if fits else "; ".join(texts) or "-"
            lines.append(Line(act.number, line, f"documents/{item['kind']}/says", wanted, happened))
    return lines


def _each(said: str | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else said


def _pairs(messages: list[tuple[str, str]]) -> str:
    return _text([f"{key} to {to}" for key, to in messages])


def _tasks(act: ActSpec, line: int, wish: Mapping[str, Any], summary: Mapping[str, Any]) -> list[Line]:
    """The open steps as a whole, then whose each is and perhaps when it is due."""
    open_tasks: Mapping[str, Any] = summary.get("tasks", {})
    lines = [Line(act.number, line, "tasks", _text(list(wish)), _text(list(open_tasks)))]
    for step, item in wish.items():
        task = open_tasks.get(step)
        if task is None:
            continue
        wanted = item if isinstance(item, Mapping) else {"whose": item}
        fits = wanted["whose"] == task["whose"] or _is_a_taker(wanted["whose"], task)
        happened = wanted["whose"] if fits else task["whose"]
        lines.append(Line(act.number, line, f"tasks/{step}/whose", wanted["whose"], happened))
        if "due" in wanted:
            due = _normal("due", wanted["due"])
            lines.append(Line(act.number, line, f"tasks/{step}/due", due, task["due"]))
        lines += [
            Line(act.number, line, f"tasks/{step}/{key}", wanted[key], task[key])
            for key in ("duty", "lead")
            if key in wanted
        ]
    return lines


def _is_a_taker(person: str, task: Mapping[str, Any]) -> bool:
    """A task without a name is anybody's who may take it; one with a name is that person's alone."""
    return person in task["may_take"]


def _clock(act: ActSpec, line: int, wish: Mapping[str, int], summary: Mapping[str, Any]) -> list[Line]:
    clock = summary.get("clock") or {}
    return [
        Line(act.number, line, f"clock/{kind}", _text(minutes), _text(clock.get(kind)))
        for kind, minutes in wish.items()
    ]
