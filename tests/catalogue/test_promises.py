"""An agency's promise of less time for online filings: what is taken in, and what it does to a term."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from tests.dossiers.world import World, make_world, moment

from motcua.audit.models import ActRecord
from motcua.catalogue import queries, services
from motcua.catalogue.models import Promise
from motcua.catalogue.rules.promises import with_promise
from motcua.catalogue.rules.sheets import OfferedLimit
from motcua.kernel.actors import SYSTEM
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.portal import who

AT = moment("2024-03-04 08:00")
LIMITS = st.builds(TimeLimit.of, st.integers(1, 60), st.sampled_from(TimeUnit))


@given(LIMITS, LIMITS, st.sampled_from(["online", "counter", "postal"]), st.booleans())
def test_promise_only_ever_shortens_what_is_filed_online(
    published: TimeLimit, promise: TimeLimit, channel: str, within_the_day: bool
) -> None:
    offered = OfferedLimit(None, None, published, "", "", time(15) if within_the_day else None)
    limit = with_promise(offered, promise, channel).limit
    shortens = promise.unit is published.unit and promise.value < published.value
    assert limit == (promise if shortens and channel == "online" and not within_the_day else published)


def test_term_without_a_promise_or_without_a_limit_stays() -> None:
    offered = OfferedLimit(None, None, None, "theo lịch", "unknown")
    assert with_promise(offered, TimeLimit.parse("1wd"), "online") == offered
    assert with_promise(offered, None, "online") == offered


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch, regulation: str) -> World:
    queries.forget()
    made = make_world(regulation=regulation)
    monkeypatch.setattr(who, "now", lambda: made.later(minutes=1))
    return made


def row(**changes: Any) -> dict[str, Any]:
    given = {
        "procedure": "1.000001",
        "agency": "so-tu-phap",
        "limit": "2wd",
        "decision": "Thông báo 12/TB-STP",
    }
    return given | changes


def imported(*rows: dict[str, Any]) -> tuple[tuple[int, int, int], list[str]]:
    report = services.import_promises(rows=rows, actor=SYSTEM, at=AT)
    return (report.created, report.updated, report.unchanged), [each.field for each in report.failures]


@pytest.mark.clause("QN20-11.5", "KT18-8.1.c")
def test_promise_is_in_force_from_its_day_and_ends_with_the_next(world: World) -> None:
    version, agency = world.version.pk, world.agency.pk
    assert imported(row(valid_from="2024-03-10")) == ((1, 0, 0), [])
    assert imported(row(valid_from="2024-03-10")) == ((0, 0, 1), [])
    assert imported(row(limit="1wd", valid_from="2024-04-01")) == ((0, 1, 0), [])
    days = [date(2024, 3, 9), date(2024, 3, 10), date(2024, 3, 31), date(2024, 4, 1)]
    found = [queries.promise_for(version, agency, day) for day in days]
    assert [str(each) if each else None for each in found] == [None, "2wd", "2wd", "1wd"]
    ends = Promise.objects.order_by("valid_from").values_list("valid_to", flat=True)
    assert list(ends) == [date(2024, 3, 31), None]
    acts = ActRecord.objects.filter(act="promise_published").order_by("id")
    assert [each.facts["limit"] for each in acts] == ["2wd", "1wd"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"limit": "3wd"}, "limit"),
        ({"limit": "5wd"}, "limit"),
        ({"limit": "8wh"}, "limit"),
        ({"limit": "soon"}, "limit"),
        ({"agency": "so-khac"}, "agency"),
        ({"procedure": "9.999999"}, "agency"),
        ({"valid_from": "2024-02-31"}, "valid_from"),
        ({"decision": ""}, "decision"),
    ],
)
def test_promise_that_promises_nothing_is_refused(world: World, changes: dict[str, str], field: str) -> None:
    assert imported(row(**changes)) == ((0, 0, 0), [field])
    assert Promise.objects.count() == 0


def test_promise_that_would_begin_before_a_published_one_is_refused(world: World) -> None:
    imported(row(valid_from="2024-03-10"))
    assert imported(row(limit="1wd", valid_from="2024-03-10")) == ((0, 0, 0), ["valid_from"])


def test_promise_is_read_from_a_file(world: World, tmp_path: Path) -> None:
    file = tmp_path / "promises.json"
    file.write_text(json.dumps({"promises": [row()]}), encoding="utf-8")
    assert services.import_promise_file(file, actor=SYSTEM, at=AT).created == 1


def test_promise_of_another_province_is_refused(world: World, settings: Settings) -> None:
    settings.PROVINCE = "phu-tho"
    assert imported(row()) == ((0, 0, 0), ["agency"])


def test_promise_of_a_later_day_leaves_accepted_dossiers_alone(world: World) -> None:
    before = world.state(world.until("accept"))
    services.import_promises(rows=[row()], actor=SYSTEM, at=world.now)
    after = world.state(world.until("accept"))
    assert (before.term.limit, after.term.limit) == ("3wd", "2wd")
    assert before.due_at is not None
    assert after.due_at is not None
    assert after.due_at < before.due_at - timedelta(hours=12)


def test_sheet_tells_the_promise_to_whoever_files_online(world: World) -> None:
    services.import_promises(rows=[row()], actor=SYSTEM, at=world.now)
    text = Client().get("/thu-tuc/1.000001/").content.decode()
    assert "Cơ quan này cam kết trả kết quả sớm hơn thời hạn công bố (03 ngày làm việc)" in text
    assert (
        "cam kết trả kết quả sớm hơn" not in Client().get("/thu-tuc/1.000001/?kenh=counter").content.decode()
    )
