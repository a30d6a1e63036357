"""Folding everything again: do the chains hold, and do the same rows come out?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from motcua.audit.rules import chain
from motcua.dossiers.models import (
    CodeSerial,
    DailyFigure,
    Dossier,
    DossierEvent,
    DossierFile,
    DossierTask,
    IssuedSlip,
    ServiceUse,
    SettlingTime,
)
from motcua.dossiers.rules import fold
from motcua.dossiers.rules.events import Event, read_event
from motcua.dossiers.rules.figures import Counted, counted, no_longer_counted
from motcua.dossiers.rules.files import Held, held
from motcua.dossiers.rules.state import State
from motcua.dossiers.services import looking
from motcua.dossiers.services.record import hash_body, service_use, settling_time
from motcua.dossiers.services.rows import dossier_columns, task_columns
from motcua.kernel.canonical import GENESIS
from motcua.kernel.errors import NotFound
from motcua.kernel.wire import WireError, from_wire
from motcua.worktime.rules import ZONE, local

BATCH = 500
Counts = Counter[tuple[int, date, str]]
Times = Counter[tuple[int, date, int]]
Uses = Counter[tuple[int, date, str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first row that is not what the events make of it."""

    table: str
    row: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.what}"


@dataclass(frozen=True, slots=True)
class Verification:
    dossiers: int
    events: int
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class Folded:
    """A dossier as far as it was folded and found right: state, hash of the last event, files."""

    state: State
    last_hash: bytes
    files: Held


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at one dossier finds: what differs (None: everything holds), with what the next look goes
    on from, and the answers to what was asked beside it."""

    difference: Difference | None
    folded: Folded | None
    beside: tuple[Any, ...]


class _Differs(Exception):
    def __init__(self, table: str, row: object, what: str) -> None:
        self.difference = Difference(table, str(row), what)
        super().__init__(what)


@dataclass(slots=True)
class _Found:
    """What is counted on the way, to be compared when all dossiers are done."""

    prefixes: dict[date, list[str]]
    figures: Counts = field(default_factory=Counter)
    times: Times = field(default_factory=Counter)
    uses: Uses = field(default_factory=Counter)
    serials: Counter[tuple[date, str]] = field(default_factory=Counter)


def verify(*, progress: Callable[[int], None] = lambda done: None) -> Verification:
    """Check every hash and fold every dossier again; stops at the first row that differs.

    `progress` is called with the number of dossiers done. Reads only; runs beside normal work on a
    consistent snapshot if the caller opened one.
    """
    dossiers = events = 0
    found = _Found(_prefixes())
    try:
        for batch in _batches():
            events += _check(batch, found)
            dossiers += len(batch)
            progress(dossiers)
        _compare_orphans()
        _compare_figures(found.figures)
        _compare_times(found.times)
        _compare_uses(found.uses)
        _compare_serials(found.serials)
    except _Differs as differs:
        return Verification(dossiers, events, differs.difference)
    return Verification(dossiers, events, None)


def verify_from(dossier_id: str, known: Folded | None, beside: Sequence[looking.Question] = ()) -> Looked:
    """Fold what has happened to one dossier since it was folded last, and compare all its rows with that.

    `known` is what the last look answered; without it the dossier is folded from its first event on. `beside`
    is asked in the same statement. Raises NotFound.
    """
    found = looking.stored(UUID(dossier_id), known.state.version if known else 0, beside)
    row = found.dossier
    if row is None:
        raise NotFound()
    try:
        state, files = _refold(row, found.events, _Found({}), known)
        _compare_dossier(row, state)
        _compare_tasks(row.id, state, found.tasks)
        _compare_slips(row.id, state, found.slips)
        _compare_files(row.id, files, found.files)
    except _Differs as differs:
        return Looked(differs.difference, None, found.beside)
    return Looked(None, Folded(state, bytes(row.last_hash), files), found.beside)


def _check(batch: list[Dossier], found: _Found) -> int:
    """Compare these dossiers with their events and add what they count; how many events there were."""
    ids, events = [row.id for row in batch], 0
    by_dossier = _grouped(DossierEvent.objects.filter(dossier_id__in=ids).order_by("dossier_id", "seq"))
    tasks = _grouped(DossierTask.objects.filter(dossier_id__in=ids))
    slips = _grouped(IssuedSlip.objects.filter(dossier_id__in=ids).order_by("dossier_id", "event"))
    links = _grouped(DossierFile.objects.filter(dossier_id__in=ids))
    for row in batch:
        history = by_dossier.get(row.id, [])
        state, files = _refold(row, history, found)
        if prefix := _prefix_of(state, found.prefixes):
            found.serials[prefix] += 1
        _compare_dossier(row, state)
        _compare_tasks(row.id, state, tasks.get(row.id, []))
        _compare_slips(row.id, state, slips.get(row.id, []))
        _compare_files(row.id, files, links.get(row.id, []))
        events += len(history)
    return events


def _batches() -> Iterator[list[Dossier]]:
    last: UUID | None = None
    while True:
        rows = Dossier.objects.order_by("id")
        batch = list((rows.filter(id__gt=last) if last else rows)[:BATCH])
        if not batch:
            return
        last = batch[-1].id
        yield batch


def _grouped(rows: Any) -> dict[UUID, list[Any]]:
    groups: dict[UUID, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.dossier_id, []).append(row)
    return groups


def _refold(
    row: Dossier, history: list[DossierEvent], found: _Found, known: Folded | None = None
) -> tuple[State, Held]:
    """State and files after these events, which follow on what is `known`."""
    _check_chain(row, history, known)
    state: State | None = known.state if known else None
    files: Held = known.files if known else {}
    for stored in history:
        event, before = _read(stored, f"{row.id}/{stored.seq}"), state
        state = fold(state, event, stored.at.astimezone(ZONE))
        _add(found.figures, counted(event, before, state, stored.at))
        if undone := no_longer_counted(event, before, state):
            _add(found.figures, undone)
        if took := settling_time(before, state, stored.at):
            found.times[took] += 1
        if used := service_use(event, state, stored.at):
            found.uses[used] += 1
        files = held(files, state, before)
    if state is None:
        raise _Differs("dossier", row.id, "it has no events")
    return state, files


def _check_chain(row: Dossier, history: list[DossierEvent], known: Folded | None) -> None:
    start = known.last_hash if known else GENESIS
    previous, entries = start, []
    for number, stored in enumerate(history, start=known.state.version + 1 if known else 1):
        if stored.seq != number:
            raise _Differs("event", f"{row.id}/{stored.seq}", f"event {number} is missing")
        body = hash_body(
            row.id,
            stored.seq,
            stored.kind,
            stored.schema,
            stored.at,
            (stored.actor_kind, stored.actor_id, stored.actor_name),
            stored.payload,
        )
        entries.append(chain.Entry(f"{row.id}/{stored.seq}", previous, bytes(stored.hash), body))
        previous = bytes(stored.hash)
    try:
        broken = chain.verify(entries, start=start)
    except TypeError:  # a payload that could never have been written: floats have no canonical form
        raise _Differs("dossier", row.id, "an event holds what cannot have been written") from None
    if broken is not None:
        raise _Differs("event", broken.ref, "the hash does not fit the content")
    if (history or known) and previous != bytes(row.last_hash):
        raise _Differs("dossier", row.id, "the last hash is not that of the last event")


def _read(stored: DossierEvent, where: str) -> Event:
    try:
        return read_event(stored.kind, stored.schema, stored.payload)
    except ValueError as error:
        raise _Differs("event", where, str(error)) from error


def _add(counts: Counts, changed: Counted) -> None:
    for figure in changed.figures:
        counts[changed.agency_id, changed.on_day, figure.value] += changed.step


def _compare_dossier(row: Dossier, state: State) -> None:
    for column, value in dossier_columns(state).items():
        same = getattr(row, column) == value or (column == "state" and _is_state(row.state, state))
        if not same:
            raise _Differs("dossier", row.id, f"column {column} differs")


def _is_state(stored: Any, state: State) -> bool:
    """Compared as it is read: fields that came with a later release are absent in what an older one wrote."""
    try:
        return from_wire(State, stored) == state
    except (WireError, ValueError, TypeError, AttributeError):
        return False


def _compare_tasks(dossier_id: UUID, state: State, rows: list[DossierTask]) -> None:
    stored = {row.key: row for row in rows}
    wanted = {task.key: task_columns(task, state) for task in state.tasks}
    for key in stored.keys() ^ wanted.keys():
        raise _Differs(
            "task", f"{dossier_id}/{key}", "is missing" if key in wanted else "should not be there"
        )
    for key, columns in wanted.items():
        for column, value in columns.items():
            if getattr(stored[key], column) != value:
                raise _Differs("task", f"{dossier_id}/{key}", f"column {column} differs")


def _compare_slips(dossier_id: UUID, state: State, rows: list[IssuedSlip]) -> None:
    stored = [(row.event, row.kind, row.number, row.issued_at) for row in rows]
    wanted = [(slip.event, slip.kind.value, slip.number, slip.issued_at) for slip in state.slips]
    if stored != wanted:
        raise _Differs("slip", dossier_id, "the slips are not those of the events")


def _compare_files(dossier_id: UUID, files: Held, rows: list[DossierFile]) -> None:
    stored = {str(row.file_id): row.is_result for row in rows}
    for file_id in stored.keys() ^ files.keys():
        raise _Differs(
            "file", f"{dossier_id}/{file_id}", "is missing" if file_id in files else "should not be there"
        )
    if stored != files:
        raise _Differs("file", dossier_id, "what is a result and what is not differs")


def _compare_orphans() -> None:
    """Foreign keys hold rows to their dossier; this catches a dossier that was taken away by force."""
    for table, model in (
        ("event", DossierEvent),
        ("task", DossierTask),
        ("slip", IssuedSlip),
        ("file", DossierFile),
    ):
        kept = Dossier.objects.filter(id=OuterRef("dossier_id"))
        orphan = model.objects.filter(~Exists(kept)).values_list("dossier_id", flat=True).first()
        if orphan is not None:
            raise _Differs(table, orphan, "its dossier is missing")


def _prefixes() -> dict[date, list[str]]:
    """What codes begin with on each day, the longest first."""
    found: dict[date, list[str]] = {}
    for row in CodeSerial.objects.order_by("on_day"):
        found.setdefault(row.on_day, []).append(row.agency_code)
    return {day: sorted(codes, key=len, reverse=True) for day, codes in found.items()}


def _prefix_of(state: State, prefixes: dict[date, list[str]]) -> tuple[date, str] | None:
    """Day and prefix whose serial the dossier's code took; None without a code."""
    if not state.code or state.accepted_at is None:
        return None
    day = local(state.accepted_at).date()
    return day, next((prefix for prefix in prefixes.get(day, []) if prefix in state.code), "")


