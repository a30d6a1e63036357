"""Importing procedures: each row becomes a published version, or is refused with a reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.db.models.expressions import CombinedExpression
from django.utils.translation import gettext as _

from motcua.agencies.rules.imports import ImportReport
from motcua.agencies.services import files
from motcua.agencies.services.rows import BadRow, Done, each
from motcua.catalogue.enums import Publication
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.policy import regulation_of
from motcua.catalogue.rules import reading, return_ways, typed, wire
from motcua.catalogue.rules.agreeing import check_known
from motcua.catalogue.rules.eforms import FormSection
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.catalogue.services.announced import is_announced, repealed_by
from motcua.catalogue.services.blank_forms import carry_over
from motcua.kernel.actors import Actor
from motcua.kernel.canonical import canonical_json
from motcua.kernel.errors import N_
from motcua.kernel.text import fold, sort_key
from motcua.worktime.rules import local

DATA = Path(__file__).resolve().parent.parent / "data"
SCHEMA = DATA / "procedure.schema.json"
SUBJECT = N_("Thủ tục hành chính")
GENERAL_FORM = "chung"
Row = Mapping[str, Any]
Warn = Callable[[str], None]


def import_file(path: Path, *, actor: Actor, at: datetime, is_bundled: bool = False) -> ImportReport:
    """Import a JSON, CSV or XLSX file. Raises UnreadableFile if it cannot be read as a whole.

    `is_bundled`: it comes with the system, taken from the national database, where only what was announced
    stands.
    """
    sheet = files.read(path, keys=("procedures", "rows"))
    valid_from = sheet.meta.get("valid_from")
    return import_procedures(
        rows=sheet.rows,
        actor=actor,
        at=at,
        valid_from=date.fromisoformat(valid_from) if isinstance(valid_from, str) else None,
        is_bundled=is_bundled,
    )


@transaction.atomic
def import_procedures(
    *,
    rows: Iterable[Any],
    actor: Actor,
    at: datetime,
    valid_from: date | None = None,
    is_bundled: bool = False,
) -> ImportReport:
    """Publish a version for each row that says something new.

    A new procedure is in force from its row's `valid_from`, else from `valid_from`, else from today. A
    changed one begins on its row's `valid_from`, else today, and the version before it ends the day before.
    A row that says what the newest version says changes nothing. A bad row leaves nothing behind. What a row
    does not say of the form, and of the channels of a component, stays as the newest version has it.

    Where the regulation runs only what was announced, a row that names no decision is refused, unless one was
    recorded here. What a recorded decision repeals comes back only once another announces it again. Ways of
    return that leave none of those which the regulation has for the level are refused.

    Basis: KT22-17.2; reading A47.
    """
    seen: set[str] = set()

    def take(row: Row, warn: Warn) -> Done:
        code = reading.code_of(row)
        if code in seen:
            raise BadRow("code", _("mã %(code)s đã có ở một dòng trước trong tệp này") % {"code": code})
        newest = _newest(code)
        sheet = _keep_level(_sheet(row, newest), newest, warn)
        if not (is_bundled or is_announced(code, sheet.publication_decision, at)):
            raise BadRow("publication_decision", _("thủ tục chưa có quyết định công bố của tỉnh"))
        _check_ways(sheet, at)
        _warn_of(row, sheet, warn)
        done = _publish(sheet, row, actor, at, valid_from)
        seen.add(code)
        return done

    return each(rows, subject=SUBJECT, schema=SCHEMA, take=take, label=_label)


def _label(row: Row) -> str:
    return str(row.get("code") or row.get("id") or row.get("name_vi", "?"))


def _newest(code: str) -> ProcedureSheet | None:
    versions = ProcedureVersion.objects.filter(procedure__code=code).order_by("-number")
    body = versions.values_list("body", flat=True).first()
    return None if body is None else wire.from_json(body, version_id=0)


def _sheet(row: Row, newest: ProcedureSheet | None) -> ProcedureSheet:
    channels = {document.key: document.channels for document in newest.components} if newest else {}
    return reading.sheet(row, eform=_form(row, newest), known_channels=channels)


def _keep_level(sheet: ProcedureSheet, newest: ProcedureSheet | None, warn: Warn) -> ProcedureSheet:
    """The level of a procedure that is here changes by a recorded decision only, never by an import.

    Basis: KT22-18.2, QN20-15.2, DL24-11.1#2, PT24-18.1.0.
    """
    if newest is None or newest.online_level is sheet.online_level:
        return sheet
    warn(_("mức độ trực tuyến giữ nguyên: chỉ thay đổi khi có quyết định được ghi nhận"))
    return replace(sheet, online_level=newest.online_level)


def _check_ways(sheet: ProcedureSheet, at: datetime) -> None:
    """Whoever files online must be offered at least one way to the result.

    Basis: reading A47.
    """
    regulation = regulation_of(settings.PROVINCE, at)
    if regulation is not None and return_ways.leaves_none(sheet, regulation):
        clauses = ", ".join(return_ways.clauses_of_level(sheet.online_level, regulation))
        reason = _("không cách nào trong số này là cách trả kết quả của mức độ trực tuyến (%(clauses)s)")
        raise BadRow("result_ways", reason % {"clauses": clauses})


def _form(row: Row, newest: ProcedureSheet | None) -> tuple[FormSection, ...]:
    if "eform" not in row and newest is not None:
        return newest.eform
    name = row.get("eform", GENERAL_FORM)
    form = eform(name)
    if form is None:
        raise BadRow("eform", _("không có biểu mẫu điện tử tên %(name)s") % {"name": name})
    return form


@cache
def eform(name: str) -> tuple[FormSection, ...] | None:
    """A form of the data folder; None if there is none of that name.

    Raises ValueError where a rule of it speaks of questions that it does not have.
    """
    path = DATA / "eforms" / f"{name}.json"
    if not path.is_file():
        return None
    sections = tuple(wire.section(item) for item in json.loads(path.read_text("utf-8"))["sections"])
    known = {field.key for section in sections for field in section.fields}
    for section in sections:
        check_known(section.rules, {field.key for field in section.fields}, known)
    return sections


def _warn_of(row: Row, sheet: ProcedureSheet, warn: Warn) -> None:
    if all(offered.limit is None for offered in sheet.limits):
        unit = row["legal_time"]["unit"]
        warn(_("thời hạn in là “%(unit)s”: hồ sơ sẽ không có hạn trả tự động") % {"unit": unit})
    if not sheet.components:
        warn(_("không có thành phần hồ sơ"))
    parts = row["legal_time"].get("parts", [])
    same_unit = {part["unit"] for part in parts} == {row["legal_time"]["unit"]}
    total = row["legal_time"]["value"]
    if same_unit and sum(part["value"] or 0 for part in parts) != total:
        warn(_("tổng các chặng khác thời hạn chung %(total)s") % {"total": total})


def _publish(sheet: ProcedureSheet, row: Row, actor: Actor, at: datetime, valid_from: date | None) -> Done:
    body = wire.to_json(sheet)
    content_hash = sha256(canonical_json(body)).digest()
    procedure = _procedure(sheet, reading.key_of(row))
    newest = procedure.versions.filter(state=Publication.PUBLISHED).order_by("-number").first()
    if newest is not None and bytes(newest.content_hash) == content_hash:
        return Done.UNCHANGED
    if repealed := repealed_by(sheet.code):
        raise BadRow("code", _("thủ tục đã bị bãi bỏ theo quyết định %(number)s") % {"number": repealed})
    today = local(at).date()
    starts = _day(row.get("valid_from")) or (today if newest else valid_from or today)
    publish_sheet(procedure, sheet, newest, starts, actor, at)
    return Done.CREATED if newest is None else Done.UPDATED


def publish_sheet(
    procedure: Procedure,
    sheet: ProcedureSheet,
    newest: ProcedureVersion | None,
    starts: date,
    actor: Actor,
    at: datetime,
) -> ProcedureVersion:
    """The sheet as the next version of the procedure, which is locked; the one before ends the day before.

    Raises BadRow if it would not begin after the one before.
    """
    if newest is not None:
        _end(newest, starts)
    body = wire.to_json(sheet)
    content_hash = sha256(canonical_json(body)).digest()
    number = 1 if newest is None else newest.number + 1
    version = _version(procedure, sheet, body, content_hash, starts, number)
    version.published_at, version.published_by = at, actor.name
    version.search_vector = _search_vector(version)
    version.save()
    if newest is not None:
        carry_over(newest, version, sheet)
    return version


def _procedure(sheet: ProcedureSheet, key: str) -> Procedure:
    """The procedure, locked; made if new. Raises BadRow if the key belongs to another code."""
    procedure = Procedure.objects.select_for_update(no_key=True).filter(code=sheet.code).first()
    if procedure is not None:
        return procedure
    other = Procedure.objects.select_for_update(no_key=True).filter(key=key).first()
    if other is not None:
        reason = _("tên định danh %(key)s đã thuộc thủ tục %(code)s")
        raise BadRow("id", reason % {"key": key, "code": other.code})
    return Procedure.objects.create(code=sheet.code, key=key, code_is_synthetic=sheet.code.startswith("X."))


def _end(newest: ProcedureVersion, starts: date) -> None:
    if starts <= newest.valid_from:
        reason = _("phiên bản mới phải có hiệu lực sau ngày %(date)s, ngày bắt đầu phiên bản đang áp dụng")
        raise BadRow("valid_from", reason % {"date": newest.valid_from.strftime("%d/%m/%Y")})
    if newest.valid_to is None or newest.valid_to >= starts:
        newest.valid_to = starts - timedelta(days=1)
        newest.save(update_fields=["valid_to"])


def _version(
    procedure: Procedure,
    sheet: ProcedureSheet,
    body: dict[str, Any],
    content_hash: bytes,
    starts: date,
    number: int,
) -> ProcedureVersion:
    others = " ".join([sheet.sector, sheet.code, sheet.printed_code, sheet.agency_text])
    names = " ".join(result.name for result in sheet.results)
    return ProcedureVersion(
        procedure=procedure,
        number=number,
        state=Publication.PUBLISHED,
        body=body,
        content_hash=content_hash,
        title=sheet.title,
        sector=sheet.sector,
        online_level=sheet.online_level,
        is_sample=sheet.is_sample,
        valid_from=starts,
        sort_key=sort_key(sheet.title)[:1100],
        search_text=fold(f"{others} {names}"),
    )


def _search_vector(version: ProcedureVersion) -> CombinedExpression:
    """Words of the title weigh most, then those of sector, code and results, then three-letter pieces."""
    title = " ".join(typed.words(version.title))
    rest = " ".join(typed.words(version.search_text))
    pieces = " ".join(piece for word in set(title.split()) for piece in typed.pieces(word))
    return (
        SearchVector(Value(title), config="simple", weight="A")
        + SearchVector(Value(f"{rest} {version.search_text}"), config="simple", weight="B")
        + SearchVector(Value(pieces), config="simple", weight="D")
    )


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRow("valid_from", _("ngày %(text)s không có thật") % {"text": text}) from None
