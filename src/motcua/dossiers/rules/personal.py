"""What a dossier says of people, now and before it was put right: no page for everybody shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.kernel.text import as_seen

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import State

SHORTEST = 5  # letters; a shorter answer of a form is hidden only as a word of a name

_WORD = r"[^\W\d_]+(?:[’'ʼ-]+[^\W\d_]*)?"
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,5}}")
_HOUSE = re.compile(
    r"(?:(?:số|nhà|so|nha)[ :]+)*(?P<number>\d[\w/.-]*)[ ,]+(?:(?:đường|phố|duong|pho) +)?(?P<street>[^,;]+)",
    re.IGNORECASE,
)
_HAMLETS = frozenset((
    "thôn", "buôn", "bản", "ấp", "xóm", "khóm", "làng", "tổ", "tdp", "khối", "khu", "ngõ", "ngách",
    "hẻm", "kiệt", "lô", "căn", "phòng",
))  # fmt: skip


def said_now(state: State) -> tuple[str, ...]:
    """Names, numbers, addresses, days and answers of people, as the dossier has them now; each once.

    Basis: DL24-3.4; reading A23.
    """
    return tuple(dict.fromkeys(filter(None, map(as_seen, _said(state)))))


def said_ever(state: State) -> tuple[str, ...]:
    """The same with all that was said since it was filed, and put right or replaced since.

    Basis: DL24-3.4; reading A23.
    """
    return (*said_now(state), *state.said_before)


def said_before(before: State, after: State) -> tuple[str, ...]:
    """What is not said any more, once `before` has become `after`. A draft is read by its owner only.

    Basis: DL24-3.4; reading A23.
    """
    is_same = before.contents is after.contents and before.handing is after.handing
    if before.filed_at is None or is_same:
        return before.said_before
    known = {*said_now(after), *before.said_before}
    return (*before.said_before, *(each for each in said_now(before) if each not in known))


def parts_of(said: str) -> Iterator[str]:
    """Shorter ways to say the same: two and more words of a name, the house or hamlet of an address.

    A street or a commune alone is none: many live there, and an agency is called by it.
    """
    if _NAME.fullmatch(said) and all(word[0].isupper() for word in said.split()):
        yield from _short_names(said.split())
    yield from _houses(said)


def _short_names(words: list[str]) -> Iterator[str]:
    for length in range(2, len(words)):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
    if len(words) > 2:
        yield f"{words[0]} {words[-1]}"


def _houses(said: str) -> Iterator[str]:
    house = _HOUSE.match(said)
    street = house["street"].split() if house else []
    if house and street and street[0][0].isupper():
        # Without a comma nobody knows where the street ends: its first two words say it.
        for words in {" ".join(street), " ".join(street[:2])}:
            yield from (f"{house['number']} {way}{words}" for way in ("", "đường ", "phố "))
    for piece in map(str.split, said.split(",")[:-1]):
        if len(piece) > 1 and piece[0].lower() in _HAMLETS:
            yield " ".join(piece)


def _said(state: State) -> Iterator[str]:
    person, contents, handing = state.contents.applicant, state.contents, state.handing
    # A name that was typed small has the same parts.
    yield from (_as_name(person.name), _as_name(contents.submitter_name))
    yield from (person.personal_id, person.passport, person.phone, person.email, person.address)
    yield contents.delivery.address
    if person.date_of_birth is not None:
        yield person.date_of_birth.isoformat()
    if state.behalf is not None:
        yield from (_as_name(state.behalf.name), state.behalf.number)
    if handing is not None and len(handing.received_by) >= SHORTEST:
        yield _as_name(handing.received_by)
    if handing is not None and handing.taker is not None:
        yield handing.taker.number
    for answer in contents.form_data.values():
        for text in answer if isinstance(answer, list) else [answer]:
            if isinstance(text, str) and len(as_seen(text)) >= SHORTEST:
                yield text


def _as_name(name: str) -> str:
    return name.title() if name.islower() else name
