"""The engine of the simulation: what it sends later means what it would have meant at once."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import IntegrityError, connections, transaction

from motcua.config.simulation.database.base import DatabaseWrapper

pytestmark = pytest.mark.django_db
ALIAS = "simulated"


@pytest.fixture
def database() -> Iterator[DatabaseWrapper]:
    """A connection of the engine to the database of this run, with tables that end with it."""
    engine = DatabaseWrapper(deepcopy(connections["default"].settings_dict), ALIAS)
    connections[ALIAS] = engine
    tables = (
        "CREATE TEMP TABLE noted (number integer PRIMARY KEY)",
        "CREATE TEMP TABLE resting (number integer REFERENCES noted DEFERRABLE INITIALLY DEFERRED)",
    )
    try:
        for each in tables:
            run(engine, each)
        yield engine
    finally:
        engine.close()
        del connections[ALIAS]


def run(database: DatabaseWrapper, statement: str, *params: object) -> None:
    with database.cursor() as cursor:
        cursor.execute(statement, params)


def note(database: DatabaseWrapper, *numbers: int) -> None:
    """All of them or none."""
    with transaction.atomic(ALIAS):
        for number in numbers:
            run(database, "INSERT INTO noted VALUES (%s)", number)


def rest(database: DatabaseWrapper, number: int) -> None:
    with transaction.atomic(ALIAS):
        with transaction.atomic(ALIAS):
            run(database, "INSERT INTO resting VALUES (%s)", number)
        database.check_constraints()


def noted(database: DatabaseWrapper) -> list[int]:
    with database.cursor() as cursor:
        cursor.execute("SELECT number FROM noted ORDER BY number")
        return [row[0] for row in cursor.fetchall()]


def test_what_is_rolled_back_is_gone_and_nothing_else(database: DatabaseWrapper) -> None:
    with transaction.atomic(ALIAS):
        note(database, 1)
        with transaction.atomic(ALIAS):
            note(database, 2)
            with transaction.atomic(ALIAS):
                note(database, 3)
                transaction.set_rollback(True, ALIAS)
            with transaction.atomic(ALIAS):  # nothing is asked in it
                transaction.set_rollback(True, ALIAS)
        with pytest.raises(IntegrityError):
            note(database, 4, 1)
        note(database, 5)
    assert noted(database) == [1, 2, 5]


def test_transaction_that_is_rolled_back_leaves_nothing_and_the_next_one_goes_on(
    database: DatabaseWrapper,
) -> None:
    with transaction.atomic(ALIAS):
        note(database, 1)
        transaction.set_rollback(True, ALIAS)
    for number in (2, 3):
        with transaction.atomic(ALIAS):
            note(database, number)
    assert noted(database) == [2, 3]


def test_what_would_be_refused_at_the_end_is_refused_when_it_is_asked(database: DatabaseWrapper) -> None:
    with transaction.atomic(ALIAS):
        note(database, 1)
        with pytest.raises(IntegrityError):
            rest(database, 7)
        rest(database, 1)
    assert noted(database) == [1]


def test_rollback_to_a_savepoint_forgets_no_prepared_statement(database: DatabaseWrapper) -> None:
    with transaction.atomic(ALIAS):
        for _ in range(6):
            with transaction.atomic(ALIAS):
                noted(database)
                transaction.set_rollback(True, ALIAS)
        with database.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%FROM noted%'")
            assert cursor.fetchone() == (1,)
