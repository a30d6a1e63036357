"""Choices from tables of labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext


def named(words: Mapping[Any, str]) -> Callable[[], list[tuple[str, str]]]:
    """(value, label) pairs, translated anew whenever a form is made."""
    return lambda: [(str(value), gettext(label)) for value, label in words.items()]
