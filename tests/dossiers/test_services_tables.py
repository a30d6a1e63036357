"""The hand-written SQL names exactly the columns of the models."""

from __future__ import annotations

import re

from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.world import MONDAY

from motcua.dossiers.enums import Status
from motcua.dossiers.models import Dossier, DossierEvent, DossierTask
from motcua.dossiers.rules.state import OpenTask, State
from motcua.dossiers.services import tables
from motcua.dossiers.services.rows import dossier_columns, task_columns


def columns(model: type[Dossier] | type[DossierEvent] | type[DossierTask]) -> set[str]:
    return {str(field.column) for field in model._meta.local_fields if field.column}


def listed(sql: str) -> set[str]:
    found = re.search(r"\(([^)]*)\)", sql)
    assert found is not None
    return {name.strip() for name in found[1].split(",")}


def test_event_columns_are_those_of_the_model() -> None:
    assert listed(tables._EVENT) == columns(DossierEvent)


def test_task_columns_are_those_of_the_model_and_of_rows() -> None:
    state = State(Status.SUBMITTED, 1, TARGET, CONTENTS)
    made = task_columns(OpenTask("k", "s", "intake", "n", "receiver", 1, MONDAY), state)
    assert listed(tables._TASKS) == columns(DossierTask) == {"dossier_id", *made}


def test_dossier_columns_of_rows_are_those_of_the_model() -> None:
    made = dossier_columns(State(Status.SUBMITTED, 1, TARGET, CONTENTS, last_at=MONDAY))
    assert {"id", "last_hash", *made} == columns(Dossier)
