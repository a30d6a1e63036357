"""Days written out: what is in them, what is not, and how a worker that was stopped goes on."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.audit import queries as audit
from motcua.documents import queries as documents
from motcua.dossiers import queries, services
from motcua.dossiers.models import DailyExtract
from motcua.dossiers.rules.extracts import MOST_AT_ONCE, days_due
from motcua.kernel.errors import Forbidden, NotFound

DAY = timedelta(days=1)


def table(file_id: str) -> list[dict[str, str]]:
    with documents.open_content(file_id) as file:
        return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))


def admin(world: World) -> Account:
    world.people["khoa"].is_admin = True
    world.people["khoa"].save()
    return world.people["khoa"]


@pytest.mark.clause("QN20-23.7#2")
def test_each_day_of_receipt_and_handling_is_kept_once_with_its_hash(world: World) -> None:
    act = world.until("approve")
    first = world.now.date()
    world.later(days=1)
    world.issue(act)
    assert services.make_extracts(at=world.later(days=1)) == 1  # the first run knows only of yesterday
    DailyExtract.objects.all()
    newest = queries.extracts(settings.PROVINCE, before=None, limit=5)
    assert [(each.day, each.events, each.settled) for each in newest] == [(first + DAY, 1, 1)]
    assert services.make_extracts(at=world.later(minutes=1)) == 0
    (line,) = table(newest[0].file_id)
    assert (line["Việc đã làm"], line["Mã hồ sơ"], line["Cơ quan"]) == (
        "Ban hành kết quả", act.code, world.agency.name,
    )  # fmt: skip
    with documents.open_content(newest[0].file_id) as file:
        assert hashlib.sha256(file.read()).hexdigest() == newest[0].sha256


@pytest.mark.clause("QN20-23.7#2")
@pytest.mark.parametrize(("sent_at", "is_late"), [("2024-03-05 09:00", ""), ("2024-03-07 16:00", "Có")])
def test_late_by_the_first_promise_is_late_whatever_a_letter_that_came_too_late_says(
    world: World, sent_at: str, is_late: str
) -> None:
    act = world.until("assign")
    world.now = world.moment(sent_at)
    new_day = world.moment("2024-03-15 08:00").date()
    act = services.extend(**world._on(act, "hanh"), new_day=new_day, reason="Chờ xác minh")
    world.now = world.moment("2024-03-12 09:00")
    world.issue(world.approve(world.propose(act)))
    lines = list(queries.lines_of(settings.PROVINCE, world.now.date()))
    state = world.state(act)
    assert [line.is_late for line in lines] == [bool(is_late)] * 3
    assert {line.due_at for line in lines} == {state.promised_at if is_late else state.due_at}
    assert state.is_late is bool(is_late)
    services.make_extracts(at=world.now + DAY)
    (card, *_) = queries.extracts(settings.PROVINCE, before=None, limit=1)
    assert [line["Quá hẹn"] for line in table(card.file_id)] == [is_late] * 3


@pytest.mark.clause("QN20-23.7#2")
def test_worker_that_was_stopped_makes_up_for_the_days(world: World) -> None:
    services.make_extracts(at=world.now)
    act = world.until("accept")
    began = world.now.date()
    assert services.make_extracts(at=world.now + 4 * DAY) == 4
    cards = queries.extracts(settings.PROVINCE, before=None, limit=9)
    assert [(each.day, each.filed, each.accepted) for each in cards[:4]] == [
        (began + 3 * DAY, 0, 0), (began + 2 * DAY, 0, 0), (began + DAY, 0, 0), (began, 1, 1),
    ]  # fmt: skip
    assert [line["Mã hồ sơ"] for line in table(cards[3].file_id)] == [act.code] * 2


def test_extract_holds_nothing_of_any_person(world: World) -> None:
    services.make_extracts(at=world.now)
    world.until("close")
    services.make_extracts(at=world.now + DAY)
    (card, *_) = queries.extracts(settings.PROVINCE, before=None, limit=1)
    with documents.open_content(card.file_id) as file:
        text = file.read().decode()
    assert card.events == 10
    for personal in ("Nguyễn Văn An", "066090000001", "0905000001", "an@example.vn", "Xin cấp giấy", "Chi"):
        assert personal not in text


def test_kept_days_cannot_be_changed(world: World) -> None:
    services.make_extracts(at=world.now)
    with pytest.raises(DatabaseError), transaction.atomic():
        DailyExtract.objects.update(sha256="0" * 64)


def test_days_due_are_those_that_are_over_and_not_more_than_a_month() -> None:
    today = date(2024, 3, 4)
    assert days_due(None, today) == (date(2024, 3, 3),)
    assert days_due(date(2024, 3, 3), today) == ()
    assert days_due(date(2024, 2, 28), today) == (date(2024, 2, 29), *(date(2024, 3, n) for n in (1, 2, 3)))
    assert len(days_due(date(2023, 1, 1), today)) == MOST_AT_ONCE
    assert days_due(date(2024, 3, 9), today) == ()


def test_extract_is_taken_by_administrators_only_and_that_is_recorded(world: World) -> None:
    services.make_extracts(at=world.now)
    day = world.now.date() - DAY
    asked = {"at": world.later(minutes=1), "day": day}
    with pytest.raises(Forbidden):
        services.extract_file(actor=world.actor("hanh"), **asked)
    admin(world)
    assert services.extract_file(actor=world.actor("khoa"), **asked)
    assert audit.acts(before=None, limit=1)[0].act == "extract_taken"
    with pytest.raises(NotFound):
        services.extract_file(actor=world.actor("khoa"), at=world.now, day=day - DAY)
