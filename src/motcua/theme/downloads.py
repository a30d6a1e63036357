"""Handing out a stored file. Whether the reader may have it was asked before."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from motcua.documents import queries as documents
from motcua.documents import services as document_services
from motcua.documents.rules.headers import safe_headers
from motcua.documents.rules.limits import JPEG, PDF

TURNS = {"0": 0, "90": 90, "180": 180, "270": 270}


def made_text(text: str, *, name: str) -> HttpResponse:
    """A text made for this reader alone, as a file to keep. Old programs need the mark before the letters."""
    content = ("\ufeff" + text).encode()
    response = HttpResponse(content)
    for key, value in safe_headers(name=name, media_type="", size=len(content)).items():
        response.headers[key] = value
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    return response


def made_pdf(content: bytes, *, name: str) -> HttpResponse:
    """A PDF drawn for this reader, shown in the browser."""
    response = HttpResponse(content)
    headers = safe_headers(name=name, media_type=PDF.media_type, size=len(content), inline=True)
    for key, value in headers.items():
        response.headers[key] = value
    return response


def package(content: Iterator[bytes], *, name: str) -> StreamingHttpResponse:
    """A package that is written while it is sent, so that nobody knows its length beforehand."""
    response = StreamingHttpResponse(content)
    headers = safe_headers(name=name, media_type="", size=0) | {"Content-Type": "application/zip"}
    for key, value in headers.items():
        if key != "Content-Length":
            response.headers[key] = value
    return response


def stored_file(file_id: str, *, inline: bool = False, name: str = "") -> FileResponse:
    """The file under this name, else under its own, and with safe headers. Raises NoSuchFile.

    `FileResponse` guesses headers from the name on the disk, which is a hash; ours are set after it.
    """
    card = documents.card(file_id)
    response = FileResponse(documents.open_card(card))
    headers = safe_headers(name=name or card.name, media_type=card.media_type, size=card.size, inline=inline)
    for key, value in headers.items():
        response.headers[key] = value
    return response


def page_picture(file_id: str, number: int, turn: str, *, for_office: bool = False) -> HttpResponse:
    """A small picture of one page of a file, turned as the address says; for an applicant or for an officer.

    Raises NoSuchFile, NotDrawn, DrawingBusy.
    """
    turned = TURNS.get(turn, 0)
    card = documents.card(file_id)
    content = document_services.thumbnail(card, number=number, turn=turned, for_office=for_office)
    return _picture(content, number)


def page_view(file_id: str, number: int) -> HttpResponse:
    """One page of a file, large enough to read it. Raises NoSuchFile, NotDrawn, DrawingBusy."""
    return _picture(document_services.view(documents.card(file_id), number=number), number)


def _picture(content: bytes, number: int) -> HttpResponse:
    response = HttpResponse(content)
    headers = safe_headers(name=f"{number}.jpg", media_type=JPEG.media_type, size=len(content), inline=True)
    for name, value in headers.items():
        response.headers[name] = value
    return response
