"""People who try things at random, and a look at the books afterwards."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import translation
from tests.dossiers.world import World

from motcua.agencies.enums import UnitKind
from motcua.dossiers import queries, services
from motcua.dossiers.enums import (
    ENDED,
    Capacity,
    Correctable,
    Decision,
    DeclineGround,
    DossierPart,
    Status,
    TakerPaper,
    Verb,
)
from motcua.dossiers.models import Dossier, DossierEvent, DossierTask
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.state import Applicant, DocumentRef, State, SupplementItem, Taker
from motcua.dossiers.services import Act
from motcua.kernel.errors import Refusal
from motcua.theme.refusals import sentence

FINISHED = {status.value for status in ENDED}
PEOPLE = ("an", "binh", "chi", "dung", "em", "lan", "hanh", "khoa", "giang")
TEXTS = ("Theo quy định", "", "   ", "x" * 5000, "%(name)s %d", "\u202eđảo\u200b", "Dòng\nmới")
# Who would do what next, so that a random walk gets anywhere.
NEXT: dict[Status, tuple[tuple[Verb, str], ...]] = {
    Status.DRAFT: ((Verb.SUBMIT, "an"), (Verb.SAVE_DRAFT, "an")),
    Status.SUBMITTED: ((Verb.ACCEPT, "chi"), (Verb.REQUEST_SUPPLEMENT, "chi")),
    Status.AWAITING_SUPPLEMENT: (
        (Verb.SUPPLEMENT, "an"),
        (Verb.SUPPLEMENT, "chi"),
        (Verb.CORRECT, "chi"),
    ),
    Status.AWAITING_PAYMENT: ((Verb.RESUME, "chi"), (Verb.RESUME, "lan")),
    Status.ACCEPTED: ((Verb.HAND_OVER, "chi"), (Verb.HAND_OVER, "chi"), (Verb.EXTEND, "hanh")),
    Status.DECIDED: ((Verb.ISSUE_RESULT, "khoa"),),
    Status.RESULT_ISSUED: ((Verb.ANNOUNCE, "chi"), (Verb.RETURN_RESULT, "chi")),
    Status.READY: ((Verb.RETURN_RESULT, "chi"), (Verb.RECORD_NON_COLLECTION, "chi"), (Verb.CORRECT, "khoa")),
    Status.RETURNED: ((Verb.CLOSE, "chi"), (Verb.CORRECT, "chi")),
    Status.WITHDRAWN: ((Verb.CORRECT, "chi"),),
    Status.STOPPED: ((Verb.CORRECT, "chi"),),
}
NEXT_ON_TASK: dict[str, tuple[tuple[Verb, str], ...]] = {
    "assign": ((Verb.ASSIGN, "lan"),),
    "process": (
        (Verb.PROPOSE, "dung"), (Verb.PROPOSE, "em"), (Verb.PROPOSE, "dung"), (Verb.PROPOSE, "em"),
        (Verb.REQUEST_SUPPLEMENT, "dung"), (Verb.SEND_BACK, "em"), (Verb.REASSIGN, "lan"),
        (Verb.PAUSE, "dung"), (Verb.CONSULT, "dung"), (Verb.CONSULT, "em"), (Verb.PLAN_VERIFICATION, "em"),
        (Verb.RECORD_VERIFICATION, "dung"), (Verb.CALL_OFF_VERIFICATION, "dung"), (Verb.REMIND, "chi"),
    ),
    "approve": (
        (Verb.APPROVE, "hanh"), (Verb.APPROVE, "hanh"), (Verb.REFUSE, "hanh"), (Verb.SEND_BACK, "hanh"),
        (Verb.EXTEND, "hanh"),
    ),
}  # fmt: skip


@dataclass
class Crowd:
    """People who try things. `chance` decides everything, so that a run can be run again."""

    world: World
    chance: random.Random
    now: datetime
    known: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def text(self) -> str:
        return self.chance.choice(TEXTS) if self.chance.random() < 0.2 else "Theo quy định"

    def anybody(self) -> str:
        return self.chance.choice(PEOPLE)

    def act_once(self) -> None:
        self.now += timedelta(minutes=self.chance.choice((0, 0, 1, 7, 55, 600, 3000)))
        chosen = self.chance.choice(self.known[-7:]) if self.known else ""
        verb, who = self.choose(chosen)
        at = self.now - timedelta(days=2) if self.chance.random() < 0.03 else self.now
        before = books()
        refusal = self.refusal_of(verb, who, chosen, at)
        if refusal is None:
            self.done[verb.value] += 1
            return
        self.refused[refusal.code] += 1
        assert_said(refusal)
        assert books() == before, (verb, who, refusal.code)

    def refusal_of(self, verb: Verb, who: str, dossier_id: str, at: datetime) -> Refusal | None:
        """Why it was refused; None if it was done. Anything else that goes wrong is a failure."""
        try:
            act = self.try_it(verb, who, dossier_id, at)
        except Refusal as refusal:
            return refusal
        if act.dossier_id not in self.known:
            self.known.append(act.dossier_id)
        return None

    def choose(self, dossier_id: str) -> tuple[Verb, str]:
        if not dossier_id or self.chance.random() < 0.15:
            return self.chance.choice(((Verb.SAVE_DRAFT, "an"), (Verb.REGISTER_AT_COUNTER, "chi")))
        state = queries.state_of(dossier_id)
        on_task = NEXT_ON_TASK.get(state.tasks[0].kind) if state.tasks else None
        likely = NEXT.get(state.status) or on_task
        if likely and self.chance.random() < 0.8:
            return self.chance.choice(likely)
        return self.chance.choice(list(Verb)), self.anybody()

    def try_it(self, verb: Verb, who: str, dossier_id: str, at: datetime) -> Act:
        actor = self.world.actor(who)
        if verb in (Verb.REGISTER_AT_COUNTER, Verb.REGISTER_BY_POST):
            return self._register(verb, who, at)
        if verb is Verb.SAVE_DRAFT and (not dossier_id or self.chance.random() < 0.3):
            return self.world.draft(actor=actor, at=at, with_papers=self.chance.random() < 0.8)
        state = queries.state_of(dossier_id)
        version = state.version + self.chance.choice((0,) * 20 + (-1, 1))
        on = {"actor": actor, "at": at, "dossier_id": dossier_id, "expected_version": version}
        return self._services(state, dossier_id)[verb](on)

    def _register(self, verb: Verb, who: str, at: datetime) -> Act:
        given: dict[str, Any] = {"actor": self.world.actor(who), "at": at}
        given["submission_key"] = f"k-{self.chance.randrange(10**9)}"
        if verb is Verb.REGISTER_BY_POST:
            return services.register_by_post(
                **given,
                procedure_version_id=self.world.version.pk,
                agency_id=self.world.agency.pk,
                applicant=Applicant("Nguyễn Văn An"),
                postal_number=self.text(),
            )
        return self.world.register(**given)

    def _services(self, state: State, dossier_id: str) -> dict[Verb, Callable[[dict[str, Any]], Act]]:
        tasks = [task.key for task in state.tasks] or ["none"]
        key = self.chance.choice([*tasks, *tasks, *tasks, "none", ""])
        task = {"task_key": key}
        text = self.text()
        papers = self.chance.choice(((), (DocumentRef("paper", originals=1),), (DocumentRef("x", None),)))
        officer = self.chance.choice([str(self.world.people[name].pk) for name in ("dung", "em", "giang")])
        call = services
        return {
            Verb.SAVE_DRAFT: lambda on: self.world.draft(**on),
            Verb.SUBMIT: lambda on: call.submit(**on, submission_key=f"key-{dossier_id}", consent=CONSENT),
            Verb.ACCEPT: lambda on: call.accept(**on, note=text),
            Verb.ISSUE_RECEIPT: lambda on: call.issue_receipt(**on),
            Verb.DECLINE: lambda on: call.decline(
                **on, ground=DeclineGround.BY_LAW, provision="Điều 17 Nghị định số 61/2018/NĐ-CP", reason=text
            ),
            Verb.REQUEST_SUPPLEMENT: lambda on: call.request_supplement(
                **on,
                items=(SupplementItem(self.chance.choice(("paper", "paper", "x")), text),),
                reason=text,
                guidance=self.text(),
                again_ground=self.text(),
            ),
            Verb.INVITE: lambda on: call.invite(
                **on, visit_at=on["at"] + timedelta(days=1), purpose=text, ground=self.text()
            ),
            Verb.RELEASE_SUPPLEMENT: lambda on: call.release_supplement(**on, **task),
            Verb.RETURN_SUPPLEMENT: lambda on: call.return_supplement(**on, **task, reason=text),
            Verb.TELL_APPLICANT: lambda on: call.tell_applicant(**on, **task),
            Verb.SUPPLEMENT: lambda on: call.supplement(
                **on, documents=papers, form_data=self.chance.choice((None, {"purpose": text}))
            ),
            Verb.HAND_OVER: lambda on: call.hand_over(**on, **task, note=text),
            Verb.ASSIGN: lambda on: call.assign(**on, **task, officer_id=officer, note=text),
            Verb.REASSIGN: lambda on: call.reassign(
                **on, officer_id=officer, reason=text, task_key=self.chance.choice(("", key))
            ),
            Verb.PAUSE: lambda on: call.pause(**on, reason=text),
            Verb.RESUME: lambda on: call.resume(**on, note=text),
            Verb.EXTEND: lambda on: call.extend(
                **on,
                new_day=on["at"].date() + timedelta(days=self.chance.choice((-5, 0, 3, 20))),
                reason=text,
            ),
            Verb.ENTRUST: lambda on: call.entrust(
                **on, **task, unit_id=self.world.units[UnitKind.OFFICE].pk, duty=text
            ),
            Verb.CONSULT: lambda on: call.consult(
                **on,
                unit_id=self.chance.choice([unit.pk for unit in self.world.units.values()] + [10**30]),
                question=text,
                limit=self.chance.choice(("2wd", "2wd", "0wd", "x")),
            ),
            Verb.ANSWER: lambda on: call.answer(**on, **task, answer=text),
            Verb.REMIND: lambda on: call.remind(**on, number=self.chance.choice((1, 2, 99)), note=text),
            Verb.PLAN_VERIFICATION: lambda on: call.plan_verification(
                **on,
                planned_for=on["at"] + timedelta(days=self.chance.choice((-1, 2))),
                place=text,
                participants="An",
                content="Xem",
                with_applicant=self.chance.random() < 0.5,
            ),
            Verb.CALL_OFF_VERIFICATION: lambda on: call.call_off_verification(
                **on,
                number=self.chance.choice((1, 2)),
                reason=text,
                planned_for=self.chance.choice((None, on["at"] + timedelta(days=3))),
            ),
            Verb.RECORD_VERIFICATION: lambda on: call.record_verification(
                **on,
                held_at=on["at"] + timedelta(days=self.chance.choice((-1, 2))),
                place=text,
                participants="An",
                content="Xem",
                number=self.chance.choice((0, 1)),
            ),
            Verb.ATTACH_DOCUMENT: lambda on: call.attach_document(
                **on, part=self.chance.choice(list(DossierPart)), title=text, file_id=None
            ),
            Verb.REDIRECT: lambda on: call.redirect(
                **on, agency_id=self.chance.choice((self.world.agency.pk, 10**30)), reason=text
            ),
            Verb.RECORD_NON_COLLECTION: lambda on: call.record_non_collection(**on, note=text),
            Verb.CORRECT: lambda on: call.correct(
                **on,
                what=self.chance.choice(list(Correctable)),
                values={self.chance.choice(("phone", "how", "number", "result_name", "x")): text},
                reason="Ghi nhầm",
            ),
            Verb.COMPLETE_STEP: lambda on: call.complete_step(
                **on, **task, outcome=self.chance.choice(("", "done", "no such outcome"))
            ),
            Verb.SEND_BACK: lambda on: call.send_back(
                **on, **task, to_step=self.chance.choice(("assign", "examine", "return", "x")), reason=text
            ),
            Verb.PROPOSE: lambda on: call.propose(
                **on, **task, decision=self.chance.choice(list(Decision)), text=text
            ),
            Verb.APPROVE: lambda on: call.approve(**on, **task, note=text),
            Verb.REFUSE: lambda on: call.refuse(**on, **task, reason=text),
            Verb.ISSUE_RESULT: lambda on: call.issue_result(**on, **task, number=text, name="Giấy phép"),
            Verb.ANNOUNCE: lambda on: call.announce(**on),
            Verb.RETURN_RESULT: lambda on: call.return_result(
                **on,
                how=self.chance.choice(("counter", "postal", "online", "by pigeon")),
                received_by=text,
                taker=self.chance.choice((None, Taker(Capacity.HIRED, text, TakerPaper.OTHER, self.text()))),
                proof=self.text(),
                postal_number=self.text(),
            ),
            Verb.CLOSE: lambda on: call.close(**on, note=text),
            Verb.WITHDRAW: lambda on: call.withdraw(
                **on,
                reason=text if self.chance.random() < 0.3 else "",
                requested_on=self.chance.choice((None, on["at"].date(), date(2000, 1, 1))),
                request=text,
            ),
            Verb.JOIN_ACCOUNT: lambda on: call.join_by_identity(
                **{name: on[name] for name in ("actor", "at", "dossier_id")}
            ),
            Verb.STOP: lambda on: call.stop(
                **on,
                reason=text if self.chance.random() < 0.3 else "",
                requested_on=self.chance.choice((None, on["at"].date(), date(2000, 1, 1))),
                request=self.text(),
            ),
        }


def assert_said(refusal: Refusal) -> None:
    """A refusal can be told to people, in both languages."""
    for language in ("vi", "en"):
        with translation.override(language):
            assert sentence(refusal)
    assert refusal.code in str(refusal)


def books() -> tuple[int, int, int]:
    """What a refused act may not have changed."""
    versions = sum(Dossier.objects.values_list("version", flat=True))
    return versions, DossierEvent.objects.count(), DossierTask.objects.count()


def assert_books_are_right() -> None:
    assert services.verify().difference is None
    codes = Dossier.objects.exclude(code=None).values_list("code", flat=True)
    by_day: dict[str, list[int]] = {}
    for code in codes:
        day, _, serial = code.rpartition("-")
        by_day.setdefault(day, []).append(int(serial))
    assert {day: sorted(serials) for day, serials in by_day.items()} == {
        day: list(range(1, len(serials) + 1)) for day, serials in by_day.items()
    }
    assert not DossierTask.objects.filter(dossier__status__in=FINISHED).exists()
    for row in Dossier.objects.all():
        assert row.version == row.events.count()
        assert (row.ended_at is not None) == (row.status in FINISHED)
