"""Who acts. Every service takes an `Actor`; every event keeps one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from motcua.kernel.errors import N_


class ActorKind(StrEnum):
    CITIZEN = "citizen"  # a person or organisation with an account, or somebody served at the counter
    OFFICER = "officer"  # anybody who works for an agency
    SYSTEM = "system"  # a scheduled task, an import, a migration


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts: `id` is the account's id as text, empty for the system.

    `for_id` and `for_name` are those of the absent officer in whose place this one acts, empty if in none's.
    """

    kind: ActorKind
    id: str
    name: str
    for_id: str = ""
    for_name: str = ""

    @property
    def is_officer(self) -> bool:
        return self.kind is ActorKind.OFFICER

    @property
    def is_citizen(self) -> bool:
        return self.kind is ActorKind.CITIZEN


SYSTEM = Actor(ActorKind.SYSTEM, "", N_("Hệ thống"))
