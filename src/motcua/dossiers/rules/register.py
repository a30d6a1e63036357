"""Where a dossier stands in the register of its desk."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.dossiers.rules.state import State
from motcua.worktime.rules import local


@dataclass(frozen=True, slots=True)
class Entry:
    """Quyển số, số thứ tự."""

    book: str
    number: str


def entry_of(state: State) -> Entry | None:
    """The entry of an accepted dossier: one book a year, and in it day and serial of the dossier code.

    The code is given without gaps, so its tail numbers the register too; a second count could only differ.

    Basis: KT22-14.2bis.a#5; by reference TT 01/2018 Mẫu 06 and Đ19 (found).
    """
    if state.accepted_at is None or not state.code:
        return None
    return Entry(str(local(state.accepted_at).year), state.code.partition("-")[2] or state.code)
