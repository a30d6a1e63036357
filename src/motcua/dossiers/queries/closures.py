"""Which open dossiers a closure of their agency, or new hours, touch: what was promised, what would be now.

Whoever plans a closure sees codes, procedures and dates; the applicant is named to those whose units work on
every dossier of the agency (`policy.works_on_all_of`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, DateTimeField, Exists, Q, When
from django.db.models.fields.json import KT, KeyTransform
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThan

from motcua.accounts.queries import acting
from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers.enums import WITH_RESULT
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.cursors import cursor_of, read_cursor
from motcua.dossiers.queries.lines import apologies_of
from motcua.dossiers.queries.offers import goes_back
from motcua.dossiers.rules.notices import writes_to_typed_mailbox
from motcua.dossiers.rules.state import ClockPause, State, Term
from motcua.kernel.limits import TimeLimit
from motcua.kernel.wire import from_wire
from motcua.worktime import rules as worktime
from motcua.worktime.rules import Calendar, Closure, NewHours, closed, local

Both = Mapping[int, agencies.Sides]
PIECE = 500
COUNT_UP_TO = 20_000
_READY = sorted(status.value for status in WITH_RESULT)
_COLUMNS = (
    "id",
    "code",
    "applicant_name",
    "due_at",
    "procedure_version_id",
    "agency_id",
    KT("state__received_at"),
    KT("state__due_at"),
    KeyTransform("term", "state"),
    KeyTransform("pauses", "state"),
    KeyTransform("apologies", "state"),
)


@dataclass(frozen=True, slots=True)
class Touched:
    """An open dossier whose term would end later (with new hours: or sooner): promised, and as it would be.

    `name` is the applicant's, empty where it was not asked for. `is_in_vain`: at the promised moment the
    agency would be closed. `agency` is set where dossiers of several are looked at. `first_due_at`: the first
    promise, where a letter that came too late has set `due_at`.
    """

    dossier_id: str
    code: str
    name: str
    procedure: str
    due_at: datetime
    new_due_at: datetime
    is_in_vain: bool
    agency: str = ""
    first_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """A dossier whose date falls into a closure. `is_reachable`: an account or an e-mail is known;
    `has_result`: it is settled, and waits to be fetched."""

    id: UUID
    code: str
    name: str
    phone: str
    address: str
    due_at: datetime
    is_reachable: bool
    has_result: bool = False


@dataclass(frozen=True, slots=True)
class TouchedPage:
    items: tuple[Touched, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class TouchedCounts:
    """How many terms would end later, and how many promises fall behind closed doors; `is_cut`: or more."""

    moved: int
    in_vain: int
    is_cut: bool


def both_calendars(agency_ids: Collection[int], closure: Closure | NewHours, *, closure_id: int = 0) -> Both:
    """By agency the calendars that may apply, without the closure (the new hours) and with it.

    New hours are also those of agencies below that follow; a closure is an agency's own.
    """
    if isinstance(closure, NewHours):
        return agencies.calendars_with(agency_ids, closure)
    return {
        each: tuple(
            (days, calendar, closed(calendar, [closure]))
            for days, calendar in agencies.calendars(each, without=closure_id)
        )
        for each in agency_ids
    }


def touched(
    agency_id: int,
    closure: Closure | NewHours,
    *,
    closure_id: int = 0,
    after: str | None = None,
    limit: int = 25,
    named_in: Collection[int] = (),
    both: Both | None = None,
) -> TouchedPage:
    """The dossiers that the closure touches, by first promise. `closure_id`: the one already announced.

    Applicants of the agencies in `named_in` are named. `both`: see `both_calendars`.

    Dossiers whose clock stands still have no due moment; they get one, with the closure, when it runs again.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2 (a term runs in office hours only).
    """
    found: list[Touched] = []
    last: _Row | None = None
    both = both or both_calendars([agency_id], closure, closure_id=closure_id)
    names = {card.id: card.name for card in agencies.cards(both)} if len(both) > 1 else {}
    rows = _moved(both, closure, read_cursor(after, 2), first=limit + 1)
    for row, new_due_at, is_in_vain in rows:
        if len(found) == limit and last is not None:
            return TouchedPage(tuple(found), cursor_of(last.first_due_at, str(last.id)))
        title, last = catalogue.sheet(row.version_id).title, row
        due_at = local(row.due_at)
        first = local(row.first_due_at) if row.first_due_at != row.due_at else None
        name, agency = row.name if row.agency_id in named_in else "", names.get(row.agency_id, "")
        found.append(
            Touched(str(row.id), row.code, name, title, due_at, new_due_at, is_in_vain, agency, first)
        )
    return TouchedPage(tuple(found), None)


def touched_counts(
    agency_id: int,
    closure: Closure | NewHours,
    *,
    both: Both | None = None,
    promised: Collection[Promised] = (),
) -> TouchedCounts:
    """Of the open dossiers that are due after the closure begins, at most 20,000; of those `promised` within
    it (`promised_within`) also what has its result, for which people would come in vain."""
    moved, counted = 0, {each.id for each in promised if each.has_result}
    for row, _, is_in_vain in _moved(both or both_calendars([agency_id], closure), closure, None):
        if moved == COUNT_UP_TO:
            return TouchedCounts(moved, len(counted), True)
        moved += 1
        if is_in_vain:
            counted.add(row.id)
    return TouchedCounts(moved, len(counted), False)


def moved_to(
    agency_id: int, closure: Closure, dossier_ids: Sequence[UUID], *, closure_id: int
) -> dict[str, datetime]:
    """Of these dossiers those that the closure touches, by id, with the moment at which their terms would
    end."""
    rows = _touchable([agency_id], closure).filter(id__in=dossier_ids).values_list(*_COLUMNS)
    sides = both_calendars([agency_id], closure, closure_id=closure_id)[agency_id]
    due_later = (row for row in map(_row, rows) if row.due_at > closure.starts_at)
    found = ((row, _new_due_at(row, sides)) for row in due_later)
    return {str(row.id): new for row, new in found if new is not None and new > row.due_at}


def promised_within(agency_id: int, closure: Closure) -> tuple[Promised, ...]:
    """Dossiers for which people would come within the closure, by that moment: the one promised, or the one
    that a letter of apology has set since, in time or not. What has its result is among them until it was
    handed over, unless it goes back without anybody coming. Two queries at most."""
    rows = _due_after(_awaited(agency_id).filter(due_at__lte=closure.ends_at), closure)
    ready = Case(When(status__in=_READY, then="state"))  # of the others no state is unpacked whole
    read = rows.order_by("due_at", "id").values_list(ready, *_PERSON)[:COUNT_UP_TO]
    found = [each for state, *each in read if state is None or _is_fetched(state)]
    asked = [each[7] for each in found if each[7] is not None]
    peopled = acting.with_acting_members(asked) if asked else frozenset()
    concerned = (_promised(each, peopled) for each in found)
    within = (each for each in concerned if closure.starts_at < each.due_at <= closure.ends_at)
    return tuple(sorted(within, key=lambda each: (each.due_at, each.id)))


def _awaited(agency_id: int) -> Any:
    """What is open, and what has its result and was not handed over: what `dossier_open_by_due` and
    `dossier_ready_by_due` hold."""
    runs = Q(finished_at__isnull=True, is_paused=False)
    rows = Dossier.objects.filter(agency_id=agency_id, due_at__isnull=False, ended_at__isnull=True)
    return rows.filter(runs | Q(status__in=_READY))


def _is_fetched(state: Any) -> bool:
    return goes_back(from_wire(State, state)) == "counter"


def put_off_since(agency_id: int, closure: Closure, since: datetime) -> tuple[tuple[UUID, State], ...]:
    """Open dossiers that the closure touched until a letter of apology, sent since then, set another date.
    One query."""
    letters = apologies_of("id").filter(issued_at__gte=since)
    rows = _open([agency_id]).filter(Exists(letters), accepted_at__lt=closure.ends_at)
    rows = rows.order_by("due_at", "id").values_list("id", "state")[:COUNT_UP_TO]
    found = ((identity, from_wire(State, state)) for identity, state in rows)
    return tuple(each for each in found if each[1].apologies[-1].was_due_at > closure.starts_at)


_PERSON = (
    *("id", "code", "applicant_name", "due_at"),
    KT("state__due_at"),
    KeyTransform("apologies", "state"),
    *("owner_id", "organisation_id", "principal_id"),
    KT("state__target__channel"),
    KT("state__contents__applicant__email"),
    KT("state__contents__applicant__phone"),
    KT("state__contents__applicant__address"),
    "status",
)


def _promised(values: Sequence[Any], peopled: frozenset[int]) -> Promised:
    """As `services.notices.reachable` says: for an organisation those who act for it, and the mailbox of the
    filing where that counts; else who filed, or who gave the mandate."""
    identity, code, name, due_at, standing, apologies, owner, organisation, principal, *contact = values
    channel, email, phone, address, status = (each or "" for each in contact)
    has_account = organisation in peopled if organisation else bool(owner or principal)
    is_written_to = bool(email) and writes_to_typed_mailbox(channel, is_firm=bool(organisation))
    stands_at = local(_stands_at(due_at, standing, apologies))
    is_reachable = has_account or is_written_to
    return Promised(identity, code or "", name, phone, address, stands_at, is_reachable, status in _READY)


def states_of(identities: Sequence[UUID]) -> Iterator[tuple[UUID, State]]:
    """The states of several dossiers, in no order; one query."""
    for identity, state in Dossier.objects.filter(id__in=identities).values_list("id", "state"):
        yield identity, from_wire(State, state)


@dataclass(frozen=True, slots=True)
class _Row:
    id: UUID
    code: str
    name: str
    first_due_at: datetime  # the column along which rows are read
    due_at: datetime  # the date that stands: a late letter has set another than the first
    version_id: int
    agency_id: int
    received_at: datetime | None
    term: Term
    pauses: tuple[ClockPause, ...]
    is_put_off: bool  # an apology has set the moment; no term leads to it


def _moved(
    both: Both, closure: Closure | NewHours, after: tuple[Any, ...] | None, *, first: int = PIECE
) -> Iterator[tuple[_Row, datetime, bool]]:
    """With where their terms would end, and whether the agency is closed at the promised moment."""
    for row in _rows(tuple(both), closure, after, first):
        new_due_at = _new_due_at(row, both[row.agency_id])
        if new_due_at is None or new_due_at == row.due_at:
            continue
        if isinstance(closure, NewHours):
            yield row, new_due_at, not _is_served(row, both[row.agency_id])
        elif new_due_at > row.due_at:
            yield row, new_due_at, closure.takes_in(row.due_at)


def _is_served(row: _Row, sides: agencies.Sides) -> bool:
    """Whether the agency is open up to the promised moment by the calendar to come."""
    on, due_at = (row.received_at or row.due_at).date(), local(row.due_at)
    after = next(after for days, _, after in sides if on in days)
    return after.open_minutes(due_at - timedelta(minutes=1), due_at) > 0


def _touchable(agency_ids: Collection[int], closure: Closure | NewHours) -> Any:
    """Whoever was accepted after the closure is not touched by it."""
    rows = _due_after(_open(agency_ids), closure)
    return rows if isinstance(closure, NewHours) else rows.filter(accepted_at__lt=closure.ends_at)


def _due_after(rows: Any, closure: Closure | NewHours) -> Any:
    """What is due after the closure begins; with it what a letter of apology has put off until then: a late
    one leaves the column alone, and its date stands in the state only. `_Row.due_at` says which date counts.
    """
    is_put_off = Exists(apologies_of("id")) & Q(GreaterThan(_STANDS_AT, closure.starts_at))
    return rows.filter(Q(due_at__gt=closure.starts_at) | is_put_off)


_STANDS_AT = Cast(KT("state__due_at"), DateTimeField())


def _stands_at(due_at: datetime, standing: str | None, apologies: Any) -> datetime:
    return datetime.fromisoformat(standing) if apologies and standing else due_at


def _open(agency_ids: Collection[int]) -> Any:
    """Dossiers that are being settled and whose clock runs: what the index `dossier_open_by_due` holds."""
    return Dossier.objects.filter(
        agency_id__in=agency_ids,
        due_at__isnull=False,
        finished_at__isnull=True,
        ended_at__isnull=True,
        is_paused=False,
        stands_still=False,  # as the index says it
    )


def _rows(
    agency_ids: Collection[int],
    closure: Closure | NewHours,
    after: tuple[Any, ...] | None,
    first: int = PIECE,
) -> Iterator[_Row]:
    """Piece by piece along the index.

    `first` is the size of the first piece; later ones grow up to `PIECE`. The state is unpacked for every
    row that is read, so a page that is full with its first rows must not have asked for hundreds, and rows
    are sorted before.
    """
    rows = _touchable(agency_ids, closure)
    size = first
    while True:
        page = rows
        if after is not None:
            page = rows.filter(due_at__gte=after[0]).filter(Q(due_at__gt=after[0]) | Q(id__gt=after[1]))
        page = Dossier.objects.filter(id__in=page.order_by("due_at", "id").values("id")[:size])
        piece = list(page.order_by("due_at", "id").values_list(*_COLUMNS)[:size])
        yield from (row for row in map(_row, piece) if row.due_at > closure.starts_at)
        if len(piece) < size:
            return
        after, size = (piece[-1][3], piece[-1][0]), min(2 * size, PIECE)


def _row(values: Sequence[Any]) -> _Row:
    identity, code, name, due_at, version_id, agency_id, received_at, standing, *others = values
    term, pauses, apologies = others
    return _Row(
        identity,
        code or "",
        name,
        due_at,
        _stands_at(due_at, standing, apologies),
        version_id,
        agency_id,
        local(datetime.fromisoformat(received_at)) if received_at else None,
        from_wire(Term, term),
        tuple(from_wire(ClockPause, each) for each in pauses),
        bool(apologies),
    )


def _new_due_at(row: _Row, sides: agencies.Sides) -> datetime | None:
    """Where the term ends with the closure; None if the closure moves nothing."""
    if row.received_at is None:
        return None
    received_at, on = row.received_at, row.received_at.date()
    before, after = next((one, two) for days, one, two in sides if on in days)
    if row.is_put_off or not row.term.limit:
        due_at = local(row.due_at)
        return (
            None
            if before.open_minutes(due_at - timedelta(minutes=1), due_at) == 0
            else _open_end(after, due_at)
        )
    limit, pauses = (
        TimeLimit.parse(row.term.limit),
        tuple(worktime.Pause(each.start, each.end, each.reason) for each in row.pauses),
    )
    old, new = (
        worktime.due_at(each, received_at, limit, pauses=pauses, same_day_cutoff=row.term.cutoff)
        for each in (before, after)
    )
    return new if new != old else None


def _open_end(calendar: Calendar, due_at: datetime) -> datetime | None:
    """The closing next after a moment at which the agency is closed; None if it is open then."""
    if calendar.open_minutes(due_at - timedelta(minutes=1), due_at):
        return None
    on: date = due_at.date()
    closing = calendar.closing_of(on)
    return closing if closing > due_at else calendar.closing_of(on + timedelta(days=1))
