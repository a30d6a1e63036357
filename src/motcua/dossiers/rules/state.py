"""The state of a dossier: everything its next decision needs, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from motcua.catalogue.rules import return_ways
from motcua.documents.enums import SlipKind
from motcua.dossiers.enums import PAUSED, Capacity, Decision, DossierPart, Status, TakerPaper
from motcua.worktime.rules import local


@dataclass(frozen=True, slots=True)
class Applicant:
    """Chủ hồ sơ: whose matter it is, as written at filing; later changes of the account do not touch it."""

    name: str
    personal_id: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    date_of_birth: date | None = None
    organisation_number: str = ""  # tax code or number of foundation, where an organisation is the applicant
    passport: str = ""  # number of the travel paper of who has no personal id
    nationality: str = ""  # as on that paper


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """One paper of the dossier: `key` names the required document, `file_id` the stored file if digital."""

    key: str
    file_id: str | None = None
    originals: int = 0
    copies: int = 0
    note: str = ""
    name: str = ""


DELIVERIES = frozenset(return_ways.ALL)


@dataclass(frozen=True, slots=True)
class ResultDelivery:
    """How the applicant wants the result: counter, online or postal (then with an address); `receipt_asked`
    where a receipt is only made for whoever asks for one, and they do."""

    how: str = "counter"
    address: str = ""
    receipt_asked: bool = False


NOT_CHOSEN = ResultDelivery("")  # only in a draft: nobody has said yet how the result is wanted


@dataclass(frozen=True, slots=True)
class Posting:
    """The units that work on it: of the competent agency, but for a desk elsewhere that took it in."""

    desk: int
    settling: int
    leadership: int
    office: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What was filed: the form, the papers and the wishes."""

    applicant: Applicant
    form_data: Mapping[str, Any] = field(default_factory=dict)
    documents: tuple[DocumentRef, ...] = ()
    delivery: ResultDelivery = ResultDelivery()
    submitter_name: str = ""  # người nộp, when not the applicant
    capacity: Capacity | None = None  # of the submitter
    authority: str = ""  # the paper that shows the capacity
    unfinished: Mapping[str, str] = field(default_factory=dict)  # of a draft: see below
    authority_seen: bool = False  # the desk that took it in has seen that paper

    # `unfinished` holds what was typed and cannot be taken as it stands, by question, empty where a required
    # answer is lacking. It is kept so that nothing typed is lost, and nothing is sent while there is any.


@dataclass(frozen=True, slots=True)
class Behalf:
    """For whom somebody files by a right that the house knows: a person who gave a mandate (`account_id`), or
    an organisation (`organisation_id`). Name and number are those of the moment when the draft was made.

    `authority` says in words by which right, `file_id` is the power of attorney, empty where there is none.
    `is_proved`: a register had shown that the organisation is what it says; else the desk has to look.
    """

    name: str
    number: str
    capacity: Capacity
    authority: str
    account_id: str = ""
    organisation_id: str = ""
    file_id: str = ""
    is_proved: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """Which procedure, which case of it, before which agency, under which regulation.

    `received_by` is the agency whose desk took it in for the competent one; 0 if that is its own. The desk of
    the posting is then the other's: it checks, hands over and returns.
    """

    procedure_version_id: int
    procedure_code: str
    agency_id: int
    posting: Posting
    channel: str
    variant: str = ""
    regulation: str = ""
    received_by: int = 0


@dataclass(frozen=True, slots=True)
class OpenTask:
    """One thing that waits for an officer: any holder of (`unit_id`, `role`), or `officer_id` alone.

    `limit` is the short form of the step's term (`4wh`), empty if it has none; `due_at` is derived from it,
    and `soon_at`, from when on lists show it as about to be late, from both.
    `duty` says what another agency has to do, where the step was entrusted to it; `elsewhere` names the
    agency that does the step, where it is not the competent one. `step_opened_at` is when the step itself was
    opened, where a term of its own was named for another agency, which counts from later.
    """

    key: str
    step_key: str
    kind: str
    name: str
    role: str
    unit_id: int
    opened_at: datetime
    officer_id: str | None = None
    limit: str = ""
    due_at: datetime | None = None
    duty: str = ""
    soon_at: datetime | None = None
    elsewhere: str = ""
    step_opened_at: datetime | None = None

    @property
    def is_given_away(self) -> bool:
        """Whether another agency does this step: one of the same level with a duty, or one of another."""
        return bool(self.duty or self.elsewhere)

    @property
    def is_of_the_process(self) -> bool:
        """Whether the approved process has given the step to another agency, and no officer did."""
        return bool(self.elsewhere) and not self.duty


