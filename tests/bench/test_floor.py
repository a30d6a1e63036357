"""The floor writes plain SQL that makes the old rows the new ones, and nothing else."""

from __future__ import annotations

from tools.bench.floor import TABLES, difference

COLUMNS = {
    table: dict.fromkeys((*key, "value"), "integer") | {"body": "jsonb"} for table, key in TABLES.items()
}
NOTHING: dict[str, dict[tuple[object, ...], tuple[object, ...]]] = {table: {} for table in TABLES}
TASK = ("d", "k")


def test_difference_new_rows_of_a_table_are_one_insert() -> None:
    new = NOTHING | {"dossiers_dossiertask": {TASK: (*TASK, 1, "{}"), ("d", "l"): ("d", "l", 2, "{}")}}
    assert difference(COLUMNS, NOTHING, new) == [
        (
            'INSERT INTO dossiers_dossiertask ("dossier_id", "key", "value", "body") '
            "VALUES (%s, %s, %s, %s::jsonb), (%s, %s, %s, %s::jsonb)",
            ["d", "k", 1, "{}", "d", "l", 2, "{}"],
        )
    ]


def test_difference_changed_row_is_an_update_of_what_changed() -> None:
    old = NOTHING | {"dossiers_dossiertask": {TASK: (*TASK, 1, "{}")}}
    new = NOTHING | {"dossiers_dossiertask": {TASK: (*TASK, 1, "[]")}}
    assert difference(COLUMNS, old, new) == [
        (
            'UPDATE dossiers_dossiertask SET "body" = %s::jsonb WHERE "dossier_id" = %s AND "key" = %s',
            ["[]", "d", "k"],
        )
    ]


def test_difference_row_that_is_gone_is_a_delete() -> None:
    old = NOTHING | {"dossiers_dossiertask": {TASK: (*TASK, 1, "{}")}}
    assert difference(COLUMNS, old, NOTHING) == [
        ('DELETE FROM dossiers_dossiertask WHERE "dossier_id" = %s AND "key" = %s', ["d", "k"])
    ]


def test_difference_same_rows_need_nothing() -> None:
    same = NOTHING | {"dossiers_dossiertask": {TASK: (*TASK, 1, "{}")}}
    assert difference(COLUMNS, same, same) == []
