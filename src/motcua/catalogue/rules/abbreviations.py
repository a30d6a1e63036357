"""Abbreviations of publications, written out for people who need not know them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


def spelled_out(text: str) -> str:
    """The text with the abbreviations of `data/abbreviations.toml` written out.

    Parts of codes stay: `spelled_out("UBND, QĐ 12/QĐ-UBND") == "Ủy ban nhân dân, Quyết định 12/QĐ-UBND"`.
    """
    known, pattern = _known()
    for short, full in known.items():  # "Trung tâm … (TTPVHCC)" says it already
        text = re.sub(rf"({re.escape(full)}) \({re.escape(short)}\)", r"\1", text, flags=re.IGNORECASE)
    return pattern.sub(lambda found: known[found[0]], text)


@cache
def _known() -> tuple[dict[str, str], re.Pattern[str]]:
    path = files("motcua.catalogue") / "data" / "abbreviations.toml"
    known: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["abbreviations"]
    words = "|".join(re.escape(short) for short in sorted(known, key=len, reverse=True))
    # After a stroke it is part of a code ("12/QĐ"), but for the stroke between two words ("Công an/BHXH").
    before = r"(?<![\w&-])(?<![^a-zà-ỹđ]/)(?<!^/)"
    return known, re.compile(rf"{before}(?:{words})(?![\w/&-])")
