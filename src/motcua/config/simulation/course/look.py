"""A dossier as it stands before somebody who is about to do something, and who that may be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from motcua.agencies.enums import Role
from motcua.config.demo.stories import Office, Story
from motcua.config.simulation.happenings import Happenings
from motcua.config.simulation.world import World
from motcua.dossiers.enums import Verb
from motcua.dossiers.rules.state import OpenTask, State
from motcua.dossiers.services import Act
from motcua.kernel.actors import Actor
from motcua.worktime.rules import Calendar

AGAIN = "Phát sinh nội dung mới sau khi kiểm tra thực địa."


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody is about to do. `details` is everything the service takes beside the usual."""

    verb: Verb
    service: Callable[..., Act]
    actor: Actor
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def counted_as(self) -> str:
        """The verb, of a correction with what it puts right."""
        return " ".join(filter(None, (self.verb.value, self.details.get("what"))))


@dataclass(slots=True)
class Look:
    """A dossier as it stands at a moment, before somebody who is about to do something."""

    world: World
    happenings: Happenings
    story: Story
    state: State
    at: datetime
    rng: Random

    @property
    def office(self) -> Office:
        """The office that has the dossier now: a filing may have been passed on."""
        office = self.world.office(self.state.target.agency_id)
        assert office is not None
        return office

    @property
    def calendar(self) -> Calendar:
        return self.office.calendar

    def there(self, actor: Actor | None) -> Actor | None:
        """The officer, or who stands in while they are away; None if nobody is there."""
        if actor is None or actor.is_citizen:
            return actor
        away = self.happenings.away(actor.id, self.at.date())
        if away is None:
            return actor
        substitute = self.world.officer(away.substitute_id) if away.substitute_id else None
        if substitute is None or self.happenings.away(substitute.id, self.at.date()) is not None:
            return None  # who stands in is away as well
        return substitute

    def worker(self, task: OpenTask) -> Actor | None:
        """Who has the task to do, if somebody is there for it."""
        if task.officer_id is not None:
            return self.there(self.world.officer(task.officer_id))
        return self.there(self.world.holder(task.unit_id, task.role, self.rng))

    def of_role(self, role: Role) -> Actor | None:
        """Somebody of the office who holds the role and is there."""
        held = self.office.staff.by_role.get(role, ())
        here = [one for each in held if (one := self.there(each)) is not None]
        return self.rng.choice(here) if here else None

    def owner(self) -> Actor | None:
        """The applicant, if they have an account by which they see the dossier."""
        owner = self.story.owner
        return owner.actor if owner and self.state.owner_id == owner.actor.id else None

    def steps(self) -> list[OpenTask]:
        """The open steps of the process and of our own."""
        return [task for task in self.state.tasks if task.kind not in ("consult", "letter")]

    def at_desk(self, verb: Verb, service: Callable[..., Act], **details: Any) -> Deed | None:
        desk = self.of_role(Role.RECEIVER)
        return by(desk, verb, service, details)

    def on(self, kind: str, verb: Verb, service: Callable[..., Act], **details: Any) -> Deed | None:
        task = next((each for each in self.state.tasks if each.kind == kind), None)
        worker = self.worker(task) if task else None
        if task is None or worker is None:
            return None
        return Deed(verb, service, worker, {"task_key": task.key, **details})


def by(actor: Actor | None, verb: Verb, service: Callable[..., Act], details: dict[str, Any]) -> Deed | None:
    """The deed, if there is somebody to do it."""
    return Deed(verb, service, actor, details) if actor else None
