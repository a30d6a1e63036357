"""What was laid ready for a supplement request that was taken back, and was never sent: it stays in sight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.catalogue.rules.eforms import as_typed
from motcua.documents import queries as stored
from motcua.documents.rules import pages
from motcua.dossiers.enums import ENDED
from motcua.dossiers.rules.behalf import tray_owner
from motcua.dossiers.rules.state import DocumentRef
from motcua.portal.answers import is_taken_back, papers_of, purpose_for
from motcua.portal.papers import Sent, with_card

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from motcua.dossiers.queries import DossierView
    from motcua.dossiers.rules.state import SupplementRequest
    from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that lies ready, and for which paper."""

    name: str
    file: Sent


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A request that was sent by mistake. `is_last`: nothing was asked for since. `papers` and `answers` are
    what had been prepared for it: nobody at the agency has it, and nothing has to be done with it."""

    at: datetime
    is_last: bool
    papers: tuple[Paper, ...]
    answers: tuple[tuple[str, str], ...]


def of(view: DossierView, actor: Actor) -> TakenBack | None:
    """The last request that was taken back, with what lies ready for it; None where there is none, or the
    dossier is over. Two queries at most."""
    taken_back = (each for each in reversed(view.state.supplements) if each.taken_back_at is not None)
    last = next(taken_back, None)
    if last is None or last.taken_back_at is None or view.status in ENDED:
        return None
    found = stored.trays(tray_owner(actor, view.state.behalf), purpose_for(view.id, last))
    waiting = found.get(purpose_for(view.id, last), {})
    papers = _papers(view, _files(view, last, waiting, found))
    return TakenBack(last.taken_back_at, is_taken_back(view.state), papers, _answers(view, waiting))


def _files(
    view: DossierView,
    request: SupplementRequest,
    waiting: Mapping[str, Any],
    found: Mapping[str, dict[str, Any]],
) -> list[tuple[str, str]]:
    """(key of the paper, file): those put together, and the pages of papers that were not."""
    files = [(each.key, each.file_id) for each in papers_of(waiting) if each.file_id]
    done = {key for key, _ in files}
    start = f"{purpose_for(view.id, request)}:"
    for purpose, contents in found.items():
        key = purpose.removeprefix(start)
        if purpose.startswith(start) and key not in done:
            files += [(key, each.file_id) for each in pages.from_wire(contents).pages]
    return list(dict.fromkeys(files))


def _papers(view: DossierView, files: Iterable[tuple[str, str]]) -> tuple[Paper, ...]:
    names = {each.key: each.called for each in view.sheet.components}
    known = [DocumentRef(key, file_id) for key, file_id in files]
    cards = stored.cards(tuple(each.file_id for each in known if each.file_id)) if known else {}
    return tuple(
        Paper(names.get(each.key, each.key), with_card(each, cards.get(each.file_id or ""))) for each in known
    )


def _answers(view: DossierView, waiting: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What was typed, by question, in the order of the form."""
    typed = waiting.get("answers", {})
    asked = (field for section in view.sheet.eform for field in section.fields if field.key in typed)
    return tuple((field.label, str(as_typed(field, typed[field.key]))) for field in asked if typed[field.key])