@dataclass(frozen=True, slots=True)
class ClockPause:
    start: datetime
    reason: str
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class SupplementItem:
    key: str
    what: str


@dataclass(frozen=True, slots=True)
class SupplementRequest:
    """`lapsed_at`: the agency went on with what there was, or the dossier ended, before anything came.

    `asked_by` is the account id of the officer who asked, `asked_for` that of the absent one in whose place;
    empty in what was asked before this was kept. `taken_back_at`: it was sent by mistake, and counts for
    nothing (`State.requests`).
    """

    requested_at: datetime
    before_acceptance: bool
    items: tuple[SupplementItem, ...]
    reason: str
    guidance: str
    answered_at: datetime | None = None
    lapsed_at: datetime | None = None
    clock_runs: bool = False  # the term of the accepted dossier ran on meanwhile
    reopened_at: datetime | None = None  # what had ended the dossier meanwhile was taken back then
    asked_by: str = ""
    asked_for: str = ""
    taken_back_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.lapsed_at is None and self.taken_back_at is None


@dataclass(frozen=True, slots=True)
class SupplementProposal:
    """A supplement request before whoever controls it has agreed."""

    items: tuple[SupplementItem, ...]
    reason: str
    guidance: str
    again_ground: str
    proposed_by: str = ""  # the name
    asked_by: str = ""  # account id of who proposed it; empty before this was kept
    asked_for: str = ""  # account id of the absent officer in whose place
    agreed_by: tuple[str, ...] = ()  # account ids, once the leader agreed and the desk has it to send


@dataclass(frozen=True, slots=True)
class Letter:
    """What the desk has to tell the applicant, while its task `task_key` is open: the kind of the event, the
    number of the verification (that the applicant knows, where it is called off) or the document, what was
    written of a pause or why it is called off, the number of the event."""

    task_key: str
    of: str
    number: int
    reason: str
    event: int


@dataclass(frozen=True, slots=True)
class Term:
    """The time limit promised at acceptance: short form (`15cd`), empty if the procedure has none."""

    limit: str = ""
    cutoff: time | None = None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Apology:
    """A letter that said sorry and set a new date. `is_timely`: it came with the notice that is due."""

    at: datetime
    reason: str
    was_due_at: datetime
    due_at: datetime
    is_timely: bool


@dataclass(frozen=True, slots=True)
class Consultation:
    """An opinion asked of another unit or agency, with a term.

    `lapsed_at`: the dossier was decided or ended without an answer. Silence is kept as silence, never as
    consent.
    """

    number: int
    question: str
    agency_id: int
    unit_id: int
    to_name: str
    asked_at: datetime
    asked_by: str
    due_at: datetime
    reminded_at: tuple[datetime, ...] = ()
    answer: str = ""
    answered_at: datetime | None = None
    file_id: str | None = None
    lapsed_at: datetime | None = None
    asked_for: str = ""  # the absent officer in whose place it was asked
    taken_back: str = ""  # why it was waited for no longer, then `lapsed_at` is when

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.lapsed_at is None


@dataclass(frozen=True, slots=True)
class Verification:
    """A look at the place or a talk with people, planned first or only recorded; `held_at` once held."""

    number: int
    planned_for: datetime | None
    place: str
    participants: str
    content: str
    with_applicant: bool = False
    held_at: datetime | None = None
    file_id: str | None = None
    called_off: str = ""  # why it was not held
    at_desk: bool = False  # planned at a one-stop desk
    ground: str = ""  # why the applicant is asked there once more than allowed
    moved_to: int = 0  # number of the one that is held instead


