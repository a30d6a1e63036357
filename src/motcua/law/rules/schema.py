"""Every key that a regulation may set: its kind, its allowed words, its meaning.

A regulation that is silent on a point leaves the key out: absence means "the text says nothing", never
"no". The keys stand in `keys/`, one module per part of the regulations.
"""

from __future__ import annotations

from motcua.law.errors import UnknownKey
from motcua.law.rules.key_spec import KeySpec, Kind
from motcua.law.rules.keys import (
    filing,
    frame,
    governing,
    intake,
    lookup,
    operation,
    results,
    settling,
    voice,
)

KEYS: dict[str, KeySpec] = {
    spec.name: spec
    for part in (frame, filing, intake, settling, results, lookup, voice, governing, operation)
    for spec in part.KEYS
}


def spec(key: str, kind: Kind | None = None) -> KeySpec:
    """The spec of `key`. Raises UnknownKey if there is none, or if it is not of that `kind`."""
    found = KEYS.get(key)
    if found is None:
        raise UnknownKey(f"no such key in the schema of regulations: {key}")
    if kind is not None and found.kind is not kind:
        raise UnknownKey(f"{key} is a {found.kind}, not a {kind}")
    return found
