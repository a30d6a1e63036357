"""Reminding those who act for an agency of duties that run out and of roadmaps that were not sent.

The system does so by itself, each mark once: what was told stands in the outbox.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import Officer
from motcua.catalogue import labels, policy, queries
from motcua.catalogue.models import Duty
from motcua.catalogue.queries import DutyCard
from motcua.catalogue.rules import reminding
from motcua.kernel.dates import in_words
from motcua.law.rules import Regulation
from motcua.notify import queries as notified
from motcua.notify import services as notify
from motcua.worktime.rules import local

DUTIES, ROADMAP = "desk.duties_due", "desk.roadmap_due"
AHEAD, BEHIND = timedelta(days=45), timedelta(days=30)  # no duty has a longer term; older ones were told
MOST, NAMED = 2000, 8


@dataclass(frozen=True, slots=True)
class _Matter:
    """What one agency has to do after one decision by one moment, and how much of the term has passed."""

    about: str
    agency_id: int
    mark: int
    cards: tuple[DutyCard, ...]


def remind(*, at: datetime) -> int:
    """Tell whoever acts for the agencies concerned; how many matters they were told of.

    Basis: QN20-6.1.a, QN20-6.1.b-1, PT24-20.2, PT24-23.7, KT18-11, KT18-17.3#2, KT22-18.1, DL24-11.1#3.
    """
    return remind_of_duties(at=at) + remind_of_roadmaps(at=at)


@transaction.atomic
def remind_of_duties(*, at: datetime) -> int:
    """Of duties with a term of which half, four fifths or all has passed; each mark is told once.

    Basis: QN20-6.1.a, QN20-6.1.b-1, PT24-20.2, PT24-23.7, KT18-11, DL24-11.1#3.
    """
    matters = _matters(_running_out(at), at)
    known = notified.told_about(DUTIES, [each.about for each in matters])
    new = [each for each in matters if each.about not in known]
    people = _people({each.agency_id for each in new}, at)
    told = [each for each in new if people.get(each.agency_id)]
    for each in told:
        _tell(each, people[each.agency_id], at)
    return len(told)


@transaction.atomic
def remind_of_roadmaps(*, at: datetime) -> int:
    """Of the roadmap for the next year, those agencies that settle procedures and sent none; each mark once.

    Nothing where the regulation knows no yearly review: there reviews go by plan, or with every change.

    Basis: KT18-17.3#2, KT22-18.1.
    """
    regulation, today = policy.regulation_of(settings.PROVINCE, at), local(at).date()
    if regulation is None:
        return 0
    ahead = reminding.year_ahead(at)
    years = (ahead - 1, ahead)  # after its last day that of this year may still be missing
    return sum(
        _remind_of(regulation, year, at) for year in years if reminding.roadmap_mark(regulation, year, today)
    )


def _remind_of(regulation: Regulation, year: int, at: datetime) -> int:
    today = local(at).date()
    mark = reminding.roadmap_mark(regulation, year, today)
    came = {each.agency_id for each in queries.roadmaps(settings.PROVINCE, year)}
    asked = set(queries.settling_agencies(settings.PROVINCE, today)) - came
    abouts = {f"roadmap:{agency_id}:{year}:{mark}": agency_id for agency_id in asked}
    known = notified.told_about(ROADMAP, abouts)
    new = {about: agency_id for about, agency_id in abouts.items() if about not in known}
    people = _people(new.values(), at)
    names = {card.id: card.name for card in agencies.cards(new.values())}
    told = {about: agency_id for about, agency_id in new.items() if people.get(agency_id)}
    last = reminding.roadmap_last_day(regulation, year)
    key = "catalogue.roadmap_before" if regulation.get("catalogue.roadmap_before") else "catalogue.review"
    for about, agency_id in told.items():
        notify.post(
            key=ROADMAP,
            recipients=_recipients(people[agency_id]),
            context={
                "agency": names[agency_id],
                "year": str(year),
                "last_day": last.isoformat() if last else "",
                "is_late": "1" if mark == reminding.MARKS[-1] else "",
                "clauses": ", ".join(regulation.clauses(key)),
                "link": f"{settings.PUBLIC_URL}/noi-bo/danh-muc/ra-soat/{agency_id}/",
            },
            about=about,
            at=at,
        )
    return len(told)


def _running_out(at: datetime) -> tuple[DutyCard, ...]:
    """Open duties with a term that ends not long before or after now, the first to end first."""
    rows = (
        Duty.objects.filter(province=settings.PROVINCE, done_on__isnull=True, agency__isnull=False)
        .filter(due_at__gte=at - BEHIND, due_at__lte=at + AHEAD)
        .select_related("announced__announcement", "agency")
        .order_by("sort_at", "id")[:MOST]
    )
    return tuple(queries.duty_card(row, at) for row in rows)


def _matters(cards: tuple[DutyCard, ...], at: datetime) -> list[_Matter]:
    """Duties of one agency after one decision that end together are one matter, so that nobody gets a
    hundred messages."""
    grouped: dict[tuple[int, int, datetime], list[DutyCard]] = {}
    for card in cards:
        assert card.agency_id is not None
        assert card.due_at is not None
        grouped.setdefault((card.announcement_id, card.agency_id, card.due_at), []).append(card)
    found = []
    for (decision, agency_id, due_at), group in grouped.items():
        calendar = agencies.calendar_of(agency_id, group[0].counted_on)
        mark = reminding.mark_of(calendar, group[0].counted_on, due_at, at)
        if mark:
            about = f"duties:{decision}:{agency_id}:{due_at:%y%m%d}:{mark}"
            found.append(_Matter(about, agency_id, mark, tuple(group)))
    return found


def _tell(matter: _Matter, people: tuple[Officer, ...], at: datetime) -> None:
    first = matter.cards[0]
    assert first.due_at is not None
    lines = [f"- {labels.DUTY[card.kind]}: {card.title}" for card in matter.cards[:NAMED]]
    if len(matter.cards) > NAMED:
        lines.append("- …")
    clauses = dict.fromkeys(one for card in matter.cards for one in card.clauses)
    notify.post(
        key=DUTIES,
        recipients=_recipients(people),
        context={
            "agency": first.agency,
            "decision": first.announcement,
            "number": str(len(matter.cards)),
            "share": str(matter.mark),
            "is_late": "1" if matter.mark == reminding.MARKS[-1] else "",
            "due": in_words(first.due_at),
            "due_at": first.due_at.isoformat(),
            "items": "\n".join(lines),
            "clauses": ", ".join(clauses),
            "link": f"{settings.PUBLIC_URL}/noi-bo/danh-muc/viec/?loc=&cua=toi",
        },
        about=matter.about,
        at=at,
    )


def _people(agency_ids: Iterable[int], at: datetime) -> dict[int, tuple[Officer, ...]]:
    """Who acts for each agency in governing the catalogue: its leaders, and the posts of its role."""
    return agencies.holders_of(set(agency_ids), policy.acting_roles(settings.PROVINCE, at), local(at).date())


def _recipients(people: tuple[Officer, ...]) -> list[notify.Recipient]:
    return [notify.Recipient(each.account_id, None, each.full_name) for each in people]
