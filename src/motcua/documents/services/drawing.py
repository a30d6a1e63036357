"""Pages of PDFs as pictures. What a stranger sent in may be made to take for ever: it is drawn in a process
of its own, which may use so much time and memory and no more, and nothing of ours is in it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from PIL import Image

from motcua.documents import queries
from motcua.documents.errors import NoSuchFile, NotDrawn
from motcua.documents.rules.cards import FileCard
from motcua.documents.services import draw_apart

_DRAWER = Path(draw_apart.__file__)
# No secret of ours; and few threads, for each reserves memory, of which the drawer may have so much.
_SURROUNDINGS: Final = {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}
_AT_ONCE = 2  # in each process of ours; who comes later waits, as long as one drawing may take
_places = threading.BoundedSemaphore(_AT_ONCE)


def draw(card: FileCard, number: int, longest: int) -> Image.Image:
    """Page `number` (from 1) of a PDF, its longer side so many pixels.

    Raises NoSuchFile if there is no such page, NotDrawn if it takes longer or needs more than it may.
    """
    seconds = settings.DOCUMENTS_DRAWING_SECONDS
    with _place(card, seconds), tempfile.TemporaryDirectory() as folder:
        with queries.open_card(card) as file, Path(folder, "paper.pdf").open("wb") as paper:
            shutil.copyfileobj(file, paper)
        code = _run(card, [folder, str(int(number)), str(int(longest)), str(seconds)], seconds)
        if code == draw_apart.NO_PAGE:
            raise NoSuchFile
        picture = Path(folder, "page.png")
        if code != 0 or not picture.is_file():
            raise NotDrawn(name=card.name)
        with Image.open(picture, formats=("PNG",)) as drawn:
            return drawn.convert("RGB")


def _run(card: FileCard, arguments: list[str], seconds: int) -> int:
    """How the drawer ended. It is killed when its time is over, and inherits no secret."""
    try:
        return subprocess.run(  # noqa: S603 - our own file, and numbers
            [sys.executable, "-I", str(_DRAWER), *arguments],
            timeout=seconds,
            env=_SURROUNDINGS,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        raise NotDrawn(name=card.name) from None


@contextmanager
def _place(card: FileCard, seconds: int) -> Iterator[None]:
    if not _places.acquire(timeout=seconds):
        raise NotDrawn(name=card.name)
    try:
        yield
    finally:
        _places.release()
