"""The hand-written SQL names exactly the columns of the models."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Model
from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.world import MONDAY

from motcua.documents.enums import SlipKind
from motcua.dossiers.enums import Status
from motcua.dossiers.models import Dossier, DossierEvent, DossierFile, DossierTask, IssuedSlip
from motcua.dossiers.rules.state import ClockPause, OpenTask, Slip, State
from motcua.dossiers.services import tables
from motcua.dossiers.services.rows import dossier_columns, slip_columns, task_columns


def columns(model: type[Model]) -> set[str]:
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


def test_changed_task_is_written_in_every_column_that_can_differ() -> None:
    state = State(Status.SUBMITTED, 1, TARGET, CONTENTS)
    made = task_columns(OpenTask("k", "s", "intake", "n", "receiver", 1, MONDAY), state)
    assert set(re.findall(r"(\w+) = excluded\.\1", tables._TASKS)) == made.keys() - {"key"}


def test_slip_columns_are_those_of_the_model_and_of_rows() -> None:
    made = slip_columns(Slip(SlipKind.DECLINE, 3, "1/TC", MONDAY))
    assert listed(tables._SLIPS) == columns(IssuedSlip) == {"dossier_id", "file_id", *made}


def test_file_columns_are_those_of_the_model() -> None:
    fetched = {"fetched_at", "fetched_by_id"}  # filled when somebody fetches it
    assert listed(tables._FILES) | fetched == columns(DossierFile)


def test_dossier_columns_of_rows_are_those_of_the_model() -> None:
    made = dossier_columns(State(Status.SUBMITTED, 1, TARGET, CONTENTS, last_at=MONDAY))
    assert {"id", "last_hash", *made} == columns(Dossier)


@pytest.mark.django_db
def test_statement_is_prepared_once_whatever_the_size_of_its_numbers() -> None:
    """psycopg types a number by its size: nearly every act would be a statement of its own."""
    asked = "SELECT %s::bigint, %s::timestamptz AS prepared_once"
    moment = datetime(2026, 3, 2, 8, tzinfo=UTC)
    for number, at in ((1, None), (40_000, moment), (5_000_000_000, moment), (None, None)):
        assert tables.run(asked, [number, at]) == (number, at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%prepared_once'")
        assert cursor.fetchone() == (1,)


def plans() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_questions_are_planned_for_whom_they_ask_about_and_an_act_keeps_its_plans() -> None:
    """One plan for all units read a busy one twenty times as long as a plan of its own."""
    assert plans() == "force_custom_plan"
    with transaction.atomic():
        missing, answer = tables.lock(uuid4(), lambda: lambda: "asked")
        assert (missing, answer, plans()) == (None, "asked", "auto")
    assert plans() == "force_custom_plan"


@pytest.mark.parametrize(
    ("kind", "limit", "stands"),
    [("intake", "", False), ("intake", "4wh", True), ("process", "", True), ("consult", "3wd", False)],
)
def test_term_of_handing_over_runs_on_in_the_lists_while_the_dossier_stands(
    kind: str, limit: str, stands: bool
) -> None:
    paused = (ClockPause(MONDAY, "financial_obligation"),)
    state = State(Status.AWAITING_PAYMENT, 1, TARGET, CONTENTS, pauses=paused)
    task = OpenTask("k", "s", kind, "n", "receiver", 1, MONDAY, limit=limit)
    assert task_columns(task, state)["is_paused"] is stands
