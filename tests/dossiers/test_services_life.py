"""A dossier's life through the services, and what the rows are after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.dossiers.world import MONDAY, World, moment

from motcua.agencies import queries as agencies
from motcua.agencies.models import WorkingCalendar
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Status
from motcua.dossiers.rules.receipt import arrival
from motcua.dossiers.rules.state import DocumentRef, SupplementItem
from motcua.notify.models import OutboxMessage
from motcua.worktime.rules import LocalDay, local

pytestmark = pytest.mark.django_db


@pytest.mark.clause("KT22-2.1.b#1")
def test_life_online_from_draft_to_closed_ends_closed_and_verifies(world: World) -> None:
    act = world.until("close")

    assert act.status == Status.CLOSED
    assert act.code == "000.00.15.H15-240304-0001"
    assert [entry.kind for entry in queries.history(act.dossier_id)] == [
        "draft_saved",
        "submitted",
        "accepted",
        "handed_over",
        "assigned",
        "proposed",
        "approved",
        "result_issued",
        "announced",
        "result_returned",
        "closed",
    ]
    verification = services.verify()
    assert (verification.dossiers, verification.events, verification.difference) == (1, 11, None)


def test_applicant_is_told_in_account_and_mailbox_of_acceptance_and_of_the_result(world: World) -> None:
    world.until("announce")
    told = OutboxMessage.objects.filter(account_id=world.people["an"].pk)
    for key in ("dossier.accepted", "dossier.result_ready"):
        assert sorted(told.filter(key=key).values_list("channel", flat=True)) == ["email", "in_app"], key


def test_calendar_published_ahead_does_not_count_for_what_is_received_before(world: World) -> None:
    first = world.accept(world.register())
    calendar = agencies.calendar_of(world.agency.pk, world.now.date())
    closed = tuple(LocalDay(date(2024, 3, day), "Nghỉ", ()) for day in range(5, 13))
    later = replace(calendar, name="Năm sau", local_days=closed)
    begin = world.now.date() + timedelta(days=300)
    WorkingCalendar.objects.create(
        agency=world.agency,
        name=later.name,
        body=later.to_json(),
        valid_from=begin,
        published_at=world.now,
        published_by="K",
    )
    agencies.forget()
    second = world.accept(world.register())
    assert local(world.state(second).due_at).date() == date(2024, 3, 7)
    due = queries.due_of(world.state(first))
    assert due is not None
    assert (due.due_at, due.calendar_changed) == (world.state(first).due_at, False)
    assert queries.calendar_of(world.state(first), world.now + timedelta(days=301)).name == calendar.name


def test_holiday_published_later_leaves_the_ledger_ending_at_the_promise(world: World) -> None:
    act = world.accept(world.register())
    promised = world.state(act).due_at
    before = queries.due_of(world.state(act))
    calendar = agencies.calendar_of(world.agency.pk, world.now.date())
    later = replace(calendar, local_days=(LocalDay(date(2024, 3, 5), "Nghỉ bất thường", ()),))
    WorkingCalendar.objects.create(
        agency=world.agency, name=later.name, body=later.to_json(), published_at=world.now, published_by="K"
    )
    agencies.forget()
    after = queries.due_of(world.state(act))

    assert before is not None
    assert after is not None
    assert (before.due_at, before.calendar_changed) == (promised, False)
    assert (after.due_at, after.calendar_changed) == (promised, True)
    assert after.segments[-1].end == promised
    assert "Nghỉ bất thường" in {segment.detail for segment in after.segments}


def test_arrival_is_the_filing_or_the_supplement_that_completed_it(world: World) -> None:
    world.now = moment("2024-03-03 20:58")
    act = world.submit(world.draft())
    assert arrival(world.state(act)) == moment("2024-03-03 21:00")
    assert world.state(act).received_at == moment("2024-03-04 07:30")

    world.now = MONDAY
    act = services.request_supplement(
        **world._on(act, "chi"),
        items=(SupplementItem("paper", ""),),
        reason="Giấy tờ bị mờ",
        guidance="Chụp lại bản rõ nét",
    )
    world.now = moment("2024-03-05 19:59")
    brought = (DocumentRef("paper", originals=1),)
    act = services.supplement(**world._on(act, "an"), documents=brought)
    assert arrival(world.state(act)) == moment("2024-03-05 20:00")
    assert world.state(act).received_at == moment("2024-03-06 07:30")


@pytest.mark.clause("PT24-8.1")
def test_life_at_counter_counts_from_registration(world: World) -> None:
    act = world.accept(world.register())
    state = world.state(act)

    assert state.received_at == world.moment("2024-03-04 08:01")
    assert state.due_at == world.moment("2024-03-07 08:01")
    assert [(task.step_key, task.kind) for task in state.tasks] == [("receive", "intake")]
