"""Choices from tables of labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext


def named(words: Mapping[Any, str]) -> Callable[[], list[tuple[str, str]]]:
    """(value, label) pairs, translated anew whenever a form is made."""
    return lambda: [(str(value), gettext(label)) for value, label in words.items()]


def first_choice(words: str, choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The choices behind the empty one, which always says something: "Chọn cơ quan" where one must be chosen,
    else what it means that none is ("Tất cả", "Không có")."""
    return [("", words), *choices]
