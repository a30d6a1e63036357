"""What happens to the result: made, announced, handed over, filed away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.errors import (
    BadHanding,
    NoElectronicResult,
    NotCollectedHere,
    PaperNumberRequired,
    ReasonOfOursRequired,
    ReasonRequired,
    ResultFirst,
    VisitInThePast,
)
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.decide.lateness import letter_not_owed, missed_letter
from motcua.dossiers.rules.decide.telling import check_told
from motcua.dossiers.rules.fold import with_paper
from motcua.dossiers.rules.moves import complete, return_redated, task_for, without_questions
from motcua.dossiers.rules.returning import check_handing, check_open, check_visit, postal_number, taken
from motcua.dossiers.rules.sending_out import goes_out_late
from motcua.dossiers.rules.state import DELIVERIES, State
from motcua.dossiers.rules.waits import check_not_collected, is_collected
from motcua.kernel.text import visible

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts


def issue_result(
    state: State, command: commands.IssueResult, facts: Facts, at: datetime
) -> events.ResultIssued:
    """Number the decided paper and send it on to the desk. Where that opens the return, or the desk itself
    numbers, the result lies there; else it is on its way, and the dossier open until a step brings it.

    What was owed to the applicant of an overdue dossier and never came, the letter of apology, is kept with
    what ends it.

    Basis: DL24-9.1.e, DL24-20.1.a, DL24-20.1.b, PT24-10.1.e, KT18-15.1.a, KT18-15.1.b; of the letter
    see `missed_letter`.
    """
    task = task_for(state, command.task_key, command.VERB, facts)
    if not (visible(command.number) and visible(command.name)):
        raise PaperNumberRequired()
    numbered = with_paper(state, visible(command.number), visible(command.name), command.file_id, at)
    is_at_desk = task.kind == "return"
    if is_at_desk:  # in a process without a clerical step the desk itself numbers the paper
        move = return_redated(numbered, facts, state.measured_due_at)
    else:
        move = complete(numbered, task, at, facts)
    is_there = is_at_desk or any(opened.kind == "return" for opened in move.opened)
    missed = missed_letter(state, facts.regulation, facts.calendar, at) if is_there else None
    return events.ResultIssued(
        visible(command.number),
        visible(command.name),
        command.file_id,
        move,
        missed,
        facts.doers,
        task.unit_id,
        is_on_its_way=not is_there,
        moot_letter=letter_not_owed(facts.meanwhile, at) if is_there else None,
    )


def invite(state: State, command: commands.Invite, facts: Facts, at: datetime) -> events.Invited:
    """Ask the applicant to come to the desk while it is open. One visit more than the regulation allows needs
    its ground.

    Basis: QN20-7.2#3, QN20-7.3; reading A18.
    """
    if not visible(command.purpose):
        raise ReasonRequired()
    if command.visit_at <= at:
        raise VisitInThePast()
    check_open(facts.calendar, command.visit_at)
    ground = visible(command.ground)
    check_visit(state, facts.regulation, ground)
    return events.Invited(command.visit_at, visible(command.purpose), ground)


def announce(state: State, command: commands.Announce, facts: Facts, at: datetime) -> events.Announced:
    """Tell the applicant that the result can be had, once it is at the desk.

    Basis: DL24-5.4, DL24-19.1.đ, QN20-4.4; by reference NĐ 61/2018 Đ20 (memory).
    """
    if not state.results or not any(task.kind == "return" for task in state.tasks):
        raise ResultFirst()
    return events.Announced()


def return_result(
    state: State, command: commands.ReturnResult, facts: Facts, at: datetime
) -> events.ResultReturned:
    """Hand the result over, by whoever is at the desk, whosever name the step bears: somebody stands there.
    Who received it and by what proof is kept.

    Online needs an electronic result; counter and post need the receiver's name and a proof (a signature,
    the postal number). Where somebody else than the applicant takes it at the desk: by what right, and the
    paper by which they showed who they are (`returning.taken`). Where it goes by registered post: its number,
    and by what right somebody else than the applicant signed for it. What the desk still has to tell the
    applicant goes out before (ours).

    Basis: DL24-9.3#1, DL24-9.3#2, DL24-19.1.đ, PT24-10.4#1, PT24-10.4#2, QN20-13.2, QN20-13.3, QN20-28.2,
    KT18-8.2.a, KT18-8.2.b, KT18-8.2.c#1, KT18-8.2.c#2, KT18-7.1.a#2, KT18-15.2, QN20-7.2#2, KT22-1.2.g,
    PT24-8.2, KT22-1.2.c; by reference NĐ 61/2018 Đ20 (memory).
    """
    check_told(state)
    handing = command.handing
    task = next((task for task in state.tasks if task.kind == "return"), None)
    if task is None or not state.results:
        raise ResultFirst()
    if handing.how not in DELIVERIES:
        raise BadHanding()
    check_handing(state, facts.sheet, handing, facts.regulation)
    if handing.how == "online" and state.results[-1].file_id is None:
        raise NoElectronicResult()
    if handing.how != "online" and not (visible(handing.received_by) and visible(handing.proof)):
        raise BadHanding()
    number = postal_number(handing, facts.regulation)
    handing = replace(taken(state, handing, facts.regulation), postal_number=number)
    move = without_questions(state, complete(state, task, at, facts))
    file_id = command.file_id if handing.taker else None
    return events.ResultReturned(handing, move, file_id, goes_out_late(task, state, at, facts.regulation))


def record_non_collection(
    state: State, command: commands.RecordNonCollection, facts: Facts, at: datetime
) -> events.NotCollected:
    """Note that nobody came for a result that is ready; the applicant is reminded, the result stays there.

    Only of a result that is collected: for one that goes online or by post nobody was to come. Not before
    people had time to come.

    Basis: DL24-9.4#2, DL24-19.1.đ, KT18-8.2.c#2, QN20-7.3, QN20-13.4#2: who does not collect gets no refund,
    so it must be known. That it is put into words is ours.
    """
    if not is_collected(state, facts.regulation):
        raise NotCollectedHere()
    if not visible(command.note):
        raise ReasonOfOursRequired()
    check_not_collected(state, facts.calendar, at)
    return events.NotCollected(visible(command.note))


def close(state: State, command: commands.Close, facts: Facts, at: datetime) -> events.Closed:
    """File the dossier away after the result was returned.

    Basis: QN20-13.5.
    """
    return events.Closed(command.note)
