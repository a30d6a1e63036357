"""The lists of an officer's desk, read by keyset: a page costs the same at the end as at the start."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from motcua.agencies.enums import Role
from motcua.agencies.queries import positions_of
from motcua.dossiers.enums import ENDED, PAUSED, Box, Status
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.queries.cursors import cursor_of, read_cursor
from motcua.dossiers.queries.views import DossierSummary, WorkItem, Worklist
from motcua.kernel.actors import Actor
from motcua.kernel.text import fold
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Post

COUNT_UP_TO = 1000  # a rail shows "999+": nobody needs the exact number, and it must stay cheap
_TASK_BOXES = frozenset({Box.MINE, Box.UNIT, Box.APPROVALS, Box.RETURNS})
_AGREEING = ("approve", "control")
_BEHIND_THE_DESK = ("settling", "leadership", "office")
_DESK = (Role.RECEIVER, Role.DESK_HEAD)
# What a line shows. State and procedure are read whole only where they are shown whole: they are large.
_DOSSIER_COLUMNS = (
    "code",
    "filing_number",
    "status",
    "applicant_name",
    "is_paused",
    "due_at",
    "finished_at",
    "ended_at",
    "updated_at",
    "procedure_version__title",
)
_TASK_COLUMNS = (
    "key",
    "kind",
    "name",
    "opened_at",
    "due_at",
    "sort_at",
    "is_paused",
    "officer__full_name",
    *(f"dossier__{name}" for name in _DOSSIER_COLUMNS),
)


def worklist(actor: Actor, box: Box, *, at: datetime, after: str | None = None, limit: int = 25) -> Worklist:
    """One page of a box, what is due first on top. `after` is the cursor of the page before.

    An unreadable cursor gives the first page. Empty for anybody who holds no post.
    """
    posts = positions_of(int(actor.id), at.date()) if actor.is_officer else frozenset()
    return plain(actor, box, posts=posts, after=after, limit=limit)


def plain(
    actor: Actor, box: Box, *, posts: Collection[Post], after: str | None = None, limit: int = 25
) -> Worklist:
    """`worklist` for a caller who knows the posts that the officer holds."""
    if not posts:
        return Worklist((), None)
    if box in _TASK_BOXES:
        return _task_page(_tasks(actor, posts, box), after, limit)
    if box is Box.WAITING:
        return _dossier_page(_waiting(posts), "updated_at", after, limit, descending=False)
    return _dossier_page(_done(posts), "ended_at", after, limit, descending=True)


def box_counts(actor: Actor, *, posts: Collection[Post]) -> dict[Box, int]:
    """How many there are in each box, counted up to `COUNT_UP_TO`, in one query."""
    if not posts or not actor.is_officer:
        return dict.fromkeys(Box, 0)
    boxes: dict[Box, QuerySet[Any]] = {box: _tasks(actor, posts, box) for box in Box if box in _TASK_BOXES}
    boxes[Box.WAITING] = _waiting(posts)
    selects: list[str] = []
    params: list[Any] = []
    for box, rows in boxes.items():
        sql, values = (
            rows.order_by()
            .values(one=F("dossier_id" if box in _TASK_BOXES else "id"))[:COUNT_UP_TO]
            .query.sql_with_params()
        )
        selects.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 (no text of others in it)
        params.extend(values)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(selects), params)
        row = cursor.fetchone()
    return dict(zip(boxes, row, strict=True)) | {Box.DONE: 0}


def own_dossiers(account_id: str, *, limit: int = 200) -> tuple[DossierSummary, ...]:
    """The dossiers of an account, the newest change first."""
    rows = Dossier.objects.filter(owner_id=int(account_id)).order_by("-updated_at", "-id")[:limit]
    return _summaries(rows)


def find(actor: Actor, text: str, *, at: datetime, limit: int = 20) -> tuple[DossierSummary, ...]:
    """Dossiers that the officer's units work on, by code, filing number, name or identity number."""
    posts = positions_of(int(actor.id), at.date()) if actor.is_officer else frozenset()
    words = fold(text[:100]).split()
    if not posts or not words:
        return ()
    rows = Dossier.objects.filter(_of_agencies(posts)).filter(filed_at__isnull=False)
    for word in words:
        rows = rows.filter(search_text__contains=word)
    rows = rows.filter(_worked_on(posts))  # last: it reads the state, which is large
    return _summaries(rows.order_by("-updated_at")[:limit])


def _tasks(actor: Actor, posts: Collection[Post], box: Box) -> QuerySet[DossierTask]:
    rows = DossierTask.objects.filter(is_paused=False)
    if box is Box.MINE:
        return rows.filter(_named(actor, posts))
    open_to_posts = rows.filter(_takeable(posts), officer__isnull=True)
    if box is Box.APPROVALS:
        return open_to_posts.filter(kind__in=_AGREEING)
    if box is Box.RETURNS:
        return open_to_posts.filter(kind="return")
    return open_to_posts.exclude(kind__in=(*_AGREEING, "return"))


