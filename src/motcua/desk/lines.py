"""Lines of a worklist as the page shows them: words, a pill, and where the line leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from motcua.agencies import queries as agencies
from motcua.desk import labels as desk_labels
from motcua.desk.officers import Seat
from motcua.dossiers import labels
from motcua.dossiers.enums import ENDED, Decision, Status
from motcua.dossiers.queries.views import WorkItem
from motcua.dossiers.rules.life import CONSULT_STEP
from motcua.theme import wording
from motcua.worktime.rules import Calendar


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `pill` is about what runs out first, step or dossier; `promise` is about the dossier."""

    item: WorkItem
    step: str
    status: str
    tone: str
    pill: wording.Pill | None
    promise: datetime | None
    proposal: str
    channel: str
    warning: str
    asked: str
    href: str

    @property
    def is_for_approval(self) -> bool:
        """Whether it may be decided together with others; a request to be looked over is read by itself."""
        return self.item.kind == "approve"

    @property
    def pick(self) -> str:
        """What stands for the line where several are chosen."""
        return self.item.dossier_id


def lines_of(
    items: Iterable[WorkItem], seat: Seat, now: datetime, href: Callable[[WorkItem], str]
) -> list[Line]:
    """Time left is counted by the calendar of the officer's own agency (the first, if there are several)."""
    if not seat.posts:
        return []
    calendar = agencies.calendar_of(min(post.agency_id for post in seat.posts), now.date())
    return [_line(item, calendar, now, href(item)) for item in items]


def _line(item: WorkItem, calendar: Calendar, now: datetime, href: str) -> Line:
    return Line(
        item=item,
        step=gettext(item.step_name) if item.step_name else "",
        status=gettext(labels.STATUS[item.status]),
        tone=desk_labels.STATUS_TONE.get(item.status, ""),
        pill=_pill(item, calendar, now),
        promise=item.dossier_due_at,
        proposal=gettext(labels.DECISION[Decision(item.proposal)]) if item.proposal else "",
        channel=gettext(labels.CHANNEL.get(item.channel, "")) if item.channel else "",
        warning=gettext(desk_labels.WARNING[item.warning]) if item.warning in desk_labels.WARNING else "",
        asked=item.unit_name if item.kind == CONSULT_STEP else "",
        href=href,
    )


def _pill(item: WorkItem, calendar: Calendar, now: datetime) -> wording.Pill | None:
    """Nothing runs any more once the dossier has ended, or while its result waits for the applicant."""
    if item.status in ENDED or item.status is Status.READY:
        return None
    first = min((due for due in (item.due_at, item.dossier_due_at) if due), default=None)
    return pill_of(first, calendar, now, is_paused=item.is_paused)


def pill_of(
    due_at: datetime | None, calendar: Calendar, now: datetime, *, is_paused: bool = False
) -> wording.Pill | None:
    """Time left or lateness in opening time; None where no term runs."""
    if is_paused:
        return wording.Pill(gettext("tạm dừng"), "paused")
    if due_at is None:
        return None
    return wording.running_pill(due_at, calendar, now)
