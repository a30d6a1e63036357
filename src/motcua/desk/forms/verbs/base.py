"""What all verb forms share: the version the officer has seen, the open task, and the call of the service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict, cast

from django import forms
from django.utils.choices import flatten_choices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules.publishing import LONGEST_REASON
from motcua.dossiers.rules.reasons import filled, has_gap
from motcua.dossiers.services import reading
from motcua.theme.day_fields import DayField, MomentField
from motcua.theme.forms import FaceForm
from motcua.theme.wording import short_day

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from motcua.catalogue.rules.sheets import ProcedureSheet
    from motcua.dossiers.queries.views import DossierView
    from motcua.dossiers.rules.state import OpenTask, State
    from motcua.dossiers.services import Act
    from motcua.kernel.actors import Actor
    from motcua.kernel.errors import Refusal
    from motcua.theme.errors_on_page import PageError

_WRITTEN = (forms.CharField, DayField, MomentField)


@dataclass(frozen=True, slots=True)
class Occasion:
    """On what a form is filled in: the dossier as seen now, the open task if the verb acts on one."""

    actor: Actor
    dossier: DossierView
    task: OpenTask | None
    at: datetime

    @property
    def state(self) -> State:
        return self.dossier.state

    @property
    def sheet(self) -> ProcedureSheet:
        return self.dossier.sheet


class Common(TypedDict):
    """The arguments every service of a verb takes."""

    actor: Actor
    dossier_id: str
    expected_version: int
    at: datetime


class VerbForm(FaceForm):
    """Base of the forms; `send` calls the service and lets its refusals through."""

    filled_from_templates: ClassVar[tuple[str, ...]] = ("reason",)  # the usual one first

    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, occasion: Occasion, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("version", occasion.dossier.version)
        super().__init__(*args, **kwargs)
        self.occasion = occasion

    def clean(self) -> dict[str, Any]:
        """Refuse a text in which a place that its template left open was not filled in."""
        data = super().clean() or {}
        for name in self.filled_from_templates:
            if has_gap(str(data.get(name) or "")):
                text = gettext("Mẫu còn chỗ để trống (dấu […]). Hãy điền hoặc xóa chỗ đó.")
                self.add_error(name, text)
        return data

    def fill(self, template: str, asked: str = "") -> None:
        """Put a template into the field that was asked for, else the reason; all else stays as it was typed,
        and is not judged yet."""
        name = asked if asked in self.filled_from_templates else self.filled_from_templates[0]
        written = str(self.data.get(self.add_prefix(name)) or "")
        self.unjudged(**{name: filled(written, template)[:LONGEST_REASON]})
        self.fields[name].widget.attrs["autofocus"] = True

    @property
    def common(self) -> Common:
        """Whom, what and when; the version is the one on the page the officer filled in."""
        return Common(
            actor=self.occasion.actor,
            dossier_id=self.occasion.dossier.id,
            expected_version=self.cleaned_data["version"],
            at=self.occasion.at,
        )

    @property
    def task_key(self) -> str:
        return self.occasion.task.key if self.occasion.task else ""

    def linked(self, errors: list[PageError]) -> list[PageError]:
        """The errors of the page; a form with parts that are no fields of it adds the links to those."""
        return errors

    def arranged(self, typed: QueryDict) -> bool:
        """Whether a button was pressed that only changes the form; then it has, and nothing is judged."""
        return False

    def field_of(self, refusal: Refusal) -> str | None:
        """The field that a refusal is about, if the form knows it; else it stands on top."""
        return None

    def send(self) -> Act:
        raise NotImplementedError

    def said_beside(self) -> str:
        """What the officer should know once it was done, beside that it was."""
        return ""

    def finished(self) -> None:
        """What was laid ready for this act is no longer needed: it is done."""

    def typed(self) -> list[tuple[str, str]]:
        """What the officer wrote and chose, for a page that cannot take it any more: labels and texts."""
        said = ((str(bound.label), _said(bound)) for bound in self.visible_fields())
        return [(label, text) for label, text in said if text]


def _said(bound: forms.BoundField) -> str:
    """What stands in a field; of a choice its words, the day and the time of a moment beside one another."""
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return gettext("Có") if bound.field.to_python(value) else ""
    parts = [each for each in (value if isinstance(value, list | tuple) else [value]) if each]
    if isinstance(bound.field, forms.ChoiceField):
        words = {str(key): str(label) for key, label in cast(Any, flatten_choices)(bound.field.choices)}
        return ", ".join(words[str(each)] for each in parts if str(each) in words)
    if not isinstance(bound.field, _WRITTEN):
        return ""
    return " ".join(short_day(each) if isinstance(each, date) else str(each) for each in parts)


def reason_field(label: str | _StrPromise, hint: str | _StrPromise = "") -> forms.CharField:
    """A required text of several lines."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def note_field(label: str | _StrPromise | None = None, hint: str | _StrPromise = "") -> forms.CharField:
    """An optional text of several lines."""
    return forms.CharField(
        label=label or _("Ghi chú nội bộ"),
        help_text=hint,
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def ground_of_visit() -> forms.CharField:
    """Why somebody who filed online is asked to come once more than the regulation allows."""
    return note_field(
        _("Lý do mời thêm"),
        _("Chỉ cần khi quy chế không cho yêu cầu người nộp trực tuyến đến thêm lần nào nữa."),
    )


class FormWithCases(VerbForm):
    """Asks which case the dossier is, where the process has a step behind this one that only some take."""

    outcome = forms.ChoiceField(
        label=_("Trường hợp của hồ sơ"),
        widget=forms.RadioSelect(),
        help_text=_("Có bước chỉ làm trong một số trường hợp. Hãy chọn trường hợp đúng với hồ sơ này."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        task = self.occasion.task
        ways = reading.cases_of(self.occasion.state, task) if task else ()
        if not ways:
            del self.fields["outcome"]
            return
        straight, *cases = ways
        self.choice_field("outcome").choices = [
            (straight.key, gettext("thông thường")),
            *((way.key, way.label) for way in cases),
        ]

    @property
    def case(self) -> str:
        """The outcome that was chosen; empty where there was nothing to choose."""
        return str(self.cleaned_data.get("outcome", ""))
