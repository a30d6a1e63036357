"""`motcua due`: when a dossier falls due, and why."""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motcua.worktime.enums import OffHours
    from motcua.worktime.rules import Days, Due, Pause, Segment

HELP = "Compute the due moment of a time limit, with the ledger that explains it."
NEEDS_DJANGO = False
AGENCY_HELP = (
    "agency code, if the data files give the agency hours of its own; calendars published later in the system"
    " are not looked at, for this command needs no database"
)

_HAS_TIME = re.compile(r"[T ]\d")
_STAMP = "%d/%m/%Y %H:%M"
_DAYS_ROW = "%-10s  %-10s  %7s  %s"
_ROW = "%-16s  %-16s  %10s  %-20s  %s"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--province", help="short name, such as dak-lak (default: MOTCUA_PROVINCE)")
    parser.add_argument("--agency", metavar="CODE", help=AGENCY_HELP)
    parser.add_argument(
        "--received",
        required=True,
        metavar="MOMENT",
        help="when it was filed online, ISO 8601, such as 2024-02-07T16:45; outside opening hours it counts"
        " by the rule of the province's regulation of that day, if it has one",
    )
    parser.add_argument("--limit", required=True, help="8wh, 3wd, 15cd, 1mo or 12h")
    parser.add_argument(
        "--pause", action="append", default=[], metavar="FROM/TO", help="the clock stands still; repeatable"
    )
    parser.add_argument("--cutoff", metavar="HH:MM", help="same-day rule: after it, the next working day")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    try:
        due = _due(args)
        text = json.dumps(_json(due), ensure_ascii=False, indent=2) if args.json else _text(due)
    except (ValueError, OverflowError) as error:
        print(f"motcua due: {error}", file=sys.stderr)
        return 2
    print(text)
    return 0


def _due(args: argparse.Namespace) -> Due:
    from motcua.config import env
    from motcua.kernel.limits import TimeLimit
    from motcua.worktime import queries, rules

    province = args.province or env.text("MOTCUA_PROVINCE", "dak-lak")
    calendar = queries.published_calendar(province, args.agency)
    if args.agency:
        _must_be_known(province, args.agency)
    received_at = _moment(args.received, "--received")
    return rules.due(
        calendar,
        received_at,
        TimeLimit.parse(args.limit),
        pauses=tuple(_pause(text) for text in args.pause),
        same_day_cutoff=_time(args.cutoff) if args.cutoff else None,
        off_hours=_off_hours(province, received_at.astimezone(rules.ZONE).date()),
    )


def _off_hours(province: str, on: date) -> OffHours:
    """What becomes of an online filing outside opening hours by the regulation of that day, if there is one.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2; reading A52.
    """
    from motcua.law import queries as law
    from motcua.law.errors import NoRegulation
    from motcua.worktime.enums import OffHours

    try:
        said = law.regulation_in_force(province, on).choice("intake.off_hours")
    except NoRegulation:
        said = None
    return OffHours(said) if said else OffHours.NONE


def _must_be_known(province: str, code: str) -> None:
    """Refuse a code that no agency of the province has: its hours would be taken for the province's."""
    from motcua.worktime import queries

    names = dict.fromkeys(queries.agency_codes(province), "") | _agencies(province)
    if code in names:
        return
    raise ValueError(f"--agency: no agency {code!r} in {province}; {_near(code, names)}")


def _agencies(province: str) -> dict[str, str]:
    """The codes of the published agency tree, real and synthetic, with the names."""
    from motcua.agencies.rules import trees
    from motcua.config.places import SOURCE

    text = (SOURCE / "agencies" / "data" / f"{province}.json").read_text(encoding="utf-8")
    return trees.codes_of(trees.flatten(json.loads(text)["provinces"]))


def _near(code: str, names: dict[str, str]) -> str:
    from motcua.kernel.text import fold

    spelled = {fold(text): known for known, name in names.items() for text in (known, name) if text}
    found = difflib.get_close_matches(fold(code), spelled, n=3, cutoff=0.6)
    if not found:
        return f"a code looks like {next(iter(names))}"
    codes = dict.fromkeys(spelled[text] for text in found)
    return "near: " + ", ".join(f"{each} ({names[each]})" if names[each] else each for each in codes)


def _moment(text: str, option: str) -> datetime:
    """A moment to the minute; without an offset it is Vietnamese time.

    A date alone is refused: the hour decides. So are seconds: terms are counted in minutes, and nobody would
    see what was cut off.
    """
    from motcua.worktime.rules import ZONE

    typed = text.strip()
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        raise ValueError(
            f"{option}: not a moment: {text!r} (expected for example 2024-02-07T16:45)"
        ) from None
    if not _HAS_TIME.search(typed):
        raise ValueError(f"{option}: {text!r} says no time of day (expected for example {typed}T16:45)")
    if moment.second or moment.microsecond:
        raise ValueError(f"{option}: {text!r} is more exact than a minute, by which terms are counted")
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"--cutoff: not a time of day: {text!r} (expected for example 15:00)") from None


def _pause(text: str) -> Pause:
    from motcua.worktime.rules import Pause

    start, slash, end = text.partition("/")
    if not slash:
        raise ValueError(f"--pause: {text!r} is not FROM/TO")
    return Pause(_moment(start, "--pause"), _moment(end, "--pause") if end.strip() else None)


def _json(due: Due) -> dict[str, object]:
    from motcua.worktime.labels import reason_label, warnings

    segments = [{**item.to_json(), "label": reason_label(item)} for item in due.segments]
    return {**due.to_json(), "warnings": list(warnings(due)), "segments": segments}


def _text(due: Due) -> str:
    from motcua.kernel.dates import in_words
    from motcua.worktime.labels import limit_text, warnings
    from motcua.worktime.rules import counted_days

    facts = [
        ("Tiếp nhận", in_words(due.received_at)),
        ("Tính thời hạn từ", in_words(due.effective_start)),
        ("Thời hạn", limit_text(due.limit)),
        ("Hẹn trả kết quả", in_words(due.due_at) if due.due_at else "đang tạm dừng, chưa xác định"),
        ("Lịch làm việc", f"{due.calendar_name} ({due.calendar.mark})"),
    ]
    facts += [("Lưu ý", warning) for warning in warnings(due)]
    lines = [f"{name + ':':<18}{value}" for name, value in facts]
    if days := counted_days(due):
        return "\n".join(
            [*lines, "", _DAYS_ROW % ("Từ ngày", "Đến ngày", "Số ngày", ""), *map(_days_row, days)]
        )
    header = _ROW % ("Từ", "Đến", "Thời lượng", "Đồng hồ", "Lý do")
    return "\n".join([*lines, "", header, *(_row(item) for item in due.segments)])


def _days_row(item: Days) -> str:
    from motcua.worktime.labels import DAYS

    return _DAYS_ROW % (f"{item.first:%d/%m/%Y}", f"{item.last:%d/%m/%Y}", item.count, DAYS[item.kind])


def _row(item: Segment) -> str:
    from motcua.worktime.labels import KINDS, reason_label

    start, end = item.start.strftime(_STAMP), item.end.strftime(_STAMP)
    length = f"{item.minutes // 60}:{item.minutes % 60:02d}"
    return _ROW % (start, end, length, KINDS[item.kind], reason_label(item))
