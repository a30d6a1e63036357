"""The messages of the house: their keys, their channels, what they may carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from motcua.notify.errors import UnknownMessage

IN_APP = "in_app"
EMAIL = "email"
BOTH = (IN_APP, EMAIL)


class Topic(StrEnum):
    """Letters that somebody may do without; the same message stays in the inbox. All others are always sent:
    what the regulations have told to the applicant, what waits for them, what guards their account.

    Word among officers has topics of its own: they have hundreds a day, so it comes by e-mail only to those
    who asked for it (`is_on_request`).
    """

    PROGRESS = "progress"
    ANSWERS = "answers"
    WORK = "work"
    OPINIONS = "opinions"
    REMINDERS = "reminders"
    DATES = "dates"

    @property
    def is_on_request(self) -> bool:
        """Whether its e-mails come only to those who asked for them."""
        return self in _TO_OFFICERS


_TO_OFFICERS = frozenset({Topic.WORK, Topic.OPINIONS, Topic.REMINDERS, Topic.DATES})


def topics_for(*, officers: bool) -> tuple[Topic, ...]:
    """The topics that an officer, or anybody else, may choose among."""
    return tuple(topic for topic in Topic if topic.is_on_request == officers)


@dataclass(frozen=True, slots=True)
class MessageKind:
    """`is_secret` messages carry a code: their context is wiped as soon as they are settled.
    `good_for` is how long a message is of any use; later it is not sent any more.
    Of a `topic` its reader may have no e-mails, or has none unless they asked for them.
    The e-mail of one that `stays_inside` names dossier, term and link only: mailboxes of officers may be
    shared, so what was asked, answered or given as a reason is read in the inbox.

    Basis: DL24-8.1.a#2, PT24-9.2.0#2, PT24-10.3#4 (what has no topic)
    """

    key: str
    channels: tuple[str, ...] = BOTH
    is_secret: bool = False
    good_for: timedelta | None = None
    topic: Topic | None = None
    stays_inside: bool = False

    @property
    def group(self) -> str:
        """Whom it is for: `dossier`, `account` and `contact` are people, `desk` officers, `incident` the
        operators. `contact` is a mailbox that a dossier carries, whoever reads it."""
        return self.key.partition(".")[0]

    @property
    def is_to_people(self) -> bool:
        """Whether it is a letter of the province to people, and not word among its officers."""
        return self.group in ("account", "contact", "dossier")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom to tell. With an account its own verified address is used unless `email` names another;
    without an account only `email` can be reached. Whose `name` is empty is called as their account is."""

    account_id: str | int | None
    email: str | None
    name: str

    def is_reached_by(self, channel: str) -> bool:
        return self.account_id is not None or (channel == EMAIL and bool(self.email))


CODE_LIFETIME = timedelta(minutes=10)
TOO_LATE = "too late to be of use"  # why a letter was not sent; pages say it in their language
TOLD_OUTSIDE = frozenset({"code", "due", "due_at", "was_due", "was_due_at", "link", "untold"})

