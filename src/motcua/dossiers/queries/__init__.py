"""What others ask of dossiers. Rights to read one dossier are asked by `services.open_dossier`."""

from motcua.dossiers.queries.figures import (
    Counts,
    RealTime,
    figures_by_agency,
    figures_by_day,
    real_time,
)
from motcua.dossiers.queries.pages import (
    due_of,
    events_of,
    history,
    how_many,
    id_of,
    lateness_minutes,
    state_of,
    tracking,
)
from motcua.dossiers.queries.register import register_lines
from motcua.dossiers.queries.views import (
    DossierSummary,
    DossierView,
    HistoryEntry,
    LateMark,
    Tracking,
    TrackingStep,
    VerbOffer,
    WorkItem,
    Worklist,
)
from motcua.dossiers.queries.worklists import box_counts, find, own_dossiers, worklist

__all__ = [
    "Counts",
    "DossierSummary",
    "DossierView",
    "HistoryEntry",
    "LateMark",
    "RealTime",
    "Tracking",
    "TrackingStep",
    "VerbOffer",
    "WorkItem",
    "Worklist",
    "box_counts",
    "due_of",
    "events_of",
    "figures_by_agency",
    "figures_by_day",
    "find",
    "history",
    "how_many",
    "id_of",
    "lateness_minutes",
    "own_dossiers",
    "real_time",
    "register_lines",
    "state_of",
    "tracking",
    "worklist",
]
