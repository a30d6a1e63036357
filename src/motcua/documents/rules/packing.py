"""Names inside a package of files: harmless, readable, each only once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from motcua.documents.rules.names import extension, sanitise


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file that is drawn for the package and kept nowhere else."""

    name: str
    content: bytes

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)


def paths(wanted: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A path for each (folder, name), in the same order: `folder/name`, a second one `folder/name (2)`.

    Two names that differ in capitals only are one name on many devices, so they count as the same.
    """
    taken: set[str] = set()
    found = []
    for folder, name in wanted:
        path = _free(f"{sanitise(folder)}/", sanitise(name), taken)
        taken.add(path.casefold())
        found.append(path)
    return tuple(found)


def _free(folder: str, name: str, taken: set[str]) -> str:
    tail = f".{extension(name)}" if extension(name) else ""
    stem, last = name[: len(name) - len(tail)], name[len(name) - len(tail) :]
    number = 1
    path = folder + name
    while path.casefold() in taken:
        number += 1
        path = f"{folder}{stem} ({number}){last}"
    return path
