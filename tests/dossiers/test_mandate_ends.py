"""Mandates that run out: both sides are told some days before, once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.accounts import acting
from tests.dossiers.world import World

from motcua.accounts import services as accounts
from motcua.accounts.rules.limits import limit
from motcua.dossiers.services.mandate_ends import KEY, tell_of_ends
from motcua.kernel.dates import day_in_words
from motcua.notify import queries as notified
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
BEFORE = limit("mandate.told_days_before")


def days(world: World, number: int) -> datetime:
    return world.now + timedelta(days=number)


def mandate(world: World, *, lasts: int) -> int:
    until = days(world, lasts).date()
    return acting.mandate(world.people["an"], world.people["binh"], world.now, until=until)


def told() -> set[int | None]:
    return {row.account_id for row in OutboxMessage.objects.filter(key=KEY)}


def test_both_sides_are_told_once_some_days_before_the_last_one(world: World) -> None:
    made = mandate(world, lasts=30)
    assert tell_of_ends(at=days(world, 29 - BEFORE)) == 0
    assert [tell_of_ends(at=days(world, 30 - BEFORE)), tell_of_ends(at=days(world, 31 - BEFORE))] == [1, 0]
    giver, receiver = world.people["an"], world.people["binh"]
    assert told() == {giver.pk, receiver.pk}
    until = day_in_words(days(world, 30))
    for who, said in ((giver, "Ủy quyền của Ông/Bà cho Binh"), (receiver, "Ủy quyền của An cho Ông/Bà")):
        (letter, *_) = notified.inbox(who.pk)
        assert f"{said} hết hạn sau {until}." in letter.body
        assert (letter.leads_to, letter.of_dossier) == (f"/tai-khoan/uy-quyen/{made}/", False)


def test_nobody_is_told_of_a_mandate_that_is_over_or_was_ended_or_never_accepted(world: World) -> None:
    made = mandate(world, lasts=30)
    accounts.end_mandate(actor=world.actor("an"), mandate_id=made, at=world.now)
    acting.mandate(world.people["an"], world.people["binh"], world.now, accepted=False)
    mandate(world, lasts=10)
    assert tell_of_ends(at=days(world, 11)) == 0
    assert tell_of_ends(at=days(world, 28)) == 0


def test_nobody_is_told_of_a_last_day_that_they_have_just_read(world: World) -> None:
    mandate(world, lasts=BEFORE)
    assert tell_of_ends(at=days(world, 1)) == 0
    assert told() == set()
