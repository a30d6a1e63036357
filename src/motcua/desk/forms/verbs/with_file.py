"""A verb form that takes one paper along, of however many pages."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms.verbs.base import VerbForm
from motcua.documents import queries as documents
from motcua.documents import services as document_services
from motcua.documents.rules.cards import FileCard
from motcua.kernel.errors import N_, Refusal
from motcua.theme.errors_on_page import PageError
from motcua.theme.file_fields import keep_within
from motcua.theme.paper_pages import PageLine, Stack, is_page_press, pressed, told_after
from motcua.theme.refusals import sentence

KEPT_FILE = "motcua.desk.kept_file"


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """Files in the order in which they were chosen; the store judges them."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        return list(data or ())


class FormWithFile(VerbForm):
    """One paper. Its pages lie in a tray of the officer's (ADR 0024), where they are ordered and turned, so
    that no other error loses them; what has no pages, or is signed, stays the file that it is.
    """

    upload_hint: ClassVar[str] = N_(
        "Tối đa %(size)s; nhận %(types)s. Chọn nhiều ảnh, PDF cùng lúc thì được ghép thành một tệp."
    )

    upload = SeveralFiles(label=_("Tệp đính kèm"), required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = documents.limits()
        said = {"size": limits.size_text, "types": limits.types_text}
        self.fields["upload"].help_text = gettext(self.upload_hint) % said
        keep_within(self.fields["upload"], limits)
        self.card: FileCard | None = None
        self.faults: list[str] = []
        self.told = ""  # what was just done to a page, for who does not see them
        self.stack = Stack(
            actor=self.occasion.actor,
            at=self.occasion.at,
            purpose=f"verb:{self.occasion.dossier.id}:{type(self).__name__}:{self.task_key}",
            picture="desk:page_picture",
            file="desk:sent_file",
        )

    def page_lines(self) -> list[PageLine]:
        return self.stack.lines()

    @property
    def file_id(self) -> str | None:
        """The paper as one file, joined if its pages were changed or came from several files."""
        if self.card is not None:
            return self.card.id
        return self.stack.as_one().id if self.stack.pages.pages else None

    def arranged(self, typed: QueryDict) -> bool:
        """Take in what was chosen and do what was pressed beside a page; False if it was no such press."""
        if not is_page_press(typed):
            return False
        self.card = self._kept(typed.get("kept", ""))
        self._take_in()
        name, key = pressed(typed)
        self.told = told_after(name, key, self.stack.pages)
        self.stack.press(typed)
        self.unjudged(kept=self._token())
        return True

    def linked(self, errors: list[PageError]) -> list[PageError]:
        """With what was wrong with the files where only pages were arranged, and nothing was judged."""
        found = (
            [] if self.is_bound else [PageError(text, f"#{self['upload'].auto_id}") for text in self.faults]
        )
        return [*super().linked(errors), *found]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.card = self._kept(data.get("kept", ""))
        self._take_in()
        for text in self.faults:
            self.add_error("upload", text)
        typed = {name: self.data.get(name, "") for name in self.data}
        self.data = typed | {"kept": self._token()}
        return data

    def finished(self) -> None:
        self.stack.clear()

    def _take_in(self) -> None:
        """A file that cannot be taken does not spoil the others."""
        files = cast("MultiValueDict[str, UploadedFile[bytes]]", self.files)
        uploads = files.getlist(self.add_prefix("upload")) if files else []
        for upload in uploads:
            try:
                self._take(upload, is_alone=len(uploads) == 1)
            except Refusal as refusal:
                self.faults.append(sentence(refusal))

    def _take(self, upload: UploadedFile[bytes], *, is_alone: bool) -> None:
        """One file: its pages go on the stack; one without pages must be the whole paper."""
        occasion = self.occasion
        card = document_services.store(
            upload=upload, name=upload.name or "", actor=occasion.actor, at=occasion.at
        )
        try:
            self.stack.add(card)
        except Refusal:
            if not is_alone or self.stack.pages.pages:
                raise
            self.card = card
        else:
            self.card = None

    def _token(self) -> str:
        return signing.dumps(self.card.id, salt=KEPT_FILE) if self.card else ""

    def _kept(self, token: str) -> FileCard | None:
        try:
            return documents.card(signing.loads(token, salt=KEPT_FILE, max_age=24 * 3600)) if token else None
        except (signing.BadSignature, Refusal):
            return None
