"""What the demo's database holds, written beside it as its comment: no table is needed for that."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.db import connection
from psycopg import sql

from motcua.config.places import SOURCE

_PREFIX = "motcua demo "


def fingerprint(dossiers: int) -> str:
    """A hash over everything the sample data are made from: data files, migrations, the demo's own code."""
    digest = hashlib.sha256(f"{settings.PROVINCE} {dossiers}".encode())
    for file in _sources():
        digest.update(str(file.relative_to(SOURCE)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def read() -> dict[str, str] | None:
    """What was written when the sample data were complete; None for a database that holds none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        row = cursor.fetchone()
    comment = row[0] if row else None
    if not comment or not comment.startswith(_PREFIX):
        return None
    content: dict[str, str] = json.loads(comment.removeprefix(_PREFIX))
    return content


def write(content: dict[str, str]) -> None:
    name = connection.settings_dict["NAME"]
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}").format(
        sql.Identifier(name), sql.Literal(_PREFIX + json.dumps(content, sort_keys=True))
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string())


def _sources() -> list[Path]:
    found = [*SOURCE.glob("*/migrations/*.py"), *SOURCE.glob("config/demo/*.py")]
    found += [file for file in SOURCE.glob("*/data/**/*") if file.is_file() and "fonts" not in file.parts]
    return sorted(found)
