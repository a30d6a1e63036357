"""ODT: a ZIP archive that names its type first, of a sane size, without anything that runs or is fetched."""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO
from xml.parsers import expat

from motcua.documents.rules.content import office
from motcua.documents.rules.content.faults import Fault, active, broken, encrypted
from motcua.documents.rules.limits import ODT, FileType

MOST_XML = 20 * 1024 * 1024  # of one part, unpacked
_TYPE, _CONTENT, _MANIFEST = "mimetype", "content.xml", "META-INF/manifest.xml"
_READ = (_CONTENT, "styles.xml", "settings.xml", "meta.xml", _MANIFEST)
_MACROS = ("basic/", "scripts/", "dialogs/")
_RUNS = {
    *("script", "event-listener", "dde-source", "dde-connection-decl"),
    *("applet", "plugin", "object-ole", "floating-frame"),
}
_CALLS = ("vnd.sun.star.script:", "macro:", "javascript:", "vbscript:")


class _Found(Exception):
    """What speaks against a part; ends its reading."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.why)
        self.fault = fault


def kind(file: BinaryIO) -> FileType | None:
    """ODT by the type that the archive states of itself, None for any other."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            stated = parts.get(_TYPE)
            if stated is None or stated.file_size > 100 or _CONTENT not in parts:
                return None
            return ODT if archive.read(stated).strip() == ODT.media_type.encode() else None
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        return None


def fault(file: BinaryIO) -> Fault | None:
    """What speaks against an archive that `kind` knows, or None."""
    size = file.seek(0, 2)
    try:
        with zipfile.ZipFile(file) as archive:
            return office.size_fault(archive, size) or _fault_of(archive) or office.crc_fault(archive)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError) as error:
        return broken(f"archive cannot be read: {error}")


def _fault_of(archive: zipfile.ZipFile) -> Fault | None:
    parts = {part.filename: part for part in archive.infolist()}
    if _MANIFEST not in parts:
        return broken("no manifest")
    for name in parts:
        if name.lower().startswith(_MACROS) or office.RUNS.search(name):
            return active(f"part that can run: {name}")
    try:
        for name in _READ:
            if name in parts:
                _read(archive, parts[name])
    except _Found as found:
        return found.fault
    except expat.ExpatError as error:
        return broken(f"part that is no XML: {error}")
    return None


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read one part to its end, whatever its encoding and its names for namespaces. Raises _Found."""
    if part.file_size > MOST_XML:
        raise _Found(broken(f"{part.filename} of an impossible size"))
    parser = expat.ParserCreate()

    def begins(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "encryption-data":
            raise _Found(encrypted("part with a password"))
        calls = any(text.strip().lower().startswith(_CALLS) for text in attributes.values())
        if local in _RUNS or calls:
            raise _Found(active(f"{part.filename}: {local}"))
        if local == "section-source" or (local in ("object", "image") and _is_outside(attributes)):
            raise _Found(active(f"{part.filename}: fetched from outside"))

    def declares(*_doctype: object) -> None:
        raise _Found(broken(f"{part.filename} with a document type of its own"))

    parser.StartElementHandler = begins
    parser.StartDoctypeDeclHandler = declares
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def _is_outside(attributes: dict[str, str]) -> bool:
    return any(name.rpartition(":")[2] == "href" and "://" in text for name, text in attributes.items())
