"""Whether a function and a test read as they did: hashes over their source, cheap to ask for at any time.

Of a function everything but its docstring counts: better words about a rule change no verdict. Of a test
all that it is written in: its module, the `conftest.py` above it, what these import of `tests`, the case it
plays.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path


def hashed(content: bytes) -> str:
    """Sixteen hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:16]


# --- Functions ---------------------------------------------------------------------------
def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function of the module with its qualified name, methods included."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from (
                (f"{node.name}.{one.name}", one) for one in node.body if isinstance(one, ast.FunctionDef)
            )


def source(text: str, function: ast.FunctionDef) -> str:
    """The function as it is written, without its docstring."""
    documented = len(body(function)) < len(function.body)
    said = (ast.get_source_segment(text, function.body[0]) if documented else None) or ""
    return (ast.get_source_segment(text, function) or "").replace(said, "", 1)


def body(function: ast.FunctionDef) -> list[ast.stmt]:
    """What runs: all but the docstring, unless there is nothing else."""
    documented = ast.get_docstring(function, clean=False) is not None
    return function.body[documented:] or function.body


def of_function(root: Path, file: str, name: str) -> str:
    """A hash over the function of that qualified name; empty where there is none."""
    path = root / file
    if not path.is_file():
        return ""
    text, tree = _read(path)
    found = next((function for known, function in functions(tree) if known == name), None)
    return hashed(source(text, found).encode()) if found else ""


@cache
def _parsed(path: Path, text: str) -> ast.Module:
    return ast.parse(text)


def _read(path: Path) -> tuple[str, ast.Module]:
    text = path.read_text(encoding="utf-8")
    return text, _parsed(path, text)


# --- Tests -------------------------------------------------------------------------------
def of_test(root: Path, test: str) -> str:
    """A hash over all that the test of that name (`tests/x.py::one[DL24]`) is written in; empty where its
    module is not there."""
    file, _, name = test.partition("::")
    if not file or not (root / file).is_file():
        return ""
    files = set(written_in(root, root / file))
    played = root / "tests/cases" / f"{name.partition('[')[2].removesuffix(']')}.yaml"
    if file == "tests/cases/test_cases.py":
        files.add(played)
    return hashed(b"\n".join(one.read_bytes() if one.is_file() else b"" for one in sorted(files)))


def written_in(root: Path, path: Path) -> frozenset[Path]:
    """The module, the `conftest.py` that it lies under, and what these import of `tests`."""
    found: set[Path] = set()
    waiting = [
        path,
        *(parent / "conftest.py" for parent in path.parents if parent.is_relative_to(root / "tests")),
    ]
    while waiting:
        one = waiting.pop()
        if one not in found and one.is_file():
            found.add(one)
            waiting += (root / name for name in _imported(one.read_text(encoding="utf-8")))
    return frozenset(found)


@cache
def _imported(text: str) -> tuple[str, ...]:
    """The modules of `tests` that a text imports from, as files below the root."""
    names = [
        node.module
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests.")
    ]
    return tuple(f"{str(name).replace('.', '/')}.py" for name in names)
