"""A regulation: what it says, key by key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from types import MappingProxyType

from motcua.kernel.limits import TimeLimit
from motcua.kernel.periods import Period
from motcua.law.rules import schema
from motcua.law.rules.key_spec import Kind
from motcua.law.rules.values import Plain, Value


@dataclass(frozen=True, slots=True)
class Regulation:
    """A provincial regulation on the one-stop system, for example DL24 (Đắk Lắk 04/2024/QĐ-UBND).

    The readers (`limit`, `choice`, …) answer None where the text is silent or where the law it points to
    is not known; `get` tells which. A key that the schema does not know raises `errors.UnknownKey`.

    Read `on` a day, it is silent also where the law that it points to was not in force yet.
    """

    short_name: str
    title: str
    decision: str
    province: str
    validity: Period
    validity_clauses: tuple[str, ...]
    values: tuple[Value, ...]
    day: dt.date | None = None
    _by_key: Mapping[str, Value] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        by_key = MappingProxyType({value.key: value for value in self.values})
        object.__setattr__(self, "_by_key", by_key)

    def on(self, day: dt.date) -> Regulation:
        """The regulation as it reads on that day.

        Basis: KT22-27.2, QN20-30.1, DL24-26#1; reading A37.
        """
        read = copy(self)
        object.__setattr__(read, "day", day)
        return read

    def get(self, key: str) -> Value | None:
        """The value with its source, or None where the regulation is silent."""
        schema.spec(key)
        value = self._by_key.get(key)
        return value if value is None or self.day is None or value.holds_on(self.day) else None

    def clauses(self, key: str) -> tuple[str, ...]:
        """The clauses that carry the value, also where the law to which they point is not in force yet; empty
        where the regulation is silent."""
        schema.spec(key)
        value = self._by_key.get(key)
        return value.clauses if value else ()

    def limit(self, key: str) -> TimeLimit | None:
        value = self._plain(key, Kind.LIMIT)
        return value if isinstance(value, TimeLimit) else None

    def choice(self, key: str) -> str | None:
        value = self._plain(key, Kind.CHOICE)
        return value if isinstance(value, str) else None

    def flag(self, key: str) -> bool | None:
        value = self._plain(key, Kind.FLAG)
        return value if isinstance(value, bool) else None

    def number(self, key: str) -> int | None:
        value = self._plain(key, Kind.NUMBER)
        return value if isinstance(value, int) else None

    def words(self, key: str) -> tuple[str, ...]:
        """The words of a list; empty where the regulation is silent."""
        value = self._plain(key, Kind.LIST)
        return value if isinstance(value, tuple) else ()

    def text(self, key: str) -> str | None:
        value = self._plain(key, Kind.TEXT)
        return value if isinstance(value, str) else None

    def time(self, key: str) -> dt.time | None:
        value = self._plain(key, Kind.TIME)
        return value if isinstance(value, dt.time) else None

    def date(self, key: str) -> dt.date | None:
        value = self._plain(key, Kind.DATE)
        return value if isinstance(value, dt.date) else None

    def _plain(self, key: str, kind: Kind) -> Plain:
        schema.spec(key, kind)
        value = self.get(key)
        return value.value if value else None

    def to_json(self) -> dict[str, object]:
        """Everything, in the order of the schema."""
        return {
            "short_name": self.short_name,
            "title": self.title,
            "decision": self.decision,
            "province": self.province,
            "validity": {
                "from": self.validity.start.isoformat() if self.validity.start else None,
                "to": self.validity.end.isoformat() if self.validity.end else None,
                "clauses": list(self.validity_clauses),
            },
            "values": {key: self._by_key[key].to_json() for key in schema.KEYS if key in self._by_key},
        }
