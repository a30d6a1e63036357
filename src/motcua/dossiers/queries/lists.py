"""Lists of work as an officer has set them: narrowed, sorted, with a way on from each line.

The plain lists come from `worklists`; here is what an officer chooses beyond them. Keyset paging throughout.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import BooleanField, Case, DateTimeField, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, IsNull

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.agencies.rules.naming import own_name
from motcua.catalogue import queries as catalogue
from motcua.dossiers.enums import ENDED, Box, Column, Lateness, Sort, Status, WarningLevel
from motcua.dossiers.models import Dossier, DossierEvent, DossierTask
from motcua.dossiers.queries import boxes, lines, worklists
from motcua.dossiers.queries.cursors import cursor_of, read_cursor
from motcua.dossiers.queries.extracts import LATE_WITHIN
from motcua.dossiers.queries.keyset import in_order
from motcua.dossiers.queries.pages import numbered
from motcua.dossiers.queries.views import WorkItem, Worklist
from motcua.dossiers.rules.choices import NO_DUE, PLAIN_BOXES, Choice
from motcua.dossiers.rules.events import EnteredLate
from motcua.dossiers.rules.life import CONSULT_STEP
from motcua.dossiers.rules.state import ClockPause
from motcua.dossiers.rules.warning import warning_level
from motcua.kernel.actors import Actor
from motcua.kernel.wire import from_wire
from motcua.worktime import rules as worktime
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Post

Posts = Collection["Post"]

MOST_ALIKE = 20  # more are not chosen from: a full code says which
_OF_TASKS = frozenset({Column.WORK, Column.OPENED})
_TAIL = re.compile(r"(\d{6}-)?(\d{1,5})", re.ASCII)
MOST_FROM_PAPER = 500  # that one officer enters on a day after an outage
MOST_ELSEWHERE = 500  # acts of one officer on a day for other agencies
DOSSIER_BOXES = frozenset({Box.WAITING, Box.DONE, Box.TODAY, Box.MESSAGES, Box.UNCLOSED})
_TASK_SORTS = {Sort.DUE: "sort_at", Sort.NEWEST: "-opened_at", Sort.OLDEST: "opened_at"}
_FILED = {True: "filed_at", False: "dossier__filed_at"}
_DOSSIER_SORTS = {
    Box.WAITING: "waits_since",
    Box.DONE: "-ended_at",
    Box.TODAY: "-updated_at",
    Box.MESSAGES: "written_at",
    Box.UNCLOSED: "ended_at",
}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A dossier found by its number; `is_at_desk`: it waits for its result to be handed over."""

    id: str
    status: Status
    is_at_desk: bool


@dataclass(frozen=True, slots=True)
class ReadyToReturn:
    """A dossier that waits for its applicant, as it is told from others whose code ends alike."""

    found: Numbered
    code: str
    applicant_name: str
    procedure: str


def listed(
    actor: Actor,
    box: Box,
    choice: Choice,
    *,
    posts: Posts,
    at: datetime,
    after: str | None = None,
    before: str | None = None,
    limit: int = 25,
) -> Worklist:
    """One page of a box as chosen: what follows the line `after`, or what stands before the line `before`.
    An unreadable cursor gives the first page; empty without a post.

    Basis: QN20-21.2#3, DL24-14.4#1, PT24-20.3#1.
    """
    if not posts or not actor.is_officer:
        return Worklist((), None)
    at = local(at)
    if read_cursor(before, 2 if box in DOSSIER_BOXES else 3) is not None:
        page = _page(actor, box, choice, posts, at, _Way(before, limit, is_back=True))
        if len(page.items) == limit:
            return page  # with fewer it would be a short first page
        after = None
    if choice.is_usual and box in PLAIN_BOXES:
        page = worklists.plain(actor, box, posts=posts, after=after, limit=limit)
        items = tuple(map(_with_cursor, page.items))
        return replace(page, items=items, previous_cursor=items[0].cursor if after and items else None)
    return _page(actor, box, choice, posts, at, _Way(after, limit))


