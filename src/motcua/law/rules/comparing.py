"""Regulations side by side, key by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.law.rules import schema
from motcua.law.rules.regulation import Regulation
from motcua.law.rules.values import Value


@dataclass(frozen=True, slots=True)
class Side:
    """One key in several regulations, in their order; None where a text is silent."""

    key: str
    values: tuple[Value | None, ...]

    @property
    def differs(self) -> bool:
        """Whether they say different things. Silence is not the same as saying it, nor is not knowing."""
        first, *rest = self.values
        return any(not _same(first, other) for other in rest)

    @property
    def is_silent(self) -> bool:
        return all(value is None for value in self.values)


def compare(regulations: Sequence[Regulation]) -> tuple[Side, ...]:
    """Every key that one of them speaks about: first those in which they differ, each in schema order."""
    sides = [Side(key, tuple(regulation.get(key) for regulation in regulations)) for key in schema.KEYS]
    spoken = [side for side in sides if not side.is_silent]
    return tuple(sorted(spoken, key=lambda side: not side.differs))


def _same(one: Value | None, other: Value | None) -> bool:
    if one is None or other is None:
        return one is other
    if isinstance(one.value, tuple) and isinstance(other.value, tuple):
        return set(one.value) == set(other.value)
    return one.value == other.value
