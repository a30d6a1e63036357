"""A verb form that takes one paper along, of however many pages."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms.verbs.base import VerbForm
from motcua.documents import queries as documents
from motcua.kernel.errors import N_
from motcua.theme.errors_on_page import PageError
from motcua.theme.file_fields import keep_within
from motcua.theme.one_paper import OnePaper, SeveralFiles
from motcua.theme.paper_pages import Stack, is_page_press


class FormWithFile(VerbForm):
    """One paper (`held`), so that no other error loses it."""

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
        self.held = OnePaper(
            Stack(
                actor=self.occasion.actor,
                at=self.occasion.at,
                purpose=f"verb:{self.occasion.dossier.id}:{type(self).__name__}:{self.task_key}",
                picture="desk:page_picture",
                file="desk:sent_file",
            )
        )

    @property
    def file_id(self) -> str | None:
        """The paper as one file."""
        card = self.held.as_file()
        return card.id if card else None

    def arranged(self, typed: QueryDict) -> bool:
        """Take in what was chosen and do what was pressed beside a page; False if it was no such press."""
        if not is_page_press(typed):
            return False
        self.held.keep(typed.get("kept", ""))
        self._take_in()
        self.held.press(typed)
        self.unjudged(kept=self.held.token)
        return True

    def linked(self, errors: list[PageError]) -> list[PageError]:
        """With what was wrong with the files where only pages were arranged, and nothing was judged."""
        faults = [] if self.is_bound else self.held.faults
        return [*super().linked(errors), *(PageError(text, f"#{self['upload'].auto_id}") for text in faults)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.held.keep(data.get("kept", ""))
        self._take_in()
        for text in self.held.faults:
            self.add_error("upload", text)
        typed = {name: self.data.get(name, "") for name in self.data}
        self.data = typed | {"kept": self.held.token}
        return data

    def finished(self) -> None:
        self.held.clear()

    def _take_in(self) -> None:
        files = cast("MultiValueDict[str, UploadedFile[bytes]]", self.files)
        self.held.take_in(files.getlist(self.add_prefix("upload")) if files else ())
