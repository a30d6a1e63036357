"""Sets of forms by their validity: which form of which circular is printed on a day.

Basis: KT22-14.2bis.a#1, KT22-14.2bis.a#2, KT22-14.2bis.a#3, KT22-14.2bis.a#4, KT22-14.2bis.a#5;
by reference TT 01/2018 and TT 03/2025 (found).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a set: its number there and its legal name."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class FormSet:
    """The forms of one circular.

    `templates` is the folder they are drawn from, `mark` how well they are known. A set that has not begun on
    the day lends its layout only: its circular is not cited for a paper that is older.
    """

    name: str
    title: str
    valid_from: date
    templates: str
    mark: str
    forms: Mapping[str, Form]
    has_begun: bool = True

    def line(self, kind: str) -> str:
        """`Mẫu số 01, Thông tư số 01/2018/TT-VPCP.`; empty for a form that the set does not have, and
        on a day before the circular was in force."""
        number = self.number(kind)
        return f"Mẫu số {number}, {self.title}." if number else ""

    def number(self, kind: str) -> str:
        """The number of a form in the circular; empty where `line` is."""
        form = self.forms.get(kind) if self.has_begun else None
        return form.number if form else ""

    def named(self, kind: str) -> str:
        """The legal name of a form in this set; empty for one that it does not have."""
        form = self.forms.get(kind)
        return form.title if form else ""


def read(data: Mapping[str, Any]) -> tuple[FormSet, ...]:
    """The sets of a data file, the oldest first. Raises ValueError if they are not in order."""
    sets = tuple(
        FormSet(
            one["name"],
            one["title"],
            one["from"],
            one["templates"],
            one["mark"],
            {kind: Form(form["number"], form["title"]) for kind, form in one["forms"].items()},
        )
        for one in data["set"]
    )
    days = [one.valid_from for one in sets]
    if not sets or days != sorted(set(days)):
        raise ValueError("the sets of forms are not in the order of their days")
    return sets


def in_force(sets: Sequence[FormSet], on: date) -> FormSet:
    """The newest set that has begun on the day; before the oldest one its layout, with no line."""
    begun = [one for one in sets if one.valid_from <= on]
    return begun[-1] if begun else replace(sets[0], has_begun=False)
