"""Template tags of both faces. `{% load motcua %}`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast
from urllib.parse import urlencode

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    PasswordInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from motcua.catalogue.rules.fees import FeeDue
from motcua.kernel.bilingual import Bilingual
from motcua.kernel.limits import TimeLimit
from motcua.kernel.money import Money
from motcua.law.rules.texts import place_of
from motcua.notify.queries import Notice
from motcua.theme import planned, wording
from motcua.theme.day_fields import MomentInput
from motcua.theme.forms import FaceForm
from motcua.theme.guides import library, places
from motcua.theme.rail import RailGroup, drawn

register = template.Library()

COMPONENTS = "theme/components/"
LONG_LIST = 20  # choices; a longer list is given a field to search in it, by script


@register.filter
def broken_kindly(text: object) -> SafeString | object:
    """An e-mail address that breaks over lines after @ or a dot, if at all; anything else as it is."""
    words = str(text)
    if "@" not in words or " " in words:
        return text
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in re.split(r"(?<=[@.])", words)))


@register.simple_tag
def rail_links(groups: Sequence[RailGroup], has_keys: bool = False) -> SafeString:
    return drawn(groups, has_keys=has_keys)


@register.filter
def in_language(text: Bilingual) -> str:
    return wording.in_language(text)


@register.filter
def vn_datetime(at: datetime | None) -> str:
    """ "08 giờ 30 phút, ngày 24 tháng 3 năm 2022"."""
    return wording.long_moment(at) if at else ""


@register.filter
def short_datetime(at: datetime | None) -> str:
    """ "08:30 24/03/2022"."""
    return wording.short_moment(at) if at else ""


@register.filter
def short_date(day: date | None) -> str:
    return wording.short_day(day) if day else ""


@register.filter
def at(items: Sequence[Any], index: int) -> Any:
    """The item beside another list of the same length."""
    return items[index]


@register.filter
def money(amount: Money | int | None) -> str:
    """ "50.000 đồng"; whole đồng."""
    if amount is None:
        return ""
    return str(amount if isinstance(amount, Money) else Money(amount))


@register.filter
def fee_amount(amount: Money | None, free_if: str = "") -> str:
    """What a fee costs, in words; `free_if` are the cases in which a fee of nothing is nothing."""
    return wording.fee_amount(amount, free_if)


@register.filter
def when_due(due: FeeDue | None) -> str:
    """When a fee is paid, in words; nothing where that is not told of it."""
    return wording.when_due(due)


@register.filter
def time_limit(limit: TimeLimit | None) -> str:
    return wording.time_limit(limit) if limit else ""


@register.filter
def file_size(size: int | None) -> str:
    return wording.file_size(size) if size is not None else ""


@register.filter
def weekday(day: date) -> str:
    """ "Thứ Hai"."""
    return wording.weekday(day)


@register.filter
def hours(minutes: int) -> str:
    """ "3 giờ 30 phút"."""
    return wording.hours(minutes)


@register.filter
def in_words(clause_ids: str | Sequence[str]) -> str:
    """ "khoản 1 Điều 8, điểm a khoản 2 Điều 9" of the ids of clauses, each place once."""
    ids = (clause_ids,) if isinstance(clause_ids, str) else clause_ids
    return ", ".join(dict.fromkeys(wording.clause(place_of(each)) for each in ids))


@register.filter
def item(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """The value of a mapping under a key held in a variable."""
    return mapping.get(key) if mapping else None


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The current query string with some parameters changed; `None` removes one."""
    current = {key: values[-1] for key, values in context["request"].GET.lists()}
    current.update({key: str(value) for key, value in changes.items() if value is not None})
    for key in [key for key, value in changes.items() if value is None]:
        current.pop(key, None)
    return "?" + urlencode(current)


@register.simple_tag
def planned_stops() -> tuple[Notice, ...]:
    return planned.stops()


@register.simple_tag
def guide_picture(name: str, language: str) -> library.Picture:
    """A picture of the guides by its name; raises KeyError for one that `make screenshots` did not take."""
    return library.pictures(language)[name]


