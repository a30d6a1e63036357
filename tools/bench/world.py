"""The province of the bench: the published one, with the officers and citizens of the demo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from motcua.config.demo import building, people, player, province, stories
from motcua.worktime.rules import local


@dataclass(frozen=True, slots=True)
class World:
    offices: Sequence[stories.Office]
    citizens: Sequence[people.Citizen]
    now: datetime


def load() -> World:
    now = local(timezone.now())
    opened_at = now - timedelta(days=stories.DAYS + 30)
    rng = Random(building.SEED)
    province.load_published(opened_at)
    offices = province.offices(opened_at, rng)
    place = offices[0].staff.agency.name
    return World(offices, people.citizens(province.CITIZENS, place, at=opened_at, rng=rng), now)


def play(world: World, count: int, progress: Callable[[int], None]) -> player.Report:
    """Dossiers in every state, by the real services."""
    return player.play(
        world.offices, world.citizens, count=count, now=world.now, seed=building.SEED, progress=progress
    )
