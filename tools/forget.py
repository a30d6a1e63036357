"""`make clean`: throw away the embedded databases of a state folder.

Their data may lie outside it: as root, where the server's user cannot enter the checkout, below /var/tmp.
"""

from __future__ import annotations

import sys
from pathlib import Path

from motcua.config.postgres import PostgresError, Server


def main(state: Path) -> int:
    """0 when all are gone, 1 if one is in use; then it is left as it is."""
    for lock in sorted(state.rglob("owner.lock")):
        try:
            Server(lock.parent).forget()
        except PostgresError as error:
            print(f"make clean: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path("var")))
