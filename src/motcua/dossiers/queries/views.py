"""What faces get to see: frozen values, never rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from motcua.dossiers import labels
from motcua.dossiers.enums import ENDED, Status, Verb, WarningLevel
from motcua.dossiers.queries.course import Acted
from motcua.dossiers.rules.answering import ChangedAnswer
from motcua.dossiers.rules.sending_out import SENT
from motcua.dossiers.rules.state import Apology, OpenTask, Slip, State
from motcua.process.enums import StepKind

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import Away
    from motcua.catalogue.rules.sheets import ProcedureSheet
    from motcua.documents.rules.cards import FileCard
    from motcua.dossiers.rules.behalf import Sender
    from motcua.dossiers.rules.footing import Footing
    from motcua.worktime.rules import Due


@dataclass(frozen=True, slots=True)
class LateMark:
    """An event was entered afterwards from the paper log of an incident."""

    page: str
    entered_at: datetime
    done_by: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event as people read it. `note` is what its author wrote, empty if nothing."""

    seq: int
    kind: str
    at: datetime
    actor_name: str
    actor_kind: str
    actor_id: str
    note: str
    details: tuple[tuple[str, str], ...] = ()
    in_place_of: str = ""
    late: LateMark | None = None
    acted: Acted | None = None  # the body that acted, and where the dossier went by it
    changed: tuple[ChangedAnswer, ...] = ()  # answers of the e-form that a supplement replaced
    is_undone: bool = False  # recorded by mistake, and taken back since


@dataclass(frozen=True, slots=True)
class VerbOffer:
    """A verb that is open to the asking officer now; `task` is what it would act on, if it needs one."""

    verb: Verb
    task: OpenTask | None = None


@dataclass(frozen=True, slots=True)
class NoLongerActs:
    """Whoever filed it for somebody else by a right that the house knows may act for them no more.

    `ended_at` is when that was ended, `last_day` the last day of a mandate that ran out; neither where it is
    not known. `is_of_organisation`: they belong to the organisation no more. `contacts`: the mailbox and the
    number of their account, for what the dossier says may be theirs.
    """

    ended_at: datetime | None
    last_day: date | None
    is_of_organisation: bool
    contacts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fetched:
    """When the last file of a result was fetched for the first time, and by whom of the applicant's side."""

    at: datetime
    account_id: str
    name: str


@dataclass(frozen=True, slots=True)
class DossierView:
    """One dossier with what its page shows. `due` is None where no term runs; `footing` is the reader's.

    `is_cover`: the reader only carries the result, and nothing that was filed or happened is in it.
    `is_of_office`: the reader is an officer of the agency that leads, and sees what the office notes.
    """

    id: str
    state: State
    sheet: ProcedureSheet
    agency_name: str
    desk_name: str
    received_at_desk: str  # the desk that took it in, if not that of the competent agency
    history: tuple[HistoryEntry, ...]
    arrived_at: datetime | None
    due: Due | None
    verbs: tuple[VerbOffer, ...]
    slips: tuple[Slip, ...]
    officer_names: dict[str, str]
    files: dict[str, FileCard]
    footing: Footing
    held_by: tuple[str, ...] = ()  # the units that have it now
    is_cover: bool = False
    is_of_office: bool = True
    bundle_id: str = ""  # the bundle that it is of, if it did not come by itself
    contacts_now: Mapping[str, str] = field(default_factory=dict)  # by what was given when it was filed
    no_longer_acts: NoLongerActs | None = None
    away: Mapping[str, Away] = field(default_factory=dict)  # of those named, by account id: who is away today
    stuck: frozenset[str] = frozenset()  # the tasks that nobody can do today, where it was asked
    sender: Sender | None = None  # as what the reader would send this draft, if it is for somebody else
    fetched: Fetched | None = None  # that the applicant's side has fetched the whole result

    @property
    def file_names(self) -> dict[str, str]:
        return {key: card.name for key, card in self.files.items()}

    @property
    def status(self) -> Status:
        return self.state.status

    @property
    def version(self) -> int:
        return self.state.version


