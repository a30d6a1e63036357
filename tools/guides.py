"""The guides as files for people who read the repository: `python -m tools.guides` writes docs/huong-dan/.

The texts that ship with the system are the source. Here their pictures become files of the repository, in
both widths, and links into the system become plain words, for there is no system to follow them in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from motcua.theme.guides import library

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs/huong-dan"
PICTURES = "../../src/motcua/theme/static"
_PICTURE = re.compile(r"^!\[(?P<alt>[^\]]*)\]\((?P<name>[a-z-]+)\)$", re.MULTILINE)
_LINK = re.compile(r"\[(?P<words>[^\]]+)\]\(/[^)]*\)")


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names():
        (FOLDER / f"{name}.md").write_text(for_repository(name), encoding="utf-8")
        print(f"docs/huong-dan/{name}.md")
    return 0


def names() -> list[str]:
    """The files: every guide, then its translations."""
    translated = [f"{key}.{language}" for key, known in library.TRANSLATED.items() for language in known]
    return [*library.KEYS, *translated]


def for_repository(name: str) -> str:
    """The guide with pictures that a reader of the repository sees."""
    text = (library.DATA / f"{name}.md").read_text(encoding="utf-8")
    pictures = library.pictures(name.partition(".")[2] or "vi")
    return _LINK.sub(lambda link: link["words"], _PICTURE.sub(partial(_drawn, pictures), text))


def _drawn(pictures: Mapping[str, library.Picture], found: re.Match[str]) -> str:
    picture, alt = pictures[found["name"]], found["alt"]
    phone = f'<source media="(max-width: 640px)" srcset="{PICTURES}/{picture.phone.file}">'
    return f'<picture>{phone}<img src="{PICTURES}/{picture.wide.file}" alt="{alt}"></picture>'


if __name__ == "__main__":
    raise SystemExit(main())
