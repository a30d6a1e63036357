"""SQL that makes the rows of a table of versions frozen once published."""

from __future__ import annotations

_CREATE = """
CREATE FUNCTION {table}_stay_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {old_is_published} THEN
    IF TG_OP = 'DELETE' THEN
      RAISE EXCEPTION '{table} % is published and is never deleted', OLD.id USING ERRCODE = '23001';
    END IF;
    IF ROW({old_columns}) IS DISTINCT FROM ROW({new_columns}) THEN
      RAISE EXCEPTION '{table} % is published and never changes; publish a new version', OLD.id
        USING ERRCODE = '23001';
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {table}_stay_frozen BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_stay_frozen();
"""
_DROP = "DROP TRIGGER {table}_stay_frozen ON {table}; DROP FUNCTION {table}_stay_frozen();"


def sql_for(table: str, *columns: str, old_is_published: str = "TRUE") -> tuple[str, str]:
    """(create, drop) of a trigger that keeps `columns` of published rows; other columns may still change.

    The names come from migrations, never from input.
    """
    create = _CREATE.format(
        table=table,
        old_is_published=old_is_published,
        old_columns=", ".join(f"OLD.{column}" for column in columns),
        new_columns=", ".join(f"NEW.{column}" for column in columns),
    )
    return create, _DROP.format(table=table)
