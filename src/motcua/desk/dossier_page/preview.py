"""A paper shown beside the form, turned and enlarged by classes: no script, no style of its own."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from motcua.documents import queries as documents
from motcua.dossiers.queries import DossierView

TURNS = (0, 90, 180, 270)
SIZES = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Preview:
    """`left`, `right`, `larger`, `smaller` are addresses of this page with the picture turned or resized."""

    name: str
    src: str
    is_image: bool
    turn: int
    size: int
    left: str
    right: str
    larger: str
    smaller: str
    close: str

    @property
    def is_sideways(self) -> bool:
        return self.turn in (90, 270)


def preview_of(request: HttpRequest, view: DossierView) -> Preview | None:
    """What the address asks for, if it is a paper of this dossier that a browser can show."""
    file_id = request.GET.get("giay", "")
    if file_id not in view.file_names:
        return None
    card = documents.card(file_id)
    if card.media_type != "application/pdf" and not card.media_type.startswith("image/"):
        return None
    turn, size = _one_of(TURNS, request.GET.get("xoay")), _one_of(SIZES, request.GET.get("to"))
    return Preview(
        name=card.name,
        src=reverse("desk:paper", args=[view.id, file_id]) + "?xem=1",
        is_image=card.media_type.startswith("image/"),
        turn=turn,
        size=size,
        left=_here(file_id, (turn - 90) % 360, size),
        right=_here(file_id, (turn + 90) % 360, size),
        larger=_here(file_id, turn, min(size + 1, SIZES[-1])),
        smaller=_here(file_id, turn, max(size - 1, SIZES[0])),
        close=reverse("desk:dossier", args=[view.id]),
    )


def _here(file_id: str, turn: int, size: int) -> str:
    return "?" + urlencode({"giay": file_id, "xoay": turn, "to": size}) + "#preview"


def _one_of(known: tuple[int, ...], typed: str | None) -> int:
    return next((value for value in known if str(value) == typed), known[0])
