"""Before a closure: which letters of apology had better be sent, of however many dossiers."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.dossiers.world import World, moment

from motcua.agencies import queries as agencies
from motcua.agencies.models import LocalClosure
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import letters
from motcua.dossiers.queries.closures import both_calendars
from motcua.dossiers.rules.closing import is_sent_before
from motcua.dossiers.rules.state import ClockPause, State
from motcua.kernel.wire import to_wire
from motcua.worktime.rules import Closure

pytestmark = pytest.mark.django_db
HOW_MANY = 400


def many(world: World) -> list[State]:
    """Accepted and due at many moments; the end of every second was set anew after a pause."""
    act = world.accept(world.register())
    row, state = Dossier.objects.get(pk=act.dossier_id), world.state(act)
    accepted_at = state.accepted_at
    assert accepted_at is not None
    rows, states = [], []
    for number in range(HOW_MANY):
        due_at = accepted_at + timedelta(hours=number // 2)
        stood = (ClockPause(accepted_at, "x", accepted_at + timedelta(hours=6)),) if number % 2 else ()
        states.append(replace(state, due_at=due_at, pauses=stood))
        rows.append(made := copy(row))
        made.pk, made.state, made.due_at = uuid4(), to_wire(states[-1]), due_at
        made.code, made.filing_number, made.submission_key = f"{row.code}-{number}", None, None
    Dossier.objects.bulk_create(rows)
    return [state, *states]


def test_letters_before_a_closure_are_found_without_unpacking_a_dossier(
    world: World, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """As the rule says of each; a closure that was announced at noon is known to those set since only."""
    states = many(world)
    LocalClosure.objects.create(
        agency=world.agency,
        starts_at=moment("2024-03-07 13:30"),
        ends_at=moment("2024-03-08 00:00"),
        reason="Mất điện",
        moved=0,
        in_vain=0,
        announced_at=moment("2024-03-04 12:00"),
    )
    agencies.forget()
    at, closure = moment("2024-03-04 18:00"), Closure(moment("2024-03-07 00:00"), moment("2024-03-09 00:00"))
    sides = both_calendars([world.agency.pk], closure)[world.agency.pk]
    before, after = next((one, two) for days, one, two in sides if at.date() in days)
    expected = [
        (each.due_at, letter_by)
        for each in states
        if (letter_by := queries.letter_due_of(each)) and is_sent_before(letter_by, closure, before, after)
    ]
    monkeypatch.setattr(letters, "from_wire", None)  # whoever unpacks a state fails
    with django_assert_num_queries(1):
        found = queries.letters_before(world.agency.pk, closure, at, limit=HOW_MANY)
    assert sorted((each.due_at, each.letter_by) for each in found.first) == sorted(expected)
    assert (found.count, found.is_cut) == (len(expected), False)
    assert len({due_at - letter_by for due_at, letter_by in expected if due_at}) > 2
    cut = queries.letters_before(world.agency.pk, closure, at, with_names=True)
    assert (len(cut.first), cut.count) == (10, len(expected))
    assert {each.name for each in cut.first} == {states[0].contents.applicant.name}
    assert all(each.code.startswith(states[0].code) for each in cut.first)
