"""What the counter wrote into a form by itself, and for which number: it goes when the number changes.

A page carries a note of it, so that what the officer typed is told from what was looked up. The note holds
marks, not words: nothing of a person stands on the page twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from motcua.accounts.rules.identity_cards import read_card

OF = "of"
_MARK = re.compile(r"[0-9a-f]{12}")
_APART = re.compile(r"[\s.\-]")


def whose(kind: str, number: str) -> str:
    """The mark of an applicant or bringer: the kind with the number, which a card may have said."""
    card = read_card(number)
    return _mark(f"{kind}:{card.personal_id if card else _APART.sub('', number)}")


def is_of_another(note: str, mark: str) -> bool:
    """Whether something was filled in, and for another than `mark`."""
    said = _read(note)
    return bool(said) and said.get(OF) != mark


def still_there(typed: Mapping[str, Any], note: str) -> list[str]:
    """The fields that still say what was filled in."""
    said = _read(note)
    return [name for name, mark in said.items() if name != OF and _mark(typed.get(name)) == mark]


def without(typed: Mapping[str, Any], note: str, mark: str) -> dict[str, Any]:
    """The entries as the officer typed them, if what was filled in is of another than `mark`."""
    gone = still_there(typed, note) if is_of_another(note, mark) else []
    return {**typed, **dict.fromkeys(gone, "")}


def note_of(before: Mapping[str, Any], after: Mapping[str, Any], note: str, mark: str) -> str:
    """The note of what a look-up for `mark` wrote, and of what the one before wrote for the same."""
    said = {} if is_of_another(note, mark) else _read(note)
    new = {name: _mark(text) for name, text in after.items() if _word(text) != _word(before.get(name))}
    said |= {name: each for name, each in new.items() if _word(after[name])}
    marks = {name: each for name, each in said.items() if name != OF}
    return " ".join(f"{name}={each}" for name, each in ({OF: mark} | marks).items()) if marks else ""


def _read(note: str) -> dict[str, str]:
    """Hostile until checked: what is no note says nothing."""
    pairs = (part.partition("=") for part in note[:500].split())
    return {name: mark for name, _, mark in pairs if name and _MARK.fullmatch(mark)}


def _mark(text: Any) -> str:
    return sha256(_word(text).encode()).hexdigest()[:12]


def _word(text: Any) -> str:
    return " ".join(str(text or "").split())
