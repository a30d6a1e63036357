"""What the dossier page prints, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.desk.pages_of_verbs import VerbPage
from motcua.theme.ledgers import LedgerDay
from motcua.theme.wording import Pill


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the history, as `theme/components/timeline.html` wants it."""

    title: str
    at: datetime
    who: str
    body: str
    state: str = "done"


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
class Task:
    name: str
    who: str
    pill: Pill | None


@dataclass(frozen=True, slots=True)
class VerbLink:
    """A verb open to this officer. `step` names the step where several are open at once."""

    page: VerbPage
    text: str
    href: str
    step: str


@dataclass(frozen=True, slots=True)
class DossierPage:
    id: str
    reference: str
    is_accepted: bool
    title: str
    procedure_code: str
    is_sample: bool
    applicant_name: str
    status: str
    tone: str
    pill: Pill | None
    due_at: datetime | None
    term: str
    calendar_name: str
    ledger: tuple[LedgerDay, ...]
    people: tuple[Row, ...]
    facts: tuple[Row, ...]
    form: tuple[tuple[str, tuple[Row, ...]], ...]
    papers: tuple[Paper, ...]
    results: tuple[Paper, ...]
    proposal: str
    asked: tuple[str, ...]
    guidance: str
    tasks: tuple[Task, ...]
    slips: tuple[SlipLink, ...]
    history: tuple[Entry, ...]
    main_verbs: tuple[VerbLink, ...]
    other_verbs: tuple[VerbLink, ...]
