"""`law/data/open.toml`: what is not shown yet, why, and which issue brings it; and what only organises."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from motcua.kernel.bilingual import Bilingual, bilingual

HEAD = """\
# What of the law is not shown yet, with the honest reason and the issue that brings it; and how the system
# supports the clauses that only organise people. Checked by `motcua law coverage`: an id that is shown must
# go from here (`motcua law coverage --write` does that), one that is not shown must stand here.
"""


# The issues that come after "Five regulations, clause by clause" and bring what it leaves open. A clause may
# be open because one of them brings it, and for no other reason.
LATER = (
    "Connections to other systems",
    "Documents with legal force",
    "Feedback",
    "Identity",
    "Operation",
    "Payments and messages",
    "Statistics and reports",
)


# Where a clause is open although nothing later is needed for it: nothing may stay so.
THIS = "Five regulations, clause by clause"


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses that share a reason. `issue` is empty for clauses that only organise people."""

    issue: str
    text: Bilingual
    ids: tuple[str, ...]


def read(path: Path) -> tuple[Group, ...]:
    """The groups of the file. Raises ValueError naming the group that is not one."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_groups(data))


def _groups(data: dict[str, object]) -> Iterator[Group]:
    for table, text_key, wanted in (
        ("open", "reason", {"issue", "reason", "reason_english", "clauses"}),
        ("support", "how", {"how", "how_english", "clauses"}),
    ):
        items = data.get(table, [])
        if not isinstance(items, list):
            raise ValueError(f"{table} is not a list of tables")
        for item in items:
            if set(item) != wanted:
                raise ValueError(f"a group of {table} has {', '.join(sorted(wanted))}, not {sorted(item)}")
            yield Group(
                str(item.get("issue", "")), bilingual(item, text_key), tuple(map(str, item["clauses"]))
            )


def without(groups: tuple[Group, ...], shown: Collection[str]) -> tuple[Group, ...]:
    """The groups without what is shown by now; groups that become empty go."""
    kept = (
        Group(group.issue, group.text, tuple(one for one in group.ids if not group.issue or one not in shown))
        for group in groups
    )
    return tuple(group for group in kept if group.ids)


def dump(groups: tuple[Group, ...]) -> str:
    """The text of the file."""
    parts = [HEAD]
    for group in groups:
        ids = textwrap.fill(
            ", ".join(f'"{one}"' for one in group.ids),
            width=108,
            initial_indent="  ",
            subsequent_indent="  ",
            break_on_hyphens=False,
            break_long_words=False,
        )
        table, key = ("open", "reason") if group.issue else ("support", "how")
        issue = f'issue = "{group.issue}"\n' if group.issue else ""
        parts.append(f"[[{table}]]\n{issue}{told(key, group.text)}clauses = [\n{ids},\n]\n")
    return "\n".join(parts)


def told(key: str, text: Bilingual) -> str:
    """The two lines of a file that hold a text in both languages."""
    return f'{key} = "{text.vietnamese}"\n{key}_english = "{text.english}"\n'
