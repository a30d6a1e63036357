"""What people read. Faces translate the text with gettext."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from motcua.kernel.errors import N_
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.worktime.enums import Counted, Reason, SegmentKind
from motcua.worktime.rules import Due, Segment

KINDS = {
    SegmentKind.WORKED: N_("Tính vào thời hạn"),
    SegmentKind.PAUSED: N_("Tạm dừng"),
    SegmentKind.CLOSED: N_("Ngoài giờ làm việc"),
}
REASONS = {
    Reason.OPENING_HOURS: N_("giờ làm việc"),
    Reason.MAKE_UP_DAY: N_("ngày làm bù"),
    Reason.CLOCK_HOURS: N_("tính liên tục theo giờ đồng hồ"),
    Reason.NIGHT: N_("ngoài giờ hành chính"),
    Reason.MIDDAY: N_("nghỉ trưa"),
    Reason.WEEKEND: N_("nghỉ hằng tuần"),
    Reason.LOCAL_CLOSURE: N_("cơ quan không làm việc"),
}
DAYS = {
    Counted.FIRST: N_("ngày đầu, không tính"),
    Counted.DAY: N_("tính vào thời hạn"),
    Counted.PAUSED: N_("tạm dừng"),
    Counted.BEYOND: N_("ngày cuối của thời hạn là ngày nghỉ, nên hẹn vào ngày làm việc tiếp theo"),
}
PAUSE = N_("tạm dừng tính thời hạn")


def reason_label(segment: Segment) -> str:
    """Why a stretch is what it is, in Vietnamese: the name of a closure or holiday as it stands."""
    if segment.detail:
        return segment.detail
    if segment.kind is SegmentKind.PAUSED:
        return PAUSE if segment.reason == "pause" else segment.reason
    try:
        return REASONS[Reason(segment.reason)]
    except ValueError:
        return segment.reason


LIMITS = {
    TimeUnit.WORKING_HOUR: N_("%(number)s giờ làm việc"),
    TimeUnit.WORKING_DAY: N_("%(number)s ngày làm việc"),
    TimeUnit.CALENDAR_DAY: N_("%(number)s ngày"),
    TimeUnit.MONTH: N_("%(number)s tháng"),
    TimeUnit.CLOCK_HOUR: N_("%(number)s giờ"),
}


def number_text(value: Fraction) -> str:
    """As Vietnamese slips write it: two digits at least, a comma before decimals: `03`, `12`, `0,5`."""
    if value.denominator == 1:
        return f"{value.numerator:02d}"
    return f"{float(value):.3g}".replace(".", ",")


def limit_text(limit: TimeLimit) -> str:
    """`limit_text(TimeLimit.parse("3wd")) == "03 ngày làm việc"`."""
    return LIMITS[limit.unit] % {"number": number_text(limit.value)}


FORECAST = N_("lịch nghỉ lễ của năm này là dự kiến")
NOT_VALID = N_("ngày tiếp nhận nằm ngoài thời gian hiệu lực của lịch làm việc")
HOLIDAYS_UNKNOWN = N_("chưa có dữ liệu ngày nghỉ lễ năm %(years)s, ngày hẹn chưa trừ ngày nghỉ lễ của năm đó")

MONTH_END = N_("tháng cuối của thời hạn không có ngày %(day)s nên tính đến ngày cuối của tháng đó, %(last)s")


def warnings(due: Due, translate: Callable[[str], str] = str) -> tuple[str, ...]:
    """What makes a due moment less than certain, and how it was rounded; a sentence each."""
    found = []
    if last := due.month_end:
        found.append(
            translate(MONTH_END) % {"day": due.effective_start.day, "last": last.strftime("%d/%m/%Y")}
        )
    if due.years_without_holidays:
        years = ", ".join(str(year) for year in due.years_without_holidays)
        found.append(translate(HOLIDAYS_UNKNOWN) % {"years": years})
    elif due.is_forecast:
        found.append(translate(FORECAST))
    if due.received_at.date() not in due.calendar.validity:
        found.append(translate(NOT_VALID))
    return tuple(found)
