"""The guides as files for people who read the repository: `python -m tools.guides` writes docs/huong-dan/.

The texts that ship with the system are the source. Here their pictures become files of the repository, in
both widths, and links into the system become plain words, for there is no system to follow them in.
"""

from __future__ import annotations

import re
from pathlib import Path

from motcua.theme.guides import library

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs/huong-dan"
PICTURES = "../../src/motcua/theme/static"
_PICTURE = re.compile(r"^!\[(?P<alt>[^\]]*)\]\((?P<name>[a-z-]+)\)$", re.MULTILINE)
_LINK = re.compile(r"\[(?P<words>[^\]]+)\]\(/[^)]*\)")


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for key in library.KEYS:
        (FOLDER / f"{key}.md").write_text(for_repository(key), encoding="utf-8")
        print(f"docs/huong-dan/{key}.md")
    return 0


def for_repository(key: library.Key) -> str:
    """The guide with pictures that a reader of the repository sees."""
    text = (library.DATA / f"{key}.md").read_text(encoding="utf-8")
    return _LINK.sub(lambda link: link["words"], _PICTURE.sub(_drawn, text))


def _drawn(found: re.Match[str]) -> str:
    picture, alt = library.pictures()[found["name"]], found["alt"]
    phone = f'<source media="(max-width: 640px)" srcset="{PICTURES}/{picture.phone.file}">'
    return f'<picture>{phone}<img src="{PICTURES}/{picture.wide.file}" alt="{alt}"></picture>'


if __name__ == "__main__":
    raise SystemExit(main())
