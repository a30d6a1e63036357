"""The check of one upload: type by content, agreement with the name, wholeness, nothing that runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, NamedTuple

from motcua.documents.errors import OnlyNamedSo, TelephonePicture, TypeMismatch, TypeNotAllowed
from motcua.documents.rules import names
from motcua.documents.rules.content import images, office, opendocument, pdf
from motcua.documents.rules.content.faults import Fault, FaultKind
from motcua.documents.rules.limits import DOCX, JPEG, ODT, PDF, PNG, XLSX, FileType, Limits

_FOREHEAD = 1024
_TELEPHONE_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_CHECKS: dict[FileType, Callable[[BinaryIO], int | Fault | None]] = {
    PDF: pdf.pages_or_fault,
    JPEG: images.jpeg_fault,
    PNG: images.png_fault,
    DOCX: office.fault,
    XLSX: office.fault,
    ODT: opendocument.fault,
}


class Checked(NamedTuple):
    """The type of a file, the name under which it is kept, the pages of a PDF (None for others)."""

    type: FileType
    name: str
    pages: int | None


def check(file: BinaryIO, name: str, limits: Limits) -> Checked:
    """What `file` is, if it may be kept.

    `name` is already sanitised; if it has no extension it gets the one of its type. `file` is read from
    its start and may be left anywhere. Raises TypeNotAllowed, TypeMismatch, Broken, Encrypted,
    ActiveContent or TooManyPixels, in that order of judgement; TelephonePicture and OnlyNamedSo are
    TypeNotAllowed that say what to do.

    Basis: QN20-26.3, KT18-4.4, DL24-24.4.
    """
    found = sniff(file)
    if found is None and JPEG in limits.types and is_telephone_picture(file):
        raise TelephonePicture(name=name, types=limits.types_text)
    last = names.extension(name)
    named = next((each for each in limits.types if last in each.extensions), None)
    if found is None and named is not None:
        raise OnlyNamedSo(name=name, type=named.label)
    if found is None or found not in limits.types:
        raise TypeNotAllowed(name=name, types=limits.types_text)
    if last and last not in found.extensions:
        raise TypeMismatch(name=name, found=found.label)
    judged = _CHECKS[found](file)
    if isinstance(judged, Fault):
        raise judged.kind.refusal(name=name)
    return Checked(found, name if last else f"{name}.{found.extensions[0]}", judged)


def sniff(file: BinaryIO) -> FileType | None:
    """The type that the first bytes (and for ZIP the parts inside) speak of, or None if not received."""
    file.seek(0)
    head = file.read(_FOREHEAD)
    if head.lstrip(b"\xef\xbb\xbf\r\n\t \x00").startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(images.PNG_SIGNATURE):
        return PNG
    if head.startswith(b"PK\x03\x04"):
        return office.kind(file) or opendocument.kind(file)
    return None


def is_telephone_picture(file: BinaryIO) -> bool:
    """Whether the first bytes are those of HEIC or HEIF, as newer telephones keep their pictures."""
    file.seek(0)
    head = file.read(12)
    return head[4:8] == b"ftyp" and head[8:12] in _TELEPHONE_BRANDS


__all__ = ["FaultKind", "check", "is_telephone_picture", "sniff"]
