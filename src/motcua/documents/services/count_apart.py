"""Counts the pages of one PDF, in a process of its own: what `drawing` starts, limits and may kill.

It is run as a file, as `draw_apart` is. Arguments: a folder with `paper.pdf`, the seconds of processor time.
It leaves the number in `pages`, or ends with UNCOUNTED.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

from pypdf import PdfReader

UNCOUNTED = 3
_MOST_MEMORY = 1024 * 1024 * 1024
_MOST_BYTES = 1024 * 1024  # of what it writes


def main(folder: str, seconds: int) -> int:
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_BYTES, _MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    place = Path(folder)
    try:
        with place.joinpath("paper.pdf").open("rb") as file:
            pages = len(PdfReader(file, strict=False).pages)
    except Exception:  # noqa: BLE001 - a parser of hostile bytes fails in many ways
        return UNCOUNTED
    place.joinpath("pages").write_text(str(pages), encoding="ascii")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], int(sys.argv[2])))
