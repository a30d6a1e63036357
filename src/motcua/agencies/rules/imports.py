"""What an import says when it is done: counts, and each row that failed with field and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from motcua.kernel.errors import N_


@dataclass(frozen=True, slots=True)
class RowFailure:
    """One thing wrong with one row. `row` is the line of a table, its header the first,
    else it counts from 1; `field` is a path such as `legal_time.unit`."""

    row: int
    label: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class RowWarning:
    row: int
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts of rows. A failed row changed nothing. `unread` names the fields of rows that nothing reads."""

    subject: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failures: tuple[RowFailure, ...] = ()
    warnings: tuple[RowWarning, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def failed(self) -> int:
        return len({failure.row for failure in self.failures})

    def lines(self, translate: Callable[[str], str] = str) -> tuple[str, ...]:
        """The report as text: warnings, failures, fields that were not read, and counts at the end."""
        failure_text = translate(N_("Dòng %(row)d (%(label)s), trường %(field)s: %(reason)s"))
        warning_text = translate(N_("Lưu ý dòng %(row)d (%(label)s): %(reason)s"))
        counts_text = translate(
            N_(
                "%(subject)s: tạo mới %(created)d, cập nhật %(updated)d, "
                "giữ nguyên %(unchanged)d, lỗi %(failed)d"
            )
        )
        warned = [
            warning_text % {"row": item.row, "label": item.label, "reason": item.reason}
            for item in self.warnings
        ]
        failed = [
            failure_text % {"row": item.row, "label": item.label, "field": item.field, "reason": item.reason}
            for item in self.failures
        ]
        counts = counts_text % {
            "subject": translate(self.subject),
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "failed": self.failed,
        }
        unread_text = translate(N_("Các trường không được đọc: %(names)s"))
        unread = [unread_text % {"names": ", ".join(self.unread)}] if self.unread else []
        return (*warned, *failed, *unread, counts)
