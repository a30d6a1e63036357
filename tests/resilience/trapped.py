"""`python -m tests.resilience.trapped serve …`: the real command line, with a trap laid in its acts.

While the file MOTCUA_TRAP stands, holding the process id of the database server, the next act kills that
server between its last statement and its commit, and the trap is gone. The desk's clock stands in March 2024,
where the small province of the tests lives.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.resilience.killing import kill_database

from motcua.config import cli, web
from motcua.kernel.dates import ZONE


def lay_trap(trap: Path) -> None:
    from motcua.desk import clock
    from motcua.dossiers.services import tables
    from motcua.portal import who

    write, began = tables.write, time.monotonic()

    def write_and_die(*args: Any, **kwargs: Any) -> None:
        write(*args, **kwargs)
        if trap.exists():
            pid = int(trap.read_text())
            trap.unlink()
            kill_database(pid)

    def now() -> datetime:
        return datetime(2024, 3, 5, 9, 0, tzinfo=ZONE) + timedelta(seconds=time.monotonic() - began)

    tables.write = write_and_die
    clock.now = who.now = now


def main() -> int:
    serve = web.serve

    def serve_with_trap(**options: Any) -> None:
        lay_trap(Path(os.environ["MOTCUA_TRAP"]))
        serve(**options)

    web.serve = serve_with_trap
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
