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
from motcua.process.rules.definitions import ALWAYS_DONE
from motcua.process.rules.drafts import LONGEST_CONDITION, MOST_STEPS, StepEntry
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
    shares_time = forms.BooleanField(label=_("Dùng chung thời gian với bước trên"), required=False)
    ends_with_number = forms.BooleanField(label=_("Chỉ xong khi đã ghi số kết quả"), required=False)
    only_if = forms.CharField(
        label=_("Chỉ làm khi"),
        required=False,
        max_length=LONGEST_CONDITION,
        help_text=_(
            "Ví dụ: có khiếu nại. Người làm bước trước chọn; bỏ trống nếu hồ sơ nào cũng qua bước này."
        ),
    )

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
        self.want("actor", "at", "unit", "time", "group", "back_to", "only_if")

    def clean_time(self) -> str:
        text = str(self.cleaned_data["time"]).strip().replace(",", ".")
        if text and not re.fullmatch(r"\d{1,4}(\.\d{1,4})?|\d{1,3}/[1-9]\d{0,2}", text):
            raise forms.ValidationError(gettext("Hãy nhập một số, ví dụ 4 hoặc 0,5."))
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("time") and data.get("time_unit") == "none":
            self.add_error("time_unit", gettext("Hãy chọn đơn vị của thời gian."))
        if data.get("shares_time") and data.get("time"):
            self.add_error("time", gettext("Bước dùng chung thời gian với bước trên thì bỏ trống ô này."))
        if data.get("shares_time") and self.prefix == "s1":
            self.add_error("shares_time", gettext("Bước đầu tiên không có bước nào ở trên."))
        if data.get("ends_with_number") and data.get("kind") not in ("", None, StepKind.CLERICAL):
            self.add_error("ends_with_number", gettext("Chỉ bước văn thư kết thúc bằng việc ghi số."))
        if data.get("only_if") and data.get("kind") in ALWAYS_DONE:
            self.add_error("only_if", gettext("Bước tiếp nhận và bước trả kết quả luôn phải làm."))
        elif data.get("only_if") and data.get("group"):
            self.add_error("only_if", gettext("Bước làm song song không đặt được trường hợp."))
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
            only_if=" ".join(data["only_if"].split()),
            shares_time=data["shares_time"],
            ends_with_number=data["ends_with_number"],
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
        "only_if": step.only_if,
        "shares_time": step.shares_time,
        "ends_with_number": step.ends_with_number,
    }


def rearranged(steps: Sequence[StepEntry], act: str) -> tuple[StepEntry, ...]:
    """The steps after a button was pressed: `add-2` puts an empty one behind the second, `drop-2`, `up-2` and
    `down-2` do what they say. Ways back keep leading to the step they led to, or are gone with it. Steps that
    share a time keep sharing it while they stand together, whichever of them comes first."""
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
    moved = [_moved(steps[old - 1], new, new[old]) if old else _EMPTY for old in order]
    return _sharing(steps, order, moved)


_EMPTY = StepEntry(StepKind.PROCESS, "")


def _sharing(
    steps: Sequence[StepEntry], order: Sequence[int], moved: Sequence[StepEntry]
) -> tuple[StepEntry, ...]:
    """The moved steps with the times that some share, borne by the first of those that stand together."""
    heads: list[int] = []  # for each step as it was, the number of the one that bears its time
    for number, step in enumerate(steps, start=1):
        heads.append(heads[-1] if step.shares_time and heads else number)
    here = [heads[old - 1] if old else 0 for old in order]
    after: list[StepEntry] = []
    for place, step in enumerate(moved):
        head, above = here[place], here[place - 1] if place else 0
        if not head and above and above == (here[place + 1] if place + 1 < len(here) else 0):
            here[place] = head = above  # a new step between two that share
        if head and head == above:
            after.append(replace(step, shares_time=True, time="", time_unit="none"))
        elif heads.count(head) > 1:
            bearer = steps[head - 1] if head not in here[:place] else _EMPTY
            after.append(replace(step, shares_time=False, time=bearer.time, time_unit=bearer.time_unit))
        else:
            after.append(replace(step, shares_time=False))
    return tuple(after)


def _swap(order: list[int], place: int) -> None:
    if 1 <= place < len(order):
        order[place - 1], order[place] = order[place], order[place - 1]


def _moved(step: StepEntry, new: dict[int, int], place: int) -> StepEntry:
    back = new.get(step.back_to) if step.back_to is not None else None
    kept = back if back is not None and back < place else None
    return replace(step, back_to=kept)
