"""Importing processes: each row becomes published versions, or is refused with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.agencies.rules.imports import ImportReport
from motcua.agencies.services import files
from motcua.agencies.services.rows import BadRow, Done, each
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import Channel
from motcua.catalogue.errors import UnknownProcedure
from motcua.catalogue.rules import codes
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_
from motcua.kernel.limits import TimeLimit
from motcua.process.rules import checking, reading
from motcua.process.rules.definitions import ProcessDefinition
from motcua.process.services.versions import store

DATA = Path(__file__).resolve().parent.parent / "data"
SCHEMA = DATA / "process.schema.json"
SUBJECT = N_("Quy trình nội bộ")
Row = Mapping[str, Any]


def import_file(path: Path, *, actor: Actor, at: datetime) -> ImportReport:
    """Import a JSON file of processes. Raises UnreadableFile if it cannot be read as a whole."""
    sheet = files.read(path, keys=("processes", "rows"))
    valid_from = sheet.meta.get("valid_from")
    return import_processes(
        rows=sheet.rows,
        actor=actor,
        at=at,
        valid_from=date.fromisoformat(valid_from) if isinstance(valid_from, str) else None,
    )


@transaction.atomic
def import_processes(
    *, rows: Iterable[Any], actor: Actor, at: datetime, valid_from: date | None = None
) -> ImportReport:
    """Publish a version for each row that says something new, one for each procedure that shares the table.

    A table with findings (a sum that is not the total, a step nobody reaches) is refused unless its row gives
    a reason under `override`; the findings are then warnings, kept with the version.
    """

    def take(row: Row, warn: Callable[[str], None]) -> Done:
        done = [_publish(row, code, warn, actor, at, valid_from) for code in _codes(row)]
        return min(done, key=list(Done).index)

    return each(rows, subject=SUBJECT, schema=SCHEMA, take=take, label=lambda row: str(row.get("id", "?")))


def _codes(row: Row) -> list[str]:
    """The procedures that share the table: codes, or objects that hold one; else the row's own code."""
    shared = row.get("procedures") or [row.get("code")]
    return [str((item["code"] if isinstance(item, Mapping) else item) or "") for item in shared]


def _publish(
    row: Row,
    printed_code: str,
    warn: Callable[[str], None],
    actor: Actor,
    at: datetime,
    valid_from: date | None,
) -> Done:
    try:
        definition = reading.definition(row, procedure_code=codes.comparable(printed_code))
    except ValueError as error:
        raise BadRow("steps", _(str(error))) from None
    findings = [
        _(found.message) % found.params for found in checking.check(definition, _legal(definition), _)
    ]
    override = str(row.get("override", "")).strip()
    if findings and not override:
        reason = _("%(findings)s Nếu vẫn ban hành, ghi lý do vào trường override.")
        raise BadRow("steps", reason % {"findings": " ".join(findings)})
    for finding in findings:
        warn(_("%(finding)s Lý do chấp nhận: %(reason)s.") % {"finding": finding, "reason": override})
    overrides = [{"finding": finding, "reason": override} for finding in findings]
    starts = _day(row, "valid_from") or valid_from
    province = str(row.get("province", ""))
    return store(
        row["id"],
        definition,
        actor,
        at,
        starts,
        valid_to=_day(row, "valid_to"),
        province=province,
        overrides=overrides,
    )


def _legal(definition: ProcessDefinition) -> TimeLimit | None:
    if not definition.procedure_code:
        return None
    try:
        sheet = catalogue.by_code(definition.procedure_code)
    except UnknownProcedure:
        return None
    offered = sheet.limit_for(Channel.COUNTER, definition.variant)
    return offered.limit if offered else None


def _day(row: Row, name: str) -> date | None:
    if not row.get(name):
        return None
    try:
        return date.fromisoformat(row[name])
    except ValueError:
        raise BadRow(name, _("ngày %(text)s không có thật") % {"text": row[name]}) from None
