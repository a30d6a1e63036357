"""Loading the processes that come with the system."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from motcua.agencies.rules.imports import ImportReport
from motcua.kernel.actors import Actor
from motcua.process.services.importing import DATA, import_file
from motcua.process.services.standards import generate_standards

FROM_THE_START = date(2018, 1, 1)


@transaction.atomic
def load_published(*, actor: Actor, at: datetime) -> ImportReport:
    """Import the processes of the data folder and generate the missing ones. Safe to repeat."""
    report = import_file(DATA / "processes.json", actor=actor, at=at)
    generate_standards(actor=actor, at=at, valid_from=FROM_THE_START)
    return report
