"""Tables whose rows are added and never changed: the SQL that makes the database itself refuse.

Use in a migration, as an operation of its own after the table is made::

    migrations.RunSQL(*append_only.sql_for("dossiers_event"))
"""

from __future__ import annotations

import re

_TABLE = re.compile(r"[a-z_][a-z0-9_]{0,44}")  # leaves room for the prefix in PostgreSQL's 63 characters


def sql_for(table: str) -> tuple[str, str]:
    """Statements that add to `table` the refusal of UPDATE, DELETE and TRUNCATE, and that take it away.

    A statement that touches no row passes. A refused one raises SQLSTATE 23001 (`IntegrityError`), names
    the table and changes nothing. For a partitioned table give the parent: partitions inherit the row
    trigger, but a TRUNCATE of one partition by name is refused only if it got its own statement.
    Raises ValueError if `table` is not a plain lower-case name of at most 45 characters.

    Basis: KT18-4.3.
    """
    if not _TABLE.fullmatch(table):
        raise ValueError(f"not a plain table name: {table!r}")
    function = f"append_only_{table}"
    forward = f"""
CREATE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '% of {table} refused: its rows are added and never changed', TG_OP
        USING ERRCODE = 'restrict_violation', TABLE = '{table}';
END
$body$;
CREATE TRIGGER append_only_rows BEFORE UPDATE OR DELETE ON "{table}"
    FOR EACH ROW EXECUTE FUNCTION "{function}"();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON "{table}"
    FOR EACH STATEMENT EXECUTE FUNCTION "{function}"();
""".strip()
    backward = f"""
DROP TRIGGER append_only_table ON "{table}";
DROP TRIGGER append_only_rows ON "{table}";
DROP FUNCTION "{function}"();
""".strip()
    return forward, backward
