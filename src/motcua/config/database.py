"""Which database Django talks to: `DATABASE_URL`, or the embedded server of this checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from motcua.config.env import BadSetting
from motcua.config.postgres.server import USER, socket_folder

_PLACES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def from_url(url: str) -> dict[str, Any]:
    """Django's settings for a libpq URL or DSN; what Django has no place for goes into OPTIONS.

    Raises BadSetting without repeating the URL: it may hold a password.
    """
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        raise BadSetting("DATABASE_URL is not a PostgreSQL address (postgresql://user@host/name)") from None
    if not parts.get("dbname"):
        raise BadSetting("DATABASE_URL names no database")
    known = {_PLACES[key]: str(value) for key, value in parts.items() if key in _PLACES}
    options = {key: value for key, value in parts.items() if key not in _PLACES}
    return {"ENGINE": "django.db.backends.postgresql", **known, "OPTIONS": options}


def embedded(folder: Path, name: str) -> dict[str, Any]:
    """Django's settings for the embedded server over `folder`; whoever uses them starts the server first."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": USER,
        "HOST": str(socket_folder(folder)),
        "PORT": "5432",
        "OPTIONS": {},
    }


def add_option(settings: dict[str, Any], option: str) -> None:
    """Have the server start our connections with this option too (`name=value`)."""
    options = settings["OPTIONS"]
    options["options"] = f"{options.get('options', '')} -c {option}".strip()
