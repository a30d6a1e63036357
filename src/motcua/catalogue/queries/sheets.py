"""Procedure sheets. A published version never changes, so a sheet once read is kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from motcua.catalogue.enums import Publication
from motcua.catalogue.errors import UnknownProcedure
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.rules import codes, wire
from motcua.catalogue.rules.sheets import ProcedureSheet

KEPT = 4000  # sheets; the national catalogue of a province has about 2,500

_sheets: OrderedDict[int, ProcedureSheet] = OrderedDict()


def sheet(version_id: int) -> ProcedureSheet:
    """The sheet of a version. Raises UnknownProcedure."""
    kept = _sheets.get(version_id)
    if kept is not None:
        return kept
    row = ProcedureVersion.objects.filter(id=version_id).values_list("body", "state").first()
    if row is None:
        raise UnknownProcedure()
    read = wire.from_json(row[0], version_id=version_id)
    if row[1] == Publication.PUBLISHED:
        _sheets[version_id] = read
        while len(_sheets) > KEPT:
            _sheets.popitem(last=False)
    return read


def sheets(version_ids: Iterable[int]) -> tuple[ProcedureSheet, ...]:
    """The sheets of several published versions, in that order; one query for those not read yet."""
    wanted = tuple(version_ids)
    missing = [each for each in wanted if each not in _sheets]
    rows = ProcedureVersion.objects.filter(id__in=missing, state=Publication.PUBLISHED) if missing else ()
    found = {row.pk: wire.from_json(row.body, version_id=row.pk) for row in rows}
    for version_id, read in found.items():
        _sheets[version_id] = read
    while len(_sheets) > KEPT:
        _sheets.popitem(last=False)
    return tuple(found.get(each) or sheet(each) for each in wanted)


def version_in_force(code: str, on: date | None = None) -> int:
    """The id of the version in force on the day (None: the one without end). Raises UnknownProcedure.

    Basis: QN20-7.1#1.
    """
    row = in_force(on).filter(procedure__code=codes.comparable(code)).values_list("id", flat=True).first()
    if row is None:
        raise UnknownProcedure()
    return row


def ended_on(code: str, on: date) -> date | None:
    """The last day on which the procedure was in force, if none of its versions is on the day; None while one
    is, and for what has not begun or was never here.

    Basis: KT22-17.2.
    """
    rows = ProcedureVersion.objects.filter(
        procedure__code=codes.comparable(code), state=Publication.PUBLISHED
    ).values_list("valid_from", "valid_to")
    if any(starts <= on and (ends is None or ends >= on) for starts, ends in rows):
        return None
    return max((ends for _, ends in rows if ends is not None and ends < on), default=None)


def by_code(code: str, on: date | None = None) -> ProcedureSheet:
    """The sheet by any printed form of the national code. Raises UnknownProcedure."""
    return sheet(version_in_force(code, on))


@dataclass(frozen=True, slots=True)
class Edition:
    """When a version was put up. Not from when it holds: where nobody has said that, the day is a default of
    ours, and people would read it as that of the law."""

    published_at: datetime


def edition_of(version_id: int) -> Edition | None:
    """When the content of a version was last brought up to date; None for a draft.

    Basis: KT22-4.2#1, DL24-3.3#1, PT24-3.3.
    """
    row = ProcedureVersion.objects.filter(id=version_id).only("published_at").first()
    return Edition(row.published_at) if row and row.published_at else None


def in_force(on: date | None) -> QuerySet[ProcedureVersion]:
    rows = ProcedureVersion.objects.filter(state=Publication.PUBLISHED)
    if on is None:
        return rows.filter(valid_to__isnull=True)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


def forget() -> None:
    """Drop what is kept in memory (between scratch databases)."""
    _sheets.clear()
