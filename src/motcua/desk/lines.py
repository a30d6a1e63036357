"""Lines of a worklist as the page shows them: words, a pill, and where the line leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from motcua.agencies import queries as agencies
from motcua.desk import labels as desk_labels
from motcua.desk.officers import Seat
from motcua.dossiers import labels
from motcua.dossiers.enums import Decision
from motcua.dossiers.queries.views import WorkItem
from motcua.dossiers.rules.life import CONSULT_STEP, CONTROL_STEP
from motcua.kernel.errors import N_
from motcua.theme import wording
from motcua.worktime.rules import Calendar, local


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `pill` is about what runs out first, and names it: the step or the whole dossier.

    `until` says by when the step is to be done, `ended` how the dossier's own term ended, once its result
    is there; then no step's term is said beside it, which would contradict it. Where the result goes out and
    nobody comes for it, the term of that step is said in its place: it is what is left to keep. `promised`:
    the dates that the applicant was told, a pause between them named, in one sentence. `asides`: what stands
    below the step, a line each: what was proposed or, once it was taken, decided; who asks whom; where and
    with whom it lies.
    """

    item: WorkItem
    step: str
    status: str
    tone: str
    pill: wording.Pill | None
    until: str
    ended: wording.Pill | None
    promised: str
    asides: tuple[str, ...]
    channel: str
    warning: str
    again: str
    href: str

    @property
    def is_for_approval(self) -> bool:
        """Whether it may be decided together with others: a proposal, or a supplement request."""
        return self.item.kind in ("approve", CONTROL_STEP)

    @property
    def waits(self) -> str:
        """Since when the applicant is waited for; empty where nobody waits for them."""
        since = self.item.waits_since
        return _said(gettext(labels.WAITED_SINCE), wording.short_moment(since)) if since else ""

    @property
    def stuck(self) -> str:
        """That nobody can take it; empty where somebody can."""
        return gettext(labels.STUCK) if self.item.is_stuck else ""

    @property
    def pick(self) -> str:
        """What stands for the line where several are chosen."""
        return self.item.dossier_id

    @property
    def pick_label(self) -> str:
        """What the box to choose the line is called."""
        names = {"code": self.item.reference, "name": self.item.applicant_name}
        return gettext("Chọn hồ sơ %(code)s của %(name)s") % names

    @property
    def shown_pill(self) -> wording.Pill | None:
        return self.pill or self.ended


def lines_of(
    items: Iterable[WorkItem],
    seat: Seat,
    now: datetime,
    href: Callable[[WorkItem], str],
    *,
    names_unit: bool = False,
) -> list[Line]:
    """Time left is counted by the calendar of the officer's own agency (the first, if there are several).

    `names_unit`: the list is of several units, so each line says where it lies.
    """
    if not seat.posts:
        return []
    calendar = calendar_at(seat, now)
    return [_line(item, calendar, now, href(item), names_unit) for item in items]


def calendar_at(seat: Seat, now: datetime) -> Calendar:
    """The calendar that an officer with posts reads lists by."""
    return agencies.calendar_of(min(post.agency_id for post in seat.posts), now.date())


def _line(item: WorkItem, calendar: Calendar, now: datetime, href: str, names_unit: bool) -> Line:
    ended = None
    if not item.goes_out:
        ended = ended_pill(
            item.finished_at,
            item.dossier_due_at,
            calendar,
            promised_at=item.promised_at,
            broken_off_at=item.broken_off_at,
        ) or _undone_pill(item, calendar)
    pill = None if ended else _pill(item, calendar, now)
    return Line(
        item=item,
        step=gettext(item.step_name) if item.step_name else "",
        status=gettext(item.stands),
        tone="" if item.is_closed else desk_labels.STATUS_TONE.get(item.status, ""),
        pill=pill,
        until=_until(item) if pill else "",
        ended=ended,
        promised=_promised(item, now),
        asides=tuple(_asides(item, names_unit)),
        channel=gettext(labels.CHANNEL.get(item.channel, "")) if item.channel else "",
        warning=gettext(labels.WARNED[item.warning]) if item.warning in labels.WARNED else "",
        again=_again(item),
        href="" if item.is_closed else href,
    )


def _undone_pill(item: WorkItem, calendar: Calendar) -> wording.Pill | None:
    """How late the desk was with what it had not done when the dossier ended; None where nothing was late."""
    if item.undone_by is None or item.ended_at is None:
        return None
    late = wording.running_pill(item.undone_by, calendar, item.ended_at)
    return wording.Pill(gettext(STEP) % {"left": late.text}, "late")


def _again(item: WorkItem) -> str:
    """Whether the work was there before; empty for what comes for the first time."""
    return gettext(item.came_back) if item.came_back else ""


