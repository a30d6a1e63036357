"""The switch of a planned stop: a file in the state folder, so that it holds while the database is away."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from motcua.kernel.dates import ZONE

NAME = "maintenance.json"


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop that lasts. `until` is what was promised, not when it ends: somebody switches it off."""

    began_at: datetime
    until: datetime
    reason: str
    reason_english: str = ""
    notice_id: int | None = None
    was_recorded: bool = True

    def is_overdue(self, at: datetime) -> bool:
        return self.until <= at


def current() -> Stop | None:
    """What was switched on, or None. Raises ValueError for a file that `begin` did not write."""
    try:
        told = json.loads(_place().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    try:
        return Stop(
            began_at=datetime.fromisoformat(told["began_at"]).astimezone(ZONE),
            until=datetime.fromisoformat(told["until"]).astimezone(ZONE),
            reason=str(told["reason"]),
            reason_english=str(told["reason_english"]),
            notice_id=told["notice_id"],
            was_recorded=bool(told["was_recorded"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{NAME} in the state folder is not what `motcua maintenance` writes") from error


def begin(stop: Stop) -> None:
    """Switch it on, at once for every process of this state folder."""
    place = _place()
    draft = place.with_suffix(".draft")
    told = {
        "began_at": stop.began_at.isoformat(),
        "until": stop.until.isoformat(),
        "reason": stop.reason,
        "reason_english": stop.reason_english,
        "notice_id": stop.notice_id,
        "was_recorded": stop.was_recorded,
    }
    draft.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(draft, place)  # never half a file before a reader


def end() -> None:
    _place().unlink(missing_ok=True)


def _place() -> Path:
    return Path(settings.STATE_DIR) / NAME
