"""Names of files: what may be shown, stored in a database and written to somebody's disk."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 150  # characters, extension included
FALLBACK = "tep-tin"
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, direction marks, surrogates, line breaks


def sanitise(name: str) -> str:
    """A name that is harmless on any system and still reads as its owner wrote it.

    Keeps the last part of a path, Vietnamese letters in composed form, one space between words. Drops
    controls and direction marks (`ảnh\u202egpj.exe`), characters that Windows forbids, leading and
    trailing dots and spaces; sets a mark before reserved device names; shortens to `LONGEST` characters
    and keeps the extension. Never empty.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(" " if c.isspace() else c for c in last if c.isspace() or _is_seen(c))
    words = " ".join(_FORBIDDEN.sub("-", seen).split()).strip(". ")
    if not words:
        return FALLBACK
    if _RESERVED.fullmatch(words):
        words = "_" + words
    return _shortened(words)


def extension(name: str) -> str:
    """The extension in lower case without its dot; empty if there is none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem and re.fullmatch(r"[A-Za-z0-9]{1,8}", last) else ""


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    last = extension(name)
    tail = f".{last}" if last else ""
    return name[: LONGEST - len(tail)].rstrip(". ") + tail
