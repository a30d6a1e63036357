"""Events on the wire: what is written is read back, and what nobody knows is refused."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from tests.dossiers.test_rules_filing import filed
from tests.dossiers.test_rules_life import OFFICER

from motcua.dossiers.enums import DeclineGround
from motcua.dossiers.rules import events, notices
from motcua.kernel.actors import Actor, ActorKind

CLOSED = events.Closed("Xong")


@pytest.mark.parametrize(
    ("competent", "guidance", "way"),
    [
        ("UBND xã", "Nộp tại bộ phận một cửa", "Cơ quan có thẩm quyền: UBND xã. Nộp tại bộ phận một cửa"),
        ("UBND xã", "", "Cơ quan có thẩm quyền: UBND xã."),
        ("", "Nộp lại bản rõ", "Nộp lại bản rõ"),
        ("", "", ""),
    ],
)
def test_declined_applicant_reads_where_to_go_and_what_to_do(competent: str, guidance: str, way: str) -> None:
    assert events.Declined(DeclineGround.BY_LAW, "lý do", "1/TC", competent, guidance).way == way


def test_event_keeps_in_whose_place_it_was_done_and_only_then() -> None:
    stand_in = Actor(ActorKind.OFFICER, "7", "Dũng", for_id="8", for_name="Hạnh")
    assert events.payload_of(CLOSED, stand_in)[events.IN_PLACE_OF] == {"id": "8", "name": "Hạnh"}
    for actor in (OFFICER, None):
        assert events.payload_of(CLOSED, actor) == {"note": "Xong"}


def test_event_is_read_back_without_in_whose_place_it_was_done() -> None:
    payload = {"note": "Xong", events.IN_PLACE_OF: {"id": "8", "name": "Hạnh"}}
    assert events.read_event("closed", events.SCHEMA, payload) == CLOSED


@pytest.mark.parametrize(
    "event",
    [
        events.SupplementRequested((), "mờ", "chụp lại", "1/HDHS-1", asked_by="7", asked_for="8"),
        events.SupplementReturned("đọc được", events.Move(), "7", "8"),
    ],
)
def test_request_from_before_its_asker_was_kept_is_read_and_told_to_nobody(event: events.Event) -> None:
    assert told(events.payload_of(event), event.KIND) == ("7", "8")
    old = {key: value for key, value in events.payload_of(event).items() if not key.startswith("asked_")}
    assert told(old, event.KIND) == ()


def told(payload: dict[str, Any], kind: str) -> tuple[str, ...]:
    found = notices.for_officers(events.read_event(kind, events.SCHEMA, payload), filed())
    return found[1] if found else ()


@pytest.mark.parametrize(("kind", "schema"), [("vanished", events.SCHEMA), ("closed", events.SCHEMA + 1)])
def test_event_of_another_kind_or_schema_is_refused_and_never_guessed(kind: str, schema: int) -> None:
    with pytest.raises(ValueError, match=f"unknown event {kind} of schema {schema}"):
        events.read_event(kind, schema, {"note": "Xong"})


def test_new_kind_of_event_can_be_read_as_soon_as_it_is_defined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "KINDS", dict(events.KINDS))

    class Common(events.Event):
        __slots__ = ()

    class Sung(Common):
        __slots__ = ()
        KIND: ClassVar[str] = "sung"

    assert events.KINDS["sung"] is Sung
    assert Common not in events.KINDS.values()
