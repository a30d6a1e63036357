"""Importing processes and generating standard ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
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
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.kernel.actors import Actor
from motcua.kernel.canonical import canonical_json
from motcua.kernel.errors import N_
from motcua.kernel.limits import TimeLimit
from motcua.process.models import Process
from motcua.process.rules import checking, reading, standard, wire
from motcua.process.rules.definitions import ProcessDefinition
from motcua.worktime.rules import local

DATA = Path(__file__).resolve().parent / "data"
SCHEMA = DATA / "process.schema.json"
SUBJECT = N_("Quy trình nội bộ")
Row = Mapping[str, Any]
FROM_THE_START = date(2018, 1, 1)


@transaction.atomic
def load_published(*, actor: Actor, at: datetime) -> ImportReport:
    """Import the processes of the data folder and generate the missing ones. Safe to repeat."""
    report = import_file(DATA / "processes.json", actor=actor, at=at)
    generate_standards(actor=actor, at=at, valid_from=FROM_THE_START)
    return report


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


@transaction.atomic
def generate_standards(*, actor: Actor, at: datetime, valid_from: date | None = None) -> int:
    """Give a standard process to every procedure that has no approved one for all cases; how many."""
    starts = valid_from or local(at).date()
    covered = set(
        Process.objects.filter(variant="", valid_to__isnull=True).values_list("procedure_code", flat=True)
    )
    made = 0
    for card in catalogue.published():
        if card.code not in covered:
            sheet = catalogue.sheet(card.version_id)
            generate_standard(sheet=sheet, actor=actor, at=at, valid_from=starts)
            made += 1
    return made


@transaction.atomic
def generate_standard(
    *, sheet: ProcedureSheet, actor: Actor, at: datetime, valid_from: date, variant: str | None = None
) -> ProcessDefinition:
    """Publish the standard process of a procedure (of one case of it); the definition with its id."""
    made = standard.generate(sheet, sheet.limit_for(Channel.COUNTER, variant))
    made = _for_variant(made, variant)
    _store(f"chuan-{sheet.code.lower().replace('.', '-')}"[:110], made, actor, at, valid_from, None, "", [])
    row = Process.objects.get(key=f"chuan-{sheet.code.lower().replace('.', '-')}"[:110], valid_to=None)
    return wire.from_json(row.body, id=row.pk)


def _codes(row: Row) -> list[str]:
    """The procedures that share the table: codes, or objects that hold one; else the row's own code."""
    shared = row.get("procedures") or [row.get("code")]
    return [str((item["code"] if isinstance(item, Mapping) else item) or "") for item in shared]


def _for_variant(made: ProcessDefinition, variant: str | None) -> ProcessDefinition:
    return (
        made if made.variant == variant else wire.from_json({**wire.to_json(made), "variant": variant}, id=0)
    )


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
    return _store(row["id"], definition, actor, at, starts, _day(row, "valid_to"), province, overrides)


def _legal(definition: ProcessDefinition) -> TimeLimit | None:
    if not definition.procedure_code:
        return None
    try:
        sheet = catalogue.by_code(definition.procedure_code)
    except UnknownProcedure:
        return None
    offered = sheet.limit_for(Channel.COUNTER, definition.variant)
    return offered.limit if offered else None


def _store(
    key: str,
    definition: ProcessDefinition,
    actor: Actor,
    at: datetime,
    valid_from: date | None,
    valid_to: date | None,
    province: str,
    overrides: list[dict[str, str]],
) -> Done:
    body = wire.to_json(definition)
    content_hash = sha256(canonical_json(body)).digest()
    versions = Process.objects.select_for_update().filter(key=key, procedure_code=definition.procedure_code)
    newest = versions.order_by("-number").first()
    if newest is not None and bytes(newest.content_hash) == content_hash and newest.valid_to == valid_to:
        return Done.UNCHANGED
    today = local(at).date()
    starts = valid_from or today
    if newest is not None:
        starts = starts if starts > newest.valid_from else today
        _end(newest, starts)
    Process.objects.create(
        key=key,
        number=1 if newest is None else newest.number + 1,
        procedure_code=definition.procedure_code,
        variant=definition.variant or "",
        province=province,
        name=definition.name,
        body=body,
        content_hash=content_hash,
        is_sample=definition.is_sample,
        is_generated=definition.is_generated,
        overrides=overrides,
        valid_from=starts,
        valid_to=valid_to,
        published_at=at,
        published_by=actor.name,
    )
    return Done.CREATED if newest is None else Done.UPDATED


def _end(newest: Process, starts: date) -> None:
    if starts <= newest.valid_from:
        reason = _("phiên bản mới phải có hiệu lực sau ngày %(date)s, ngày bắt đầu phiên bản đang áp dụng")
        raise BadRow("valid_from", reason % {"date": newest.valid_from.strftime("%d/%m/%Y")})
    if newest.valid_to is None or newest.valid_to >= starts:
        newest.valid_to = starts - timedelta(days=1)
        newest.save(update_fields=["valid_to"])


def _day(row: Row, name: str) -> date | None:
    if not row.get(name):
        return None
    try:
        return date.fromisoformat(row[name])
    except ValueError:
        raise BadRow(name, _("ngày %(text)s không có thật") % {"text": row[name]}) from None
