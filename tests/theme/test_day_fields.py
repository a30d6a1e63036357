"""Fields for days and moments: what they draw, take and refuse."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from django.template import Context, Template

from motcua.kernel.dates import ZONE
from motcua.theme.day_fields import BirthField, ClockField, DayField, MomentField
from motcua.theme.errors_on_page import page_errors
from motcua.theme.forms import FaceForm


class Asked(FaceForm):
    day = DayField(label="Ngày ký", help_text="Như trên văn bản.", required=False)
    clock = ClockField(label="Từ giờ", required=False)
    at = MomentField(label="Hẹn lúc")


def drawn(form: FaceForm, name: str) -> str:
    return Template("{% load motcua %}{% field bound %}").render(Context({"bound": form[name]}))


def test_day_is_a_line_of_text_that_shows_days_as_they_are_written_here() -> None:
    html = drawn(Asked(initial={"day": date(2026, 2, 1)}), "day")
    assert 'type="text"' in html
    assert 'value="01/02/2026"' in html
    assert "Như trên văn bản. Ngày/tháng/năm, ví dụ 15/03/2026." in html


def test_birthday_of_a_year_of_two_digits_is_past_and_shown_again_with_all_four() -> None:
    class Born(FaceForm):
        born = BirthField(label="Ngày sinh", required=False)
        day = DayField(label="Ngày ký", required=False)

    form = Born({"born": "1/1/45", "day": "1/1/45"})
    assert form.is_valid()
    assert form.cleaned_data == {"born": date(1945, 1, 1), "day": date(2045, 1, 1)}
    assert 'value="01/01/1945"' in drawn(form, "born")
    assert 'value="01/01/2045"' in drawn(form, "day")
    assert 'value="31/2/45"' in drawn(Born({"born": "31/2/45"}), "born")  # what is no day, as it was typed


def test_moment_is_a_group_of_two_lines_with_one_error_that_is_linked() -> None:
    form = Asked({"at_day": "1/2/26", "at_time": "9h30"})
    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime(2026, 2, 1, 9, 30, tzinfo=ZONE)
    faulty = Asked({"at_day": "1/2/26", "at_time": ""})
    html = drawn(faulty, "at")
    (error,) = page_errors(faulty)
    assert f'id="{error.href.removeprefix("#")}" name="at_day"' in html
    assert 'value="1/2/26"' in html  # as it was typed
    assert 'for="id_at_time"' in html


def test_moment_that_is_known_is_shown_in_vietnamese_time() -> None:
    html = drawn(Asked(initial={"at": datetime.fromisoformat("2026-01-31T20:05:00+00:00")}), "at")
    assert 'value="01/02/2026"' in html
    assert 'value="03:05"' in html


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"day": "31/4/2026"}, "day"),
        ({"day": "1/1/1899"}, "day"),
        ({"day": "9999-12-31"}, "day"),
        ({"clock": "25:00"}, "clock"),
        ({"at_day": ""}, "at"),
        ({"at_time": "x"}, "at"),
        ({"at_day": "x"}, "at"),
        ({"at_day": "", "at_time": ""}, "at"),
    ],
)
def test_what_is_no_day_or_time_is_refused_at_its_field(typed: dict[str, Any], name: str) -> None:
    form = Asked({"at_day": "1/2/26", "at_time": "0930", "clock": "8h"} | typed)
    assert list(form.errors) == [name]


def test_what_is_not_judged_is_shown_as_it_was_typed() -> None:
    form = Asked({"at_day": "mai", "at_time": "8h", "day": "x"})
    form.unjudged()
    assert 'value="mai"' in drawn(form, "at")
    assert 'value="x"' in drawn(form, "day")


def test_time_of_day_is_taken() -> None:
    form = Asked({"at_day": "1/2/26", "at_time": "0930", "clock": "13h30"})
    assert form.is_valid()
    assert form.cleaned_data["clock"] == time(13, 30)
