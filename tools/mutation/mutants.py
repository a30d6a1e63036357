"""The small changes: each mutant is one function with one thing altered."""

from __future__ import annotations

import ast
import copy
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from motcua.config.coverage import fingerprints

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
Function = ast.FunctionDef
Change = Callable[[ast.AST], ast.AST]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where it is, what it does in words, and how to make it."""

    file: str
    function: str
    line: int
    what: str
    key: str
    place: int  # which node of the function, in the order of `ast.walk`
    variant: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.what}"

    def code(self, root: Path) -> CodeType:
        """The code object of the broken function."""
        tree = ast.parse((root / self.file).read_text(encoding="utf-8"))
        holder, index = find(tree, self.function)
        function = holder.body[index]
        nodes = list(ast.walk(function))
        broken = _changes(nodes[self.place])[self.variant][1](copy.deepcopy(nodes[self.place]))
        holder.body[index] = _Replace(nodes[self.place], broken).visit(function)
        ast.fix_missing_locations(tree)
        return code_of(compile(tree, str(root / self.file), "exec"), self.function)


def mutants_of(root: Path, path: Path) -> Iterator[Mutant]:
    """Every mutant of every function of the file, methods included."""
    text = path.read_text(encoding="utf-8")
    file = str(path.relative_to(root))
    for name, function in fingerprints.functions(ast.parse(text)):
        source = fingerprints.source(text, function)
        skipped = _skipped(function)
        for place, node in enumerate(ast.walk(function)):
            if id(node) in skipped:
                continue
            for variant, (what, _) in enumerate(_changes(node)):
                key = hashlib.sha256(f"{file}:{name}:{place}:{variant}:{what}:{source}".encode()).hexdigest()
                yield Mutant(
                    file, name, getattr(node, "lineno", function.lineno), what, key[:16], place, variant
                )


def functions_of(path: Path) -> Iterator[tuple[str, int, str]]:
    """Qualified name, first line that runs and source of every function of the file, methods included."""
    text = path.read_text(encoding="utf-8")
    for name, function in fingerprints.functions(ast.parse(text)):
        yield name, fingerprints.body(function)[0].lineno, fingerprints.source(text, function)


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def find(tree: ast.Module, name: str) -> tuple[ast.Module | ast.ClassDef, int]:
    """Where the function of that qualified name stands: in what, and at which place of its body."""
    holder: ast.Module | ast.ClassDef = tree
    *classes, last = name.split(".")
    for one in classes:
        holder = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == one)
    index = next(
        index
        for index, node in enumerate(holder.body)
        if isinstance(node, ast.FunctionDef) and node.name == last
    )
    return holder, index


def code_of(code: CodeType, name: str) -> CodeType:
    """The code object of that function within that of its module."""
    for part in name.split("."):
        code = next(one for one in code.co_consts if isinstance(one, CodeType) and one.co_name == part)
    return code


def _skipped(function: Function) -> set[int]:
    """Docstring, annotations and decorators: nothing that runs when the rule is asked."""
    parts: list[ast.AST] = [*function.decorator_list, function.args]
    if function.returns:
        parts.append(function.returns)
    if ast.get_docstring(function) is not None:
        parts.append(function.body[0])
    for node in ast.walk(function):
        if isinstance(node, ast.AnnAssign):
            parts.append(node.annotation)
        if isinstance(node, ast.JoinedStr):
            parts.append(node)
    return {id(node) for part in parts for node in ast.walk(part)}


def _changes(node: ast.AST) -> list[tuple[str, Change]]:
    """What can be done to one node: words, and the function that makes the broken node from a copy."""
    found: list[tuple[str, Change]] = []
    match node:
        case ast.Compare():
            if type(node.ops[0]) in SWAPS:
                found.append((f"{_text(node)}: {_word(node.ops[0])}", _swap_first))
            if any(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in node.comparators):
                found.append((f"{_text(node)}: other word", _other_word))
        case ast.BoolOp() | ast.BinOp() if type(node.op) in SWAPS:
            found.append((f"{_text(node)}: {_word(node.op)}", _swap_op))
        case ast.UnaryOp(op=ast.Not()):
            found.append((f"{_text(node)}: not removed", lambda one: one.operand))  # type: ignore[attr-defined]
        case ast.Constant(value=bool()):
            found.append((f"{node.value} turned round", _flip))
        case ast.Constant(value=int()):
            found.append((f"{node.value} becomes {node.value + 1}", _one_more))
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            found.append((f"return {_text(value)}: returns None", lambda _: ast.Return(ast.Constant(None))))
        case ast.Raise():
            found.append((f"{_text(node)}: not raised", lambda _: ast.Pass()))
        case ast.Expr(value=ast.Call()):
            found.append((f"{_text(node)}: left out", lambda _: ast.Pass()))
        case ast.If() | ast.IfExp() if not isinstance(node.test, ast.Compare | ast.UnaryOp):
            found.append((f"if {_text(node.test)}: turned round", _negate))
        case ast.comprehension() if node.ifs:
            found.append((f"if {_text(node.ifs[0])}: filter left out", _without_filter))
        case ast.Call(func=ast.Name()) if node.func.id in NAMES:
            found.append((f"{_text(node)}: {NAMES[node.func.id]}", _other_name))
    return found


def _text(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 70 else f"{text[:67]}…"


def _word(op: ast.AST) -> str:
    return f"{type(op).__name__} becomes {SWAPS[type(op)].__name__}"


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _swap_first(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.Compare)
    node.ops[0] = SWAPS[type(node.ops[0])]()  # type: ignore[call-overload]
    return node


def _other_word(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.Compare)
    for one in node.comparators:
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            one.value = f"{one.value}-broken"
    return node


def _swap_op(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.BoolOp | ast.BinOp)
    node.op = SWAPS[type(node.op)]()  # type: ignore[assignment]
    return node


def _flip(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.Constant)
    return ast.copy_location(ast.Constant(not node.value), node)


def _one_more(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.Constant)
    assert isinstance(node.value, int)
    return ast.copy_location(ast.Constant(node.value + 1), node)


def _negate(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.If | ast.IfExp)
    node.test = ast.UnaryOp(ast.Not(), node.test)
    return node


def _without_filter(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.comprehension)
    node.ifs = []
    return node


def _other_name(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    node.func.id = NAMES[node.func.id]
    return node
