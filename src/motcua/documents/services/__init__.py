"""The doors of the documents app."""

from __future__ import annotations

from motcua.documents.services.cells import moment_cell, text_cell
from motcua.documents.services.checking import Checked, check_contents
from motcua.documents.services.joining import arrange, count_pages, join, one_after_another
from motcua.documents.services.packing import pack
from motcua.documents.services.pictures import count_shown, thumbnail, view
from motcua.documents.services.slips import (
    preview_slip,
    register_workbook,
    render_acknowledgement,
    render_register,
    render_routing_slip,
    render_slips,
    sample_form,
)
from motcua.documents.services.storing import keep, store
from motcua.documents.services.sweeping import sweep, throw_away
from motcua.documents.services.trays import alter, clear, lay

__all__ = [
    "Checked",
    "alter",
    "arrange",
    "check_contents",
    "clear",
    "count_pages",
    "count_shown",
    "join",
    "keep",
    "lay",
    "moment_cell",
    "one_after_another",
    "pack",
    "preview_slip",
    "register_workbook",
    "render_acknowledgement",
    "render_register",
    "render_routing_slip",
    "render_slips",
    "sample_form",
    "store",
    "sweep",
    "text_cell",
    "throw_away",
    "thumbnail",
    "view",
]