def _asides(item: WorkItem, names_unit: bool) -> Iterator[str]:
    if item.decision:
        yield gettext(labels.DECIDED[Decision(item.decision)])
    elif item.proposal:
        yield _said(gettext(labels.PROPOSED), gettext(labels.DECISION[Decision(item.proposal)]))
    if item.kind == CONSULT_STEP and item.unit_name:
        yield _said(gettext(labels.ASKED_OF), item.unit_name)
    if item.asked_by:
        yield _said(gettext(labels.ASKED_BY), item.asked_by)
    if names_unit and item.kind != CONSULT_STEP and item.unit_name:
        yield item.unit_name
    if item.officer_name:
        yield item.officer_name


def _said(heading: str, what: str) -> str:
    return f"{heading} {what}"


def _promised(item: WorkItem, now: datetime) -> str:
    """What the applicant was told: the promised date, and the one that a letter has set since."""
    return promised_words(item.first_promise, item.renewed_at, item.of_pause(now))


def promised_words(promise: datetime | None, renewed_at: datetime | None, pause: str) -> str:
    """The date that was promised, the one that a letter has set since, and what a pause (`labels.of_pause`)
    means for them, in one sentence; empty where nothing was promised."""
    if promise is None:
        return ""
    before = gettext(labels.PROMISED_BEFORE_PAUSE if pause else labels.PROMISED)
    said = _said(before, wording.short_moment(promise))
    if renewed_at:
        said += ", " + _said(gettext(labels.PROMISED_ANEW), wording.short_moment(renewed_at))
    return f"{said} – {gettext(pause)}" if pause else said


def _pill(item: WorkItem, calendar: Calendar, now: datetime) -> wording.Pill | None:
    """What runs out first of the terms that run. The spreadsheet of the list says the same of each."""
    if item.is_over:
        return None
    terms = item.running_terms
    if item.is_paused or item.kind != CONSULT_STEP:
        stands = item.is_paused and not item.stopped_late
        return first_pill(*terms, calendar, now, is_paused=stands)
    return first_pill(*terms, calendar, now, step=OPINION)


def _until(item: WorkItem) -> str:
    if item.due_at is None or not item.task_key or item.is_paused:
        return ""
    return until_words(item.due_at, UNTIL_OPINION if item.kind == CONSULT_STEP else UNTIL)


def until_words(due_at: datetime, what: str) -> str:
    """By when a step is to be done."""
    return gettext(what) % {"at": wording.short_moment(due_at)}


UNTIL = N_("Hạn của bước: %(at)s")
UNTIL_OPINION = N_("Hạn cho ý kiến: %(at)s")
STEP = N_("bước %(left)s")
OPINION = N_("ý kiến %(left)s")
DOSSIER = N_("hồ sơ %(left)s")


def first_pill(
    step_due: datetime | None,
    dossier_due: datetime | None,
    calendar: Calendar,
    now: datetime,
    *,
    is_paused: bool = False,
    step: str = STEP,
) -> wording.Pill | None:
    """What runs out first of a step and its dossier, under its name; no step hides a late dossier."""
    is_late = dossier_due is not None and dossier_due < local(now) and not is_paused
    first = dossier_due if is_late else min((due for due in (step_due, dossier_due) if due), default=None)
    what = step if first is not None and first != dossier_due else DOSSIER
    return pill_of(first, calendar, now, is_paused=is_paused, what=what)


def ended_pill(
    finished_at: datetime | None,
    due_at: datetime | None,
    calendar: Calendar,
    *,
    promised_at: datetime | None = None,
    broken_off_at: datetime | None = None,
) -> wording.Pill | None:
    """How the term of a dossier ended; None while it runs, and for one without a term, or that ended within
    it without a result."""
    if due_at is not None and broken_off_at is not None:
        return wording.broken_off_pill(broken_off_at, due_at, calendar)
    if finished_at is None or due_at is None:
        return None
    return wording.finished_pill(finished_at, due_at, calendar, promised_at=promised_at)


def pill_of(
    due_at: datetime | None, calendar: Calendar, now: datetime, *, is_paused: bool = False, what: str = ""
) -> wording.Pill | None:
    """Time left or lateness in opening time; None where no term runs.

    `what` names whose term it is (`STEP`, `DOSSIER`, `OPINION`): days left say nothing without it.
    """
    if is_paused:
        return wording.Pill(gettext(labels.STANDS_STILL), "paused")
    if due_at is None:
        return None
    pill = wording.running_pill(due_at, calendar, now)
    if not what:
        return pill
    return wording.Pill(gettext(what) % {"left": pill.text}, pill.tone)
