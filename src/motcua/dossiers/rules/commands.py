"""What somebody wants to happen. A command says nothing about who or when: those come beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from motcua.dossiers.enums import Decision, DeclineGround, Verb
from motcua.dossiers.rules.state import Contents, DocumentRef, Handing, SupplementItem, Target


class Command:
    __slots__ = ()
    VERB: ClassVar[Verb]


@dataclass(frozen=True, slots=True)
class SaveDraft(Command):
    VERB: ClassVar[Verb] = Verb.SAVE_DRAFT
    target: Target
    contents: Contents
    owner_id: str


@dataclass(frozen=True, slots=True)
class Submit(Command):
    VERB: ClassVar[Verb] = Verb.SUBMIT
    submission_key: str
    filing_number: str


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


@dataclass(frozen=True, slots=True)
class Accept(Command):
    VERB: ClassVar[Verb] = Verb.ACCEPT
    code: str
    note: str = ""
    receipt_asked: bool = False


@dataclass(frozen=True, slots=True)
class Decline(Command):
    VERB: ClassVar[Verb] = Verb.DECLINE
    ground: DeclineGround
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
    VERB: ClassVar[Verb] = Verb.SUPPLEMENT
    documents: tuple[DocumentRef, ...]
    form_data: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class OnTask(Command):
    """Base of the verbs that act on one open task."""

    task_key: str


@dataclass(frozen=True, slots=True)
class ReleaseSupplement(OnTask):
    VERB: ClassVar[Verb] = Verb.RELEASE_SUPPLEMENT


@dataclass(frozen=True, slots=True)
class ReturnSupplement(OnTask):
    VERB: ClassVar[Verb] = Verb.RETURN_SUPPLEMENT
    reason: str


@dataclass(frozen=True, slots=True)
class HandOver(OnTask):
    VERB: ClassVar[Verb] = Verb.HAND_OVER
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assign(OnTask):
    VERB: ClassVar[Verb] = Verb.ASSIGN
    officer_id: str
    officer_name: str
    note: str = ""


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
    VERB: ClassVar[Verb] = Verb.PROPOSE
    decision: Decision
    text: str


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


@dataclass(frozen=True, slots=True)
class Close(Command):
    VERB: ClassVar[Verb] = Verb.CLOSE
    note: str = ""


@dataclass(frozen=True, slots=True)
class Withdraw(Command):
    VERB: ClassVar[Verb] = Verb.WITHDRAW
    reason: str


@dataclass(frozen=True, slots=True)
class Stop(Command):
    VERB: ClassVar[Verb] = Verb.STOP
    reason: str


def files_of(command: Command) -> tuple[str | None, ...]:
    """The ids of files that the command would attach."""
    if isinstance(command, SaveDraft | Register):
        return tuple(document.file_id for document in command.contents.documents)
    if isinstance(command, Supplement):
        return tuple(document.file_id for document in command.documents)
    return (command.file_id,) if isinstance(command, IssueResult) else ()
