"""What of the dossiers still hangs on an agency or a unit, counted only so far."""

from __future__ import annotations

from motcua.dossiers.models import Dossier, DossierTask

COUNT_UP_TO = 1000


def open_dossiers(agency_id: int) -> int:
    """Dossiers filed with the agency that have not ended, up to `COUNT_UP_TO`."""
    rows = Dossier.objects.filter(agency_id=agency_id, filed_at__isnull=False, ended_at__isnull=True)
    return rows[:COUNT_UP_TO].count()


def open_tasks(unit_ids: list[int]) -> int:
    """Open tasks of these units, whosever dossiers they are of, up to `COUNT_UP_TO`."""
    return DossierTask.objects.filter(unit_id__in=unit_ids)[:COUNT_UP_TO].count()
