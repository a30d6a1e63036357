"""A place of the simulation's own: state folder, embedded server, database. Never the operator's.

The folder lies below the state folder, the server runs over it alone, and a database that does not say of
itself that it was simulated is not touched.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from motcua.config import places, secret
from motcua.config.postgres import Server
from motcua.config.simulation.plan import Plan

ENGINE = "motcua.config.simulation.database"
_GIVEN = ("DATABASE_URL", "DATABASE_URL_FILE", "MOTCUA_S3_BUCKET", "MOTCUA_MEDIA_DIR")
KIND = "motcua simulation "
# By which days the data and the regulation of each province hold for a whole year.
STARTS = {
    "kon-tum": date(2023, 1, 3),
    "quang-ngai": date(2023, 1, 3),
    "dak-lak": date(2025, 1, 2),
    "phu-tho": date(2025, 1, 2),
}


class NotOurs(Exception):
    """The place is somebody else's, or somebody is in it."""


def folder_of(plan: Plan, kind: str = "simulation") -> Path:
    """Where this run, or this share of it, lies."""
    folder = places.state_dir() / kind / plan.name
    return folder / f"{plan.share:04d}" if plan.share else folder


def store_of(plan: Plan) -> Path:
    """Where loaded provinces are kept, of each the last: to load one takes longer than to copy it."""
    return places.state_dir() / "simulation" / "loaded" / plan.province


def prepare(plan: Plan, folder: Path) -> None:
    """Point the settings at our own folder. To be called before Django is set up. Raises NotOurs."""
    refuse_what_is_given()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
        "MOTCUA_DEMO": "yes",
        "MOTCUA_STATE_DIR": str(folder),
        "MOTCUA_PROVINCE": plan.province,
        "MOTCUA_LOG_LEVEL": os.environ.get("MOTCUA_LOG_LEVEL", "ERROR"),
    }
    secret.ensure(folder)


def refuse_what_is_given() -> None:
    """Raise NotOurs where a variable names an operator's data."""
    named = [name for name in _GIVEN if os.environ.get(name)]
    if named:
        raise NotOurs(f"{', '.join(named)} is set, but the simulation plays on data of its own: unset it")


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; it ends with this process, however that ends. Raises NotOurs."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "simulation.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise NotOurs(f"a simulation is running in {folder} already") from None
    finally:
        os.close(handle)


@contextlib.contextmanager
def database() -> Iterator[Server]:
    """Our server with our database in it, and static files as they are. Django is set up here."""
    import django
    from django.conf import settings
    from django.db import connections
    from django.test import override_settings

    django.setup()
    ours = connections.settings["default"]
    ours["ENGINE"] = ENGINE
    ours["OPTIONS"]["options"] = "-c plan_cache_mode=force_generic_plan"  # the same statements all year
    del connections["default"]
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # or WhiteNoise warns that it is not there
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with Server(settings.STATE_DIR / "postgres", durable=False) as server:
        server.ensure_database(settings.DATABASES["default"]["NAME"])
        try:
            with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
                yield server
        finally:
            connections.close_all()


def start_loaded(server: Server, store: Path, key: str) -> bool:
    """Begin with a copy of the province that was kept under this key; False if there is none.

    Raises NotOurs if the database holds anything that was not simulated.
    """
    from django.conf import settings
    from django.db import connections

    _refuse_what_is_not_ours()
    connections.close_all()
    if not (store / key).exists():
        return False
    server.begin_with(store / key)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    return True


def keep_loaded(server: Server, store: Path, key: str) -> None:
    """Keep the province as it was just loaded, in place of the one that was kept before."""
    from django.db import connections

    connections.close_all()
    for old in store.iterdir():
        if old.is_dir():
            shutil.rmtree(old, ignore_errors=True)
    server.keep_copy(store / key)


def loaded_key(plan: Plan) -> str:
    """A hash over everything that a loaded province hangs on."""
    from motcua.config.demo import marker

    return marker.fingerprint(0, plan.seed, plan.start, code=("**/*.py",))


@contextlib.contextmanager
def one_at(store: Path) -> Iterator[None]:
    """Wait until nobody else copies what is kept there, or loads what will be."""
    store.mkdir(parents=True, exist_ok=True)
    handle = os.open(store / "loaded.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _refuse_what_is_not_ours() -> None:
    from django.conf import settings
    from django.db import connection

    from motcua.config.demo import marker

    if connection.introspection.table_names() and marker.read(KIND) is None:
        raise NotOurs(f"the database below {settings.STATE_DIR} is not one of the simulation")


def start_over(server: Server) -> None:
    """An empty database with all tables. Raises NotOurs if it holds anything that was not simulated."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from motcua.config.demo import marker

    _refuse_what_is_not_ours()
    connections.close_all()
    server.recreate_database(settings.DATABASES["default"]["NAME"])
    marker.write({"fingerprint": ""}, KIND)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    call_command("migrate", interactive=False, verbosity=0)


def clear_away(server: Server) -> None:
    """Stop the server and throw away database and files: the run has ended, and everything held."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    server.erase()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def mark_begun(plan: Plan) -> None:
    """The database holds the world and the book of this run from now on."""
    from motcua.config.demo import marker

    marker.write({"fingerprint": fingerprint(plan)}, KIND)


def has_begun(plan: Plan) -> bool:
    """Whether the database holds this run, of this code."""
    from motcua.config.demo import marker

    return (marker.read(KIND) or {}).get("fingerprint") == fingerprint(plan)


def fingerprint(plan: Plan) -> str:
    """A hash over everything that settles a run: the plan, the data files, the code that plays."""
    from motcua.config.demo import marker

    code = ("config/simulation/**/*.py", "dossiers/**/*.py", "process/rules/*.py", "worktime/rules/*.py")
    return marker.fingerprint(plan.dossiers, plan.seed, plan.start, plan.share, plan.share_size, code=code)


def keep(folder: Path, told: dict[str, Any]) -> None:
    """Lay the report beside the database, whole or not at all."""
    partial = folder / "report.new"
    partial.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    partial.replace(folder / "report.json")


def kept(folder: Path) -> dict[str, Any] | None:
    """What was told of the run last; None if nothing was."""
    file = folder / "report.json"
    if not file.exists():
        return None
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
