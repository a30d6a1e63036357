"""Regulations that say something else than the published ones: to see that a rule reads what they say."""

from __future__ import annotations

from dataclasses import replace

from motcua.law import queries as law
from motcua.law.rules import Regulation, Value
from motcua.law.rules.values import Plain


def saying(name: str, **values: Plain) -> Regulation:
    """The regulation with other values; keys with `__` for the dot, None for a key on which it is silent."""
    given = law.regulation(name)
    keys = {key.replace("__", "."): value for key, value in values.items()}
    kept = tuple(value for value in given.values if value.key not in keys)
    new = tuple(Value(key, value, (f"{name}-1",)) for key, value in keys.items() if value is not None)
    return replace(given, values=kept + new)
