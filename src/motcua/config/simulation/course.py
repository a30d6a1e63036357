"""What somebody does next to a dossier, chosen by how it stands: nothing of its past is needed to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from motcua.agencies.enums import Role
from motcua.config.demo import papers, sample
from motcua.config.demo.stories import Office, Story
from motcua.config.simulation.happenings import Happenings
from motcua.config.simulation.world import World
from motcua.dossiers import services
from motcua.dossiers.enums import Capacity, Correctable, Decision, DeclineGround, Status, Verb
from motcua.dossiers.rules.completeness import missing_documents
from motcua.dossiers.rules.state import DocumentRef, OpenTask, ResultDelivery, State, SupplementItem
from motcua.dossiers.services import Act
from motcua.kernel.actors import Actor
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.process import queries as process
from motcua.worktime.rules import Calendar, due_at

QUESTION = "Đề nghị cho ý kiến về vị trí và hiện trạng nêu trong hồ sơ."
OPINION = "Thống nhất với nội dung hồ sơ."
DUTY = "Kiểm tra phần thuộc ngành và gửi kết quả về cơ quan chủ trì."
PLACE = "Tại địa chỉ ghi trong hồ sơ"
PARTICIPANTS = "Cán bộ thụ lý, đại diện Ủy ban nhân dân cấp xã"
CONTENT = "Kiểm tra hiện trạng"
VISIT = "Ký vào bản vẽ hiện trạng"
NOTE = "Đã gọi điện, chưa có người đến nhận."
AGAIN = "Phát sinh nội dung mới sau khi kiểm tra thực địa."
OVER = frozenset({Status.CLOSED, Status.DECLINED, Status.WITHDRAWN, Status.STOPPED})


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody is about to do. `details` is everything the service takes beside the usual."""

    verb: Verb
    service: Callable[..., Act]
    actor: Actor
    details: dict[str, Any] = field(default_factory=dict)


Way = Callable[[], Deed | None]
Ways = Iterator[tuple[int, Way]]


