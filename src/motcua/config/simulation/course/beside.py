"""What happens beside the steps: papers are asked for, clocks stand still, others are asked, dates move."""

from __future__ import annotations

from datetime import timedelta

from motcua.agencies.enums import Role
from motcua.config.demo import papers, sample
from motcua.config.simulation.course import reasons
from motcua.config.simulation.course.look import AGAIN, Deed, Look, by
from motcua.dossiers import services
from motcua.dossiers.enums import DossierPart, Verb
from motcua.dossiers.rules.awaiting import verifications_awaited
from motcua.dossiers.rules.state import SupplementItem
from motcua.kernel.actors import Actor
from motcua.worktime.rules import local

QUESTION = "Đề nghị cho ý kiến về vị trí và hiện trạng nêu trong hồ sơ."
OPINION = "Thống nhất với nội dung hồ sơ."
PLACE = "Tại địa chỉ ghi trong hồ sơ"
PARTICIPANTS = "Cán bộ thụ lý, đại diện Ủy ban nhân dân cấp xã"
CONTENT = "Kiểm tra hiện trạng"
NOT_HELD = "Đoàn đi xác minh vướng lịch khác"


def _someone_working(look: Look) -> Actor | None:
    own = [task for task in look.steps() if not task.duty and task.kind in ("process", "review")]
    return look.worker(own[0]) if own else None


def ask(look: Look) -> Deed | None:
    """Ask for papers of the procedure; after acceptance whoever works on it does."""
    at_desk = look.state.accepted_at is None
    actor = look.of_role(Role.RECEIVER) if at_desk else _asker(look)
    components = look.story.sheet.components_for(look.story.channel, look.story.variant)
    known = [each.key for each in components if each.required and not each.is_shown_only]
    if actor is None or not known:
        return None
    keys = look.rng.sample(known, min(len(known), look.rng.choice((1, 1, 2))))
    details = {
        "items": tuple(SupplementItem(key, sample.SUPPLEMENT_WHAT) for key in keys),
        "reason": sample.SUPPLEMENT_REASON,
        "guidance": sample.SUPPLEMENT_GUIDANCE,
        "again_ground": AGAIN if look.state.requests and look.rng.random() < 0.5 else "",
    }
    return Deed(Verb.REQUEST_SUPPLEMENT, services.request_supplement, actor, details)


def _asker(look: Look) -> Actor | None:
    own = [task for task in look.steps() if not task.duty]
    return look.worker(own[0]) if own else None


def pause(look: Look) -> Deed | None:
    actor = _someone_working(look)
    return by(actor, Verb.PAUSE, services.pause, {"reason": sample.PAYMENT_REASON})


def resume(look: Look) -> Deed | None:
    note = f"{sample.PAYMENT_PROOF} {look.rng.randrange(10**7):07d}"
    return look.at_desk(Verb.RESUME, services.resume, note=note)


def apologise(look: Look) -> Deed | None:
    leader = look.of_role(Role.APPROVER)
    due = look.state.due_at
    if leader is None or due is None:
        return None
    new_day = max(due, look.at).date() + timedelta(days=look.rng.randint(2, 6))
    while not look.calendar.is_working_day(new_day) and look.rng.random() < 0.97:
        new_day += timedelta(days=1)
    details = {"new_day": new_day, "reason": reasons.of_apology(look.state, look.rng)}
    return Deed(Verb.EXTEND, services.extend, leader, details)


def stop(look: Look) -> Deed | None:
    """The desk records that the applicant asked for it."""
    asked = {"requested_on": local(look.at).date(), "request": sample.STOP_REQUEST}
    return look.at_desk(Verb.STOP, services.stop, reason=sample.STOP_REASON, **asked)


def go_on(look: Look) -> Deed | None:
    """What was asked for did not come: the agency goes on with what there is."""
    return by(_someone_working(look), Verb.RESUME, services.resume, {"note": sample.GO_ON_NOTE})


