"""Pages of PDFs as pictures. What a stranger sent in may be made to take for ever: it is drawn, and counted,
in a process of its own, which may use so much time and memory and no more, and nothing of ours is in it.
"""

from __future__ import annotations

import logging
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from PIL import Image

from motcua.documents import queries
from motcua.documents.errors import DrawingBusy, NoSuchFile, NotDrawn
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.content.pdf import MOST_PAGES
from motcua.documents.services import count_apart, draw_apart

log = logging.getLogger(__name__)

_DRAWER, _COUNTER = Path(draw_apart.__file__), Path(count_apart.__file__)
_AGREED = (draw_apart.NO_PAGE, count_apart.UNCOUNTED)
# No secret of ours; and few threads, for each reserves memory, of which the drawer may have so much.
_SURROUNDINGS: Final = {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}
_AT_ONCE = 3  # in each process of ours
_FOR_APPLICANTS = (
    2  # of these: whoever sends in pages that take long takes no place from those who work on them
)
_PATIENCE = 0.5  # seconds for a place: whoever waits holds a thread that answers other people
_MOST_REMEMBERED = 1000
_REMEMBERED_FOR = 3600  # seconds: the machine may have been busy that day
_MOST_SAID = 2000  # bytes of what a broken program says, kept for the log
_places = threading.BoundedSemaphore(_AT_ONCE)
_places_for_applicants = threading.BoundedSemaphore(_FOR_APPLICANTS)


class _GivenUp:
    """Pages that took too long or too much, each with its size: the newest, for a while, in this process.

    Nobody can hold the few places by asking for one such page again and again.
    """

    def __init__(self) -> None:
        self._since: OrderedDict[tuple[str, int, int], float] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, page: tuple[str, int, int]) -> None:
        with self._lock:
            self._since.pop(page, None)
            self._since[page] = time.monotonic()
            while len(self._since) > _MOST_REMEMBERED:
                self._since.popitem(last=False)

    def __contains__(self, page: tuple[str, int, int]) -> bool:
        with self._lock:
            since = self._since.get(page)
        return since is not None and time.monotonic() - since < _REMEMBERED_FOR

    def clear(self) -> None:
        with self._lock:
            self._since.clear()


_given_up = _GivenUp()


def draw(card: FileCard, number: int, longest: int, *, for_office: bool) -> Image.Image:
    """Page `number` (from 1) of a PDF, its longer side so many pixels.

    `for_office` tells whether an officer looks at it: applicants share fewer places.

    Raises NoSuchFile if there is no such page, NotDrawn if it takes longer or needs more than it may, now or
    when it was last tried, DrawingBusy if too many are drawn at this moment.
    """
    page = (card.sha256, number, longest)
    if page in _given_up:
        raise NotDrawn(name=card.name)
    with _done_apart(_DRAWER, card, number, longest, for_office=for_office) as (code, folder):
        if code == draw_apart.NO_PAGE:
            raise NoSuchFile
        if code < 0:
            _given_up.add(page)
        picture = Path(folder, "page.png")
        if code != 0 or not picture.is_file():
            raise NotDrawn(name=card.name)
        with Image.open(picture, formats=("PNG",)) as drawn:
            return drawn.convert("RGB")


def count(card: FileCard) -> int:
    """How many pages a PDF has; 0 if that cannot be told in the time and memory that it may take.

    Raises DrawingBusy as `draw` does, NotDrawn if the fault is ours: then nothing is known of the file.
    """
    with _done_apart(_COUNTER, card) as (code, folder):
        if code < 0 or code == count_apart.UNCOUNTED:
            return 0
        if code != 0:
            raise NotDrawn(name=card.name)
        pages = int(Path(folder, "pages").read_text(encoding="ascii"))
        return pages if pages <= MOST_PAGES else 0


@contextmanager
def _done_apart(
    program: Path, card: FileCard, *numbers: int, for_office: bool = True
) -> Iterator[tuple[int, Path]]:
    """How our program ended with this file and these numbers, and the folder where it left what it made."""
    seconds = settings.DOCUMENTS_DRAWING_SECONDS
    with _place(card, for_office=for_office), tempfile.TemporaryDirectory() as folder:
        with queries.open_card(card) as file, Path(folder, "paper.pdf").open("wb") as paper:
            shutil.copyfileobj(file, paper)
        given = [str(int(number)) for number in (*numbers, seconds)]
        said = Path(folder, "said")
        code = _run([str(program), folder, *given], seconds, said)
        if code > 0 and code not in _AGREED:  # ours, not the file's: nothing on the page would tell
            log.error("%s ended with %s on %s: %r", program.name, code, card.sha256, _last_of(said))
        yield code, Path(folder)


def _run(arguments: list[str], seconds: int, said: Path) -> int:
    """How the program ended, below 0 by a signal; its time over, it is killed. It inherits no secret.

    What it complains of is left in `said`.
    """
    try:
        with said.open("wb") as complaints:
            return subprocess.run(  # noqa: S603 - our own file, and numbers
                [sys.executable, "-I", *arguments],
                timeout=seconds,
                env=_SURROUNDINGS,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                check=False,
            ).returncode
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL


def _last_of(said: Path) -> str:
    """The end of it, where the error is named. The log writes it in one line, whatever is in it."""
    if not said.is_file():
        return ""
    with said.open("rb") as file:
        file.seek(max(0, said.stat().st_size - _MOST_SAID))
        return file.read().decode(errors="replace")


@contextmanager
def _place(card: FileCard, *, for_office: bool) -> Iterator[None]:
    with ExitStack() as held:
        for places in (_places,) if for_office else (_places_for_applicants, _places):
            if not places.acquire(timeout=_PATIENCE):
                raise DrawingBusy(name=card.name)
            held.callback(places.release)
        yield
