"""What is done on the open steps of the process: assigned, proposed, decided, numbered, passed on."""

from __future__ import annotations

from typing import Any

from motcua.config.demo import papers, sample
from motcua.config.simulation.course import beside
from motcua.config.simulation.course.look import Deed, Look, by
from motcua.dossiers import services
from motcua.dossiers.enums import Correctable, Decision, Status, Verb
from motcua.dossiers.rules.awaiting import opinions_awaited, verifications_awaited
from motcua.dossiers.rules.state import OpenTask
from motcua.kernel.actors import Actor
from motcua.process import queries as process
from motcua.process.rules.definitions import last_approve

GIVEN_UP = "Hồ sơ đã đủ căn cứ để đề xuất, không chờ thêm."
DUTY = "Kiểm tra phần thuộc ngành và gửi kết quả về cơ quan chủ trì."
PART_TERMS = ("", "", "", "8wh", "2wd", "5wd", "40wd")  # none: that of the step; the last ones go too far


def work(look: Look) -> Deed | None:
    """The step that is open is done; of several, one."""
    steps = [task for task in look.steps() if task.kind not in ("control", "relay")]
    if not steps:
        return None
    task = look.rng.choice(steps)
    worker = look.worker(task)
    return _step(look, task, worker) if worker else None


def _step(look: Look, task: OpenTask, worker: Actor) -> Deed | None:
    state, on = look.state, {"task_key": task.key}
    if look.rng.random() < 0.06 and (back := services.send_back_targets(state, task)):
        details = on | {"to_step": look.rng.choice(back).key, "reason": sample.SEND_BACK_REASON}
        if state.status is Status.IN_PROGRESS:
            return Deed(Verb.SEND_BACK, services.send_back, worker, details)
    match task.kind:
        case "intake":
            return None
        case "assign":
            officer = look.rng.choice(look.office.staff.case_officers)
            return Deed(Verb.ASSIGN, services.assign, worker, on | {"officer_id": officer.id})
        case "process" | "review" if state.proposal is None and state.decision is None:
            return _propose(look, worker, on)
        case "approve" if _awaits(look):
            return _back_to_who_proposes(look, task, worker)
        case "approve" if state.proposal and look.rng.random() < 0.04 and _decides(look, task):
            return _otherwise(state.proposal, worker, on)
        case "approve" if state.proposal is Decision.REFUSE:
            reason = {"reason": sample.REFUSE_REASON}
            return Deed(Verb.REFUSE, services.refuse, worker, on | reason)
        case "approve" if state.proposal is None and look.rng.random() < 0.8:
            return _back_to_who_proposes(look, task, worker) or Deed(
                Verb.APPROVE, services.approve, worker, on
            )
        case "approve":
            return Deed(Verb.APPROVE, services.approve, worker, on)
    if state.decision is not None and not state.results and _is_numbered_at(look, task):
        return _issue(look, worker, on)
    if task.kind == "return":
        return None
    outcomes = services.outcomes_of(state, task)
    if len(outcomes) > 1 and look.rng.random() < 0.1:
        on = on | {"outcome": look.rng.choice(outcomes).key}
    return Deed(Verb.COMPLETE_STEP, services.complete_step, worker, on)


def _decides(look: Look, task: OpenTask) -> bool:
    assert look.state.process_id is not None
    deciding = last_approve(process.definition(look.state.process_id))
    return deciding is not None and deciding.key == task.step_key


def _otherwise(proposal: Decision, worker: Actor, on: dict[str, Any]) -> Deed:
    """The leader does not follow the proposal, and says why."""
    if proposal is Decision.REFUSE:
        note = {"note": sample.OTHERWISE_REASON}
        return Deed(Verb.APPROVE, services.approve, worker, on | note)
    return Deed(Verb.REFUSE, services.refuse, worker, on | {"reason": sample.REFUSE_REASON})


def _back_to_who_proposes(look: Look, task: OpenTask, worker: Actor) -> Deed | None:
    """A draft that was sent back loses its proposal; without one nobody decides."""
    back = [
        each.key
        for each in services.send_back_targets(look.state, task)
        if each.kind in ("process", "review")
    ]
    if not back:
        return None
    details = {"task_key": task.key, "to_step": back[-1], "reason": sample.SEND_BACK_REASON}
    return Deed(Verb.SEND_BACK, services.send_back, worker, details)


def _propose(look: Look, worker: Actor, on: dict[str, Any]) -> Deed:
    refuses = look.rng.random() < 0.08
    decision = Decision.REFUSE if refuses else Decision.GRANT
    text = sample.REFUSE_REASON if refuses else sample.GRANT_TEXT
    given_up = {"taken_back": GIVEN_UP, "called_off": GIVEN_UP} if _awaits(look) else {}
    details = on | {"decision": decision, "text": text, **given_up}
    return Deed(Verb.PROPOSE, services.propose, worker, details)


def _awaits(look: Look) -> bool:
    """Whether an opinion or a verification is still to come, over which nobody may decide."""
    return bool(opinions_awaited(look.state, look.at) or verifications_awaited(look.state))


def _is_numbered_at(look: Look, task: OpenTask) -> bool:
    """Whether the paper is numbered here: at the clerk's, at the desk, or in the last step before it."""
    if task.kind in ("clerical", "return"):
        return True
    ahead = [target for outcome in services.outcomes_of(look.state, task)[:1] for target in outcome.to]
    return any(target == _last_step(look) for target in ahead)


def _last_step(look: Look) -> str:
    assert look.state.process_id is not None
    return process.definition(look.state.process_id).last.key


def _issue(look: Look, worker: Actor, on: dict[str, Any]) -> Deed:
    details = {
        "number": f"{look.rng.randint(1, 900)}/KQ",
        "name": papers.result_name(look.state.decision, look.story.sheet),
        "file_id": papers.result_file(actor=worker, at=look.at)
        if look.state.contents.delivery.how == "online"
        else None,
    }
    return Deed(Verb.ISSUE_RESULT, services.issue_result, worker, on | details)


def take_decision_back(look: Look) -> Deed | None:
    """Whoever decided notices that it was the wrong dossier, as long as nobody has numbered its paper."""
    was = look.state.decided
    if was is None:
        return None
    details = {"what": Correctable.DECISION, "reason": "Quyết định nhầm hồ sơ khác."}
    decided = look.there(look.world.officer(was.instead_of or was.by))
    return by(decided, Verb.CORRECT, services.correct, details)


def entrust(look: Look) -> Deed | None:
    task = next((each for each in look.state.tasks if each.kind == "opinion" and not each.duty), None)
    worker = look.worker(task) if task else None
    unit_id = beside.another_unit(look)
    if task is None or worker is None or unit_id is None:
        return None
    limit = look.rng.choice(PART_TERMS)
    details = {"task_key": task.key, "unit_id": unit_id, "duty": DUTY, "limit": limit}
    return Deed(Verb.ENTRUST, services.entrust, worker, details)
