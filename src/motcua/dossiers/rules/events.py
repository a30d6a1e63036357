"""What has happened. An event is a fact with its consequences worked out, so that folding needs no rules.

The wire form is versioned by `SCHEMA`; fields may be added with defaults, never renamed or removed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from motcua.dossiers.enums import (
    Correctable,
    Decision,
    DeclineGround,
    DossierPart,
    JoinProof,
    PauseGround,
)
from motcua.dossiers.rules.state import (
    Behalf,
    Contents,
    DocumentRef,
    Handing,
    OpenTask,
    SupplementItem,
    Target,
    Term,
)
from motcua.kernel.actors import Actor
from motcua.kernel.wire import from_wire, to_wire

SCHEMA = 1
IN_PLACE_OF = "in_place_of"  # beside the fields of an event: the absent officer, or whose matter it is
KINDS: dict[str, type[Event]] = {}


@dataclass(frozen=True, slots=True)
class Move:
    """How the open tasks change: keys closed (with the outcome), tasks opened, tokens after it (None: as
    before)."""

    closed: tuple[str, ...] = ()
    opened: tuple[OpenTask, ...] = ()
    outcome: str = ""
    run: dict[str, Any] | None = None


class Event:
    """Base of all events; `KIND` is the stable name on the wire."""

    __slots__ = ()
    KIND: ClassVar[str]

    def __init_subclass__(cls, **kwargs: object) -> None:
        # `dataclass(slots=True)` makes the class anew, so the last one made under a kind is the one kept.
        super().__init_subclass__(**kwargs)
        if kind := cls.__dict__.get("KIND"):
            KINDS[kind] = cls


@dataclass(frozen=True, slots=True)
class DraftSaved(Event):
    KIND: ClassVar[str] = "draft_saved"
    target: Target
    contents: Contents
    owner_id: str
    behalf: Behalf | None = None


@dataclass(frozen=True, slots=True)
class Submitted(Event):
    """Sent online: `received_at` is the official receipt that will hold if the desk finds it valid.

    `submitter_name` is set where a colleague sent what another had prepared; `contents` is what was sent,
    where the draft held more than that, or the colleague has another place in the organisation."""

    KIND: ClassVar[str] = "submitted"
    received_at: datetime
    regulation: str
    filing_number: str
    submission_key: str
    move: Move
    submitter_name: str = ""
    consent: str = ""  # which words on the use of personal data were agreed to; empty before they were asked
    contents: Contents | None = None


@dataclass(frozen=True, slots=True)
class Registered(Event):
    """Entered by the desk for somebody at the counter or for what came by post."""

    KIND: ClassVar[str] = "registered"
    target: Target
    contents: Contents
    owner_id: str
    filing_number: str
    submission_key: str
    received_at: datetime
    move: Move
    note: str = ""
    behalf: Behalf | None = None


@dataclass(frozen=True, slots=True)
class Accepted(Event):
    KIND: ClassVar[str] = "accepted"
    code: str
    received_at: datetime
    term: Term
    due_at: datetime | None
    process_id: int
    move: Move
    number: str
    note: str = ""
    with_receipt: bool = True
    certified_by_post: bool = False  # the desk had the certified papers of an unsigned filing before it


@dataclass(frozen=True, slots=True)
class ReceiptIssued(Event):
    """The receipt was asked for after an acceptance that had gone without it."""

    KIND: ClassVar[str] = "receipt_issued"
    number: str


@dataclass(frozen=True, slots=True)
class Declined(Event):
    KIND: ClassVar[str] = "declined"
    ground: DeclineGround
    reason: str
    number: str
    competent: str = ""  # the agency to which the applicant should go
    guidance: str = ""  # where and how to file there, or what else to do
    declined_by: str = ""  # account id, empty in events from before declines could be taken back
    declined_for: str = ""  # of the absent colleague in whose place
    provision: str = ""  # of the law by which it is not taken in, empty in events from before it was asked

    @property
    def told(self) -> str:
        """The reason as the applicant reads it, the provision on which it rests named."""
        return f"{self.reason}\nCăn cứ: {self.provision}." if self.provision else self.reason

    @property
    def way(self) -> str:
        """What the applicant can do now, in one text; empty where nothing was said."""
        agency = f"Cơ quan có thẩm quyền: {self.competent}." if self.competent else ""
        return " ".join(part for part in (agency, self.guidance) if part)


@dataclass(frozen=True, slots=True)
class Redirected(Event):
    """Passed on to another agency; `received_at` is the official receipt from then on, `arrived_at` when it
    came to the other desk (None in events from when the two were one)."""

    KIND: ClassVar[str] = "redirected"
    target: Target
    from_agency_id: int
    agency_name: str
    reason: str
    received_at: datetime
    move: Move
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SupplementRequested(Event):
    KIND: ClassVar[str] = "supplement_requested"
    items: tuple[SupplementItem, ...]
    reason: str
    guidance: str
    number: str
    again_ground: str = ""  # why a second request was made at all
    guided_by: str = ""  # the officer of the desk whom the applicant may ask
    clock_runs: bool = False  # no text in force that day stops the term of an accepted dossier
    asked_by: str = ""  # account id of who asked, whoever agreed or sent it; empty before this was kept
    asked_for: str = ""  # account id of the absent officer in whose place it was asked
    let_out_by: tuple[str, ...] = ()  # account ids, see below

    # `let_out_by` are those by whom it reached the applicant: who asked, or who agreed to it and who sent it
    # on, and the absent ones in whose place. Empty in events from before requests could be taken back.


@dataclass(frozen=True, slots=True)
class SupplementProposed(Event):
    """A supplement request that waits for the agreement of whoever controls it."""

    KIND: ClassVar[str] = "supplement_proposed"
    items: tuple[SupplementItem, ...]
    reason: str
    guidance: str
    move: Move
    again_ground: str = ""
    proposed_by: str = ""  # the name
    asked_by: str = ""  # account id of who proposed it; empty before this was kept
    asked_for: str = ""  # account id of the absent officer in whose place it was proposed


@dataclass(frozen=True, slots=True)
class SupplementCleared(Event):
    """The leader agreed to a supplement request; the desk has it to send, the applicant knows nothing yet."""

    KIND: ClassVar[str] = "supplement_cleared"
    move: Move
    agreed_by: tuple[str, ...] = ()  # account ids: the leader's, and the absent one's in whose place


@dataclass(frozen=True, slots=True)
class ApplicantTold(Event):
    """The desk told the applicant what those who settle have done: `of` is the kind of that event, `number`
    that of the verification or the document, `reason` what was written of a pause or why an appointment is
    called off."""

    KIND: ClassVar[str] = "applicant_told"
    of: str
    number: int
    reason: str
    move: Move


@dataclass(frozen=True, slots=True)
class SupplementReturned(Event):
    """Who controls supplement requests did not agree; the proposal is gone, who had made it is kept here."""

    KIND: ClassVar[str] = "supplement_returned"
    reason: str
    move: Move
    asked_by: str = ""
    asked_for: str = ""


@dataclass(frozen=True, slots=True)
class Supplemented(Event):
    """The applicant brought what was asked, or what was missing at the desk before anybody asked.

    `received_at` moves only before acceptance (A10); None leaves it.
    """

    KIND: ClassVar[str] = "supplemented"
    contents: Contents
    added: tuple[DocumentRef, ...]
    received_at: datetime | None
    due_at: datetime | None
    move: Move  # before acceptance the check is opened again; later the open tasks get new due moments
    promised_at: datetime | None = None  # the first promise, moved too, where a new date was set meanwhile


@dataclass(frozen=True, slots=True)
class HandedOver(Event):
    KIND: ClassVar[str] = "handed_over"
    move: Move
    note: str = ""
    is_late: bool = False  # after the term for forwarding, which was `forward_by`
    forward_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assigned(Event):
    KIND: ClassVar[str] = "assigned"
    officer_id: str
    officer_name: str
    move: Move
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reassigned(Event):
    """Another officer goes on with one task, or with the whole case (`task_key` empty)."""

    KIND: ClassVar[str] = "reassigned"
    officer_id: str
    officer_name: str
    reason: str
    move: Move
    task_key: str = ""
    task_name: str = ""
    from_officer_id: str | None = None


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """`move` opens the desk's task to tell the applicant, where somebody outside it did this; so it does in
    the other events of which that holds. Before the desk had it to tell they were told at once.
    """

    KIND: ClassVar[str] = "paused"
    ground: PauseGround
    reason: str
    move: Move = Move()


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    KIND: ClassVar[str] = "resumed"
    note: str
    due_at: datetime | None
    promised_at: datetime | None
    move: Move


@dataclass(frozen=True, slots=True)
class Signature:
    """As what somebody signs in a leader's place, by a post of their own: its role and, of the head of a
    unit, what the unit was called then. Empty where they hold no such post."""

    role: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Extended(Event):
    """Apology and new date (Mẫu 04). `is_timely`: sent with the notice that the regulation asks for; if not,
    `missed` is until when it was due, where a law asked for it. `move`: steps whose term the promise had cut
    short have more of it. `signed_by`, where somebody signed in a leader's place: as what. None in their own
    right, and in what was recorded before it was kept."""

    KIND: ClassVar[str] = "extended"
    reason: str
    was_due_at: datetime
    due_at: datetime
    is_timely: bool
    number: str
    missed: datetime | None = None
    move: Move = Move()
    signed_by: Signature | None = None


@dataclass(frozen=True, slots=True)
class Entrusted(Event):
    """A unit of another agency does this step; its term is the step's, or the one named for it. With a
    `reason` another had it before; without a `duty` the lead then does it itself."""

    KIND: ClassVar[str] = "entrusted"
    agency_id: int
    unit_id: int
    to_name: str
    task_name: str
    duty: str
    move: Move
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Consulted(Event):
    KIND: ClassVar[str] = "consulted"
    number: int
    agency_id: int
    unit_id: int
    to_name: str
    question: str
    asked_by: str
    due_at: datetime
    move: Move
    asked_for: str = ""  # the absent officer in whose place it was asked


@dataclass(frozen=True, slots=True)
class Answered(Event):
    KIND: ClassVar[str] = "answered"
    number: int
    answer: str
    file_id: str | None
    is_late: bool
    move: Move


@dataclass(frozen=True, slots=True)
class Reminded(Event):
    """`is_late`: the term of the question was over."""

    KIND: ClassVar[str] = "reminded"
    number: int
    to_name: str
    is_late: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class VerificationPlanned(Event):
    """`at_desk` says that the place is a one-stop desk, chosen or known by its words; what was planned before
    this was kept has its words only. `ground` as in `Invited`."""

    KIND: ClassVar[str] = "verification_planned"
    number: int
    planned_for: datetime
    place: str
    participants: str
    content: str
    with_applicant: bool
    at_desk: bool = False
    move: Move = Move()
    ground: str = ""


@dataclass(frozen=True, slots=True)
class VerificationCalledOff(Event):
    """A planned verification does not take place; `moved_to` is the number of the one that is held instead,
    with its moment and place, 0 where none is. `told` is the number of the appointment that the applicant
    knows in its place and of which they are told, 0 if they know of none. `was_for` and `was_at` are for
    whoever reads the chain: when and where it was planned; the fold takes `number`."""

    KIND: ClassVar[str] = "verification_called_off"
    number: int
    reason: str
    moved_to: int = 0
    planned_for: datetime | None = None
    place: str = ""
    at_desk: bool = False
    ground: str = ""
    told: int = 0
    was_for: datetime | None = None
    was_at: str = ""
    move: Move = Move()


@dataclass(frozen=True, slots=True)
class VerificationRecorded(Event):
    KIND: ClassVar[str] = "verification_recorded"
    number: int
    held_at: datetime
    place: str
    participants: str
    content: str
    file_id: str | None


@dataclass(frozen=True, slots=True)
class DocumentAttached(Event):
    """Another document came into a part of the dossier; `for_applicant`: the applicant has it too."""

    KIND: ClassVar[str] = "document_attached"
    number: int
    part: DossierPart
    title: str
    file_id: str
    for_applicant: bool
    move: Move = Move()


@dataclass(frozen=True, slots=True)
class StepCompleted(Event):
    """`by_agency` names who did the step, where it was another agency than the competent one.

    `missed_letter`: the step brought a result to the desk that was overdue; until when a letter of apology
    was due that never came. `moot_letter` as in `ResultIssued`.
    """

    KIND: ClassVar[str] = "step_completed"
    step_key: str
    outcome: str
    move: Move
    note: str = ""
    by_agency: str = ""
    is_part: bool = False  # of another agency, which is done with it
    missed_letter: datetime | None = None
    moot_letter: datetime | None = None


@dataclass(frozen=True, slots=True)
class SentBack(Event):
    """Work has to be done anew. Events from before the state kept why do not name who sent it back.

    `from_step` is for whoever reads the chain, where `move` names tasks by their keys; the fold takes `move`.
    """

    KIND: ClassVar[str] = "sent_back"
    from_step: str
    to_step: str
    reason: str
    move: Move
    keeps_proposal: bool = False  # nobody on the way back to the leader would make it again
    sent_by: str = ""  # name
    sent_for: str = ""  # of the absent colleague in whose place


@dataclass(frozen=True, slots=True)
class Proposed(Event):
    """`taken_back` is why opinions are waited for no longer, `called_off` why planned verifications are not
    held; both empty where nothing was given up. `uninvited` are the numbers of the appointments that the
    applicant knows and of which the desk tells them, one for each of its tasks in `move`; events from before
    had it tell nothing."""

    KIND: ClassVar[str] = "proposed"
    decision: Decision
    text: str
    move: Move
    proposed_by: str = ""  # account id
    taken_back: str = ""
    called_off: str = ""
    uninvited: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Approved(Event):
    """The leader granted what was applied for. `unanswered` names who was asked and gave no opinion."""

    KIND: ClassVar[str] = "approved"
    move: Move
    note: str = ""
    unanswered: str = ""
    decided_by: str = ""  # account id, empty in events from before decisions could be taken back
    decided_for: str = ""  # of the absent colleague in whose place
    against: Decision | None = None  # the proposal from which the leader departed, for the reason in the note


@dataclass(frozen=True, slots=True)
class Refused(Event):
    """The leader refused on the merits; the written reason is the result (DL24-9.2, PT24-10.2)."""

    KIND: ClassVar[str] = "refused"
    reason: str
    move: Move
    unanswered: str = ""  # this and what follows as in `Approved`
    decided_by: str = ""
    decided_for: str = ""
    against: Decision | None = None


@dataclass(frozen=True, slots=True)
class ResultIssued(Event):
    """`missed_letter`: the dossier was overdue; until when a letter of apology was due that never came.

    `issued_by` are the account ids of who numbered it and of the absent colleague in whose place, `issued_in`
    is the unit in which: empty in events from before they were kept.
    `is_on_its_way`: the result has its number and still has to come to the desk. Events from before lateness
    was measured there do not say so: theirs ended with the number.
    `moot_letter`: when a letter of apology was sent that counted as missed, for nobody knew that the result
    was there, on paper and in time.
    """

    KIND: ClassVar[str] = "result_issued"
    number: str
    name: str
    file_id: str | None
    move: Move
    missed_letter: datetime | None = None
    issued_by: tuple[str, ...] = ()
    issued_in: int | None = None
    is_on_its_way: bool = False
    moot_letter: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invited(Event):
    """The applicant was asked to come to the desk; `ground` is why one visit more than allowed was asked."""

    KIND: ClassVar[str] = "invited"
    visit_at: datetime
    purpose: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Announced(Event):
    KIND: ClassVar[str] = "announced"


@dataclass(frozen=True, slots=True)
class ResultReturned(Event):
    """`is_late`: it lay at the desk in time, and went out after the moment for which it was promised. Events
    from before that was counted do not say it."""

    KIND: ClassVar[str] = "result_returned"
    handing: Handing
    move: Move
    file_id: str | None = None  # the paper that entrusted somebody else with taking it
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class NotCollected(Event):
    """The result was ready, the applicant was told, and did not come for it."""

    KIND: ClassVar[str] = "not_collected"
    note: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after it was put right."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Corrected(Event):
    """What was recorded by mistake, and how it is. The mistaken event stays; this one compensates for it.

    `left_account` is the account in which the dossier was by the number that was wrong. `undone` is the kind
    of the event that is taken back, where it may be one or the other: a withdrawal or a stop. `requested_on`
    and `request`: when and in which form the applicant asked for another way of return; None and empty of
    anything else, of what a desk had put down itself, and of events from before that was asked.
    """

    KIND: ClassVar[str] = "corrected"
    what: Correctable
    changes: tuple[Change, ...]
    reason: str
    move: Move
    seen: str = ""
    left_account: str = ""
    file_id: str | None = None
    undone: str = ""
    requested_on: date | None = None
    request: str = ""


@dataclass(frozen=True, slots=True)
class Closed(Event):
    KIND: ClassVar[str] = "closed"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """`requested_on` and `request` are of what the desk recorded for the applicant; None and empty where they
    did it themselves, and for what was withdrawn before requests were recorded.

    `recorded_by` is the account id of the officer who recorded it, `recorded_for` that of the absent
    colleague in whose place; empty where the applicant did it, and before such a record could be taken back.

    `asked_by`: until when the applicant had asked for what an officer recorded; the terms are measured by it.

    `is_late`: it had been accepted, and its term had passed; `missed_letter` as in `ResultIssued`.
    `answer_by` and `forward_by`: until when it should have been answered, or handed over, where that was
    undone and its moment had passed. Events from before that was counted say none of this.
    """

    KIND: ClassVar[str] = "withdrawn"
    reason: str
    requested_on: date | None = None
    request: str = ""
    file_id: str | None = None
    recorded_by: str = ""
    recorded_for: str = ""
    is_late: bool = False
    missed_letter: datetime | None = None
    answer_by: datetime | None = None
    forward_by: datetime | None = None
    asked_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stopped(Event):
    """`requested_on` is None for what was stopped before requests were recorded. `number` is that of the
    notice; empty where the forms of the day know none. What follows it as in `Withdrawn`."""

    KIND: ClassVar[str] = "stopped"
    reason: str
    requested_on: date | None = None
    request: str = ""
    file_id: str | None = None
    number: str = ""
    recorded_by: str = ""
    recorded_for: str = ""
    is_late: bool = False
    missed_letter: datetime | None = None
    forward_by: datetime | None = None
    asked_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class AccountJoined(Event):
    """What the desk had entered came into the account of its applicant, who proved that it is theirs."""

    KIND: ClassVar[str] = "account_joined"
    owner_id: str
    proof: JoinProof


@dataclass(frozen=True, slots=True)
class EnteredLate(Event):
    """The event before this one happened on paper during an incident and was entered afterwards."""

    KIND: ClassVar[str] = "entered_late"
    incident_id: str
    page: str
    entered_at: datetime
    done_by: str = ""  # who did it on paper, where that is not who entered it


def payload_of(event: Event, actor: Actor | None = None) -> dict[str, Any]:
    """The wire form of an event, with whom it was done in place of if somebody stood in."""
    payload: dict[str, Any] = to_wire(event)
    if actor is not None and actor.for_id:
        payload[IN_PLACE_OF] = {"id": actor.for_id, "name": actor.for_name}
    return payload


def read_event(kind: str, schema: int, payload: Any) -> Event:
    """Read an event back from its wire form. Raises WireError for anything this code does not know."""
    if schema != SCHEMA or kind not in KINDS:
        raise ValueError(f"unknown event {kind} of schema {schema}")
    return from_wire(KINDS[kind], {name: value for name, value in payload.items() if name != IN_PLACE_OF})
