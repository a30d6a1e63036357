"""The small changes of what a regulation says: each is one value with one thing altered, or gone."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from motcua.kernel.limits import TimeLimit
from motcua.law.rules import Regulation
from motcua.law.rules.schema import KEYS
from motcua.law.rules.values import Plain, Value, plain_json

GONE = "gone"


@dataclass(frozen=True, slots=True)
class Changed:
    """A value of a regulation, and what stands in its place; None where the text is silent all at once."""

    regulation: str
    was: Value
    now: Value | None
    what: str

    def __str__(self) -> str:
        return f"{self.name}: {self.what}"

    @property
    def name(self) -> str:
        return f"{self.regulation} {self.was.key}"

    @property
    def key(self) -> str:
        """What the verdict is kept under: another one as soon as the value or its source reads otherwise."""
        said = json.dumps(self.was.to_json(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(f"{self}:{said}".encode()).hexdigest()[:16]

    def make(self, regulations: Iterable[Regulation]) -> None:
        """Change it where it lies, in each of these that says so: who holds one reads the new value."""
        for one in regulations:
            if one.short_name == self.regulation and self.was in one.values:
                kept = (self.now if value == self.was else value for value in one.values)
                values = tuple(value for value in kept if value is not None)
                object.__setattr__(one, "values", values)
                by_key = {value.key: value for value in values}
                if isinstance(one._by_key, dict):  # what the watch of the tests put there goes on noting
                    one._by_key.clear()
                    one._by_key.update(by_key)
                else:
                    object.__setattr__(one, "_by_key", MappingProxyType(by_key))


def changes_of(regulation: Regulation) -> Iterator[Changed]:
    """Every change of every value that clauses give: first of what it says, then that it is gone."""
    for value in regulation.values:
        if value.clauses and value.value is not None:
            for other in _others(value):
                what = _told(value.value, other)
                yield Changed(regulation.short_name, value, replace(value, value=other), what)
            yield Changed(regulation.short_name, value, None, GONE)


def _others(value: Value) -> Iterator[Plain]:
    """What could stand there by a slip: what is left of a list, another word of the same key, one more."""
    match value.value:
        case bool() as flag:
            yield not flag
        case int() as number:
            yield number + 1
        case TimeLimit() as limit:
            yield TimeLimit(limit.value + 1, limit.unit)
        case tuple() as words:
            yield from (tuple(one for one in words if one != word) for word in words if len(words) > 1)
        case dt.time() as time:
            yield time.replace(hour=(time.hour + 1) % 24)
        case dt.date() as date:
            yield date + dt.timedelta(days=1)
        case str() as text:
            yield from _other_text(KEYS[value.key].allowed, text)


def _other_text(allowed: tuple[str, ...], text: str) -> Iterator[str]:
    """The next word that the key may take; of a free text one with a mark behind it; of a day the next."""
    if allowed:
        following = allowed[(allowed.index(text) + 1) % len(allowed)]
        yield from () if following == text else (following,)
    elif _is_day(text):
        yield (dt.date.fromisoformat(f"2024-{text}") + dt.timedelta(days=1)).strftime("%m-%d")
    else:
        yield f"{text}-1"


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(f"2024-{text}")
    except ValueError:
        return False
    return True


def _told(was: Plain, now: Plain) -> str:
    if isinstance(was, tuple) and isinstance(now, tuple):
        return f"without {', '.join(word for word in was if word not in now)}"
    if isinstance(was, bool):
        return f"{_plain(was)} turned round"
    return f"{_plain(was)} becomes {_plain(now)}"


def _plain(value: Plain) -> str:
    return str(value).lower() if isinstance(value, bool) else str(plain_json(value))
