"""Which values of the regulations a rule reads, and what becomes of those that none reads.

A value that no code reads is either *kept*: done in the same way under every regulation, by the places that
`law/data/unread.toml` names, and shown by cases or tests for each regulation that has the value; or it waits
for an issue, *later*. There is no third way: a new value that nobody reads is a fault until it is said which.
"""

from __future__ import annotations

import ast
import textwrap
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from motcua.config.coverage.computing import Coverage
from motcua.config.coverage.openness import told
from motcua.kernel.bilingual import Bilingual, bilingual
from motcua.law import queries
from motcua.law.rules import Regulation

FILE = Path("src/motcua/law/data/unread.toml")
NEVER = frozenset({"filing.wait_for_paper"})  # kept by not being done; every other kept flag is done
HEAD = """\
# Values of the regulations that no code reads. Kept: done in the same way under every regulation, by the
# places that are named, and shown for each regulation that has the value. Later: nothing obeys it yet; the
# issue brings it. Checked by `motcua law coverage`; `--write` takes out what is read by now.
"""


@dataclass(frozen=True, slots=True)
class Unread:
    """Some values that share a fate. `issue` is empty for those that are kept, `by` for those that wait."""

    keys: tuple[str, ...]
    text: Bilingual
    by: tuple[str, ...] = ()
    issue: str = ""


def read(path: Path) -> tuple[Unread, ...]:
    """The groups of the file. Raises ValueError naming what is no group."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    groups = []
    for table, text, wanted in (
        ("kept", "how", {"how", "how_english", "by", "keys"}),
        ("later", "reason", {"issue", "reason", "reason_english", "keys"}),
    ):
        for item in data.get(table, []):
            if set(item) != wanted:
                raise ValueError(f"a group of {table} has {', '.join(sorted(wanted))}, not {sorted(item)}")
            groups.append(
                Unread(
                    tuple(item["keys"]),
                    bilingual(item, text),
                    tuple(item.get("by", ())),
                    item.get("issue", ""),
                )
            )
    return tuple(groups)


def keys_read(source: Path) -> frozenset[str]:
    """The keys that some code outside the law app and this one names, other than only to cite their clauses.

    Code that goes over a whole family names it with its dot, such as `f"duty.{kind}"`.
    """
    known = _keys_in_force()
    families = {f"{key.partition('.')[0]}." for key in known}
    found: set[str] = set()
    for path in sorted(source.rglob("*.py")):
        parts = path.relative_to(source).parts
        if parts[0] == "law" or parts[:2] == ("config", "coverage"):
            continue
        text = path.read_text(encoding="utf-8")
        if any(f'"{name}' in text for name in known | families):
            tree = ast.parse(text)
            found |= known & set(_named(tree))
            gone_over = families & set(_put_together(tree))
            found |= {key for family in gone_over for key in known if key.startswith(family)}
    return frozenset(found)


def _named(tree: ast.Module) -> Iterator[str]:
    cited = {
        id(call.args[0])
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "clauses"
        and call.args
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in cited:
            yield node.value


def _put_together(tree: ast.Module) -> Iterator[str]:
    """The fixed parts of f-strings: a word with a dot elsewhere may be the name of something else."""
    for node in ast.walk(tree):
        for part in node.values if isinstance(node, ast.JoinedStr) else ():
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def problems(root: Path, coverage: Coverage, groups: tuple[Unread, ...]) -> Iterator[str]:
    """What does not hold together, as sentences for whoever mends it."""
    done = keys_read(root / "src/motcua")
    listed = [key for group in groups for key in group.keys]
    yield from (
        f"unread.toml: {key} is listed twice" for key in sorted({k for k in listed if listed.count(k) > 1})
    )
    yield from (
        f"{key}: no code reads this value; say in unread.toml who keeps it, or what brings it"
        for key in sorted(_keys_in_force() - done - set(listed))
    )
    yield from (
        f"unread.toml: no regulation says anything of {key}" for key in sorted(set(listed) - _keys_in_force())
    )
    yield from (
        f"unread.toml: {key} is read by now; run motcua law coverage --write"
        for key in sorted(set(listed) & done)
    )
    places = _places(root / "src")
    for group in groups:
        yield from (f"unread.toml: there is no {one}" for one in group.by if one not in places)
        if not group.issue:
            yield from _unshown(group, coverage)
            yield from contradicted(group.keys, queries.law().regulations.values())


def _unshown(group: Unread, coverage: Coverage) -> Iterator[str]:
    """Kept values of a regulation for which no clause of it is shown."""
    said = {
        each.clause.id for each in coverage.clauses if each.shown_by or each.partly_shown_by or each.support
    }
    for key in group.keys:
        for regulation in queries.law().regulations.values():
            clauses = regulation.clauses(key)
            if clauses and not said.intersection(clauses):
                yield f"unread.toml: {key} is kept, but nothing shows it for {regulation.short_name}"


def contradicted(keys: Collection[str], regulations: Iterable[Regulation]) -> Iterator[str]:
    """Flags that are kept in one way under every regulation, where a regulation says the other way."""
    for regulation in regulations:
        for value in regulation.values:
            if value.key in keys and value.value is (value.key in NEVER):
                yield (
                    f"unread.toml: {value.key} is kept in one way, but {regulation.short_name} says "
                    f"{str(value.value).lower()}: let code read it"
                )


def _keys_in_force() -> frozenset[str]:
    regulations = queries.law().regulations.values()
    return frozenset(value.key for regulation in regulations for value in regulation.values)


def _places(source: Path) -> frozenset[str]:
    """Dotted names of all functions and classes, methods included."""
    found: set[str] = set()
    for path in source.rglob("*.py"):
        dotted = ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(f"{dotted}.{node.name}")
    return frozenset(found)


def without(groups: tuple[Unread, ...], done: Collection[str]) -> tuple[Unread, ...]:
    """The groups without what is read by now; groups that become empty go."""
    kept = (
        Unread(tuple(key for key in group.keys if key not in done), group.text, group.by, group.issue)
        for group in groups
    )
    return tuple(group for group in kept if group.keys)


def dump(groups: tuple[Unread, ...]) -> str:
    """The text of the file."""
    parts = [HEAD]
    for group in groups:
        if group.issue:
            head = f'[[later]]\nissue = "{group.issue}"\n{told("reason", group.text)}'
        else:
            head = f"[[kept]]\n{told('how', group.text)}by = [\n{_listed(group.by)},\n]\n"
        parts.append(f"{head}keys = [\n{_listed(group.keys)},\n]\n")
    return "\n".join(parts)


def _listed(words: Collection[str]) -> str:
    return textwrap.fill(
        ", ".join(f'"{one}"' for one in words),
        width=108,
        initial_indent="  ",
        subsequent_indent="  ",
        break_on_hyphens=False,
        break_long_words=False,
    )
