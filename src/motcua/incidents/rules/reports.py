"""What anybody who finds something wrong may report, and who is told of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from motcua.incidents.enums import ReportKind, Whom
from motcua.incidents.rules.windows import is_fresh, whom_to_tell
from motcua.kernel.errors import N_
from motcua.kernel.text import visible
from motcua.law.rules import Regulation
from motcua.worktime.rules import Calendar

WHAT, PAGE, CONTACT = 2000, 200, 200
_BODIES = {"office": Whom.OFFICE, "dttt": Whom.DTTT, "ict_centre": Whom.ICT_CENTRE}


def offered(regulation: Regulation | None, *, is_officer: bool) -> tuple[ReportKind, ...]:
    """What may be reported. An outage anywhere, by whoever finds it; a lost or stolen account where the
    regulation has its owner tell whoever runs the system; misuse and infected files where it has officers
    report them, and by officers.

    Basis: DL24-10.2, DL24-24.4, DL24-24.6, PT24-24.2#2.
    """
    found = [ReportKind.OUTAGE]
    if regulation and "operator" in regulation.words("account.lost_report_to"):
        found.append(ReportKind.ACCOUNT)
    if regulation and is_officer and regulation.flag("infected.reported"):
        found.append(ReportKind.MISUSE)
    return tuple(found)


def whom(regulation: Regulation | None, kind: ReportKind) -> tuple[Whom, ...]:
    """Who is told: of an account whoever runs the system, of all else those whom an incident is told.

    Basis: DL24-10.2, DL24-24.4, DL24-24.6, PT24-24.2#2; reading A30.
    """
    if regulation is None:
        return whom_to_tell(())
    operator = _BODIES.get(regulation.choice("operator.agency") or "")
    if kind is ReportKind.ACCOUNT and operator:
        return (operator,)
    return whom_to_tell(regulation.words("incident.report_to"))


def clauses(regulation: Regulation, kind: ReportKind) -> tuple[str, ...]:
    """On which clauses a report of the kind rests."""
    keys = {
        ReportKind.OUTAGE: "incident.report_to",
        ReportKind.ACCOUNT: "account.lost_report_to",
        ReportKind.MISUSE: "infected.reported",
    }
    return regulation.clauses(keys[kind])


def faults(*, what: str, page: str, contact: str) -> dict[str, str]:
    """What a report lacks: it says what is wrong; nothing of whoever reports is asked."""
    found = {}
    if not 0 < len(visible(what)) <= WHAT:
        found["what"] = N_("Hãy ghi điều bạn gặp, không quá 2000 chữ.")
    if len(visible(page)) > PAGE:
        found["page"] = N_("Hãy ghi ngắn hơn, không quá 200 chữ.")
    if len(visible(contact)) > CONTACT:
        found["contact"] = N_("Hãy ghi ngắn hơn, không quá 200 chữ.")
    return found


def hour_of(at: datetime) -> datetime:
    """The hour with which a report is gathered: of several of one hour the first is told by letter.

    The hour is ours, no text says how often.
    """
    return at.replace(minute=0, second=0, microsecond=0)


def is_ground(
    kind: ReportKind, reported_at: datetime, at: datetime, within: timedelta, calendar: Calendar
) -> bool:
    """Whether an outage can still be declared on this report.

    Basis: DL24-10.2.
    """
    return kind is ReportKind.OUTAGE and is_fresh(calendar, reported_at, at, within)
