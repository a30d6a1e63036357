"""Starting, finding again and stopping the embedded server."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql

from motcua.config import processes
from motcua.config.postgres import binaries
from motcua.config.postgres.binaries import PostgresError

USER = "motcua"
_START_SECONDS = 60
_STOP_SECONDS = 30
_LOOK_SECONDS = 0.5
_PLAIN = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # What broke a constraint, and the statement that did, hold people's numbers and names: the code's own log
    # says what failed, without them.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "jit": "off",
    "random_page_cost": "1.1",  # as on any disk without a head that moves
    "autovacuum_naptime": "30s",
}
_THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


def socket_folder(folder: Path) -> Path:
    """The private folder of the socket of the server over `folder`: short, for such paths are limited."""
    return Path("/tmp") / f"motcua-{binaries.short_hash(folder)}"  # noqa: S108 - ownership is checked


class Server:
    """A PostgreSQL of our own over one data folder.

    The first process that starts it owns it and stops it; others that start it meanwhile use the running one.
    If the owner is killed the kernel stops the server; should one be left over all the same, the next start
    stops it. Where it is `kept_up`, its owner starts it again when it has ended by itself.
    """

    def __init__(self, folder: Path, *, durable: bool = True, kept_up: bool = False) -> None:
        self.folder = folder.resolve()
        self.durable = durable
        self.sockets = socket_folder(self.folder)
        self.process: subprocess.Popen[bytes] | None = None
        self._who = binaries.identity()
        self._lock: int | None = None
        self._kept_up = kept_up
        self._keeper: threading.Thread | None = None
        self._is_over = threading.Event()

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def is_owner(self) -> bool:
        return self._lock is not None

    def dsn(self, database: str = "postgres") -> str:
        return f"host={self.sockets} port=5432 user={USER} dbname={database}"

    def start(self) -> str:
        """Start the server or join the one that runs; returns the DSN of its maintenance database."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = self._try_lock()
        try:
            if self.is_owner:
                self._start_own()
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise
        if self.is_owner and self._kept_up:
            self._is_over.clear()
            self._keeper = threading.Thread(target=self._keep_up, daemon=True)
            self._keeper.start()
        return self.dsn()

    def stop(self) -> None:
        """Stop what we started: the server finishes its writes. Joining a running one leaves it running."""
        if self._keeper is not None:
            self._is_over.set()
            self._keeper.join()
            self._keeper = None
        if self.process is not None:
            processes.stop(self.process, signal.SIGINT, signal.SIGQUIT, patience=_STOP_SECONDS)
            self.process = None
            with contextlib.suppress(OSError):
                self.sockets.rmdir()  # empty after a clean end
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def erase(self) -> None:
        """Stop it and throw all its data away: for servers that live as long as a test."""
        self.stop()
        data = self.data_folder()
        for folder in (data, self.sockets, self.folder):
            shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            data.parent.rmdir()

    def keep_copy(self, folder: Path) -> None:
        """Lay a copy of the data into `folder`, whole or not at all. The server is stopped meanwhile."""
        self.stop()
        partial = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(partial, ignore_errors=True)
        _copy(self.data_folder(), partial)
        partial.rename(folder)
        self.start()

    def begin_with(self, folder: Path) -> None:
        """Start with a copy of what `keep_copy` laid into `folder`; what data there were are thrown away."""
        self.stop()
        data = self.data_folder()
        shutil.rmtree(data, ignore_errors=True)
        _copy(folder, data)
        self.start()

    def forget(self) -> None:
        """Throw its data away, wherever they lie. Raises PostgresError while a process owns the server."""
        self._lock = self._try_lock()
        if self._lock is None:
            raise PostgresError(f"the server over {self.folder} is running; stop it first")
        self._stop_orphan(self.data_folder())
        self.erase()

    def ensure_database(self, name: str) -> bool:
        """Create the database `name` if it is not there; whether it was created."""
        with psycopg.connect(self.dsn(), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return False
            with contextlib.suppress(psycopg.errors.DuplicateDatabase):
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            return True

    def recreate_database(self, name: str) -> None:
        """Throw the database `name` away, with whoever is connected to it, and make it empty."""
        with psycopg.connect(self.dsn(), autocommit=True) as connection:
            statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(statement.format(sql.Identifier(name)))
        self.ensure_database(name)

    def _keep_up(self) -> None:
        """Until we stop: start the server again when it is gone, as a service manager would."""
        pause = _LOOK_SECONDS
        while not self._is_over.wait(pause):
            if self.process is not None and self.process.poll() is None:
                pause = _LOOK_SECONDS
                continue
            pause = min(2 * pause, _START_SECONDS)  # what ends at once each time is not tried without end
            with contextlib.suppress(PostgresError, OSError):
                self._start_own()

    def _try_lock(self) -> int | None:
        """A lock that ends with the process that holds it; None if another process holds it."""
        handle = os.open(self.folder / "owner.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        return handle

    def _start_own(self) -> None:
        home = binaries.usable(self._who)
        data = self.data_folder()
        self._stop_orphan(data)
        self._make_data(home, data)
        self._write_access_rules(data)
        self._who.take(self.sockets, 0o700)
        for stale in self.sockets.glob(".s.PGSQL.*"):
            stale.unlink()
        settings = (
            _PLAIN | {"unix_socket_directories": str(self.sockets)} | ({} if self.durable else _THROWAWAY)
        )
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "postgres.log").open("ab") as log:
            os.fchmod(log.fileno(), 0o600)
            self.process = processes.spawn(
                [home / "postgres", "-D", data, *options],
                log=log.fileno(),
                env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"},
                uid=self._who.uid,
                gid=self._who.gid,
                cwd=Path("/"),
                last_words=signal.SIGINT,
            )

    def data_folder(self) -> Path:
        """Where the data lie: in our folder, or in one that the server's user can reach."""
        here = self.folder / "data"
        if self._who.uid is None or self._reaches(self.folder):
            return here
        return binaries.open_folder(binaries.short_hash(self.folder)) / "data"

    def _reaches(self, folder: Path) -> bool:
        try:
            return self._who.run(["test", "-x", folder]).returncode == 0
        except OSError:
            return False

    def _make_data(self, home: Path, data: Path) -> None:
        if (data / "PG_VERSION").exists():
            version = (data / "PG_VERSION").read_text(encoding="ascii").strip()
            if version != binaries.MAJOR:
                raise PostgresError(
                    f"{data} was written by PostgreSQL {version}, not {binaries.MAJOR}: dump and restore"
                )
            return
        partial = data.with_name("data.new")
        shutil.rmtree(partial, ignore_errors=True)
        self._who.take(partial, 0o700)
        options = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
        quick = [] if self.durable else ["--no-sync"]
        made = self._who.run(
            [home / "initdb", "-D", partial, "-U", USER, "--auth=peer", "--no-instructions", *options, *quick]
        )
        if made.returncode:
            raise PostgresError(f"initdb failed: {made.stderr.strip()}")
        partial.rename(data)

    def _write_access_rules(self, data: Path) -> None:
        """Only the user of this process may connect, and only by the socket: no password, no network."""
        names = sorted({binaries.own_name(), self._who.name})
        _write(data / "pg_hba.conf", "local all all peer map=motcua\n")
        _write(data / "pg_ident.conf", "".join(f'motcua "{name}" {USER}\n' for name in names))

    def _stop_orphan(self, data: Path) -> None:
        """Stop a server without owner over our data, if one is left: we hold the lock, so nobody needs it."""
        pid = running_server(data)
        if pid is None:
            return
        for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
            if processes.wait_until_gone(pid, _STOP_SECONDS):
                return
        raise PostgresError(f"the old server (process {pid}) over {data} does not stop")

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                raise PostgresError(f"PostgreSQL did not start:\n{self._last_words()}")
            try:
                psycopg.connect(self.dsn(), connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise PostgresError(f"PostgreSQL did not answer within {_START_SECONDS} s:\n{self._last_words()}")

    def _last_words(self) -> str:
        log = self.folder / "postgres.log"
        return (
            "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])
            if log.exists()
            else ""
        )


def running_server(data: Path) -> int | None:
    """The process id of a live PostgreSQL over `data`, or None. A reused id of another program is not one."""
    try:
        pid = int((data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
        program = Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
        place = Path(f"/proc/{pid}/cwd").resolve(strict=True)
    except (OSError, ValueError):
        return None
    return pid if program == "postgres" and place == data.resolve() else None


def _copy(source: Path, target: Path) -> None:
    """A copy with its owner and rights. Raises PostgresError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["cp", "-a", source, target], capture_output=True, text=True, check=False)
    if done.returncode:
        raise PostgresError(f"{source} could not be copied: {done.stderr.strip()}")


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    path.chmod(0o644)
