"""PDF: can be parsed, opens without a password, starts nothing when opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject

from motcua.documents.rules.content.faults import Fault, active, broken, encrypted

MOST_PAGES = 3_000
_STARTS = {"/JavaScript", "/Launch", "/Rendition", "/ImportData", "/RichMediaExecute"}
_MOST_PLACES = 100_000
_MOST_ACTIONS = 200  # that follow one another
# A parser of hostile bytes fails in many ways; each of them means that the file cannot be read.
UNREADABLE = (
    PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, ArithmeticError,
    RecursionError, AssertionError, NotImplementedError, EOFError, MemoryError,
)  # fmt: skip


def pages_or_fault(file: BinaryIO) -> int | Fault:
    """How many pages this PDF has, or what speaks against it."""
    file.seek(0)
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):  # many are locked against changes only
            return encrypted("PDF with a password")
        pages = len(reader.pages)
        if not 1 <= pages <= MOST_PAGES:
            return broken(f"PDF of {pages} pages")
        return _active_fault(reader) or pages
    except DependencyError:
        return encrypted("PDF with an unusual encryption")
    except UNREADABLE as error:
        return broken(f"PDF cannot be read: {type(error).__name__}")


def _active_fault(reader: PdfReader) -> Fault | None:
    root = reader.root_object
    if "/JavaScript" in _dictionary(root.get("/Names")):
        return active("PDF with scripts by name")
    if "/XFA" in _dictionary(root.get("/AcroForm")):
        return active("PDF with an XFA form, a program of its own")
    for count, place in enumerate(_places(reader, root)):
        if count > _MOST_PLACES:
            return broken("PDF with more links and fields than a document has")
        for action in _actions(place):
            if action.get("/S") in _STARTS or "/JS" in action:
                return active(f"PDF that starts {action.get('/S')}")
    return None


def _places(reader: PdfReader, root: DictionaryObject) -> Iterator[Any]:
    """Everything that can hold an action: the document, form fields, pages, their annotations."""
    yield root.get("/OpenAction")
    yield from _triggers(root)
    for field in _fields(_dictionary(root.get("/AcroForm"))):
        yield field.get("/A")
        yield from _triggers(field)
    for page in reader.pages:
        yield from _triggers(page)
        for each in _array(page.get("/Annots")):
            note = _dictionary(each)
            yield note.get("/A")
            yield from _triggers(note)


def _triggers(holder: DictionaryObject) -> Iterator[Any]:
    yield from _dictionary(holder.get("/AA")).values()


def _fields(form: DictionaryObject) -> Iterator[DictionaryObject]:
    """Fields and the fields under them. A tree that bites its tail never ends: the caller counts."""
    waiting = list(_array(form.get("/Fields")))
    while waiting:
        field = _dictionary(waiting.pop())
        yield field
        waiting.extend(_array(field.get("/Kids"))[:_MOST_PLACES])


def _actions(value: Any) -> Iterator[DictionaryObject]:
    """An action and those that follow it."""
    waiting = [value]
    for _ in range(_MOST_ACTIONS):
        if not waiting:
            return
        now = _resolved(waiting.pop())
        if isinstance(now, ArrayObject):
            waiting.extend(now)
        elif isinstance(now, DictionaryObject):
            yield now
            waiting.append(now.get("/Next"))


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _dictionary(value: Any) -> DictionaryObject:
    resolved = _resolved(value)
    return resolved if isinstance(resolved, DictionaryObject) else DictionaryObject()


def _array(value: Any) -> ArrayObject:
    resolved = _resolved(value)
    return resolved if isinstance(resolved, ArrayObject) else ArrayObject()