def reassign(look: Look) -> Deed | None:
    """The head gives a task that bears a name, or the whole case, to a colleague."""
    whole = look.state.case_officer_id is not None
    head = look.of_role(Role.UNIT_HEAD if whole else Role.DESK_HEAD)
    pool = look.office.staff.case_officers if whole else look.office.staff.by_role.get(Role.RECEIVER, ())
    at_desk = [task for task in look.state.tasks if task.unit_id == look.state.target.posting.desk]
    if not whole and not at_desk:
        return None
    bearer = look.state.case_officer_id if whole else at_desk[0].officer_id
    others = [one for one in pool if one.id != bearer]
    if head is None or not others:
        return None
    details = {"officer_id": look.rng.choice(others).id, "reason": "Người thụ lý đi công tác."}
    if not whole:
        details["task_key"] = at_desk[0].key
    return Deed(Verb.REASSIGN, services.reassign, head, details)


def another_unit(look: Look) -> int | None:
    others = [unit for unit in look.world.askable if unit != look.state.target.posting.settling]
    return look.rng.choice(others) if others else None


def consult(look: Look) -> Deed | None:
    actor, unit_id = _someone_working(look), another_unit(look)
    if actor is None or unit_id is None or len(look.state.consultations) >= 3:
        return None
    details = {"unit_id": unit_id, "question": QUESTION, "limit": look.rng.choice(("8wh", "2wd", "5cd"))}
    return Deed(Verb.CONSULT, services.consult, actor, details)


def answer(look: Look) -> Deed | None:
    return look.on("consult", Verb.ANSWER, services.answer, answer=OPINION)


def remind(look: Look) -> Deed | None:
    asked = next((each.number for each in look.state.consultations if each.is_open), None)
    return look.at_desk(Verb.REMIND, services.remind, number=asked) if asked else None


def plan_verification(look: Look) -> Deed | None:
    actor = _someone_working(look)
    planned = look.calendar.next_opening(look.at + timedelta(days=look.rng.randint(1, 4)))
    said = {"place": PLACE, "participants": PARTICIPANTS, "content": CONTENT}
    return by(actor, Verb.PLAN_VERIFICATION, services.plan_verification, {"planned_for": planned, **said})


def call_off_verification(look: Look) -> Deed | None:
    """Called off, or moved to another day."""
    actor, planned = _someone_working(look), verifications_awaited(look.state)
    if actor is None or not planned:
        return None
    is_moved = look.rng.random() < 0.5
    later = look.calendar.next_opening(look.at + timedelta(days=look.rng.randint(5, 8)))
    said = {"number": planned[0].number, "reason": NOT_HELD, "planned_for": later if is_moved else None}
    return Deed(Verb.CALL_OFF_VERIFICATION, services.call_off_verification, actor, said)


def attach_document(look: Look) -> Deed | None:
    """Whoever has it puts a letter of others with it; the desk to its own part, who settles to theirs."""
    actor = _someone_working(look)
    part = DossierPart.SETTLING if actor else DossierPart.DESK
    actor = actor or look.of_role(Role.RECEIVER)
    if actor is None or len(look.state.attached) >= 3:
        return None
    details = {
        "part": part,
        "title": "Công văn trả lời của cơ quan phối hợp",
        "file_id": papers.result_file(actor=actor, at=look.at),
        "for_applicant": look.rng.random() < 0.5,
    }
    return Deed(Verb.ATTACH_DOCUMENT, services.attach_document, actor, details)


def record_verification(look: Look) -> Deed | None:
    actor = _someone_working(look)
    if actor is None:
        return None
    number = next((each.number for each in verifications_awaited(look.state)), 0)
    details = {
        "held_at": max(look.at - timedelta(hours=2), look.state.filed_at or look.at),
        "place": PLACE,
        "participants": PARTICIPANTS,
        "content": CONTENT,
        "number": number,
        "file_id": papers.result_file(actor=actor, at=look.at),
    }
    return Deed(Verb.RECORD_VERIFICATION, services.record_verification, actor, details)
