"""From the parsed TOML of a regulation to a checked `Regulation`. Every fault is collected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from motcua.kernel.periods import Period
from motcua.law.errors import Problem
from motcua.law.rules import schema
from motcua.law.rules.cited import GRADES, CitedLaw
from motcua.law.rules.plain import read_plain
from motcua.law.rules.regulation import Regulation
from motcua.law.rules.timelines import PROVINCES
from motcua.law.rules.values import Mark, Reference, Value

_HEAD = ("short_name", "title", "decision", "province")
_ENTRY = {"value", "clauses", "by_reference", "ours", "readings", "note"}
_OURS = Reference("", "", Mark.OURS)


class Loader:
    """Reads one file and gathers its problems."""

    def __init__(
        self,
        file: str,
        clause_ids: Collection[str],
        reading_ids: Collection[str],
        cited: Mapping[str, CitedLaw] = MappingProxyType({}),
    ) -> None:
        self.file = file
        self.clause_ids = clause_ids
        self.reading_ids = reading_ids
        self.cited = cited
        self.begins: dt.date | None = None
        self.problems: list[Problem] = []
        self.short_name = ""

    def load(self, data: Mapping[str, object]) -> Regulation | None:
        """The regulation, or None with the reasons in `problems`."""
        head = {key: self._head(key, data.get(key)) for key in _HEAD}
        self.short_name = head["short_name"]
        if f"{self.short_name}.toml" != self.file:
            self.fault("short_name", f"{self.short_name!r} does not fit the name of the file")
        if head["province"] not in PROVINCES:
            self.fault("province", f"expected one of {', '.join(PROVINCES)}, not {head['province']!r}")
        validity, validity_clauses = self._validity(data.get("validity"))
        self.begins = validity.start
        values = tuple(self._values(data))
        if self.problems:
            return None
        return Regulation(
            head["short_name"],
            head["title"],
            head["decision"],
            head["province"],
            validity,
            validity_clauses,
            values,
        )

    def fault(self, key: str, reason: str) -> None:
        self.problems.append(Problem(self.file, key, reason))

    def _head(self, key: str, raw: object) -> str:
        if isinstance(raw, str) and raw.strip():
            return raw
        self.fault(key, f"expected a text, not {raw!r}")
        return ""

    def _validity(self, raw: object) -> tuple[Period, tuple[str, ...]]:
        if not isinstance(raw, dict):
            self.fault("validity", "missing: give from, perhaps to, and clauses")
            return Period(), ()
        for key in raw.keys() - {"from", "to", "clauses"}:
            self.fault(f"validity.{key}", "unknown key")
        start, end = self._day("validity.from", raw.get("from")), None
        if "to" in raw:
            end = self._day("validity.to", raw["to"])
        clauses = self._clauses("validity", raw.get("clauses"))
        if not clauses:
            self.fault("validity.clauses", "missing: name the clause that puts it in force")
        try:
            return Period(start, end), clauses
        except ValueError as error:
            self.fault("validity", str(error))
            return Period(), clauses

    def _day(self, key: str, raw: object) -> dt.date | None:
        if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
            return raw
        self.fault(key, f"expected a date such as 2024-01-29, not {raw!r}")
        return None

    def _values(self, data: Mapping[str, object]) -> Iterator[Value]:
        for group, entries in data.items():
            if group in _HEAD or group == "validity":
                continue
            if not isinstance(entries, dict):
                self.fault(group, "unknown key")
                continue
            for name, raw in entries.items():
                value = self._value(f"{group}.{name}", raw)
                if value is not None:
                    yield value

    def _value(self, key: str, raw: object) -> Value | None:
        spec = schema.KEYS.get(key)
        if spec is None:
            self.fault(key, "unknown key")
            return None
        if not isinstance(raw, dict):
            self.fault(key, "expected a table with value and clauses")
            return None
        for name in raw.keys() - _ENTRY:
            self.fault(f"{key}.{name}", "unknown key")
        reference = self._reference(key, raw.get("by_reference"))
        clauses = self._clauses(key, raw.get("clauses"))
        if "ours" in raw:
            reference = self._ours(key, raw)
        elif not clauses and "by_reference" not in raw:
            self.fault(key, "no source: give clauses, by_reference or ours")
        missing = reference is not None and reference.mark is Mark.MISSING
        if missing == ("value" in raw):
            self.fault(key, "give a value, or by_reference with the mark missing and no value")
            return None
        plain = None
        if "value" in raw:
            try:
                plain = read_plain(spec, raw["value"])
            except ValueError as error:
                self.fault(f"{key}.value", str(error))
                return None
        return Value(
            key, plain, clauses, reference, self._readings(key, raw.get("readings")), str(raw.get("note", ""))
        )

    def _reference(self, key: str, raw: object) -> Reference | None:
        if raw is None:
            return None
        if not isinstance(raw, dict) or set(raw) != {"law", "article", "mark"}:
            self.fault(f"{key}.by_reference", "expected law, article and mark")
            return None
        marks = [each for each in Mark if each is not Mark.OURS]
        if raw["mark"] not in marks:
            self.fault(f"{key}.by_reference.mark", f"expected one of {', '.join(marks)}, not {raw['mark']!r}")
            return None
        law, article, mark = str(raw["law"]), str(raw["article"]), Mark(raw["mark"])
        cited = self.cited.get(law, CitedLaw())
        if mark in GRADES and mark is not (known := cited.known.get(article)):
            told = known or "named by no source"
            self.fault(f"{key}.by_reference.mark", f"{law} {article} is {told} in cited.toml, not {mark}")
        is_younger = cited.since is not None and self.begins is not None and cited.since > self.begins
        since = cited.since if is_younger else None
        return Reference(law, article, mark, since, cited.amended.get(article))

    def _ours(self, key: str, raw: Mapping[str, object]) -> Reference:
        """What no text gives is a setting: it says so, and a reading says why."""
        if raw["ours"] is not True or {"clauses", "by_reference"} & raw.keys() or not raw.get("readings"):
            self.fault(f"{key}.ours", "expected true, with readings and neither clauses nor by_reference")
        return _OURS

    def _clauses(self, key: str, raw: object) -> tuple[str, ...]:
        if raw is None:
            return ()
        if not isinstance(raw, list) or not raw:
            self.fault(f"{key}.clauses", f"expected a list of clause ids, not {raw!r}")
            return ()
        for one in raw:
            if one not in self.clause_ids:
                self.fault(f"{key}.clauses", f"unknown clause id {one!r}")
            elif one.partition("-")[0] != self.short_name:
                self.fault(f"{key}.clauses", f"{one} is a clause of another regulation")
        return tuple(map(str, raw))

    def _readings(self, key: str, raw: object) -> tuple[str, ...]:
        if raw is None:
            return ()
        if not isinstance(raw, list):
            self.fault(f"{key}.readings", f"expected a list of reading ids, not {raw!r}")
            return ()
        for one in raw:
            if one not in self.reading_ids:
                self.fault(f"{key}.readings", f"unknown reading {one!r}")
        return tuple(map(str, raw))
