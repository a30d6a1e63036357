"""Typed reading of the environment. A secret may come from a file named by `<NAME>_FILE`."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class BadSetting(ValueError):
    """An environment variable holds something that cannot be used; the message names it."""


def text(name: str, default: str = "") -> str:
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE cannot be read: {error.strerror}") from None
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    value = text(name, "yes" if default else "no").strip().lower()
    if value in {"1", "yes", "true", "on"}:
        return True
    if value in {"0", "no", "false", "off", ""}:
        return False
    raise BadSetting(f"{name} must be yes or no, not {value!r}")


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise BadSetting(f"{name} must be a whole number, not {value!r}") from None


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    value = text(name, default)
    if value not in allowed:
        raise BadSetting(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def checked(name: str, default: str, check: Callable[[str], None]) -> str:
    """A text that `check` accepts; it raises ValueError for any other."""
    value = text(name, default)
    try:
        check(value)
    except ValueError as error:
        raise BadSetting(f"{name}: {error}, not {value!r}") from None
    return value


def tables(name: str, key: str, read: Callable[[list[dict[str, Any]]], T]) -> T:
    """What `read` makes of the tables under `key` of the TOML file that the variable names, of none without
    it; it raises ValueError for what it cannot use."""
    try:
        return read(_tables(name, key, os.environ.get(name, "")))
    except BadSetting:
        raise
    except ValueError as error:
        raise BadSetting(f"{name}: {error}") from None


def _tables(name: str, key: str, file: str) -> list[dict[str, Any]]:
    if not file:
        return []
    try:
        found = tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except OSError as error:
        raise BadSetting(f"{name} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{name} is no TOML file: {error}") from None
    listed = found.pop(key, [])
    if found or not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise BadSetting(f"{name} must hold tables [[{key}]] and nothing else")
    return listed


def words(name: str, default: str = "") -> list[str]:
    return [word for word in text(name, default).replace(",", " ").split() if word]


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).expanduser().resolve()
