"""Taking in what agencies promise: shorter terms for online filings, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.agencies.rules.imports import ImportReport
from motcua.agencies.services import files
from motcua.agencies.services.rows import BadRow, Done, each
from motcua.audit import services as audit
from motcua.catalogue.models import Competence, Promise
from motcua.catalogue.queries.sheets import sheet, version_in_force
from motcua.catalogue.rules import codes, promises
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, Refusal
from motcua.kernel.limits import TimeLimit
from motcua.worktime.rules import local

SCHEMA = Path(__file__).resolve().parent.parent / "data" / "promise.schema.json"
SUBJECT = N_("Cam kết rút ngắn thời hạn")
Row = Mapping[str, Any]


def import_promise_file(path: Path, *, actor: Actor, at: datetime) -> ImportReport:
    """Import a JSON, CSV or XLSX file. Raises UnreadableFile if it cannot be read as a whole."""
    return import_promises(rows=files.read(path, keys=("promises", "rows")).rows, actor=actor, at=at)


@transaction.atomic
def import_promises(*, rows: Iterable[Any], actor: Actor, at: datetime) -> ImportReport:
    """Publish each row that promises something new; the promise before it ends the day before.

    A row is refused where the agency does not settle the procedure, where the term is not shorter than each
    published one (in the same unit), and where it would begin before one that was published already. Dossiers
    that were accepted keep their term.

    Basis: QN20-11.5, KT18-8.1.c.
    """

    def take(row: Row, warn: Callable[[str], None]) -> Done:
        return _publish(row, actor, at)

    return each(rows, subject=SUBJECT, schema=SCHEMA, take=take, label=lambda row: str(row["procedure"]))


def _publish(row: Row, actor: Actor, at: datetime) -> Done:
    limit = TimeLimit.parse(row["limit"])
    starts = _day(row.get("valid_from")) or local(at).date()
    competence = _competence(row)
    _check_shorter(row, limit, starts)
    place = {"procedure_id": competence.procedure_id, "agency_id": competence.agency_id}
    newest = Promise.objects.select_for_update().filter(**place).order_by("-valid_from").first()
    decision = row["decision"].strip()
    if newest is not None:
        if (newest.limit, newest.decision) == (str(limit), decision):
            return Done.UNCHANGED
        if starts <= newest.valid_from:
            raise BadRow("valid_from", _("phải sau ngày bắt đầu của cam kết đã công bố"))
        newest.valid_to = starts - timedelta(days=1)
        newest.save(update_fields=["valid_to"])
    Promise.objects.create(
        **place,
        limit=str(limit),
        decision=decision,
        valid_from=starts,
        published_at=at,
        published_by=actor.name,
    )
    facts = {"procedure": row["procedure"], "limit": str(limit), "from": starts.isoformat()}
    what = f"agency:{competence.agency_id}"
    audit.record_act(actor=actor, act="promise_published", what=what, at=at, facts=facts)
    return Done.CREATED if newest is None else Done.UPDATED


def _competence(row: Row) -> Competence:
    found = Competence.objects.filter(
        procedure__code=codes.comparable(row["procedure"]),
        agency__key=row["agency"],
        agency__province=settings.PROVINCE,
    ).first()
    if found is None:
        raise BadRow("agency", _("cơ quan này không giải quyết thủ tục này"))
    return found


def _check_shorter(row: Row, limit: TimeLimit, starts: date) -> None:
    try:
        read = sheet(version_in_force(row["procedure"], starts))
    except Refusal:
        raise BadRow("procedure", _("chưa có thủ tục nào có mã này vào ngày đó")) from None
    published = [offered for offered in read.limits if offered.channel in (None, "online")]
    if not published or not all(promises.is_shorter(limit, offered) for offered in published):
        raise BadRow("limit", _("phải ngắn hơn thời hạn đã công bố, cùng đơn vị"))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadRow("valid_from", _("không phải một ngày")) from None
