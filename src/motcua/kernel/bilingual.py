"""A text of the data in Vietnamese, with its English where somebody wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ENGLISH = "_english"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """What the Vietnamese says counts; `english` is empty where nobody wrote it."""

    vietnamese: str
    english: str = ""

    def __bool__(self) -> bool:
        return bool(self.vietnamese)

    def in_language(self, language: str) -> str:
        """In English for a reader of it (`en`, `en-gb`), as far as there is any; else in Vietnamese."""
        return self.english if self.english and language.startswith("en") else self.vietnamese


NOTHING = Bilingual("")


def bilingual(data: Mapping[str, Any], key: str) -> Bilingual:
    """The text under `key`, its English under the same name with `_english`; empty where there is none."""
    return Bilingual(str(data.get(key, "")).strip(), str(data.get(f"{key}{ENGLISH}", "")).strip())
