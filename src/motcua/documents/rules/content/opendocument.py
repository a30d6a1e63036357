"""ODT: a ZIP archive that names its type first, of a sane size, without anything that runs or is fetched."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from typing import BinaryIO
from urllib.parse import unquote
from xml.parsers import expat

from motcua.documents.rules.content import office
from motcua.documents.rules.content.faults import Fault, active, broken, encrypted
from motcua.documents.rules.limits import ODT, FileType

MOST_XML = 20 * 1024 * 1024  # of all parts that are XML together, unpacked
_TYPE, _CONTENT, _MANIFEST = "mimetype", "content.xml", "META-INF/manifest.xml"
_NEEDED = (_CONTENT, _MANIFEST)
_XML = (".xml", ".rdf", ".svg")
_MACROS = {"basic", "scripts", "dialogs"}
_RUNS = {
    *("script", "event-listener", "dde-source", "dde-connection-decl"),
    *("applet", "plugin", "object-ole", "floating-frame"),
}
_LOADS = {"href", "image-data"}
_HYPERLINK = "a"  # of a text or a picture: followed by whoever presses it, loaded by nothing
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
        if _MACROS & set(_folders(name)) or office.RUNS.search(name):
            return active(f"part that can run: {name}")
    read = [part for part in parts.values() if _is_xml(archive, part)]
    if sum(part.file_size for part in read) > MOST_XML:
        return broken("parts of an impossible size")
    try:
        for part in read:
            _read(archive, part)
    except _Found as found:
        return found.fault
    except expat.ExpatError as error:
        return broken(f"part that is no XML: {error}")
    return None


def _folders(name: str) -> list[str]:
    """The folders in which a part lies; a document within the document has folders of its own."""
    return name.lower().replace("\\", "/").split("/")[:-1]


def _is_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """By its name, or by how it begins: at any depth, for an object inside is read as the document is.

    An empty part says nothing: LibreOffice writes some.
    """
    if part.filename in _NEEDED:
        return True
    if part.is_dir() or not part.file_size:
        return False
    if part.filename.lower().endswith(_XML):
        return True
    with archive.open(part) as stream:
        return stream.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read one part to its end, whatever its encoding and its names for namespaces. Raises _Found."""
    parser = expat.ParserCreate()

    def begins(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "encryption-data":
            raise _Found(encrypted("part with a password"))
        calls = any(text.strip().lower().startswith(_CALLS) for text in attributes.values())
        if local in _RUNS or calls:
            raise _Found(active(f"{part.filename}: {local}"))
        if local == "section-source" or (local != _HYPERLINK and _is_outside(attributes)):
            raise _Found(active(f"{part.filename}: fetched from outside"))

    def declares(*_doctype: object) -> None:
        raise _Found(broken(f"{part.filename} with a document type of its own"))

    parser.StartElementHandler = begins
    parser.StartDoctypeDeclHandler = declares
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def _is_outside(attributes: dict[str, str]) -> bool:
    """Whether something is loaded that does not lie in the archive: a template, a picture, an object."""
    return any(
        name.rpartition(":")[2] in _LOADS and not _is_inside(text.strip())
        for name, text in attributes.items()
    )


def _is_inside(address: str) -> bool:
    """Whether it is a relative path within the archive, or a place in the same part."""
    if address.startswith("#"):
        return True
    path = unquote(address)
    if path.startswith("/") or ":" in path or "\\" in path:
        return False
    return posixpath.normpath(path).split("/")[0] != ".."
