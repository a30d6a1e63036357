"""How it went and where it stands: history, open tasks, the pill, the proposal."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from motcua.agencies import queries as agencies
from motcua.desk import labels as desk_labels
from motcua.desk.dossier_page.values import Entry, Task
from motcua.desk.lines import pill_of
from motcua.dossiers import labels
from motcua.dossiers.enums import Decision, DeclineGround, Status
from motcua.dossiers.queries import DossierView, HistoryEntry
from motcua.theme.wording import Pill


def history(view: DossierView) -> tuple[Entry, ...]:
    """The newest first; how the applicant prepared the dossier before sending it is left out."""
    return tuple(entry_of(entry) for entry in reversed(view.history) if entry.kind != "draft_saved")


def entry_of(entry: HistoryEntry) -> Entry:
    lines = [_detail(name, value) for name, value in entry.details]
    return Entry(
        title=gettext(labels.EVENT.get(entry.kind, entry.kind)),
        at=entry.at,
        who=entry.actor_name,
        body="\n".join(line for line in [*lines, entry.note] if line),
    )


def _detail(name: str, value: str) -> str:
    if name == "decision":
        return gettext(labels.DECISION[Decision(value)])
    if name == "ground":
        return gettext(labels.GROUND[DeclineGround(value)])
    if name == "how":
        return gettext(desk_labels.HANDING.get(value, value))
    text = desk_labels.DETAIL.get(name)
    return gettext(text) % {"value": value} if text else value


def proposal(view: DossierView) -> str:
    if view.state.proposal is None or view.state.decision is not None:
        return ""
    last = next((entry for entry in reversed(view.history) if entry.kind == "proposed"), None)
    said = gettext(labels.DECISION[view.state.proposal])
    return "\n".join(part for part in (said, last.note if last else "") if part)


def pill(view: DossierView, now: datetime) -> Pill | None:
    """How the term runs; once the result is issued, how it ended."""
    state = view.state
    if state.due_at is None or (state.ended_at is not None and state.finished_at is None):
        return None
    calendar = agencies.calendar_of(state.target.agency_id)
    running = pill_of(state.due_at, calendar, state.finished_at or now, is_paused=state.is_paused)
    if state.finished_at is None or running is None:
        return running
    if state.is_late:
        return Pill(gettext("xong, %(late)s") % {"late": running.text}, "late")
    return Pill(gettext("xong đúng hạn"), "done")


def tasks(view: DossierView, now: datetime) -> tuple[Task, ...]:
    """What waits, for whom, and how much of the step's own time is left."""
    state = view.state
    calendar = agencies.calendar_of(state.target.agency_id)
    agency = agencies.agency(state.target.agency_id)
    found = []
    for task in state.tasks:
        unit = agency.unit(task.unit_id)
        who = view.officer_names.get(task.officer_id or "", "") or (unit.name if unit else "")
        waits_for_applicant = state.status is Status.READY
        due_at = None if waits_for_applicant else task.due_at
        left = pill_of(due_at, calendar, now, is_paused=state.is_paused)
        found.append(Task(gettext(task.name), who, left))
    return tuple(found)