@dataclass(frozen=True, slots=True)
class DossierPapers:
    """What is needed to look at the papers of a dossier: less than its page."""

    id: str
    state: State
    sheet: ProcedureSheet
    files: dict[str, FileCard]


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of a worklist. `due_at` is the task's, `dossier_due_at` was promised to the applicant.

    `is_paused`: the term of the task stands. `is_dossier_paused`: the clock of the dossier does;
    `is_term_halted`: it does, and the dossier was not late before.
    """

    dossier_id: str
    reference: str
    procedure: str
    applicant_name: str
    status: Status
    task_key: str
    step_name: str
    kind: str
    due_at: datetime | None
    dossier_due_at: datetime | None
    opened_at: datetime | None
    is_paused: bool
    is_dossier_paused: bool = False
    is_term_halted: bool = False
    officer_name: str = ""
    proposal: str = ""
    decision: str = ""  # once it was taken: it stands in place of the proposal
    unit_name: str = ""
    channel: str = ""
    filed_at: datetime | None = None
    warning: WarningLevel = WarningLevel.NONE
    has_message: bool = False  # of the applicant, not dealt with yet
    cursor: str = ""  # the list goes on after this line
    finished_at: datetime | None = None
    broken_off_at: datetime | None = None  # `State.broken_off_at`
    ended_at: datetime | None = None
    undone_by: datetime | None = None  # until when the desk owed what it had not done when the dossier ended
    promised_at: datetime | None = None  # the first date, once a letter set a new one
    renewed_at: datetime | None = None  # the date that the last letter set, kept or not
    asked_by: str = ""  # who waits for this opinion
    waits_since: datetime | None = None  # for the applicant; of lines of dossiers
    is_stuck: bool = False  # nobody can take it
    is_sent_back: bool = False  # it is done anew
    was_sent_back: bool = False  # the work was, before it came to this step
    is_closed: bool = False  # the reader opens it no more, and is not told how it stands
    way_back: str = ""  # of a result that is to be handed over

    @property
    def stands(self) -> str:
        """How the dossier stands, or that the reader does not open it any more."""
        return labels.NO_LONGER_HERE if self.is_closed else labels.STATUS[self.status]

    @property
    def is_over(self) -> bool:
        """Whether nothing runs any more: the dossier has ended, or its result waits for the applicant."""
        return self.status in ENDED or (self.status is Status.READY and not self.goes_out)

    @property
    def goes_out(self) -> bool:
        """Whether a result that nobody comes for is to be handed over in time (reading A73)."""
        is_return = bool(self.task_key) and self.kind == StepKind.RETURN
        return is_return and self.due_at is not None and self.way_back in SENT

    @property
    def has_step_term(self) -> bool:
        """Whether the line has a step with a term. Of a dossier whose own term has ended none has but the
        return of what nobody comes for: of others only how that term ended is said."""
        has_ended = self.finished_at is not None and self.dossier_due_at is not None
        return bool(self.task_key) and (self.goes_out or not has_ended)

    @property
    def stands_still(self) -> bool:
        """Whether the term of the dossier does; that of handing it over may run on meanwhile, and what was
        late before stays late."""
        return not self.is_over and self.is_term_halted

    @property
    def stopped_late(self) -> bool:
        """Whether the clock of the dossier was stopped when its term was over."""
        return not self.is_over and self.is_dossier_paused and not self.is_term_halted

    @property
    def first_promise(self) -> datetime | None:
        """The date that the applicant was told first."""
        return (self.promised_at if self.renewed_at else None) or self.dossier_due_at

    def of_pause(self, at: datetime) -> str:
        """What a pause means for the date that was promised; empty while the term runs."""
        return labels.of_pause(
            self.dossier_due_at, at, stopped_late=self.stopped_late, stands_still=self.stands_still
        )

    @property
    def came_back(self) -> str:
        """Whether the work was there before; empty for what comes for the first time."""
        if self.is_sent_back:
            return labels.SENT_BACK
        return labels.WAS_SENT_BACK if self.was_sent_back else ""

    @property
    def running_terms(self) -> tuple[datetime | None, datetime | None]:
        """When the term of the step ends, and that of the dossier; None for one that does not run. Once the
        result is at the desk, a step may still run, but no longer the dossier's term."""
        if self.is_over:
            return None, None
        step_due = self.due_at if self.task_key and not self.is_paused else None
        return step_due, None if self.finished_at or self.stands_still else self.dossier_due_at


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of a box; `next_cursor` asks for the page after it, None at the end; `previous_cursor` for what
    stands before it, None at the beginning and where nobody asked from which page they came."""

    items: tuple[WorkItem, ...]
    next_cursor: str | None
    previous_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class DossierSummary:
    """One of the applicant's own dossiers, or a hit of a search."""

    id: str
    reference: str
    procedure: str
    agency_name: str
    applicant_name: str
    status: Status
    due_at: datetime | None
    is_paused: bool
    stands_still: bool  # paused, and not late before
    finished_at: datetime | None
    updated_at: datetime
    procedure_version_id: int
    is_for_another: bool = False  # filed by a mandate, or for an organisation
    is_under_mandate: bool = False
    broken_off_at: datetime | None = None  # `State.broken_off_at`
    promised_at: datetime | None = None  # the first date, once a letter set a new one
    renewed_at: datetime | None = None  # the date that the last letter set, kept or not
    filed_at: datetime | None = None
    reply_by: datetime | None = None  # until when the desk answers what was filed; None once it has
    consent: str = ""  # which words on the use of personal data were agreed to when it was sent
    comes: str = ""  # the way in which what was decided reaches the applicant
    begun_by: str = ""  # of an organisation's: who of its people
    agency_id: int = 0
    received_at: datetime | None = None  # officially: its day picks the calendar
    fetched: Fetched | None = None  # that the result which is to be returned online was, on one's own list

    def of_pause(self, at: datetime) -> str:
        """What a pause means for the date that was promised; empty while the term runs."""
        is_over = self.status in ENDED or self.finished_at is not None
        return labels.of_pause(
            self.due_at,
            at,
            stopped_late=self.is_paused and not self.stands_still and not is_over,
            stands_still=self.stands_still and not is_over,
        )


