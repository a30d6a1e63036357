"""What of a list is shown, in which order, with which columns. Sent by GET: it can be kept and passed on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import UnitCard
from motcua.desk.forms.choices import first_choice, named
from motcua.dossiers import labels, queries
from motcua.dossiers.enums import Box, Column, Lateness, Sort, Status
from motcua.dossiers.rules.choices import USUAL, Choice
from motcua.theme.forms import FaceForm

SHOWN_STATUSES = {status: text for status, text in labels.STATUS.items() if status is not Status.DRAFT}


def _sorts(box: Box) -> dict[Sort, str]:
    """The orders that the list can be read in, the usual one under the name of what it is there."""
    usual = labels.ORDER.get(box, labels.SORT[Sort.DUE])
    return {sort: labels.SORT[sort] if sort is not Sort.DUE else usual for sort in queries.offered_sorts(box)}


def _statuses(box: Box) -> dict[Status, str]:
    """What dossiers of the list may be: other choices would only ever find nothing."""
    return {
        status: text for status, text in SHOWN_STATUSES.items() if status in queries.offered_statuses(box)
    }


class ListForm(FaceForm):
    """Names of the fields stand in addresses: Vietnamese, short, nothing personal in them."""

    thu_tuc = forms.CharField(label=_("Thủ tục (mã hoặc vài chữ)"), required=False, max_length=100)
    don_vi = forms.TypedChoiceField(label=_("Đơn vị"), required=False, coerce=int, empty_value=None)
    trang_thai = forms.ChoiceField(label=_("Trạng thái"), required=False)
    han = forms.ChoiceField(label=_("Thời hạn"), required=False)
    xep = forms.ChoiceField(label=_("Sắp xếp"), required=False)
    cot = forms.MultipleChoiceField(
        label=_("Cột"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(self, *args: Any, box: Box, units: tuple[UnitCard, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, str]]] = {
            "don_vi": [(str(unit.id), agencies.name_of_unit(unit)) for unit in units],
            "trang_thai": named(SHOWN_STATUSES)(),  # addresses of before may name any of them
            "han": named(labels.LATENESS)(),
        }
        for name, options in choices.items():
            field = self.choice_field(name)
            field.choices = first_choice(gettext("Tất cả"), options)
        self.choice_field("trang_thai").widget.choices = first_choice(
            gettext("Tất cả"), named(_statuses(box))()
        )
        self.choice_field("xep").choices = named(_sorts(box))()
        cot = self.choice_field("cot")
        cot.choices = named(labels.COLUMN)()  # addresses of before may name any of them
        offered = {column: labels.COLUMN[column] for column in queries.offered_columns(box)}
        cot.widget.choices = named(offered)()

    def choice(self) -> Choice:
        """What was chosen; what stands in an address and makes no sense is passed over."""
        self.is_valid()
        data = self.cleaned_data
        return Choice(
            sort=Sort(data.get("xep") or Sort.DUE),
            columns=tuple(column for column in Column if column in data.get("cot", ())) or USUAL,
            procedure=str(data.get("thu_tuc") or ""),
            unit_id=data.get("don_vi"),
            status=Status(data["trang_thai"]) if data.get("trang_thai") else None,
            lateness=Lateness(data["han"]) if data.get("han") else None,
        )


def as_fields(choice: Choice) -> dict[str, Any]:
    """The choice as the form shows it."""
    return {
        "thu_tuc": choice.procedure,
        "don_vi": choice.unit_id or "",
        "trang_thai": choice.status.value if choice.status else "",
        "han": choice.lateness.value if choice.lateness else "",
        "xep": choice.sort.value,
        "cot": [column.value for column in choice.columns],
    }


class KeepList(FaceForm):
    name = forms.CharField(label=_("Tên bộ lọc"), max_length=60)


class ScanReturn(FaceForm):
    number = forms.CharField(
        label=_("Quét mã trên giấy hẹn, hoặc gõ mã hồ sơ hay số cuối của mã"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "data-mc-scan": ""}),
    )
