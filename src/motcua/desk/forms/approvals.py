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
from motcua.kernel.text import visible
from motcua.theme.forms import FaceForm

WHAT = {
    "approve": N_("Phê duyệt theo đề xuất"),
    "refuse": N_("Từ chối theo đề xuất"),
    "send_back": N_("Trả lại để sửa"),
    "release": N_("Đồng ý yêu cầu bổ sung"),
    "return_request": N_("Trả lại yêu cầu bổ sung"),
    "": N_("Để lại, chưa quyết định"),  # so that a choice can be taken back
}
# Where what is written would stand nowhere.
_WITHOUT_WORDS = {
    "release": N_(
        "Đồng ý thì yêu cầu được gửi như đã đề xuất, không kèm ý kiến. Hãy xóa ý kiến này, hoặc chọn “Trả "
        "lại yêu cầu bổ sung” và ghi lý do."
    ),
    "": N_("Hồ sơ này để lại, chưa quyết định nên ý kiến không được ghi. Hãy chọn quyết định hoặc xóa."),
}
_FOR_NONE = {
    "note": N_("Không có hồ sơ nào được phê duyệt với ý kiến chung này. Hãy xóa, hoặc xem lại các lựa chọn."),
    "reason": N_("Không có hồ sơ nào được trả lại với lý do chung này. Hãy xóa, hoặc xem lại các lựa chọn."),
}
_FOR = "what_"
_OWN = "text_"


class DecideSeveral(FaceForm):
    """Nothing is decided beforehand: what the leader leaves stays as it is, and waits on.

    Fields: `what_<id of a dossier>` for each that was picked, and `text_<id>` for words of its own, which
    stand in place of those for all.
    """

    note = note_field(
        _("Ý kiến khi phê duyệt"), _("Ghi chung cho các hồ sơ được phê duyệt mà không có ý kiến riêng.")
    )
    reason = note_field(
        _("Lý do trả lại"),
        _("Ghi rõ cần sửa gì; dùng cho các hồ sơ trả lại mà không có lý do riêng."),
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
            self.fields[_OWN + dossier_id] = note_field(_("Ý kiến, lý do riêng của hồ sơ này"))
        self.want("reason")  # its hint says when
        self.order_fields([name for name in self.fields if name.startswith((_FOR, _OWN))])

    def of(self, dossier_id: str) -> forms.BoundField:
        """The field of this dossier."""
        return self[_FOR + dossier_id]

    def own_text_of(self, dossier_id: str) -> forms.BoundField:
        """The words for this dossier alone."""
        return self[_OWN + dossier_id]

    @property
    def decided(self) -> dict[str, str]:
        """What was chosen, by dossier; without those of which nothing was."""
        return {
            name.removeprefix(_FOR): what
            for name, what in self.cleaned_data.items()
            if name.startswith(_FOR) and what
        }

    def text_for(self, what: str, dossier_id: str) -> str:
        """What is written to the decision on this dossier: its own words, else those for all of the kind.

        A refusal has none for all: it answers one applicant.
        """
        shared = {"approve": "note", "send_back": "reason", "return_request": "reason"}.get(what)
        texts = [self.cleaned_data.get(_OWN + dossier_id), self.cleaned_data.get(shared) if shared else ""]
        return next((visible(text) for text in texts if text and visible(text)), "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        decided = self.decided
        first = next((name for name in self.fields if name.startswith(_FOR)), None)
        if not decided and not self.errors:
            self.add_error(first, gettext("Hãy chọn quyết định cho ít nhất một hồ sơ."))
        for dossier_id, what in decided.items():
            if what in ("send_back", "return_request") and not self.text_for(what, dossier_id):
                self.add_error("reason", gettext("Hãy ghi lý do trả lại."))
                break
        self._refuse_words_for_nothing()
        return data

    def _refuse_words_for_nothing(self) -> None:
        """Nothing that somebody wrote is thrown away: words that no decision would keep are refused."""
        decided = self.decided
        own = {
            name.removeprefix(_OWN)
            for name, text in self.cleaned_data.items()
            if name.startswith(_OWN) and text and visible(text)
        }
        for dossier_id in own:
            what = decided.get(dossier_id, "")
            if what in _WITHOUT_WORDS:
                self.add_error(_OWN + dossier_id, gettext(_WITHOUT_WORDS[what]))
        for field, kinds in (("note", ("approve",)), ("reason", ("send_back", "return_request"))):
            takes = any(what in kinds and each not in own for each, what in decided.items())
            if decided and not takes and visible(self.cleaned_data.get(field) or ""):
                self.add_error(field, gettext(_FOR_NONE[field]))
