"""What others ask of dossiers. Rights to read one dossier are asked by `services.open_dossier`."""

from motcua.dossiers.queries.lists import (
    DOSSIER_BOXES,
    Numbered,
    SoonCount,
    by_number,
    kept_lists,
    listed,
    soon_count,
)
from motcua.dossiers.queries.pages import (
    due_of,
    history,
    how_many,
    lateness_minutes,
    state_of,
    tracking,
    was_done,
)
from motcua.dossiers.queries.views import (
    DossierSummary,
    DossierView,
    HistoryEntry,
    Note,
    Related,
    Tracking,
    TrackingStep,
    VerbOffer,
    WorkItem,
    Worklist,
)
from motcua.dossiers.queries.worklists import box_counts, find, own_dossiers, worklist

__all__ = [
    "DOSSIER_BOXES",
    "DossierSummary",
    "DossierView",
    "HistoryEntry",
    "Note",
    "Numbered",
    "Related",
    "SoonCount",
    "Tracking",
    "TrackingStep",
    "VerbOffer",
    "WorkItem",
    "Worklist",
    "box_counts",
    "by_number",
    "due_of",
    "find",
    "history",
    "how_many",
    "kept_lists",
    "lateness_minutes",
    "listed",
    "own_dossiers",
    "soon_count",
    "state_of",
    "tracking",
    "was_done",
    "worklist",
]
