"""What others ask of dossiers. Rights to read one dossier are asked by `services.open_dossier`."""

from motcua.dossiers.queries.figures import (
    Counts,
    RealTime,
    figures_by_agency,
    figures_by_day,
    real_time,
)
from motcua.dossiers.queries.offers import (
    MoneyOffer,
    compares_papers,
    money_offer,
    return_ways,
    to_bring,
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
    "MoneyOffer",
    "RealTime",
    "Tracking",
    "TrackingStep",
    "VerbOffer",
    "WorkItem",
    "Worklist",
    "box_counts",
    "compares_papers",
    "due_of",
    "events_of",
    "figures_by_agency",
    "figures_by_day",
    "find",
    "history",
    "how_many",
    "id_of",
    "lateness_minutes",
    "money_offer",
    "own_dossiers",
    "real_time",
    "register_lines",
    "return_ways",
    "state_of",
    "to_bring",
    "tracking",
    "worklist",
]
