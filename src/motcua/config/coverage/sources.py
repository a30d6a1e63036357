"""Which places of the source rest on which clauses, read with `ast`: nothing is imported or run."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from motcua.law.rules import Regulation

CLAUSE = re.compile(r"\b(?:KT18|QN20|KT22|DL24|PT24)-[0-9A-Za-zđ]+(?:[.#-][0-9A-Za-zđ]+)*")
READERS = frozenset({"get", "clauses", "limit", "choice", "flag", "number", "words", "text", "time", "date"})
TEMPLATES = (".html", ".typ", ".txt")

Place = ast.FunctionDef | ast.ClassDef | ast.Module


@dataclass(frozen=True, slots=True)
class Basis:
    """A function, class or module, the clauses that its `Basis:` names, and the keys that it reads."""

    name: str
    file: str
    line: int
    ids: tuple[str, ...]
    keys: tuple[str, ...]
    docstring: str
    source: str


def places(source: Path, keys: Collection[str]) -> tuple[Basis, ...]:
    """Every place below `source` (the package folder) that names a clause or reads one of the `keys`."""
    found: list[Basis] = []
    for path in sorted(source.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "Basis:" in text or any(f'"{key}"' in text for key in keys):
            found += _of_file(path, text, source, keys)
    return tuple(found)


def _of_file(path: Path, text: str, source: Path, keys: Collection[str]) -> Iterator[Basis]:
    dotted = ".".join(path.relative_to(source.parent).with_suffix("").parts).removesuffix(".__init__")
    reads_count = "law" not in path.relative_to(source).parts[:1]  # the law app defines keys, it uses none
    for name, node in _named(ast.parse(text), dotted):
        docstring = ast.get_docstring(node) or ""
        ids = basis_of(docstring)
        read = tuple(_keys_read(node, keys)) if reads_count and isinstance(node, ast.FunctionDef) else ()
        if ids or read:
            code = ast.get_source_segment(text, node) if not isinstance(node, ast.Module) else ""
            line = 1 if isinstance(node, ast.Module) else node.lineno
            file = str(path.relative_to(source.parent.parent))
            yield Basis(name, file, line, ids, read, docstring, code or "")


def _named(tree: ast.Module, dotted: str) -> Iterator[tuple[str, Place]]:
    """The module, its classes and functions, methods included; inner functions belong to theirs."""
    yield dotted, tree
    queue: list[tuple[str, ast.Module | ast.ClassDef]] = [(dotted, tree)]
    while queue:
        name, holder = queue.pop(0)
        for node in holder.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield f"{name}.{node.name}", node
            if isinstance(node, ast.ClassDef):
                queue.append((f"{name}.{node.name}", node))


def basis_of(docstring: str) -> tuple[str, ...]:
    """The ids in the paragraph that begins with `Basis:`, in their order."""
    _, found, rest = docstring.partition("Basis:")
    return tuple(dict.fromkeys(CLAUSE.findall(rest.partition("\n\n")[0]))) if found else ()


def _keys_read(node: ast.AST, keys: Collection[str]) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args:
            first = call.args[0]
            is_key = isinstance(first, ast.Constant) and first.value in keys
            if call.func.attr in READERS and is_key and isinstance(first, ast.Constant):
                yield str(first.value)


def templates(source: Path) -> dict[str, tuple[str, ...]]:
    """The clause ids that templates carry, by file."""
    found = {}
    for path in sorted(source.rglob("*")):
        if path.suffix in TEMPLATES and "data" not in path.relative_to(source).parts[:2]:
            ids = tuple(dict.fromkeys(CLAUSE.findall(path.read_text(encoding="utf-8"))))
            if ids:
                found[str(path.relative_to(source.parent.parent))] = ids
    return found


def is_cut(named: str, known: Collection[str]) -> bool:
    """Whether the clause is cut in parts `#1`, `#2`, …: a `Basis:` says on which of them it rests, for parts
    of one sentence may ask for quite different things. `DL24-8.1`, with several points below it, is a pointer
    for the reader and stands for none."""
    return named not in known and any(one.startswith(f"{named}#") for one in known)


def is_known(named: str, known: Collection[str]) -> bool:
    """Whether the id is a clause, or the head of some."""
    return named in known or any(one.startswith((f"{named}#", f"{named}.", f"{named}-")) for one in known)


def by_key(regulations: Mapping[str, Regulation]) -> dict[str, list[tuple[str, str]]]:
    """For each key of the schema, the clauses that give it a value, with the regulation's name."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for regulation in regulations.values():
        for value in regulation.values:
            found[value.key] += [(regulation.short_name, one) for one in value.clauses]
    return found
