"""The numbers of `data/limits.toml`: what no text of law gives, each with its mark."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def limit(key: str) -> int:
    """The number behind a key such as `mandate.longest_years`. Raises KeyError for one that is not set."""
    path = files("motcua.accounts") / "data" / "limits.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    for part in key.split("."):
        found = found[part]
    return int(found["value"])
