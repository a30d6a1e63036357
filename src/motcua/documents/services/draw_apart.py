"""Draws one page of a PDF, in a process of its own: what `drawing` starts, limits and may kill.

It is run as a file, knows nothing of the house and gets nothing of its surroundings. Arguments: a folder
with `paper.pdf`, the number of the page, the pixels of the longer side, the seconds of processor time. It
leaves `page.png` in the folder, or ends with NO_PAGE.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

import typst

NO_PAGE = 3
_MOST_BYTES = 64 * 1024 * 1024  # of the picture
_MOST_MEMORY = 2 * 1024 * 1024 * 1024
# As large as it may be in both directions, whatever size the page says it has; a point is a pixel.
_PAGE = """#set page(width: auto, height: auto, margin: 0pt)
#context {{
  let size = measure(image("paper.pdf", page: {number}))
  let by = calc.min({longest}pt / size.width, {longest}pt / size.height)
  image("paper.pdf", page: {number}, width: size.width * by)
}}"""


def main(folder: str, number: int, longest: int, seconds: int) -> int:
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_BYTES, _MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    place = Path(folder)
    source = place / "page.typ"
    source.write_text(_PAGE.format(number=number, longest=longest), encoding="utf-8")
    try:
        png: bytes = typst.compile(
            str(source), root=folder, format="png", ppi=72, ignore_system_fonts=True, font_paths=[]
        )
    except typst.TypstError:
        return NO_PAGE
    place.joinpath("page.png").write_bytes(png)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], *map(int, sys.argv[2:5])))
