"""What of the dossiers still hangs on an agency or a unit, counted only so far."""

from __future__ import annotations

from django.db.models import Q

from motcua.dossiers.models import Dossier, DossierTask

COUNT_UP_TO = 1000


def open_dossiers(agency_id: int) -> int:
    """Dossiers filed with the agency that have not ended, up to `COUNT_UP_TO`."""
    rows = Dossier.objects.filter(agency_id=agency_id, filed_at__isnull=False, ended_at__isnull=True)
    return rows[:COUNT_UP_TO].count()


def going_by(agency_id: int, unit_id: int) -> int:
    """Dossiers filed with the agency that still need this unit of it, up to `COUNT_UP_TO`: those who settle,
    sign and stamp until there is a result, the desk until it is handed over.

    Which unit that is stands in the dossier from its filing on, whatever has been given to others since.
    """
    part = "state__target__posting__"
    behind = Q(finished_at__isnull=True) & (
        Q(**{f"{part}settling": unit_id})
        | Q(**{f"{part}leadership": unit_id})
        | Q(**{f"{part}office": unit_id})
    )
    rows = Dossier.objects.filter(filed_at__isnull=False, ended_at__isnull=True)
    # A desk takes in for other agencies too, and is found by its column.
    theirs = Q(desk_unit_id=unit_id) | (Q(agency_id=agency_id) & behind)
    return rows.filter(theirs)[:COUNT_UP_TO].count()


def open_tasks(unit_ids: list[int]) -> int:
    """Open tasks of these units, whosever dossiers they are of, up to `COUNT_UP_TO`."""
    return DossierTask.objects.filter(unit_id__in=unit_ids)[:COUNT_UP_TO].count()
