"""When those responsible are reminded of a duty or of a roadmap that was not sent."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from motcua.catalogue.rules.online import roadmap_due
from motcua.law.rules import Regulation
from motcua.worktime.rules import ZONE, Calendar, local

# In per cent of the term, as for the steps of dossiers. No text at hand gives marks: these are ours.
MARKS = (50, 80, 100)
SEASON = timedelta(days=60)  # how long before its last day a roadmap is a matter at all: ours, too


def mark_of(calendar: Calendar, counted_on: date, due: datetime, at: datetime) -> int:
    """The highest mark that the term of a duty has reached, 0 before the first; in opening time.

    What is 100 is late only after the moment itself.

    Basis: QN20-6.1.a, QN20-6.1.b-1, PT24-20.2, PT24-23.7, KT18-11.
    """
    if at >= due:
        return MARKS[-1]
    begins = datetime.combine(counted_on + timedelta(days=1), time.min, ZONE)
    total = calendar.open_minutes(begins, due)
    used = calendar.open_minutes(begins, at) if at > begins else 0
    return max((mark for mark in MARKS[:-1] if total and used * 100 >= total * mark), default=0)


def roadmap_last_day(regulation: Regulation, year: int) -> date | None:
    """The last day of the review for a year: the one that the regulation gives, the end of the year before
    where the review is yearly without a day. None where nothing is due at any time, and where the regulation
    is not in force on that day, and so asks for nothing then.

    Basis: KT18-17.3#2, KT22-18.1.
    """
    last = roadmap_due(regulation, year)
    if last is None and regulation.choice("catalogue.review") == "yearly":
        last = date(year - 1, 12, 31)
    return last if last is not None and last in regulation.validity else None


def is_asked(regulation: Regulation) -> bool:
    """Whether every agency sends what its review found: where the text names who gets it, or has the review
    made every year.

    Basis: KT18-17.3#2, QN20-21.1, KT22-18.1.
    """
    return bool(regulation.words("catalogue.roadmap_to")) or regulation.choice("catalogue.review") == "yearly"


def roadmap_mark(regulation: Regulation, year: int, on: date) -> int:
    """The mark that the season of the review has reached on the day, 0 before the first.

    The last mark, "late", comes after the day that the regulation gives; where the review is yearly without a
    day, once its year has ended without it: "hằng năm" is a term, and which year's list it is for is ours.

    Basis: KT18-17.3#2, KT22-18.1.
    """
    last = roadmap_last_day(regulation, year)
    if last is None or on > last + SEASON:
        return 0
    if on > last:
        return MARKS[-1]
    used = (on - (last - SEASON)).days
    return max((mark for mark in MARKS[:-1] if used * 100 >= SEASON.days * mark), default=0)


def year_ahead(at: datetime) -> int:
    """The year for which roadmaps are made now."""
    return local(at).year + 1
