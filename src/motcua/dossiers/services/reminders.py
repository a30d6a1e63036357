"""Questions that nobody answered in time are chased by the system itself, once, after their term."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import queries
from motcua.dossiers.rules import commands
from motcua.dossiers.rules.awaiting import needs_chasing
from motcua.dossiers.services import gather
from motcua.dossiers.services.record import carry_out
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Refusal
from motcua.worktime.rules import local


def remind_of_overdue(*, at: datetime) -> int:
    """Remind those whose answer is late and who were not reminded since; how many questions.

    Each dossier is a transaction of its own, so that one that cannot be reminded now holds up no other.

    Basis: DL24-9.1.b#2, PT24-10.1.b#2.
    """
    return sum(_remind(dossier_id, local(at)) for dossier_id in queries.dossiers_with_overdue_questions(at))


def _remind(dossier_id: str, at: datetime) -> int:
    state = queries.state_of(dossier_id)
    numbers = [asked.number for asked in state.consultations if needs_chasing(asked, at)]
    done = 0
    for number in numbers:
        try:
            with transaction.atomic():
                _remind_once(dossier_id, number, at)
        except Refusal:  # answered, decided or ended meanwhile
            continue
        done += 1
    return done


def _remind_once(dossier_id: str, number: int, at: datetime) -> None:
    before, state, _ = gather.lock(dossier_id, None, SYSTEM, at)
    facts = gather.facts_for(state.target, state.process_id, SYSTEM, at, gather.term_from(state))
    carry_out(before, commands.Remind(number), facts, SYSTEM, at)
