"""What stands on the identity card of whoever stands at the counter, and the code they read out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.accounts.rules.identity_cards import read_card
from motcua.agencies.services import Card
from motcua.theme.day_fields import BirthField
from motcua.theme.forms import FaceForm


class CardForm(FaceForm):
    """The card: scanned into its first field, or typed."""

    personal_id = forms.CharField(
        label=_("Số định danh cá nhân"),
        help_text=_("Quét mã QR trên thẻ căn cước, hoặc gõ 12 chữ số."),
        max_length=500,  # a scanner types the whole card into it
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Họ và tên trên thẻ"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    date_of_birth = BirthField(label=_("Ngày sinh trên thẻ"))

    def card(self) -> Card:
        data = self.cleaned_data
        return Card(data["personal_id"], " ".join(data["name"].split()), data["date_of_birth"])


class CheckForm(CardForm):
    """The card once more, unseen, and the code that its owner has read out."""

    # no secret of who types it, and of one use: named so, it stays on the page where a tick was forgotten
    read_out = forms.CharField(
        label=_("Mã mà người đến quầy đọc"),
        help_text=_("6 chữ số trong thư vừa gửi tới tài khoản của họ."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    seen = forms.BooleanField(
        label=_("Tôi đã nhìn thẻ và người: đúng là một người"),
        error_messages={"required": _("Hãy xác nhận bạn đã nhìn thẻ và người trước mặt.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("personal_id", "name", "date_of_birth"):
            self.fields[name].widget = forms.HiddenInput()


def as_typed(data: Mapping[str, str]) -> dict[str, str]:
    """What was sent, with a scanned card taken apart; the card goes before what was typed."""
    typed = {
        name: str(data.get(name, "")) for name in ("personal_id", "name", "date_of_birth", "read_out", "seen")
    }
    card = read_card(typed["personal_id"])
    if card is None:
        return typed
    born = card.date_of_birth.strftime("%d/%m/%Y") if card.date_of_birth else typed["date_of_birth"]
    return typed | {"personal_id": card.personal_id, "name": card.name, "date_of_birth": born}
