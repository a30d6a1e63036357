"""What an applicant and the desk write to one another about a dossier: words, and nothing but words.

A message carries no paper and changes nothing of the dossier: for that there are the verbs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.errors import BadMessage, TooManyMessages
from motcua.kernel.text import visible

LONGEST = 2000  # characters
MOST_UNANSWERED = 5  # no text gives a number (mark: house)


@dataclass(frozen=True, slots=True)
class Said:
    """One message; `number` grows with time."""

    number: int
    is_from_desk: bool
    author_name: str
    text: str
    at: datetime


def words(text: str) -> str:
    """The text as it is kept. Raises BadMessage if there is nothing in it, or too much."""
    clean = "\n".join(line.rstrip() for line in visible(text).splitlines())
    if not clean or len(clean) > LONGEST:
        raise BadMessage
    return clean


def must_have_room(from_desk: Sequence[bool]) -> None:
    """Whether the applicant may write once more; `from_desk` tells of each message, the newest first.

    Raises TooManyMessages when as many wait for an answer as may.
    """
    waiting = next((n for n, is_answer in enumerate(from_desk) if is_answer), len(from_desk))
    if waiting >= MOST_UNANSWERED:
        raise TooManyMessages(most=MOST_UNANSWERED)
