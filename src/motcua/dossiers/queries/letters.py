"""Letters of apology that are owed: those that will be due soon, and those that never came."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Exists, Q

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.cursors import page_after
from motcua.dossiers.queries.lines import apologies_of
from motcua.dossiers.queries.pages import calendar_of
from motcua.dossiers.queries.watching import Overdue
from motcua.dossiers.rules.decide import lateness
from motcua.dossiers.rules.state import State
from motcua.kernel.limits import TimeLimit
from motcua.kernel.wire import from_wire
from motcua.law import queries as law
from motcua.worktime import rules as worktime
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Officer, Post

# How long before the end of a term lists name the letter. No text gives it: ours, a day before it is due.
EARLY = TimeLimit.parse("2wd")
_OPEN = Q(finished_at__isnull=True, ended_at__isnull=True, accepted_at__isnull=False, is_paused=False)


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
    leaders: tuple[str, ...]


def leaders_of(leadership_id: int, at: datetime) -> tuple[str, ...]:
    """Who sends an agency's letters of apology on the day, by name; nobody while the post is empty."""
    return _names(agencies.officers_of(leadership_id, Role.APPROVER, local(at).date()))


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
            _names(leaders[leadership, Role.APPROVER.value]),
        )
        for each, state, title in folded
        if state.due_at is not None and (letter_by := letter_due_of(state)) is not None
    )


def overdue_without_letter(
    province: str,
    agency_ids: Collection[int] | None,
    at: datetime,
    *,
    after: str | None = None,
    limit: int = 20,
) -> tuple[tuple[Overdue, ...], str | None]:
    """Dossiers whose term has ended without a result, and for which nobody apologised; the longest overdue
    first. A page may be shorter than `limit`: of a term too short for a letter none was owed.

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


def _names(officers: Iterable[Officer]) -> tuple[str, ...]:
    return tuple(each.full_name for each in officers)


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