def _compare_serials(serials: Counter[tuple[date, str]]) -> None:
    """As many codes as serials were taken: a code that is missing would be a gap."""
    stored = {(row.on_day, row.agency_code): row.last for row in CodeSerial.objects.all().iterator()}
    _compare_counts("serial", stored, serials, "there are {} codes")


def _compare_figures(counts: Counts) -> None:
    stored = {
        (row.agency_id, row.on_day, row.figure): row.count
        for row in DailyFigure.objects.order_by("agency_id", "on_day", "figure").iterator()
    }
    _compare_counts("figure", stored, counts, "the events make {}")


def _compare_times(times: Times) -> None:
    stored = {
        (row.procedure_version_id, row.on_month, row.hours): row.count
        for row in SettlingTime.objects.order_by("procedure_version_id", "on_month", "hours").iterator()
    }
    _compare_counts("settling time", stored, times, "events make {}")


def _compare_uses(uses: Uses) -> None:
    stored = {
        (row.procedure_version_id, row.on_month, row.channel): row.count
        for row in ServiceUse.objects.order_by("procedure_version_id", "on_month", "channel").iterator()
    }
    _compare_counts("service use", stored, uses, "events make {}")


def _compare_counts(table: str, stored: Mapping[Any, int], folded: Mapping[Any, int], found: str) -> None:
    """The first row, in order, that holds another number than was folded; `found` says that one."""
    for key in sorted(stored.keys() | folded.keys()):
        if stored.get(key, 0) != folded.get(key, 0):
            raise _Differs(table, key, f"stored {stored.get(key, 0)}, {found.format(folded.get(key, 0))}")
