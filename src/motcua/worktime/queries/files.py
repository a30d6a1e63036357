"""Reading TOML so that an error names file, key and reason."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from motcua.worktime.errors import BadCalendar

MARKS = ("found", "memory", "derived", "unverified", "sample")


class Table:
    """One table of a file. Every key must be taken; `finish` refuses what nobody asked for."""

    def __init__(self, file: str, key: str, data: dict[str, Any]) -> None:
        self.file, self.key, self._data, self._taken = file, key, data, set[str]()

    @classmethod
    def read(cls, path: Path) -> Table:
        try:
            return cls(path.name, "", tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise BadCalendar(path.name, "(file)", str(error)) from error

    def fail(self, key: str, reason: str) -> BadCalendar:
        return BadCalendar(self.file, f"{self.key}.{key}".strip(".") or "(file)", reason)

    def has(self, key: str) -> bool:
        return key in self._data

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(key, f"expected text, got {value!r}")
        return value

    def day(self, key: str, default: date | None = None) -> date:
        value = self._take(key, default)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fail(key, f"expected a date such as 2024-02-08, got {value!r}")
        return value

    def flag(self, key: str) -> bool:
        value = self._take(key, False)
        if not isinstance(value, bool):
            raise self.fail(key, f"expected true or false, got {value!r}")
        return value

    def mark(self) -> str:
        value = self.text("mark")
        if value not in MARKS:
            raise self.fail("mark", f"expected one of {', '.join(MARKS)}, got {value!r}")
        return value

    def days(self) -> tuple[date, ...]:
        """The days of `on`, or of `from` to `to`."""
        if self.has("on"):
            return (self.day("on"),)
        start, end = self.day("from"), self.day("to")
        if end < start:
            raise self.fail("to", f"{end} is before {start}")
        return tuple(start + timedelta(days=index) for index in range((end - start).days + 1))

    def texts(self, key: str) -> list[str]:
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(key, f"expected a list of texts, got {value!r}")
        return value

    def tables(self, key: str) -> list[Table]:
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fail(key, "expected [[tables]]")
        return [Table(self.file, f"{self.key}.{key}[{n}]".lstrip("."), item) for n, item in enumerate(value)]

    def finish(self) -> None:
        if unknown := sorted(set(self._data) - self._taken):
            raise self.fail(unknown[0], "unknown key")

    def _take(self, key: str, default: Any) -> Any:
        self._taken.add(key)
        value = self._data.get(key, default)
        if value is None:
            raise self.fail(key, "missing")
        return value
