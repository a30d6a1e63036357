"""Templates that ask one of our own values for what it has not: Django shows nothing, and says nothing."""

from __future__ import annotations

import dataclasses
import logging

from django.template import VariableDoesNotExist


class Lookups(logging.Handler):
    """Gathers look-ups that failed on our own dataclasses, `Class.name in template`."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.failed: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, VariableDoesNotExist):
            return
        name, asked = error.params
        kind = type(asked)
        if dataclasses.is_dataclass(kind) and kind.__module__.startswith("motcua."):
            self.failed.append(f"{kind.__name__}.{name} in {record.args[1] if record.args else '?'}")
