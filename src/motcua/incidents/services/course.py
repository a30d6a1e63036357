"""How an incident goes: declared, perhaps not mended in time, ended. Each is a row that is only added."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from motcua.agencies import queries as agencies
from motcua.incidents import policy, ports, queries
from motcua.incidents.enums import Scope
from motcua.incidents.errors import AlreadyDeclared, AlreadyEnded, BadGround, BadScope
from motcua.incidents.models import Incident, IncidentBreach, IncidentEnd
from motcua.incidents.queries import IncidentCard
from motcua.incidents.rules import reports, windows
from motcua.incidents.services import telling
from motcua.kernel.actors import Actor
from motcua.kernel.dates import ZONE
from motcua.kernel.errors import Forbidden, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.locks import Lock
from motcua.kernel.text import visible
from motcua.law import queries as law
from motcua.law.services import rests_on
from motcua.notify import queries as notify
from motcua.worktime.rules import local

OVERDUE, URGED = "incident.overdue", "incident.urged"


@rests_on(policy.may_declare, policy.may_declare_for_all, names="operator.agency")
def declare(
    *,
    actor: Actor,
    at: datetime,
    scope: Scope,
    what: str,
    began_at: datetime,
    agency_id: int | None = None,
    unit_id: int | None = None,
    ground: str = "",
    evidence: str = "",
    ended_at: datetime | None = None,
    remedy: str = "",
) -> IncidentCard:
    """Write down that the system fails, since when and for whom; those whom the regulation names are told.

    `ground` is the report on which it is declared, if any; `evidence` what shows since when it failed, where
    that is long ago. With `ended_at` it is over, and `remedy` says what was done. Raises Forbidden, BadScope,
    WhatHappened, NotYet, ForLeaders, EvidenceRequired, TooLongAgo, BadGround, AlreadyDeclared.

    Told at once, those who repair can do so promptly, also where the text gives no hours.

    Basis: PT24-21.6, PT24-23.8, DL24-10.2, KT18-13.7, KT22-22.5#2, QN20-26.5; DL24-18.4#3, KT18-9.2#2,
    KT22-24.3, QN20-28.1#3.
    """
    agency_id, unit_id = _place(scope, agency_id, unit_id)
    posts = policy.posts_of(actor, at)
    if not policy.may_declare(actor, posts, at, scope, agency_id, unit_id):
        raise Forbidden()
    within = _declare_within()
    windows.check_begin(
        began_at,
        what,
        at,
        within,
        queries.calendar_at(agency_id, at),
        evidence=evidence,
        reaches_back=policy.may_reach_back(actor, posts, at, scope, agency_id),
    )
    found, public = queries.report(ground) if ground else None, queries.calendar_at(None, at)
    if ground and (found is None or not reports.is_ground(found.kind, found.at, at, within, public)):
        raise BadGround()
    regulation = law.regulation_in_force(settings.PROVINCE, began_at.astimezone(ZONE).date())
    whom = telling.recipients(windows.whom_to_tell(regulation.words("incident.report_to")), local(at).date())
    with transaction.atomic():
        _one_at_a_time()
        if _is_open(scope, agency_id, unit_id):
            raise AlreadyDeclared()
        row = Incident.objects.create(
            id=uuid7(at),
            province=settings.PROVINCE,
            scope=scope.value,
            agency_id=agency_id,
            unit_id=unit_id,
            what=visible(what),
            evidence=visible(evidence),
            began_at=began_at,
            declared_at=at,
            declared_by_id=actor.id,
            declared_by_name=actor.name[:200],
            regulation=regulation.short_name,
            recover_by=windows.recover_by(began_at, regulation.limit("incident.recovery")),
            told={each.value: len(addresses) for each, addresses in whom.items()},
            ground_id=found.id if found else None,
        )
        card = queries.incident(str(row.pk))
        if ended_at is None:
            telling.tell("incident.declared", card, whom, at)
            return card
        return _write_end(card, actor, at, ended_at, remedy)


@rests_on(policy.may_declare, policy.may_declare_for_all, names="operator.agency")
def end(*, actor: Actor, at: datetime, incident_id: str, ended_at: datetime, remedy: str) -> IncidentCard:
    """Write down when the system worked again and what was done; a missed term is kept with it.

    Raises NotFound, Forbidden, AlreadyEnded, WhatHappened, NotYet, TooLongAgo, EndsBeforeEntry.

    Basis: PT24-21.6, PT24-25.4, KT22-22.5#2.
    """
    with transaction.atomic():
        _one_at_a_time()
        card = queries.incident(incident_id)
        window = card.window
        posts = policy.posts_of(actor, at)
        if not policy.may_declare(actor, posts, at, window.scope, window.agency_id, window.unit_id):
            raise Forbidden()
        if window.ended_at is not None:
            raise AlreadyEnded()
        return _write_end(card, actor, at, ended_at, remedy)


def _write_end(
    card: IncidentCard, actor: Actor, at: datetime, ended_at: datetime, remedy: str
) -> IncidentCard:
    window = card.window
    windows.check_end(
        window.began_at,
        ended_at,
        remedy,
        at,
        declared_at=card.declared_at,
        within=_declare_within(),
        calendar=queries.calendar_at(window.agency_id, at),
        last_entry=ports.last_entry(window.id, window.began_at),
    )
    IncidentEnd.objects.create(
        incident_id=window.id,
        ended_at=ended_at,
        written_at=at,
        written_by_id=actor.id,
        written_by_name=actor.name[:200],
        remedy=visible(remedy),
        is_late=windows.is_breached(card.recover_by, ended_at, at),
    )
    card = queries.incident(window.id)
    regulation = law.regulation(card.regulation)
    whom = telling.recipients(windows.whom_to_tell(regulation.words("incident.report_to")), local(at).date())
    telling.tell("incident.ended", card, whom, at)
    return card


def _declare_within() -> timedelta:
    return timedelta(hours=settings.INCIDENT_DECLARE_WITHIN_HOURS)


def note_breaches(*, at: datetime) -> int:
    """Record each lasting incident whose term for recovery has run out, once, and tell again; how many.

    Basis: PT24-21.6.
    """
    count = 0
    for card in queries.lasting():
        if card.breach_noted_at is None and windows.is_breached(card.recover_by, None, at):
            count += _note_breach(card, at)
    return count


def _note_breach(card: IncidentCard, at: datetime) -> int:
    assert card.recover_by is not None
    with transaction.atomic():
        _, is_new = IncidentBreach.objects.get_or_create(
            incident_id=card.window.id, defaults={"due_at": card.recover_by, "noted_at": at}
        )
        if is_new:
            regulation = law.regulation(card.regulation)
            whom = telling.recipients(
                windows.whom_to_tell(regulation.words("incident.report_to")), local(at).date()
            )
            telling.tell(OVERDUE, card, whom, at)
    return int(is_new)


def urge(*, at: datetime) -> int:
    """Ask those who were told after each outage that nobody has ended, once a day; how many.

    Basis: PT24-21.6, PT24-23.8.
    """
    count = 0
    with transaction.atomic():
        _one_at_a_time()
        cards = queries.lasting()
        told = notify.last_told((URGED, OVERDUE), [card.window.id for card in cards])
        for card in cards:
            last = told.get(card.window.id)
            if windows.is_to_be_urged(card.window.began_at, card.recover_by, last, at):
                regulation = law.regulation(card.regulation)
                whom = telling.recipients(
                    windows.whom_to_tell(regulation.words("incident.report_to")), local(at).date()
                )
                telling.tell(URGED, card, whom, at)
                count += 1
    return count


def hold_open() -> None:
    """Let no outage be ended until the caller's transaction is over: what is entered from a paper log by it
    lies within the outage that it read, and whoever ends that one sees the entry."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [Lock.OUTAGES.value])


def _place(scope: Scope, agency_id: int | None, unit_id: int | None) -> tuple[int | None, int | None]:
    """The place that belongs to the scope, looked up; what does not belong to it is refused."""
    try:
        if scope is Scope.PROVINCE and agency_id is None and unit_id is None:
            return None, None
        if scope is Scope.AGENCY and agency_id is not None and unit_id is None:
            return agencies.agency(agency_id).id, None
        if scope is Scope.DESK and unit_id is not None:
            return agencies.unit(unit_id).agency_id, unit_id
    except NotFound:
        pass
    raise BadScope()


def _is_open(scope: Scope, agency_id: int | None, unit_id: int | None) -> bool:
    rows = Incident.objects.filter(province=settings.PROVINCE, scope=scope.value, end__isnull=True)
    return (agency_id, unit_id) in set(rows.values_list("agency_id", "unit_id"))


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [Lock.OUTAGES.value])