@dataclass(frozen=True, slots=True)
class AttachedDocument:
    """Another document of a part of the dossier: no paper of the procedure, no slip and no result."""

    number: int
    part: DossierPart
    title: str
    file_id: str
    at: datetime
    for_applicant: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided, and what their decision closed: what it takes to take it back (ADR 0063)."""

    by: str
    instead_of: str
    at: datetime
    tasks: tuple[OpenTask, ...]
    run: Mapping[str, Any]
    decision_note: str
    reason: str


@dataclass(frozen=True, slots=True)
class Declining:
    """Who declined at intake, and what that ended: what it takes to take it back (ADR 0066)."""

    by: str
    instead_of: str
    at: datetime
    status: Status
    tasks: tuple[OpenTask, ...]
    answered_late_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Asking:
    """By whom a supplement request that is open reached the applicant, and what it ended: what it takes to
    take it back (ADR 0088).

    `by` are account ids: of who asked, agreed and sent, and of the absent ones in whose place. `tasks` is the
    check before acceptance, with its term.
    """

    by: tuple[str, ...]
    at: datetime
    tasks: tuple[OpenTask, ...]
    answered_late_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ending:
    """Who recorded at the desk that the dossier was withdrawn or stopped, and what that ended: what it takes
    to take it back (ADR 0095)."""

    by: str
    instead_of: str
    at: datetime
    status: Status
    tasks: tuple[OpenTask, ...]
    reason: str
    decision: Decision | None
    decided: Decided | None
    proposed_supplement: SupplementProposal | None
    is_late: bool = False  # as the event said: what was counted of it
    missed_letter: datetime | None = None


@dataclass(frozen=True, slots=True)
class SendingBack:
    """Work was sent back: who did it, in whose place, and why. `task` is the key of the task that it opened.

    `proposal` and `text` are what was proposed until then, if that has fallen.
    """

    task: str
    at: datetime
    by: str
    instead_of: str
    reason: str
    proposal: Decision | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ResultPaper:
    """`issued_by` are the account ids of who numbered it, and in whose place; `issued_in` the unit in which.
    Both are empty where it was numbered before they were kept."""

    number: str
    name: str
    issued_at: datetime
    decision: Decision
    file_id: str | None = None
    issued_by: tuple[str, ...] = ()
    issued_in: int | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip that was issued; `event` is the version of the dossier at which it was. `taken_back_at`: what it
    says was recorded by mistake, and is so no longer."""

    kind: SlipKind
    event: int
    number: str
    issued_at: datetime
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taker:
    """By what somebody took a result for the applicant. Who filed for them is known: no paper is named."""

    capacity: Capacity
    authority: str  # the paper that shows the capacity
    paper: TakerPaper | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Handing:
    """How the result reached the applicant.

    `taker` only where somebody else took it at the desk, or signed for what came by registered post;
    `postal_number` only of what was sent so.
    """

    how: str
    received_by: str = ""
    proof: str = ""
    papers_compared: bool = False  # what was filed as files was compared with the originals
    taker: Taker | None = None
    form_signed: bool = False  # what was filled in online was signed by the applicant
    postal_number: str = ""  # as `returning.postal_number` keeps it


@dataclass(frozen=True, slots=True)
class Visit:
    """The applicant was asked to come at `visit_at`."""

    visit_at: datetime
    purpose: str


