"""Words of the dossier: status, verbs, decisions and grounds."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a dossier stands, finer than the ten national statuses (see `NATIONAL_STATUS`)."""

    DRAFT = "draft"  # being prepared by the applicant, unknown to the agency
    SUBMITTED = "submitted"  # sent or registered, not yet checked by the desk
    AWAITING_SUPPLEMENT = "awaiting_supplement"  # the applicant was asked for something
    AWAITING_PAYMENT = "awaiting_payment"  # the clock stands still until a financial obligation is met
    ACCEPTED = "accepted"  # has its code and due date, still at the desk
    IN_PROGRESS = "in_progress"  # with the officers who settle it
    DECIDED = "decided"  # approved or refused on the merits; the paper is being made
    RESULT_ISSUED = "result_issued"  # the result is numbered and on its way to the desk
    READY = "ready"  # the applicant was told that the result can be had
    RETURNED = "returned"
    CLOSED = "closed"
    DECLINED = "declined"  # intake refused
    WITHDRAWN = "withdrawn"  # by the applicant
    STOPPED = "stopped"  # by the agency


PAUSED = frozenset({Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT})
WITH_RESULT = frozenset({Status.RESULT_ISSUED, Status.READY})  # and not handed over yet
ENDED = frozenset({Status.RETURNED, Status.CLOSED, Status.DECLINED, Status.WITHDRAWN, Status.STOPPED})

NATIONAL_STATUS: dict[Status, int] = {
    Status.SUBMITTED: 1,
    Status.ACCEPTED: 2,
    Status.DECLINED: 3,
    Status.IN_PROGRESS: 4,
    Status.DECIDED: 4,
    Status.AWAITING_SUPPLEMENT: 5,
    Status.AWAITING_PAYMENT: 6,
    Status.STOPPED: 8,
    Status.WITHDRAWN: 8,
    Status.RESULT_ISSUED: 9,
    Status.READY: 9,
    Status.RETURNED: 10,
    Status.CLOSED: 10,
}


class Verb(StrEnum):
    """What can be done to a dossier; each verb has one service."""

    SAVE_DRAFT = "save_draft"
    SUBMIT = "submit"
    REGISTER_AT_COUNTER = "register_at_counter"
    REGISTER_BY_POST = "register_by_post"
    ACCEPT = "accept"
    ISSUE_RECEIPT = "issue_receipt"
    DECLINE = "decline"
    REDIRECT = "redirect"
    REQUEST_SUPPLEMENT = "request_supplement"
    RELEASE_SUPPLEMENT = "release_supplement"
    RETURN_SUPPLEMENT = "return_supplement"
    TELL_APPLICANT = "tell_applicant"
    SUPPLEMENT = "supplement"
    HAND_OVER = "hand_over"
    ASSIGN = "assign"
    REASSIGN = "reassign"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    ENTRUST = "entrust"
    CONSULT = "consult"
    ANSWER = "answer"
    REMIND = "remind"
    PLAN_VERIFICATION = "plan_verification"
    CALL_OFF_VERIFICATION = "call_off_verification"
    RECORD_VERIFICATION = "record_verification"
    ATTACH_DOCUMENT = "attach_document"
    COMPLETE_STEP = "complete_step"
    SEND_BACK = "send_back"
    PROPOSE = "propose"
    APPROVE = "approve"
    REFUSE = "refuse"
    ISSUE_RESULT = "issue_result"
    INVITE = "invite"
    ANNOUNCE = "announce"
    RECORD_NON_COLLECTION = "record_non_collection"
    RETURN_RESULT = "return_result"
    CLOSE = "close"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    STOP = "stop"
    JOIN_ACCOUNT = "join_account"


class DossierPart(StrEnum):
    """To whose part of the dossier another document belongs."""

    DESK = "desk"  # of the one-stop desk
    SETTLING = "settling"  # of the agency that settles


class JoinProof(StrEnum):
    """By what a dossier that the desk entered is known to be of the owner of an account."""

    CONTACT = "contact"  # a code sent to the contact that the dossier carries
    IDENTITY = "identity"  # an officer compared person, card and account


