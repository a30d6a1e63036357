"""Killing a database server as a power cut does. Knows no Django: it runs inside other processes too."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

from motcua.config import processes


def kill_database(postmaster: int) -> None:
    """As when the power goes: the server and all its helpers are gone at once, and nothing is finished."""
    doomed = [postmaster, *children_of(postmaster)]
    for pid in doomed:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert all(processes.wait_until_gone(pid, 10) for pid in doomed)


def children_of(parent: int) -> list[int]:
    """The process ids of the direct children."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text(errors="replace").rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return sorted(found)
