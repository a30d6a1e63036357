"""What happens to a sample dossier, told as a generator: it yields the moment of each next act.

The player resumes a life only when that moment has come, and drops it where the present begins; so whatever
stands open today was left open by somebody, as in a real office.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from motcua.agencies.enums import Role
from motcua.catalogue.enums import Channel
from motcua.config.demo import papers, sample
from motcua.config.demo.stories import Plot, Story
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Decision, DeclineGround, Status
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.state import OpenTask, ResultDelivery, State, SupplementItem
from motcua.dossiers.services import Act
from motcua.kernel.actors import Actor
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.kernel.wire import from_wire
from motcua.process import queries as process
from motcua.worktime.rules import due_at, local


def filing(story: Story, at: datetime) -> tuple[Callable[..., Act], dict[str, Any]]:
    """The service by which the story's dossier comes in, and everything that is filed."""
    online = story.channel is Channel.ONLINE
    actor = story.owner.actor if story.owner and online else story.staff.receiver
    filed: dict[str, Any] = {
        "actor": actor,
        "at": at,
        "procedure_version_id": story.sheet.version_id,
        "agency_id": story.agency_id,
        "applicant": story.applicant,
        "form_data": papers.answers(story.sheet, story.applicant, story.variant, at, story.rng),
        "documents": papers.papers(story.sheet, story.channel, story.variant, actor=actor, at=at),
        "variant": story.variant,
        "delivery": delivery(story),
    }
    if online:
        return services.save_draft, filed
    filed["submission_key"] = story.key
    if story.channel is Channel.COUNTER:
        return services.register_at_counter, filed
    number = f"EM{story.rng.randrange(10**9):09d}VN"
    return services.register_by_post, filed | {"postal_number": number}


def delivery(story: Story) -> ResultDelivery:
    """How the applicant of the story wants the result: as they filed it, where the procedure allows that."""
    wished = {Channel.POSTAL: "postal", Channel.ONLINE: "online"}.get(story.channel, "counter")
    how = wished if story.sheet.returns(wished) else story.sheet.result_ways[0]
    return ResultDelivery(how, story.applicant.address if how == "postal" else "")


