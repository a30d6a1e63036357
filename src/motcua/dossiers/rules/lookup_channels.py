"""Further ways of looking a dossier up, which whoever runs the system adds by configuration."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motcua.law.rules import Regulation

_WEB = re.compile(r"https://[^\s\"<>]+", re.ASCII)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}", re.ASCII)
_PHONE = re.compile(r"\+?[0-9](?:[0-9 .]{1,18})[0-9]", re.ASCII)


@dataclass(frozen=True, slots=True)
class LookupChannel:
    """`address` is a page, a mailbox or a telephone number; `hint` says what to do there."""

    name: str
    address: str
    hint: str
    name_english: str = ""
    hint_english: str = ""

    @property
    def href(self) -> str:
        if _WEB.fullmatch(self.address):
            return self.address
        if _MAIL.fullmatch(self.address):
            return f"mailto:{self.address}"
        return "tel:" + re.sub(r"[ .]", "", self.address)


_NEEDED = {"name", "address", "hint"}
_KNOWN = _NEEDED | {"name_english", "hint_english"}


def read_channels(tables: Sequence[Mapping[str, object]]) -> tuple[LookupChannel, ...]:
    """The channels of a configuration. Raises ValueError that says which one is wrong, and in what.

    Basis: QN20-14.1.đ.
    """
    return tuple(_channel(number, table) for number, table in enumerate(tables, start=1))


def _channel(number: int, table: Mapping[str, object]) -> LookupChannel:
    words = {key: text.strip() for key, text in table.items() if isinstance(text, str)}
    if strange := [key for key in table if key not in _KNOWN or key not in words]:
        raise ValueError(f"channel {number} has {strange[0]}, which is no text of a channel")
    if lacking := sorted(key for key in _NEEDED if not words.get(key)):
        raise ValueError(f"channel {number} has no {lacking[0]}")
    if not any(form.fullmatch(words["address"]) for form in (_WEB, _MAIL, _PHONE)):
        raise ValueError(f"channel {number} has no https address, mailbox or telephone number")
    return LookupChannel(**words)


def further_channels(
    configured: tuple[LookupChannel, ...], regulation: Regulation | None
) -> tuple[LookupChannel, ...]:
    """Those of the configuration, where the regulation lets the system have other ways than it names.

    Basis: QN20-14.1.đ.
    """
    is_open = regulation is not None and regulation.flag("lookup.further_channels") is True
    return configured if is_open else ()
