"""The embedded server, as real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from tests.resilience import outage
from tools import forget

from motcua.config import processes
from motcua.config.postgres import PostgresError, Server
from motcua.config.postgres.server import running_server

HOLDER = """
import sys, time
from pathlib import Path
from motcua.config.postgres import Server
server = Server(Path(sys.argv[1]), durable=False)
server.start()
print(server.process.pid, flush=True)
time.sleep(120)
"""


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder that the server's own user can reach, whoever runs the tests."""
    place = tmp_path_factory.mktemp("pg")
    server = Server(place, durable=False)
    yield place
    server.start()  # stops whatever a test has left
    server.erase()


@pytest.mark.django_db
def test_database_in_a_test_lower_cases_vietnamese() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ĐẶNG THỊ ÁNH')")
        assert cursor.fetchone() == ("đặng thị ánh",)


def test_log_of_the_server_names_no_value_that_broke_a_constraint(folder: Path) -> None:
    with Server(folder, durable=False) as server:
        server.ensure_database("so_ba")
        with psycopg.connect(server.dsn("so_ba"), autocommit=True) as own:
            own.execute("CREATE TABLE person (number text PRIMARY KEY)")
            for _ in range(2):
                with suppress(psycopg.errors.UniqueViolation):
                    own.execute("INSERT INTO person VALUES ('066090000001')")
    log = folder / "postgres.log"
    assert "duplicate key value" in log.read_text()
    assert "066090000001" not in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_server_started_twice_keeps_its_data(folder: Path) -> None:
    with Server(folder, durable=False) as server:
        assert server.ensure_database("so_mot") is True
        with psycopg.connect(server.dsn("so_mot")) as own:
            own.execute("CREATE TABLE note AS SELECT 'giữ lại' AS text")
    with Server(folder, durable=False) as server:
        assert server.ensure_database("so_mot") is False
        with psycopg.connect(server.dsn("so_mot")) as own:
            assert own.execute("SELECT text FROM note").fetchone() == ("giữ lại",)


def test_server_while_another_process_owns_it_is_joined_and_left_running(folder: Path) -> None:
    with Server(folder, durable=False) as owner:
        with Server(folder, durable=False) as guest:
            assert (owner.is_owner, guest.is_owner) == (True, False)
        with psycopg.connect(owner.dsn()) as own:
            assert own.execute("SELECT 1").fetchone() == (1,)


def test_server_of_a_killed_process_ends_by_itself(folder: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE, text=True)
    with holder:
        assert holder.stdout is not None
        server_pid = int(holder.stdout.readline())
        holder.send_signal(signal.SIGKILL)
    assert processes.wait_until_gone(server_pid, 20)
    with Server(folder, durable=False) as server:
        assert server.is_owner


def test_server_left_over_by_nobody_is_stopped_and_replaced(folder: Path) -> None:
    lost = Server(folder, durable=False)
    lost.start()
    assert lost.process is not None
    assert lost._lock is not None
    os.close(lost._lock)  # as if its owner had died and the kernel had not told the server
    lost._lock = None
    with Server(folder, durable=False) as server:
        assert server.is_owner
        assert running_server(server.data_folder()) != lost.process.pid
    lost.process.wait(5)


def test_process_id_of_another_program_is_not_taken_for_a_server(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n", encoding="utf-8")
    assert running_server(tmp_path) is None


def test_server_over_data_of_another_version_is_refused_with_the_reason(folder: Path) -> None:
    with Server(folder, durable=False) as server:
        version = server.data_folder() / "PG_VERSION"
    version.write_text("12\n", encoding="utf-8")
    with pytest.raises(PostgresError, match="was written by PostgreSQL 12"):
        Server(folder, durable=False).start()
    version.write_text("18\n", encoding="utf-8")


def test_server_that_is_killed_under_its_owner_is_started_again(folder: Path) -> None:
    with Server(folder, durable=False, kept_up=True) as server:
        server.ensure_database("so_mot")
        killed = server.process
        assert killed is not None
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
        assert outage.wait_until(lambda: _answers(server.dsn("so_mot")), 30)
        assert server.process is not None
        assert server.process.pid != killed.pid
        again = server.process
    assert again.poll() is not None
    assert running_server(server.data_folder()) is None


def test_forget_throws_the_data_away_unless_somebody_uses_them(folder: Path) -> None:
    with Server(folder, durable=False) as server:
        data = server.data_folder()
        with pytest.raises(PostgresError):
            Server(folder, durable=False).forget()
        assert (data / "PG_VERSION").exists()
    forget.main(folder.parent)
    assert not data.exists()


def _answers(dsn: str) -> bool:
    try:
        psycopg.connect(dsn).close()
    except psycopg.OperationalError:
        return False
    return True
