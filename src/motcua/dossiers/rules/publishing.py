"""What of a letter of apology is made public: whose fault and until when, never whose dossier."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import State
    from motcua.law.rules import Regulation

MASK = "…"
_LONG_NUMBER = re.compile(r"\d(?:[\s.\-]?\d){7,}")
_ADDRESS = re.compile(r"\S+@\S+")
_HONORIFIC = ["ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cháu"]
_SHORTEST = 5  # letters; a shorter answer of a form is hidden only as a word of a name


def publishes_apologies(regulation: Regulation) -> bool:
    """Whether letters of apology for late dossiers are made public.

    Basis: DL24-5.10.
    """
    return regulation.flag("apology.published") is True


def masked_name(name: str) -> str:
    """Initials of a name: `N. V. A.` says to the owner that it is theirs, and nothing to anybody else.

    Basis: DL24-5.10, DL24-3.4; reading A23.
    """
    initials = [word[0].upper() for word in name.split() if word[0].isalnum()]
    return " ".join(f"{each}." for each in initials[:6])


def masked_reason(reason: str, state: State) -> str:
    """The reason of a letter without what the dossier says of people: names, numbers, addresses, answers.

    Whoever is named with an honorific is hidden too, and every long number or e-mail address of anybody.

    Basis: DL24-5.10, DL24-3.4; reading A23.
    """
    text = unicodedata.normalize("NFC", reason)
    text = _LONG_NUMBER.sub(MASK, _ADDRESS.sub(MASK, text))
    for said in sorted(set(_personal(state)), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", MASK, text, flags=re.IGNORECASE)
    return _without_named(text)


def _personal(state: State) -> Iterator[str]:
    person, contents = state.contents.applicant, state.contents
    told = (
        person.name,
        person.personal_id,
        person.passport,
        person.phone,
        person.email,
        person.address,
        contents.submitter_name,
    )
    yield from (_plain(each) for each in told if each.strip())
    yield from (each for each in _answers(contents.form_data) if len(each) >= _SHORTEST)


def _answers(form_data: Mapping[str, Any]) -> Iterator[str]:
    for answer in form_data.values():
        for text in answer if isinstance(answer, list) else [answer]:
            if isinstance(text, str) and text.strip():
                yield _plain(text)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _without_named(text: str) -> str:
    """The text with the capitalised words behind `ông`, `bà` and the like hidden."""
    kept: list[str] = []
    is_naming = False
    for word in re.split(r"(\s+)", text):
        if word.isspace() or not word:
            kept.append(word)
        elif is_naming and word[0].isupper():
            kept.append(_behind(word))
        else:
            is_naming = word.lower().strip(",.;:()") in _HONORIFIC
            kept.append(word)
    return re.sub(rf"{MASK}(?:\s+{MASK})+", MASK, "".join(kept))


def _behind(word: str) -> str:
    """The mask, with the punctuation that stood behind the word."""
    bare = word.rstrip(",.;:)")
    return MASK + word[len(bare) :]
