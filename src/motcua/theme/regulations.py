"""Regulations in words: what a key is called, what a value says, how well its source is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext

from motcua.kernel.limits import TimeLimit
from motcua.law import labels
from motcua.law.rules import Mark, Plain, Reading, Reference, Regulation, Value, schema
from motcua.law.rules.key_spec import Kind
from motcua.theme import wording

_TONES = {
    Mark.FOUND: "good",
    Mark.SECONDARY: "wait",
    Mark.MEMORY: "wait",
    Mark.MISSING: "bad",
    Mark.OURS: "wait",
}


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value as pages show it. `key` is the technical name; nothing is shown of it to citizens."""

    key: str
    label: str
    text: str
    clauses: tuple[str, ...]
    reference: str
    mark: str
    tone: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one matter, such as intake."""

    heading: str
    lines: tuple[ValueLine, ...]


def groups(regulation: Regulation, readings: dict[str, Reading]) -> tuple[Group, ...]:
    """Everything that the regulation says, by matter, in the order of the schema."""
    by_matter: dict[str, list[ValueLine]] = {}
    for key in schema.KEYS:
        value = regulation.get(key)
        if value is not None:
            by_matter.setdefault(matter_of(key), []).append(line(value, readings))
    return tuple(Group(heading(matter), tuple(lines)) for matter, lines in by_matter.items())


def line(value: Value, readings: dict[str, Reading]) -> ValueLine:
    reference = value.by_reference
    return ValueLine(
        key=value.key,
        label=label(value.key),
        text=value_text(value.key, value.value),
        clauses=value.clauses,
        reference=reference_text(reference) if reference else "",
        mark=mark_text(reference),
        tone=mark_tone(reference),
        readings=tuple(readings[one] for one in value.readings if one in readings),
    )


def matter_of(key: str) -> str:
    """`intake` of `intake.reply_limit`."""
    return key.partition(".")[0]


def heading(matter: str) -> str:
    return gettext(labels.GROUPS.get(matter, matter))


def label(key: str) -> str:
    """Its name; a key that nobody has named yet (a test asks) shows its meaning."""
    return gettext(labels.KEYS[key]) if key in labels.KEYS else schema.spec(key).meaning


def reference_text(reference: Reference) -> str:
    """The law with its article, from when it holds where that is later than the regulation, and what changed
    the article since; empty for what is ours."""
    told = reference.place
    if reference.since is not None:
        told = gettext("%(place)s, áp dụng từ ngày %(day)s") % {
            "place": told,
            "day": f"{reference.since:%d/%m/%Y}",
        }
    if reference.amended is not None:
        told = gettext("%(place)s, sửa đổi bởi %(by)s từ ngày %(day)s (chưa đọc nội dung sửa đổi)") % {
            "place": told,
            "by": reference.amended.by,
            "day": f"{reference.amended.since:%d/%m/%Y}",
        }
    return told


def mark_text(reference: Reference | None) -> str:
    if reference is None:
        return ""
    if reference.amended is not None and reference.mark is Mark.FOUND:
        return gettext("đã đọc văn bản trước khi sửa đổi")
    return gettext(labels.MARKS[reference.mark])


def mark_tone(reference: Reference | None) -> str:
    if reference is None:
        return ""
    return "wait" if reference.amended is not None else tone_of(reference.mark)


def tone_of(mark: Mark) -> str:
    return _TONES[mark]


def value_text(key: str, value: Plain) -> str:
    """The value in words: "08 giờ làm việc", "trực tuyến; bưu chính công ích", "có"."""
    match value:
        case None:
            return gettext("chưa biết giá trị")
        case bool():
            return gettext("có") if value else gettext("không")
        case TimeLimit():
            return wording.time_limit(value)
        case dt.time():
            return gettext("%(hour)s giờ %(minute)s phút") % {
                "hour": f"{value.hour:02d}",
                "minute": f"{value.minute:02d}",
            }
        case dt.date():
            return wording.short_day(value)
        case tuple():
            return "; ".join(_word(key, one) for one in value)
        case str() if schema.spec(key).kind is Kind.DAY_OF_YEAR:
            month, _, day = value.partition("-")
            return f"{day}/{month}"
        case _:
            return _word(key, str(value))


def _word(key: str, word: str) -> str:
    """A word of the schema in words for people; free texts as they stand, the parts of a code by name."""
    if word in schema.spec(key).allowed:
        return gettext(labels.WORDS.get(word, word))
    for place, said in labels.CODE_PARTS.items():
        word = word.replace(f"{{{place}}}", f"[{gettext(said)}]")
    return word
