"""Closing an agency for some time: who is touched is counted and kept, who is concerned is told.

No promise moves by it (ADR 0018). The agency settles before the closure, or its leader apologises in time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.rules.cards import ClosureCard
from motcua.agencies.services import ClosureWish, HoursWish
from motcua.catalogue import queries as catalogue
from motcua.dossiers import policy, queries
from motcua.dossiers.queries import TouchedCounts, TouchedPage, TouchedTerms
from motcua.dossiers.rules.state import State
from motcua.dossiers.services.notices import applicants_of
from motcua.kernel.actors import Actor
from motcua.kernel.dates import day_in_words, in_words
from motcua.notify import services as notify
from motcua.worktime.rules import Closure, NewHours, local

TASK = "dossiers.tell_of_closure"
PIECE = 200
# Processes look at calendars every few seconds; what one still promises by the old one is told of, too.
SETTLED_AFTER = {"seconds": 15}


@dataclass(frozen=True, slots=True)
class ClosurePlan:
    """What a closure would do, before it is announced. `seen` goes back with the announcement.

    `terms` stand beside the first page of dossiers only.
    """

    closure: Closure
    counts: TouchedCounts
    page: TouchedPage
    terms: tuple[TouchedTerms, ...]
    seen: str


def plan_closure(*, actor: Actor, at: datetime, wish: ClosureWish, after: str | None = None) -> ClosurePlan:
    """The preview: nothing is written. Raises what `agencies.services.planned_closure` refuses."""
    seen = agencies.closures_mark(wish.agency_id)
    posts = agencies.positions_of(int(actor.id), local(at).date()) if actor.is_officer else frozenset()
    with_names = policy.works_on_all_of(posts, wish.agency_id)
    closure = agency_services.planned_closure(actor=actor, at=at, wish=wish)
    return ClosurePlan(
        closure,
        queries.touched_counts(wish.agency_id, closure),
        queries.touched(
            wish.agency_id, closure, after=after, named_in=[wish.agency_id] if with_names else ()
        ),
        () if after else queries.touched_terms(wish.agency_id, closure, with_names=with_names),
        seen,
    )


@dataclass(frozen=True, slots=True)
class HoursPlan:
    """What new opening hours would do, before they are published: to dossiers of the agency and of the
    `followers` below it, which have no hours of their own."""

    hours: NewHours
    followers: int
    counts: TouchedCounts
    page: TouchedPage


def plan_hours(*, actor: Actor, at: datetime, wish: HoursWish, after: str | None = None) -> HoursPlan:
    """The preview: nothing is written. Raises what `agencies.services.planned_hours` refuses."""
    hours = agency_services.planned_hours(actor=actor, at=at, wish=wish)
    posts = agencies.positions_of(int(actor.id), local(at).date())
    followers = agencies.followers(wish.agency_id, hours.first_day)
    both = queries.both_calendars((wish.agency_id, *followers), hours)
    named_in = {each for each in (wish.agency_id, *followers) if policy.works_on_all_of(posts, each)}
    return HoursPlan(
        hours,
        len(followers),
        queries.touched_counts(wish.agency_id, hours, both=both),
        queries.touched(wish.agency_id, hours, after=after, named_in=named_in, both=both),
    )


def close_agency(*, actor: Actor, at: datetime, wish: ClosureWish, seen: str) -> ClosureCard:
    """Announce the closure, tell the agency's officers, and let applicants be told who would come in vain.

    Raises what `agencies.services.announce_closure` refuses.

    Basis: DL24-5.4 (notices on intake and return are public).
    """
    closure = agency_services.planned_closure(actor=actor, at=at, wish=wish)
    counts = queries.touched_counts(wish.agency_id, closure)  # looked at before anything is locked
    with transaction.atomic():
        card = agency_services.announce_closure(
            actor=actor, at=at, wish=wish, seen=seen, moved=counts.moved, in_vain=counts.in_vain
        )
        _tell_officers("desk.closure", card, at)
        app.configure_task(TASK, schedule_in=SETTLED_AFTER).defer(closure_id=card.id, is_withdrawn=False)
    return card


@transaction.atomic
def reopen_agency(*, actor: Actor, at: datetime, closure_id: int) -> ClosureCard:
    """Withdraw a closure that has not begun; who was told of it is told of this.

    Raises NotFound, Forbidden, ClosureHasBegun.
    """
    card = agency_services.withdraw_closure(actor=actor, at=at, closure_id=closure_id)
    _tell_officers("desk.closure_withdrawn", card, at)
    app.configure_task(TASK).defer(closure_id=card.id, is_withdrawn=True)
    return card


@transaction.atomic
def tell_of_closure(*, closure_id: int, is_withdrawn: bool, at: datetime) -> int:
    """Tell the applicants whose promised moment lies within the closure, once; how many dossiers.

    Their date stays as it was promised; they are told when somebody will be there.
    """
    card = agency_services.closure_to_tell(closure_id=closure_id, is_withdrawn=is_withdrawn, at=at)
    if card is None:
        return 0
    key = "dossier.closure_withdrawn" if is_withdrawn else "dossier.closure"
    count = 0
    concerned = queries.promised_within(card.agency_id, card.span)
    for first in range(0, len(concerned), PIECE):
        for identity, state in queries.states_of(concerned[first : first + PIECE]):
            notify.post(
                key=key,
                recipients=applicants_of(state, at),
                context=_context(card) | _about(card, state),
                about=str(identity),
                at=at,
            )
            count += 1
    return count


def in_words_of(span: Closure) -> str:
    """`ngày 24 tháng 3 năm 2026`, several days, or from one moment to another, as letters write it."""
    starts, ends = local(span.starts_at), local(span.ends_at)
    if starts.time() == ends.time() == time():
        last = ends.date() - timedelta(days=1)
        if last == starts.date():
            return day_in_words(last)
        return f"từ {day_in_words(starts.date())} đến hết {day_in_words(last)}"
    return f"từ {in_words(starts)} đến {in_words(ends)}"


def _tell_officers(key: str, card: ClosureCard, at: datetime) -> None:
    officers = agencies.colleagues_of([card.agency_id], local(at).date())
    names = {officer.account_id: officer.full_name for officer in officers}
    told = [notify.Recipient(account_id, None, name) for account_id, name in names.items()]
    path = f"/noi-bo/lich-nghi/nghi/{card.id}/"
    context = _context(card) | {
        "moved": str(card.moved) if card.moved else "",
        "in_vain": str(card.in_vain) if card.in_vain else "",
        "link": f"{settings.PUBLIC_URL}{path}",
    }
    notify.post(key=key, recipients=told, context=context, about=f"closure:{card.id}", at=at)


def _context(card: ClosureCard) -> dict[str, str]:
    return {
        "agency": agencies.agency(card.agency_id).name,
        "when": in_words_of(card.span),
        **_edges(card.span),
        "reason": card.span.reason,
        "hotline": settings.HOTLINE,
    }


def _edges(span: Closure) -> dict[str, str]:
    """For subjects and English letters: the days where whole ones are closed, else the moments."""
    starts, ends = local(span.starts_at), local(span.ends_at)
    if starts.time() == ends.time() == time():
        first, last = starts.date(), ends.date() - timedelta(days=1)
        return {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}" if last != first else ""}
    return {"starts": f"{starts:%H:%M %d/%m/%Y}", "ends": f"{ends:%H:%M %d/%m/%Y}"}


def _about(card: ClosureCard, state: State) -> dict[str, str]:
    assert state.due_at is not None
    calendar = agencies.calendar_of(card.agency_id, local(state.received_at or state.due_at).date())
    applicant = state.contents.applicant
    return {
        "applicant": applicant.name,
        "is_organisation": "1" if applicant.organisation_number else "",
        "code": state.reference,
        "procedure": catalogue.sheet(state.target.procedure_version_id).matter,
        "due": in_words(state.due_at),
        "due_at": state.due_at.isoformat(),
        "opening": in_words(calendar.next_opening(state.due_at)),
        "opens": local(calendar.next_opening(state.due_at)).strftime("%H:%M %d/%m/%Y"),
        "link": f"{settings.PUBLIC_URL}/tra-cuu/{state.reference}",
    }
