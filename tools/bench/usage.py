"""What processes use: memory (RSS counts shared pages for each process, PSS shares them out), processor time.

Processor time is the figure that a busy machine does not change.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def of_tree(pid: int) -> dict[str, float]:
    """Megabytes of a process and all its descendants."""
    pids = list(_tree(pid))
    found = [_smaps(each) for each in pids]
    return {
        "processes": len(pids),
        "rss_mb": round(sum(rss for rss, _ in found) / 1024, 1),
        "pss_mb": round(sum(pss for _, pss in found) / 1024, 1),
    }


def seconds_of_tree(pid: int) -> float:
    """Processor seconds that a process and its living descendants have used, in steps of 10 ms each."""
    return sum(_ticks(each) for each in _tree(pid)) / os.sysconf("SC_CLK_TCK")


def seconds_of_thread(pid: int) -> float:
    """Processor seconds of a process with one thread, such as a server process of PostgreSQL."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:  # ended meanwhile
        return 0
    return int(fields[11]) + int(fields[12])


def _tree(pid: int) -> Iterator[int]:
    yield pid
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for child in children.read_text(encoding="ascii").split():
        yield from _tree(int(child))


def _smaps(pid: int) -> tuple[int, int]:
    found = {"Rss": 0, "Pss": 0}
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # ended meanwhile
        return 0, 0
    for line in lines:
        name, _, value = line.partition(":")
        if name in found:
            found[name] = int(value.split()[0])
    return found["Rss"], found["Pss"]
