"""Keeping that a result was fetched. Returning it stays the desk's act, with its rights and its event."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from motcua.dossiers import policy, queries
from motcua.dossiers.enums import Status
from motcua.dossiers.models import DossierFile
from motcua.kernel.actors import Actor


def note_fetched(*, actor: Actor, at: datetime, dossier_id: str, file_ids: Collection[str]) -> None:
    """Keep that the applicant's side was handed these files, as far as they are of a result that waits to be
    returned. The first time counts. Of anybody else's reading, and of other files, nothing is kept here.

    Raises NotFound.

    Basis: ours (ADR 0115); no text asks for it.
    """
    state = queries.state_of(dossier_id)
    named = {paper.file_id for paper in state.results if paper.file_id}
    wanted = [UUID(each) for each in named.intersection(file_ids)]
    if state.status is not Status.READY or not wanted:
        return
    if policy.is_owner(actor, policy.footing_of(actor, at), state):
        files = DossierFile.objects.filter(dossier_id=UUID(dossier_id), file_id__in=wanted, is_result=True)
        files.filter(fetched_at__isnull=True).update(fetched_at=at, fetched_by_id=int(actor.id))
