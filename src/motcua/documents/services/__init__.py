"""The doors of the documents app."""

from __future__ import annotations

from motcua.documents.services.cells import text_cell
from motcua.documents.services.joining import one_after_another, pages_of
from motcua.documents.services.packing import pack
from motcua.documents.services.slips import (
    preview_slip,
    register_workbook,
    render_register,
    render_routing_slip,
    render_slip,
    sample_form,
)
from motcua.documents.services.storing import keep, store
from motcua.documents.services.sweeping import sweep

__all__ = [
    "keep",
    "one_after_another",
    "pack",
    "pages_of",
    "preview_slip",
    "register_workbook",
    "render_register",
    "render_routing_slip",
    "render_slip",
    "sample_form",
    "store",
    "sweep",
    "text_cell",
]
