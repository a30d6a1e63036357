"""What the agency finds out before it proposes: opinions of others, and what it sees on the spot."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from motcua.dossiers.errors import (
    BadConsultTerm,
    BadVerificationTime,
    ConsultTermRequired,
    NobodyToAsk,
    NoOpenQuestion,
    ReasonRequired,
    VerificationFileRequired,
    VerificationIncomplete,
    VerificationUndescribed,
)
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.awaiting import verifications_awaited
from motcua.dossiers.rules.decide.telling import for_desk_to_tell
from motcua.dossiers.rules.desk_places import is_at_desk
from motcua.dossiers.rules.life import CONSULT_STEP
from motcua.dossiers.rules.moves import task_for, with_due
from motcua.dossiers.rules.returning import check_open, check_visit
from motcua.dossiers.rules.state import OpenTask, State
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.kernel.text import visible
from motcua.worktime import rules as worktime

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts
    from motcua.law.rules import Regulation

USUAL_TERM = TimeLimit(Fraction(3), TimeUnit.WORKING_DAY)  # ours, where the data name none either
QUESTION = "Cho ý kiến về hồ sơ"  # the name of the task of those who are asked


def consult(state: State, command: commands.Consult, facts: Facts, at: datetime) -> events.Consulted:
    """Ask another unit or agency for its opinion within a term. The step that asks goes on meanwhile.

    Every question has a term. Where the regulation asks for one, the question names it. Elsewhere it may be
    left out: then the default of the regulation's data holds, and in any case no later than the dossier is
    due, for silence may not hold up the applicant.

    Basis: DL24-9.1.b#1, PT24-10.1.b#1, QN20-11.4#2, KT18-8.1.b; by reference NĐ 61/2018 Đ19
    (memory): a question has a time limit; the length of the default is ours (ADR 0042).
    """
    check_somebody_to_ask(command, state)
    if not visible(command.question):
        raise ReasonRequired()
    due_at = _answer_due(state, command.limit, facts, at)
    number = len(state.consultations) + 1
    task = OpenTask(
        key=f"{CONSULT_STEP}-{state.task_serial + 1}",
        step_key=f"{CONSULT_STEP}-{number}",
        kind=CONSULT_STEP,
        name=QUESTION,
        role=command.role,
        unit_id=command.unit_id,
        opened_at=at,
        limit=command.limit,
    )
    return events.Consulted(
        number=number,
        agency_id=command.agency_id,
        unit_id=command.unit_id,
        to_name=command.to_name,
        question=visible(command.question),
        asked_by=facts.actor.id,
        asked_for=facts.actor.for_id,
        due_at=due_at,
        move=events.Move(opened=(with_due(task, due_at, facts),)),
    )


def check_somebody_to_ask(command: commands.Consult | commands.Entrust, state: State) -> None:
    """Raise NobodyToAsk if nobody at the unit takes such work, or if it is the unit that settles."""
    if not command.role or command.unit_id == state.target.posting.settling:
        raise NobodyToAsk()


def _answer_due(state: State, limit: str, facts: Facts, at: datetime) -> datetime:
    if limit:
        return worktime.due_at(facts.calendar, at, term_given(limit))
    if facts.regulation.flag("consultation.term"):
        raise ConsultTermRequired(clauses=facts.regulation.clauses("consultation.term"))
    usual = worktime.due_at(facts.calendar, at, usual_term(facts.regulation))
    return usual if state.due_at is None or state.due_at <= at else min(usual, state.due_at)


def usual_term(regulation: Regulation) -> TimeLimit:
    """The term of a question that names none, where the regulation lets it.

    Basis: by reference NĐ 61/2018 Đ19 (memory); the length is ours (reading A50).
    """
    return regulation.limit("consultation.default_term") or USUAL_TERM


def term_given(limit: str) -> TimeLimit:
    """The term that somebody named for others. Raises BadConsultTerm for what is none, or an absurd one."""
    try:
        length = TimeLimit.parse(limit)
    except ValueError:
        raise BadConsultTerm() from None
    if not 0 < length.value <= _MOST:
        raise BadConsultTerm()
    return length


_MOST = 400


def answer(state: State, command: commands.Answer, facts: Facts, at: datetime) -> events.Answered:
    """Give the opinion that was asked for; one that comes after its term is taken, and marked.

    Also one that comes after the decision is kept, as long as the result is not returned: it changes nothing.

    Basis: DL24-9.1.b#2, PT24-10.1.b#2.
    """
    task = task_for(state, command.task_key, command.VERB, facts)
    if not visible(command.answer):
        raise ReasonRequired()
    return events.Answered(
        number=int(task.step_key.removeprefix(f"{CONSULT_STEP}-")),
        answer=visible(command.answer),
        file_id=command.file_id,
        is_late=task.due_at is not None and at > task.due_at,
        move=events.Move(closed=(task.key,)),
    )


def remind(state: State, command: commands.Remind, facts: Facts, at: datetime) -> events.Reminded:
    """Remind those who were asked. Silence is no consent, so it is chased and not waited out.

    Basis: DL24-9.1.b#2, PT24-10.1.b#2.
    """
    asked = state.consultation(command.number)
    if asked is None or not asked.is_open:
        raise NoOpenQuestion()
    return events.Reminded(asked.number, asked.to_name, at > asked.due_at, visible(command.note))


def plan_verification(
    state: State, command: commands.PlanVerification, facts: Facts, at: datetime
) -> events.VerificationPlanned:
    """Set when and where the matter will be looked at, with whom, and what is to be found out.

    Asking the applicant to be at the desk is a visit, whether the desk was chosen or written down by one of
    its names. What is to be found out is said of every verification, so it is no ground for one visit more
    than allowed: that is recorded by itself, as of an invitation. The desk tells the applicant to be there.

    Basis: PT24-10.1.c#1, PT24-10.1.c#3, DL24-9.1.c, QN20-7.2#3, QN20-7.3; reading A18.
    """
    said = _said(command, facts, with_applicant=command.with_applicant)
    if command.planned_for <= at:
        raise BadVerificationTime()
    at_desk, ground = command.at_desk or is_at_desk(command.place, facts.desks), visible(command.ground)
    if command.with_applicant and at_desk:
        check_open(facts.calendar, command.planned_for)
        check_visit(state, facts.regulation, ground)
    move = for_desk_to_tell(state, facts, at) if command.with_applicant else events.Move()
    number = len(state.verifications) + 1
    return events.VerificationPlanned(
        number, command.planned_for, *said, command.with_applicant, at_desk, move, ground
    )


def record_verification(
    state: State, command: commands.RecordVerification, facts: Facts, at: datetime
) -> events.VerificationRecorded:
    """Record a verification that was held: time, place, participants, content, and its file.

    It was held after the dossier was filed (ours: before, there was nothing to verify). Whether the applicant
    had to be there is known from its plan.

    Basis: PT24-10.1.c#1, PT24-10.1.c#3, DL24-9.1.c.
    """
    plan = state.planned(command.number)
    said = _said(command, facts, with_applicant=plan is not None and plan.with_applicant)
    if command.held_at > at or (state.filed_at is not None and command.held_at < state.filed_at):
        raise BadVerificationTime()
    if command.file_id is None and makes_a_file(facts.regulation):
        raise VerificationFileRequired(clauses=facts.regulation.clauses("verification.file"))
    planned = {each.number for each in verifications_awaited(state)}
    if command.number and command.number not in planned:
        raise NoOpenQuestion()
    number = command.number or len(state.verifications) + 1
    return events.VerificationRecorded(number, command.held_at, *said, command.file_id)


def makes_a_file(regulation: Regulation) -> bool:
    """Whether a verification is put on file: the regulation says so, or the decree to which it points.

    Basis: PT24-10.1.c#2, KT22-9#1, QN20-1.3, DL24-3.2, KT18-8.1.a; by reference NĐ 61/2018 Đ19 (memory);
    readings A31, A37.
    """
    return regulation.flag("verification.file") is True


def _said(
    command: commands.PlanVerification | commands.RecordVerification, facts: Facts, *, with_applicant: bool
) -> tuple[str, str, str]:
    """What is written down, stripped; refused if something is missing that is to be recorded.

    The time is always there. The texts name what is recorded where the applicant has to be there; for any
    other verification, and where a text names nothing, all of it is wanted, and that is ours.

    Basis: DL24-9.1.c, PT24-10.1.c#3.
    """
    said = (visible(command.place), visible(command.participants), visible(command.content))
    named = facts.regulation.words("verification.record") if with_applicant else ()
    if any(name in (named or _RECORDED) and not text for name, text in zip(_RECORDED, said, strict=True)):
        if named:
            raise VerificationIncomplete(clauses=facts.regulation.clauses("verification.record"))
        raise VerificationUndescribed()
    return said


_RECORDED = ("place", "participants", "content")
