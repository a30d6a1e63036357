"""What the bench ran on."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path
from typing import Any

import django
import psycopg

from motcua.config.postgres import Server


def describe(server: Server) -> dict[str, Any]:
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        row = connection.execute("SHOW server_version").fetchone()
        commits = _commits_per_second(connection)
    return {
        "cores": os.cpu_count(),
        "processor": _field("/proc/cpuinfo", "model name"),
        "memory_gb": round(int(_field("/proc/meminfo", "MemTotal").split()[0]) / 1024**2, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "postgresql": row[0] if row else "",
        "django": django.get_version(),
        "load_before": round(os.getloadavg()[0], 2),
        "durable_commits_per_second": round(commits),
    }


def _commits_per_second(connection: psycopg.Connection[Any]) -> float:
    """How fast this disk makes one small row durable: what every floor stands on."""
    connection.execute("CREATE TABLE bench_commit (n integer)")
    try:
        start, done = time.perf_counter(), 0
        while time.perf_counter() - start < 2:
            connection.execute("INSERT INTO bench_commit VALUES (%s)", [done])
            done += 1
        return done / (time.perf_counter() - start)
    finally:
        connection.execute("DROP TABLE bench_commit")


def _field(file: str, name: str) -> str:
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return "unknown"
