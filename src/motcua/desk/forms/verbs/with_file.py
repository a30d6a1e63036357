"""A verb form that takes one file along."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms.verbs.base import VerbForm
from motcua.documents import queries as documents
from motcua.documents import services as document_services
from motcua.documents.rules.cards import FileCard
from motcua.kernel.errors import N_, Refusal
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
    """A file once taken in is kept beside the form, so that another error does not lose it.

    Several pictures and PDFs are pages of one paper and become one file.
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
        self.fields["upload"].widget.attrs.update(accept=limits.accept)
        self.card: FileCard | None = None

    @property
    def file_id(self) -> str | None:
        return self.card.id if self.card else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.card = self._taken_in(data.get("upload")) or self._kept(data.get("kept", ""))
        if self.card is not None:
            typed = {name: self.data.get(name, "") for name in self.data}
            self.data = typed | {"kept": signing.dumps(self.card.id, salt=KEPT_FILE)}
        return data

    def _taken_in(self, chosen: list[UploadedFile[bytes]] | None) -> FileCard | None:
        if not chosen:
            return None
        try:
            return document_services.store_together(
                uploads=[(each, each.name or "") for each in chosen],
                name=Path(chosen[0].name or "").stem,
                actor=self.occasion.actor,
                at=self.occasion.at,
            )
        except Refusal as refusal:
            self.add_error("upload", sentence(refusal))
            return None

    def _kept(self, token: str) -> FileCard | None:
        try:
            return documents.card(signing.loads(token, salt=KEPT_FILE, max_age=24 * 3600)) if token else None
        except (signing.BadSignature, Refusal):
            return None
