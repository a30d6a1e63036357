"""One paper that a form takes along, of however many pages. For both faces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing

from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.documents.rules.cards import FileCard
from motcua.kernel.errors import Refusal
from motcua.theme.paper_pages import PageLine, Stack, is_page_press, pressed, told_after
from motcua.theme.refusals import sentence

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict

KEPT_FILE = "motcua.desk.kept_file"  # salt; pages that are open keep it through an upgrade


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """Files in the order in which they were chosen; the store judges them."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        return list(data or ())


class OnePaper:
    """The paper while its form is filled in. Its pages lie in a tray of whoever sends it (ADR 0024), where
    they are ordered and turned, so that no other error loses them; what has no pages, or is signed, stays the
    file that it is, and the form keeps it by `token`.
    """

    def __init__(self, stack: Stack, kept: str = "") -> None:
        self.stack = stack
        self.card = _kept(kept)
        self.faults: list[str] = []
        self.told = ""  # what was just done to a page, for who does not see them

    @property
    def lines(self) -> list[PageLine]:
        return self.stack.lines()

    @property
    def is_there(self) -> bool:
        return self.card is not None or bool(self.stack.pages.pages)

    def as_file(self) -> FileCard | None:
        """The paper as one file, joined if its pages were changed or came from several files. Raises what
        `documents.join` raises."""
        if self.card is not None:
            return self.card
        return self.stack.as_one() if self.stack.pages.pages else None

    def keep(self, token: str) -> None:
        """What an earlier sending of the form brought that has no pages."""
        self.card = _kept(token)

    @property
    def token(self) -> str:
        return signing.dumps(self.card.id, salt=KEPT_FILE) if self.card else ""

    def take_in(self, uploads: Iterable[UploadedFile[bytes]]) -> None:
        """A file that cannot be taken does not spoil the others; why stands in `faults`."""
        files = list(uploads)
        for upload in files:
            try:
                self._take(upload, is_alone=len(files) == 1)
            except Refusal as refusal:
                self.faults.append(sentence(refusal))

    def press(self, typed: QueryDict) -> bool:
        """Do what was pressed beside a page; False if it was no such press."""
        if not is_page_press(typed):
            return False
        name, key = pressed(typed)
        self.told = told_after(name, key, self.stack.pages)
        self.stack.press(typed)
        return True

    def clear(self) -> None:
        """The paper has gone where it belongs."""
        self.stack.clear()

    def _take(self, upload: UploadedFile[bytes], *, is_alone: bool) -> None:
        """One file: its pages go on the stack; one without pages must be the whole paper."""
        card = documents.store(
            upload=upload, name=upload.name or "", actor=self.stack.actor, at=self.stack.at
        )
        try:
            self.stack.add(card)
        except Refusal:
            if not is_alone or self.stack.pages.pages:
                raise
            self.card = card
        else:
            self.card = None


def _kept(token: str) -> FileCard | None:
    try:
        return stored.card(signing.loads(token, salt=KEPT_FILE, max_age=24 * 3600)) if token else None
    except (signing.BadSignature, Refusal):
        return None
