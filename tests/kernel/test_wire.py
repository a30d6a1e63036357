"""Values go out as plain JSON and come back equal; what does not fit is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pytest

from motcua.kernel.dates import ZONE
from motcua.kernel.wire import WireError, from_wire, to_wire


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    name: str
    on: date | None = None


@dataclass(frozen=True)
class Outer:
    at: datetime
    share: Fraction
    colour: Colour
    inners: tuple[Inner, ...]
    words: Mapping[str, str]
    cutoff: time = time(15)
    count: int = 0
    is_new: bool = False
    anything: Any = None


VALUE = Outer(
    at=datetime(2024, 2, 7, 16, 45, tzinfo=ZONE),
    share=Fraction(1, 3),
    colour=Colour.RED,
    inners=(Inner("a"), Inner("b", date(2024, 2, 8))),
    words={"k": "v"},
)
WIRE = {
    "at": "2024-02-07T16:45:00+07:00",
    "share": "1/3",
    "colour": "red",
    "inners": [{"name": "a", "on": None}, {"name": "b", "on": "2024-02-08"}],
    "words": {"k": "v"},
    "cutoff": "15:00:00",
    "count": 0,
    "is_new": False,
    "anything": None,
}


def test_to_wire_gives_plain_json() -> None:
    assert to_wire(VALUE) == WIRE


def test_from_wire_reads_it_back() -> None:
    assert from_wire(Outer, WIRE) == VALUE


def test_from_wire_field_that_did_not_exist_yet_takes_its_default() -> None:
    older = {key: WIRE[key] for key in ("at", "share", "colour", "inners", "words")}
    assert from_wire(Outer, older) == VALUE


BAD = [
    ({"name": 1}, "expected str, found 1"),
    ({"name": "a", "size": 2}, "Inner has no field 'size'"),
    ({"on": "2024-02-08"}, "Inner lacks name"),
]


@pytest.mark.parametrize(("data", "message"), BAD)
def test_from_wire_content_that_does_not_fit_is_refused(data: dict[str, object], message: str) -> None:
    with pytest.raises(WireError, match=message):
        from_wire(Inner, data)


def test_from_wire_truth_is_not_a_number() -> None:
    with pytest.raises(WireError, match="expected int, found True"):
        from_wire(Outer, WIRE | {"count": True})


def test_to_wire_type_without_a_form_is_refused() -> None:
    with pytest.raises(WireError, match="complex has no wire form"):
        to_wire(1j)
