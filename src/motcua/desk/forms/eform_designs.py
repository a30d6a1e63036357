"""The lines of a designed e-form, and the form as applicants would meet it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.rules import eform_designs
from motcua.catalogue.rules.eform_designs import Design
from motcua.catalogue.rules.eforms import FormSection
from motcua.desk.forms.eform import PREFIX, field_of
from motcua.theme.forms import FaceForm


class DesignForm(FaceForm):
    lines = forms.CharField(
        label=_("Các phần và câu hỏi"),
        help_text=_(
            "Mỗi dòng một câu hỏi: câu hỏi | cách trả lời | không bắt buộc. Dòng bắt đầu bằng # mở một phần."
        ),
        max_length=60_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, known: Sequence[FormSection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.design = Design((), ())

    def clean_lines(self) -> str:
        text = str(self.cleaned_data["lines"])
        self.design = eform_designs.read(text, self.known)
        for fault in self.design.faults:
            said = gettext(fault.message) % fault.params
            self.add_error("lines", gettext("Dòng %(line)s: %(said)s") % {"line": fault.line, "said": said})
        return text


class TriedForm(FaceForm):
    """Nothing can be typed here: it shows how the questions look."""

    def __init__(self, sections: Sequence[FormSection]) -> None:
        super().__init__()
        self.sections = sections
        for section in sections:
            for question in section.fields:
                control = field_of(question)
                control.disabled = True
                if not question.required:
                    control.label = gettext("%(label)s (không bắt buộc)") % {"label": control.label}
                self.fields[PREFIX + question.key] = control

    def parts(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        for section in self.sections:
            yield section.title, [self[PREFIX + question.key] for question in section.fields]
