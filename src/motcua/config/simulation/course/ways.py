"""What may come next in each status, and how often it does: the paths of a dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from motcua.config.simulation.course import applicants, beside, desk, steps
from motcua.config.simulation.course.look import Deed, Look
from motcua.dossiers import services
from motcua.dossiers.enums import Status, Verb
from motcua.dossiers.rules.awaiting import verifications_awaited
from motcua.dossiers.rules.waits import collected_until, is_collected, supplement_awaited_until
from motcua.law import queries as law

NOTE = "Đã gọi điện, chưa có người đến nhận."
Way = Callable[[Look], Deed | None]
Ways = Iterator[tuple[int, Way]]


def every_deed(look: Look) -> list[Deed]:
    """Everything that could happen now, the rare beside the usual."""
    return [deed for _, way in _ways(look) if (deed := way(look)) is not None]


def next_deed(look: Look) -> Deed | None:
    """What happens now; None if nobody is there who could do it."""
    ways = list(_ways(look))
    while ways:
        (chosen,) = look.rng.choices(range(len(ways)), [weight for weight, _ in ways])
        deed = ways.pop(chosen)[1](look)
        if deed is not None:
            return deed
    return None


def _ways(look: Look) -> Ways:
    match look.state.status:
        case Status.DRAFT:
            yield from _as_draft(look)
        case Status.SUBMITTED:
            yield from _at_the_check(look)
        case Status.AWAITING_SUPPLEMENT:
            yield from _awaiting_supplement(look)
        case Status.AWAITING_PAYMENT:
            yield 80, beside.resume
            yield 5, applicants.withdraw
            yield 5, beside.stop
            yield 10, _hand_over
            yield from _beside(look)
        case Status.ACCEPTED | Status.IN_PROGRESS if look.state.proposed_supplement:
            yield from _under_control(look)
        case Status.ACCEPTED:
            yield from _accepted(look)
        case Status.IN_PROGRESS:
            yield from _in_progress(look)
        case Status.DECIDED:
            yield 90, steps.work
            yield 4, steps.take_decision_back
            yield 2, beside.apologise
            yield 2, desk.invite
        case Status.RESULT_ISSUED | Status.READY:
            yield from _at_the_return(look)
        case Status.RETURNED:
            yield 90, lambda look: look.at_desk(Verb.CLOSE, services.close)
            yield 4, desk.take_return_back
            yield 3, desk.correct_contact
        case Status.DECLINED:
            yield 1, desk.take_decline_back
        case Status.WITHDRAWN | Status.STOPPED:
            yield 1, desk.take_ending_back


def _as_draft(look: Look) -> Ways:
    yield 20 if applicants.is_missing_papers(look) else 80, applicants.submit
    yield 60 if applicants.is_missing_papers(look) else 25, applicants.save_again
    yield 4, applicants.withdraw


def _at_the_check(look: Look) -> Ways:
    if look.state.proposed_supplement is not None:
        yield from _under_control(look)
        return
    if applicants.is_missing_papers(look) and look.state.target.channel != "online":
        yield 50, applicants.bring_missing
    yield 76, desk.accept
    yield 12, beside.ask
    yield 4, desk.decline
    yield 3, desk.redirect
    yield 3, applicants.withdraw
    yield 2, desk.correct_contact
    yield 1, beside.reassign


def _under_control(look: Look) -> Ways:
    yield 80, lambda look: look.on("control", Verb.RELEASE_SUPPLEMENT, services.release_supplement)
    yield 80, lambda look: look.on("relay", Verb.RELEASE_SUPPLEMENT, services.release_supplement)
    yield (
        15,
        lambda look: look.on(
            "control",
            Verb.RETURN_SUPPLEMENT,
            services.return_supplement,
            reason="Giấy tờ đã đủ, không cần bổ sung.",
        ),
    )
    yield 5, applicants.withdraw


def _awaiting_supplement(look: Look) -> Ways:
    yield 75, applicants.bring
    yield 5, applicants.withdraw
    yield 4, desk.take_request_back
    if look.state.accepted_at is None:
        yield 6, desk.decline
    else:
        yield 3, beside.stop
        if look.at >= (supplement_awaited_until(look.state, look.calendar) or look.at):
            yield 3, beside.go_on
        yield 2, beside.reassign
        yield 20, _hand_over
        yield from _beside(look)


def _hand_over(look: Look) -> Deed | None:
    """Of an accepted dossier, also while something is awaited of the applicant: its term runs on."""
    return look.on("intake", Verb.HAND_OVER, services.hand_over)


def _accepted(look: Look) -> Ways:
    yield 85, _hand_over
    yield 8, desk.issue_receipt
    yield 3, beside.ask
    yield 3, applicants.withdraw
    yield 2, beside.pause
    yield 1, beside.stop
    yield 2, desk.invite
    yield 2, beside.apologise
    yield 2, desk.correct_contact


def _in_progress(look: Look) -> Ways:
    overdue = look.state.due_at is not None and look.at > look.state.due_at - timedelta(days=2)
    yield 100, steps.work
    yield 25 if overdue and not look.state.apologies else 2, beside.apologise
    yield 6, beside.ask
    yield 4, beside.pause
    yield 5, beside.consult
    yield 4, beside.reassign
    yield 2, applicants.withdraw
    yield 1, beside.stop
    yield 2, desk.invite
    yield 2, desk.correct_contact
    yield 8, steps.entrust
    yield 4, beside.plan_verification
    yield from _beside(look)


def _beside(look: Look) -> Ways:
    """What goes on beside the clock: answers, reminders, verifications."""
    if any(task.kind == "consult" for task in look.state.tasks):
        yield 40, beside.answer
        yield 8, beside.remind
    yield from _tell(look)
    yield 2, beside.attach_document
    planned = bool(verifications_awaited(look.state))
    yield 20 if planned else 2, beside.record_verification
    if planned:
        yield 5, beside.call_off_verification


def _tell(look: Look) -> Ways:
    """What the desk has to tell the applicant."""
    if look.state.letters:
        yield 60, lambda look: look.on("letter", Verb.TELL_APPLICANT, services.tell_applicant)


def _at_the_return(look: Look) -> Ways:
    tasks = look.state.tasks
    yield from _tell(look)
    if any(task.kind not in ("return", "consult", "letter") for task in tasks):
        yield 90, steps.work
    elif look.state.status is Status.RESULT_ISSUED:
        yield 85, lambda look: look.at_desk(Verb.ANNOUNCE, services.announce)
    if not look.state.letters:
        yield 80 if look.state.status is Status.READY else 8, desk.hand_back
    yield 4, desk.correct_result
    yield 3, desk.invite
    waited_until = collected_until(look.state, look.calendar)
    regulation = law.regulation(look.state.target.regulation)
    was_awaited = look.state.status is Status.READY and is_collected(look.state, regulation)
    if was_awaited and waited_until is not None and look.at >= waited_until:
        yield (
            10,
            lambda look: look.at_desk(Verb.RECORD_NON_COLLECTION, services.record_non_collection, note=NOTE),
        )
    yield 2, desk.correct_delivery
