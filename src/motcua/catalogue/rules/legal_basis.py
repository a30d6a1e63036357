"""In which order the texts that a procedure rests on are read: what binds most first, the newest within."""

from __future__ import annotations

import re
from collections.abc import Iterable

# The end of a number says what a text is; the kinds in the order in which people look them up (mark: house).
_KINDS = (
    re.compile(r"(?:UBTV)?QH\d+"),  # of the National Assembly or its standing committee
    re.compile(r"NĐ-CP"),
    re.compile(r"NQ-.+"),
    re.compile(r"TT(?:LT)?-.+"),
    re.compile(r"QĐ-.+"),
)
_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?/(\d{4})/([\w-]+)")


def in_order(texts: Iterable[str]) -> tuple[str, ...]:
    """Laws, decrees, resolutions of the government, circulars, decisions; the newest of each first.

    What bears no number that tells comes last, in the order given.
    """
    return tuple(sorted(texts, key=_place))


def _place(text: str) -> tuple[int, ...]:
    found = _NUMBER.search(text)
    if found is None:
        return (len(_KINDS),)
    number, part, year, mark = found.groups()
    kind = next((at for at, each in enumerate(_KINDS) if each.fullmatch(mark)), len(_KINDS))
    return (kind,) if kind == len(_KINDS) else (kind, -int(year), -int(number), -int(part or 0))
