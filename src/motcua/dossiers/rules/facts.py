"""What a decision may look at beside the dossier itself. Gathered by the services, never by the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.kernel.actors import Actor

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import ProcedureSheet
    from motcua.dossiers.rules.events import Event, Signature
    from motcua.dossiers.rules.state import Posting
    from motcua.kernel.limits import TimeLimit
    from motcua.law.rules import Regulation
    from motcua.process.rules.definitions import ProcessDefinition
    from motcua.worktime.rules import Calendar


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An agency of another level that does steps of the dossier, and its units."""

    name: str
    posting: Posting


@dataclass(frozen=True, slots=True)
class Facts:
    """The published things under which a dossier is handled.

    `definition` is there from acceptance on; `assignees`, names by account id of those who may be given
    the case, only for `assign`; `controls` says that the actor may release supplement requests at this stage;
    `at_desk`, only for acts of which the applicant is told, that the actor sits at the desk of the dossier;
    `promise`, only for `accept`, is the agency's shorter term for online filings; `elsewhere` are the
    agencies of other levels that the process names, by the place of its steps; `most_attached` is how many
    other documents a dossier holds; `filed_anew`, only for taking back a decline, a withdrawal or a stop, is
    the number of what the applicant has filed since for the same procedure; `unit_over`, only for taking back
    the last two, is the name of a unit that would have to go on and works no more; `has_stop_notice` says
    that the forms of the day know a notice of stopping; `desks`, only for planning a verification, are name
    and address of the province's one-stop desks; `signs_as`, only for a letter of apology in a leader's
    place, is as what the actor signs; `meanwhile`, only for what is entered after an outage, are the events
    that were recorded already and lie after the moment on paper, the earliest first.
    """

    actor: Actor
    sheet: ProcedureSheet
    regulation: Regulation
    calendar: Calendar
    definition: ProcessDefinition | None = None
    assignees: Mapping[str, str] = field(default_factory=dict)
    controls: bool = False
    at_desk: bool = False
    promise: TimeLimit | None = None
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    most_attached: int = 0
    filed_anew: str = ""
    unit_over: str = ""
    has_stop_notice: bool = False
    desks: tuple[tuple[str, str], ...] = ()
    signs_as: Signature | None = None
    meanwhile: tuple[tuple[Event, datetime], ...] = ()

    @property
    def doers(self) -> tuple[str, ...]:
        """The account ids of who acts, and of the absent colleague in whose place."""
        return tuple(each for each in (self.actor.id, self.actor.for_id) if each)

    @property
    def process(self) -> ProcessDefinition:
        """The internal process. Raises ValueError where none has started, which no rule asks for."""
        if self.definition is None:
            raise ValueError("no internal process before acceptance")
        return self.definition
