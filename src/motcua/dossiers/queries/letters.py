"""Letters of apology that are owed: those that will be due soon, and those that never came."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Q
from django.db.models.fields.json import KT, KeyTransform

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.catalogue import queries as catalogue
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.closures import both_calendars
from motcua.dossiers.queries.cursors import page_after
from motcua.dossiers.queries.lines import apologies_of
from motcua.dossiers.queries.pages import calendar_of
from motcua.dossiers.queries.watching import Overdue
from motcua.dossiers.rules.closing import is_sent_before
from motcua.dossiers.rules.decide import lateness
from motcua.dossiers.rules.decide.lateness import RunningTerm
from motcua.dossiers.rules.state import State
from motcua.kernel.limits import TimeLimit
from motcua.kernel.wire import from_wire
from motcua.law import queries as law
from motcua.worktime import rules as worktime
from motcua.worktime.rules import Closure, local

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Officer, Post
    from motcua.worktime.rules import Calendar

# How long before the end of a term lists name the letter. No text gives it: ours, a day before it is due.
EARLY = TimeLimit.parse("2wd")
COUNT_UP_TO = 2_000
_TERM = (
    "id",
    "code",
    "applicant_name",
    "procedure_version_id",
    "due_at",
    "accepted_at",
    KT("state__received_at"),
    KT("state__target__regulation"),
    KeyTransform("pauses", "state"),
)
_OPEN = Q(finished_at__isnull=True, ended_at__isnull=True, accepted_at__isnull=False, stands_still=False)


@dataclass(frozen=True, slots=True)
class LetterOwed:
    """A dossier that is not done yet: until when its letter of apology comes in time, and whether that has
    passed. `leadership_id` is the unit whose leader sends it, `leaders` who that is on the day."""

    dossier_id: str
    reference: str
    procedure: str
    due_at: datetime
    letter_by: datetime
    is_missed: bool
    leadership_id: int
    leaders: tuple[Officer, ...]


@dataclass(frozen=True, slots=True)
class LetterBefore:
    """A dossier whose letter of apology had better be sent before a closure begins; `letter_by` is the last
    moment, which stays. `name`: the applicant's, where asked for."""

    dossier_id: str
    code: str
    name: str
    procedure: str
    due_at: datetime
    letter_by: datetime


@dataclass(frozen=True, slots=True)
class LettersBefore:
    """How many such letters, and the first few; `is_cut`: there are more dossiers than are looked at."""

    count: int
    first: tuple[LetterBefore, ...]
    is_cut: bool


def leaders_of(leadership_id: int, at: datetime) -> tuple[Officer, ...]:
    """Who sends an agency's letters of apology on the day; nobody while the post is empty."""
    post = (leadership_id, Role.APPROVER.value)
    return agencies.officers_of_each([post], local(at).date())[post]


def letter_due_of(state: State) -> datetime | None:
    """Until when the leader apologises for a dossier that will not be done in time; None: nothing is owed.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); reading A12.
    """
    if state.received_at is None:
        return None
    calendar = calendar_of(state, state.received_at)
    return lateness.letter_due(state, law.regulation(state.target.regulation), calendar)


def letters_owed(posts: Collection[Post], at: datetime, limit: int = 20) -> tuple[LetterOwed, ...]:
    """What is not done two working days before its term ends, of what these posts answer for: by when its
    letter of apology must be there. What ends first on top.

    A term too short for a letter in time is left out: nothing can be done in time for it, and each healthy
    dossier of a day would stand here from the minute it was accepted. Overdue it is listed as any other.

    A leader for the agency, the head of a desk for its dossiers, the head of a unit for what it settles.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); reading A12.
    """
    answered = [post for post in posts if post.role in (Role.APPROVER, Role.DESK_HEAD, Role.UNIT_HEAD)]
    if not answered:
        return ()
    near = reduce(or_, (_near(each, at) for each in sorted({post.agency_id for post in answered})))
    led = sorted({post.agency_id for post in answered if post.role is Role.APPROVER})
    desks = sorted({post.unit_id for post in answered if post.role is Role.DESK_HEAD})
    headed = sorted({post.unit_id for post in answered if post.role is Role.UNIT_HEAD})
    theirs = Q(agency_id__in=led) | Q(desk_unit_id__in=desks)
    if headed:
        theirs |= Q(state__target__posting__settling__in=headed)
    rows = (
        Dossier.objects.filter(_OPEN, near, theirs, _owing(at), due_at__gt=at)
        .order_by("due_at", "id")
        .values_list("id", "state", "procedure_version__title")[:limit]
    )
    folded = [(str(each), from_wire(State, state), title) for each, state, title in rows]
    signing = {(state.target.posting.leadership, Role.APPROVER.value) for _, state, _ in folded}
    leaders = agencies.officers_of_each(signing, local(at).date())
    return tuple(
        LetterOwed(
            each,
            state.reference,
            title,
            local(state.due_at),
            letter_by,
            letter_by < at,
            leadership := state.target.posting.leadership,
            leaders[leadership, Role.APPROVER.value],
        )
        for each, state, title in folded
        if state.due_at is not None
        and (letter_by := letter_due_of(state)) is not None
        and not lateness.too_short_for_a_letter(state, letter_by)
    )


