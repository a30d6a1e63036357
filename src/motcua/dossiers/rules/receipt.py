"""When a dossier counts as received, and what is promised from then on."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from motcua.documents.enums import SlipKind
from motcua.dossiers.rules.life import CHECK_STEP
from motcua.dossiers.rules.state import Term
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.worktime import rules as worktime
from motcua.worktime.enums import OffHours

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motcua.catalogue.rules.sheets import OfferedLimit
    from motcua.dossiers.rules.facts import Facts
    from motcua.dossiers.rules.state import State
    from motcua.law.rules import Regulation
    from motcua.worktime.rules import Calendar, Pause


def official_receipt(entered_at: datetime, facts: Facts) -> datetime:
    """The moment at which an electronic filing counts as received, provided it is found valid.

    Where the regulation moves filings made off hours, the start of the next working period; where it says
    nothing, the moment of entry, and the term runs from it: days and months are counted from that day on,
    working time from the next opening, for only opening time counts.

    Basis: DL24-8.1.c#1, DL24-8.1.c#2, PT24-9.2.c#1, PT24-9.2.c#2, QN20-11.1#2; reading A52.
    """
    return _moved_off_hours(entered_at, facts.regulation, facts.calendar)


def receipt_if_sent(at: datetime, channel: str, regulation: Regulation, calendar: Calendar) -> datetime:
    """The earliest moment as which what is sent at `at` can count as received, if nothing is wrong with it.

    An online filing counts from its entry, as the regulation reads that. Where the receipt is an act of the
    desk (the acceptance, or taking papers in), not before the desk opens.

    Basis: DL24-8.1.c#1, DL24-8.1.c#2, PT24-9.2.c#1, PT24-9.2.c#2, QN20-11.1#2, KT18-14.3#1, KT22-9#1;
    readings A20, A52.
    """
    if channel == "online" and regulation.choice("intake.official_receipt") != "acceptance":
        return _moved_off_hours(at, regulation, calendar)
    return calendar.next_opening(at)


def _moved_off_hours(at: datetime, regulation: Regulation, calendar: Calendar) -> datetime:
    moves = regulation.choice("intake.off_hours") == OffHours.NEXT_WORKING_PERIOD
    return calendar.next_opening(at) if moves else at


def is_acknowledged(state: State) -> bool:
    """Whether the machine confirmed that the dossier was sent: it was filed online.

    Basis: QN20-11.1#2, DL24-1.2, KT22-6.2#1.
    """
    return state.filed_at is not None and state.target.channel == "online"


def stated_receipt(state: State, regulation: Regulation) -> datetime | None:
    """The official receipt as it can be told when the dossier is sent, provided that it is found valid.

    None where the regulation counts from the acceptance, which nobody can tell beforehand.

    Basis: QN20-11.1#2, DL24-8.1.c#1, PT24-9.2.c#1, KT18-14.3#1; reading A20.
    """
    return None if regulation.choice("intake.official_receipt") == "acceptance" else state.received_at


def term_starts(state: State, regulation: Regulation, at: datetime) -> datetime:
    """The moment from which the term of a dossier runs that is accepted at `at`.

    Basis: DL24-8.1.c#1, DL24-8.1.c#2, PT24-9.2.c#1, PT24-9.2.c#2, KT18-14.3#1.
    """
    if state.target.channel == "online" and regulation.choice("intake.official_receipt") == "acceptance":
        return at
    return state.received_at or at


def arrival_when_passed_on(channel: str, at: datetime, facts: Facts) -> datetime:
    """When a filing that is passed on at that moment has come to the other agency: what is passed on online
    while that is closed comes as any other filing does.

    Reading A44.
    """
    return official_receipt(at, facts) if channel == "online" else at


def receipt_when_passed_on(state: State, arrived_at: datetime, regulation: Regulation) -> datetime:
    """The official receipt of a filing that one agency passes on to another, where it comes at `arrived_at`.

    An online filing keeps the moment of its entry where the regulation ties the receipt to that, or has the
    System state it: the System is one for all agencies of the province, and the filing does not enter it a
    second time. Where the receipt is the acceptance, and for paper, of which no text says so, it counts as
    received when it comes to the agency that accepts it.

    Basis: DL24-8.1.c#1, PT24-9.2.c#1, QN20-11.1#2, KT18-14.3#1, KT18-14.4; reading A44.
    """
    is_kept = regulation.choice("intake.official_receipt") != "acceptance"
    if state.target.channel == "online" and is_kept and state.received_at is not None:
        return state.received_at
    return arrived_at


def receipt_after_supplement(state: State, requested_at: datetime, at: datetime, facts: Facts) -> datetime:
    """The moment from which a dossier counts as received whose supplement, asked before acceptance, came in.

    The clock begins anew with the supplement: a dossier is received when it is complete. Where a regulation
    only stops it, the receipt moves by the opening time that the applicant took.

    Basis: DL24-8.1.c#1, PT24-9.2.c#1; where the text is silent, reading A10.
    """
    online = state.target.channel == "online"
    if facts.regulation.choice("supplement.clock_at_intake") == "pause" and state.received_at is not None:
        lost = facts.calendar.open_minutes(requested_at, at)
        length = TimeLimit(Fraction(lost, 60), TimeUnit.WORKING_HOUR)
        return worktime.due_at(facts.calendar, state.received_at, length) if lost else state.received_at
    return official_receipt(at, facts) if online else at


def awaits_its_receipt(state: State, regulation: Regulation) -> bool:
    """Whether a supplement is awaited before the acceptance that will give the dossier its official receipt,
    so that the moment of what was filed holds no more. Where a regulation only stops the clock, that moment
    stays and moves by the time taken.

    Basis: DL24-8.1.c#1, PT24-9.2.c#1; where the text is silent, reading A10.
    """
    is_new = regulation.choice("supplement.clock_at_intake") != "pause"
    return state.accepted_at is None and state.supplement_awaited() is not None and is_new


def is_receipt_moved(state: State, counted: Iterable[tuple[str, datetime]]) -> bool:
    """Whether the moment from which the dossier counts lies later, to the minute, than before a supplement
    that was asked before the acceptance. Where the term runs from the acceptance itself, nothing was moved;
    nor was it where the supplement came while the filing waited for the agency to open.

    `counted`: by which kinds of events it counted from which moments, the first first.

    Basis: DL24-8.1.c#1, PT24-9.2.c#1; reading A10.
    """
    if state.received_at is None or state.received_at == state.accepted_at:
        return False
    if not was_completed(state):
        return False
    read = [(kind, at.replace(second=0, microsecond=0)) for kind, at in counted]
    return any(kind == "supplemented" and at != was for (_, was), (kind, at) in pairwise(read))


def arrival(state: State) -> datetime | None:
    """When that came in from which the term runs: what was filed, or its supplement before acceptance.

    Where the regulation counts from the acceptance, the acceptance; at a desk, the receipt itself. The
    official receipt of an online filing may lie later, if the agency was closed at that moment.

    Basis: DL24-8.1.c#1, DL24-8.1.c#2, PT24-9.2.c#1, PT24-9.2.c#2, KT18-14.3#1.
    """
    if state.target.channel != "online" or state.received_at == state.accepted_at:
        return state.received_at
    answers = [request.answered_at for request in state.supplements if request.before_acceptance]
    return max((moment for moment in (state.filed_at, *answers) if moment is not None), default=None)


def came_off_hours(state: State) -> datetime | None:
    """When what was sent came in, if it counts only from a later minute because the agency was closed then.

    Whoever reads from when a dossier counts reads this moment beside it. None where both are one.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2, QN20-11.1#2.
    """
    came = arrival(state)
    if came is None or state.received_at is None:
        return None
    return came if state.received_at - came >= timedelta(minutes=1) else None


def was_completed(state: State) -> bool:
    """Whether what came in last before the acceptance was a supplement, not the filing itself.

    Basis: DL24-8.1.c#1, PT24-9.2.c#1; reading A10.
    """
    return any(request.before_acceptance and request.answered_at for request in state.supplements)


def reply_due(received_at: datetime, channel: str, facts: Facts) -> datetime | None:
    """Until when the desk must answer an online filing: accept it, ask for what lacks, or decline it.

    None where no law gave a term yet, and for what came to the counter or by post: there no text at hand
    gives one, the desk checks what it is handed.

    Basis: DL24-8.1.a#1, DL24-8.1.b, QN20-11.3#1, PT24-9.2.0#1, KT18-14.1; the number by reference NĐ
    45/2020 Đ11 (found); reading A37.
    """
    limit = facts.regulation.limit("intake.reply_limit") if channel == "online" else None
    return worktime.due_at(facts.calendar, received_at, limit) if limit is not None else None


def reply_awaited(state: State) -> datetime | None:
    """Until when the desk answers what was filed; None once it has, or while it waits for a supplement.

    Basis: DL24-8.1.a#1, QN20-11.1#2, QN20-11.3#1, PT24-9.2.0#1.
    """
    return next((task.due_at for task in state.tasks if task.step_key == CHECK_STEP), None)


def forwarding_due(
    complete_at: datetime, received_at: datetime, channel: str, facts: Facts
) -> datetime | None:
    """Until when an accepted dossier must be with the unit that settles it; None where no text gives a term.

    `complete_at` is the moment of acceptance, `received_at` the official receipt. What is to be forwarded at
    once is late when the working day of its acceptance is over, unless a term is named: by the regulation, or
    by the first step of the process. Where a regulation speaks of online filings
    only, paper goes by the decree to which it binds the desk.

    Basis: KT18-14.4, DL24-8.1.b, DL24-9.0, DL24-19.1.d, PT24-9.2.b#2, PT24-10.0, KT22-6.2#1, QN20-11.3#2; by
    reference NĐ 61/2018 Đ18 (memory), DL24-3.2, PT24-3.2; readings A11, A33.
    """
    regulation, calendar = facts.regulation, facts.calendar
    start = regulation.choice("intake.forward_from")
    at_once = _closing(complete_at, facts) if regulation.flag("intake.forward_at_once") is True else None
    if start == "paper_cutoff" and channel == "online":
        return at_once
    if start == "paper_cutoff" or channel not in (regulation.words("intake.forward_applies") or (channel,)):
        return _paper_forwarding_due(complete_at, facts)
    if start == "first_step":
        first = facts.process.first.limit
        return worktime.due_at(calendar, complete_at, first) if first is not None else at_once
    limit = regulation.limit("intake.forward_limit")
    if limit is None:
        return None
    return worktime.due_at(calendar, received_at if start == "system_receipt" else complete_at, limit)


def forwarding_due_of(
    state: State, received_at: datetime, accepted_at: datetime, facts: Facts
) -> datetime | None:
    """The same of a dossier: nobody forwards what another agency still has, so for what was passed on the
    time runs from when it came to the agency that accepted it.

    Reading A44.
    """
    here_since = max(received_at, state.passed_on_at or received_at)
    return forwarding_due(accepted_at, here_since, state.target.channel, facts)


def _paper_forwarding_due(complete_at: datetime, facts: Facts) -> datetime | None:
    """Paper goes on the same working day; accepted after the cut-off, as the next working day begins. So does
    what is accepted when the desk has closed for the day, or on a day off: no working hour of that
    day is left.

    None where no law gave the cut-off yet. That a day begins with its morning, and not with its first minute,
    is ours: the decree gives no hour, and a desk that takes up such papers first thing does what it says.
    So is what holds of acceptances out of hours, of which it does not speak: what is accepted later is never
    due sooner.

    Basis: KT22-6.2#1, QN20-11.3#2; by reference NĐ 61/2018 Đ18 (memory), DL24-3.2, PT24-3.2; readings A33,
    A37.
    """
    cutoff = facts.regulation.time("intake.paper_cutoff")
    if cutoff is None:
        return None
    accepted = worktime.local(complete_at)
    is_hour_left = worktime.local(facts.calendar.next_opening(complete_at)).date() == accepted.date()
    if is_hour_left and accepted.time() <= cutoff:
        return _closing(complete_at, facts)
    return facts.calendar.morning_end_of(accepted.date() + timedelta(days=1))


def _closing(moment: datetime, facts: Facts) -> datetime:
    """When the working day ends that runs at this moment, or that begins next."""
    start = facts.calendar.next_opening(moment)
    one_day = TimeLimit(Fraction(1), TimeUnit.WORKING_DAY)
    return worktime.due_at(facts.calendar, start, one_day, same_day_cutoff=time(23, 59))


def term_of(offered: OfferedLimit) -> Term:
    """The term as the published procedure states it, kept with the dossier."""
    return Term(
        limit=str(offered.limit) if offered.limit is not None else "",
        cutoff=offered.cutoff,
        printed=f"{offered.printed_value or ''} {offered.printed_unit or ''}".strip(),
    )


def is_receipt_left_out(
    term: Term, received_at: datetime, due_at: datetime | None, regulation: Regulation, at: datetime
) -> bool:
    """Whether a dossier accepted at `at` may go without the receipt slip unless it is asked for.

    A procedure gives its result at once where its published term is the day of receipt, and this dossier gets
    it at once only if it is received, accepted and due on one day: whoever comes after the cut-off goes home
    until the next working day, and needs the paper. The dossier is recorded all the same.

    Basis: DL24-8.2#3, DL24-8.2#4, PT24-9.2bis#3, PT24-9.2bis#4.
    """
    if term.cutoff is None or due_at is None:
        return False
    is_one_day = len({worktime.local(moment).date() for moment in (received_at, due_at, at)}) == 1
    return is_one_day and regulation.flag("receipt.optional_when_immediate") is True


def is_receipt_on_request(offered: OfferedLimit, regulation: Regulation) -> bool:
    """Whether a dossier of this published term may be accepted without the receipt slip, so that whoever
    wants one asks for it. Whether it is, the acceptance shows: see `is_receipt_left_out`.

    Basis: DL24-8.2#3, DL24-8.2#4, PT24-9.2bis#3, PT24-9.2bis#4.
    """
    return offered.cutoff is not None and regulation.flag("receipt.optional_when_immediate") is True


def lacks_receipt(state: State) -> bool:
    """Whether the dossier was accepted and went without the receipt slip.

    Basis: DL24-8.2#3, DL24-8.2#4, PT24-9.2bis#3, PT24-9.2bis#4.
    """
    given = any(slip.kind is SlipKind.INTAKE_RECEIPT for slip in state.slips)
    return state.accepted_at is not None and not given


def due_of(
    calendar: Calendar, received_at: datetime, term: Term, pauses: tuple[Pause, ...] = ()
) -> datetime | None:
    """The due moment of a term, None if the procedure has none.

    It is counted from the receipt itself: an off-hours rule has moved the receipt of an online filing; of
    papers, and where a regulation has no such rule, no day is added.

    Basis: DL24-9.1.e, PT24-10.1.e, KT18-8.1.a, QN20-11.4#1; by reference Civil Code 2015 Đ147 (memory);
    reading A52.
    """
    if not term.limit:
        return None
    return worktime.due_at(
        calendar, received_at, TimeLimit.parse(term.limit), pauses=pauses, same_day_cutoff=term.cutoff
    )
