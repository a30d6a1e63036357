"""What is written out of what happened on a day: receipt and handling, and nothing of any person."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

MOST_AT_ONCE = 31  # days that one run makes up for; the next run goes on

FILED = frozenset({"submitted", "registered"})
HEADINGS = (
    "Lúc", "Nhập bổ sung lúc", "Cơ quan", "Mã thủ tục", "Thủ tục", "Cách nộp", "Mã hồ sơ", "Việc đã làm",
    "Tình trạng", "Hẹn trả", "Có kết quả lúc", "Quá hẹn", "Trả lời, chuyển chậm",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done to a dossier that day, and how the dossier stood when it was written out."""

    at: datetime
    entered_at: datetime | None
    agency: str
    procedure_code: str
    procedure: str
    channel: str
    reference: str
    kind: str
    done: str
    status: str
    due_at: datetime | None
    finished_at: datetime | None
    is_late: bool
    settles: bool = False  # with it the result came to the desk
    desk_late: str = ""  # what the desk did too late by this, or had not done when it ended the dossier


@dataclass(slots=True)
class Figures:
    events: int = 0
    filed: int = 0
    accepted: int = 0
    settled: int = 0


@dataclass(slots=True)
class Sheet:
    """The text of an extract while it is written, and what was counted meanwhile."""

    figures: Figures = field(default_factory=Figures)
    text: io.StringIO = field(default_factory=lambda: io.StringIO(newline=""))

    def content(self) -> bytes:
        """With the mark by which spreadsheets know that it is Unicode."""
        return ("\ufeff" + self.text.getvalue()).encode()


def days_due(last: date | None, today: date) -> tuple[date, ...]:
    """The days that are over and not written out yet, oldest first; without any before, only yesterday.

    The text says "periodically" and names no period: a file for each day serves every period.

    Basis: QN20-23.7#2.
    """
    yesterday = today - timedelta(days=1)
    first = yesterday if last is None else last + timedelta(days=1)
    due = (yesterday - first).days + 1
    return tuple(first + timedelta(days=number) for number in range(min(max(due, 0), MOST_AT_ONCE)))


def written(lines: Iterable[Line]) -> Sheet:
    """The lines as a table that every spreadsheet opens. Who applied, and what they declared, is not in it.

    Basis: QN20-23.7#2.
    """
    sheet = Sheet()
    out = csv.writer(sheet.text)
    out.writerow(HEADINGS)
    for line in lines:
        out.writerow(
            (
                _moment(line.at), _moment(line.entered_at), line.agency, line.procedure_code, line.procedure,
                line.channel, line.reference, line.done, line.status, _moment(line.due_at),
                _moment(line.finished_at), "Có" if line.is_late else "", line.desk_late,
            )
        )  # fmt: skip
        _count(sheet.figures, line)
    return sheet


def _count(figures: Figures, line: Line) -> None:
    figures.events += 1
    figures.filed += line.kind in FILED
    figures.accepted += line.kind == "accepted"
    figures.settled += line.settles


def _moment(at: datetime | None) -> str:
    return at.isoformat(sep=" ", timespec="minutes")[:16] if at else ""