def _named(actor: Actor, posts: Collection[Post]) -> Q:
    """What bears the officer's name, or that of an absent colleague for whom they stand in."""
    return Q(officer_id__in={int(actor.id), *(int(post.for_id) for post in posts if post.for_id)})


def _takeable(posts: Collection[Post]) -> Q:
    pairs = {(post.unit_id, post.role.value) for post in posts}
    pairs |= {(post.unit_id, Role.RECEIVER.value) for post in posts if post.role in _DESK}
    return reduce(or_, (Q(unit_id=unit, role=role) for unit, role in sorted(pairs)))


def _of_agencies(posts: Collection[Post]) -> Q:
    return Q(agency_id__in={post.agency_id for post in posts if post.role is not Role.ADMIN})


def _worked_on(posts: Collection[Post]) -> Q:
    """What `policy.may_read` lets them open: one of their units is of its posting, or has a task of it.

    Goes with `_of_agencies`, whose indexes find the rows.
    """
    units = _units(posts)
    held = DossierTask.objects.filter(dossier_id=OuterRef("id"), unit_id__in=units)
    posted = (Q(**{f"state__target__posting__{place}__in": units}) for place in _BEHIND_THE_DESK)
    return reduce(or_, posted, Q(desk_unit_id__in=units)) | Q(Exists(held))


def _units(posts: Collection[Post]) -> list[int]:
    return sorted({post.unit_id for post in posts if post.role is not Role.ADMIN})


def _waiting(posts: Collection[Post]) -> QuerySet[Dossier]:
    units = _units(posts)
    return Dossier.objects.filter(
        desk_unit_id__in=units, status__in=sorted(status.value for status in PAUSED)
    )


def _done(posts: Collection[Post]) -> QuerySet[Dossier]:
    return Dossier.objects.filter(
        _of_agencies(posts),
        _worked_on(posts),
        ended_at__isnull=False,
        filed_at__isnull=False,  # a draft thrown away was never before the agency
        status__in=[s.value for s in ENDED],
    )


def _task_page(rows: QuerySet[DossierTask], after: str | None, limit: int) -> Worklist:
    cursor = read_cursor(after, 3)
    if cursor is not None:
        moment, dossier_id, key = cursor
        rows = rows.filter(
            TupleGreaterThan(Tuple("sort_at", "dossier_id", "key"), (moment, UUID(dossier_id), key))
        )
    page = list(
        rows.select_related("dossier__procedure_version", "officer")
        .only(*_TASK_COLUMNS)
        .annotate(proposal=KeyTextTransform("proposal", "dossier__state"))
        .order_by("sort_at", "dossier_id", "key")[: limit + 1]
    )
    items = tuple(_task_item(row) for row in page[:limit])
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
        .only(*_DOSSIER_COLUMNS)
        .order_by(f"{sign}{column}", f"{sign}id")[: limit + 1]
    )
    items = tuple(_dossier_item(row) for row in page[:limit])
    if len(page) <= limit:
        return Worklist(items, None)
    return Worklist(items, cursor_of(getattr(page[limit - 1], column), page[limit - 1].id))


def _task_item(row: Any) -> WorkItem:
    dossier = row.dossier
    return WorkItem(
        dossier_id=str(dossier.id),
        reference=dossier.code or dossier.filing_number or "",
        procedure=dossier.procedure_version.title,
        applicant_name=dossier.applicant_name,
        status=Status(dossier.status),
        task_key=row.key,
        step_name=row.name,
        kind=row.kind,
        due_at=_local(row.due_at),
        dossier_due_at=_local(dossier.due_at),
        opened_at=local(row.opened_at),
        is_paused=row.is_paused,
        officer_name=row.officer.full_name if row.officer else "",
        proposal=row.proposal or "",
    )


def _dossier_item(row: Dossier) -> WorkItem:
    return WorkItem(
        dossier_id=str(row.id),
        reference=row.code or row.filing_number or "",
        procedure=row.procedure_version.title,
        applicant_name=row.applicant_name,
        status=Status(row.status),
        task_key="",
        step_name="",
        kind="",
        due_at=_local(row.due_at),
        dossier_due_at=_local(row.due_at),
        opened_at=None,
        is_paused=row.is_paused,
    )


def _summaries(rows: QuerySet[Dossier]) -> tuple[DossierSummary, ...]:
    return tuple(
        DossierSummary(
            id=str(row.id),
            reference=row.code or row.filing_number or "",
            procedure=row.procedure_version.title,
            agency_name=row.agency.name,
            applicant_name=row.applicant_name,
            status=Status(row.status),
            due_at=_local(row.due_at),
            is_paused=row.is_paused,
            finished_at=_local(row.finished_at),
            updated_at=local(row.updated_at),
            procedure_version_id=row.procedure_version_id,
        )
        for row in rows.select_related("procedure_version", "agency").only(*_DOSSIER_COLUMNS, "agency__name")
    )


def _local(moment: datetime | None) -> datetime | None:
    return local(moment) if moment else None
