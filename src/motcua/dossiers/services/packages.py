"""All papers, slips and results of a dossier, for its owner to keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.documents import queries as documents
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.packing import Drawn
from motcua.dossiers import labels, policy, queries
from motcua.dossiers.enums import PackedAs
from motcua.dossiers.models import DossierFile, IssuedSlip
from motcua.dossiers.rules.files import given
from motcua.dossiers.rules.state import State
from motcua.dossiers.rules.thread import Said
from motcua.dossiers.services.acknowledgements import acknowledgements_of
from motcua.dossiers.services.reading import may_have
from motcua.dossiers.services.slips import files_of_slips
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class PackedFile:
    """`about` says what it is: the required document, or the name of the result; empty if it has none.
    `replaced_at` is when a supplement took the place of a paper; None for what counts."""

    kind: PackedAs
    card: FileCard | Drawn
    about: str = ""
    replaced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Package:
    reference: str
    procedure: str
    files: tuple[PackedFile, ...]
    said: tuple[Said, ...] = ()  # all that applicant and desk wrote to one another, the oldest first


def package_of(*, actor: Actor, at: datetime, dossier_id: str) -> Package:
    """What the owner may keep of a dossier that was filed: papers in every version, slips, results,
    what was said when it was sent online, and the messages between both sides.

    Each file is asked for like a single one; slips that nobody has opened yet are drawn now. However many
    files, slips and supplements there are, they are read by as many queries. Raises
    NotFound, also for a draft, and Forbidden for everybody but the applicant's side.

    Basis: by reference NĐ 45/2020 Đ12 (found): every version is kept.
    """
    state = queries.state_of(dossier_id)
    footing = policy.footing_of(actor, at)
    if not policy.is_owner(actor, footing, state):
        raise policy.why_not(actor, footing, state, at)
    if state.filed_at is None:
        raise NotFound()
    links = DossierFile.objects.filter(dossier_id=UUID(dossier_id)).values_list("file_id", "is_result")
    readable = {str(pk): is_result for pk, is_result in links if may_have(actor, state, str(pk), is_result)}
    issued = IssuedSlip.objects.select_related("dossier").filter(dossier_id=UUID(dossier_id))
    slips = files_of_slips(actor=actor, at=at, footing=footing, slips=list(issued.order_by("event")))
    cards = documents.cards((*readable, *slips))
    about, replaced = _about(state), _replaced(state)
    kinds = {key: PackedAs.RESULT if is_result else PackedAs.PAPER for key, is_result in readable.items()}
    kinds |= dict.fromkeys((*slips, *given(state)), PackedAs.SLIP)
    found = [
        PackedFile(kinds[key], cards[key], about.get(key, ""), replaced.get(key))
        for key in kinds
        if key in cards
    ]
    found += [PackedFile(PackedAs.SLIP, each) for each in acknowledgements_of(state, dossier_id)]
    return Package(
        state.reference,
        catalogue.sheet(state.target.procedure_version_id).title,
        tuple(sorted(found, key=_place)),
        _said(dossier_id),
    )


def _place(file: PackedFile) -> tuple[int, bool, str]:
    """By kind, what counts before what was replaced, and by name."""
    return tuple(PackedAs).index(file.kind), file.replaced_at is not None, file.card.name


def _said(dossier_id: str) -> tuple[Said, ...]:
    found, older = queries.said_before(dossier_id, None)
    while older is not None:
        more, older = queries.said_before(dossier_id, older)
        found += more
    return tuple(reversed(found))


def _replaced(state: State) -> dict[str, datetime]:
    """The files that supplements replaced, and when; none that stands among the papers again."""
    current = {paper.file_id for paper in state.contents.documents}
    earlier = ((each.document.file_id, each.replaced_at) for each in state.earlier_papers)
    return {file_id: at for file_id, at in earlier if file_id and file_id not in current}


def _about(state: State) -> dict[str, str]:
    sheet = catalogue.sheet(state.target.procedure_version_id)
    names = {component.key: component.called for component in sheet.components}
    filed = (*(each.document for each in state.earlier_papers), *state.contents.documents)
    papers = {paper.file_id: names.get(paper.key, paper.name) for paper in filed if paper.file_id}
    papers |= {each.file_id: each.title for each in state.attached}
    papers |= {paper.file_id: labels.request_paper(paper.what) for paper in state.request_papers}
    return papers | {paper.file_id: paper.name for paper in state.results if paper.file_id}
