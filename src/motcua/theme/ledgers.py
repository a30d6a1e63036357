"""Why this due date: the ledger of a term, put together by day so that people can follow it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext

from motcua.dossiers.enums import ENDED, WITH_RESULT, Status
from motcua.kernel.errors import N_
from motcua.kernel.limits import TimeUnit
from motcua.theme import wording
from motcua.worktime import labels
from motcua.worktime.enums import Counted, Reason, SegmentKind
from motcua.worktime.rules import Calendar, Due, Segment, counted_days, ledger, local

PAUSES = {
    "supplement": N_("chờ người nộp bổ sung"),
    "financial_obligation": N_("chờ hoàn thành nghĩa vụ tài chính"),
}
CAME = N_("Hồ sơ được ghi nhận lúc %(came)s, %(reason)s, nên được tính là nhận lúc %(counted)s.")
CAME_PLAINLY = N_("Hồ sơ được ghi nhận lúc %(came)s và được tính là nhận lúc %(counted)s.")
CLOSED_BY = {
    Reason.NIGHT: N_("ngoài giờ làm việc của cơ quan"),
    Reason.MIDDAY: N_("trong giờ nghỉ trưa của cơ quan"),
    Reason.WEEKEND: N_("vào ngày nghỉ hằng tuần"),
    Reason.LOCAL_CLOSURE: N_("vào lúc cơ quan không làm việc"),
}
CLOSED_ON = N_("vào ngày nghỉ (%(name)s)")
OPEN_HOURS_ONLY = N_("Chỉ tính giờ cơ quan làm việc; ngày nghỉ và thời gian chờ bổ sung không tính.")
_EVERY_DAY = N_(
    "Thời hạn này tính theo ngày lịch, kể cả ngày nghỉ, từ ngày hôm sau, và hết khi cơ quan đóng cửa "
    "ngày cuối; nếu ngày cuối là ngày nghỉ thì hết vào ngày làm việc tiếp theo. "
    "Thời gian chờ bổ sung không tính."
)
COUNTING = {
    TimeUnit.CALENDAR_DAY: _EVERY_DAY,
    TimeUnit.MONTH: _EVERY_DAY,
    TimeUnit.CLOCK_HOUR: N_(
        "Thời hạn này tính theo giờ đồng hồ, cả ngoài giờ làm việc và ngày nghỉ. "
        "Thời gian chờ bổ sung không tính."
    ),
}
CALENDAR_CHANGED = N_(
    "Ngày hẹn đã được ấn định theo lịch làm việc công bố trước đây và được giữ nguyên; "
    "lịch đã thay đổi sau đó, nên số giờ ở bảng trên có thể khác thời hạn."
)
MOVED_BY_PAUSE = N_(
    "Sau khi cơ quan hẹn lại, thời hạn đã tạm dừng; ngày hẹn được lùi thêm đúng bằng số giờ làm việc "
    "đã tạm dừng, nên số giờ ở bảng trên có thể khác thời hạn."
)
RENEWED = N_(
    "Bảng trên tính đến ngày hẹn theo thời hạn: %(was)s. Cơ quan đã xin lỗi vì chậm trễ và hẹn lại %(due)s; "
    "ngày này do cơ quan ấn định, không tính từ thời hạn."
)
BROKEN_OFF = N_("Hồ sơ kết thúc lúc %(at)s khi chưa có kết quả, nên thời hạn không tính tiếp.")
CLOSED_THEN = N_(
    "Đúng lúc đã hẹn, cơ quan không làm việc (%(reason)s). Ngày hẹn giữ nguyên; nếu cần đến nơi, "
    "mời đến từ %(opening)s."
)
_USUAL = frozenset({Reason.NIGHT, Reason.MIDDAY})


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """One day, or a row of closed days with the same reason. Minutes are opening minutes.

    Where a term is counted in days, a row of days that count, `days` in number, or do not.
    """

    first: date
    last: date
    worked: int
    paused: int
    reason: str
    days: int = 0

    @property
    def kind(self) -> str:
        return "worked" if self.worked or self.days else "paused" if self.paused else "closed"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a term ends when it does. `counting` says what of the time counts. `arrival` is empty if the
    dossier came while the agency was open; `closed_then` tells that the agency announced to be closed at the
    promised moment, and when it opens: `opens_at`."""

    due: Due
    counting: str
    arrival: str
    days: tuple[LedgerDay, ...]
    notes: tuple[str, ...]
    closed_then: str = ""
    opens_at: datetime | None = None

    def tells_closed(self, status: Status, *, is_fetched: bool, at: datetime) -> bool:
        """Whether people are to know that the agency is closed at the promised moment: as long as the result
        is awaited, and with a result as long as somebody may come for it before the agency opens.

        Our own (ADR 0018).
        """
        if self.opens_at is None or status in ENDED:
            return False
        return status not in WITH_RESULT or (is_fetched and at < self.opens_at)


