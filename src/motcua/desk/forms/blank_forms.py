"""The blank form of a paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.services import FormEntry
from motcua.documents.rules.limits import BLANK_FORMS
from motcua.theme.file_fields import keep_within
from motcua.theme.forms import FaceForm


class PutUpForm(FaceForm):
    """A file, what it is called, and the text that prescribes it."""

    file = forms.FileField(label=_("Tệp mẫu"), widget=forms.FileInput(), allow_empty_file=True)
    title = forms.CharField(
        label=_("Tên mẫu"),
        max_length=200,
        help_text=_("Người dân thấy tên này và tải tệp về dưới tên này."),
    )
    source = forms.CharField(
        label=_("Văn bản ban hành mẫu"),
        max_length=200,
        help_text=_("Số, ký hiệu văn bản và số của mẫu. Ví dụ: Thông tư số 04/2020/TT-BTP, Mẫu số 1."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {"size": BLANK_FORMS.size_text, "types": BLANK_FORMS.types_text}
        self.fields["file"].help_text = (
            gettext("Nhận %(types)s, tối đa %(size)s. Nên có một bản PDF để in và một bản để gõ.") % said
        )
        keep_within(self.fields["file"], BLANK_FORMS)
        self.fields["file"].error_messages["required"] = gettext("Hãy chọn tệp mẫu.")

    def clean(self) -> dict[str, Any]:
        """What else is wrong sends the page back, and with it no browser keeps the file: that is said."""
        data = super().clean() or {}
        if self.errors and data.get("file"):
            self.add_error(
                "file", gettext("Hãy chọn lại tệp mẫu: tệp không giữ được khi có chỗ khác phải sửa.")
            )
        return data

    def entry(self) -> FormEntry:
        data = self.cleaned_data
        return FormEntry(data["title"], data["source"], data["file"], data["file"].name or "")
