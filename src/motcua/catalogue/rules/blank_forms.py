"""Blank forms to take home, of the papers of a procedure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.documents.rules.limits import type_of
from motcua.documents.rules.names import sanitise


@dataclass(frozen=True, slots=True)
class BlankFormCard:
    """One file of a form. `size` is in bytes; `ended_at` is None while it can be had."""

    id: int
    version_id: int
    component: str
    title: str
    source: str
    file_id: str
    media_type: str
    size: int
    put_up_at: datetime
    put_up_by: str
    ended_at: datetime | None = None
    ended_by: str = ""
    is_replaced: bool = False

    @property
    def kind(self) -> str:
        """Its type for people: `PDF`."""
        known = type_of(self.media_type)
        return known.label if known else ""

    @property
    def name(self) -> str:
        """Under which it is saved: its title, with the ending of its type."""
        known = type_of(self.media_type)
        return sanitise(f"{self.title}.{known.extensions[0]}" if known else self.title)


FormsOf = Mapping[str, tuple[BlankFormCard, ...]]  # by the key of the component
