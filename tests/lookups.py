"""Templates that ask one of our own values for what it has not: Django shows nothing, and says nothing."""

from __future__ import annotations

import dataclasses
import sys

from django.template import VariableDoesNotExist


class Lookups:
    """Stands in for the logger that Django tells of a look-up that failed, so that no log is written.

    Gathers those on our own dataclasses: `Class.name in template`.
    """

    def __init__(self) -> None:
        self.failed: set[str] = set()

    def debug(self, _words: str, name: str, template: str, **_options: object) -> None:
        error = sys.exc_info()[1]
        if not isinstance(error, VariableDoesNotExist):
            return
        kind = type(error.params[1])
        if dataclasses.is_dataclass(kind) and kind.__module__.startswith("motcua."):
            self.failed.add(f"{kind.__name__}.{name} in {template}")
