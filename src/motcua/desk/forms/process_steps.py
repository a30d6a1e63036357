"""The editor of a process: a form for each step, sent together; buttons add, take out and move steps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms.choices import named
from motcua.process import labels
from motcua.process.enums import StepKind
from motcua.process.rules.drafts import MOST_STEPS, StepEntry
from motcua.theme.forms import FaceForm

_ACT = re.compile(r"(add|drop|up|down)-(\d{1,3})")


class DraftHead(FaceForm):
    name = forms.CharField(label=_("Tên quy trình"), max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=10**9)
    count = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=MOST_STEPS)


class StepForm(FaceForm):
    kind = forms.ChoiceField(label=_("Loại bước"), choices=named(labels.STEP))
    action = forms.CharField(label=_("Nội dung công việc"), max_length=300)
    actor = forms.CharField(label=_("Người làm"), required=False, max_length=200)
    at = forms.ChoiceField(label=_("Cơ quan làm bước này"), required=False)
    unit = forms.ChoiceField(label=_("Đơn vị của cơ quan"), required=False)
    time = forms.CharField(
        label=_("Thời gian"),
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    time_unit = forms.ChoiceField(label=_("Tính bằng"), choices=named(labels.TIME_UNIT))
    group = forms.ChoiceField(
        label=_("Làm song song"),
        required=False,
        choices=lambda: [("", gettext("không")), *((each, gettext("nhóm") + f" {each}") for each in "ABCDE")],
    )
    back_to = forms.IntegerField(
        label=_("Trả lại được về bước số"), required=False, min_value=1, max_value=99
    )
    outside = forms.BooleanField(label=_("Không tính vào thời hạn"), required=False)

    def __init__(
        self, *args: Any, units: Sequence[str], places: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choice_field("at").choices = [
            ("", gettext("cơ quan chủ trì")),
            ("above:province", gettext("cơ quan cấp tỉnh phía trên")),
            *places,
        ]
        self.choice_field("unit").choices = [
            ("", gettext("theo vai trò của bước")),
            *((name, name) for name in units),
        ]
        self.want("actor", "at", "unit", "time", "group", "back_to")

    def clean_time(self) -> str:
        text = str(self.cleaned_data["time"]).strip().replace(",", ".")
        if text and not re.fullmatch(r"\d{1,4}(\.\d{1,4})?|\d{1,3}/[1-9]\d{0,2}", text):
            raise forms.ValidationError(gettext("Hãy nhập một số, ví dụ 4 hoặc 0,5."))
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("time") and data.get("time_unit") == "none":
            self.add_error("time_unit", gettext("Hãy chọn đơn vị của thời gian."))
        return data

    def entry(self) -> StepEntry:
        data = self.cleaned_data
        return StepEntry(
            kind=StepKind(data["kind"]),
            action=" ".join(data["action"].split()),
            unit=data["unit"],
            actor=" ".join(data["actor"].split()),
            time=data["time"],
            time_unit=data["time_unit"] if data["time"] else "none",
            group=data["group"],
            back_to=data["back_to"],
            is_counted=not data["outside"],
            at=data["at"],
        )


def initial_of(step: StepEntry) -> dict[str, Any]:
    return {
        "kind": step.kind.value,
        "action": step.action,
        "unit": step.unit,
        "actor": step.actor,
        "time": step.time.replace(".", ","),
        "time_unit": step.time_unit,
        "group": step.group,
        "back_to": step.back_to,
        "outside": not step.is_counted,
        "at": step.at,
    }


def rearranged(steps: Sequence[StepEntry], act: str) -> tuple[StepEntry, ...]:
    """The steps after a button was pressed: `add-2` puts an empty one behind the second, `drop-2`, `up-2` and
    `down-2` do what they say. Ways back keep leading to the step they led to, or are gone with it."""
    match = _ACT.fullmatch(act)
    if match is None:
        return tuple(steps)
    place, order = int(match[2]), list(range(1, len(steps) + 1))
    if match[1] == "add" and place <= len(order) < MOST_STEPS:
        order.insert(place, 0)
    elif match[1] == "drop" and 1 <= place <= len(order):
        order.pop(place - 1)
    else:
        _swap(order, place - (match[1] == "up"))
    new = {old: index for index, old in enumerate(order, start=1)}
    return tuple(_moved(steps[old - 1], new, new[old]) if old else _EMPTY for old in order)


_EMPTY = StepEntry(StepKind.PROCESS, "")


def _swap(order: list[int], place: int) -> None:
    if 1 <= place < len(order):
        order[place - 1], order[place] = order[place], order[place - 1]


def _moved(step: StepEntry, new: dict[int, int], place: int) -> StepEntry:
    back = new.get(step.back_to) if step.back_to is not None else None
    kept = back if back is not None and back < place else None
    return replace(step, back_to=kept)
