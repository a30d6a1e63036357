"""Under which regulation a test runs, and the watch over those that carry clauses.

A test that carries clauses must run under the regulation that they belong to. Whoever uses the small world,
or the fixture `regulation` alone, gets that by itself: the test is played once under each regulation of which
it carries clauses, in a province and on a Monday on which that regulation is in force. All others name it: by
their parameters, or by asking for the regulation. What is the same whatever regulation is in force says so by
`@pytest.mark.any_regulation("why")`; how many may do so stands in `tests/config/test_carriers.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import Any

import pytest

from motcua.kernel.dates import ZONE
from motcua.law import queries
from motcua.law.rules.regulation import Value

# Ordinary Mondays, with none but ordinary weeks around them; 8 o'clock, when every office is open.
PLACES = {
    "KT18": ("kon-tum", datetime(2021, 3, 8, 8, 0, tzinfo=ZONE)),
    "QN20": ("quang-ngai", datetime(2024, 3, 4, 8, 0, tzinfo=ZONE)),
    "KT22": ("kon-tum", datetime(2024, 3, 4, 8, 0, tzinfo=ZONE)),
    "DL24": ("dak-lak", datetime(2024, 3, 4, 8, 0, tzinfo=ZONE)),
    "PT24": ("phu-tho", datetime(2025, 3, 3, 8, 0, tzinfo=ZONE)),
}
USUAL = "DL24"


def carried(item: pytest.Item) -> frozenset[str]:
    """The regulations of the clauses that the item carries; only those that its parameters name, if any."""
    found = frozenset(one.partition("-")[0] for mark in item.iter_markers("clause") for one in mark.args)
    named = _named(item)
    return found & named if named else found


def missed(item: pytest.Item, ran_under: set[str]) -> frozenset[str]:
    """The regulations of which it carries clauses, but under which it did not run."""
    return frozenset() if item.get_closest_marker("any_regulation") else carried(item) - ran_under


def _named(item: pytest.Item) -> frozenset[str]:
    """The regulations that the parameters of an item name."""
    params = getattr(item, "callspec", None)
    values = params.params.values() if params else ()
    return frozenset(each for each in values if isinstance(each, str) and each in PLACES)


def played_under(metafunc: pytest.Metafunc) -> None:
    """Play a test of the small world once under each regulation of which it carries clauses."""
    marks = list(metafunc.definition.iter_markers("clause"))
    names = {one.partition("-")[0] for mark in marks for one in mark.args}
    named = any(_names_one(mark.args) for mark in metafunc.definition.iter_markers("parametrize"))
    if "regulation" in metafunc.fixturenames and names and not named:
        metafunc.parametrize("regulation", [each for each in PLACES if each in names], indirect=True)


def _names_one(value: object) -> bool:
    """Whether a regulation is among the values, however deep."""
    if isinstance(value, str):
        return value in PLACES
    return isinstance(value, tuple | list) and any(map(_names_one, value))


def incomplete(items: list[pytest.Item]) -> list[str]:
    """Tests whose parameters name regulations, but not all of which they carry clauses."""
    needed: dict[str, set[str]] = {}
    given: dict[str, set[str]] = {}
    for item in items:
        name = item.nodeid.partition("[")[0]
        all_of_it = {one.partition("-")[0] for mark in item.iter_markers("clause") for one in mark.args}
        needed.setdefault(name, set()).update(all_of_it)
        given.setdefault(name, set()).update(_named(item) or all_of_it)
    lacking = {name: sorted(each - given[name]) for name, each in needed.items()}
    return [f"{name}: {', '.join(names)}" for name, names in lacking.items() if names]


class Watch:
    """Which regulations are asked while a test runs."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """From here on every regulation that is found for a day, or whose values are read, is noted.

        Values are noted where they lie, for functions of `rules` are exchanged by the mutation runner.
        """
        found = queries.law().regulations.values()
        values = {regulation.short_name: regulation._by_key for regulation in found}
        with pytest.MonkeyPatch.context() as patch:
            for regulation in found:
                noting = _Noting(regulation.short_name, values[regulation.short_name], self.asked)
                object.__setattr__(regulation, "_by_key", noting)
            for name in ("regulation", "regulation_in_force", "period_in_force"):
                patch.setattr(queries, name, self._finding(getattr(queries, name)))
            yield
        for regulation in found:
            object.__setattr__(regulation, "_by_key", values[regulation.short_name])

    def _finding(self, find: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(find)
        def noted(*args: Any, **named: Any) -> Any:
            found = find(*args, **named)
            regulation = found[1] if isinstance(found, tuple) else found
            if regulation is not None:
                self.asked.add(regulation.short_name)
            return found

        return noted


class _Noting(dict[str, Value]):
    """The values of one regulation; that one of them is looked for is noted."""

    def __init__(self, name: str, values: Mapping[str, Value], asked: set[str]) -> None:
        super().__init__(values)
        self._name, self._asked = name, asked

    def get(self, key: str, default: Any = None) -> Any:
        self._asked.add(self._name)
        return super().get(key, default)
