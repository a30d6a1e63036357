"""Looking at a dossier after an act, in the words in which cases expect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Sum

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.config.cases import papers
from motcua.config.cases.scene import Scene
from motcua.dossiers import policy
from motcua.dossiers.enums import NATIONAL_STATUS
from motcua.dossiers.models import DailyFigure, Dossier, DossierEvent, IssuedSlip
from motcua.dossiers.queries import hands_of, lead_of, letter_due_of, refunds_of
from motcua.dossiers.rules.indexed import is_late_in_index
from motcua.dossiers.rules.money import times_of
from motcua.dossiers.rules.register import entry_of
from motcua.dossiers.rules.state import AttachedDocument, OpenTask, State
from motcua.kernel.wire import from_wire
from motcua.law import queries as law
from motcua.notify import queries as notify
from motcua.notify.models import OutboxMessage
from motcua.worktime.rules import Pause, ledger, local


@dataclass(frozen=True, slots=True)
class Marks:
    """How far the story had come before an act: what is newer was done by the act."""

    event: int
    message: int
    slips: int
    figures: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """How a dossier stands, and what the act added."""

    state: State | None
    messages: tuple[tuple[str, str], ...] = ()
    texts: dict[tuple[str, str], str] = field(default_factory=dict)  # what each of them says
    documents: tuple[tuple[str, str], ...] = ()  # kind, and what the paper says where that is asked
    figures: tuple[str, ...] = ()
    figures_undone: tuple[str, ...] = ()
    takers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    handovers: tuple[str, ...] = ()
    register: str = "none"


def marks() -> Marks:
    newest = OutboxMessage.objects.order_by("-id").values_list("id", flat=True).first()
    return Marks(DossierEvent.objects.count(), newest or 0, IssuedSlip.objects.count(), _figures())


def _figures() -> dict[str, int]:
    """Every daily figure, summed over agencies and days."""
    rows = DailyFigure.objects.values("figure").annotate(total=Sum("count"))
    return {row["figure"]: row["total"] for row in rows}


def state_of(dossier_id: str | None) -> State | None:
    if dossier_id is None:
        return None
    row = Dossier.objects.filter(id=dossier_id).values_list("state", flat=True).first()
    return from_wire(State, row) if row is not None else None


def see(scene: Scene, dossier_id: str | None, before: Marks, at: datetime, expect: Mapping[str, Any]) -> Seen:
    """The dossier now, the messages and slips since `before`, and who may take each open task.

    What is expected of a paper is read off the paper; one that nothing is expected of is not printed.
    """
    state = state_of(dossier_id)
    if dossier_id is None or state is None:
        return Seen(None)
    figures = _figures().items()
    texts = _messages(scene, dossier_id, before)
    return Seen(
        state=state,
        messages=tuple(texts),
        texts=texts,
        documents=_documents(scene, dossier_id, before, at, is_read=_asks_words(expect)),
        figures=tuple(sorted(name for name, n in figures if n > before.figures.get(name, 0))),
        figures_undone=tuple(sorted(name for name, n in figures if n < before.figures.get(name, 0))),
        takers=_takers(scene, state, at),
        handovers=_handovers(scene, dossier_id, state, at, is_read="handovers" in expect),
        register=_register(scene, state, at, is_read="register" in expect),
    )


def _asks_words(expect: Mapping[str, Any]) -> bool:
    return any(isinstance(each, Mapping) for each in expect.get("documents", ()))


def _messages(scene: Scene, dossier_id: str, before: Marks) -> dict[tuple[str, str], str]:
    """By (key, to whom) what it says, once for all channels; somebody without an account by their person key
    or name."""
    rows = OutboxMessage.objects.filter(about=dossier_id, id__gt=before.message).order_by("id")
    by_mail = {person.email: key for key, person in scene.case.people.items() if person.email}
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        to = scene.key_of_account(row.account_id) if row.account_id else by_mail.get(row.address)
        text = notify.outbox_message(row.pk)
        found.setdefault((row.key, to or row.recipient_name), text.body if text else "")
    return found


def _documents(
    scene: Scene, dossier_id: str, before: Marks, at: datetime, *, is_read: bool
) -> tuple[tuple[str, str], ...]:
    rows = tuple(IssuedSlip.objects.filter(dossier_id=dossier_id).order_by("event"))
    new = IssuedSlip.objects.count() - before.slips
    return tuple(
        (row.kind, papers.slip_of(scene, row, at) if is_read else "") for row in (rows[-new:] if new else ())
    )


def _handovers(
    scene: Scene, dossier_id: str, state: State, at: datetime, *, is_read: bool
) -> tuple[str, ...]:
    """`desk division on_time`: from whose hand to whose (`other`: another agency), and how the step ended.

    Who expects them asks the routing slip: a row that is not printed on it says so. Before the dossier is
    accepted there is no slip.
    """
    kinds = {unit.id: unit.kind.value for unit in scene.agency.units}
    passings = hands_of(dossier_id)
    printed = [True] * len(passings)
    if is_read and state.accepted_at is not None:
        printed = list(papers.on_paper(passings, papers.routing_slip(scene, dossier_id, at)))
    return tuple(
        " ".join(
            part
            for part in (
                kinds.get(passed.from_unit, "other") if passed.from_unit else "applicant",
                kinds.get(passed.to_unit, "other") if passed.to_unit else "applicant",
                passed.end.value if passed.end else "",
                "" if is_printed else papers.UNPRINTED,
            )
            if part
        )
        for passed, is_printed in zip(passings, printed, strict=True)
    )


def _submitter(state: State) -> str:
    contents = state.contents
    return f"{contents.submitter_name}, {contents.capacity}" if contents.submitter_name else "none"


def _attached(document: AttachedDocument) -> str:
    return f"{document.part}: {document.title}{', seen' if document.for_applicant else ''}"


def _is_late_in_index(state: State) -> bool:
    """A draft is under no regulation yet, and under no index."""
    name = state.target.regulation
    return bool(name) and is_late_in_index(state, law.regulation(name))


def _received_by(state: State) -> str:
    return agencies.agency(state.target.received_by).name if state.target.received_by else "none"


def _register(scene: Scene, state: State, at: datetime, *, is_read: bool) -> str:
    """Book and number; who expects them asks the printed register, which has to bear them, the code and the
    applicant."""
    entry = entry_of(state)
    if entry is None:
        return "none"
    told = f"{entry.book}/{entry.number}"
    if not is_read:
        return told
    page = papers.register_page(scene, state, at)
    on_it = (f"Quyển số: {entry.book}", state.code, entry.number, state.contents.applicant.name)
    return told if all(papers.has_words(page, each) for each in on_it) else f"{told} {papers.UNPRINTED}"


def _takers(scene: Scene, state: State, at: datetime) -> dict[str, tuple[str, ...]]:
    """By step, the people of the story who may take its open task."""
    officers = {key: scene.actor(key) for key, account in scene.accounts.items() if account.is_officer}
    footings = {key: policy.footing_of(actor, at) for key, actor in officers.items()} if state.tasks else {}
    return {
        task.step_key: tuple(key for key in footings if policy.may_take(officers[key], footings[key], task))
        for task in state.tasks
    }


def whose(scene: Scene, task: OpenTask) -> str:
    """The person by name if the task bears one, else the role that may take it."""
    if task.officer_id is not None:
        return scene.key_of_account(task.officer_id) or task.officer_id
    return str(Role(task.role))


def shown(moment: datetime | None) -> str:
    """`2024-02-08T07:30`, with seconds only where there are any."""
    if moment is None:
        return "none"
    here = local(moment)
    return here.strftime("%Y-%m-%dT%H:%M:%S" if here.second else "%Y-%m-%dT%H:%M")


def _refunds(state: State) -> list[str]:
    """As the dossier stands after its last act, by the law of that day."""
    if state.last_at is None:
        return []
    answers = refunds_of(state, local(state.last_at).date()).answers
    return [f"{ground} {answer}" for ground, answer in answers.items()]


def _fees(scene: Scene, state: State) -> list[str]:
    """When each fee of the case is due; a draft is under no regulation yet."""
    name = state.target.regulation
    times = times_of(state, scene.sheet, law.regulation(name)) if name else ()
    return [
        f"{fee}: {due.time}, {'by now' if due.has_come else 'later'}" if due.time else f"{fee}: unsaid"
        for fee, due in times
    ]


def summary(scene: Scene, seen: Seen) -> dict[str, Any]:
    """Everything that can be expected of a dossier, as it is: for the reader and for JSON."""
    state = seen.state
    if state is None:
        return {}
    return {
        "status": state.status.value,
        "national_status": NATIONAL_STATUS.get(state.status),
        "received": shown(state.received_at),
        "due": shown(state.due_at),
        "promised": shown(state.promised_at or state.due_at),
        "letter_by": shown(letter_due_of(state)),
        "regulation": state.target.regulation or None,
        "code": state.code or "none",
        "decision": state.decision.value if state.decision else "none",
        "against": state.decided_against.value if state.decided_against else "none",
        "paused": state.is_paused,
        "late": state.is_late,
        "overdue": state.last_at is not None and state.is_overdue(state.last_at),
        "version": state.version,
        "messages": [{"key": key, "to": to, "says": seen.texts[key, to]} for key, to in seen.messages],
        "documents": [kind for kind, _ in seen.documents],
        "papers": [{"kind": kind, "says": text} for kind, text in seen.documents if text],
        "figures": list(seen.figures),
        "figures_undone": list(seen.figures_undone),
        "tasks": {
            task.step_key: {
                "name": task.name,
                "whose": whose(scene, task),
                "may_take": list(seen.takers.get(task.step_key, ())),
                "due": shown(task.due_at),
                "duty": task.duty or "none",
                "lead": lead_of(state, task) or "none",
            }
            for task in state.tasks
        },
        "clock": _clock(scene, state),
        "late_in_index": _is_late_in_index(state),
        "answered_late": state.answered_late_at is not None,
        "received_by": _received_by(state),
        "submitter": _submitter(state),
        "late_entries": [entry.page for entry in state.late_entries],
        "attached": [_attached(each) for each in state.attached],
        "register": seen.register,
        "refund": _refunds(state),
        "fees": _fees(scene, state),
        "handovers": list(seen.handovers),
    }


def _clock(scene: Scene, state: State) -> dict[str, int] | None:
    """Minutes of the ledger from official receipt to due moment; None without a due moment."""
    if state.received_at is None or state.due_at is None or not state.term.limit:
        return None
    pauses = tuple(Pause(each.start, each.end, each.reason) for each in state.pauses)
    totals = {"worked": 0, "paused": 0, "closed": 0}
    for segment in ledger(scene.calendar, state.received_at, state.due_at, pauses):
        totals[segment.kind] += segment.minutes
    return totals
