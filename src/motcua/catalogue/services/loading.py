"""Loading the procedures that come with the system."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction

from motcua.agencies.rules.imports import ImportReport
from motcua.catalogue.services.competences import assign_competences
from motcua.catalogue.services.importing import DATA, import_file
from motcua.kernel.actors import Actor

PROCEDURES = DATA / "procedures.json"


@transaction.atomic
def load_published(*, province: str, actor: Actor, at: datetime) -> ImportReport:
    """Import the procedures of the data folder and say who settles them in the province.

    The agencies of the province must be there already. Safe to repeat.
    """
    report = import_file(PROCEDURES, actor=actor, at=at, is_bundled=True)
    competences = json.loads((DATA / "competences.json").read_text("utf-8"))["competences"]
    assign_competences(province=province, rows=competences, actor=actor)
    return report
