"""The kinds of values: how each is written in a file, what it becomes, and how it is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from motcua.kernel.limits import TimeLimit
from motcua.law.rules import key_spec, schema
from motcua.law.rules.key_spec import KeySpec
from motcua.law.rules.keys.governing import DUTIES, TERMED, _of_duty
from motcua.law.rules.plain import read_plain
from motcua.law.rules.values import plain_json

LIMIT = partial(key_spec.limit, "a.b", "Nghĩa")
CHOICE = partial(key_spec.choice, "a.b", "yearly by_plan", "Nghĩa")
FLAG = partial(key_spec.flag, "a.b", "Nghĩa")
NUMBER = partial(key_spec.number, "a.b", "Nghĩa")
WORDS = partial(key_spec.words, "a.b", "email sms", "Nghĩa")
FREE_WORDS = partial(key_spec.words, "a.b", "", "Nghĩa")
TEXT = partial(key_spec.text, "a.b", "Nghĩa")
TIME = partial(key_spec.time, "a.b", "Nghĩa")
DATE = partial(key_spec.date, "a.b", "Nghĩa")
DAY_OF_YEAR = partial(key_spec.day_of_year, "a.b", "Nghĩa")
DAY = dt.date(2024, 1, 29)


def only_hanoi(text: str) -> None:
    if text != "Hà Nội":
        raise ValueError(f"{text} is not Hà Nội")


PLACE = partial(key_spec.text, "a.b", "Nghĩa", only_hanoi)


@pytest.mark.parametrize(
    ("make", "raw", "value", "told"),
    [
        (LIMIT, "3wd", TimeLimit.parse("3wd"), "3wd"),
        (CHOICE, "by_plan", "by_plan", "by_plan"),
        (FLAG, False, False, False),
        (NUMBER, 0, 0, 0),
        (WORDS, ["sms", "email"], ("sms", "email"), ["sms", "email"]),
        (FREE_WORDS, ["bất kỳ"], ("bất kỳ",), ["bất kỳ"]),
        (TEXT, "chữ", "chữ", "chữ"),
        (PLACE, "Hà Nội", "Hà Nội", "Hà Nội"),
        (TIME, "15:05", dt.time(15, 5), "15:05"),
        (DATE, DAY, DAY, "2024-01-29"),
        (DAY_OF_YEAR, "11-30", "11-30", "11-30"),
    ],
)
def test_value_is_read_in_its_own_kind_and_told_as_it_was_written(
    make: Callable[[], KeySpec], raw: object, value: Any, told: object
) -> None:
    spec = make()
    assert (spec.name, spec.meaning) == ("a.b", "Nghĩa")
    assert read_plain(spec, raw) == value
    assert plain_json(value) == told


@pytest.mark.parametrize(
    ("make", "raw"),
    [
        (LIMIT, "soon"),
        (CHOICE, "weekly"),
        (FLAG, 1),
        (NUMBER, -1),
        (NUMBER, True),
        (WORDS, ["fax"]),
        (WORDS, []),
        (FREE_WORDS, "bất kỳ"),
        (TEXT, " "),
        (PLACE, "Huế"),
        (TIME, "24:00"),
        (DATE, dt.datetime(2024, 1, 29, 8, 0)),  # noqa: DTZ001 - as TOML gives it
        (DATE, "2024-01-29"),
        (DAY_OF_YEAR, "13-40"),
    ],
)
def test_value_of_another_kind_is_refused(make: Callable[[], KeySpec], raw: object) -> None:
    with pytest.raises(ValueError):
        read_plain(make(), raw)


@pytest.mark.parametrize("name", DUTIES)
def test_duty_has_who_does_it_and_a_term_where_some_text_gives_one(name: str) -> None:
    has_term = {f"duty.{name}_term": "limit", f"duty.{name}_from": "choice"} if name in TERMED else {}
    found = {spec.name: str(spec.kind) for spec in _of_duty(name, DUTIES[name])}
    assert found == {f"duty.{name}": "choice"} | has_term
    assert {key: str(spec.kind) for key, spec in schema.KEYS.items() if key in found} == found
