"""What a decision may look at beside the dossier itself. Gathered by the services, never by the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from motcua.kernel.actors import Actor

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import ProcedureSheet
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
    the case, only for `assign`; `controls` says that the actor may release supplement requests at this stage,
    `guide` is the officer of the desk whom the applicant may ask about one that the settling side makes;
    `promise`, only for `accept`, is the agency's shorter term for online filings; `elsewhere` are the
    agencies of other levels that the process names, by the place of its steps; `most_attached` is how many
    other documents a dossier holds; `filed_anew`, only for taking back a decline, is the number of what the
    applicant has filed since for the same procedure; `has_stop_notice` says that the forms of the day know a
    notice of stopping; `desks`, only for planning a verification, are name and address of the province's
    one-stop desks.
    """

    actor: Actor
    sheet: ProcedureSheet
    regulation: Regulation
    calendar: Calendar
    definition: ProcessDefinition | None = None
    assignees: Mapping[str, str] = field(default_factory=dict)
    controls: bool = False
    guide: str = ""
    promise: TimeLimit | None = None
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    most_attached: int = 0
    filed_anew: str = ""
    has_stop_notice: bool = False
    desks: tuple[tuple[str, str], ...] = ()

    @property
    def process(self) -> ProcessDefinition:
        """The internal process. Raises ValueError where none has started, which no rule asks for."""
        if self.definition is None:
            raise ValueError("no internal process before acceptance")
        return self.definition
