"""Reading papers as who holds them does: the words of the PDF, never the data that it was made from."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from uuid import UUID

import pypdf

from motcua.agencies import queries as agencies
from motcua.config.cases.scene import Scene
from motcua.documents import queries as documents
from motcua.dossiers import labels, services
from motcua.dossiers.models import IssuedSlip
from motcua.dossiers.rules.routing import Handover
from motcua.dossiers.rules.state import State
from motcua.kernel.actors import Actor
from motcua.kernel.dates import in_words
from motcua.kernel.errors import Forbidden
from motcua.worktime.rules import local

UNPRINTED = "(not on the paper)"
_APPLICANT = "Người nộp hồ sơ"
_POST = "Dịch vụ bưu chính"


def words_of(pdf: bytes) -> str:
    """All words of the pages, as they follow each other."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().replace("\u200b", "").split()) for page in pages)


def slip_of(scene: Scene, slip: IssuedSlip, at: datetime) -> str:
    """The words of a slip that was issued, as anybody at the desk prints it."""

    def printed(actor: Actor) -> bytes:
        file = services.slip_file(actor=actor, at=at, dossier_id=str(slip.dossier_id), event=slip.event)
        with documents.open_content(UUID(file)) as content:
            return content.read()

    return _by_whom_may(scene, printed)


def routing_slip(scene: Scene, dossier_id: str, at: datetime) -> str:
    """The words of the routing slip as it is printed at the moment."""
    return _by_whom_may(scene, lambda actor: services.routing_slip(actor=actor, at=at, dossier_id=dossier_id))


def register_page(scene: Scene, state: State, at: datetime) -> str:
    """The words of the register of the desk that took the dossier in, for the day on which it did."""
    desk, accepted = state.target.posting.desk, state.accepted_at
    if accepted is None or desk is None:
        return ""
    day = local(accepted).date()
    return _by_whom_may(
        scene,
        lambda actor: services.register_pdf(actor=actor, at=at, desk_unit_id=desk, first=day, last=day),
    )


def _by_whom_may(scene: Scene, printed: Callable[[Actor], bytes]) -> str:
    """What the first officer of the story gets who may print it; nothing where nobody may."""
    for key, account in scene.accounts.items():
        if account.is_officer:
            try:
                return words_of(printed(scene.actor(key)))
            except Forbidden:
                continue
    return ""


def on_paper(rows: Iterable[Handover], text: str) -> Iterator[bool]:
    """Of each row whether the slip has it: who gave, who took, when, how the step ended, in this order."""
    paper, place = _squeezed(text), 0
    rows = tuple(rows)
    names = {
        unit.id: agencies.name_of_unit(unit)
        for unit in agencies.units({one for row in rows for one in (row.from_unit, row.to_unit) if one})
    }
    for row in rows:
        place, found = _after(paper, place, list(_parts(row, names)))
        yield found


def _parts(row: Handover, names: dict[int, str]) -> Iterator[str]:
    yield names.get(row.from_unit, "") if row.from_unit else _APPLICANT
    taker = _POST if row.by_post else _APPLICANT
    yield names.get(row.to_unit, "") if row.to_unit else taker
    yield in_words(row.at)
    if row.end:
        yield str(labels.STEP_END[row.end])


def _after(paper: str, place: int, parts: list[str]) -> tuple[int, bool]:
    """Where the parts end that follow each other from the place on, and whether all are there."""
    here = place
    for part in map(_squeezed, parts):
        found = paper.find(part, here)
        if found < 0:
            return place, False
        here = found + len(part)
    return here, True


def has_words(text: str, words: str) -> bool:
    """Whether the words stand there, wherever its lines end."""
    return _squeezed(words) in _squeezed(text)


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()
