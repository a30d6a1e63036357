"""Messages to the desk: words only, and not without end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.errors import BadMessage, TooManyMessages
from motcua.dossiers.rules.thread import LONGEST, MOST_UNANSWERED, must_have_room, words
from motcua.kernel.text import visible


@given(st.text(max_size=300))
def test_words_are_kept_without_edges_or_refused(text: str) -> None:
    text = visible(text)  # what no page shows is no word of anybody's
    if not text:
        with pytest.raises(BadMessage):
            words(text)
        return
    kept = words(text)
    assert kept == kept.strip()
    assert kept.split() == text.split()
    assert words(kept) == kept


@pytest.mark.parametrize("text", ["", " \n\t", "x" * (LONGEST + 1)])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(BadMessage):
        words(text)


def test_longest_is_taken() -> None:
    assert words("x" * LONGEST) == "x" * LONGEST


@given(st.lists(st.booleans(), max_size=20))
def test_room_is_counted_from_the_last_answer(from_desk: list[bool]) -> None:
    waiting = from_desk.index(True) if True in from_desk else len(from_desk)
    if waiting >= MOST_UNANSWERED:
        with pytest.raises(TooManyMessages):
            must_have_room(from_desk)
    else:
        must_have_room(from_desk)
