"""One row after another: check it, do it in a savepoint of its own, count what came of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, ValidationError

from motcua.agencies.rules.imports import ImportReport, RowFailure, RowWarning
from motcua.agencies.services.files import Line
from motcua.kernel.errors import Refusal


class Done(Enum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class BadRow(Exception):
    """The row cannot be taken; raised inside its savepoint, so nothing of it stays."""

    def __init__(self, field: str, reason: str) -> None:
        self.field, self.reason = field, reason
        super().__init__(reason)


@dataclass
class Tally:
    """Counts while an import runs."""

    subject: str
    counts: dict[Done, int] = field(default_factory=lambda: dict.fromkeys(Done, 0))
    failures: list[RowFailure] = field(default_factory=list)
    warnings: list[RowWarning] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def report(self) -> ImportReport:
        return ImportReport(
            subject=self.subject,
            created=self.counts[Done.CREATED],
            updated=self.counts[Done.UPDATED],
            unchanged=self.counts[Done.UNCHANGED],
            failures=tuple(self.failures),
            warnings=tuple(self.warnings),
            unread=tuple(sorted(self.unread)),
        )


def each(
    rows: Iterable[Any],
    *,
    subject: str,
    schema: Path,
    take: Callable[[Mapping[str, Any], Callable[[str], None]], Done],
    label: Callable[[Mapping[str, Any]], str],
) -> ImportReport:
    """Check each row against the schema and `take` it in its own savepoint; `take` may warn.

    A row that fails leaves nothing behind and does not stop the others.
    """
    tally = Tally(subject)
    checker, known = validator(schema), _body(schema)["properties"].keys()
    for count, row in enumerate(rows, start=1):
        number = row.number if isinstance(row, Line) else count
        name = _label(row, label)
        wrong = [RowFailure(number, name, *fault) for fault in _faults_of(checker, row)]
        if wrong:
            tally.failures += wrong
            continue
        tally.unread |= row.keys() - known
        heard: list[str] = []
        try:
            with transaction.atomic():
                done = take(row, heard.append)
        except BadRow as bad:
            tally.failures.append(RowFailure(number, name, bad.field, bad.reason))
        except Refusal as refusal:
            tally.failures.append(RowFailure(number, name, refusal.code, _sentence(refusal)))
        except UnicodeEncodeError:
            tally.failures.append(RowFailure(number, name, "-", _("có ký tự không lưu được")))
        except (IntegrityError, DataError) as error:
            reason = _("cơ sở dữ liệu từ chối: %(reason)s") % {"reason": str(error).splitlines()[0]}
            tally.failures.append(RowFailure(number, name, "-", reason))
        else:
            tally.counts[done] += 1
            tally.warnings += [RowWarning(number, name, reason) for reason in heard]
    return tally.report()


@cache
def validator(schema: Path) -> Draft202012Validator:
    Draft202012Validator.check_schema(_body(schema))
    return Draft202012Validator(_body(schema))


@cache
def _body(schema: Path) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(schema.read_text("utf-8"))
    return body


def _faults_of(checker: Draft202012Validator, row: Any) -> Iterator[tuple[str, str]]:
    """Field and reason, one reason for each field."""
    if isinstance(row, Line) and row.has_surplus:
        yield "-", _("có ô nằm ngoài các cột của dòng tiêu đề; có thể cả dòng đã bị lệch cột")
        return
    faults: dict[str, str] = {}
    for error in _errors_of(checker, row):
        faults.setdefault(_path(error), _reason(error))
    yield from faults.items()


def _errors_of(checker: Draft202012Validator, row: Any) -> list[ValidationError]:
    found = sorted(checker.iter_errors(row), key=lambda error: [str(part) for part in error.absolute_path])
    if isinstance(row, Mapping) and any(_holds_zero_byte(value) for value in row.values()):
        found.append(ValidationError("zero byte", validator="zero_byte"))
    return found


def _holds_zero_byte(value: Any) -> bool:
    """PostgreSQL stores no zero byte in text or JSON."""
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, Mapping):
        return any(map(_holds_zero_byte, (*value.keys(), *value.values())))
    return isinstance(value, list) and any(map(_holds_zero_byte, value))


def _sentence(refusal: Refusal) -> str:
    """Its sentence in a table of rows, where days stand in figures."""
    said = {
        name: f"{value:%d/%m/%Y}" if isinstance(value, date) else value
        for name, value in refusal.params.items()
    }
    return _(refusal.message) % said if said else _(refusal.message)


def _label(row: Any, label: Callable[[Mapping[str, Any]], str]) -> str:
    if not isinstance(row, Mapping):
        return "?"
    try:
        return str(label(row))[:80] or "?"
    except (KeyError, TypeError, AttributeError):
        return "?"


def _path(error: ValidationError) -> str:
    parts = [str(part) for part in error.absolute_path]
    if error.validator == "required":
        parts.append(_missing(error))
    return ".".join(parts) or "-"


def _missing(error: ValidationError) -> str:
    """Which of the required fields this error is about: there is one error for each, told by its words."""
    wanted = error.validator_value
    names = wanted if isinstance(wanted, list) else []
    return next((str(name) for name in names if error.message.startswith(repr(name))), "?")


def _reason(error: ValidationError) -> str:
    """Why the value cannot stand, in words for the person who made the file."""
    value = json.dumps(error.instance, ensure_ascii=False, default=str)[:60]
    wanted = error.validator_value
    texts = {
        "required": _("thiếu trường bắt buộc"),
        "type": _("giá trị %(value)s sai kiểu, cần %(wanted)s"),
        "enum": _("giá trị %(value)s không có trong danh mục: %(wanted)s"),
        "pattern": _("giá trị %(value)s sai định dạng"),
        "minLength": _("cần ít nhất %(wanted)s ký tự") if error.instance else _("không được để trống"),
        "maxLength": _("dài quá %(wanted)s ký tự"),
        "minimum": _("giá trị %(value)s nhỏ hơn %(wanted)s"),
        "maximum": _("giá trị %(value)s lớn hơn %(wanted)s"),
        "uniqueItems": _("có mục bị lặp lại"),
        "minItems": _("danh sách không được rỗng"),
        "oneOf": _("giá trị %(value)s sai định dạng"),
        "anyOf": _("cần có mã hoặc tên định danh (id) của dòng"),
        "additionalProperties": _("có trường không biết: %(detail)s"),
        "zero_byte": _("có ký tự không lưu được (byte 0)"),
    }
    template = texts.get(str(error.validator), _("không hợp lệ: %(detail)s"))
    shown = ", ".join(str(item) for item in wanted) if isinstance(wanted, list) else str(wanted)
    return template % {"value": value, "wanted": shown, "detail": error.message[:120]}
