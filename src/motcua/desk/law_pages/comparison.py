"""Regulations side by side, and one dossier under two of them, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from motcua.dossiers import labels
from motcua.dossiers.rules.under import Objection, Verdict
from motcua.law import queries
from motcua.law.rules import Regulation
from motcua.law.rules.comparing import Side, compare
from motcua.theme import regulations as words
from motcua.theme import wording
from motcua.theme.provinces import PROVINCES
from motcua.theme.refusals import worded


@dataclass(frozen=True, slots=True)
class Row:
    """One key: what each regulation says of it, None where it is silent."""

    label: str
    cells: tuple[words.ValueLine | None, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """`anchor` is its own on the page: a matter may stand among what differs and among what is alike."""

    anchor: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A regulation beside others: whose it is, and whether the house stands in that province."""

    regulation: Regulation
    province: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    columns: tuple[Column, ...]
    different: tuple[Matter, ...]
    alike: tuple[Matter, ...]
    count_different: int
    count_alike: int


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a dossier under its own regulation and under the other."""

    label: str
    own: str
    other: str

    @property
    def differs(self) -> bool:
        return self.own != self.other


def columns(regulations: Iterable[Regulation], own: str) -> tuple[Column, ...]:
    """`own` is the key of the province that the house serves."""
    return tuple(
        Column(each, gettext(PROVINCES[each.province].name), each.province == own) for each in regulations
    )


def comparison(regulations: Sequence[Regulation], own: str) -> Comparison:
    sides = compare(regulations)
    different = [side for side in sides if side.differs]
    alike = [side for side in sides if not side.differs]
    return Comparison(
        columns(regulations, own),
        _matters(different, "khac"),
        _matters(alike, "giong"),
        len(different),
        len(alike),
    )


def _matters(sides: list[Side], part: str) -> tuple[Matter, ...]:
    readings = dict(queries.law().readings)
    gathered: dict[str, list[Row]] = {}
    for side in sides:
        cells = tuple(words.line(value, readings) if value else None for value in side.values)
        gathered.setdefault(words.matter_of(side.key), []).append(Row(words.label(side.key), cells))
    return tuple(
        Matter(f"{part}-{matter}", words.heading(matter), tuple(rows)) for matter, rows in gathered.items()
    )


def points(own: Verdict, other: Verdict) -> tuple[Point, ...]:
    """The points at which regulations part, in the order of the life of a dossier."""
    return tuple(Point(label, tell(own), tell(other)) for label, tell in _points())


def _points() -> tuple[tuple[str, Callable[[Verdict], str]], ...]:
    return (
        (gettext("Thời điểm tiếp nhận chính thức"), lambda one: _moment(one.received_at)),
        (gettext("Hạn trả lời hồ sơ vừa nộp"), lambda one: _kept(one.reply_due, one.replied_late)),
        (
            gettext("Hạn chuyển đến bộ phận giải quyết"),
            lambda one: _kept(one.forwarding_due, one.forwarded_late),
        ),
        (gettext("Ngày hẹn trả kết quả"), lambda one: _kept(one.due_at, one.is_late)),
        (gettext("Số lần được yêu cầu bổ sung"), lambda one: _allowed(one.supplements_allowed)),
        (gettext("Người kiểm soát việc yêu cầu bổ sung"), _control),
    )


def objections(found: Sequence[Objection]) -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
    """Moment, act, sentence and clauses of each refusal that would have come."""
    return tuple(
        (
            wording.short_moment(one.at),
            gettext(labels.EVENT.get(one.kind, one.kind)),
            worded(one.message, one.params),
            one.clauses,
        )
        for one in found
    )


def _moment(at: datetime | None) -> str:
    return wording.short_moment(at) if at else gettext("không có")


def _kept(due_at: datetime | None, is_late: bool) -> str:
    told = _moment(due_at)
    return gettext("%(moment)s, đã trễ") % {"moment": told} if is_late else told


def _allowed(number: int | None) -> str:
    return gettext("không giới hạn") if number is None else str(number)


def _control(one: Verdict) -> str:
    key = "supplement.control"
    return (
        words.value_text(key, one.supplement_control) if one.supplement_control else gettext("không quy định")
    )