@register.simple_tag(takes_context=True)
def help_here(context: template.Context) -> str:
    """The address of the section of the guide that helps on this page; empty where none does."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None:
        return ""
    place = places.place_for(match.view_name, str(match.kwargs.get("slug", "")))
    return f"{reverse(match.namespace + ':guide')}#{place.anchor}" if place else ""


@register.inclusion_tag(COMPONENTS + "due_pill.html")
def due_pill(
    remaining: int | None, day_minutes: int = 480, due_at: datetime | None = None
) -> dict[str, object]:
    """Pill from the opening minutes left (negative: late); `due_at` is read out beside it."""
    return {"pill": None if remaining is None else wording.due_pill(remaining, day_minutes), "due_at": due_at}


@register.inclusion_tag(COMPONENTS + "tag.html")
def status_tag(text: str, tone: str = "") -> dict[str, str]:
    """A state in words; tone `good`, `wait`, `bad` or nothing."""
    return {"text": text, "tone": tone}


@register.inclusion_tag(COMPONENTS + "field.html")
def field(
    bound: BoundField,
    width: str = "",
    label_size: str = "",
    autocomplete: str = "",
    is_heading: bool = False,
) -> dict[str, object]:
    """One field of a Django form with label, hint and error, as the design system draws it.

    `is_heading`: the question is the heading of its page.
    """
    kind = kind_of(bound)
    is_wanted = cast(FaceForm, bound.form).is_wanted(bound.name)
    return {
        "field": bound,
        "kind": kind,
        "widget": draw(bound, kind, width, autocomplete),
        "options": options_of(bound) if kind in GROUPS else (),
        "lines": lines_of(bound) if kind == "moment" else (),
        "label_size": label_size,
        "is_heading": is_heading,
        # An empty field that is refused was needed after all: another answer asks for it.
        "is_optional": not is_wanted and (not bound.errors or bool(bound.value())),
    }


GROUPS = ("radios", "checkboxes")
CLASSES = {
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "input": "govuk-input",
}


def kind_of(bound: BoundField) -> str:
    widget = bound.field.widget
    kinds: tuple[tuple[type, str], ...] = (
        (MomentInput, "moment"),
        (CheckboxSelectMultiple, "checkboxes"),  # which Django derives from RadioSelect
        (RadioSelect, "radios"),
        (CheckboxInput, "checkbox"),
        (Select, "select"),
        (Textarea, "textarea"),
        (FileInput, "file"),
        (PasswordInput, "password"),
    )
    return next((kind for cls, kind in kinds if isinstance(widget, cls)), "input")


def described_by(bound: BoundField) -> str:
    parts = [f"{bound.auto_id}-hint"] if bound.help_text else []
    parts += [f"{bound.auto_id}-error"] if bound.errors else []
    return " ".join(parts)


def draw(bound: BoundField, kind: str, width: str, autocomplete: str) -> SafeString | None:
    """The bare control; None for radios, checkboxes and moments, whose template draws each part."""
    if kind in GROUPS or kind == "moment":
        return None
    base, *more = CLASSES[kind].split()
    classes = (
        [base, *more, *bound.field.widget.attrs.get("class", "").split()]
        + ([f"{base}--error"] if bound.errors else [])
        + ([f"govuk-input--width-{width}"] if width else [])
    )
    attrs: dict[str, Any] = {"class": " ".join(classes), "aria-describedby": described_by(bound) or False}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if autocomplete:
        attrs["autocomplete"] = autocomplete
    if kind == "select" and _count(cast(Select, bound.field.widget).choices) > LONG_LIST:
        attrs["data-mc-find"] = gettext("Gõ vài chữ để lọc danh sách, không cần dấu")
        attrs["data-mc-found"] = gettext("mục phù hợp")
    return bound.as_widget(attrs=attrs)


def _count(choices: Any) -> int:
    """How many there are, those in groups too."""
    return sum(len(each) if isinstance(each, list | tuple) else 1 for _, each in choices)


def options_of(bound: BoundField) -> list[dict[str, object]]:
    """Options of a group; the first one carries the id that the error summary links to."""
    hints = cast(FaceForm, bound.form).option_hints.get(bound.name, {})
    return [
        {
            "id": bound.auto_id if index == 0 else f"{bound.auto_id}_{index}",
            "name": bound.html_name,
            "value": option.data["value"],
            "label": option.data["label"],
            "checked": option.data["selected"],
            "hint": hints.get(str(option.data["value"]), ""),
        }
        for index, option in enumerate(bound.subwidgets)
    ]


def lines_of(bound: BoundField) -> list[dict[str, object]]:
    """The lines of a moment: its day, which carries the id that the error summary links to, and its time."""
    widget = cast(MomentInput, bound.field.widget)
    drawn = widget.get_context(bound.html_name, bound.value(), {})["widget"]["subwidgets"]
    labels, ids = (gettext("Ngày"), gettext("Giờ")), (bound.auto_id, f"{bound.auto_id}_time")
    return [
        {
            "id": ids[index],
            "label": labels[index],
            "name": part["name"],
            "value": part["value"] or "",
            "classes": part["attrs"]["class"],
            "inputmode": part["attrs"]["inputmode"],
        }
        for index, part in enumerate(drawn)
    ]
