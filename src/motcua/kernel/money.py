"""Money: whole đồng."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in Vietnamese đồng; the đồng has no smaller unit in use."""

    vnd: int

    def __add__(self, other: Money) -> Money:
        return Money(self.vnd + other.vnd)

    def __str__(self) -> str:
        return f"{self.vnd:,}".replace(",", ".") + " đồng"
