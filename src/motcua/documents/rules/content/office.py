"""DOCX and XLSX: ZIP archives with the right parts, of a sane size, without anything that runs."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import BinaryIO

from motcua.documents.rules.content.faults import Fault, active, broken, encrypted
from motcua.documents.rules.limits import DOCX, XLSX, FileType

MOST_PARTS = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200  # unpacked to packed; text-heavy sheets reach about 50
_SMALL = 2 * 1024 * 1024
_TYPES = "[Content_Types].xml"
_MAIN = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
RUNS = re.compile(
    r"(?i)(^|/)(vba\w*\.(bin|xml)|activex/.*|oleobject[^/]*|macrosheets/.*|[^/]+\.(exe|dll|js|vbs|scr|bat|cmd|ps1|hta|lnk))$"
)
_OUTSIDE = re.compile(rb"(attachedTemplate|oleObject|frame|subDocument)\"[^>]*TargetMode=\"External\"")


def kind(file: BinaryIO) -> FileType | None:
    """DOCX or XLSX by the parts inside, None for any other archive or one that cannot be listed."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    if _TYPES not in names:
        return None
    return next((kind for part, kind in _MAIN.items() if part in names), None)


def fault(file: BinaryIO) -> Fault | None:
    """What speaks against an archive that `kind` knows, or None."""
    size = file.seek(0, 2)
    try:
        with zipfile.ZipFile(file) as archive:
            return size_fault(archive, size) or _active_fault(archive) or crc_fault(archive)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError) as error:
        return broken(f"archive cannot be read: {error}")


def size_fault(archive: zipfile.ZipFile, size: int) -> Fault | None:
    """What speaks against the size of an archive of this many bytes; nothing is unpacked for it."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        return encrypted("archive with a password")
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * size:
        return broken("archive unpacks to far more than it weighs")
    if sum(part.compress_size for part in parts) > size:
        return broken("archive whose parts overlap")
    return None


def _active_fault(archive: zipfile.ZipFile) -> Fault | None:
    for part in archive.infolist():
        if RUNS.search(part.filename):
            return active(f"part that can run: {part.filename}")
        is_small = part.filename == _TYPES or part.filename.endswith(".rels")
        if is_small and part.file_size > _SMALL:
            return broken(f"{part.filename} of an impossible size")
        if part.filename == _TYPES and b"macroenabled" in archive.read(part).lower():
            return active("content type with macros")
        if part.filename.endswith(".rels") and _OUTSIDE.search(archive.read(part)):
            return active(f"template or object fetched from outside: {part.filename}")
    return None


def crc_fault(archive: zipfile.ZipFile) -> Fault | None:
    """Unpacks in pieces and forgets them: sizes were checked before."""
    bad = archive.testzip()
    return broken(f"part with a wrong checksum: {bad}") if bad else None
