"""Somebody reports that something is wrong: written down, and told to whom the regulation names."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from motcua.accounts.enums import CodeUse
from motcua.accounts.rules.limits import limit
from motcua.accounts.services import contact_codes
from motcua.incidents.enums import ReportKind
from motcua.incidents.errors import BadReport, ReportNotOffered, TooManyReports
from motcua.incidents.models import Report
from motcua.incidents.rules import reports
from motcua.incidents.services import telling
from motcua.kernel.actors import Actor
from motcua.kernel.dates import in_words
from motcua.kernel.ids import uuid7
from motcua.kernel.locks import Lock
from motcua.kernel.text import visible
from motcua.law import queries as law
from motcua.law.errors import NoRegulation
from motcua.law.rules import Regulation
from motcua.notify import services as notify
from motcua.worktime.rules import local


def report(
    *,
    kind: ReportKind,
    what: str,
    place: str,
    at: datetime,
    page: str = "",
    contact: str = "",
    officer: Actor | None = None,
    agency_id: int | None = None,
) -> UUID:
    """Write down what somebody found; the first of its kind in an hour is told by letter, the others stand
    beside it.

    `place` is where it comes from (`contact_codes.place_of`), to count by. `officer` and their agency are set
    where it is sent from the desk. Raises ReportNotOffered, BadReport, TooManyReports.

    Basis: DL24-10.2, DL24-24.4, DL24-24.6, PT24-24.2#2.
    """
    regulation = in_force(at)
    if kind not in reports.offered(regulation, is_officer=officer is not None):
        raise ReportNotOffered()
    if faults := reports.faults(what=what, page=page, contact=contact):
        raise BadReport(faults)
    with transaction.atomic():
        most = limit("report.most_from_one_place")
        if not contact_codes.has_room(use=CodeUse.REPORT, place=place, most=most, at=at):
            raise TooManyReports()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [Lock.REPORTS.value])
        whom = (
            telling.recipients(reports.whom(regulation, kind), local(at).date())
            if _is_first(kind, at)
            else {}
        )
        row = Report.objects.create(
            id=uuid7(at),
            province=settings.PROVINCE,
            kind=kind.value,
            what=visible(what),
            page=" ".join(page.split()),
            contact=" ".join(contact.split()),
            agency_id=agency_id,
            by_id=officer.id if officer else "",
            by_name=officer.name[:200] if officer else "",
            at=at,
            told={each.value: len(found) for each, found in whom.items()},
        )
        everybody = [one for found in whom.values() for one in found]
        if everybody:
            notify.post(
                key="incident.reported",
                recipients=everybody,
                context={
                    "report_kind": kind.value,
                    "what": row.what,
                    "page": row.page,
                    "contact": row.contact,
                    "reported_by": row.by_name,
                    "reported": in_words(local(at)),
                    "reported_at": local(at).isoformat(),
                    "link": f"{settings.PUBLIC_URL}/noi-bo/su-co/",
                },
                about=str(row.pk),
                at=at,
            )
    return row.pk


def in_force(at: datetime) -> Regulation | None:
    """The regulation of the day; None where none is in force, and outages are reported all the same."""
    try:
        return law.regulation_in_force(settings.PROVINCE, local(at).date())
    except NoRegulation:
        return None


def _is_first(kind: ReportKind, at: datetime) -> bool:
    rows = Report.objects.filter(province=settings.PROVINCE, at__gte=reports.hour_of(at), at__lte=at)
    return not rows.filter(kind=kind.value).exists()
