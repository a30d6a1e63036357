"""The register of dossiers: one line for each dossier that a desk took in.

Basis: KT22-14.2bis.a#5, KT22-23.2#1; columns by reference TT 01/2018 Mẫu 06 (found, memory).
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.documents.rules import wording
from motcua.kernel.errors import N_

HEADINGS = (
    N_("STT"),
    N_("Mã hồ sơ"),
    N_("Tên thủ tục hành chính"),
    N_("Số lượng hồ sơ (bộ)"),
    N_("Tên cá nhân, tổ chức"),
    N_("Địa chỉ, số điện thoại"),
    N_("Cơ quan chủ trì giải quyết"),
    N_("Nhận hồ sơ"),
    N_("Hẹn trả kết quả"),
    N_("Trả kết quả"),
    N_("Phương thức nhận kết quả"),
    N_("Ký nhận"),
    N_("Ghi chú"),
)
# Behind the columns of the form, in the spreadsheet only: there each cell holds one moment, so that it can be
# sorted; on the screen and on paper both stand in one.
CAME = N_("Đến ngoài giờ làm việc, lúc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line; a moment that has not come yet is None.

    `number` is what the receipt bears as its number in the register: the last part of the code (ADR 0015).
    """

    number: str
    code: str
    procedure: str
    sets: int
    applicant: str
    address: str
    phone: str
    settled_by: str
    received_at: datetime | None
    due_at: datetime | None
    returned_at: datetime | None
    way: str
    signed: str
    note: str
    came_at: datetime | None = None  # where it came earlier than it counts: off hours
    due_words: str = ""  # before the promised date, where a pause has put it off
    status: str = ""  # shown on the screen only: the printed form has no such column


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Sổ theo dõi hồ sơ of one desk, for the days from `first` to `last`."""

    agency: str
    desk: str
    place: str
    book: str
    first: date
    last: date
    lines: tuple[Line, ...]
    system_name: str
    issued_at: datetime
    is_sample: bool = False


def cells(line: Line, count: int) -> tuple[str, ...]:
    """The texts of a line, in the order of `HEADINGS`; `count` is its running number among those printed."""
    return (
        str(count),
        line.code,
        line.procedure,
        wording.count(line.sets),
        line.applicant,
        "; ".join(part for part in (line.address, line.phone) if part),
        line.settled_by,
        _receipt(line),
        _promise(line),
        _moment(line.returned_at),
        line.way,
        line.signed,
        line.note,
    )


def moments(line: Line) -> dict[str, datetime]:
    """The moments of a line that have come or are fixed, by their heading."""
    due = None if line.due_words else line.due_at  # a date that holds no more is said in words
    of = {"Nhận hồ sơ": line.received_at, "Hẹn trả kết quả": due, "Trả kết quả": line.returned_at}
    return {heading: at for heading, at in of.items() if at is not None}


def texts(register: Register, drawn: AbstractSet[int]) -> dict[str, Any]:
    """The texts of the register by name, ready for JSON."""
    names = ("agency", "desk", "place", "book", "system_name")
    lines = {name: wording.line(getattr(register, name), drawn) for name in names}
    return lines | {
        "code": "",
        "first": wording.date_words(register.first),
        "last": wording.date_words(register.last),
        "headings": list(HEADINGS),
        "rows": [
            {
                "cells": [wording.narrow(cell, drawn) for cell in cells(line, count)],
                "code": _code(line, drawn),
            }
            for count, line in enumerate(register.lines, start=1)
        ],
        "issued_on": wording.day(register.issued_at),
        "issued_at": wording.moment(register.issued_at),
        "is_sample": register.is_sample,
    }


def _code(line: Line, drawn: AbstractSet[int]) -> list[str]:
    """The code in two parts, the second of which the receipt bears as its number in the register."""
    tail = line.number if line.number and line.code.endswith(line.number) else line.code
    return [wording.code(line.code.removesuffix(tail), drawn), wording.narrow(tail, drawn)]


def _receipt(line: Line) -> str:
    """From when the dossier counts; beside it when it came, where the agency was closed then."""
    if line.came_at is None:
        return _moment(line.received_at)
    return f"{_moment(line.came_at)}; tính từ {_moment(line.received_at)}"


def _promise(line: Line) -> str:
    """The promised date; one from before a pause is said to be that."""
    return " ".join(part for part in (line.due_words, _moment(line.due_at)) if part) if line.due_at else ""


def _moment(at: datetime | None) -> str:
    return wording.short_moment(at) if at else ""