def explained(
    due: Due | None,
    came_at: datetime | None,
    *,
    renewed: datetime | None = None,
    broken_off: datetime | None = None,
) -> Explanation | None:
    """The reasons of a due moment for a dossier that came in at `came_at`; None where no term runs.

    `renewed`: the new date that an apology has set. `broken_off`: when the dossier ended without a result.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2 (a filing off hours counts from the next working period).
    """
    if due is None:
        return None
    notes = tuple(sentence[:1].upper() + sentence[1:] + "." for sentence in labels.warnings(due, gettext))
    return Explanation(
        due,
        gettext(COUNTING.get(due.limit.unit, OPEN_HOURS_ONLY)),
        _arrival(due, came_at or due.received_at),
        tuple(in_days(due) or by_day(due.segments)),
        (*_why_this_date(due, renewed, broken_off), *notes),
        *_closed_then(due.calendar, renewed or due.due_at),
    )


def _why_this_date(due: Due, renewed: datetime | None, broken_off: datetime | None) -> Iterable[str]:
    """What else than the term and the calendar has made the date; nothing where they alone did."""
    if due.due_at is not None and renewed is not None:
        dates = {"was": wording.long_moment(due.due_at), "due": wording.long_moment(renewed)}
        yield gettext(RENEWED) % dates
    if due.moved_by_pause:
        yield gettext(MOVED_BY_PAUSE)
    if due.calendar_changed:
        yield gettext(CALENDAR_CHANGED)
    if broken_off is not None:
        yield gettext(BROKEN_OFF) % {"at": wording.long_moment(broken_off)}


def _closed_then(calendar: Calendar, moment: datetime | None) -> tuple[str, datetime | None]:
    if moment is None:
        return "", None
    here = local(moment)
    closed = calendar.day(here.date()).local
    if closed is None or calendar.open_minutes(here - timedelta(minutes=1), here):
        return "", None
    opens_at = calendar.next_opening(here)
    words = {"reason": closed.name, "opening": wording.long_moment(opens_at)}
    return gettext(CLOSED_THEN) % words, opens_at


def _arrival(due: Due, came_at: datetime) -> str:
    """That a filing on a closed moment counts as received later, and why."""
    counted = due.effective_start
    if local(came_at) >= counted:
        return ""
    first = ledger(due.calendar, came_at, counted, ())[0]
    words = {"came": wording.long_moment(came_at), "counted": wording.long_moment(counted)}
    if first.kind is not SegmentKind.CLOSED:
        return gettext(CAME_PLAINLY) % words
    return gettext(CAME) % (words | {"reason": _closed_by(first)})


def _closed_by(segment: Segment) -> str:
    known = next((text for reason, text in CLOSED_BY.items() if segment.reason == reason), None)
    if known is None:
        return gettext(CLOSED_ON) % {"name": labels.reason_label(segment)}
    return f"{gettext(known)} ({segment.detail})" if segment.detail else gettext(known)


def in_days(due: Due) -> list[LedgerDay]:
    """The days of a term that is counted in days, those of one kind drawn together; none for another term."""
    rows = []
    for each in counted_days(due):
        is_counted = each.kind is Counted.DAY
        reason = PAUSES.get(each.reason) or labels.DAYS[each.kind]
        if is_counted or (each.kind is Counted.BEYOND and (due.calendar_changed or due.moved_by_pause)):
            reason = ""  # nothing is to be said of it, or a note says it
        rows.append(
            LedgerDay(
                each.first, each.last, 0, 0, reason and gettext(reason), each.count if is_counted else 0
            )
        )
    return rows


def by_day(segments: Iterable[Segment]) -> list[LedgerDay]:
    """The days of a ledger in order; neighbouring days without any worked time are drawn together."""
    days: dict[date, LedgerDay] = {}
    for segment in segments:
        for day, minutes in _pieces(segment):
            _add(days, day, segment, minutes)
    rows: list[LedgerDay] = []
    for entry in days.values():
        last = rows[-1] if rows else None
        if last and not entry.worked and entry.kind == last.kind and entry.reason == last.reason:
            rows[-1] = replace(last, last=entry.first, paused=last.paused + entry.paused)
        else:
            rows.append(entry)
    return [row for row in rows if row.worked or row.paused or row.reason]


def _pieces(segment: Segment) -> Iterable[tuple[date, int]]:
    """The segment cut at midnights: (day, minutes)."""
    start, end = local(segment.start), local(segment.end)
    while start < end:
        midnight = start.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        until = min(midnight, end)
        yield start.date(), int((until - start).total_seconds() // 60)
        start = until


def _add(days: dict[date, LedgerDay], day: date, segment: Segment, minutes: int) -> None:
    known = days.setdefault(day, LedgerDay(day, day, 0, 0, ""))
    is_worked = segment.kind is SegmentKind.WORKED
    is_paused = segment.kind is SegmentKind.PAUSED
    reason = known.reason
    if not is_worked and str(segment.reason) not in _USUAL:
        reason = gettext(PAUSES.get(str(segment.reason)) or labels.reason_label(segment))
    if segment.reason == Reason.MAKE_UP_DAY:
        reason = gettext(labels.REASONS[Reason.MAKE_UP_DAY])
    days[day] = replace(
        known,
        worked=known.worked + (minutes if is_worked else 0),
        paused=known.paused + (minutes if is_paused else 0),
        reason=reason,
    )
