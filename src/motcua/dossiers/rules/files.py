"""Which files belong to a dossier: the right to read a file follows from that."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.dossiers.rules.state import State

Held = Mapping[str, bool]


def held(before: Held, after: State, was: State | None = None) -> Held:
    """File ids, and whether each is a result, after an event that led from `was`, None for the first, to
    `after`.

    The power of attorney by which somebody files belongs to it from the start. What an applicant took out of
    a draft was never handed in, nor was what stayed behind when it was sent. Once filed nothing is let go
    of: a paper that a supplement replaced stays readable.

    Basis: KT22-14.2bis.b#1, KT22-14.2bis.a#6, KT22-14.2bis.b#3, PT24-2.5; by reference NĐ 45/2020 Đ12
    (found): every version is kept.
    """
    papers = {document.file_id: False for document in after.contents.documents if document.file_id}
    if after.behalf is not None and after.behalf.file_id:
        papers[after.behalf.file_id] = False
    if after.filed_at is None:
        return papers
    papers |= dict.fromkeys((each.file_id for each in after.request_papers), False)
    papers |= dict.fromkeys((*internal(after), *given(after)), False)
    filed_before = before if was is None or was.filed_at is not None else {}
    return {**filed_before, **papers, **{paper.file_id: True for paper in after.results if paper.file_id}}


def internal(state: State) -> tuple[str, ...]:
    """Files of the office itself, opinions, verifications and documents that were added for it alone: read by
    those who work on the dossier. So is the paper by which a withdrawal or a stop was asked for that was
    recorded by mistake: as a rule it is that of another applicant."""
    of_opinions = (each.file_id for each in state.consultations)
    of_verifications = (each.file_id for each in state.verifications)
    added = (each.file_id for each in state.attached if each not in state.given)
    of_others = (each.file_id for each in state.request_papers if each.taken_back_at is not None)
    return tuple(file_id for file_id in (*of_opinions, *of_verifications, *added, *of_others) if file_id)


def given(state: State) -> tuple[str, ...]:
    """Files that an officer added for the applicant too, and of which the applicant was told."""
    return tuple(each.file_id for each in state.given)
