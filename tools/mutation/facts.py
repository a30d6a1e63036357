"""What letters, papers, lists and pages must tell by a clause: each fact can be left out by itself.

The small changes of `mutants` break what a rule decides. A letter that goes out without its reason, or a
register that holds the lines of all desks, decides nothing wrongly. `facts.toml` names, for the clauses that
ask that somebody is told something, where the fact is put in: a key of a dict, or an argument by name.
"""

from __future__ import annotations

import ast
import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import CodeType
from typing import Any

from tools.mutation import mutants
from tools.mutation.reach import ROOT

from motcua.config.coverage import fingerprints

FACTS = ROOT / "tools/mutation/facts.toml"
_SELECTING = {"filter", "exclude"}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a function puts into a letter, a paper, a list or a page, and who asks for it."""

    file: str
    function: str
    name: str  # of what is said twice, for two readers, both: "due + due_at"
    clauses: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file.removeprefix('src/motcua/')}:{self.function}: without {self.name}"

    @property
    def key(self) -> str:
        """What the verdict is kept under: another one as soon as the function reads otherwise."""
        code = fingerprints.of_function(ROOT, self.file, self.function)
        return hashlib.sha256(f"{self}:{code}".encode()).hexdigest()[:16]

    def code(self, root: Path) -> CodeType:
        """The code object of the function that leaves it out. Raises ValueError if it puts nothing so in."""
        path = root / self.file
        tree = ast.parse(path.read_text(encoding="utf-8"))
        holder, index = mutants.find(tree, self.function)
        leaving = _Leaving(self.name.split(" + "))
        holder.body[index] = leaving.visit(holder.body[index])
        if missing := leaving.names - leaving.found:
            raise ValueError(f"{self}: nothing is put in as {', '.join(sorted(missing))}")
        ast.fix_missing_locations(tree)
        return mutants.code_of(compile(tree, str(path), "exec"), self.function)


class _Leaving(ast.NodeTransformer):
    """Leaves a fact out wherever the function puts it in: a condition of a query falls away, of anything else
    it is said what says nothing."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names, self.found = frozenset(names), set[str]()

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        self.generic_visit(node)
        for place, key in enumerate(node.keys):
            if isinstance(key, ast.Constant) and key.value in self.names:
                node.values[place] = self._gone(str(key.value), node.values[place])
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        named = [each for each in node.keywords if each.arg in self.names]
        if isinstance(node.func, ast.Attribute) and node.func.attr in _SELECTING:
            node.keywords = [each for each in node.keywords if each not in named]
            self.found.update(str(each.arg) for each in named)
        else:
            for each in named:
                each.value = self._gone(str(each.arg), each.value)
        return node

    def _gone(self, name: str, value: ast.expr) -> ast.expr:
        self.found.add(name)
        asked = ast.parse(f"__import__({__name__!r}, fromlist=['']).gone(None)", mode="eval").body
        assert isinstance(asked, ast.Call)
        asked.args = [value]
        return asked


def gone(told: Any) -> Any:
    """What says nothing in place of what was told; of a day or moment another one, so that a reader who needs
    one goes on and is told wrongly."""
    if isinstance(told, str | tuple | list | dict):
        return type(told)() if type(told) in (str, tuple, list, dict) else ""
    return told + timedelta(days=1) if isinstance(told, date) else None


def read(path: Path = FACTS) -> list[Fact]:
    """Each fact once, with all clauses that ask for it. Raises ValueError for a clause that asks twice."""
    asked: dict[tuple[str, str, str], list[str]] = {}
    for each in tomllib.loads(path.read_text(encoding="utf-8"))["told"]:
        file, _, function = str(each["by"]).partition(":")
        for name in each["facts"]:
            asked.setdefault((f"src/motcua/{file}", function, str(name)), []).extend(each["clauses"])
    found = [Fact(*place, tuple(clauses)) for place, clauses in asked.items()]
    if twice := [str(one) for one in found if len(set(one.clauses)) < len(one.clauses)]:
        raise ValueError(f"{path.name}: asked for twice by a clause: {', '.join(twice)}")
    return found
