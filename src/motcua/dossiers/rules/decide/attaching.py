"""Other documents of a dossier: what belongs to it and is no paper of the procedure, slip or result."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.enums import DossierPart
from motcua.dossiers.errors import DocumentFileRequired, TitleRequired, TooManyDocuments, WrongState
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.decide.telling import for_desk_to_tell
from motcua.dossiers.rules.state import State
from motcua.kernel.text import visible_line

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts

LONGEST = 200


def attach_document(
    state: State, command: commands.AttachDocument, facts: Facts, at: datetime
) -> events.DocumentAttached:
    """Put another document into the desk's part of the dossier, or into that of the agency that settles.

    It needs a title and a file. Who settles has a part from the acceptance on. Whether the applicant has it
    too is said once and for all; nothing is ever taken out again, so how many there are has a bound, which is
    ours. Regulations that name no other documents forbid none. What others than the desk add for the
    applicant is theirs once the desk has told them; after the return only the desk adds such.

    Basis: KT22-14.2bis.a#6, KT22-14.2bis.b#3.
    """
    title = visible_line(command.title)
    if not title or len(title) > LONGEST:
        raise TitleRequired(longest=LONGEST)
    if not command.file_id:
        raise DocumentFileRequired()
    if len(state.attached) >= facts.most_attached:
        raise TooManyDocuments(most=facts.most_attached)
    if command.part is DossierPart.SETTLING and state.accepted_at is None:
        raise WrongState(status=state.status.value)
    number = len(state.attached) + 1
    move = for_desk_to_tell(state, facts, at) if command.for_applicant else events.Move()
    return events.DocumentAttached(number, command.part, title, command.file_id, command.for_applicant, move)
