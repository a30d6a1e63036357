"""Decisions on several dossiers, confirmed at once: one of them for each, chosen by the leader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms.choices import named
from motcua.desk.forms.verbs.base import note_field
from motcua.kernel.errors import N_
from motcua.theme.forms import FaceForm

WHAT = {
    "approve": N_("Phê duyệt theo đề xuất"),
    "send_back": N_("Trả lại để sửa"),
    "": N_("Để lại, chưa quyết định"),  # so that a choice can be taken back
}
_FOR = "what_"


class DecideSeveral(FaceForm):
    """Nothing is decided beforehand: what the leader leaves stays as it is, and waits on.

    Fields: `what_<id of a dossier>` for each that was picked.
    """

    note = note_field(_("Ý kiến khi phê duyệt"), _("Ghi chung cho các hồ sơ được phê duyệt."))
    reason = note_field(
        _("Lý do trả lại"),
        _("Bắt buộc khi có hồ sơ trả lại. Ghi rõ cần sửa gì; ghi chung cho các hồ sơ được trả lại."),
    )

    def __init__(self, data: Any = None, *, dossier_ids: Iterable[str]) -> None:
        super().__init__(data)
        for dossier_id in dossier_ids:
            self.fields[_FOR + dossier_id] = forms.ChoiceField(
                label=_("Quyết định"),
                choices=named(WHAT),
                required=False,
                widget=forms.RadioSelect(),
                error_messages={"invalid_choice": _("Hãy chọn quyết định.")},
            )
        self.want("reason")  # its hint says when
        self.order_fields([name for name in self.fields if name.startswith(_FOR)])

    def of(self, dossier_id: str) -> forms.BoundField:
        """The field of this dossier."""
        return self[_FOR + dossier_id]

    @property
    def decided(self) -> dict[str, str]:
        """What was chosen, by dossier; without those of which nothing was."""
        return {
            name.removeprefix(_FOR): what
            for name, what in self.cleaned_data.items()
            if name.startswith(_FOR) and what
        }

    def text_for(self, what: str) -> str:
        """What is written to a decision of this kind."""
        return str(self.cleaned_data["note" if what == "approve" else "reason"]).strip()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        decided = set(self.decided.values())
        first = next((name for name in self.fields if name.startswith(_FOR)), None)
        if not decided and not self.errors:
            self.add_error(first, gettext("Hãy chọn quyết định cho ít nhất một hồ sơ."))
        if "send_back" in decided and not str(data.get("reason", "")).strip():
            self.add_error("reason", gettext("Hãy ghi lý do trả lại."))
        return data