@dataclass(frozen=True, slots=True)
class TrackingStep:
    kind: str
    at: datetime
    is_entered_late: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """From when a dossier counts. `off_hours_at` is when it came in, where that is earlier because the agency
    was closed; `is_supplement`: what came in last was a supplement before acceptance. `is_stated`: it can be
    told before the acceptance, as the regulation does not count from that. `awaits_supplement`: it will count
    from the supplement that is awaited instead."""

    received_at: datetime | None
    off_hours_at: datetime | None
    is_accepted: bool
    is_supplement: bool
    is_stated: bool
    awaits_supplement: bool = False


@dataclass(frozen=True, slots=True)
class Tracking:
    """What anybody with the number may know: no name, no paper, no officer (A22)."""

    reference: str
    code: str
    procedure: str
    agency_id: int
    agency_name: str
    status: Status
    filed_at: datetime | None
    counted: Counted
    arrived_at: datetime | None
    due_at: datetime | None
    measured_due_at: datetime | None
    promised_at: datetime | None
    apologies: tuple[Apology, ...]
    finished_at: datetime | None
    returned_at: datetime | None
    stands_still: bool  # paused, and not late before
    stopped_late: bool  # paused, when its term was over
    is_date_open: bool  # the promised date is counted anew once the pause is over
    is_refused: bool
    steps: tuple[TrackingStep, ...]
    due: Due | None
    is_sample: bool
    comes: str = ""  # how a result that is ready comes by itself: online as a file, or by post
    is_fetched: bool = False  # somebody comes for the result, unless it was agreed otherwise
    collect_at: int | None = (
        None  # the unit that hands the result over now; None: not ready, or not at a desk
    )
    to_bring: tuple[str, ...] = ()  # names of the papers that come along then, as the procedure calls them
    signs_form: bool = False  # what was filled in online is signed then
    is_elsewhere: bool = False  # declined because the agency is not competent
    competent: tuple[str, ...] = ()  # agencies that the reason for that names
    is_receipt_moved: bool = False  # a supplement before the acceptance moved `received_at`
    reply_by: datetime | None = None  # until when the desk answers what was filed; None once it has
    received_at_desk: str = ""  # the desk that took it in, if not that of the competent agency
    broken_off_at: datetime | None = None  # `State.broken_off_at`


@dataclass(frozen=True, slots=True)
class Note:
    """A note inside the office."""

    author_name: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Related:
    """An earlier dossier of the same applicant that the asking officer may read."""

    id: str
    reference: str
    procedure: str
    status: Status
    filed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody else who has the dossier open."""

    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Looking:
    """Who else has a dossier open; `page` stands for the page of the one who asks."""

    page: str
    others: tuple[Looker, ...]

    @property
    def mark(self) -> str:
        """The same as long as the same people are looking."""
        return "; ".join(f"{each.name} {each.since:%H:%M:%S}" for each in self.others)
