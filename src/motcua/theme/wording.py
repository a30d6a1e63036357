"""How numbers are said in words on both faces: moments, lengths of time, lateness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules.eforms import YES, FormField, FormSection, as_typed
from motcua.catalogue.rules.fees import FeeDue
from motcua.dossiers import labels as dossier_labels
from motcua.dossiers.rules.answering import ChangedAnswer
from motcua.dossiers.rules.completeness import handed_in
from motcua.kernel.bilingual import Bilingual
from motcua.kernel.dates import read_day
from motcua.kernel.errors import N_
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.kernel.money import Money
from motcua.worktime.rules import Calendar, Closure, late_parts

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import RequiredDocument
    from motcua.dossiers.rules.state import DocumentRef

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
SOON_MINUTES = 480


@dataclass(frozen=True, slots=True)
class Pill:
    """Words of a due-date pill and its tone: `calm`, `soon`, `late`, `paused` or `done`."""

    text: str
    tone: str


def long_moment(at: datetime) -> str:
    """As official letters write it: "08 giờ 30 phút, ngày 24 tháng 3 năm 2022"."""
    here = at.astimezone(HERE)
    clock = gettext("%(hour)02d giờ %(minute)02d phút") % {"hour": here.hour, "minute": here.minute}
    return gettext("%(clock)s, %(day)s") % {"clock": clock, "day": long_day(here.date())}


def long_day(day: date) -> str:
    """ "ngày 04 tháng 12 năm 2026"; in English "4 December 2026"."""
    if isinstance(day, datetime):
        day = day.astimezone(HERE).date()
    if _is_english():
        return dateformat.format(day, "j F Y")
    return gettext("ngày %(day)02d tháng %(month)s năm %(year)d") % {
        "day": day.day,
        "month": f"{day.month:02d}" if day.month < 3 else day.month,  # as on slips and in official letters
        "year": day.year,
    }


def answer(question: FormField, value: object) -> str:
    """A stored answer as people read it: the words of a choice, dates as 15/03/1990, money as 50.000 đồng,
    sizes as 1.234,5, counts as 12.500."""
    text = str(value)
    if question.kind is FieldKind.YES_NO:
        return gettext("Có") if text == YES else gettext("Không")
    if question.kind is FieldKind.CHOICE:
        return next((gettext(option.label) for option in question.options if option.value == text), text)
    if question.kind is FieldKind.DATE and (day := read_day(text)):
        return short_day(day)
    if question.kind is FieldKind.MONEY and text.isdigit():
        return str(Money(int(text)))
    if question.kind in (FieldKind.DECIMAL, FieldKind.WHOLE_NUMBER):
        return str(as_typed(question, text))
    return text


def changes(eform: Sequence[FormSection], changed: Iterable[ChangedAnswer]) -> list[str]:
    """Answers that were replaced, a line for each in the order of the form: "Mục đích: “Vay vốn” → “Du học”".

    The section is named where two of them ask by the same words.
    """
    by_key = {each.key: each for each in changed}
    labels = Counter(question.label for section in eform for question in section.fields)
    lines = []
    for section in eform:
        for question in (each for each in section.fields if each.key in by_key):
            name = gettext(question.label)
            if labels[question.label] > 1:
                name = f"{gettext(section.title)} – {name}"
            one = by_key[question.key]
            before, after = (
                f"“{answer(question, value)}”" if value else gettext("để trống")
                for value in (one.before, one.after)
            )
            lines.append(f"{name}: {before} → {after}")
    return lines


def fee_amount(amount: Money | None, free_if: str = "") -> str:
    """ "50.000 đồng", "miễn phí" or "theo quy định riêng"; `free_if` names the only cases that are free."""
    if amount is None:
        return gettext("theo quy định riêng")
    if free_if:
        return gettext("miễn nếu %(cases)s; trường hợp khác theo quy định riêng") % {"cases": free_if}
    return str(amount) if amount.vnd else gettext("miễn phí")


def when_due(due: FeeDue | None) -> str:
    """ "nộp khi nhận kết quả", and whether it is time; empty where nothing says when."""
    return dossier_labels.when_due(due, gettext)


def short_moment(at: datetime) -> str:
    """ "08:30 24/03/2022"; in English "08:30, 24 Mar 2022"."""
    here = at.astimezone(HERE)
    return dateformat.format(here, "H:i, j M Y") if _is_english() else here.strftime("%H:%M %d/%m/%Y")


def short_day(day: date) -> str:
    """ "04/12/2026"; in English "4 Dec 2026", for to a foreigner the former may be a day in April.

    To be read: what stands in fields is written by them (`theme.day_fields`).
    """
    if isinstance(day, datetime):
        day = day.astimezone(HERE).date()
    return dateformat.format(day, "j M Y") if _is_english() else day.strftime("%d/%m/%Y")


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def closed_span(closure: Closure) -> str:
    """When an agency is closed: "10/12/2026", "từ 10/12/2026 đến hết 12/12/2026", or by the hour."""
    starts, ends = closure.starts_at.astimezone(HERE), closure.ends_at.astimezone(HERE)
    last = ends - timedelta(minutes=1)
    words = {
        "first": short_day(starts),
        "last": short_day(last),
        "opens": f"{starts:%H:%M}",
        "closes": f"{ends:%H:%M}",
    }
    if ends.time() == time():
        if starts.time() != time():
            return gettext("từ %(opens)s %(first)s đến hết %(last)s") % words
        return (
            words["first"]
            if starts.date() == last.date()
            else gettext("từ %(first)s đến hết %(last)s") % words
        )
    if starts.date() == ends.date():
        return gettext("từ %(opens)s đến %(closes)s ngày %(first)s") % words
    return gettext("từ %(opens)s %(first)s đến %(closes)s %(last)s") % words


def working_length(minutes: int, day_minutes: int) -> str:
    """Working time that is left, in the largest whole unit, so that never more is said than there is."""
    if minutes >= day_minutes:
        days = minutes // day_minutes
        return ngettext("%(n)d ngày làm việc", "%(n)d ngày làm việc", days) % {"n": days}
    if minutes >= 60:
        hours = minutes // 60
        return ngettext("%(n)d giờ làm việc", "%(n)d giờ làm việc", hours) % {"n": hours}
    return ngettext("%(n)d phút làm việc", "%(n)d phút làm việc", minutes) % {"n": minutes}


def late_length(minutes: int, day_minutes: int) -> str:
    """Lateness in opening time, never less than it is: "2 ngày làm việc", "4 ngày 7 giờ làm việc"."""
    days, whole_hours, rest = late_parts(minutes, day_minutes)
    said = [ngettext("%(n)d ngày", "%(n)d ngày", days) % {"n": days}] if days else []
    if whole_hours or rest or not days:
        said.append(hours(whole_hours * 60 + rest))
    return gettext("%(length)s làm việc") % {"length": " ".join(said)}


def running_pill(due_at: datetime, calendar: Calendar, now: datetime) -> Pill:
    """How a running term stands: late by closed time only is late all the same, and what ends when the agency
    opens again is not due before."""
    left = calendar.open_minutes(now, due_at) if due_at >= now else -calendar.open_minutes(due_at, now)
    if due_at < now and left == 0:
        return Pill(gettext("vừa quá hạn"), "late")
    if due_at > now and left == 0:
        until = due_at.astimezone(HERE)
        moment = dateformat.format(until, "H:i, j M") if _is_english() else f"{until:%H:%M %d/%m}"
        return Pill(gettext("đến hạn %(moment)s") % {"moment": moment}, "soon")
    return due_pill(left, calendar.day_minutes)


def finished_pill(
    finished_at: datetime, due_at: datetime, calendar: Calendar, *, promised_at: datetime | None = None
) -> Pill:
    """How a term ended. `due_at` is what lateness is measured by; `promised_at` the first date given.

    Basis: PT24-10.3#1, PT24-10.3#3; by reference NĐ 61/2018 Đ19 (secondary); reading A12.
    """
    said = dossier_labels.finished(finished_at, due_at, promised_at)
    if said != dossier_labels.DONE_LATE:
        return Pill(gettext(said), "done")
    late = running_pill(due_at, calendar, finished_at)
    return Pill(gettext(said) % {"late": late.text}, "late")


def broken_off_pill(ended_at: datetime, due_at: datetime, calendar: Calendar) -> Pill | None:
    """How late a dossier was that ended without a result; None for one whose term had not passed."""
    if ended_at <= due_at:
        return None
    late = running_pill(due_at, calendar, ended_at)
    return Pill(gettext(dossier_labels.BROKEN_OFF_LATE) % {"late": late.text}, "late")


def due_pill(remaining: int, day_minutes: int = 480) -> Pill:
    """From opening minutes left until the due moment (negative: late by so much)."""
    if remaining < 0:
        return Pill(gettext("trễ %(length)s") % {"length": late_length(-remaining, day_minutes)}, "late")
    if remaining == 0:
        return Pill(gettext("đến hạn"), "soon")
    tone = "soon" if remaining <= min(SOON_MINUTES, day_minutes) else "calm"
    return Pill(gettext("còn %(length)s") % {"length": working_length(remaining, day_minutes)}, tone)


def time_limit(limit: TimeLimit) -> str:
    """ "03 ngày làm việc", "08 giờ làm việc", "0,5 ngày làm việc", "15 ngày", "01 tháng"."""
    whole = limit.value.denominator == 1
    number = f"{int(limit.value):02d}" if whole else f"{float(limit.value):.10g}".replace(".", ",")
    count = int(limit.value) if whole else 2
    texts = {
        TimeUnit.WORKING_HOUR: ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", count),
        TimeUnit.WORKING_DAY: ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", count),
        TimeUnit.CALENDAR_DAY: ngettext("%(n)s ngày", "%(n)s ngày", count),
        TimeUnit.MONTH: ngettext("%(n)s tháng", "%(n)s tháng", count),
        TimeUnit.CLOCK_HOUR: ngettext("%(n)s giờ", "%(n)s giờ", count),
    }
    return texts[limit.unit] % {"n": number}


def in_language(text: Bilingual) -> str:
    """A text of the data in the language of the reader."""
    return text.in_language(get_language() or "vi")


def whole_number(number: int) -> str:
    """A count with its thousands apart: "2.000", on English pages "2,000"."""
    grouped = f"{number:,}"
    return grouped if (get_language() or "vi").startswith("en") else grouped.replace(",", ".")


def file_size(size: int) -> str:
    """Bytes in the largest unit that fits, with a decimal comma where it is needed: "54,9 GB", "20 MB"."""
    for unit, name in ((1024**3, "GB"), (1024**2, "MB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}".replace(".0 ", " ").replace(".", ",")
    return f"{max(1, round(size / 1024))} KB"


WEEKDAYS = (
    gettext_lazy("Thứ Hai"),
    gettext_lazy("Thứ Ba"),
    gettext_lazy("Thứ Tư"),
    gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"),
    gettext_lazy("Thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)


def weekday(day: date) -> str:
    return str(WEEKDAYS[day.weekday()])


def hours(minutes: int) -> str:
    """A length in hours and minutes: "8 giờ", "3 giờ 30 phút", "45 phút"."""
    whole, rest = divmod(minutes, 60)
    said = []
    if whole:
        said.append(ngettext("%(n)d giờ", "%(n)d giờ", whole) % {"n": whole})
    if rest or not whole:
        said.append(ngettext("%(n)d phút", "%(n)d phút", rest) % {"n": rest})
    return " ".join(said)


def clause(place: str) -> str:
    """ "điểm c khoản 1 Điều 8" of `8.1.c`, the place of a clause in its regulation.

    `0` stands for the words before the points; `b-1` is the first dash of a point, `QD2` an article of the
    decision itself.
    """
    if place.startswith("QD"):
        return gettext("Điều %(n)s của Quyết định") % {"n": place.removeprefix("QD")}
    article, *inner = place.split(".")
    said = [gettext("Điều %(n)s") % {"n": article}]
    for name, number in zip((N_("khoản %(n)s"), N_("điểm %(n)s")), inner, strict=False):
        number, _, dash = number.partition("-")
        if number != "0":
            said.append(gettext(name) % {"n": number})
        if dash:
            said.append(gettext("gạch đầu dòng thứ %(n)s") % {"n": dash})
    return " ".join(reversed(said))


def papers_handed_in(document: DocumentRef, component: RequiredDocument | None, channel: str) -> str:
    """How many of a paper were handed in, as the receipt says it; what was only shown was not. Empty where no
    paper came."""
    if component is not None and component.is_shown_only:
        return gettext("Chỉ xuất trình, không nộp") if document.originals or document.copies else ""
    originals, copies = handed_in(document, component, channel)
    parts = []
    if originals:
        parts.append(gettext("%(n)d bản chính") % {"n": originals})
    if copies:
        parts.append(gettext("%(n)d bản sao") % {"n": copies})
    return ", ".join(parts)