@dataclass(frozen=True, slots=True)
class _Way:
    """From which line a page goes, how far, and whether back: then the rows are read in the other order."""

    cursor: str | None
    limit: int
    is_back: bool = False

    def order(self, column: str) -> str:
        if not self.is_back:
            return column
        return column.removeprefix("-") if column.startswith("-") else f"-{column}"

    def worklist(self, items: list[WorkItem]) -> Worklist:
        """The page of one row more than it shows."""
        shown, is_more = items[: self.limit], len(items) > self.limit
        if self.is_back:
            shown.reverse()
        first, last = (shown[0].cursor, shown[-1].cursor) if shown else (None, None)
        if self.is_back:
            return Worklist(tuple(shown), last, first if is_more else None)
        return Worklist(tuple(shown), last if is_more else None, first if self.cursor else None)


def _page(actor: Actor, box: Box, choice: Choice, posts: Posts, at: datetime, way: _Way) -> Worklist:
    if box in DOSSIER_BOXES:
        return _dossiers(actor, box, choice, posts, at, way)
    rows = _narrowed(_tasks(actor, posts, box, at), choice, at, box)
    column = way.order(_FILED[False] if choice.sort is Sort.FILED else _TASK_SORTS[choice.sort])
    page_rows = _page_of_tasks(rows, column, way.cursor, way.limit + 1)
    if box is Box.ASKED:
        lines_shown = _questions(page_rows, column)
    else:
        warned_at = at if box in (Box.SOON, Box.PRESSING) else None
        if box is Box.PRESSING:
            page_rows = page_rows.annotate(is_stuck=boxes.is_stuck(local(at).date()))
        lines_shown = [_task_line(row, column, warned_at) for row in page_rows]
    return worklists.as_seen(way.worklist(lines_shown), posts)


def offered_sorts(box: Box) -> tuple[Sort, ...]:
    """The orders in which a box can be read. A list without tasks has one of its own, named as the usual."""
    return (Sort.DUE, Sort.FILED) if box in DOSSIER_BOXES else tuple(Sort)


def offered_statuses(box: Box) -> frozenset[Status]:
    """What the dossiers of a box can be."""
    return ENDED if box is Box.DONE else frozenset(Status) - {Status.DRAFT}


def offered_columns(box: Box) -> tuple[Column, ...]:
    """The columns that a box can show: where a list has no tasks, there is no work to be named, and none
    that lies anywhere since a moment."""
    return tuple(column for column in Column if column not in _OF_TASKS or box not in DOSSIER_BOXES)


def shown_columns(columns: Iterable[Column], box: Box) -> tuple[Column, ...]:
    """The columns that stand there, each once: instead of the work, how the dossier is, where no task is."""
    offered, shown = offered_columns(box), (_shown_column(column, box) for column in columns)
    return tuple(dict.fromkeys(column for column in shown if column in offered))


def _shown_column(column: Column, box: Box) -> Column:
    return Column.STATUS if column is Column.WORK and box in DOSSIER_BOXES else column


def by_number(actor: Actor, number: str, *, posts: Posts) -> Numbered | None:
    """The dossier with this code or filing number, if the officer's units work on it."""
    if not posts or not actor.is_officer:
        return None
    rows = Dossier.objects.filter(numbered(number), boxes.of_agencies(posts), boxes.worked_on(posts))
    at_desk = Exists(DossierTask.objects.filter(dossier_id=OuterRef("id"), kind="return"))
    row = rows.filter(filed_at__isnull=False).values_list("id", "status", at_desk).first()
    return Numbered(str(row[0]), Status(row[1]), row[2]) if row else None


def is_tail(number: str) -> bool:
    """Whether this can be the end of a code only: its serial number, with its day or without."""
    return _TAIL.fullmatch(number.strip()) is not None


