"""What can be wrong with a file of a received type."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from motcua.documents.errors import ActiveContent, Broken, Encrypted, TooManyPixels
from motcua.kernel.errors import Refusal


class FaultKind(Enum):
    BROKEN = Broken
    ENCRYPTED = Encrypted
    ACTIVE = ActiveContent
    LARGE = TooManyPixels

    @property
    def refusal(self) -> type[Refusal]:
        refusal: type[Refusal] = self.value
        return refusal


@dataclass(frozen=True, slots=True)
class Fault:
    """`why` is for the log and the tests, in English; people read the refusal."""

    kind: FaultKind
    why: str


def broken(why: str) -> Fault:
    return Fault(FaultKind.BROKEN, why)


def large(why: str) -> Fault:
    return Fault(FaultKind.LARGE, why)


def encrypted(why: str) -> Fault:
    return Fault(FaultKind.ENCRYPTED, why)


def active(why: str) -> Fault:
    return Fault(FaultKind.ACTIVE, why)
