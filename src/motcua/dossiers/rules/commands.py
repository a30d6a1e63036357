"""What somebody wants to happen. A command says nothing about who or when: those come beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from motcua.dossiers.enums import (
    Correctable,
    Decision,
    DeclineGround,
    DossierPart,
    JoinProof,
    PauseGround,
    Verb,
)
from motcua.dossiers.rules.behalf import Sender
from motcua.dossiers.rules.state import Behalf, Contents, DocumentRef, Handing, SupplementItem, Target


class Command:
    __slots__ = ()
    VERB: ClassVar[Verb]


@dataclass(frozen=True, slots=True)
class SaveDraft(Command):
    VERB: ClassVar[Verb] = Verb.SAVE_DRAFT
    target: Target
    contents: Contents
    owner_id: str
    behalf: Behalf | None = None  # of a new draft; later ones keep theirs


@dataclass(frozen=True, slots=True)
class Submit(Command):
    VERB: ClassVar[Verb] = Verb.SUBMIT
    submission_key: str
    filing_number: str
    consent: str  # the name of the words on personal data that were agreed to
    sender: Sender | None = None  # who sends it, where it is filed under a right on the portal


@dataclass(frozen=True, slots=True)
class Register(Command):
    """At the counter or by post, as `target.channel` says."""

    VERB: ClassVar[Verb] = Verb.REGISTER_AT_COUNTER
    target: Target
    contents: Contents
    submission_key: str
    filing_number: str
    owner_id: str = ""
    note: str = ""
    behalf: Behalf | None = None  # the right on the portal of who brought it


@dataclass(frozen=True, slots=True)
class Accept(Command):
    VERB: ClassVar[Verb] = Verb.ACCEPT
    code: str
    note: str = ""
    receipt_asked: bool = False
    certified_by_post: bool = False  # the certified papers came by post, with the number of the filing


@dataclass(frozen=True, slots=True)
class IssueReceipt(Command):
    """The receipt that nobody had asked for when the dossier was accepted."""

    VERB: ClassVar[Verb] = Verb.ISSUE_RECEIPT


@dataclass(frozen=True, slots=True)
class Decline(Command):
    """`competent` is the agency to which the applicant should go, `guidance` where and how to file there;
    `provision` the article of the law by which the filing is not taken in."""

    VERB: ClassVar[Verb] = Verb.DECLINE
    ground: DeclineGround
    reason: str
    competent: str = ""
    guidance: str = ""
    provision: str = ""


@dataclass(frozen=True, slots=True)
class Redirect(Command):
    """Pass a filing on to the agency that is competent, as `target` names it."""

    VERB: ClassVar[Verb] = Verb.REDIRECT
    target: Target
    agency_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class RequestSupplement(Command):
    VERB: ClassVar[Verb] = Verb.REQUEST_SUPPLEMENT
    items: tuple[SupplementItem, ...]
    reason: str
    guidance: str
    again_ground: str = ""


@dataclass(frozen=True, slots=True)
class Supplement(Command):
    """What is brought of a paper takes the place of what was handed in of it, except for the papers whose
    keys stand in `beside`: there it joins it."""

    VERB: ClassVar[Verb] = Verb.SUPPLEMENT
    documents: tuple[DocumentRef, ...]
    form_data: dict[str, object] | None = None
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OnTask(Command):
    """Base of the verbs that act on one open task."""

    task_key: str


@dataclass(frozen=True, slots=True)
class ReleaseSupplement(OnTask):
    VERB: ClassVar[Verb] = Verb.RELEASE_SUPPLEMENT


@dataclass(frozen=True, slots=True)
class TellApplicant(OnTask):
    VERB: ClassVar[Verb] = Verb.TELL_APPLICANT


@dataclass(frozen=True, slots=True)
class ReturnSupplement(OnTask):
    VERB: ClassVar[Verb] = Verb.RETURN_SUPPLEMENT
    reason: str


@dataclass(frozen=True, slots=True)
class HandOver(OnTask):
    """`outcome`: the case that lets a step be done which others pass over; empty is straight on."""

    VERB: ClassVar[Verb] = Verb.HAND_OVER
    note: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Assign(OnTask):
    """`outcome` as with `HandOver`."""

    VERB: ClassVar[Verb] = Verb.ASSIGN
    officer_id: str
    note: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Reassign(Command):
    """Give one open task (`task_key`), or without a key the whole case, to another officer."""

    VERB: ClassVar[Verb] = Verb.REASSIGN
    officer_id: str
    reason: str
    task_key: str = ""


@dataclass(frozen=True, slots=True)
class Pause(Command):
    VERB: ClassVar[Verb] = Verb.PAUSE
    ground: PauseGround
    reason: str


@dataclass(frozen=True, slots=True)
class Resume(Command):
    """`note` says how the ground fell away, for example by which receipt."""

    VERB: ClassVar[Verb] = Verb.RESUME
    note: str


@dataclass(frozen=True, slots=True)
class Extend(Command):
    """Apologise and set a new day on which the result will be had."""

    VERB: ClassVar[Verb] = Verb.EXTEND
    new_day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Entrust(Command):
    """Let a unit of another agency do an open step that runs beside others, with its duty.

    `limit` is a term of its own (short form); empty where the step's holds. `role` as with `Consult`.
    `reason`: why a part that lies with another already is given to a third, or to the unit that settles,
    which then does it itself.
    """

    VERB: ClassVar[Verb] = Verb.ENTRUST
    task_key: str
    agency_id: int
    unit_id: int
    to_name: str
    role: str
    duty: str
    limit: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Consult(Command):
    """Ask a unit for its opinion within `limit` (short form). `role` is who takes such questions there,
    empty where nobody does."""

    VERB: ClassVar[Verb] = Verb.CONSULT
    agency_id: int
    unit_id: int
    to_name: str
    role: str
    question: str
    limit: str


@dataclass(frozen=True, slots=True)
class Answer(OnTask):
    VERB: ClassVar[Verb] = Verb.ANSWER
    answer: str
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Remind(Command):
    VERB: ClassVar[Verb] = Verb.REMIND
    number: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanVerification(Command):
    """`at_desk` says that the place was chosen among the one-stop desks, and not written down; `ground` is
    why the applicant is asked there once more than the regulation allows."""

    VERB: ClassVar[Verb] = Verb.PLAN_VERIFICATION
    planned_for: datetime
    place: str
    participants: str
    content: str
    with_applicant: bool = False
    at_desk: bool = False
    ground: str = ""


@dataclass(frozen=True, slots=True)
class CallOffVerification(Command):
    """`planned_for` where it is moved, at `place` if that changes too; `ground` as in `PlanVerification`."""

    VERB: ClassVar[Verb] = Verb.CALL_OFF_VERIFICATION
    number: int
    reason: str
    planned_for: datetime | None = None
    place: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class RecordVerification(Command):
    """`number` of the plan that was carried out, 0 for a verification that was not planned here."""

    VERB: ClassVar[Verb] = Verb.RECORD_VERIFICATION
    held_at: datetime
    place: str
    participants: str
    content: str
    file_id: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class AttachDocument(Command):
    """Put another document into a part of the dossier, for the office or for the applicant too."""

    VERB: ClassVar[Verb] = Verb.ATTACH_DOCUMENT
    part: DossierPart
    title: str
    file_id: str | None
    for_applicant: bool = False


@dataclass(frozen=True, slots=True)
class CompleteStep(OnTask):
    VERB: ClassVar[Verb] = Verb.COMPLETE_STEP
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SendBack(OnTask):
    VERB: ClassVar[Verb] = Verb.SEND_BACK
    to_step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Propose(OnTask):
    """`outcome` as with `HandOver`. `taken_back`: why opinions are waited for no longer; `called_off`: why
    planned verifications are not held."""

    VERB: ClassVar[Verb] = Verb.PROPOSE
    decision: Decision
    text: str
    outcome: str = ""
    taken_back: str = ""
    called_off: str = ""


@dataclass(frozen=True, slots=True)
class Approve(OnTask):
    VERB: ClassVar[Verb] = Verb.APPROVE
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refuse(OnTask):
    VERB: ClassVar[Verb] = Verb.REFUSE
    reason: str


@dataclass(frozen=True, slots=True)
class IssueResult(OnTask):
    VERB: ClassVar[Verb] = Verb.ISSUE_RESULT
    number: str
    name: str
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Invite(Command):
    VERB: ClassVar[Verb] = Verb.INVITE
    visit_at: datetime
    purpose: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Announce(Command):
    VERB: ClassVar[Verb] = Verb.ANNOUNCE


@dataclass(frozen=True, slots=True)
class ReturnResult(Command):
    VERB: ClassVar[Verb] = Verb.RETURN_RESULT
    handing: Handing
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class RecordNonCollection(Command):
    VERB: ClassVar[Verb] = Verb.RECORD_NON_COLLECTION
    note: str


@dataclass(frozen=True, slots=True)
class Correct(Command):
    """Put right what was recorded by mistake. `values` are the new texts by field; none for a return.

    `seen` names the paper that shows what is right; `file_id` is the one by which the applicant asked.
    `requested_on` and `request` as in `Stop`, where another way of return is asked for.
    """

    VERB: ClassVar[Verb] = Verb.CORRECT
    what: Correctable
    values: Mapping[str, str]
    reason: str
    seen: str = ""
    file_id: str | None = None
    requested_on: date | None = None
    request: str = ""


@dataclass(frozen=True, slots=True)
class Close(Command):
    VERB: ClassVar[Verb] = Verb.CLOSE
    note: str = ""


@dataclass(frozen=True, slots=True)
class Withdraw(Command):
    """What the desk records for the applicant names their request, as `Stop` does; who does it themselves
    names none."""

    VERB: ClassVar[Verb] = Verb.WITHDRAW
    reason: str
    requested_on: date | None = None
    request: str = ""
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Stop(Command):
    """`requested_on` and `request`: on which day the applicant asked for it, and in which form; `file_id` is
    the paper, if they asked on one."""

    VERB: ClassVar[Verb] = Verb.STOP
    reason: str
    requested_on: date | None = None
    request: str = ""
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class JoinAccount(Command):
    """Put what the desk entered into the account of its applicant. Number and name are the account's."""

    VERB: ClassVar[Verb] = Verb.JOIN_ACCOUNT
    owner_id: str
    personal_id: str
    name: str
    proof: JoinProof


def files_of(command: Command) -> tuple[str | None, ...]:
    """The ids of files that the command would attach."""
    if isinstance(command, SaveDraft | Register):
        return tuple(document.file_id for document in command.contents.documents)
    if isinstance(command, Supplement):
        return tuple(document.file_id for document in command.documents)
    asked = Withdraw | Stop | Correct
    if isinstance(command, IssueResult | Answer | RecordVerification | AttachDocument | ReturnResult | asked):
        return (command.file_id,)
    return ()
