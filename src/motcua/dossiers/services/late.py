"""Acts entered afterwards: what happened on paper while the system was down, through the same services.

Within `entered_late` every service writes, beside its own event, the mark that it was entered late. Its
`at` is the moment at which the act happened on paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from motcua.dossiers.rules.events import EnteredLate
from motcua.dossiers.rules.late import clauses_of_entering, entered
from motcua.dossiers.rules.state import Target
from motcua.incidents import queries as incidents
from motcua.incidents.rules.windows import Window
from motcua.incidents.services import hold_open
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import as_seen
from motcua.law import queries as law
from motcua.worktime.rules import local


@dataclass(frozen=True, slots=True)
class PaperLog:
    """Where the act stood before it was entered: the incident, the page of the log, who did it."""

    incident_id: str
    page: str
    entered_at: datetime
    done_by: str = ""


_open_log: ContextVar[PaperLog | None] = ContextVar("motcua_paper_log", default=None)


@contextmanager
def entered_late(*, incident_id: str, page: str, entered_at: datetime, done_by: str = "") -> Iterator[None]:
    """What services do inside is entered from the paper log of a declared incident.

    They refuse with OutsideWindow, OutsidePlace, PageRequired or BeforeLastEvent what cannot have happened
    so, and with EnteredTooLate what comes more working days after the outage than we allow. Whoever enters
    it needs the right today (Forbidden); whoever did it, `done_by` by full name or else the same, needed it
    then (DoerHadNoPost).

    Basis: PT24-23.8, KT22-4.4.
    """
    token = _open_log.set(PaperLog(incident_id, page, entered_at, done_by))
    try:
        yield
    finally:
        _open_log.reset(token)


def is_own(log: PaperLog, actor: Actor) -> bool:
    """Whether whoever enters it did it on paper: nobody else is named."""
    named = as_seen(log.done_by).casefold()
    return named in ("", as_seen(actor.name).casefold())


def open_log() -> PaperLog | None:
    """The paper log that is being entered just now; nearly always none."""
    return _open_log.get()


def window_of(log: PaperLog) -> Window:
    """The time and place of the outage that the log was kept in. Raises NotFound."""
    return incidents.incident(log.incident_id).window


def mark_of(log: PaperLog, target: Target, actor: Actor, at: datetime) -> EnteredLate:
    """The mark of the act that is just being recorded; until that is done, nobody ends an outage."""
    if not actor.is_officer:
        in_force = law.regulation_in_force(settings.PROVINCE, local(at).date())  # a draft is under none yet
        raise Forbidden(clauses=clauses_of_entering(target.regulation or in_force.short_name))
    hold_open()
    window = window_of(log)
    days = settings.INCIDENT_ENTER_WITHIN_DAYS
    since = incidents.log_open_since(target.agency_id, log.entered_at)
    return entered(window, target, log.page, log.done_by, log.entered_at, at, days, since)


__all__ = ["PaperLog", "clauses_of_entering", "entered_late", "is_own", "mark_of", "open_log", "window_of"]