class Decision(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"


class StepEnd(StrEnum):
    """How a step ended against its own term."""

    EARLY = "early"  # on an earlier day
    ON_TIME = "on_time"
    LATE = "late"


class Capacity(StrEnum):
    """In what capacity somebody files for the applicant."""

    REPRESENTATIVE = "representative"  # by law: parent, guardian, legal representative of an organisation
    AUTHORISED = "authorised"  # by power of attorney
    POSTAL_STAFF = "postal_staff"  # of the public postal enterprise
    HIRED = "hired"  # an enterprise or person hired for it


class TakerPaper(StrEnum):
    """By which paper somebody who takes a result for the applicant shows who they are."""

    IDENTITY = "identity"  # card with the personal number
    PASSPORT = "passport"  # or another travel paper
    OTHER = "other"


class DeclineGround(StrEnum):
    """Why a desk may decline a dossier; anything else is a supplement request."""

    NOT_COMPETENT = "not_competent"
    NOT_SUPPLEMENTED = "not_supplemented"
    INVALID_PAPERS = "invalid_papers"
    DUPLICATE = "duplicate"
    BY_LAW = "by_law"


class PauseGround(StrEnum):
    """Why the clock stands still although the applicant has brought everything."""

    FINANCIAL_OBLIGATION = "financial_obligation"


class Correctable(StrEnum):
    """What may be put right by a compensating event."""

    CONTACT = "contact"  # how the applicant is called and reached
    IDENTITY = "identity"  # the number and the birthday of a person, as the desk read them off a paper
    DELIVERY = "delivery"  # how the result is wanted
    RESULT = "result"  # number and name of the result
    RETURN = "return"  # a return that was recorded by mistake
    DECISION = "decision"  # an approval or a refusal on the merits that was recorded by mistake
    DECLINE = "decline"  # a refusal of intake that was recorded by mistake
    SUPPLEMENT = "supplement"  # a supplement request that was sent by mistake
    ENDING = "ending"  # a withdrawal or a stop that the desk recorded by mistake


class RefundGround(StrEnum):
    """Why what was paid may be given back."""

    AGENCY_CANNOT = "agency_cannot"  # the agency cannot perform the procedure
    WITHDRAWAL = "withdrawal"  # the applicant withdrew
    MISTAKEN = "mistaken"  # paid by mistake
    EXCESS = "excess"  # paid too much


class RefundAnswer(StrEnum):
    OWED = "owed"
    CONSIDERED = "considered"
    NONE = "none"


class Box(StrEnum):
    """The lists of an officer's desk."""

    MINE = "mine"  # tasks that bear my name
    UNIT = "unit"  # tasks my posts may take that bear nobody's name
    APPROVALS = "approvals"  # what waits for my decision
    RETURNS = "returns"  # results to hand over at my desk
    WAITING = "waiting"  # dossiers of my agencies that wait for the applicant
    DONE = "done"  # ended lately
    SOON = "soon"  # mine or my unit's, half of the step's term or more is used up
    PRESSING = "pressing"  # late, about to be, or without anybody to take it, wherever I answer for it
    OTHERS = "others"  # of my desk, my cases or my people, but somebody else has to act
    TODAY = "today"  # what I did something to today
    MESSAGES = "messages"  # an applicant wrote to my desk, and nobody has dealt with it
    ASKED = "asked"  # opinions asked in cases of mine or of my unit and not given yet
    UNCLOSED = "unclosed"  # returned at my desk, but not closed where the regulation wants that


class Sort(StrEnum):
    """In which order a list is read."""

    DUE = "due"  # what runs out first on top
    NEWEST = "newest"
    OLDEST = "oldest"
    FILED = "filed"


class Lateness(StrEnum):
    """Which part of a list, by what is left of the term."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"


class Column(StrEnum):
    """What a list shows beside applicant and number, in this order."""

    PROCEDURE = "procedure"
    WORK = "work"
    TERM = "term"
    STATUS = "status"
    UNIT = "unit"
    OFFICER = "officer"
    CHANNEL = "channel"
    FILED = "filed"
    OPENED = "opened"


class ExportState(StrEnum):
    """How far a list is that an officer wants as a spreadsheet."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"  # by whoever had asked for it
    CLEARED = "cleared"  # was done; its file was thrown away after some days


class TermKind(StrEnum):
    """What the term of an open task is for."""

    ANSWER = "answer"  # what was filed is answered: accepted, asked to be completed, or declined
    STEP = "step"  # a step of the process is done
    OPINION = "opinion"  # somebody who was asked says what they think


class PackedAs(StrEnum):
    """What a file in the package of a dossier is, in the order in which they are packed."""

    PAPER = "paper"
    SLIP = "slip"
    RESULT = "result"
    MESSAGE = "message"


class Figure(StrEnum):
    """What is counted per agency and day, as a fold of the events."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    GRANTED = "granted"
    REFUSED = "refused"
    RETURNED = "returned"
    FINISHED_LATE = "finished_late"
    FORWARDED_LATE = "forwarded_late"  # handed over after its term, or ended at the desk when that had passed
    REDIRECTED = "redirected"
    NOT_COLLECTED = "not_collected"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    ASKED_AGAIN = "asked_again"  # a second supplement request
    LETTER_MISSED = "letter_missed"  # overdue, and the letter of apology did not come in time
    ANSWERED_LATE = "answered_late"  # an online filing answered, or ended unanswered, after its term
    SENT_LATE = "sent_late"  # a result that nobody comes for lay at the desk in time, and went out after it


class WarningLevel(StrEnum):
    """How much of a term is used up; the percentages stand in `rules/warning.py`."""

    NONE = "none"
    HALF = "half"
    NEARLY = "nearly"
    USED_UP = "used_up"


class PartKind(StrEnum):
    """The parts of a filing being prepared, in the order in which they are gone through."""

    WHOM = "whom"  # whether one files for oneself or for somebody else
    CASE = "case"  # which case of the procedure
    AGENCY = "agency"
    PERSON = "person"  # whose dossier it is
    CAPACITY = "capacity"  # as what one files for somebody else, by which paper
    CONTACT = "contact"  # how they are reached
    QUESTIONS = "questions"  # one section of the e-form
    PAPERS = "papers"
    PAPER = "paper"  # one paper, of those that a supplement request asks for
    DELIVERY = "delivery"  # how the result is wanted
    SENDING = "sending"


class PartStanding(StrEnum):
    """How far one part has come."""

    TO_DO = "to_do"
    UNDER_WAY = "under_way"
    DONE = "done"
    AS_NEEDED = "as_needed"  # nothing is there, and nothing has to be
    NOT_YET = "not_yet"  # waits for the other parts
