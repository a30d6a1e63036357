"""What is kept in memory of agencies.

Cards and calendars are asked for at every act and change a few times a year. Each process looks at the
edition number every few seconds and forgets what it knows when that has changed.
"""

from __future__ import annotations

import threading
import time
from typing import TypeVar

from django.db import transaction

from motcua.agencies.models import Edition
from motcua.agencies.rules.cards import AgencyCard, Ahead
from motcua.kernel.periods import Period
from motcua.worktime.rules import Calendar

K = TypeVar("K")
V = TypeVar("V")
LOOK_AGAIN_AFTER = 3.0  # seconds
kept_cards: dict[int, AgencyCard] = {}
kept_calendars: dict[int, tuple[tuple[Period, Calendar], ...]] = {}
kept_ahead: dict[int, tuple[Ahead, ...]] = {}
_turn = threading.Lock()  # what is kept and what is forgotten go one after the other
_seen: dict[str, float] = {"edition": -1, "looked": float("-inf")}


def forget() -> None:
    """Drop everything kept in memory (after a write, between scratch databases)."""
    _forget(edition=-1, looked=float("-inf"))


def edition() -> float:
    """The edition that is known of; asked for before reading what is kept."""
    return _seen["edition"]


def keep(store: dict[K, V], key: K, value: V, *, of: float) -> V:
    """The value, which from now on is kept under the key, unless another edition became known since it was
    read (`edition`): another thread has forgotten all by then, and this may be what it forgot."""
    # Inside a transaction the row may yet be rolled back, but rows once written are what they are: an id is
    # never given twice, so the worst case is a card nobody asks for.
    with _turn:
        if of == _seen["edition"]:
            store[key] = value
    return value


def forget_if_old() -> None:
    """Forget all when somebody has changed an agency; within a transaction nothing is asked again."""
    if transaction.get_connection().in_atomic_block and _seen["edition"] >= 0:
        return
    now = time.monotonic()
    if now - _seen["looked"] < LOOK_AGAIN_AFTER:
        return
    number = Edition.objects.filter(id=1).values_list("number", flat=True).first() or 0
    if number == _seen["edition"]:
        _seen["looked"] = now
    else:
        _forget(edition=number, looked=now)


def _forget(**seen: float) -> None:
    with _turn:
        _seen.update(seen)
        for store in (kept_cards, kept_calendars, kept_ahead):
            store.clear()
