"""The two guides, their pictures, and finding a task in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from motcua.kernel.text import fold
from motcua.theme.guides import reading
from motcua.theme.guides.reading import Block, Guide, Section

Key = Literal["nguoi-dan", "cong-chuc"]
KEYS: tuple[Key, ...] = ("nguoi-dan", "cong-chuc")
TRANSLATED: Mapping[Key, tuple[str, ...]] = {"nguoi-dan": ("en",), "cong-chuc": ("en",)}
DATA = Path(__file__).resolve().parent.parent / "data" / "guides"
STATIC = "theme/guides"
EXCERPT = 160  # letters


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture, with its size in pixels, so that the page does not jump when it comes.

    `light` is the same picture smaller and packed harder, for browsers that read it (AVIF).
    """

    file: str
    light: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The same screen on a wide window and on a phone."""

    wide: Shot
    phone: Shot


@cache
def guide(key: Key, language: str = "vi") -> Guide:
    """The guide in a language if it was translated (`is_translated`), else in Vietnamese.

    A translation has the same sections under the same anchors, so that links into it need not know the
    language. Raises NotInGuides if the text that ships with the system is not in order.
    """
    original = reading.read((DATA / f"{key}.md").read_text(encoding="utf-8"))
    if language == "vi" or not is_translated(key, language):
        return original
    return reading.read((DATA / f"{key}.{language}.md").read_text(encoding="utf-8")).anchored_like(original)


def is_translated(key: Key, language: str) -> bool:
    return language in TRANSLATED.get(key, ())


def in_language(key: Key, wanted: str) -> tuple[Guide, str]:
    """The guide as somebody reads it who has chosen that language, and the language it is in."""
    return guide(key, wanted), wanted if is_translated(key, wanted) else "vi"


@cache
def pictures(language: str = "vi") -> dict[str, Picture]:
    """By name, of pages in that language as far as they were drawn in it; written by `make screenshots`."""
    text = (DATA / "pictures.json").read_text(encoding="utf-8")
    known: dict[str, dict[str, dict[str, list[int]]]] = json.loads(text)
    return {
        name: Picture(*(_shot(name, kind, drawn, *sizes[kind]) for kind in ("wide", "phone")))
        for drawn in dict.fromkeys(("vi", language))
        for name, sizes in known.get(drawn, {}).items()
    }


def file_of(name: str, kind: str, language: str) -> str:
    """The file of a picture; Vietnamese, which is always there, has no ending of its own."""
    return f"{name}-{kind}{'' if language == 'vi' else f'.{language}'}.webp"


def light_file_of(file: str) -> str:
    return f"{file.removesuffix('.webp')}.avif"


def _shot(name: str, kind: str, language: str, width: int, height: int) -> Shot:
    file = f"{STATIC}/{file_of(name, kind, language)}"
    return Shot(file, light_file_of(file), width, height)


@dataclass(frozen=True, slots=True)
class Found:
    section: Section
    excerpt: str


def find(sections: Iterable[Section], asked: str) -> tuple[Found, ...]:
    """The tasks that have every word asked for, accents or not; those with it in the title come first.

    Basis: DL24-5.3, PT24-5.7#1, QN20-8.3.
    """
    words = fold(asked).split()
    if not words:
        return ()
    hits = []
    for place, section in enumerate(sections):
        title, text = fold(section.title), fold(section.words)
        if all(word in f"{title} {text}" for word in words):
            missing = sum(word not in title for word in words)
            hits.append((missing, place, Found(section, _excerpt(section.blocks, words))))
    return tuple(found for _, _, found in sorted(hits, key=lambda hit: hit[:2]))


def _excerpt(blocks: Iterable[Block], words: list[str]) -> str:
    """The first paragraph that has a word asked for, else the first of all, cut at a space."""
    texts = [block.words for block in blocks if block.kind != "picture"]
    text = next((each for each in texts if any(word in fold(each) for word in words)), texts[0])
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"
