"""What a regulation gives to do after a decision that announces procedures, and how late it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.catalogue.enums import ANNOUNCED, Change, DutyKind, DutyState
from motcua.kernel.errors import N_
from motcua.kernel.limits import TimeLimit
from motcua.law.rules import Regulation
from motcua.worktime.rules import ZONE, Calendar, due_at, local

SIGNING, EFFECT, ASKING = "signing", "effect", "asking"
ASKED = 500
_ONLY_NEW = frozenset({DutyKind.CONTENT, DutyKind.SEND, DutyKind.SET_UP, DutyKind.CHECK})


@dataclass(frozen=True, slots=True)
class DutySpec:
    """A duty as the regulation states it. `limit` is None where it gives no number of days."""

    kind: DutyKind
    party: str
    clauses: tuple[str, ...]
    limit: TimeLimit | None
    counted_from: str


def duties_of(regulation: Regulation, *, change: Change, has_process: bool) -> tuple[DutySpec, ...]:
    """The duties for one procedure of a decision, in the order in which they are done.

    A process has to be sent in only where none was approved together with the procedure. Of a procedure that
    was repealed nothing is written, sent or set up: it is taken down wherever it stands.

    Basis: QN20-6.1.a, QN20-6.1.b-1, QN20-6.1.b-2, QN20-6.1.c, QN20-6.2.a, QN20-6.2.b-1, QN20-5.2, QN20-21.4,
    QN20-22.2, QN20-23.2, PT24-20.2, PT24-23.7, KT18-13.4#2, KT18-11, KT22-16, PT24-17, PT24-20.1,
    DL24-11.4.
    """
    found = []
    for kind in ANNOUNCED:
        party = regulation.choice(f"duty.{kind}")
        if party is None or not _arises(kind, change, has_process=has_process):
            continue
        found.append(_spec(regulation, kind, party))
    return tuple(found)


def correctors_of(regulation: Regulation) -> tuple[str, ...]:
    """The bodies of which whoever checks may ask that published content be put right: who publishes it, and
    the agency that answers for it.

    Basis: QN20-6.3, KT22-16, PT24-17, KT18-11.
    """
    return tuple(dict.fromkeys((regulation.choice("duty.publish") or "agency", "agency")))


def faults_of_asking(text: str, to: str, regulation: Regulation) -> dict[str, str]:
    """A correction is asked of one of these, and says what is to be put right."""
    faults: dict[str, str] = {}
    if not 0 < len(" ".join(text.split())) <= ASKED:
        faults["asked"] = N_("Hãy ghi nội dung chưa thống nhất, chưa phù hợp và cần sửa thế nào.")
    if to not in correctors_of(regulation):
        faults["to"] = N_("Hãy chọn cơ quan cập nhật lại.")
    return faults


def _arises(kind: DutyKind, change: Change, *, has_process: bool) -> bool:
    if kind is DutyKind.PROCESS:
        return change is not Change.REPEALED and not has_process
    return change is not Change.REPEALED or kind not in _ONLY_NEW


def _spec(regulation: Regulation, kind: DutyKind, party: str) -> DutySpec:
    key, clauses = f"duty.{kind}", regulation.clauses(f"duty.{kind}")
    if kind not in (DutyKind.CONTENT, DutyKind.PROCESS, DutyKind.PUBLISH, DutyKind.NATIONAL):
        return DutySpec(kind, party, clauses, None, EFFECT)
    limit = regulation.limit(f"{key}_term")
    more = regulation.clauses(f"{key}_term") if limit else ()
    counted = regulation.choice(f"{key}_from") or EFFECT
    return DutySpec(kind, party, tuple(dict.fromkeys((*more, *clauses))), limit, counted)


def counted_on(spec: DutySpec, signed_on: date, effective_on: date) -> date:
    """The day of the decision from which the duty runs."""
    return signed_on if spec.counted_from == SIGNING else effective_on


def due_of(calendar: Calendar, limit: TimeLimit | None, day: date) -> datetime | None:
    """When the term ends: the day itself does not count, the last working day counts to its close.

    Basis: QN20-6.1.a, QN20-6.1.b-1, PT24-20.2, PT24-23.7.
    """
    if limit is None:
        return None
    return due_at(calendar, datetime.combine(day, time(23, 59), ZONE), limit)


def state_of(due: datetime | None, done_on: date | None, at: datetime) -> DutyState:
    """How a duty stands. What was done on the last day is in time, whatever the hour.

    Basis: QN20-6.1.a, QN20-6.1.b-1, PT24-20.2, PT24-23.7.
    """
    if done_on is not None:
        is_late = due is not None and done_on > local(due).date()
        return DutyState.DONE_LATE if is_late else DutyState.DONE
    if due is None:
        return DutyState.PROMPT
    return DutyState.OVERDUE if at > due else DutyState.OPEN


def working_days_after(calendar: Calendar, first: date, last: date) -> int:
    """How many working days there are after `first`, up to and with `last`; at most a year is counted."""
    days = min((last - first).days, 366)
    return sum(1 for n in range(1, days + 1) if calendar.day(first + timedelta(days=n)).hours)
