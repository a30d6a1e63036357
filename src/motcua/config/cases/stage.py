"""What an act of a case finds when it is played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.config.cases.model import ActSpec
from motcua.config.cases.scene import CannotSet, Scene
from motcua.dossiers.rules.state import State


@dataclass(frozen=True, slots=True)
class Stage:
    """The scene, the dossier that the act names (None: not there yet) and how it stands."""

    scene: Scene
    act: ActSpec
    dossier_id: str | None
    state: State | None

    @property
    def given(self) -> Mapping[str, Any]:
        return self.act.arguments

    def common(self) -> dict[str, Any]:
        """Actor, moment, dossier and the version that the actor looks at."""
        if self.dossier_id is None or self.state is None:
            raise CannotSet(f"there is no dossier {self.act.dossier!r} yet")
        return {
            "actor": self.scene.actor(self.act.by),
            "at": self.act.at,
            "dossier_id": self.dossier_id,
            "expected_version": self.given.get("version", self.state.version),
        }

    def text(self, key: str, default: str = "") -> str:
        return str(self.given.get(key, default))
