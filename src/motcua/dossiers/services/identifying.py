"""Putting an agency's code right, as long as no dossier bears it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.errors import CodeBorne
from motcua.dossiers.models import Dossier
from motcua.kernel.actors import Actor


def bears_code(agency_id: int) -> bool:
    """Whether a dossier of the agency bears its own code; one that is not printed is borne by none."""
    card = agencies.agency(agency_id)
    if not card.has_own_prefix:
        return False
    rows = Dossier.objects.filter(agency_id=agency_id, code__startswith=f"{card.dossier_code_prefix}-")
    return rows.exists()


@transaction.atomic
def identify_agency(*, actor: Actor, at: datetime, agency_id: int, code: str, parent_id: int | None) -> None:
    """Raises CodeBorne and what `agencies.services.identify_agency` refuses."""
    if code != agencies.agency(agency_id).code and bears_code(agency_id):
        raise CodeBorne()
    agency_services.identify_agency(actor=actor, at=at, agency_id=agency_id, code=code, parent_id=parent_id)
