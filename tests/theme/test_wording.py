"""Moments, lengths and lateness in words."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.dossiers.rules.answering import ChangedAnswer
from motcua.kernel.limits import TimeLimit
from motcua.law import queries as law
from motcua.theme import wording
from motcua.theme.templatetags.motcua import in_words
from motcua.worktime import queries

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
MOMENT = datetime(2022, 3, 24, 8, 30, tzinfo=HERE)


def test_long_moment_is_written_as_in_official_letters() -> None:
    assert wording.long_moment(MOMENT) == "08 giờ 30 phút, ngày 24 tháng 3 năm 2022"


def test_moment_of_another_zone_is_told_in_vietnamese_time() -> None:
    assert wording.short_moment(datetime(2022, 3, 24, 1, 30, tzinfo=ZoneInfo("UTC"))) == "08:30 24/03/2022"


def test_day_is_written_in_words_and_in_figures() -> None:
    day = date(2026, 11, 2)
    assert (wording.long_day(day), wording.short_day(day)) == ("ngày 02 tháng 11 năm 2026", "02/11/2026")


@pytest.mark.parametrize(
    ("stored", "read"), [("1200", "1.200"), ("1234567,50", "1.234.567,50"), ("0,5", "0,5"), ("?", "?")]
)
def test_size_is_read_back_as_vietnamese_write_it(stored: str, read: str) -> None:
    assert wording.answer(FormField("x", "Diện tích", FieldKind.DECIMAL), stored) == read


def test_month_is_a_word_in_english() -> None:
    day = date(2026, 12, 4)
    with translation.override("en"):
        assert (wording.long_day(day), wording.short_day(day)) == ("4 December 2026", "4 Dec 2026")
        assert wording.short_moment(MOMENT) == "08:30, 24 Mar 2022"
        assert wording.long_moment(MOMENT).endswith("24 March 2022")


@pytest.mark.parametrize(
    ("remaining", "text", "tone"),
    [
        (1920, "còn 4 ngày làm việc", "calm"),
        (959, "còn 1 ngày làm việc", "calm"),
        (481, "còn 1 ngày làm việc", "calm"),
        (480, "còn 1 ngày làm việc", "soon"),
        (200, "còn 3 giờ làm việc", "soon"),
        (20, "còn 20 phút làm việc", "soon"),
        (0, "đến hạn", "soon"),
        (-20, "trễ 20 phút làm việc", "late"),
        (-200, "trễ 3 giờ 20 phút làm việc", "late"),
        (-479, "trễ 7 giờ 59 phút làm việc", "late"),
        (-480, "trễ 1 ngày làm việc", "late"),
        (-481, "trễ 1 ngày 1 giờ làm việc", "late"),
        (-900, "trễ 1 ngày 7 giờ làm việc", "late"),
        (-901, "trễ 2 ngày làm việc", "late"),
        (-960, "trễ 2 ngày làm việc", "late"),
    ],
)
def test_due_pill_says_what_is_left_or_how_late(remaining: int, text: str, tone: str) -> None:
    assert wording.due_pill(remaining, 480) == wording.Pill(text, tone)


@pytest.mark.parametrize(
    ("short", "text"),
    [
        ("3wd", "03 ngày làm việc"),
        ("0.5wd", "0,5 ngày làm việc"),
        ("8wh", "08 giờ làm việc"),
        ("15cd", "15 ngày"),
        ("1mo", "01 tháng"),
        ("12h", "12 giờ"),
    ],
)
def test_time_limit_is_said_in_its_own_unit(short: str, text: str) -> None:
    assert wording.time_limit(TimeLimit.parse(short)) == text


def test_hours_are_said_with_the_minutes_that_are_left() -> None:
    assert [wording.hours(minutes) for minutes in (480, 210, 45, 0)] == [
        "8 giờ",
        "3 giờ 30 phút",
        "45 phút",
        "0 phút",
    ]


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (300, "1 KB"),
        (204_800, "200 KB"),
        (1_572_864, "1,5 MB"),
        (20 * 1024 * 1024, "20 MB"),
        (58_935_000_000, "54,9 GB"),
    ],
)
def test_file_size_is_said_in_a_unit_people_know(size: int, text: str) -> None:
    assert wording.file_size(size) == text


def test_english_says_the_same() -> None:
    with translation.override("en"):
        assert wording.due_pill(-960, 480).text == "2 days of working time late"
        assert wording.due_pill(-900, 480).text == "1 day 7 hours of working time late"
        assert wording.time_limit(TimeLimit.parse("1wd")) == "01 working day"


@pytest.mark.parametrize(
    ("now", "pill"),
    [
        ("2024-03-04T17:30", wording.Pill("đến hạn", "soon")),
        ("2024-03-04T20:00", wording.Pill("vừa quá hạn", "late")),
        ("2024-03-05T08:30", wording.Pill("trễ 1 giờ làm việc", "late")),
    ],
)
def test_running_pill_late_by_closed_time_only_is_late_all_the_same(now: str, pill: wording.Pill) -> None:
    due, calendar = datetime.fromisoformat("2024-03-04T17:30+07:00"), queries.published_calendar("dak-lak")
    assert wording.running_pill(due, calendar, datetime.fromisoformat(f"{now}+07:00")) == pill


def test_running_pill_due_when_the_agency_opens_says_until_when_and_is_not_due_before() -> None:
    calendar = queries.published_calendar("dak-lak")
    monday = datetime.fromisoformat("2024-03-04T07:30+07:00")
    for now in ("2024-03-01T17:30", "2024-03-03T12:00", "2024-03-04T07:29"):
        pill = wording.running_pill(monday, calendar, datetime.fromisoformat(f"{now}+07:00"))
        assert pill == wording.Pill("đến hạn 07:30 04/03", "soon"), now
    assert wording.running_pill(monday, calendar, monday) == wording.Pill("đến hạn", "soon")
    with translation.override("en"):
        friday = datetime.fromisoformat("2024-03-01T17:30+07:00")
        assert wording.running_pill(monday, calendar, friday).text == "due 07:30, 4 Mar"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("8.1.c", "điểm c khoản 1 Điều 8"),
        ("9.1.0", "khoản 1 Điều 9"),
        ("4", "Điều 4"),
        ("14.2bis.b", "điểm b khoản 2bis Điều 14"),
        ("6.2.b-1", "gạch đầu dòng thứ 1 điểm b khoản 2 Điều 6"),
        ("QD2", "Điều 2 của Quyết định"),
    ],
)
def test_clause_is_said_as_lawyers_say_it(place: str, words: str) -> None:
    assert wording.clause(place) == words


def test_clauses_of_one_place_are_said_once() -> None:
    assert in_words(("DL24-8.1.a#1", "DL24-8.1.a#2", "DL24-9")) == "điểm a khoản 1 Điều 8, Điều 9"


def test_every_clause_of_the_registry_can_be_said() -> None:
    said = {in_words(each) for each in law.law().clauses if not each.endswith("META")}
    assert all("Điều" in each and "%" not in each for each in said)


def test_replaced_answers_are_told_by_their_labels_and_sections_where_these_are_not_enough() -> None:
    form = [
        FormSection(
            "Bên nam", (FormField("groom", "Quốc tịch"), FormField("day", "Ngày ký", FieldKind.DATE))
        ),
        FormSection("Bên nữ", (FormField("bride", "Quốc tịch"),)),
    ]
    changed = [
        ChangedAnswer("bride", None, "Lào"),
        ChangedAnswer("groom", "Việt Nam", "Lào"),
        ChangedAnswer("day", "2025-01-02", None),
        ChangedAnswer("unknown", "1", "2"),
    ]
    assert wording.changes(form, changed) == [
        "Bên nam – Quốc tịch: “Việt Nam” → “Lào”",
        "Ngày ký: “02/01/2025” → để trống",
        "Bên nữ – Quốc tịch: để trống → “Lào”",
    ]