_KINDS = {
    kind.key: kind
    for kind in (
        MessageKind("account.code", (EMAIL,), is_secret=True, good_for=CODE_LIFETIME),
        MessageKind("account.reset", (EMAIL,), is_secret=True, good_for=CODE_LIFETIME),
        MessageKind("account.change_email", (EMAIL,), is_secret=True, good_for=CODE_LIFETIME),
        MessageKind("account.change_phone", (EMAIL,), is_secret=True, good_for=CODE_LIFETIME),
        MessageKind("account.check_identity", (EMAIL,), is_secret=True, good_for=CODE_LIFETIME),
        MessageKind("account.identity_checked"),
        MessageKind("account.close_code", (EMAIL,), is_secret=True, good_for=CODE_LIFETIME),
        MessageKind("account.closed", (EMAIL,)),
        MessageKind("account.exists", (EMAIL,)),
        MessageKind("account.wanted_elsewhere", (EMAIL,)),
        MessageKind("account.email_changed", (EMAIL,)),
        MessageKind("account.phone_changed", (EMAIL,)),
        MessageKind("account.changed_by_administrator"),
        MessageKind("account.opened"),
        MessageKind("account.password_changed", (EMAIL,)),
        MessageKind("account.new_device", (EMAIL,)),
        MessageKind("mandate.offered"),
        MessageKind("mandate.accepted"),
        MessageKind("mandate.declined"),
        MessageKind("mandate.withdrawn"),
        MessageKind("mandate.ending"),
        MessageKind("mandate.ended"),
        MessageKind("organisation.invited"),
        MessageKind("organisation.withdrawn"),
        MessageKind("organisation.declined"),
        MessageKind("organisation.joined"),
        MessageKind("organisation.left"),
        MessageKind("organisation.changed"),
        MessageKind("organisation.removed"),
        MessageKind("dossier.acknowledged", topic=Topic.PROGRESS),
        MessageKind("dossier.accepted"),
        MessageKind("dossier.declined"),
        MessageKind("dossier.decline_taken_back"),
        MessageKind("dossier.left_account"),
        MessageKind("dossier.supplement_requested"),
        MessageKind("dossier.supplement_taken_back"),
        MessageKind("dossier.supplemented", topic=Topic.PROGRESS),
        MessageKind("dossier.paused"),
        MessageKind("dossier.resumed", topic=Topic.PROGRESS),
        MessageKind("dossier.extended"),
        MessageKind("dossier.verification_planned"),
        MessageKind("dossier.verification_called_off"),
        MessageKind("dossier.redirected"),
        MessageKind("dossier.not_collected"),
        MessageKind("dossier.corrected"),
        MessageKind("dossier.document_attached"),
        MessageKind("dossier.invited"),
        MessageKind("dossier.result_ready"),
        MessageKind("dossier.returned", topic=Topic.PROGRESS),
        MessageKind("dossier.refused"),
        MessageKind("dossier.withdrawn", topic=Topic.PROGRESS),
        MessageKind("dossier.stopped"),
        MessageKind("dossier.ending_taken_back"),
        MessageKind("dossier.closure"),
        MessageKind("dossier.closure_withdrawn"),
        MessageKind("dossier.answered", topic=Topic.ANSWERS),
        MessageKind("contact.lookup_code", (EMAIL,), is_secret=True, good_for=CODE_LIFETIME),
        MessageKind("organisation.mailbox_code", (EMAIL,), is_secret=True, good_for=CODE_LIFETIME),
        MessageKind("contact.join_code", (EMAIL,), is_secret=True, good_for=CODE_LIFETIME),
        MessageKind("dossier.joined"),
        MessageKind("desk.extended", topic=Topic.DATES, stays_inside=True),
        MessageKind("desk.relay", topic=Topic.WORK),
        MessageKind("desk.letter", topic=Topic.WORK),
        MessageKind("desk.applicant_told", topic=Topic.WORK, stays_inside=True),
        MessageKind("desk.supplemented", topic=Topic.WORK),
        MessageKind("desk.supplement_sent", topic=Topic.WORK),
        MessageKind("desk.supplement_returned", topic=Topic.WORK, stays_inside=True),
        MessageKind("desk.supplement_taken_back", topic=Topic.WORK, stays_inside=True),
        MessageKind("desk.ending_taken_back", topic=Topic.WORK, stays_inside=True),
        MessageKind("desk.entrusted", topic=Topic.WORK, stays_inside=True),
        MessageKind("desk.arrived", topic=Topic.WORK, stays_inside=True),
        MessageKind("desk.part_ended", topic=Topic.WORK, stays_inside=True),
        MessageKind("desk.part_back", topic=Topic.WORK, stays_inside=True),
        MessageKind("desk.part_done", topic=Topic.OPINIONS, stays_inside=True),
        MessageKind("desk.consulted", topic=Topic.WORK, stays_inside=True),
        MessageKind("desk.reminded", topic=Topic.REMINDERS, stays_inside=True),
        MessageKind("desk.answer_late", topic=Topic.REMINDERS, stays_inside=True),
        MessageKind("desk.urged", topic=Topic.REMINDERS),
        MessageKind("desk.dossier_urged", topic=Topic.REMINDERS, stays_inside=True),
        MessageKind("desk.duties_due"),
        MessageKind("desk.roadmap_due"),
        MessageKind("desk.correction_asked"),
        MessageKind("desk.staff_changed", topic=Topic.WORK),
        MessageKind("desk.absence_recorded", topic=Topic.WORK),
        MessageKind("desk.absence_ended", topic=Topic.WORK),
        MessageKind("desk.answered", topic=Topic.OPINIONS, stays_inside=True),
        MessageKind("desk.closure", topic=Topic.DATES),
        MessageKind("desk.closure_withdrawn", topic=Topic.DATES),
        MessageKind("incident.declared", (EMAIL,)),
        MessageKind("incident.reported", (EMAIL,)),
        MessageKind("incident.overdue", (EMAIL,)),
        MessageKind("incident.urged", (EMAIL,)),
        MessageKind("incident.ended", (EMAIL,)),
        MessageKind("desk.assigned", topic=Topic.WORK, stays_inside=True),
        MessageKind("desk.sent_back", topic=Topic.WORK, stays_inside=True),
    )
}
KEYS = tuple(sorted(_KINDS))


def kind(key: str) -> MessageKind:
    """The kind behind a key. Raises UnknownMessage."""
    found = _KINDS.get(key)
    if found is None:
        raise UnknownMessage(f"{key!r} is not a message of the house; known are {', '.join(KEYS)}")
    return found
