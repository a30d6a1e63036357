"""What others ask of dossiers. Rights to read one dossier are asked by `services.open_dossier`."""

from motcua.dossiers.queries.offers import (
    MoneyOffer,
    compares_papers,
    money_offer,
    return_ways,
    to_bring,
)
from motcua.dossiers.queries.pages import due_of, history, how_many, lateness_minutes, state_of, tracking
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
    "DossierSummary",
    "DossierView",
    "HistoryEntry",
    "LateMark",
    "MoneyOffer",
    "Tracking",
    "TrackingStep",
    "VerbOffer",
    "WorkItem",
    "Worklist",
    "box_counts",
    "compares_papers",
    "due_of",
    "find",
    "history",
    "how_many",
    "lateness_minutes",
    "money_offer",
    "own_dossiers",
    "register_lines",
    "return_ways",
    "state_of",
    "to_bring",
    "tracking",
    "worklist",
]
