"""Services for the other documents of a dossier."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers import policy
from motcua.dossiers.enums import DossierPart
from motcua.dossiers.queries import DossierView
from motcua.dossiers.rules import commands
from motcua.dossiers.services.act import act
from motcua.dossiers.services.record import Act
from motcua.kernel.actors import Actor


def attach_document(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    part: DossierPart,
    title: str,
    file_id: str | None,
    for_applicant: bool = False,
) -> Act:
    """Add a document to a part of the dossier.

    The applicant finds it there if it is for them too, and is told by letter; of all others nobody is told.
    """
    command = commands.AttachDocument(DossierPart(part), title, file_id, for_applicant)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def parts_open_to(view: DossierView) -> tuple[DossierPart, ...]:
    """The parts to which whoever opened the dossier may add documents."""
    return tuple(part for part in DossierPart if policy.may_attach(part, view.footing, view.state))
