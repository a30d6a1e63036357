"""What shows a clause: worked cases and tests that carry its id and assert something."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.config.cases import BadCase, Case, read_case
from motcua.law.rules import Clause

# A deadline is shown by a moment that is compared, or by the refusal of what comes too late.
MOMENTS = frozenset({"due", "received", "clock", "late", "refused"})


@dataclass(frozen=True, slots=True)
class Shows:
    """One case or test and the ids it carries. `fault` says why it shows nothing, empty if it does."""

    where: str
    ids: tuple[str, ...]
    fault: str = ""


def cases(folder: Path, clauses: Mapping[str, Clause]) -> Iterator[Shows]:
    """Every case below the folder, with a fault for each id that it carries but does not touch."""
    for path in sorted(folder.glob("*.yaml")):
        where = f"tests/cases/{path.name}"
        try:
            case = read_case(path)
        except BadCase as bad:
            yield Shows(where, (), f"not a case: {bad.faults[0]}")
            continue
        yield Shows(where, tuple(one for one in case.clauses if touches(case, clauses[one])))
        for one in case.clauses:
            if not touches(case, clauses[one]):
                yield Shows(
                    where, (one,), f"carries {one} ({clauses[one].kind}) but expects nothing about it"
                )


def touches(case: Case, clause: Clause) -> bool:
    """Whether the case expects anything that the clause can be about."""
    expected = [act.expect for act in case.acts if act.expect]
    if clause.kind == "deadline":
        return any(_has_moment(expect) for expect in expected)
    return bool(expected)


def _has_moment(expect: Mapping[str, Any]) -> bool:
    tasks = expect.get("tasks")
    dated = isinstance(tasks, Mapping) and any(
        isinstance(task, Mapping) and "due" in task for task in tasks.values()
    )
    return dated or not MOMENTS.isdisjoint(expect)


def tests(folder: Path) -> Iterator[Shows]:
    """Every test function with `@pytest.mark.clause(…)`, read with `ast`.

    The mark may also stand on one `pytest.param(…, marks=…)` of the test.
    """
    for path in sorted(folder.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "mark.clause(" in text:
            yield from _of_module(ast.parse(text), f"tests/{path.relative_to(folder)}")


def _of_module(tree: ast.Module, file: str) -> Iterator[Shows]:
    tables = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        ids = tuple(dict.fromkeys(one for each in node.decorator_list for one in _marked(each, tables)))
        if ids:
            fault = "" if _asserts(node) else f"carries {', '.join(ids)} but asserts nothing"
            yield Shows(f"{file}::{node.name}", ids, fault)


def _marked(node: ast.AST, tables: Mapping[str, ast.expr]) -> Iterator[str]:
    """The ids of the marks in a decorator, also in a table of parameters that it names."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in tables:
            yield from _marked(tables[part.id], {})
        if isinstance(part, ast.Call) and ast.unparse(part.func).endswith("mark.clause"):
            yield from (str(one.value) for one in part.args if isinstance(one, ast.Constant))


def _asserts(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("raises", "_agrees")))
        for node in ast.walk(function)
    )