@dataclass(frozen=True, slots=True)
class LateEntry:
    """The event of that number happened on paper during an incident and was entered afterwards."""

    event: int
    incident_id: str
    page: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class RequestPaper:
    """The paper by which the applicant asked for what the desk recorded, or had somebody take the result;
    `what` is the kind of that event. `taken_back_at`: that was recorded by mistake, and the paper may well be
    another's."""

    file_id: str
    what: str
    at: datetime
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EarlierPaper:
    """A file that was handed in and that a supplement replaced; it stays readable for both sides.

    Basis: by reference NĐ 45/2020 Đ12 (found): every version is kept.
    """

    document: DocumentRef
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class State:
    """One dossier. `version` is the number of its events."""

    status: Status
    version: int
    target: Target
    contents: Contents
    owner_id: str = ""  # account of the applicant or submitter who may see it; empty at the counter
    submission_key: str = ""
    filing_number: str = ""  # what the applicant can follow before there is a dossier code
    code: str = ""
    filed_at: datetime | None = None  # entered the system, or was registered
    received_at: datetime | None = None  # official receipt, from which the term runs
    accepted_at: datetime | None = None
    term: Term = Term()
    due_at: datetime | None = None  # what the applicant was told last
    promised_at: datetime | None = None  # the first promise, once an apology has set a new date
    apologies: tuple[Apology, ...] = ()
    pauses: tuple[ClockPause, ...] = ()
    process_id: int | None = None
    run: Mapping[str, Any] | None = None
    tasks: tuple[OpenTask, ...] = ()
    task_serial: int = 0
    case_officer_id: str | None = None
    proposal: Decision | None = None
    decision: Decision | None = None
    decided_against: Decision | None = None  # the proposal from which the decision departs, if it does
    decision_note: str = ""
    results: tuple[ResultPaper, ...] = ()
    supplements: tuple[SupplementRequest, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    verifications: tuple[Verification, ...] = ()
    slips: tuple[Slip, ...] = ()
    redirected_from: tuple[int, ...] = ()  # agencies that passed the filing on
    passed_on_at: datetime | None = None  # when it came to the desk that has it, if another had it first
    uncollected_at: datetime | None = None  # when it was last noted that nobody came for the result
    ready_at: datetime | None = None
    finished_at: datetime | None = None  # the result lay at the desk: what lateness is measured by
    returned_at: datetime | None = None
    is_sent_late: bool = False  # it lay at the desk in time, and went out after its term
    handing: Handing | None = None
    ended_at: datetime | None = None
    asked_by: datetime | None = (
        None  # until when its applicant had asked for the ending that the desk recorded
    )
    reason: str = ""
    last_at: datetime | None = None  # the newest moment of an event: what was entered late may lie before it
    late_entries: tuple[LateEntry, ...] = ()
    visits: tuple[Visit, ...] = ()
    proposed_supplement: SupplementProposal | None = None
    reply_due_at: datetime | None = None  # until when a filing must be answered; None once it was
    proposed_by: str = ""  # account id of who made the proposal that waits or was decided on
    answered_late_at: datetime | None = None  # the last answer to an online filing that came after its term
    unanswered_by: datetime | None = None  # it ended without the answer that had been due by then
    unforwarded_by: datetime | None = None  # it ended at the desk, and was to be handed over by then
    behalf: Behalf | None = None  # None: in one's own matter, or by a paper that only the desk judges
    consent: str = ""  # which words on the use of personal data were agreed to when it was sent
    earlier_papers: tuple[EarlierPaper, ...] = ()  # files that supplements replaced, oldest first
    attached: tuple[AttachedDocument, ...] = ()  # other documents, oldest first
    request_papers: tuple[RequestPaper, ...] = ()
    decided: Decided | None = None  # until the result has its number: the decision may be taken back
    declining: Declining | None = None  # of a dossier that was declined: that may be taken back
    asking: Asking | None = None  # of the request that waits for the applicant: it may be taken back
    ending: Ending | None = None  # of what the desk recorded as withdrawn or stopped: it may be taken back
    sent_back: tuple[SendingBack, ...] = ()  # oldest first
    letters: tuple[Letter, ...] = ()  # not with the applicant yet, oldest first
    said_before: tuple[str, ...] = ()  # of people, in what was put right or replaced since it was filed

    @property
    def reference(self) -> str:
        """The number that people know the dossier by: its code, before that its filing number."""
        return self.code or self.filing_number

    @property
    def given(self) -> tuple[AttachedDocument, ...]:
        """The other documents that the applicant has: those for them, once the desk told them of them."""
        return tuple(
            each
            for each in self.attached
            if each.for_applicant and self.letter_on("document_attached", each.number) is None
        )

    def planned(self, number: int) -> Verification | None:
        """The verification of this number; None if there is none."""
        return next((each for each in self.verifications if each.number == number), None)

    def letter_on(self, of: str, number: int = 0) -> Letter | None:
        """What the desk has not told the applicant of this yet; None if it did, or nothing was to be told."""
        return next((each for each in self.letters if (each.of, each.number) == (of, number)), None)

    @property
    def is_paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].end is None

    @property
    def waits_since(self) -> datetime | None:
        """Since when the applicant is waited for; None while nobody waits for them."""
        if self.status is Status.AWAITING_SUPPLEMENT and self.supplements:
            return self.supplements[-1].requested_at
        return self.pauses[-1].start if self.status in PAUSED and self.is_paused else None

    @property
    def is_on_its_way(self) -> bool:
        """Whether the result has its number and has not come to the desk yet."""
        return bool(self.results) and self.finished_at is None

    @property
    def measured_due_at(self) -> datetime | None:
        """The moment by which lateness is measured.

        The date that an apology set counts only if it came in time; else the first promise stands, so that
        no letter hides that a dossier is late.

        Basis: PT24-10.3#1; by reference NĐ 61/2018 Đ19 (secondary); reading A12.
        """
        return self.due_at if all(each.is_timely for each in self.apologies) else self.promised_at

    def stands_still_for(self, due_at: datetime | None) -> bool:
        """Whether the clock stands, and stood before this date had passed: then the date is still to come.

        A date that had passed when the clock was stopped has passed: no pause puts it off.

        Basis: by reference QĐ 766/QĐ-TTg chỉ số 2.1 (secondary); reading A75.
        """
        return self.is_paused and (due_at is None or self.pauses[-1].start <= due_at)

    @property
    def stands_still(self) -> bool:
        """Whether the term stands still, so that nothing becomes late meanwhile. What was late when the clock
        was stopped stays late, and this is False.

        Basis: by reference QĐ 766/QĐ-TTg chỉ số 2.1 (secondary); reading A75.
        """
        return self.stands_still_for(self.measured_due_at)

    @property
    def stopped_late(self) -> bool:
        """Whether the clock stands, and was stopped when the term was over: the dossier is overdue meanwhile.

        Basis: by reference QĐ 766/QĐ-TTg chỉ số 2.1 (secondary); reading A75.
        """
        return self.is_paused and not self.stands_still

    def is_overdue(self, at: datetime) -> bool:
        """Open at `at`, without a result, and past the due moment by which lateness is measured.

        Basis: by reference QĐ 766/QĐ-TTg chỉ số 2.1 (secondary); readings A12, A75.
        """
        due_at = self.measured_due_at
        is_done = self.finished_at is not None or self.ended_at is not None
        return due_at is not None and due_at < local(at) and not is_done and not self.stands_still

    @property
    def broken_off_at(self) -> datetime | None:
        """When an accepted dossier ended without a result, for what its term is measured by; None for others.

        Where the clock stood still then, it is since when it had: nothing becomes late meanwhile. Where the
        desk recorded a request of an earlier day, it is that day: nothing becomes late by the record.
        """
        if self.accepted_at is None or self.finished_at is not None or self.ended_at is None:
            return None
        last = self.pauses[-1] if self.pauses else None
        stood = last is not None and self.end_of(last) is None
        end = last.start if last is not None and stood else self.ended_at
        return min(end, self.asked_by) if self.asked_by else end

    @property
    def is_late(self) -> bool:
        """The result lay at the desk after the due moment, or the dossier ended without one when that had
        passed: what was late already is late, not hidden. Whether an open dossier is overdue depends on the
        moment asked, also of one whose result has its number and is on its way.

        Basis: DL24-9.1.e, DL24-20.1.b, PT24-10.1.e, KT18-15.1.b, QN20-11.4#1; of endings without a result by
        reference QĐ 766/QĐ-TTg chỉ số 2.1 (secondary); ADR 0098.
        """
        due_at, end = self.measured_due_at, self.finished_at or self.broken_off_at
        return bool(due_at and end and end > due_at)

    def task(self, key: str) -> OpenTask | None:
        return next((task for task in self.tasks if task.key == key), None)

    def sent_back_as(self, key: str) -> SendingBack | None:
        """How the task came to lie there again; None if it was not sent back."""
        return next((each for each in self.sent_back if each.task == key), None)

    def consultation(self, number: int) -> Consultation | None:
        return next((each for each in self.consultations if each.number == number), None)

    @property
    def requests(self) -> tuple[SupplementRequest, ...]:
        """The supplement requests that count: not what was sent by mistake and taken back."""
        return tuple(each for each in self.supplements if each.taken_back_at is None)

    def supplement_awaited(self) -> SupplementRequest | None:
        """The request that waits for the applicant; a dossier that has ended waits for nothing."""
        last = self.supplements[-1] if self.supplements else None
        return last if last and last.is_open and self.ended_at is None else None

    def end_of(self, pause: ClockPause) -> datetime | None:
        """When the term ran on after a pause; None for one in which the dossier ended: it never did."""
        return None if pause.end is not None and pause.end == self.ended_at else pause.end

    @property
    def is_promise_moved(self) -> bool:
        """Whether a pause after a letter of apology has moved the new date and the promise before it."""
        first = self.apologies[0].at if self.apologies else None
        return first is not None and any(pause.end is not None and pause.end > first for pause in self.pauses)