@dataclass(slots=True)
class Look:
    """A dossier as it stands at a moment, before somebody who is about to do something."""

    world: World
    happenings: Happenings
    story: Story
    state: State
    at: datetime
    rng: Random

    @property
    def office(self) -> Office:
        """The office that has the dossier now: a filing may have been passed on."""
        office = self.world.office(self.state.target.agency_id)
        assert office is not None
        return office

    @property
    def calendar(self) -> Calendar:
        return self.office.calendar

    # --- What comes next --------------------------------------------------------------------------------
    def every_deed(self) -> list[Deed]:
        """Everything that could happen now, the rare beside the usual."""
        return [deed for _, way in self._ways() if (deed := way()) is not None]

    def next_deed(self) -> Deed | None:
        """What happens now; None if nobody is there who could do it."""
        ways = list(self._ways())
        while ways:
            (chosen,) = self.rng.choices(range(len(ways)), [weight for weight, _ in ways])
            deed = ways.pop(chosen)[1]()
            if deed is not None:
                return deed
        return None

    def _ways(self) -> Ways:
        match self.state.status:
            case Status.DRAFT:
                yield from self._as_draft()
            case Status.SUBMITTED:
                yield from self._at_the_check()
            case Status.AWAITING_SUPPLEMENT:
                yield from self._awaiting_supplement()
            case Status.AWAITING_PAYMENT:
                yield 80, self._resume
                yield 5, self._withdraw
                yield 5, self._stop
                yield from self._beside()
            case Status.ACCEPTED | Status.IN_PROGRESS if self.state.proposed_supplement:
                yield from self._under_control()
            case Status.ACCEPTED:
                yield from self._accepted()
            case Status.IN_PROGRESS:
                yield from self._in_progress()
            case Status.DECIDED:
                yield 90, self._work
                yield 2, self._apologise
                yield 2, self._invite
            case Status.RESULT_ISSUED | Status.READY:
                yield from self._at_the_return()
            case Status.RETURNED:
                yield 90, lambda: self._at_desk(Verb.CLOSE, services.close)
                yield 4, self._take_return_back
                yield 3, self._correct_contact

    def _as_draft(self) -> Ways:
        yield 20 if self._is_missing_papers() else 80, self._submit
        yield 60 if self._is_missing_papers() else 25, self._save_again
        yield 4, self._withdraw

    def _at_the_check(self) -> Ways:
        if self.state.proposed_supplement is not None:
            yield from self._under_control()
            return
        if self._is_missing_papers() and self.state.target.channel != "online":
            yield 50, self._bring_missing
        yield 76, lambda: self._at_desk(Verb.ACCEPT, services.accept)
        yield 12, self._ask
        yield 4, self._decline
        yield 3, self._redirect
        yield 3, self._withdraw
        yield 2, self._correct_contact
        yield 1, self._reassign

    def _under_control(self) -> Ways:
        yield 80, lambda: self._on("control", Verb.RELEASE_SUPPLEMENT, services.release_supplement)
        yield (
            15,
            lambda: self._on(
                "control",
                Verb.RETURN_SUPPLEMENT,
                services.return_supplement,
                reason="Giấy tờ đã đủ, không cần bổ sung.",
            ),
        )
        yield 5, self._withdraw

    def _awaiting_supplement(self) -> Ways:
        yield 75, self._bring
        yield 5, self._withdraw
        if self.state.accepted_at is None:
            yield 6, self._decline
        else:
            yield 6, self._stop
            yield 2, self._reassign
            yield from self._beside()

    def _accepted(self) -> Ways:
        yield 85, lambda: self._on("intake", Verb.HAND_OVER, services.hand_over)
        yield 3, self._ask
        yield 3, self._withdraw
        yield 2, self._pause
        yield 1, self._stop
        yield 2, self._invite
        yield 2, self._apologise
        yield 2, self._correct_contact

    def _in_progress(self) -> Ways:
        overdue = self.state.due_at is not None and self.at > self.state.due_at - timedelta(days=2)
        yield 100, self._work
        yield 25 if overdue and not self.state.apologies else 2, self._apologise
        yield 6, self._ask
        yield 4, self._pause
        yield 5, self._consult
        yield 4, self._reassign
        yield 2, self._withdraw
        yield 1, self._stop
        yield 2, self._invite
        yield 2, self._correct_contact
        yield 8, self._entrust
        yield 4, self._plan_verification
        yield from self._beside()

    def _beside(self) -> Ways:
        """What goes on beside the clock: answers, reminders, verifications."""
        if any(task.kind == "consult" for task in self.state.tasks):
            yield 40, self._answer
            yield 8, self._remind
        planned = any(each.held_at is None for each in self.state.verifications)
        yield 20 if planned else 2, self._record_verification

    def _at_the_return(self) -> Ways:
        tasks = self.state.tasks
        if any(task.kind not in ("return", "consult") for task in tasks):
            yield 90, self._work
        elif self.state.status is Status.RESULT_ISSUED:
            yield 85, lambda: self._at_desk(Verb.ANNOUNCE, services.announce)
        yield 80 if self.state.status is Status.READY else 8, self._return
        yield 4, self._correct_result
        yield 3, self._invite
        if self.state.status is Status.READY:
            yield (
                10,
                lambda: self._at_desk(Verb.RECORD_NON_COLLECTION, services.record_non_collection, note=NOTE),
            )
        yield 2, self._correct_delivery

    # --- People -----------------------------------------------------------------------------------------
    def there(self, actor: Actor | None) -> Actor | None:
        """The officer, or who stands in while they are away; None if nobody is there."""
        if actor is None or actor.is_citizen:
            return actor
        away = self.happenings.away(actor.id, self.at.date())
        if away is None:
            return actor
        substitute = self.world.officer(away.substitute_id) if away.substitute_id else None
        if substitute is None or self.happenings.away(substitute.id, self.at.date()) is not None:
            return None  # who stands in is away as well
        return substitute

    def worker(self, task: OpenTask) -> Actor | None:
        """Who has the task to do, if somebody is there for it."""
        if task.officer_id is not None:
            return self.there(self.world.officer(task.officer_id))
        return self.there(self.world.holder(task.unit_id, task.role, self.rng))

    def of_role(self, role: Role) -> Actor | None:
        """Somebody of the office who holds the role and is there."""
        held = self.office.staff.by_role.get(role, ())
        here = [one for each in held if (one := self.there(each)) is not None]
        return self.rng.choice(here) if here else None

    def owner(self) -> Actor | None:
        """The applicant, if they have an account by which they see the dossier."""
        owner = self.story.owner
        return owner.actor if owner and self.state.owner_id == owner.actor.id else None

    def steps(self) -> list[OpenTask]:
        """The open steps of the process and of our own."""
        return [task for task in self.state.tasks if task.kind != "consult"]

    # --- Deeds of the applicant -------------------------------------------------------------------------
    def _submit(self) -> Deed | None:
        key = {"submission_key": f"{self.story.key}-{self.state.owner_id}"}
        return _by(self.owner(), Verb.SUBMIT, services.submit, key)

    def _save_again(self) -> Deed | None:
        owner, story, contents = self.owner(), self.story, self.state.contents
        if owner is None:
            return None
        details: dict[str, Any] = {
            "procedure_version_id": story.sheet.version_id,
            "agency_id": story.agency_id,
            "applicant": story.applicant,
            "form_data": papers.answers(story.sheet, story.applicant, self.at, self.rng),
            "documents": self._whole_papers(owner),
            "variant": story.variant,
            # Not every way is offered at every level: who was turned down collects the result.
            "delivery": contents.delivery if self.rng.random() < 0.5 else ResultDelivery("counter"),
        }
        if self.rng.random() < 0.1:
            details |= {
                "submitter_name": sample.full_name(self.rng),
                "capacity": Capacity.AUTHORISED,
                "authority": "Giấy ủy quyền số 12/UQ",
            }
        return Deed(Verb.SAVE_DRAFT, services.save_draft, owner, details)

    def _whole_papers(self, actor: Actor) -> tuple[DocumentRef, ...]:
        story = self.story
        return papers.papers(story.sheet, story.channel, story.variant, actor=actor, at=self.at)

    def _is_missing_papers(self) -> bool:
        return bool(missing_documents(self.story.sheet, self.state.target, self.state.contents))

    def _bring_missing(self) -> Deed | None:
        desk = self.of_role(Role.RECEIVER)
        if desk is None:
            return None
        return Deed(Verb.SUPPLEMENT, services.supplement, desk, {"documents": self._whole_papers(desk)})

    def _bring(self) -> Deed | None:
        """Everything that was asked; now and then only a part of it, or nothing."""
        request = self.state.supplement_awaited()
        actor = self.owner() or self.of_role(Role.RECEIVER)
        if request is None or actor is None:
            return None
        keys = [item.key for item in request.items]
        if self.rng.random() < 0.12:
            keys = keys[1:]
        brought = tuple(
            papers.paper(key, "", self.story.channel, actor=actor, at=self.at) for key in dict.fromkeys(keys)
        )
        return Deed(Verb.SUPPLEMENT, services.supplement, actor, {"documents": brought})

    def _withdraw(self) -> Deed | None:
        actor = self.owner() or self.of_role(Role.RECEIVER)
        if actor is None or (self.state.status is Status.DRAFT and actor.is_officer):
            return None
        return Deed(Verb.WITHDRAW, services.withdraw, actor, {"reason": sample.WITHDRAW_REASON})

    # --- Deeds of the desk ------------------------------------------------------------------------------
    def _at_desk(self, verb: Verb, service: Callable[..., Act], **details: Any) -> Deed | None:
        desk = self.of_role(Role.RECEIVER)
        return _by(desk, verb, service, details)

    def _decline(self) -> Deed | None:
        ground = self.rng.choice(list(DeclineGround))
        return self._at_desk(Verb.DECLINE, services.decline, ground=ground, reason=sample.DECLINE_REASON)

    def _redirect(self) -> Deed | None:
        """To another agency that is played, if one settles the procedure."""
        target = self.state.target
        others = [
            office.staff.agency.id
            for office in self.world.offices
            if office.staff.agency.id != target.agency_id
            and (target.procedure_version_id in {each.version_id for each in office.sheets})
        ]
        if not others:
            return None
        agency_id = self.rng.choice(others)
        return self._at_desk(
            Verb.REDIRECT, services.redirect, agency_id=agency_id, reason=sample.DECLINE_REASON
        )

    def _invite(self) -> Deed | None:
        visit = self.calendar.next_opening(self.at + timedelta(days=self.rng.randint(1, 5)))
        ground = AGAIN if self.rng.random() < 0.6 else ""
        return self._at_desk(Verb.INVITE, services.invite, visit_at=visit, purpose=VISIT, ground=ground)

    def _return(self) -> Deed | None:
        how = self.state.contents.delivery.how
        if how != "counter" and self.rng.random() < 0.1:
            how = "counter"
        handed: dict[str, Any] = {"how": how}
        if how != "online":
            handed |= {
                "received_by": self.state.contents.applicant.name,
                "proof": "Ký nhận tại quầy" if how == "counter" else f"EM{self.rng.randrange(10**9):09d}VN",
                "papers_compared": self.rng.random() < 0.95,
            }
        return self._at_desk(Verb.RETURN_RESULT, services.return_result, **handed)

    def _take_return_back(self) -> Deed | None:
        details = {"what": Correctable.RETURN, "reason": "Ghi nhầm hồ sơ của người khác."}
        return self._at_desk(Verb.CORRECT, services.correct, **details)

    def _correct_contact(self) -> Deed | None:
        values = {"phone": sample.phone(self.rng.randrange(10**6))}
        details = {"what": Correctable.CONTACT, "values": values, "reason": "Gõ nhầm số điện thoại."}
        return self._at_desk(Verb.CORRECT, services.correct, **details)

    def _correct_delivery(self) -> Deed | None:
        values = {"how": "postal", "delivery_address": sample.address(self.rng, "phường mẫu")}
        details = {"what": Correctable.DELIVERY, "values": values, "reason": "Người nộp đề nghị đổi."}
        return self._at_desk(Verb.CORRECT, services.correct, **details)

    def _correct_result(self) -> Deed | None:
        clerk = self.of_role(Role.CLERK)
        values = {"number": f"{self.rng.randint(901, 999)}/KQ"}
        details = {"what": Correctable.RESULT, "values": values, "reason": "Gõ nhầm số."}
        return _by(clerk, Verb.CORRECT, services.correct, details)

    # --- Deeds on a step --------------------------------------------------------------------------------
    def _on(self, kind: str, verb: Verb, service: Callable[..., Act], **details: Any) -> Deed | None:
        task = next((each for each in self.state.tasks if each.kind == kind), None)
        worker = self.worker(task) if task else None
        if task is None or worker is None:
            return None
        return Deed(verb, service, worker, {"task_key": task.key, **details})

    def _work(self) -> Deed | None:
        """The step that is open is done; of several, one."""
        steps = [task for task in self.steps() if task.kind not in ("control",)]
        if not steps:
            return None
        task = self.rng.choice(steps)
        worker = self.worker(task)
        return self._step(task, worker) if worker else None

    def _step(self, task: OpenTask, worker: Actor) -> Deed | None:
        state, on = self.state, {"task_key": task.key}
        if self.rng.random() < 0.06 and (back := services.send_back_targets(state, task)):
            details = on | {"to_step": self.rng.choice(back).key, "reason": sample.SEND_BACK_REASON}
            if state.status is Status.IN_PROGRESS:
                return Deed(Verb.SEND_BACK, services.send_back, worker, details)
        match task.kind:
            case "intake":
                return None
            case "assign":
                officer = self.rng.choice(self.office.staff.case_officers)
                return Deed(Verb.ASSIGN, services.assign, worker, on | {"officer_id": officer.id})
            case "process" | "review" if state.proposal is None and state.decision is None:
                return self._propose(worker, on)
            case "approve" if state.proposal is Decision.REFUSE:
                reason = {"reason": sample.REFUSE_REASON}
                return Deed(Verb.REFUSE, services.refuse, worker, on | reason)
            case "approve" if state.proposal is None and self.rng.random() < 0.8:
                return self._back_to_who_proposes(task, worker) or Deed(
                    Verb.APPROVE, services.approve, worker, on
                )
            case "approve":
                return Deed(Verb.APPROVE, services.approve, worker, on)
        if state.decision is not None and not state.results and self._is_numbered_at(task):
            return self._issue(worker, on)
        if task.kind == "return":
            return None
        outcomes = services.outcomes_of(state, task)
        if len(outcomes) > 1 and self.rng.random() < 0.1:
            on = on | {"outcome": self.rng.choice(outcomes).key}
        return Deed(Verb.COMPLETE_STEP, services.complete_step, worker, on)

    def _back_to_who_proposes(self, task: OpenTask, worker: Actor) -> Deed | None:
        """A draft that was sent back loses its proposal; without one nobody decides."""
        back = [
            each.key
            for each in services.send_back_targets(self.state, task)
            if each.kind in ("process", "review")
        ]
        if not back:
            return None
        details = {"task_key": task.key, "to_step": back[-1], "reason": sample.SEND_BACK_REASON}
        return Deed(Verb.SEND_BACK, services.send_back, worker, details)

    def _propose(self, worker: Actor, on: dict[str, Any]) -> Deed:
        refuses = self.rng.random() < 0.08
        decision = Decision.REFUSE if refuses else Decision.GRANT
        text = sample.REFUSE_REASON if refuses else sample.GRANT_TEXT
        return Deed(Verb.PROPOSE, services.propose, worker, on | {"decision": decision, "text": text})

    def _is_numbered_at(self, task: OpenTask) -> bool:
        """Whether the paper is numbered here: at the clerk's, at the desk, or in the last step before it."""
        if task.kind in ("clerical", "return"):
            return True
        ahead = [target for outcome in services.outcomes_of(self.state, task)[:1] for target in outcome.to]
        return any(target == self._last_step() for target in ahead)

    def _last_step(self) -> str:
        assert self.state.process_id is not None
        return process.definition(self.state.process_id).last.key

    def _issue(self, worker: Actor, on: dict[str, Any]) -> Deed:
        results = self.story.sheet.results
        details = {
            "number": f"{self.rng.randint(1, 900)}/KQ",
            "name": results[0].name if results else "Kết quả giải quyết",
            "file_id": papers.result_file(actor=worker, at=self.at)
            if self.state.contents.delivery.how == "online"
            else None,
        }
        return Deed(Verb.ISSUE_RESULT, services.issue_result, worker, on | details)

    def _entrust(self) -> Deed | None:
        task = next((each for each in self.state.tasks if each.kind == "opinion" and not each.duty), None)
        worker = self.worker(task) if task else None
        unit_id = self._another_unit()
        if task is None or worker is None or unit_id is None:
            return None
        details = {"task_key": task.key, "unit_id": unit_id, "duty": DUTY}
        return Deed(Verb.ENTRUST, services.entrust, worker, details)

    # --- Deeds beside the steps -------------------------------------------------------------------------
    def _someone_working(self) -> Actor | None:
        own = [task for task in self.steps() if not task.duty and task.kind in ("process", "review")]
        return self.worker(own[0]) if own else None

    def _ask(self) -> Deed | None:
        """Ask for papers of the procedure; after acceptance whoever works on it does."""
        at_desk = self.state.accepted_at is None
        actor = self.of_role(Role.RECEIVER) if at_desk else self._asker()
        components = self.story.sheet.components_for(self.story.channel, self.story.variant or None)
        known = [each.key for each in components if each.required and not each.is_shown_only]
        if actor is None or not known:
            return None
        keys = self.rng.sample(known, min(len(known), self.rng.choice((1, 1, 2))))
        details = {
            "items": tuple(SupplementItem(key, sample.SUPPLEMENT_WHAT) for key in keys),
            "reason": sample.SUPPLEMENT_REASON,
            "guidance": sample.SUPPLEMENT_GUIDANCE,
            "again_ground": AGAIN if self.state.supplements and self.rng.random() < 0.5 else "",
        }
        return Deed(Verb.REQUEST_SUPPLEMENT, services.request_supplement, actor, details)

    def _asker(self) -> Actor | None:
        own = [task for task in self.steps() if not task.duty]
        return self.worker(own[0]) if own else None

    def _pause(self) -> Deed | None:
        actor = self._someone_working()
        return _by(actor, Verb.PAUSE, services.pause, {"reason": sample.PAYMENT_REASON})

    def _resume(self) -> Deed | None:
        note = f"{sample.PAYMENT_PROOF} {self.rng.randrange(10**7):07d}"
        return self._at_desk(Verb.RESUME, services.resume, note=note)

    def _apologise(self) -> Deed | None:
        leader = self.of_role(Role.APPROVER)
        due = self.state.due_at
        if leader is None or due is None:
            return None
        new_day = max(due, self.at).date() + timedelta(days=self.rng.randint(2, 6))
        while not self.calendar.is_working_day(new_day) and self.rng.random() < 0.97:
            new_day += timedelta(days=1)
        details = {"new_day": new_day, "reason": sample.APOLOGY_REASON}
        return Deed(Verb.EXTEND, services.extend, leader, details)

    def _stop(self) -> Deed | None:
        head = self.of_role(Role.UNIT_HEAD)
        return _by(head, Verb.STOP, services.stop, {"reason": sample.STOP_REASON})

    def _reassign(self) -> Deed | None:
        """The head gives a task that bears a name, or the whole case, to a colleague."""
        whole = self.state.case_officer_id is not None
        head = self.of_role(Role.UNIT_HEAD if whole else Role.DESK_HEAD)
        pool = self.office.staff.case_officers if whole else self.office.staff.by_role.get(Role.RECEIVER, ())
        at_desk = [task for task in self.state.tasks if task.unit_id == self.state.target.posting.desk]
        if not whole and not at_desk:
            return None
        bearer = self.state.case_officer_id if whole else at_desk[0].officer_id
        others = [one for one in pool if one.id != bearer]
        if head is None or not others:
            return None
        details = {"officer_id": self.rng.choice(others).id, "reason": "Người thụ lý đi công tác."}
        if not whole:
            details["task_key"] = at_desk[0].key
        return Deed(Verb.REASSIGN, services.reassign, head, details)

    def _another_unit(self) -> int | None:
        others = [unit for unit in self.world.askable if unit != self.state.target.posting.settling]
        return self.rng.choice(others) if others else None

    def _consult(self) -> Deed | None:
        actor, unit_id = self._someone_working(), self._another_unit()
        if actor is None or unit_id is None or len(self.state.consultations) >= 3:
            return None
        details = {"unit_id": unit_id, "question": QUESTION, "limit": self.rng.choice(("8wh", "2wd", "5cd"))}
        return Deed(Verb.CONSULT, services.consult, actor, details)

    def _answer(self) -> Deed | None:
        return self._on("consult", Verb.ANSWER, services.answer, answer=OPINION)

    def _remind(self) -> Deed | None:
        asked = next((each.number for each in self.state.consultations if each.is_open), None)
        return self._at_desk(Verb.REMIND, services.remind, number=asked) if asked else None

    def _plan_verification(self) -> Deed | None:
        actor = self._someone_working()
        planned = self.calendar.next_opening(self.at + timedelta(days=self.rng.randint(1, 4)))
        said = {"place": PLACE, "participants": PARTICIPANTS, "content": CONTENT}
        return _by(
            actor, Verb.PLAN_VERIFICATION, services.plan_verification, {"planned_for": planned, **said}
        )

    def _record_verification(self) -> Deed | None:
        actor = self._someone_working()
        if actor is None:
            return None
        number = next((each.number for each in self.state.verifications if each.held_at is None), 0)
        details = {
            "held_at": self.at - timedelta(hours=2),
            "place": PLACE,
            "participants": PARTICIPANTS,
            "content": CONTENT,
            "number": number,
            "file_id": papers.result_file(actor=actor, at=self.at) if self.rng.random() < 0.8 else None,
        }
        return Deed(Verb.RECORD_VERIFICATION, services.record_verification, actor, details)

    # --- When it goes on --------------------------------------------------------------------------------
    def next_moment(self) -> datetime | None:
        """When somebody comes back to the dossier; None if its life is over or it was given up."""
        status = self.state.status
        if status in OVER or (status is Status.DRAFT and self.rng.random() < 0.06):
            return None
        if status is Status.DRAFT:
            return self.at + timedelta(minutes=self.rng.randint(1, 90))
        if status is Status.AWAITING_SUPPLEMENT:
            later = self.at + timedelta(hours=self.rng.uniform(5, 110))
            return later if self.owner() else self._hours(0.1, 2, after=later)
        if status is Status.AWAITING_PAYMENT:
            return self._hours(0.1, 3, after=self.at + timedelta(days=self.rng.randint(0, 6)))
        if status is Status.READY:
            return self._hours(0.1, 3, after=self.at + timedelta(hours=self.rng.uniform(0, 50)))
        if status in (Status.IN_PROGRESS, Status.DECIDED):
            return self._after_work()
        return self._hours(0.2, 3 if self.story.slowness < 1 else 14)

    def _after_work(self) -> datetime:
        """After a part of the term of an open step, stretched by slowness."""
        dues = [task.due_at for task in self.steps() if task.due_at is not None]
        if not dues:
            return self._hours(0.3, 3)
        hours = max(self.calendar.open_minutes(self.at, min(dues)), 30) / 60
        slow = self.story.slowness
        return self._hours(min(hours * 0.2 * slow, 60), min(hours * 0.8 * slow, 90))

    def next_day(self) -> datetime:
        """The first working hours of another day: nobody was there."""
        morning = self.at.replace(hour=0, minute=0, second=0) + timedelta(days=1)
        return self._hours(0.1, 2, after=morning)

    def _hours(self, low: float, high: float, *, after: datetime | None = None) -> datetime:
        """Between `low` and `high` working hours from now or from `after`."""
        minutes = int(self.rng.uniform(low, max(low, high)) * 60) + 1
        limit = TimeLimit(Fraction(minutes, 60), TimeUnit.WORKING_HOUR)
        return due_at(self.calendar, after or self.at, limit)


def _by(actor: Actor | None, verb: Verb, service: Callable[..., Act], details: dict[str, Any]) -> Deed | None:
    """The deed, if there is somebody to do it."""
    return Deed(verb, service, actor, details) if actor else None
