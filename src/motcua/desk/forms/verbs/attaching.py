"""The verb by which another document comes into a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk import labels as desk_labels
from motcua.desk.forms.verbs.with_file import FormWithFile
from motcua.dossiers import labels, services
from motcua.dossiers.enums import DossierPart
from motcua.dossiers.errors import DocumentFileRequired, TitleRequired
from motcua.dossiers.rules.decide.attaching import LONGEST
from motcua.dossiers.services import Act

if TYPE_CHECKING:
    from motcua.kernel.errors import Refusal

OFFICE, APPLICANT = "office", "applicant"


class AttachDocument(FormWithFile):
    """Who works in one part of the dossier is not asked to which the document belongs."""

    filled_from_templates = ()

    part = forms.ChoiceField(label=_("Tài liệu thuộc"), widget=forms.RadioSelect())
    title = forms.CharField(
        label=_("Tên tài liệu"),
        help_text=_(
            "Để người khác biết đó là gì mà không phải mở tệp. Ví dụ: Công văn trả lời của Sở Xây dựng."
        ),
        max_length=LONGEST,
    )
    seen_by = forms.ChoiceField(
        label=_("Ai xem được"),
        choices=((OFFICE, desk_labels.SEEN_BY[False]), (APPLICANT, desk_labels.SEEN_BY[True])),
        widget=forms.RadioSelect(),
        initial=OFFICE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = gettext("Tệp của tài liệu")
        part, seen_by = self.choice_field("part"), self.choice_field("seen_by")
        parts = services.parts_open_to(self.occasion.dossier)
        part.choices = [(each.value, gettext(labels.DOSSIER_PART[each])) for each in parts]
        if len(parts) == 1:
            part.initial, part.widget = parts[0].value, forms.HiddenInput()
        seen_by.choices = [
            (OFFICE, gettext(desk_labels.SEEN_BY[False])),
            (APPLICANT, gettext(desk_labels.SEEN_BY[True])),
        ]

    @property
    def part_name(self) -> str:
        """The only part that is open, in words."""
        parts = services.parts_open_to(self.occasion.dossier)
        return gettext(labels.DOSSIER_PART[parts[0]]) if parts else ""

    def field_of(self, refusal: Refusal) -> str | None:
        if isinstance(refusal, DocumentFileRequired):
            return "upload"
        return "title" if isinstance(refusal, TitleRequired) else None

    def send(self) -> Act:
        data = self.cleaned_data
        return services.attach_document(
            **self.common,
            part=DossierPart(data["part"]),
            title=data["title"],
            file_id=self.file_id,
            for_applicant=data["seen_by"] == APPLICANT,
        )
