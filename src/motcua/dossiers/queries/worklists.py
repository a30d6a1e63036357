"""The lists of an officer's desk, read by keyset: a page costs the same at the end as at the start."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from motcua.agencies.enums import Role
from motcua.agencies.queries import positions_of
from motcua.dossiers.enums import Box, Status
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.queries import boxes, lines
from motcua.dossiers.queries.cursors import cursor_of, read_cursor
from motcua.dossiers.queries.kept import kept_rows, read_kept
from motcua.dossiers.queries.keyset import in_order
from motcua.dossiers.queries.views import DossierSummary, Worklist
from motcua.kernel.actors import Actor
from motcua.kernel.text import fold
from motcua.notify import queries as notify
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Post
    from motcua.dossiers.rules.choices import Kept

SERIAL = 4  # digits of the number that a code ends in
COUNT_UP_TO = 1000  # a rail shows "999+": nobody needs the exact number, and it must stay cheap
_MOMENT = datetime(1, 1, 1, tzinfo=UTC)  # stands in a statement for the moment at which it is asked
_TASK_BOXES = frozenset({Box.MINE, Box.UNIT, Box.APPROVALS, Box.RETURNS})


@dataclass(frozen=True, slots=True)
class BoxCounts:
    """For the rail: how many there are in a box, and in which boxes something is late already.
    `unread` is how many messages wait in the officer's inbox, counted up to `notify.UNREAD_UP_TO`; `kept`
    are the lists that they have kept."""

    counts: dict[Box, int]
    late: frozenset[Box] = frozenset()
    unread: int = 0
    kept: tuple[Kept, ...] = ()


def worklist(actor: Actor, box: Box, *, at: datetime, after: str | None = None, limit: int = 25) -> Worklist:
    """One page of a box, what is due first on top. `after` is the cursor of the page before.

    An unreadable cursor gives the first page. Empty for anybody who holds no post.
    """
    posts = positions_of(int(actor.id), local(at).date()) if actor.is_officer else frozenset()
    return plain(actor, box, posts=posts, after=after, limit=limit)


def plain(
    actor: Actor, box: Box, *, posts: Collection[Post], after: str | None = None, limit: int = 25
) -> Worklist:
    """`worklist` for a caller who knows the posts that the officer holds."""
    if not posts:
        return Worklist((), None)
    if box in _TASK_BOXES:
        return as_seen(_task_page(boxes.tasks(actor, posts, box), after, limit), posts)
    if box is Box.WAITING:
        return _dossier_page(boxes.waiting(posts), "waits_since", after, limit, descending=False)
    if box is Box.MESSAGES:
        return _dossier_page(boxes.messages(posts), "written_at", after, limit, descending=False)
    return _dossier_page(boxes.done(posts), "ended_at", after, limit, descending=True)


def as_seen(page: Worklist, posts: Collection[Post]) -> Worklist:
    """The page for the holders of these posts: who only takes in or carries is not told what was
    proposed or decided."""
    if not all(post.role is Role.POSTAL_STAFF for post in posts):
        return page
    return replace(page, items=tuple(replace(item, proposal="", decision="") for item in page.items))


def box_counts(actor: Actor, *, posts: Collection[Post], at: datetime) -> BoxCounts:
    """How many there are in each box that is counted, up to `COUNT_UP_TO`, and what the officer has kept, in
    one query: it stands around every page of the desk.

    Whoever holds no post has no boxes, but may have messages. Of what presses the tasks are counted; letters
    of apology that are due soon have a number of their own on its page. What is returned and not closed is
    the desk's own work where the regulation has it close (QN20-13.5), and counted. Lists of what is done
    (today, ended) bear no number, as nothing in them waits for anybody; nor do those of what others do (with
    others, opinions asked), which read the state of every dossier and so cost too much for each page.
    """
    if not actor.is_officer:
        return BoxCounts({})
    at = local(at)
    nearer = boxes.brought(posts, at) if posts else ()
    moments = {_MOMENT: at} | {_stand_in(place): each.until for place, each in enumerate(nearer)}
    always = tuple(replace(each, until=_stand_in(place)) for place, each in enumerate(nearer))
    boxes_counted, sql, values = _counting(actor, frozenset(posts), always, at.date())
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [moments.get(value, value) if isinstance(value, datetime) else value for value in values]
        )
        *counts, soon_late, pressing_late, unread, kept = cursor.fetchone()
    found = dict(zip(boxes_counted, counts, strict=True))
    late = {Box.SOON: soon_late, Box.PRESSING: pressing_late}
    return BoxCounts(found, frozenset(box for box in late if late[box]), unread, read_kept(kept or ()))


@lru_cache(maxsize=1024)  # stands on every page: Django writes it longer than PostgreSQL takes to answer
def _counting(
    actor: Actor, posts: frozenset[Post], nearer: tuple[boxes.Brought, ...], on: date
) -> tuple[tuple[Box, ...], str, tuple[Any, ...]]:
    """The boxes that are counted, the statement that counts them, and its values;
    `_MOMENT` and the stand-ins of what is brought nearer are to be set."""
    counted = _counted(actor, posts, nearer, on)
    selects: list[str] = []
    params: list[Any] = []
    runs = {"sort_at__lte": _MOMENT, "soon_at__isnull": False}
    late = [
        (counted[box].filter(**runs) if box in counted else DossierTask.objects.none(), 1)
        for box in (Box.SOON, Box.PRESSING)
    ]
    also: list[tuple[QuerySet[Any], int]] = [*late, (notify.unread(actor.id), notify.UNREAD_UP_TO)]
    for rows, most in [*((rows, COUNT_UP_TO) for rows in counted.values()), *also]:
        try:
            sql, values = rows.order_by().values(one=Value(1))[:most].query.sql_with_params()
        except EmptyResultSet:  # posts that open no unit's dossiers, such as those under a contract
            selects.append("0")
            continue
        selects.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 (no text of others in it)
        params.extend(values)
    sql, values = kept_rows(actor).query.sql_with_params()
    columns = "json_build_array(kept.id, kept.name, kept.box, kept.body)"
    selects.append(f"(SELECT json_agg({columns}) FROM ({sql}) AS kept)")  # noqa: S608 (no text of others)
    params.extend(values)
    return tuple(counted), "SELECT " + ", ".join(selects), tuple(params)


def _stand_in(place: int) -> datetime:
    """What stands in the statement for the moment until which a closure brings marks nearer."""
    return _MOMENT + timedelta(microseconds=place + 1)


def _counted(
    actor: Actor, posts: frozenset[Post], nearer: tuple[boxes.Brought, ...], on: date
) -> dict[Box, QuerySet[Any]]:
    """What is counted for the holders of these posts, box by box."""
    if not posts:
        return {}
    counted: dict[Box, QuerySet[Any]] = {
        Box.SOON: boxes.soon(actor, posts, _MOMENT, nearer),
        Box.WAITING: boxes.waiting(posts),
    }
    if any(post.role in boxes.ANSWERING for post in posts):
        counted[Box.PRESSING] = boxes.pressing(posts, _MOMENT, nearer, on)
    if any(post.role in boxes.DESK for post in posts):
        counted[Box.MESSAGES] = boxes.messages(posts)
        counted[Box.UNCLOSED] = boxes.unclosed(posts)
    return counted | {box: boxes.tasks(actor, posts, box) for box in sorted(_TASK_BOXES)}


def find(actor: Actor, text: str, *, at: datetime, limit: int = 20) -> tuple[DossierSummary, ...]:
    """Dossiers that the officer's units work on, by code, filing number, name or identity number: first those
    that bear just what was typed, as whole words or as the last number of a code, then those that have each
    word somewhere; the newest first in both."""
    posts = positions_of(int(actor.id), local(at).date()) if actor.is_officer else frozenset()
    words = fold(text[:100]).split()
    if not posts or not words:
        return ()
    rows = Dossier.objects.filter(boxes.of_agencies(posts)).filter(filed_at__isnull=False)
    exact = summaries(_readable(rows.filter(_bears(" ".join(words))), posts)[:limit])
    if len(exact) == limit:
        return exact
    for word in words:
        rows = rows.filter(search_text__contains=word)
    others = _readable(rows.exclude(pk__in=[each.id for each in exact]), posts)
    return exact + summaries(others[: limit - len(exact)])


def _readable(rows: QuerySet[Dossier], posts: Collection[Post]) -> QuerySet[Dossier]:
    """The right is asked last: it reads the state, which is large."""
    return rows.filter(boxes.worked_on(posts)).order_by("-updated_at")


def _bears(typed: str) -> Q:
    """Whether code, number or name is what was typed, whole; digits are also the last number of a code, with
    or without its noughts."""
    whole = Q(search_text__contains=f" {typed} ") | Q(search_text__startswith=f"{typed} ")
    whole |= Q(search_text__endswith=f" {typed}")
    if typed.isdigit() and len(typed) <= SERIAL:
        whole |= Q(search_text__contains=f"-{typed.zfill(SERIAL)} ")
    return whole


def _task_page(rows: QuerySet[DossierTask], after: str | None, limit: int) -> Worklist:
    page = list(
        in_order(rows, "sort_at", after, limit + 1)
        .select_related("dossier__procedure_version", "officer")
        .only(*lines.TASK_COLUMNS)
        .annotate(
            proposal=KeyTextTransform("proposal", "dossier__state"),
            decision=KeyTextTransform("decision", "dossier__state"),
            has_message=lines.message_of("dossier_id"),
            promised=lines.promise_of("dossier__state"),
            renewed=lines.renewal_of("dossier__state"),
            way_back=lines.way_back_of_return(),
            sent_back=lines.sent_back_of("dossier__state"),
        )
    )
    items = tuple(lines.task_item(row) for row in page[:limit])
    if len(page) <= limit:
        return Worklist(items, None)
    last = page[limit - 1]
    return Worklist(items, cursor_of(last.sort_at, last.dossier_id, last.key))


def _dossier_page(
    rows: QuerySet[Dossier], column: str, after: str | None, limit: int, *, descending: bool
) -> Worklist:
    cursor = read_cursor(after, 2)
    if cursor is not None:
        beyond = TupleLessThan if descending else TupleGreaterThan
        rows = rows.filter(beyond(Tuple(column, "id"), (cursor[0], UUID(cursor[1]))))
    sign = "-" if descending else ""
    page = list(
        rows.select_related("procedure_version")
        .only(*lines.DOSSIER_COLUMNS)
        .annotate(
            has_message=lines.message_of("id"),
            promised=lines.promise_of("state"),
            broken_off=lines.broken_off_of(),
            undone=lines.undone_of("state"),
            renewed=lines.renewal_of("state"),
        )
        .order_by(f"{sign}{column}", f"{sign}id")[: limit + 1]
    )
    items = tuple(lines.dossier_item(row) for row in page[:limit])
    if len(page) <= limit:
        return Worklist(items, None)
    return Worklist(items, cursor_of(getattr(page[limit - 1], column), page[limit - 1].id))


def summaries(rows: QuerySet[Dossier]) -> tuple[DossierSummary, ...]:
    """The rows as an applicant's list or a search shows them, in one query."""
    return tuple(
        DossierSummary(
            id=str(row.id),
            reference=row.code or row.filing_number or "",
            procedure=row.procedure_version.title,
            agency_name=row.agency.name,
            applicant_name=row.applicant_name,
            status=Status(row.status),
            due_at=lines.local_or_none(row.due_at),
            is_paused=row.is_paused,
            stands_still=row.stands_still,
            finished_at=lines.local_or_none(row.finished_at),
            broken_off_at=lines.local_or_none(row.broken_off),
            updated_at=local(row.updated_at),
            procedure_version_id=row.procedure_version_id,
            is_for_another=bool(row.principal_id or row.organisation_id),
            is_under_mandate=row.principal_id is not None,
            promised_at=lines.moment(row.promised),
            renewed_at=lines.renewed(row),
            filed_at=lines.local_or_none(row.filed_at),
            reply_by=lines.moment(row.reply_due) if row.status == Status.SUBMITTED.value else None,
            consent=row.consent or "",
            comes=row.comes or "",
            begun_by=row.owner.full_name if row.organisation_id and row.owner else "",
            agency_id=row.agency_id,
            received_at=lines.moment(row.received),
        )
        for row in rows.select_related("procedure_version", "agency", "owner")
        .only(
            *lines.DOSSIER_COLUMNS,
            "agency__name",
            "principal_id",
            "organisation_id",
            "filed_at",
            "owner__full_name",
        )
        .annotate(
            promised=lines.promise_of("state"),
            broken_off=lines.broken_off_of(),
            renewed=lines.renewal_of("state"),
            reply_due=KeyTextTransform("reply_due_at", "state"),
            received=KeyTextTransform("received_at", "state"),
            consent=KeyTextTransform("consent", "state"),
            comes=lines.way_back_of("state"),
        )
    )
