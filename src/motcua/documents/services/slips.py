"""Printing a slip of the one-stop desk and keeping it."""

from __future__ import annotations

from datetime import datetime

from motcua.documents.enums import SlipKind
from motcua.documents.rules import slips
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.limits import PDF
from motcua.documents.services import rendering
from motcua.documents.services.storing import keep
from motcua.kernel.actors import SYSTEM, Actor


def render_slip(*, kind: SlipKind, data: slips.AnySlip, at: datetime, actor: Actor = SYSTEM) -> FileCard:
    """Set the slip as PDF/A and keep it. The same data gives the same bytes, kept once.

    Raises ValueError if `data` is not of `kind`, FontsMissing if the slips' own fonts are not there.
    """
    if slips.kind_of(data) is not kind:
        raise ValueError(f"{type(data).__name__} is not a {kind}")
    return keep(
        content=rendering.pdf(data),
        name=slips.file_name(data),
        media_type=PDF.media_type,
        actor=actor,
        at=at,
    )


def preview_slip(data: slips.AnySlip) -> bytes:
    """The slip as PDF to look at; nothing is kept."""
    return rendering.pdf(data)
