"""What the dossier page prints, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.desk.pages_of_verbs import VerbPage
from motcua.theme.consents import Consent
from motcua.theme.ledgers import Explanation
from motcua.theme.wording import Pill


@dataclass(frozen=True, slots=True)
class Row:
    """As `theme/components/summary_list.html` wants it; `href` leads to where the value is changed."""

    key: str
    value: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the history, as `theme/components/timeline.html` wants it. `tag` says how it fared."""

    title: str
    at: datetime
    who: str
    body: str
    state: str = "done"
    tag: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    name: str
    counts: str
    note: str
    file_name: str
    href: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class SlipLink:
    name: str
    number: str
    issued_at: datetime
    href: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """Work that was sent back, for whoever has it again or looks at it anew. `was` is what was proposed until
    then."""

    title: str
    at: datetime
    who: str
    reason: str
    was: str


@dataclass(frozen=True, slots=True)
class Task:
    key: str
    name: str
    who: str
    pill: Pill | None
    until: str
    is_sent_back: bool
    absence: str
    lead: str  # the agency that leads, where another one does it; else empty
    is_held: bool  # nobody can do it: a supplement request waits to be agreed to or sent


@dataclass(frozen=True, slots=True)
class Letter:
    """What the page says of a letter of apology that is not there: by when, or that it was missed."""

    text: str
    is_missed: bool


@dataclass(frozen=True, slots=True)
class Apology:
    """A letter of apology. `lateness` says that it puts nothing off, and why; empty where it does."""

    was_due_at: datetime
    due_at: datetime
    reason: str
    lateness: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """A question to others. `is_silent`: its term is over without an answer."""

    number: int
    to: str
    question: str
    answer: str
    due_at: datetime
    pill: Pill
    is_silent: bool
    reminders: int
    file_name: str
    href: str
    taken_back: str = ""


@dataclass(frozen=True, slots=True)
class Inspection:
    when: datetime | None
    is_held: bool
    place: str
    participants: str
    content: str
    file_name: str
    href: str
    called_off: str = ""
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class AttachedPaper:
    title: str
    at: datetime
    seen_by: str
    href: str


@dataclass(frozen=True, slots=True)
class Attached:
    """The other documents of one part of the dossier."""

    part: str
    documents: tuple[AttachedPaper, ...]


@dataclass(frozen=True, slots=True)
class VerbLink:
    """A verb open to this officer. `step` names the step where several are open at once."""

    page: VerbPage
    text: str
    href: str
    step: str


@dataclass(frozen=True, slots=True)
class ProposedSupplement:
    """A supplement request that waits for whoever controls it; once `agreed_by` is set, for the desk that
    sends it."""

    items: tuple[str, ...]
    reason: str
    guidance: str
    by: str
    agreed_by: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """What the desk has to tell the applicant: of what kind, by whom and when it was written, its lines, and
    the file that goes with it."""

    task_key: str
    what: str
    by: str
    at: datetime
    lines: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Consent to the use of data, given when the dossier was sent online; `words` if they are still known."""

    at: datetime | None
    words: Consent | None


@dataclass(frozen=True, slots=True)
class DossierPage:
    id: str
    reference: str
    is_accepted: bool
    is_acknowledged: bool
    title: str
    procedure_code: str
    is_sample: bool
    applicant_name: str
    status: str
    tone: str
    decision: str
    decision_tone: str
    decided_otherwise: str  # why the leader departed from the proposal; empty where they did not
    pill: Pill | None
    due_line: str  # until when, or why not; empty where no term is counted
    term: str
    calendar_name: str
    why: Explanation | None
    closed_then: str  # that the agency is closed at the promised moment; empty where nobody need know
    apologies: tuple[Apology, ...]
    waits_for_payment: str
    consultations: tuple[Opinion, ...]
    verifications: tuple[Inspection, ...]
    attached: tuple[Attached, ...]
    people: tuple[Row, ...]
    delivery: str
    facts: tuple[Row, ...]
    form: tuple[tuple[str, tuple[Row, ...]], ...]
    agreement: Agreement | None
    papers: tuple[Paper, ...]
    earlier_papers: tuple[Paper, ...]
    results: tuple[Paper, ...]
    fetched: str  # that the applicant\'s side has fetched the whole result
    proposal: str
    sent_back: tuple[SentBack, ...]
    asked: tuple[str, ...]
    guidance: str
    proposed: ProposedSupplement | None
    to_tell: tuple[Telling, ...]
    letter: Letter | None
    late_in_index: str  # why it counts as late in the national index, though it was not finished late
    tasks: tuple[Task, ...]
    slips: tuple[SlipLink, ...]
    main_verbs: tuple[VerbLink, ...]
    other_verbs: tuple[VerbLink, ...]
    is_cover: bool
    is_of_office: bool
