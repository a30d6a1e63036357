"""What a database of sample data holds, written beside it as its comment: no table is needed for that."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.db import connection
from psycopg import sql

from motcua.config.places import SOURCE

DEMO = "motcua demo "


def fingerprint(dossiers: int, *more: object, code: tuple[str, ...] = ()) -> str:
    """A hash over everything the sample data are made from: data files, migrations, the demo's own code.

    `more` is whatever else they hang on, `code` further patterns of source files.
    """
    digest = hashlib.sha256(" ".join(map(str, (settings.PROVINCE, dossiers, *more))).encode())
    for file in _sources(code):
        digest.update(str(file.relative_to(SOURCE)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def read(kind: str = DEMO) -> dict[str, str] | None:
    """What was written when sample data of this kind were there; None for a database that holds none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        row = cursor.fetchone()
    comment = row[0] if row else None
    if not comment or not comment.startswith(kind):
        return None
    content: dict[str, str] = json.loads(comment.removeprefix(kind))
    return content


def write(content: dict[str, str], kind: str = DEMO) -> None:
    name = connection.settings_dict["NAME"]
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}").format(
        sql.Identifier(name), sql.Literal(kind + json.dumps(content, sort_keys=True))
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string())


def _sources(code: tuple[str, ...]) -> list[Path]:
    found = [*SOURCE.glob("*/migrations/*.py"), *SOURCE.glob("config/demo/*.py")]
    found += [file for file in SOURCE.glob("*/data/**/*") if file.is_file() and "fonts" not in file.parts]
    found += [file for pattern in code for file in SOURCE.glob(pattern)]
    return sorted(found)
