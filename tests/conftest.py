"""What every test shares: a real PostgreSQL, started when the first test asks for the database."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings
from tests import regulations
from tests.lookups import Lookups

from motcua.config import database
from motcua.config.postgres import Server
from motcua.theme import answered_pages

# No test asserts how long something takes; a machine that is busy is slow at making examples, too.
hypothesis_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")


@pytest.fixture(autouse=True)
def browsers_of_tests_are_led_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused form leads to the page that says why (`theme.answered_pages`). Browsers go there, and so do
    the clients of tests: what `post` answers is that page, with the context it was drawn with."""
    post = Client.post

    def led_on(self: Client, path: str, *args: Any, **options: Any) -> Any:
        sent = post(self, path, *args, **options)
        address = sent.headers.get("Location", "")
        if sent.status_code != 303 or f"{answered_pages.KEY}=" not in address:
            return sent
        common = {key: value for key, value in options.items() if key in ("headers", "secure")}
        page = self.get(address, **common)
        page.context, page.templates = sent.context, sent.templates
        return page

    monkeypatch.setattr(Client, "post", led_on)


@pytest.fixture(autouse=True)
def templates_ask_for_what_is_there(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A page on which a value has lost its name is drawn without it: no other test would notice."""
    lookups = Lookups()
    monkeypatch.setattr("django.template.base.logger", lookups)
    yield
    assert not lookups.failed, "\n".join(sorted(lookups.failed))


LONG = ("browser", "resilience", "config")
LOOKING_AT_ALL = ("test_routes_desk", "test_routes_portal")


@pytest.fixture(autouse=True)
def settings_of_the_environment_stay() -> Iterator[None]:
    """A command that a test runs in this process may point our variables at its own key or folder."""
    before = _our_variables()
    yield
    for name in _our_variables().keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)


def _our_variables() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith(("MOTCUA_", "DATABASE_URL"))}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    regulations.played_under(metafunc)


@pytest.fixture(name="regulation")
def regulation_of_the_world(request: pytest.FixtureRequest, settings: Settings) -> str:
    """The regulation under which a test is played: of each that it carries clauses of, else the usual one."""
    name: str = getattr(request, "param", regulations.USUAL)
    settings.PROVINCE, _ = regulations.PLACES[name]
    return name


@pytest.fixture(scope="session")
def watch() -> Iterator[regulations.Watch]:
    """Notes which regulations are asked, through the whole run."""
    watch = regulations.Watch()
    with watch.listening():
        yield watch


@pytest.fixture(autouse=True)
def clauses_are_carried_under_their_regulation(
    request: pytest.FixtureRequest, watch: regulations.Watch
) -> Iterator[None]:
    """Who carries a clause of a regulation has to run under it (see `tests.regulations`)."""
    is_played = "regulation" in request.fixturenames
    under = {request.getfixturevalue("regulation")} if is_played else set()
    watch.asked.clear()
    yield
    missed = regulations.missed(request.node, watch.asked | under)
    assert not missed, f"carries clauses of {', '.join(sorted(missed))}, but runs under no such regulation"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Folders whose files take long come first: several processes then end together.

    First of all the two that look at every page: what they find whole no walk has to look at again.
    """
    named = any("[" in str(each) for each in session.config.args)
    if not named and (faults := regulations.incomplete(items)):
        raise pytest.UsageError("clauses without their regulation in the parameters:\n" + "\n".join(faults))
    folders = {folder: rank for rank, folder in enumerate(LONG)}
    items.sort(
        key=lambda item: (
            item.path.stem not in LOOKING_AT_ALL,
            folders.get(item.path.parent.name, len(LONG)),
        )
    )


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector of cycles need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """An embedded server for this run (each xdist worker has one) without durability or traces."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-test-"))
    folder.chmod(0o755)
    server = Server(folder, durable=False)
    try:
        server.start()
        yield server
    finally:
        server.erase()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    postgres: Server, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Point Django at the server of this run, before the test database is made."""
    place = database.embedded(postgres.folder, settings.DATABASES["default"]["NAME"])
    for target in (settings.DATABASES["default"], connections["default"].settings_dict):
        target.update({key: place[key] for key in ("USER", "HOST", "PORT")})


@pytest.fixture(scope="session", autouse=True)
def flush_past_append_only_tables() -> Iterator[None]:
    """Tests that really commit are cleared by TRUNCATE, which append-only tables refuse even to us."""
    flush = DatabaseOperations.execute_sql_flush

    def flush_without_triggers(self: DatabaseOperations, sql_list: list[str]) -> None:
        # Jobs lie in tables that Django does not manage, and would stay.
        jobs = "TRUNCATE procrastinate_jobs CASCADE"
        flush(self, ["SET LOCAL session_replication_role = replica", *sql_list, jobs])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_without_triggers)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_hasher() -> Iterator[None]:
    """Argon2 is slow on purpose. What it made is still known; servers in processes of their own keep it."""
    quick = "django.contrib.auth.hashers.MD5PasswordHasher"
    with override_settings(PASSWORD_HASHERS=[quick, *settings.PASSWORD_HASHERS]):
        yield


@pytest.fixture(scope="session", autouse=True)
def throwaway_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files of tests go to a folder of this run; static files are served as they are, without a manifest."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    media, static = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("static")
    with override_settings(
        MEDIA_ROOT=media, STATIC_ROOT=static, STORAGES=settings.STORAGES | {"staticfiles": plain}
    ):
        yield
