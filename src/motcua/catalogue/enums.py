"""Words of the catalogue."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a dossier comes in. National codes: counter 1, online 2, postal 3."""

    COUNTER = "counter"
    ONLINE = "online"
    POSTAL = "postal"


class OnlineLevel(StrEnum):
    FULL = "full"  # toàn trình
    PARTIAL = "partial"  # một phần
    NONE = "none"


class PaymentTime(StrEnum):
    """When a fee is paid, as the announcement of its procedure says."""

    FILING = "filing"  # when the dossier is filed
    ACCEPTANCE = "acceptance"  # when it is accepted
    NOTICE = "notice"  # when the settling agency gives notice to pay
    RESULT = "result"  # when the result is received


class FieldKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    WHOLE_NUMBER = "whole_number"
    DECIMAL = "decimal"
    MONEY = "money"
    CHOICE = "choice"
    YES_NO = "yes_no"
    PERSONAL_ID = "personal_id"
    PHONE = "phone"
    EMAIL = "email"


class Publication(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class Change(StrEnum):
    """What a decision does to a procedure that it announces."""

    NEW = "new"
    CHANGED = "changed"
    REPEALED = "repealed"


class DutyKind(StrEnum):
    """What has to be done after a decision, in the order in which it is done. See `law`, keys `duty.*`."""

    CONTENT = "content"
    PROCESS = "process"
    SEND = "send"
    PUBLISH = "publish"
    WEBSITE = "website"
    NATIONAL = "national"
    SET_UP = "set_up"
    CHECK = "check"
    CORRECT = "correct"  # follows from no decision: whoever checks asks for it


ANNOUNCED = tuple(kind for kind in DutyKind if kind is not DutyKind.CORRECT)  # follow from a decision


class DutyState(StrEnum):
    OPEN = "open"  # within its term
    PROMPT = "prompt"  # open, and the text says "promptly" without a number of days
    OVERDUE = "overdue"
    DONE = "done"  # in time, or where there is no number of days
    DONE_LATE = "done_late"


class ServiceKind(StrEnum):
    ADMINISTRATIVE = "administrative"  # dịch vụ hành chính công
    OTHER = "other"  # dịch vụ khác của cơ quan nhà nước


class UpgradeKind(StrEnum):
    """What an agency wants of the system."""

    UPGRADE = "upgrade"  # what is beyond the functions deployed
    COMMENT = "comment"  # a problem met, a proposal to put something right
    SUPPORT = "support"  # help of the provider in using it


class UpgradeState(StrEnum):
    """Where a request about the system stands."""

    REQUESTED = "requested"  # waits for the body that records
    REVIEWED = "reviewed"  # looked at together with those whom the regulation names
    PROPOSED = "proposed"  # the department has put it before the provincial committee
    APPROVED = "approved"
    REFUSED = "refused"
    DEPLOYED = "deployed"
    ANSWERED = "answered"  # settled without a change of the system
    WITHDRAWN = "withdrawn"


class UpgradeStep(StrEnum):
    """What happens to such a request; each at most once."""

    REQUEST = "request"
    WITHDRAW = "withdraw"
    REVIEW = "review"
    ANSWER = "answer"
    PROPOSE = "propose"
    APPROVE = "approve"
    REFUSE = "refuse"
    DEPLOY = "deploy"


class ProposalState(StrEnum):
    SUBMITTED = "submitted"
    RETURNED = "returned"  # the assessor asks for more
    SUPPORTED = "supported"  # assessed: to be decided in favour
    OPPOSED = "opposed"  # assessed: to be decided against
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
