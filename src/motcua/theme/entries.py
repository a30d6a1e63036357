"""Things of one kind in a session, each under a name of its own: several tabs take none from each other."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

Session = MutableMapping[str, Any]


def of(session: Session, kind: str) -> dict[str, Any]:
    """What lies there of this kind, by key, the latest last."""
    start = f"{kind}:"
    return {name[len(start) :]: value for name, value in session.items() if name.startswith(start)}


def put(session: Session, kind: str, key: str, value: Any, *, most: int) -> None:
    """Lay it down as the latest; of this kind no more than the latest `most` stay."""
    drop(session, kind, key)
    session[f"{kind}:{key}"] = value
    for old in [*of(session, kind)][:-most]:
        drop(session, kind, old)


def drop(session: Session, kind: str, key: str) -> None:
    session.pop(f"{kind}:{key}", None)