@dataclass(slots=True)
class Life:
    """One dossier on its way; `at` is the moment of the act that comes now."""

    story: Story
    act: Act | None = None
    at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.at = self.story.arrives_at

    def run(self) -> Iterator[datetime]:
        story = self.story
        yield self.at
        self._file()
        if story.plot is Plot.DRAFT:
            return
        if story.channel is Channel.ONLINE:
            self.at += timedelta(minutes=story.rng.randint(1, 20))
            yield self.at
            self._submit()
        yield from self._intake()
        if self._status() in (Status.ACCEPTED, Status.IN_PROGRESS):
            yield from self._settlement()
        if self._status() in (Status.RESULT_ISSUED, Status.READY):
            yield from self._returning()

    # --- Filing -----------------------------------------------------------------------------------------
    def _file(self) -> None:
        service, details = filing(self.story, self.at)
        self.act = service(**details)

    def _delivery(self) -> ResultDelivery:
        return delivery(self.story)

    def _submit(self) -> None:
        assert self.story.owner is not None
        self._do(services.submit, self.story.owner.actor, submission_key=self.story.key, consent=CONSENT)

    # --- At the desk ------------------------------------------------------------------------------------
    def _intake(self) -> Iterator[datetime]:
        story = self.story
        yield self._later(0.2, 3)
        if story.plot is Plot.DECLINED:
            ground = DeclineGround.NOT_COMPETENT
            said = {"reason": sample.DECLINE_REASON, **sample.DECLINE_WAY}
            self._do(services.decline, story.staff.receiver, ground=ground, **said)
            return
        if story.plot is Plot.SUPPLEMENT_FIRST:
            self._ask(story.staff.receiver)
            yield from self._bring()
            yield self._later(0.5, 3)
        self._do(services.accept, story.staff.receiver)
        yield self._later(0.2, 2)
        if story.plot is Plot.WITHDRAWN and story.rng.random() < 0.5:
            self._withdraw()
            return
        task = self._state().tasks[0]
        self._do(services.hand_over, story.staff.receiver, task_key=task.key)

    def _ask(self, actor: Actor) -> None:
        component = self._component()
        self._do(
            services.request_supplement,
            actor,
            items=(SupplementItem(component, sample.SUPPLEMENT_WHAT),),
            reason=sample.SUPPLEMENT_REASON,
            guidance=sample.SUPPLEMENT_GUIDANCE,
        )
        for kind in ("control", "relay"):  # whoever must agree, then the desk that sends it
            task = next((each for each in self._state().tasks if each.kind == kind), None)
            if task is not None:
                self._do(services.release_supplement, self._worker(task), task_key=task.key)

    def _bring(self) -> Iterator[datetime]:
        story = self.story
        self.at += timedelta(hours=story.rng.uniform(20, 110))
        online = story.channel is Channel.ONLINE and story.owner is not None
        yield self.at if online else self._later(0.1, 1)
        actor = story.owner.actor if online and story.owner else story.staff.receiver
        brought = papers.paper(self._component(), "", story.channel, actor=actor, at=self.at)
        self._do(services.supplement, actor, documents=(brought,))

    def _component(self) -> str:
        components = self.story.sheet.components_for(self.story.channel, self.story.variant)
        handed_in = [each for each in components if each.required and not each.is_shown_only]
        copied = (each for each in handed_in if not each.is_form)  # what the sample asks for is a clear copy
        return next(copied, handed_in[0]).key

    def _withdraw(self) -> None:
        story = self.story
        if story.owner:
            self._do(services.withdraw, story.owner.actor, reason=sample.WITHDRAW_REASON)
        else:
            asked = self._asked(sample.WITHDRAW_REQUEST)
            self._do(services.withdraw, story.staff.receiver, reason=sample.WITHDRAW_REASON, **asked)

    def _stop(self) -> None:
        asked = self._asked(sample.STOP_REQUEST)
        self._do(services.stop, self.story.staff.receiver, reason=sample.STOP_REASON, **asked)

    def _asked(self, request: str) -> dict[str, object]:
        return {"requested_on": local(self.at).date(), "request": request}

    # --- With the officers who settle it ----------------------------------------------------------------
    def _settlement(self) -> Iterator[datetime]:
        story = self.story
        sent_back = asked = False
        while (state := self._state()).tasks and state.status in (Status.IN_PROGRESS, Status.DECIDED):
            task = state.tasks[0]
            if task.kind == "return":
                yield self._later(0.3, 2)
                self._issue(task)
                return
            if task.kind == "approve" and story.plot is Plot.UNDECIDED:
                return
            yield self._after_work_on(task)
            if story.plot is Plot.WITHDRAWN and task.kind == "process":
                self._withdraw()
                return
            if story.plot in (Plot.SUPPLEMENT_LATER, Plot.STOPPED) and task.kind == "process" and not asked:
                asked = True
                self._ask(self._worker(task))
                if story.plot is Plot.STOPPED:
                    self.at += timedelta(days=story.rng.randint(10, 20))
                    yield self._later(0.1, 4)
                    self._stop()
                    return
                yield from self._bring()
            elif story.plot is Plot.PAYING and task.kind == "process" and not asked:
                asked = True
                yield from self._wait_for_payment(self._worker(task))
            elif story.plot is Plot.APOLOGISED and task.kind == "process" and not asked and state.due_at:
                asked = True
                self._apologise(state.due_at)
            elif story.plot is Plot.SENT_BACK and task.kind in ("review", "approve") and not sent_back:
                sent_back = True
                self._send_back(task, state)
            else:
                self._settle(task, state)

    def _wait_for_payment(self, worker: Actor) -> Iterator[datetime]:
        self._do(services.pause, worker, reason=sample.PAYMENT_REASON)
        self.at += timedelta(days=self.story.rng.randint(1, 9))
        yield self._later(0.1, 3)
        number = f"{self.story.rng.randrange(10**7):07d}"
        self._do(services.resume, self.story.staff.receiver, note=f"{sample.PAYMENT_PROOF} {number}")

    def _apologise(self, due: datetime) -> None:
        new_day = max(due, self.at).date() + timedelta(days=self.story.rng.randint(2, 6))
        while not self.story.calendar.is_working_day(new_day):
            new_day += timedelta(days=1)
        leader = self.story.staff.holder(Role.APPROVER, self.story.rng)
        self._do(services.extend, leader, new_day=new_day, reason=sample.APOLOGY_REASON)

    def _settle(self, task: OpenTask, state: State) -> None:
        worker = self._worker(task)
        refused = self.story.plot is Plot.REFUSED
        if task.kind == "assign":
            officer = self.story.rng.choice(self.story.staff.case_officers)
            self._do(services.assign, worker, task_key=task.key, officer_id=officer.id)
        elif task.kind == "process" and state.proposal is None:
            decision = Decision.REFUSE if refused else Decision.GRANT
            text = sample.REFUSE_REASON if refused else sample.GRANT_TEXT
            self._do(services.propose, worker, task_key=task.key, decision=decision, text=text)
        elif task.kind == "approve" and refused:
            self._do(services.refuse, worker, task_key=task.key, reason=sample.REFUSE_REASON)
        elif task.kind == "approve":
            self._do(services.approve, worker, task_key=task.key)
        elif state.decision is not None and not state.results and self._is_last(task, state):
            self._issue(task)
        else:
            self._do(services.complete_step, worker, task_key=task.key)

    def _send_back(self, task: OpenTask, state: State) -> None:
        assert state.process_id is not None
        steps = process.definition(state.process_id)
        visited = [visit[0] for visit in (state.run or {}).get("visits", []) if visit[0] != task.step_key]
        earlier = [key for key in visited if steps.step(key).kind == "process"]  # where the draft was made
        if not earlier:
            self._settle(task, state)
            return
        reason = sample.SEND_BACK_REASON
        self._do(
            services.send_back, self._worker(task), task_key=task.key, to_step=earlier[-1], reason=reason
        )

    def _issue(self, task: OpenTask) -> None:
        worker = self._worker(task)
        number = f"{self.story.rng.randint(1, 900)}/KQ"
        name = papers.result_name(self._state().decision, self.story.sheet)
        online = self.story.channel is Channel.ONLINE
        file_id = papers.result_file(actor=worker, at=self.at) if online else None
        self._do(services.issue_result, worker, task_key=task.key, number=number, name=name, file_id=file_id)

    def _is_last(self, task: OpenTask, state: State) -> bool:
        """Whether the paper is numbered here: at the clerk's, or in the last step before the desk."""
        if task.kind == "clerical" or state.process_id is None:
            return True
        definition = process.definition(state.process_id)
        return definition.last.key in definition.step(task.step_key).outcomes[0].to

    # --- Giving the result ------------------------------------------------------------------------------
    def _returning(self) -> Iterator[datetime]:
        story = self.story
        while (state := self._state()).tasks and state.tasks[0].kind != "return":
            yield self._after_work_on(state.tasks[0])
            self._settle(state.tasks[0], state)
        yield self._later(0.1, 2)
        self._do(services.announce, story.staff.receiver)
        if story.plot is Plot.UNCOLLECTED:
            return
        self.at += timedelta(hours=story.rng.uniform(1, 60))
        yield self._later(0.1, 3)
        how = queries.goes_back(self._state())
        handed: dict[str, Any] = {"received_by": story.applicant.name, "proof": "Ký nhận tại quầy"}
        handed["papers_compared"] = handed["form_signed"] = how == "counter"
        if how == "postal":
            handed["proof"] = handed["postal_number"] = f"EM{story.rng.randrange(10**9):09d}VN"
        self._do(services.return_result, story.staff.receiver, how=how, **({} if how == "online" else handed))
        yield self._later(1, 8)
        self._do(services.close, story.staff.receiver)

    # --- Time and people --------------------------------------------------------------------------------
    def _later(self, low: float, high: float) -> datetime:
        """Between `low` and `high` working hours from now."""
        minutes = int(self.story.rng.uniform(low, high) * 60) + 1
        limit = TimeLimit(Fraction(minutes, 60), TimeUnit.WORKING_HOUR)
        self.at = due_at(self.story.calendar, self.at, limit)
        return self.at

    def _after_work_on(self, task: OpenTask) -> datetime:
        """After a part of the task's term, stretched by slowness; without a term, some hours."""
        if task.due_at is None:
            return self._later(0.3, 3)
        hours = max(self.story.calendar.open_minutes(self.at, task.due_at), 30) / 60
        return self._later(hours * 0.4 * self.story.slowness, hours * 0.95 * self.story.slowness)

    def _worker(self, task: OpenTask) -> Actor:
        if task.officer_id is not None:
            return self.story.staff.by_id[task.officer_id]
        return self.story.staff.holder(task.role, self.story.rng)

    def _state(self) -> State:
        assert self.act is not None
        return from_wire(State, Dossier.objects.values_list("state", flat=True).get(id=self.act.dossier_id))

    def _status(self) -> Status:
        assert self.act is not None
        return Status(self.act.status)

    def _do(self, service: Callable[..., Act], actor: Actor, **details: Any) -> None:
        assert self.act is not None
        self.act = service(
            actor=actor,
            at=self.at,
            dossier_id=self.act.dossier_id,
            expected_version=self.act.version,
            **details,
        )
