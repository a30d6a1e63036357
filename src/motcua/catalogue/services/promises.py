"""What agencies promise, shorter terms for online filings: made and ended singly, or taken in row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.agencies import policy
from motcua.agencies import queries as agencies
from motcua.agencies.rules.imports import ImportReport
from motcua.agencies.services import files
from motcua.agencies.services.rows import BadRow, Done, each
from motcua.audit import services as audit
from motcua.catalogue.errors import BadPromise, PromiseOver, PromisesChanged
from motcua.catalogue.models import Competence, Promise
from motcua.catalogue.queries.promises import PromiseCard, card_of
from motcua.catalogue.queries.sheets import sheet, version_in_force
from motcua.catalogue.rules import codes, promises
from motcua.catalogue.rules.sheets import OfferedLimit, ProcedureSheet
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, NotFound, Refusal
from motcua.kernel.limits import TimeLimit
from motcua.kernel.text import visible
from motcua.law.services import rests_on
from motcua.worktime.rules import local

SCHEMA = Path(__file__).resolve().parent.parent / "data" / "promise.schema.json"
DECISION_LENGTH = 200
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


@dataclass(frozen=True, slots=True)
class PromiseWish:
    """A promise as it is asked for: `decision` is the paper in which the agency makes it."""

    code: str
    limit: TimeLimit
    decision: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class PromisePlan:
    """What a promise would do: the terms it shortens, and the promise that it ends, if there is one.

    `seen` is the mark of what it was worked out from, for `make_promise`.
    """

    title: str
    published: tuple[OfferedLimit, ...]
    before: PromiseCard | None
    seen: str


@rests_on()
def planned_promise(*, actor: Actor, at: datetime, agency_id: int, wish: PromiseWish) -> PromisePlan:
    """The preview: nothing is written. Raises Forbidden, BadPromise.

    Only filings from now on: a promise that reached back would change what people were told.

    Basis: QN20-11.5, KT18-8.1.c.
    """
    policy.must_administer(actor, agency_id, at)
    if wish.valid_from < local(at).date():
        raise BadPromise({"valid_from": N_("Cam kết chỉ áp dụng cho hồ sơ tiếp nhận từ hôm nay trở đi.")})
    if not visible(wish.decision) or len(wish.decision) > DECISION_LENGTH:
        raise BadPromise({"decision": N_("Hãy ghi văn bản cam kết.")})
    place = _place_of(_competence_at(agency_id, wish.code))
    read = _shortened(wish.code, wish.limit, wish.valid_from)
    newest = Promise.objects.filter(**place).order_by("-valid_from").first()
    _check_after(newest, wish.valid_from)
    goes_on = newest is not None and (newest.valid_to is None or newest.valid_to >= wish.valid_from)
    before = card_of(newest) if newest and goes_on else None
    return PromisePlan(read.title, terms_online(read), before, _mark(newest, read))


@rests_on()
@transaction.atomic
def make_promise(*, actor: Actor, at: datetime, agency_id: int, wish: PromiseWish, seen: str) -> None:
    """Publish it; the promise before it ends the day before. `seen` is the mark of the preview.

    Raises PromisesChanged, and what `planned_promise` refuses.

    Basis: QN20-11.5, KT18-8.1.c.
    """
    policy.must_administer(actor, agency_id, at)
    competence = _competence_at(agency_id, wish.code, to_write=True)
    if planned_promise(actor=actor, at=at, agency_id=agency_id, wish=wish).seen != seen:
        raise PromisesChanged()
    _put(competence, wish, actor, at)


@rests_on()
@transaction.atomic
def end_promise(*, actor: Actor, at: datetime, promise_id: int, last_day: date) -> None:
    """Let a promise end after a day that is not over; what was accepted by then keeps its term.

    One that has not begun is taken back instead, whatever the day, and what it would have ended goes on, to
    the last day that it was given itself.
    Raises NotFound, Forbidden, PromiseOver, BadPromise.

    Basis: QN20-11.5, KT18-8.1.c.
    """
    found = Promise.objects.filter(id=promise_id).values("procedure_id", "agency_id").first()
    if found is None:
        raise NotFound()
    _lock(**found)
    row = Promise.objects.select_for_update(of=("self",)).filter(id=promise_id).first()
    if row is None:  # taken back meanwhile
        raise NotFound()
    policy.must_administer(actor, row.agency_id, at)
    today = local(at).date()
    if row.valid_to is not None and row.valid_to < today:
        raise PromiseOver()
    facts = {"name": row.procedure.code, "limit": row.limit, "from": row.valid_from.isoformat()}
    what = f"agency:{row.agency_id}"
    if row.valid_from > today:
        before = Promise.objects.filter(
            procedure_id=row.procedure_id,
            agency_id=row.agency_id,
            valid_to=row.valid_from - timedelta(days=1),
        ).first()
        if before is not None:
            before.valid_to = min(filter(None, (before.ended_on, row.valid_to)), default=None)
            before.save(update_fields=["valid_to"])
        row.delete()
        audit.record_act(actor=actor, act="promise_taken_back", what=what, at=at, facts=facts)
        return
    if last_day < today or (row.valid_to is not None and last_day >= row.valid_to):
        raise BadPromise({"last_day": N_("Ngày cuối phải từ hôm nay và trước ngày kết thúc đã ghi.")})
    row.valid_to = row.ended_on = last_day
    row.save(update_fields=["valid_to", "ended_on"])
    facts["to"] = last_day.isoformat()
    audit.record_act(actor=actor, act="promise_ended", what=what, at=at, facts=facts)


def terms_online(read: ProcedureSheet) -> tuple[OfferedLimit, ...]:
    """The published terms that hold for what is filed online."""
    return tuple(offered for offered in read.limits if offered.channel in (None, "online"))


def _publish(row: Row, actor: Actor, at: datetime) -> Done:
    limit = TimeLimit.parse(row["limit"])
    starts = _day(row.get("valid_from")) or local(at).date()
    wish = PromiseWish(row["procedure"], limit, visible(row["decision"]), starts)
    try:
        there = agencies.agency_by_key(settings.PROVINCE, row["agency"])
        competence = _competence_at(there.id, wish.code, to_write=True)
    except Refusal as refusal:
        text = next(iter(refusal.fields.values())) if isinstance(refusal, BadPromise) else refusal.message
        raise BadRow("agency", _(text)) from None
    try:
        _shortened(wish.code, limit, starts)
        return _put(competence, wish, actor, at)
    except BadPromise as refusal:
        field, reason = next(iter(refusal.fields.items()))
        raise BadRow({"code": "procedure"}.get(field, field), _(reason)) from None


def _put(competence: Competence, wish: PromiseWish, actor: Actor, at: datetime) -> Done:
    """Write it and end the one before. Raises BadPromise."""
    place = _place_of(competence)
    newest = Promise.objects.select_for_update().filter(**place).order_by("-valid_from").first()
    decision, limit = visible(wish.decision), str(wish.limit)
    if (
        newest is not None
        and newest.valid_to is None
        and (newest.limit, newest.decision) == (limit, decision)
    ):
        return Done.UNCHANGED
    _check_after(newest, wish.valid_from)
    if newest is not None and (newest.valid_to is None or newest.valid_to >= wish.valid_from):
        newest.valid_to = wish.valid_from - timedelta(days=1)
        newest.save(update_fields=["valid_to"])
    Promise.objects.create(
        **place,
        limit=limit,
        decision=decision,
        valid_from=wish.valid_from,
        published_at=at,
        published_by=actor.name,
    )
    facts = {"name": competence.procedure.code, "limit": limit, "from": wish.valid_from.isoformat()}
    what = f"agency:{competence.agency_id}"
    audit.record_act(actor=actor, act="promise_published", what=what, at=at, facts=facts)
    return Done.CREATED if newest is None else Done.UPDATED


def _place_of(competence: Competence) -> dict[str, int]:
    return {"procedure_id": competence.procedure_id, "agency_id": competence.agency_id}


def _mark(newest: Promise | None, read: ProcedureSheet) -> str:
    """What a preview hangs on: the newest promise, its end, and the published terms."""
    there = f"{newest.pk}.{newest.valid_to}" if newest is not None else ""
    return f"{there}.{read.version_id}"


def _lock(*, procedure_id: int, agency_id: int) -> None:
    """Let nobody else write promises of this procedure at this agency until the transaction ends."""
    rows = Competence.objects.filter(procedure_id=procedure_id, agency_id=agency_id)
    rows.select_for_update(no_key=True).first()


def _competence_at(agency_id: int, code: str, *, to_write: bool = False) -> Competence:
    """That the agency settles the procedure; locked if a promise is to be written, for two first promises
    have no row of their own to wait for. Raises BadPromise.
    """
    found = Competence.objects.filter(
        procedure__code=codes.comparable(code), agency_id=agency_id, agency__province=settings.PROVINCE
    )
    if to_write:
        found = found.select_for_update(of=("self",), no_key=True)
    row = found.select_related("procedure").first()
    if row is None:
        raise BadPromise({"code": N_("Cơ quan này không giải quyết thủ tục này.")})
    return row


def _check_after(newest: Promise | None, starts: date) -> None:
    if newest is not None and starts <= newest.valid_from:
        raise BadPromise({"valid_from": N_("Phải sau ngày bắt đầu của cam kết đã công bố.")})


def _shortened(code: str, limit: TimeLimit, starts: date) -> ProcedureSheet:
    """The procedure on that day, whose every online term the promise shortens."""
    try:
        read = sheet(version_in_force(code, starts))
    except Refusal:
        raise BadPromise({"code": N_("Chưa có thủ tục nào có mã này vào ngày đó.")}) from None
    published = terms_online(read)
    if not published or not all(promises.is_shorter(limit, offered) for offered in published):
        raise BadPromise({"limit": N_("Phải ngắn hơn thời hạn đã công bố, cùng đơn vị.")})
    return read


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadRow("valid_from", _("không phải một ngày")) from None