def to_return_by_tail(
    actor: Actor, number: str, *, posts: Posts, limit: int = MOST_ALIKE
) -> tuple[ReadyToReturn, ...]:
    """The dossiers ready to be returned at these posts whose code ends in the number that was typed, noughts
    before it or not; the newest first. Nothing for what is no end of a code.

    Only what waits for its applicant is looked through: the same end comes back every day, in every year.
    """
    tail = _TAIL.fullmatch(number.strip())
    if not posts or not actor.is_officer or tail is None:
        return ()
    day, serial = tail[1] or "", tail[2]
    ends = reduce(
        or_, (Q(dossier__code__endswith=f"-{day}{each}") for each in {serial, serial.zfill(worklists.SERIAL)})
    )
    ours = boxes.takeable(posts) | boxes.named(actor, posts)
    rows = DossierTask.objects.filter(ours, ends, kind="return", is_paused=False)
    named = ("dossier__code", "dossier__applicant_name", "dossier__procedure_version__title")
    found = rows.order_by("-opened_at", "-dossier_id").values_list("dossier_id", "dossier__status", *named)
    return tuple(
        ReadyToReturn(Numbered(str(dossier_id), Status(status), is_at_desk=True), code, name, title)
        for dossier_id, status, code, name, title in found[:limit]
    )


# --- which rows -------------------------------------------------------------------------------------------
def _tasks(actor: Actor, posts: Posts, box: Box, at: datetime) -> QuerySet[DossierTask]:
    if box is Box.SOON:
        return boxes.soon(actor, posts, at, boxes.brought(posts, at))
    if box is Box.PRESSING:
        return boxes.pressing(posts, at, boxes.brought(posts, at), local(at).date())
    if box is Box.ASKED:
        return boxes.asked(actor, posts)
    if box is Box.OTHERS:
        return _with_others(actor, posts)
    return boxes.tasks(actor, posts, box)


def _with_others(actor: Actor, posts: Posts) -> QuerySet[DossierTask]:
    """Tasks of others on dossiers of my desk, on cases of mine or of an absent colleague, on what my unit
    settles and others have now where nobody of it is named (its head sees all of those), or by people whose
    head I am."""
    me = int(actor.id)
    desks = boxes.desks_of(posts)
    settling = boxes.inside(posts).difference(desks)
    heads = {post.unit_id for post in posts if post.role is Role.UNIT_HEAD}
    running = Dossier.objects.filter(ended_at__isnull=True)
    in_name_of = sorted(boxes.names(actor, posts))
    mine = running.annotate(case=KeyTextTransform("case_officer_id", "state")).filter(case__in=in_name_of)
    concerned = Q(dossier_id__in=mine.values("id"))
    if desks:
        concerned |= Q(dossier_id__in=running.filter(desk_unit_id__in=desks).values("id"))
    if settling:
        to_all = Q(is_assigned=False) | Q(settling_unit_id__in=heads)
        # What the desk still takes in has not come to the unit yet; a result there waits for the applicant.
        elsewhere = ~Q(unit_id__in=settling) & ~Q(kind__in=("intake", "return"))
        concerned |= to_all & Q(settling_unit_id__in=settling) & elsewhere
    if heads:
        concerned |= Q(unit_id__in=heads, officer__isnull=False)
    rows = DossierTask.objects.filter(concerned, is_paused=False, is_held=False)
    return rows.exclude(officer_id=me).exclude(boxes.takeable(posts) & Q(officer__isnull=True))


def _dossier_rows(actor: Actor, posts: Posts, box: Box, at: datetime) -> QuerySet[Dossier]:
    if box is Box.WAITING:
        return boxes.waiting(posts)
    if box is Box.DONE:
        return boxes.done(posts)
    if box is Box.MESSAGES:
        return boxes.messages(posts)
    if box is Box.UNCLOSED:
        return boxes.unclosed(posts)
    midnight = datetime.combine(local(at).date(), time.min, local(at).tzinfo)
    done = DossierEvent.objects.filter(actor_kind=actor.kind.value, actor_id=actor.id)
    mine = done.filter(dossier_id=OuterRef("id"), at__gte=midnight)
    touched = Q(boxes.of_agencies(posts), Exists(mine), updated_at__gte=midnight)
    here = boxes.agencies_of(posts)
    for_others = done.filter(at__gte=midnight).exclude(dossier__agency_id__in=here)
    if elsewhere := set(for_others.values_list("dossier_id", flat=True)[:MOST_ELSEWHERE]):
        touched |= Q(id__in=elsewhere)
    entered_at = Cast(KeyTextTransform("entered_at", "payload"), DateTimeField())
    late = done.filter(
        GreaterThanOrEqual(entered_at, midnight),
        kind=EnteredLate.KIND,
        at__gte=midnight - LATE_WITHIN,
        at__lt=midnight,
    )
    if from_paper := list(late.values_list("dossier_id", flat=True)[:MOST_FROM_PAPER]):  # nearly always none
        touched |= Q(id__in=from_paper)
    return Dossier.objects.filter(touched).annotate(is_readable=_is(boxes.readable(posts)))


