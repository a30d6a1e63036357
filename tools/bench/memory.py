"""Memory of processes: RSS counts shared pages for each process, PSS shares them out."""

from __future__ import annotations

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
