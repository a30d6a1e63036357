"""Which clauses of a regulation rules name, and which an act rests on that is about no dossier."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from motcua.law.rules.regulation import Regulation

_CLAUSE = re.compile(r"\b[A-Z]{2}\d{2}-[0-9A-Za-zđ]+(?:[.#-][0-9A-Za-zđ]+)*")


def named_in(docstring: str | None, regulation: str) -> tuple[str, ...]:
    """The clauses of the regulation (its short name) that a rule names; none where it names none."""
    basis = (docstring or "").partition("Basis:")[2].partition("\n\n")[0]
    own = [one for one in _CLAUSE.findall(basis) if one.startswith(f"{regulation}-")]
    return tuple(dict.fromkeys(own))


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an act rests on: the functions whose `Basis:` says so, and the key of the regulation that says
    which body does it."""

    rules: tuple[Callable[..., object], ...]
    names: str = ""

    def under(self, regulation: Regulation) -> tuple[str, ...]:
        """The clauses of this regulation; none where it says nothing of the act."""
        own = [one for rule in self.rules for one in named_in(rule.__doc__, regulation.short_name)]
        return tuple(dict.fromkeys((*own, *(regulation.clauses(self.names) if self.names else ()))))