def letters_before(
    agency_id: int, closure: Closure, at: datetime, *, limit: int = 10, with_names: bool = False
) -> LettersBefore:
    """The letters of apology for which the closure leaves no opening time any more, as `is_sent_before` says;
    what ends first on top. One query for all dossiers, which unpacks the state of none: of a term without a
    letter the column says when it ends.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); reading A69.
    """
    sides = both_calendars([agency_id], closure)[agency_id]
    with_it = next(after for days, _, after in sides if closure.ends_at.date() in days)
    until = worktime.due_at(with_it, closure.ends_at, EARLY)
    rows = list(
        Dossier.objects.filter(_OPEN, _owing(at), agency_id=agency_id)
        .filter(due_at__gt=closure.starts_at, due_at__lte=until)
        .order_by("due_at", "id")
        .values_list(*_TERM)[: COUNT_UP_TO + 1]
    )
    found: list[tuple[Any, datetime]] = []
    for row in rows[:COUNT_UP_TO]:
        on = local(datetime.fromisoformat(row[6]) if row[6] else at).date()
        before, after = next((one, two) for days, one, two in sides if on in days)
        letter_by = _letter_due_of_row(row, before)
        if letter_by is not None and letter_by >= at and is_sent_before(letter_by, closure, before, after):
            found.append((row, letter_by))
    first = (
        LetterBefore(
            str(identity),
            code or "",
            name if with_names else "",
            catalogue.sheet(version_id).title,
            local(due_at),
            letter_by,
        )
        for (identity, code, name, version_id, due_at, *_), letter_by in found[:limit]
    )
    return LettersBefore(len(found), tuple(first), len(rows) > COUNT_UP_TO)


def _letter_due_of_row(row: Sequence[Any], calendar: Calendar) -> datetime | None:
    """Of a dossier whose clock runs, and for which no letter was sent."""
    *_, due_at, accepted_at, received_at, regulation, pauses = row
    if not received_at:
        return None
    ends = (datetime.fromisoformat(each["end"]) for each in pauses or () if each.get("end"))
    term = RunningTerm(due_at, accepted_at, max((accepted_at, *ends)))
    return lateness.letter_due_of_term(term, law.regulation(regulation), calendar)


def overdue_without_letter(
    province: str,
    agency_ids: Collection[int] | None,
    at: datetime,
    *,
    after: str | None = None,
    limit: int = 20,
) -> tuple[tuple[Overdue, ...], str | None]:
    """Dossiers whose term has ended without a result, and for which nobody apologised; the longest overdue
    first. A page may be shorter than `limit`: of a term that ended before a law asked for letters none was
    owed.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); reading A12.
    """
    rows = Dossier.objects.filter(_OPEN, _owing(at), due_at__lt=at, agency__province=province)
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=agency_ids)
    page, following = page_after(
        rows, ("due_at", "id"), ("state", "agency_id", "procedure_version__title"), after, limit
    )
    names = {card.id: card.name for card in agencies.cards({row[3] for row in page})}
    folded = ((from_wire(State, row[2]), row) for row in page)
    found = tuple(
        Overdue(str(row[1]), state.reference, row[4], row[3], names[row[3]], "letter", "", letter_by)
        for state, row in folded
        if (letter_by := letter_due_of(state)) is not None
    )
    return found, following


def _near(agency_id: int, at: datetime) -> Q:
    """The dossiers of an agency whose term ends within what is early, to the end of that day."""
    end = local(worktime.due_at(agencies.calendar_of(agency_id, local(at).date()), at, EARLY))
    midnight = end.replace(hour=0, minute=0, second=0, microsecond=0)
    return Q(agency_id=agency_id, due_at__lt=midnight + timedelta(days=1))


def _owing(at: datetime) -> Q:
    """Under a regulation that asks for the letter by now, and no letter was sent.

    The regulation is looked up only where not all ask: unpacking the state of everything overdue takes longer
    than the rest of the question.
    """
    today, regulations = local(at).date(), law.law().regulations
    asking = [name for name, each in regulations.items() if lateness.notice_of(each.on(today)) is not None]
    unwritten = Q(~Exists(apologies_of("id")))
    return (
        unwritten if len(asking) == len(regulations) else unwritten & Q(state__target__regulation__in=asking)
    )