def _is(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def _narrowed(rows: QuerySet[Any], choice: Choice, at: datetime, box: Box) -> QuerySet[Any]:
    is_dossier = box in DOSSIER_BOXES
    if box is Box.TODAY and (choice.status or choice.lateness):
        rows = rows.filter(is_readable=True)  # how the others stand now is not told in this way either
    prefix = "" if is_dossier else "dossier__"
    if choice.procedure:
        codes = {card.code for card in catalogue.named([choice.procedure], 60).get(choice.procedure, ())}
        rows = rows.filter(**{f"{prefix}procedure_version__procedure__code__in": codes})
    if choice.unit_id:
        rows = rows.filter(**{"desk_unit_id" if is_dossier else "unit_id": choice.unit_id})
    if choice.status:
        rows = rows.filter(**{f"{prefix}status": choice.status.value})
    if choice.lateness:
        rows = rows.filter(_late(choice.lateness, "due_at" if is_dossier else "sort_at", prefix, at))
    if choice.lateness and is_dossier:  # of tasks `sort_at` says it
        rows = rows.filter(stands_still=False)
    return rows


def _late(lateness: Lateness, column: str, prefix: str, at: datetime) -> Q:
    """Of what has ended it counts how it ended, as its line says; the others are what still runs, and results
    that go out by the promise. What stands still is not late and has no day, unless it was late before."""
    halted = Q(**{f"{prefix}stands_still": True})
    if prefix:
        halted &= Q(is_paused=True)
    runs = Q(**{f"{prefix}finished_at__isnull": True, f"{prefix}ended_at__isnull": True}) & ~halted
    if prefix:
        runs |= lines.goes_out()
    if lateness is Lateness.LATE:
        due_at = F(f"{prefix}due_at")
        ended_late = Q(**{f"{prefix}finished_at__gt": due_at})
        broken_off = Q(GreaterThan(lines.broken_off_of(prefix), due_at))
        ended = Q(**{f"{prefix}status__in": [Status.WITHDRAWN.value, Status.STOPPED.value]})
        undone = ended & Q(IsNull(lines.undone_of(f"{prefix}state"), False))
        return ended_late | broken_off | undone | (runs & Q(**{f"{column}__lt": at}))
    midnight = datetime.combine(local(at).date() + timedelta(days=1), time.min, local(at).tzinfo)
    until = midnight if lateness is Lateness.TODAY else midnight + timedelta(days=7)
    return runs & Q(**{f"{column}__gte": at, f"{column}__lt": until})


# --- pages ------------------------------------------------------------------------------------------------
def _dossiers(actor: Actor, box: Box, choice: Choice, posts: Posts, at: datetime, way: _Way) -> Worklist:
    column = way.order(_FILED[True] if choice.sort is Sort.FILED else _DOSSIER_SORTS[box])
    rows = _narrowed(_dossier_rows(actor, posts, box, at), choice, at, box)
    cursor = read_cursor(way.cursor, 2)
    name, beyond = column.lstrip("-"), TupleLessThan if column.startswith("-") else TupleGreaterThan
    if cursor is not None:
        rows = rows.filter(beyond(Tuple(name, "id"), (cursor[0], UUID(cursor[1]))))
    page = (
        rows.select_related("procedure_version", "desk_unit__agency")
        .only(*lines.DOSSIER_COLUMNS, "channel", "filed_at", "desk_unit__name", "desk_unit__agency__name")
        .annotate(
            has_message=lines.message_of("id"),
            promised=lines.promise_of("state"),
            broken_off=lines.broken_off_of(),
            undone=lines.undone_of("state"),
            renewed=lines.renewal_of("state"),
        )
        .order_by(column, "-id" if column.startswith("-") else "id")[: way.limit + 1]
    )
    items = [
        replace(
            lines.dossier_item(row, is_readable=getattr(row, "is_readable", True)),
            unit_name=own_name(row.desk_unit.name, row.desk_unit.agency.name),
            channel=row.channel,
            filed_at=local(row.filed_at) if row.filed_at else None,
            cursor=cursor_of(getattr(row, name), row.id),
        )
        for row in page
    ]
    return way.worklist(items)


def _page_of_tasks(rows: QuerySet[DossierTask], column: str, after: str | None, limit: int) -> QuerySet[Any]:
    return (
        in_order(rows, column, after, limit)
        .select_related("dossier__procedure_version", "officer", "unit__agency")
        .only(
            *lines.TASK_COLUMNS,
            "unit__name",
            "unit__agency__name",
            "step_key",
            "dossier__channel",
            "dossier__filed_at",
            "dossier__agency_id",
        )
        .annotate(
            proposal=KeyTextTransform("proposal", "dossier__state"),
            decision=KeyTextTransform("decision", "dossier__state"),
            has_message=lines.message_of("dossier_id"),
            promised=lines.promise_of("dossier__state"),
            renewed=lines.renewal_of("dossier__state"),
            way_back=lines.way_back_of_return(),
            sent_back=lines.sent_back_of("dossier__state"),
            pauses=KeyTransform("pauses", "dossier__state"),
        )
    )


def _task_line(row: Any, column: str, warned_at: datetime | None) -> WorkItem:
    stuck = getattr(row, "is_stuck", False)
    return replace(
        lines.task_item(row),
        is_stuck=stuck,
        unit_name=own_name(row.unit.name, row.unit.agency.name),
        channel=row.dossier.channel,
        filed_at=local(row.dossier.filed_at) if row.dossier.filed_at else None,
        cursor=_cursor_of(row, column),
        warning=_level(row, warned_at, stuck) if warned_at else WarningLevel.NONE,
    )


def _questions(rows: QuerySet[Any], column: str) -> list[WorkItem]:
    """Lines of opinions that are waited for, with the names of who asked; one query more for all of them."""
    asked = [
        (row, _asker_of(row)) for row in rows.annotate(asked=KeyTransform("consultations", "dossier__state"))
    ]
    names = accounts.cards({asker for _, asker in asked if asker.isdigit()})
    return [
        replace(
            _task_line(row, column, None),
            asked_by=names[int(asker)].full_name if asker.isdigit() and int(asker) in names else "",
        )
        for row, asker in asked
    ]


def _asker_of(row: Any) -> str:
    number = row.step_key.removeprefix(f"{CONSULT_STEP}-")
    return next((each["asked_by"] for each in row.asked or () if str(each["number"]) == number), "")


def _cursor_of(row: Any, column: str) -> str:
    name = column.lstrip("-")
    moment = row.dossier.filed_at if name == _FILED[False] else getattr(row, name)
    return cursor_of(moment, row.dossier_id, row.key)


def _with_cursor(item: WorkItem) -> WorkItem:
    """The cursor of a line of a plain list; a task's `sort_at` is the earlier of its two due moments, without
    that of a dossier whose term stands still."""
    whole = None if item.is_term_halted else item.dossier_due_at
    first = min((due for due in (item.due_at, whole) if due), default=NO_DUE)
    return replace(item, cursor=cursor_of(first, item.dossier_id, item.task_key))


def _level(row: Any, at: datetime, is_stuck: bool) -> WarningLevel:
    """The mark that a line shows: the first one at least, where that had brought it onto the list."""
    if row.sort_at <= at:
        return WarningLevel.USED_UP
    read = from_wire(tuple[ClockPause, ...], row.pauses or [])
    apart = tuple(worktime.Pause(each.start, each.end, each.reason) for each in read)
    calendar = agencies.calendar_of(row.dossier.agency_id, local(at).date())
    level = warning_level(row.opened_at, row.due_at, at, calendar, apart)
    return WarningLevel.HALF if level is WarningLevel.NONE and not is_stuck else level
