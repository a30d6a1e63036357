"""Setting a slip as PDF/A by typst, with our own fonts and no others."""

from __future__ import annotations

import io
import json
import threading
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import segno
import typst

from motcua.documents import queries
from motcua.documents.errors import FontsMissing, SlipNotRendered
from motcua.documents.rules import acknowledgement, fonts, qr, register, routing, sheets, slips

_DATA = Path(__file__).resolve().parent.parent / "data"
FONTS = _DATA / "fonts"
TEMPLATES = _DATA / "slips"
FAMILY = "Tinos"
_FACES = {("normal", 400), ("normal", 700), ("italic", 400), ("italic", 700)}
STANDARD: Final = "a-2a"
ROUTING_SLIP: Final = "routing_slip"
REGISTER: Final = "register"
ACKNOWLEDGEMENT: Final = "acknowledgement"
_threads = threading.local()


def pdf(slip: slips.AnySlip) -> bytes:
    """The slip as PDF/A-2a, on the form in force when it was issued. The same data gives the same bytes.

    Text from people reaches the template as data and is never read as markup. Raises FontsMissing, or
    SlipNotRendered if the template itself is at fault or would need another font.
    """
    return _set(slips.kind_of(slip), inputs(slip), slip.issued_at)


def routing_pdf(slip: routing.RoutingSlip) -> bytes:
    """The routing slip as PDF/A-2a, on the form in force when it is printed."""
    texts = routing.texts(slip, drawn()) | {"form": queries.forms_on(slip.issued_at).line(ROUTING_SLIP)}
    given = {"slip": json.dumps(texts, ensure_ascii=False), "qr": _qr(slip.tracking_url)}
    return _set(ROUTING_SLIP, given, slip.issued_at)


def acknowledgement_pdf(slip: acknowledgement.Acknowledgement) -> bytes:
    """The acknowledgement of an online filing as PDF/A-2a. No circular has a form for it."""
    texts = acknowledgement.texts(slip, drawn()) | {"form": ""}
    given = {"slip": json.dumps(texts, ensure_ascii=False), "qr": _qr(slip.tracking_url)}
    return _set(ACKNOWLEDGEMENT, given, slip.issued_at)


def register_pdf(book: register.Register) -> bytes:
    """Pages of the register as PDF/A-2a, on the form in force when they are printed."""
    texts = register.texts(book, drawn()) | {"form": queries.forms_on(book.issued_at).line(REGISTER)}
    return _set(REGISTER, {"slip": json.dumps(texts, ensure_ascii=False)}, book.issued_at)


def _set(kind: str, given: dict[str, str], at: datetime) -> bytes:
    source = TEMPLATES / queries.forms_on(at).templates / f"{kind}.typ"
    try:
        result, warnings = _compiler().compile_with_warnings(
            input=str(source),
            format="pdf",
            sys_inputs=given,
            pdf_standards=[STANDARD],
            timestamp=at.astimezone(UTC).replace(microsecond=0),  # typst refuses fractions
        )
    except typst.TypstError as error:
        raise SlipNotRendered(f"{source.name}: {error}") from error
    if warnings:
        raise SlipNotRendered(f"{source.name}: {'; '.join(each.message for each in warnings)}")
    if not isinstance(result, bytes):
        raise SlipNotRendered(f"{source.name}: not one PDF")
    return result


def inputs(slip: slips.AnySlip) -> dict[str, str]:
    """What the template gets: the texts as JSON, the QR as SVG."""
    forms, kind = queries.forms_on(slip.issued_at), slips.kind_of(slip)
    texts = sheets.sheet(slip, drawn()) | {
        "form": forms.line(kind),
        "title": forms.named(kind),
        "set": forms.name,
    }
    payload = qr.payload(slip, forms.named(kind))
    return {"slip": json.dumps(texts, ensure_ascii=False), "qr": _qr(payload)}


def _qr(payload: str) -> str:
    picture = io.BytesIO()
    code = segno.make(payload, error="m", micro=False, boost_error=False)
    code.save(picture, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True)
    return picture.getvalue().decode()


@cache
def drawn() -> frozenset[int]:
    """The code points that every face of the font has."""
    sets = [fonts.drawn_by(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))]
    if not sets:
        raise FontsMissing(f"no fonts in {FONTS}: run `make setup`")
    return frozenset.intersection(*sets)


@cache
def _fonts() -> typst.Fonts:
    """Only the faces from our folder: with no others known, none can slip in."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    faces = {(face.style.lower(), face.weight) for face in found.fonts() if face.family == FAMILY}
    if not faces >= _FACES:
        missing = ", ".join(f"{style} {weight}" for style, weight in sorted(_FACES - faces))
        raise FontsMissing(f"{FAMILY} is not whole in {FONTS} (missing: {missing}): run `make setup`")
    return found


def _compiler() -> typst.Compiler:
    """One warm compiler per thread: a page takes about a quarter of the time of a cold one."""
    compiler: typst.Compiler | None = getattr(_threads, "compiler", None)
    if compiler is None:
        compiler = typst.Compiler(root=str(TEMPLATES), font_paths=_fonts())
        _threads.compiler = compiler
    return compiler
