"""Importing agencies: each row becomes or changes an agency with its units, or is refused with a reason."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.agencies.enums import AgencyLevel
from motcua.agencies.errors import EndsBeforeItStarts
from motcua.agencies.labels import LEVEL
from motcua.agencies.models import Agency, Unit
from motcua.agencies.rules import codes, reach, trees
from motcua.agencies.rules.imports import ImportReport
from motcua.agencies.services import files
from motcua.agencies.services.editions import turn_page, wait_for_the_page
from motcua.agencies.services.ending import set_last_day
from motcua.agencies.services.rows import BadRow, Done, each
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_

DATA = Path(__file__).resolve().parent.parent / "data"
SCHEMA = DATA / "agency.schema.json"
SUBJECT = N_("Cơ quan")
Row = Mapping[str, Any]


def import_file(path: Path, *, actor: Actor, at: datetime) -> ImportReport:
    """Import a JSON tree or list, CSV or XLSX. Raises UnreadableFile if it cannot be read as a whole."""
    sheet = files.read(path, keys=("agencies", "provinces", "rows"))
    return import_agencies(rows=rows_of(sheet.rows), actor=actor, at=at)


def rows_of(items: Iterable[Any]) -> list[Any]:
    """Rows as they are; a tree (`province` with `root`) is taken apart."""
    rows: list[Any] = []
    for item in items:
        if isinstance(item, Mapping) and isinstance(item.get("root"), Mapping):
            try:
                rows += trees.flatten([item])
                continue
            except (KeyError, TypeError, AttributeError):
                pass  # a broken tree is shown as one broken row
        rows.append(item)
    return rows


@transaction.atomic
def import_agencies(*, rows: Iterable[Any], actor: Actor, at: datetime) -> ImportReport:
    """Create or change agencies by (province, key). A bad row is reported and leaves nothing behind.

    Parents stand before children. An agency without a code gets the next synthetic one of its province and
    keeps it. Units that a row no longer names stay: people and dossiers may hang on them.
    """
    seen: set[tuple[str, str]] = set()
    wait_for_the_page()

    def take(row: Row, warn: Callable[[str], None]) -> Done:
        identity = (row["province"], key_of(row))
        if identity in seen:
            raise BadRow("key", _("cơ quan này đã có ở một dòng trước trong tệp"))
        done = _write(row, identity)
        if not row.get("parent") and not trees.may_be_without_parent(row["kind"]):
            warn(_("không có cơ quan cấp trên: đứng ngoài cây cơ quan của tỉnh"))
        if row.get("code") is None:
            warn(_("không có mã định danh trong nguồn: dùng mã giả lập"))
        seen.add(identity)
        return done

    report = each(rows, subject=SUBJECT, schema=SCHEMA, take=take, label=_label)
    turn_page()
    return report


def key_of(row: Row) -> str:
    return str(row.get("key") or trees.slug(row["name_vi"]).replace("uy-ban-nhan-dan-", "ubnd-", 1))[:120]


def _label(row: Row) -> str:
    return str(row.get("name_vi") or row.get("key") or "?")


def _write(row: Row, identity: tuple[str, str]) -> Done:
    province, key = identity
    if province not in codes.PROVINCE_CODES:
        wanted = ", ".join(codes.PROVINCE_CODES)
        raise BadRow(
            "province", _("tỉnh không có trong hệ thống, cần một trong: %(wanted)s") % {"wanted": wanted}
        )
    agency = Agency.objects.select_for_update(no_key=True).filter(province=province, key=key).first()
    is_new = agency is None
    agency = agency or Agency(province=province, key=key)
    before = None if is_new else _facts_of(agency)
    _fill(agency, row)
    if before != _facts_of(agency):
        agency.save()
    changed_units = _write_units(agency, trees.units_of(row, templates()), is_new=is_new)
    if is_new:
        return Done.CREATED
    return Done.UPDATED if changed_units or before != _facts_of(agency) else Done.UNCHANGED


def _facts_of(agency: Agency) -> tuple[Any, ...]:
    return (
        agency.code,
        agency.legacy_code,
        agency.name,
        agency.level,
        agency.kind,
        agency.parent_id,
        agency.valid_from,
        agency.valid_to,
        agency.successor_id,
        agency.address,
        tuple(agency.phones),
        agency.email,
        json.dumps(agency.marks, sort_keys=True),
    )


def _fill(agency: Agency, row: Row) -> None:
    agency.name = " ".join(row["name_vi"].split())
    agency.level, agency.kind = row["level"], row["kind"]
    if (wanted := trees.level_of(agency.kind)) and wanted != agency.level:
        name = _(LEVEL[AgencyLevel(wanted)])
        raise BadRow("level", _("cơ quan loại này phải thuộc “%(wanted)s”") % {"wanted": name})
    agency.parent_id = _parent(agency.province, row.get("parent"))
    _check_line(agency)
    agency.valid_from = _day(row, "valid_from")
    is_district = agency.level == AgencyLevel.DISTRICT
    if is_district and agency.valid_from and agency.valid_from > trees.DISTRICTS_UNTIL:
        raise BadRow("level", _("cấp huyện chỉ có đến ngày 30/6/2025, cơ quan hoạt động từ sau ngày đó"))
    try:
        set_last_day(agency, _day(row, "valid_to"))
    except EndsBeforeItStarts:
        raise BadRow("valid_to", _("ngày kết thúc trước ngày bắt đầu")) from None
    agency.address = row.get("address", "")
    agency.legacy_code = row.get("legacy_code") or ""
    agency.marks = dict(row.get("marks", {}))
    _fill_reach(agency, row)
    _fill_code(agency, row.get("code"))


def _fill_reach(agency: Agency, row: Row) -> None:
    """Numbers and mailbox, if the row says any; a file without them takes none away, nor their mark."""
    phones, email = tuple(row.get("phones", agency.phones)), str(row.get("email", agency.email)).strip()
    for phone in phones:
        if not reach.is_phone(phone):
            raise BadRow("phones", _("số điện thoại %(phone)s chưa đúng") % {"phone": phone})
    if email and not reach.is_mailbox(email):
        raise BadRow("email", _("địa chỉ thư điện tử %(email)s chưa đúng") % {"email": email})
    agency.phones, agency.email = list(phones), email


def _fill_code(agency: Agency, code: str | None) -> None:
    if code:
        if Agency.objects.filter(province=agency.province, code=code).exclude(key=agency.key).exists():
            raise BadRow("code", _("mã %(code)s đã thuộc cơ quan khác") % {"code": code})
        agency.code, agency.code_is_synthetic = code, codes.is_synthetic(code)
    elif not agency.code:
        agency.code, agency.code_is_synthetic = _next_synthetic(agency.province), True


def _next_synthetic(province: str) -> str:
    stem = f"{codes.PROVINCE_CODES[province]}.X"
    used = Agency.objects.filter(province=province, code__startswith=stem).values_list("code", flat=True)
    return codes.synthetic(
        codes.PROVINCE_CODES[province], 1 + max((int(code[len(stem) :]) for code in used), default=0)
    )


def _parent(province: str, key: str | None) -> int | None:
    if not key:
        return None
    parent = Agency.objects.filter(province=province, key=key).values_list("id", flat=True).first()
    if parent is None:
        raise BadRow("parent", _("chưa có cơ quan cấp trên %(key)s") % {"key": key})
    return parent


def _check_line(agency: Agency) -> None:
    """No agency stands above itself, and no tree is deeper than there are levels."""
    above = agency.parent_id
    for _level in AgencyLevel:
        if above is None:
            return
        if above == agency.pk:
            raise BadRow("parent", _("cơ quan cấp trên lại là cấp dưới của chính cơ quan này"))
        above = Agency.objects.filter(id=above).values_list("parent_id", flat=True).first()
    raise BadRow("parent", _("cây cơ quan sâu hơn số cấp hành chính"))


def _day(row: Row, name: str) -> date | None:
    if not row.get(name):
        return None
    try:
        return date.fromisoformat(row[name])
    except ValueError:
        raise BadRow(name, _("ngày %(text)s không có thật") % {"text": row[name]}) from None


def _write_units(agency: Agency, units: Sequence[Row], *, is_new: bool) -> bool:
    if twice := [key for key, times in Counter(unit["key"] for unit in units).items() if times > 1]:
        raise BadRow("units", _("mã đơn vị %(key)s có hai lần") % {"key": twice[0]})
    known = {} if is_new else {unit.key: unit for unit in agency.units.all()}
    new: list[Unit] = []
    changed = False
    for position, wanted in enumerate(units):
        facts = {name: wanted[name] for name in ("name", "kind", "mark")} | {"position": position}
        unit = known.get(wanted["key"])
        if unit is None:
            new.append(Unit(agency=agency, key=wanted["key"], **facts))
        elif any(getattr(unit, name) != value for name, value in facts.items()):
            Unit.objects.filter(id=unit.pk).update(**facts)
            changed = True
    Unit.objects.bulk_create(new)
    return changed or bool(new)


@cache
def templates() -> dict[str, list[dict[str, Any]]]:
    """Sets of units by kind of agency, from the data folder."""
    body = json.loads((DATA / "unit-templates.json").read_text("utf-8"))
    return {name: template["units"] for name, template in body["templates"].items()}
